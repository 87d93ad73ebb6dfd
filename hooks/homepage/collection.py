"""Everything that is read before a page is made: the people and the publications, once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from . import bibtex, encoding, people, publications, venues, versions
from .errors import Problem
from .links import LocalFile
from .model import Name, Person, Publication


class Source(NamedTuple):
    """A file's bytes, and its path as messages name it."""

    path: str
    data: bytes


class Collection(NamedTuple):
    """`every` publication, newest first; `shown` is the same with versions of one work merged."""

    every: list[Publication]
    shown: list[Publication]
    problems: list[Problem]
    venues: venues.Venues = {}  # noqa: RUF012 - never changed
    owner: Person | None = None


# The last collection, with what it was made of: `mkdocs serve` builds again for every change
# elsewhere, and should not read again. Keyed by content, as time stamps lie.
_last: dict[tuple[object, ...], tuple[Collection, dict[str, str | None]]] = {}


def read(
    bibliographies: Sequence[Source],
    known: Source | None,
    owner: str,
    local_file: LocalFile,
    merge_versions: bool,
    venue_list: Source | None = None,
    scholar: str = "",
) -> Collection:
    """Read BibTeX files, and the people.yml and venues.yml that go with them.

    `owner` is the name of the site's owner, or '' where there is none; `local_file` and `scholar`
    are told in `links.Links`.
    """
    files_read = [*bibliographies, known, venue_list]
    contents = tuple(s and (s.path, hashlib.sha256(s.data).digest()) for s in files_read)
    key = (contents, owner, merge_versions, scholar)
    if key in _last:
        collection, files = _last[key]
        if all(local_file(name) == found for name, found in files.items()):
            return collection
    files = {}

    def remembered(name: str) -> str | None:
        files[name] = local_file(name)
        return files[name]

    collection = _read(bibliographies, known, owner, remembered, merge_versions, venue_list, scholar)
    _last.clear()
    _last[key] = collection, files
    return collection


def _read(
    bibliographies: Sequence[Source],
    known: Source | None,
    owner: str,
    local_file: LocalFile,
    merge_versions: bool,
    venue_list: Source | None,
    scholar: str,
) -> Collection:
    problems: list[Problem] = []
    listed: list[Person] = []
    if known:
        text, found = encoding.decode(known.data, known.path)
        listed, more = people.load(text, known.path)
        problems += found + more
    entries: list[bibtex.Entry] = []
    for source in bibliographies:
        text, found = encoding.decode(source.data, source.path)
        library = bibtex.read(text, source.path)
        entries += library.entries
        problems += [*found, *library.problems]
    directories: list[people.Directory] = []

    def directory(names: Iterable[Name]) -> people.Directory:
        directories.append(people.Directory(listed, owner, names))
        return directories[0]

    every, found = publications.build(entries, directory, local_file, scholar)
    problems += found + _without_owner(every, directories[0], known)
    known_venues: venues.Venues = {}
    if venue_list:
        text, found = encoding.decode(venue_list.data, venue_list.path)
        known_venues, more = venues.load(text, venue_list.path)
        problems += found + more + venues.unknown(every, known_venues, venue_list.path)
    shown = every
    if merge_versions:
        shown, found = versions.merge(every)
        problems += found
    return Collection(every, shown, problems, known_venues, directories[0].owner)


def _without_owner(
    found: list[Publication], directory: people.Directory, known: Source | None
) -> list[Problem]:
    """Entries that do not name the owner: often a spelling that people.yml does not know."""
    if directory.owner is None:
        return []
    where = known.path if known else "people.yml"
    return [
        Problem(
            p.entry.path,
            p.entry.line_of("author"),
            f"'{p.key}' does not name {directory.owner.name} among its authors",
            f"if one of them is, add the spelling under 'also' in {where}",
            "advice",
        )
        for p in found
        if p.authors and not p.and_others and not any(a.is_owner for a in p.authors)
    ]
