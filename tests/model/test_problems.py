"""Problems never break the site: the rest is built, each is told with its line and a remedy."""

import re
from collections.abc import Callable

import pytest

from support import Built, mkdocs, pages

GOOD = "@article{good, title = {Good}, author = {Huang, Yuxiang}, journal = {J}, year = {2024}}\n"
LIST = "# Home\n\n<!-- publications -->\n"
NEWS = "## 2024 One\n\nText.\n"

# What is wrong, in which file; the line it is told with, and words of what is said.
CASES: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    "an entry that does not end": (
        {"publications.bib": GOOD + "@article{bad, title = {Bad}, author = {Huang, Yuxiang}, "
         "year = {2023}\n\n" + GOOD.replace("good", "last").replace("Good", "Last")},
        "docs/publications.bib:2", "'bad'",
    ),
    "a comma that is missing": (
        {"publications.bib": GOOD + "@article{bad,\n title = {Bad}\n author = {Huang, Yuxiang},\n"
         " year = {2023}}\n"},
        "docs/publications.bib:3", "comma",
    ),
    "a key that is there twice": (
        {"publications.bib": GOOD + "\n" + GOOD.replace("Good", "Other")},
        "docs/publications.bib:3", "'good'",
    ),
    "neither yes nor no": (
        {"publications.bib": GOOD.replace("year", "selected = {perhaps}, year")},
        "docs/publications.bib:1", "neither true nor false",
    ),
    "a month that is none": (
        {"publications.bib": GOOD.replace("year", "\nmonth = {Smarch}, year")},
        "docs/publications.bib:2", "Smarch",
    ),
    "a date that is none": (
        {"publications.bib": GOOD.replace("year = {2024}", "\ndate = {2024-13-40}")},
        "docs/publications.bib:2", "2024-13-40",
    ),
    "an address that is not safe": (
        {"publications.bib": GOOD.replace("year", "\n\nurl = {javascript:alert(1)}, year")},
        "docs/publications.bib:3", "not safe",
    ),
    "a file that is not there": (
        {"publications.bib": GOOD.replace("year", "pdf = {nowhere.pdf}, year")},
        "docs/publications.bib:1", "nowhere.pdf",
    ),
    "a type that nobody knows": (
        {"publications.bib": GOOD.replace("@article", "@artikel")},
        "docs/publications.bib:1", "@artikel",
    ),
    "bytes that are not UTF-8": (
        {"publications.bib": GOOD.encode() + "% Köln\n".encode("cp1252")},
        "docs/publications.bib:2", "UTF-8",
    ),
    "no bibliography": ({}, "docs/publications.bib:0", "not there"),
    "people that are no YAML": (
        {"publications.bib": GOOD, "people.yml": "Ann Smith: https://a.example\nBo: [\n"},
        "docs/people.yml:3", "not valid YAML",
    ),
    "people that are a list": (
        {"publications.bib": GOOD, "people.yml": "- Ann\n"}, "docs/people.yml:1", "not a mapping",
    ),
    "an unknown field of a person": (
        {"publications.bib": GOOD, "people.yml": "Ann Smith:\n  url: https://a.example\n  mail: x\n"},
        "docs/people.yml:3", "'mail'",
    ),
    "a date in the news": (
        {"publications.bib": GOOD, "news.md": "---\ntitle: N\n---\n# N\n\n## 2024-02-30 One\n"},
        "docs/news.md:6", "2024-02-30",
    ),
    "a citation of nothing": (
        {"publications.bib": GOOD, "other.md": "# Other\n\nText [@nothing].\n"},
        "docs/other.md:3", "[@nothing]",
    ),
    "an option of a directive": (
        {"publications.bib": GOOD, "other.md": "# Other\n\n<!-- publications {colour: red} -->\n"},
        "docs/other.md:3", "'colour'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_problem_is_reported_with_line_and_remedy_and_the_rest_is_built(
    make_site: Callable[..., Built], case: str
) -> None:
    files, place, words = CASES[case]
    built = make_site({"index.md": LIST, "news.md": NEWS, **files}, strict=False)
    told = pages.warnings(built.log)
    assert len(told) == 1, told
    assert told[0].startswith(f"{place}: ")
    assert words in told[0]
    assert re.search(r" \([^()].*\)$", told[0]), "it says what to do"
    assert "Traceback" not in built.log

    home = pages.parse(built.read("index.html"))
    citations = pages.citations(home)
    assert any("Good" in text for text in citations) == ("publications.bib" in files)
    assert pages.classed(home, "hp-news--side")
    values = [
        value for e in pages.article(built.read("index.html")).iter() for value in e.attrib.values()
    ]
    assert not [value for value in values if "javascript:" in value]


SEVERAL = {
    "index.md": LIST,
    "publications.bib": GOOD + "@article{b, title = {Bad}, author = {Huang, Yuxiang}, year = {2023}\n",
    "people.yml": "Bo: [\n",
    "news.md": "## 2024-02-30 One\n",
}


def test_strict_build_reports_all_problems_and_fails(make_site: Callable[..., Built]) -> None:
    lax = make_site(SEVERAL, strict=False)
    told = pages.warnings(lax.log)
    files = [line.partition(":")[0] for line in told]
    assert sorted(files) == ["docs/news.md", "docs/people.yml", "docs/publications.bib"]
    code, log = mkdocs("build", "--strict", cwd=lax.folder)
    assert code == 1
    assert [line for line in pages.warnings(log) if line.startswith("docs/")] == told
    assert "Traceback" not in log


def test_work_behind_a_broken_one_is_shown(make_site: Callable[..., Built]) -> None:
    files, _, _ = CASES["an entry that does not end"]
    built = make_site({"index.md": LIST, **files}, strict=False)
    titles = [text.partition("(")[2] for text in pages.citations(pages.parse(built.read("index.html")))]
    assert [title.split()[1] for title in titles] == ["Good.", "Last.", "Bad."]


def test_work_of_others_is_only_remarked_upon(make_site: Callable[..., Built]) -> None:
    others = GOOD.replace("good", "b").replace("Huang, Y", "Wang, Y")
    built = make_site({"index.md": LIST, "publications.bib": GOOD + others})
    (line,) = [line for line in built.log.splitlines() if "does not name Yuxiang Huang" in line]
    assert line.startswith("INFO")
    assert "docs/publications.bib:2: " in line
    assert len(pages.citations(pages.parse(built.read("index.html")))) == 2
