"""Metadata for programs: heads of pages, security policies, social cards, `robots.txt`, dates.

Facts about pages come in, heads and files come out.
"""

from . import blocked, content_policy
from .metadata import Facts, Metadata, Page
from .social_cards import accent

__all__ = [
    "Facts",
    "Metadata",
    "Page",
    "accent",
    "blocked",
    "content_policy",
]
