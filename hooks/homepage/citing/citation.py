"""Citations in APA style, as parts for a template.

The form is that of the American Psychological Association's Publication Manual, with the owner's
changes: long lists have six authors, an ellipsis and the last one; pages have a hyphen; proceedings
have no "In".
"""

from typing import NamedTuple

from markupsafe import Markup, escape

from ..formats import references
from ..model import Author, Name, Publication, Text
from ..people import collaboration, fold, initials_of
from .details import details
from .sources import Sentence, ends, original_year, tail
from .sources import sentence as with_stop


class CitedAuthor(NamedTuple):
    """One author as printed; `before` is the separator after the previous one."""

    before: str
    text: str
    author: Author

    @property
    def marks(self) -> str:
        """The marks as they are printed, `*†`."""
        return "".join(self.author.marks)


class Citation(NamedTuple):
    """The parts of a citation, each with its final punctuation."""

    authors: tuple[CitedAuthor, ...]
    after_authors: str
    year: str
    title: Markup
    tail: tuple[Sentence, ...]
    shortened: bool
    stop: str = ""
    """The full stop after people whose last name has none (APA 9.7, 9.11)."""
    details: str = ""
    """The edition, volume and series of a book; the title has no full stop then."""


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
    if behind := _collaboration(publication):
        after += f" ({behind})" if people else behind
    if people and not publication.authors:
        after += f" ({label['editors' if len(people) > 1 else 'editor']})"
    year = publication.year or label["no_date"]
    if year[0].isalpha() and publication.year:
        year = year.lower()
    in_book = publication.type == "incollection" and publication.venue
    more = "" if in_book else details(publication, label)
    cited = _cited(shown, shortened, publication.and_others)
    who = after or "".join(a.text for a in cited[-1:])
    stop = "." if who and not who.endswith(".") else ""
    return Citation(
        authors=tuple(cited),
        after_authors=after,
        year=year,
        title=publication.title.html if more else with_stop(publication.title),
        tail=tuple(tail(publication, label)),
        shortened=shortened,
        stop=stop,
        details=f"{more}." if more else "",
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
    who = escape(
        "".join(f"{a.before}{a.text}" for a in cited.authors) + cited.after_authors + cited.stop
    )
    year, title = escape(cited.year), cited.title + escape(cited.details)
    parts = [f"{who} ({year}). {title}" if who else f"{title} ({year})."]
    parts += [
        f"{escape(s.before)}<em>{s.emphasised}</em>{s.rest}" if s.emphasised else str(s.rest)
        for s in cited.tail
    ]
    return Markup(" ".join(parts))


def plain(cited: Citation, title: Text) -> str:
    """The citation without markup; `title` is the work's, whose plain text has readable maths."""
    end = "" if cited.details or not title or ends(title.plain) else "."
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


def _collaboration(publication: Publication) -> str:
    """The collaboration behind the authors, unless it is one of them."""
    name = collaboration(references.text(publication, "collaboration"))
    known = [fold(str(author.name)) for author in publication.authors]
    return "" if any(fold(name) in author for author in known) else name


def inverted(name: Name) -> str:
    """Format a name as `Doe, J.`, `van den Oord, A.` or `King, M. L., Jr.`: family name, initials."""
    if name.literal or not name.family:
        return str(name)
    return ", ".join(filter(None, (name.full_family, initials_of(name), name.suffix)))


def author_year(publication: Publication, label: dict[str, str]) -> str:
    """The citation inside a text: `Zhao et al., 2024`, and `Freud, 1900/2010` of a new edition."""
    return f"{who(publication)}, {cited_year(publication, label)}"


def who(publication: Publication, between: str = "&") -> str:
    """The authors in a text: `Doe`, `Doe & Lee`, `Doe et al.`; in a sentence with "and" (APA 8.17)."""
    people = publication.authors or publication.editors
    families = [a.name.literal or a.name.full_family for a in people[:3]]
    if len(people) > 2 or (publication.and_others and people):
        return f"{families[0]} et al."
    return f" {between} ".join(families) or publication.title.plain


def cited_year(publication: Publication, label: dict[str, str]) -> str:
    """The year in a citation inside a text."""
    first = f"{original}/" if (original := original_year(publication)) else ""
    return f"{first}{publication.year or label['no_date']}"
