"""The findings of `cli.py doctor`: a message with its grade, and what to do.

The doctor also runs if packages are missing, so this needs the standard library of an old Python only.
"""

from __future__ import annotations

import traceback
from typing import NamedTuple

from homepage.messages import one_line

OK, ADVICE, PROBLEM = "ok", "advice", "problem"


class Finding(NamedTuple):
    """One line of a report; `place` is `path:line`, a path or ''."""

    grade: str
    message: str
    remedy: str = ""
    place: str = ""

    def line(self, subject: str) -> str:
        """Return the finding on one line, without control characters: it quotes untrusted text."""
        place = f"{self.place}: " if self.place else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{self.grade:<7}  {one_line(f'{subject}: {place}{self.message}{remedy}')}"


def ok(message: str) -> Finding:
    """Return a finding with nothing to do."""
    return Finding(OK, message)


def advice(message: str, remedy: str = "", place: str = "") -> Finding:
    """Return a finding worth knowing, though nothing is wrong."""
    return Finding(ADVICE, message, remedy, place)


def problem(message: str, remedy: str, place: str = "") -> Finding:
    """Return a finding to be fixed."""
    return Finding(PROBLEM, message, remedy, place)


def at(path: str, line: int) -> str:
    """Return `path:line`, or the path if the line is not known."""
    return f"{path}:{line}" if line else path


def described(error: BaseException) -> str:
    """Return what an error says, and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f", in {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}: {error}{place}"


def line_at(text: str, start: int) -> int:
    """Return the line of a position in a text; -1 has line 0."""
    return text.count("\n", 0, start) + 1 if start >= 0 else 0


def first_few(found: list[Finding], rest: str, most: int = 5) -> list[Finding]:
    """Return the first findings, problems first, and how many are left; `rest` says how to see those."""
    ordered = sorted(found, key=lambda finding: finding.grade != PROBLEM)
    if len(ordered) <= most:
        return ordered
    left = len(ordered) - most
    return [*ordered[:most], Finding(ordered[most].grade, f"… and {left} more like these", rest)]
