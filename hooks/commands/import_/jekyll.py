"""What the sites of Jekyll have in common: settings, pages, posts, collections."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from commands.shared.owner import site_address

from .front_matter import Page, inside, tags, text_of, texts_of, titled
from .liquid import Liquid
from .moved import Draft, Move, Source
from .new_home import Home
from .old_markdown import Tell, plain
from .page_drafts import is_empty, post, stem
from .urls import normal

PAGES = (".md", ".markdown", ".html")
_NOT_PAGES = frozenset(
    ("404", "sitemap", "terms", "search", "category-archive", "tag-archive", "archive-layout")
)
_NO_LAYOUTS = ("none", "null", "archive-taxonomy")
_OF_THE_THEME = frozenset(
    "_layouts _includes _sass _plugins _data _pages _posts _drafts _site _bibliography _scripts "
    "_news".split()
)
# Pages that have a place of their own here, by their address or name there.
_PLACES = {
    **{name: f"{name}.md" for name in "publications news cv projects teaching talks portfolio".split()},
    "publication": "publications.md",
    "blog": "blog/index.md",
}
_OF_OTHERS = (  # settings of services that watch visitors
    "google_analytics", "analytics.google.tracking_id", "disqus_shortname", "giscus.repo",
    "cronitor_analytics",
)  # fmt: skip


class Jekyll:
    """One site: its settings, and how its pages are read."""

    def __init__(self, source: Source):
        self.move = Move(source)
        found = self.move.data("_config.yml")
        self.config: dict[str, Any] = found if isinstance(found, dict) else {}
        if "_config.yml" not in self.move.paths:
            message = "the file is missing: who the owner is is not known from it"
            hint = "check that this is the folder of the whole repository"
            self.move.tell("_config.yml", 0, message, hint)
        self.site_url = site_address(text_of(self.config.get("url")))
        if base := text_of(self.config.get("baseurl")).strip("/"):
            self.move.base = f"/{base}"
            if self.site_url:
                self.site_url += f"{base}/"
        self.move.site_url = self.site_url
        self.liquid = Liquid(self.config, self.find)
        self.folders: dict[str, str] = {}  # addresses of collections, by name

    def find(self, name: str) -> str:
        """The address of a page of the old site, named by its file or its collection, or ''."""
        name = name.strip("'\" ")
        if name in self.folders:
            return self.folders[name]
        for draft in self.move.drafts:
            if name and draft.origin in (name, f"_posts/{name}.md", f"_posts/{name}.markdown"):
                return draft.path.removesuffix(".md")
        return name if name in self.move.paths and not name.endswith(PAGES) else ""

    def convert(self, body: str, draft: Draft, tell: Tell) -> str:
        """The body of a page as Markdown."""
        return self.liquid.convert(body, draft.old, tell)

    def address(self, path: str, page: Page) -> str:
        """The address of a page or of a collection's."""
        if link := text_of(page.meta.get("permalink")):
            return link if ":" not in link else ""
        folder, _, name = path.rpartition("/")
        folder = folder.removeprefix("_pages").strip("/")
        return f"{folder.removeprefix('_')}/{name.rpartition('.')[0]}".strip("/")

    def documents(self, folder: str) -> list[tuple[str, Page]]:
        """The pages of a collection, without the template's examples and what is not published."""
        found = []
        for path in self.move.below(folder, ends=PAGES):
            page = self.move.page(path)
            whole = f"{text_of(page.meta.get('title'))}\n{page.meta}\n{page.body}"
            if self.move.is_example(path, whole):
                continue
            if text_of(page.meta.get("published")) == "false":
                message = "the page is not published there, and did not come along"
                self.move.tell(path, 1, message, "copy it into docs/ if you want it", "note")
                continue
            found.append((path, page))
        return found

    def pages(self, home: Home, about: Iterable[str]) -> Page | None:
        """Add the pages; gives the one about the owner, which becomes the home page."""
        first = self.move.first(*about)
        front: Page | None = None
        root = [p for p in self.move.source.paths if "/" not in p and p.endswith((".md", ".markdown"))]
        for path in [*self.move.below("_pages", ends=PAGES), *root]:
            if "/" not in path and re.match(r"[A-Z_]+\.|readme|contributing", path):
                continue
            page = self.move.page(path)
            name = stem(path)
            address = self.address(path, page)
            if path == first or (not first and normal(address) == "" and name in ("about", "index")):
                if self.move.is_example(path, page.body):
                    page = page._replace(body="")
                front = page
                draft = Draft("index.md", "", page.body, path, page.line, old=page.meta)
                self.move.add(draft, "", *_redirects(page))
                self.move.addresses |= {normal(address): "index.md", name: "index.md"}
                continue
            self._page(path, page, name, address, home)
        return front

    def _page(self, path: str, page: Page, name: str, address: str, home: Home) -> None:
        meta, move = page.meta, self.move
        title = titled(plain(text_of(meta.get("title")))) or titled(name.replace("-", " "))
        order = text_of(meta.get("nav_order")) or text_of(meta.get("weight"))
        target = _PLACES.get(normal(address) or name)
        place = target or f"{name}.md"
        if re.fullmatch(r"\d+(?:\.\d+)?", order):
            home.order[place] = float(order)
        layout = text_of(meta.get("layout"))
        if re.split(r"[/.]", path)[-2] in _NOT_PAGES or layout in _NO_LAYOUTS:
            move.settled.add(path)
            move.examples.append(path)
            return
        if move.is_example(path, page.body):
            return
        if is_empty(page.body):
            move.gone.add(normal(address).partition("/")[0])
            what = "the page holds nothing but Liquid, of which the old theme made it"
            from_files = "its content comes from its files, if they came"
            move.tell(path, 1, what, from_files if target else "write it anew if you miss it", "note")
            if target in ("news.md", "publications.md") and title:
                home.titles[target] = title
            return
        described = {"description": plain(text_of(meta.get("description")))[:300]}
        draft = Draft(place, title, page.body, path, page.line, old=meta, meta=described)
        move.add(draft, address, *_redirects(page))

    def posts(self) -> None:
        """Add the posts of the blog."""
        rule = text_of(self.config.get("permalink"))
        for path, page in self.documents("_posts"):
            draft = post(self.move, path, page, text_of(page.meta.get("permalink")))
            if draft and "permalink" not in page.meta and rule.startswith("/"):
                year, month, number = (f"{draft.meta['date']}-1-1".split("-"))[:3]
                name = re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-|\.\w+$", "", path.rpartition("/")[2])
                topics = page.meta.get("categories") or page.meta.get("category")
                kinds = "/".join(tags({"categories": topics}))
                values = {"year": year, "month": month, "day": number} | {
                    "title": name,
                    "categories": kinds,
                }
                old = re.sub(r":(\w+)", lambda m, v=values: v.get(m[1], ""), rule)  # type: ignore[misc]
                self.move.addresses.setdefault(normal(old), draft.path)
                if re.fullmatch(r"[\w./-]+", old):
                    draft.meta["aliases"] = [re.sub("//+", "/", f"/{normal(old)}/")]

    def others(self, known: Iterable[str]) -> list[str]:
        """The folders of further collections."""
        folders = {p.partition("/")[0] for p in self.move.source.paths if p.startswith("_") and "/" in p}
        return sorted(f for f in folders - _OF_THE_THEME.union(known) if self.move.below(f, ends=PAGES))

    def nothing_private(self) -> None:
        """Tell of what was set for machines of others."""
        for key in _OF_OTHERS:
            if text_of(inside(self.config, *key.split("."))) not in ("", "al-folio"):
                hint = "see guide/privacy.md"
                self.move.tell("_config.yml", 0, f"'{key}' did not come along", hint, "note")

    def bibliographies(self, folder: str) -> list[str]:
        """The .bib files of the site: those in its folder for them, else all that there are."""
        ours = self.move.below(folder, ends=(".bib",))
        others = ("assets/bibliography/", "_site/", "node_modules/")
        paths = (path for path in self.move.source.paths if path.lower().endswith(".bib"))
        every = sorted(path for path in paths if not path.startswith(others))
        found = ours or every
        for path in every:
            if path not in found:
                message = "this .bib file lies elsewhere, and did not come along"
                hint = "copy it into docs/, and name it under bibliography"
                self.move.tell(path, 0, message, hint, "note")
        return found


def _redirects(page: Page) -> list[str]:
    """The addresses from which a page redirects."""
    return [a for a in texts_of(page.meta.get("redirect_from")) if a.startswith("/")]
