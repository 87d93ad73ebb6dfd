"""The publications of a site of academicpages: each a page, some with a .bib file."""

from __future__ import annotations

import re

from homepage.bibtex import read as read_bibtex
from homepage.common import safe_url, slugify

from . import work_entries
from .front_matter import Page, text_of
from .jekyll import Jekyll
from .moved import Draft
from .new_home import Home, bibliography_of
from .old_markdown import plain
from .page_drafts import day, is_empty
from .urls import normal

_JOURNAL = re.compile(r"journal|transactions|letters|review|annals|bulletin|magazine|\bvol\b", re.I)
_MEETING = re.compile(
    r"proceedings|\bproc\b|conference|workshop|symposium|meeting|congress|advances in neural", re.I
)
_KINDS = {
    "manuscripts": "article", "conferences": "inproceedings", "books": "book",
    "chapters": "incollection", "theses": "phdthesis", "thesis": "phdthesis",
    "preprints": "misc", "patents": "patent",
}  # fmt: skip
_FIELDS = {  # of the addresses in front matter
    "slidesurl": "slides", "code": "code", "codeurl": "code", "video": "video", "doi": "doi",
}  # fmt: skip
_NOTHING = ("true", "false")


def works(jekyll: Jekyll, home: Home, owner: str) -> None:
    """Make one bibliography of all publications' pages; without any, take the .bib files there are."""
    move = jekyll.move
    taken: set[str] = set()
    texts = []
    for path, page in jekyll.documents("_publications"):
        key, text = _entry(jekyll, path, page, owner, taken)
        texts.append(text)
        where = f"publications/{slugify(key)}.md"
        address = jekyll.address(path, page)
        if is_empty(page.body):
            move.addresses.setdefault(normal(address), where)
        else:
            move.add(Draft(where, "", page.body, path, page.line, old=page.meta), address)
    used = [p for p in move.source.paths if p.endswith(".bib") and p in move.settled]
    files = [p for p in jekyll.bibliographies("_bibliography") if p not in used]
    if texts:
        for path in files:
            message = "this .bib file did not come along: publications came from their pages"
            hint = "copy it into docs/ if you want its entries instead"
            move.tell(path, 0, message, hint, "note")
        home.bibliographies["publications.bib"] = "\n".join(texts)
    else:
        home.bibliographies = bibliography_of(files, move)


def _entry(jekyll: Jekyll, path: str, page: Page, owner: str, taken: set[str]) -> tuple[str, str]:
    """The key and the text of one entry: its .bib file completed, or made of its front matter."""
    meta, move = page.meta, jekyll.move
    title = plain(text_of(meta.get("title"))) or path.rpartition("/")[2]
    fields = dict[str, str]()
    for name in ("paperurl", "link", "arxiv", "doi", "code", "slidesurl", "codeurl", "video"):
        address = text_of(meta.get(name))
        if address and address not in _NOTHING:
            fields = {**_linked(jekyll, name, address), **fields}
    fields["abstract"] = plain(text_of(meta.get("abstract")) or text_of(meta.get("excerpt")))
    citation = text_of(meta.get("citation"))
    if file := _bib_file(jekyll, text_of(meta.get("bibtexurl")).split("://", 1)[-1]):
        text = move.text(file)
        found = read_bibtex(text, file).entries
        if found and found[0].key.lower() not in taken:
            taken.add(found[0].key.lower())
            return found[0].key, work_entries.completed(text.strip() + "\n", file, fields)
    authors = work_entries.authors_of(citation, title)
    if not authors:
        authors = [owner, "others"]
        message = f"the authors of '{title[:60]}' are not to be read from its citation"
        move.tell(path, 1, message, "write them into its entry in publications.bib")
    venue = plain(text_of(meta.get("venue")))
    kind = _kind(text_of(meta.get("category")).lower(), venue)
    when = work_entries.dated(day(page, path) or text_of(meta.get("date")))
    key = work_entries.new_key([a for a in authors if a != "others"], when.get("year", ""), title, taken)
    place = work_entries.PLACES.get(kind, "howpublished")
    known = {"title": title, "author": " and ".join(authors), place: venue}
    text = work_entries.written(kind, key, {**known, **when, **fields})
    comment = f"% {' '.join(plain(citation).split())}\n" if citation else ""
    return key, comment.replace("@", "(at)") + text


def _bib_file(jekyll: Jekyll, address: str) -> str:
    """The .bib file of the site that an address means, or ''."""
    if not address:
        return ""
    bibs = (path for path in jekyll.move.source.paths if path.endswith(".bib"))
    same_name = (path for path in bibs if address.endswith(f"/{path.rpartition('/')[2]}"))
    return next(same_name, "") or jekyll.move.first(address.lstrip("/"))


def _kind(category: str, venue: str) -> str:
    """The entry type of a work, by its category or else by where it appeared."""
    if "arxiv" in venue.lower():
        return "misc"
    meeting = _MEETING.search(venue) and not _JOURNAL.search(venue)
    return _KINDS.get(category) or ("inproceedings" if meeting else "article")


def _linked(jekyll: Jekyll, name: str, address: str) -> dict[str, str]:
    """The fields that an address in the front matter fills."""
    draft = Draft("publications.md", "")
    local = jekyll.move.resolve(address, draft)
    field = _FIELDS.get(name)
    if local:
        return {field or ("pdf" if local.endswith(".pdf") else "url"): local}
    if not safe_url(address) or local is None:
        return {}
    return {field: address} if field else work_entries.linked(safe_url(address))
