"""Renders HTML fragments of pages, with the functions that their templates use."""

from __future__ import annotations

from collections.abc import Sequence

from ..citing import citation
from ..common import Labels, Renderer, labels
from ..formats import bibtex_export
from ..lists import facets, totals
from ..model import Date, Person, Publication
from ..pictures import Pictures
from ..publications import Venue
from . import badges, profile, search_text
from .settings import Options

_LONG = frozenset({"abstract"})


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
            badges=lambda work: badges.badges(work, venues, label),
            remarks=badges.remarks,
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
            known = bibtex_export.bibtex(publication, without=_LONG, also=also)
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
        """Return a date in the site's language."""
        return labels.format_date(date.iso(), self.options.language)
