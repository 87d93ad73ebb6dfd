"""This site in a real browser: wide and narrow, light and dark, by keyboard, without JavaScript."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, Request, expect

from support import AXE, CONFIG, FIRST_OWNER, MATERIALS_OWN, html_problems
from support.browser import until

Looking = Callable[..., AbstractContextManager[Page]]

WIDE, MEDIUM, NARROW = 1280, 800, 360
LOOKS = [(width, scheme) for width in (WIDE, MEDIUM, NARROW) for scheme in ("light", "dark")]


@pytest.fixture(scope="module")
def paths(built_site: Path) -> list[str]:
    """Every page of the site, as visitors write it."""
    files = sorted(path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html"))
    assert {"index.html", "404.html"} <= set(files)
    return [f"/{name.removesuffix('index.html')}" for name in files]


@pytest.fixture
def looking(browser: Browser) -> Looking:
    """Open a page of a certain width and scheme, with `looking(360, "dark") as page`."""

    @contextmanager
    def look(width: int, scheme: str = "light", **options: Any) -> Iterator[Page]:
        options |= {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
        with browser.new_context(**options) as context:
            context.set_default_timeout(15_000)
            yield context.new_page()

    return look


def search(page: Page, words: str) -> None:
    """Search for words until something is found."""
    page.locator(".md-search__input").click()
    page.keyboard.type(words)
    expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_are_accessible_fit_the_window_and_say_nothing_in_the_console(
    looking: Looking, site_url: str, paths: list[str], width: int, scheme: str
) -> None:
    faults = []
    said: list[str] = []
    with looking(width, scheme) as page:
        page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        for path in paths:
            page.goto(site_url + path)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            dark = page.locator("body").get_attribute("data-md-color-scheme") == "slate"
            assert dark == (scheme == "dark")
            across, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            if across > window:
                faults.append(f"{path} is {across} pixels wide")
            found = Axe().run(page, options=AXE).response
            assert found["testEngine"]["name"] == "axe-core"
            faults += [
                f"{path}: {violation['id']}: {node['html'][:200]}\n  {node['failureSummary']}"
                for violation in found["violations"]
                for node in violation["nodes"]
            ]
    assert not faults, "\n".join(faults)
    assert not said


def in_state(page: Page, state: str) -> None:
    """Bring a page with publications into a state that visitors bring it into."""
    if state == "search":
        page.keyboard.press("/")
        page.keyboard.type("model")
        expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=15_000)
    elif state == "nothing found":
        page.keyboard.press("/")
        page.keyboard.type("zzzzzz")
        expect(page.locator(".md-search-result__meta")).to_contain_text("No matching")
    elif state == "menu":
        page.get_by_role("button", name="Navigation").click()
    elif state == "scrolled":
        page.mouse.wheel(0, 400)
        until(page, "window.document$")
        page.mouse.wheel(0, -100)
        expect(page.locator(".md-top")).to_be_visible()
    page.wait_for_timeout(400)  # what slides or fades in


@FIRST_OWNER
@pytest.mark.parametrize(
    ("width", "state"),
    [(WIDE, "search"), (WIDE, "nothing found")]
    + [(NARROW, s) for s in ("search", "nothing found", "menu", "scrolled")],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_of_a_page_are_accessible(
    looking: Looking, site_url: str, width: int, scheme: str, state: str
) -> None:
    with looking(width, scheme) as page:
        page.goto(site_url + "/publications/")
        in_state(page, state)
        found = Axe().run(page, options=AXE).response["violations"]
    assert [(v["id"], [n["html"][:150] for n in v["nodes"]]) for v in found] == []


CLIPPED = """() => [...document.querySelectorAll("main *, header *")].filter((e) => {
  const style = getComputedStyle(e)
  const seen = e.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  return seen && e.childElementCount === 0 && e.textContent.trim()
    && style.overflow !== "visible" && style.clipPath === "none"
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
}).map((e) => e.outerHTML.slice(0, 150))"""
SPACED = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [sheet]
}"""


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_text_may_be_spaced_out(looking: Looking, site_url: str, paths: list[str], width: int) -> None:
    clipped = []
    with looking(width) as page:
        for path in paths:
            page.goto(site_url + path)
            page.evaluate(SPACED)
            across, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            clipped += [f"{path} {html}" for html in page.evaluate(CLIPPED)]
            clipped += [f"{path} is {across} pixels wide"] if across > window else []
    assert clipped == []


def test_pages_fit_when_they_are_enlarged_four_times(
    looking: Looking, site_url: str, paths: list[str]
) -> None:
    with looking(WIDE // 4) as page:
        for path in paths:
            page.goto(site_url + path)
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= WIDE // 4, path


def test_nothing_moves_for_those_who_want_that(looking: Looking, site_url: str) -> None:
    with looking(NARROW, reduced_motion="reduce") as page:
        page.goto(site_url)
        moving = page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => getComputedStyle(e).transitionDuration"
            ".split(',')).filter(time => parseFloat(time) > 0.001)"
        )
    assert moving == []


@FIRST_OWNER
def test_colours_of_the_system_leave_everything_to_be_seen(looking: Looking, site_url: str) -> None:
    with looking(WIDE, forced_colors="active") as page:
        page.goto(site_url + "/publications/")
        found = Axe().run(page, options=AXE).response["violations"]
        assert [violation["id"] for violation in found] == []
        page.keyboard.press("Tab")
        page.locator(".hp-pub__title").first.focus()
        assert page.evaluate(FOCUSED)["outline"]
        chosen = page.locator(".md-nav--primary a.md-nav__link--active").first
        assert chosen.evaluate("e => getComputedStyle(e).fontWeight") == "600"


def test_axe_sees_what_is_wrong(looking: Looking, site_url: str) -> None:
    with looking(WIDE) as page:
        page.goto(site_url)
        page.evaluate("document.querySelector('.md-content p').style.color = '#ccc'")
        found = Axe().run(page, options=AXE).response
    assert "color-contrast" in [violation["id"] for violation in found["violations"]]


def test_no_request_leaves_the_site(looking: Looking, site_url: str, paths: list[str]) -> None:
    requests: list[str] = []

    def note(request: Request) -> None:
        requests.append(request.url)

    with looking(WIDE) as page:
        page.context.on("request", note)
        for path in paths:
            page.goto(site_url + path, wait_until="networkidle")
        search(page, CONFIG["site_author"].split()[-1])
    assert len(requests) > len(paths)
    host = urlsplit(site_url).netloc
    assert [url for url in requests if urlsplit(url).netloc not in ("", host)] == []


@FIRST_OWNER
def test_search_finds_publications(looking: Looking, site_url: str) -> None:
    with looking(WIDE) as page:
        page.goto(site_url + "/more/")
        search(page, "Ouroboros")
        found = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
    assert any("/publications/" in address for address in found)


# -- where the news are --------------------------------------------------------


def shown(page: Page, selector: str) -> list[bool]:
    """Which of the elements can be seen."""
    return [element.is_visible() for element in page.locator(selector).all()]


@FIRST_OWNER
@pytest.mark.parametrize(
    ("width", "beside", "in_flow"), [(WIDE, True, False), (MEDIUM, False, True), (NARROW, False, True)]
)
def test_home_page_shows_the_news_once(
    looking: Looking, site_url: str, width: int, beside: bool, in_flow: bool
) -> None:
    with looking(width) as page:
        page.goto(site_url)
        assert shown(page, "aside.hp-news--side") == [beside]
        assert shown(page, ".md-content .hp-news--flow") == [in_flow]


def test_news_stand_right_of_every_page_on_wide_screens(
    looking: Looking, site_url: str, paths: list[str]
) -> None:
    with_news = [path for path in paths if path not in ("/404.html", "/news/")]
    assert with_news
    with looking(WIDE) as page:
        for path in with_news:
            page.goto(site_url + path)
            aside = page.locator("aside.hp-news--side")
            expect(aside).to_be_visible()
            box, text = aside.bounding_box(), page.locator(".md-content").bounding_box()
            assert box
            assert text
            assert box["x"] >= text["x"] + text["width"] - 1, path
            assert box["x"] + box["width"] <= WIDE, path
            assert box["y"] < 200, path


@pytest.mark.parametrize("width", [MEDIUM, NARROW])
def test_other_pages_have_no_news_on_narrow_screens(
    looking: Looking, site_url: str, paths: list[str], width: int
) -> None:
    others = [path for path in paths if path not in ("/", "/404.html", "/news/")]
    assert others
    with looking(width) as page:
        for path in others:
            page.goto(site_url + path)
            assert shown(page, "aside.hp-news--side") == [False], path


@FIRST_OWNER
def test_news_stay_in_sight_when_a_long_page_is_scrolled(looking: Looking, site_url: str) -> None:
    with looking(WIDE) as page:
        page.set_viewport_size({"width": WIDE, "height": 400})
        page.goto(site_url + "/publications/")
        page.evaluate("window.scrollTo(0, 300)")
        assert page.evaluate("window.scrollY") == 300
        expect(page.locator("aside.hp-news--side a").first).to_be_in_viewport()


# -- the keyboard, and no JavaScript -------------------------------------------

FOCUSED = """() => {
  const e = document.activeElement
  if (!e || e === document.body) return null
  const box = e.getClientRects()[0] || new DOMRect()  // of its first line
  const top = document.elementFromPoint(
    box.x + Math.min(box.width / 2, 8), box.y + Math.min(box.height / 2, 8))
  const style = getComputedStyle(e)
  return {
    tag: e.tagName,
    href: e.getAttribute("href"),
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
      && box.left < innerWidth && !!top && (e.contains(top) || top.contains(e)),
  }
}"""


@FIRST_OWNER
@pytest.mark.parametrize("path", ["/", "/publications/", "/news/", "/research/"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_keyboard_reaches_every_link_and_shows_where_it_is(
    looking: Looking, site_url: str, width: int, path: str
) -> None:
    with looking(width) as page:
        page.goto(site_url + path)
        links = page.locator(".md-content a:not(.headerlink):visible, .hp-news--side a:visible")
        wanted = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        assert len(wanted) >= 4
        reached, lost = [], []
        for _ in range(200):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUSED)
            if focus is None:
                break
            if focus["tag"] not in ("A", "BUTTON", "SUMMARY"):
                continue  # fields, and switches that Material shows as icons
            for _ in range(20):  # until what was open before, such as the search, has faded out
                if focus["seen"]:
                    break
                page.wait_for_timeout(50)
                focus = page.evaluate(FOCUSED)
            reached.append(focus["href"])
            if not (focus["outline"] and focus["seen"]):
                lost.append(focus)
        else:
            pytest.fail("the keyboard does not come out of the page")
    assert not [link for link in wanted if link not in reached]
    assert {"../more/", "more/"} & set(reached), "the menu is reached, too"
    assert not lost


@FIRST_OWNER
def test_first_link_leads_to_the_content(looking: Looking, site_url: str) -> None:
    with looking(WIDE) as page:
        page.goto(site_url + "/publications/")
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["href"].startswith("#")
        assert focus["seen"]
        page.keyboard.press("Enter")
        expect(page.locator(page.evaluate("location.hash"))).to_be_in_viewport()


@FIRST_OWNER
def test_nothing_of_the_home_page_is_skipped(looking: Looking, site_url: str) -> None:
    with looking(NARROW) as page:
        page.goto(site_url)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".hp-profile__name")).to_be_in_viewport()


def test_paper_is_light(looking: Looking, site_url: str, paths: list[str]) -> None:
    with looking(WIDE, "dark") as page:
        page.emulate_media(media="print", color_scheme="dark")
        for path in paths:
            page.goto(site_url + path)
            found = Axe().run(page, "main", options={"runOnly": ["color-contrast"]}).response
            assert [(path, n["html"][:99]) for v in found["violations"] for n in v["nodes"]] == []
            ink, ground = page.evaluate(
                "[getComputedStyle(document.querySelector('h1')).color,"
                " getComputedStyle(document.body).backgroundColor]"
            )
            assert re.match(r"rgba?\((\d\d?), (\d\d?), (\d\d?)\b", ink), ink
            assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_printing_wastes_no_sheet(looking: Looking, site_url: str) -> None:
    with looking(WIDE) as page:
        page.goto(site_url + "/404.html")
        assert page.pdf(format="A4").count(b"/Type /Page\n") == 1


@FIRST_OWNER
def test_menu_says_which_page_is_shown(looking: Looking, site_url: str) -> None:
    with looking(WIDE) as page:
        page.goto(site_url + "/news/")
        expect(page.locator(".md-nav--primary [aria-current=page]")).to_have_text("News")


@FIRST_OWNER
@pytest.mark.parametrize("javascript", [True, False])
def test_all_authors_open_by_keyboard(looking: Looking, site_url: str, javascript: bool) -> None:
    with looking(NARROW, java_script_enabled=javascript) as page:
        page.goto(site_url + "/publications/")
        work = page.locator(".hp-pub#qin2023tool")
        authors = work.locator(".hp-pub__authors p")
        expect(authors).to_be_hidden()
        before = work.locator(".hp-pub__link").last
        before.focus()
        page.keyboard.press("Tab")
        expect(work.locator(".hp-pub__authors summary")).to_be_focused()
        page.keyboard.press("Enter")
        expect(authors).to_be_visible()
        expect(authors).to_contain_text("Yuxiang Huang")
        page.keyboard.press("Enter")
        expect(authors).to_be_hidden()


@FIRST_OWNER
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_everything_is_there_without_javascript(looking: Looking, site_url: str, width: int) -> None:
    with looking(width, java_script_enabled=False) as page:
        page.goto(site_url)
        expect(page.locator(".hp-pub")).to_have_count(3)
        expect(page.locator(".hp-pub").last).to_be_visible()
        expect(page.locator(".hp-news:visible")).to_have_count(1)
        page.goto(site_url + "/news/")
        expect(page.locator("math").first).to_be_visible()
        page.goto(site_url + "/publications/")
        expect(page.locator(".hp-pub")).to_have_count(5)


@FIRST_OWNER
def test_cited_work_is_marked_where_the_link_leads(looking: Looking, site_url: str) -> None:
    with looking(WIDE) as page:
        page.goto(site_url + "/publications/#qin2023tool")
        work = page.locator(".hp-pub#qin2023tool")
        expect(work).to_be_in_viewport()
        top = work.evaluate("e => e.getBoundingClientRect().top")
        header = page.locator(".md-header").evaluate("e => e.getBoundingClientRect().bottom")
        assert top >= header, "the header does not cover it"


@FIRST_OWNER
def test_maths_is_drawn(looking: Looking, site_url: str) -> None:
    with looking(WIDE) as page:
        page.goto(site_url + "/news/")
        boxes = [formula.bounding_box() for formula in page.locator("math").all()]
        assert len(boxes) == 2
        for box in boxes:
            assert box
            assert box["width"] > 10
            assert box["height"] > 5


# -- HTML ----------------------------------------------------------------------


def test_html_of_every_page_is_valid(built_site: Path, paths: list[str]) -> None:
    found = html_problems(built_site)
    of_material = [problem for problem in found if MATERIALS_OWN.search(problem)]
    assert len(of_material) == 2 * len(paths), "the exception is needed, and covers nothing else"
    assert [problem for problem in found if problem not in of_material] == []
