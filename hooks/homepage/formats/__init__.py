"""Formats for other programs: publications come in, BibTeX, RIS, CSL-JSON, tags and JSON-LD come out.

It knows no pages and no templates.
"""

from . import exports, highwire, references, schema_org
from .csl_fields import IN_SERIES, ordinal
from .exports import NOT_IN_KEYS, File, delimited
from .highwire import Tag
from .schema_org import Owner

__all__ = [
    "IN_SERIES",
    "NOT_IN_KEYS",
    "File",
    "Owner",
    "Tag",
    "delimited",
    "exports",
    "highwire",
    "ordinal",
    "references",
    "schema_org",
]
