"""The workflows are what GitHub understands, and as safe as their linter wants them."""

import re
import sys
from pathlib import Path

import pytest

from support import ROOT, run, write

BIN = Path(sys.executable).parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))

SOUND = """
name: sound
on: push
permissions: {}
concurrency: {group: sound, cancel-in-progress: true}
jobs:
  one:
    name: one
    runs-on: ubuntu-24.04
    steps:
      - run: echo fine
"""


def lint(folder: Path) -> tuple[int, str]:
    """Lint the workflows below a folder by zizmor; gives its exit code and findings."""
    return run(BIN / "zizmor", "--offline", "--no-progress", "--pedantic", "--no-config", folder)


def conforms(schema: str, *files: Path) -> tuple[int, str]:
    """Check files against a schema that check-jsonschema brings along."""
    return run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


def test_all_workflows_are_there() -> None:
    assert {path.stem for path in WORKFLOWS} == {"deploy", "test", "weekly"}


def test_files_conform_to_their_schemas() -> None:
    for code, output in (
        conforms("github-workflows", *WORKFLOWS),
        conforms("dependabot", GITHUB / "dependabot.yml"),
    ):
        assert code == 0, output


def test_linter_finds_nothing() -> None:
    code, output = lint(GITHUB)
    assert code == 0, output
    for path in WORKFLOWS:
        assert f"completed {GITHUB.name}/workflows/{path.name}" in output.replace(f"{ROOT}/", "")


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (("echo fine", "echo ${{ github.event.head_commit.message }}"), "template-injection"),
        (("run: echo fine", "uses: actions/checkout@v4"), "unpinned-uses"),
        (("permissions: {}", "permissions: write-all"), "excessive-permissions"),
        (("on: push", "on: pull_request_target"), "dangerous-triggers"),
    ],
)
def test_linter_tells_what_is_wrong(tmp_path: Path, change: tuple[str, str], finding: str) -> None:
    path = ".github/workflows/w.yml"
    write(tmp_path, {path: SOUND})
    assert lint(tmp_path)[0] == 0
    assert change[0] in SOUND
    write(tmp_path, {path: SOUND.replace(*change)})
    code, output = lint(tmp_path)
    assert code != 0
    assert finding in output


def test_schema_tells_what_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, {"sound.yml": SOUND, "wrong.yml": SOUND.replace("runs-on", "runs_on")})
    assert conforms("github-workflows", tmp_path / "sound.yml")[0] == 0
    code, output = conforms("github-workflows", tmp_path / "wrong.yml")
    assert code != 0
    assert "runs_on" in output


def test_workflows_call_tasks_that_exist() -> None:
    tasks = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    called = {
        task
        for path in WORKFLOWS
        for task in re.findall(r"run: make ([a-z]+)", path.read_text(encoding="utf-8"))
    }
    assert called == {"lock", "publish", "test"}
    assert called <= tasks
