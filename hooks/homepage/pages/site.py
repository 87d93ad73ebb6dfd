"""The values that steps hand on: a page's draft, and the site once all pages are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from ..citing import Registry
from ..common import BlockCache
from ..formats import File
from ..model import NewsItem
from ..news import RenderedNews
from . import colour_schemes, escaped, menu
from .addresses import Addresses
from .content import Content
from .outputs import DARK_CSS, VENUES_CSS
from .papers import Neighbours
from .placeholders import Placeholders


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
        "accent_styles": Markup(colour_schemes.accent(options.accent)),
        "dark_styles": DARK_CSS if options.has_dark else "",
        "portrait": content.avatar.portrait,
        "icons": icons,
        "venue_styles": VENUES_CSS if has_colours else "",
    }
