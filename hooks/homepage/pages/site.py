"""What is known of the site between the steps: drafts of pages, and addresses of publications."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from ..citing import Registry
from ..common import BlockCache
from ..formats import File
from ..model import NewsItem, Problem, Publication
from ..news import RenderedNews
from ..publications import address_of
from . import escaped, menu
from .content import Content
from .outputs import DARK_CSS, VENUES_CSS, accent_css
from .placeholders import Placeholders

Url = Callable[[str], str]
"""Turns the path of a file in docs/ into an address relative to the page that links to it."""


@dataclass(frozen=True)
class Addresses:
    """Finds publications by their slugs, once all pages are known.

    By slug, `works` has every published work, `pages` the path of its own page and `lists` that of the
    page that lists it, if any. `listed` has the slugs on each page that lists any.
    """

    works: Mapping[str, Publication]
    pages: Mapping[str, str]
    lists: Mapping[str, str]
    listed: Mapping[str, Sequence[str]]

    def find(self, slug: str, url: Url) -> str:
        """Return the address of its own page, else in a list, else elsewhere, else ''."""
        work = self.works[slug]
        other = next((link.url for link in work.links if link.external), "")
        return self.own_page(slug, url) or self.in_list(slug, url) or address_of(work) or other

    def own_page(self, slug: str, url: Url) -> str:
        """Return the address of the publication's own page, or ''."""
        return url(self.pages[slug]) if slug in self.pages else ""

    def in_list(self, slug: str, url: Url) -> str:
        """Return the address of the publication in a list, or ''."""
        return f"{url(self.lists[slug])}#{slug}" if slug in self.lists else ""

    def listed_on(self, path: str) -> list[Publication]:
        """Return the publications that a page lists, each once, in order."""
        return [self.works[slug] for slug in dict.fromkeys(self.listed.get(path, ()))]


class Neighbours(NamedTuple):
    """The next newer and older works, and related ones."""

    newer: Publication | None
    older: Publication | None
    related: Sequence[Publication]


class Draft(NamedTuple):
    """What is known of a page between the steps: its placeholders and its news items."""

    places: Placeholders = ()
    news: tuple[NewsItem, ...] = ()


@dataclass(frozen=True)
class Site:
    """Everything that pages are filled with, known once all of them have been read.

    `drafts` are by the path of a page's source, `exports` by format, `neighbours` by a work's slug.
    """

    content: Content
    citations: Registry
    drafts: Mapping[str, Draft]
    news: Sequence[RenderedNews]
    addresses: Addresses
    exports: Mapping[str, File]
    neighbours: Mapping[str, Neighbours]

    def shows_news(self, path: str) -> bool:
        """Does the page have a list of news?"""
        return any(p.template == "news.html" for p in self.drafts.get(path, Draft()).places)


def addresses(
    works: Sequence[Publication], papers: Mapping[str, Publication], listed: Mapping[str, Sequence[str]]
) -> tuple[Addresses, list[Problem]]:
    """Return the addresses of works, and advice on those that no list shows.

    `papers` are the works with a page of their own, by its path. If several lists show a work, the
    longest one counts.
    """
    by_size = sorted(listed, key=lambda path: len(listed[path]))
    lists = {slug: path for path in by_size for slug in listed[path]}
    pages = {work.slug: path for path, work in papers.items()}
    found = Addresses({work.slug: work for work in works}, pages, lists, listed)
    return found, _unlisted([work for work in works if work.slug not in lists])


def _unlisted(works: list[Publication]) -> list[Problem]:
    if not works:
        return []
    works = sorted(works, key=lambda work: work.position)
    keys = ", ".join(f"'{work.key}'" for work in works[:9]) + ", …" * (len(works) > 9)
    message = f"no list of the site shows {keys} ({len(works)} in all)"
    hint = "talks, posters, software, data and teaching need a list of their type, such as {type: talk}"
    return [Problem(works[0].entry.path, works[0].entry.line, message, hint, "advice")]


def for_templates(site: Site, icons: Mapping[str, bytes], news_url: str) -> dict[str, object]:
    """Return the values that templates of pages use as `homepage`."""
    content = site.content
    options, has_colours = content.options, any(venue.colour for venue in content.venues.values())
    return {
        "label": content.label,
        "html": escaped.html,
        "once": BlockCache(),
        "accessible_menu": lambda html: Markup(menu.accessible(html, options.site_name)),
        "news": site.news[: options.news_in_sidebar],
        "news_source": options.news,
        "news_url": news_url,
        "feeds": bool(site.news),
        "format_date": content.fragments.format_date,
        "accent_styles": Markup(accent_css(options.accent)),
        "dark_styles": DARK_CSS if options.has_dark else "",
        "portrait": content.avatar.portrait,
        "icons": icons,
        "venue_styles": VENUES_CSS if has_colours else "",
    }
