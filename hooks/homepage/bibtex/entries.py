"""One BibTeX entry: its key and its fields, mended where a comma or a brace is missing."""

from __future__ import annotations

import re
import sys
from array import array

from ..model import Entry, Field
from .values import FIELD, JUNK_END, SPACE, Scanner

# Nearly every field: a name, and a value in braces with at most one level of braces inside.
_USUAL_FIELD = re.compile(
    r"[\s,]*+([A-Za-z][\w-]*+)[ \t]*+=[ \t]*+\{([^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+)\}\s*+(?=[,}])"
)
_GOES_ON = re.compile(r"\s*+,?\s*+[A-Za-z][\w+:-]*+\s*+=\s*+[{\"\d]")
_KEY = {
    close: re.compile(rf"\s*+((?:[^,\n=\"{re.escape(close)}{{]|\{{[^{{}}\n,=]*+\}}|\{{)*+)")
    for close in "})"
}


class EntryScanner(Scanner):
    """Scans entries, and collects them."""

    def __init__(self, text: str, path: str, starts: array[int]):
        super().__init__(text, path, starts)
        self.entries: list[Entry] = []
        self.first_line_of: dict[str, int] = {}

    def entry(self, kind: str, start: int, pos: int, opening: str) -> int:
        """Read the entry that starts at `start`, from its key at `pos` on; gives where it ends."""
        text = self.text
        limit = self.limit(start)
        close = "}" if opening == "{" else ")"
        key, pos = self._key(start, pos, limit, close)
        fields: dict[str, Field] = {}
        repeated: list[Field] = []
        reopened = False
        last: tuple[Field, int] | None = None
        while True:
            usual = _USUAL_FIELD.match(text, pos, limit)
            if usual:
                name = sys.intern(usual[1].lower())
                if name not in fields and usual[2][:1] != "@":
                    fields[name] = Field(name, usual[2].strip(), self.line(usual.start(1)))
                    last = fields[name], usual.start(2) - 1
                    pos = usual.end()
                    continue
            pos = self.skip_between_fields(pos, limit)
            if pos >= limit and last and not reopened and self.next_field(last[1] + 1, pos):
                # The last value took the rest of the entry: its own brace is what is missing.
                value, pos = self.unclosed(last[0].name, last[1], limit)
                fields[last[0].name] = last[0]._replace(value=value.strip())
                last = None
                continue
            if pos >= limit:
                if not reopened:
                    self.report(start, f"the entry '{key}' is not closed", f"add {close} at its end")
                pos = limit
                break
            if text[pos] == close or text[pos] in "})":
                if not _GOES_ON.match(text, pos + 1, limit):
                    pos += 1
                    break
                self.report(pos, f"a brace closes the entry '{key}' before its last field", "delete it")
                reopened = True
                pos += 1
                continue
            match = FIELD.match(text, pos, limit)
            if not match:
                pos = self._junk(key, pos, limit)
                continue
            line = self.line(pos)
            name = sys.intern(" ".join(match[1].split()).lower())
            value, pos = self.value(name, match.end(), limit)
            limit = max(limit, self.limit(pos - 1))
            field = Field(name, value.strip(), line)
            last = None
            if name not in fields:
                fields[name] = field
                if text[match.end() : match.end() + 1] in ("{", '"') and value[:1] != "@":
                    last = field, match.end()
                continue
            repeated.append(field)
            if field.value != fields[name].value:
                hint = "delete one of them"
                self.report(pos, f"'{key}' has the field '{name}' twice; the first is used", hint)
        self._finish(kind, key, fields, repeated, (start, pos))
        return pos

    def _finish(
        self, kind: str, key: str, fields: dict[str, Field], repeated: list[Field], span: tuple[int, int]
    ) -> None:
        """Collect an entry. One without a key gets one; a key may be there twice."""
        start = span[0]
        line = self.line(start)
        if not key:
            key = f"entry-{line}"
            hint = "write a key after the brace, as in @article{doe2024title,"
            self.report(start, "the entry has no citation key", hint)
        first = self.first_line_of.setdefault(key.lower(), line)
        if first != line:
            message = f"the key '{key}' is used again (first in line {first}); both are kept"
            self.report(start, message, "give one of them another key")
        kind = sys.intern(kind.lower())
        self.entries.append(Entry(kind, key, fields, tuple(repeated), self.path, line, span))

    def _key(self, start: int, pos: int, limit: int, close: str) -> tuple[str, int]:
        """The citation key, or '' where there is none, and where the fields start."""
        match = _KEY[close].match(self.text, pos, limit)
        assert match  # both parts may be empty
        key, end = match[1].strip(), match.end()
        after = self.text[end : end + 1] if end < limit else ""
        if after == ",":
            return key, end + 1
        if after == "=":  # this is the first field: there is no key, or no comma after it
            field = key.rpartition(" ")[2]
            if field != key and len(key.split()) == 2:
                key = key.split()[0]
                self.report(start, f"there is no comma after the key '{key}'", "add a comma after it")
                return key, match.start(1) + match[1].rindex(field)
            return "", pos
        if after == "\n" and key:
            rest = SPACE.match(self.text, end).end()  # type: ignore[union-attr]
            if self.text[rest : rest + 1] not in (",", close):
                self.report(start, f"there is no comma after the key '{key}'", "add a comma after it")
        return key, end

    def _junk(self, key: str, pos: int, limit: int) -> int:
        """Skip what is no field; gives where the next one may start."""
        match = JUNK_END.search(self.text, pos + 1, limit)
        brace = self.text.find("{", pos, match.start() if match else limit)
        if brace >= 0:  # over a whole group
            closing = self.closing(brace + 1, limit, "{")
            match = JUNK_END.search(self.text, closing + 1, limit) if closing else None
        end = match.start() if match else limit
        found = " ".join(self.text[pos : min(end, pos + 200)].split())[:40]
        hint = "write it as 'name = {value},' or delete it"
        self.report(
            pos, f"'{found}' in the entry '{key}' is not a field and was left out", hint, "error"
        )
        return end
