"""Citations in APA style, as parts for a template.

The form is that of the American Psychological Association's Publication Manual, with the owner's
changes: long lists have six authors, an ellipsis and the last one; pages have a hyphen; proceedings
have no "In".
"""

import re
from typing import NamedTuple

from markupsafe import Markup, escape

from ..common import format_date
from ..model import Author, Name, Publication, Text
from ..people import initials
from ..tex import decoder

_PRESENTED = ("talk", "poster", "teaching")
_VERSIONED = ("software", "dataset")
_ENDS = (".", "?", "!", "…", "。", "？", "！")


class CitedAuthor(NamedTuple):
    """One author as printed; `before` is the separator after the previous one."""

    before: str
    text: str
    author: Author

    @property
    def marks(self) -> str:
        """The marks as they are printed, `*†`."""
        return "".join(self.author.marks)


class Sentence(NamedTuple):
    """A sentence after the title: an emphasised part (the venue) and the rest with its full stop."""

    emphasised: Markup
    rest: Markup


class Citation(NamedTuple):
    """The parts of a citation, each with its final punctuation."""

    authors: tuple[CitedAuthor, ...]
    after_authors: str
    year: str
    title: Markup
    tail: tuple[Sentence, ...]
    shortened: bool


def cite(
    publication: Publication, label: dict[str, str], et_al_min: int, et_al_use_first: int
) -> Citation:
    """The citation of a publication.

    As in CSL, lists of at least `et_al_min` authors are cut to `et_al_use_first`, and the last one
    is kept.
    """
    people = publication.authors or publication.editors
    shortened = len(people) >= et_al_min and len(people) > et_al_use_first + 1
    shown = (*people[:et_al_use_first], people[-1]) if shortened else people
    after = ", et al." if publication.and_others and people else ""
    if people and not publication.authors:
        after += f" ({label['editors' if len(people) > 1 else 'editor']})"
    year = publication.year or label["no_date"]
    if year[0].isalpha() and publication.year:
        year = year.lower()
    return Citation(
        authors=tuple(_cited(shown, shortened, publication.and_others)),
        after_authors=after,
        year=year,
        title=_sentence(publication.title),
        tail=tuple(_tail(publication, label)),
        shortened=shortened,
    )


def apa(publication: Publication, label: dict[str, str]) -> Citation:
    """The citation to copy: long lists as in APA's manual (9.8), and names without marks."""
    cited = cite(publication, label, 21, 19)
    return cited._replace(
        authors=tuple(
            a._replace(before=a.before.replace("… &", "…"), author=Author(a.author.name))
            for a in cited.authors
        )
    )


def sentence(cited: Citation) -> Markup:
    """The citation as one text, whose only markup is emphasis."""
    who = escape("".join(f"{a.before}{a.text}" for a in cited.authors) + cited.after_authors)
    year, title = escape(cited.year), cited.title
    parts = [f"{who} ({year}). {title}" if who else f"{title} ({year})."]
    parts += [f"<em>{s.emphasised}</em>{s.rest}" if s.emphasised else str(s.rest) for s in cited.tail]
    return Markup(" ".join(parts))


def plain(cited: Citation, title: Text) -> str:
    """The citation without markup; `title` is the work's, whose plain text has readable maths."""
    end = "" if not title or _ends(title.plain) else "."
    return sentence(cited._replace(title=escape(title.plain + end))).striptags()


def _cited(people: tuple[Author, ...], shortened: bool, others: bool) -> list[CitedAuthor]:
    result = []
    last = len(people) - 1
    for index, author in enumerate(people):
        before = ", " if index else ""
        if index and index == last and not others:
            before = ", … & " if shortened else ", & "
        elif index == last and shortened:
            before = ", … "
        result.append(CitedAuthor(before, inverted(author.name), author))
    return result


def inverted(name: Name) -> str:
    """Format a name as `Doe, J.`, `van den Oord, A.` or `King, M. L., Jr.`: family name, initials."""
    if name.literal or not name.family:
        return str(name)
    return ", ".join(filter(None, (name.full_family, initials(name.given), name.suffix)))


def author_year(publication: Publication, label: dict[str, str]) -> str:
    """The citation inside a text: `Zhao et al., 2024`."""
    people = publication.authors or publication.editors
    families = [a.name.literal or a.name.full_family for a in people[:3]]
    if len(people) > 2 or (publication.and_others and people):
        who = f"{families[0]} et al."
    else:
        who = " & ".join(families) or publication.title.plain
    return f"{who}, {publication.year or label['no_date']}"


def _sentence(text: Text) -> Markup:
    """The text with a full stop, unless it already ends with punctuation."""
    return text.html if not text or _ends(text.plain) else text.html + "."


def _ends(text: str) -> bool:
    return text.rstrip("”’\"') ").endswith(_ENDS)


def _tail(publication: Publication, label: dict[str, str]) -> list[Sentence]:
    result = []
    venue, rest = publication.venue, numbers(publication)
    presented = publication.type in _PRESENTED
    if presented or publication.type in _VERSIONED:
        result.append(_plain((_event if presented else _release)(publication, label)))
    elif publication.eprint and not venue:
        result.append(_plain(label["preprint"].format(archive="arXiv", id=publication.eprint)))
    elif publication.type in ("phdthesis", "mastersthesis", "techreport", "patent"):
        parts = (_kind(publication, label), venue.plain, publication.pages)
        result.append(_plain(", ".join(filter(None, parts))))
    elif venue:
        end = _stop(f", {rest}") if rest else "" if _ends(venue.plain) else "."
        result.append(Sentence(venue.html, escape(end)))
    elif rest and rest != f"({publication.number})":  # an issue number alone says nothing
        result.append(_plain(rest))
    unplaced = publication.type in ("book", "incollection") or not (venue or publication.eprint)
    if publication.publisher and unplaced and publication.type not in (*_PRESENTED, *_VERSIONED):
        result.append(_plain(publication.publisher.plain))
    if publication.note and not _says_again(publication):
        result.append(Sentence(Markup(), _sentence(publication.note)))
    return result


def _plain(text: str) -> Sentence:
    return Sentence(Markup(), escape(_stop(text)))


def _says_again(publication: Publication) -> bool:
    """Does the note only repeat the arXiv identifier?"""
    note = publication.note.plain.lower()
    return bool(publication.eprint) and publication.eprint in note and len(note) < 40


def _stop(text: str) -> str:
    return text if _ends(text) else f"{text}."


def _kind(publication: Publication, label: dict[str, str]) -> str:
    written = decoder.plain(publication.entry.get("type"))
    kind = written if " " in written else label.get(publication.type, "")
    return f"{kind} {publication.number}".strip() if publication.number else kind


def _event(publication: Publication, label: dict[str, str]) -> str:
    """`Invited talk at MIT, Cambridge, MA, Jul 10, 2024`, without what is not known."""
    entry, where = publication.entry, publication.venue.plain
    what = decoder.plain(entry.get("type")) or label[f"kind_{publication.type}"]
    place = decoder.plain(entry.get("location", "address", "venue"))
    where = "" if where.lower() == what.lower() else where
    dated = publication.date.month and publication.type != "teaching"
    parts = (
        label["titled_at"].format(what=what, where=where) if where else what,
        place if place not in where else "",
        format_date(publication.date.iso(), label["language"]) if dated else "",
    )
    return ", ".join(filter(None, parts))


def _release(publication: Publication, label: dict[str, str]) -> str:
    """`Software, version 1.2, Zenodo`."""
    what = decoder.plain(publication.entry.get("type"))
    what = what if " " in what else label[f"kind_{publication.type}"]
    number = re.sub(r"^v(?=[0-9])", "", decoder.plain(publication.entry.get("version")))
    version = label["version_of"].format(number=number) if number else ""
    by = publication.venue.plain or publication.publisher.plain
    return ", ".join(filter(None, (what, version, by)))


def numbers(publication: Publication) -> str:
    """Volume, issue and pages: `15(10), 2148-2160`."""
    volume, number, pages = publication.volume, publication.number, publication.pages
    if publication.type == "inproceedings" and not pages:
        number = ""
    issue = f"{volume}({number})" if volume and number else volume or (f"({number})" if number else "")
    return ", ".join(filter(None, (issue, pages)))
