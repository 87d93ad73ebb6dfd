"""`cli.py new`: a homepage of one's own, in a copy of the repository or in a new folder."""

import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from difflib import ndiff
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from commands.shared import owner as owners
from commands.shared import site_settings, starter, working_copy, yaml_edits
from commands.shared.owner import Owner
from homepage.people import people_file
from support import CONFIG, FIRST_OWNER, MATERIALS_OWN, ROOT, html_problems, mkdocs, pages, run, write
from support.repositories import GIT_ENV, git

CLI = (sys.executable, str(ROOT / "hooks/cli.py"))
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
ODD = 'José "Pepe" O\'Neil: Jr.'
FIRST = re.compile(r"huang|yuxiang|黄宇翔|tsinghua|thunlp|nvCXW78|ouroboros", re.I)
TODAY = date(2026, 3, 1)


def new(*args: str | Path, at: Path = ROOT, git: bool = True) -> tuple[int, str]:
    """Call `new` of the copy of the repository that is `at` some place."""
    env = GIT_ENV if git else {**GIT_ENV, "PATH": ""}
    return run(sys.executable, at / "hooks/cli.py", "new", *args, cwd=at, env=env)


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder but git's."""
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: data for name, data in found.items() if name.split("/")[0] != ".git"}


# -- whole sites ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the repository as it is, with what is not committed here."""
    folder = tmp_path_factory.mktemp("fresh") / "copy"
    working_copy.copy(ROOT, working_copy.files(ROOT), folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Copy")
    return folder


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A new folder, and what was said."""
    folder = tmp_path_factory.mktemp("new") / "my site"
    code, output = new(
        *(folder, "--yes", "--name", ODD, "--native", "何塞", "--job-title", "Professor: *law* & order"),
        *(
            "--affiliation",
            "{Uni} #1",
            "--affiliation",
            "Lab",
            "--interest",
            "C: D",
            "--interest",
            "- E",
        ),
        *("--email", "pepe@example.org", "--link", "github.com/Pepe-O", "--link", "0000-0002-1825-0097"),
    )
    assert code == 0, output
    return folder, output


def test_a_new_folder_is_a_whole_site_that_builds_and_passes_its_checks(
    laid_out: tuple[Path, str],
) -> None:
    folder, output = laid_out
    assert "cd '" in output
    assert "published at https://pepe-o.github.io/; if that is wrong, change site_url in" in output
    steps = output.partition("make serve")[2].splitlines()
    assert [step.strip().partition("   #")[0] for step in steps[1:]] == [
        "# then create an empty repository on GitHub, pepe-o/pepe-o.github.io, at https://github.com/new",
        "git remote add origin https://github.com/pepe-o/pepe-o.github.io.git",
        "git push -u origin main",
        "make publish",
    ]
    assert git(folder, "status", "--porcelain") == ""
    assert git(folder, "log", "--format=%s %D").strip() == "Start my homepage HEAD -> main"
    assert not list(folder.parent.glob(".new-*"))
    code, log = mkdocs("build", "--strict", cwd=folder)
    assert code == 0, log
    files = [f"docs/{name}" for name in ("publications.bib", "people.yml", "news.md")]
    assert run(sys.executable, "hooks/cli.py", "check", *files, cwd=folder) == (0, "")
    found = html_problems(folder / "site")
    assert [problem for problem in found if not MATERIALS_OWN.search(problem)] == []
    home = pages.parse((folder / "site/index.html").read_text(encoding="utf-8"))
    said = pages.text(pages.classed(home, "hp-profile")[0])
    for part in (ODD, "何塞", "Professor: *law* & order", "{Uni} #1", "Lab", "C: D", "- E", "ORCID"):
        assert part in said
    listed = pages.parse((folder / "site/publications/index.html").read_text(encoding="utf-8"))
    works = pages.classed(listed, "hp-pub")
    assert len(works) == 4
    assert [len(pages.classed(work, "hp-me")) > 0 for work in works] == [True] * 4


def test_nothing_of_the_first_owner_is_left(laid_out: tuple[Path, str]) -> None:
    folder, _ = laid_out
    files = {name: data for name, data in tree(folder).items() if not name.startswith("site/")}
    assert {"README.md", "mkdocs.yml", "docs/index.md", "docs/talks.md", ".ci/run"} <= files.keys()
    gone = (".github/images", ".github/ISSUE_TEMPLATE", ".github/pull_request")
    assert not [name for name in files if name.startswith(gone)]
    # Those of the tests are data of theirs, and the licence must stay as it is.
    own = {n: d for n, d in files.items() if n != "LICENSE" and not n.startswith("tests/")}
    assert [n for n, data in own.items() if FIRST.search(f"{n} {data.decode('utf-8', 'replace')}")] == []
    assert files["LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert "first owner:" not in files["README.md"].decode()
    machinery = [n for n in files if n.split("/")[0] in ("hooks", "overrides", "tests", "guide", ".ci")]
    assert "guide/README.md" in machinery
    assert len(machinery) > 150
    assert "guide/security.md" in machinery
    assert [n for n in machinery if files[n] != (ROOT / n).read_bytes()] == []


def test_a_site_is_not_made_another_ones_by_mistake(laid_out: tuple[Path, str]) -> None:
    folder, _ = laid_out
    before = tree(folder)
    code, output = new(folder, "--name", "Ann Other", "--yes")
    assert code == 1
    assert output.startswith(f"This is the site of {ODD} already, and stays as it is. (")
    assert tree(folder) == before


@FIRST_OWNER
def test_a_fresh_copy_becomes_ones_own_after_a_question(fresh: Path) -> None:
    assert "are those of its first owner" in (fresh / "README.md").read_text(encoding="utf-8")
    before = tree(fresh)
    for unsaved, data in (("docs/mine.md", "# Mine\n"), ("docs/index.md", "# Mine\n")):
        write(fresh, {unsaved: data})
        code, output = new("--name", "Ann Other", "--yes", at=fresh)
        assert code == 1
        assert output.startswith(
            f"There are changes that are not committed and would be lost: {unsaved}."
        )
        git(fresh, "stash", "--include-untracked")
    assert tree(fresh) == before

    answers = "Other, Ann\n\n\n\n\n\n\n\n"  # and Enter to all the rest, up to the last question
    command = [sys.executable, "hooks/cli.py", "new"]
    said = answered(command, answers + "n\n", fresh)
    assert "docs/honors.md" in said
    assert "docs/talks.md" not in said
    assert said.endswith("Nothing was changed.\n")
    assert tree(fresh) == before
    git(fresh, "remote", "add", "origin", "https://github.com/huangyuxiang03/huangyuxiang03.github.io")
    said = answered(command, answers + "\n", fresh)
    assert "The homepage of Ann Other is in this folder." in said
    assert "It has no address yet: set site_url in mkdocs.yml" in said
    after = tree(fresh)
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    gone = {"docs/honors.md", "docs/more.md", ".github/images/home-dark.png", *starter.TEMPLATES_OWN}
    assert gone <= changed - after.keys()
    assert not (fresh / ".github/ISSUE_TEMPLATE").exists()
    assert {name.split("/")[0] for name in changed} == {"docs", "mkdocs.yml", "README.md", ".github"}
    assert not [name for name in changed if name.startswith(("docs/blog", "docs/ta", "docs/te"))]
    config = yaml_load(after["mkdocs.yml"].decode())
    assert (config["site_author"], config["site_url"]) == ("Ann Other", None)
    assert mkdocs("build", "--strict", "--site-dir", fresh.parent / "site", cwd=fresh)[0] == 0

    git(fresh, "add", "--all")
    git(fresh, "commit", "--quiet", "--message=Mine")
    assert new("--name", "Bob Next", "--yes", at=fresh)[0] == 1
    code, output = new("--name", "Bob Next", "--yes", "--replace", at=fresh)
    assert code == 0
    assert "Its other settings are those of Ann Other" in output


def answered(command: Sequence[str], answers: str, folder: Path) -> str:
    """What a command says to somebody who answers."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=GIT_ENV,
        input=answers,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def test_what_is_no_copy_and_not_empty_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "full", {"thesis.tex": "x"})
    for folder, said in ((tmp_path / "full", "is not empty"), (ROOT / "docs/x", "is inside this")):
        code, output = new(folder, "--name", "Ann Other", "--yes")
        assert code == 1
        assert said in output
    assert tree(tmp_path) == {"full/thesis.tex": b"x"}
    assert not (ROOT / "docs/x").exists()


def test_a_clone_of_an_empty_repository_is_filled(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=trunk", "clone")
    git(tmp_path / "clone", "remote", "add", "origin", "git@github.com:Ann-O/Site.git")
    code, output = new(tmp_path / "clone", "--name", "Ann Other", "--yes")
    assert code == 0, output
    assert git(tmp_path / "clone", "log", "--format=%s %D").strip() == "Start my homepage HEAD -> trunk"
    assert "git remote add" not in output
    assert "git push -u origin HEAD\n" in output
    assert "published at https://ann-o.github.io/Site/; if that is wrong" in output
    assert yaml_load((tmp_path / "clone/mkdocs.yml").read_text())["site_url"] == (
        "https://ann-o.github.io/Site/"
    )


def test_without_git_a_new_folder_works_and_a_copy_is_not_touched(tmp_path: Path) -> None:
    copy = tmp_path / "copy"  # as somebody has it who took the archive
    working_copy.copy(ROOT, working_copy.files(ROOT), copy)
    write(copy, {".venv/big": "x", ".venv-properdocs/big": "x", "site/index.html": "x"})
    before = tree(copy)
    code, output = new("--name", "Ann Other", "--yes", "--replace", at=copy, git=False)
    assert code == 1
    assert "git does not keep" in output
    code, output = new(tmp_path / "site", "--name", "Ann Other", "--yes", at=copy, git=False)
    assert code == 0, output
    assert "It has no first commit: git is not installed." in output
    laid_out = tree(tmp_path / "site")
    assert laid_out.keys() >= {"hooks/cli.py", "docs/index.md", ".github/workflows/deploy.yml"}
    assert not [name for name in laid_out if name.startswith((".venv", "site"))]
    assert tree(copy) == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "Say whose site it is: --name"),
        (("--name", "123"), "'123' is not a name: it has no letters."),
        (("--name", "<b>Ann</b>"), "'<b>Ann</b>' is not a name: it has one of < > { } \\."),
        (
            ("--name", "Ann", "--site-url", "my site"),
            "is not the address of a site; it looks like",
        ),
        (("--name", "Ann", "--site-url", "ftp://x.org"), "'ftp://x.org' is not the address of a site"),
        (
            ("--name", "Ann", "--link", "javascript:alert(1)"),
            "is not the address of a profile; it looks like",
        ),
        (("--name", "Ann", "--email", "ann at example.org"), "is not an e-mail address; it looks like"),
    ],
)
def test_what_cannot_be_is_reported_in_a_sentence(
    tmp_path: Path, options: Sequence[str], said: str
) -> None:
    code, output = new(tmp_path / "x", "--yes", *options)
    assert code == 1
    assert said in output
    assert len(output.splitlines()) == 1
    assert not (tmp_path / "x").exists()


def test_without_an_answer_nothing_is_written(tmp_path: Path) -> None:
    code, output = new(tmp_path / "x", "--name", "Ann")
    assert code == 1
    assert "Nothing was written. (--name NAME --yes asks nothing" in output
    assert "Traceback" not in output
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("stop_at", range(6))
def test_what_is_interrupted_is_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_at: int
) -> None:
    write(tmp_path / "site", {"docs/a.md": "old", "docs/b.md": "old", "c.yml": "old", "d.png": "old"})
    write(tmp_path / "new", {"docs/a.md": "new", "c.yml": "new", "e.md": "new"})
    names = ["docs", "c.yml", "d.png", "e.md"]
    before, calls, rename = tree(tmp_path / "site"), [], Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == stop_at + 1:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        working_copy.exchange(tmp_path / "site", tmp_path / "new", tmp_path / "old", names)
    assert tree(tmp_path / "site") == before


# -- names and addresses --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Jane Doe", "Doe, Jane"),
        ("Doe, Jane", "Doe, Jane"),
        ("黄宇翔", "黄宇翔"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Plato", "Plato"),
        ("Jane Doe, Jr.", "Doe, Jr., Jane"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("Anne and Sons", "{Anne and Sons}"),
        ("R&D Jones", "Jones, R\\&D"),
        ("María José García y Vega", "y Vega, María José García"),
        ("김철수", "김철수"),
        ("Владимир Ленин", "Ленин, Владимир"),
        ("No", "No"),
        (ODD, 'O\'Neil:, Jr., José "Pepe"'),
    ],
)
def test_every_name_is_ones_own_in_the_examples(name: str, written: str) -> None:
    owner = owners.clean(Owner(starter.given_name_first(name)))
    assert starter.author(owner.name) == written
    files = starter.docs(owner, TODAY)
    assert files["publications.bib"].count(written) == 4
    assert starter.problems(owner, files) == []
    settings = site_settings.rewrite(SETTINGS, owner, starter.MENU)
    assert yaml_load(settings)["site_author"] == owner.name
    persons, problems = people_file.load(files["people.yml"], "people.yml")
    assert problems == []
    assert persons[0].name == owner.name


@pytest.mark.parametrize(
    ("written", "name", "titles"),
    [
        ("Prof. Dr. Jürgen von der Müller, Jr.", "Jürgen von der Müller, Jr.", "Prof. Dr."),
        ("Univ.-Prof. Dr.-Ing. habil. Max Roe", "Max Roe", "Univ.-Prof. Dr.-Ing. habil."),
        ("Professor Jane Doe, Ph.D., M.Sc.", "Jane Doe", "Professor Ph.D. M.Sc."),
        ("Dr. H. C. Andersen", "H. C. Andersen", "Dr."),
        ("Jane Doe PhD", "Jane Doe", "PhD"),
        ("Jane Doe, MD", "Jane Doe", "MD"),
        *((name, name, "") for name in ("Ying, MA", "Drew Proffit", "Phil Mag", "Dr", "King, M., Jr.")),
    ],
)
def test_titles_are_no_part_of_a_name(written: str, name: str, titles: str) -> None:
    assert owners.without_titles(written) == (name, titles)


def test_how_a_name_was_read_is_reported(tmp_path: Path) -> None:
    code, output = new(tmp_path / "x", "--yes", "--name", "von der Müller, Jr., Prof. Dr. Jürgen")
    assert code == 0, output
    assert "Left out, as citations have no titles: Prof. Dr.\n" in output
    assert "In citations: von der Müller, J., Jr. (" in output
    assert yaml_load((tmp_path / "x/mkdocs.yml").read_text())["site_author"] == (
        "Jürgen von der Müller, Jr."
    )


def test_what_is_wrong_with_the_examples_would_be_told() -> None:
    files = starter.docs(Owner("Ann Other"), TODAY)
    assert starter.problems(Owner("Bob Next"), files)
    assert starter.problems(Owner("Ann Other"), files | {"news.md": "## 2024-13-45 X\n"})


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("ann.github.io", "https://ann.github.io/"),
        ("http://www.example.org/~ann", "http://www.example.org/~ann/"),
        ("https://example.org:8080/a/", "https://example.org:8080/a/"),
        ("https://例え.jp/", "https://例え.jp/"),
        *(
            (bad, "")
            for bad in ("", "ann", "https://", "a b.org", "https://a.org/?q", "x://a.org", "https://[")
        ),
    ],
)
def test_addresses_of_sites_are_completed_or_refused(written: str, address: str) -> None:
    assert owners.site_address(written) == address


def test_the_owners_host_is_proposed_as_the_address() -> None:
    assert owners.proposed_site(("https://x.org/", "https://github.com/Ann-O/")) == (
        "https://ann-o.github.io/"
    )
    assert owners.proposed_site(("https://gitlab.com/ann",)) == "https://ann.gitlab.io/"
    assert owners.proposed_site(("https://github.com/ann/repository", "https://x.org/ann")) == ""


# -- mkdocs.yml ------------------------------------------------------------------------

WHOLE = Owner(
    name=ODD,
    native="何塞",
    job_title="{x}: y",
    affiliation=("*a", "b # c"),
    interests=("yes", "1e3", "😀 \\ %"),
    links=("https://orcid.org/0000-0002-1825-0097", "mailto:a@example.org"),
    site_url="https://example.org/~a/",
    portrait="me.jpg",
)
MENU = [("Home", "index.md"), ("On: #1", "a/b.md"), ("No", "no.md")]
TAGGED = """
more:
  - pymdownx.emoji: # what only Python knows
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      secret:   !ENV [SECRET,   "\\u00e9"]
# odd, but its owner's
x-list:
- 'a'
-   {b: 1,   c: [2,3]}   # d
"""


def test_only_the_owners_lines_of_the_settings_change() -> None:
    head, tail, machinery = SETTINGS.partition("\ntheme:\n")
    assert tail
    text = SETTINGS.rstrip("\n") + TAGGED
    result = site_settings.rewrite(text, WHOLE, MENU)
    assert result.endswith(tail + machinery.rstrip("\n") + TAGGED)
    gone = [line[2:] for line in ndiff(text.split("\n"), result.split("\n")) if line[:2] == "- "]
    assert gone
    assert set(gone) <= set(head.split("\n"))
    comments = [line.partition("#")[1:] for line in head.split("\n") if "#" in line]
    assert len(comments) >= 2
    assert [c for c in comments if "".join(c) not in result] == []
    assert site_settings.rewrite(result, WHOLE, MENU) == result


def test_every_value_is_read_as_it_was_meant() -> None:
    config = yaml_load(site_settings.rewrite(SETTINGS, WHOLE, MENU, {"csl_styles": ["ieee"]}))
    assert config["site_name"] == config["site_author"] == ODD
    assert config["site_description"] == (
        f"{ODD} (何塞), {{x}}: y at *a and b # c, works on yes, 1e3 and 😀 \\ %."
    )
    assert config["site_url"] == "https://example.org/~a/"
    assert config["copyright"] == f"© {ODD}"
    assert config["nav"] == [{title: path} for title, path in MENU]
    assert config["extra"]["homepage"] == {
        "job_title": "{x}: y",
        "affiliation": ["*a", "b # c"],
        "interests": ["yes", "1e3", "😀 \\ %"],
        "portrait": "me.jpg",
        "csl_styles": ["ieee"],
    }
    assert config["extra"]["social"] == [{"link": link} for link in WHOLE.links]
    for part in CONFIG.keys() - {"nav", "extra", "copyright", *(k for k in CONFIG if k[:5] == "site_")}:
        assert config[part] == CONFIG[part]


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("", "a:\n  b: x\n"),
        ("c: 1", "c: 1\na:\n  b: x"),
        ("a: # why\nc: 1\n", "a: # why\n  b: x\nc: 1\n"),
        ("a: {b: y, z: !ENV [Q, r]} # why\n", "a: # why\n  b: x\n  z: !ENV [Q, r]\n"),
        ("a:\n    b: >-\n      y\n      z\n\n# c\nd: 1\n", "a:\n    b: x\n\n# c\nd: 1\n"),
        ("a:\n  b: # why\n    - y\n    # no\n  # c\n", "a:\n  b: x # why\n    # no\n  # c\n"),
        ("a:\n  d: 'e' # f\n\n# c\n", "a:\n  d: 'e' # f\n  b: x\n\n# c\n"),
        ("a:\n  d:\n  # c\ne: 1\n", "a:\n  d:\n  b: x\n  # c\ne: 1\n"),
        ("d: &d y\na:\n  b: *d # c\n", "d: &d y\na:\n  b: x\n"),
    ],
)
def test_a_value_is_put_in_its_place(text: str, result: str) -> None:
    assert yaml_edits.put(text, ("a", "b"), "x") == result
    assert yaml_edits.get(result, ("a", "b")) == "x"


def test_a_key_is_taken_away() -> None:
    assert yaml_edits.take("a:\n  b: 1 # x\n  c: 2\n", ("a", "b")) == "a:\n  c: 2\n"
    assert yaml_edits.take("a:\n  b: 1\n# x\n", ("a", "b")) == "a:\n  b:\n# x\n"
    assert yaml_edits.take("a: 1\n", ("b",)) == "a: 1\n"


@pytest.mark.parametrize(
    ("text", "line"), [("a: [\n", 2), ("- a\n", 1), ("{a: 1}\n", 1), ("a: b: c\n", 1)]
)
def test_what_cannot_be_changed_is_reported_with_its_line(text: str, line: int) -> None:
    problem = yaml_edits.fault(text, "mkdocs.yml")
    assert problem is not None
    assert str(problem).startswith(f"mkdocs.yml:{line}: ")
    assert yaml_edits.fault(SETTINGS, "mkdocs.yml") is None
