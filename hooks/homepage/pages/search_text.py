"""Chinese and Japanese for a search that knows words by the spaces between them.

Each character becomes a word of its own, for Material's search finds several in a row by itself. What
is between them has no width; it is twice there, so that one of the owner's is told from ours.
"""

from __future__ import annotations

import re

BETWEEN = "\u200b\u200b"
SEPARATOR = r"[\s\u200b\-]+"  # where the search parts words, by JavaScript's regular expressions

_LETTER = "[\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_PAIR = re.compile(_LETTER * 2)
_PLACE = re.compile(f"<[^<>]*>|(?<={_LETTER})(?={_LETTER})")


def needed(text: str) -> bool:
    """Has the text, or HTML, characters that follow each other and are words?"""
    return not text.isascii() and bool(_PAIR.search(text))


def parted(html: str) -> str:
    """HTML with what parts characters of text that follow each other."""
    return _PLACE.sub(lambda match: match[0] or BETWEEN, html) if needed(html) else html


def joined(html: str) -> str:
    """What `parted` was given."""
    return html.replace(BETWEEN, "")
