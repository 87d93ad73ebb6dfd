"""Directives in Markdown, in Material's manner: `<!-- publications {group: year, limit: 5} -->`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import yaml

from .errors import Problem
from .markdown_code import code_spans, inside

_COMMENT = re.compile(
    r"^(?P<indent>[ \t]*)<!--[ \t]*(?P<name>publications|news)\b(?P<options>(?:(?!-->).)*)-->[ \t]*$",
    re.M | re.S,
)
_ATX = re.compile(r"^[ ]{0,3}(#{1,6})[ \t]", re.M)

_CHOICES = {"group": ("year", "type", "none")}
_OPTIONS: dict[str, dict[str, type]] = {
    "publications": {"group": str, "selected": bool, "type": list, "limit": int, "find": bool},
    "news": {"limit": int},
}


class Directive(NamedTuple):
    """One directive: valid options only, the line it stands in, and the level of headings below."""

    name: str
    options: dict[str, object]
    line: int
    heading_level: int


def replace(
    markdown: str, path: str, first_line: int, render: Callable[[Directive], str]
) -> tuple[str, list[Problem]]:
    """Markdown with each directive outside code replaced by what `render` makes of it.

    `first_line` is the line of the Markdown's first line in its file.
    """
    if "<!--" not in markdown:
        return markdown, []
    spans = code_spans(markdown)
    problems: list[Problem] = []
    headings = [m for m in _ATX.finditer(markdown) if not inside(m.start(), spans)]

    def one(match: re.Match[str]) -> str:
        if inside(match.start("name"), spans):
            return match[0]
        line = first_line + markdown.count("\n", 0, match.start("name"))
        options, found = parse_options(match["name"], match["options"], path, line)
        problems.extend(found)
        level = max([len(h[1]) for h in headings if h.start() < match.start()][-1:], default=1)
        text = render(Directive(match["name"], options, line, min(level + 1, 6)))
        return "\n".join(match["indent"] + part if part else "" for part in text.split("\n"))

    return _COMMENT.sub(one, markdown), problems


def parse_options(name: str, text: str, path: str, line: int) -> tuple[dict[str, object], list[Problem]]:
    """The options of a directive, each of its type; what is unknown or wrong is told and left out."""
    known = _OPTIONS[name]
    hint = f"'{name}' knows: {', '.join(known)}"
    try:
        raw = yaml.safe_load(text) if text.strip() else {}
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError):
        raw = None  # a date that is none, a number without digits, a hundred brackets
    if not isinstance(raw, dict):
        message = f"the options of '{name}' cannot be read: {text.strip()[:60]}"
        return {}, [Problem(path, line, message, f"write <!-- {name} {{option: value}} -->")]
    options: dict[str, object] = {}
    problems = []
    value: Any
    for key, value in raw.items():
        kind = known.get(str(key))
        negative = isinstance(value, int) and (isinstance(value, bool) or value < 0)
        if kind is list and isinstance(value, str):
            value = [value]
        if kind is None:
            problems.append(Problem(path, line, f"'{name}' has no option '{key}'", hint))
        elif not isinstance(value, kind) or (kind is int and negative):
            message = f"the option '{key}' of '{name}' cannot be '{value}'"
            expected = {bool: "true or false", int: "a number", list: "a list", str: "a word"}[kind]
            problems.append(Problem(path, line, message, f"write {expected}"))
        elif key in _CHOICES and value not in _CHOICES[key]:
            message = f"the option '{key}' of '{name}' cannot be '{value}'"
            problems.append(Problem(path, line, message, f"write {' or '.join(_CHOICES[key])}"))
        else:
            options[str(key)] = value
    return options, problems
