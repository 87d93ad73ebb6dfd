"""Rewrite a value before its tokens are read: exports' escapes, conditionals, quantities, quotes."""

import re
from unicodedata import normalize

from .exports import undone
from .preamble import decided
from .tables import ACCENTS
from .units import spelt_out

# The most frequent markup, a letter with an accent: `{\"o}`, `\"{o}`, `{\'\i}` or `\'e`.
_ACCENTED = re.compile(
    r"""\{(?<!\\\{)\\([`'^"~=.])(\{(?:\\[ij]|[A-Za-z])\}|\\[ij]|[A-Za-z])\}"""
    r"""|\\(?<!\\\\)([`'^"~=.])(?:\{(\\[ij]|[A-Za-z])\}|([A-Za-z]))"""
)
_SHIELD = re.compile(r"\{(?<![\\\w}\]^_$*\"'`~=.@|]\{)(\w(?:[^{}\\$]*\w)?)\}")
_SPACED_ARGUMENT = re.compile(r"\\(?:[A-Za-z]+\*?|.)\s+\{")
# babel's shorthands for quotes: "`Zitat"' and "<citation">; and its hyphen that lets a word break, "=
_SHORTHAND = re.compile(r"\"`([^\"]{0,2000})\"'|\"<([^\"<>]{0,2000})\">|(?<=[^\W\d_])\"=(?=[^\W\d_])")
# Ligatures of T1 and of babel for quotes: <<Title>> and ,,Zitat``.
_LIGATURES = re.compile(
    r"<<(?=[^<>\s])([^<>]{1,500}?)(?<=\S)>>|(?<![,\w]),,(?=\w)([^,`'\"]{1,500}?)(``|''|\"'|\")"
)
_INVERTED = re.compile(r"(?<!\w)([?!])`(?=[\w{\\])")
_QUANTITY = re.compile(r"\\(?:SI|si|qty|num|ang|unit|ce\b)")


def simplified(value: str) -> str:
    """Reduce the tokens in a value: compose accented letters, and remove braces that protect case."""
    if "\\if" in value:
        value = decided(value)
    if "<" in value or "\\" in value or "&" in value:
        value = undone(value)
    if '"' in value:
        value = _SHORTHAND.sub(_quoted, value)
    if "<<" in value or ",," in value:
        value = _LIGATURES.sub(_ligature, value)
    if "?`" in value or "!`" in value:
        value = _INVERTED.sub(lambda match: "¿" if match[1] == "?" else "¡", value)
    if _QUANTITY.search(value):
        value = spelt_out(value)
    if "\\" in value and "$" not in value and "\\(" not in value:
        value = _ACCENTED.sub(_composed, value)
    if "{" in value and not _SPACED_ARGUMENT.search(value):
        value = _SHIELD.sub(lambda match: match[1], value)
    if "--" in value and "\\" not in value and "$" not in value and "<" not in value:
        value = value.replace("---", "—").replace("--", "–")
    return value


def _quoted(match: re.Match[str]) -> str:
    if match[1] is not None:
        return f"„{match[1]}“"
    return "-" if match[2] is None else f"«{match[2]}»"


def _ligature(match: re.Match[str]) -> str:
    if match[1]:
        return f"«{match[1]}»"
    return f"„{match[2]}{'”' if match[3] == chr(39) * 2 else '“'}"


def _composed(match: re.Match[str]) -> str:
    accent = match[1] or match[3]
    letter = (match[2] or match[4] or match[5]).strip("\\{}")
    if accent == "." and letter in "ij":
        return match[0]  # they already have a dot
    return normalize("NFC", letter + ACCENTS[accent])
