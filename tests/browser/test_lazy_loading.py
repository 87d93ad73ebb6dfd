"""Material's script comes when it is wanted, and until then nothing that it does is missed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from support.browser import until
from support.pages import build

FILES = {
    "index.md": "# Home\n\nText.\n\n## Part\n\n" + "More text.\n\n" * 60,
    "second.md": "# Second\n\n??? note\n    ## Hidden\n    Words.\n",
    "publications.md": "# Publications\n\n<!-- publications {find: true} -->\n",
    "publications.bib": "".join(
        f"@misc{{k{n}, title={{Title {n}}}, author={{Lee, Ann}}, year=20{n}}}\n" for n in range(10, 16)
    ),
}
NAV = {"nav": ["index.md", "second.md", "publications.md"]}
LOADED = "window.document$"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
SCHEME = "document.body.dataset.mdColorScheme"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serve_dir: Callable[[Path], str]) -> str:
    return serve_dir(build(tmp_path_factory.mktemp("lazy"), FILES, NAV).site_dir)


@pytest.fixture
def looking(browser: Browser) -> Callable[..., Any]:
    @contextmanager
    def look(width: int = 1280, **options: Any) -> Iterator[Page]:
        with browser.new_context(viewport={"width": width, "height": 700}, **options) as context:
            context.set_default_timeout(15_000)
            yield context.new_page()

    return look


def asked(page: Page) -> list[str]:
    """The names of files that the page asks for, as it does."""
    names: list[str] = []

    def note(request: Request) -> None:
        names.append(request.url.rpartition("/")[2].partition(".")[0])

    page.on("request", note)
    return names


def test_a_page_that_is_only_read_asks_for_neither_script_nor_index(
    looking: Callable[..., Any], address: str
) -> None:
    with looking() as page:
        names = asked(page)
        page.goto(address, wait_until="networkidle")
        assert {"main", "homepage", "lazy-loading"} <= set(names)
        assert not {"bundle", "search", "search_index", "sitemap"} & set(names)
        page.mouse.wheel(0, 300)
        until(page, LOADED)
        expect(page.locator(".md-nav__link--active", has_text="Part")).to_be_visible()
        page.mouse.wheel(0, -100)
        expect(page.locator(".md-top")).to_be_visible()


@pytest.mark.parametrize("line", ["{saveData: true}", "{effectiveType: '3g'}"])
def test_scrolling_is_not_enough_on_slow_lines(
    looking: Callable[..., Any], address: str, line: str
) -> None:
    with looking() as page:
        page.add_init_script(f"Object.defineProperty(navigator, 'connection', {{value: {line}}})")
        names = asked(page)
        page.goto(address, wait_until="networkidle")
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(500)
        assert "bundle" not in names
        page.keyboard.press("Shift")
        until(page, LOADED)


@pytest.mark.parametrize("width", [1280, 360])
def test_slash_leads_into_the_search_at_once(
    looking: Callable[..., Any], address: str, width: int
) -> None:
    with looking(width) as page:
        page.goto(address)
        page.keyboard.type("/title 12")
        expect(page.locator(".md-search__input")).to_have_value("title 12")
        expect(page.locator(".md-search-result__link").first).to_be_visible()


def test_search_opens_by_its_button_and_by_keyboard(looking: Callable[..., Any], address: str) -> None:
    with looking(360) as page:
        page.goto(address)
        button = page.get_by_role("button", name="Search", exact=True)
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".md-search__input")).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.type("second")
        expect(page.locator(".md-search-result__link").first).to_be_visible()


def test_menu_opens_and_closes_by_keyboard(looking: Callable[..., Any], address: str) -> None:
    with looking(360) as page:
        page.goto(address)
        button = page.get_by_role("button", name="Navigation")
        button.focus()
        page.keyboard.press("Space")
        expect(button).to_have_attribute("aria-expanded", "true")
        link = page.locator(".md-nav--primary a.md-nav__link", has_text="Second")
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(button).to_be_focused()
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(link).not_to_be_in_viewport()


def test_leaving_the_menu_by_keyboard_shuts_it(looking: Callable[..., Any], address: str) -> None:
    with looking(360) as page:
        page.goto(address)
        page.get_by_role("button", name="Navigation").click()
        links = page.locator(".md-nav--primary a.md-nav__link:visible")
        expect(links.first).to_be_focused()
        for _ in range(links.count() + 1):
            page.keyboard.press("Tab")
        until(page, "!document.getElementById('__drawer').checked")


def test_parts_of_the_menu_open_and_shut_by_keyboard(
    tmp_path: Path, serve_dir: Callable[[Path], str], looking: Callable[..., Any]
) -> None:
    nav = [{"Home": "index.md"}, {"Group": [{"Second": "second.md"}, {"List": "publications.md"}]}]
    built = build(tmp_path, FILES, {"nav": nav})
    with looking(360) as page:
        page.goto(serve_dir(built.site_dir))
        page.get_by_role("button", name="Navigation").click()
        group = page.locator(".md-nav__item--nested > label.md-nav__link")
        expect(group).to_be_focused()
        page.wait_for_timeout(300)  # Material's script, which presses labels on Enter
        page.keyboard.press("Enter")
        expect(page.locator("a.md-nav__link", has_text="Second")).to_be_focused()
        page.keyboard.press("Escape")
        expect(group).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("button", name="Navigation")).to_be_focused()


def test_what_is_shut_is_not_reached_by_tab(looking: Callable[..., Any], address: str) -> None:
    for width in (1280, 360):
        with looking(width) as page:
            page.goto(address)
            for _ in range(12):
                page.keyboard.press("Tab")
                place = "document.activeElement.className"
                assert "md-search__scrollwrap" not in page.evaluate(place)
                assert width > 360 or "md-search__input" not in page.evaluate(place)


def test_light_and_dark_are_switched_by_keyboard(looking: Callable[..., Any], address: str) -> None:
    with looking() as page:
        page.goto(address)
        page.get_by_role("button", name="Switch to light mode").focus()
        page.keyboard.press("Space")
        button = page.get_by_role("button", name="Switch to dark mode")
        expect(button).to_be_focused()
        page.keyboard.press("Enter")
        until(page, f"{SCHEME} === 'slate'")


@pytest.mark.parametrize("javascript", [True, False])
def test_menu_opens_by_pointer(looking: Callable[..., Any], address: str, javascript: bool) -> None:
    with looking(360, java_script_enabled=javascript) as page:
        page.goto(address)
        page.locator(".md-header__button[for=__drawer]").click()
        expect(page.locator(".md-nav--primary a.md-nav__link", has_text="Second")).to_be_in_viewport()


def test_keys_lead_to_the_next_page_and_back(looking: Callable[..., Any], address: str) -> None:
    with looking() as page:
        page.goto(address)
        page.keyboard.press("n")
        page.wait_for_url("**/second/")
        page.keyboard.press("p")
        page.wait_for_url(f"{address}/")


def test_a_word_to_mark_or_to_look_for_loads_the_script(
    looking: Callable[..., Any], address: str
) -> None:
    with looking() as page:
        page.goto(f"{address}/?q=second")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        page.goto(f"{address}/?h=text")
        until(page, LOADED)


def test_what_is_looked_for_in_a_list_is_not_for_the_search(
    looking: Callable[..., Any], address: str
) -> None:
    with looking() as page:
        page.goto(f"{address}/publications/?q=Title+12")
        expect(page.locator(".hp-pub:visible")).to_have_count(1)
        page.mouse.wheel(0, 10)
        until(page, LOADED)
        page.wait_for_timeout(300)
        expect(page).to_have_url(f"{address}/publications/?q=Title+12")
        assert not page.evaluate("document.getElementById('__search').checked")
        expect(page.locator(".hp-find input[type=search]")).to_have_value("Title 12")


def test_scripts_of_the_owner_find_material_s(
    tmp_path: Path, serve_dir: Callable[[Path], str], looking: Callable[..., Any]
) -> None:
    files = {**FILES, "own.js": "document$.subscribe(() => { window.own = true })\n"}
    built = build(tmp_path, files, {**NAV, "extra_javascript": ["own.js"]})
    with looking() as page:
        page.goto(serve_dir(built.site_dir))
        until(page, "window.own")


# -- light and dark ---------------------------------------------------------------

FIRST_SEEN = """
new MutationObserver((_, observer) => {
  if (!document.querySelector("main")) return
  window.first = document.body.dataset.mdColorScheme
  observer.disconnect()
}).observe(document, { childList: true, subtree: true })
"""


@pytest.mark.parametrize(("system", "scheme"), [("light", "default"), ("dark", "slate")])
def test_pages_follow_the_system_before_they_are_seen(
    looking: Callable[..., Any], address: str, system: str, scheme: str
) -> None:
    with looking(color_scheme=system) as page:
        page.add_init_script(FIRST_SEEN)
        page.goto(address)
        assert page.evaluate("window.first") == page.evaluate(SCHEME) == scheme
        other = {"light": "dark", "dark": "light"}[system]
        page.emulate_media(color_scheme=other)
        until(page, f"{SCHEME} !== '{scheme}'")


def test_the_choice_of_a_visitor_stays(looking: Callable[..., Any], address: str) -> None:
    with looking(color_scheme="dark") as page:
        page.add_init_script(FIRST_SEEN)
        page.goto(address)
        switch = page.locator(".md-header__option label:visible")
        expect(switch).to_have_attribute("title", "Switch to light mode")
        switch.click()
        expect(switch).to_have_attribute("title", "Switch to dark mode")
        until(page, LOADED)
        page.wait_for_timeout(300)
        assert page.evaluate(SCHEME) == "default"
        page.goto(f"{address}/second/")
        assert page.evaluate("window.first") == "default"
        assert page.evaluate("Object.keys(localStorage)") == ["/.__palette"]
        assert page.context.cookies() == []


def test_pages_are_dark_without_javascript_too(looking: Callable[..., Any], address: str) -> None:
    found = {}
    for system in ("light", "dark"):
        for javascript in (True, False):
            with looking(color_scheme=system, java_script_enabled=javascript) as page:
                page.goto(address)
                found[system, javascript] = page.evaluate(
                    "[document.body, document.querySelector('.md-header'), document.querySelector('p'),"
                    " document.querySelector('.md-content')].map(e => getComputedStyle(e))"
                    ".map(s => [s.backgroundColor, s.color, s.colorScheme].join())"
                )
    assert found["light", False] == found["light", True]
    assert found["dark", False] == found["dark", True]
    assert found["dark", True] != found["light", True]
