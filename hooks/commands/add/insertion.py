"""Inserts an entry into a .bib file in order, without touching another byte of it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from commands.shared import command_names
from commands.shared.site import Refusal
from homepage.bibtex import plain_starts, reader
from homepage.common import encoding
from homepage.model import Date, Entry

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LINE_END = re.compile(r"\r\n|\r|\n")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HEADING = re.compile(rf"\s*%[^@]*{_YEAR.pattern}[^@]*")  # a comment: % ---- 2024 ----
_BRACES = ("}", "},", ")", "),", "}}")
_CLEAR = 3  # times as many neighbours are in one order than in the other, for a file to be in it

Read = tuple[str, str, dict[str, str], list[tuple[str, str]]]


class Inserted(NamedTuple):
    """The new bytes of a file, and the first and last line of the new entry in them."""

    data: bytes
    first: int
    last: int


class _Text(NamedTuple):
    """A file's text with its own line ends, and how to get back from it to bytes."""

    raw: str
    bom: bytes
    codec: str
    newline: str

    def offset(self, position: int) -> int:
        return len(self.bom) + len(self.raw[:position].encode(self.codec, _lenient(self.codec)))


def insert(
    data: bytes, source: str, date: Date, dates: Mapping[int, Date], macros: Mapping[str, str] = {}
) -> Inserted:
    """Insert the source of one entry with this date where the order of a file's entries requires it.

    `dates` are those of its entries, by their start. `macros` are what other files define by @string.
    If the entry could not be read back, or would change how others are read, it is added at the end.
    Raises Refusal if that is not possible either.
    """
    text = _decoded(data)
    plain = plain_starts(encoding.decode(data, "")[0])
    known = dict(macros)
    entries = reader.read(plain, "", known).entries
    wanted = [_read(e) for e in reader.read(source, "", dict(known)).entries]
    if len(wanted) != 1:
        raise Refusal("The entry cannot be read alone: check its braces.")
    lines = plain.split("\n")
    blank = _blank_lines(plain, entries)
    before = [_read(e) for e in entries]
    for index in (_place(entries, date, dates), len(entries)):
        place = _line(lines, plain, entries, index, date)
        found = _spliced(data, text, lines, place, source, blank)
        read_back = dict(macros)
        library = reader.read(encoding.decode(found.data, "")[0], "", read_back)
        after = [_read(e) for e in library.entries]
        at = next((i for i, e in enumerate(library.entries) if e.line == found.first), -1)
        if at < 0 or read_back != known:
            continue
        if after[at] == wanted[0] and after[:at] + after[at + 1 :] == before:
            return found
    raise Refusal(
        "The file cannot be added to without changing how its other entries are read: run "
        f"`{command_names.command_line('check')}` on it and fix what it reports first."
    )


def _read(entry: Entry) -> Read:
    fields = {name: field.value for name, field in entry.fields.items()}
    key = "" if entry.key == f"entry-{entry.line}" else entry.key  # which the reader made up
    return entry.type, key, fields, [(f.name, f.value) for f in entry.repeated]


# -- bytes --------------------------------------------------------------------


def _lenient(codec: str) -> str:
    return "surrogateescape" if codec == "utf-8" else "strict"


def _decoded(data: bytes) -> _Text:
    bom, codec = next(((b, c) for b, c in _BOMS if data.startswith(b)), (b"", "utf-8"))
    body = data[len(bom) :]
    try:
        raw = body.decode(codec)
    except UnicodeDecodeError:
        if codec != "utf-8":
            raise Refusal(
                "The file is damaged UTF-16: save it as UTF-8, and add the entry again."
            ) from None
        codec = "utf-8" if bom else "latin-1"  # as bytes: what is written is Windows-1252
        raw = body.decode(codec, _lenient(codec))
    ends = Counter(_LINE_END.findall(raw))
    return _Text(raw, bom, codec, ends.most_common(1)[0][0] if ends else "\n")


def _spliced(
    data: bytes, text: _Text, lines: list[str], place: int, source: str, blank: int
) -> Inserted:
    """Insert the entry before a line, with as many blank lines around it as others have."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text.raw))]
    if len(starts) != len(lines):
        raise Refusal("The file holds odd line ends: save it as UTF-8 text, and add the entry again.")
    above = lines[place - 1].strip() if place else ""
    lead = blank if above and not above.startswith("%") else 0
    if place < len(lines):
        trail = blank if lines[place].strip() else 0
        piece = "\n" * lead + source + "\n" + "\n" * trail
        position, first = starts[place], place + lead
    else:  # the last line has no end, and the new one has none either
        piece = "\n" + "\n" * lead + source
        position, first = len(text.raw), place + lead
    piece = piece.replace("\n", text.newline)
    try:
        new = piece.encode("cp1252" if text.codec == "latin-1" else text.codec)
    except UnicodeEncodeError as error:
        letter = piece[error.start]
        raise Refusal(
            f"The file is Windows-1252, which has no '{letter}': save it as UTF-8, then add this again."
        ) from None
    offset = text.offset(position)
    return Inserted(data[:offset] + new + data[offset:], first + 1, first + 1 + source.count("\n"))


# -- where --------------------------------------------------------------------


def _place(entries: Sequence[Entry], date: Date, dates: Mapping[int, Date]) -> int:
    """Return the index of the entry to insert before: the fewest others would be out of order."""
    known = [(i, dates[e.span[0]]) for i, e in enumerate(entries) if dates.get(e.span[0])]
    steps = [_compared(one, other) for (_, one), (_, other) in pairwise(known)]
    falling, rising = sum(s > 0 for s in steps), sum(s < 0 for s in steps)
    if not date or falling == rising or max(falling, rising) < _CLEAR * min(falling, rising):
        return len(entries)
    sign = 1 if falling > rising else -1
    # Moving past an entry puts it before the new one: that is better, worse, or all the same.
    costs = list(accumulate((-sign * _compared(other, date) for _, other in known), initial=0))
    best = min(costs)
    # Newest first, the new one is the first of its time; oldest first, the last.
    at = costs.index(best) if sign > 0 else len(costs) - 1 - costs[::-1].index(best)
    return known[at][0] if at < len(known) else known[-1][0] + 1


def _compared(one: Date, other: Date) -> int:
    """Return -1, 0 or 1 if the first date is before, at or after the second, as far as known."""
    mine, theirs = one.key, other.key
    for part, against in zip(mine, theirs, strict=True):
        if part != against:
            return ((part > against) - (part < against)) if part and against else 0
    return 0


def _line(lines: list[str], plain: str, entries: Sequence[Entry], index: int, date: Date) -> int:
    """Return the index of the line to insert before, above the entry with this index."""
    behind = plain.count("\n", 0, max(entries[index - 1].span[1] - 1, 0)) + 1 if index else 0
    while index and behind < len(lines) and lines[behind].strip() in _BRACES:
        behind += 1  # of an entry that was taken to end before them
    if not entries:
        return len(lines) - (not lines[-1])
    if index == len(entries):
        return behind
    next_start = plain.count("\n", 0, entries[index].span[0])
    if next_start < behind:  # both in one line
        return behind
    attached = next_start
    while attached > behind and lines[attached - 1].lstrip().startswith("%"):
        attached -= 1
    headings = [n for n in range(behind, next_start) if _HEADING.fullmatch(lines[n])]
    if headings and date.year:
        if str(date.year) in _YEAR.findall(lines[headings[-1]]):
            return next_start
        if index:
            return behind
        top = headings[-1]
        while top > behind and lines[top - 1].lstrip().startswith("%"):
            top -= 1
        if top and not any(line.strip() for line in lines[headings[-1] + 1 : attached]):
            return top
    return next_start if attached == 0 else attached  # a comment at the top is the file's own


def _blank_lines(plain: str, entries: Sequence[Entry]) -> int:
    """Return how many blank lines most entries have between them."""
    seen: Counter[int] = Counter()
    for one, other in pairwise(entries):
        between = plain[one.span[1] : other.span[0]]
        if not between.strip():
            seen[max(between.count("\n") - 1, 0)] += 1
    return min(seen.most_common(1)[0][0], 3) if seen else 1
