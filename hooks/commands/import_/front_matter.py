"""The front matter of pages of Jekyll and Hugo, and their data files: YAML, TOML or JSON, as texts."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from homepage.model import Problem

_FENCED = re.compile(r"\s*?(---|\+\+\+)[ \t]*\n(.*?)(?:^|\n)\1[ \t]*(?:\n|$)", re.S)
_PAIR = re.compile(r"^([A-Za-z][\w-]*)[ \t]*[:=][ \t]*(.*?)[ \t]*$", re.M)
_LINE = re.compile(r"line (\d+)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the quick one, where there is one
_DEEPEST, _MOST = 12, 20_000  # levels and values of a file: aliases can make them endless


class Page(NamedTuple):
    """A page of the old site: front matter with texts for values, and body, which starts in `line`."""

    meta: dict[str, Any]
    body: str
    line: int = 1


def split(text: str, path: str) -> tuple[Page, list[Problem]]:
    """Front matter and body of a page. What cannot be read is told; plain pairs in it still count."""
    match = _FENCED.match(text)
    if not match:
        return Page({}, text), []
    written, body = match[2], text[match.end() :]
    line = text.count("\n", 0, match.start(2)) + 1
    meta, problems = data(written, path, "toml" if match[1] == "+++" else "yaml", line)
    if problems or not isinstance(meta, dict):
        meta = {key: value.strip("\"'") for key, value in _PAIR.findall(written)}
    return Page(meta, body, text.count("\n", 0, match.end()) + 1), problems


def data(text: str, path: str, kind: str = "", line: int = 1) -> tuple[Any, list[Problem]]:
    """What a file of data says: mappings, lists and texts. `line` is that of its first."""
    kind = kind or path.rpartition(".")[2].lower()
    try:
        if kind == "json":
            found = json.loads(text)
        elif kind == "toml":
            found = tomllib.loads(text)
        else:
            found = _yaml(text)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        match = _LINE.search(str(error))
        at = mark.line if mark else int(match[1]) - 1 if match else 0
        what = getattr(error, "problem", None) or str(error).split(":")[0]
        name = {"json": "JSON", "toml": "TOML"}.get(kind, "YAML")
        hint = "mend it there and import again, or write what is missing by hand"
        return None, [Problem(path, line + at, f"not valid {name}: {what[:80]}", hint, "error")]
    return _plain(found, [_MOST], 0), []


def _yaml(text: str) -> Any:
    """YAML; tabs, which Ruby takes where YAML has none, are blanks."""
    try:
        return yaml.load(text, _LOADER)  # noqa: S506 - texts alone
    except yaml.YAMLError:
        if "\t" not in text:
            raise
        return yaml.load(text.expandtabs(2), _LOADER)  # noqa: S506


def _plain(value: object, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if depth > _DEEPEST or left[0] < 0 or value is None:
        return ""
    if isinstance(value, dict):
        return {str(k): _plain(v, left, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v, left, depth + 1) for v in value]
    return (
        str(value).lower() if isinstance(value, bool) else str(value).encode("utf-8", "replace").decode()
    )


def written(meta: dict[str, Any]) -> str:
    """Front matter of a page of ours, '' where there is nothing to say."""
    known = {key: value for key, value in meta.items() if value}
    if not known:
        return ""
    text = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---\n\n"


def text_of(value: object) -> str:
    """The text of a value; '' for lists and mappings, and for what stands for nothing."""
    text = value.strip() if isinstance(value, str) else ""
    return "" if text in ("null", "~", "None") else text


def texts_of(value: object) -> list[str]:
    """The texts of a value that is one, or a list of some."""
    return [t for t in map(text_of, value if isinstance(value, list) else [value]) if t]


def dicts_of(value: object) -> list[dict[str, Any]]:
    """The mappings of a list, or a single one."""
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, dict)]


def inside(value: object, *keys: str) -> Any:
    """What stands deeper in mappings, '' where one is missing."""
    for key in keys:
        value = value.get(key, "") if isinstance(value, dict) else ""
    return value


def true(value: object) -> bool:
    """Does a value say yes?"""
    return text_of(value).lower() in ("true", "yes", "1")


def titled(text: str) -> str:
    """A title as it stands in our menu: al-folio's are all in lower case."""
    return text[:1].upper() + text[1:] if text.islower() else text


def tags(meta: Mapping[str, Any]) -> list[str]:
    """The topics of a page: a list, or words as Jekyll has them."""
    found = []
    for name in ("tags", "categories"):
        value = meta.get(name)
        several = value if isinstance(value, list) else re.split(r"[,\s]+", text_of(value))
        found += texts_of(several)
    return list(dict.fromkeys(found))
