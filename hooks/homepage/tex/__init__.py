"""TeX: the value of a field comes in, plain text, HTML and MathML come out.

It knows no entries and no fields.
"""

from . import decoder
from .decoder import decode, escaped, plain
from .letters import is_letter
from .maths import mathml
from .preamble import decided, definitions, expanded

__all__ = [
    "decided",
    "decode",
    "decoder",
    "definitions",
    "escaped",
    "expanded",
    "is_letter",
    "mathml",
    "plain",
]
