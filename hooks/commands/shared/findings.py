"""What `cli.py doctor` finds: values that say what was looked at, its result, and what to do.

Nothing but the standard library is imported here, and nothing that an old Python has not: one calls
the doctor when packages are missing.
"""

from __future__ import annotations

from typing import NamedTuple

from homepage.messages import one_line

OK, ADVICE, PROBLEM = "ok", "advice", "problem"


class Finding(NamedTuple):
    """One line of a report; `place` is `path:line` where there is one."""

    grade: str
    message: str
    remedy: str = ""
    place: str = ""

    def line(self, subject: str) -> str:
        """The finding on one line, without control characters: it quotes what is not trusted."""
        place = f"{self.place}: " if self.place else ""
        remedy = f" ({self.remedy})" if self.remedy else ""
        return f"{self.grade:<7}  {one_line(f'{subject}: {place}{self.message}{remedy}')}"


def ok(message: str) -> Finding:
    """Nothing to be done."""
    return Finding(OK, message)


def advice(message: str, remedy: str = "", place: str = "") -> Finding:
    """Worth knowing, though the site is as it should be."""
    return Finding(ADVICE, message, remedy, place)


def problem(message: str, remedy: str, place: str = "") -> Finding:
    """To be mended."""
    return Finding(PROBLEM, message, remedy, place)


def at(path: str, line: int) -> str:
    """A place in a file, or the file where the line is not known."""
    return f"{path}:{line}" if line else path


def few(found: list[Finding], rest: str, most: int = 5) -> list[Finding]:
    """The first findings, problems before advice, and how many more there are; `rest` shows them."""
    ordered = sorted(found, key=lambda finding: finding.grade != PROBLEM)
    if len(ordered) <= most:
        return ordered
    left = len(ordered) - most
    return [*ordered[:most], Finding(ordered[most].grade, f"… and {left} more like these", rest)]
