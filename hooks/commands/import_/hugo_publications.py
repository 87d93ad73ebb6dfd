"""Imports the publications of a HugoBlox site: each is a page, most with a .bib file beside it."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from homepage.bibtex import read as read_bibtex
from homepage.common import slugify

from . import bibtex_entries
from .front_matter import Page, get_dicts, get_text, is_true, text_of, texts_of
from .hugo_site import PUBLICATIONS, HugoSite
from .markdown import plain
from .migration import Draft
from .new_site import set_bibliography
from .pages import date_of, is_empty, slug_of
from .urls import page_url

TYPES = {
    "0": "misc", "1": "inproceedings", "2": "article", "3": "misc", "4": "techreport",
    "5": "book", "6": "incollection", "7": "phdthesis", "8": "patent",
    "article-journal": "article", "paper-conference": "inproceedings", "article": "misc",
    "article-magazine": "article", "article-newspaper": "article", "report": "techreport",
    "book": "book", "chapter": "incollection", "thesis": "phdthesis", "patent": "patent",
    "manuscript": "unpublished", "dataset": "dataset", "software": "software", "speech": "talk",
    "preprint": "misc", "journal-article": "article", "conference-paper": "inproceedings",
    "conference-proceedings": "inproceedings", "book-chapter": "incollection", "working-paper": "misc",
    "book-section": "incollection", "technical-report": "techreport", "journal": "article",
}  # fmt: skip
_LINK_FIELDS = {
    "pdf": "pdf", "code": "code", "dataset": "website", "poster": "poster", "project": "website",
    "slides": "slides", "source": "url", "video": "video", "preprint": "pdf", "site": "website",
    "doi": "doi",
}  # fmt: skip
_IN_BIB = ("author", "title", "journal", "booktitle", "year", "month")  # not added to a .bib file
_FULL_TEXT = re.compile(r"Add the (?:publication's )?\*\*full text\*\*")  # the template's
_MAX_ABBR = 20


def add_publications(site: HugoSite, elsewhere: Iterable[Page]) -> None:
    """Write one bibliography from the pages of publications; without any, use the .bib files.

    Those `elsewhere` are not in the folder for publications.
    """
    taken: set[str] = set()
    texts = []
    pages = [*site.documents(*PUBLICATIONS), *elsewhere]
    for page in pages:
        if page.path.endswith("/_index.md"):
            site.new.titles["publications.md"] = page.title or "Publications"
        else:
            texts.append(_entry(site, page, taken))
    bundles = {posixpath.dirname(page.path) for page in pages if page.path.endswith("/index.md")}
    bibs = (path for path in site.source.paths if path.lower().endswith(".bib"))
    texts = list(filter(None, texts))
    set_bibliography(site, texts, [path for path in bibs if posixpath.dirname(path) not in bundles])


def _entry(site: HugoSite, page: Page, taken: set[str]) -> str:
    """Return the entry of a page, and import its files and its text."""
    bundle = posixpath.dirname(page.path) if page.path.endswith("/index.md") else ""
    kind, authors, fields = _fields(site, page)
    same = f"{slugify(fields['title'])} {fields.get('year', '')} {fields.get('author', '')}"
    if same in taken:
        message = "this publication is there twice, and was imported once"
        site.note(page.path, 1, message, "look which of its pages you want")
        return ""
    taken.add(same)
    bib = next(iter(site.below(bundle, ends=".bib")), "") if bundle else ""
    text = site.text(bib) if bib else ""
    text = _fitting(text, bib, page.title)
    found = read_bibtex(text, bib).entries
    if found and f"title {slugify(found[0].get('title'))}" in taken:
        message = "this file has the entry of another page, so one was made from its page"
        site.report(bib, 1, message, "check the entry in publications.bib")
        found, text = (), ""
    if found:
        taken.add(f"title {slugify(found[0].get('title'))}")
        key = _free(found[0].key, taken)
        text = re.sub(
            rf"(@\w+\s*[{{(]\s*){re.escape(found[0].key)}(?=\s*,)", rf"\g<1>{key}", text, count=1
        )
    else:
        if text.strip():
            message = "this file has no entry, so one was made from its page"
            site.report(bib, 1, message, "check the entry in publications.bib")
        key = bibtex_entries.new_key(authors, fields.get("year", ""), fields["title"], taken)
    if bundle:
        _import_files(site, bundle, slugify(key), fields)
    _add_page(site, page, key)
    if not found:
        return bibtex_entries.format_entry(kind, key, fields)
    if found[0].get("title"):
        fields = {name: value for name, value in fields.items() if name not in _IN_BIB}
    return bibtex_entries.add_missing_fields(text.strip() + "\n", bib, fields)


def _free(key: str, taken: set[str]) -> str:
    """Return a key for an entry that no other one has, nor its page, and add it to `taken`."""
    found, number = key, 1
    while slugify(found) in taken or found.lower() in taken:
        number += 1
        found = f"{key}-{number}"
    taken |= {found.lower(), slugify(found)}
    return found


def _fitting(text: str, path: str, title: str) -> str:
    """Return the entry with this title of a .bib file that has several, as it is written there."""
    entries = read_bibtex(text, path).entries
    if len(entries) < 2:
        return text
    wanted = slugify(title)
    entry = next((e for e in entries if slugify(e.get("title")) == wanted), entries[0])
    lines = text.split("\n")
    later = [e.line for e in entries if e.line > entry.line]
    return "\n".join(lines[entry.line - 1 : later[0] - 1 if later else None])


def _import_files(site: HugoSite, bundle: str, slug: str, fields: dict[str, str]) -> None:
    """Import the image and the PDF of a page bundle, and add their fields."""
    if image := site.featured_image(bundle):
        to = f"assets/img/publication_preview/{slug}.{image.rpartition('.')[2]}"
        if imported := site.import_file(image, to):
            fields["preview"] = posixpath.basename(imported)
    pdf = next(iter(site.below(bundle, ends=".pdf")), "")
    if pdf and "pdf" not in fields and (imported := site.import_file(pdf, f"assets/pdf/{slug}.pdf")):
        fields["pdf"] = imported


def _add_page(site: HugoSite, page: Page, key: str) -> None:
    """Add the page of a publication if it has a text, and its address in any case."""
    address, path = site.address_of(page), f"publications/{slugify(key)}.md"
    site.keys[address] = site.keys[address.rpartition("/")[2]] = key
    if is_empty(page.body) or _FULL_TEXT.search(page.body):
        site.addresses.setdefault(address, path)
    else:
        site.add(Draft(path, "", page), address)


def _fields(site: HugoSite, page: Page) -> tuple[str, list[str], dict[str, str]]:
    """Return the entry type, the authors, and the fields for the front matter of a page."""
    meta = page.meta
    types = texts_of(meta.get("publication_types"))
    kind = TYPES.get(types[0].lower().replace(" ", "-") if types else "", "misc")
    authors = [name for text in texts_of(meta.get("authors")) for name in _names(text)]
    authors = [site.names.get(a) or site.names.get(slugify(a)) or plain(a) for a in authors]
    abbr = _venue(page, "publication_short", "publication.short_name")
    topics = [*texts_of(meta.get("tags")), *texts_of(meta.get("categories"))]
    eprint = page.text("hugoblox.ids.arxiv")
    venue_field = bibtex_entries.VENUE_FIELDS.get(kind, "howpublished")
    awards = [get_text(award, "name") for award in get_dicts(meta, "awards")]
    fields = {
        "title": page.title or slug_of(page.path),
        "author": " and ".join(authors),
        venue_field: _venue(page, "publication", "publication.name"),
        "volume": page.text("publication.volume"),
        "number": page.text("publication.issue"),
        "pages": page.text("publication.pages"),
        **bibtex_entries.date_fields(date_of(page)),
        "abbr": abbr if len(abbr) <= _MAX_ABBR else "",
        "doi": page.text("doi", "hugoblox.ids.doi"),
        "selected": "true" if is_true(meta.get("featured")) or is_true(meta.get("selected")) else "",
        "abstract": page.plain("abstract", "summary"),
        "keywords": ", ".join(dict.fromkeys(topics)),
        **({"eprint": eprint, "archiveprefix": "arXiv"} if eprint else {}),
        "author+an": _annotations(meta, len(authors)),
        "award_name": next(iter(awards or texts_of(meta.get("award"))), ""),
    }
    _add_links(site, page, fields)
    return kind, authors, {name: value for name, value in fields.items() if value}


def _names(text: str) -> list[str]:
    """Return the names in one author of a list: some owners write all of them there."""
    several = text.count(",") > 1 or re.search(r" (?:and|&) ", text)
    return (several and bibtex_entries.authors_of(f"{text} (2000)", "")) or [text]


def _venue(page: Page, *paths: str) -> str:
    return re.sub(r"^in\s+", "", page.plain(*paths), flags=re.I)


def _annotations(meta: dict[str, Any], authors: int) -> str:
    """Return the notes about authors as a data annotation of biblatex."""
    notes = meta.get("author_notes")
    marks = [_mark(text_of(note).lower()) for note in notes] if isinstance(notes, list) else []
    return "; ".join(f"{n}={mark}" for n, mark in enumerate(marks[:authors], 1) if mark)


def _mark(note: str) -> str:
    if "equal" in note or "co-first" in note:
        return "equal"
    return "corresponding" if "correspond" in note else ""


def _add_links(site: HugoSite, page: Page, fields: dict[str, str]) -> None:
    """Add the links of a publication as fields, or else to `additional_info`."""
    more = []
    for kind, label, address in links(page.meta):
        if not address or address.startswith("#"):
            continue
        field = _LINK_FIELDS.get(kind.lower()) or _LINK_FIELDS.get(label.lower(), "")
        found = site.resolve(address, posixpath.dirname(page.path))
        target = address if found == "" and "://" in address else found
        if target and target.endswith(".md"):  # fields have whole addresses, or files
            target = site.site_url and site.site_url + page_url(target)
        if not target:
            message = f"the file '{address[:80]}' is not in the old site"
            site.report(page.path, 1, message, "put it into docs/")
            continue
        added = bibtex_entries.link_field(target)
        if field and not (field == "pdf" and "eprint" in added):
            added = {field: target}
        name, value = next(iter(added.items()))
        if not fields.get(name) and (field or name != "url" or not label):
            fields |= added
        elif value != fields.get(name):
            more.append(f"[{label or kind or 'Link'}]({target})")
    fields["additional_info"] = ", ".join(more)


def links(meta: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield kind, label and address of each link of a page."""
    for key, value in meta.items():
        if key.startswith("url_"):
            yield key.removeprefix("url_"), "", text_of(value)
    for link in get_dicts(meta, "links"):
        yield get_text(link, "type", "icon"), get_text(link, "name", "label"), get_text(link, "url")
