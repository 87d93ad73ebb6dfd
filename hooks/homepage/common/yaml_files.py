"""Read YAML files whose root is a mapping, as nodes with line numbers."""

import re
from collections.abc import Iterator
from itertools import chain, islice
from math import inf

import yaml

from ..invisible_characters import find_invisible, remove_invisible
from ..model import Problem
from .encoding import deceptive_problem

Pairs = list[tuple[yaml.Node, yaml.Node]]

_MERGE = "tag:yaml.org,2002:merge"
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_CHARACTERS, _EACH, _DEEPEST = 500_000, 10, 30
_LONGEST_NUMBER = 1_000  # bits; Python writes no number of more than 4,300 digits


def mapping(text: str, path: str, of: str, hint: str) -> tuple[Pairs, list[Problem]]:
    """The pairs of the root mapping, none if it cannot be read; `of` completes the message.

    Nodes are not converted to values, which aliases could make endless.
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
    """Report escaped invisible characters, as in "\\u202e", which are not visible in the file."""
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark:
            for _, name in islice(find_invisible(event.value), 1):
                yield deceptive_problem(path, event.start_mark.line + 1, name)


def scalar(node: yaml.Node) -> str:
    """The text of a scalar; '' for a list or mapping, which aliases can make endless."""
    value = node.value if isinstance(node, yaml.ScalarNode) else ""
    return remove_invisible(str(value).encode("utf-8", "replace").decode())  # without surrogates


def scalars(node: yaml.Node) -> list[str]:
    """The texts of a list of scalars, or of a single one."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [scalar(item) for item in items if isinstance(item, yaml.ScalarNode)]


def is_serializable(value: object) -> bool:
    """Can a value be written to a file? With its aliases expanded it may be endless or too deep."""
    return _weight(value, {}, 0) <= _MOST_CHARACTERS


def _weight(value: object, known: dict[int, float], level: int) -> float:
    """The approximate size of a value in characters; `inf` if it cannot be written."""
    if isinstance(value, str):
        return _EACH + len(value) if value.isascii() or not _SURROGATE.search(value) else inf
    if isinstance(value, int):
        return _EACH if value.bit_length() < _LONGEST_NUMBER else inf
    if not isinstance(value, dict | list | tuple | set):
        return _EACH
    if id(value) not in known:
        known[id(value)] = inf  # if it contains itself
        parts = chain(value, value.values()) if isinstance(value, dict) else iter(value)
        if level < _DEEPEST:
            known[id(value)] = _EACH + sum(_weight(part, known, level + 1) for part in parts)
    return known[id(value)]


def oversized_merge(root: yaml.Node, most: int) -> int:
    """The line of the first mapping with more than `most` pairs after merging (`<<`), or 0."""
    known: dict[int, float] = {}

    def pairs(node: yaml.Node) -> float:
        if isinstance(node, yaml.SequenceNode):
            return sum(map(pairs, node.value))
        if not isinstance(node, yaml.MappingNode):
            return 1
        if id(node) not in known:
            known[id(node)] = inf
            known[id(node)] = sum(pairs(v) if k.tag == _MERGE else 1 for k, v in node.value)
        return known[id(node)]

    found = (
        node for node in yaml_nodes(root) if isinstance(node, yaml.MappingNode) and pairs(node) > most
    )
    return min((node.start_mark.line + 1 for node in found), default=0)


def yaml_nodes(root: yaml.Node | None, *, keys: bool = True) -> Iterator[yaml.Node]:
    """All nodes, each once, as aliases may stand for the same one; without `keys`, only values."""
    seen, left = set[int](), [root]
    while left:
        node = left.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, yaml.SequenceNode):
            left += node.value
        elif isinstance(node, yaml.MappingNode):
            left += [part for key, value in node.value for part in ((key, value) if keys else (value,))]
