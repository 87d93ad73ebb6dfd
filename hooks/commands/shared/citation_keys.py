"""Makes citation keys in the style of the keys that a file has."""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from homepage.formats import NOT_IN_KEYS
from homepage.model import Name, Publication
from homepage.people import fold

_MANY = 100  # publications whose keys are read
_ENOUGH = 0.4  # the part of the keys that a style must match
_SMALL_WORDS = frozenset(
    "a an the and or of on in for to with from by at as is are be via towards toward into under over "
    "how what why when where do does can its der die das le la les un une el los de des".split()
)
_SEPARATORS = ("", "_", "-", ":", ".")
_SHAPES = (
    "family year word", "family word year", "family year", "family-etal year word",
    "families year", "initials year", "doi",
)  # fmt: skip


class Style(NamedTuple):
    """How keys are made; `letters` is the number of letters after each, 0 if only after equal keys."""

    shape: str = "family year word"
    separator: str = ""
    capital: bool = False  # the family name
    capital_word: bool = False
    short_year: bool = False
    whole_word: bool = True  # `calora` of CA-LoRA, not `ca`
    letters: int = 0


DEFAULT = Style()


def style_of(publications: Iterable[Publication]) -> Style:
    """Return the style of most keys, or `DEFAULT`."""
    seen: Counter[Style] = Counter()
    works = list(publications)[-_MANY:]
    for publication in works:
        parts = _parts(publication)
        for style in _STYLES:
            base = _base(parts, style)
            letters = publication.key.removeprefix(base)
            if base and publication.key.startswith(base) and re.fullmatch("[a-z]{0,2}", letters):
                seen[style._replace(letters=len(letters))] += 1

    def matches(style: Style) -> int:
        return sum(seen[style._replace(letters=length)] for length in range(3))

    best = max(_STYLES, key=matches)  # the first and plainest of those that match as many keys
    if matches(best) < max(1, _ENOUGH * len(works)):
        return DEFAULT
    return max((best._replace(letters=length) for length in range(3)), key=lambda style: seen[style])


def key_for(publication: Publication, style: Style, taken: Iterable[str]) -> str:
    """Return a key in a style, different from all that are `taken`, ignoring case."""
    parts = _parts(publication)
    return unique_key(_base(parts, style) or _base(parts, DEFAULT), taken, style.letters)


def key_of(people: Iterable[Name], year: str, title: str, taken: Iterable[str]) -> str:
    """Return a key in the default style for a work that is not an entry yet."""
    return unique_key(_base(_parts_of(people, year, title), DEFAULT), taken)


def unique_key(key: str, taken: Iterable[str], letters: int = 0) -> str:
    """Return the key with this number of letters added, or with more if it is taken."""
    known = {k.lower() for k in taken}
    return next(k for k in _candidates(key, letters) if k.lower() not in known)


def _candidates(base: str, letters: int) -> Iterator[str]:
    if not letters:
        yield base
        yield from (f"{base}{letter}" for letter in string.ascii_lowercase[1:])
    for length in range(max(letters, 1), 9):
        yield from (f"{base}{''.join(more)}" for more in product(string.ascii_lowercase, repeat=length))


class _Parts(NamedTuple):
    """The parts of keys, in their original case."""

    family: str
    etal: str
    others: str  # the initials of all but the first author
    initials: str
    year: str
    words: tuple[str, str]  # the first one whole, and up to its hyphen
    doi: str


def _parts(publication: Publication) -> _Parts:
    people = [author.name for author in publication.authors or publication.editors]
    date = publication.date
    year = str(date.year) if date.end else publication.year  # the first of a span
    return _parts_of(people, year, publication.title.plain, publication.doi)


def _parts_of(people: Iterable[Name], year: str, title: str, doi: str = "") -> _Parts:
    families = [f for name in people if (f := _ascii(name.family or name.literal))]
    letters = "".join(family[0].upper() for family in families)
    initials = letters if len(families) < 5 else letters[:3]
    if len(families) == 1:
        initials = _cased(families[0], capital=True)[:3]
    return _Parts(
        families[0] if families else "",
        "-".join(families) if len(families) < 3 else f"{families[0]}-etal",
        letters[1:],
        initials,
        "".join(c for c in year if c.isascii() and c.isalnum()),
        (_word(title, whole=True), _word(title, whole=False)),
        doi,
    )


def _base(parts: _Parts, style: Style) -> str:
    """Return the key without letters, or '' if the publication lacks a part."""
    if style.shape == "doi":
        return NOT_IN_KEYS.sub("", parts.doi)
    word = parts.words[not style.whole_word]
    values = {
        "family": _cased(parts.family or word or "entry", style.capital),
        "family-etal": _cased(parts.etal, style.capital),  # as in the ACL Anthology
        "families": parts.others and _cased(parts.family, style.capital) + parts.others,  # as in DBLP
        "initials": parts.initials,  # as in BibTeX's alpha style
        "year": parts.year[-2:] if style.short_year else parts.year,
        "word": _cased(word, style.capital_word),
    }
    wanted = [values[name] for name in style.shape.split()]
    if style.shape != DEFAULT.shape and not all(wanted):
        return ""
    return style.separator.join(filter(None, wanted))


def _cased(word: str, capital: bool) -> str:
    return word[:1].upper() + word[1:] if capital else word.lower()


def _word(title: str, whole: bool) -> str:
    """Return the first word of a title that is not a stop word, in ASCII."""
    for word in title.split():
        parts = re.split(r"[-‐‑–—/]", word)
        folded = "".join(map(_ascii, parts)) if whole else _ascii(parts[0])
        if folded and folded.lower() not in _SMALL_WORDS:
            return folded
    return ""


def _ascii(text: str) -> str:
    """Return letters and digits in ASCII, with their case."""
    if not text.isascii():
        text = "".join(c if c.isascii() else _folded(c) for c in unicodedata.normalize("NFKD", text))
    return "".join(c for c in text if c.isascii() and c.isalnum())


def _folded(letter: str) -> str:
    folded = fold(letter)  # ø, ß and others that Unicode does not decompose
    return folded.upper() if letter.isupper() else folded


_STYLES = [
    Style(shape, separator, capital, capital_word, short, whole)
    for shape in _SHAPES
    for whole in ((True, False) if "word" in shape else (True,))
    for capital in ((False, True) if "famil" in shape else (True,))
    for capital_word in ((False, True) if "word" in shape else (False,))
    for short in ((False, True) if "year" in shape else (False,))
    for separator in (_SEPARATORS if " " in shape else ("",))
]
