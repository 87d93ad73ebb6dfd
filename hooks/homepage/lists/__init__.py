"""Lists of publications: options come in; the publications, their order and headings come out.

It makes no HTML.
"""

from __future__ import annotations

from . import directives, facets, selection
from .directives import literal
from .groups import group
from .options import NewsOptions, ProfileOptions
from .related import related
from .totals import totals

__all__ = [
    "NewsOptions",
    "ProfileOptions",
    "directives",
    "facets",
    "group",
    "literal",
    "related",
    "selection",
    "totals",
]
