"""Problems are values: functions return them; the build log or `check` decides how to show them."""

from dataclasses import dataclass

from ..messages import one_line


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One mistake in the owner's files, with a hint on how to fix it.

    `line` counts from 1; 0 means the whole file.
    An `error` lost or changed something that the owner wrote. A `warning` is a likely mistake.
    `advice` is worth knowing, but the site is correct: `check` and builds print it and succeed.
    A `note` confirms what the owner asked for, such as a hidden entry.
    """

    path: str
    line: int
    message: str
    hint: str
    severity: str = "warning"

    def __str__(self) -> str:
        return one_line(f"{self.path}:{self.line}: {self.message} ({self.hint})")

    def line_for_check(self) -> str:
        """The line that `cli.py check` prints: path:line: severity: message (hint)."""
        return self._line(f"{self.path}:{self.line}: ")

    def line_for_people(self) -> str:
        """The same for human readers: a problem with a whole file has no line number."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return self._line(f"{place}: " if self.path not in ("", ".") else "")

    def _line(self, place: str) -> str:
        return one_line(f"{place}{self.severity}: {self.message} ({self.hint})")
