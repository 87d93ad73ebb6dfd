"""Select and sort the publications of a list by its options."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ..bibtex import APART, KNOWN_TYPES, THESES, TYPES
from ..model import Author, Person, Problem, Publication
from ..people import Directory, fold, parse_one
from ..publications import Collection, venues
from .options import ListOptions

Test = Callable[[Publication], bool]

_MARKS = {"corresponding": "†", "equal": "*"}


class Selection:
    """Selects publications of a collection; option values that match nothing are reported."""

    def __init__(self, collection: Collection):
        self.works = collection.shown
        self.directory = collection.directory
        self._hidden = {w.publication.key for w in collection.hidden}
        self._keys = {v.key: p for p in reversed(self.works) for v in (*p.versions, p)}
        self._strangers: dict[str, Directory] = {}
        self._files = collection.files
        self._venues = collection.venues

    def choose(
        self, options: ListOptions, path: str = "", line: int = 0
    ) -> tuple[list[Publication], list[Problem]]:
        """The publications for a directive at this path and line, in order, and its problems.

        Talks, posters, software, data and teaching are left out unless `type`, `keys`, `file` or
        `selected: true` asks for them.
        """
        problems: list[Problem] = []

        def report(message: str, hint: str, severity: str = "warning") -> None:
            problems.append(Problem(path, line, message, hint, severity))

        tests = list(self._tests(options, report))
        found = [p for p in self.works if all(test(p) for test in tests)]
        if options.keys and not options.sort:
            wanted = self._wanted(options.keys, lambda *_: None)
            found.sort(key=lambda p: wanted[p.slug])
        else:
            found = self.order(found, options.sort)
        return found[: options.limit or None], problems

    def order(self, works: list[Publication], by: str) -> list[Publication]:
        """Sort works that are newest first in another order; works without a value come last."""
        if by == "oldest":
            return sorted(works, key=lambda p: (not p.date, not p.year, p.date.key, p.position))
        if by == "title":
            return sorted(works, key=lambda p: fold(p.title.plain))
        if by == "venue":
            return sorted(works, key=lambda p: (not p.venue, fold(p.venue.plain)))
        if by == "author":
            return sorted(works, key=_by_author)
        if by == "file":
            return sorted(works, key=lambda p: p.position)
        return works

    # -- options --------------------------------------------------------------

    def _tests(self, o: ListOptions, report: Callable[..., None]) -> Iterator[Test]:
        """A test for each option that is set."""
        if o.type:
            yield self._types(o.type, report)
        elif not (o.keys or o.file or o.selected):
            yield lambda p: p.type not in APART
        if o.not_:
            unwanted = self._types(o.not_, report)
            yield lambda p: not unwanted(p)
        if o.selected is not None:
            yield lambda p: p.selected == o.selected
        if o.year:
            yield lambda p: any(y.first <= p.date.year <= y.last for y in o.year) and bool(p.date)
        if o.keyword:
            yield self._texts(o.keyword, "keyword", report, lambda p: p.keywords)
        if o.venue:
            yield self._texts(o.venue, "venue", report, self._venues_of)
        if o.keys:
            wanted = self._wanted(o.keys, report)
            yield lambda p: p.slug in wanted
        if o.file:
            files = self._paths(o.file, report)
            yield lambda p: any(v.entry.path in files for v in (p, *p.versions))
        if o.author or o.role:
            yield self._people(o, report)

    def _types(self, types: Iterable[str], report: Callable[..., None]) -> Test:
        wanted = {kind.lower() for kind in types}
        there = {p.entry.type for p in self.works}
        for kind in sorted(wanted - KNOWN_TYPES - there - {"all"}):
            report(f"no entry has the type '{kind}'", f"write 'all', or one of {', '.join(TYPES)}")
        if "all" in wanted:
            return lambda _: True
        if "thesis" in wanted:
            wanted |= {*THESES}
        return lambda p: p.type in wanted or p.entry.type in wanted

    def _texts(
        self,
        texts: Iterable[str],
        option: str,
        report: Callable[..., None],
        of: Callable[[Publication], Iterable[str]],
    ) -> Test:
        """A test whether a work has one of these texts; case and accents are ignored."""
        wanted = {fold(text): text for text in texts}
        having = {p.slug: {fold(text) for text in of(p)} & wanted.keys() for p in self.works}
        for text in sorted(wanted.keys() - set().union(*having.values())):
            message = f"no entry has the {option} '{wanted[text]}'"
            report(message, f"write the whole {option}, as an entry has it", "advice")
        return lambda p: bool(having[p.slug])

    def _venues_of(self, work: Publication) -> tuple[str, ...]:
        """All names of a work's venue, in the entry and in venues.yml."""
        return (*venues.names(self._venues, work.abbr), work.venue.plain)

    def _wanted(self, keys: Sequence[str], report: Callable[..., None]) -> dict[str, int]:
        """The positions of works in a list of keys, by slug."""
        found: dict[str, int] = {}
        for key in keys:
            if key in self._keys:
                found.setdefault(self._keys[key].slug, len(found))
            elif key in self._hidden:
                report(f"the entry '{key}' is hidden", "take its key out of the list", "advice")
            else:
                report(f"'{key}' names no entry of the bibliography", "write the key of an entry")
        return found

    def _paths(self, files: Iterable[str], report: Callable[..., None]) -> set[str]:
        """The files of the bibliography with these names: `talks.bib` matches `docs/bib/talks.bib`."""
        found: set[str] = set()
        for name in files:
            paths = {path for path in self._files if f"/{path}".endswith(f"/{name.lstrip('/')}")}
            if not paths:
                hint = f"write one of {', '.join(self._files)}"
                report(f"the bibliography has no file '{name}'", hint)
            found |= paths
        return found

    # -- people ---------------------------------------------------------------

    def _people(self, o: ListOptions, report: Callable[..., None]) -> Test:
        """A test whether one of these people, or the owner, is an author in one of these roles."""
        if not o.author and not self.directory.owner:
            report("'role' needs 'author', as the site has no owner", "write author: Name")
            return lambda _: True
        tests = [self._is(name) for name in o.author] or [lambda author: author.is_owner]
        for name, test in zip(o.author, tests, strict=False):
            person = self.directory.identify(parse_one(name))
            if not person and not any(test(a) for p in self.works for a in _everyone(p)):
                message = f"nobody is called '{name}'"
                report(message, "write the whole name, as an entry or people.yml has it")
        return lambda p: any(
            any(test(author) for test in tests) and _has_role(p, place, author, o.role)
            for place, author in enumerate(p.authors if o.role else _everyone(p), 1)
        )

    def _is(self, name: str) -> Callable[[Author], bool]:
        """A test whether an author is the person with this name."""
        person = self.directory.identify(parse_one(name))
        if person and person is self.directory.owner:
            return lambda author: author.is_owner
        if person:
            return lambda author: author.person is person
        if name not in self._strangers:
            names = {a.name for p in self.works for a in _everyone(p)}
            self._strangers[name] = Directory([*self.directory.people, Person(name)], "", names)
        others = self._strangers[name]
        stranger = others.people[-1]
        return lambda author: others.identify(author.name) is stranger


def _everyone(work: Publication) -> tuple[Author, ...]:
    """The authors, editors and translators."""
    return work.authors + work.editors + work.translators


def _has_role(work: Publication, place: int, author: Author, roles: Iterable[str]) -> bool:
    """Does the author at this place, counted from 1, have one of the roles, if there are any?"""
    found = {role for role, mark in _MARKS.items() if mark in author.marks}
    if place == 1:
        found.add("first")
    if place == len(work.authors) and not work.and_others:
        found.add("last")
    return not roles or not found.isdisjoint(roles)


def _by_author(work: Publication) -> tuple[bool, str]:
    people = work.authors or work.editors
    name = people[0].name if people else None
    text = f"{name.family or name.literal} {name.given}" if name else ""
    return not text, fold(text)
