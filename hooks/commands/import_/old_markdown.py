"""Bodies of old pages to our Markdown: addresses, HTML that cannot stay, lists and headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Any

from homepage.common import code_spans

from .staying import PICTURES

Tell = Callable[[str, str, str], None]  # the piece of the page in question, message, hint

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
    r"|rounded\S*|z-depth-\d|no-gutters|float-\w+|profile|news|cv|card\S*|archive|notice\S*)"
)
_ESCAPED = re.compile(r"\\\\([(\[])((?:[^\\]|\\(?!\\[()\[\]])){1,1000}+)\\\\([)\]])", re.S)
_EMOJI = re.compile(r"(?<![\w:]):([a-z0-9_+-]{1,40}):(?![\w:])")
_EMPHASIS = re.compile(r"^[*_]|[*_]$")


def outside_code(text: str, change: Callable[[str, int], str], *, indented: bool = False) -> str:
    """The text with what is no code changed; `indented` blocks count as code, too, if asked.

    The function is given a piece and its position.
    """
    parts, end = [], 0
    for start, stop in code_spans(text):
        if not indented and text[start:stop].lstrip(" \t")[:1] not in ("`", "~"):
            continue
        parts += [change(text[end:start], end), text[start:stop]]
        end = stop
    return "".join([*parts, change(text[end:], end)])


def without_directives(text: str) -> str:
    """Comments of the old site that would be directives here are only comments."""
    return outside_code(text, lambda piece, _: _DIRECTIVE.sub(r"<!-- (old)\1", piece))


def attributes(inside: str) -> list[tuple[str, str | None]]:
    """The attributes of a tag, as written but for quotes."""
    found: list[tuple[str, str | None]] = []
    for key, value in _ATTRIBUTE.findall(inside):
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        found.append((key, bare.replace('"', "&quot;") if value else None))
    return found


def picture(path: str, alt: str = "", caption: str = "", width: str = "") -> str:
    """A picture in Markdown, with what stands below it."""
    words = re.sub(r"[\[\]\n]+", " ", plain(alt or caption)).strip()
    size = (
        f'{{ width="{width.removesuffix("px")}" }}' if re.fullmatch(r"\d{1,4}(?:px|%)?", width) else ""
    )
    shown = f"![{words}](<{path}>){size}" if " " in path else f"![{words}]({path}){size}"
    if not path.lower().endswith(PICTURES) and "://" not in path and "{" not in path:
        shown = f"[{words or path}]({path})"
    return (
        f"{shown}\n\n*{caption.strip()}*" if caption and not _EMPHASIS.search(caption.strip()) else shown
    )


def plain(text: str) -> str:
    """Text without tags, entities and the marks of Markdown's links and emphasis."""
    text = unescape(text)
    for _ in range(4):  # tags in tags
        text = re.sub(r"<[a-zA-Z/!?][^<>]*+>", "", text)
    text = re.sub(r"<(?=[a-zA-Z/!?])", "< ", text)  # no tag, whatever follows
    text = re.sub(r"!?\[([^\[\]]*)\]\([^()]*\)", r"\1", text)
    return " ".join(re.sub(r"(?<!\w)[*_]{1,2}|[*_]{1,2}(?!\w)|`", "", text).split())


def with_maths(text: str) -> str:
    """The text with `\\(x\\)` for maths where it was escaped for Markdown."""
    return _ESCAPED.sub(lambda m: f"\\{m[1]}{m[2]}\\{m[3]}", text)


def with_emoji(text: str) -> str:
    """The text with characters for their names."""
    return _EMOJI.sub(lambda m: _emojis().get(m[0], m[0]), text)


@lru_cache(maxsize=1)
def _emojis() -> dict[str, str]:
    """Characters by their names, `:tada:`, as GitHub has them."""
    from pymdownx import gemoji_db

    known: dict[str, Any] = gemoji_db.emoji
    found = {name: e["unicode"] for name, e in known.items() if e.get("unicode")}
    found |= {a: found[name] for a, name in gemoji_db.aliases.items() if name in found}
    return {name: "".join(chr(int(c, 16)) for c in code.split("-")) for name, code in found.items()}


def headings(text: str, deepest: int) -> str:
    """The text with headings of level `deepest` or below; those that are higher take all along."""
    text = outside_code(text, lambda p, _: _SETEXT.sub(_atx, p), indented=True)
    levels: list[int] = []

    def note(piece: str, _: int) -> str:
        levels.extend(len(match[1]) for match in _ATX.finditer(piece))
        return piece

    outside_code(text, note, indented=True)
    more = deepest - min(levels, default=deepest)
    if more <= 0:
        return text

    def deeper(match: re.Match[str]) -> str:
        return "#" * min(len(match[1]) + more, 6)

    return outside_code(text, lambda p, _: _ATX.sub(deeper, p), indented=True)


def _atx(match: re.Match[str]) -> str:
    if match[1].lstrip().startswith(("|", "<", "---", "```")):
        return match[0]
    return f"{'#' if match[2][0] == '=' else '##'} {match[1].strip()}"


def lists(text: str) -> str:
    """Lists as Python-Markdown reads them: four blanks for each level, a blank line before."""
    result: list[str] = []
    levels: list[int] = []  # where the text of each open item starts
    fence, shift = "", 0
    for line in text.split("\n"):
        bare = line.strip()
        if fence:
            result.append(_shifted(line, shift))
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
            number = match[2].replace(")", ".")
            if (
                not levels
                and result
                and result[-1].strip()
                and not _ITEM.match(result[-1])
                and not (
                    result[-1].startswith(("    ", "<", "#")) or result[-1].lstrip().startswith("<!--")
                )
            ):
                result.append("")
            result.append(" " * 4 * len(levels) + f"{number} {line[match.end() :]}")
            levels.append(match.end())
            continue
        depth = sum(level <= indent for level in levels)
        if result and not result[-1].strip():
            del levels[depth:]
        shift = 4 * depth - levels[depth - 1] if depth else 0
        result.append(_shifted(line, shift))
        if opened := _FENCE.match(line):
            fence = opened[1]
    return "\n".join(result)


def _shifted(line: str, shift: int) -> str:
    if shift >= 0:
        return " " * shift + line if line.strip() else line
    blanks = len(line) - len(line.lstrip(" "))
    return line[min(-shift, blanks) :]


def without_layout(text: str) -> str:
    """Without the <div>s of the old theme's grid, in which Markdown would stay as it is."""

    def change(piece: str, _: int) -> str:
        parts: list[str] = []
        opened: list[bool] = []  # is each open <div> one to be dropped?
        end = 0
        for match in _DIV.finditer(piece):
            parts.append(_dedented(piece[end : match.start()], any(opened)))
            end = match.end()
            if match[1]:
                dropped = opened.pop() if opened else False
            else:
                found = dict(attributes(match[2]))
                classes = (found.get("class") or "").split()
                dropped = not (found.keys() - {"class", "style", "align", "data-zoomable"})
                dropped = dropped and all(map(_LAYOUT.fullmatch, classes))
                opened.append(dropped)
            parts.append("\n\n" if dropped else match[0])
        parts.append(_dedented(piece[end:], any(opened)))
        return "".join(parts)

    if "<div" not in text.lower():
        return text
    return re.sub(r"\n{3,}", "\n\n", outside_code(text, change))


def _dedented(text: str, inside: bool) -> str:
    return re.sub(r"^[ \t]+(?=\S)", "", text, flags=re.M) if inside and "\n- " not in text else text
