"""Metadata of pages: the head, social card and last change of each; robots.txt and llms.txt."""

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from ..common import safe_url
from ..formats import Owner
from ..model import Publication
from ..pages import Site
from . import history, robots
from .head import Head, PageInfo, head
from .social_cards import Cache, Card, draw

_CARD_AUTHORS = 3  # and the last one
_MOST_CARDS = 100  # of the newest works; a thousand take ten seconds to draw
_HOME_CARD = "assets/cards/index.png"


class Facts(NamedTuple):
    """Facts from the settings. `root` is the folder of mkdocs.yml; `url` is '' if not set."""

    name: str
    description: str
    url: str
    root: Path
    social: tuple[str, ...] = ()
    job_title: str = ""
    affiliation: tuple[str, ...] = ()
    alumni_of: tuple[str, ...] = ()
    cards: bool = True


class Page(NamedTuple):
    """A page: the paths of its source and its HTML, and its title and description as plain text.

    `published` is the day of a blog post; `posts` are the sources of those that a blog page shows.
    """

    path: str
    dest: str
    title: str
    description: str
    is_home: bool = False
    in_menu: bool = True
    published: str = ""
    posts: tuple[str, ...] = ()


class _UnknownDay(str):
    """A false day: sitemap.xml leaves it out, but MkDocs can parse it for sitemap.xml.gz."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False


UNKNOWN_DAY = _UnknownDay("1970-01-01")


class Metadata:
    """The metadata of all pages. `absolute` returns the absolute address of a path in docs/, or ''."""

    def __init__(self, site: Site, facts: Facts, absolute: Callable[[str], str]):
        self._site, self._facts, self._absolute = site, facts, absolute
        self._content, self._options = site.content, site.content.options
        self._owner = self._owner_in_schema()
        self._has_cards = bool(facts.cards and facts.url)
        folder = self._options.cache_folder("cards") if self._has_cards else None
        self._cards = Cache(folder) if folder else None

    def _owner_in_schema(self) -> Owner | None:
        f, person, portrait = self._facts, self._content.owner, self._content.avatar.portrait
        links = tuple(url for url in map(safe_url, f.social) if url.startswith("http"))
        if person is None:
            return None
        return Owner(
            person,
            id=f"{f.url}#me" if f.url else "",
            url=f.url or person.url,
            job_title=f.job_title,
            affiliation=f.affiliation,
            alumni_of=f.alumni_of,
            same_as=links,
            image=self._absolute(portrait.path_2x or portrait.path),
        )

    def head(self, page: Page) -> Head:
        """Return the head of a page."""
        card = self._absolute(self.card_path(page)) if self._has_cards else ""
        work = self._work(page)
        info = PageInfo(
            self._title(page),
            page.description,
            self._absolute(page.path),
            card,
            page.is_home,
            page.published,
            self._facts.name,
            self._options.language,
            self._owner,
        )
        listed = self._site.addresses.listed_on(page.path)
        return head(info, work, listed, self._absolute, self._page_of)

    def card(self, page: Page) -> Path | bytes | None:
        """Return the social card of a page, to be put at `card_path`, or None if it has none."""
        f, work = self._facts, self._work(page)
        if not self._has_cards or (work and work.slug not in self._with_cards):
            return None
        line = _line(work) if work else page.description if page.is_home else ""
        below = urlsplit(f.url).netloc if page.is_home else f.name
        drawn = Card(self._title(page), line, below, self._options.accent, self._options.language)
        return self._cards.file(drawn) if self._cards else draw(drawn)

    def card_path(self, page: Page) -> str:
        """Return the path of a page's card in the site; older works share that of the home page."""
        work = self._work(page)
        if work and work.slug not in self._with_cards:
            return _HOME_CARD
        name = page.dest.removesuffix(".html").removesuffix("/index")
        return f"assets/cards/{name}.png"

    @cached_property
    def _with_cards(self) -> set[str]:
        """The slugs of the newest works."""
        return {work.slug for work in self._content.works[:_MOST_CARDS]}

    def tidy(self) -> None:
        """Delete the cards of former builds."""
        if self._cards:
            self._cards.tidy()

    def changed(self, page: Page) -> str:
        """Return the day on which the page's content last changed, or `UNKNOWN_DAY`."""
        site, shown_as = self._site, self._options.shown_as
        works = site.addresses.listed_on(page.path)
        if work := self._work(page):
            works = [work, *work.versions]
        news = self._history.of(shown_as(self._options.news)) * site.shows_news(page.path)
        posts = [self._history.of(shown_as(path)) for path in page.posts]
        return max(news, self._history.of(shown_as(page.path), works), *posts) or UNKNOWN_DAY

    def files(self, pages: Iterable[Page]) -> dict[str, str]:
        """Return robots.txt and llms.txt by their path in the site."""
        url, label = self._facts.url, self._content.label
        data = {
            "publications.bib": label["export_bibtex"],
            "publications.json": label["export_csl_json"],
            "publications.ris": label["export_ris"],
            "feed.xml": label["feed_atom"] if self._site.news else "",
            "feed.json": label["feed_json"] if self._site.news else "",
            "sitemap.xml": label["sitemap"] if url else "",
        }
        shown = []
        for page in pages:
            if page.in_menu:
                about = page.description if page.description != self._facts.description else ""
                shown.append((self._title(page), self._absolute(page.path) or page.dest, about))
        files = [(name, url + name, about) for name, about in data.items() if about]
        sections = {label["llms_pages"]: shown, label["llms_data"]: files}
        return {
            "robots.txt": robots.robots(f"{url}sitemap.xml" if url else ""),
            "llms.txt": robots.llms(self._facts.name, self._facts.description, sections),
        }

    @cached_property
    def _history(self) -> history.History:
        if not self._facts.url:  # there is no sitemap to need it
            return history.History({}, {})
        sources = {work.entry.path for work in self._content.every_version}
        return history.read(self._facts.root, self._options.docs or ".", sorted(sources))

    def _work(self, page: Page) -> Publication | None:
        return self._content.papers.get(page.path)

    def _title(self, page: Page) -> str:
        work = self._work(page)
        return work.title.plain if work else self._facts.name if page.is_home else page.title

    def _page_of(self, work: Publication) -> str:
        return self._site.addresses.own_page(work.slug, self._absolute)


def _line(work: Publication) -> str:
    """Return authors, venue and year in a line."""
    names = [str(author.name) for author in work.authors]
    if len(names) > _CARD_AUTHORS + 1:
        names[_CARD_AUTHORS:-1] = ["…"]
    where = ", ".join(filter(None, (work.venue.plain, work.year)))
    return " · ".join(filter(None, (", ".join(names), where)))
