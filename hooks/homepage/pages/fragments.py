"""Renders HTML fragments of pages, with the functions that their templates use.

Among them are badges beside a citation (venue, award, status), and remarks below it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ..citing import citation
from ..common import Labels, Renderer, format_dates, status
from ..formats import exports
from ..lists import facets, totals
from ..model import NO_TEXT, Date, Person, Publication, Text
from ..pictures import Pictures
from ..publications import STATUS, Venue, Venues, find
from . import profile, search_text
from .settings import Options

_LONG = frozenset({"abstract"})
_LONGEST_AWARD = 60  # characters in a badge


class Fragments(Renderer):
    """Renders HTML fragments; see `Renderer` for `directories`."""

    def __init__(
        self,
        directories: Sequence[str],
        label: Labels,
        options: Options,
        venues: dict[str, Venue],
        pictures: Pictures,
        owner: Person | None = None,
    ):
        self.label = label
        self.options = options
        self._bibtex: dict[str, str] = {}
        super().__init__(
            directories,
            label=label,
            cite=self.cite,
            format_date=self.format_date,
            bibtex=self.bibtex,
            badges=lambda work: badges(work, venues, label),
            remarks=remarks,
            picture=lambda work: pictures.pictures.get(work.preview),
            find_data=lambda works: facets.data(works, label),
            totals=lambda works: totals(works, options.language),
            options=options,
            owner=owner,
            needs_segments=search_text.needed,
            language_of=profile.language,
        )

    def cite(self, publication: Publication, suffix: str = "") -> citation.Citation:
        """Return the citation; `suffix` is a letter after its year, if two citations are alike."""
        o = self.options
        cited = citation.cite(publication, self.label, o.et_al_min, o.et_al_use_first)
        return cited._replace(year=cited.year + suffix)

    def bibtex(self, publication: Publication) -> str:
        """Return the entry as visitors copy it, made once for all places that show it.

        It has no abstract, which is shown beside it and is in the exports.
        """
        known = self._bibtex.get(publication.slug)
        if known is None:
            also = self.options.public_fields
            known = exports.bibtex(publication, without=_LONG, also=also)
            self._bibtex[publication.slug] = known
        return known

    def redirect(self, title: str, address: str, canonical: str) -> str:
        """Return a page that redirects to the page of this title."""
        language = self.options.language
        return self.render(
            "redirect.html", title=title, address=address, canonical=canonical, language=language
        )

    def notes(self, used: frozenset[str]) -> list[str]:
        """Return a sentence for each mark that is used, such as '* indicates equal contribution'."""
        meanings = {"*": "mark_equal", "†": "mark_corresponding"}
        return [
            self.label["mark_note"].format(mark=mark, meaning=self.label[meanings[mark]])
            for mark in sorted(used & meanings.keys())
        ]

    def format_date(self, date: Date) -> str:
        """Return a date, or a span of dates, in the site's language."""
        return format_dates(date, self.options.language)


class Badge(NamedTuple):
    """A badge; `kind` is venue, award or status. Only venues have `title`, `url` and `style`."""

    kind: str
    text: str
    title: str = ""
    url: str = ""
    style: str = ""


def badges(publication: Publication, venues: Venues, label: dict[str, str]) -> list[Badge]:
    """Return the badges of a publication, in order."""
    found = []
    if publication.abbr:
        venue = find(venues, publication.abbr)
        found.append(Badge("venue", venue.abbr, venue.name, venue.url, venue.style))
    if publication.award or publication.award_name:
        name, _ = _award(publication)
        found.append(Badge("award", name.html or label["award"]))
    if publication.status != "published" and not _says_status(publication):
        found.append(Badge("status", status(label, publication.status)))
    return found


def remarks(publication: Publication) -> tuple[Text, ...]:
    """Return the remarks below a citation: an award too long for a badge, then all others."""
    if not publication.award:
        return publication.remarks
    _, rest = _award(publication)
    return (rest, *publication.remarks) if rest else publication.remarks


def _award(publication: Publication) -> tuple[Text, Text]:
    """Return the text of the award's badge ('' for the general label), and the text for a remark.

    In al-folio, `award_name` labels a button that opens `award`.
    """
    award, name = publication.award, publication.award_name
    if name and award and name.plain != award.plain:
        return name, award
    text = name or award
    return (text, NO_TEXT) if len(text.plain) <= _LONGEST_AWARD else (NO_TEXT, text)


def _says_status(publication: Publication) -> bool:
    """Does the citation mention the status anyway?"""
    if publication.status == "preprint" and publication.eprint and not publication.venue:
        return True
    said = (publication.year, publication.note.plain, publication.venue.plain)
    return any(map(STATUS[publication.status].search, said))
