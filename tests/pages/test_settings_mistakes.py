"""Mistakes in mkdocs.yml that YAML accepts are reported with their line and a fix."""

from collections.abc import Callable

import pytest
from mkdocs.config.defaults import MkDocsConfig

from homepage.pages.settings_mistakes import mistakes
from support import CONFIG, ROOT, Built

KNOWN = set(MkDocsConfig())
CASES = {
    "nav:\n  - Teaching:teaching.md\n": (
        "mkdocs.yml:2: 'Teaching:teaching.md' in nav is no page: a space is missing behind the colon "
        "(write - Teaching: teaching.md)"
    ),
    "nav:\n  - More:\n      - Lab:lab/\n": (
        "mkdocs.yml:3: 'Lab:lab/' in nav is no page: a space is missing behind the colon "
        "(write - Lab: lab/)"
    ),
    "nav: [a.md]\nsite_name: X\nnav: [b.md]\n": (
        "mkdocs.yml:3: 'nav' is set twice, and only this one counts (join it with the one in line 1)"
    ),
    "theme:\n  palette:\n    accent: #2a7f3f\n": (
        "mkdocs.yml:3: 'accent' has no value: YAML takes #2a7f3f for a comment "
        '(write it in quotes: accent: "#2a7f3f")'
    ),
    "extra:\n  hompage:\n    people: x.yml\n": (
        "mkdocs.yml:2: 'hompage' is not known below extra (write homepage)"
    ),
    "homepage:\n  people: x.yml\n": (
        "mkdocs.yml:1: 'homepage' is at the top level, where nothing reads it (put it below extra:)"
    ),
    "extra:\n  social:\n    - icon: x\n      link: jane@doe.example\n": (
        "mkdocs.yml:4: the link 'jane@doe.example' is no address (write link: mailto:jane@doe.example)"
    ),
    "theme:\n  langauge: de\n": "mkdocs.yml:2: 'langauge' is not known below theme (write language)",
    "theme:\n  features:\n    - navigation.tab\n": (
        "mkdocs.yml:3: 'navigation.tab' is not known among the theme's features (write navigation.tabs)"
    ),
    "site_athor: X\n": "mkdocs.yml:1: 'site_athor' is not known (write site_author)",
}


@pytest.mark.parametrize(("text", "message"), CASES.items())
def test_each_is_reported(text: str, message: str) -> None:
    assert [str(problem) for problem in mistakes(text, "mkdocs.yml", KNOWN)] == [message]


@pytest.mark.parametrize(
    "text",
    [
        "nav:\n  - A: https://a.example/x:y.md\n  - index.md\n  - https://a.example/\n",
        "extra:\n  my_own: 1\n  homes: 2\n  social:\n    - link: mailto:a@b.example\n",
        "theme:\n  my_option: true\n  features: [my.own.feature]\n  logo: # none\n",
        'theme:\n  palette:\n    accent: "#2a7f3f"\n',
        "a: &a {x: 1}\nb: {<<: *a, <<: *a}\n",
        "- a list",
        "a: [",
        "",
    ],
)
def test_what_is_meant_so_is_not(text: str) -> None:
    assert mistakes(text, "mkdocs.yml", KNOWN) == []


def test_this_site_has_none() -> None:
    assert CONFIG["site_name"]
    assert mistakes((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), "mkdocs.yml", KNOWN) == []


def test_a_strict_build_fails(make_site: Callable[..., Built]) -> None:
    settings = {"extra": {"hompage": {"people": "x"}, "homepage": {"bibliografy": "x.bib"}}}
    built = make_site({"index.md": "# Home\n"}, settings, ok=False)
    assert built.returncode == 1
    assert "'hompage' is not known below extra (write homepage)" in built.log
    assert "Unrecognised configuration name: bibliografy (write bibliography)" in built.log
