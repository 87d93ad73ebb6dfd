"""The news as feeds: Atom for real feed readers, JSON Feed by its rules."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import pytest

from homepage.news import feeds
from support import Built, pages
from support.pictures import picture

ATOM = "{http://www.w3.org/2005/Atom}"
TIMESTAMP = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"  # RFC 3339
# https://www.jsonfeed.org/version/1.1/: what it demands, and what it allows of what we write.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string", "minLength": 1},
        "home_page_url": {"type": "string", "pattern": "^https?://"},
        "feed_url": {"type": "string", "pattern": "^https?://.*feed[.]json$"},
        "icon": {"type": "string"},
        "favicon": {"type": "string"},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "authors": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"name": {"type": "string", "minLength": 1}, "url": {"type": "string"}},
                "minProperties": 1,
            },
        },
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": {"type": "string"},
                    "title": {"type": "string", "minLength": 1},
                    "content_html": {"type": "string"},
                    "content_text": {"type": "string"},
                    "summary": {"type": "string", "minLength": 1},
                    "date_published": {"type": "string", "pattern": TIMESTAMP},
                    "date_modified": {"type": "string", "pattern": TIMESTAMP},
                },
            },
        },
    },
}
HOSTILE = "</title><script>alert(1)</script> & ]]> \"quotes\" 'and' ümlauts 新闻"
NEWS = f"""# News

## 2024-07-10 A day

See [the papers](publications.md#p) and ![a photo](pictures/photo.png).
Speedups of $1.9\\times$.

## 2024-06 {HOSTILE.replace("<", "&lt;")}

A literal `<b>&amp;</b>` and <b>bold</b>.

## Undated

## 2023

Only a text.
"""
FILES: dict[str, str | bytes] = {
    "news.md": NEWS,
    "publications.md": "# Papers\n\n## P\n",
    "deep/er.md": "# Deep\n",
    "pictures/photo.png": picture(40, 30),
    "publications.bib": "",
}
URL = "https://example.org/~me/"
TITLES = ["A day", HOSTILE, "Undated", "Only a text."]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    settings = {
        "site_url": URL,
        "site_name": "Me & you",
        "site_author": "Ann O’Nym",
        "site_description": 'A "description" & more',
    }
    return pages.build(tmp_path_factory.mktemp("feeds"), FILES, settings)


@pytest.fixture(scope="module")
def homeless(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same without site_url."""
    return pages.build(tmp_path_factory.mktemp("homeless"), FILES, {"site_url": None})


def read(site: Built) -> Any:
    """The Atom feed as a feed reader has it."""
    return feedparser.parse((site.site_dir / "feed.xml").read_bytes())


def json_feed(site: Built) -> Any:
    """The JSON feed."""
    return json.loads(site.read("feed.json"))


# -- Atom ---------------------------------------------------------------------


def test_atom_feed_is_read_without_complaint(site: Built) -> None:
    feed = read(site)
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title_detail.value == "Me & you"
    assert feed.feed.subtitle_detail.value == 'A "description" & more'
    assert feed.feed.author == "Ann O’Nym"
    assert feed.feed.link == URL + "news/"
    assert [entry.title for entry in feed.entries] == TITLES


@pytest.mark.parametrize("name", ["site", "homeless"])
def test_atom_feed_has_everything_that_rfc_4287_demands(
    name: str, request: pytest.FixtureRequest
) -> None:
    site = request.getfixturevalue(name)
    root = ET.fromstring((site.site_dir / "feed.xml").read_bytes())
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(TITLES)
    for element in (root, *entries):
        for tag in ("id", "title", "updated"):
            (found,) = element.findall(ATOM + tag)
            assert (found.text or "").strip()
        assert re.match(TIMESTAMP, element.findtext(f"{ATOM}updated", ""))
        assert re.match(r"https://|urn:uuid:", element.findtext(f"{ATOM}id", ""))
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    ids = [root.findtext(f"{ATOM}id"), *(entry.findtext(f"{ATOM}id") for entry in entries)]
    assert len(ids) == len(set(ids))
    for entry in entries:
        assert len(entry.findall(f"{ATOM}content")) == 1
        assert [e.get("rel") for e in entry.findall(f"{ATOM}link")] == ["alternate"]
    relations = [(e.get("rel"), e.get("type")) for e in root.findall(f"{ATOM}link")]
    assert len(relations) == len(set(relations))
    newest = max(entry.findtext(f"{ATOM}updated", "") for entry in entries)
    assert root.findtext(f"{ATOM}updated") == newest == "2024-07-10T00:00:00Z"


def test_atom_feed_says_where_it_is(site: Built) -> None:
    root = ET.fromstring((site.site_dir / "feed.xml").read_bytes())
    links = {e.get("rel"): e.get("href") for e in root.findall(f"{ATOM}link")}
    assert links == {"self": URL + "feed.xml", "alternate": URL + "news/"}


def test_dates_of_entries_are_those_of_the_news(site: Built) -> None:
    entries = read(site).entries
    assert [entry.updated[:10] for entry in entries] == [
        *("2024-07-10", "2024-06-01", "2023-01-01", "2023-01-01"),
    ]
    assert [entry.get("published", "")[:10] for entry in entries] == [
        *("2024-07-10", "2024-06-01", "", "2023-01-01"),
    ]


def test_entries_lead_to_their_item(site: Built) -> None:
    page = pages.parse(site.read("news/index.html"))
    links = [entry.link for entry in read(site).entries]
    assert len(links) == len(TITLES)
    for link in links:
        address, _, anchor = link.partition("#")
        assert address == URL + "news/"
        pages.with_id(page, anchor)


def test_entries_have_the_whole_text_with_absolute_addresses(site: Built) -> None:
    contents = [entry.content[0] for entry in read(site).entries]
    assert [content.type for content in contents] == ["text/html"] * len(TITLES)
    raw = ET.fromstring((site.site_dir / "feed.xml").read_bytes())
    html = [entry.findtext(f"{ATOM}content", "") for entry in raw.findall(f"{ATOM}entry")]
    first = pages.parse(html[0])
    assert pages.hrefs(first) == [URL + "publications/#p"]
    assert [e.get("src") for e in first.iter("img")] == [URL + "pictures/photo.png"]
    assert [pages.text(e) for e in first.iter("math")] == ["1.9×"]
    assert pages.text(pages.parse(html[1])) == "A literal <b>&amp;</b> and bold."
    assert pages.text(pages.parse(html[3])) == "Only a text."


# -- JSON Feed ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["site", "homeless"])
def test_json_feed_keeps_the_rules_of_version_1_1(name: str, request: pytest.FixtureRequest) -> None:
    feed = json_feed(request.getfixturevalue(name))
    jsonschema.validate(feed, JSON_FEED)
    ids = [item["id"] for item in feed["items"]]
    assert len(ids) == len(set(ids)) == len(TITLES)


def test_both_feeds_say_the_same(site: Built) -> None:
    atom, feed = read(site), json_feed(site)
    assert feed["title"] == "Me & you"
    assert feed["authors"] == [{"name": "Ann O’Nym"}]
    assert feed["home_page_url"] == URL
    assert feed["feed_url"] == URL + "feed.json"
    assert [item["title"] for item in feed["items"]] == TITLES
    raw = ET.fromstring((site.site_dir / "feed.xml").read_bytes())
    for item, entry, element in zip(
        feed["items"], atom.entries, raw.findall(f"{ATOM}entry"), strict=True
    ):
        assert item["id"] == entry.id
        assert item["url"] == entry.link
        assert item["content_html"] == element.findtext(f"{ATOM}content", "")
        assert item.get("date_published") == entry.get("published")


# -- both ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "elsewhere"),
    [
        ('<img src="a.png">', '<img src="https://h.org/news/a.png">'),
        (
            '<img srcset="a-8.webp 800w, ../b.webp 1600w">',
            '<img srcset="https://h.org/news/a-8.webp 800w, https://h.org/b.webp 1600w">',
        ),
        ("<img srcset='a.png,x 1x,b.png 2x'>", "<img srcset='https://h.org/news/a.png,x 1x,"
         "https://h.org/news/b.png 2x'>"),
        ('<img srcset="http://[x 2x">', '<img srcset="http://[x 2x">'),
        ('<img srcset="">', '<img srcset="">'),
        ('<p title="srcset=a 1x">', '<p title="srcset=a 1x">'),
    ],
)  # fmt: skip
def test_addresses_of_pictures_are_whole(html: str, elsewhere: str) -> None:
    assert feeds.absolute(html, "https://h.org/news/") == elsewhere


@pytest.mark.parametrize("page", ["index.html", "news/index.html", "deep/er/index.html", "404.html"])
def test_head_of_every_page_leads_to_the_feeds(site: Built, page: str) -> None:
    (head,) = pages.parse(site.read(page)).iter("head")
    here = URL + page.removesuffix("index.html")
    found = {
        e.get("type"): urljoin(here, e.get("href", ""))
        for e in head.iter("link")
        if e.get("rel") == "alternate"
    }
    assert found == {
        "application/atom+xml": URL + "feed.xml",
        "application/feed+json": URL + "feed.json",
    }
    assert all(e.get("title") for e in head.iter("link") if e.get("rel") == "alternate")


def test_without_an_address_of_the_site_feeds_are_still_read(homeless: Built) -> None:
    feed = read(homeless)
    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == TITLES
    assert all(entry.id.startswith("urn:uuid:") for entry in feed.entries)
    assert not {"home_page_url", "feed_url"} & json_feed(homeless).keys()


def test_site_that_is_built_again_has_the_same_feeds(
    site: Built, make_site: Callable[..., Built]
) -> None:
    settings = {
        "site_url": URL,
        "site_name": "Me & you",
        "site_author": "Ann O’Nym",
        "site_description": 'A "description" & more',
    }
    again = make_site(FILES, settings)
    for name in ("feed.xml", "feed.json"):
        assert (again.site_dir / name).read_bytes() == (site.site_dir / name).read_bytes()


def test_titles_in_pages_are_escaped(site: Built) -> None:
    for name in ("index.html", "news/index.html"):
        html = site.read(name)
        assert "alert(1)" in html
        assert "<script>alert(1)" not in html
