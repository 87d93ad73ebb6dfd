"""Long lists leave abstracts and BibTeX to the pages of works, and get them when they are opened."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from support import pages
from support.browser import until

MOST = 50  # works of a list that has everything


def works(count: int) -> str:
    return "".join(
        f"@misc{{k{n}, title={{Title {n}}}, author={{Lee, Ann}}, year={2000 + n % 20}, "
        f"abstract={{Only of this \\emph{{word{n}}} it tells.}}}}\n"
        for n in range(count)
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "index.md": f"# Home\n\n<!-- publications {{limit: {MOST}}} -->\n",
        "publications.md": "# Publications\n\n<!-- publications {group: year} -->\n",
        "publications.bib": works(MOST + 1),
    }
    return pages.build(tmp_path_factory.mktemp("more"), files).site_dir


@pytest.fixture(scope="module")
def address(site: Path, serve_dir: Callable[[Path], str]) -> str:
    return serve_dir(site)


def test_only_long_lists_leave_anything_out(site: Path) -> None:
    short, long = (
        (site / name).read_text("utf-8") for name in ("index.html", "publications/index.html")
    )
    assert len(re.findall(r"<em>word\d+</em>", short)) == MOST
    assert "word1" not in long
    assert long.count("<summary>Abstract") == long.count("<summary>BibTeX") == MOST + 1


@pytest.mark.parametrize("width", [1280, 360])
def test_what_opens_is_as_in_short_lists(browser: Browser, address: str, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 800}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{address}/publications/")
        work = page.locator(".hp-pub#k7")
        abstract = work.locator("summary", has_text="Abstract")
        abstract.focus()
        page.keyboard.press("Enter")
        expect(work.locator("details[open] em")).to_have_text("word7")
        expect(abstract).to_be_focused()
        bibtex = work.locator("summary", has_text="BibTeX")
        bibtex.click()
        expect(work.locator("samp")).to_contain_text("@misc{k7,")
        work.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("status").filter(has_text="Copied")).to_be_attached()
        assert page.evaluate("navigator.clipboard.readText()").startswith("@misc{k7,")
        assert work.locator("[data-hp-part]").count() == 0
        found = Axe().run(page).response["violations"]
        assert [violation["id"] for violation in found] == []
        bibtex.click()
        expect(work.locator("samp")).to_be_hidden()


def test_without_a_script_there_are_links(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/publications/")
        work = page.locator(".hp-pub#k7")
        work.locator("summary", has_text="Abstract").click()
        work.get_by_role("link", name="Abstract: Title 7").click()
        expect(page.locator("#abstract + p")).to_contain_text("word7")
        page.go_back()
        assert page.locator("[data-hp-part=cite-bib]").first.get_attribute("href") is not None


def test_where_a_page_cannot_be_had_the_link_stays(page: Page, address: str) -> None:
    page.goto(f"{address}/publications/")
    page.route("**/k7/**", lambda route: route.abort())
    work = page.locator(".hp-pub#k7")
    summary = work.locator("summary", has_text="Abstract")
    summary.click()
    expect(work.get_by_role("link", name="Abstract: Title 7")).to_be_visible()
    page.unroute("**/k7/**")
    summary.click()
    summary.click()
    expect(work.locator("details[open] em")).to_have_text("word7")


def test_finding_reads_the_abstracts_all_the_same(page: Page, address: str) -> None:
    page.goto(f"{address}/publications/")
    page.locator(".hp-find input[type=search]").fill("WORD31")
    expect(page.locator(".hp-pub:visible")).to_have_count(1)
    expect(page.locator(".hp-pub#k31")).to_be_visible()
    page.goto(f"{address}/publications/?q=word12")
    expect(page.locator(".hp-pub:visible")).to_have_count(1)
    expect(page.locator(".hp-pub#k12")).to_be_visible()


def test_printing_asks_for_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}/publications/")
    page.mouse.wheel(0, 10)  # which loads Material's script, and that opens all to be printed
    until(page, "window.document$")
    page.wait_for_timeout(300)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.pdf()
    until(page, "!document.querySelector('details[open]')")  # when Material has shut them again
    assert asked == []
    page.locator(".hp-pub#k7 summary", has_text="Abstract").click()
    expect(page.locator(".hp-pub#k7 em")).to_have_text("word7")
