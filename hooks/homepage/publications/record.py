"""One entry to one publication: its fields decoded, dated, linked, and checked."""

from __future__ import annotations

import re

from ..bibtex import APART, SHOWN_AS, kind_of, misspelt
from ..common import identifiers
from ..model import NO_TEXT, Author, Date, Entry, Problem, Publication, Text
from ..people import Directory, names
from ..tex import decode
from . import dates
from .links import Links, LocalFile
from .remarks import extras

TRUE = ("true", "yes", "1", "y", "on")
FALSE = ("false", "no", "0", "n", "off", "")
_ARXIV_VENUE = re.compile(r"^\W*(?:arxiv\b|corr\b|computing research repository)", re.I)
# Other archives of preprints, which have no journal's volume to take away.
_SERVERS = re.compile(
    r"(?:(?:bio|med|chem|eco|edu|eng|tech|earth|psy|soc)a?rxiv|ssrn(?: electronic journal)?"
    r"|research square|osf preprints|preprints\.org)(?:[ ,(]+preprint\)?)?\W*",
    re.I,
)
_MENTIONS_ARXIV = re.compile(r"arxiv|abs/|corr", re.I)
_DASHES = re.compile(r" ?[-‐‑‒–—―−]+ ?")
_ISSN = re.compile(r"\b\d{4}-\d{3}[\dXx]\b")  # found in isbn, as Web of Science writes it
_DAY = re.compile(r"[0-9]{1,2}")
_EQUAL = ("equal", "eq", "cofirst", "co-first", "contrib")
_CORRESPONDING = ("corresponding", "corr", "correspondence")
_ANNOTATION = re.compile(r"(?<![0-9])([0-9]{1,6})\s*+(?::[\w-]++)?\s*+=\s*+\"?([^;\"]*)\"?")

# Where it appeared: the fields that say so, by entry type, and of what is presented by any type.
_PAPER = ("booktitle", "journal", "journaltitle", "eventtitle")
_SCHOOL = ("school", "institution", "university")
_REPORT = ("institution", "school", "organization")
_EVENT = ("eventtitle", "booktitle", "journal", "howpublished", *_REPORT)
_ANYWHERE = ("journal", "journaltitle", "booktitle", "howpublished", "institution", "school")
_VENUES = {
    "inproceedings": _PAPER, "conference": _PAPER, "book": ("series", "booktitle"),
    "phdthesis": _SCHOOL, "mastersthesis": _SCHOOL, "thesis": _SCHOOL,
    "techreport": _REPORT, "report": _REPORT,
    "talk": _EVENT, "poster": _EVENT, "teaching": (*_SCHOOL, *_EVENT),
}  # fmt: skip

STATUS = (  # in words: biblatex's pubstate, and what people write into note and year
    (
        "under review",
        re.compile(r"under.{0,3}review|in.{0,3}review|submitted|submission|in.?preparation", re.I),
    ),
    ("in press", re.compile(r"in.?press|forthcoming|to.appear|accepted|online.first", re.I)),
    ("preprint", re.compile(r"prepublished|preprint|working.paper", re.I)),
    ("published", re.compile(r"published", re.I)),
)


def is_word(year: str) -> bool:
    """Is the year a word, such as `in press`?"""
    return bool(year) and not year[0].isdigit()


class Maker:
    """Makes one publication; problems are appended to the given list."""

    def __init__(
        self,
        entry: Entry,
        directory: Directory,
        local_file: LocalFile,
        problems: list[Problem],
        scholar: str = "",
    ):
        self.scholar = scholar
        self.entry = entry
        self.directory = directory
        self.local_file = local_file
        self.problems = problems

    def advise(self, field: str, message: str, hint: str) -> None:
        """Tell what an owner would want to know, though nothing is broken by it."""
        self.tell(field, message, hint, "advice")

    def tell(self, field: str, message: str, hint: str, severity: str = "warning") -> None:
        """Note a problem in the line of a field."""
        line = self.entry.line_of(field)
        self.problems.append(Problem(self.entry.path, line, message, hint, severity))

    def text(self, *fields: str, links: bool = False) -> Text:
        """The decoded text of the first of the fields that is there."""
        value = self.entry.get(*fields)
        text, unknown = decode(value, links)
        if not unknown:
            return text
        for name in sorted(unknown):
            field = next(f for f in fields if self.entry.get(f))
            message = f"the TeX command \\{name} in '{field}' is not known; its argument is kept"
            self.tell(field, message, "write the character itself")
        return text

    def publication(
        self, slug: str, authors: names.Names, editors: names.Names, position: int = 0
    ) -> Publication:
        """The whole record; `authors` and `editors` are its parsed name lists."""
        entry = self.entry
        date, year = self.date()
        eprint, doi = self.eprint(), identifiers.doi(entry.get("doi"))
        kind = kind_of(entry)
        venue, archived = self.venue(eprint, kind)
        if archived and kind in ("article", "misc", "techreport"):
            kind = "preprint"
        annotated = self.annotations("author")
        people = self.authors(authors, annotated)
        self.check_fields()
        marks = {"*"} if any("*" in author.marks for author in people) else set()
        if any(w.startswith(_CORRESPONDING) for words in annotated.values() for w in words):
            marks.add("†")
        title = self.text("title")
        if not title:
            self.tell("title", f"'{entry.key}' has no title", "add title = {…}")
            title = Text.of(entry.key, decode(entry.key.replace("\\", ""))[0].html)
        links = Links(entry, eprint, doi, self.local_file, self.tell, self.scholar)
        return Publication(
            entry=entry,
            slug=slug,
            type=kind,
            title=title,
            authors=people,
            and_others=authors.and_others,
            editors=self.authors(editors, self.annotations("editor")),
            date=date,
            year=year,
            venue=venue,
            volume="" if archived else self.text("volume").plain,
            number="" if archived else self.text("number", "issue").plain,
            pages=self.pages(archived),
            publisher=self.text("publisher", "organization"),
            note=self.text("note", links=True),
            eprint=eprint,
            doi=doi or identifiers.doi(entry.get("url")),
            links=links.all(),
            abstract=self.text("abstract"),
            keywords=self.keywords(),
            status=self.status(archived, year),
            selected=self.flag("selected"),
            marks=frozenset(marks),
            position=position,
            preview=links.preview(),
            **extras(entry, self.text),
        )

    def authors(self, found: names.Names, annotated: dict[int, list[str]]) -> tuple[Author, ...]:
        """The people of a field: who they are, with marks from their names and annotations."""
        result = []
        for number, name in enumerate(found.names, 1):
            marks = list(name.marks)
            owned = False
            for word in annotated.get(number, ()):
                if word.startswith(_EQUAL) and "*" not in marks:
                    marks.append("*")
                elif word.startswith(_CORRESPONDING) and "†" not in marks:
                    marks.append("†")
                owned |= word in ("me", "self", "highlight", "owner")
            person = self.directory.identify(name)
            owner = self.directory.owner if owned else person
            is_owner = owner is not None and owner is self.directory.owner
            result.append(Author(name, tuple(marks), person, is_owner))
        return tuple(result)

    def annotations(self, field: str) -> dict[int, list[str]]:
        """Biblatex's data annotations, `author+an = {1=equal; 2=equal,corresponding}`."""
        found: dict[int, list[str]] = {}
        for name in self.entry.fields:
            if name == f"{field}+an" or name.startswith(f"{field}+an:"):
                for number, words in _ANNOTATION.findall(self.entry.get(name)):
                    wanted = [w.strip().lower() for w in words.split(",")]
                    found.setdefault(int(number), []).extend(wanted)
        return found

    def date(self) -> tuple[Date, str]:
        """The date as far as it is known, and the year as it is shown (`2020a`, `in press`)."""
        entry = self.entry
        if entry.get("date"):
            found = dates.parse(entry.get("date").strip("{}"))
            if found:
                return found, str(found.year)
            year = dates.year(entry.get("date"))
            message = f"the date '{entry.get('date')}' of '{entry.key}' is not one"
            self.tell("date", message, "write it as 2024-07-10, 2024-07 or 2024")
            if year:
                return Date(year), str(year)
        value = self.text("year").plain.strip("{} ")
        year = dates.year(value)
        if not year:
            if not value and not entry.get("date"):
                self.advise("year", f"'{entry.key}' has no year", "add year = {2024}")
            elif value and not is_word(value):
                self.tell("year", f"'{value}' of '{entry.key}' is not a year", "write year = {2024}")
            return Date(), value if is_word(value) else ""
        month, day = dates.month(entry.get("month")) if entry.get("month") else (0, 0)
        if entry.get("month") and not month and not _status(entry.get("month")):
            message = f"the month '{entry.get('month')}' of '{entry.key}' is not one"
            self.tell("month", message, "write month = jul")
        if _DAY.fullmatch(entry.get("day")):
            day = int(entry.get("day"))
        found = dates.make(year, month, day) or Date(year, month)
        return found, value if value.isalnum() and value[:4].isdigit() else str(year)

    def eprint(self) -> str:
        """The arXiv identifier, from whichever field has it."""
        entry = self.entry
        kind = entry.get("eprinttype", "archiveprefix").lower()
        if entry.get("eprint") and kind in ("", "arxiv"):
            found = identifiers.arxiv(entry.get("eprint"))
            if found:
                return found
        if entry.get("arxiv"):
            return identifiers.arxiv(entry.get("arxiv"))
        for field in ("journal", "journaltitle", "howpublished", "note", "volume", "url"):
            value = entry.get(field)
            if value and (_MENTIONS_ARXIV.search(value) or _ARXIV_VENUE.match(entry.get("journal"))):
                found = identifiers.arxiv(value)
                if found and (field != "volume" or value.startswith("abs/")):
                    return found
        return ""

    def venue(self, eprint: str, kind: str) -> tuple[Text, bool]:
        """Where it appeared, and whether that is only an archive of preprints."""
        fields = _VENUES.get(self.entry.type) or _VENUES.get(kind if kind in APART else "", _ANYWHERE)
        venue = self.text(*fields, links=True)
        if eprint and (not venue or _ARXIV_VENUE.match(venue.plain)):
            return NO_TEXT, True
        return venue, bool(_ARXIV_VENUE.match(venue.plain) or _SERVERS.fullmatch(venue.plain))

    def pages(self, archived: bool) -> str:
        """Pages with plain hyphens, or the number of the article; an archive has none."""
        pages = self.text("pages", "eid", "articleno", "article-number", "elocation-id").plain
        if archived and "arxiv" in pages.lower():
            return ""
        return _DASHES.sub("-", " ".join(pages.split())).strip(" .")

    def keywords(self) -> tuple[str, ...]:
        """The keywords, separated by commas or semicolons."""
        text = self.text("keywords", "keyword").plain
        return tuple(filter(None, (k.strip() for k in re.split(r"[,;]", text))))

    def flag(self, field: str) -> bool:
        """A field that is true or false."""
        value = self.entry.get(field).lower()
        if value not in (*TRUE, *FALSE):
            message = f"{field} = {{{value}}} of '{self.entry.key}' is neither true nor false"
            self.tell(field, message, f"write {field} = {{true}}, or delete the line")
        return value in TRUE

    def status(self, archived: bool, year: str) -> str:
        """`published`, `in press`, `under review` or `preprint`: as set, else as derived."""
        entry = self.entry
        for field in ("status", "pubstate"):
            if entry.get(field):
                found = _status(entry.get(field))
                if not found:
                    message = f"the {field} '{entry.get(field)}' of '{entry.key}' is not known"
                    self.tell(field, message, "write published, in press, under review or preprint")
                return found or "published"
        derived = _status(year) or _status(entry.get("note")) if is_word(year) else ""
        if derived:
            return derived
        note = _status(" ".join(entry.get(f) for f in ("note", "howpublished", "month")))
        if archived:
            return note if note in ("under review", "in press") else "preprint"
        return note if note in ("under review", "in press", "preprint") else "published"

    def check_fields(self) -> None:
        """Advise on what is missing, and on fields that look like misspelt ones."""
        entry = self.entry
        if not entry.get("author", "editor") and SHOWN_AS.get(entry.type, entry.type) != "book":
            self.advise("author", f"'{entry.key}' has no author", "add author = {Family, Given}")
        isbn = entry.get("isbn")
        if isbn and not identifiers.isbn(isbn) and not _ISSN.search(isbn):
            message = f"'{entry.get('isbn')}' of '{entry.key}' is not an ISBN"
            self.advise("isbn", message, "check its last digit")
        for name in entry.fields:
            if (meant := misspelt(name)) and meant not in entry.fields:
                hint = f"write {meant} if that is meant"
                self.tell(name, f"'{entry.key}' has an unknown field '{name}'", hint)


def _status(text: str) -> str:
    return next((name for name, pattern in STATUS if pattern.search(text)), "")
