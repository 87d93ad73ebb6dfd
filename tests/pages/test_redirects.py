"""Old addresses lead to the pages that had them; what cannot be is told with its line."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from homepage.pages.redirects import Alias, find, written
from support import Built, pages

FILES = {"index.html": "docs/index.md", "news/index.html": "docs/news.md", "a.bib": "docs/a.bib"}


def built(path: str) -> str:
    return path.removesuffix(".md") + "/index.html"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aliases: [old.md, /old/path/]\n", [("old.md", 2), ("/old/path/", 2)]),
        ("title: A\naliases:\n  - old.md\n  - 2024\n", [("old.md", 4), ("2024", 5)]),
        ("aliases: old.md\n", [("old.md", 2)]),
        ("aliases:\n", []),
        ("aliases: []\n", []),
        ("title: aliases\n", []),
        ("aliases: {a: b}\n", [("", 2)]),
        ("aliases: [[a]]\n", [("", 2)]),
        ("aliases: [\n", []),
    ],
)
def test_aliases_are_read_with_their_lines(text: str, expected: list[tuple[str, int]]) -> None:
    found = written(text, "new.md", "docs/new.md")
    assert [(alias.name, alias.line) for alias in found] == expected
    assert {(alias.page, alias.path) for alias in found} <= {("new.md", "docs/new.md")}


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("old.md", "old/index.html"),
        ("./old.md", "old/index.html"),
        ("/a/b.md", "a/b/index.html"),
        ("/old/", "old/index.html"),
        ("/old", "old/index.html"),
        ("old/path", "old/path/index.html"),
        ("/old.html", "old.html"),
        ("/old.html/", "old.html"),
        ("/~jane/old.htm", "~jane/old.htm"),
        ("/v1.0/", "v1.0/index.html"),
        ("/%E8%AE%BA%E6%96%87/", "论文/index.html"),
        ("/论文/", "论文/index.html"),
    ],
)
def test_an_alias_is_a_path_in_docs_or_in_the_site(name: str, place: str) -> None:
    assert find([Alias(name, "new.md", "docs/new.md", 3)], FILES, built) == ({place: "new.md"}, [])


@pytest.mark.parametrize(
    "name",
    [
        *("", "http://example.org/old/", "//example.org/old/", "mailto:jane@example.org"),
        *("../old/", "/a/../../old/", "/%2e%2e/old/", ".", "a//b", "a\\b", "C:\\old", "/a%00b/"),
        *("/old/#part", "/old/?page=1", "/paper.pdf", "/v1.0", "a" * 300),
        *("/con/", "nul.md", "/old/Aux.old/page/", "/lpt1.html", "conin$.md"),
    ],
)
def test_what_is_no_address_of_a_page_is_reported(name: str) -> None:
    found, problems = find([Alias(name, "new.md", "docs/new.md", 3)], FILES, built)
    assert found == {}
    assert [str(p) for p in problems] == [
        f"docs/new.md:3: the alias '{name}' is not the address of a page of this site "
        "(write it as old-page.md or /old/address/)"
    ]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("/", "docs/index.md"),
        ("news.md", "docs/news.md"),
        ("/news/index.html", "docs/news.md"),
        ("/a.bib/old/", "docs/a.bib"),
    ],
)
def test_where_something_stands_it_stays(name: str, source: str) -> None:
    found, problems = find([Alias(name, "new.md", "docs/new.md", 3)], FILES, built)
    assert found == {}
    assert [str(p) for p in problems] == [
        f"docs/new.md:3: the alias '{name}' is the address of {source} already "
        "(delete it, or give that page another address)"
    ]


def test_an_address_leads_to_one_page() -> None:
    aliases = [
        Alias("publications/old.md", "publications/work.md"),
        Alias("/old/", "a.md", "docs/a.md", 2),
        Alias("old.md", "a.md", "docs/a.md", 3),
        Alias("old.md", "b.md", "docs/b.md", 2),
        Alias("/publications/old/", "b.md", "docs/b.md", 3),
    ]
    found, problems = find(aliases, FILES, built)
    assert found == {"publications/old/index.html": "publications/work.md", "old/index.html": "a.md"}
    assert [str(p) for p in problems] == [
        "docs/b.md:2: the alias 'old.md' leads to docs/a.md already (delete it in one of the two)",
        "docs/b.md:3: the alias '/publications/old/' leads to publications/work.md already "
        "(delete it in one of the two)",
    ]


def test_of_an_alias_that_is_written_nowhere_nothing_is_reported() -> None:
    assert find([Alias("news.md", "new.md"), Alias("../x", "new.md")], FILES, built) == ({}, [])


# -- whole sites -----------------------------------------------------------------

SITE = {
    "talks.md": "---\naliases: [lectures.md, /Old/Talks/, /old-talks.html]\n---\n# Talks & *more*\n",
    "deep/page.md": "---\r\ntitle: Deep\r\naliases: /deep-page/\r\n---\r\n\r\nText.\r\n",
    "publications.bib": "@misc{new, title = {Work}, year = 2024, aliases = {old}}\n",
}


def redirect(site: Built, path: str, folder: str) -> tuple[str, str, str]:
    """Where a page leads, by its address in the site; its canonical address, and its title."""
    tree = pages.parse(site.read(path))
    (refresh,) = [m.get("content", "") for m in tree.iter("meta") if m.get("http-equiv") == "refresh"]
    seconds, _, address = refresh.partition("; url=")
    assert seconds == "0"
    assert [m.get("content") for m in tree.iter("meta") if m.get("name") == "robots"] == ["noindex"]
    assert [a.get("href") for a in tree.iter("a")] == [address]
    (canonical,) = [e.get("href", "") for e in tree.iter("link") if e.get("rel") == "canonical"]
    (title,) = tree.iter("title")
    here = f"https://x{folder}{path.removesuffix('index.html')}"
    return urljoin(here, address).removeprefix("https://x"), canonical, pages.text(title)


@pytest.mark.parametrize("folder", ["/", "/home/"])
@pytest.mark.parametrize("directories", [True, False])
def test_old_addresses_lead_to_the_page(
    make_site: Callable[..., Built], folder: str, directories: bool
) -> None:
    url = f"https://example.org{folder}"
    site = make_site(SITE, {"site_url": url, "use_directory_urls": directories})
    end = "/" if directories else ".html"
    file = "/index.html" if directories else ".html"
    expected = {
        f"lectures{file}": (f"talks{end}", "Talks & more"),
        "Old/Talks/index.html": (f"talks{end}", "Talks & more"),
        "old-talks.html": (f"talks{end}", "Talks & more"),
        "deep-page/index.html": (f"deep/page{end}", "Deep"),
        f"publications/old{file}": (f"publications/new{end}", "Work"),
    }
    for path, (target, title) in expected.items():
        assert redirect(site, path, folder) == (f"{folder}{target}", f"{url}{target}", title)
    for name in ("sitemap.xml", "llms.txt", "search/search_index.json"):
        assert "talks" in site.read(name)
        assert "lectures" not in site.read(name)


def test_without_an_address_of_the_site_canonical_ones_are_relative(
    make_site: Callable[..., Built],
) -> None:
    site = make_site(SITE, {"site_url": ""})
    assert redirect(site, "lectures/index.html", "/")[:2] == ("/talks/", "../talks/")


def test_aliases_that_cannot_be_are_reported_with_their_lines(make_site: Callable[..., Built]) -> None:
    site = make_site(
        {
            "a.md": "---\naliases:\n- https://example.org/x\n- b.md\n- /publications.bib/x/\n---\n",
            "b.md": "---\naliases: [old.md, 404.html]\n---\n",
            "c.md": "---\naliases: [/old/, publications/work.md]\n---\n",
            "publications.bib": "@misc{work, title = {Work}, year = 2024}\n",
        },
        strict=False,
    )
    hint = "already (delete it, or give that page another address)"
    assert pages.warnings(site.log) == [
        "docs/a.md:3: the alias 'https://example.org/x' is not the address of a page of this site "
        "(write it as old-page.md or /old/address/)",
        f"docs/a.md:4: the alias 'b.md' is the address of docs/b.md {hint}",
        f"docs/a.md:5: the alias '/publications.bib/x/' is the address of publications.bib {hint}",
        f"docs/b.md:2: the alias '404.html' is the address of 404.html {hint}",
        "docs/c.md:2: the alias '/old/' leads to docs/b.md already (delete it in one of the two)",
        f"docs/c.md:2: the alias 'publications/work.md' is the address of publications/work/index.html "
        f"{hint}",
    ]
    assert redirect(site, "old/index.html", "/")[0] == "/b/"


def test_a_browser_follows_an_old_address_below_a_folder(
    make_site: Callable[..., Built], serve_dir: Callable[[Path], str], page: Page
) -> None:
    site = make_site(SITE, {"site_url": "https://example.org/home/", "site_dir": "site/home"})
    base = serve_dir(site.site_dir)
    page.goto(f"{base}/home/Old/Talks/")
    page.wait_for_url(f"{base}/home/talks/")
    assert page.locator("h1").inner_text().startswith("Talks & more")
