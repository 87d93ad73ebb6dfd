"""Redirects from old addresses, which a page's front matter lists as `aliases`."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

import yaml

from ..common import is_device, mapping, scalar
from ..model import Problem

# Not a path, or out of the site, or not a valid file name on all systems.
_NO_PATH = re.compile(r'[\x00-\x1f\x7f\\:?#*"<>|]|//|(?:^|/)\.\.?(?:/|$)')
_MOST_BYTES = 255


class Alias(NamedTuple):
    """An old address of the page with the source `page`; `path` is '' if no file lists it."""

    name: str
    page: str
    path: str = ""
    line: int = 0


def written(front_matter: str, page: str, path: str) -> list[Alias]:
    """Return the aliases in a page's front matter, which starts in line 2 of the file `path`."""
    pairs, _ = mapping(front_matter, path, "", "")  # MkDocs has read it already
    found = [value for key, value in pairs if scalar(key) == "aliases"]
    nodes = [n for v in found for n in (v.value if isinstance(v, yaml.SequenceNode) else [v])]
    return [Alias(scalar(n), page, path, n.start_mark.line + 2) for n in nodes if n.value]


def find(
    aliases: Iterable[Alias], files: Mapping[str, str], built: Callable[[str], str]
) -> tuple[dict[str, str], list[Problem]]:
    """Return the source of the target page for each redirecting file, and the problems.

    `files` has the source of each file in the site, for messages; `built` returns the path in the
    site of a Markdown file. Aliases that no file lists cause no problems.
    """
    found: dict[str, Alias] = {}
    problems = []
    for alias in aliases:
        place = _place(alias.name, built)
        there = [files[p] for p in (place, *map(str, PurePosixPath(place).parents)) if p in files]
        if not place:
            message = f"the alias '{alias.name}' is not the address of a page of this site"
            hint = "write it as old-page.md or /old/address/"
        elif there:
            message = f"the alias '{alias.name}' is the address of {there[0]} already"
            hint = "delete it, or give that page another address"
        elif (other := found.setdefault(place, alias)).page != alias.page:
            message = f"the alias '{alias.name}' leads to {other.path or other.page} already"
            hint = "delete it in one of the two"
        else:
            continue
        if alias.path:
            problems.append(Problem(alias.path, alias.line, message, hint))
    return {place: alias.page for place, alias in found.items()}, problems


def _place(name: str, built: Callable[[str], str]) -> str:
    """Return the file in the site for an address, or '' if it cannot be that of a page."""
    name = unquote(name).strip().removeprefix("./")
    path = name.strip("/")
    last = path.rpartition("/")[2]
    if not name or _NO_PATH.search(name) or any(map(is_device, path.split("/"))):
        return ""
    if len(path.encode()) > _MOST_BYTES:
        return ""
    if path.endswith(".md"):
        return built(path)
    if path.endswith((".html", ".htm")):
        return path
    return f"{path}/index.html".lstrip("/") if name.endswith("/") or "." not in last else ""
