"""Problems are values: the core returns them, the edge (build log, `check`) decides what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..messages import one_line


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong in the owner's files, in words that say how to mend it.

    `line` counts from 1; 0 means the file as a whole.
    An `error` lost or changed something the owner wrote, a `warning` is a likely slip, `advice` is
    worth knowing though the site is as it should be: `check` tells it, builds do not warn of it.
    A `note` says what the owner asked for, such as what is hidden: `check` does not count it.
    """

    path: str
    line: int
    message: str
    hint: str
    severity: str = "warning"

    def __str__(self) -> str:
        return one_line(f"{self.path}:{self.line}: {self.message} ({self.hint})")

    def line_for_check(self) -> str:
        """The contract of `cli.py check`: path:line: warning|error|note: message (hint), on one line."""
        return self._line(f"{self.path}:{self.line}: ")

    def line_for_people(self) -> str:
        """The same for whom no program reads it: what is a file as a whole has no line."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return self._line(f"{place}: " if self.path not in ("", ".") else "")

    def _line(self, place: str) -> str:
        severity = self.severity if self.severity in ("error", "note") else "warning"
        return one_line(f"{place}{severity}: {self.message} ({self.hint})")


class Refusal(NamedTuple):
    """Why nothing could be done, as one sentence that says what to do instead."""

    message: str

    def __str__(self) -> str:
        return one_line(self.message)
