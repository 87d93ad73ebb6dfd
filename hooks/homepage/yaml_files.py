"""YAML files whose root maps names to something: read as nodes, which know their lines."""

from __future__ import annotations

import yaml

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
    return root.value, []


def scalar(node: yaml.Node) -> str:
    """What a scalar says; nothing of a list or a mapping, which aliases can make endless."""
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    return str(value).encode("utf-8", "replace").decode()  # without surrogates


def scalars(node: yaml.Node) -> list[str]:
    """What the scalars of a list say, or a single one."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [scalar(item) for item in items if isinstance(item, yaml.ScalarNode)]
