"""Front matter and data files of Jekyll and Hugo: YAML, TOML or JSON, read with strings as scalars."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from homepage.model import Problem

from .markdown import plain

_FENCED = re.compile(r"\s*?(---|\+\+\+)[ \t]*\n(.*?)(?:^|\n)\1[ \t]*(?:\n|$)", re.S)
_PAIR = re.compile(r"^([A-Za-z][\w-]*)[ \t]*[:=][ \t]*(.*?)[ \t]*$", re.M)
_LINE = re.compile(r"line (\d+)")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C version is faster
_MAX_DEPTH, _MAX_VALUES = 12, 20_000  # aliases can make a small file endless


class Page(NamedTuple):
    """A page of the old site. Its body starts at `line`."""

    meta: dict[str, Any]
    body: str
    line: int = 1
    path: str = ""

    @property
    def title(self) -> str:
        """The title as plain text."""
        return self.plain("title")

    def text(self, *paths: str) -> str:
        """Return the first value with text in the front matter; see `get_text`."""
        return get_text(self.meta, *paths)

    def plain(self, *paths: str) -> str:
        """Return the same without markup."""
        return plain(self.text(*paths))


def split(text: str, path: str) -> tuple[Page, list[Problem]]:
    """Return front matter and body. If the front matter is not valid, its simple pairs are used."""
    match = _FENCED.match(text)
    if not match:
        return Page({}, text, 1, path), []
    kind = "toml" if match[1] == "+++" else "yaml"
    line = text.count("\n", 0, match.start(2)) + 1
    meta, problems = parse(match[2], path, kind, line)
    if problems or not isinstance(meta, dict):
        meta = {key: value.strip("\"'") for key, value in _PAIR.findall(match[2])}
    return Page(meta, text[match.end() :], text.count("\n", 0, match.end()) + 1, path), problems


def parse(text: str, path: str, kind: str = "", line: int = 1) -> tuple[Any, list[Problem]]:
    """Return the mappings, lists and strings of a data file, whose text starts at `line`."""
    kind = kind or path.rpartition(".")[2].lower()
    load = {"json": json.loads, "toml": tomllib.loads}.get(kind, _load_yaml)
    try:
        found = load(text)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        match = _LINE.search(str(error))
        at = mark.line if mark else int(match[1]) - 1 if match else 0
        what = getattr(error, "problem", None) or str(error).split(":")[0]
        name = kind.upper() if kind in ("json", "toml") else "YAML"
        hint = "correct it there and import again, or add what is missing by hand"
        return None, [Problem(path, line + at, f"not valid {name}: {what[:80]}", hint, "error")]
    return _with_strings(found, [_MAX_VALUES], 0), []


def _load_yaml(text: str) -> Any:
    """Read YAML, of several documents the first, as Hugo does; tabs, which Ruby accepts, are spaces."""
    try:
        return next(iter(yaml.load_all(text, _LOADER)), None)
    except yaml.YAMLError:
        if "\t" not in text:
            raise
        return next(iter(yaml.load_all(text.expandtabs(2), _LOADER)), None)


def _with_strings(value: object, left: list[int], depth: int) -> Any:
    left[0] -= 1
    if depth > _MAX_DEPTH or left[0] < 0 or value is None:
        return ""
    if isinstance(value, dict):
        return {str(k): _with_strings(v, left, depth + 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_with_strings(v, left, depth + 1) for v in value]
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text.encode("utf-8", "replace").decode()


def dump(meta: dict[str, Any]) -> str:
    """Return front matter for our page, '' if it has no values."""
    known = {key: value for key, value in meta.items() if value}
    text = yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{text}---\n\n" if known else ""


def get(values: object, path: str) -> Any:
    """Return the value at a path of keys such as `author.name`, '' if there is none."""
    for key in path.split("."):
        values = values.get(key, "") if isinstance(values, dict) else ""
    return values


def text_of(value: object) -> str:
    """Return a string without spaces around it; '' for lists, mappings and null."""
    text = value.strip() if isinstance(value, str) else ""
    return "" if text in ("null", "~", "None") else text


def texts_of(value: object) -> list[str]:
    """Return the strings of a list, or a single one."""
    return [t for t in map(text_of, value if isinstance(value, list) else [value]) if t]


def get_text(values: object, *paths: str) -> str:
    """Return the first text that is not empty at some paths of keys, or ''."""
    return next(iter(get_texts(values, *paths)), "")


def get_texts(values: object, *paths: str) -> list[str]:
    """Return the texts that are not empty at some paths of keys."""
    return [text for path in paths if (text := text_of(get(values, path)))]


def get_dicts(values: object, *paths: str) -> list[dict[str, Any]]:
    """Return the mappings in the lists at some paths of keys; a single mapping counts as a list."""
    found = [get(values, path) for path in paths]
    return [d for value in found for d in dicts_of(value)]


def dicts_of(value: object) -> list[dict[str, Any]]:
    """Return the mappings of a list, or a single one."""
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, dict)]


def is_true(value: object) -> bool:
    """Return whether a setting is on."""
    return text_of(value).lower() in ("true", "yes", "1")


def capitalized(text: str) -> str:
    """Return a title for our menu: titles in al-folio are all lower case."""
    if text == "cv":
        return "CV"
    return text[:1].upper() + text[1:] if text.islower() else text


def tags(meta: Mapping[str, Any]) -> list[str]:
    """Return the tags and categories of a page: lists, or words as in Jekyll."""
    found = []
    for value in (meta.get("tags"), meta.get("categories")):
        found += texts_of(value if isinstance(value, list) else re.split(r"[,\s]+", text_of(value)))
    return list(dict.fromkeys(found))
