"""News: the Markdown of the news page comes in, news items and feeds come out.

It does not know publications.
"""

from . import feeds, items
from .items import RenderedNews

__all__ = [
    "RenderedNews",
    "feeds",
    "items",
]
