"""Makes the files of the site besides its pages: exports, feeds, pictures, style sheets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..common import colours
from ..formats import File, exports
from ..model import Date, Problem
from ..news import RenderedNews, feeds
from ..publications import LocalFile, aliases, venues, visibility
from .content import Content
from .redirects import Alias

VENUES_CSS = "assets/stylesheets/venues.css"
DARK_CSS = "assets/stylesheets/dark.css"
_EXPORTS = {"bibtex": "publications.bib", "csl-json": "publications.json", "ris": "publications.ris"}
_RULE = re.compile(r"([^{}@;/]*)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SLATE = re.compile(r"\[data-md-color-scheme=[\"']?slate[\"']?\]")
_SHEETS = ("palette.*.css", "homepage.css")


def write_exports(content: Content, folder: Path) -> tuple[dict[str, File], dict[str, Path]]:
    """Write the published bibliography in each format into the site's folder.

    Returns the file of each format, from which the pages of works take their parts, and every written
    file by its path in the site. Also replaces the owner's own .bib files, which have hidden entries.
    """
    public, written = content.options.public_fields, dict[str, Path]()
    # First: the files below replace a Publications.bib if the file system ignores case.
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
    """Yield path and content of small pictures and style sheets; `theme` are its folders."""
    yield from content.pictures.files.items()
    yield from content.avatar.files.items()
    styles = venues.stylesheet(content.venues)
    if styles:
        yield VENUES_CSS, styles.encode()
    if content.options.has_dark:
        more = accent_css(content.options.accent) + styles
        yield DARK_CSS, dark_css(list(theme), more).encode()


def accent_css(colour: str) -> str:
    """Return CSS rules for the accent colour `#rrggbb`, adjusted to be readable in both schemes."""
    chosen = colours.parse(colour) or colours.BLACK
    light, dark = (
        map(colours.css, colours.badge_colours(chosen, *page)) for page in (colours.LIGHT, colours.DARK)
    )
    rules = "[data-md-color-scheme]{{--hp-link:{};--hp-tint:{}}}".format(*light)
    slate = '[data-md-color-scheme="slate"]{{--hp-link:{};--hp-tint:{}}}'.format(*dark)
    return f"{rules}@media screen{{{slate}}}"  # paper is light


def dark_css(directories: Iterable[str], more: str = "") -> str:
    """Return the rules of the dark scheme in a theme's style sheets, as rules for the default scheme.

    Without JavaScript a page stays in its default scheme. `directories` are those of the theme.
    """
    folders = [Path(directory, "assets/stylesheets") for directory in directories]
    sheets = [sheet for name in _SHEETS for folder in folders for sheet in sorted(folder.glob(name))[:1]]
    text = "".join(_COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in sheets) + more
    rules = ((_dark(selector), declared) for selector, declared in _RULE.findall(text))
    return "".join(f"{selector}{{{declared.strip()}}}\n" for selector, declared in rules if selector)


def _dark(selector: str) -> str:
    """Return the parts of a selector that match the dark scheme, changed to the default scheme."""
    parts = (part.strip() for part in selector.split(","))
    found = (part for part in parts if _SLATE.search(part) and ":not([data-md-color-scheme" not in part)
    return ",".join(_SLATE.sub('[data-md-color-scheme="default"]', part) for part in found)


def feed_files(content: Content, news: Sequence[RenderedNews], info: feeds.FeedInfo) -> dict[str, str]:
    """Return the feeds, by their path in the site."""
    # News without any date gets that of the oldest publication, which a new paper does not change.
    known = [work.date for work in content.works if work.date]
    oldest = min(known, key=lambda d: d.key, default=Date(1970))
    found = feeds.entries(list(news), info, oldest)
    atom = feeds.atom(found, info, content.fragments)
    return {"feed.xml": atom, "feed.json": feeds.json_feed(found, info)}


def private_files(content: Content, paths: Iterable[str], local_file: LocalFile) -> set[str]:
    """Return the paths of files and pages that only unpublished entries use."""
    hidden = content.collection.hidden
    return visibility.private_files(hidden, content.every_version, local_file, paths)


def copies(content: Content, paths: Iterable[str]) -> dict[str, Problem]:
    """Return the paths of files that would publish hidden entries, such as backups, with a note."""
    others = sorted(set(paths) - content.bibliography)
    return visibility.unsafe_copies(others, content.options.shown_as(""))


def old_paper_pages(content: Content) -> list[Alias]:
    """Return the addresses that pages of works had before, or that merged versions would have."""
    paths = {work.slug: path for path, work in content.papers.items()}
    old = content.old_slugs.items()
    return [Alias(f"publications/{slug}.md", paths[new]) for slug, new in old if new in paths]


def stray_pages(content: Content, paths: Iterable[str]) -> list[Problem]:
    """Return problems for pages in publications/ whose names almost match a publication."""
    shown = {work.slug: path for path, work in content.papers.items()}
    return aliases.misnamed_pages(paths, shown, content.old_slugs, content.options.shown_as(""))
