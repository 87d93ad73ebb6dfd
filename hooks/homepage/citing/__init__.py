"""Citations: a publication comes in, a reference or a citation in text comes out.

It knows no pages; callers decide where a citation links to.
"""

from . import citation, csl
from .citation import inverted
from .csl import Style
from .in_text import Registry
from .sources import kind_of_work, where

__all__ = [
    "Registry",
    "Style",
    "citation",
    "csl",
    "inverted",
    "kind_of_work",
    "where",
]
