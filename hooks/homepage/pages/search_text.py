"""Segments Chinese and Japanese text for the search, which finds words by the spaces between them.

Each character becomes a word; Material's search finds sequences of them. The separator is two
zero-width spaces: a single one may be the owner's.
"""

import re

SEGMENT_END = "\u200b\u200b"
SEPARATOR = r"[\s\u200b\-]+"  # where the search splits words; a regular expression of JavaScript

_LETTER = "[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_PAIR = re.compile(_LETTER * 2)
_PLACE = re.compile(f"<[^<>]*>|(?<={_LETTER})(?={_LETTER})")
# Nowhere else: `<scr\u200b\u200bipt>` must not become a script.
_PARTED = re.compile(f"{SEGMENT_END}(?<={_LETTER}{SEGMENT_END})(?={_LETTER})")


def needed(text: str) -> bool:
    """Does the text, or HTML, have two such characters in a row?"""
    return not text.isascii() and bool(_PAIR.search(text))


def segmented(html: str) -> str:
    """Return HTML with separators between such characters."""
    return _PLACE.sub(lambda match: match[0] or SEGMENT_END, html) if needed(html) else html


def unsegmented(html: str) -> str:
    """Return HTML without the separators."""
    return _PARTED.sub("", html) if SEGMENT_END in html else html
