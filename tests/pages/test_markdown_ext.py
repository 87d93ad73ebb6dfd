"""Maths as MathML, and lists after `<!-- timeline -->` as timelines, in Markdown of this site."""

import copy
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import markdown
import pytest
import yaml

from homepage.pages.markdown_ext import HomepageExtension
from support import ROOT, Built, pages


def render(text: str) -> Element:
    """HTML of Markdown, with the extensions of this site."""
    config: Any = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = [e if isinstance(e, dict) else {e: {}} for e in config["markdown_extensions"]]
    options = {name: value for extension in listed for name, value in extension.items()}
    assert "pymdownx.arithmatex" in options
    extensions = [*options, HomepageExtension()]
    return pages.parse(markdown.markdown(text, extensions=extensions, extension_configs=options))


# -- maths --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "shown", "display"),
    [
        (r"$1.9\times$", "1.9×", None),
        (r"\(a+b\)", "a+b", None),
        ("$$a+b$$", "a+b", "block"),
        ("\\[a+b\\]", "a+b", "block"),
        ("$$\na + b\n$$", "a+b", "block"),
        (r"\begin{equation}a+b\end{equation}", "a+b", "block"),
        ("$a < b$", "a<b", None),
        ("**$x$**", "x", None),
        ("| a |\n| - |\n| $x$ |", "x", None),
        ("!!! note\n\n    $x$", "x", None),
        ("- $x$", "x", None),
    ],
)
def test_maths_is_mathml(source: str, shown: str, display: str | None) -> None:
    tree = render(source)
    (formula,) = tree.iter("math")
    assert pages.text(formula).replace(" ", "") == shown
    assert formula.get("display") == display
    assert not list(tree.iter("script"))
    assert not pages.classed(tree, "arithmatex")
    assert "\\" not in pages.text(tree)
    assert "$" not in pages.text(tree)


def test_text_around_maths_stays() -> None:
    assert pages.text(render(r"Up to $1.9\times$ and $2.8\times$, *so* $x$.")) == (
        "Up to 1.9× and 2.8×, so x."
    )


@pytest.mark.parametrize("source", [r"\begin{pmatrix} a", "}{", "x" * 3000])
def test_maths_that_cannot_be_read_stays_as_code(source: str) -> None:
    tree = render(f"Before \\({source}\\) after.")
    shown = [pages.text(e) for e in tree.iter("code")]
    assert shown == [source]
    assert not list(tree.iter("math"))
    assert pages.text(tree).endswith("after.")


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and $6.",
        "US$ 5, or 5 $ a piece",
        "From $HOME to $PATH and back",
        r"An escaped \$x\$ stays",
    ],
)
def test_dollars_in_prose_stay_dollars(text: str) -> None:
    tree = render(text)
    assert pages.text(tree) == text.replace("\\$", "$")
    assert not list(tree.iter("math"))


@pytest.mark.parametrize(
    "text", ["`$x$`", "```\n$x$\n```", "    $x$", "- a\n\n    ```\n    $x$\n    ```"]
)
def test_maths_in_code_stays_code(text: str) -> None:
    tree = render(text)
    assert [pages.text(e) for e in tree.iter("code")] == ["$x$"]
    assert not list(tree.iter("math"))


def test_hostile_maths_puts_nothing_into_the_page() -> None:
    tree = render(
        r"$\href{javascript:alert(1)}{x}$ $\text{<script>alert(1)</script>}$ "
        r"$&lt;img src=x onerror=1&gt;$"
    )
    assert "x" in pages.text(tree)
    for element in tree.iter():
        assert element.tag not in ("script", "img", "a")
        assert not [name for name in element.attrib if name.startswith("on") or name == "href"]


# -- timelines ----------------------------------------------------------------


def timeline(items: str) -> Element:
    """The timeline of a list."""
    (found,) = pages.classed(render(f"<!-- timeline -->\n\n{items}"), "hp-timeline")
    return found


def dates(element: Element) -> list[str]:
    """What stands in the column of dates, item by item, without marks such as the comma."""
    found = []
    for item in element.findall("li"):
        for date in item.findall("span[@class='hp-timeline__date']"):
            shown = copy.deepcopy(date)
            for mark in pages.classed(shown, "hp-timeline__mark"):
                mark.text = ""
            found.append(pages.text(shown))
    return found


ITEMS = {  # an item, its date, its datetimes
    "- 2022.07-now: Working in a group": ("2022.07-now", ["2022-07"]),
    "- 2021.10-2022.07, Training: at school": ("2021.10-2022.07", ["2021-10", "2022-07"]),
    "- 2021.09-now, University, Beijing.": ("2021.09-now", ["2021-09"]),
    "- An award of the dept., 2022.09-2023.07": ("2022.09-2023.07", ["2022-09", "2023-07"]),
    "- An award (2022)": ("2022", ["2022"]),
    "- 2022 autumn - 2023 spring: Teaching": ("2022 autumn - 2023 spring", ["2022", "2023"]),
    "- **2020**: Bold *date*": ("2020", ["2020"]),
    "- **2020:** Bold date and colon": ("2020", ["2020"]),
    "- *2020-05-04* Leaning": ("2020-05-04", ["2020-05-04"]),
    "- 2020-05-04 – today: A full date": ("2020-05-04 – today", ["2020-05-04"]),
    "- Sep. 2019 – June 2020: Months": ("Sep. 2019 – June 2020", ["2019", "2020"]),
    "- 2019 - present | A bar": ("2019 - present", ["2019"]),
    "- A [link](x) and `code`, 2018": ("2018", ["2018"]),
    "- Ends in a [link, 2018](x)": ("", []),
    "- 2020 was a good year": ("", []),
    "- Room 1234 is open": ("", []),
    "- Maintainer: a repository": ("", []),
    "- 2022.13: no such month": ("2022.13", []),
}


@pytest.mark.parametrize("item", ITEMS)
def test_date_of_an_item_stands_in_a_column_of_its_own(item: str) -> None:
    shown, machine = ITEMS[item]
    found = timeline(item)
    assert dates(found) == [shown] * bool(shown)
    assert [e.get("datetime") for e in found.iter("time")] == machine


@pytest.mark.parametrize("item", ITEMS)
def test_text_of_an_item_reads_as_it_is_written(item: str) -> None:
    plain = pages.text(render(item))
    assert plain
    assert pages.text(timeline(item)) == plain


NESTED = """
- Teaching, 2022

    - Lecture 1, 2021
    - Lecture 2

- 2020: Research

    More of it.

    - with a list

- 2019

    Only a date before this text.
"""


def test_items_may_hold_paragraphs_and_lists() -> None:
    found = timeline(NESTED)
    assert dates(found) == ["2022", "2020", "2019"]
    assert pages.text(found) == pages.text(render(NESTED))
    nested = [pages.text(e) for e in found.iter("li")]
    assert "Lecture 1, 2021" in nested, "lists inside an item stay lists"


def test_tight_item_with_a_list_keeps_the_order_of_its_text() -> None:
    items = "- Teaching, 2022\n    - Lecture 1\n    - Lecture 2\n- 2020: Research\n    - a\n"
    found = timeline(items)
    assert dates(found) == ["2022", "2020"]
    assert pages.text(found) == "Teaching, 2022 Lecture 1 Lecture 2 2020: Research a"


def test_only_the_list_behind_the_comment_is_a_timeline() -> None:
    tree = render("- 2020: a\n\nText\n\n<!-- timeline -->\n\n1. 2021: b\n\nText\n\n- 2022: c\n")
    assert [e.tag for e in pages.classed(tree, "hp-timeline")] == ["ol"]
    assert pages.text(pages.classed(tree, "hp-timeline")[0]) == "2021: b"


def test_timeline_may_stand_in_an_admonition() -> None:
    tree = render("!!! note\n\n    <!-- timeline -->\n\n    - 2021: b\n")
    (found,) = pages.classed(tree, "hp-timeline")
    assert dates(found) == ["2021"]


@pytest.mark.parametrize("code", ["```\n{}\n```", "~~~\n{}\n~~~", "- a\n\n    ```\n{}\n    ```"])
def test_comment_in_code_is_code(code: str) -> None:
    indent = "    " if code.startswith("-") else ""
    sample = "\n".join(indent + line for line in ("<!-- timeline -->", "", "- 2021: b"))
    tree = render(code.format(sample))
    assert not pages.classed(tree, "hp-timeline")
    assert [pages.text(e) for e in tree.iter("code")] == ["<!-- timeline --> - 2021: b"]


def test_another_comment_makes_no_timeline() -> None:
    assert not pages.classed(render("<!-- timelines -->\n\n- 2021: b\n"), "hp-timeline")


def test_whole_page_has_maths_and_timeline_without_a_script(tmp_path: Path) -> None:
    text = "# P\n\n$x$\n\n<!-- timeline -->\n\n- 2021: b [@k] $y$\n"
    bib = "@misc{k, title = {T}, author = {Huang, Yuxiang}, year = {2020}}\n"
    built: Built = pages.build(tmp_path, {"index.md": text, "publications.bib": bib})
    content = pages.article(built.read("index.html"))
    assert pages.text(content) == "P x 2021: b (Huang, 2020) y"
    assert len(list(content.iter("math"))) == 2
    assert not list(content.iter("script"))


# -- syntax that Material documents ---------------------------------------------


@pytest.mark.parametrize(
    ("source", "tag", "shown"),
    [
        ("H~2~O", "sub", "2"),
        ("x^2^", "sup", "2"),
        ("==marked==", "mark", "marked"),
        ("^^new^^", "ins", "new"),
        ("~~old~~", "del", "old"),
        ("++ctrl+c++", "kbd", "Ctrl"),
        ("Term\n:   What it is", "dd", "What it is"),
        ("![A](a.png)\n/// caption\nBelow\n///", "figcaption", "Below"),
        ('=== "One"\n\n    First.\n', "label", "One"),
        ("```python\nx = 1\n```", "code", "x = 1"),
        ("`#!python x = 1`", "code", "x = 1"),
    ],
)
def test_syntax_of_material_works(source: str, tag: str, shown: str) -> None:
    assert pages.text(next(render(source).iter(tag))) == shown


@pytest.mark.parametrize(
    "text", ["~5 papers and ~10 more", "2 ^ 3", "C++ and C++", "a == b", "10:30:45", "1 = 2 == 3"]
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert pages.text(render(text)) == text


# -- ids of headings ------------------------------------------------------------

HEADINGS = {
    "研究 兴趣": "研究-兴趣",
    "研究": "研究",
    "日本語の見出し（2024）": "日本語の見出し2024",
    "한국어 소개": "한국어-소개",
    "البحث العلمي": "البحث-العلمي",
    "Исследования": "исследования",
    "Über uns: Café": "uber-uns-cafe",
    "U\u0308ber": "uber",
    "C++ 和 Python": "c-和-python",
    "Plain words": "plain-words",
}


@pytest.mark.parametrize(("heading", "expected"), HEADINGS.items())
def test_headings_of_any_script_have_ids_that_do_not_move(heading: str, expected: str) -> None:
    for before in ("", "## 前言\n\n"):
        *_, found = render(f"{before}## {heading}\n").iter("h2")
        assert found.get("id") == expected


def test_a_heading_twice_has_two_ids_and_a_slug_of_the_owner_stays() -> None:
    assert [h.get("id") for h in render("## 研究\n\n## 研究\n\n## 新 {#new}\n").iter("h2")] == [
        "研究", "研究_1", "new",
    ]  # fmt: skip
    config = {"toc": {"slugify": lambda text, _: text[::-1]}}
    html = markdown.markdown("## ab", extensions=["toc", HomepageExtension()], extension_configs=config)
    assert html == '<h2 id="ba">ab</h2>'
