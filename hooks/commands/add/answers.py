"""What services answer instead of BibTeX, a web page or a record: the identifiers that it names."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from homepage.common import identifiers

ARXIV_DOI = "10.48550/arxiv."  # what the DOIs of arXiv start with
_MOST_HTML = 300_000  # characters of a page that are searched: its head


def identifier_in_page(text: str) -> str:
    """The DOI, or the arXiv identifier, in the head of a web page, else ''."""
    page = _Page()
    page.feed(text[:_MOST_HTML])
    for name in ("citation_doi", "bepress_citation_doi", "dc.identifier", "prism.doi"):
        if doi := identifiers.doi(page.found.get(name, "")):
            return doi
    return identifiers.arxiv(page.found.get("citation_arxiv_id", ""))


def identifier_in_record(text: str) -> str:
    """The DOI, or the arXiv identifier, in a record of OpenAlex, else ''."""
    record = _record(text)
    urls = [place.get("landing_page_url") for place in _places(record)]
    values = [v for v in (record.get("doi"), *urls) if isinstance(v, str)]
    dois = filter(None, map(identifiers.doi, values))
    arxiv = filter(None, (identifiers.arxiv(v) for v in values if "arxiv.org" in v))
    return next(dois, "") or next(arxiv, "")


def published_doi(text: str) -> str:
    """The DOI of the published version that a record of OpenAlex names, else ''."""
    record = _record(text)
    published = (place for place in _places(record) if place.get("version") == "publishedVersion")
    urls = (place.get("landing_page_url") for place in published)
    for value in (record.get("doi"), *urls):
        doi = identifiers.doi(value) if isinstance(value, str) else ""
        if doi and not doi.lower().startswith(ARXIV_DOI):
            return doi
    return ""


def _record(text: str) -> dict[str, Any]:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _places(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Where a record of OpenAlex says that the work is."""
    found = record.get("locations")
    return [place for place in found if isinstance(place, dict)] if isinstance(found, list) else []


class _Page(HTMLParser):
    """Reads the tags that Scholar reads, too: https://scholar.google.com/intl/en/scholar/inclusion.html."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = values.get("name", values.get("property", "")).lower()
            self.found.setdefault(name, values.get("content", ""))
