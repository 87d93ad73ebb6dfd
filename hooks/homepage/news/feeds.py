"""Makes feeds of the news: Atom (RFC 4287) and JSON Feed 1.1."""

import json
import posixpath
import re
import uuid
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup, escape

from ..common import Renderer
from ..model import Date
from .items import RenderedNews, dates_for_feed

_TAG = re.compile(r"<[A-Za-z][^<>]*>")
_ID = re.compile(r"""\sid=(["']).*?\1""")
_ADDRESS = re.compile(r"""(\s(?:href|src|poster)=)(["'])(.*?)\2""")
_EMAIL = r"[^\s<>\"@:,;()]+@[\w-]+(?:\.[\w-]+)+"
_MAILTO = re.compile(r"<a\b[^<>]*\bmailto:[^<>]*>.*?</a>", re.S | re.I)
_EMAILS = re.compile(rf"(?:mailto:)?{_EMAIL}(?:\?[^\s<>\"]*)?", re.I)
_SOURCES = re.compile(r"""(?<=\ssrcset=)(["']).*?\1""")
_SOURCE = re.compile(r"""((?:["']|,\s|(?<=[wx]),)\s*)([^\s,"']\S*?)(?=,?[\s"'])""")


class FeedInfo(NamedTuple):
    """The site that a feed belongs to; `site_url` ends with a slash, or is '' if not known."""

    title: str
    description: str
    author: str
    language: str
    site_url: str
    news_url: str


class FeedEntry(NamedTuple):
    """One item; `updated` is a full timestamp, which both formats require."""

    id: str
    url: str
    title: str
    updated: str
    dated: bool
    html: str
    summary: str


def absolute(html: str, base: str) -> str:
    """Return HTML of the page at `base` for use elsewhere: addresses resolved, ids removed."""

    def address(match: re.Match[str]) -> str:
        return f"{match[1]}{match[2]}{_joined(base, match[3])}{match[2]}"

    def sources(match: re.Match[str]) -> str:
        return _SOURCE.sub(lambda source: source[1] + _joined(base, source[2]), match[0])

    def tag(match: re.Match[str]) -> str:
        return _SOURCES.sub(sources, _ADDRESS.sub(address, _ID.sub("", match[0])))

    return _TAG.sub(tag, html)


def _joined(base: str, address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:  # not an address, such as http://[x
        return address
    if urlsplit(base).scheme or parts.scheme or parts.netloc or not parts.path:
        return urljoin(base, address)
    # urljoin drops the dots of a relative base such as ../../news/.
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), parts.path))
    return parts._replace(path=path + "/" * parts.path.endswith("/")).geturl()


def entries(news: list[RenderedNews], info: FeedInfo, fallback: Date) -> list[FeedEntry]:
    """Return the items for both feeds, in the order of the news page; `fallback` dates the undated."""
    dates = dates_for_feed([n.item for n in news], fallback)
    page = urljoin(info.site_url, info.news_url)
    result = []
    for item, date in zip(news, dates, strict=True):
        full = Date(date.year, date.month or 1, date.day or 1)
        url = f"{page}#{item.item.slug}"
        result.append(
            FeedEntry(
                id=url if info.site_url else uuid.uuid5(uuid.NAMESPACE_URL, url).urn,
                url=url,
                title=item.title or item.excerpt,
                updated=f"{full.iso()}T00:00:00Z",
                dated=bool(item.item.date),
                html=obfuscate_emails(absolute(item.body, page)) or f"<p>{escape(item.title)}</p>",
                summary=item.excerpt,
            )
        )
    return result


def atom(found: list[FeedEntry], info: FeedInfo, renderer: Renderer) -> str:
    """Return the Atom feed."""
    return renderer.render(
        "atom_feed.html",  # not .xml: MkDocs would copy that into the site
        info=info,
        entries=found,
        updated=max((e.updated for e in found), default="1970-01-01T00:00:00Z"),
        identity=info.site_url or uuid.uuid5(uuid.NAMESPACE_URL, info.title).urn,
        urljoin=urljoin,
    )


def json_feed(found: list[FeedEntry], info: FeedInfo) -> str:
    """Return the JSON feed; items without a date of their own have no date here."""
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": info.title,
        "language": info.language,
        "authors": [{"name": info.author}],
        "items": [
            {
                "id": e.id,
                "url": e.url,
                "title": e.title,
                "content_html": e.html,
                **({"date_published": e.updated} if e.dated else {}),
            }
            for e in found
        ],
    }
    if info.site_url:
        feed["home_page_url"] = info.site_url
        feed["feed_url"] = urljoin(info.site_url, "feed.json")
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def obfuscate_emails(html: str) -> str:
    """Write `mailto:` links as character references, to hide their addresses from most harvesters.

    Browsers decode these, so that no script is needed.
    """
    if "mailto:" not in html and "MAILTO:" not in html:
        return html
    return _MAILTO.sub(lambda link: _EMAILS.sub(lambda found: _references(found[0]), link[0]), html)


def _references(html: str) -> str:
    text = str(Markup(html).unescape())
    return "".join(f"&#{ord(c)};" if number % 2 else f"&#x{ord(c):x};" for number, c in enumerate(text))
