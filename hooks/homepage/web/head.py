"""Metadata in a page's head for search engines, reference managers and social networks."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from ..formats import Tag, highwire, schema_org
from ..model import Publication

CARD_SIZE = (1200, 630)  # pixels: the large summary cards of all networks


class PageInfo(NamedTuple):
    """A page as plain text, and its site.

    `url` and `card`, its picture, are absolute, or '' if not known. `published` is the day of a
    blog post.
    """

    title: str
    description: str
    url: str
    card: str
    is_home: bool
    published: str
    site: str
    language: str
    owner: schema_org.Owner | None


class Head(NamedTuple):
    """Tags `<meta name>` and `<meta property>`, and JSON-LD, which may be ''."""

    names: list[Tag]
    properties: list[Tag]
    json_ld: Markup

    @property
    def meta(self) -> Markup:
        """The tags as HTML, made here because a template takes ten times as long."""
        lines = [
            f'<meta {kind}="{name}" content="{escape(content)}">'
            for kind, tags in (("name", self.names), ("property", self.properties))
            for name, content in tags
        ]
        return Markup("\n".join(lines))


def head(
    page: PageInfo,
    work: Publication | None,
    listed: Sequence[Publication],
    absolute: Callable[[str], str],
    page_of: Callable[[Publication], str],
) -> Head:
    """Return the head of a page. `work` is set on a publication's own page; `listed` are its works.

    `absolute` returns the absolute address of a path in docs/, or '' if the site has none; `page_of`
    returns that of a work's own page.
    """
    names: list[Tag] = []
    node: schema_org.Node = {}
    if work:
        urls = highwire.PageUrls(page.url, highwire.pdf(work, absolute))
        names += highwire.highwire(work, urls) + highwire.dublin_core(work, urls)
        node = schema_org.work(work, urls, page.owner)
    elif page.is_home and page.owner:
        node = schema_org.profile(page.owner, page.url)
    elif listed:
        pages = [address for address in map(page_of, listed) if address]
        node = schema_org.collection(page.title, page.url, pages, len(listed))
    names.append(("twitter:card", "summary_large_image" if page.card else "summary"))
    return Head(names, open_graph(page, work), schema_org.script(node) if node else Markup(""))


def open_graph(page: PageInfo, work: Publication | None) -> list[Tag]:
    """Return the Open Graph tags (https://ogp.me), which all social networks read."""
    published = work.date.iso() if work and work.date else page.published
    is_article = bool(work or published)
    kind = "article" if is_article else "profile" if page.is_home and page.owner else "website"
    width, height = map(str, CARD_SIZE)
    picture = [
        ("og:image", page.card),
        ("og:image:type", "image/png"),
        ("og:image:width", width),
        ("og:image:height", height),
        ("og:image:alt", page.title),
    ]
    tags = [
        ("og:type", kind),
        ("og:title", page.title),
        ("og:description", page.description),
        ("og:site_name", page.site),
        ("og:locale", page.language.replace("-", "_")),
        ("og:url", page.url),
        ("article:published_time", published),
        *(picture if page.card else ()),
    ]
    return [tag for tag in tags if tag[1]]
