"""Find where entries start in a BibTeX text, including malformed ones."""

from __future__ import annotations

import re
from array import array

from .entry_types import KNOWN_TYPES

# What may start an entry in a line that is otherwise damaged. "course" and "teaching" are also words.
ENTRY_TYPES = (KNOWN_TYPES | {"xdata"}) - {"course", "teaching"}
BLOCK = re.compile(r"@[ \t]*+(\w[\w+:.-]*+)\s*+([{(])")
_KNOWN = "|".join(sorted(ENTRY_TYPES - {"set"}, key=len, reverse=True))
# An entry whose @, type or brace is missing, or which has another bracket instead.
MALFORMED = re.compile(
    rf"^[ \t]*+(?P<start>(?:(?P<type>{_KNOWN})[ \t]*+\{{"
    rf"|@[ \t]*+(?P<open>{_KNOWN})(?:[ \t]*+[\[<]|[ \t]++)"
    rf"|@[ \t]*+[\"'*.\\_-]++(?P<quoted>{_KNOWN})[\"'*]?[ \t]*+[{{(]"
    rf"|@[ \t]*+(?P<ended>{_KNOWN})[\"'*]++[ \t]*+[{{(]"
    r"|@[ \t]*+\n\s*+(?P<next>\w[\w+:.-]*+)[ \t]*+[{(]"
    r"|@[ \t]*+\{))[ \t]*+[^\s,=(){}\[\]<>]++[ \t]*+,",
    re.M | re.I,
)
_LINE_START_BLOCK = re.compile(r"^[ \t%]*+@[ \t]*+\w[\w+:.-]*+[ \t]*+[{(]", re.M)
# An entry that starts with full-width characters or invisible white space.
_WIDE_START = re.compile(
    "(^|[}\\s])[@＠]([\xa0\xad\u2009\u200b-\u200f\u2060\u3000\ufeff \\t]*+)([A-Za-z]++)"
    "([\xa0\xad\u2009\u200b-\u200f\u2060\u3000\ufeff \\t]*+)([{(｛（])"
    "[\xa0\xad\u200b-\u200f\u2060\ufeff]*+"
)
_WIDE_END = re.compile(r"^[ \t]*+[｝）][ \t]*+$", re.M)
_NARROW = str.maketrans("｛（｝）", "{(})")


def plain_starts(text: str) -> str:
    """Replace full-width characters and invisible white space where entries start."""
    if text.isascii():
        return text

    def start(match: re.Match[str]) -> str:
        return f"{match[1]}@{match[3]}{match[5].translate(_NARROW)}"

    narrow = _WIDE_START.sub(start, text)
    if narrow != text and ("｛" in text or "（" in text):
        narrow = _WIDE_END.sub(lambda m: m[0].translate(_NARROW), narrow)
    return narrow


def starts(text: str) -> tuple[array[int], array[int]]:
    """The positions of all entry starts at the start of a line, and of the malformed ones."""
    malformed = array("Q", (m.start("start") for m in MALFORMED.finditer(text)))
    found = array("Q", (m.start() for m in _LINE_START_BLOCK.finditer(text)))
    return array("Q", sorted((*found, *malformed))) if malformed else found, malformed
