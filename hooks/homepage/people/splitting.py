"""Split a field into names."""

import html
import re
from functools import cache

from ..invisible_characters import remove_invisible
from . import extended, family_first
from .east_asian import HAN, is_one_name

SUFFIX = re.compile(r"^(?:jr|sr|junior|senior|ii|iii|iv|2nd|3rd)\.?$", re.I)
DEGREE = re.compile(r"^(?:ph\.?\s?d|m\.?sc|b\.?sc|esq|mph|mba)\.?$", re.I)
OTHERS = re.compile(r"^(?:others|et\.?\s*al\.?|and others|…|\.\.\.|\\ldots|\\dots)$", re.I)
_AND = re.compile(r"\s+and(?=\s)", re.I)
_AMPERSAND = re.compile(r"\s*,?\s+(?:\\?&|\{\\&\}|\\?&amp;)\s+(?!Co\b|Sons\b)")
_SEMICOLON = re.compile(r"\s*;\s*")
_COMMA = re.compile(r"\s*[,;，、；]\s*")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,10}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s~-]?)+$|^[A-Z]{1,3}$")
_INITIAL_FIRST = re.compile(r"(?:[^\W\d_]\.[\s~-]*)+(?:[a-z]+\s+)*[^\W\d_][^.]+$")
_ET_AL = re.compile(r"\s+et\.?\s*al\.?$", re.I)


@cache
def _braces_or(separator: str, flags: int) -> re.Pattern[str]:
    return re.compile(rf"[{{}}]|{separator}", flags)


def split_outside_braces(value: str, separator: re.Pattern[str]) -> list[str]:
    """Split at separators outside braces; after an unclosed brace, at all of them."""
    if "{" not in value:
        return separator.split(value)
    result, last, depth, opened = [], 0, 0, 0
    for match in _braces_or(separator.pattern, separator.flags).finditer(value):
        if match[0] == "{":
            opened = opened if depth else match.start()
            depth += 1
        elif match[0] == "}":
            depth -= 1 if depth else 0
        elif not depth:
            result.append(value[last : match.start()])
            last = match.end()
    if depth:
        before, *rest = separator.split(value[opened:])
        return [*result, value[last:opened] + before, *rest]
    return [*result, value[last:]]


def split_names(value: str) -> tuple[list[str], bool, bool]:
    """The names in a field, whether it means `and others`, and whether other separators were used.

    BibTeX separates people by `and` outside braces. Commas, semicolons and `&` separate them only if
    the text is clearly a list: `A. One, B. Two`, `One, A., Two, B.`
    """
    if "&" in value:
        value = remove_invisible(_ENTITY.sub(lambda m: html.unescape(m[0]), value))
    value = f" {' '.join(value.split())} "
    parts = [p for p in split_outside_braces(value, _AND) if p.strip(" ,;")]
    if parts and parts[0].lower().startswith("and "):
        parts[0] = parts[0][4:]
    found: list[str] = []
    other_list = others = False
    for part in parts:
        listed = _list(part.strip(" ,;"), len(parts) == 1)
        other_list |= len(listed) > 1
        found += listed
    names = []
    for name in found:
        name = name.strip(" ,;")
        if OTHERS.match(name.strip("{}")):
            others = True
            continue
        shortened = _ET_AL.sub("", name)
        others |= shortened != name
        names.append(shortened)
    return names, others, other_list


def _list(part: str, alone: bool = True) -> list[str]:
    """Split the text between two `and`: usually one name, sometimes a list.

    `alone` says whether it is the whole field.
    """
    if extended.is_extended(part):
        return split_outside_braces(part, _SEMICOLON)
    if "&" in part:
        pieces = [p for p in split_outside_braces(part, _AMPERSAND) if p.strip(" ,;")]
        # `A. One & B. Two`, not `Ernst & Young`
        if len(pieces) > 1 and all("," in p or re.search(r"\w\.?[\s~]\w", p) for p in pieces):
            return [name for p in pieces for name in _list(p.strip(" ,;"))]
    if ";" in part:
        return [p for p in split_outside_braces(part, _SEMICOLON) if p]
    if "," not in part and "，" not in part and "、" not in part:
        return [part]
    last = part.partition(",")[0].rstrip()
    if part.count(",") == 1 and "." not in last and not last[-1:].isupper() and not HAN.search(part):
        return [part]  # `Last, First`, nearly always
    pieces = [p for p in split_outside_braces(part, _COMMA) if p.strip()]
    if len(pieces) < 2 or any(SUFFIX.match(p) or DEGREE.match(p) for p in pieces):
        return [part]
    if all(map(HAN.match, pieces)):
        if len(pieces) % 2 == 0 and len(pieces) > 2 and min(map(len, pieces)) == 1:
            return _paired(pieces)  # `诸葛, 亮, 关, 羽`
        return [part] if len(pieces) == 2 and is_one_name(part, pieces, alone) else pieces
    if all(p.startswith("{") or OTHERS.match(p) or family_first.split(p) for p in pieces):
        return pieces  # `Smith JA, Doe A`
    whole = all(re.search(r"[\s~]|\w\.\w\w", p) and not _INITIALS.fullmatch(p) for p in pieces)
    if whole and (len(pieces) > 2 or all(_INITIAL_FIRST.match(p) for p in pieces)):
        return pieces
    if len(pieces) > 3 and len(pieces) % 2 == 0 and not whole:  # `Last, F., Last, F.`
        return _paired(pieces)
    return [part]


def _paired(pieces: list[str]) -> list[str]:
    return [f"{a}, {b}" for a, b in zip(pieces[::2], pieces[1::2], strict=True)]
