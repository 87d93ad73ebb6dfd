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
    known = sorted(paths)
    found: dict[str, None] = {}
    for pattern in patterns:
        matches = [path for path in known if _matches(path, pattern)] if "*" in pattern else []
        found.update(dict.fromkeys(matches or [pattern]))
    return list(found)


def _matches(path: str, pattern: str) -> bool:
    parts, wanted = path.split("/"), pattern.split("/")
    if len(parts) != len(wanted):
        return False
    # As in a shell, `*` skips hidden files, such as macOS's `._talks.bib`.
    return all(
        fnmatchcase(part, name) and (name.startswith(".") or not part.startswith("."))
        for part, name in zip(parts, wanted, strict=True)
    )


class _Days(NamedTuple):
    """The days for which a collection is valid: until the next embargo ends."""

    first: Date
    end: Date | None

    def have(self, day: Date) -> bool:
        return self.first.key <= day.key and (not self.end or day.key < self.end.key)


# The last collection, with the files that it depends on, so that rebuilds of `mkdocs serve` need not
# read it again. Keyed by content, as time stamps are not reliable.
_last: dict[tuple[object, ...], tuple[Collection, dict[str, str | None], _Days]] = {}


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
    files_read = [*bibliographies, known, venue_list]
    contents = tuple(s and (s.path, hashlib.sha256(s.data).digest()) for s in files_read)
    key = (contents, owner, merge_versions, scholar)
    if key in _last:
        collection, files, days = _last[key]
        if days.have(today) and all(local_file(name) == found for name, found in files.items()):
            return collection
    files = {}

    def remembered(name: str) -> str | None:
        files[name] = local_file(name)
        return files[name]

    collection = _read(
        bibliographies, known, owner, remembered, merge_versions, venue_list, scholar, today
    )
    _last.clear()
    _last[key] = collection, files, _Days(today, collection.until(today))
    return collection


def _read(
    bibliographies: Sequence[Source],
    known: Source | None,
    owner: str,
    local_file: LocalFile,
    merge_versions: bool,
    venue_list: Source | None,
    scholar: str,
    today: Date,
) -> Collection:
    problems: list[Problem] = []
    listed: list[Person] = []
    if known:
        text, found = encoding.decode(known.data, known.path)
        listed, more = people_file.load(text, known.path)
        problems += found + more
    entries: list[Entry] = []
    macros: dict[str, str] = {}
    for source in bibliographies:
        text, found = encoding.decode(source.data, source.path)
        library = reader.read(text, source.path, macros)
        problems += [*found, *library.problems, *_used_before(entries, library.entries)]
        entries += library.entries
    directories: list[people_file.Directory] = []

    def directory(names: Iterable[Name]) -> people_file.Directory:
        directories.append(people_file.Directory(listed, owner, names))
        return directories[0]

    every, found = build.build(entries, directory, local_file, scholar)
    every, hidden, notes = split(every, today)
    problems += found + notes + _without_owner(every, directories[0], known)
    known_venues: venues.Venues = {}
    if venue_list:
        text, found = encoding.decode(venue_list.data, venue_list.path)
        known_venues, more = venues.load(text, venue_list.path)
        problems += found + more + venues.unknown(every, known_venues, venue_list.path)
    shown = every
    if merge_versions:
        shown, found = versions.merge(every)
        problems += found
    paths = tuple(source.path for source in bibliographies)
    return Collection(every, shown, problems, hidden, directories[0], paths, known_venues)


def _used_before(earlier: Sequence[Entry], entries: Sequence[Entry]) -> list[Problem]:
    """Report keys that another file of the bibliography already has."""
    first = {entry.key.lower(): entry for entry in reversed(earlier)}
    hint = "give one of them another key"
    return [
        Problem(
            entry.path,
            entry.line,
            f"the key '{entry.key}' is used again (first in {before.path}:{before.line}); both are kept",
            hint,
        )
        for entry in entries
        if (before := first.get(entry.key.lower()))
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
        Problem(p.entry.path, p.entry.line_of("author"), message, hint, "advice")
        for p, message in zip(without, messages, strict=False)
    ]


def _of_owner(publication: Publication) -> bool:
    return any(author.is_owner for author in publication.authors)
