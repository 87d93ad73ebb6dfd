"""Where code stands in Markdown, so that what looks like a directive or a citation there stays."""

from __future__ import annotations

import re
from bisect import bisect_right

Span = tuple[int, int]

_FENCE = re.compile(r"^([ \t]*)(`{3,}|~{3,})")
_CONTAINER = re.compile(r"[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|!!!|\?\?\?|===|\[\^|:[ \t]|///)")
_TICKS = re.compile(r"(?<!\\)(`+)")


def code_spans(markdown: str) -> list[Span]:
    """Start and end of every code block (fenced or indented) and code span, in order."""
    spans: list[Span] = []
    plain_from = 0  # code spans are looked for between the blocks
    pos = 0
    fence = ""
    start = 0
    blank, container = True, False
    for line in markdown.splitlines(keepends=True):
        bare = line.strip()
        match = _FENCE.match(line)
        if fence:
            if match and match[2].startswith(fence) and bare == match[2]:
                spans.append((start, pos + len(line)))
                plain_from, fence = pos + len(line), ""
        elif match:
            spans += _inline(markdown, plain_from, pos)
            start, fence = pos, match[2]
        elif bare and line.startswith(("    ", "\t")):
            in_block = bool(spans) and spans[-1][1] == pos and not blank
            if not container and (blank or in_block):
                spans += _inline(markdown, plain_from, pos)
                spans.append((pos, pos + len(line)))
                plain_from = pos + len(line)
        elif bare:
            container = bool(_CONTAINER.match(line)) or (container and not blank)
        blank = not bare
        pos += len(line)
    if fence:
        spans.append((start, len(markdown)))
        plain_from = len(markdown)
    return spans + _inline(markdown, plain_from, len(markdown))


def _inline(markdown: str, start: int, end: int) -> list[Span]:
    """Code spans: runs of backticks up to the next run of the same length in the same paragraph."""
    spans = []
    pos, stop = start, -1
    last: dict[int, int] = {}  # where the last run of each length is in the paragraph
    while match := _TICKS.search(markdown, pos, end):
        if match.end() > stop:
            paragraph = markdown.find("\n\n", match.end(), end)
            stop = end if paragraph < 0 else paragraph
            runs = re.compile("`+").finditer(markdown, match.start(), stop)
            last = {len(run[0]): run.start() for run in runs}
        closing = None
        if last.get(len(match[1]), -1) >= match.end():
            closing = re.compile(rf"(?<!`){match[1]}(?!`)").search(markdown, match.end(), stop)
        pos = closing.end() if closing else match.end()
        if closing:
            spans.append((match.start(), pos))
    return spans


def inside(pos: int, spans: list[Span]) -> bool:
    """Is the position in one of the (sorted) spans?"""
    index = bisect_right(spans, (pos, len(spans) and spans[-1][1] + pos + 1)) - 1
    return index >= 0 and spans[index][0] <= pos < spans[index][1]
