"""Citations: a publication comes in, a sentence in APA or a CSL style, or a citation in text, comes out.

It knows no pages; where a citation links to is up to the caller.
"""

from __future__ import annotations

from . import citation, csl
from .citation import inverted
from .csl import Style
from .in_text import Registry

__all__ = [
    "Registry",
    "Style",
    "citation",
    "csl",
    "inverted",
]
