"""Evaluates Liquid's blocks on a page: conditions, loops, variables, tabs and details."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from textwrap import indent
from typing import NamedTuple

from .liquid_values import Collection, Unknown, Values, shown

_TOKEN = re.compile(
    r"\{%-?\s*+(\w++)([^{}%]*+(?:(?:%(?!\})|\{(?!%)|\})[^{}%]*+)*+)%\}"
    r"|\{\{-?([^{}]*+(?:\}(?!\})[^{}]*+)*+)\}\}"
)
_INNER = re.compile(r"\{\{-?\s*([^{}]*+)\}\}")
_WITHOUT_OUTPUT = "assign increment decrement break continue cycle endraw raw".split()
_BLOCKS = frozenset("if unless case for capture comment details tabs tab".split())
_PARTS = ("else", "elsif", "when")
_FOR = re.compile(r"(\w+)\s+in\s+(\([^)]*\)|\S+)(.*)", re.S)
_YEAR = r"(?:&&|,)?\s*year\s*=+\s*\{\{-?\s*%s\s*-?\}\}\s*(?:&&|,)?"
_MAX_STEPS = 5_000  # blocks and outputs on a page
_MAX_CAPTURED = 20_000  # characters: a capture that holds itself twice would double each time

Convert = Callable[[str, str, str], str | None]  # takes a tag's name, the rest, and the whole tag


class Tag(NamedTuple):
    """A tag, or an output, whose name is ''."""

    name: str
    rest: str
    source: str


@dataclass
class Block:
    """A tag with an end, and its parts: their tags, and what is in them."""

    tag: Tag
    parts: list[tuple[Tag, list["Node"]]] = field(default_factory=list)


Node = str | Tag | Block


class Blocks:
    """Evaluates the text of one page.

    `convert` returns the Markdown for a tag of another kind, `list_of` the list of a collection. Both
    return None if there is none; `unconverted` is called with such a tag, which is removed.
    """

    def __init__(
        self,
        values: Values,
        convert: Convert,
        list_of: Callable[[str], str | None],
        unconverted: Callable[[str], None],
    ):
        self.values, self.convert, self.list_of = values, convert, list_of
        self.unconverted = unconverted
        self.comments = 0
        self.steps = 0
        self.listed: dict[str, str] = {}  # by names of collections
        self.lists: list[str] = []  # in the order in which the page shows them

    def evaluate(self, text: str) -> str:
        """Return the text without Liquid."""
        return self._all(_parse(text))

    def _all(self, nodes: list[Node]) -> str:
        return "".join(map(self._one, nodes))

    def _one(self, node: Node) -> str:
        self.steps += 1
        if isinstance(node, str) or self.steps > _MAX_STEPS:
            return node if isinstance(node, str) else ""
        if isinstance(node, Block):
            return getattr(self, f"_{node.tag.name}")(node)  # type: ignore[no-any-return]
        if not node.name:
            return self._output(node)
        if node.name in _WITHOUT_OUTPUT:
            self._assign(node)
            return ""
        if node.name.startswith("end") or node.name in _PARTS:
            return ""
        rest = _INNER.sub(lambda m: shown(self.values.of(m[1].removesuffix("-"))), node.rest)
        return self._or_report(self.convert(node.name, rest.strip(), node.source), node)

    def _or_report(self, found: str | None, tag: Tag) -> str:
        if found is None:
            self.unconverted(tag.source)
        return found or ""

    def _output(self, tag: Tag) -> str:
        value = self.values.of(tag.rest)
        known = not isinstance(value, (Unknown, Collection, dict))
        return self._or_report(shown(value) if known else None, tag)

    def _assign(self, tag: Tag) -> None:
        name, equals, expression = tag.rest.partition("=")
        if tag.name == "assign" and equals:
            self.values.variables[name.strip()] = self.values.of(expression)

    # -- blocks ---------------------------------------------------------------

    def _if(self, block: Block) -> str:
        for tag, nodes in block.parts:
            condition = self.values.is_true(tag.rest)
            if tag.name == "else" or condition == (tag.name != "unless"):
                return self._all(nodes)
        return ""

    _unless = _if

    def _case(self, block: Block) -> str:
        value = shown(self.values.of(block.tag.rest))
        for tag, nodes in block.parts[1:]:
            known = [shown(self.values.of(one)) for one in re.split(r",|\bor\b", tag.rest)]
            if tag.name == "else" or value in known:
                return self._all(nodes)
        return ""

    def _capture(self, block: Block) -> str:
        text = self._all(block.parts[0][1])
        if len(text) > _MAX_CAPTURED:
            return self._or_report(None, block.tag)
        self.values.variables[block.tag.rest.strip("'\"")] = text
        return ""

    def _comment(self, _: Block) -> str:
        self.comments += 1
        return ""

    def _for(self, block: Block) -> str:
        match = _FOR.match(block.tag.rest)
        if not match:
            return self._or_report(None, block.tag)
        if found := self._yearly(block, match[1]):
            return found
        value = self.values.of(match[2])
        if isinstance(value, Collection):
            return self._list(value.name, block)
        if isinstance(value, Unknown):
            return self._or_report(None, block.tag)
        items = list(value.items()) if isinstance(value, dict) else value or []
        items = (
            [list(i) if isinstance(i, tuple) else i for i in items]
            if isinstance(items, list)
            else [items]
        )
        if limit := re.search(r"\blimit:\s*(\d+)", match[3]):
            items = items[: int(limit[1])]
        before = len(self.lists)
        found = "".join(
            self._iteration(block, match[1], items[::-1] if "reversed" in match[3] else items)
        )
        made = self.lists[before:]
        return "\n".join(made) if made else found  # one list, not one for each heading

    def _iteration(self, block: Block, name: str, items: list[object]) -> Iterator[str]:
        outer = {key: self.values.variables.get(key) for key in (name, "forloop")}
        for index, item in enumerate(items, 1):
            if self.steps > _MAX_STEPS:
                break
            loop = {"index": str(index), "first": index == 1, "last": index == len(items)}
            self.values.variables |= {name: item, "forloop": loop}
            yield self._all(block.parts[0][1])
        self.values.variables |= outer

    def _list(self, name: str, block: Block) -> str:
        """Return the list of a collection, once on a page."""
        if name in self.listed:
            return ""
        found = self.list_of(name)
        self.listed[name] = f"\n\n{self._or_report(found, block.tag)}\n\n"
        self.lists.append(self.listed[name])
        return self.listed[name]

    def _yearly(self, block: Block, name: str) -> str:
        """Return one list with years for a loop that shows the bibliography of each year."""
        year = re.compile(_YEAR % re.escape(name))
        for tag in _tags([block]):
            if tag.name == "bibliography" and year.search(tag.rest):
                rest = _INNER.sub(lambda m: shown(self.values.of(m[1])), year.sub("", tag.rest))
                return self.convert(tag.name, f"{rest.strip()} --group_by year", tag.source) or ""
        return ""

    def _details(self, block: Block) -> str:
        title = block.tag.rest.strip().strip("'\"").replace('"', "'")
        body = indent(self._all(block.parts[0][1]).strip("\n"), "    ")
        return f'\n\n??? note "{title}"\n\n{body}\n\n'

    def _tabs(self, block: Block) -> str:
        return self._all(block.parts[0][1])

    def _tab(self, block: Block) -> str:
        label = block.tag.rest.partition(" ")[2].strip("'\" ") or block.tag.rest
        return f"\n\n**{label}**\n\n{self._all(block.parts[0][1])}\n\n"


def _tags(nodes: list[Node]) -> Iterator[Tag]:
    for node in nodes:
        if isinstance(node, Tag):
            yield node
        elif isinstance(node, Block):
            for _, inner in node.parts:
                yield from _tags(inner)


def _parse(text: str) -> list[Node]:
    """Return the parts of a text; a block without end is replaced by what is in it."""
    top: list[Node] = []
    blocks: list[Block] = []

    def current() -> list[Node]:
        return blocks[-1].parts[-1][1] if blocks else top

    def dissolve() -> None:
        block = blocks.pop()
        current().append(block.tag)
        for _, nodes in block.parts:
            current().extend(nodes)

    end = 0
    for match in _TOKEN.finditer(text):
        current().append(text[end : match.start()])
        end = match.end()
        rest = (match[2] or match[3] or "").strip().removesuffix("-").rstrip()
        tag = Tag(match[1] or "", rest, match[0])
        if tag.name in _BLOCKS and len(blocks) < 50:
            blocks.append(Block(tag, [(tag, [])]))
        elif tag.name in _PARTS and blocks:
            blocks[-1].parts.append((tag, []))
        elif tag.name.startswith("end") and any(f"end{b.tag.name}" == tag.name for b in blocks):
            while f"end{blocks[-1].tag.name}" != tag.name:
                dissolve()
            closed = blocks.pop()
            current().append(closed)
        else:
            current().append(tag)
    current().append(text[end:])
    while blocks:
        dissolve()
    return top
