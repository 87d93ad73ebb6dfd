"""A site of HugoBlox (Wowchemy, Academic): its settings, where its files are, and what it knows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from commands.shared.owner import Owner, site_address

from .front_matter import Page, text_of, true
from .moved import Move, Source
from .new_home import Home
from .urls import normal

_CONFIG = [
    f"{folder}{name}.{kind}"
    for folder in ("config/_default/", "")
    for name in ("hugo", "config")
    for kind in ("yaml", "yml", "toml", "json")
]
TEMPLATE = re.compile(
    r"A highly-customizable Hugo academic|^Academic$|^https?://(?:www\.)?example\.(?:com|org)|^Wowchemy|^Me$",
    re.I,
)
TRANSLATED = re.compile(r"\.(?:[a-z]{2}(?:-[a-z]{2,4})?)\.md$")
POSTS = ("post", "posts", "blog")
WORKS = ("publication", "publications")


class HugoSite:
    """What its readers share; they add to `move` and `home`.

    `names` are those of people by what lists of authors call them, `keys` those of works by the
    addresses of their pages, `author` is the owner's own page.
    """

    def __init__(self, source: Source):
        self.move = Move(source, _where)
        self.home = Home(Owner(""))
        self.names: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.author, self.author_path, self.owner_slug, self.native = Page({}, ""), "", "", ""
        self.config = self._settings(_CONFIG)
        params = self.config.get("params")
        self.params: dict[str, Any] = params if isinstance(params, dict) else {}
        names = [f"config/_default/params.{kind}" for kind in ("yaml", "yml", "toml")]
        self.params |= self._settings(names)
        if not self.config:
            hint = "check that this is the folder of the whole repository"
            self.move.tell("config/_default/hugo.yaml", 0, "there are no settings of Hugo", hint)
        code = self.config.get("languageCode") or self.config.get("defaultContentLanguage")
        self.home.language = text_of(code)
        address = text_of(self.config.get("baseURL")) or text_of(self.config.get("baseurl"))
        self.move.site_url = "" if TEMPLATE.search(address) else site_address(address)

    def _settings(self, paths: Iterable[str]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for path in paths:
            found = self.move.data(path)
            result |= found if isinstance(found, dict) else {}
        return result

    def key_of(self, page: str) -> str:
        """The key of the work that a page's address means, or ''."""
        path = normal(page)
        return self.keys.get(path) or self.keys.get(path.rpartition("/")[2], "")

    def documents(self, *folders: str) -> Iterator[tuple[str, Page]]:
        """The pages in some folders, without examples, drafts and translations."""
        starts = [f"content/{folder}" for folder in folders]
        for path in self.move.below(*starts, ends=(".md", ".markdown")):
            if TRANSLATED.search(path):
                hint = "sites here have one language"
                self.move.tell(path, 1, "a translated page did not come along", hint, "note")
                continue
            page = self.move.page(path)
            said = f"{page.meta.get('title')}\n{page.meta.get('summary')}\n{page.body}"
            if self.move.is_example(path, said) or self.is_draft(path, page):
                continue
            yield path, page

    def is_draft(self, path: str, page: Page) -> bool:
        """Is this page no part of the site yet? Posts are, here, too, drafts."""
        found = true(page.meta.get("draft")) and path.split("/")[1] not in POSTS
        if found:
            hint = "copy it into docs/ if you want it"
            self.move.tell(path, 1, "a draft did not come along", hint, "note")
        return found


def _where(path: str) -> Iterable[str]:
    """The files that an address may mean."""
    folders = ("", "static/", "assets/media/", "assets/", "content/")
    return (*(f"{folder}{path}" for folder in folders), f"assets/media/{posixpath.basename(path)}")
