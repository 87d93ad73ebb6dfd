"""News: the Markdown of the news page comes in, items and their feeds come out.

It knows no publications.
"""

from __future__ import annotations

from . import feeds, items, mail
from .items import RenderedNews

__all__ = [
    "RenderedNews",
    "feeds",
    "items",
    "mail",
]
