"""venues.yml: the abbreviations of venues that entries may use in `abbr`."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from .errors import Problem
from .model import Publication
from .yaml_files import mapping

_HINT = "write an abbreviation for each venue, as in 'COLM: {name: Conference on Language Modeling}'"


def load(text: str, path: str) -> tuple[frozenset[str], list[Problem]]:
    """The abbreviations of a venues.yml, a mapping from each to whatever is said of it."""
    pairs, problems = mapping(text, path, "of venues", _HINT)
    keys = (key.value for key, _ in pairs if isinstance(key, yaml.ScalarNode))
    return frozenset(key.casefold() for key in keys), problems


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
