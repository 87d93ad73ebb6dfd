"""Sites of HugoBlox (Wowchemy, Academic), read."""

from __future__ import annotations

import posixpath
from typing import Any

from . import hugo_pages, hugo_people, hugo_works, vita
from .front_matter import dicts_of, inside, text_of
from .hugo_people import item
from .hugo_site import TEMPLATE, TRANSLATED, HugoSite
from .moved import Draft, Moved, Source
from .new_home import finished
from .old_markdown import Tell, plain
from .page_drafts import is_empty, names_of, vita_pages
from .shortcodes import Shortcodes
from .staying import PICTURES


def read(source: Source, name: str = "") -> Moved:
    """What of such a site comes here; `name` is the owner's, where the site does not say it."""
    site = HugoSite(source)
    move = site.move
    hugo_people.people(site)
    name, site.native = names_of(name or _name(site))
    site.names |= {"admin": name, "me": name, site.owner_slug or "me": name}
    move.owner_family = name.split()[-1] if name else ""
    front(site)
    hugo_works.works(site)
    hugo_pages.folders(site)
    hugo_people.owner(site, name)
    hugo_people.vita_of(site)
    hugo_pages.menu(site)
    site.home.people.pop(name, None)
    for path in move.below("static/uploads", "static/files", "static/pdf", "static/media"):
        if not path.lower().endswith(PICTURES) and "demo_resume" not in path:
            move.published(path, path.removeprefix("static/"))
    if domain := move.domain("static/CNAME", "CNAME"):
        site.home.settings["domain"] = domain
    if text_of(inside(site.params, "marketing", "analytics", "google_analytics")):
        hint = "see guide/privacy.md"
        move.tell("config/_default/params.yaml", 0, "the analytics did not come along", hint, "note")
    codes = Shortcodes(site.key_of, lambda slug: site.names.get(slug, slug))

    def convert(body: str, _draft: Draft, tell: Tell) -> str:
        return codes.convert(body, tell)

    return finished(move, site.home, convert)


def _name(site: HugoSite) -> str:
    meta = site.author.meta
    given, title = meta.get("name"), plain(text_of(site.config.get("title")))
    whole = " ".join(filter(None, (text_of(inside(given, k)) for k in ("given", "family"))))
    parts = [meta.get("title"), given, inside(given, "display"), whole]
    found = next((t for p in parts if (t := plain(text_of(p)))), "")
    return found or ("" if TEMPLATE.search(title) else title)


def front(site: HugoSite) -> None:
    """The biography, then the texts that the home page had, its other parts are told."""
    draft = Draft("index.md", "", site.author.body, site.author_path, site.author.line)
    draft.pictures = posixpath.dirname(site.author_path)
    site.move.add(draft, "", f"authors/{site.owner_slug}", f"author/{site.owner_slug}")
    parts: list[tuple[float, str]] = []
    for path in ("content/_index.md", "content/index.md"):
        if path not in site.move.paths:
            continue
        page = site.move.page(path)
        for place, block in enumerate(dicts_of(page.meta.get("sections"))):
            _block(
                site, path, text_of(block.get("block")), inside(block, "content"), float(place), parts
            )
        if not is_empty(page.body):
            parts.append((-1.0, page.body))
    for path in site.move.below("content/home", ends=(".md",)):
        page = site.move.page(path)
        if (
            text_of(page.meta.get("active")) == "false"
            or TRANSLATED.search(path)
            or path.endswith("/index.md")
        ):
            continue
        weight = text_of(page.meta.get("weight"))
        content = {**page.meta, "text": page.body}
        kind = text_of(page.meta.get("widget")) or "blank"
        _block(site, path, kind, content, float(weight) if weight.isdigit() else 0.0, parts)
    draft.body += "".join(f"\n\n{text}" for _, text in sorted(parts, key=lambda part: part[0]))


def _block(
    site: HugoSite, path: str, kind: str, content: Any, place: float, parts: list[tuple[float, str]]
) -> None:
    title, text = plain(text_of(inside(content, "title"))), text_of(inside(content, "text"))
    items = [
        *dicts_of(inside(content, "items")),
        *dicts_of(inside(content, "item")),
        *dicts_of(inside(content, "experience")),
    ]
    kind = kind.removeprefix("resume-").removeprefix("v1/")
    if kind in ("experience", "accomplishments", "awards") and items:
        heading = "Experience" if kind == "experience" else "Awards"
        vita_pages(site.move, [vita.Section(heading, [item(i) for i in items])], path)
    elif kind in ("markdown", "blank", "hero", "text", "cta-card", "contact") and not is_empty(text):
        if not site.move.is_example(path, text):
            parts.append((place, f"## {title}\n\n{text}" if title else text))
    elif kind not in (
        "about",
        "about.avatar",
        "about.biography",
        "biography",
        "biography-3",
        "collection",
        "publications",
        "pages",
        "experience",
        "awards",
        "skills",
        "languages",
        "portfolio",
        "featured",
        "tag_cloud",
        "markdown",
        "blank",
        "talks",
        "projects",
        "posts",
    ):
        site.move.tell(
            path,
            0,
            f"the part '{title or kind}' of the home page did not come along",
            "write it anew if you miss it",
            "note",
        )
