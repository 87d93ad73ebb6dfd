"""TeX: the value of a field comes in, plain text, HTML and MathML come out.

It knows no entries and no fields.
"""

from . import decoder
from .decoder import decode, escaped, plain
from .maths import mathml
from .tables import SYMBOLS

__all__ = ["SYMBOLS", "decode", "decoder", "escaped", "mathml", "plain"]
