"""The initials of given names."""

import re
from functools import lru_cache

from .splitting import HAN


@lru_cache(maxsize=8192)
def initials(given: str) -> str:
    """`Weilin` to `W.`, `Zhen Leng` to `Z. L.`, `Jean-Pierre` to `J.-P.`; others stay as written."""
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
    if HAN.match(letters):
        return letters
    return letters[0].upper() + "."
