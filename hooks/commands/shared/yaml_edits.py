"""Edits values in the text of a YAML file without changing any other byte.

PyYAML's marks give the positions of values, and ruamel.yaml writes new ones. Its round trip of the
whole file would change other comments, blank lines and indentation.
"""

import textwrap
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any, NamedTuple

import yaml

from homepage.model import Problem

_TEXT = "tag:yaml.org,2002:str"
Path = Sequence[str]


class _Entry(NamedTuple):
    """The nodes of a key and its value, and where they start and end in the text."""

    key: Any
    value: Any
    start: int
    end: int


def fault(text: str, path: str) -> Problem | None:
    """Return why the file cannot be edited, or None."""
    hint = "correct it, or take the file of the repository again"
    try:
        root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = getattr(error, "problem", None) or "it cannot be read"
        return Problem(path, mark.line + 1 if mark else 0, f"not valid YAML: {said}", hint, "error")
    if root is None or (_is_mapping(root) and not root.flow_style):
        return None
    return Problem(path, 1, "the file is not a mapping, one key on a line", hint, "error")


def get(text: str, path: Path) -> Any:
    """Return the value at `path`, or None. `text` must have no `fault`."""
    data = _loaded(text)
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def put(text: str, path: Path, value: object) -> str:
    """Return the text with a value at `path`, such as `("extra", "homepage", "job_title")`.

    A former value is replaced; a comment after the key stays. A new key is added at the end of its
    mapping. `None` leaves the key empty, to be filled in. `text` must have no `fault`.
    """
    entries = _entries(text, path)
    found = len(entries)
    if found < len(path) and (found == 0 or _open(entries[-1].value)):
        if found == 0:
            return _appended(text, len(text.rstrip()), {path[0]: _nested(path[1:], value)}, 0)
        children = entries[-1].value.value
        column = children[0][0].start_mark.column
        new = {path[found]: _nested(path[found + 1 :], value)}
        return _appended(text, entries[-1].end, new, column)
    # Replace the key, or the mapping above it that is empty or written as {…}.
    closed = next((n for n, e in enumerate(entries[:-1]) if not _open(e.value)), found - 1)
    entry = entries[closed]
    if closed < len(path) - 1:
        data = _loaded(text[entry.value.start_mark.index : entry.end])
        value = _updated(data, path[closed + 1 :], value)
    new = {path[closed]: value}
    return _replaced(text, entry, _dumped(new, entry.key.start_mark.column))


def take(text: str, path: Path) -> str:
    """Return the text without a key; the only key of a mapping stays, empty. `text` has no `fault`."""
    entries = _entries(text, path)
    if len(entries) < len(path):
        return text
    *above, entry = entries
    if above and (len(above[-1].value.value) == 1 or not all(_open(e.value) for e in above)):
        return put(text, path, None)
    start = text.rfind("\n", 0, entry.start) + 1
    end = text.find("\n", entry.end)
    return text[:start] + (text[end + 1 :] if end >= 0 else "")


def _is_mapping(node: Any) -> bool:
    return bool(node.id == "mapping")


def _open(node: Any) -> bool:
    """Is it a mapping with a line for each key?"""
    return _is_mapping(node) and not node.flow_style and bool(node.value)


def _entries(text: str, path: Path) -> list[_Entry]:
    """Return the entries along `path`, as far as they exist."""
    node, found = yaml.compose(text, Loader=yaml.SafeLoader), []
    for name in path:
        pairs = node.value if node is not None and _is_mapping(node) else ()
        pair = next(((k, v) for k, v in pairs if k.value == name), None)
        if pair is None:
            break
        key, node = pair
        found.append(_Entry(key, node, key.start_mark.index, _end(text, node, _colon(text, key))))
    return found


def _colon(text: str, key: Any) -> int:
    return text.index(":", key.end_mark.index) + 1


def _end(text: str, node: Any, after: int) -> int:
    """Return where a value ends; `after` is the end of its key, or of the item before it in a list.

    The marks of multi-line values include what follows, and an empty value has the marks of what
    follows.
    """
    start, stop = node.start_mark.index, node.end_mark.index
    if start < after:  # *an alias: its node is further up
        return _line_end(text, after)
    if node.id == "scalar" or node.flow_style or not node.value:
        return start + len(text[start:stop].rstrip()) if stop > start else after
    end = after
    for item in node.value:
        key, value = item if _is_mapping(node) else (None, item)
        end = _end(text, value, _colon(text, key) if key else text.index("-", end) + 1)
    return end


def _line_end(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end


def _replaced(text: str, entry: _Entry, new: str) -> str:
    colon = _colon(text, entry.key)
    first, end = _line_end(text, colon), entry.end
    if entry.value.start_mark.index > first:  # the value starts below its key
        behind, end = text[colon:first], max(end, first)
    else:
        end_of_line = _line_end(text, end)
        behind, end = text[end:end_of_line], end_of_line
    line, *rest = new.split("\n")
    comment = f" {behind.strip()}" if behind.strip().startswith("#") else ""
    return text[: entry.start] + "\n".join([line + comment, *rest]) + text[end:]


def _appended(text: str, end: int, values: Mapping[str, object], column: int) -> str:
    end = _line_end(text, end)  # after a comment
    new = " " * column + _dumped(values, column)
    return f"{text[:end]}\n{new}{text[end:]}" if text[:end].strip() else f"{new}\n"


def _dumped(values: Mapping[str, object], column: int) -> str:
    """Return values as YAML, indented to a column except for the first line."""
    from ruamel.yaml import YAML

    writer = YAML()
    writer.width = 1_000_000
    writer.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    writer.dump(_quoted(values), stream)
    return textwrap.indent(stream.getvalue().rstrip("\n"), " " * column).lstrip(" ")


def _quoted(value: Any) -> Any:
    """Return the value with quotes around texts that YAML would read as something else, such as `No`."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    if isinstance(value, str):
        tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, value, (True, False))  # type: ignore[no-untyped-call]
        return value if tag == _TEXT else DoubleQuotedScalarString(value)
    if type(value) is dict:  # not ruamel.yaml's own, which keep their style
        return {_quoted(key): _quoted(inner) for key, inner in value.items()}
    return [_quoted(inner) for inner in value] if type(value) in (list, tuple) else value


def _loaded(text: str) -> Any:
    from ruamel.yaml import YAML

    return YAML().load(text)


def _updated(data: Any, path: Path, value: object) -> Any:
    data = data if isinstance(data, dict) else {}
    data[path[0]] = _updated(data.get(path[0]), path[1:], value) if path[1:] else value
    if hasattr(data, "fa"):
        data.fa.set_block_style()
    return data


def _nested(path: Path, value: object) -> object:
    return {path[0]: _nested(path[1:], value)} if path else value
