"""Formats for other programs: publications come in, BibTeX, RIS, CSL-JSON, tags and JSON-LD come out.

It knows no pages and no templates.
"""

from __future__ import annotations

from . import bibtex_export, exports, highwire, references, schema_org
from .bibtex_export import NOT_IN_KEYS, delimited
from .exports import File
from .highwire import Tag
from .schema_org import Owner

__all__ = [
    "NOT_IN_KEYS",
    "File",
    "Owner",
    "Tag",
    "bibtex_export",
    "delimited",
    "exports",
    "highwire",
    "references",
    "schema_org",
]
