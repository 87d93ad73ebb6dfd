"""Markdown of other systems to ours: lists, headings, layout, emoji, and plain text of titles."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape
from itertools import pairwise
from typing import Any

from homepage.common import code_spans

from .left_behind import PICTURES

Report = Callable[[str, str, str], None]  # takes the part of the page, a message, a hint

_ATTRIBUTE = re.compile(r"""[\s/]+([^\s"'>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_DIRECTIVE = re.compile(r"<!--([ \t]*(?:publications|news|profile|timeline)\b)")
_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_ITEM = re.compile(r"^([ \t]*)([-*+]|\d{1,9}[.)])([ \t]+)(?=\S)")
_RULE = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_ATX = re.compile(r"^(#{1,6})(?=[ \t])", re.M)
_SETEXT = re.compile(r"^(?![ \t]*(?:[-*+>#|]|\d+\.[ \t]))(\S[^\n]*)\n(={2,}|-{2,})[ \t]*$", re.M)
_DIV = re.compile(r"(?<![ \t])[ \t]*+<(/?)div\b([^<>]*+)>[ \t]*+\n?", re.I)
_LAYOUT = re.compile(
    r"(?:row|col(?:-\w+)*|container(?:-fluid)?|[mp][tblrxy]?-(?:\w+-)?\w+|justify-\S+|align-\S+|text-\S+"
    r"|caption|publications|l-\w+|img-\S+|d-\S+|w-\d+|repositories|projects|grid|post|article|clearfix"
    r"|flex-\S+|rounded\S*|z-depth-\d|no-gutters|float-\w+|profile|news|cv|card\S*|archive|notice\S*)"
)
_ESCAPED = re.compile(r"\\\\([(\[])((?:[^\\]|\\(?!\\[()\[\]])){1,1000}+)\\\\([)\]])", re.S)
_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+-]{1,40}):(?![\w:])")
_EMPHASIS = re.compile(r"^[*_]|[*_]$")


def outside_code(text: str, change: Callable[[str], str], *, indented: bool = False) -> str:
    """Return a text in which everything but code is changed; `indented` blocks are code only if set."""
    parts, end = [], 0
    for start, stop in code_spans(text):
        if indented or text[start:stop].lstrip(" \t")[:1] in ("`", "~"):
            parts += [change(text[end:start]), text[start:stop]]
            end = stop
    return "".join([*parts, change(text[end:])])


def disable_directives(text: str) -> str:
    """Return the text in which comments of the old site are no directives of ours."""
    return outside_code(text, lambda part: _DIRECTIVE.sub(r"<!-- (old)\1", part))


def close_comments(text: str) -> str:
    """Return the text in which each comment ends before the next one; browsers hide the rest, too."""
    code = code_spans(text)
    starts = [
        m.start() for m in re.finditer("<!--", text) if not any(a <= m.start() < b for a, b in code)
    ]
    for start, end in reversed([*pairwise([*starts, len(text)])]):
        if "-->" not in text[start:end]:
            text = f"{text[:end].rstrip()} -->\n\n{text[end:]}"
    return text


def parse_attributes(inside: str) -> list[tuple[str, str | None]]:
    """Return the attributes of a tag with their values as written, without quotes."""
    found: list[tuple[str, str | None]] = []
    for key, value in _ATTRIBUTE.findall(inside):
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        found.append((key, bare.replace('"', "&quot;") if value else None))
    return found


def image(path: str, given: Mapping[str, str]) -> str:
    """Return an image in Markdown, or a link to another file; `given` are the old tag's arguments."""
    caption = given.get("caption", "").strip()
    alt = given.get("alt") or given.get("title") or caption
    words = re.sub(r"[\[\]\n]+", " ", plain(alt)).strip()
    if not path.lower().endswith(PICTURES) and "://" not in path and "{" not in path:
        shown = f"[{words or path}]({path})"
    else:
        width = given.get("width", "")
        is_size = re.fullmatch(r"\d{1,4}(?:px|%)?", width)
        size = f'{{ width="{width.removesuffix("px")}" }}' if is_size else ""
        shown = f"![{words}](<{path}>){size}" if " " in path else f"![{words}]({path}){size}"
    return f"{shown}\n\n*{caption}*" if caption and not _EMPHASIS.search(caption) else shown


def plain(text: str) -> str:
    """Return a text without tags, entities, and Markdown's links and emphasis."""
    text = unescape(text)
    for _ in range(4):  # tags in tags
        text = re.sub(r"<[a-zA-Z/!?][^<>]*+>", "", text)
    text = re.sub(r"<(?=[a-zA-Z/!?])", "< ", text)  # no tag, whatever follows
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return " ".join(re.sub(r"(?<!\w)[*_]{1,2}|[*_]{1,2}(?!\w)|`", "", text).split())


def unescape_maths(text: str) -> str:
    """Return the text with `\\(x\\)` for maths that was escaped for another Markdown parser."""
    return _ESCAPED.sub(lambda m: f"\\{m[1]}{m[2]}\\{m[3]}", text)


def replace_emoji(text: str) -> str:
    """Return the text with characters for the names of emoji, such as `:tada:`."""
    return _EMOJI.sub(lambda m: _emoji().get(m[0], m[0]), text)


@lru_cache(maxsize=1)
def _emoji() -> dict[str, str]:
    """Characters by their names on GitHub."""
    from pymdownx import gemoji_db

    known: dict[str, Any] = gemoji_db.emoji
    found = {name: e["unicode"] for name, e in known.items() if e.get("unicode")}
    found |= {a: found[name] for a, name in gemoji_db.aliases.items() if name in found}
    return {name: "".join(chr(int(c, 16)) for c in code.split("-")) for name, code in found.items()}


def normalize(text: str, highest_heading: int) -> str:
    """Return the text without old layout, with lists and headings as they are needed here."""
    return shift_headings(normalize_lists(remove_layout(text)), highest_heading)


def shift_headings(text: str, highest: int) -> str:
    """Return the text in which the highest heading has a level of at least `highest`."""
    levels: list[int] = []

    def without_setext(part: str) -> str:
        part = _SETEXT.sub(_atx, part)
        levels.extend(len(match[1]) for match in _ATX.finditer(part))
        return part

    text = outside_code(text, without_setext, indented=True)
    more = highest - min(levels, default=highest)
    if more <= 0:
        return text

    def deeper(match: re.Match[str]) -> str:
        return "#" * min(len(match[1]) + more, 6)

    return outside_code(text, lambda part: _ATX.sub(deeper, part), indented=True)


def _atx(match: re.Match[str]) -> str:
    if match[1].lstrip().startswith(("|", "<", "---", "```")):
        return match[0]
    return f"{'#' if match[2][0] == '=' else '##'} {match[1].strip()}"


def normalize_lists(text: str) -> str:
    """Return the text with lists for Python-Markdown: four spaces a level, a blank line before."""
    result: list[str] = []
    levels: list[int] = []  # where the text of each open item starts
    fence, shift = "", 0
    for line in text.split("\n"):
        bare = line.strip()
        if fence:
            result.append(_shift(line, shift))
            if bare.startswith(fence) and not bare.strip(fence[0]):
                fence = ""
            continue
        if not bare:
            result.append(line)
            continue
        line = line.expandtabs(4)
        indent = len(line) - len(line.lstrip())
        match = None if _RULE.match(line) else _ITEM.match(line)
        if match and (levels or indent < 4):
            while levels and indent < levels[-1]:
                levels.pop()
            if not levels and result and _is_paragraph(result[-1]):
                result.append("")
            number = match[2].replace(")", ".")
            result.append(" " * 4 * len(levels) + f"{number} {line[match.end() :]}")
            levels.append(match.end())
            continue
        depth = sum(level <= indent for level in levels)
        if result and not result[-1].strip():
            del levels[depth:]
        shift = 4 * depth - levels[depth - 1] if depth else 0
        result.append(_shift(line, shift))
        if opened := _FENCE.match(line):
            fence = opened[1]
    return "\n".join(result)


def _is_paragraph(line: str) -> bool:
    """Return whether a list after this line needs a blank line to be a list."""
    other = line.startswith(("    ", "<", "#")) or line.lstrip().startswith("<!--")
    return bool(line.strip()) and not other and not _ITEM.match(line)


def _shift(line: str, shift: int) -> str:
    if shift >= 0:
        return " " * shift + line if line.strip() else line
    blanks = len(line) - len(line.lstrip(" "))
    return line[min(-shift, blanks) :]


def remove_layout(text: str) -> str:
    """Return the text without the <div>s of the old theme's grid, in which Markdown is not parsed."""
    if "<div" not in text.lower():
        return text
    return re.sub(r"\n{3,}", "\n\n", outside_code(text, _without_divs))


def _without_divs(text: str) -> str:
    parts: list[str] = []
    removed: list[bool] = []  # for each open <div>
    end = 0
    for match in _DIV.finditer(text):
        parts.append(_dedent(text[end : match.start()], any(removed)))
        end = match.end()
        if match[1]:
            is_layout = removed.pop() if removed else False
        else:
            found = dict(parse_attributes(match[2]))
            only_style = not found.keys() - {"class", "style", "align", "data-zoomable"}
            is_layout = only_style and all(map(_LAYOUT.fullmatch, (found.get("class") or "").split()))
            removed.append(is_layout)
        parts.append("\n\n" if is_layout else match[0])
    return "".join([*parts, _dedent(text[end:], any(removed))])


def _dedent(text: str, inside: bool) -> str:
    return re.sub(r"^[ \t]+(?=\S)", "", text, flags=re.M) if inside and "\n- " not in text else text
