"""The entries of a BibTeX file, as read."""

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
    """Its start and end in the text that `bibtex.plain_starts` returns."""
    inherited: frozenset[str] = frozenset()
    """The names of fields that come from the entries in its `crossref` and `xdata`."""

    def get(self, *names: str) -> str:
        """The value of the first of these fields that is not empty, else ''."""
        for name in names:
            field = self.fields.get(name)
            if field and field.value:
                return field.value
        return ""

    def line_of(self, *names: str) -> int:
        """The line of the first of these fields that exists, else of the entry."""
        return next((self.fields[n].line for n in names if n in self.fields), self.line)

    def problem(self, field: str, message: str, hint: str, severity: str = "warning") -> Problem:
        """A problem in the line of a field, or of the entry if it has no such field."""
        return Problem(self.path, self.line_of(field), message, hint, severity)


class Library(NamedTuple):
    """The entries of a file in order, and a problem for everything repaired or left out."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    preamble: str = ""
    """The TeX of every `@preamble`."""
