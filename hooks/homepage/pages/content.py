"""Reads everything that pages are made from, as one value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..citing import Style, csl
from ..common import Labels, labels
from ..lists import Selection
from ..model import Person, Problem, Publication
from ..pictures import Avatar, Pictures, avatar, thumbnails
from ..publications import Collection, LocalFile, Source, Venues, aliases, collection, visibility
from .fragments import Fragments
from .settings import Options

ReadFile = Callable[[str], "bytes | None"]


@dataclass(frozen=True)
class Content:
    """What one build has read. `papers` are the works with a page of their own, by its path.

    `bibliography` has the paths of existing .bib files, `missing` of those that do not exist.
    `old_slugs` maps slugs without a page to those that replace them; `aliases` is the same by new slug.
    """

    options: Options
    label: Labels
    collection: Collection
    papers: Mapping[str, Publication]
    bibliography: frozenset[str]
    missing: tuple[str, ...]
    old_slugs: Mapping[str, str]
    aliases: Mapping[str, Sequence[str]]
    styles: Sequence[Style]
    pictures: Pictures
    avatar: Avatar
    fragments: Fragments
    selection: Selection

    @property
    def works(self) -> Sequence[Publication]:
        """The published works, newest first, with the versions of each merged."""
        return self.collection.shown

    @property
    def every_version(self) -> Sequence[Publication]:
        """The published works with each version by itself, as exports have them."""
        return self.collection.every

    @property
    def owner(self) -> Person | None:
        """The site's owner."""
        return self.collection.owner

    @property
    def venues(self) -> Venues:
        """The venues by their abbreviations."""
        return self.collection.venues

    @property
    def hidden_keys(self) -> list[str]:
        """The citation keys, old ones included, of entries that are not published."""
        return [key for work in self.collection.hidden for key in visibility.all_keys(work)]


def read(
    options: Options, read_file: ReadFile, local_file: LocalFile, theme: Sequence[str]
) -> tuple[Content, list[Problem]]:
    """Read the bibliography, people, venues, pictures and citation styles.

    Returns the content and its problems; nothing is raised for bad input. `read_file` returns the
    bytes of a file by its path in docs/, or None; `theme` are the folders of templates.
    """
    problems: list[Problem] = []

    def source(path: str) -> Source | None:
        data = read_file(path)
        return None if data is None else Source(options.shown_as(path), data)

    people = source(options.people)
    if people is None and options.people != "people.yml":
        hint = "make the file, or take the setting out of extra.homepage"
        problems.append(_absent(options, options.people, hint))
    sources = {path: source(path) for path in options.bibliography}
    missing = tuple(path for path, found in sources.items() if found is None)
    if missing != ("publications.bib",):  # reported only if a page lists publications
        problems += missing_bibliography(options, missing)
    found = collection.read(
        [file for file in sources.values() if file],
        people,
        options.owner,
        local_file,
        options.merge_versions,
        source(options.venues),
        options.scholar,
    )
    label = labels.labels_of(options.language)
    pictures = thumbnails.gather(found.shown, read_file, options.cache_folder("previews"))
    fragments = Fragments(
        theme,
        label,
        options,
        found.venues,
        pictures,
        found.owner,
    )
    drawn, unreadable = avatar(options.avatar(), read_file, fragments.render)
    styles, unusable = csl.load(options.styles, read_file, options.config)
    paged = found.shown if options.paper_pages else []
    old_slugs, ambiguous = aliases.find(found.shown, found.every)
    content = Content(
        options=options,
        label=label,
        collection=found,
        papers={path_of(work.slug, local_file): work for work in paged},
        bibliography=frozenset(sources) - frozenset(missing),
        missing=missing,
        old_slugs=old_slugs,
        aliases=aliases.former_slugs(old_slugs),
        styles=styles,
        pictures=pictures,
        avatar=drawn,
        fragments=fragments,
        selection=Selection(found),
    )
    problems += found.problems
    problems += visibility.private_fields(found.every, options.public_fields)
    problems += [*pictures.problems, *unreadable, *ambiguous, *unusable]
    return content, problems


def missing_bibliography(options: Options, missing: Iterable[str]) -> list[Problem]:
    """Return problems for bibliography files that the settings name but that do not exist."""
    hint = "make the file, or name another in extra.homepage"
    return [_absent(options, path, hint) for path in missing]


def _absent(options: Options, path: str, hint: str) -> Problem:
    return Problem(options.shown_as(path), 0, "the file is not there", hint, "error")


def path_of(slug: str, local_file: LocalFile) -> str:
    """Return the path of the page's source in docs/: the owner's folder, if there is one, or a file."""
    return local_file(f"publications/{slug}/index.md") or f"publications/{slug}.md"
