"""What messages quote, made fit to be read. An old Python without packages must understand this, too."""

from __future__ import annotations

from collections.abc import Iterable

from .invisible_characters import plain


def printable(text: str) -> str:
    """The text without what would steer a terminal: it quotes what is not trusted.

    What would make it look like another text is shown as an escape, `\\u202e`.
    """
    return "".join(c if c.isprintable() else _shown(c) for c in text)


def _shown(char: str) -> str:
    return "" if plain(char) else char.encode("unicode_escape").decode()


def lines(text: str) -> str:
    """A text of several lines, printable."""
    rows = (map(printable, row.split("\t")) for row in text.split("\n"))
    return "\n".join(map("\t".join, rows))


def one_line(text: str) -> str:
    """The text on one line, and printable."""
    return printable(" ".join(text.split()))


def some(names: Iterable[str], most: int = 5) -> str:
    """The first of many names, and how many more there are."""
    listed = list(names)
    more = len(listed) - most
    return ", ".join(listed[:most]) + (f" and {more} more" if more > 0 else "")
