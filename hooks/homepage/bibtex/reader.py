"""BibTeX text to entries with line numbers: lenient, linear, and never losing an entry.

The grammar is that of BibTeX (Oren Patashnik, BibTeXing, 1988) and of biblatex's data files. Common
mistakes of real files are mended, and each is reported as a `Problem`.
"""

import re

from ..model import Field, Library
from .entries import EntryScanner
from .starts import BLOCK, ENTRY_TYPES, MALFORMED, plain_starts, starts
from .values import FIELD, SPACE

__all__ = ["Field", "read"]

_COMMENTING = re.compile(r"%|^[ \t]*@comment[ \t]*$", re.I)  # before an entry on its line
_JOINED = re.compile(r"\"\s*+#\s*+\"")  # between pieces of a value
# A field outside all entries, on a line that no % comments out.
_STRAY = r"[^%\n]*?(?<![\w+:\\-])([A-Za-z][\w+:-]*+[ \t]*+=[ \t]*+[{\"])"
_STRAY_FIELD, _STRAY_ON_LINE = re.compile(_STRAY), re.compile(f"^{_STRAY}", re.M)


def read(text: str, path: str, macros: dict[str, str] | None = None) -> Library:
    """Read all entries of a BibTeX text. Never raises; time and memory are linear in the text.

    `macros` are what other files of the bibliography define by @string; those of this text join them.
    """
    reader = _Reader(text, path)
    reader.macros.update(macros or {})
    library = reader.read()
    if macros is not None:
        macros.update(reader.macros)
    return library


class _Reader(EntryScanner):
    """Reads a file block by block: entries, @string, @comment, @preamble, and text between them."""

    def __init__(self, text: str, path: str):
        text = plain_starts(text)
        found, self.malformed = starts(text)
        super().__init__(text, path, found)
        self.preambles: list[str] = []
        self.stray = False  # text between entries that looks like a field was reported

    def read(self) -> Library:
        gap = pos = 0  # where the last entry ended
        text = self.text
        malformed = iter(self.malformed)
        next_malformed = next(malformed, len(text))
        while True:
            match = BLOCK.search(text, pos)
            start = match.start() if match else len(text)
            while next_malformed < pos:
                next_malformed = next(malformed, len(text))
            if next_malformed < start or (match and next_malformed == start):
                self.between(gap, next_malformed)
                gap = pos = self.malformed_entry(next_malformed)
                continue
            if not match:
                break
            before = text[start - 1 : start]
            if re.match(r"[^\W_]|[\\._]", before) and match[1].lower() not in ENTRY_TYPES:
                pos = match.end()  # an e-mail address or a TeX command in the text between entries
                continue
            self.between(gap, start)
            gap = pos = self.block(match, pos)
        self.between(gap, len(text))
        return Library(tuple(self.entries), tuple(sorted(self.problems)), "\n".join(self.preambles))

    def between(self, start: int, end: int) -> None:
        """Report, once, text between entries that looks like a field."""
        if self.stray:
            return
        match = _STRAY_FIELD.match(self.text, start, end) or _STRAY_ON_LINE.search(self.text, start, end)
        if match:
            self.stray = True
            message = "text between entries looks like part of an entry"
            self.report(match.start(1), message, "mend the entry that it belongs to, or delete it")

    def block(self, match: re.Match[str], last_end: int) -> int:
        kind = match[1].lower()
        start = match.start()
        before = max(last_end, start - 1000)
        line_start = max(self.text.rfind("\n", before, start) + 1, before)
        commands = {"comment": self.comment, "preamble": self.preamble, "string": self.string}
        if kind in commands:
            return commands[kind](match)
        if _COMMENTING.search(self.text[line_start:start]):
            return self.commented_out(match)
        return self.entry(match[1], start, match.end(), match[2])

    def malformed_entry(self, start: int) -> int:
        match = MALFORMED.match(self.text, start)
        if not match:  # it does not start its line any more: white space stands before it
            match = MALFORMED.match(self.text, self.text.rfind("\n", 0, start) + 1)
        assert match
        types = ("type", "open", "quoted", "ended", "next")
        kind = next((match[name] for name in types if match[name]), "misc")
        found = " ".join(match["start"].split())
        what = f"'{kind}' and no @" if match["type"] else f"'{found}', not with '@{kind}{{'"
        self.report(start, f"the entry starts with {what}", f"write @{kind}{{ before its key")
        opening = "(" if match["start"].endswith("(") else "{"
        return self.entry(kind, start, match.end("start"), opening)

    def commented_out(self, match: re.Match[str]) -> int:
        known = len(self.entries), len(self.problems), dict(self.first_line_of)
        end = self.entry(match[1], match.start(), match.end(), match[2])
        key = self.entries[known[0]].key if len(self.entries) > known[0] else "?"
        del self.entries[known[0] :], self.problems[known[1] :]
        self.first_line_of = known[2]
        self.report(
            match.start(),
            f"the entry '{key}' is commented out and was left out",
            "BibTeX itself would read it: delete the entry, or take the % or @comment away to show it",
        )
        return end

    def comment(self, match: re.Match[str]) -> int:
        end = self.closing(match.end(), len(self.text), match[2])
        if end is None:  # no closing brace: the comment is this line
            newline = self.text.find("\n", match.end())
            return len(self.text) if newline < 0 else newline
        self.report_inside(match, end)
        return end + 1

    def report_inside(self, match: re.Match[str], end: int) -> None:
        """Report the first entry inside a @comment or @preamble."""
        for inside in BLOCK.finditer(self.text, match.end(), end):
            if inside[1].lower() in ENTRY_TYPES:
                kind = match[1].lower()
                hint = f"delete the @{kind} around it to show it"
                self.report(inside.start(), f"an entry inside @{kind} was left out", hint)
                return

    def skip_group(self, match: re.Match[str]) -> int:
        limit = self.limit(match.start())
        end = self.closing(match.end(), limit, match[2])
        if end is None:
            self.report(match.start(), f"@{match[1]} has no closing brace", "add the closing }")
            return limit
        self.report_inside(match, end)
        return end + 1

    def preamble(self, match: re.Match[str]) -> int:
        end = self.skip_group(match)
        self.preambles.append(_JOINED.sub("", self.text[match.end() : end - 1]))
        return end

    def string(self, match: re.Match[str]) -> int:
        limit = self.limit(match.start())
        field = FIELD.match(self.text, SPACE.match(self.text, match.end()).end())  # type: ignore[union-attr]
        if not field or field.end() > limit:
            self.report(match.start(), "@string without 'name = value'", "write @string{name = {text}}")
            return self.skip_group(match)
        value, pos = self.value(field[1], field.end(), limit)
        self.macros[field[1].strip().lower()] = value
        pos = SPACE.match(self.text, pos).end()  # type: ignore[union-attr]
        if pos < limit and self.text[pos] in "})":
            return pos + 1
        self.report(match.start(), f"@string '{field[1]}' has no closing brace", "add the closing }")
        return pos
