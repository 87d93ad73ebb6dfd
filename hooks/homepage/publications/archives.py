"""Identifiers in archives: biblatex's `eprinttype` (its manual, 3.14.7), or fields of their own."""

import re
from collections.abc import Callable, Mapping

from ..common import identifiers, untex_url
from ..model import Entry

_NAMES = {  # of archives in eprinttype or archiveprefix, and the kinds of their links
    "pubmed": "pubmed", "pmid": "pubmed", "medline": "pubmed", "pmc": "pmc", "pmcid": "pmc",
    "pubmedcentral": "pmc", "jstor": "jstor", "hal": "hal", "hdl": "handle", "handle": "handle",
    "googlebooks": "google_books", "googlebook": "google_books",
}  # fmt: skip
_FIELDS = {"pubmed": ("pmid",), "pmc": ("pmcid", "pmc"), "hal": ("hal", "hal_id"), "jstor": ("jstor",)}
ADDRESSES = {
    "pubmed": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/{}/",
    "jstor": "https://www.jstor.org/stable/{}",
    "hal": "https://hal.science/{}",
    "handle": "https://hdl.handle.net/{}",
    "google_books": "https://books.google.com/books?id={}",
}


def _found(pattern: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.I)

    def find(value: str) -> str:
        match = compiled.fullmatch(value)
        return match[1] if match else ""

    return find


def _pmcid(value: str) -> str:
    return identifiers.pmcid(value if re.search("[a-z]", value, re.I) else f"PMC{value}")


_READ: Mapping[str, Callable[[str], str]] = {
    "pubmed": identifiers.pmid,
    "pmc": _pmcid,
    "jstor": _found(
        r"(?:.*jstor\.org/(?:stable/)?(?:pdf/)?|jstor:?\s*)?((?:10\.\d+/)?[\w.]+?)(?:[?#].*|\.pdf)?"
    ),
    "hal": _found(r"(?:https?://[^/]*/)?([a-z]+-\d+(?:v\d+)?)"),
    "handle": _found(r"(?:https?://hdl\.handle\.net/|hdl:?\s*|handle:?\s*)?([\w.]+/[^\s?#]+)"),
    "google_books": _found(r"(?:https?://.*[?&]id=)?([\w-]{12})(?:[&#].*)?"),
}


def archive_of(entry: Entry) -> str:
    """The kind of link of the archive that `eprinttype` names, or ''."""
    name = re.sub(r"[\W_]", "", entry.get("eprinttype", "archiveprefix").lower())
    return _NAMES.get(name, "")


def archive_ids(entry: Entry) -> dict[str, str]:
    """The identifiers of a work in archives other than arXiv, by kind of link."""
    kind, found = archive_of(entry), {}
    for name, fields in _FIELDS.items():
        found[name] = _READ[name](untex_url(entry.get(*fields))[:500])
    if kind and not found.get(kind):
        found[kind] = _READ[kind](untex_url(entry.get("eprint"))[:500])
    return {name: value for name, value in found.items() if value}
