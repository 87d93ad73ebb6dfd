"""Find and remove invisible characters that make a text look like another one.

The controls of the bidirectional algorithm (Unicode Standard Annex 9, section 2) reorder the text
after them, even beyond the end of a value: a citation reads backwards, a link seems to lead
elsewhere. Deprecated format characters, interlinear annotations and tag characters can hide text.
The marks of Hebrew and Arabic (U+061C, U+200E, U+200F) reorder nothing and are kept, as are the tags
of flags, such as Scotland's (Unicode Technical Standard 51, ED-14a).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RANGES = ((0x202A, 0x202E), (0x2066, 0x206F), (0xFFF9, 0xFFFB), (0xE0000, 0xE007F))
_HIDDEN = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _RANGES)}]")
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f"
_ANY = re.compile(f"({_FLAG})|{_HIDDEN.pattern}+")
_NUMBERS = [number for first, last in _RANGES for number in range(first, last + 1)]
_DECIMAL, _HEXADECIMAL = ("|".join(f"{number:{form}}" for number in _NUMBERS) for form in "dx")
_REFERENCE = re.compile(  # with the backslash that some exports write before &
    rf"\\?&#(?:0*({_DECIMAL})(?![0-9])|x0*({_HEXADECIMAL})(?![0-9a-f]));?", re.I
)


def remove_invisible(text: str) -> str:
    """Remove these characters."""
    return _ANY.sub(r"\1", text) if not text.isascii() and _HIDDEN.search(text) else text


def remove_invisible_html(text: str) -> str:
    """Remove these characters, and HTML's references to them (`&#x202e;`)."""
    return _REFERENCE.sub("", remove_invisible(text)) if "&#" in text else remove_invisible(text)


def find_invisible(text: str) -> Iterator[tuple[int, str]]:
    """The position of each such run and reference, and its first character as `U+202E`."""
    for match in () if text.isascii() else _ANY.finditer(text):
        if not match[1]:
            yield match.start(), f"U+{ord(match[0][0]):04X}"
    for match in _REFERENCE.finditer(text) if "&#" in text else ():
        number = int(match[1]) if match[1] else int(match[2], 16)
        yield match.start(), f"U+{number:04X}"
