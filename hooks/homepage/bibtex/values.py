"""Scan the values in a BibTeX text, and keep track of lines and problems."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

from ..model import Problem

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Possessive quantifiers, so that no hostile text makes a search quadratic.
FIELD = re.compile(r"""([^\s={}"',#%@()]++(?:[^\S\n]++[^\s={}"',#%@()]++)*+)\s*+=(?!=)\s*+""")
JUNK_END = re.compile(r"[,}]|\n[ \t]*(?=[A-Za-z][\w+:-]*[ \t]*=)")
SPACE = re.compile(r"\s*")
_BETWEEN = re.compile(r"[\s,]*")
_COMMENTED_FIELD = re.compile(r"%+[ \t]*([\w+:-]+)[ \t]*=[ \t]*(?=[{\"])")
_BRACE = re.compile(r"[{}]")
_PARENTHESIS = re.compile(r"[()]")
_UNESCAPED_BRACE = re.compile(r"(?<!\\)[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_AFTER_VALUE = re.compile(r"\s*+(?:[,#})%]|\Z|[\w+:-]++\s*+=)")
_BARE = re.compile(r"[^,#{}\"\n)%]*")
_FIELD_BEHIND_COMMA = re.compile(r",[ \t]*+[A-Za-z][\w+:-]*+[ \t]*+=[ \t]*+[{\"]")
_FIELD_ON_NEW_LINE = re.compile(r"\n[ \t]*+,?[ \t]*+[A-Za-z][\w+:-]*+[ \t]*+=[ \t]*+[{\"\d]")
_RECORD_IN_VALUE = 100_000  # how far to search for the end of a value that contains an entry
_NEAR = 1_000  # how far to search for a closing brace after too many failed searches
_MOST_PROBLEMS = 5_000  # of one file; nobody reads more, and a hostile file could have millions
_WORDS = (  # bare words that need no @string: months written out, and yes or no
    "january february march april june july august september sept october november december "
    "true false yes no"
).split()


class Scanner:
    """Scans a text from left to right. `starts` are the positions where entries seem to start."""

    def __init__(self, text: str, path: str, starts: array[int]):
        self.text = text
        self.path = path
        self.starts = starts
        self.problems: list[Problem] = []
        self.macros = {name: name for name in (*MONTHS, *_WORDS)}
        self.undefined: set[str] = set()
        self._expansion = 1_000_000 + 2 * len(text)  # characters that macros may still expand to
        self._patience = 1_000_000 + 2 * len(text)  # characters that failed searches may still read
        self._last = (0, 1)
        self._cut = -1  # the end of the last unclosed value

    def line(self, pos: int) -> int:
        """Line of a position, counted from the last call's (positions increase, so this is linear)."""
        last, line = self._last
        newlines = self.text.count("\n", min(last, pos), max(last, pos))
        line += newlines if pos >= last else -newlines
        self._last = (pos, line)
        return line

    def report(self, pos: int, message: str, hint: str, severity: str = "warning") -> None:
        """Report a problem at a position."""
        if len(self.problems) == _MOST_PROBLEMS:
            message, hint = "there are more problems below", "fix those above first"
        if len(self.problems) <= _MOST_PROBLEMS:
            self.problems.append(Problem(self.path, self.line(pos), message, hint, severity))

    def limit(self, pos: int) -> int:
        """The start of the next entry, judged by the starts of lines."""
        index = bisect_right(self.starts, pos)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    def closing(self, pos: int, limit: int, opening: str) -> int | None:
        """Position of the brace or parenthesis that closes a group which opened before `pos`."""
        patterns = (_BRACE,) if opening == "{" else (_PARENTHESIS,)
        return self._closing(pos, limit, patterns)

    def _closing(self, pos: int, limit: int, patterns: tuple[re.Pattern[str], ...]) -> int | None:
        """The same by the first of the patterns that finds an end."""
        limit = self.reach(pos, limit)
        for pattern in patterns:
            depth = 1
            for match in pattern.finditer(self.text, pos, limit):
                depth += 1 if match[0] in "{(" else -1
                if depth == 0:
                    return match.start()
        self._patience -= limit - pos
        return None

    def reach(self, pos: int, limit: int) -> int:
        """How far to search: less after many failed searches, to stay linear."""
        return limit if self._patience > 0 else min(limit, pos + _NEAR)

    def skip_between_fields(self, pos: int, limit: int) -> int:
        """Skip white space, commas and comments (which BibTeX does not have inside entries)."""
        text = self.text
        while True:
            pos = _BETWEEN.match(text, pos, limit).end()  # type: ignore[union-attr]
            if pos >= limit or text[pos] != "%":
                return pos
            field = _COMMENTED_FIELD.match(text, pos, limit)
            message = "a % comment inside an entry was left out"
            self.report(pos, message, "BibTeX has no comments there: delete the line")
            if field:
                _, pos = self.value(field[1], field.end(), limit)
            else:
                newline = text.find("\n", pos, limit)
                pos = limit if newline < 0 else newline

    def value(self, name: str, pos: int, limit: int) -> tuple[str, int]:
        """Read a value, whose pieces are joined by #; returns its text and the position after it."""
        pieces: list[str] = []
        text = self.text
        while True:
            pos = min(SPACE.match(text, pos).end(), limit)  # type: ignore[union-attr]
            piece, pos = self.piece(name, pos, limit)
            pieces.append(piece)
            if pos > limit:  # an entry inside the value: the next entry starts later
                limit = self.limit(pos - 1)
            after = min(SPACE.match(text, pos).end(), limit)  # type: ignore[union-attr]
            if after < limit and text[after] == "#":
                pos = after + 1
                continue
            break
        if after < limit and text[after] not in ",})%":
            if FIELD.match(text, after, limit):
                if pos != self._cut:
                    self.report(pos, f"there is no comma after the field '{name}'", "add a comma")
            else:
                match = JUNK_END.search(text, after, limit)
                end = match.start() if match else limit
                rest = text[after:end].strip()  # for instance after a quote inside quotes
                self.report(
                    after,
                    f"text after the value of '{name}' was taken into it: '{rest[:40]}'",
                    "put the whole value into one pair of braces",
                )
                pieces.append(" " + rest)
                pos = end
        return "".join(pieces), pos

    def piece(self, name: str, pos: int, limit: int) -> tuple[str, int]:
        """Read one piece of a value: in braces, in quotes or bare."""
        text = self.text
        char = text[pos] if pos < limit else ""
        if char in ("{", '"'):
            found = self.braced(pos, limit) if char == "{" else self.quoted(pos, limit)
            return found or self.unclosed(name, pos, limit)
        match = _BARE.match(text, pos, limit)
        assert match  # may be empty
        bare = match[0].strip()
        macro = self.macros.get(bare.lower())
        if macro is not None:
            self._expansion -= len(macro)
            if self._expansion > 0:
                return macro, match.end()
            message = f"'{bare[:40]}' stands for too much text; it is kept as it is"
            self.report(pos, message, "write the text itself")
        elif bare and not bare[0].isdigit() and bare.lower() not in self.undefined:
            self.undefined.add(bare.lower())
            self.report(
                pos,
                f"'{bare[:40]}' in the field '{name}' is not defined by any @string; it is kept as text",
                "put it in braces, or define it",
            )
        return bare, match.end()

    def braced(self, pos: int, limit: int) -> tuple[str, int] | None:
        """Read a braced value: count all braces as BibTeX does, or else those without a backslash.

        None if it runs into the next entry, as its closing brace is missing.
        """
        end = self.text.find("}", pos + 1, limit)
        if end > 0 and self.text.find("{", pos + 1, end) < 0:
            return self.text[pos + 1 : end], end + 1
        if self.text[pos + 1 : pos + 50].lstrip().startswith("@"):
            limit = max(limit, min(len(self.text), pos + _RECORD_IN_VALUE))
        closing = self._closing(pos + 1, limit, (_BRACE, _UNESCAPED_BRACE))
        return None if closing is None else (self.text[pos + 1 : closing], closing + 1)

    def quoted(self, pos: int, limit: int) -> tuple[str, int] | None:
        """Read a quoted value: it ends at a quote outside braces that something may follow."""
        depth = 0
        limit = self.reach(pos, limit)
        for match in _BRACE_OR_QUOTE.finditer(self.text, pos + 1, limit):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
            elif depth <= 0 and _AFTER_VALUE.match(self.text, match.end(), limit):
                return self.text[pos + 1 : match.start()], match.end()
        self._patience -= limit - pos
        return None

    def next_field(self, pos: int, limit: int) -> re.Match[str] | None:
        """The place inside a value where another field seems to start."""
        return _FIELD_ON_NEW_LINE.search(self.text, pos, limit) or _FIELD_BEHIND_COMMA.search(
            self.text, pos, limit
        )

    def unclosed(self, name: str, pos: int, limit: int) -> tuple[str, int]:
        """Read a value that is not closed, up to the next field or the end of the entry."""
        closing = "}" if self.text[pos] == "{" else '"'
        hint = f"add the closing {closing}"
        self.report(pos, f"the value of '{name}' is not closed", hint, "error")
        match = self.next_field(pos, limit)
        end = match.start() if match else limit
        value = self.text[pos + 1 : end].rstrip().rstrip(",").rstrip()
        if not match:  # the last field: the brace that is there closed the entry
            value = value.removesuffix("}").rstrip()
        self._cut = end
        return value.removesuffix(closing), end
