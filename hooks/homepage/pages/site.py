"""One build of the site: the data once, and what the whole site makes of it (pages.py: each page)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from markupsafe import Markup

from ..citing import Registry, csl
from ..common import Once, labels
from ..formats import files
from ..lists import selection
from ..model import Date, Problem
from ..news import feeds, items
from ..pictures import Likeness, Wanted, thumbnails
from ..publications import LocalFile, collection, venues, visibility
from . import colour_schemes, menu
from . import escaped as shown
from .addresses import Addresses
from .fragments import Fragments
from .options import Options
from .paper import path_of
from .papers import Papers
from .slots import Slots

ReadFile = Callable[[str], "bytes | None"]

VENUES_CSS = "assets/stylesheets/venues.css"
DARK_CSS = "assets/stylesheets/dark.css"


class Site:
    """Everything one build knows. Problems gather in `problems`; nothing here raises for bad input."""

    def __init__(
        self,
        options: Options,
        read_file: ReadFile,
        local_file: LocalFile,
        theme: list[str],
    ):
        self.options, self._theme = options, theme
        self.label = labels.labels_of(options.language)
        self.problems: list[Problem] = []
        self.news: list[items.RenderedNews] = []
        self.slots: dict[str, Slots] = {}  # of each page
        self._read_file = read_file
        known = self._source(options.people)
        sources = {path: self._source(path) for path in options.bibliography}
        self._sources = {path for path, source in sources.items() if source}
        if known is None and options.people != "people.yml":
            self._miss(options.people, "make the file, or take the setting out of extra.homepage")
        self._missing = [path for path, source in sources.items() if source is None]
        if self._missing != ["publications.bib"]:  # the default is missed where a list asks for it
            self.miss_bibliography()
        found = collection.read(
            [source for source in sources.values() if source],
            known,
            options.owner,
            local_file,
            options.merge_versions,
            self._source(options.venues),
            options.scholar,
        )
        self.problems += found.problems
        self.problems += visibility.private_fields(found.every, options.public_fields)
        self.venues = found.venues
        self.publications, self.every_publication = found.shown, found.every
        self.owner = found.owner
        self.pictures = thumbnails.gather(self.publications, read_file, options.kept("previews"))
        self.problems += self.pictures.problems
        self.selection = selection.Selection(found)
        self._withheld = found.withheld
        self._local_file = local_file
        pages = {path_of(work.slug, local_file): work for work in self.publications}
        self.addresses = Addresses(self.publications, self.slots, pages if options.paper_pages else {})
        hidden = [key for w in found.withheld for key in visibility.keys(w)]
        self.registry = Registry(self.publications, self.label, hidden)
        self.fragments = Fragments(theme, self.label, options, self.venues, self.pictures, found.owner)
        self.likeness = Likeness(self._avatar(), read_file, self.fragments.render)
        self._exports: dict[str, files.File] = {}
        styles, unusable = csl.load(options.csl_styles, read_file, options.config)
        self.papers = Papers(
            self.publications,
            self.every_publication,
            self.addresses,
            self.fragments,
            self.label,
            self.fragments.notes,
            self._exports,
            styles,
        )
        self.problems += self.likeness.problems + self.papers.problems + unusable

    def _avatar(self) -> Wanted:
        return Wanted(**{name: getattr(self.options, name) for name in Wanted._fields})

    # -- reading --------------------------------------------------------------

    def _source(self, path: str) -> collection.Source | None:
        data = self._read_file(path)
        return None if data is None else collection.Source(self.options.shown_as(path), data)

    def _miss(self, path: str, hint: str) -> None:
        shown = self.options.shown_as(path)
        self.problems.append(Problem(shown, 0, "the file is not there", hint, "error"))

    def miss_bibliography(self) -> None:
        """Tell of what the settings name and is not there, once something asks for it."""
        while self._missing:
            self._miss(self._missing.pop(0), "make the file, or name another in extra.homepage")

    # -- what the whole site shows ----------------------------------------------

    def for_templates(self, news_url: str) -> dict[str, object]:
        """What every page's template can use, as `homepage`."""
        return {
            "label": self.label,
            "html": shown.html,
            "once": Once(),
            "told_apart": lambda html: Markup(menu.told_apart(html, self.options.site_name)),
            "news": self.news[: self.options.news_in_sidebar],
            "news_source": self.options.news,
            "news_url": news_url,
            "feeds": bool(self.news),
            "format_date": self.fragments.format_date,
            "accent_styles": Markup(colour_schemes.accent(self.options.accent)),
            "dark_styles": DARK_CSS if self.options.has_dark else "",
            "portrait": self.likeness.portrait,
            "icons": self.likeness.icons,
            "venue_styles": VENUES_CSS if any(v.colour for v in self.venues.values()) else "",
        }

    def feed_files(self, info: feeds.FeedInfo) -> dict[str, str]:
        """The feeds, by their path in the site."""
        # Where no news has a date: the oldest publication's, which a new paper does not move.
        known = [p.date for p in self.publications if p.date]
        oldest = min(known, key=lambda d: d.key, default=Date(1970))
        found = feeds.entries(self.news, info, oldest)
        return {
            "feed.xml": feeds.atom(found, info, self.fragments),
            "feed.json": feeds.json_feed(found, info),
        }

    def asset_files(self) -> Iterator[tuple[str, bytes]]:
        """Small pictures, and colours: paths in the site, and contents."""
        yield from self.pictures.files.items()
        yield from self.likeness.files.items()
        styles = venues.stylesheet(self.venues)
        if styles:
            yield VENUES_CSS, styles.encode()
        if self.options.has_dark:
            more = colour_schemes.accent(self.options.accent) + styles
            yield DARK_CSS, colour_schemes.without_script(self._theme, more).encode()

    def check_papers(self, paths: Iterable[str]) -> None:
        """Tell of pages, given all of the owner's, that seem meant for a publication but are not."""
        self.problems += self.papers.check(paths, self.options.shown_as(""))

    def private_files(self, paths: Iterable[str]) -> set[str]:
        """Those of the owner's files and pages that belong to entries which stay out."""
        return visibility.private_files(self._withheld, self.every_publication, self._local_file, paths)

    def copies(self, paths: Iterable[str]) -> set[str]:
        """Those of the owner's files that would publish what is kept back, and that it is told."""
        others = set(paths) - self._sources
        found = visibility.copies(sorted(others), self.options.shown_as(""))
        self.problems += found.values()
        return set(found)

    def export_files(self, folder: Path) -> Iterator[tuple[str, Path]]:
        """The whole bibliography for visitors and their programs: paths in the site, and files.

        They are written into the folder, and what the pages of publications show is read from them.
        """
        names = {
            "bibtex": "publications.bib",
            "csl-json": "publications.json",
            "ris": "publications.ris",
        }
        # The owner's own files are not for visitors: what is hidden is in them. First, as those below
        # take the place of a Publications.bib where case makes no difference.
        for path in self._sources - set(names.values()):
            shown = self.options.shown_as(path)
            works = [work for work in self.every_publication if work.entry.path == shown]
            files.save("bibtex", works, folder / path, self.options.public_fields)
            yield path, folder / path
        for kind, name in names.items():
            self._exports[kind] = files.save(
                kind, self.every_publication, folder / name, self.options.public_fields
            )
            yield name, folder / name
