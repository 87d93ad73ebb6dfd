"""Finds problems in an owner's files, for `check`, `doctor`, `add` and `import`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from homepage.common import encoding
from homepage.model import Problem
from homepage.news import items
from homepage.people import people_file
from homepage.publications import Source, collection, private_fields, venues

from .site import read_inside, site_around


def problems_of(file: str) -> list[Problem]:
    """Return the problems of a file, read with the rest of its site."""
    source = read_inside(file)
    if isinstance(source, Problem):
        return [source]
    reader = _READERS.get(Path(file).suffix.lower(), check_bibliography)
    return sorted(set(reader(source)))


def _check_yaml(source: Source) -> list[Problem]:
    load = venues.load if Path(source.path).stem == "venues" else people_file.load
    text, problems = encoding.decode(source.data, source.path)
    return problems + load(text, source.path)[1]


def _check_news(source: Source) -> list[Problem]:
    text, problems = encoding.decode(source.data, source.path)
    return problems + items.parse(text, source.path)[1]


def check_bibliography(source: Source) -> list[Problem]:
    """Return the problems of a .bib file, read with the rest of its site's bibliography."""
    around = site_around(source)
    found = collection.read(
        around.bibliography or [source],
        around.people,
        around.owner,
        around.local_file,
        around.merge_versions,
        around.venues,
    )
    others = {other.path for other in around.bibliography} - {source.path}
    notes = private_fields(found.every, around.public_fields)
    return [problem for problem in (*found.problems, *notes) if problem.path not in others]


_READERS: dict[str, Callable[[Source], list[Problem]]] = {
    ".yml": _check_yaml,
    ".yaml": _check_yaml,
    ".md": _check_news,
}
