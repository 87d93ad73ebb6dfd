"""Identifiers in what services answer instead of BibTeX: a web page, or a record of OpenAlex."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from homepage.common import identifiers

ARXIV_DOI = "10.48550/arxiv."  # what the DOIs of arXiv start with
_MOST_HTML = 300_000  # characters of a page that are searched: its head


class _MetaTags(HTMLParser):
    """Reads the tags that Scholar reads, too: https://scholar.google.com/intl/en/scholar/inclusion.html."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = values.get("name", values.get("property", "")).lower()
            self.found.setdefault(name, values.get("content", ""))


def identifier_in_page(text: str) -> str:
    """Return the DOI, or the arXiv identifier, in the head of a web page, or ''."""
    page = _MetaTags()
    page.feed(text[:_MOST_HTML])
    for name in ("citation_doi", "bepress_citation_doi", "dc.identifier", "prism.doi"):
        if doi := identifiers.doi(page.found.get(name, "")):
            return doi
    return identifiers.arxiv(page.found.get("citation_arxiv_id", ""))


def identifier_in_record(text: str) -> str:
    """Return the DOI, or the arXiv identifier, in a record of OpenAlex, or ''."""
    values = _addresses(text)
    arxiv = (identifiers.arxiv(value) for value in values if "arxiv.org" in value)
    return next(filter(None, (*map(identifiers.doi, values), *arxiv)), "")


def published_doi(text: str) -> str:
    """Return the DOI of the published version that a record of OpenAlex names, or ''."""
    dois = map(identifiers.doi, _addresses(text, version="publishedVersion"))
    return next((doi for doi in dois if doi and not doi.lower().startswith(ARXIV_DOI)), "")


def _addresses(text: str, version: str = "") -> list[str]:
    """Return the DOI in a record of OpenAlex, and the addresses of the work, or of one version."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return []
    record = record if isinstance(record, dict) else {}
    listed = record.get("locations")
    places = [p for p in listed if isinstance(p, dict)] if isinstance(listed, list) else []
    urls = (p.get("landing_page_url") for p in places if version in ("", p.get("version")))
    return [value for value in (record.get("doi"), *urls) if isinstance(value, str)]
