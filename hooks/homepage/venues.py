"""venues.yml: the abbreviations of venues that entries may use in `abbr`."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from .errors import Problem
from .model import Publication

_HINT = "write an abbreviation for each venue, as in 'COLM: {name: Conference on Language Modeling}'"


def load(text: str, path: str) -> tuple[frozenset[str], list[Problem]]:
    """The abbreviations of a venues.yml, a mapping from each to whatever is said of it."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        return frozenset(), [Problem(path, line, "not valid YAML", _HINT, "error")]
    if root is None:
        return frozenset(), []
    if not isinstance(root, yaml.MappingNode):
        return frozenset(), [Problem(path, 1, "the file is not a mapping of venues", _HINT, "error")]
    keys = (key.value for key, _ in root.value if isinstance(key, yaml.ScalarNode))
    return frozenset(key.casefold() for key in keys), []


def unknown(publications: Iterable[Publication], known: frozenset[str], path: str) -> list[Problem]:
    """Advice on abbreviations that the file does not have; each is told once."""
    problems: dict[str, Problem] = {}
    for publication in publications:
        abbr = publication.entry.get("abbr")
        if abbr and abbr.casefold() not in known:
            line = publication.entry.line_of("abbr")
            message = f"the venue '{abbr}' is not in {path}"
            hint = "add it there, or write one that is"
            problem = Problem(publication.entry.path, line, message, hint, "advice")
            problems.setdefault(abbr.casefold(), problem)
    return list(problems.values())
