"""Publications, people, dates and news: immutable values, created once per build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from .entry import Entry


class Text(NamedTuple):
    """Decoded TeX: `plain` for search, feeds and exports, `html` for pages. Create it with `of`."""

    plain: str
    markup: Markup | None = None
    """The HTML, or None if it is the same as `plain`, so that abstracts are not stored twice."""

    @classmethod
    def of(cls, plain: str, markup: str) -> Text:
        """Create a text from its plain form and its HTML, which must be safe."""
        return cls(plain, Markup(markup) if markup != escape(plain) else None)

    @property
    def html(self) -> Markup:
        """Safe to put into a page."""
        return escape(self.plain) if self.markup is None else self.markup

    def __bool__(self) -> bool:
        return bool(self.plain)


NO_TEXT = Text("")


class Name(NamedTuple):
    """One author or editor: BibTeX's four name parts as plain text, or a `literal` shown as it is.

    `marks` are the signs after the name (`*`, `†`); no other part contains them.
    """

    given: str = ""
    von: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""
    marks: str = ""
    initials: str = ""
    """The initials, where the entry says them: `{\\relax Yu}ri`."""

    def __str__(self) -> str:
        return self.literal or " ".join(filter(None, self[:4]))

    @property
    def full_family(self) -> str:
        """The family name with its particle: `van den Oord`."""
        return " ".join(filter(None, (self.von, self.family)))


@dataclass(frozen=True)
class Person:
    """A person in people.yml: all spellings of the name, and web addresses."""

    name: str
    native: str = ""
    also: tuple[str, ...] = ()
    url: str = ""
    line: int = 0
    orcid: str = ""
    links: tuple[str, ...] = ()
    """More pages about the same person."""

    @property
    def orcid_url(self) -> str:
        """The address of the ORCID record, or ''."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


class Author(NamedTuple):
    """A name on one publication, and the person it belongs to."""

    name: Name
    marks: tuple[str, ...] = ()
    person: Person | None = None
    is_owner: bool = False


class Link(NamedTuple):
    """A link of a publication: `kind` is a label's key ('pdf', 'code'), `url` is safe to print.

    `number` counts from 1 if the publication has several links of this kind, else it is 0.
    """

    kind: str
    url: str
    number: int = 0

    @property
    def external(self) -> bool:
        """Does it leave the site? Local links are paths of files under docs/."""
        return ":" in self.url.split("/")[0]


@dataclass(frozen=True, slots=True)
class Date:
    """A date, or the start of a span; a year, month or day that is not known is 0."""

    year: int = 0
    month: int = 0
    day: int = 0
    season: int = 0
    """From 1 (spring) to 4 (winter), instead of a month."""
    end: Date | None = None
    """The last date of a span; its year is 0 if the span has not ended."""

    def __bool__(self) -> bool:
        return self.year > 0

    @property
    def key(self) -> tuple[int, int, int]:
        """The sort key; unknown parts come first, a season comes with the month in which it starts."""
        return (self.year, self.month or 3 * self.season, self.day)

    @property
    def parts(self) -> tuple[int, ...]:
        """The parts that are known: year, month, day."""
        return tuple(filter(None, (self.year, self.month, self.day)))

    def iso(self) -> str:
        """ISO 8601 with the precision that is known: 2024, 2024-07 or 2024-07-10."""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in self.parts[1:])])


@dataclass(frozen=True, slots=True)
class Publication:
    """One work with its decoded fields, for lists, pages, feeds and exports."""

    entry: Entry
    slug: str
    type: str
    title: Text
    authors: tuple[Author, ...]
    and_others: bool
    editors: tuple[Author, ...]
    date: Date
    year: str
    venue: Text
    volume: str
    number: str
    pages: str
    publisher: Text
    note: Text
    eprint: str
    doi: str
    links: tuple[Link, ...]
    abstract: Text
    keywords: tuple[str, ...]
    selected: bool
    status: str
    marks: frozenset[str] = frozenset()
    """The marks with a known meaning, for the note below a list."""
    versions: tuple[Publication, ...] = ()
    """Other versions of the work, such as its preprint."""
    translators: tuple[Author, ...] = ()
    abbr: str = ""
    """The venue's abbreviation, for its badge."""
    award: Text = NO_TEXT
    award_name: Text = NO_TEXT
    remarks: tuple[Text, ...] = ()
    """al-folio's `annotation` and `additional_info`, with links."""
    preview: str = ""
    """The path of a picture below docs/."""
    position: int = 0
    """Its position in the bibliography, counted across all files."""

    @property
    def key(self) -> str:
        """The citation key, as the owner wrote it."""
        return self.entry.key


@dataclass(frozen=True)
class NewsItem:
    """One news item: `date` and `title` may be empty, `body` is Markdown."""

    slug: str
    date: Date
    title: str
    body: str
    line: int
