"""Names in biblatex's extended format: `family=Jong, given=K., prefix=de, useprefix=true`.

The parts and options are those of biblatex's manual (3.4, Name Lists): parts in any order, values in
quotes or braces where they have commas, initials (`given-i`) that biber computes anyway.
"""

import re

from ..model import Name
from ..tex import plain

_PARTS = "family|given|prefix|suffix"
_STARTS = re.compile(rf"\s*[{{\"]?\s*(?:(?:{_PARTS})(?:-i)?|useprefix)\s*=", re.I)
_PAIR = re.compile(r"\s*\"?\s*([A-Za-z][\w-]*)\s*=\s*(.*)", re.S)
_OPTIONS = re.compile(r".*(?:template(?:name|s)?|unique\w+|-i)|id|hash|gender|gn")


def is_extended(value: str) -> bool:
    """Is a name in this format?"""
    return "=" in value and bool(_STARTS.match(value))


def parse(value: str, marks: str) -> Name:
    """The name; parts that biblatex does not define, such as `middle`, belong to the given names."""
    parts: dict[str, str] = {}
    more: list[str] = []
    for pair in _pairs(_without_braces(value)):
        match = _PAIR.fullmatch(pair)
        key, text = match.groups() if match else ("", pair)
        key, text = key.lower(), plain(text.strip().strip('"').strip())
        if key in _PARTS.split("|"):
            parts[key] = text
        elif key == "useprefix":
            parts[key] = text.lower()
        elif not _OPTIONS.fullmatch(key) and text not in ("", "true", "false"):
            more.append(text)
    given = " ".join(filter(None, (parts.get("given", ""), *more)))
    prefix, family = parts.get("prefix", ""), parts.get("family", "")
    suffix = parts.get("suffix", "")
    if not given and not prefix and not suffix and " " in family:
        return Name(literal=family, marks=marks)
    if parts.get("useprefix") == "false":  # the particle follows the given names: Beethoven, L. van
        given, prefix = f"{given} {prefix}".strip(), ""
    return Name(given, prefix, family, suffix, marks=marks)


def _without_braces(value: str) -> str:
    value = value.strip()
    return value[1:-1] if value.startswith("{") and value.endswith("}") else value


def _pairs(value: str) -> list[str]:
    """Split at commas outside braces and quotes."""
    found, depth, quoted, last = list[str](), 0, False, 0
    for index, char in enumerate(value):
        if char == '"' and not depth and value[index - 1 : index] != "\\":
            quoted = not quoted
        depth += (char == "{") - (char == "}")
        if char == "," and not quoted and depth <= 0:
            found.append(value[last:index])
            last = index + 1
    return [pair for pair in (*found, value[last:]) if pair.strip()]
