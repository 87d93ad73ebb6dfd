"""Files that the site has besides its pages: exports, feeds, pictures, style sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..formats import File, exports
from ..model import Date, Problem
from ..news import RenderedNews, feeds
from ..publications import LocalFile, aliases, venues, visibility
from . import colour_schemes
from .content import Content
from .redirects import Alias

VENUES_CSS = "assets/stylesheets/venues.css"
DARK_CSS = "assets/stylesheets/dark.css"
_EXPORTS = {"bibtex": "publications.bib", "csl-json": "publications.json", "ris": "publications.ris"}


def write_exports(content: Content, folder: Path) -> tuple[dict[str, File], dict[str, Path]]:
    """Write the whole bibliography for visitors and their programs into the folder of the site.

    Gives the file of each format, from which the pages of works take their parts, and every written
    file by its path in the site. The owner's own .bib files are replaced: what is hidden is in them.
    """
    public, written = content.options.public_fields, dict[str, Path]()
    # First, as those below take the place of a Publications.bib where case makes no difference.
    for path in sorted(content.bibliography - set(_EXPORTS.values())):
        shown = content.options.shown_as(path)
        works = [work for work in content.every_version if work.entry.path == shown]
        written[path] = exports.save("bibtex", works, folder / path, public).path
    files = {
        kind: exports.save(kind, content.every_version, folder / name, public)
        for kind, name in _EXPORTS.items()
    }
    return files, written | {name: files[kind].path for kind, name in _EXPORTS.items()}


def assets(content: Content, theme: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Small pictures, and colours: paths in the site, and contents; `theme` are folders of templates."""
    yield from content.pictures.files.items()
    yield from content.avatar.files.items()
    styles = venues.stylesheet(content.venues)
    if styles:
        yield VENUES_CSS, styles.encode()
    if content.options.has_dark:
        more = colour_schemes.accent(content.options.accent) + styles
        yield DARK_CSS, colour_schemes.without_script(list(theme), more).encode()


def feed_files(content: Content, news: Sequence[RenderedNews], info: feeds.FeedInfo) -> dict[str, str]:
    """The feeds, by their path in the site."""
    # Where no news has a date: the oldest publication's, which a new paper does not move.
    known = [work.date for work in content.works if work.date]
    oldest = min(known, key=lambda d: d.key, default=Date(1970))
    found = feeds.entries(list(news), info, oldest)
    atom = feeds.atom(found, info, content.fragments)
    return {"feed.xml": atom, "feed.json": feeds.json_feed(found, info)}


def private_files(content: Content, paths: Iterable[str], local_file: LocalFile) -> set[str]:
    """Those of the owner's files and pages that belong to entries which stay out."""
    hidden = content.collection.hidden
    return visibility.private_files(hidden, content.every_version, local_file, paths)


def copies(content: Content, paths: Iterable[str]) -> dict[str, Problem]:
    """Those of the owner's files that would publish what is kept back, with a note for each."""
    others = sorted(set(paths) - content.bibliography)
    return visibility.unsafe_copies(others, content.options.shown_as(""))


def old_paper_pages(content: Content) -> list[Alias]:
    """The addresses that pages of works had before, or versions would have."""
    paths = {work.slug: path for path, work in content.papers.items()}
    old = content.old_slugs.items()
    return [Alias(f"publications/{slug}.md", paths[new]) for slug, new in old if new in paths]


def stray_pages(content: Content, paths: Iterable[str]) -> list[Problem]:
    """The owner's pages, among all pages, that seem meant for a publication but are not."""
    shown = {work.slug: path for path, work in content.papers.items()}
    return aliases.misnamed_pages(paths, shown, content.old_slugs, content.options.shown_as(""))
