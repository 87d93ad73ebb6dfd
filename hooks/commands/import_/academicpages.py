"""Imports sites of academicpages, where each publication is a page, some with a .bib file."""

import re
from dataclasses import replace
from typing import Any

from commands.shared.command_names import command_line
from commands.shared.owner import Owner
from homepage.bibtex import read as read_bibtex
from homepage.common import identifiers, safe_url, slugify

from . import accounts, bibtex_entries, cv
from .front_matter import Page, get_dicts, get_text, text_of, texts_of
from .jekyll import Jekyll
from .markdown import plain
from .migration import Draft
from .new_site import Imported, assemble, set_bibliography
from .old_site import Source
from .pages import add_cv_pages, date_of, is_empty, split_name
from .urls import normalize

_TEMPLATE = re.compile(
    r"^(?:Your Name|Your Sidebar Name|Your Name / Site Title|personal description|Red Brick University"
    r"|Earth|Short biography for the left-hand sidebar|none@example\.org)$",
    re.I,
)
_PLACEHOLDER = re.compile(r"your(?:profile|orcid|name|user|url|own)|^#|bsky\.app$", re.I)
_TEMPLATE_FILES = re.compile(r"files/(?:paper|slides|bibtex)\d\.\w+")
_COLLECTIONS = {
    "_talks": ("talks", True), "_teaching": ("teaching", True), "_portfolio": ("portfolio", False),
}  # fmt: skip
_STOCK_PAGES = frozenset(
    "archive-layout-with-content markdown non-menu-page talkmap terms page-archive collection-archive "
    "category-archive categories tag-archive tags sitemap".split()
)
_NO_ACCOUNTS = ("name", "avatar", "bio", "location", "employer", "email", "pronouns")
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


def read(source: Source, name: str = "") -> Imported:
    """Return what is imported; `name` is the owner's if the site does not have it."""
    site = Jekyll(source)
    author = site.config.get("author")
    author = author if isinstance(author, dict) else {}
    names = [_own(author, "name"), _own(site.config, "name"), _own(site.config, "title")]
    written = name or next(filter(None, names), "") or get_text(site.config, "author")
    name, native = split_name(written)
    site.new.old_name = split_name(next(filter(None, names), ""))[0]
    site.new.language = get_text(site.config, "locale")
    menu = get_dicts(site.data("_data/navigation.yml"), "main")
    site.stock |= _STOCK_PAGES - {_address(site, item) for item in menu}
    site.add_pages("_pages/about.md", "_pages/about.html", "index.md")
    site.new.owner = replace(_owner(site, author, name), native=native)
    add_publications(site, name)
    site.add_collections(_COLLECTIONS, without="_publications")
    site.add_posts()
    _add_cv(site)
    for path in site.below("files"):
        if _TEMPLATE_FILES.fullmatch(path) and path not in site.handled:
            site.skip_example(path)
        elif not path.lower().endswith(".bib"):
            site.import_unlinked(path)
    _read_menu(site, menu)
    site.import_domain("CNAME")
    site.report_tracking()
    return assemble(site)


def _own(values: dict[str, Any], key: str) -> str:
    """Return a text, '' if it is still the template's."""
    text = plain(get_text(values, key))
    return "" if _TEMPLATE.match(text) else text


def _owner(site: Jekyll, author: dict[str, Any], name: str) -> Owner:
    links = [accounts.mail(_own(author, "email"))]
    for key, account in author.items():
        if key not in _NO_ACCOUNTS and not _PLACEHOLDER.search(text_of(account)):
            links.append(accounts.profile(key, text_of(account)))
    links.append(accounts.profile("work", get_text(author, "uri")))
    image = get_text(author, "avatar").lstrip("/")
    portrait = site.first(f"images/{image}", image)
    if location := _own(author, "location"):
        hint = "write it on the home page if you want it there"
        site.note("_config.yml", 0, f"the location '{location}' was not imported", hint)
    employer = _own(author, "employer")
    return Owner(
        name,
        job_title=_own(author, "bio"),
        affiliation=(employer,) if employer else (),
        description=_own(site.config, "description"),
        links=tuple(filter(None, links)),
        site_url=site.site_url if "academicpages.github.io" not in site.site_url else "",
        portrait=site.import_file(portrait, portrait.rpartition("/")[2]) if portrait else "",
    )


def _address(site: Jekyll, item: dict[str, Any]) -> str:
    """Return the address of an item of the menu, without the host if it is on the old site."""
    address = get_text(item, "url").strip()
    return normalize(address.removeprefix(site.site_url.rstrip("/")) if site.site_url else address)


def _read_menu(site: Jekyll, menu: list[dict[str, Any]]) -> None:
    """Show in the menu what the old one had; other pages stay pages that links lead to."""
    new, shown = site.new, {"index.md"}
    made = {draft.path for draft in site.drafts} | {"publications.md", "blog/index.md", "talks.md"}
    for position, item in enumerate(menu):
        address, written = _address(site, item), get_text(item, "url").strip()
        path = site.addresses.get(address, f"{address}.md")
        path = "blog/index.md" if path == "year-archive.md" else path
        if path not in made:
            path = written if safe_url(written) and "://" in written else site.resolve(written) or ""
        if path and path != "index.md":
            shown.add(path)
            new.order[path] = 2.0 + position
            new.menu[path] = plain(get_text(item, "title")) or path
    if len(shown) > 1:
        pages = {draft.path for draft in site.drafts if "/" not in draft.path}
        new.hidden = (pages | {"news.md", "publications.md", "blog/index.md"}) - shown


def _add_cv(site: Jekyll) -> None:
    path = "_data/cv.json"
    if path not in site.paths or site.is_example(path, site.text(path)):
        return
    found = cv.parse(site.data(path))
    if found and not any(draft.path == "cv.md" for draft in site.drafts):
        add_cv_pages(site, found.sections, "")


def add_publications(site: Jekyll, owner: str) -> None:
    """Write one bibliography from the pages of publications; without any, use the .bib files."""
    taken: set[str] = set()
    texts = []
    for page in site.documents("_publications"):
        if not any(page.text(name) for name in ("title", "citation", "authors", "bibtexurl")):
            site.report(page.path, 1, "a publication without a title was not imported", "give it one")
            continue
        key, text = _entry(site, page, owner, taken)
        texts.append(text)
        path, address = f"publications/{slugify(key)}.md", site.address_of(page)
        if is_empty(page.body):
            site.addresses.setdefault(normalize(address), path)
        else:
            site.add(Draft(path, "", page), address)
    used = [p for p in site.source.paths if p.endswith(".bib") and p in site.handled]
    set_bibliography(site, texts, [p for p in site.bibliographies("_bibliography") if p not in used])


def _entry(site: Jekyll, page: Page, owner: str, taken: set[str]) -> tuple[str, str]:
    """Return key and text of an entry: its .bib file with missing fields, or made of front matter."""
    title = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", page.title) or page.path.rpartition("/")[2]
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
    authors = [plain(name) for name in texts_of(page.meta.get("authors")) if name.strip()]
    if len(authors) == 1:
        authors = bibtex_entries.names_in(authors[0])
    authors = authors or next(
        filter(None, (bibtex_entries.authors_of(page.text(f), title) for f in ("citation", "excerpt"))),
        [],
    )
    if not authors:
        message = f"the authors of '{title[:60]}' cannot be read from its citation"
        hint = "write them into its entry in publications.bib"
        if doi := identifiers.doi(fields.get("doi", "")):
            hint = f"{command_line('add')} {doi} completes it"
        site.report(page.path, 1, message, hint)
    venue = page.plain("venue")
    kind = _type(page.text("category").lower(), venue)
    when = bibtex_entries.date_fields(date_of(page) or page.text("date") or page.text("year"))
    key = bibtex_entries.new_key(authors or [owner], when.get("year", ""), title, taken)
    known = {"title": title, "author": " and ".join(authors)}
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
