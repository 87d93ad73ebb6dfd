"""People's names: BibTeX's grammar, the habits of real files, and the marks on them.

The grammar is that of BibTeX (Nicolas Markey, Tame the BeaST, section 11): `First von Last`,
`von Last, First` and `von Last, Jr, First`, separated by `and` outside braces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from .latex import plain
from .model import Name

_AND = re.compile(r"\s+and\s+(?:and\s+)*", re.I)
_MARK_CHARS = "*∗⁎＊†‡§¶#"
_MARK_NAMES = {
    "∗": "*", "⁎": "*", "＊": "*", "\\ast": "*", "\\star": "*", "\\dagger": "†", "\\dag": "†",
    "\\ddagger": "‡", "\\ddag": "‡", "\\S": "§", "\\P": "¶", "\\textdagger": "†",
    "\\textdaggerdbl": "‡", "\\textasteriskcentered": "*", "\\sharp": "#", "\\#": "#",
}  # fmt: skip
_MARKUP = re.compile(
    r"\$\s*\{?\s*\}?\s*\^?\s*\{?\s*(?P<maths>[^$]{0,60}?)\s*\}?\s*\$"
    r"|\\textsuperscript\s*\{(?P<sup>(?:[^{}]|\{[^{}]*\}){0,60})\}"
    r"|<sup>(?P<html>[^<]{0,60})</sup>"
    r"|\{?(?P<command>\\(?:ast|star|dag|ddag|dagger|ddagger|textdagger|textdaggerdbl"
    r"|textasteriskcentered|\#))(?![A-Za-z])\s*(?:\{\})?\}?"
    rf"|(?P<char>[{_MARK_CHARS}]+)"
)
_BOLD = re.compile(r"\\(?:textbf|textit|emph|underline|textsc|mathbf|uline|bf|bfseries|it)\b\s*")
_OTHERS = re.compile(r"^(?:others|et\.?\s*al\.?|and others|…|\.\.\.|\\ldots|\\dots)$", re.I)
_HAN = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003134f]"
)
_SUFFIX = re.compile(r"^(?:jr|sr|[jJ]un(?:ior)?|ii|iii|iv|2nd|3rd)\.?$", re.I)


class Names(NamedTuple):
    """The names of one field; `and_others` if it ends in `and others`."""

    names: tuple[Name, ...]
    and_others: bool
    comma_list: bool  # the owner separated the people by commas, without `and`


@lru_cache(maxsize=8192)
def parse(value: str) -> Names:
    """All names of an author or editor field."""
    value = re.sub(r"(?:\s+and)+$|^(?:and\s+)+", "", " ".join(value.split()), flags=re.I)
    parts = [part for part in split_outside_braces(value, _AND) if part.strip(" ,;")]
    comma_list = False
    if len(parts) == 1 or (len(parts) == 2 and parts[0].count(",") > 1):
        people = _comma_list(parts)
        if people:
            parts, comma_list = people, True
    others = False
    names = []
    for part in parts:
        part = part.strip(" ,;")
        if _OTHERS.match(part.strip("{}")):
            others = True
            continue
        shortened = re.sub(r"\s+et\.?\s*al\.?$", "", part, flags=re.I)
        others |= shortened != part
        name = parse_one(shortened)
        if str(name):
            names.append(name)
    return Names(tuple(names), others, comma_list)


def split_outside_braces(value: str, separator: re.Pattern[str]) -> list[str]:
    """Split where the separator stands outside all braces; an unbalanced value splits anywhere."""
    if "{" not in value:
        return separator.split(value)
    depths = 0
    spans = []  # of what is inside braces
    start = 0
    for match in re.finditer(r"[{}]", value):
        if match[0] == "{":
            if depths == 0:
                start = match.start()
            depths += 1
        elif depths:
            depths -= 1
            if depths == 0:
                spans.append((start, match.end()))
    result, last, span = [], 0, 0
    for match in separator.finditer(value):
        while span < len(spans) and spans[span][1] <= match.start():
            span += 1
        if span < len(spans) and spans[span][0] < match.start():
            continue
        result.append(value[last : match.start()])
        last = match.end()
    return [*result, value[last:]]


_COMMA = re.compile(r"\s*[,;，、；]\s*")


def _comma_list(parts: list[str]) -> list[str]:
    """The people of `A. One, B. Two, C. Three` (with or without a last `and`), else nothing.

    Plainly a list: at least three pieces (two before an `and`), each with a given and a family
    name. `Last, First` and `Last, Jr, First` are not.
    """
    value = parts[0]
    if ";" in value and "," in value:
        return [p for part in parts for p in split_outside_braces(part, re.compile(r"\s*;\s*")) if p]
    pieces = [p for p in split_outside_braces(value, _COMMA) if p.strip()]
    east_asian = len(pieces) > 1 and all(_HAN.match(p) and " " not in p.strip() for p in pieces)
    whole = [p for p in pieces if " " in p.strip() or "~" in p or ". " in p or re.search(r"\w\.\w", p)]
    if east_asian or (len(whole) == len(pieces) and len(pieces) + len(parts) > 3):
        return pieces + parts[1:]
    if ";" in value:
        return pieces + parts[1:]
    if len(pieces) > 3 and len(pieces) % 2 == 0:  # `Last, F., Last, F.`
        return [f"{last}, {first}" for last, first in zip(pieces[::2], pieces[1::2], strict=True)] + (
            parts[1:]
        )
    return []


@lru_cache(maxsize=16384)
def parse_one(value: str) -> Name:
    """One name to its parts, with the marks taken off."""
    marked, marks = _take_marks(value)
    raw = _BOLD.sub("", marked).strip()
    if _is_group(raw):
        inner = raw[1:-1].strip()
        # `{Jilin Hu}` after a taken-off \textbf is a person; a body in braces is shown as it is.
        if inner and "\\" not in inner[:1] and raw == marked.strip():
            return Name(literal=plain(inner), marks=marks)
        raw = inner
    raw = raw.strip(" ,;")
    pieces = [p.strip() for p in split_outside_braces(raw, re.compile(r"\s*,\s*")) if p.strip()]
    if not pieces:
        return Name(marks=marks)
    if len(pieces) == 1:
        return _first_last(pieces[0], marks)
    von, family = _von_last(_words(pieces[0]))
    if len(pieces) == 2 and _SUFFIX.match(pieces[1]):
        name = _first_last(pieces[0], marks)
        return name._replace(suffix=plain(pieces[1]))
    if len(pieces) == 2:
        suffix, given = "", pieces[1]
    elif _SUFFIX.match(plain(pieces[1])) or len(pieces) > 3:
        suffix, given = pieces[1], " ".join(pieces[2:])
    elif _SUFFIX.match(plain(pieces[2])):  # Last, First, Jr: common, though not BibTeX's order
        suffix, given = pieces[2], pieces[1]
    else:
        suffix, given = pieces[1], pieces[2]
    return Name(
        given=plain(given), von=plain(von), family=plain(family), suffix=plain(suffix), marks=marks
    )


def _is_group(value: str) -> bool:
    """Is the whole value one pair of braces?"""
    if not (value.startswith("{") and value.endswith("}")):
        return False
    depth = 0
    for index, char in enumerate(value):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return index == len(value) - 1
    return False


def _take_marks(value: str) -> tuple[str, str]:
    found: list[str] = []

    def take(match: re.Match[str]) -> str:
        kind = match.lastgroup or "char"
        text = match[kind]
        for command, char in _MARK_NAMES.items():
            text = text.replace(command, char)
        text = re.sub(r"[\s{}\\^,]", "", text)
        if not text or (kind == "maths" and "^" not in match[0] and text.strip(_MARK_CHARS)):
            return match[0]
        if text.strip(_MARK_CHARS) and len(text) > 6:
            return match[0]
        found.append(text)
        return ""

    if not re.search(rf"[$<{_MARK_CHARS}]|\\(?:t|d|a|s|#)", value):
        return value, ""
    rest = _MARKUP.sub(take, value)
    marks = "".join(dict.fromkeys("".join(found)))
    return re.sub(r"\{\s*\}", "", rest), marks


def _words(value: str) -> list[str]:
    return [w for w in split_outside_braces(value, re.compile(r"(?:\s|~)+")) if w]


def _first_last(value: str, marks: str) -> Name:
    words = _words(value)
    text = plain(value)
    if len(words) == 1 or _HAN.match(text):
        return _east_asian_or_single(text, words, marks)
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    if lower and _is_lower(words[-1]) and len(lower) == len(words) - 1:
        lower = []  # all in lower case: carelessness, not a particle
    if len(words) > 2 and _SUFFIX.match(words[-1]) and not lower:
        return Name(
            given=plain(" ".join(words[:-2])),
            family=plain(words[-2]),
            suffix=plain(words[-1]),
            marks=marks,
        )
    if lower:
        given, rest = words[: lower[0]], words[lower[0] :]
        von, family = _von_last(rest)
    else:
        given, von, family = words[:-1], "", words[-1]
    return Name(given=plain(" ".join(given)), von=plain(von), family=plain(family), marks=marks)


def _east_asian_or_single(text: str, words: list[str], marks: str) -> Name:
    """A name without commas in Chinese, Japanese or Korean: family name first, shown as written."""
    parts = text.split()
    if _HAN.match(text) and len(parts) == 2 and all(_HAN.match(p) for p in parts):
        return Name(family=parts[0], given=parts[1], literal=text, marks=marks)
    if _HAN.match(text):
        return Name(literal=text, marks=marks)
    return Name(family=plain(words[0]) if words else text, marks=marks)


def _von_last(words: list[str]) -> tuple[str, str]:
    """`von` runs up to the last word in lower case; at least one word is the family name."""
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        return "", " ".join(words)
    cut = lower[-1] + 1
    if not _is_lower(words[0]):  # `Garcia y Vega`: only a leading run is a particle
        return "", " ".join(words)
    return " ".join(words[:cut]), " ".join(words[cut:])


def _is_lower(word: str) -> bool:
    """BibTeX's rule: the first letter outside braces decides; accents count, braces do not."""
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    text = plain(word)
    for char in text:
        if char.isalpha():
            return char.islower()
    return False


def initials(given: str) -> str:
    """`Yuxiang` to `Y.`, `Zhen Leng` to `Z. L.`, `Jean-Pierre` to `J.-P.`; others stay as written."""
    result = []
    for word in given.replace("\xa0", " ").split():
        if word.isupper() and 1 < len(word) <= 3 and word.isascii() and word.isalpha():
            result.append(" ".join(f"{c}." for c in word))  # JP, as DBLP and PubMed write initials
            continue
        pieces = []
        for piece in re.split(r"([-‐‑])", re.sub(r"\.(?=\w)", ". ", word)):
            if piece in "-‐‑":
                pieces.append("-")
            elif piece:
                pieces.append(" ".join(_initial(part) for part in piece.split()))
        result.append("".join(pieces).rstrip("-"))
    return " ".join(part for part in result if part)


def _initial(word: str) -> str:
    letters = re.sub(r"^[^\w]+", "", word)
    if not letters or not letters[0].isalpha():
        return word
    if _HAN.match(letters):
        return letters
    return letters[0].upper() + "."


def fold(text: str) -> str:
    """For comparing names: lower case, without accents, punctuation and braces."""
    text = text.translate(_LETTERS)
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]|_", " ", text).split())


_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"})
