"""The initials of given names."""

import re
from functools import lru_cache

from .splitting import HAN


@lru_cache(maxsize=8192)
def initials(given: str, family: str = "") -> str:
    """`Weilin` to `W.`, `Zhen Leng` to `Z. L.`, `Jean-Pierre` to `J.-P.`; others stay as written."""
    shouted = len(family) > 1 and family.isupper()  # BEE, ANN
    result = []
    for word in given.replace("\xa0", " ").split():
        if word.isupper() and 1 < len(word) <= 3 and word.isascii() and word.isalpha():
            if shouted and len(word) == 3 and re.search("[AEIOUY]", word):
                result.append(f"{word[0]}.")
                continue
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
    if _DIGRAPH.fullmatch(word):
        return word
    return letters[0].upper() + "."


# Initials of two letters, as of Russian names, in BibTeX `{\\relax Yu}.` (btxhak, section 4).
_DIGRAPH = re.compile("(?:Ch|Dzh|Iu|Ja|Ju|Kh|Ph|Sh|Shch|Th|Ts|Ya|Ye|Yo|Yu|Zh)\\.")
