"""Read people, venues and publications, once, before pages are built."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from ..bibtex import reader
from ..common import encoding
from ..model import Date, Entry, Name, Person, Problem, Publication
from ..people import people_file
from . import build, dates, venues, versions
from .links import LocalFile
from .visibility import Hidden, split

_FEW = 3  # entries with the same problem that are reported one by one


class Source(NamedTuple):
    """A file's bytes, and its path for messages."""

    path: str
    data: bytes


class Collection(NamedTuple):
    """`every` publication, newest first; `shown` is the same with versions of one work merged.

    Neither has `hidden` entries. `directory` finds the person of a name; `files` are the paths of
    the bibliography.
    """

    every: list[Publication]
    shown: list[Publication]
    problems: list[Problem]
    hidden: list[Hidden]
    directory: people_file.Directory
    files: tuple[str, ...]
    venues: venues.Venues = {}  # noqa: RUF012 - never changed

    @property
    def owner(self) -> Person | None:
        """The site's owner, from people.yml or the settings."""
        return self.directory.owner

    def until(self, today: Date) -> Date | None:
        """The first day after `today` on which an embargo ends, or None."""
        days = [w.until for w in self.hidden if w.until and w.until.key > today.key]
        return min(days, key=lambda d: d.key, default=None)


def matching(patterns: Iterable[str], paths: Iterable[str]) -> list[str]:
    """Expand the patterns of a setting, such as `bib/*.bib`, to sorted paths, without duplicates.

    A pattern without a match is kept, to be reported as a missing file.
    """
    known, found = sorted(paths), list[str]()
    for pattern in patterns:
        found += [path for path in known if "*" in pattern and _matches(path, pattern)] or [pattern]
    return list(dict.fromkeys(found))


def _matches(path: str, pattern: str) -> bool:
    parts, wanted = path.split("/"), pattern.split("/")
    if len(parts) != len(wanted):
        return False
    # As in a shell, `*` skips hidden files, such as macOS's `._talks.bib`.
    return all(
        fnmatchcase(part, name) and (name.startswith(".") or not part.startswith("."))
        for part, name in zip(parts, wanted, strict=True)
    )


# The last collection, with the files that it depends on and its day, so that rebuilds of `mkdocs serve`
# need not read it again. Keyed by content, as time stamps are not reliable.
_last: dict[tuple[object, ...], tuple[Collection, dict[str, str | None], Date]] = {}


def read(
    bibliographies: Sequence[Source],
    known: Source | None,
    owner: str,
    local_file: LocalFile,
    merge_versions: bool,
    venue_list: Source | None = None,
    scholar: str = "",
    today: Date | None = None,
) -> Collection:
    """Read BibTeX files with their people.yml and venues.yml, unless nothing has changed.

    `owner` is the name of the site's owner, or ''; for `local_file` and `scholar` see `links.Links`;
    `today` decides which embargoes have ended, by default the day of the build.
    """
    today = today or dates.today()
    sources = [*bibliographies, known, venue_list]
    contents = tuple(s and (s.path, hashlib.sha256(s.data).digest()) for s in sources)
    key = (contents, owner, merge_versions, scholar)
    if key in _last and _is_valid(*_last[key], local_file, today):
        return _last[key][0]
    problems: list[Problem] = []
    files: dict[str, str | None] = {}

    def text_of(source: Source) -> str:
        text, found = encoding.decode(source.data, source.path)
        problems.extend(found)
        return text

    def remembered(name: str) -> str | None:
        files[name] = local_file(name)
        return files[name]

    listed: list[Person] = []
    if known:
        listed, found = people_file.load(text_of(known), known.path)
        problems += found
    entries: list[Entry] = []
    macros: dict[str, str] = {}
    preamble = ""
    for source in bibliographies:
        library = reader.read(text_of(source), source.path, macros)
        problems += [*library.problems, *_used_before(entries, library.entries)]
        entries += library.entries
        preamble += library.preamble + "\n"
    directories: list[people_file.Directory] = []

    def directory(names: Iterable[Name]) -> people_file.Directory:
        directories.append(people_file.Directory(listed, owner, names))
        return directories[0]

    every, found = build.build(entries, directory, remembered, scholar, preamble)
    every, hidden, notes = split(every, today)
    problems += found + notes + _without_owner(every, directories[0], known)
    known_venues: venues.Venues = {}
    if venue_list:
        known_venues, found = venues.load(text_of(venue_list), venue_list.path)
        problems += found + venues.unknown(every, known_venues, venue_list.path)
    shown, found = versions.merge(every) if merge_versions else (every, [])
    paths = tuple(source.path for source in bibliographies)
    collection = Collection(every, shown, problems + found, hidden, directories[0], paths, known_venues)
    _last.clear()
    _last[key] = collection, files, today
    return collection


def _is_valid(
    collection: Collection, files: dict[str, str | None], day: Date, local_file: LocalFile, today: Date
) -> bool:
    """Does a collection that was read on a day still hold: the same files, no embargo that ended?"""
    same_day = day.key <= today.key and collection.until(day) == collection.until(today)
    return same_day and all(local_file(name) == found for name, found in files.items())


def _used_before(earlier: Sequence[Entry], entries: Sequence[Entry]) -> list[Problem]:
    """Report keys that another file of the bibliography already has."""
    first = {entry.key.lower(): entry for entry in reversed(earlier)}
    used = [(e, first[e.key.lower()]) for e in entries if e.key.lower() in first]
    message = "the key '{}' is used again (first in {}:{}); both are kept"
    return [
        e.problem("", message.format(e.key, f.path, f.line), "give one of them another key")
        for e, f in used
    ]


def _without_owner(
    found: list[Publication], directory: people_file.Directory, known: Source | None
) -> list[Problem]:
    """Report entries that do not name the owner: often people.yml lacks a spelling."""
    if directory.owner is None:
        return []
    where, owner = known.path if known else "people.yml", directory.owner.name
    without = [p for p in found if p.authors and not p.and_others and not _of_owner(p)]
    messages = [f"'{p.key}' does not name {owner} among its authors" for p in without]
    if len(without) > _FEW and not any(map(_of_owner, found)):  # a group's site, or one spelling
        messages = [f"no entry names {owner} among its authors"]
    hint = f"if one of them is, add the spelling under 'also' in {where}"
    return [
        p.entry.problem("author", message, hint, "advice")
        for p, message in zip(without, messages, strict=False)
    ]


def _of_owner(publication: Publication) -> bool:
    """Is the owner an author, an editor or a translator?"""
    people = (*publication.authors, *publication.editors, *publication.translators)
    return any(person.is_owner for person in people)
