"""Values of Liquid's expressions: what settings, front matter, data and variables of a page give."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from homepage.common import slugify
from homepage.publications import parse as parse_date

from .markdown import plain

_STRING = r"\"[^\"]*\"|'[^']*'"
_PIPE = re.compile(rf"((?:{_STRING}|[^|\"'])*+)(?:\||$)")
_ARGUMENTS = re.compile(rf"{_STRING}|[^,\s]+")
_PATH = re.compile(rf"([\w-]+)|\.\s*([\w-]+\??)|\[\s*({_STRING}|-?\d+|[\w.-]+)\s*\]")
_RANGE = re.compile(r"\(\s*([\w.-]+)\s*\.\.\s*([\w.-]+)\s*\)")
_CONSTANTS: dict[str, object] = {
    "true": True, "false": False, "nil": None, "null": None, "blank": "", "empty": "",
    "base_path": "", "baseurl": "",
}  # fmt: skip
_OPERATOR = re.compile(rf"((?:{_STRING}|[^<>=!\"'])*?)\s*(==|!=|<>|<=|>=|<|>|\bcontains\b)\s*(.*)", re.S)
_GENERATED = frozenset(
    "posts pages documents html_pages static_files related_posts tags categories".split()
)
_MAX = 300  # characters of an expression, and items of a range

_MAX_TEXT = 5_000  # characters that a filter changes


class Collection(NamedTuple):
    """The pages of a collection: they are shown by our lists."""

    name: str


class Unknown:
    """A value that is only known when Jekyll runs."""


UNKNOWN = Unknown()


def no_data(_: str) -> None:
    """Return nothing: a site without data files."""


class Values:
    """Gives the values of expressions on one page.

    `collections` has the names of the site's collections, `data` returns a data file by its name.
    """

    def __init__(
        self,
        site: Mapping[str, Any],
        page: Mapping[str, Any],
        collections: frozenset[str] = frozenset(),
        data: Callable[[str], Any] = no_data,
    ):
        self.site, self.page, self.collections, self.data = site, page, collections, data
        self.variables: dict[str, Any] = {}

    def of(self, expression: str) -> Any:
        """Return the value of an expression with filters."""
        if len(expression) > _MAX:
            return UNKNOWN
        head, *filters = [
            match[1].strip() for match in _PIPE.finditer(expression) if match[1].strip()
        ] or [""]
        value = self._single(head)
        for written in filters:
            name, _, rest = written.partition(":")
            arguments = [self._single(a) for a in _ARGUMENTS.findall(rest)]
            value = _filtered(value, name.strip(), arguments)
        return value

    def is_true(self, condition: str) -> bool:
        """Return whether a condition holds; what only Jekyll knows is taken as true."""
        if len(condition) > _MAX:
            return True
        parts = re.split(r"\s++(and|or)\s++", condition.strip())
        found = self._compare(parts[-1])
        for index in range(len(parts) - 2, 0, -2):  # Liquid goes from right to left
            left = self._compare(parts[index - 1])
            found = (left and found) if parts[index] == "and" else (left or found)
        return found

    def _compare(self, text: str) -> bool:
        match = _OPERATOR.fullmatch(text.strip())
        if not match:
            return truth(self.of(text))
        left, right = self.of(match[1]), self.of(match[3])
        if any(isinstance(v, (Unknown, Collection)) for v in (left, right)):
            return match[2] != "!="
        if match[2] == "contains":
            return str(right) in (left if isinstance(left, list) else str(left or ""))
        if match[2] in ("==", "!=", "<>"):
            return (shown(left).lower() == shown(right).lower()) == (match[2] == "==")
        try:
            one, two = float(shown(left)), float(shown(right))
        except ValueError:
            return False
        return {"<": one < two, ">": one > two, "<=": one <= two, ">=": one >= two}[match[2]]

    def _single(self, text: str) -> Any:
        if text[:1] in ("'", '"'):
            return text[1:-1]
        if re.fullmatch(r"-?\d+(?:\.\d+)?", text):
            return text
        if match := _RANGE.fullmatch(text):
            ends = [shown(self._single(match[i])) for i in (1, 2)]
            if all(re.fullmatch(r"\d{1,6}", end) for end in ends):
                return [str(i) for i in range(int(ends[0]), int(ends[1]) + 1)][:_MAX]
            return UNKNOWN
        if text in _CONSTANTS and text not in self.variables:
            return _CONSTANTS[text]
        keys = [m[1] or m[2] or self._key(m[3]) for m in _PATH.finditer(text)]
        return self._at(keys) if keys else None

    def _key(self, written: str) -> str:
        is_literal = written[:1] in ("'", '"', "-") or written.isdigit()
        return written.strip("'\"") if is_literal else shown(self._single(written))

    def _at(self, keys: list[str]) -> Any:
        first, rest = keys[0], keys[1:]
        if first in self.variables:
            value = self.variables[first]
        elif first == "site":
            value, rest = self._of_site(rest)
        elif first == "paginator":
            value = Collection("posts")
        else:
            known = {"page": self.page, "author": self.site.get("author")}
            value = known.get(first, datetime.now(UTC).date().isoformat() if first == "now" else None)
        for key in rest:
            value = _member(value, key)
        return value

    def _of_site(self, keys: list[str]) -> tuple[Any, list[str]]:
        key, rest = (keys[0], keys[1:]) if keys else ("", [])
        if key in ("url", "baseurl"):
            return "", rest
        if key == "time":
            return datetime.now(UTC).date().isoformat(), rest
        if key == "data":
            return (self.data(rest[0]) if rest else None), rest[1:]
        if key in self.collections or (key in _GENERATED and key not in self.site):
            return Collection(key), rest
        return self.site.get(key), rest


def truth(value: object) -> bool:
    """Return whether a value counts as true; null is '' in front matter."""
    return value not in (None, False, "", "false", [], {})


def shown(value: object) -> str:
    """Return a value as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "".join(map(shown, value))
    return value if isinstance(value, str) else "" if value is None else str(value)


def _member(value: Any, key: str) -> Any:
    if isinstance(value, (Collection, Unknown)):
        return value
    if isinstance(value, Mapping):
        return str(len(value)) if key == "size" and key not in value else value.get(key)
    if isinstance(value, (list, str)):
        if key == "size":
            return str(len(value))
        index = {"first": 0, "last": -1}.get(key, int(key) if re.fullmatch(r"-?\d{1,4}", key) else None)
        if index is not None and isinstance(value, list) and -len(value) <= index < len(value):
            return value[index]
    return None


_UNCHANGED = frozenset(
    "relative_url absolute_url escape xml_escape escape_once markdownify url_encode uri_escape "
    "cgi_escape bust_file_cache bust_css_cache smartify sort sort_natural "
    "inspect file_exists safe html_escape".split()
)
_OF_TEXT: dict[str, Callable[[str, list[str]], Any]] = {
    "append": lambda text, a: text + a[0],
    "prepend": lambda text, a: a[0] + text,
    "capitalize": lambda text, _: text[:1].upper() + text[1:].lower(),
    "downcase": lambda text, _: text.lower(),
    "upcase": lambda text, _: text.upper(),
    "replace": lambda text, a: text.replace(a[0], a[1]),
    "replace_first": lambda text, a: text.replace(a[0], a[1], 1),
    "remove": lambda text, a: text.replace(a[0], ""),
    "remove_first": lambda text, a: text.replace(a[0], "", 1),
    "split": lambda text, a: text.split(a[0] or None) if text else [],
    "strip": lambda text, _: text.strip(),
    "strip_newlines": lambda text, _: text.replace("\n", ""),
    "newline_to_br": lambda text, _: text.replace("\n", "<br>\n"),
    "strip_html": lambda text, _: plain(text),
    "slugify": lambda text, _: slugify(text),
    "truncate": lambda text, a: text if len(text) <= int(a[0]) else text[: int(a[0])] + "…",
    "truncatewords": lambda text, a: " ".join(text.split()[: int(a[0])]),
    "date": lambda text, a: _date(text, a[0]),
    "plus": lambda text, a: f"{float(text or 0) + float(a[0]):g}",
    "minus": lambda text, a: f"{float(text or 0) - float(a[0]):g}",
}
_OF_LIST: dict[str, Callable[[list[Any], list[str]], Any]] = {
    "join": lambda items, a: (a[0] if a else " ").join(map(shown, items)),
    "reverse": lambda items, _: items[::-1],
    "uniq": lambda items, _: [item for i, item in enumerate(items) if item not in items[:i]],
    "compact": lambda items, _: [item for item in items if item not in (None, "")],
    "map": lambda items, a: [_member(item, a[0]) for item in items],
    "where": lambda items, a: [item for item in items if shown(_member(item, a[0])) == a[1]],
    "slice": lambda items, a: items[int(a[0]) :][: int(a[1]) if len(a) > 1 else 1],
}


def _filtered(value: Any, name: str, arguments: list[Any]) -> Any:
    if name == "default":
        return value if truth(value) else arguments[0] if arguments else None
    if isinstance(value, (Collection, Unknown)) or name in _UNCHANGED:
        return UNKNOWN if isinstance(value, Collection) and name == "size" else value
    if name in ("first", "last", "size"):
        return _member(value or "", name)
    texts = [shown(a) for a in arguments]
    if max(map(len, [shown(value) if isinstance(value, str) else "", *texts])) > _MAX_TEXT:
        return UNKNOWN  # a loop could double it many times
    try:
        if isinstance(value, list) and name in _OF_LIST:
            return _OF_LIST[name](value, texts)
        if (value is None or isinstance(value, (str, bool))) and name in _OF_TEXT:
            return _OF_TEXT[name](shown(value), texts)
    except (ValueError, IndexError, OverflowError):
        pass
    return UNKNOWN


def _date(text: str, form: str) -> str:
    """Return a date in the form that a page asks for."""
    found = parse_date(text)
    iso = found.iso() if found else ""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
        return iso or text
    return datetime.fromisoformat(iso).strftime(re.sub(r"%-(\w)|%(?![a-zA-Z])", r"%\1", form))
