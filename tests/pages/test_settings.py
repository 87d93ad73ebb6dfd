"""The settings under `extra.homepage`: validated, told with their line, documented once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from mkdocs.utils.yaml import yaml_load

from homepage.pages import settings
from support import ROOT, Built, pages

GUIDE = (ROOT / "guide/settings.md").read_text(encoding="utf-8")
YAML = """\
site_name: Me
extra:
  homepage:
    {0}
theme: material
"""


def load(line: str, values: Any) -> tuple[settings.Settings, list[str]]:
    """The settings of a mkdocs.yml with one line of them, and what is told."""
    config, problems = settings.load(values, YAML.format(line), "mkdocs.yml")
    return config, [str(problem) for problem in problems]


DEFAULTS = vars(settings.Settings())


def test_everything_has_a_default_that_is_valid() -> None:
    assert len(DEFAULTS) >= 7
    config, told = settings.load(None, "", "mkdocs.yml")
    assert told == []
    assert vars(config) == DEFAULTS
    assert settings.load({}, "", "mkdocs.yml") == (config, [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("bibliography", 3),
        ("bibliography", []),
        ("bibliography", ["a.bib", 3]),
        ("people", ["a"]),
        ("news", {"a": 1}),
        ("news_in_sidebar", "five"),
        ("news_in_sidebar", -1),
        ("news_in_sidebar", True),
        ("et_al_min", 2.5),
        ("domain", "https://example.org/"),
        ("domain", "localhost"),
        ("domain", 3),
    ],
)
def test_wrong_value_is_one_line_and_the_default_is_used(name: str, value: object) -> None:
    config, told = load(f"{name}: x", {name: value})
    (line,) = told
    assert line.startswith(f"mkdocs.yml:4: extra.homepage.{name}: ")
    assert line.endswith(" (see guide/settings.md)")
    assert "\n" not in line
    assert getattr(config, name) == DEFAULTS[name]


def test_good_values_beside_a_wrong_one_are_kept() -> None:
    config, told = load("news_in_sidebar: -1", {"news_in_sidebar": -1, "bibliography": "mine.bib"})
    assert len(told) == 1
    assert config.bibliography == ("mine.bib",)


def test_unknown_setting_is_reported_with_its_line() -> None:
    config, told = load("bibliografy: a.bib", {"bibliografy": "a.bib"})
    (line,) = told
    assert line.startswith("mkdocs.yml:4: extra.homepage:")
    assert "bibliografy" in line
    assert config.bibliography == ("publications.bib",)


def test_line_is_found_above_the_settings_as_well() -> None:
    text = "extra:\n  social:\n    - link: https://example.org\n  homepage:\n    csl_styles: [a, b]\n"
    assert settings.line_of_item(text, "social", "https://example.org") == 3
    assert settings.line_of_item(text, "csl_styles", "b") == 5


@pytest.mark.parametrize("values", ["text", 3, ["a"]])
def test_what_is_no_mapping_is_reported_and_all_defaults_are_used(values: object) -> None:
    config, told = load("", values)
    assert told == ["mkdocs.yml:3: extra.homepage is not a mapping of settings (see guide/settings.md)"]
    assert vars(config) == DEFAULTS


def test_every_setting_is_explained_once_in_the_guide() -> None:
    section = GUIDE.partition("## Reference")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.+?) \|$", section, re.M)
    assert sorted(name for name, _, _ in rows) == sorted(DEFAULTS)
    for name, default, meaning in rows:
        expected = DEFAULTS[name]
        expected = (*expected, [])[0] if isinstance(expected, tuple) else expected
        shown = "none" if expected in (None, "") else f"`{str(expected).lower()}`"
        assert default.lower() == shown, name
        assert len(meaning) > 10, name


def test_the_complete_example_has_every_setting() -> None:
    (text,) = re.findall(r"^## A complete example.*?^```yaml\n(.*?)^```$", GUIDE, re.M | re.S)
    values = yaml_load(text)["extra"]["homepage"]
    assert sorted(values) == sorted(DEFAULTS)
    assert settings.load(values, text, "mkdocs.yml")[1] == []


# -- whole sites --------------------------------------------------------------


def test_site_is_built_with_defaults_in_the_place_of_what_is_wrong(
    make_site: Callable[..., Built],
) -> None:
    wrong = {"extra": {"homepage": {"news_in_sidebar": "many", "colour": "red", "domain": "x y"}}}
    files = {"news.md": "## 2024 One\n\nText.\n", "publications.bib": ""}
    built = make_site(files, wrong, strict=False)
    told = pages.warnings(built.log)
    lines = (built.folder / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    where = {line.partition(":")[0].strip(): number for number, line in enumerate(lines, 1)}
    names = ("colour", "domain", "news_in_sidebar")
    assert sorted(line.split(": ")[0] for line in told) == sorted(
        f"mkdocs.yml:{where[name]}" for name in names
    )
    assert "2024" in pages.text(pages.classed(pages.parse(built.read("index.html")), "hp-news--side")[0])
    assert not (built.site_dir / "CNAME").exists()


def test_settings_do_what_they_say(make_site: Callable[..., Built]) -> None:
    authors = " and ".join(["Huang, Yuxiang", "Ahn, A.", "Bell, B.", "Cole, C.", "Dean, D."])
    bib = f"@misc{{k, title = {{T}}, author = {{{authors}}}, year = {{2024}}}}\n"
    values = {
        "bibliography": "data/mine.bib",
        "people": "data/us.yml",
        "news": "what/is-new.md",
        "news_in_sidebar": 1,
        "et_al_min": 4,
        "et_al_use_first": 2,
        "domain": "www.example.org",
    }
    files = {
        "index.md": "# Home\n\n<!-- publications -->\n",
        "data/mine.bib": bib,
        "data/us.yml": "Yuxiang Huang: https://me.example.org\nA. Ahn: https://ahn.example.org\n",
        "what/is-new.md": "# New\n\n## 2024 One\n\n## 2023 Two\n",
    }
    built = make_site(files, {"extra": {"homepage": values}})
    home = pages.parse(built.read("index.html"))
    assert pages.citations(home) == ["Huang, Y., Ahn, A., … & Dean, D. (2024). T."]
    assert "https://ahn.example.org" in pages.hrefs(home)
    (aside,) = pages.classed(home, "hp-news--side")
    assert pages.hrefs(aside) == ["what/is-new/#news-2024-one", "what/is-new/"]
    assert built.read("CNAME") == "www.example.org\n"
    published = {p.name for p in built.site_dir.rglob("*")}
    assert "us.yml" not in published
    assert "index.html" in published


def test_no_news_in_the_sidebar_means_no_sidebar(make_site: Callable[..., Built]) -> None:
    built = make_site(
        {"news.md": "## 2024 One\n", "publications.bib": ""},
        {"extra": {"homepage": {"news_in_sidebar": 0}}},
    )
    assert not pages.classed(pages.parse(built.read("index.html")), "hp-news--side")
    assert "One" in pages.text(pages.article(built.read("news/index.html")))


def test_the_logo_leads_home_whatever_is_set(make_site: Callable[..., Built]) -> None:
    values = {"extra": {"homepage": {"news_in_sidebar": 1, "job_title": "Professor"}}}
    built = make_site({"publications.bib": "", "deep/page.md": "# Page\n"}, values)
    logos = pages.classed(pages.parse(built.read("deep/page/index.html")), "md-logo")
    assert [logo.get("href") for logo in logos if logo.get("href")] == ["../.."] * 2


@pytest.mark.parametrize(
    ("setting", "value", "wanted", "wrong"),
    [
        ("affiliation", "Uni", ("Uni",), False),
        ("affiliation", ["Uni", "Lab"], ("Uni", "Lab"), False),
        ("alumni_of", None, None, False),
        ("alumni_of", [1], None, True),
        ("alumni_of", {"a": "b"}, None, True),
        ("job_title", "Professor", "Professor", False),
        ("job_title", 3, None, True),
        ("social_cards", False, False, False),
        ("social_cards", "no", True, True),
    ],
)
def test_what_machines_are_reported_is_checked(
    setting: str, value: object, wanted: object, wrong: bool
) -> None:
    config, problems = settings.load({setting: value}, "", "mkdocs.yml")
    assert getattr(config, setting) == wanted
    assert bool(problems) == wrong
