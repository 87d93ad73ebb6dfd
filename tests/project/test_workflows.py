"""The workflows are what GitHub understands, and as safe as their linter wants them."""

import os
import re
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from commands.import_.command import import_site
from commands.shared.starter import TEMPLATES_OWN
from support import BIN, FIRST_OWNER, ROOT, conforms, run, small_site, write
from support.repositories import GIT_ENV, commit, git

GITHUB = ROOT / ".github"
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("*.yml"))
PULL_REQUEST = GITHUB / "pull_request_template.md"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))

# Jobs that may write, and what; they run nothing but git and the owner's own machinery.
MAY_WRITE = {
    ("daily", "due"): {"actions"},
    ("deploy", "deploy"): {"contents"},
    ("weekly", "offer"): {"contents", "pull-requests"},
}
FOLDERS = ["", "tests/", "tests/longevity/"]
LOCKS = [*(f"{folder}requirements.txt" for folder in FOLDERS), ".github/LICENCES.md"]

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


def workflow(path: Path) -> dict[str, Any]:
    """A workflow as GitHub reads it."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def test_all_workflows_are_there() -> None:
    assert {path.stem for path in WORKFLOWS} == {"daily", "deploy", "test", "weekly"}


def test_files_conform_to_their_schemas() -> None:
    for code, output in (
        conforms("github-workflows", *WORKFLOWS),
        conforms("dependabot", GITHUB / "dependabot.yml"),
    ):
        assert code == 0, output


@FIRST_OWNER
def test_forms_conform_and_ask_for_what_is_needed() -> None:
    assert {path.relative_to(ROOT).as_posix() for path in (*FORMS, PULL_REQUEST)} == set(TEMPLATES_OWN)
    code, output = conforms("github-issue-forms", *FORMS)
    assert code == 0, output
    imported, citation = ({part.get("id"): part for part in workflow(path)["body"]} for path in FORMS)
    systems = next(parameter.type for parameter in import_site.params if parameter.name == "system")
    assert isinstance(systems, click.Choice)
    assert sorted(imported["system"]["attributes"]["options"]) == sorted(systems.choices)
    assert citation["entry"]["attributes"]["render"] == "bibtex"
    for form, names in ((imported, ("system", "output", "expected")), (citation, ("entry", "shown"))):
        assert all(form[name]["validations"]["required"] for name in names)


@FIRST_OWNER
def test_a_pull_request_starts_with_what_does_not_belong_here() -> None:
    first, *_ = PULL_REQUEST.read_text(encoding="utf-8").splitlines()
    assert first.startswith("A homepage's own content")
    assert "does not belong here" in first


def test_holes_in_every_lock_are_reported_in_one_group() -> None:
    updates = workflow(GITHUB / "dependabot.yml")["updates"]
    assert all(update["groups"] for update in updates)
    (python,) = [update for update in updates if update["package-ecosystem"] == "pip"]
    assert python["directories"] == ["/" + folder.rstrip("/") for folder in FOLDERS]
    assert python["groups"]["security"]["applies-to"] == "security-updates"


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
def test_linter_reports_what_is_wrong(tmp_path: Path, change: tuple[str, str], finding: str) -> None:
    path = ".github/workflows/w.yml"
    write(tmp_path, {path: SOUND})
    assert lint(tmp_path)[0] == 0
    assert change[0] in SOUND
    write(tmp_path, {path: SOUND.replace(*change)})
    code, output = lint(tmp_path)
    assert code != 0
    assert finding in output


def test_schema_reports_what_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, {"sound.yml": SOUND, "wrong.yml": SOUND.replace("runs-on", "runs_on")})
    assert conforms("github-workflows", tmp_path / "sound.yml")[0] == 0
    code, output = conforms("github-workflows", tmp_path / "wrong.yml")
    assert code != 0
    assert "runs_on" in output


def test_workflows_call_tasks_that_exist() -> None:
    tasks = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    called = {
        task
        for path in WORKFLOWS
        for task in re.findall(r"run: make ([a-z-]+)", path.read_text(encoding="utf-8"))
    }
    assert called == {"check", "lock", "publish", "test", "test-all"}
    assert called <= tasks


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_can_do_no_more_than_they_must(path: Path) -> None:
    text, found = path.read_text(encoding="utf-8"), workflow(path)
    assert "secrets" not in text
    assert "pull_request_target" not in text
    assert found["permissions"] == {}
    assert found["jobs"]
    for name, job in found["jobs"].items():
        writes = {scope for scope, right in job["permissions"].items() if right != "read"}
        assert writes == MAY_WRITE.get((path.stem, name), set())
        if "contents" not in writes:
            for step in job.get("steps", []):
                assert step.get("with", {}).get("persist-credentials", False) is False
    actions = re.findall(r"uses: *(\S+)(.*)", text)
    assert actions
    for action, comment in actions:
        local = action == "./.github/workflows/test.yml"
        assert local or re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action)
        assert local or re.fullmatch(r" # v\d+\.\d+\.\d+", comment), "Dependabot renews both"


@pytest.mark.parametrize(
    ("path", "tested"),
    [
        *((path, False) for path in ("docs/index.md", "docs/news.md", "mkdocs.yml", "README.md")),
        *(
            (path, True)
            for path in ("hooks/cli.py", "overrides/main.html", "tests/test_x.py", "Makefile")
        ),
        *((path, True) for path in ("requirements.txt", "tests/requirements.txt", "pyproject.toml")),
        (".github/workflows/deploy.yml", True),
    ],
)
def test_machinery_is_tested_only_where_it_has_changed(tmp_path: Path, path: str, tested: bool) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, {path: "old", "docs/a.md": "old"})
    commit(tmp_path)
    before = git(tmp_path, "rev-parse", "HEAD").strip()
    write(tmp_path, {path: "new"})
    commit(tmp_path)
    jobs = workflow(GITHUB / "workflows/deploy.yml")["jobs"]
    assert jobs["test"]["if"] == "needs.changed.outputs.machinery == 'true'"
    assert jobs["deploy"]["if"] == "${{ !failure() && !cancelled() }}"
    for base, expected in ((before, tested), ("0" * 40, True), ("HEAD", False)):
        env = {**GIT_ENV, "BEFORE": base, "GITHUB_OUTPUT": str(tmp_path / "output")}
        (tmp_path / "output").write_text("")
        code, said = run("bash", "-e", "-c", jobs["changed"]["steps"][-1]["run"], cwd=tmp_path, env=env)
        assert code == 0, said
        assert ("machinery=true" in (tmp_path / "output").read_text()) is expected, base


def test_new_packages_run_only_where_nothing_can_be_written() -> None:
    jobs = workflow(GITHUB / "workflows/weekly.yml")["jobs"]
    (_, download, offer) = jobs["offer"]["steps"]
    assert download["with"]["path"].startswith("${{ runner.temp }}")
    assert not re.search(r"\b(make|pip|python|uv)\b", offer["run"])
    upload = jobs["newest"]["steps"][-1]["with"]
    assert upload["path"].split() == LOCKS
    upgrade = next(step for step in jobs["newest"]["steps"] if "UPGRADE" in step.get("run", ""))
    assert upgrade["env"]["UV_EXCLUDE_NEWER"] == "7 days"


@pytest.mark.parametrize("may", [True, False], ids=["may open one", "may not"])
def test_new_versions_are_offered_as_a_pull_request(tmp_path: Path, may: bool) -> None:
    remote, clone, bin_, locks = (tmp_path / n for n in ("remote.git", "clone", "bin", "locks"))
    summary = tmp_path / "summary"
    env = {
        **GIT_ENV,
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(summary),
        "COMPARE": "https://github.com/a/b/compare/newest-versions?expand=1",
        "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
    }

    git(tmp_path, "init", "--quiet", "--bare", remote)
    git(tmp_path, "init", "--quiet", "--initial-branch=main", clone)
    write(clone, dict.fromkeys([*LOCKS, "other.txt"], "old"))
    write(locks, dict.fromkeys([*LOCKS, "other.txt", ".git/config"], "new"))
    write(bin_, {"gh": f'#!/bin/sh\necho "$@" > {tmp_path}/asked\nexit {0 if may else 1}\n'})
    (bin_ / "gh").chmod(0o755)
    commit(clone)
    git(clone, "remote", "add", "origin", str(remote))
    step = workflow(GITHUB / "workflows/weekly.yml")["jobs"]["offer"]["steps"][-1]["run"]
    code, output = run("bash", "-e", "-c", step, cwd=clone, env=env)
    assert code == 0, output
    assert git(clone, "diff", "--name-only", "main", "origin/newest-versions").split() == sorted(LOCKS)
    assert (tmp_path / "asked").read_text().split()[:2] == ["pr", "create"]
    assert summary.exists() is not may
    assert may or env["COMPARE"] in summary.read_text()


@pytest.mark.parametrize(
    ("published", "starts"), [("2026-12-31", True), ("2027-01-01", False)], ids=["before", "after"]
)
def test_site_is_published_on_the_day_an_embargo_ends(
    tmp_path: Path, published: str, starts: bool
) -> None:
    text = (GITHUB / "workflows/daily.yml").read_text(encoding="utf-8")
    assert re.search(r"^  # schedule: (.*)$", text, re.M), "one line switches it on"
    on = yaml.safe_load(text.replace("  # schedule", "  schedule"))[True]
    assert on["schedule"][0]["cron"]

    small_site(
        tmp_path, {"publications.bib": "@misc{a, title = {A}, year = 2026, embargo = {2027-01-01}}\n"}
    )
    (tmp_path / "hooks").symlink_to(ROOT / "hooks")
    bin_ = tmp_path / "bin"
    write(bin_, {"gh": f'#!/bin/sh\necho "$@" > {tmp_path}/asked\n'})
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    (bin_ / "gh").chmod(0o755)
    git(tmp_path, "init", "--quiet")
    day = {f"GIT_{who}_DATE": f"{published}T12:00:00Z" for who in ("COMMITTER", "AUTHOR")}
    env = {**GIT_ENV, **day, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}
    env["SOURCE_DATE_EPOCH"] = "1798800000"  # 2027-01-01
    run("git", "commit", "--quiet", "--allow-empty", "-m", "Deployed", cwd=tmp_path, env=env)
    git(tmp_path, "update-ref", "refs/remotes/origin/gh-pages", "HEAD")
    step = workflow(GITHUB / "workflows/daily.yml")["jobs"]["due"]["steps"][-1]["run"]
    code, output = run("bash", "-e", "-c", step, cwd=tmp_path, env=env)
    assert code == 0, output
    assert (tmp_path / "asked").exists() is starts
    assert ("the embargo of 'a' ended on 2027-01-01" in output) is starts


def test_there_is_a_place_to_tell_what_is_not_safe() -> None:
    text = (GITHUB / "SECURITY.md").read_text(encoding="utf-8")
    assert "Report a vulnerability" in text
    assert "@" not in text, "nobody's address"
    for path in re.findall(r"`((?:hooks|tests)/[\w/.]+|workflows/[\w.]+)`", text):
        assert (ROOT / path).exists() or (GITHUB / path).exists(), path
