"""Initials of given names, as APA's manual has them (9.8), and BibTeX's `format.name$` with `{f.}`."""

import re
from functools import lru_cache

from ..model import Name
from .east_asian import HAN

_PARTICLES = frozenset(
    "van von vom zu zum zur der den de la le du des di da do dos das del della degli ten ter te af av "
    "e y i el al bin ibn van't".split()
)
# Russian's one letter is two in Latin: Yu. is a whole initial. So are Ch., Ph. and Th. in French.
LETTERS = re.compile(r"(?:Y[uaeoi]|[ZKSCTP]h|Ts|Shch|I[ua]|J[ua])\.")
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{2,3}\.?")
# Ann, Ian, Eva, Tom, Shu: three capitals that can be spoken, and not J. L. A.
_SPOKEN = re.compile(
    r"(?:[CKPSTZ]H|[B-DF-HJ-NP-TV-XZ])[AEIOUY]{1,2}[B-DF-HJ-NP-TV-XZ]?"
    r"|[AEIOUY]([B-DF-HJ-NP-TV-Z])(?:\1|[AEIOUY])|[AEIOUY]{2}[B-DF-HJ-NP-TV-XZ]"
)


def initials_of(name: Name) -> str:
    """The initials of a name's given names."""
    return name.initials or initials(name.given, name.family)


@lru_cache(maxsize=8192)
def initials(given: str, family: str = "") -> str:
    """`Weilin` to `W.`, `Zhen Leng` to `Z. L.`, `Jean-Pierre` to `J.-P.`; others stay as written.

    Two or three capitals are initials (`JP`, as PubMed writes), unless the `family` name is in capitals
    as well and they make a word: `BEE, ANN`. Particles at the end stay: `Beethoven, L. van`.
    """
    words = given.replace("\xa0", " ").split()
    end = len(words)
    while end > 1 and words[end - 1] in _PARTICLES:
        end -= 1
    result = [_of_word(word, is_word=_is_name(word, words, family)) for word in words[:end]]
    return " ".join(part for part in (*result, *words[end:]) if part)


def _is_name(word: str, words: list[str], family: str) -> bool:
    """Is a word in capitals a name?"""
    if not (len(family) > 1 and family.isupper()):
        return False
    return any(len(w) > 3 and w.isalpha() for w in words) or bool(
        len(word) == 3 and _SPOKEN.fullmatch(word)
    )


def _of_word(word: str, is_word: bool) -> str:
    if _CAPITALS.fullmatch(word) and not is_word:
        return " ".join(f"{c}." for c in word.rstrip("."))
    pieces = []
    for piece in re.split(r"([-‐‑])", re.sub(r"\.(?=\w)", ". ", word)):
        if piece in "-‐‑":
            pieces.append("-")
        elif piece:
            pieces.append(" ".join(_initial(part) for part in piece.split()))
    return "".join(pieces).rstrip("-")


def _initial(word: str) -> str:
    letters = re.sub(r"^[^\w]+", "", word)
    if not letters or not letters[0].isalpha():
        return word
    if HAN.match(letters) or LETTERS.fullmatch(letters):
        return letters
    return letters[0].upper() + "."
