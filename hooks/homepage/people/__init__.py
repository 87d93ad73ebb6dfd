"""Names of people: a field of names comes in, names and the persons behind them come out.

It knows who the owner is, but no publications.
"""

from __future__ import annotations

from . import names, people_file
from .identity import Directory
from .name_lists import HAN, SUFFIX
from .names import fold, initials, parse, parse_one

__all__ = [
    "HAN",
    "SUFFIX",
    "Directory",
    "fold",
    "initials",
    "names",
    "parse",
    "parse_one",
    "people_file",
]
