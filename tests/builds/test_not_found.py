"""The page for addresses where nothing is: sections and search, wherever it is shown."""

import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from support import Built, pages

FILES = {
    "news.md": "# News\n",
    "a/talks.md": "# Talks\n\nAbout octopuses.\n",
    "a/deep/notes.md": "# Notes\n",
}
SETTINGS = {
    "site_url": "https://example.org/home/",
    "site_dir": "site/home",
    "nav": [
        {"Home": "index.md"},
        {"News": "news.md"},
        {"Work": [{"Talks": "a/talks.md"}, {"Deep": [{"Notes": "a/deep/notes.md"}]}]},
        {"Elsewhere": "https://example.com/"},
    ],
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("site"), FILES, SETTINGS)


@pytest.fixture(scope="module")
def base(site: Built, serve_dir: Callable[[Path], str]) -> str:
    """Where the site is served, with its own 404.html for the whole host, as GitHub does."""
    shutil.copy(site.site_dir / "home/404.html", site.site_dir)
    return f"{serve_dir(site.site_dir)}/home"


def test_it_leads_to_every_section_from_any_depth(site: Built) -> None:
    article = pages.article(site.read("home/404.html"))
    (sections,) = [element for element in article if element.tag == "ul"]
    assert {pages.text(a): a.get("href") for a in sections.iter("a")} == {
        "Home": "/home/.",
        "News": "/home/news/",
        "Talks": "/home/a/talks/",
        "Notes": "/home/a/deep/notes/",
        "Elsewhere": "https://example.com/",
    }
    assert [pages.text(li) for li in sections] == ["Home", "News", "Work Talks Deep Notes", "Elsewhere"]


def test_it_is_not_to_be_found_itself(site: Built) -> None:
    tree = pages.parse(site.read("home/404.html"))
    assert [m for m in tree.iter("meta") if m.get("name") == "robots"] == []  # its status says it
    assert not [e for e in tree.iter("link") if e.get("rel") == "canonical"]
    assert "News" in site.read("home/search/search_index.json")
    assert "404" not in site.read("home/search/search_index.json") + site.read("home/sitemap.xml")


def test_a_site_without_search_or_menu_has_the_page(make_site: Callable[..., Built]) -> None:
    article = pages.article(make_site({}, {"plugins": []}).read("404.html"))
    assert pages.hrefs(article) == ["/."]
    assert not pages.classed(article, "hp-search")


def test_a_visitor_gets_to_a_section_and_finds_what_moved(base: str, page: Page) -> None:
    page.goto(f"{base}/no/such/page")
    page.get_by_role("article").get_by_role("link", name="Notes").click()
    page.wait_for_url(f"{base}/a/deep/notes/")
    page.goto(f"{base}/no/such/page")
    page.locator(".hp-search a").press("Enter")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("octopuses")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url(f"{base}/a/talks/**")
    assert urlsplit(page.url).path == "/home/a/talks/"


def test_without_scripts_no_search_is_offered(base: str, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{base}/x")
        expect(page.get_by_role("link", name="Notes").last).to_be_visible()
        expect(page.locator(".hp-search")).to_be_hidden()
