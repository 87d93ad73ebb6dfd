"""Pages of publications in a real browser: by keyboard, without JavaScript, on paper, from a disk."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from support import AXE, MATERIALS_OWN, Built, html_problems, pages
from support.paper_site import FILES, SETTINGS

# All at once; a click would scroll, and Material's header is pale while it changes.
OPEN = "document.querySelectorAll('details').forEach(d => { d.removeAttribute('name'); d.open = true; })"
RICH = "/sub/publications/rich-2024/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("browser-papers"), FILES, SETTINGS)


@pytest.fixture(scope="module")
def address(folder: Built, serve_dir: Callable[[Path], str]) -> str:
    """Where the site is served, below a path."""
    folder.site_dir.rename(folder.folder / "sub")
    return serve_dir(folder.folder)


def details(page: Page) -> list[str]:
    """Names of the ways to cite that are open."""
    return page.locator(".hp-way[open] > summary").all_inner_texts()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_is_accessible_and_fits_the_window(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    faults = []
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        for slug in ("rich-2024", "prose", "bare"):
            page.goto(f"{address}/sub/publications/{slug}/")
            page.evaluate(OPEN)
            found = Axe().run(page, options=AXE).response
            faults += [f"{slug}: {v['id']}: {v['nodes'][0]['html']}" for v in found["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.locator("h1").count() == 1
            low = "all => all.filter(e => e.offsetHeight && e.offsetHeight < 24).map(e => e.outerHTML)"
            assert page.locator(".hp-way summary, .hp-way__file, .hp-copy").evaluate_all(low) == []
    assert faults == []


def test_html_is_valid(folder: Built, address: str) -> None:
    found = html_problems(folder.folder / "sub/publications")
    mine = [problem for problem in found if not MATERIALS_OWN.search(problem)]
    assert [problem for problem in mine if "Trailing slash on void" not in problem] == []  # Markdown's


def test_one_way_to_cite_is_open_at_a_time_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + RICH)
    assert details(page) == ["APA"]
    page.locator("summary", has_text="BibTeX").focus()
    page.keyboard.press("Enter")
    assert details(page) == ["BibTeX"]
    assert page.locator("#cite-bib").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") in ("PRE", "BUTTON")


@pytest.mark.parametrize("javascript", [True, False])
def test_files_are_downloaded_under_their_name(browser: Browser, address: str, javascript: bool) -> None:
    with browser.new_context(java_script_enabled=javascript) as context:
        page = context.new_page()
        page.goto(address + RICH)
        page.locator("summary", has_text="RIS").click()
        with page.expect_download() as started:
            page.locator(".hp-way[open] .hp-way__file").click()
        assert started.value.suggested_filename == "rich-2024.ris"
        text = started.value.path().read_text(encoding="utf-8")
        assert text.startswith("TY  - JOUR\n")
        assert "\nAU  - van den Oord, Aäron\n" in text
        assert page.locator(".hp-copy:visible").count() == int(javascript)


@pytest.mark.parametrize("way", ["apa", "style-1", "bib"])
def test_each_way_to_cite_is_copied(browser: Browser, address: str, way: str) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(address + RICH)
        page.evaluate(OPEN)
        page.locator(f"[data-hp-copy=cite-{way}]").click()
        expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator(f"#cite-{way}").text_content()
        assert len(copied) > 80


@pytest.mark.parametrize("old", ["old-key", "preprint"])
@pytest.mark.parametrize("javascript", [True, False])
def test_browsers_follow_old_addresses(
    browser: Browser, address: str, old: str, javascript: bool
) -> None:
    with browser.new_context(java_script_enabled=javascript) as context:
        page = context.new_page()
        page.goto(f"{address}/sub/publications/{old}/")
        page.wait_for_url(address + RICH)
        assert page.locator("h1").inner_text().startswith("A rich paper")


def test_pages_work_from_a_disk(tmp_path: Path, page: Page) -> None:
    site = pages.build(tmp_path, FILES, {**SETTINGS, "use_directory_urls": False, "site_url": ""})
    page.goto((site.site_dir / "publications/older-key.html").as_uri())
    page.wait_for_url("**/publications/rich-2024.html")
    page.locator("nav a[rel=next]").click()
    page.wait_for_url("**/publications/prose.html")
    page.get_by_text("All publications").click()
    page.wait_for_url("**/publications.html#prose")


def test_on_paper_addresses_are_written_out_and_buttons_left_out(page: Page, address: str) -> None:
    page.goto(address + RICH)
    page.emulate_media(media="print")
    content = "e => getComputedStyle(e, '::after').content"
    links = page.locator(".hp-paper dd a")
    assert links.count() >= 4
    for link in links.all():
        assert (link.get_attribute("href") or "?") in link.evaluate(content)
    assert page.locator(".hp-way__file:visible, .hp-copy:visible, .hp-paper__ways:visible").count() == 0
    assert page.locator("#cite-apa").is_visible()


def test_printing_shows_the_citation_that_is_open_and_leaves_the_page_as_it_was(
    page: Page, address: str
) -> None:
    page.goto(address + RICH)
    assert details(page) == ["APA"]
    page.evaluate("dispatchEvent(new Event('beforeprint'))")  # Material opens all that is shut
    page.emulate_media(media="print")
    expect(page.locator("#cite-apa")).to_be_visible()
    expect(page.locator(".hp-way:visible")).to_have_count(1)
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".hp-way[name=hp-cite]")).to_have_count(page.locator(".hp-way").count())
    assert details(page) == ["APA"]


def test_on_paper_links_have_their_names_and_say_nothing_twice(page: Page, address: str) -> None:
    page.goto(address + RICH)
    page.emulate_media(media="print")
    links = page.locator(".hp-pub__links > li:visible")
    expect(links).to_have_count(1)  # the DOI is among the facts, slides are a file
    assert links.inner_text().startswith("Code")
    assert "github.com" in links.locator("a").evaluate("e => getComputedStyle(e, '::after').content")
    assert links.locator("a").evaluate("e => getComputedStyle(e).fontSize") != "0px"


def test_contents_leave_room_for_the_paper_beside_the_news(
    tmp_path: Path, browser: Browser, serve_dir: Callable[[Path], str]
) -> None:
    news = {"news.md": "# News\n\n## 2024 It happened\n"}
    site = pages.build(tmp_path, {**FILES, **news}, SETTINGS).site_dir
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(serve_dir(site) + "/publications/prose/")
        expect(page.locator(".hp-news--side")).to_be_visible()
        paper = page.locator("article").bounding_box()
        assert paper
        assert paper["width"] > 600


def test_copy_and_download_stand_in_one_line(page: Page, address: str) -> None:
    page.goto(address + RICH)
    page.locator("summary", has_text="BibTeX").click()
    copy, file = (
        page.locator(part).bounding_box() for part in (".hp-copy:visible", ".hp-way__file:visible")
    )
    assert copy
    assert file
    assert abs(copy["y"] + copy["height"] / 2 - file["y"] - file["height"] / 2) < 3
    assert file["x"] > copy["x"] + copy["width"]


def test_buttons_do_not_touch_the_frame_of_their_citation(page: Page, address: str) -> None:
    page.goto(address + RICH)
    way, button = (page.locator(part).bounding_box() for part in (".hp-way[open]", ".hp-copy:visible"))
    assert way
    assert button
    assert way["y"] + way["height"] - button["y"] - button["height"] >= 8


@pytest.mark.parametrize("path", ["/sub/publications/", RICH])
@pytest.mark.parametrize("width", [1280, 360])
def test_going_back_by_keyboard_the_header_hides_nothing(
    browser: Browser, address: str, path: str, width: int
) -> None:
    below = """() => {
      const [focus, header] = [document.activeElement, document.querySelector(".md-header")]
      return [!focus.closest("article") || focus.getBoundingClientRect().top
        >= header.getBoundingClientRect().bottom, focus.textContent]
    }"""
    with browser.new_context(viewport={"width": width, "height": 400}) as context:
        page = context.new_page()
        page.goto(address + path)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.locator("footer a").last.focus()
        seen = []
        for _ in range(30):
            page.keyboard.press("Shift+Tab")
            seen.append(page.evaluate(below))
    assert len({name for _, name in seen}) > 10
    assert [name for is_below, name in seen if not is_below] == []
