"""The publications of a site of HugoBlox, each a page, mostly with a .bib file beside it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from homepage.bibtex import read as read_bibtex
from homepage.common import slugify

from . import work_entries
from .front_matter import Page, dicts_of, inside, text_of, texts_of, true
from .hugo_site import WORKS, HugoSite
from .moved import Draft
from .new_home import bibliography_of
from .old_markdown import plain
from .page_drafts import day, is_empty, stem
from .staying import PICTURES
from .urls import normal

_KINDS = {
    "0": "misc", "1": "inproceedings", "2": "article", "3": "misc", "4": "techreport",
    "5": "book", "6": "incollection", "7": "phdthesis", "8": "patent",
    "article-journal": "article", "paper-conference": "inproceedings", "article": "misc",
    "article-magazine": "article", "article-newspaper": "article", "report": "techreport",
    "book": "book", "chapter": "incollection", "thesis": "phdthesis", "patent": "patent",
    "manuscript": "unpublished", "dataset": "dataset", "software": "software", "speech": "talk",
    "preprint": "misc",
}  # fmt: skip
_LINKS = {
    "pdf": "pdf", "code": "code", "dataset": "website", "poster": "poster", "project": "website",
    "slides": "slides", "source": "url", "video": "video", "preprint": "pdf", "site": "website",
    "doi": "doi",
}  # fmt: skip
_FULL_TEXT = re.compile(r"Add the (?:publication's )?\*\*full text\*\*")  # the template's
_LONGEST_ABBR = 20


def works(site: HugoSite) -> None:
    """Make one bibliography of all publications; without any, take the .bib files there are."""
    taken: set[str] = set()
    texts = []
    pages = list(site.documents(*WORKS))
    bundled = {posixpath.dirname(path) for path, _ in pages if path.endswith("/index.md")}
    for path, page in pages:
        if path.endswith("/_index.md"):
            site.home.titles["publications.md"] = (
                plain(text_of(page.meta.get("title"))) or "Publications"
            )
            continue
        texts.append(_work(site, path, page, taken))
    loose = [
        p
        for p in site.move.source.paths
        if p.lower().endswith(".bib") and posixpath.dirname(p) not in bundled
    ]
    if texts:
        site.home.bibliographies["publications.bib"] = "\n".join(texts)
        for path in loose:
            site.move.tell(
                path,
                0,
                "this .bib file did not come along: publications came from their pages",
                "copy it into docs/, and name it under bibliography",
                "note",
            )
    else:
        site.home.bibliographies = bibliography_of(loose, site.move)


def _work(site: HugoSite, path: str, page: Page, taken: set[str]) -> str:
    folder = posixpath.dirname(path) if path.endswith("/index.md") else ""
    beside = site.move.below(folder) if folder else []
    fields, kind, authors = _fields(site, path, page, folder)
    bib = next((p for p in beside if p.lower().endswith(".bib")), "")
    text = site.move.text(bib) if bib else ""
    found = read_bibtex(text, bib).entries
    if found:
        key = found[0].key
        taken.add(key.lower())
    else:
        if bib and text.strip():
            site.move.tell(bib, 1, "there is no entry in this file", "its entry is made of its page")
        key = work_entries.new_key(authors, fields.get("year", ""), fields["title"], taken)
    fields |= _files(site, beside, slugify(key), fields)
    _page(site, path, page, folder, key)
    if not found:
        return work_entries.written(kind, key, fields)
    known = ("author", "title", "journal", "booktitle", "year", "month") if found[0].get("title") else ()
    lacking = {name: value for name, value in fields.items() if name not in known}
    return work_entries.completed(text.strip() + "\n", bib, lacking)


def _files(site: HugoSite, beside: list[str], slug: str, fields: dict[str, str]) -> dict[str, str]:
    """The picture and the PDF that lie beside a page."""
    found: dict[str, str] = {}
    pictures = [p for p in beside if p.lower().endswith(PICTURES)]
    image = next((p for p in pictures if posixpath.basename(p).startswith("featured")), "")
    image = image or next((p for p in pictures if "featured" in posixpath.basename(p)), "")
    if image:
        to = f"assets/img/publication_preview/{slug}.{image.rpartition('.')[2]}"
        found["preview"] = posixpath.basename(site.move.bring(image, to))
    own = next((p for p in beside if p.lower().endswith(".pdf")), "")
    if own and "pdf" not in fields:
        found["pdf"] = site.move.bring(own, f"assets/pdf/{slug}.pdf")
    return {name: path for name, path in found.items() if path}


def _page(site: HugoSite, path: str, page: Page, folder: str, key: str) -> None:
    """Let the page of a work come along, if it says something, and its address in any case."""
    address, here = normal(path.removeprefix("content/")), f"publications/{slugify(key)}.md"
    site.keys[address] = site.keys[address.rpartition("/")[2]] = key
    if is_empty(page.body) or _FULL_TEXT.search(page.body):
        site.move.addresses.setdefault(address, here)
        return
    draft = Draft(here, "", page.body, path, page.line, old=page.meta, pictures=folder)
    site.move.add(draft, address)


def _fields(site: HugoSite, path: str, page: Page, folder: str) -> tuple[dict[str, str], str, list[str]]:
    """The fields of a work's front matter, its type, and its authors."""
    meta = page.meta
    kinds = texts_of(meta.get("publication_types"))
    kind = _KINDS.get(kinds[0].lower() if kinds else "", "misc")
    authors = [
        site.names.get(a) or site.names.get(slugify(a)) or a for a in texts_of(meta.get("authors"))
    ]
    where = meta.get("publication")
    short = text_of(meta.get("publication_short")) or text_of(inside(where, "short_name"))
    abbr = _venue(short)
    topics = [*texts_of(meta.get("tags")), *texts_of(meta.get("categories"))]
    eprint = text_of(inside(meta, "hugoblox", "ids", "arxiv"))
    fields = {
        "title": plain(text_of(meta.get("title"))) or stem(path),
        "author": " and ".join(authors),
        work_entries.PLACES.get(kind, "howpublished"): _venue(
            text_of(where) or text_of(inside(where, "name"))
        ),
        "volume": text_of(inside(where, "volume")),
        "number": text_of(inside(where, "issue")),
        "pages": text_of(inside(where, "pages")),
        **work_entries.dated(day(page, path)),
        "abbr": abbr if len(abbr) <= _LONGEST_ABBR else "",
        "doi": text_of(meta.get("doi")) or text_of(inside(meta, "hugoblox", "ids", "doi")),
        "selected": "true" if true(meta.get("featured")) else "",
        "abstract": plain(text_of(meta.get("abstract")) or text_of(meta.get("summary"))),
        "keywords": ", ".join(dict.fromkeys(topics)),
        **({"eprint": eprint, "archiveprefix": "arXiv"} if eprint else {}),
        "author+an": _annotations(meta, len(authors)),
        "award_name": _award(meta),
    }
    _link(site, path, page, folder, fields)
    return {name: value for name, value in fields.items() if value}, kind, authors


def _venue(written: str) -> str:
    return re.sub(r"^in\s+", "", plain(written), flags=re.I)


def _annotations(meta: dict[str, Any], authors: int) -> str:
    """What is said of single authors, as data annotations of BibTeX have it."""
    given = meta.get("author_notes")
    marks = [_mark(text_of(note)) for note in given] if isinstance(given, list) else []
    return "; ".join(f"{n}={mark}" for n, mark in enumerate(marks, 1) if mark and n <= authors)


def _award(meta: dict[str, Any]) -> str:
    names = [text_of(award.get("name")) for award in dicts_of(meta.get("awards"))]
    return next(iter(names or texts_of(meta.get("award"))), "")


def _link(site: HugoSite, path: str, page: Page, folder: str, fields: dict[str, str]) -> None:
    """Add the links of a work: fields where there are some for them, the others as a text."""
    more = []
    for what, shown, address in _links(page.meta):
        if not address or address.startswith("#"):
            continue
        field = _LINKS.get(what.lower()) or _LINKS.get(shown.lower(), "")
        target = _address(site, address, path, folder)
        if not target:
            message = f"the file '{address[:80]}' is not in the old site"
            site.move.tell(path, 1, message, "put it into docs/")
            continue
        known = work_entries.linked(target)
        if field and not (field == "pdf" and "eprint" in known):
            known = {field: target}
        name, value = next(iter(known.items()))
        if not fields.get(name) and (field or name != "url" or not shown):
            fields |= known
        elif value != fields.get(name):
            more.append(f"[{shown or what or 'Link'}]({target})")
    if more:
        fields["additional_info"] = ", ".join(more)


def _links(meta: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The links of a work: what for, how they are called, addresses."""
    for key, value in meta.items():
        if key.startswith("url_"):
            yield key.removeprefix("url_"), "", text_of(value)
    for link in dicts_of(meta.get("links")):
        what, shown = link.get("type") or link.get("icon"), link.get("name") or link.get("label")
        yield text_of(what), text_of(shown), text_of(link.get("url"))


def _mark(note: str) -> str:
    words = note.lower()
    return (
        "equal"
        if "equal" in words or "co-first" in words
        else "corresponding"
        if "correspond" in words
        else ""
    )


def _address(site: HugoSite, address: str, path: str, folder: str) -> str:
    draft = Draft("publications.md", "", origin=path, pictures=folder)
    found = site.move.resolve(address, draft)
    return (address if "://" in address else "") if found == "" else found or ""
