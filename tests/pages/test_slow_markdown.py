"""Markdown that would take minutes to convert is told before, and no other."""

import pytest

from homepage.common.slugs import slugify
from homepage.pages import slow_markdown
from support import ROOT, Built, mkdocs, small_site
from support.pages import article, text

SIZE = 60_000
BOMBS = {
    unit: told
    for told, units in {
        "tags of HTML": ["<a ", "<a \n", "<p ", '<div a="', "<img src=x ", "<a x='y' ", "\n\n<div "],
        "brackets ([)": ["[", "![", "[^", "[a][", "[a][b", "[[a]"],
        "parentheses": ["[a](", "![a](", "[a](((", '[a]("b) '],
        "marks in one paragraph": ["`` `", r"\$", "`a"],
        "maths": [r"\(one two three ", "\\(one\ntwo three\n", r"\begin{align} "],
        "headings, rules": ["# a\n", "a\n=\n", "a\n---\n", "---\n", "=\n", "[a]:\n", "??? note\n"],
        "levels in one line": ["1. ", "+ - * ", "> ", "> - "],
        "HTML with Markdown": ["<div markdown>", "<span markdown='1'>\n", "<div markdown><div></div>"],
        "elements of HTML": ["<b>", "<p>\n\n", "<ul><li>"],
        "times the same": [" ", "\t", "*"],
        "tables of contents": ["[TOC]\n\n"],
        "5,000 headings": ["# a\n\n"],
        "references to one footnote": ["[^a]: b [^a] "],
        "a section of SGML": ["<![foo] "],
    }.items()
    for unit in units
}
TEXTS = {
    "a table of links": "| a | b |\n|---|---|\n" + "| [a](b.md) `c` | [0, 1) \\* |\n" * 3_000,
    "a list of links": "".join(
        f'- [Work {n}](https://example.org/{n} "A title"), *J.*, 1(2), [x]\n' for n in range(2_000)
    ),
    "intervals": "- The interval [0, 1) of $a<b$ and (0, 1].\n\n" * 1_000,
    "maths": r"With \(a<b\) and $c_{1}$, $$\frac{1}{2}$$ follows: \[x\] and [1]." * 200,
    "code": "```cpp\n" + "std::vector<int, [[x\n" * 3_000 + "```\n",
    "footnotes": "".join(f"Word[^{n}].\n\n[^{n}]: Note.\n\n" for n in range(500)),
    "references": "".join(f"[a{n}]: https://example.org/{n}\n" for n in range(1_000)),
    "a changelog": "".join(f"## 1.{n}\n- Fix `[` and <b>that</b>\n- *More*\n\n" for n in range(1_000)),
    "cards": "<div class='grid' markdown>\n<div markdown>\n\n<p>*a*\n<br>\n\n</div>\n</div>\n" * 200,
    "HTML": "<table>\n" + "<tr><td>a</td><td><br>b [0, 1)</td></tr>\n" * 500 + "</table>\n",
    "levels": "".join("    " * n + "- a\n" for n in range(12)) + "> > a\n\n***a** b*\n\n" + "- " * 40,
    "long lines": "word, " * 20_000 + "\n",
    "rules": "* * *\n\n" * 500 + "=" * 300 + "\n" + "-" * 300,
}  # fmt: skip


@pytest.mark.parametrize("unit", BOMBS)
@pytest.mark.parametrize("start", ["", "Text.\n\n- an item\n\n"])
def test_what_would_take_long_is_found(unit: str, start: str) -> None:
    slow = slow_markdown.first(start + unit * (SIZE // len(unit)) + "\n\nThe end.\n")
    assert slow
    assert BOMBS[unit] in slow.what


def test_many_paragraphs_count_together() -> None:
    assert slow_markdown.first(("[" * 1_500 + "\n\n") * 40)
    assert not slow_markdown.first("[" * 1_500)


@pytest.mark.parametrize("name", TEXTS)
def test_what_people_write_is_not(name: str) -> None:
    assert slow_markdown.first(TEXTS[name]) is None


def test_no_page_of_ours_is() -> None:
    found = [path for path in ROOT.rglob("*.md") if not {".venv", ".git", "site"} & set(path.parts)]
    assert len(found) > 10
    assert [path for path in found if slow_markdown.first(path.read_text(encoding="utf-8"))] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with a page of each kind, which together would take an hour."""
    folder = tmp_path_factory.mktemp("slow")
    units = {told: unit for unit, told in reversed(BOMBS.items())}
    files = {
        f"{slugify(told)}.md": f"# T\n\n{unit * (SIZE // len(unit))}\n" for told, unit in units.items()
    }
    files["news.md"] = f"---\nhide: [toc]\n---\n# News\n\n{'[' * SIZE}"
    files["fine.md"] = "# Fine\n\nA **bold** word.\n"
    small_site(folder, files)
    code, log = mkdocs("build", cwd=folder)  # within five minutes
    assert code == 0, log
    return Built(folder, code, log)


def test_a_site_with_all_of_them_is_built_and_reports_it(site: Built) -> None:
    told = [line for line in site.log.splitlines() if "the page is shown as it is written" in line]
    assert len(told) == len(set(BOMBS.values())) + 1
    assert any("docs/news.md:6: the page is shown" in line for line in told)
    assert text(article(site.read("tags-of-html/index.html"))).count("<a") == SIZE // 3
    assert "<strong>bold</strong>" in site.read("fine/index.html")
