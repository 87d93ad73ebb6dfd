"""BibTeX: the text of a file comes in, entries and problems come out.

Values stay TeX, as written. Fields and entry types are only known by their names.
"""

from . import reader
from .entry_types import APART, KNOWN_TYPES, SHOWN_AS, THESES, TYPES, kind_of, said_type
from .fields import SITE_FIELDS, is_public, misspelt
from .reader import read
from .starts import plain_starts
from .values import MONTHS

__all__ = [
    "APART",
    "KNOWN_TYPES",
    "MONTHS",
    "SHOWN_AS",
    "SITE_FIELDS",
    "THESES",
    "TYPES",
    "is_public",
    "kind_of",
    "misspelt",
    "plain_starts",
    "read",
    "reader",
    "said_type",
]
