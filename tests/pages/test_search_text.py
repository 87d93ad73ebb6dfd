"""Search in Chinese and Japanese: any part of a text is found, and pages stay as they are written."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from homepage.pages.search_text import SEGMENT_END, segmented, unsegmented
from support import Built


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>黄宇翔</p>", "<p>黄|宇|翔</p>"),
        ("<h2 id='中文'>中文 A研究B</h2>", "<h2 id='中文'>中|文 A研|究B</h2>"),
        ("日本語の<b>研究</b>", "日|本|語|の<b>研|究</b>"),
        ("한국어 é", "한국어 é"),
        ("plain", "plain"),
    ],
)
def test_characters_become_words_and_come_back(html: str, expected: str) -> None:
    assert segmented(html).replace(SEGMENT_END, "|") == expected
    assert unsegmented(segmented(html)) == html


def test_spaces_without_width_of_the_owner_stay() -> None:
    for text in ("大\u200b学生", "a\u200b\u200bb", "<scr\u200b\u200bipt>学生"):
        assert unsegmented(segmented(text)) == text


def test_any_part_of_a_text_is_found(
    make_site: Callable[..., Built], serve_dir: Callable[[Path], str], page: Page
) -> None:
    files = {
        "index.md": "# Home\n\nNothing here.\n",
        "a.md": "# 主页\n\n我研究高效的大语言模型。\n",
        "publications.md": "# List\n\n<!-- publications -->\n",
        "publications.bib": "@article{k, title={深度学习的方法}, author={黄宇翔}, year=2024}\n",
    }
    built = make_site(files)
    assert "我研究高效的大语言模型。" in built.read("a/index.html")
    address = serve_dir(built.site_dir)
    for words, where in {"语言": "/a/", "宇翔": "/publications/k/", "学习": "/publications/k/"}.items():
        page.goto(address)
        page.locator(".md-search__input").click()
        page.keyboard.insert_text(words)
        page.keyboard.press("Shift")  # Material listens to keys
        expect(page.locator(".md-search-result__link").first).to_have_attribute(
            "href", f"{address}{where}"
        )
