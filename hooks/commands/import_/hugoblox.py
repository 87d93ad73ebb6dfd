"""Imports sites of HugoBlox (formerly Wowchemy and Academic)."""

import posixpath
from collections.abc import Iterable
from typing import Any

from homepage.common import slugify

from . import cv
from .front_matter import Page, get, get_dicts, get_text, get_texts, texts_of
from .hugo_people import add_owner_cv, cv_item, owner_of, read_people
from .hugo_publications import add_publications
from .hugo_site import POSTS, PUBLICATIONS, TEMPLATE, TRANSLATED, HugoSite
from .left_behind import PICTURES
from .markdown import plain
from .migration import Draft
from .new_site import Imported, assemble
from .old_site import Source
from .pages import add_collection, add_cv_pages, add_post, date_of, is_empty, slug_of, split_name
from .urls import normalize

_CV_BLOCKS = {"experience": "Experience", "accomplishments": "Awards", "awards": "Awards"}
_TEXT_BLOCKS = ("markdown", "blank", "hero", "text", "cta-card", "contact")
# Blocks whose content is imported from elsewhere, or which may be empty.
_OTHER_BLOCKS = frozenset(
    "about about.avatar about.biography biography biography-3 collection publications pages experience "
    "awards skills languages portfolio featured tag_cloud markdown blank talks projects posts".split()
)
_COLLECTIONS = {  # path without .md: title, is it a timeline, and folders
    "talks": ("Talks", True, ("event", "events", "talk", "talks")),
    "projects": ("Projects", False, ("project", "projects")),
    "teaching": ("Teaching", False, ("teaching",)),
    "courses": ("Courses", False, ("courses",)),
}
_OTHER_FOLDERS = {"authors", "author", "home", "admin", *PUBLICATIONS}


def read(source: Source, name: str = "") -> Imported:
    """Return what is imported; `name` is the owner's if the site does not have it."""
    site = HugoSite(source)
    read_people(site)
    site.new.old_name, native = split_name(_name(site))
    name, native = split_name(name) if name else (site.new.old_name, native)
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
        is_block = not TRANSLATED.search(path) and not path.endswith("/index.md")
        if is_block and page.text("active") != "false":
            weight, kind = page.text("weight"), page.text("widget") or "blank"
            text = _add_block(site, path, kind, {**page.meta, "text": page.body})
            parts.append((float(weight) if weight.isdigit() else 0.0, text))
    texts = [text for _, text in sorted(parts, key=lambda part: part[0]) if text]
    body = "\n\n".join([site.author.body, *texts])
    draft = Draft("index.md", "", site.author._replace(body=body))
    site.add(draft, f"authors/{site.owner_slug}", f"author/{site.owner_slug}")


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
