"""TeX: the value of a field comes in, plain text, HTML and MathML come out.

It knows no entries and no fields.
"""

from . import decoder
from .decoder import decode, escaped, plain
from .maths import mathml
from .preamble import decided, definitions, expanded
from .tables import SYMBOLS

__all__ = [
    "SYMBOLS",
    "decided",
    "decode",
    "decoder",
    "definitions",
    "escaped",
    "expanded",
    "mathml",
    "plain",
]
