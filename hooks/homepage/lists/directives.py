"""Find and replace directives in Markdown: `<!-- publications {group: year, limit: 5} -->`."""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import NamedTuple

import yaml

from ..common import ignored_spans, inside
from ..model import Problem
from .options import KINDS, Options, read

COMMENT = re.compile(
    r"^(?P<indent>[ \t]*)(?P<comment><!--)[ \t]*(?P<name>publications|news|profile)\b"
    r"(?P<options>(?:(?!-->).)*)-->[ \t]*$",
    re.M | re.S,
)
_LIKE_ONE = re.compile(r"^[ \t]*(<!--)[ \t]*(\w{4,16})[ \t]*(?:\{[^{}]*\}[ \t]*)?-->[ \t]*$", re.M)
_NAMES = (*KINDS, "timeline")
_MARKUP = re.compile(r"[!-+\--/:-@\[-`{-~]")  # ASCII punctuation, except the comma
_ATX = re.compile(r"^[ ]{0,3}(#{1,6})[ \t]", re.M)


class Directive(NamedTuple):
    """One directive: its options, its file and line, and the level of the headings below it."""

    options: Options
    path: str
    line: int
    heading_level: int


def replace(
    markdown: str, path: str, first_line: int, render: Callable[[Directive], str]
) -> tuple[str, list[Problem]]:
    """Replace each directive outside code and comments by the result of `render`; report wrong options.

    `first_line` is the line in the file where the Markdown starts.
    """
    if "<!--" not in markdown:
        return markdown, []
    spans = ignored_spans(markdown)
    starts = {start for start, _ in spans}  # a directive is a comment, too
    problems: list[Problem] = []
    headings = [m for m in _ATX.finditer(markdown) if not inside(m.start(), spans)]

    def one(match: re.Match[str]) -> str:
        if inside(match.start("name"), spans) and match.start("comment") not in starts:
            return match[0]
        line = first_line + markdown.count("\n", 0, match.start("name"))
        options, found = parse_options(match["name"], match["options"], path, line)
        problems.extend(found)
        level = max([len(h[1]) for h in headings if h.start() < match.start()][-1:], default=1)
        text = render(Directive(options, path, line, min(level + 1, 6)))
        return "\n".join(match["indent"] + part if part else "" for part in text.split("\n"))

    for match in _LIKE_ONE.finditer(markdown):
        if inside(match.start(2), spans) and match.start(1) not in starts:
            continue
        meant = [] if match[2] in _NAMES else get_close_matches(match[2].lower(), _NAMES, 1, 0.75)
        if meant:
            line = first_line + markdown.count("\n", 0, match.start(1))
            message = f"<!-- {match[2]} --> is only a comment, and shows nothing"
            problems.append(Problem(path, line, message, f"write <!-- {meant[0]} -->"))
    return COMMENT.sub(one, markdown), problems


def escape_markdown(text: str) -> str:
    """Escape a text so that Markdown, its extensions and HTML do not change it."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))


def parse_options(name: str, text: str, path: str, line: int) -> tuple[Options, list[Problem]]:
    """Parse the options of a directive; unknown and wrong ones are reported and ignored."""
    try:
        raw = yaml.load(text, yaml.BaseLoader) if text.strip() else {}  # noqa: S506 - strings only
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError):
        raw = None  # for instance a hundred brackets, or a list as a key
    if not isinstance(raw, dict) or not all(isinstance(key, str) for key in raw):
        message = f"the options of '{name}' cannot be read: {text.strip()[:60]}"
        hint = f"write <!-- {name} {{option: value}} -->"
        return KINDS[name](), [Problem(path, line, message, hint)]
    return read(name, raw, path, line)
