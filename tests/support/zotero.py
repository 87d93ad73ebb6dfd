"""Reads a page's tags in the way of Zotero's translator "Embedded Metadata", Highwire's first."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

_KINDS = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_inbook_title": "bookSection",
    "citation_dissertation_institution": "thesis",
}


class Item(NamedTuple):
    """What Zotero would save."""

    kind: str
    title: str
    creators: list[tuple[str, str]]
    date: str
    venue: str
    pages: str
    doi: str
    pdf: str
    tags: list[str]


def read(page: Element) -> Item:
    """The item that a page describes."""
    tags = [(m.get("name", ""), m.get("content", "")) for m in page.iter("meta") if m.get("name")]

    def every(name: str) -> list[str]:  # as the translator does: names may have a prefix
        return [content for tag, content in tags if tag.endswith(name)]

    def first(*names: str) -> str:
        return next((content for name in names for content in every(name)), "")

    kind = next((_KINDS[tag] for tag, _ in tags if tag in _KINDS), "")
    last = first("citation_lastpage")
    return Item(
        kind or first("DC.type"),
        first("citation_title"),
        [creator for content in every("citation_author") for creator in _creators(content)],
        first("citation_publication_date", "citation_date").replace("/", "-"),
        first(*_KINDS),
        first("citation_firstpage") + (f"-{last}" if last else ""),
        first("citation_doi"),
        first("citation_pdf_url"),
        every("citation_keywords"),
    )


def _creators(content: str) -> list[tuple[str, str]]:
    """Family and given names: several people in one tag where Zotero takes it for several."""
    authors = re.split(r"\s*;\s*", content)
    if len(authors) == 1:
        parts = re.split(r"\s*,\s*", authors[0])
        if len(parts) > 1 and " " in parts[0] and " " in parts[1]:
            authors = parts
    result = []
    for author in authors:
        family, comma, given = author.partition(",")
        if not comma:
            given, _, family = author.rpartition(" ")
        result.append((" ".join(family.split()), " ".join(given.split())))
    return result
