"""One entry to one publication: its fields decoded, dated, linked, and checked."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..bibtex import APART, SHOWN_AS, kind_of, misspelt
from ..common import identifiers
from ..model import NO_TEXT, Date, Entry, Problem, Publication, Text
from ..people import Directory, names
from ..tex import decode
from . import dates, preprints, titles, written_dates
from .contributors import contributors, explained_marks
from .links import Links, LocalFile
from .remarks import extras
from .status import is_word, status_in, status_of

TRUE = ("true", "yes", "1", "y", "on")
FALSE = ("false", "no", "0", "n", "off", "")
_ARXIV_VENUE = re.compile(r"^\W*(?:arxiv\b|corr\b|computing research repository)", re.I)
_MENTIONS_ARXIV = re.compile(r"arxiv|abs/|corr", re.I)
_PAGES = re.compile(r"(?:pp?\b\.?|pages?\b|Seiten?\b|S\.) ?(?=[\divxlc]+\b)", re.I)
_VOLUME = re.compile(r"vol(?:ume)?\b\.? ?(?=\d)", re.I)
_DASHES = re.compile(r" ?[-‐‑‒–—―−]+ ?")
_ISSN = re.compile(r"\b\d{4}-\d{3}[\dXx]\b")  # found in isbn, as Web of Science writes it
_YEAR_SUFFIX = re.compile(r"[0-9]{4}[^\W\d]\w*")  # 2020a
_YEARS = re.compile(r"[12][0-9]{3}/[0-9]{2,4}")

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


@dataclass(frozen=True)
class PublicationBuilder:
    """Builds the publication of one entry; problems are appended to the given list."""

    entry: Entry
    directory: Directory
    local_file: LocalFile
    problems: list[Problem]
    scholar: str = ""  # the owner's user at Google Scholar

    def report(self, field: str, message: str, hint: str, severity: str = "warning") -> None:
        """Report a problem in the line of a field."""
        self.problems.append(self.entry.problem(field, message, hint, severity))

    def text(self, *fields: str, links: bool = False, clean: Callable[[str], str] = str) -> Text:
        """The decoded text of the first of the fields that is there, after it is cleaned."""
        text, unknown = decode(clean(self.entry.get(*fields)), links)
        for name in sorted(unknown):
            field = next(filter(self.entry.get, fields))
            message = f"the TeX command \\{name} in '{field}' is not known; its argument is kept"
            self.report(field, message, "write the character itself")
        return text

    def build(
        self, slug: str, authors: names.Names, editors: names.Names, position: int = 0
    ) -> Publication:
        """The publication; `authors` and `editors` are its parsed name lists."""
        entry, text = self.entry, self.text
        date, year = self.date()
        eprint, doi = self.eprint(), identifiers.doi(entry.get("doi"))
        in_url = "" if doi else identifiers.doi(entry.get("url"))
        kind = kind_of(entry)
        title = titles.title(entry, kind, text)
        venue, archived = self.venue(eprint, doi or in_url, kind)
        if titles.same(title, venue) and kind in ("book", "incollection", "inproceedings"):
            venue = NO_TEXT
        if archived and kind in ("article", "misc", "techreport"):
            kind = "preprint"
        keywords = text("keywords", "keyword")
        people = contributors(entry, "author", authors, self.directory)
        self.check_fields()
        if not title:
            self.report("title", f"'{entry.key}' has no title", "add title = {…}")
            title = Text.of(entry.key, decode(entry.key.replace("\\", ""))[0].html)
        links = Links(entry, eprint, doi, self.local_file, self.report, self.scholar)
        return Publication(
            entry=entry,
            slug=slug,
            type=kind,
            title=title,
            authors=people,
            and_others=(authors if authors.names else editors).and_others,
            editors=contributors(entry, "editor", editors, self.directory),
            translators=contributors(
                entry, "translator", names.parse(entry.get("translator")), self.directory
            ),
            date=date,
            year=year,
            venue=venue,
            volume="" if archived else _VOLUME.sub("", text("volume").plain),
            number="" if archived else text("number", "issue").plain,
            pages=self.pages(archived),
            publisher=text("publisher", "organization"),
            note=titles.joined(
                ("", text("note", links=True, clean=preprints.without_export)),
                (".", text("addendum", links=True)),
            ),
            eprint=eprint,
            doi=doi or in_url,
            links=links.all(),
            abstract=text("abstract", clean=preprints.without_statements),
            keywords=tuple(filter(None, map(str.strip, re.split("[,;]", keywords.plain)))),
            status=status_of(entry, archived, year, self.report),
            selected=self.flag("selected"),
            marks=explained_marks(entry, people),
            position=position,
            preview=links.preview(),
            **extras(entry, text),
        )

    def date(self) -> tuple[Date, str]:
        """The date as far as it is known, and the year as it is shown (`2020a`, `in press`)."""
        key = self.entry.key
        fields = ("date",) if self.entry.get("year") else ("date", "eventdate")
        written = self.entry.get(*fields)
        in_month, on_day = self.entry.get("month"), self.entry.get("day")
        if written:
            found = written_dates.read(written)
            if not found:
                hint = "write it as 2024-07-10, 2024-07 or 2024"
                self.report("date", f"the date '{written}' of '{key}' is not one", hint)
                found = Date(dates.year(written))
            if found:
                return found, _shown(found)
        value = self.text("year").plain.strip("{} ")
        value = max(dates.reprint(value), default=value)
        date = written_dates.in_year(value, in_month, on_day)
        if not date:
            if not value and not written:
                self.report("year", f"'{key}' has no year", "add year = {2024}", "advice")
            elif value and not is_word(value):
                self.report("year", f"'{value}' of '{key}' is not a year", "write year = {2024}")
            return Date(), value if is_word(value) else ""
        if in_month and not (date.month or date.season or status_in(in_month)):
            message = f"the month '{in_month}' of '{key}' is not one"
            self.report("month", message, "write month = jul")
        return date, value if _YEAR_SUFFIX.fullmatch(value) else _shown(date, value)

    def eprint(self) -> str:
        """The arXiv identifier, from whichever field has it."""
        entry, found = self.entry, ""
        if entry.get("eprinttype", "archiveprefix").lower() in ("", "arxiv"):
            found = identifiers.arxiv(entry.get("eprint"))
        if found:
            return found
        if entry.get("arxiv"):
            return identifiers.arxiv(entry.get("arxiv"))
        for field in ("journal", "journaltitle", "howpublished", "note", "volume", "url", "doi"):
            value = entry.get(field)
            if _MENTIONS_ARXIV.search(value) or (value and _ARXIV_VENUE.match(entry.get("journal"))):
                found = identifiers.arxiv(value)
                if found and (field != "volume" or value.startswith("abs/")):
                    return found
        return ""

    def venue(self, eprint: str, doi: str, kind: str) -> tuple[Text, bool]:
        """Where it appeared, and whether that is only an archive of preprints."""
        fields = _VENUES.get(self.entry.type) or _VENUES.get(kind if kind in APART else "", _ANYWHERE)
        field = next(filter(self.entry.get, fields), "")
        venue = titles.venue(self.entry, kind, field, self.text)
        if eprint and (not venue or _ARXIV_VENUE.match(venue.plain)):
            return NO_TEXT, True
        if server := preprints.server(self.entry, doi):
            return (venue if server in venue.plain else Text(server)), True
        return venue, bool(_ARXIV_VENUE.match(venue.plain))

    def pages(self, archived: bool) -> str:
        """Pages with plain hyphens, or the number of the article; an archive has none."""
        pages = self.text("pages", "eid", "articleno", "article-number", "elocation-id").plain
        if archived and "arxiv" in pages.lower():
            return ""
        return _DASHES.sub("-", _PAGES.sub("", " ".join(pages.split()))).strip(" .-")

    def flag(self, field: str) -> bool:
        """A field that is true or false."""
        value = self.entry.get(field).lower()
        if value not in (*TRUE, *FALSE):
            message = f"{field} = {{{value}}} of '{self.entry.key}' is neither true nor false"
            self.report(field, message, f"write {field} = {{true}}, or delete the line")
        return value in TRUE

    def check_fields(self) -> None:
        """Advise on what is missing, and on fields that look like misspelt ones."""
        entry, key, isbn = self.entry, self.entry.key, self.entry.get("isbn")
        if (
            not entry.get("author", "editor", "collaboration")
            and SHOWN_AS.get(entry.type, entry.type) != "book"
        ):
            self.report("author", f"'{key}' has no author", "add author = {Family, Given}", "advice")
        if isbn and not identifiers.isbn(isbn) and not _ISSN.search(isbn):
            self.report("isbn", f"'{isbn}' of '{key}' is not an ISBN", "check its last digit", "advice")
        for name in entry.fields:
            if (meant := misspelt(name)) and meant not in entry.fields:
                hint = f"write {meant} if that is meant"
                self.report(name, f"'{key}' has an unknown field '{name}'", hint)


def _shown(date: Date, written: str = "") -> str:
    """The year, or the years of a span: `2019–2023`, `2019–`, and `2019/20` as it is written."""
    first, last = date.year, date.end.year if date.end else date.year
    if date.end is None or first == last:
        return str(first) + "–" * (date.end is not None and not date.end)
    return written if _YEARS.fullmatch(written) else f"{first}–{last}"
