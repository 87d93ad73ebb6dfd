"""Imports the pages, posts, projects, talks and the menu of a HugoBlox site."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from homepage.common import slugify

from . import cv
from .front_matter import Page, get, get_dicts, get_text, texts_of
from .hugo_people import cv_item
from .hugo_site import POSTS, PUBLICATIONS, TRANSLATED, HugoSite
from .markdown import plain
from .migration import Draft
from .pages import add_collection, add_post, date_of, is_empty, slug_of
from .urls import normalize

_COLLECTIONS = {  # path without .md: title, is it a timeline, and folders
    "talks": ("Talks", True, ("event", "events", "talk", "talks")),
    "projects": ("Projects", False, ("project", "projects")),
    "teaching": ("Teaching", False, ("teaching",)),
    "courses": ("Courses", False, ("courses",)),
}
_OTHER_FOLDERS = {"authors", "author", "home", "admin", *PUBLICATIONS}


def add_folders(site: HugoSite) -> None:
    """Add the pages in content/, depending on their folder."""
    paths = [p for p in site.source.paths if p.startswith("content/") and p.count("/") > 1]
    there = dict.fromkeys(path.split("/")[1] for path in paths)
    collections = {folder: path for path, (_, _, folders) in _COLLECTIONS.items() for folder in folders}
    done = set(_OTHER_FOLDERS)
    for folder in there:
        if folder in done:
            continue
        done.add(folder)
        if folder in collections:
            path = collections[folder]
            alike = [name for name in _COLLECTIONS[path][2] if name in there and name not in done]
            done.update(alike)
            _add_collection(site, path, [*site.documents(folder), *site.documents(*alike)])
            continue
        for page in site.documents(folder):
            if folder in POSTS:
                if page.path.endswith("/_index.md"):
                    site.handled.add(page.path)
                else:
                    add_post(site, page, site.address_of(page))
            elif folder == "news":
                if not page.path.endswith("_index.md"):
                    site.new.news.append(Draft("news.md", page.title, page, {"when": date_of(page)}))
                    site.addresses.setdefault(site.address_of(page), "news.md")
            elif folder == "slides":
                message = "slides in Markdown were not imported"
                site.note(page.path, 1, message, "save them as a PDF")
            else:
                _add_page(site, page)
    for path in site.below("content", ends=".md"):
        single = path.count("/") == 1 and path not in ("content/_index.md", "content/index.md")
        if single and not TRANSLATED.search(path):
            page = site.page(path)
            if not site.is_draft(page):
                _add_page(site, page)


def _add_collection(site: HugoSite, path: str, pages: Iterable[Page]) -> None:
    title, timeline, _ = _COLLECTIONS[path]
    works = []
    for page in pages:
        if page.path.endswith("/_index.md"):
            title = page.title or title
            continue
        folder = posixpath.dirname(page.path)
        image = site.featured_image(folder) if page.path.endswith("/index.md") else ""
        if image and page.body.strip():
            body = f"![{page.title}]({posixpath.basename(image)})\n\n{page.body}"
            page = page._replace(body=body, line=page.line - 2)
        works.append(page)
    if index := add_collection(site, title, path, works, timeline=timeline):
        for page in works:
            site.addresses.setdefault(page.path.split("/")[1], index)


def _add_page(site: HugoSite, page: Page) -> None:
    """Add a page, with the texts of the blocks it may consist of."""
    body = page.body
    for block in get_dicts(page.meta, "sections"):
        content = block.get("content")
        title, text = plain(get_text(content, "title")), get_text(content, "text")
        if not is_empty(text):
            body += f"\n\n## {title}\n\n{text}" if title else f"\n\n{text}"
        items = get_dicts(content, "items")
        if items and get_text(block, "block").startswith("resume-"):
            body += f"\n\n## {title}\n\n{cv.timeline(map(cv_item, items))}"
    address = site.address_of(page).removesuffix("_index").rstrip("/")
    if is_empty(body):
        site.theme_pages.add(address.partition("/")[0])
        message = "the page has no text of its own: the old theme generated it"
        site.note(page.path, 1, message, "write it again if you need it")
        return
    path = "/".join(slugify(part) for part in address.split("/") if part) or "page"
    title = page.title or slug_of(page.path).replace("-", " ").capitalize()
    meta = {"description": page.plain("summary", "description")[:300]}
    aliases = [alias for alias in texts_of(page.meta.get("aliases")) if alias.startswith("/")]
    site.add(Draft(f"{path}.md", title, page._replace(body=body), meta), address, *aliases)


def read_menu(site: HugoSite) -> None:
    """Read the order of pages in the menu."""
    paths = [f"config/_default/menus.{kind}" for kind in ("yaml", "yml", "toml")]
    menus = [*map(site.data, paths), get(site.config, "menu"), get(site.config, "menus")]
    ours = dict.fromkeys(POSTS, "blog/index.md") | dict.fromkeys(PUBLICATIONS, "publications.md")
    for menu in menus:
        for position, entry in enumerate(get_dicts(menu, "main")):
            weight = get_text(entry, "weight")
            address = normalize(get_text(entry, "url").replace("#", ""))
            path = ours.get(address) or site.addresses.get(address) or f"{address}.md"
            order = float(weight) if weight.isdigit() else 2.0 + position
            site.new.order.setdefault(path, order)
