"""Helps when `cli.py` cannot import its packages. It needs none, and runs with an old Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from commands.shared.findings import PROBLEM, Finding, described, problem

from . import installation

ROOT = Path(__file__).resolve().parents[3]


def help_out(error: Exception) -> int:
    """Run the same command in the virtual environment, or say how to fix it; returns the exit code."""
    venv = installation.venv(ROOT)
    if (code := call_again(venv)) is not None:
        return code
    checks = _checks(venv)
    if not any(finding.grade == PROBLEM for _, found in checks for finding in found):
        hint = f"{installation.install(venv, fresh=False)} --force-reinstall"
        checks.append(("packages", [problem(f"cannot be used: {described(error)}", hint)]))
    if sys.argv[1:2] == ["doctor"]:
        lines = [finding.line(subject) for subject, found in checks for finding in found]
        lines.append("The other checks need the packages: fix this first, then run this again.")
    else:
        first = next(f for _, found in checks for f in found if f.grade == PROBLEM)
        lines = [f"{first.message} ({first.remedy})"]
        if first.message.startswith(installation.ABSENT):
            run = first.remedy.replace("run: ", "run ", 1)
            lines = [f"The packages of this site are not installed here: {run}"]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1


def call_again(venv: installation.Venv) -> int | None:
    """Run the same command in the virtual environment, unless it is the running one or broken."""
    if venv.is_this or not venv.is_whole():
        return None
    return subprocess.call([str(venv.python), *sys.argv])  # noqa: S603 - no shell


def _checks(venv: installation.Venv) -> list[tuple[str, list[Finding]]]:
    """Return the checks that need no packages."""
    python = installation.check_python(venv)
    try:
        lock = (ROOT / venv.engine.lock).read_text(encoding="utf-8")
    except OSError as error:
        message = f"{venv.engine.lock} cannot be read: {error.strerror}"
        return [("Python", python), ("packages", [problem(message, "take that of the template")])]
    packages = installation.check_packages(lock, venv)
    return [("Python", python), ("packages", [f for f in packages if f.grade == PROBLEM])]
