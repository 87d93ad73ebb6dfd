"""Clean text for messages. This must also run on an old Python without packages."""

from __future__ import annotations

from collections.abc import Iterable

from .invisible_characters import remove_invisible


def printable(text: str) -> str:
    """Remove control characters, as quoted text is not trusted and could steer a terminal.

    Invisible characters that make a text look like another one become escapes, such as `\\u202e`.
    """
    return "".join(c if c.isprintable() else _shown(c) for c in text)


def _shown(char: str) -> str:
    return "" if remove_invisible(char) else char.encode("unicode_escape").decode()


def lines(text: str) -> str:
    """Clean a text of several lines."""
    rows = (map(printable, row.split("\t")) for row in text.split("\n"))
    return "\n".join(map("\t".join, rows))


def one_line(text: str) -> str:
    """Clean a text and put it on one line."""
    return printable(" ".join(text.split()))


def first_few(names: Iterable[str], most: int = 5) -> str:
    """Join the first names, and say how many more there are."""
    listed = list(names)
    more = len(listed) - most
    return ", ".join(listed[:most]) + (f" and {more} more" if more > 0 else "")
