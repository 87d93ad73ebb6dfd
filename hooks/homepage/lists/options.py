"""The options of directives: each declared once, with its type, default and expected values."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from ..model import Problem
from ..publications import FALSE, TRUE

Read = Callable[[object], object]  # converts a value from YAML; None if it is wrong

_YEARS = re.compile(r"(\d{4})|(\d{4})?\s*[-–]\s*(\d{4})?")


class Years(NamedTuple):
    """Years from the first to the last, both included."""

    first: int
    last: int


def _flag(value: object) -> bool | None:
    text = str(value).lower()
    return text in TRUE if text in (*TRUE, *FALSE) and text else None


def _count(value: object) -> int | None:
    return int(value) if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value) else None


def _texts(value: object) -> tuple[str, ...] | None:
    """One text, or a list of texts."""
    found: list[Any] = value if isinstance(value, list) else [value]
    return tuple(found) if found and all(isinstance(text, str) and text for text in found) else None


def _years(value: object) -> tuple[Years, ...] | None:
    found = [_range(text) for text in _texts(value) or ()]
    return tuple(years for years in found if years) if found and all(found) else None


def _range(text: str) -> Years | None:
    match = _YEARS.fullmatch(text)
    if not match or not any(match.groups()):
        return None
    years = Years(int(match[1] or match[2] or 0), int(match[1] or match[3] or 9999))
    return years if years.first <= years.last else None


def _one_of(*words: str, default: str) -> Any:
    return _option(lambda v: v if v in words else None, " or ".join(words), default)


def _some_of(*words: str) -> Any:
    def read(value: object) -> tuple[str, ...] | None:
        found = _texts(value)
        return found if found and set(found) <= set(words) else None

    return _option(read, f"one or several of {', '.join(words)}", ())


def _option(read: Read, expected: str, default: object) -> Any:
    return field(default=default, metadata={"read": read, "expected": expected})


_TEXTS = "a text, or a list: [one, other]"


@dataclass(frozen=True)
class ListOptions:
    """Options of a list of publications: works match all options, and any value of each option."""

    group: str = _one_of("year", "type", "status", "topic", "none", default="none")
    selected: bool | None = _option(_flag, "true or false", None)
    type: tuple[str, ...] = _option(_texts, _TEXTS, ())
    not_: tuple[str, ...] = _option(_texts, _TEXTS, ())  # `not` in Markdown: other types than these
    limit: int = _option(_count, "a number", 0)
    year: tuple[Years, ...] = _option(_years, "2024, 2020-2024, 2020- or -2019, or a list of such", ())
    keyword: tuple[str, ...] = _option(_texts, _TEXTS, ())
    author: tuple[str, ...] = _option(_texts, _TEXTS, ())
    role: tuple[str, ...] = _some_of("first", "last", "corresponding", "equal")
    venue: tuple[str, ...] = _option(_texts, _TEXTS, ())
    keys: tuple[str, ...] = _option(_texts, _TEXTS, ())
    file: tuple[str, ...] = _option(_texts, _TEXTS, ())
    sort: str = _one_of("newest", "oldest", "title", "author", "venue", "file", default="")
    statistics: bool = _option(_flag, "true or false", default=False)
    find: bool | None = _option(_flag, "true or false", None)


@dataclass(frozen=True)
class NewsOptions:
    """Options of a list of news."""

    limit: int = _option(_count, "a number", 0)


@dataclass(frozen=True)
class ProfileOptions:
    """A profile has no options; it shows the settings."""


Options = ListOptions | NewsOptions | ProfileOptions
KINDS: dict[str, type[Options]] = {
    "publications": ListOptions,
    "news": NewsOptions,
    "profile": ProfileOptions,
}


def read(name: str, raw: Mapping[str, object], path: str, line: int) -> tuple[Options, list[Problem]]:
    """Convert the options of a directive from YAML with string scalars; report wrong ones."""
    known = {f.name.removesuffix("_"): f for f in fields(KINDS[name])}
    values: dict[str, Any] = {}
    problems = []
    for key, value in raw.items():
        if key not in known:
            hint = f"write one of {', '.join(known)}" if known else f"write <!-- {name} -->"
            problems.append(Problem(path, line, f"'{name}' has no option '{key}'", hint))
            continue
        found = known[key].metadata["read"](value)
        if found is None:
            message = f"the option '{key}' of '{name}' cannot be '{_shown(value)}'"
            problems.append(Problem(path, line, message, f"write {known[key].metadata['expected']}"))
        else:
            values[known[key].name] = found
    return KINDS[name](**values), problems


def _shown(value: object) -> str:
    """A value for a message, without nested values, which aliases can make endless."""
    if isinstance(value, list):
        return ", ".join(item if isinstance(item, str) else "…" for item in value[:9])
    return value if isinstance(value, str) else "…"
