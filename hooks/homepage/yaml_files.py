"""YAML files whose root maps names to something: read as nodes, which know their lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import yaml

from .deceptive import found, plain
from .encoding import deceptive_problem
from .errors import Problem

Pairs = list[tuple[yaml.Node, yaml.Node]]


def mapping(text: str, path: str, of: str, hint: str) -> tuple[Pairs, list[Problem]]:
    """The pairs of the root, none if the file cannot be read; `of` says what it should map.

    Nodes are not resolved: aliases could make values endless.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = getattr(error, "problem", None) or "it cannot be read"
        return [], [Problem(path, line, f"not valid YAML: {problem}", hint, "error")]
    if root is None:
        return [], []
    if not isinstance(root, yaml.MappingNode):
        return [], [Problem(path, 1, f"the file is not a mapping {of}", hint, "error")]
    return root.value, list(_deceptive(text, path)) if "\\" in text else []


def _deceptive(text: str, path: str) -> Iterator[Problem]:
    """Escapes, as in "\\u202e", that make a text look like another: no look at the file shows them."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark:
            for _, name in islice(found(event.value), 1):
                yield deceptive_problem(path, event.start_mark.line + 1, name)


def scalar(node: yaml.Node) -> str:
    """What a scalar says; nothing of a list or a mapping, which aliases can make endless."""
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    return plain(str(value).encode("utf-8", "replace").decode())  # without surrogates


def scalars(node: yaml.Node) -> list[str]:
    """What the scalars of a list say, or a single one."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [scalar(item) for item in items if isinstance(item, yaml.ScalarNode)]
