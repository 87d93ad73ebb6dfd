"""What a BibTeX file holds, as read."""

from __future__ import annotations

from typing import NamedTuple

from .problem import Problem


class Field(NamedTuple):
    """One `name = value` of an entry: name in lower case, value as TeX without delimiters, stripped."""

    name: str
    value: str
    line: int


class Entry(NamedTuple):
    """One entry as read. `fields` has each name once, `repeated` holds the later ones of a name."""

    type: str
    key: str
    fields: dict[str, Field]
    repeated: tuple[Field, ...]
    path: str
    line: int
    span: tuple[int, int] = (0, 0)
    """Where it starts and ends in the text, as `bibtex_starts.plain_starts` has that."""
    inherited: frozenset[str] = frozenset()
    """The names of fields that are from the entries in its `crossref` and `xdata`."""

    def get(self, *names: str) -> str:
        """The value of the first of these fields that is there and not empty, else ''."""
        for name in names:
            field = self.fields.get(name)
            if field and field.value:
                return field.value
        return ""

    def line_of(self, *names: str) -> int:
        """The line of the first of these fields that is there, else of the entry."""
        return next((self.fields[n].line for n in names if n in self.fields), self.line)


class Library(NamedTuple):
    """What a file holds: entries in file order, and all that had to be mended or left out."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
