"""Imports sites of academicpages."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from commands.shared.owner import Owner

from . import accounts, cv_formats
from .academicpages_publications import add_publications
from .front_matter import get_dicts, get_text, text_of
from .jekyll import Jekyll
from .markdown import plain
from .new_site import Imported, assemble
from .old_site import Source
from .pages import add_cv_pages, split_name
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
_NO_ACCOUNTS = ("name", "avatar", "bio", "location", "employer", "email", "pronouns")


def read(source: Source, name: str = "") -> Imported:
    """Return what is imported; `name` is the owner's if the site does not have it."""
    site = Jekyll(source)
    author = site.config.get("author")
    author = author if isinstance(author, dict) else {}
    names = [_own(author, "name"), _own(site.config, "name"), _own(site.config, "title")]
    written = name or next(filter(None, names), "") or get_text(site.config, "author")
    name, native = split_name(written)
    site.new.language = get_text(site.config, "locale")
    site.add_pages("_pages/about.md", "_pages/about.html", "index.md")
    _read_menu(site)
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


def _read_menu(site: Jekyll) -> None:
    for position, item in enumerate(get_dicts(site.data("_data/navigation.yml"), "main")):
        address = normalize(get_text(item, "url"))
        path = site.addresses.get(address, f"{address}.md")
        site.new.order["blog/index.md" if path == "year-archive.md" else path] = 2.0 + position


def _add_cv(site: Jekyll) -> None:
    path = "_data/cv.json"
    if path not in site.paths or site.is_example(path, site.text(path)):
        return
    found = cv_formats.read(site.data(path))
    if found and not any(draft.path == "cv.md" for draft in site.drafts):
        add_cv_pages(site, found.sections, "")
