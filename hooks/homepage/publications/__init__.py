"""Publications: BibTeX, people and venues come in, a `Collection` of decoded works comes out.

Entries that are hidden or under embargo are removed here: no later room sees them. It knows no pages.
"""

from . import aliases, build, collection, dates, titles, venues, versions, visibility, written_dates
from .archives import ADDRESSES, archive_ids
from .build import sort
from .collection import Collection, Source, matching
from .dates import parse
from .links import LocalFile, address_of, find_local, scholar_user
from .record import FALSE, TRUE
from .status import STATUS, is_word
from .venues import Venue, Venues, find
from .visibility import private_fields

__all__ = [
    "ADDRESSES",
    "FALSE",
    "STATUS",
    "TRUE",
    "Collection",
    "LocalFile",
    "Source",
    "Venue",
    "Venues",
    "address_of",
    "aliases",
    "archive_ids",
    "build",
    "collection",
    "dates",
    "find",
    "find_local",
    "is_word",
    "matching",
    "parse",
    "private_fields",
    "scholar_user",
    "sort",
    "titles",
    "venues",
    "versions",
    "visibility",
    "written_dates",
]
