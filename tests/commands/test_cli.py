"""The commands that owners and pre-commit call."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
import yaml

from support import ROOT, cli, run, write

GOOD = "@article{good, title = {T}, author = {Doe, Jane}, journal = {J}, year = 2024}\n"
LINE = re.compile(r"^.+:\d+: (warning|error|advice): .+ \(.+\)$")


def test_the_owners_files_are_clean() -> None:
    names = ["docs/publications.bib", "docs/people.yml", "docs/news.md"]
    there = [name for name in names if (ROOT / name).is_file()]  # other owners may have none
    if there:
        assert cli("check", *there, cwd=ROOT) == (0, "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.bib", GOOD + "@article{bad, title = {Open, year = 2024\n" + GOOD.replace("good", "next")),
        ("a.bib", GOOD + GOOD),
        ("a.bib", b"@article{x, title = {\xe9t\xe9}, author = {Doe, Jane}, year = 2024}"),
        ("people.yml", "a: [\n"),
        ("news.md", "## 2024-13-45 Title\n"),
        ("none.bib", None),
    ],
)
def test_check_reports_each_problem_on_one_line(tmp_path: Path, name: str, content: str | bytes) -> None:
    if content is not None:
        write(tmp_path, {name: content})
    code, output = cli("check", name, cwd=tmp_path)
    assert code == 1
    lines = output.splitlines()
    assert lines
    assert all(LINE.match(line) and line.startswith(name) for line in lines), output


def test_check_and_export_read_the_whole_site_without_a_file(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "site_name: X\nextra: {homepage: {bibliography: [bib/*.bib], news: new.md}}\n",
        "docs/index.md": "# X\n",
        "docs/bib/a.bib": GOOD,
        "docs/bib/b.bib": GOOD.replace("good", "other"),
        "docs/not.bib": "@article{no, title = {Open\n",
        "docs/new.md": "## 2024-13-45 Title\n",
        "docs/people.yml": "a: [\n",
    }
    write(tmp_path, files)
    code, output = cli("check", cwd=tmp_path / "docs")
    assert code == 1
    assert {line.split(":")[0] for line in output.splitlines()} == {"new.md", "people.yml"}
    code, output = cli("export", "--format", "csl-json", cwd=tmp_path)
    assert code == 0
    assert [item["id"] for item in json.loads(output)] == ["good", "other"]


@pytest.mark.parametrize("command", [["check"], ["export", "--format", "ris"]])
def test_without_a_site_a_file_has_to_be_named(tmp_path: Path, command: list[str]) -> None:
    code, output = cli(*command, cwd=tmp_path)
    assert code == 1
    assert output == (
        "There is no mkdocs.yml here or above: go to your site's folder, or name a file.\n"
    )


def test_advice_lets_a_commit_through(tmp_path: Path) -> None:
    preprint = GOOD.replace("article{good", "misc{arxiv").replace(
        "journal = {J}", "eprint = {2401.00001}"
    )
    write(
        tmp_path,
        {"a.bib": GOOD.replace("{T}", "{A Long Title}") + preprint.replace("{T}", "{A long title}")},
    )
    code, output = cli("check", "a.bib", cwd=tmp_path)
    assert (code, output.count(": advice: ")) == (0, len(output.splitlines())), output
    assert output


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"\x00" * 99, b"@" * 99, b"@a{" * 999, bytes(range(256)) * 9]
)
def test_check_and_export_never_break_whatever_the_bytes(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, {"x.bib": data})
    code, output = cli("check", "x.bib", cwd=tmp_path)
    assert code in (0, 1)
    assert "Traceback" not in output
    for kind in ("bibtex", "csl-json", "ris"):
        code, output = cli("export", "--format", kind, "x.bib", cwd=tmp_path)
        assert code == 0
        assert "Traceback" not in output


def test_export_writes_all_entries_of_all_files(tmp_path: Path) -> None:
    write(tmp_path, {"a.bib": GOOD, "b.bib": GOOD.replace("good", "other")})
    code, output = cli("export", "--format", "csl-json", "a.bib", "b.bib", cwd=tmp_path)
    assert code == 0
    assert [item["id"] for item in json.loads(output)] == ["good", "other"]
    code, output = cli("export", "--format", "ris", "a.bib", "gone.bib", cwd=tmp_path)
    assert code == 1
    assert "gone.bib:0: error" in output


def test_check_knows_the_site_around_a_file(tmp_path: Path) -> None:
    entry = "@article{k, title = {T}, author = {%s}, year = 2024, pdf = {here.pdf}, slides = {gone.pdf}}"
    write(
        tmp_path,
        {
            "mkdocs.yml": "site_name: X\nsite_author: Jane Doe\n",
            "docs/index.md": "# X\n",
            "docs/here.pdf": b"%PDF",
            "docs/people.yml": "Jane Doe: {also: [Jane Miller]}\n",
            "docs/publications.bib": entry % "Roe, Richard" + "\n" + entry % "Miller, Jane",
        },
    )
    code, output = cli("check", "docs/publications.bib", cwd=tmp_path)
    assert code == 1
    assert "does not name Jane Doe" in output.splitlines()[0]
    assert output.count("does not name") == 1
    assert output.count("'gone.pdf'") == 2
    assert "here.pdf" not in output


def test_check_reads_a_file_with_the_rest_of_its_bibliography(tmp_path: Path) -> None:
    volume = "@proceedings{v, title = {V}, editor = {Doe, Jane}, year = 2024}\n@string{uni = {U}}\n"
    paper = "@inproceedings{p, title = {P}, author = {Doe, Jane}, crossref = {v}}\n"
    thesis = "@phdthesis{good, title = {T}, author = {Doe, Jane}, school = uni, year = 2024}\n"
    setting = {"extra": {"homepage": {"bibliography": ["a.bib", "bib/*.bib"]}}}
    write(
        tmp_path,
        {
            "mkdocs.yml": yaml.safe_dump({"site_name": "X", **setting}),
            "docs/index.md": "# X\n",
            "docs/a.bib": volume + GOOD,
            "docs/bib/b.bib": paper + thesis,
            "docs/not/c.bib": paper,
        },
    )
    assert cli("check", "docs/a.bib", cwd=tmp_path) == (0, "")
    code, output = cli("check", "docs/a.bib", "docs/bib/b.bib", cwd=tmp_path)
    assert code == 1
    (line,) = output.splitlines()
    assert line.startswith("docs/bib/b.bib:2: warning: the key 'good' is used again (first in ")
    assert line.endswith("docs/a.bib:3); both are kept (give one of them another key)")
    code, output = cli("check", "docs/not/c.bib", cwd=tmp_path)
    assert code == 1
    assert "crossref names 'v'" in output


def test_check_reports_a_venue_that_is_not_in_the_list(tmp_path: Path) -> None:
    entry = "@article{%s, title = {T %s}, author = {Doe, Jane}, year = 2024, abbr = {%s}}\n"
    entries = [("a", "a", "colm"), ("b", "b", "COLN"), ("c", "c", "COLN")]
    write(
        tmp_path,
        {
            "mkdocs.yml": "site_name: X\n",
            "docs/index.md": "# X\n",
            "docs/venues.yml": "COLM:\n  url: https://example.org\n",
            "docs/publications.bib": "".join(entry % values for values in entries),
        },
    )
    code, output = cli("check", "docs/publications.bib", cwd=tmp_path)
    assert code == 0
    assert len(output.splitlines()) == 1
    assert ":2: advice: the venue 'COLN' is not in" in output


def test_check_reports_what_is_wrong_with_venues(tmp_path: Path) -> None:
    write(tmp_path, {"venues.yml": "COLM:\n  color: #00369f\n"})
    code, output = cli("check", "venues.yml", cwd=tmp_path)
    assert code == 1
    assert output.startswith(
        "venues.yml:2: warning: the empty colour of 'COLM' is not valid (write it in quotes"
    )


def test_the_hook_of_pre_commit_calls_the_check(tmp_path: Path) -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())
    hook = config["repos"][0]["hooks"][0]
    program, *arguments = shlex.split(hook["entry"])
    assert program == ".venv/bin/python"
    write(tmp_path, {"publications.bib": GOOD})
    assert run(sys.executable, *arguments, tmp_path / "publications.bib", cwd=ROOT) == (0, "")
    assert re.match(hook["files"], "docs/publications.bib")
    assert not re.match(hook["files"], "docs/index.md")
