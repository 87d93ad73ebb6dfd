"""The pages, posts, projects and talks of a site of HugoBlox, and its menu."""

from __future__ import annotations

import posixpath

from homepage.common import slugify

from . import vita
from .front_matter import Page, dicts_of, inside, text_of, texts_of
from .hugo_people import item
from .hugo_site import POSTS, TRANSLATED, WORKS, HugoSite
from .moved import Draft
from .old_markdown import plain
from .page_drafts import collection, day, is_empty, post, stem
from .staying import PICTURES
from .urls import normal

_FOLDERS = {  # title, where they go, and is it a timeline
    "event": ("Talks", "talks", True), "events": ("Talks", "talks", True),
    "talk": ("Talks", "talks", True), "talks": ("Talks", "talks", True),
    "project": ("Projects", "projects", False), "projects": ("Projects", "projects", False),
    "teaching": ("Teaching", "teaching", False), "courses": ("Courses", "courses", False),
}  # fmt: skip


def folders(site: HugoSite) -> None:
    """Add what the folders of content/ hold, each in its way."""
    there = dict.fromkeys(
        p.split("/")[1] for p in site.move.source.paths if p.startswith("content/") and p.count("/") > 1
    )
    used = {"authors", "author", "home", "admin", *WORKS}
    done: set[str] = set()
    for folder in [f for f in there if f not in used]:
        pages = list(site.documents(folder))
        if folder in _FOLDERS:
            title, here, dated = _FOLDERS[folder]
            if here in done:
                continue
            done.add(here)
            alike = [
                f for f, value in _FOLDERS.items() if value[1] == here and f in there and f != folder
            ]
            pages += list(site.documents(*alike)) if alike else []
            _collection(site, title, here, pages, dated)
        elif folder in POSTS:
            for path, page in pages:
                if not path.endswith("/_index.md"):
                    post(site.move, path, page, normal(path.removeprefix("content/")))
                else:
                    site.move.settled.add(path)
        elif folder == "news":
            for path, page in pages:
                if not path.endswith("_index.md"):
                    title = plain(text_of(page.meta.get("title")))
                    site.home.news.append(
                        Draft(
                            "news.md",
                            title,
                            page.body,
                            path,
                            page.line,
                            {"when": day(page, path)},
                            page.meta,
                            pictures=posixpath.dirname(path),
                        )
                    )
                    site.move.addresses.setdefault(normal(path.removeprefix("content/")), "news.md")
        elif folder == "slides":
            for path, _ in pages:
                site.move.tell(
                    path, 1, "slides in Markdown did not come along", "print them to a PDF", "note"
                )
        else:
            for path, page in pages:
                _page(site, path, page)
    for path in site.move.below("content", ends=(".md",)):
        single = path.count("/") == 1 and path not in ("content/_index.md", "content/index.md")
        if single and not TRANSLATED.search(path):
            page = site.move.page(path)
            if not site.is_draft(path, page):
                _page(site, path, page)


def _collection(
    site: HugoSite, title: str, here: str, pages: list[tuple[str, Page]], dated: bool
) -> None:
    works = []
    for path, page in pages:
        if path.endswith("/_index.md"):
            title = plain(text_of(page.meta.get("title"))) or title
            continue
        image = next(
            (
                p
                for p in site.move.below(posixpath.dirname(path))
                if path.endswith("/index.md")
                and posixpath.basename(p).startswith("featured")
                and p.lower().endswith(PICTURES)
            ),
            "",
        )
        if image and page.body.strip():
            name = plain(text_of(page.meta.get("title")))
            page = page._replace(
                body=f"![{name}]({posixpath.basename(image)})\n\n{page.body}", line=page.line - 2
            )
        works.append((path, page))
    index = collection(
        site.move,
        title,
        here,
        works,
        lambda p, _: normal(p.removeprefix("content/")),
        timeline=dated,
    )
    if index:
        for folder in {p.split("/")[1] for p, _ in works}:
            site.move.addresses.setdefault(folder, index.path)


def _page(site: HugoSite, path: str, page: Page) -> None:
    """A page on its own, or one made of blocks, whose texts it keeps."""
    body = page.body
    for block in dicts_of(page.meta.get("sections")):
        content = block.get("content")
        title, text = plain(text_of(inside(content, "title"))), text_of(inside(content, "text"))
        items = dicts_of(inside(content, "items")) if isinstance(content, dict) else []
        if not is_empty(text):
            body += f"\n\n## {title}\n\n{text}" if title else f"\n\n{text}"
        if items and text_of(block.get("block")).startswith("resume-"):
            body += f"\n\n## {title}\n\n{vita.timeline(item(i) for i in items)}"
    address = normal(path.removeprefix("content/"))
    address = address.removesuffix("_index").rstrip("/")
    title = plain(text_of(page.meta.get("title"))) or stem(path).replace("-", " ").capitalize()
    if is_empty(body):
        site.move.gone.add(address.partition("/")[0])
        site.move.tell(
            path,
            1,
            "the page has no text of its own: the old theme made it",
            "write it anew if you miss it",
            "note",
        )
        return
    draft = Draft(
        f"{_slugs(address)}.md",
        title,
        body,
        path,
        page.line,
        old=page.meta,
        pictures=posixpath.dirname(path),
    )
    draft.meta = {
        "description": plain(text_of(page.meta.get("summary")) or text_of(page.meta.get("description")))[
            :300
        ]
    }
    site.move.add(draft, address, *(a for a in texts_of(page.meta.get("aliases")) if a.startswith("/")))


def menu(site: HugoSite) -> None:
    """Note in which order the menu had the pages."""
    paths = [f"config/_default/menus.{kind}" for kind in ("yaml", "yml", "toml")]
    menus = [site.move.data(path) for path in paths]
    menus += [inside(site.config, "menu"), inside(site.config, "menus")]
    made = dict.fromkeys(POSTS, "blog/index.md") | dict.fromkeys(WORKS, "publications.md")
    for found in menus:
        for place, entry in enumerate(dicts_of(inside(found, "main"))):
            weight = text_of(entry.get("weight"))
            address = normal(text_of(entry.get("url")).replace("#", ""))
            path = made.get(address) or site.move.addresses.get(address) or f"{address}.md"
            site.home.order.setdefault(path, float(weight) if weight.isdigit() else 2.0 + place)


def _slugs(address: str) -> str:
    """An address whose parts can be names of files on every system."""
    return "/".join(slugify(part) for part in address.split("/") if part) or "page"
