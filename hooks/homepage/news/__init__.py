"""News: the Markdown of the news page comes in, items and their feeds come out.

It knows no publications.
"""

from __future__ import annotations

from . import feeds, items, mail

__all__ = [
    "feeds",
    "items",
    "mail",
]
