"""`mkdocs serve` for real: a save shows in the browser, without a restart, broken or mended."""

import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from adapter import engine
from support import small_site
from support.live import Served, preview

PAPER = (
    "@article{{{key}, title = {{{title}}}, year = {{2024}}, "
    "author = {{Huang, Yuxiang and Zhao, Weilin}}}}\n"
)
FILES = {
    "index.md": "# Home\n\n<!-- publications -->\n",
    "publications.bib": PAPER.format(key="First2024", title="The first title"),
    "bib/more.bib": PAPER.format(key="More2023", title="From another file"),
    "people.yml": "Weilin Zhao: https://example.org/weilin\n",
    "news.md": "# News\n\n## 2024-07-10 The first item\n\nIts text.\n",
}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    settings = {"extra": {"homepage": {"bibliography": ["publications.bib", "bib/*.bib"]}}}
    small_site(tmp_path, FILES, settings)
    with preview(tmp_path, sys.executable, "-m", engine.NAME) as site:
        site.shows('id="first2024"', "The first title")
        yield site


def test_saved_paper_shows_in_an_open_page(served: Served, page: Page) -> None:
    page.goto(served.url)
    expect(page.locator(".hp-pub#first2024")).to_contain_text("The first title")
    page.evaluate("window.before = true")
    served.save(
        "publications.bib",
        FILES["publications.bib"] + PAPER.format(key="Second2025", title="The second title"),
    )
    expect(page.locator(".hp-pub#second2025")).to_contain_text("The second title", timeout=60_000)
    assert page.evaluate("window.before") is None, "the page reloads itself"


def test_broken_save_leaves_the_rest_and_is_reported(served: Served) -> None:
    good = FILES["publications.bib"]
    served.save(
        "publications.bib",
        good
        + "@article{Broken2025, title = {Never closed\n"
        + PAPER.format(key="Third2025", title="The third title"),
    )
    served.shows('id="first2024"', 'id="third2025"', "The third title")
    served.says("WARNING", "publications.bib:2")
    served.save("publications.bib", good + PAPER.format(key="Broken2025", title="Now closed"))
    served.shows('id="first2024"', 'id="broken2025"', "Now closed", without='id="third2025"')
    builds = served.log.read_text(encoding="utf-8").count("Building documentation")
    assert builds == 3, "a build that wrote into docs/ would start the next one"


def test_every_file_of_the_bibliography_is_watched(served: Served) -> None:
    served.shows('id="more2023"', "From another file")
    more = FILES["bib/more.bib"]
    served.save("bib/more.bib", more.replace("From another", "Changed in another"))
    served.shows('id="first2024"', "Changed in another file", without="From another file")
    served.save("bib/more.bib", more.replace("year", "embargo = {2099}, year"))
    served.shows('id="first2024"', without='id="more2023"')
    served.save("bib/new.bib", PAPER.format(key="New2025", title="In a new file"))
    served.shows('id="first2024"', 'id="new2025"', "In a new file")


def test_saved_names_show(served: Served) -> None:
    served.shows('href="https://example.org/weilin"')
    served.save("people.yml", "Weilin Zhao: https://example.org/changed\n")
    served.shows('href="https://example.org/changed"')
    served.save("people.yml", "Weilin Zhao: [\n")
    served.says("WARNING", "people.yml:")
    served.shows('id="first2024"')
    served.save("people.yml", "Weilin Zhao: https://example.org/mended\n")
    served.shows('href="https://example.org/mended"')


def test_saved_news_show_in_the_sidebar(served: Served) -> None:
    served.shows("hp-news", "The first item")
    served.save("news.md", FILES["news.md"] + "\n## 2024-08-01 The second item\n\nMore.\n")
    served.shows("hp-news", "The first item", "The second item")
    served.save("news.md", FILES["news.md"] + "\n## 2024-13-45 A bad date\n\nMore.\n")
    served.says("WARNING", "news.md:")
    served.shows("The first item", without="The second item")
    served.save("news.md", "# News\n\n## 2025-01 The mended item\n\nMore.\n")
    served.shows("The mended item", without="The first item")


def test_the_menu_switches_pages_on_and_off(served: Served) -> None:
    config = served.folder / "mkdocs.yml"
    off = config.read_text(encoding="utf-8")
    served.save("talks.md", "---\nonly_in_nav: true\n---\n\n# Talks\n")
    served.save("index.md", "# Home\n\n<!-- publications -->\n\nSaved.\n")
    served.shows("Saved", 'id="first2024"', without="Talks")
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{served.url}talks/", timeout=10)
    config.write_text(off.replace("nav: null", "nav: [index.md, talks.md]"), encoding="utf-8")
    served.shows("Talks")
    with urllib.request.urlopen(f"{served.url}talks/", timeout=10) as response:
        assert b"<h1" in response.read()
    config.write_text(off, encoding="utf-8")
    served.shows('id="first2024"', without="Talks")
    assert "talks.md" not in served.log.read_text(encoding="utf-8")
