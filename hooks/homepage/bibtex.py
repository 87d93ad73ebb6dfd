"""BibTeX text to entries with line numbers: lenient, linear, and never losing an entry.

The grammar is that of BibTeX (Oren Patashnik, BibTeXing, 1988) and of biblatex's data files, read
with the mends that real files need: whatever is mended is told as a `Problem`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from .errors import Problem

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

ENTRY_TYPES = frozenset(
    [
        "article",
        "book",
        "booklet",
        "conference",
        "inbook",
        "incollection",
        "inproceedings",
        "manual",
        "mastersthesis",
        "misc",
        "phdthesis",
        "proceedings",
        "techreport",
        "unpublished",
        "online",
        "report",
        "thesis",
        "patent",
        "software",
        "dataset",
        "collection",
        "periodical",
        "bookinbook",
        "suppbook",
        "suppcollection",
        "suppperiodical",
        "reference",
        "inreference",
        "mvbook",
        "mvcollection",
        "mvproceedings",
        "mvreference",
        "artwork",
        "audio",
        "video",
        "movie",
        "music",
        "performance",
        "review",
        "legislation",
        "jurisdiction",
        "standard",
        "letter",
        "image",
        "bibnote",
        "electronic",
        "www",
        "set",
        "xdata",
        "preprint",
        "poster",
        "talk",
        "presentation",
    ]
)

_BLOCK = re.compile(r"@[ \t]*([^\W\d][\w+:.-]*)\s*([{(])")
_WITHOUT_AT = re.compile(
    r"^[ \t]*(article|book|inbook|incollection|inproceedings|conference|misc|phdthesis|"
    r"mastersthesis|techreport|unpublished|proceedings)[ \t]*\{[ \t]*[^\s,={}]+[ \t]*,",
    re.M | re.I,
)
_LINE_START_BLOCK = re.compile(r"^[ \t%]*@[ \t]*[^\W\d][\w+:.-]*[ \t]*[{(]", re.M)
_FIELD = re.compile(r"([^\s={}\"',#%@()][^={}\"',#%@()\n]*?)\s*=(?!=)\s*")
_COMMENTED_FIELD = re.compile(r"%+[ \t]*([\w+:-]+)[ \t]*=[ \t]*(?=[{\"])")
_SPACE = re.compile(r"\s*")
_BRACE = re.compile(r"[{}]")
_UNESCAPED_BRACE = re.compile(r"(?<!\\)[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')
_AFTER_VALUE = re.compile(r"\s*(?:[,#})%]|\Z|[\w+:-]+\s*=)")
_BARE = re.compile(r"[^,#{}\"\n)%]*")
_FIELD_ON_NEW_LINE = re.compile(r"\n[ \t]*,?[ \t]*[A-Za-z][\w+:-]*[ \t]*=[ \t]*[{\"\d]")
_GOES_ON = re.compile(r"\s*,?\s*[A-Za-z][\w+:-]*\s*=\s*[{\"\d]")
_JUNK_END = re.compile(r"[,}]|\n[ \t]*(?=[A-Za-z][\w+:-]*[ \t]*=)")
_RECORD_IN_VALUE = 100_000  # a value that is itself a record is searched this far for its end


class Field(NamedTuple):
    """One `name = value` of an entry: name in lower case, value as TeX without its delimiters."""

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

    def get(self, *names: str) -> str:
        """The value of the first of these fields that is there and not empty, else ''."""
        for name in names:
            field = self.fields.get(name)
            if field and field.value.strip():
                return field.value.strip()
        return ""

    def line_of(self, *names: str) -> int:
        """The line of the first of these fields that is there, else of the entry."""
        return next((self.fields[n].line for n in names if n in self.fields), self.line)


class Library(NamedTuple):
    """What a file holds: entries in file order, and all that had to be mended or left out."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Text of a file in whatever encoding it came: UTF-8 and UTF-16 as they are, others told."""
    for bom, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(bom):
            text = data.removeprefix(b"\xef\xbb\xbf").decode(encoding, "replace")
            return _newlines(text), []
    if b"\0" in data[:200]:
        encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return _newlines(data.decode(encoding, "replace")), []
    try:
        return _newlines(data.decode("utf-8")), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        # Every byte means something in Latin-1, which agrees with Windows-1252 on all letters.
        text = data.decode("cp1252", "replace")
        if "\ufffd" in text:
            text = data.decode("latin-1")
        message = "the file is not UTF-8, it was read as Windows-1252"
        return _newlines(text), [Problem(path, line, message, "save the file as UTF-8")]


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def read(text: str, path: str) -> Library:
    """Read all entries of a BibTeX text. Never raises; time and memory are linear in the text."""
    return _Reader(text, path).read()


class _Unclosed(Exception):
    """A value runs into the next entry: a closing brace or quote is missing."""


class _Reader:
    def __init__(self, text: str, path: str):
        self.text = text
        self.path = path
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.macros = {name: name for name in MONTHS}
        self.first_line_of: dict[str, int] = {}
        self.undefined: set[str] = set()
        starts = {m.start() for m in _LINE_START_BLOCK.finditer(text)}
        self.without_at = {m.start(1): m for m in _WITHOUT_AT.finditer(text)}
        starts.update(m.start() for m in self.without_at.values())
        self.starts = sorted(starts)
        self._last = (0, 1)

    # -- lines and problems ---------------------------------------------------

    def line(self, pos: int) -> int:
        """Line of a position, counted from the last one asked for (they rise, so this is linear)."""
        last, line = self._last
        if pos >= last:
            line += self.text.count("\n", last, pos)
        else:
            line -= self.text.count("\n", pos, last)
        self._last = (pos, line)
        return line

    def tell(self, pos: int, message: str, hint: str, severity: str = "warning") -> None:
        self.problems.append(Problem(self.path, self.line(pos), message, hint, severity))

    def limit(self, pos: int) -> int:
        """Where the next entry starts, as far as line starts tell."""
        index = bisect_right(self.starts, pos)
        return self.starts[index] if index < len(self.starts) else len(self.text)

    # -- blocks ---------------------------------------------------------------

    def read(self) -> Library:
        pos = 0
        text = self.text
        missing = sorted(self.without_at)
        while True:
            match = _BLOCK.search(text, pos)
            start = match.start() if match else len(text)
            while missing and missing[0] < pos:
                missing.pop(0)
            if missing and missing[0] < start:
                pos = self.entry_without_at(missing.pop(0))
                continue
            if not match:
                break
            if start and (text[start - 1].isalnum() or text[start - 1] in "\\._"):
                pos = match.end()  # an e-mail address or a TeX command in the text between entries
                continue
            pos = self.block(match)
        return Library(tuple(self.entries), tuple(sorted(self.problems)))

    def block(self, match: re.Match[str]) -> int:
        kind = match[1].lower()
        start = match.start()
        line_start = self.text.rfind("\n", 0, start) + 1
        if "%" in self.text[line_start:start] and kind not in ("comment", "preamble", "string"):
            return self.commented_out(match)
        if kind == "comment":
            return self.comment(match)
        if kind == "preamble":
            return self.skip_group(match)
        if kind == "string":
            return self.string(match)
        return self.entry(match[1], start, match.end(), match[2])

    def entry_without_at(self, start: int) -> int:
        match = self.without_at[start]
        self.tell(start, f"the entry starts with '{match[1]}' and no @", f"write @{match[1]}")
        return self.entry(match[1], start, self.text.index("{", start) + 1, "{")

    def commented_out(self, match: re.Match[str]) -> int:
        known = len(self.entries), len(self.problems), dict(self.first_line_of)
        end = self.entry(match[1], match.start(), match.end(), match[2])
        key = self.entries[known[0]].key if len(self.entries) > known[0] else "?"
        del self.entries[known[0] :], self.problems[known[1] :]
        self.first_line_of = known[2]
        self.tell(
            match.start(),
            f"the entry '{key}' is commented out with % and was left out",
            "BibTeX itself would read it: delete the entry, or take the % away to show it",
        )
        return end

    def comment(self, match: re.Match[str]) -> int:
        end = self.closing(match.end(), len(self.text), match[2])
        if end is None:  # no closing brace: the comment is this line
            newline = self.text.find("\n", match.end())
            return len(self.text) if newline < 0 else newline
        inside = _BLOCK.search(self.text, match.end(), end)
        if inside and inside[1].lower() in ENTRY_TYPES:
            hint = "delete the @comment around it to show it"
            self.tell(inside.start(), "an entry inside @comment was left out", hint)
        return end + 1

    def skip_group(self, match: re.Match[str]) -> int:
        limit = self.limit(match.start())
        end = self.closing(match.end(), limit, match[2])
        if end is None:
            self.tell(match.start(), f"@{match[1]} has no closing brace", "add the closing }")
            return limit
        return end + 1

    def string(self, match: re.Match[str]) -> int:
        limit = self.limit(match.start())
        field = _FIELD.match(self.text, _SPACE.match(self.text, match.end()).end())  # type: ignore[union-attr]
        if not field or field.end() > limit:
            self.tell(match.start(), "@string without 'name = value'", "write @string{name = {text}}")
            return self.skip_group(match)
        value, pos = self.value(field[1], field.end(), limit)
        self.macros[field[1].strip().lower()] = value
        pos = _SPACE.match(self.text, pos).end()  # type: ignore[union-attr]
        if pos < limit and self.text[pos] in "})":
            return pos + 1
        self.tell(match.start(), f"@string '{field[1]}' has no closing brace", "add the closing }")
        return pos

    def closing(self, pos: int, limit: int, opening: str) -> int | None:
        """Position of the brace or parenthesis that closes a group which opened before `pos`."""
        depth = 0
        for match in (_BRACE if opening == "{" else re.compile(r"[{}()]")).finditer(
            self.text, pos, limit
        ):
            if match[0] in "{(":
                depth += 1
            elif depth == 0:
                return match.start()
            else:
                depth -= 1
        return None

    # -- entries --------------------------------------------------------------

    def entry(self, kind: str, start: int, pos: int, opening: str) -> int:
        text = self.text
        limit = self.limit(start)
        close = "}" if opening == "{" else ")"
        key, pos = self.key(start, pos, limit, close)
        fields: dict[str, Field] = {}
        repeated: list[Field] = []
        reopened = False
        while True:
            pos = self.skip_between_fields(pos, limit)
            if pos >= limit:
                if not reopened:
                    self.tell(start, f"the entry '{key}' is not closed", f"add {close} at its end")
                pos = limit
                break
            if text[pos] == close or text[pos] in "})":
                if not _GOES_ON.match(text, pos + 1, limit):
                    pos += 1
                    break
                self.tell(pos, f"a brace closes the entry '{key}' before its last field", "delete it")
                reopened = True
                pos += 1
                continue
            match = _FIELD.match(text, pos, limit)
            if not match:
                pos = self.junk(key, pos, limit)
                continue
            line = self.line(pos)
            name = " ".join(match[1].split()).lower()
            value, pos = self.value(name, match.end(), limit)
            field = Field(name, value, line)
            if name not in fields:
                fields[name] = field
                continue
            repeated.append(field)
            if value.strip() != fields[name].value.strip():
                hint = "delete one of them"
                self.tell(pos, f"'{key}' has the field '{name}' twice; the first is used", hint)
        self.finish(kind, key, fields, repeated, start)
        return pos

    def finish(
        self, kind: str, key: str, fields: dict[str, Field], repeated: list[Field], start: int
    ) -> None:
        line = self.line(start)
        if not key:
            key = f"entry-{line}"
            hint = "write a key after the brace, as in @article{huang2024title,"
            self.tell(start, "the entry has no citation key", hint)
        first = self.first_line_of.setdefault(key.lower(), line)
        if first != line:
            message = f"the key '{key}' is used again (first in line {first}); both are kept"
            self.tell(start, message, "give one of them another key")
        self.entries.append(Entry(kind.lower(), key, fields, tuple(repeated), self.path, line))

    def key(self, start: int, pos: int, limit: int, close: str) -> tuple[str, int]:
        match = re.compile(rf"\s*([^,\n=\"{re.escape(close)}]*)").match(self.text, pos, limit)
        assert match  # both parts may be empty
        key, end = match[1].strip(), match.end()
        after = self.text[end : end + 1] if end < limit else ""
        if after == ",":
            return key, end + 1
        if after == "=":  # there is no key, this is the first field
            return "", pos
        if after == "\n" and key:
            rest = _SPACE.match(self.text, end).end()  # type: ignore[union-attr]
            if self.text[rest : rest + 1] not in (",", close):
                self.tell(start, f"there is no comma after the key '{key}'", "add a comma after it")
        return key, end

    def skip_between_fields(self, pos: int, limit: int) -> int:
        """Skip white space, commas and comments (which BibTeX does not have inside entries)."""
        text = self.text
        while pos < limit:
            char = text[pos]
            if char in " \t\n," or char.isspace():
                pos += 1
            elif char == "%":
                field = _COMMENTED_FIELD.match(text, pos, limit)
                self.tell(
                    pos,
                    "a % comment inside an entry was left out",
                    "BibTeX has no comments there: delete the line",
                )
                if field:
                    _, pos = self.value(field[1], field.end(), limit)
                else:
                    newline = text.find("\n", pos, limit)
                    pos = limit if newline < 0 else newline
            else:
                break
        return pos

    def junk(self, key: str, pos: int, limit: int) -> int:
        match = _JUNK_END.search(self.text, pos + 1, limit)
        end = match.start() if match else limit
        found = " ".join(self.text[pos:end].split())[:40]
        hint = "write it as 'name = {value},' or delete it"
        self.tell(pos, f"'{found}' in the entry '{key}' is not a field and was left out", hint, "error")
        return end

    # -- values ---------------------------------------------------------------

    def value(self, name: str, pos: int, limit: int) -> tuple[str, int]:
        """Read pieces joined by #, and the position after them."""
        pieces: list[str] = []
        text = self.text
        while True:
            pos = min(_SPACE.match(text, pos).end(), limit)  # type: ignore[union-attr]
            piece, pos = self.piece(name, pos, limit)
            pieces.append(piece)
            after = min(_SPACE.match(text, pos).end(), limit)  # type: ignore[union-attr]
            if after < limit and text[after] == "#":
                pos = after + 1
                continue
            break
        if after < limit and text[after] not in ",})%":
            if _FIELD.match(text, after, limit):
                self.tell(after - 1, f"there is no comma after the field '{name}'", "add a comma")
            else:
                match = _JUNK_END.search(text, after, limit)
                end = match.start() if match else limit
                rest = text[after:end].strip()
                self.tell(
                    after,
                    f"text after the value of '{name}' was taken into it: '{rest[:40]}'",
                    "put the whole value into one pair of braces",
                )
                pieces.append(" " + rest)
                pos = end
        return "".join(pieces), pos

    def piece(self, name: str, pos: int, limit: int) -> tuple[str, int]:
        text = self.text
        char = text[pos] if pos < limit else ""
        if char in ("{", '"'):
            reader = self.braced if char == "{" else self.quoted
            try:
                return reader(pos, limit)
            except _Unclosed:
                return self.unclosed(name, pos, limit)
        match = _BARE.match(text, pos, limit)
        assert match  # may be empty
        bare = match[0].strip()
        if bare.lower() in self.macros:
            return self.macros[bare.lower()], match.end()
        if bare and not bare[0].isdigit() and bare.lower() not in self.undefined:
            self.undefined.add(bare.lower())
            self.tell(
                pos,
                f"'{bare[:40]}' in the field '{name}' is not defined by any @string; it is kept as text",
                "put it in braces, or define it",
            )
        return bare, match.end()

    def braced(self, pos: int, limit: int) -> tuple[str, int]:
        """A braced value: BibTeX counts every brace; failing that, those without a backslash."""
        if self.text[pos + 1 : pos + 50].lstrip().startswith("@"):
            limit = max(limit, min(len(self.text), pos + _RECORD_IN_VALUE))
        for braces in (_BRACE, _UNESCAPED_BRACE):
            depth = 0
            for match in braces.finditer(self.text, pos, limit):
                depth += 1 if match[0] == "{" else -1
                if depth == 0:
                    return self.text[pos + 1 : match.start()], match.end()
        raise _Unclosed

    def quoted(self, pos: int, limit: int) -> tuple[str, int]:
        depth = 0
        for match in _BRACE_OR_QUOTE.finditer(self.text, pos + 1, limit):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
            elif depth <= 0 and _AFTER_VALUE.match(self.text, match.end(), limit):
                return self.text[pos + 1 : match.start()], match.end()
        raise _Unclosed

    def unclosed(self, name: str, pos: int, limit: int) -> tuple[str, int]:
        closing = "}" if self.text[pos] == "{" else '"'
        hint = f"add the closing {closing}"
        self.tell(pos, f"the value of '{name}' is not closed", hint, "error")
        match = _FIELD_ON_NEW_LINE.search(self.text, pos, limit)
        end = match.start() if match else limit
        value = self.text[pos + 1 : end].rstrip().rstrip(",").rstrip()
        if not match:  # the last field: the brace that is there closed the entry
            value = value.removesuffix("}").rstrip()
        return value.removesuffix(closing), end
