"""One build of the site: the data once, and what each page takes from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from markupsafe import Markup, escape

from . import (
    collection,
    csl,
    directives,
    exports,
    facets,
    feeds,
    images,
    labels,
    menu,
    news,
    schemes,
    segments,
    selection,
    venues,
    withheld,
)
from .addresses import Addresses, Url
from .errors import Problem
from .fragments import Fragments
from .groups import group
from .likeness import Likeness
from .links import LocalFile
from .model import Date, NewsItem, Publication
from .options import NewsOptions, ProfileOptions
from .paper import path_of
from .papers import Papers
from .prose import Registry
from .render import Once, compiled
from .site_options import Options
from .slots import Parts, Slot, Slots, ids, marks, unique

ReadFile = Callable[[str], "bytes | None"]

# Longer lists leave abstracts and BibTeX to the pages of their works, from which a script takes them
# when they are opened: of 100 works they are half of what the list weighs.
_MOST_IN_FULL = 50
_MOST_WITH_PARTS = 2_000  # longer lists would weigh 10 MB and more
_IDS_OF_TEXT = re.compile(r'(<(?:h[1-6]|sup)\b[^<>]*?) id="[^"]*"')
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
        self.label = labels.labels(options.language)
        self.problems: list[Problem] = []
        self.news: list[news.RenderedNews] = []
        self._news_items: tuple[NewsItem, ...] = ()
        self._slots: dict[str, Slots] = {}
        self._read_file = read_file
        known = self._source(options.people)
        sources = {path: self._source(path) for path in options.bibliography}
        self._sources = {path for path, source in sources.items() if source}
        if known is None and options.people != "people.yml":
            self._miss(options.people, "make the file, or take the setting out of extra.homepage")
        self._missing = [path for path, source in sources.items() if source is None]
        if self._missing != ["publications.bib"]:  # the default is missed where a list asks for it
            self._miss_bibliography()
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
        self.venues = found.venues
        self.publications, self.every_publication = found.shown, found.every
        self.owner = found.owner
        cache = Path(options.cache, "previews") if options.cache else None
        self.pictures = images.gather(self.publications, read_file, cache)
        self.problems += self.pictures.problems
        self.selection = selection.Selection(found)
        self._withheld = found.withheld
        self._local_file = local_file
        pages = {path_of(work.slug, local_file): work for work in self.publications}
        self.addresses = Addresses(self.publications, self._slots, pages if options.paper_pages else {})
        hidden = [key for w in found.withheld for key in withheld.keys(w)]
        self.registry = Registry(self.publications, self.label, hidden)
        self.templates = compiled(Path(options.cache, "templates")) if options.cache else None
        self.fragments = Fragments(
            theme, self.templates, self.label, options, self.venues, self.pictures, found.owner
        )
        self.likeness = Likeness(options, read_file, self.fragments.render)
        self._exports: dict[str, exports.File] = {}
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

    # -- reading --------------------------------------------------------------

    def _source(self, path: str) -> collection.Source | None:
        data = self._read_file(path)
        return None if data is None else collection.Source(self.options.shown_as(path), data)

    def _miss(self, path: str, hint: str) -> None:
        shown = self.options.shown_as(path)
        self.problems.append(Problem(shown, 0, "the file is not there", hint, "error"))

    def _miss_bibliography(self) -> None:
        while self._missing:
            self._miss(self._missing.pop(0), "make the file, or name another in extra.homepage")

    # -- pages ----------------------------------------------------------------

    def prepare(self, markdown: str, path: str, first_line: int) -> str:
        """A page's Markdown before plugins see it: news marked, citations shielded, lists placed."""
        shown = self.options.shown_as(path)
        if path == self.options.news:
            page, found = news.parse(markdown, shown, first_line)
            self.problems += found
            self._news_items = page.items
            time = {i.date.iso(): self._time(i.date) for i in page.items if i.date}
            markdown = news.markdown(page, time)
        markdown, found = self.registry.shield(markdown, shown, first_line)
        self.problems += found
        slots = self._slots[path] = Slots()
        markdown, found = directives.replace(
            markdown, shown, first_line, lambda directive: self._place(directive, slots)
        )
        self.problems += found
        if paper := self.addresses.papers.get(path):
            markdown = f"{slots.place(Slot('paper.html', [paper]))}\n{markdown}"
        return markdown

    def finish(self, markdown: str, path: str) -> str:
        """The page's Markdown after plugins: what was shielded comes back, references get a place."""
        slots = self._slots[path]
        for text, works in self.registry.references(markdown):
            suffixes = self.registry.suffixes(works)
            place = slots.place(Slot("references.html", works, marks(works), suffixes=suffixes))
            markdown = markdown.replace(text, place, 1)
        return self.registry.unshield(markdown)

    def take_news(self, html: str, url: Url) -> str:
        """The HTML of the news page, each item an article; the items are kept for everything else."""
        segments, self.news = news.rendered(html, self._news_items)
        before, after = segments[0], segments[len(self.news) + 1 :]
        articles = zip(self.news, segments[1 : len(self.news) + 1], strict=True)
        middle = self.fragments.render(
            "news_page.html",
            articles=[(n.item, Markup(html)) for n, html in articles],
            url=url,
        )
        return "".join((before, str(middle), *after))

    def searchable(self, html: str, path: str, url: Url) -> str:
        """The page's HTML as a search should read it: each work once, without its buttons.

        `url` makes paths relative to the page.
        """
        html = segments.parted(self._linked(html, url))  # before the slots, whose text is untrusted
        return self._slots[path].indexed(html, self._indexed) if path in self._slots else html

    def _indexed(self, slot: Slot) -> str:
        if slot.fragment == "profile.html":
            return segments.parted(self.fragments.render("profile.html", with_links=False))
        listed = slot.fragment == "publications.html" and not self.options.paper_pages
        if not listed and slot.fragment != "paper.html":
            return ""
        text = self.fragments.render("search.html", publications=slot.publications, listed=listed)
        # Of all works in one page it is megabytes: no character takes two bytes.
        return segments.parted(text).encode("latin-1", "xmlcharrefreplace").decode("latin-1")

    def bare(self, html: str, path: str) -> str:
        """What `searchable` gave, without what only a search is to know."""
        html = segments.joined(html)
        return self._slots[path].bare(html) if path in self._slots else html

    def fill(
        self,
        html: str,
        path: str,
        url: Url,
        is_home: bool = False,
        title: str = "",
        used: set[str] | None = None,
    ) -> str:
        """What `bare` gave, with everything in its place; `used` are ids that are taken."""
        used = set() if used is None else used
        used |= ids(html)

        def render(slot: Slot) -> str:
            if slot.fragment == "paper.html":
                return ""  # it is around the whole text, and this the place where search reads it
            return self._render(slot, used, url, is_home=is_home)

        # Heard after every heading, reached by every Tab: Material's permalinks are for the mouse.
        html = html.replace('class="headerlink"', 'class="headerlink" aria-hidden="true" tabindex="-1"')
        html = self._slots[path].fill(html, render) if path in self._slots else html
        work = self.addresses.papers.get(path)
        return self.papers.page(work, html, url, used, title) if work else html

    def excerpt(self, html: str, path: str, url: Url, used: set[str]) -> str:
        """The beginning of a post, with everything in its place, for a page with these ids.

        Headings and notes lead to the post; their own ids could be there twice.
        """
        html = _IDS_OF_TEXT.sub(r"\1", self._linked(html, url))
        return self.fill(html, path, url, used=used)

    def redirect(self, title: str, address: str, canonical: str) -> str:
        """A page that leads to the page of this title, and is nothing else."""
        return self.fragments.render(
            "redirect.html",
            title=title,
            address=address,
            canonical=canonical,
            language=self.options.language,
        )

    def _linked(self, html: str, url: Url) -> str:
        """HTML with citations as links."""

        def link(slug: str, text: str) -> str:
            address = self.addresses.find(slug, url)
            shown = escape(text)
            return f'<a class="hp-cite" href="{escape(address)}">{shown}</a>' if address else shown

        return self.registry.resolve(html, link)

    def link_news(self, url: Url) -> None:
        """Make the citations in news links, relative to the news page, once all pages are known."""

        def bare(text: str) -> str:
            return self.registry.resolve(text, lambda _, cited: cited)

        self.news = [
            n._replace(title=bare(n.title), excerpt=bare(n.excerpt), body=self._linked(n.body, url))
            for n in self.news
        ]

    def _place(self, directive: directives.Directive, slots: Slots) -> str:
        options = directive.options
        if isinstance(options, NewsOptions):
            return slots.place(Slot("news.html", limit=options.limit))
        if isinstance(options, ProfileOptions):
            return slots.place(Slot("profile.html"))
        self._miss_bibliography()
        chosen, found = self.selection.choose(options, directive.path, directive.line)
        self.problems += found
        parts = [slots.place(Slot("totals.html", chosen))] if chosen and options.statistics else []
        listed: list[Publication] = []
        parts_are = self._where_parts_are(len(chosen))
        if parts_are == "nowhere" and not self.options.paper_pages:
            message = (
                f"a list of {len(chosen)} works shows neither abstracts nor BibTeX: it would be huge"
            )
            hint = "set paper_pages: true, or make several lists"
            self.problems.append(Problem(directive.path, directive.line, message, hint, "advice"))
        for heading, members in group(chosen, options, self.label):
            if heading:
                parts.append(f"{'#' * directive.heading_level} {directives.literal(heading)}\n")
            parts.append(slots.place(Slot("publications.html", members, parts=parts_are)))
            listed += members
        if facets.wanted(len(listed), options.find):
            parts.insert(0, slots.place(Slot("find.html", listed)))
        parts.append(slots.place(Slot("marks.html", marks=marks(chosen))))
        return "\n".join(parts)

    def _where_parts_are(self, works: int) -> Parts:
        if works > _MOST_WITH_PARTS:
            return "nowhere"
        return "elsewhere" if works > _MOST_IN_FULL and self.options.paper_pages else "here"

    def _render(self, slot: Slot, used: set[str], url: Url, *, is_home: bool) -> str:
        limit = slot.limit or len(self.news)
        return self.fragments.render(
            slot.fragment,
            publications=slot.publications,
            unique_id=lambda slug: unique(slug, used),
            old_slugs=self.papers.old_slugs,
            suffixes=slot.suffixes,
            parts=slot.parts,
            notes=self.fragments.notes(slot.marks),
            news=self.news[:limit],
            is_home=is_home,
            url=url,
            address=lambda slug: self.addresses.find(slug, url),
            page_of=lambda slug: self.addresses.own_page(slug, url),
            news_url=self.options.news,
            with_links=True,
            portrait=self.likeness.portrait,
            absolute=feeds.absolute,
        )

    # -- what the whole site shows ----------------------------------------------

    def _time(self, date: Date) -> str:
        return f'<time datetime="{date.iso()}">{self.fragments.format_date(date)}</time>'

    def for_templates(self, news_url: str) -> dict[str, object]:
        """What every page's template can use, as `homepage`."""
        return {
            "label": self.label,
            "once": Once(),
            "told_apart": lambda html: Markup(menu.told_apart(html, self.options.site_name)),
            "news": self.news[: self.options.news_in_sidebar],
            "news_source": self.options.news,
            "news_url": news_url,
            "feeds": bool(self.news),
            "format_date": self.fragments.format_date,
            "accent_styles": Markup(schemes.accent(self.options.accent)),
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
            more = schemes.accent(self.options.accent) + styles
            yield DARK_CSS, schemes.without_script(self._theme, more).encode()

    def check_papers(self, paths: Iterable[str]) -> None:
        """Tell of pages, given all of the owner's, that seem meant for a publication but are not."""
        self.problems += self.papers.check(paths, self.options.shown_as(""))

    def private_files(self, paths: Iterable[str]) -> set[str]:
        """Those of the owner's files and pages that belong to entries which stay out."""
        return withheld.private_files(self._withheld, self.every_publication, self._local_file, paths)

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
            exports.save("bibtex", works, folder / path)
            yield path, folder / path
        for kind, name in names.items():
            self._exports[kind] = exports.save(kind, self.every_publication, folder / name)
            yield name, folder / name
