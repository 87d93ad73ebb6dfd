"""Detects the layout of a .bib file, and writes entries in it."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from homepage.formats import NOT_IN_KEYS, delimited
from homepage.model import Entry

_FIELD = re.compile(r"([ \t]*)([^\s={}\"',#%@()]+)([ \t]*)=([ \t]*)(?=[{\"\w])")
_INLINE = re.compile(r"([ \t]*)[^\s={}\"',#%@()]+([ \t]*)=([ \t]*)")
_NAME = re.compile(r"\s*([^\s={}\"',#%@()]+)\s*=")
_MANY = 200  # entries that are looked at, the last ones


class Layout(NamedTuple):
    """White space around the names of fields and their equals signs."""

    indent: str = "  "
    before: str = " "
    after: str = " "
    aligned: bool = True  # the signs of an entry are in one column
    column: int = 0  # of the signs; 0 is right behind the longest name of each entry
    comma: bool = True  # after the last field


DEFAULT = Layout()


def detect(text: str, entries: Iterable[Entry]) -> Layout:
    """Return the layout of most entries, or `DEFAULT`; `text` is as in `Entry.span`."""
    indents: Counter[str] = Counter()
    around: Counter[tuple[str, str]] = Counter()
    columns: Counter[int] = Counter()
    commas: Counter[bool] = Counter()
    aligned: Counter[bool] = Counter()
    for entry in list(entries)[-_MANY:]:
        source = text[slice(*entry.span)]
        lines = dict(enumerate(source.split("\n"), entry.line))
        found = [
            match
            for field in entry.fields.values()
            if (match := _FIELD.match(lines.get(field.line, ""))) and match[2].lower() == field.name
        ]
        indents.update(match[1] for match in found)
        around.update((match[3], match[4]) for match in found)
        signs = {match.end(3) for match in found}
        if len({len(match[2]) for match in found}) > 1:
            aligned[len(signs) == 1] += 1
            columns.update(signs if len(signs) == 1 else ())
        if found:
            commas[source.rstrip("})").rstrip().endswith(",")] += 1
    if not around:
        return DEFAULT
    is_aligned = aligned[True] > aligned[False]
    before, after = around.most_common(1)[0][0]
    column = 0
    if is_aligned:
        before = min((b for b, _ in around), key=len)
        after = Counter(a for _, a in around.elements()).most_common(1)[0][0]
        if len(before) > 1:  # as DBLP and JabRef have it: wider than any name needs
            column, before = columns.most_common(1)[0][0], " "
    indent = indents.most_common(1)[0][0]
    return Layout(indent, before, after, is_aligned, column, commas[True] >= commas[False])


def write(kind: str, key: str, fields: Mapping[str, str], layout: Layout) -> str:
    """Return an entry in a layout, without a final line feed."""
    names = [name for name in fields if fields[name]]
    widest = _widest(names, layout)
    lines = [_line(name, fields[name], layout, widest) for name in names]
    if lines and not layout.comma:
        lines[-1] = lines[-1].removesuffix(",")
    return "\n".join([f"@{kind}{{{NOT_IN_KEYS.sub('', key)},", *lines, "}"])


def _widest(names: Iterable[str], layout: Layout) -> int:
    """Return the width of names, 0 if the signs are not in one column."""
    if not layout.aligned:
        return 0
    return max(*map(len, names), 0, layout.column - len(layout.indent) - len(layout.before))


def _line(name: str, value: str, layout: Layout, widest: int) -> str:
    return f"{layout.indent}{name.ljust(widest)}{layout.before}={layout.after}{delimited(value)},"


def rewritten_start(source: str, entry: Entry, key: str, more: Mapping[str, str]) -> str:
    """Return an entry with another key and more fields in its own layout; '' if its start is odd."""
    start = re.match(rf"(@\s*\w+\s*[{{(]\s*){re.escape(entry.key)}(\s*,)", source)
    if not start:
        return ""
    rest = source[start.end() :]
    if inline := _INLINE.match(rest):  # the first field stands beside the key
        gap, before, after = inline.groups()
        added = [f"{gap}{name}{before}={after}{delimited(value)}," for name, value in more.items()]
    else:
        own = detect(source, [entry._replace(span=(0, len(source)))])
        widest = _widest(entry.fields, own)
        added = ["\n" + _line(name, value, own, widest) for name, value in more.items()]
    return f"{start[1]}{key}{start[2]}{''.join(added)}{rest}"


def without(source: str, names: Container[str]) -> str:
    """Return an entry without some fields, as far as it can be split at its commas."""
    start, *fields = _at_commas(source)
    kept = [start]
    for field in fields:
        match = _NAME.match(field)
        if not match or match[1].lower() not in names:
            kept.append(field)
        elif field is fields[-1]:  # with the end of the entry
            kept[-1] = kept[-1].rstrip() + (re.search(r"\s*[})]?\s*\Z", field) or [""])[0]
    return ",".join(kept)


def _at_commas(source: str) -> list[str]:
    """Split an entry at the commas between its fields."""
    depth, quoted, parts, begin = 0, False, [], 0
    for at, letter in enumerate(source):
        if letter in "{}":
            depth += 1 if letter == "{" else -1
        elif letter == '"' and depth == 1:
            quoted = not quoted
        elif letter == "," and depth == 1 and not quoted:
            parts.append(source[begin:at])
            begin = at + 1
    return [*parts, source[begin:]]
