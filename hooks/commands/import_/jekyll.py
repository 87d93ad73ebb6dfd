"""What the sites of Jekyll have in common: settings, pages, posts, collections."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from commands.shared.owner import site_address

from .front_matter import Page, inside, text_of, texts_of
from .liquid import Liquid
from .moved import Draft, Move, Source, normal, tags, titled
from .new_home import Home
from .old_markdown import Tell, plain
from .page_drafts import is_empty, post, stem

PAGES = (".md", ".markdown", ".html")
_NOT_PAGES = frozenset(
    ("404", "sitemap", "terms", "search", "category-archive", "tag-archive", "archive-layout")
)
_INDEX = re.compile(r"\{%-?\s*for\s|\{%-?\s*include\s|layout:", re.I)


class Jekyll:
    """One site: its settings, and how its pages are read."""

    def __init__(self, source: Source):
        self.move = Move(source)
        found = self.move.data("_config.yml")
        self.config: dict[str, Any] = found if isinstance(found, dict) else {}
        if "_config.yml" not in self.move.paths:
            self.move.tell(
                "_config.yml",
                0,
                "the file is missing: who the owner is is not known from it",
                "check that this is the folder of the whole repository",
            )
        self.site_url = site_address(text_of(self.config.get("url")))
        self.move.base = (
            "/" + text_of(self.config.get("baseurl")).strip("/")
            if text_of(self.config.get("baseurl")).strip("/")
            else ""
        )
        if self.site_url and self.move.base:
            self.site_url += self.move.base.strip("/") + "/"
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
            if self.move.is_example(
                path, f"{text_of(page.meta.get('title'))}\n{page.meta}\n{page.body}"
            ):
                continue
            if text_of(page.meta.get("published")) == "false":
                self.move.tell(
                    path,
                    1,
                    "the page is not published there, and did not come along",
                    "copy it into docs/ if you want it",
                    "note",
                )
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
                front = page
                if self.move.is_example(path, page.body):
                    page = page._replace(body="")
                    front = page
                redirects = [a for a in texts_of(page.meta.get("redirect_from")) if a.startswith("/")]
                draft = Draft("index.md", "", page.body, path, page.line, old=page.meta)
                self.move.add(draft, "", *redirects)
                self.move.addresses |= {normal(address): "index.md", name: "index.md"}
                continue
            self._page(path, page, name, address, home)
        return front

    def _page(self, path: str, page: Page, name: str, address: str, home: Home) -> None:
        meta, move = page.meta, self.move
        title = titled(plain(text_of(meta.get("title")))) or titled(name.replace("-", " "))
        redirects = [a for a in texts_of(meta.get("redirect_from")) if a.startswith("/")]
        order = text_of(meta.get("nav_order")) or text_of(meta.get("weight"))
        target = {
            "publications": "publications.md",
            "news": "news.md",
            "cv": "cv.md",
            "blog": "blog/index.md",
            "projects": "projects.md",
            "teaching": "teaching.md",
            "talks": "talks.md",
            "portfolio": "portfolio.md",
            "publication": "publications.md",
        }.get(normal(address) or name)
        place = target or f"{name}.md"
        if re.fullmatch(r"\d+(?:\.\d+)?", order):
            home.order[place] = float(order)
        if re.split(r"[/.]", path)[-2] in _NOT_PAGES or text_of(meta.get("layout")) in (
            "none",
            "null",
            "archive-taxonomy",
        ):
            move.settled.add(path)
            move.examples.append(path)
            return
        if move.is_example(path, page.body):
            return
        if is_empty(page.body):
            move.gone.add(normal(address).partition("/")[0])
            what = "the page holds nothing but Liquid, of which the old theme made it"
            hint = (
                "its content comes from its files, if they came"
                if target
                else "write it anew if you miss it"
            )
            move.tell(path, 1, what, hint, "note")
            if target in ("news.md", "publications.md") and title:
                home.titles[target] = title
            return
        move.add(
            Draft(
                place,
                title,
                page.body,
                path,
                page.line,
                old=meta,
                meta={"description": plain(text_of(meta.get("description")))[:300]},
            ),
            address,
            *redirects,
        )

    def posts(self) -> None:
        """Add the posts of the blog."""
        rule = text_of(self.config.get("permalink"))
        for path, page in self.documents("_posts"):
            draft = post(self.move, path, page, text_of(page.meta.get("permalink")))
            if draft and "permalink" not in page.meta and rule.startswith("/"):
                year, month, number = (f"{draft.meta['date']}-1-1".split("-"))[:3]
                name = re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-|\.\w+$", "", path.rpartition("/")[2])
                kinds = "/".join(
                    tags({"categories": page.meta.get("categories") or page.meta.get("category")})
                )
                values = {
                    "year": year,
                    "month": month,
                    "day": number,
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
        theme = {
            "_layouts",
            "_includes",
            "_sass",
            "_plugins",
            "_data",
            "_pages",
            "_posts",
            "_drafts",
            "_site",
            "_bibliography",
            "_scripts",
            "_news",
            *known,
        }
        return sorted(f for f in folders - theme if self.move.below(f, ends=PAGES))

    def nothing_private(self) -> None:
        """Tell of what was set for machines of others."""
        marks = (
            "google_analytics",
            "analytics.google.tracking_id",
            "disqus_shortname",
            "giscus.repo",
            "cronitor_analytics",
        )
        for key in marks:
            if text_of(inside(self.config, *key.split("."))) not in ("", "al-folio"):
                self.move.tell(
                    "_config.yml",
                    0,
                    f"'{key}' did not come along",
                    "see “Without trust” in the README",
                    "note",
                )

    def bibliographies(self, folder: str) -> list[str]:
        """The .bib files of the site: those in its folder for them, else all that there are."""
        ours = self.move.below(folder, ends=(".bib",))
        every = sorted(p for p in self.move.source.paths if p.lower().endswith(".bib"))
        every = [
            p for p in every if not p.startswith(("assets/bibliography/", "_site/", "node_modules/"))
        ]
        found = ours or every
        for path in every:
            if path not in found:
                self.move.tell(
                    path,
                    0,
                    "this .bib file lies elsewhere, and did not come along",
                    "copy it into docs/, and name it under bibliography",
                    "note",
                )
        return found
