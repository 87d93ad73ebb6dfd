"""Find code and comments in Markdown, where headings, directives and citations do not count."""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from ..model import Problem

Span = tuple[int, int]

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_CONTAINER = re.compile(r"[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|!!!|\?\?\?|===|\[\^|:[ \t]|///)")
# Starts of code, scripts and comments. A link definition that leads nowhere is a comment, too, as in
# `[//]: # (a note)` or `[comment]: <> (a note)`.
_STARTS = re.compile(
    r"(?<!\\)(?P<ticks>`+)|(?P<comment><!--)|<(?P<tag>script|style|textarea)\b"
    r"|(?:(?<=\n)|\A)[ ]{0,3}\[(?P<unused>//|comment|\#|_)\]:[ \t]*(?:\#|<\#?>)(?=[ \t\n]|\Z)[^\n]*",
    re.I,
)
_PARAGRAPH_END = re.compile(r"\n[ \t]*(?:\n|`{3}|~{3})")
# `<!-->` and `<!--->` are empty comments, and `--!>` also ends one (HTML Standard, 13.2.5.43 to 51).
_COMMENT_TOKENS = re.compile(r"<!--(-?>)?|--!?>")
# Comments for Markdown extensions and plugins: a word, perhaps with options in braces.
PLUGIN_COMMENTS = re.compile(r"<!--\s*(?:hp-[\w-]+ \w+|[\w/-]+(?:\s*\{.*\})?)\s*-->", re.S)
# One behind a lone `<` stays: without it `<<!-- -->script>` would become a tag.
_IN_HTML = re.compile(
    r"<(script|style|textarea)\b.*?</\1\s*>|(?<!<)(?<!</)<!--(?!!|\s*hp-)(?:-?>|.*?(?:--!?>|\Z))",
    re.S | re.I,
)


class _Read(NamedTuple):
    """Spans of code and of comments, in order; starts of comments that are not closed in time."""

    code: tuple[Span, ...]
    comments: tuple[Span, ...]
    unclosed: tuple[int, ...]


def code_spans(markdown: str) -> list[Span]:
    """Start and end of every code block (fenced or indented) and code span, in order."""
    return list(_read(markdown, scripts=False).code)


def ignored_spans(markdown: str) -> list[Span]:
    """Start and end of all code, scripts and comments, in order."""
    found = _read(markdown)
    return sorted((*found.code, *found.comments))


def inside(pos: int, spans: list[Span]) -> bool:
    """Is the position in one of the (sorted) spans?"""
    index = bisect_right(spans, (pos, len(spans) and spans[-1][1] + pos + 1)) - 1
    return index >= 0 and spans[index][0] <= pos < spans[index][1]


def without_comments(markdown: str, kept: re.Pattern[str] | None = None) -> str:
    """Remove comments, except those that `kept` matches; line numbers do not change."""
    parts, end = [], 0
    for start, stop in _read(markdown).comments:
        comment = markdown[start:stop]
        if kept and kept.fullmatch(comment):
            continue
        parts += [markdown[end:start], "\n" * comment.count("\n")]
        end = stop
    return "".join([*parts, markdown[end:]]) if parts else markdown


def comment_problems(markdown: str, path: str, first_line: int) -> list[Problem]:
    """Report comments that are not closed, and so hide more than they should."""
    message = "this comment is not closed before the next one, or at all: what follows is not shown"
    return [
        Problem(path, first_line + markdown.count("\n", 0, start), message, "write --> where it ends")
        for start in _read(markdown).unclosed
    ]


def html_without_comments(html: str) -> str:
    """Remove comments, except our own markers (`<!-- hp-… -->`) and licences (`<!--! … -->`)."""
    if "<!--" not in html:
        return html
    return _IN_HTML.sub(lambda match: match[0] if match[1] else "", html)


@lru_cache(8)  # called several times in a row for each page
def _read(markdown: str, scripts: bool = True) -> _Read:
    return _Reader(markdown, scripts).read()


class _Reader:
    """Read Markdown once, line by line; with `scripts`, scripts and styles count as code."""

    def __init__(self, markdown: str, scripts: bool):
        self.text, self.scripts = markdown, scripts
        self.code: list[Span] = []
        self.comments: list[Span] = []
        self.unclosed: list[int] = []
        self.ends, self.closings = _comment_ends(markdown) if "<!--" in markdown else ({}, [])
        self.paragraph_end = -1
        self.last_ticks: dict[int, int] = {}  # position of the last run of each length in the paragraph

    def read(self) -> _Read:
        """Find all code and comments."""
        text = self.text
        plain_from = pos = fence_start = 0  # `inline` searches the text between code blocks
        fence = ""
        blank, container = True, -1  # indentation of the current list item or similar
        while pos < len(text):
            end = text.find("\n", pos) + 1 or len(text)
            line = text[pos:end]
            bare = line.strip()
            is_whole = pos == 0 or text[pos - 1] == "\n"  # not the rest of a line after a comment
            match = _FENCE.match(line) if is_whole else None
            indent = _indent(line) if is_whole else 0
            if fence:
                if match and match[1].startswith(fence) and bare == match[1]:
                    self.code.append((fence_start, end))
                    plain_from, fence = end, ""
            elif match:
                self.inline(plain_from, pos)
                fence_start, fence = pos, match[1]
            elif bare and indent >= 4 and (container < 0 or indent >= container + 8):
                if blank or (self.code and self.code[-1][1] == pos):
                    self.inline(plain_from, pos)
                    self.code.append((pos, end))
                    plain_from = end
            elif bare:
                if _CONTAINER.match(line):
                    container = indent
                elif indent < 4 and blank:
                    container = -1
            if not fence and plain_from < end and "<" in line:
                # Comments and scripts can extend over several blocks.
                end = plain_from = self.inline(plain_from, end)
            blank = not bare
            pos = end
        if fence:
            self.code.append((fence_start, len(text)))
        else:
            self.inline(plain_from, len(text))
        return _Read(tuple(sorted(self.code)), tuple(self.comments), tuple(self.unclosed))

    def inline(self, pos: int, end: int) -> int:
        """Find code and comments that start in this range; returns where to continue."""
        while match := _STARTS.search(self.text, pos, end):
            start, pos = match.span()
            if match["ticks"]:
                if closing := self.closing_ticks(match):
                    pos = closing
                    self.code.append((start, pos))
            elif match["comment"]:
                pos = self.comment(start)
            elif match["tag"]:
                closing_tag = re.compile(rf"</{match['tag']}\s*>", re.I).search(self.text, pos)
                if closing_tag and self.scripts:
                    pos = closing_tag.end()
                    self.code.append((start, pos))
            else:
                self.comments.append((start, pos))
        return max(pos, end)

    def comment(self, start: int) -> int:
        """Record the comment that starts here, and return its end."""
        index = bisect_right(self.closings, start)
        first = self.closings[index] if index < len(self.closings) else len(self.text)
        end = self.ends.get(start, first)
        if start not in self.ends:
            self.unclosed.append(start)
        self.comments.append((start, end))
        return end

    def closing_ticks(self, match: re.Match[str]) -> int:
        """The end of a code span: the next run of as many backticks in the same paragraph, or 0."""
        if match.end() > self.paragraph_end:
            found = _PARAGRAPH_END.search(self.text, match.end())
            self.paragraph_end = found.start() if found else len(self.text)
            runs = re.compile("`+").finditer(self.text, match.start(), self.paragraph_end)
            self.last_ticks = {len(run[0]): run.start() for run in runs}
        ticks = match["ticks"]
        if self.last_ticks.get(len(ticks), -1) < match.end():
            return 0
        closing = re.compile(rf"(?<!`){ticks}(?!`)")
        found = closing.search(self.text, match.end(), self.paragraph_end)
        return found.end() if found else 0


def _indent(line: str) -> int:
    expanded = line.expandtabs(4)
    return len(expanded) - len(expanded.lstrip())


def _comment_ends(text: str) -> tuple[dict[int, int], list[int]]:
    """The end of each comment by its start, with nested comments paired; and all ends.

    In HTML, the end of a nested comment ends the outer one. Authors want to hide the whole.
    """
    ends: dict[int, int] = {}
    closings: list[int] = []
    opened: list[int] = []
    for match in _COMMENT_TOKENS.finditer(text):
        if match[1]:
            ends[match.start()] = match.end()
        elif match[0] == "<!--":
            opened.append(match.start())
        else:
            closings.append(match.end())
            if opened:
                ends[opened.pop()] = match.end()
    return ends, closings
