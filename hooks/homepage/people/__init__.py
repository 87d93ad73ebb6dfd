"""Names of people: name fields come in, parsed names and the persons they belong to come out.

It knows the site's owner, but no publications.
"""

from . import names, people_file
from .east_asian import HAN
from .identity import Directory
from .initials import initials, initials_of
from .names import fold, parse, parse_one
from .organizations import collaboration
from .splitting import SUFFIX

__all__ = [
    "HAN",
    "SUFFIX",
    "Directory",
    "collaboration",
    "fold",
    "initials",
    "initials_of",
    "names",
    "parse",
    "parse_one",
    "people_file",
]
