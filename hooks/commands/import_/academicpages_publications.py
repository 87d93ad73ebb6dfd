"""Imports the publications of a site of academicpages: each is a page, and some have a .bib file."""

from __future__ import annotations

import re

from homepage.bibtex import read as read_bibtex
from homepage.common import safe_url, slugify

from . import bibtex_entries
from .front_matter import Page
from .jekyll import Jekyll
from .markdown import plain
from .migration import Draft
from .new_site import read_bibliographies
from .pages import date_of, is_empty
from .urls import normalize

_JOURNAL = re.compile(r"journal|transactions|letters|review|annals|bulletin|magazine|\bvol\b", re.I)
_CONFERENCE = re.compile(
    r"proceedings|\bproc\b|conference|workshop|symposium|meeting|congress|advances in neural", re.I
)
_TYPES = {
    "manuscripts": "article", "conferences": "inproceedings", "books": "book",
    "chapters": "incollection", "theses": "phdthesis", "thesis": "phdthesis",
    "preprints": "misc", "patents": "patent",
}  # fmt: skip
_ADDRESSES = {  # in front matter, and the field for each; '' if it depends on the address
    "paperurl": "", "link": "", "arxiv": "", "doi": "doi", "code": "code", "slidesurl": "slides",
    "codeurl": "code", "video": "video",
}  # fmt: skip


def add_publications(site: Jekyll, owner: str) -> None:
    """Write one bibliography from the pages of publications; without any, use the .bib files."""
    taken: set[str] = set()
    texts = []
    for page in site.documents("_publications"):
        key, text = _entry(site, page, owner, taken)
        texts.append(text)
        path, address = f"publications/{slugify(key)}.md", site.address_of(page)
        if is_empty(page.body):
            site.addresses.setdefault(normalize(address), path)
        else:
            site.add(Draft(path, "", page), address)
    used = [p for p in site.source.paths if p.endswith(".bib") and p in site.handled]
    files = [p for p in site.bibliographies("_bibliography") if p not in used]
    if not texts:
        site.new.bibliographies = read_bibliographies(files, site)
        return
    site.new.bibliographies["publications.bib"] = "\n".join(texts)
    for path in files:
        message = "this .bib file was not imported: the pages of publications were used"
        site.note(path, 0, message, "copy it into docs/ if you want its entries instead")


def _entry(site: Jekyll, page: Page, owner: str, taken: set[str]) -> tuple[str, str]:
    """Return key and text of an entry: its .bib file with missing fields, or made of front matter."""
    title = page.title or page.path.rpartition("/")[2]
    fields = dict[str, str]()
    for name, field in _ADDRESSES.items():
        address = page.text(name)
        if address and address not in ("true", "false"):
            fields = {**_link_field(site, field, address), **fields}
    fields["abstract"] = page.plain("abstract", "excerpt")
    if file := _bib_file(site, page.text("bibtexurl").split("://", 1)[-1]):
        text = site.text(file)
        found = read_bibtex(text, file).entries
        if found and found[0].key.lower() not in taken:
            taken.add(found[0].key.lower())
            return found[0].key, bibtex_entries.add_missing_fields(text.strip() + "\n", file, fields)
    citation = page.text("citation")
    authors = bibtex_entries.authors_of(citation, title)
    if not authors:
        message = f"the authors of '{title[:60]}' cannot be read from its citation"
        site.report(page.path, 1, message, "write them into its entry in publications.bib")
    venue = page.plain("venue")
    kind = _type(page.text("category").lower(), venue)
    when = bibtex_entries.date_fields(date_of(page) or page.text("date"))
    key = bibtex_entries.new_key(authors or [owner], when.get("year", ""), title, taken)
    known = {"title": title, "author": " and ".join(authors or [owner, "others"])}
    known[bibtex_entries.VENUE_FIELDS.get(kind, "howpublished")] = venue
    text = bibtex_entries.format_entry(kind, key, {**known, **when, **fields})
    comment = f"% {' '.join(plain(citation).split())}\n" if citation else ""
    return key, comment.replace("@", "(at)") + text


def _bib_file(site: Jekyll, address: str) -> str:
    """Return the path of the .bib file that an address refers to, or ''."""
    if not address:
        return ""
    bibs = (path for path in site.source.paths if path.endswith(".bib"))
    same_name = (path for path in bibs if address.endswith(f"/{path.rpartition('/')[2]}"))
    return next(same_name, "") or site.first(address.lstrip("/"))


def _type(category: str, venue: str) -> str:
    """Return the entry type for a category, or else for a venue."""
    if "arxiv" in venue.lower():
        return "misc"
    conference = _CONFERENCE.search(venue) and not _JOURNAL.search(venue)
    return _TYPES.get(category) or ("inproceedings" if conference else "article")


def _link_field(site: Jekyll, field: str, address: str) -> dict[str, str]:
    """Return the field for an address in front matter."""
    local = site.resolve(address)
    if local:
        return {field or ("pdf" if local.endswith(".pdf") else "url"): local}
    if not safe_url(address) or local is None:
        return {}
    return {field: address} if field else bibtex_entries.link_field(safe_url(address))
