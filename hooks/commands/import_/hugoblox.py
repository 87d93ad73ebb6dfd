"""Imports sites of HugoBlox (formerly Wowchemy and Academic)."""

from __future__ import annotations

from typing import Any

from . import cv
from .front_matter import get, get_dicts, get_text, get_texts
from .hugo_pages import add_folders, read_menu
from .hugo_people import add_owner_cv, cv_item, owner_of, read_people
from .hugo_publications import add_publications
from .hugo_site import TEMPLATE, TRANSLATED, HugoSite
from .left_behind import PICTURES
from .markdown import plain
from .migration import Draft
from .new_site import Imported, assemble
from .old_site import Source
from .pages import add_cv_pages, is_empty, split_name

_CV_BLOCKS = {"experience": "Experience", "accomplishments": "Awards", "awards": "Awards"}
_TEXT_BLOCKS = ("markdown", "blank", "hero", "text", "cta-card", "contact")
# Blocks whose content is imported from elsewhere, or which may be empty.
_OTHER_BLOCKS = frozenset(
    "about about.avatar about.biography biography biography-3 collection publications pages experience "
    "awards skills languages portfolio featured tag_cloud markdown blank talks projects posts".split()
)


def read(source: Source, name: str = "") -> Imported:
    """Return what is imported; `name` is the owner's if the site does not have it."""
    site = HugoSite(source)
    read_people(site)
    name, native = split_name(name or _name(site))
    site.names |= {"admin": name, "me": name, site.owner_slug or "me": name}
    site.owner_family = name.split()[-1] if name else ""
    _add_home_page(site)
    add_publications(site)
    add_folders(site)
    site.new.owner = owner_of(site, name, native)
    add_owner_cv(site)
    read_menu(site)
    site.new.people.pop(name, None)
    for path in site.below("static/uploads", "static/files", "static/pdf", "static/media"):
        if not path.lower().endswith(PICTURES) and "demo_resume" not in path:
            site.import_unlinked(path, path.removeprefix("static/"))
    site.import_domain("static/CNAME", "CNAME")
    if get_text(site.params, "marketing.analytics.google_analytics"):
        message = "the settings of Google Analytics were not imported"
        site.note("config/_default/params.yaml", 0, message, "see guide/privacy.md")
    return assemble(site)


def _name(site: HugoSite) -> str:
    parts = " ".join(get_texts(site.author.meta, "name.given", "name.family"))
    written = [*get_texts(site.author.meta, "title", "name", "name.display"), parts]
    title = plain(get_text(site.config, "title"))
    written += [] if TEMPLATE.search(title) else [title]
    return next(filter(None, map(plain, written)), "")


def _add_home_page(site: HugoSite) -> None:
    """Add the biography, and below it the texts of the old home page."""
    parts: list[tuple[float, str]] = []
    for path in ("content/_index.md", "content/index.md"):
        if path in site.paths:
            page = site.page(path)
            for position, block in enumerate(get_dicts(page.meta, "sections")):
                text = _add_block(site, path, get_text(block, "block"), get(block, "content"))
                parts.append((float(position), text))
            if not is_empty(page.body):
                parts.append((-1.0, page.body))
    for path in site.below("content/home", ends=".md"):
        page = site.page(path)
        if (
            page.text("active") != "false"
            and not TRANSLATED.search(path)
            and not path.endswith("/index.md")
        ):
            weight = page.text("weight")
            text = _add_block(
                site, path, page.text("widget") or "blank", {**page.meta, "text": page.body}
            )
            parts.append((float(weight) if weight.isdigit() else 0.0, text))
    texts = [text for _, text in sorted(parts, key=lambda part: part[0]) if text]
    body = "\n\n".join([site.author.body, *texts])
    addresses = (f"{folder}/{site.owner_slug}" for folder in ("authors", "author"))
    draft = Draft("index.md", "", site.author._replace(body=body))
    site.add(draft, *addresses)


def _add_block(site: HugoSite, path: str, kind: str, content: Any) -> str:
    """Return the text of a block of the home page, or add its items to the CV."""
    title, text = plain(get_text(content, "title")), get_text(content, "text")
    items = get_dicts(content, "items", "item", "experience")
    kind = kind.removeprefix("resume-").removeprefix("v1/")
    if kind in _CV_BLOCKS and items:
        section = cv.Section(_CV_BLOCKS[kind], [cv_item(item) for item in items])
        add_cv_pages(site, [section], path)
    elif kind in _TEXT_BLOCKS and not is_empty(text):
        if not site.is_example(path, text):
            return f"## {title}\n\n{text}" if title else text
    elif kind not in _OTHER_BLOCKS:
        message = f"the block '{title or kind}' of the home page was not imported"
        site.note(path, 0, message, "write it again if you need it")
    return ""
