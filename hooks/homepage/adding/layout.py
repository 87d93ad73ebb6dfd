"""How a .bib file is laid out, and entries written in the same way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..entries import Entry
from ..formats import NOT_IN_KEYS, delimited

_FIELD = re.compile(r"([ \t]*)([^\s={}\"',#%@()]+)([ \t]*)=([ \t]*)(?=[{\"\w])")
_MANY = 200  # entries that are looked at, the last ones


class Layout(NamedTuple):
    """White space around a field's name and sign: `column` of the sign if all stand below each other.

    A column of 0 puts the sign right behind the longest name of each entry.
    """

    indent: str = "  "
    before: str = " "
    after: str = " "
    aligned: bool = True
    column: int = 0
    comma: bool = True  # behind the last field


def detect(text: str, entries: Iterable[Entry]) -> Layout:
    """The layout that most entries have; `text` is as in `Entry.span`."""
    indents: Counter[str] = Counter()
    around: Counter[tuple[str, str]] = Counter()
    columns: Counter[int] = Counter()
    commas: Counter[bool] = Counter()
    aligned = ragged = 0
    for entry in list(entries)[-_MANY:]:
        source = text[slice(*entry.span)]
        lines = source.split("\n")
        found = [
            match
            for field in entry.fields.values()
            if 0 < field.line - entry.line < len(lines)
            and (match := _FIELD.match(lines[field.line - entry.line]))
            and match[2].lower() == field.name
        ]
        indents.update(match[1] for match in found)
        around.update((match[3], match[4]) for match in found)
        if len({len(match[2]) for match in found}) > 1:
            signs = {len(match[1] + match[2] + match[3]) for match in found}
            aligned += len(signs) == 1
            ragged += len(signs) > 1
            columns.update(signs if len(signs) == 1 else ())
        if found:
            commas[source.rstrip("})").rstrip().endswith(",")] += 1
    if not around:
        return Layout()
    in_columns = aligned > ragged
    before, after = around.most_common(1)[0][0]
    indent, column = indents.most_common(1)[0][0], 0
    if in_columns:
        before = min((b for b, _ in around), key=len)
        after = Counter(a for _, a in around.elements()).most_common(1)[0][0]
        if len(before) > 1:  # as DBLP and JabRef have it: wider than any name needs
            column, before = columns.most_common(1)[0][0], " "
    return Layout(
        indent=indent,
        before=before,
        after=after,
        aligned=in_columns,
        column=column,
        comma=commas[True] >= commas[False],
    )


def write(kind: str, key: str, fields: Mapping[str, str], layout: Layout) -> str:
    """An entry in a layout, its lines ended by line feeds, without the last one."""
    names = [name for name in fields if fields[name]]
    widest = max(map(len, names), default=0)
    if layout.aligned and layout.column:
        widest = max(widest, layout.column - len(layout.indent) - len(layout.before))
    lines = [
        f"{layout.indent}{name.ljust(widest) if layout.aligned else name}{layout.before}="
        f"{layout.after}{delimited(fields[name])},"
        for name in names
    ]
    if lines and not layout.comma:
        lines[-1] = lines[-1].removesuffix(",")
    return "\n".join([f"@{kind}{{{NOT_IN_KEYS.sub('', key)},", *lines, "}"])


def rewritten_start(source: str, entry: Entry, key: str, more: Mapping[str, str], layout: Layout) -> str:
    """The text of an entry with another key and more fields; '' where it has no plain start."""
    start = re.match(rf"(@\s*\w+\s*[{{(]\s*){re.escape(entry.key)}(\s*,)", source)
    if not start:
        return ""
    lines = [f"\n{layout.indent}{n}{layout.before}={layout.after}{{{v}}}," for n, v in more.items()]
    return f"{start[1]}{key}{start[2]}{''.join(lines)}{source[start.end() :]}"
