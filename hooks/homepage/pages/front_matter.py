"""The front matter of pages, which MkDocs and the theme take as YAML gives it.

An alias (`*a`) costs YAML nothing, and whoever writes its value all that it stands for; some numbers
and lists cannot be written at all. Such values are left out, and the rest of the page is built.
"""

from __future__ import annotations

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
    """Take out of front matter, or of settings, what no page can show; `source` is the file's text."""
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


def endless(source: str, path: str) -> list[Problem]:
    """What to say of a page that would take all memory before its front matter can be cleaned.

    Merge keys do so as soon as YAML is read, and `links` of a post when the blog makes its menu.
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
        return []  # as for MkDocs, which shows it as text
    message = "the page is left out: its merge keys (<<) or links stand for too much"
    return [Problem(path, line + 1, message, _HINT, "error")] if line else []


def _unread(source: str, path: str) -> list[Problem]:
    """Why front matter is shown as text: MkDocs does not say."""
    match = _FRONT_MATTER.match(source)
    if not match or not _FIRST_KEY.match(match[1]):
        return []  # a rule, text and a rule
    if not (fault := _fault(match[1])):
        return []
    line, what = fault
    message = f"the front matter cannot be read, and is shown as text: {what[:80]}"
    hint = "put texts with a colon, an @ or a date that is none into quotation marks"
    return [Problem(path, line + 1, message, hint, "error")]


def _fault(text: str) -> tuple[int, str] | None:
    """In which line YAML fails, and why; with MkDocs' loader, as others take more."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    line = 0
    try:
        root = yaml.compose(text, loader)
        for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
            line = key.start_mark.line + 1
            yaml.SafeLoader("").construct_document(value)
        yaml.load(text, loader)  # noqa: S506 - a safe one
    except Exception as error:  # noqa: BLE001 - PyYAML raises plain ones for dates, numbers, tags
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).partition("\n")[0]
        return mark.line + 1 if mark else line, what or type(error).__name__
    return None
