"""A copy of the template gets its new versions, and keeps its content, settings and own changes."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.shared import starter
from commands.upgrade import ownership, working_tree
from commands.upgrade.command import upgrade as command
from commands.upgrade.ownership import MARKER, Similarity
from homepage import __version__
from homepage.common.git import without_password
from support import ROOT, mkdocs, run, write
from support.repositories import GIT_ENV, commit, git

CLI = ROOT / "hooks/cli.py"
LINES = "".join(f"line {n}\n" for n in range(1, 21))
MOVES = LINES.replace("line", "move")
SETTINGS = """site_name: %s
nav:
  - Home: index.md

# The machinery; nothing below needs a change.
plugins:
  - search
"""
NEWS = "# Changes\n\n## 1.0.0 (2026-01-01)\n\n- The first.\n"
FIRST: dict[str, str | bytes] = {
    "mkdocs.yml": SETTINGS % "First Owner",
    "README.md": "# A homepage\n",
    "CHANGELOG.md": NEWS,
    "requirements.txt": "mkdocs==1.0\n",
    "docs/index.md": "# First owner\n",
    "guide/lists.md": LINES,
    "hooks/homepage/__init__.py": '__version__ = "1.0.0"\n',
    "hooks/cli.py": LINES,
    "hooks/moving.py": MOVES,
    "hooks/old.py": LINES.replace("line", "old"),
    "hooks/run.sh": "#!/bin/sh\n",
    "hooks/words.py": "über\n",
    "overrides/main.html": LINES,
    "overrides/picture.png": b"\x89PNG\x00one",
    "tests/test_one.py": "one\n",
}


def line(number: int, text: str, of: str = LINES) -> str:
    """The lines with another text in one of them."""
    lines = of.splitlines(keepends=True)
    lines[number - 1] = f"{text}\n"
    return "".join(lines)


def upgrade(folder: Path, *args: str | Path) -> tuple[int, str]:
    """Call the command in this process; gives its exit code and all that it said."""
    with contextlib.chdir(folder):
        done = CliRunner().invoke(command, [*map(str, args)], env=GIT_ENV, catch_exceptions=False)
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template with three versions, and something unfinished after the last."""
    folder = tmp_path_factory.mktemp("templates") / "template"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    write(folder, {"hooks/cli.py": "older\n", "mkdocs.yml": "site_name: Older\n"})
    commit(folder, "Before")
    write(folder, FIRST)
    commit(folder, "First")
    git(folder, "tag", "v1.0.0")
    git(folder, "rm", "-q", "hooks/old.py")
    git(folder, "mv", "hooks/moving.py", "hooks/moved.py")
    new = (SETTINGS % "First Owner").replace("index.md", "index.md\n  - Talks: talks.md")
    write(
        folder,
        {
            "mkdocs.yml": new + "  - tags\n",
            "README.md": "# A better homepage\n",
            "CHANGELOG.md": NEWS.replace("## 1", "## 1.1.0 (2026-02-02)\n\n- The second.\n\n## 1"),
            "requirements.txt": "mkdocs==1.1\n",
            "docs/index.md": "# First owner has moved\n",
            "docs/talks.md": "# Talks\n",
            "guide/lists.md": line(3, "new"),
            "guide/new.md": "new\n",
            "hooks/homepage/__init__.py": '__version__ = "1.1.0"\n',
            "hooks/cli.py": line(3, "new"),
            "hooks/moved.py": line(3, "new", MOVES),
            "hooks/new.py": "new\n",
            "hooks/wörter.py": "neu\n",
            "overrides/main.html": line(3, "new"),
            "overrides/picture.png": b"\x89PNG\x00two",
            "tests/test_two.py": "two\n",
        },
    )
    (folder / "hooks/run.sh").chmod(0o755)
    commit(folder, "Second")
    git(folder, "tag", "v1.1.0")
    write(
        folder,
        {
            "hooks/homepage/__init__.py": '__version__ = "1.10.0"\n',
            "overrides/main.html": line(15, "newer", line(3, "new")),
        },
    )
    commit(folder, "Third")
    git(folder, "tag", "--annotate", "-m", "Third", "v1.10.0")
    git(folder, "tag", "not-a-version")
    write(folder, {"hooks/unfinished.py": "not yet\n"})
    commit(folder, "After")
    return folder


OWN = {
    "mkdocs.yml": SETTINGS % "Ann Doe",
    "README.md": "# My homepage\n",
    "docs/index.md": "# Ann Doe\n",
    'docs/ann\'s "page".md': "# Mine\n",
    "overrides/partials/comments.html": "mine\n",
    "overrides/main.html": line(15, "mine"),
    "hooks/moving.py": line(15, "mine", MOVES),
}


def fork(template: Path, folder: Path) -> None:
    """A clone, with the history."""
    git(folder.parent, "clone", "--quiet", template, folder)
    git(folder, "reset", "--quiet", "--hard", "v1.0.0")
    git(folder, "tag", "-d", "v1.0.0", "v1.1.0", "v1.10.0")
    git(folder, "remote", "remove", "origin")


def from_template(template: Path, folder: Path) -> None:
    """What GitHub's "Use this template" makes: the files, in one commit of its own."""
    git(folder.parent, "init", "--quiet", folder)
    write(folder, FIRST)
    commit(folder, "Initial commit")


def copied(template: Path, folder: Path) -> None:
    """The files alone, which nobody has committed before they were changed."""
    git(folder.parent, "init", "--quiet", folder)
    write(folder, FIRST)


@pytest.fixture
def newer(template: Path, tmp_path: Path) -> Callable[..., Path]:
    """A template with one version after the first: with these files, and without others."""

    def make(files: dict[str, str], *gone: str) -> Path:
        folder = tmp_path / "newer"
        git(tmp_path, "clone", "--quiet", template, folder)
        git(folder, "checkout", "--quiet", "v1.0.0")
        if gone:
            git(folder, "rm", "--quiet", *gone)
        write(folder, files)
        commit(folder, "Newer")
        git(folder, "tag", "v2.0.0")
        return folder

    return make


@pytest.fixture
def make_own(template: Path, tmp_path: Path) -> Callable[..., Path]:
    """An owner's copy of the first version, with changes of their own."""

    def make(how: Callable[[Path, Path], None] = from_template) -> Path:
        folder = tmp_path / "own"
        how(template, folder)
        write(folder, OWN)
        shutil.rmtree(folder / "tests")
        commit(folder, "Make it mine")
        return folder

    return make


def state(folder: Path) -> dict[str, object]:
    """All files, what is committed and what is not."""
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {
        **{name: path.read_bytes() for name, path in files.items() if not name.startswith(".git/")},
        "HEAD": git(folder, "rev-parse", "HEAD"),
        "status": git(folder, "status", "--porcelain"),
    }


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("how", [fork, from_template, copied])
def test_two_upgrades_keep_what_is_the_owners(
    make_own: Callable[..., Path], template: Path, how: Callable[[Path, Path], None]
) -> None:
    own = make_own(how)
    before = git(own, "rev-parse", "HEAD")
    code, output = upgrade(own, "--from", template, "--to", "1.1.0")
    assert code == 0, output
    assert "from 1.0.0 (" in output
    assert "make serve" in output
    assert "pip install --no-deps -r requirements.txt" in output
    assert git(own, "status", "--porcelain") == ""
    assert git(own, "rev-parse", "HEAD^") == before
    assert git(own, "log", "-1", "--format=%s").startswith("Upgrade the machinery to 1.1.0 (")
    for name in (
        "README.md",
        "docs/index.md",
        'docs/ann\'s "page".md',
        "overrides/partials/comments.html",
    ):
        assert read(own, name) == OWN[name]
    assert read(own, "mkdocs.yml") == SETTINGS % "Ann Doe" + "  - tags\n"
    assert read(own, "overrides/main.html") == line(15, "mine", line(3, "new"))
    assert read(own, "hooks/moved.py") == line(15, "mine", line(3, "new", MOVES))
    assert read(own, "guide/lists.md") == line(3, "new")
    assert read(own, "guide/new.md") == "new\n"
    assert read(own, "hooks/cli.py") == line(3, "new")
    assert read(own, "hooks/wörter.py") == "neu\n"
    assert (own / "overrides/picture.png").read_bytes() == b"\x89PNG\x00two"
    assert os.access(own / "hooks/run.sh", os.X_OK)
    gone = ("hooks/old.py", "hooks/moving.py", "docs/talks.md", "tests", "hooks/unfinished.py")
    assert [name for name in gone if (own / name).exists()] == []

    # The second: the address is known, the newest version is wanted, and one file does not fit.
    there = state(own)
    code, output = upgrade(own)
    assert code == 1
    assert "from 1.1.0 (" in output
    assert "overrides/main.html: you and the new version changed the same place" in output
    assert "--keep overrides/main.html" in output
    assert state(own) == there
    code, output = upgrade(own, "--keep", "overrides/main.html")
    assert code == 0, output
    assert read(own, "overrides/main.html") == line(15, "mine", line(3, "new"))
    assert "1.10.0" in read(own, "hooks/homepage/__init__.py")
    code, output = upgrade(own)
    assert (code, output.rpartition(" already")[2]) == (0, ": nothing to do.\n")


def test_a_preview_reports_everything_and_changes_nothing(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own()
    write(own, {"docs/index.md": "# Not committed yet\n", "hooks/cli.py": "nor this\n"})
    before = state(own)
    code, output = upgrade(own, "--from", template, "--to", "v1.1.0", "--preview")
    assert code == 0, output
    assert state(own) == before
    said = re.sub(r"\b[0-9a-f]{7}\b", "…", output)
    assert (
        said
        == """The machinery: from 1.0.0 (…) to 1.1.0 (…)

What is new:

## 1.1.0 (2026-02-02)
- The second.

Files:
  changed  CHANGELOG.md
  changed  guide/lists.md
  added    guide/new.md
  changed  hooks/cli.py
  changed  hooks/homepage/__init__.py
  added    hooks/moved.py
  removed  hooks/moving.py
  added    hooks/new.py
  removed  hooks/old.py
  changed  hooks/run.sh
  added    hooks/wörter.py
  changed  mkdocs.yml
  merged   overrides/main.html
  changed  overrides/picture.png
  changed  requirements.txt

Left as you have it, though the new version has another: README.md, tests/test_two.py
What is new in one of them: git diff … … -- README.md

This was a preview: nothing was changed.
"""
    )
    code, output = upgrade(own, "--preview")
    assert code == 0
    assert "overrides/main.html: you and the new version changed the same place" in output
    assert state(own) == before


def test_work_in_docs_goes_on_meanwhile(make_own: Callable[..., Path], template: Path) -> None:
    own = make_own()
    write(
        own, {"docs/index.md": "# Staged\n", "docs/new.md": "# New\n", "overrides/draft.html": "mine\n"}
    )
    git(own, "add", "docs/index.md")
    status = git(own, "status", "--porcelain")
    code, output = upgrade(own, "--from", template, "--to", "v1.1.0")
    assert code == 0, output
    assert git(own, "status", "--porcelain") == status
    assert read(own, "docs/index.md") == "# Staged\n"
    assert "docs/" not in git(own, "show", "--stat", "--format=", "HEAD")


def test_going_back_is_one_revert_and_going_on_works_then(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own(fork)
    tree = git(own, "rev-parse", "HEAD^{tree}")
    assert upgrade(own, "--from", template, "--to", "v1.1.0")[0] == 0
    git(own, "revert", "--no-edit", "HEAD")
    assert git(own, "rev-parse", "HEAD^{tree}") == tree
    code, output = upgrade(own, "--to", "v1.1.0")
    assert code == 0, output
    assert "from 1.0.0" in output


def test_a_conflict_can_be_given_up_or_solved(make_own: Callable[..., Path], template: Path) -> None:
    own = make_own()
    write(own, {"hooks/old.py": "mine\n"})
    (own / "hooks/cli.py").unlink()
    commit(own, "Change what will be gone, and delete what will be new")
    before = state(own)
    code, output = upgrade(own, "--from", template, "--with-conflicts")
    assert code == 1
    assert "another: README.md, tests/test_two.py, hooks/cli.py" in output
    assert "hooks/old.py: you changed it, and the new version no longer has it" in output
    assert "<<<<<<< yours\nmine\n=======\nnewer\n>>>>>>> 1.10.0 (" in read(own, "overrides/main.html")
    assert read(own, "hooks/old.py") == "mine\n"
    assert "An upgrade is unfinished" in refused(own)
    assert upgrade(own, "--abort") == (0, "The files are as they were before the upgrade.\n")
    assert state(own) == before
    assert "No upgrade is unfinished" in refused(own, "--abort")

    assert upgrade(own, "--with-conflicts")[0] == 1
    write(own, {"overrides/main.html": line(15, "both", line(3, "new"))})
    code, output = run("git", "commit", "-m", "Upgrade", cwd=own, env=GIT_ENV)
    assert code != 0
    assert "hooks/old.py" in output  # git watches that nothing is forgotten
    git(own, "add", "overrides/main.html")
    git(own, "rm", "--quiet", "hooks/old.py")
    git(own, "commit", "--quiet", "-m", "Upgrade")
    assert git(own, "status", "--porcelain") == ""
    assert not (own / "hooks/cli.py").exists()
    code, output = upgrade(own)
    assert (code, output.rpartition(" already")[2]) == (0, ": nothing to do.\n")
    assert "No upgrade is unfinished" in refused(own, "--abort")


def test_a_file_can_be_taken_as_the_new_version_has_it(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own()
    code, output = upgrade(
        own, "--from", template, "--take", "overrides/main.html", "--take", "mkdocs.yml"
    )
    assert code == 0, output
    assert read(own, "overrides/main.html") == line(15, "newer", line(3, "new"))
    assert read(own, "mkdocs.yml") == SETTINGS % "Ann Doe" + "  - tags\n"  # who it is stays
    code, output = upgrade(own, "--keep", "main.html")
    assert code == 1
    assert "There is no file main.html" in output


def test_checkouts_with_line_ends_of_windows_are_upgraded(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own()
    git(own, "config", "core.autocrlf", "true")
    git(own, "rm", "-rq", "--cached", ".")
    git(own, "reset", "--quiet", "--hard")
    assert b"\r\n" in (own / "hooks/cli.py").read_bytes()
    code, output = upgrade(own, "--from", template, "--to", "v1.1.0")
    assert code == 0, output
    assert git(own, "status", "--porcelain") == ""
    assert (own / "overrides/main.html").read_bytes().count(b"\r\n") == 20
    assert git(own, "show", "HEAD:overrides/main.html") == line(15, "mine", line(3, "new"))


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (MARKER.decode(), "# The machinery; nothing below needs any change."),
        (MARKER.decode(), ""),
        ("", MARKER.decode()),
        ("", ""),
    ],
)
def test_whose_site_it_is_stays_whatever_marks_the_machinery(
    template: Path, tmp_path: Path, mine: str, theirs: str
) -> None:
    git(tmp_path, "clone", "--quiet", template, "template")
    newer, own = tmp_path / "template", tmp_path / "own"
    git(newer, "checkout", "--quiet", "v1.1.0")
    text = f"site_author: First Owner\n{SETTINGS % 'First Owner'}  - tags\n"
    write(newer, {"mkdocs.yml": text.replace(MARKER.decode(), theirs)})
    commit(newer, "Newer")
    git(newer, "tag", "v2.0.0")
    from_template(template, own)
    owners = f"site_author: Ann Doe\n{SETTINGS % 'Ann Doe'}"
    write(own, {"mkdocs.yml": owners.replace(MARKER.decode(), mine)})
    commit(own, "Mine")
    code, output = upgrade(own, "--from", newer)
    assert code == 0, output
    found = read(own, "mkdocs.yml")
    assert found.startswith("site_author: Ann Doe\nsite_name: Ann Doe\nnav:\n")
    assert found.endswith("plugins:\n  - search\n  - tags\n")
    assert "First Owner" not in found


def test_settings_that_cannot_be_told_from_the_machinery_stay(template: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    from_template(template, own)
    write(own, {"mkdocs.yml": "plugins: [search]\nsite_name: Ann Doe\n"})
    commit(own, "Mine")
    assert "--keep mkdocs.yml" in refused(own, "--from", template, "--take", "mkdocs.yml")
    code, output = upgrade(own, "--from", template)
    assert code == 0, output
    assert "another: mkdocs.yml" in output
    assert read(own, "mkdocs.yml") == "plugins: [search]\nsite_name: Ann Doe\n"


def test_what_new_took_out_of_the_readme_stays_away(template: Path, tmp_path: Path) -> None:
    block = (
        "<!-- first owner: First Owner; first (gone) -->\nHis.\n\n![Home](.github/images/%s.png)\n"
        "<!-- end of first owner -->\n\n"
    )
    readme = "# A homepage\n\n%s## Start\n\n" + LINES
    git(tmp_path, "clone", "--quiet", template, "template")
    newer, own = tmp_path / "template", tmp_path / "own"
    git(newer, "checkout", "--quiet", "v1.1.0")
    pictures = {".github/images/old.png": b"old", ".github/images/other.png": b"other"}
    write(newer, {**pictures, "README.md": readme % (block % "old")})
    write(newer, dict.fromkeys(starter.TEMPLATES_OWN, "old"))
    commit(newer, "Older")
    git(newer, "tag", "v2.0.0")
    git(tmp_path, "clone", "--quiet", newer, own)
    for path in (".github/images/old.png", *starter.TEMPLATES_OWN):
        (own / path).unlink()
    write(own, {"README.md": line(22, "mine", readme % "")})
    commit(own, "Mine")
    text = line(11, "new", readme % "").replace("## Start", "%s## Start") % (block % "new")
    write(
        newer, {".github/images/old.png": b"older", ".github/images/new.png": b"new", "README.md": text}
    )
    write(newer, dict.fromkeys(starter.TEMPLATES_OWN, "new"))
    commit(newer, "Newer")
    git(newer, "tag", "v3.0.0")
    code, output = upgrade(own, "--from", newer)
    assert code == 0, output
    assert read(own, "README.md") == line(22, "mine", line(11, "new", readme % ""))
    assert [path.name for path in (own / ".github/images").iterdir()] == ["other.png"]
    assert [path for path in starter.TEMPLATES_OWN if (own / path).exists()] == []
    assert "Left as you have it" not in output


# -- when it is cut off ---------------------------------------------------------


def cut_off(own: Path, template: Path, signal: str, where: str) -> int:
    """Upgrade, and be ended while git writes hooks/new.py; `where` tells the owner's folder apart."""
    write(own, {".git/info/attributes": "hooks/new.py filter=end\n"})
    git(own, "config", "filter.end.smudge", f"if {where}; then kill -s {signal} 0; sleep 9; fi; cat")
    call = (sys.executable, CLI, "upgrade", "--from", template, "--to", "v1.1.0")
    done = subprocess.run(
        call, cwd=own, env=GIT_ENV, start_new_session=True, capture_output=True, check=False
    )
    (own / ".git/info/attributes").unlink()
    return done.returncode


def test_killed_while_it_merges_it_has_changed_nothing(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own()
    before = state(own)
    assert cut_off(own, template, "KILL", "test ! -d docs") == -9
    assert state(own) == before
    assert upgrade(own, "--to", "v1.1.0")[0] == 0


def test_killed_while_it_writes_it_is_put_back_on_request(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own()
    before = state(own)
    assert cut_off(own, template, "KILL", "test -d docs") == -9
    assert (own / ".git/index.lock").exists()
    assert read(own, "hooks/cli.py") == line(3, "new")  # half an upgrade
    write(own, {"docs/index.md": "# Written since\n"})
    code, output = upgrade(own, "--to", "v1.1.0")
    assert code == 1
    assert "An upgrade is unfinished" in output
    assert upgrade(own, "--abort")[0] == 0
    assert read(own, "docs/index.md") == "# Written since\n"
    git(own, "checkout", "docs/index.md")
    assert state(own) == before
    assert upgrade(own, "--to", "v1.1.0")[0] == 0


def test_interrupted_while_it_writes_it_puts_everything_back(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own()
    before = state(own)
    assert cut_off(own, template, "INT", "test -d docs") != 0
    assert state(own) == before
    assert upgrade(own, "--to", "v1.1.0")[0] == 0


def test_a_change_that_git_was_told_not_to_see_is_seen(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own()
    write(own, {"hooks/cli.py": "mine\n"})
    for flag in ("assume-unchanged", "skip-worktree"):
        git(own, "update-index", f"--{flag}", "hooks/cli.py")
        said = refused(own, "--from", template, "--to", "v1.1.0")
        assert f"git update-index --no-{flag} hooks/cli.py" in said
        assert read(own, "hooks/cli.py") == "mine\n"
        git(own, "update-index", f"--no-{flag}", "hooks/cli.py")
    git(own, "checkout", "--quiet", "hooks/cli.py")
    git(own, "update-index", "--assume-unchanged", "hooks/cli.py", "overrides/main.html")
    assert upgrade(own, "--to", "v1.1.0")[0] == 0  # there is nothing to be lost
    assert read(own, "hooks/cli.py") == line(3, "new")


@pytest.mark.parametrize("flag", ["", "assume-unchanged", "skip-worktree"])
def test_what_is_saved_at_the_last_moment_stays(
    make_own: Callable[..., Path],
    template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    flag: str,
) -> None:
    own = make_own()
    if flag:
        git(own, "update-index", f"--{flag}", "hooks/cli.py")
    git(own, "update-index", "--skip-worktree", "hooks/run.sh")
    (own / "hooks/run.sh").unlink()  # as where only some folders are checked out
    wrapper = tmp_path / "bin/git"
    real = shutil.which("git")
    save = 'case "$*" in *--ff-only*) echo mine >> hooks/cli.py;; esac'
    write(tmp_path, {"bin/git": f'#!/bin/sh\n{save}\nexec {real} "$@"\n'})
    wrapper.chmod(0o755)
    monkeypatch.setitem(GIT_ENV, "PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    said = refused_at_the_end(own, "--from", template, "--to", "v1.1.0")
    assert "overwritten by merge: hooks/cli.py" in said
    assert read(own, "hooks/cli.py") == f"{LINES}mine\n"
    assert not (own / "hooks/new.py").exists()


def test_what_is_written_after_an_upgrade_was_cut_off_stays(
    make_own: Callable[..., Path], template: Path
) -> None:
    own = make_own()
    assert cut_off(own, template, "KILL", "test -d docs") == -9
    write(own, {"hooks/cli.py": line(3, "new") + "mine\n"})
    assert "changed since: hooks/cli.py." in refused(own, "--abort")
    assert read(own, "hooks/cli.py") == line(3, "new") + "mine\n"
    git(own, "restore", "hooks/cli.py")
    assert git(own, "status", "--porcelain") == ""


# -- what it refuses ------------------------------------------------------------


def refused(folder: Path, *args: str | Path) -> str:
    """What is said against an upgrade: one line, and no traceback."""
    code, output = upgrade(folder, *args)
    assert code == 1, output
    assert output.startswith("Error: ")
    assert output.count("\n") == 1
    return output


def refused_at_the_end(folder: Path, *args: str | Path) -> str:
    """What is said against an upgrade after all that it would change."""
    code, output = upgrade(folder, *args)
    assert code == 1, output
    assert output.splitlines()[-1].startswith("Error: ")
    return output.splitlines()[-1]


def test_it_says_what_is_missing(make_own: Callable[..., Path], template: Path, tmp_path: Path) -> None:
    assert "git init" in refused(tmp_path)
    git(tmp_path, "init", "--quiet", "empty")
    assert "git commit" in refused(tmp_path / "empty")
    write(tmp_path / "empty", {"x": "x"})
    commit(tmp_path / "empty", "x")
    assert "has no mkdocs.yml" in refused(tmp_path / "empty")
    own = make_own()
    assert "--from https://github.com/OWNER/REPOSITORY" in refused(own)
    assert "cannot be read at " in refused(own, "--from", tmp_path / "nowhere")
    offline = refused(own, "--from", "http://127.0.0.1:9/template")
    assert "Check your connection" in offline
    secret = refused(own, "--from", "http://user:p@ssW0RD@127.0.0.1:9/template")
    assert "read at http://127.0.0.1:9/template: " in secret
    assert "W0RD" not in secret
    assert git(own, "remote") == ""  # what was wrong is not kept
    assert "no version v9; there are " in refused(own, "--from", template, "--to", "v9")
    write(own, {"hooks/new.py": "mine\n"})
    assert "hooks/new.py" in upgrade(own, "--to", "v1.1.0")[1].splitlines()[-1]
    assert read(own, "hooks/new.py") == "mine\n"
    write(own, {"hooks/cli.py": "mine\n"})
    assert "not committed: hooks/cli.py" in refused(own)


@pytest.mark.parametrize(
    ("name", "option"), [("many", ""), ("MANY", "--with-conflicts"), ("many/F1.txt", "")]
)
def test_what_git_ignores_is_not_written_over(
    make_own: Callable[..., Path], newer: Callable[..., Path], name: str, option: str
) -> None:
    own = make_own()
    write(own, {".git/info/exclude": "many\nMANY\n", name: "mine"})
    template = newer({"many/f1.txt": "new\n", "overrides/main.html": line(15, "other")})
    options = [option] if option else ["--keep", "overrides/main.html"]
    said = refused_at_the_end(own, "--from", template, *options)
    assert f"Files of yours are where new ones belong: {name}." in said
    assert read(own, name) == "mine"


def test_git_itself_writes_over_nothing_that_it_ignores(
    make_own: Callable[..., Path],
    newer: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = make_own()
    write(own, {".git/info/exclude": "many\n", "many": "mine"})
    monkeypatch.setattr(working_tree, "in_the_way", lambda *_: [])  # it came a moment later
    code, output = upgrade(own, "--from", newer({"many/f1.txt": "new\n"}))
    assert code == 1, output
    assert read(own, "many") == "mine"


def test_content_is_content_however_its_folder_is_written(
    make_own: Callable[..., Path], newer: Callable[..., Path]
) -> None:
    own = make_own()
    write(own, {"DOCS/draft.md": "mine\n"})
    commit(own, "Begin a draft")
    write(own, {"DOCS/draft.md": "mine, not committed yet\n"})
    template = newer({"Docs/index.md": "# New\n", "hooks/new.py": "new\n"})
    code, output = upgrade(own, "--from", template)
    assert code == 0, output
    assert (own / "hooks/new.py").is_file()
    assert not (own / "Docs").exists()


def test_links_and_submodules_of_the_template_are_reported_or_refused(
    make_own: Callable[..., Path], newer: Callable[..., Path]
) -> None:
    own, template = make_own(), newer({"hooks/new.py": "new\n"})
    (template / "overrides/also.html").symlink_to("../hooks/cli.py")
    commit(template, "Link")
    git(template, "tag", "v3.0.0")
    (template / "overrides/out.html").symlink_to("../../secret")
    commit(template, "Link elsewhere")
    git(template, "tag", "v4.0.0")
    head = git(template, "rev-parse", "HEAD").strip()
    git(template, "rm", "--quiet", "overrides/out.html")
    git(template, "update-index", "--add", "--cacheinfo", f"160000,{head},hooks/other")
    git(template, "commit", "--quiet", "-m", "Submodule")
    git(template, "tag", "v5.0.0")
    assert "another repository at hooks/other" in refused(own, "--from", template)
    assert "overrides/out.html that leads out" in refused(own, "--to", "v4.0.0")
    code, output = upgrade(own, "--to", "v4.0.0", "--keep", "overrides/out.html")
    assert code == 0, output
    assert "added    overrides/also.html (a link to ../hooks/cli.py)" in output
    assert (own / "overrides/also.html").is_symlink()
    assert not (own / "overrides/out.html").is_symlink()


@pytest.mark.parametrize(
    ("target", "is_out"),
    [
        ("c", False),
        ("../c", False),
        ("../../c", False),
        ("../..", False),
        ("../../../c", True),
        ("../../..", True),
        ("c/../d", True),
        ("/etc/passwd", True),
        ("C:/x", True),
        ("..\\..\\..\\x", True),
        ("../../.git/config", True),
    ],
)
def test_a_link_leads_out_or_not(target: str, is_out: bool) -> None:
    assert ownership.leads_out("a/b/link", target) is is_out


def test_a_template_does_not_steer_the_terminal(
    make_own: Callable[..., Path], newer: Callable[..., Path]
) -> None:
    own = make_own()
    template = newer(
        {
            "CHANGELOG.md": f"{NEWS}- Red \x1b[31m\x9b2J\u202e.\n",
            "hooks/x\x1b[2J\n  removed y.py": "new\n",
            "overrides/main.html": line(15, "other"),
            "README.md": "# Other\n",
        }
    )
    code, output = upgrade(own, "--from", template, "--preview")
    assert code == 0, output
    assert "- Red [31m2J\\u202e.\n" in output
    assert "  added    hooks/x[2J  removed y.py\n" in output
    assert output.replace("\n", "").isprintable()


def test_a_file_may_change_the_case_of_its_name(
    make_own: Callable[..., Path], newer: Callable[..., Path]
) -> None:
    own = make_own()
    code, output = upgrade(own, "--from", newer({"hooks/Run.sh": "#!/bin/sh\n"}, "hooks/run.sh"))
    assert code == 0, output
    assert (own / "hooks/Run.sh").is_file()


def test_a_copy_that_is_like_no_version_is_asked_for_its_own(template: Path, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "own")
    own = tmp_path / "own"
    write(own, {**FIRST, "hooks/cli.py": "a", "overrides/main.html": "b", "CHANGELOG.md": "c"})
    write(own, {name: "x" for name in FIRST if name.startswith(("hooks", "req", "README"))})
    commit(own, "All is new")
    said = refused(own, "--from", template)
    assert "It is not clear which version" in said
    asked = re.search(r"--base \w{7}", said)
    assert asked
    code, output = upgrade(own, *asked[0].split(), "--preview")
    assert code == 0
    assert output.startswith("The machinery: from 1.0.0 (")


def test_no_version_is_older_than_the_owners(template: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", template, "own")  # of what comes after the newest version
    code, output = upgrade(tmp_path / "own", "--from", template)
    assert code == 0
    assert "is newer than 1.10.0 (" in output


def test_without_tags_the_newest_is_what_the_template_shows(template: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", "--no-tags", template, "bare.git")
    git(tmp_path, "clone", "--quiet", "--no-tags", template, "upstream")
    own = tmp_path / "own"
    git(tmp_path, "clone", "--quiet", "--origin", "upstream", "bare.git", own)
    git(own, "reset", "--quiet", "--hard", "HEAD~2")
    code, output = upgrade(own)  # GitHub's own program names the origin of a fork so
    assert code == 0, output
    assert (own / "hooks/unfinished.py").is_file()


def test_only_versions_come_and_the_branch_that_is_named(template: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", template, "template")
    newer, own = tmp_path / "template", tmp_path / "own"
    blobs = {}
    for branch in ("gh-pages", "next"):
        git(newer, "checkout", "--quiet", "-b", branch, "v1.10.0")
        write(newer, {"hooks/cli.py": f"{branch}\n"})
        commit(newer, branch)
        blobs[branch] = git(newer, "rev-parse", "HEAD:hooks/cli.py").strip()
    git(newer, "checkout", "--quiet", "main")
    from_template(template, own)
    code, output = upgrade(own, "--from", newer, "--to", "next")
    assert code == 0, output
    assert read(own, "hooks/cli.py") == "next\n"
    there = {
        branch: run("git", "cat-file", "-e", blob, cwd=own)[0] == 0 for branch, blob in blobs.items()
    }
    assert there == {"gh-pages": False, "next": True}


# -- the rules ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ([Similarity("c", 5, 1), Similarity("b", 9, 1), Similarity("a", 7, 0)], "b"),
        ([Similarity("c", 9, 1, 40), Similarity("b", 9, 1, 4), Similarity("a", 9, 1, 20)], "b"),
        ([Similarity("c", 9, 1, 4), Similarity("b", 9, 1, 4)], "b"),
    ],
    ids=["files", "lines", "age"],
)
def test_the_most_similar_version_is_the_base(found: list[Similarity], wanted: str) -> None:
    assert ownership.nearest(found).commit == wanted


def test_versions_are_compared_by_number() -> None:
    assert ownership.newest(["v1.9.0", "v1.10.0", "v2.0.0rc1", "x"]) == "v1.10.0"
    assert ownership.newest(["start"]) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:p@ssW0RD@host/x", "https://host/x"),
        ("ssh://me@host:22/x@y", "ssh://host:22/x@y"),
        ("'ftp+x://t0ken@host/' and http://a:b@host", "'ftp+x://host/' and http://host"),
        ("git@host:x", "git@host:x"),
        ("cannot reach 'http://token@host/': no", "cannot reach 'http://host/': no"),
        ("https://host/@jane", "https://host/@jane"),
    ],
)
def test_addresses_are_reported_without_passwords(text: str, shown: str) -> None:
    assert without_password(text) == shown


def test_this_version_is_the_newest_in_the_list_of_changes() -> None:
    text = read(ROOT, "CHANGELOG.md")
    headings = re.findall(r"^## (.*)$", text, re.M)
    released = [heading for heading in headings if heading != "Unreleased"]
    assert headings.index(released[0]) <= 1, "what is unreleased comes first"
    version, day = re.fullmatch(r"(\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)", released[0]).groups()  # type: ignore[union-attr]
    assert version == __version__
    assert date.fromisoformat(day)
    assert run(sys.executable, CLI, "--version") == (0, f"{__version__}\n")
    assert ownership.version_in((ROOT / ownership.VERSION).read_bytes()) == __version__


def test_the_settings_say_where_the_machinery_begins() -> None:
    above, _, below = (ROOT / "mkdocs.yml").read_bytes().partition(MARKER)
    assert b"site_name:" in above
    assert b"\nhooks:" in below


# -- with the real thing ----------------------------------------------------------


def test_this_repository_is_upgraded_and_builds(tmp_path: Path) -> None:
    template, own = tmp_path / "template", tmp_path / "own"
    names = ("docs", "guide", "hooks", "overrides", ".github")
    for name in names:
        shutil.copytree(ROOT / name, template / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.is_file() and path.name != ".git":
            shutil.copy(path, template)
    git(template, "init", "--quiet", "--initial-branch=main")
    commit(template, "One")
    git(template, "tag", f"v{__version__}")
    git(tmp_path, "clone", "--quiet", template, own)
    settings = read(own, "mkdocs.yml")
    write(
        own,
        {
            "mkdocs.yml": re.sub("(?m)^site_name: .*$", "site_name: Ann Doe", settings),
            "docs/more.md": "# Mine\n\nMy own words.\n",
            "overrides/fragments/totals.html": read(own, "overrides/fragments/totals.html") + "\n",
        },
    )
    commit(own, "Mine")
    version = read(template, ownership.VERSION).replace(__version__, "99.0.0")
    robots = read(template, "hooks/homepage/web/robots.py").replace("Allow: /", "Allow: /new")
    write(template, {ownership.VERSION: version, "hooks/homepage/web/robots.py": robots})
    commit(template, "Two")
    git(template, "tag", "v99.0.0")
    cli = (sys.executable, own / "hooks/cli.py")
    code, output = run(*cli, "upgrade", "--from", template, cwd=own, env=GIT_ENV)
    assert code == 0, output
    assert run(*cli, "--version", cwd=own) == (0, "99.0.0\n")
    code, log = mkdocs("build", "--strict", cwd=own)
    assert code == 0, log
    assert "Allow: /new" in read(own, "site/robots.txt")
    assert "<title>Ann Doe" in read(own, "site/index.html")
    assert "My own words." in read(own, "site/more/index.html")
