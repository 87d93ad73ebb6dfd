"""What messages quote, made fit to be read. An old Python without packages must understand this, too."""

from __future__ import annotations

from collections.abc import Iterable


def printable(text: str) -> str:
    """The text without what would steer a terminal: it quotes what is not trusted."""
    return "".join(filter(str.isprintable, text))


def one_line(text: str) -> str:
    """The text on one line, and printable."""
    return printable(" ".join(text.split()))


def some(names: Iterable[str], most: int = 5) -> str:
    """The first of many names, and how many more there are."""
    listed = list(names)
    more = len(listed) - most
    return ", ".join(listed[:most]) + (f" and {more} more" if more > 0 else "")
