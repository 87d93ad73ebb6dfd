"""Plans the addition of an entry: its text, its place, and what is in the bibliography already."""

from collections.abc import Iterable
from typing import NamedTuple

from commands.shared import citation_keys
from commands.shared.site import Refusal, SiteAround
from homepage.bibtex import plain_starts, reader
from homepage.citing import citation
from homepage.common import encoding, labels_of
from homepage.model import Entry, Name, Person, Problem, Publication
from homepage.people import fold, people_file
from homepage.publications import TRUE, Source, build, versions

from . import insertion, layout, tidying
from .insertion import Inserted

NEW = "the new entry"


class Match(NamedTuple):
    """A work that is there already: why it seems the same, and whether it is this very version."""

    publication: Publication
    why: str
    exact: bool


class Addition(NamedTuple):
    """An entry as it will be written, and the file with it."""

    key: str
    text: str
    citation: str
    matches: tuple[Match, ...]
    remarks: tuple[str, ...]
    inserted: Inserted
    publication: Publication


class Offered(NamedTuple):
    """The entries of a fetched or pasted text, each with its own part of it, and what was wrong."""

    entries: list[tuple[Entry, str]]
    problems: tuple[Problem, ...]


def offered(text: str, name: str) -> Offered:
    """Read the entries of a text; `name` is its path in problems."""
    plain = plain_starts(text)
    library = reader.read(plain, name)
    entries = [(entry._replace(path=NEW), plain[slice(*entry.span)]) for entry in library.entries]
    return Offered(entries, library.problems)


def add(
    entry: Entry, written: str, file: Source, site: SiteAround, *, fetched: bool, selected: bool
) -> Addition:
    """Plan the addition of an entry to a file of a site; raises Refusal.

    Fetched entries are tidied and get a key in the file's style. What was pasted stays as it is
    written, where that can be read as it is, but for what is `tidying.private`; a key that is taken
    gets a letter.
    """
    entries, macros, elsewhere = _read_all(file, site)
    dropped, remarks = ([], []) if fetched else tidying.private(entry.fields, site.public_fields)
    if fetched:
        fields, remarks = tidying.tidied(entry)
    else:
        fields = {name: value for name, value in _values(entry).items() if name not in dropped}
    new, there = _publications(_with(entry, fields), entries, site)
    if new is None:
        raise Refusal(f"@{entry.type} is no entry that a list shows: add it to the file by hand.")
    here = [p for p in there if p.entry.path == file.path]
    taken = {e.key.lower(): e for e in reversed(entries)}
    if fetched or entry.key == f"entry-{entry.line}":
        key = citation_keys.key_for(new, citation_keys.style_of(here), taken)
    else:
        key = citation_keys.unique_key(entry.key, taken)
        if before := taken.get(entry.key.lower()):
            remarks.append(f"its key is {key}, as {entry.key} is taken ({before.path}:{before.line})")
    more = {"selected": "true"} if selected and entry.get("selected").lower() not in TRUE else {}
    form = layout.detect(plain_starts(encoding.decode(file.data, "")[0]), (p.entry for p in here))
    source = layout.write(entry.type, key, {**fields, **more}, form)
    if not fetched:
        as_pasted = layout.rewritten_start(written, entry, key, more)
        as_pasted = layout.without(as_pasted, dropped) if dropped else as_pasted
        if as_pasted and _reads_so(as_pasted, entry, {**fields, **more}, macros):
            source = as_pasted
        else:
            remarks.append("its layout was changed, as BibTeX could not read it as it was pasted")
    parents = {e.get(field).lower() for e in entries for field in ("crossref", "xdata")}
    dates = {p.entry.span[0]: p.date for p in here if p.date and p.key.lower() not in parents}
    inserted = insertion.insert(file.data, source, new.date, dates, elsewhere)
    cited = citation.plain(citation.apa(new, labels_of("en")), new.title)
    return Addition(key, source, cited, tuple(find_matches(new, there)), tuple(remarks), inserted, new)


def _read_all(file: Source, site: SiteAround) -> tuple[list[Entry], dict[str, str], dict[str, str]]:
    """Return all entries, and what @string defines: everywhere, and in other files."""
    macros: dict[str, str] = {}
    elsewhere: dict[str, str] = {}
    entries: list[Entry] = []
    for source in site.replaced(file).bibliography:
        text = encoding.decode(source.data, source.path)[0]
        entries += reader.read(text, source.path, macros).entries
        if source.path != file.path:
            reader.read(text, source.path, elsewhere)
    return entries, macros, elsewhere


def _publications(
    entry: Entry | None, known: list[Entry], site: SiteAround
) -> tuple[Publication | None, list[Publication]]:
    """Return the publication of a new entry, None if it is none, and the others as in their files.

    Hidden ones are among them.
    """
    listed: list[Person] = []
    if site.people:
        listed = people_file.load(encoding.decode(site.people.data, "")[0], site.people.path)[0]

    def directory(names: list[Name]) -> people_file.Directory:
        return people_file.Directory(listed, site.owner, names)

    found = build.build([*known, *([entry] if entry else [])], directory, site.local_file)[0]
    found.sort(key=lambda p: p.position)
    new = found.pop() if found and found[-1].entry.path == NEW else None
    return new, found


def find_exact(doi: str, eprint: str, file: Source, site: SiteAround) -> Match | None:
    """Return the version that an identifier stands for, if the site has it.

    An arXiv identifier stands for the preprint, and a DOI for what was published.
    """
    for other in _publications(None, _read_all(file, site)[0], site)[1]:
        preprint = other.type == "preprint"
        if doi and not preprint and versions.doi(other) == doi.lower():
            return Match(other, "the same DOI", exact=True)
        if eprint and preprint and versions.eprint(other) == eprint:
            return Match(other, "the same arXiv identifier", exact=True)
    return None


def find_matches(new: Publication, there: Iterable[Publication]) -> list[Match]:
    """Return the works that are the new one, or versions of it."""
    result = []
    for other in there:
        why = ""
        if versions.doi(new) and versions.doi(new) == versions.doi(other):
            why = "the same DOI"
        elif versions.eprint(new) and versions.eprint(new) == versions.eprint(other):
            why = "the same arXiv identifier"
        same_kind = (new.type == "preprint") == (other.type == "preprint")
        exact = bool(why) and same_kind
        if not why and versions.folded_title(new) == versions.folded_title(other):
            exact = _all_the_same(new, other)
            why = "the same title and first author" * versions.same_first_author(new, other)
            why = "the same title, authors and year" if exact else why
        if why:
            result.append(Match(other, why, exact))
    return result


def _all_the_same(new: Publication, other: Publication) -> bool:
    """Is nothing different between works of one title without a common identifier?"""
    if any(of(new) and of(other) for of in (versions.doi, versions.eprint)):
        return False
    return (new.type, new.year, _who(new)) == (other.type, other.year, _who(other))


def _who(publication: Publication) -> list[tuple[str, str]]:
    """Return family name and initial of each author, or editor if there are none."""
    names = [author.name for author in publication.authors or publication.editors]
    return [(fold(name.family or name.literal), fold(name.given)[:1]) for name in names]


def _values(entry: Entry) -> dict[str, str]:
    return {field.name: field.value for field in entry.fields.values()}


def _with(entry: Entry, fields: dict[str, str]) -> Entry:
    made = {name: reader.Field(name, value, entry.line_of(name)) for name, value in fields.items()}
    return entry._replace(fields=made)


def _reads_so(text: str, entry: Entry, fields: dict[str, str], macros: dict[str, str]) -> bool:
    """Is the text, with the macros of the bibliography, read as that entry without problems?"""
    library = reader.read(text, NEW, dict(macros))
    if library.problems or len(library.entries) != 1:
        return False
    read = library.entries[0]
    return read.type == entry.type and _values(read) == fields


def lines_of(data: bytes, keys: Iterable[str]) -> list[tuple[int, int]]:
    """Return the first and last line of each entry that has one of these keys."""
    text = plain_starts(encoding.decode(data, "")[0])
    wanted = set(keys)
    return [
        (entry.line, entry.line + text.count("\n", *entry.span))
        for entry in reader.read(text, "").entries
        if entry.key in wanted
    ]
