"""Markdown that would keep a build busy for minutes, found before it is converted.

Python-Markdown reads on from each mark that nothing closes: with 3.11, 60 kB of `<a ` take 98 seconds,
and of `[` five minutes. How much it would read is counted here, in linear time. A mark costs what lies
between it and its end, or the rest of its paragraph; for HTML, of its page.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ..common import Span, code_spans

_SHORT = 200  # characters of a paragraph
# What takes two seconds a page: characters that are read one by one, searched by regular expressions,
# moved where a block is split line by line, and moved where marks in it are replaced.
_MOST_READ, _MOST_SEARCHED = 10_000_000, 30_000_000
_MOST_SPLIT, _MOST_MOVED = 60_000_000, 4_000_000_000
_DEEPEST = 50  # levels: from some hundred on, Python ends the build
_MOST_LISTED, _MOST_HEADINGS = 20_000, 5_000  # entries in tables of contents
_MOST_OPEN, _MOST_NOTED = 2_000, 300  # elements of HTML; references to one footnote

_FENCED = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*(?:[\w+#.-]*|\{[^{}\n]*\})[ \t]*\n.*\1[ \t]*\n?\Z", re.S)
_TAG = re.compile(r"""<[a-zA-Z](?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^"'\s])|["'])*+""")
_UNREADABLE = re.compile(r"<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)\b)", re.I)
_RUN = re.compile(r"([ \t\xa0*_~])\1{2000}")
_VOID = "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr"
_ELEMENT = re.compile(rf"<(/?)(?!(?:{_VOID})\b)([a-z][\w:-]*)[^<>]*(?<!/)>", re.I)
_NOTE = re.compile(r"\[\^([^\[\]\n]*)\]")
_WITH_MARKDOWN = re.compile(r"\smarkdown\b", re.I)
_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![ \t]*(?:\n|\Z)))*+")
_ITEM = re.compile(r"^(?:[ ]{0,7}|[ ]{0,3}\t)(?:[*+-]|\d+\.)[ \t]", re.M)
_ROW, _WHOLE = re.compile(r"^", re.M), re.compile(r"\A")
_RULED = re.compile(r"[ \t]*[|:-][|: \t-]*")
_SPLITTING = re.compile(
    r"^[ ]{0,3}(?:#|=+[ ]*$|-+[ ]*$|(?:[-*_][ ]{0,2}){3,}$|\[[^\]\n]*\]:[ ]*$|[!?]{3}|`{3}|~{3})", re.M
)
_DEEP = re.compile(
    rf"^(?![ ]{{0,3}}([*_-])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|[*+-][ \t]|\d+\.[ \t])){{{_DEEPEST}}}",
    re.M,
)
_ESCAPED = re.compile(r"\\[\[\]()]")
_TITLED = re.compile(r"[\"'][ \t\n]*\Z")
_MATHS = ((r"(?<!\\)\\\(", r"\\\)"), (r"(?<!\\)\\\[", r"\\\]"), (r"\\begin\{", r"\\end\{"))
_EMPHASIS = re.compile(r"[*_]+")
_MARK = re.compile(r"[\\`$]")
_CONTENTS = re.compile(r"^[ ]{0,3}\[TOC\]", re.M)
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~]")
_HEADING = re.compile(r"^[ ]{0,3}(?:#|[=-]+[ ]*$)", re.M)


class Slow(NamedTuple):
    """Where a text would take long, as an index into it, and what of it."""

    start: int
    what: str


def first(markdown: str) -> Slow | None:
    """The first part of a page that would take long, or None."""
    text = _without_fences(markdown)
    looks = (_unreadable, _deep, _tags, _open, _contents, _notes, _Blocks().first)
    return min(filter(None, (look(text) for look in looks)), default=None)


def plain(markdown: str) -> str:
    """The text as it is written, in HTML that means nothing to Markdown and takes no time."""
    return f"<pre>\n{_SPECIAL.sub(lambda match: f'&#{ord(match[0])};', markdown)}</pre>\n"


def _without_fences(text: str) -> str:
    """The text with blanks for its fenced code, which Markdown takes out first."""
    return _without(text, [span for span in code_spans(text) if _FENCED.match(text[slice(*span)])])


def _without(text: str, spans: list[Span]) -> str:
    parts, end = [], 0
    for start, stop in spans:
        parts += [text[end:start], re.sub(r"[^\n]", " ", text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])


def _unreadable(text: str) -> Slow | None:
    """What older versions of Python's html.parser raise an AssertionError for."""
    match = _UNREADABLE.search(text)
    return Slow(match.start(), "a section of SGML (<![) that HTML does not have") if match else None


def _deep(text: str) -> Slow | None:
    if match := _RUN.search(text):
        return Slow(match.start(), "more than 2,000 times the same blank or mark")
    if match := _DEEP.search(text):
        return Slow(match.start(), f"lists and quotes of more than {_DEEPEST} levels in one line")
    return None


def _tags(text: str) -> Slow | None:
    """Tags without an end, as html.parser reads them: it goes on behind each `<`."""
    read, position = 0, text.find("<")
    while position >= 0:
        if match := _TAG.match(text, position):
            whole = text.startswith(">", match.end())
            broken = text.startswith("=", match.end())  # a quotation mark that is the last of its kind
            read += (len(text) if broken else match.end()) - position
            if read > _MOST_SEARCHED:
                return Slow(position, "tags of HTML (<) without an end")
            position = match.end() if whole else position
        position = text.find("<", position + 1)
    return None


def _open(text: str) -> Slow | None:
    """Elements within each other: the search counts all that are open for every word."""
    elements: list[str] = []  # as the search knows them: an end ends the last one, or nothing
    within: list[str] = []  # as md_in_html does: an end ends all that is in it
    levels: list[int] = []  # of those with Markdown, for each
    for match in _ELEMENT.finditer(_without(text, code_spans(text))):
        name = match[2].lower()
        if not match[1]:
            elements.append(name)
            within.append(name)
            levels.append((levels or [0])[-1] + bool(_WITH_MARKDOWN.search(match[0])))
        elif elements and elements[-1] == name:
            elements.pop()
        if match[1] and name in within:
            last = len(within) - 1 - within[::-1].index(name)
            del within[last:], levels[last:]
        if len(elements) > _MOST_OPEN:
            return Slow(match.start(), f"more than {_MOST_OPEN:,} elements of HTML without an end")
        if levels and levels[-1] > _DEEPEST:
            return Slow(match.start(), f"HTML with Markdown in it, of more than {_DEEPEST} levels")
    return None


def _notes(text: str) -> Slow | None:
    references = Counter(match[1] for match in _NOTE.finditer(text))
    name, count = max(references.items(), key=lambda pair: pair[1], default=("", 0))
    if count > _MOST_NOTED:
        return Slow(text.index(f"[^{name}]"), f"more than {_MOST_NOTED} references to one footnote")
    return None


def _contents(text: str) -> Slow | None:
    places = [match.start() for match in _CONTENTS.finditer(text)]
    headings = [match.start() for match in _HEADING.finditer(text)]
    if len(places) * (len(places) + len(headings)) > _MOST_LISTED:
        return Slow(places[0], "tables of contents ([TOC])")
    if len(headings) > _MOST_HEADINGS:
        return Slow(headings[0], f"more than {_MOST_HEADINGS:,} headings")
    return None


class _Blocks:
    """What there is to do for the texts between blank lines, of the whole page."""

    def __init__(self) -> None:
        self.read = self.searched = self.split = self.moved = 0

    def first(self, text: str) -> Slow | None:
        for match in _BLOCK.finditer(text):
            if len(match[0]) >= _SHORT and (slow := self.block(match[0])):
                return Slow(match.start() + slow.start, slow.what)
        return None

    def block(self, block: str) -> Slow | None:
        lines = [match.start() for match in _SPLITTING.finditer(block)]
        self.split += len(lines) * len(block)
        if self.split > _MOST_SPLIT:
            return Slow(lines[0], "headings, rules and the like without blank lines between them")
        starts = [match.start() for match in _part(block).finditer(block)] or [0]
        for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
            if end - start >= _SHORT and (slow := self.paragraph(block[start:end])):
                return Slow(start + slow.start, slow.what)
        return None

    def paragraph(self, text: str) -> Slow | None:
        bare = _without(_ESCAPED.sub("  ", text), code_spans(text))
        for seen in {text, bare}:
            if slow := self.brackets(seen):
                return slow
        marks = [match.start() for match in _MARK.finditer(text)]
        self.moved += len(marks) * (len(text) + 12 * len(marks))
        if self.moved > _MOST_MOVED:
            return Slow(marks[0], "marks in one paragraph")
        return self.maths(text) or _emphasis(text)

    def brackets(self, text: str) -> Slow | None:
        """Brackets of links and pictures, and behind them the parentheses of addresses."""
        for opening, closing in ("[]", "()"):
            for start, end in _pairs(text, opening, closing):
                if opening == "(":
                    if text[start - 1 : start] != "]":
                        continue
                    inner = text[start + 1 : min(end - 1, start + 2_000)]
                    if ('"' in inner or "'" in inner) and not _TITLED.search(inner):
                        end = len(text)
                self.read += end - start
                if self.read > _MOST_READ:
                    what = "brackets" if opening == "[" else "parentheses"
                    return Slow(start, f"{what} ({opening}) without an end nearby")
        return None

    def maths(self, text: str) -> Slow | None:
        for opening, closing in _MATHS:
            ends = [match.start() for match in re.finditer(closing, text)]
            for match in re.finditer(opening, text):
                index = bisect_right(ends, match.start())
                self.searched += (ends[index] if index < len(ends) else len(text)) - match.start()
                if self.searched > _MOST_SEARCHED:
                    return Slow(match.start(), f"maths ({match[0]}) without an end")
        return None


def _part(block: str) -> re.Pattern[str]:
    """Where parts of a block start that are converted each by itself: items, or rows of a table."""
    head, rule, *_ = (line.strip().strip("|") for line in f"{block}\n".split("\n", 2))
    is_table = "|" in block and _RULED.fullmatch(rule) and head.count("|") == rule.count("|")
    return _ROW if is_table else _ITEM if _ITEM.match(block) else _WHOLE


def _pairs(text: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    """Where brackets open and are closed; at the end of the text, if they are not."""
    open_at: list[int] = []
    for match in re.finditer(rf"[\{opening}\{closing}]", text):
        if match[0] == opening:
            open_at.append(match.start())
        elif open_at:
            yield open_at.pop(), match.end()
    yield from ((start, len(text)) for start in open_at)


def _emphasis(text: str) -> Slow | None:
    """Emphasis within emphasis: levels are those that end, too."""
    levels: list[int] = []
    for match in _EMPHASIS.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        if after.strip() and not before.strip("([{\"' \t\n"):
            levels.append(0)
        elif before.strip() and levels:
            level = levels.pop() + 1
            if level > _DEEPEST:
                return Slow(match.start(), f"emphasis of more than {_DEEPEST} levels")
            if levels:
                levels[-1] = max(levels[-1], level)
    return None
