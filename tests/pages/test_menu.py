"""What the menu names, and the pages that are there only while it does."""

import pytest
from mkdocs.utils.meta import get_data

from commands.shared import starter
from homepage.pages.menu import accessible, is_only_in_nav, left_out, titles

PATHS = ["index.md", "talks.md", "blog/index.md", "blog/posts/one.md", "blog/me.png", "blogger.md"]


@pytest.mark.parametrize(
    ("nav", "expected"),
    [
        (None, {}),
        ([], {}),
        (["index.md", "./talks.md"], {"index.md": "", "talks.md": ""}),
        ([{"Home": "index.md"}, {"More": [{"Talks": "talks.md"}, "a//b.md"]}],
         {"index.md": "Home", "talks.md": "Talks", "a/b.md": ""}),
        ([{"More": {"Deep": [{"1984": "talks.md"}]}}], {"talks.md": "1984"}),
        ([{"First": "talks.md"}, {"Second": "talks.md"}], {"talks.md": "First"}),
        ([{"Empty": None}, 7], {}),
    ],
    ids=["none", "empty", "paths", "titles", "deep", "twice", "nonsense"],
)  # fmt: skip
def test_titles_of_a_menu(nav: object, expected: dict[str, str]) -> None:
    assert titles(nav) == expected


@pytest.mark.parametrize(
    ("only_in_nav", "named", "expected"),
    [
        ([], [], set()),
        (["talks.md"], [], {"talks.md"}),
        (["talks.md"], ["talks.md"], set()),
        (["blog/index.md"], [], {"blog/index.md", "blog/posts/one.md", "blog/me.png"}),
        (["blog/index.md"], ["blog/posts/one.md"], {"blog/index.md", "blog/me.png"}),
        (["blog/index.md"], ["blog/index.md"], set()),
        (["index.md"], [], {"index.md"}),
    ],
    ids=["none", "page", "named page", "folder", "all but one", "named folder", "home"],
)
def test_pages_that_the_menu_does_not_name_stay_out(
    only_in_nav: list[str], named: list[str], expected: set[str]
) -> None:
    assert left_out(PATHS, only_in_nav, named) == expected


def test_vague_names_say_whose_they_are() -> None:
    menu = '<a href="more/"><span class="e">\n More\n</span></a> <a href="m/">More of it</a> <a>more</a>'
    told = accessible(menu, "Ann <Lee>")
    hidden = '<span class="hp-hidden">: Ann &lt;Lee&gt;</span>'
    assert told == menu.replace(" More\n", f" More{hidden}\n").replace("more</a>", f"more{hidden}</a>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nonly_in_nav: true\n---\n# T\n", True),
        ("---\r\ntitle: T\r\nonly_in_nav: True\r\n---\r\n# T\r\n", True),
        ("\ufeff---\nonly_in_nav:   yes # until June\n...\n# T\n", True),
        ("---\nonly_in_nav: false\n---\n# T\n", False),
        ('---\nonly_in_nav: "true"\n---\n# T\n', False),
        ("---\ntitle: only_in_nav\n---\nonly_in_nav: true\n", False),
        ("---\nonly_in_nav: [\n---\n# T\n", False),
        ("# only_in_nav: true\n", False),
    ],
)
def test_a_page_says_that_it_waits_for_the_menu(text: str, expected: bool) -> None:
    assert is_only_in_nav(text) is expected
    read = get_data(text.replace("\r", "").removeprefix("\ufeff"))[1]  # as MkDocs reads it
    assert (read.get("only_in_nav") is True) is expected
    assert starter.examples({"talks.md": text}, ["talks.md"], None) == (
        {"talks.md"} if expected else set()
    )
