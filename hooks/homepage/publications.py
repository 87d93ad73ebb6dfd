"""Entries to publications: one decoded, linked, dated record for each, in order, by group."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from . import dates, identifiers, names
from .bibtex import Entry
from .errors import Problem
from .latex import decode
from .model import Author, Date, Link, Name, Publication, Text
from .people import Directory

# The types that lists know; others are shown in the way of the type they stand for.
_TYPES = {
    "conference": "inproceedings", "proceedings": "book", "inbook": "incollection",
    "electronic": "misc", "www": "misc", "online": "misc", "report": "techreport",
    "booklet": "book", "manual": "book", "collection": "book", "mvbook": "book",
    "bookinbook": "incollection", "suppbook": "incollection", "inreference": "incollection",
    "unpublished": "misc", "periodical": "misc", "preprint": "misc",
}  # fmt: skip
TYPES = (
    "article inproceedings incollection book phdthesis mastersthesis techreport patent preprint misc"
).split()
_BIBLATEX = (
    "thesis software dataset artwork audio video movie music performance review legislation "
    "jurisdiction standard letter image set poster talk presentation mvcollection mvproceedings "
    "mvreference reference suppcollection suppperiodical bibnote"
).split()
_NOT_PUBLICATIONS = ("xdata",)
_TRUE = ("true", "yes", "1", "y", "on")
_FALSE = ("false", "no", "0", "n", "off", "")
_ARXIV_VENUE = re.compile(r"^\W*(?:arxiv\b|corr\b|computing research repository)", re.I)
# Field -> what its link is called; in the order in which links are shown.
_LINKS = (
    "url", "pdf", "arxiv", "doi", "code", "website", "blog", "slides", "poster", "video", "supp", "hal",
)  # fmt: skip
_LINK_FIELDS = {
    "url": ("html", "url"),
    "code": ("code", "github"),
    "supp": ("supp", "supplement"),
}
_EQUAL = ("equal", "eq", "cofirst", "co-first", "contrib")
_CORRESPONDING = ("corresponding", "corr", "correspondence")
_ANNOTATION = re.compile(r"(\d+)\s*(?::[\w-]+)?\s*=\s*\"?([^;\"]*)\"?")

LocalFile = Callable[[str], "str | None"]


def build(
    entries: Iterable[Entry],
    people: Callable[[list[Name]], Directory],
    local_file: LocalFile,
) -> tuple[list[Publication], list[Problem]]:
    """Publications of entries, newest first, and what was wrong with their fields.

    `people` makes the directory from all names in the entries; `local_file` says the address of a
    file of the owner's, relative to the site's root, or None if there is none.
    """
    problems: list[Problem] = []
    entries = list(_inherited(list(entries), problems))
    shown = [e for e in entries if e.type not in _NOT_PUBLICATIONS]
    parsed = [(_names(e, "author", problems), _names(e, "editor", problems)) for e in shown]
    directory = people([n for pair in parsed for found in pair for n in found.names])
    slugs = identifiers.slugs([e.key for e in shown])
    unknown_types: set[str] = set()
    publications = []
    for entry, slug, (authors, editors) in zip(shown, slugs, parsed, strict=True):
        maker = _Maker(entry, directory, local_file, problems)
        publications.append(maker.publication(slug, authors, editors))
        if entry.type not in (*TYPES, *_TYPES, *_BIBLATEX, *unknown_types):
            unknown_types.add(entry.type)
            message = f"the entry type @{entry.type} is unknown, it is shown as @misc"
            problems.append(Problem(entry.path, entry.line, message, "write a type that BibTeX has"))
    return sort(publications), problems


def sort(publications: Iterable[Publication]) -> list[Publication]:
    """Newest first; a missing month or day comes last within its year; then file order.

    What is in press has no year yet and comes first, what has no date at all last.
    """

    def key(publication: Publication) -> tuple[int, int, int]:
        if publication.date or not publication.year:
            return publication.date.key
        return (9999, 0, 0)

    return sorted(publications, key=key, reverse=True)


def select(
    publications: Iterable[Publication],
    selected: bool | None = None,
    types: Iterable[str] = (),
    limit: int = 0,
) -> list[Publication]:
    """Those that a directive asks for, in order; `types` are entry types, as written or as shown."""
    wanted = set(types)
    found = [
        p
        for p in publications
        if (selected is None or p.selected == selected)
        and (not wanted or p.type in wanted or p.entry.type in wanted)
    ]
    return found[:limit] if limit else found


def group(publications: list[Publication], by: str, label: dict[str, str]) -> Iterator[
    tuple[str, list[Publication]]
]:  # fmt: skip
    """Pairs of a heading and its publications; `by` is year, type or none (one group, no heading)."""
    if by == "year":
        for year, members in groupby(publications, lambda p: p.year):
            yield (
                (label["in_press"].capitalize() if _is_word(year) else year) or label["undated"],
                list(members),
            )
    elif by == "type":
        by_heading: dict[str, list[Publication]] = {}
        for kind in TYPES:
            members_of = [p for p in publications if p.type == kind]
            if members_of:
                by_heading.setdefault(label[f"type_{kind}"], []).extend(members_of)
        yield from by_heading.items()
    else:
        yield "", publications


def _is_word(year: str) -> bool:
    return bool(year) and not year[0].isdigit()


# -- fields -------------------------------------------------------------------


def _inherited(entries: list[Entry], problems: list[Problem]) -> Iterator[Entry]:
    """Entries with what `crossref` and `xdata` give them (biblatex manual, 2.4.1 and 3.13.6)."""
    by_key = {e.key.lower(): e for e in reversed(entries)}
    for entry in entries:
        if "crossref" not in entry.fields and "xdata" not in entry.fields:
            yield entry
            continue
        fields = dict(entry.fields)
        for name in ("xdata", "crossref"):
            for key in filter(None, re.split(r"\s*,\s*", entry.get(name))):
                parent = by_key.get(key.lower())
                if parent is None or parent is entry:
                    hint = "write the key of an entry in this file"
                    line = entry.line_of(name)
                    message = f"{name} names '{key}', which is not there"
                    problems.append(Problem(entry.path, line, message, hint))
                    continue
                for field in parent.fields.values():
                    if name == "crossref" and field.name in ("title", "booktitle", "key", "ids"):
                        if "booktitle" not in fields and field.name != "ids":
                            title = parent.get("booktitle", "title")
                            fields["booktitle"] = field._replace(name="booktitle", value=title)
                    else:
                        fields.setdefault(field.name, field)
        yield entry._replace(fields=fields)


def _names(entry: Entry, field: str, problems: list[Problem]) -> names.Names:
    value = entry.get(field)
    found = names.parse(value) if value else names.Names((), False, False)
    if found.comma_list:
        problems.append(
            Problem(
                entry.path,
                entry.line_of(field),
                f"the people in '{field}' of '{entry.key}' are separated by commas; "
                f"they were read as {len(found.names)} people",
                "put 'and' between the people",
            )
        )
    return found


class _Maker:
    """Makes one publication; problems are appended to the given list."""

    def __init__(
        self, entry: Entry, directory: Directory, local_file: LocalFile, problems: list[Problem]
    ):
        self.entry = entry
        self.directory = directory
        self.local_file = local_file
        self.problems = problems

    def tell(self, field: str, message: str, hint: str) -> None:
        line = self.entry.line_of(field)
        self.problems.append(Problem(self.entry.path, line, message, hint))

    def text(self, *fields: str, links: bool = False) -> Text:
        value = self.entry.get(*fields)
        text, unknown = decode(value, links)
        for name in sorted(unknown):
            field = next(f for f in fields if self.entry.get(f))
            message = f"the TeX command \\{name} in '{field}' is not known; its argument is kept"
            self.tell(field, message, "write the character itself")
        return text

    def publication(self, slug: str, authors: names.Names, editors: names.Names) -> Publication:
        entry = self.entry
        date, year = self.date()
        eprint = self.eprint()
        venue, archived = self.venue(eprint)
        kind = _TYPES.get(entry.type, entry.type)
        if archived and kind in ("article", "misc", "techreport"):
            kind = "preprint"
        if kind in ("thesis",):
            kind = "mastersthesis" if "master" in entry.get("type").lower() else "phdthesis"
        people = self.authors("author", authors)
        marks = {"*"} if any("*" in author.marks for author in people) else set()
        if any(w.startswith(_CORRESPONDING) for a in self.annotations("author").values() for w in a):
            marks.add("†")
        title = self.text("title")
        if not title:
            self.tell("title", f"'{entry.key}' has no title", "add title = {…}")
            title = Text(entry.key, decode(entry.key.replace("\\", ""))[0].html)
        return Publication(
            entry=entry,
            slug=slug,
            type=kind if kind in TYPES else "misc",
            title=title,
            authors=people,
            and_others=authors.and_others,
            editors=self.authors("editor", editors),
            date=date,
            year=year,
            venue=venue,
            volume="" if archived else self.text("volume").plain,
            number="" if archived else self.text("number", "issue").plain,
            pages=self.pages(archived),
            publisher=self.text("publisher", "organization"),
            note=self.text("note", links=True),
            eprint=eprint,
            doi=identifiers.doi(entry.get("doi")) or identifiers.doi(entry.get("url")),
            links=self.links(eprint),
            abstract=self.text("abstract"),
            keywords=self.keywords(),
            selected=self.flag("selected"),
            marks=frozenset(marks),
        )

    def authors(self, field: str, found: names.Names) -> tuple[Author, ...]:
        annotated = self.annotations(field)
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
                self.tell("year", f"'{entry.key}' has no year", "add year = {2024}")
            return Date(), value if _is_word(value) else ""
        month, day = dates.month(entry.get("month")) if entry.get("month") else (0, 0)
        if entry.get("month") and not month:
            message = f"the month '{entry.get('month')}' of '{entry.key}' is not one"
            self.tell("month", message, "write month = jul")
        if entry.get("day").isdigit():
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
            if re.search(r"arxiv|abs/|corr", value, re.I) or _ARXIV_VENUE.match(entry.get("journal")):
                found = identifiers.arxiv(value)
                if found and (field != "volume" or value.startswith("abs/")):
                    return found
        return ""

    def venue(self, eprint: str) -> tuple[Text, bool]:
        """Where it appeared, and whether that is only an archive of preprints."""
        entry = self.entry
        fields = {
            "inproceedings": ("booktitle", "journal", "journaltitle", "eventtitle"),
            "conference": ("booktitle", "journal", "journaltitle", "eventtitle"),
            "phdthesis": ("school", "institution", "university"),
            "mastersthesis": ("school", "institution", "university"),
            "thesis": ("school", "institution", "university"),
            "techreport": ("institution", "school", "organization"),
            "report": ("institution", "school", "organization"),
            "book": ("series", "booktitle"),
        }.get(
            entry.type,
            ("journal", "journaltitle", "booktitle", "howpublished", "institution", "school"),
        )
        venue = self.text(*fields, links=True)
        if eprint and (not venue or _ARXIV_VENUE.match(venue.plain)):
            return Text("", decode("")[0].html), True
        return venue, bool(_ARXIV_VENUE.match(venue.plain))

    def pages(self, archived: bool) -> str:
        pages = self.text("pages", "eid", "articleno", "article-number").plain
        if archived and "arxiv" in pages.lower():
            return ""
        return re.sub(r"\s*[-‐‑‒–—―−]+\s*", "-", pages).strip(" .")

    def keywords(self) -> tuple[str, ...]:
        text = self.text("keywords", "keyword").plain
        return tuple(filter(None, (k.strip() for k in re.split(r"[,;]", text))))

    def flag(self, field: str) -> bool:
        value = self.entry.get(field).lower()
        if value not in (*_TRUE, *_FALSE):
            message = f"{field} = {{{value}}} of '{self.entry.key}' is neither true nor false"
            self.tell(field, message, f"write {field} = {{true}}, or delete the line")
        return value in _TRUE

    def links(self, eprint: str) -> tuple[Link, ...]:
        found: list[Link] = []
        seen: set[str] = set()
        for kind in _LINKS:
            url = self.link(kind, eprint)
            if url and url not in seen:
                seen.add(url)
                found.append(Link(kind, url))
        return tuple(found)

    def link(self, kind: str, eprint: str) -> str:
        entry = self.entry
        if kind == "arxiv":
            return f"https://arxiv.org/abs/{eprint}" if eprint else ""
        if kind == "doi":
            doi = identifiers.doi(entry.get("doi"))
            if entry.get("doi") and not doi:
                message = f"'{entry.get('doi')}' of '{entry.key}' is not a DOI"
                self.tell("doi", message, "a DOI looks like 10.1145/3292500.3330701")
            return identifiers.safe_url(f"https://doi.org/{doi}") if doi else ""
        field = next((f for f in _LINK_FIELDS.get(kind, (kind,)) if entry.get(f)), "")
        if not field:
            return ""
        value = identifiers.untex_url(entry.get(field))
        if value.lower() in (*_TRUE, *_FALSE):
            return ""
        url = identifiers.safe_url(value)
        if not url:
            self.tell(field, f"the address in '{field}' is not safe: {value[:60]}", "use https://…")
            return ""
        if kind == "url" and re.match(r"https?://(?:dx\.)?doi\.org/|https?://arxiv\.org/abs/", url):
            return "" if identifiers.doi(entry.get("doi")) or eprint else url
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url):
            return url
        local = self.local_file(value.split("#")[0])
        if local is None:
            message = f"the file '{value[:60]}' in '{field}' of '{entry.key}' is not in docs/"
            self.tell(field, message, "put the file there, or write its whole address")
        return local or ""
