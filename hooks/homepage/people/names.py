"""Parse people's names by BibTeX's grammar, and by the habits of real files.

The grammar is that of BibTeX (Nicolas Markey, Tame the BeaST, section 11): `First von Last`,
`von Last, First` and `von Last, Jr, First`, separated by `and` outside braces.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from ..model import Name
from ..tex import decided, is_letter, plain
from . import extended, family_first
from .east_asian import HAN, native_form
from .initials import initials
from .marks import split_marks
from .organizations import is_body, is_company
from .splitting import DEGREE, SUFFIX, split_names, split_outside_braces

_FORMAT = re.compile(r"\\([A-Za-z]{2,})\*?\s*(?=\{(?!\s*\}))")  # \textbf{…}, \me{…}
_SWITCH = re.compile(r"\\(?:bf|bfseries|it|itshape|em|sc|scshape|tt|rm|sl)(?![A-Za-z])\s*")
_TAG = re.compile(r"</?(?:b|strong|i|em|u|span|mark)\b[^<>]{0,100}>", re.I)
_HREF = re.compile(r"\\href\s*\{[^{}]*\}\s*")
_COMMA = re.compile(r"\s*[,，]\s*")
_BLANK = re.compile(r"(?:\s|(?<!\\)~)+")  # \~n is an ñ
_MOST_GROUPS = 20  # pairs of braces around a whole name that are removed


class Names(NamedTuple):
    """The names of one field; `and_others` if it ends in `and others`."""

    names: tuple[Name, ...]
    and_others: bool
    comma_list: bool  # the owner separated the people by commas, without `and`


@lru_cache(maxsize=8192)
def parse(value: str) -> Names:
    """All names of an author or editor field."""
    written, others, comma_list = split_names(decided(value) if "\\if" in value else value)
    names = [parse_one(name) for name in family_first.ordered(written)]
    return Names(tuple(n for n in names if str(n)), others, comma_list)


@lru_cache(maxsize=16384)
def parse_one(value: str) -> Name:
    """Parse one name into its parts and marks."""
    if extended.is_extended(value):
        name = extended.parse(*split_marks(value))
        return name._replace(literal=name.literal or native_form(name))
    value = _HOMONYM.sub("", value)
    if "\\" in value:
        if _SPECIAL_CHARACTER.search(value):
            return _with_initials(value)
        value = _BJORN.sub(_joined, _BARE_ACCENT.sub(r"\\\1", value))
    if value.isascii() and not _SPECIAL.search(value):
        return _parts(value, "")
    marked, marks = split_marks(" ".join(value.split()))
    raw = _unformatted(marked).strip()
    formatted = raw != marked.strip()
    for _ in range(_MOST_GROUPS):
        if not _is_group(raw):
            break
        inner = raw[1:-1].strip()
        if not formatted:  # an organization in braces stays whole; `{\bf Jilin Hu}` is a person
            return Name(literal=plain(inner), marks=marks)
        raw = inner
    return _parts(raw, marks)


def _joined(match: re.Match[str]) -> str:
    return rf"\{match[1]}{{}}" if is_letter(match[1]) else match[0]


def _with_initials(value: str) -> Name:
    """`{\\relax Yu}ri` is Yuri, with Yu. as initial (Patashnik, Designing BibTeX Styles, section 4)."""
    whole = {f"{match[1]}." for match in _SPECIAL_CHARACTER.finditer(value)}
    short = parse_one(_SPECIAL_CHARACTER.sub(r"\1.", value))
    shown = (w if w in whole else initials(w, short.family) for w in short.given.split())
    return parse_one(_SPECIAL_CHARACTER.sub(r"\1\2", value))._replace(initials=" ".join(shown))


_SPECIAL_CHARACTER = re.compile(
    r"\{\s*\\(?:relax|protect)\s+([^\W\d_a-z][^\W\d_]{1,3})\s*\}([^\W\d_]+|\.|)"
)
_BARE_ACCENT = re.compile(r"\\([`'^\"~=.])\{\s*\}(?=[^\W\d_])")  # G\"{}odel
_BJORN = re.compile(
    r"\\((?<=[^\W\d_]\\)[A-Za-z]+|[A-Z]{1,2})\s+(?=[a-z])"
)  # in Bj\o rn TeX eats the space
# DBLP numbers namesakes: `Wei Li 0003`.
_HOMONYM = re.compile(r"(?<=[^\W\d])[\s~]+0\d{3}(?=\s*(?:,|$))")
_SPECIAL = re.compile(r"[^\w\s.,'-]|\d")


def _unformatted(value: str) -> str:
    """Remove formatting commands and tags."""
    if "<" in value:
        value = _TAG.sub("", value)
    if "\\" not in value:
        return value
    value = _SWITCH.sub("", _HREF.sub("", value))
    return _FORMAT.sub(lambda m: m[0] if is_letter(m[1]) else "", value)


def _parts(raw: str, marks: str) -> Name:
    raw = raw.strip(" ,;~")
    pieces = (
        [p for p in split_outside_braces(raw, _COMMA) if p.strip(" ~")]
        if "," in raw or "，" in raw
        else ([raw] if raw else [])
    )
    if len(pieces) > 1 and DEGREE.match(plain(pieces[-1])):
        *pieces, degree = pieces  # `Jane Roe, PhD` is not `Last, First`
        if len(pieces) == 1:
            return _first_last(pieces[0], marks)._replace(suffix=plain(degree))
    if not pieces:
        return Name(marks=marks)
    if len(pieces) == 1:
        return _first_last(pieces[0], marks)
    if len(pieces) == 2 and SUFFIX.match(plain(pieces[1])):
        return _first_last(pieces[0], marks)._replace(suffix=plain(pieces[1]))
    if len(pieces) == 2 and SUFFIX.match(plain(pieces[0])):  # `Jr, Laurence Roe`
        return _first_last(pieces[1], marks)._replace(suffix=plain(pieces[0]))
    if is_company(plain(", ".join(pieces[:-1])), plain(pieces[-1])):
        return Name(literal=plain(raw), marks=marks)
    words = _words(pieces[0])
    own_suffix = words.pop() if len(words) > 1 and SUFFIX.match(words[-1]) else ""
    von, family = _von_last(words)
    if len(pieces) == 2:
        suffix, given = own_suffix, pieces[1]
    elif SUFFIX.match(plain(pieces[2])):  # Last, First, Jr: common, though not BibTeX's order
        suffix, given = pieces[2], pieces[1]
    else:
        suffix, given = pieces[1], ", ".join(pieces[2:])
    name = Name(plain(given), plain(von), plain(family), plain(suffix), marks=marks)
    return name._replace(literal=native_form(name))


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


def _words(value: str) -> list[str]:
    return [w for w in split_outside_braces(value, _BLANK) if w]


def _first_last(value: str, marks: str) -> Name:
    words = _words(value)
    text = plain(value)
    if len(words) == 1 or HAN.match(text):
        return _east_asian_or_single(text, words, marks)
    if is_body(text):
        return Name(literal=text, marks=marks)
    native = [index for index, word in enumerate(words) if HAN.search(word)]
    if native and native[0] > 1:  # `Jian Li 李健`: the characters stay with the family name
        name = _first_last(" ".join(words[: native[0]]), marks)
        return name._replace(family=f"{name.family} {plain(' '.join(words[native[0] :]))}")
    if len(words) > 2 and SUFFIX.match(words[-1]):
        end = len(words) - 1
        while end > 2 and SUFFIX.match(words[end - 1]):
            end -= 1
        name = _first_last(" ".join(words[:end]), marks)
        return name._replace(suffix=plain(words[-1]))
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    if lower and _is_lower(words[-1]) and len(lower) == len(words) - 1:
        lower = []  # all in lower case: no particle
    if lower:
        given, rest = words[: lower[0]], words[lower[0] :]
        von, family = _von_last(rest)
    else:
        given, von, family = words[:-1], "", words[-1]
    return Name(given=plain(" ".join(given)), von=plain(von), family=plain(family), marks=marks)


def _east_asian_or_single(text: str, words: list[str], marks: str) -> Name:
    """A name without commas in Chinese, Japanese or Korean: family name first, shown as written."""
    parts = text.split()
    if HAN.match(text) and len(parts) == 2 and all(HAN.match(p) for p in parts):
        return Name(family=parts[0], given=parts[1], literal=text, marks=marks)
    if HAN.match(text):
        latin = re.fullmatch(r"(.*?)\s*[(（]\s*([A-Z][\w.’' -]+)[)）]", text)
        if latin:  # `李健 (Jian Li)`
            name = _first_last(latin[2], marks)
            return name._replace(family=f"{name.family} {latin[1]}")
        return Name(literal=text, marks=marks)
    return Name(family=plain(words[0]) if words else text, marks=marks)


def _von_last(words: list[str]) -> tuple[str, str]:
    """Split off `von`: up to the last word in lower case, but at least one word is the family name."""
    lower = [index for index, word in enumerate(words[:-1]) if _is_lower(word)]
    if not lower:
        return "", " ".join(words)
    cut = lower[-1] + 1
    if not _is_lower(words[0]):  # `Garcia y Vega`: only a leading run is a particle
        return "", " ".join(words)
    return " ".join(words[:cut]), " ".join(words[cut:])


def _is_lower(word: str) -> bool:
    """Is the first letter outside braces in lower case, as BibTeX asks? Accented letters count."""
    if word[:1].isupper():
        return False
    if word.startswith("{") and not word.startswith("{\\"):
        return False
    text = plain(word)
    for char in text:
        if char.isalpha():
            return char.islower()
    return False


def fold(text: str) -> str:
    """Normalize a text for comparison: lower case, without accents, punctuation and braces."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(filterfalse(unicodedata.combining, text))
    return " ".join(_NO_LETTERS.sub(" ", text).split())


_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i"})
_NO_LETTERS = re.compile(r"[^\w\s]|_")
