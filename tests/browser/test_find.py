"""The search field and the filters above a list, in a real browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, expect

from support import AXE, Built, html_problems, pages
from support.generate import bibliography

HOSTILE = "<img src=x onerror=alert(1)></template></script>"
BIB = r"""
@inproceedings{oe, title = {{Smørrebrød} and {\O}l}, booktitle = {EMNLP 2023}, year = 2023,
  author = {Huang, Yuxiang and {\O}stby, Chlo{\'e}}, keywords = {Food}, code = {https://example.org/oe}}
@article{strasse, title = {Die Stra{\ss}e}, author = {M{\"u}ller, J{\"o}rg}, journal = {Acta},
  year = 2024, keywords = {Roads, Theory}}
@article{plain, title = {Strasse without letters}, author = {Muller, Jorg}, journal = {Acta},
  year = 2024, keywords = {roads}}
@article{zh, title = {时间序列数据库的压缩}, author = {黄宇翔 and 赵威霖}, journal = {软件学报},
  year = 2022, keywords = {数据库}}
@article{ja, title = {日本語のＡＢＣデータ}, author = {山田, 太郎}, journal = {情報処理}, year = 2022}
@article{ko, title = {한국어 정보 검색}, author = {김, 민수}, journal = {Acta}, year = 2021}
@inproceedings{many, title = {Many hands}, booktitle = {EMNLP 2024}, year = 2024,
  author = {A, Aa and B, Bb and C, Cc and D, Dd and E, Ee and F, Ff and Hidden, Henrietta and H, Hh
  and I, Ii and Huang, Yuxiang}, code = {https://example.org/m}, doi = {10.1000/Odd(1)-X}}
@article{hostile, title = {Hostile}, author = {Mallory}, journal = {HOSTILE}, year = 2020,
  keywords = {HOSTILE, " onfocus=alert(2) x="}}
@phdthesis{thesis, title = {A thesis}, author = {Huang, Yuxiang}, school = {Tsinghua}, year = 2020}
@misc{pre, title = {A preprint}, author = {Huang, Yuxiang}, year = 2023, eprint = {2301.00001},
  archiveprefix = {arXiv}, keywords = {Theory}}
@article{press, title = {Later}, author = {Lee, Ann}, journal = {Acta}, year = {in press}}
""".replace("HOSTILE", HOSTILE)
EVERYTHING = set("oe strasse plain zh ja ko many hostile thesis pre press".split())
FILES = {
    "publications.bib": BIB,
    "people.yml": "Yuxiang Huang: {native: 黄宇翔}\nJörg Müller: {native: 穆勒}\n",
    "publications.md": "# All\n\n<!-- publications {group: year} -->\n\nThe end, see [this](#zh).\n",
    "two.md": (
        "# Two\n\n## Articles\n\n<!-- publications {type: article, find: true} -->\n\n"
        "## Few\n\n<!-- publications {limit: 3} -->\n\n## All\n\n<!-- publications -->\n"
    ),
    "off.md": "# Off\n\n<!-- publications {find: false} -->\n",
}
LIST = "/publications/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("find"), FILES)


@pytest.fixture(scope="module")
def url(site: Built, serve_dir: Callable[[Path], str]) -> str:
    return serve_dir(site.site_dir)


@pytest.fixture(scope="module")
def instant_url(tmp_path_factory: pytest.TempPathFactory, serve_dir: Callable[[Path], str]) -> str:
    """The same site with Material's instant navigation, which wants the site's address."""
    folder = tmp_path_factory.mktemp("instant")
    address = serve_dir(folder)
    settings = {"site_url": f"{address}/site/", "theme": {"features": ["navigation.instant"]}}
    pages.build(folder, FILES, settings)
    return f"{address}/site"


@contextmanager
def looking(
    browser: Browser, width: int = 1280, scheme: str = "light", **options: Any
) -> Iterator[Page]:
    """A page of a certain width and scheme, on which nothing may go wrong."""
    options |= {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    said: list[str] = []
    with browser.new_context(**options) as context:
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        yield page
    assert not said


def field(page: Page, number: int = 0) -> Any:
    return page.get_by_role("searchbox", name="Search publications").nth(number)


def box(page: Page, name: str) -> Any:
    """The check box of a value, by its name without the number."""
    return page.get_by_role("checkbox", name=re.compile(rf"^{re.escape(name)} \(\d+\)$"))


def clear(page: Page) -> Any:
    """The button that gives up all words and filters; Material's search has one, too."""
    return page.locator("form.hp-find").get_by_role("button", name="Clear")


def said(page: Page) -> Any:
    """Where the number of works is said; copying has a place of its own."""
    return page.locator("form.hp-find").get_by_role("status")


def opened(page: Page) -> Page:
    """The page with its filters open."""
    page.locator(".hp-find__filter > summary").first.click()
    return page


def shown(page: Page) -> set[str]:
    """The ids of the publications that can be seen; of several lists, of all."""
    found = page.locator(".hp-pub").evaluate_all(
        "all => all.filter(e => e.checkVisibility()).map(e => e.id)"
    )
    return set(found)


def counts(page: Page, legend: str) -> dict[str, int]:
    """The values of a facet with the numbers beside them."""
    labels = page.locator(f".hp-find fieldset:has(legend:text-is('{legend}')) label").all_inner_texts()
    pairs = [re.fullmatch(r"\s*(.*) \((\d+)\)", label) for label in labels]
    assert pairs
    return {pair[1]: int(pair[2]) for pair in pairs if pair}


# -- words -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("smorrebrod", {"oe"}),
        ("SMØRREBRØD", {"oe"}),
        ("straße", {"strasse", "plain"}),
        ("STRASSE", {"strasse", "plain"}),
        ("müller", {"strasse", "plain"}),
        ("muller", {"strasse", "plain"}),
        ("Mu\u0308ller", {"strasse", "plain"}),
        ("ostby chloe", {"oe"}),
        ("henrietta", {"many"}),
        ("穆勒", {"strasse", "plain"}),
        ("黄宇翔", {"oe", "zh", "many", "thesis", "pre"}),
        ("数据", {"zh"}),
        ("序列　压缩", {"zh"}),
        ("ａｂｃ", {"ja"}),
        ("abcデータ", {"ja"}),
        ("山田", {"ja"}),
        ("정보", {"ko"}),
        ("민수", {"ko"}),
        ("软件学报", {"zh"}),
        ("2301.00001", {"pre"}),
        ("https://arxiv.org/abs/2301.00001", {"pre"}),
        ("10.1000/odd(1)-x", {"many"}),
        ("emnlp 2024", {"many"}),
        ("2024 acta", {"strasse", "plain"}),
        ("theory", {"strasse", "pre"}),
        ('"Many hands"', {"many"}),
        ("“hands many”", set()),
        ('hands "many', {"many"}),
        ("yuxiang 2023", {"oe", "pre"}),
        ("nothing of the kind", set()),
        ("   ", EVERYTHING),
        (".*", set()),
    ],
)
def test_words_find_what_means_the_same(
    browser: Browser, url: str, words: str, expected: set[str]
) -> None:
    with looking(browser) as page:
        page.goto(url + LIST)
        assert shown(page) == EVERYTHING
        field(page).fill(words)
        assert shown(page) == expected


def test_groups_without_a_work_have_no_heading(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + LIST)
        field(page).fill("theory")
        visible = page.locator(".md-content h2:visible").evaluate_all("all => all.map(e => e.id)")
        assert visible == ["2024", "2023"]
        expect(page.get_by_text("The end")).to_be_visible()
        heights = page.locator(".hp-publications").evaluate_all("all => all.map(e => e.offsetHeight)")
        assert [height > 0 for height in heights] == [False, True, True, False, False, False]
        field(page).fill("")
        expect(page.locator(".md-content h2:visible")).to_have_count(6)


def test_number_is_said_once_and_politely(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + LIST)
        status = said(page)
        expect(status).to_have_text("")
        page.evaluate(
            "window.said = []; new MutationObserver(() => said.push("
            "document.querySelector('.hp-find__status').textContent))"
            ".observe(document.querySelector('.hp-find__status'), {childList: true})"
        )
        field(page).press_sequentially("theory", delay=30)
        expect(field(page)).to_be_focused()
        expect(status).to_have_text("2 of 11 publications")
        assert page.evaluate("said") == ["2 of 11 publications"]
        field(page).fill("nothing of the kind")
        expect(status).to_have_text("No publication matches")
        clear(page).click()
        expect(status).to_have_text("All 11 publications")
        expect(field(page)).to_be_focused()
        expect(clear(page)).to_be_hidden()
        assert shown(page) == EVERYTHING


def test_pinyin_on_its_way_to_a_character_is_no_word_yet(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + LIST)
        field(page).focus()
        client = page.context.new_cdp_session(page)
        typing = {"selectionStart": 0, "selectionEnd": 0}
        client.send("Input.imeSetComposition", {"text": "shuju", **typing})
        expect(field(page)).to_have_value("shuju")
        assert shown(page) == EVERYTHING
        client.send("Input.imeSetComposition", {"text": "数据", **typing})
        client.send("Input.insertText", {"text": "数据"})
        assert shown(page) == {"zh"}


# -- facets ----------------------------------------------------------------------


def test_facets_combine_and_their_numbers_are_those_that_the_others_leave(
    browser: Browser, url: str
) -> None:
    with looking(browser) as page:
        page.goto(url + LIST)
        opened(page)
        years = {"In press": 1, "2024": 3, "2023": 2, "2022": 2, "2021": 1, "2020": 2}
        assert counts(page, "Year") == years
        assert counts(page, "Only") == {"First author": 4, "Code available": 2}
        assert counts(page, "Topic")["Roads"] == 2
        assert counts(page, "Venue")["EMNLP"] == 2
        box(page, "2024").check()
        assert shown(page) == {"strasse", "plain", "many"}
        box(page, "2023").check()
        assert shown(page) == {"strasse", "plain", "many", "oe", "pre"}
        assert counts(page, "Year") == years, "years are alternatives"
        assert counts(page, "Type") == {
            "Journal articles": 2,
            "Conference papers": 2,
            "Theses": 0,
            "Preprints": 1,
        }
        expect(box(page, "Theses")).to_be_disabled()
        box(page, "First author").check()
        box(page, "Code available").check()
        assert shown(page) == {"oe"}
        assert counts(page, "Year") == {**dict.fromkeys(years, 0), "2023": 1}
        expect(box(page, "2024")).to_be_enabled()
        field(page).fill("many")
        assert shown(page) == set()
        clear(page).click()
        assert shown(page) == EVERYTHING
        assert counts(page, "Year") == years
        expect(page.locator(".hp-find input:checked")).to_have_count(0)


def test_summary_says_what_is_chosen(browser: Browser, url: str) -> None:
    with looking(browser, 360) as page:
        page.goto(url + LIST + "?year=2024&type=article")
        expect(page.locator(".hp-find__filter > summary")).to_have_text("Filter: 2024, Journal articles")


def test_markup_in_keywords_and_venues_stays_text(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + LIST)
        opened(page)
        page.locator(".hp-find label", has_text=HOSTILE).first.click()
        assert shown(page) == {"hostile"}
        assert page.locator(".hp-find :is(img, script, [onfocus])").count() == 0
        page.reload()
        assert shown(page) == {"hostile"}
        field(page).fill(HOSTILE.split(maxsplit=1)[0])
        assert shown(page) == {"hostile"}


# -- the address -----------------------------------------------------------------


def query(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.search)"))


def test_address_is_shared_and_the_back_button_works(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + LIST + "?utm=x#the-end")
        opened(page)
        field(page).press_sequentially("a", delay=20)
        box(page, "2024").check()
        assert query(page) == "?utm=x&q=a&year=2024"
        box(page, "Journal articles").check()
        box(page, "Roads").check()
        assert query(page) == "?utm=x&q=a&year=2024&type=article&topic=Roads"
        address = page.evaluate("location.href")  # Playwright hears of it a moment later
        assert address.endswith("#the-end")
        assert shown(page) == {"strasse", "plain"}
        page.go_back()
        page.go_back()
        assert query(page) == "?utm=x&q=a&year=2024"
        assert shown(page) == {"strasse", "plain", "many"}
        expect(box(page, "Journal articles")).not_to_be_checked()
        expect(box(page, "2024")).to_be_checked()
        page.go_back()
        assert query(page) == "?utm=x&q=a"
        page.go_forward()
        assert shown(page) == {"strasse", "plain", "many"}
    with looking(browser) as page:
        page.goto(address)
        assert shown(page) == {"strasse", "plain"}
        expect(field(page)).to_have_value("a")
        expect(said(page)).to_have_text("2 of 11 publications")
        expect(page).to_have_url(address)
        expect(page.locator(".md-search__output")).to_be_hidden()  # Material's own takes ?q=, too
        assert not page.locator("#__search").is_checked()
        opened(page)
        expect(box(page, "Roads")).to_be_checked()
        clear(page).click()
        expect(page).to_have_url(url + LIST + "?utm=x#the-end")
        page.go_back()
        assert shown(page) == {"strasse", "plain"}


def test_typing_is_one_step_back(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + "/off/")
        page.goto(url + LIST)
        field(page).press_sequentially("theory", delay=10)
        expect(page).to_have_url(url + LIST + "?q=theory")
        page.go_back()
        expect(page).to_have_url(url + "/off/")
        page.go_forward()
        assert shown(page) == {"strasse", "pre"}
        expect(field(page)).to_have_value("theory")


@pytest.mark.parametrize("asked", ["?year=1066", "?type=&topic=%FF%00&venue=x", "?q=%20", "?year2=2024"])
def test_address_that_asks_for_nothing_known_shows_all(browser: Browser, url: str, asked: str) -> None:
    with looking(browser) as page:
        page.goto(url + LIST + asked)
        expect(field(page)).to_be_visible()
        assert shown(page) == EVERYTHING


def test_address_of_a_hidden_work_shows_it(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + LIST + "?year=2024#oe")
        expect(page.locator("#oe")).to_be_in_viewport()
        expect(page).to_have_url(url + LIST + "#oe")
        field(page).fill("strasse")
        expect(page.locator("#zh")).to_be_hidden()
        page.get_by_role("link", name="this").click()
        expect(page.locator("#zh")).to_be_in_viewport()
        expect(page).to_have_url(url + LIST + "#zh")
        field(page).fill("strasse")
        page.locator(".md-nav__link[href='#2021']").first.click()
        expect(page.locator("h2[id='2021']")).to_be_in_viewport()
        assert shown(page) == EVERYTHING


def test_two_lists_on_a_page_are_two_searches(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + "/two/?q=theory&year2=2023")
        expect(page.locator("form.hp-find")).to_have_count(2)
        lists = [
            found.evaluate("e => [...e.children].filter(c => c.checkVisibility()).map(c => c.id)")
            for found in page.locator(".hp-publications").all()
        ]
        assert lists == [["strasse"], ["press--2", "strasse--2", "plain--2"], ["oe", "pre"]]
        field(page, 1).fill("smørrebrød")
        expect(page).to_have_url(re.compile(r"\?q=theory&q2=sm%C3%B8rrebr%C3%B8d&year2=2023$"))
        assert "oe" in shown(page)
        assert "pre" not in shown(page)
        assert "strasse" in shown(page)
        expect(page.locator(".md-content h2:visible")).to_have_count(3)


# -- where it is and is not ------------------------------------------------------


def test_without_javascript_the_list_is_whole_and_alone(browser: Browser, url: str) -> None:
    with looking(browser, java_script_enabled=False) as page:
        page.goto(url + LIST + "?q=theory")
        expect(page.locator(".hp-pub:visible")).to_have_count(len(EVERYTHING))
        expect(page.locator(".md-content :is(input, form, button):visible")).to_have_count(0)
        assert "Search publications" not in page.locator(".md-content").inner_text()


def test_short_lists_and_other_pages_have_neither_form_nor_script(site: Built) -> None:
    for path in ("index.html", "off/index.html"):
        assert "hp-find" not in site.read(path)
        assert "find.js" not in site.read(path)
    assert site.read("two/index.html").count("<template") == 2


def test_data_is_not_in_the_search_index(site: Built) -> None:
    index = site.read("search/search_index.json")
    assert "strasse" in index
    assert "Search publications" not in index
    assert "穆勒" not in index
    assert "First author" not in index


def test_html_is_valid(site: Built) -> None:
    assert [p for p in html_problems(site.site_dir) if "find" in p] == []


def test_instant_navigation_swaps_the_page_and_not_the_search(
    browser: Browser, instant_url: str
) -> None:
    with looking(browser) as page:
        page.goto(instant_url + "/off/")
        page.evaluate("window.same = true")
        page.locator(".md-nav__link[href$='publications/']").first.click()
        expect(field(page)).to_be_visible()
        assert page.evaluate("window.same"), "the page was swapped, not loaded"
        field(page).fill("theory")
        assert shown(page) == {"strasse", "pre"}
        expect(page).to_have_url(instant_url + LIST + "?q=theory")
        opened(page)
        box(page, "2024").check()
        assert shown(page) == {"strasse"}
        page.go_back()
        expect(page).to_have_url(instant_url + LIST + "?q=theory")
        assert shown(page) == {"strasse", "pre"}
        page.go_forward()
        assert shown(page) == {"strasse"}
        page.locator(".md-nav__link[href$='two/']").first.click()
        expect(page.locator("form.hp-find")).to_have_count(2)
        expect(page).to_have_url(instant_url + "/two/")
        page.go_back()
        expect(page.locator("form.hp-find")).to_have_count(1)
        expect(field(page)).to_have_value("theory")
        assert shown(page) == {"strasse"}
        page.get_by_role("link", name="this").click()
        expect(page.locator("#zh")).to_be_in_viewport()
        assert page.evaluate("window.same")


# -- for everybody ---------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 360])
def test_everything_by_keyboard(browser: Browser, url: str, width: int) -> None:
    with looking(browser, width) as page:
        page.goto(url + LIST)
        field(page).focus()
        page.keyboard.press("Tab")
        expect(page.locator(".hp-find__filter > summary")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(box(page, "In press")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert shown(page) == {"strasse", "plain", "many"}
        expect(box(page, "2024")).to_be_focused()
        outline = box(page, "2024").evaluate("e => getComputedStyle(e).outlineStyle")
        assert outline != "none"
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.hp-find__clear')"):
                break
        page.keyboard.press("Enter")
        assert shown(page) == EVERYTHING
        expect(field(page)).to_be_focused()
        page.keyboard.type("theory")
        page.keyboard.press("Enter")
        assert shown(page) == {"strasse", "pre"}
        expect(field(page)).to_be_focused()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessible_and_within_the_window(browser: Browser, url: str, width: int, scheme: str) -> None:
    with looking(browser, width, scheme) as page:
        page.goto(url + "/two/?q2=a&year2=2024")
        for summary in page.locator(".hp-find__filter > summary").all():
            summary.click()
        across, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert across <= window
        found = Axe().run(page, options=AXE).response
        assert not found["violations"], found["violations"]
        targets = page.locator(
            ".hp-find :is(fieldset label, summary, button, input[type=search]):visible"
        )
        assert targets.count() > 10
        for target in targets.all():
            size = target.bounding_box()
            assert size
            assert min(size["width"], size["height"]) >= 24, target.inner_text()


def test_on_narrow_screens_the_form_takes_three_lines(browser: Browser, url: str) -> None:
    with looking(browser, 360) as page:
        page.goto(url + LIST)
        before = page.locator("form.hp-find").bounding_box()
        assert before
        assert before["height"] < 110
        page.goto(url + LIST + "?year=2024&type=article")
        expect(said(page)).not_to_have_text("")
        after = page.locator("form.hp-find").bounding_box()
        assert after
        assert after["height"] == before["height"], "nothing jumps"


def test_form_is_not_printed_but_what_it_found(browser: Browser, url: str) -> None:
    with looking(browser) as page:
        page.goto(url + LIST + "?q=theory")
        page.emulate_media(media="print")
        expect(page.locator("form.hp-find")).to_be_hidden()
        assert shown(page) == {"strasse", "pre"}


# -- a thousand ------------------------------------------------------------------


def test_a_thousand_publications(
    make_site: Callable[..., Built], browser: Browser, serve_dir: Callable[[Path], str]
) -> None:
    files = {
        "publications.md": "# All\n\n<!-- publications {group: year} -->\n",
        "publications.bib": bibliography(1000),
    }
    address = serve_dir(make_site(files, {"extra": {"homepage": {"paper_pages": False}}}).site_dir)
    with looking(browser, 360) as page:
        page.goto(address + LIST)
        expect(page.locator(".hp-pub")).to_have_count(1000)
        field(page).fill("ostby garcia 2019")
        found = shown(page)
        assert 0 < len(found) < 30
        expect(said(page)).to_have_text(f"{len(found)} of 1000 publications")
        clear(page).click()
        opened(page)
        years = page.locator("fieldset:has(legend:text-is('Year'))")
        expect(years.locator("label:visible")).to_have_count(8)
        expect(years.get_by_text("29 more")).to_be_visible()
        years.locator("summary").click()
        expect(years.locator("label:visible")).to_have_count(37)
        box(page, "1990").check()
        number = counts(page, "Year")["1990"]
        assert len(shown(page)) == number > 10
        page.goto(address + LIST + "#key500")
        expect(page.locator("#key500")).to_be_in_viewport()
        height = "document.querySelector('article').offsetHeight"
        guessed = page.evaluate(height)  # of what is far from sight
        page.evaluate(
            """() => {
              const sheet = new CSSStyleSheet()
              sheet.replaceSync(".hp-publications, .hp-pub { content-visibility: visible !important }")
              document.adoptedStyleSheets = [sheet]
            }"""
        )
        assert guessed == pytest.approx(page.evaluate(height), rel=0.5)
