"""Removes front matter that would take all memory or cannot be printed.

A few YAML aliases (`*a`) can print as gigabytes of text (a YAML bomb), and some numbers and lists
cannot be printed at all. Such values are left out, and the rest of the page is built.
"""

import re
from collections.abc import MutableMapping
from typing import Any

import yaml

from ..common import is_serializable, oversized_merge, scalar
from ..model import Problem

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?\n", re.S)
_FIRST_KEY = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*[\w-]+[ \t]*:(?:\s|$)")
_MOST_MERGED = 10_000  # pairs of a mapping
_HINT = "write what you mean without anchors (&) and aliases (*)"


def cleaned(meta: MutableMapping[str, Any], source: str, path: str) -> list[Problem]:
    """Remove unprintable values of front matter or settings; `source` is the text of the file `path`."""
    problems = []
    for name in [
        name for name, value in meta.items() if not is_serializable(value) or not is_serializable(name)
    ]:
        del meta[name]
        match = re.search(rf"^[ \t]*[\"']?{re.escape(str(name)[:100])}[\"']?[ \t]*:", source, re.M)
        line = source.count("\n", 0, match.start()) + 1 if match else 1
        message = f"'{str(name)[:40]}' is left out: it is too long or too deep to be shown"
        problems.append(Problem(path, line, message, _HINT, "error"))
    return problems or ([] if meta else _unread(source, path))


def yaml_bomb(source: str, path: str) -> list[Problem]:
    """Return the problem of a page that would take all memory before its front matter is cleaned.

    Merge keys (`<<`) do so when YAML is read, the `links` of a post when the blog makes its menu.
    """
    match = _FRONT_MATTER.match(source) if "<<" in source or "links" in source else None
    if not match:
        return []
    try:
        root = yaml.compose(match[1], Loader=yaml.SafeLoader)
        line = oversized_merge(root, _MOST_MERGED) if root else 0
        for key, value in root.value if isinstance(root, yaml.MappingNode) and not line else ():
            if scalar(key) == "links" and not is_serializable(
                yaml.SafeLoader("").construct_document(value)
            ):
                line = key.start_mark.line + 1
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError):
        return []  # MkDocs shows it as text
    message = "the page is left out: its merge keys (<<) or links stand for too much"
    return [Problem(path, line + 1, message, _HINT, "error")] if line else []


def _unread(source: str, path: str) -> list[Problem]:
    """Return why MkDocs shows front matter as text, which it does silently."""
    match = _FRONT_MATTER.match(source)
    if not match or not _FIRST_KEY.match(match[1]):
        return []  # text between two horizontal rules
    if not (fault := _fault(match[1])):
        return []
    line, what = fault
    message = f"the front matter cannot be read, and is shown as text: {what[:80]}"
    hint = "put texts with a colon, an @ or a date that is none into quotation marks"
    return [Problem(path, line + 1, message, hint, "error")]


def _fault(text: str) -> tuple[int, str] | None:
    """Return the line in which YAML fails, and why, using MkDocs' loader, which accepts less."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    line = 0
    try:
        root = yaml.compose(text, loader)
        for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
            line = key.start_mark.line + 1
            yaml.SafeLoader("").construct_document(value)
        yaml.load(text, loader)  # noqa: S506 - a safe one
    except Exception as error:  # noqa: BLE001 - PyYAML raises ValueErrors and others for bad dates
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).partition("\n")[0]
        return mark.line + 1 if mark else line, what or type(error).__name__
    return None
