"""A list's entry in a browser: by keyboard, copied, on narrow screens, on paper, without scripts."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Locator, Page, expect

from support import AXE, pages
from support.entry_site import FILES

Looking = Callable[..., AbstractContextManager[Page]]
OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
MINIMUM = 24  # CSS pixels of a target: WCAG 2.2, success criterion 2.5.8


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, serve_dir: Callable[[Path], str]) -> str:
    """Address of a site of entries with everything, whose pages follow each other at once."""
    settings = {"theme": {"features": ["navigation.instant"]}, "site_url": "https://example.org/"}
    files = {**FILES, "other.md": "# Other\n\n[Home](index.md)\n"}
    folder = pages.build(tmp_path_factory.mktemp("entries"), files, settings).site_dir
    address = serve_dir(folder) + "/"
    sitemap = folder / "sitemap.xml"  # where Material looks for pages that can follow at once
    sitemap.write_text(sitemap.read_text().replace("https://example.org/", address))
    return address


@pytest.fixture
def looking(browser: Browser) -> Looking:
    """Open a page of a certain width and scheme, with `looking(360, "dark") as page`."""

    @contextmanager
    def look(width: int = 1280, scheme: str = "light", **options: Any) -> Iterator[Page]:
        options |= {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
        with browser.new_context(**options) as context:
            context.set_default_timeout(15_000)
            yield context.new_page()

    return look


def opener(page: Page, name: str, entry: str = "rich") -> Locator:
    """What opens a part of an entry."""
    return page.locator(f"#{entry} summary", has_text=name)


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_abstract_opens_by_keyboard_and_the_button_stays_in_its_place(
    looking: Looking, url: str, key: str
) -> None:
    with looking() as page:
        page.goto(url)
        abstract = page.locator("#rich").get_by_text("We show all of it.", exact=True)
        expect(abstract).to_be_hidden()
        summary = opener(page, "Abstract")
        opener(page, "All 10 authors").focus()
        page.keyboard.press("Tab")
        expect(summary).to_be_focused()
        before = summary.bounding_box()
        page.keyboard.press(key)
        expect(abstract).to_be_visible()
        assert summary.bounding_box() == before
        page.keyboard.press("Tab")
        expect(opener(page, "BibTeX")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press(key)
        expect(abstract).to_be_hidden()


def test_focus_can_be_seen(looking: Looking, url: str) -> None:
    with looking() as page:
        page.goto(url)
        for selector in ("#rich .hp-badge a", "#rich .hp-pub__link", "#rich summary"):
            page.locator(selector).first.focus()
            page.keyboard.press("Shift+Tab")  # so that it is the keyboard's
            page.keyboard.press("Tab")
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) == "solid", selector


CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


def copied(page: Page, entry: str = "rich") -> None:
    """Copy the BibTeX of an entry by keyboard, and hear so."""
    opener(page, "BibTeX", entry).focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Copy BibTeX: ").locator("visible=true")
    expect(button).to_be_visible()
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)


def test_bibtex_is_copied_and_that_is_said(looking: Looking, url: str) -> None:
    with looking(**CLIPBOARD) as page:
        page.goto(url)
        region = page.locator(".hp-hidden[role=status]")
        expect(region).to_have_text("")
        copied(page)
        text = page.evaluate("navigator.clipboard.readText()")
        assert text.startswith("@inproceedings{rich,\n  title = {On $x^2$ \\& {R}ich Entries},\n")
        assert text.endswith("}\n")
        assert "preview" not in text
        expect(page.locator("#rich .hp-copy")).to_have_attribute("data-hp-state", "copied")
        expect(page.locator("#rich .hp-copy")).not_to_have_attribute("data-hp-state", "copied")


def test_copying_goes_on_when_pages_follow_each_other_at_once(looking: Looking, url: str) -> None:
    with looking(**CLIPBOARD) as page:
        page.goto(url + "other/")
        page.evaluate("window.same = true")
        page.get_by_role("article").get_by_role("link", name="Home").click()
        expect(page.locator("#plain")).to_be_visible()
        assert page.evaluate("window.same"), "the page was loaded anew"
        copied(page, "plain")
        assert page.evaluate("navigator.clipboard.readText()").startswith("@article{plain,")
        expect(page.locator("p[role=status]")).to_have_count(1)


def test_copying_works_without_a_clipboard_too(looking: Looking, url: str) -> None:
    with looking(**CLIPBOARD) as page:
        page.goto(url)
        read = "navigator.clipboard.readText().then(text => window.read = text)"
        clipboard = (
            "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})"
        )
        page.evaluate(clipboard)  # as on a page without https
        copied(page, "plain")
        page.evaluate("delete navigator.clipboard")
        page.evaluate(read)
        assert page.evaluate("window.read").startswith("@article{plain,")


def test_where_copying_is_forbidden_the_text_is_selected(looking: Looking, url: str) -> None:
    with looking() as page:
        page.goto(url)
        page.evaluate("void (navigator.clipboard.writeText = async () => { throw new Error('no') })")
        opener(page, "BibTeX", "plain").click()
        page.locator("#plain .hp-copy").click()
        expect(page.locator("p[role=status]")).to_contain_text("It could not be copied.")
        assert page.evaluate("getSelection().toString()").startswith("@article{plain,")


def test_everything_is_there_without_scripts(looking: Looking, url: str) -> None:
    with looking(java_script_enabled=False) as page:
        page.goto(url)
        expect(page.locator(".hp-copy")).to_have_count(3)
        opener(page, "BibTeX").click()
        expect(page.locator("#rich pre")).to_be_visible()
        expect(page.locator("#rich .hp-copy")).to_be_hidden()
        expect(page.locator("#rich img")).to_be_visible()
        assert page.locator("#rich .hp-pub__link").count() == 7


@pytest.mark.parametrize(("width", "scheme"), [(w, s) for w in (1280, 360) for s in ("light", "dark")])
def test_entries_are_accessible_and_fit_with_everything_open(
    looking: Looking, url: str, width: int, scheme: str
) -> None:
    with looking(width, scheme) as page:
        for path in ("", "deep/list/"):
            page.goto(url + path)
            page.evaluate(OPEN_ALL)
            across, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert across <= window
            found = Axe().run(page, options=AXE).response
            assert found["testEngine"]["name"] == "axe-core"
            assert [(v["id"], n["html"]) for v in found["violations"] for n in v["nodes"]] == []
        small = [
            (target.inner_text(), box)
            for target in page.locator(".hp-pub__tools :is(a, summary, button), .hp-badge a").all()
            if (box := target.bounding_box()) and min(box["width"], box["height"]) < MINIMUM - 0.01
        ]
        assert small == []


def test_picture_is_beside_the_citation_on_wide_screens_and_above_on_narrow_ones(
    looking: Looking, url: str
) -> None:
    for width in (1280, 360):
        with looking(width) as page:
            page.goto(url)
            picture = page.locator("#rich .hp-pub__preview").bounding_box()
            text = page.locator("#rich .hp-pub__citation").bounding_box()
            assert picture
            assert text
            if width == 1280:
                assert picture["x"] + picture["width"] < text["x"]
            else:
                assert picture["y"] + picture["height"] < text["y"]
            assert picture["width"] == pytest.approx(146, abs=1)  # with its border


def test_nothing_is_asked_of_other_hosts(looking: Looking, url: str) -> None:
    with looking() as page:
        requests: list[str] = []
        page.context.on("request", lambda request: requests.append(request.url))
        for path in ("", "deep/list/", "publications/rich/"):
            page.goto(url + path, wait_until="networkidle")
            page.evaluate(OPEN_ALL)
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            page.wait_for_load_state("networkidle")
        assert any(address.endswith(".webp") for address in requests)
        assert {urlsplit(address).netloc for address in requests} == {urlsplit(url).netloc}


def test_on_paper_there_are_no_buttons_but_addresses_and_what_is_open(
    looking: Looking, url: str
) -> None:
    with looking() as page:
        page.goto(url)
        opener(page, "Abstract").click()
        page.emulate_media(media="print")
        expect(page.locator("#rich .hp-pub__citation")).to_be_visible()
        expect(page.locator("#rich").get_by_text("We show all of it.", exact=True)).to_be_visible()
        expect(page.locator("#rich pre")).to_be_hidden()
        visible = page.locator("#rich .hp-pub__tools :is(a, summary, button)").locator("visible=true")
        expect(visible).to_have_count(1)
        content = "e => getComputedStyle(e, '::after').content"
        assert visible.evaluate(content) == '"https://doi.org/10.1000/rich"'


def test_printing_opens_nothing(looking: Looking, url: str) -> None:
    with looking() as page:
        page.goto(url)
        opener(page, "Abstract").click()
        page.evaluate("dispatchEvent(new Event('beforeprint'))")  # Material opens all that is shut
        page.emulate_media(media="print")
        expect(page.locator("#rich").get_by_text("We show all of it.", exact=True)).to_be_visible()
        expect(page.locator(".hp-pub pre:visible")).to_have_count(0)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        expect(page.locator(".hp-pub details[open]")).to_have_count(1)


def test_old_addresses_of_an_entry_take_no_place_beside_its_picture(
    tmp_path: Path, looking: Looking, serve_dir: Callable[[Path], str]
) -> None:
    bib = str(FILES["publications.bib"]).replace("abbr = {COLM}", "abbr = {COLM}, aliases = {old}")
    address = serve_dir(pages.build(tmp_path, {**FILES, "publications.bib": bib}).site_dir)
    with looking() as page:
        page.goto(address + "/#old")
        picture = page.locator("#rich > img").bounding_box()
        body = page.locator("#rich > .hp-pub__body").bounding_box()
        header = page.locator(".md-header").bounding_box()
        assert picture
        assert body
        assert header
        assert picture["x"] + picture["width"] < body["x"]
        assert abs(picture["y"] - body["y"]) < 10
        assert body["y"] >= header["height"]


def test_with_the_systems_colours_only_the_target_has_a_bar(looking: Looking, url: str) -> None:
    with looking(forced_colors="active") as page:
        page.goto(url + "#rich")
        bar = "e => getComputedStyle(e).borderInlineStartColor"
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert page.locator("#plain").evaluate(bar) == ground
        assert page.locator("#rich").evaluate(bar) != ground
