"""Lists of publications: options come in, publications in order and their headings come out.

It produces no HTML.
"""

from . import directives, facets
from .directives import Directive, escape_markdown
from .groups import group, totals
from .options import NewsOptions, ProfileOptions
from .selection import Selection

__all__ = [
    "Directive",
    "NewsOptions",
    "ProfileOptions",
    "Selection",
    "directives",
    "escape_markdown",
    "facets",
    "group",
    "totals",
]
