"""News: the Markdown of the news page comes in, news items and feeds come out.

It does not know publications.
"""

from __future__ import annotations

from . import feeds, items
from .items import RenderedNews

__all__ = [
    "RenderedNews",
    "feeds",
    "items",
]
