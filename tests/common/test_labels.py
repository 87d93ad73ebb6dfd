"""Labels: one table for every word that the machinery prints, with English to fall back on."""

import ast
import re
import string
from collections.abc import Callable, Iterator

import pytest

from homepage.bibtex import entry_types
from homepage.common import labels
from homepage.lists import groups
from homepage.publications import STATUS, links
from support import ROOT, Built, pages

ENGLISH = labels.LABELS["en"]
# Types whose own name is printed in the citation, as in "PhD thesis, University".


def in_templates() -> Iterator[str]:
    """Labels that templates print."""
    templates = list((ROOT / "overrides").rglob("*.html"))
    assert len(templates) > 5
    for path in templates:
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r"\blabel\.(\w+)", text)
        yield from re.findall(r"""\blabel\[["'](\w+)""", text)


def in_code() -> Iterator[str]:
    """Labels that the package prints: `label["x"]`, and names of labels that it keeps in tables."""
    modules = [p for p in (ROOT / "hooks/homepage").rglob("*.py") if p.name != "labels.py"]
    assert len(modules) > 10
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("label"):
                either = node.slice
                ways = [either.body, either.orelse] if isinstance(either, ast.IfExp) else [either]
                yield from (str(way.value) for way in ways if isinstance(way, ast.Constant))
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "Link":
                yield from (str(a.value) for a in node.args[:1] if isinstance(a, ast.Constant))
            elif isinstance(node, ast.Constant) and re.match(r"mark_|n_\w", str(node.value)):
                yield str(node.value)
    yield from links.ORDER
    yield from (f"status_{name.replace(' ', '_')}" for name in STATUS)
    yield from (f"{what}_{kind}" for kind in entry_types.TYPES for what in ("type", "n"))
    yield from (f"kind_{kind}" for kind in entry_types.TYPES if kind != "misc")
    yield from groups._STATUS.values()


def test_every_label_that_is_printed_is_in_the_english_table() -> None:
    used = {*in_templates(), *in_code()}
    assert len(used) > 30
    assert used - ENGLISH.keys() == set()


def test_no_label_is_left_over() -> None:
    assert ENGLISH.keys() - {*in_templates(), *in_code()} == set()


def test_other_languages_say_the_same_with_the_same_places_to_fill() -> None:
    def places(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    assert "{count}" in ENGLISH["all_authors"]
    for language, table in labels.LABELS.items():
        assert table.keys() <= ENGLISH.keys(), language
        for name, text in table.items():
            assert text.strip(), f"{language}: {name}"
            assert places(text) == places(ENGLISH[name]), f"{language}: {name}"


@pytest.mark.parametrize("language", ["zh", "de", "zh-TW", "pt-BR", "xx"])
def test_every_language_has_every_label(language: str) -> None:
    assert labels.labels_of(language).keys() == ENGLISH.keys()


@pytest.mark.parametrize(
    ("iso", "language", "shown"),
    [
        ("2024-07-10", "en", "Jul 10, 2024"),
        ("2024-07", "en", "July 2024"),
        ("2024", "en", "2024"),
        ("2024-07-10", "de", "10. Juli 2024"),
        ("2024-07", "de", "Juli 2024"),
        ("2024-07-10", "zh", "2024年7月10日"),
        ("2024-07", "zh-TW", "2024年7月"),
        ("2024-07-10", "xx", "Jul 10, 2024"),
    ],
)
def test_dates_are_written_as_in_the_language(iso: str, language: str, shown: str) -> None:
    assert labels.format_date(iso, language) == shown


@pytest.mark.parametrize(
    ("name", "count", "language", "shown"),
    [
        ("n_article", 1, "en", "1 journal article"),
        ("n_article", 2, "en", "2 journal articles"),
        ("n_publications", 1234, "en", "1,234 publications"),
        ("n_article", 21, "ru", "21 journal articles"),  # the words are English
        ("n_article", 1, "zh-TW", "1 journal article"),
    ],
)
def test_counts_have_the_form_that_their_words_want(
    name: str, count: int, language: str, shown: str
) -> None:
    assert labels.count_label(language, name, count) == shown


def test_counts_have_all_forms_of_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        labels.LABELS, "ru", {"n_article": "{count} статья|{count} статьи|{count} статей|{count} статьи"}
    )
    shown = [labels.count_label("ru", "n_article", count) for count in (1, 2, 5, 21)]
    assert shown == ["1 статья", "2 статьи", "5 статей", "21 статья"]


@pytest.mark.parametrize("language", ["zh", "de"])
def test_site_in_another_language_is_built(make_site: Callable[..., Built], language: str) -> None:
    built = make_site(
        {
            "index.md": "# Home\n\n<!-- publications {group: type} -->\n\n[@k]\n\n\\bibliography\n",
            "news.md": "## 2024-07-10 One\n",
            "publications.bib": "@phdthesis{k, title = {T}, author = {Huang*, Yuxiang}, year = {2024}, "
            "school = {S}, url = {https://example.org/}}\n",
        },
        {"theme": {"language": language}},
    )
    home = pages.parse(built.read("index.html"))
    (html,) = home.iter("html")
    assert html.get("lang") == language
    assert len(pages.citations(home)) == 1
    words = labels.labels_of(language)
    assert pages.text(pages.with_id(home, "hp-news-title")) == words["news"]
    (aside,) = pages.classed(home, "hp-news--side")
    assert pages.text(next(aside.iter("time"))) == labels.format_date("2024-07-10", language)
    assert f'xml:lang="{language}"' in built.read("feed.xml")
