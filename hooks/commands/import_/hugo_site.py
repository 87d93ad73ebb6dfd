"""The settings and the files of a HugoBlox site (formerly Wowchemy and Academic)."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any

from commands.shared.owner import site_address

from .front_matter import Page, get_text, is_true
from .hugo_samples import is_sample
from .left_behind import PICTURES
from .markdown import Report
from .migration import Migration
from .old_site import Source
from .shortcodes import Shortcodes
from .urls import normalize

_CONFIG = [
    f"{folder}{name}.{kind}"
    for folder in ("config/_default/", "")
    for name in ("hugo", "config")
    for kind in ("yaml", "yml", "toml", "json")
]
# Texts of the template that an owner has not replaced.
TEMPLATE = re.compile(
    r"A highly-customizable Hugo academic|^Academic$|^https?://(?:www\.)?example\.(?:com|org)|^Wowchemy|^Me$",
    re.I,
)
TRANSLATED = re.compile(r"\.(?:[a-z]{2}(?:-[a-z]{2,4})?)\.md$")
_CODES = re.compile(r"\{\{[<%][^{}]*[>%]\}\}")  # shortcodes do nothing in titles and summaries
POSTS = ("post", "posts", "blog")
PUBLICATIONS = ("publication", "publications")


class HugoSite(Migration):
    """Imports one site. `author` is the owner's page.

    `names` has the names of people by their folders, `keys` those of publications by the addresses
    of their pages.
    """

    def __init__(self, source: Source):
        super().__init__(source)
        self.names: dict[str, str] = {}
        self.keys: dict[str, str] = {}
        self.author, self.owner_slug = Page({}, ""), ""
        self.folder_pages: dict[str, str] = {}  # paths in docs/ by folders in content/
        self.list_pages: set[str] = set()  # paths of pages that only list a folder
        self.works: set[str] = set()  # paths of publications outside their folder
        self.config = self.read_settings(*_CONFIG)
        params = self.config.get("params")
        self.params: dict[str, Any] = params if isinstance(params, dict) else {}
        paths = (f"config/_default/params.{kind}" for kind in ("yaml", "yml", "toml"))
        self.params |= self.read_settings(*paths)
        if not self.config:
            hint = "check that this is the folder of the whole repository"
            self.report("config/_default/hugo.yaml", 0, "there are no settings of Hugo", hint)
        self.new.language = get_text(self.config, "languageCode", "defaultContentLanguage")
        address = get_text(self.config, "baseURL", "baseurl")
        self.site_url = "" if TEMPLATE.search(address) else site_address(address)
        self.shortcodes = Shortcodes(self._key_of, lambda slug: self.names.get(slug, slug))

    def _key_of(self, address: str) -> str:
        path = normalize(address)
        return self.keys.get(path) or self.keys.get(path.rpartition("/")[2], "")

    def to_markdown(self, page: Page, body: str, report: Report) -> str:  # noqa: ARG002
        """Return the body of a page as Markdown."""
        return self.shortcodes.convert(body, report)

    def address_of(self, page: Page) -> str:
        """Return the address of a page."""
        return normalize(page.path.removeprefix("content/"))

    def files_at(self, address: str) -> Iterable[str]:
        """Return the paths of files that an address may refer to."""
        folders = ("", "static/", "assets/media/", "assets/", "content/")
        return *(
            f"{folder}{address}" for folder in folders
        ), f"assets/media/{posixpath.basename(address)}"

    def documents(self, *folders: str) -> Iterator[Page]:
        """Yield the pages in some folders, without examples, drafts and translations."""
        starts = [f"content/{folder}" for folder in folders]
        for path in self.below(*starts, ends=(".md", ".markdown")):
            if TRANSLATED.search(path):
                message = "a translated page was not imported"
                self.note(path, 1, message, "sites of this template have one language")
                continue
            page = self.page(path)
            meta = {k: _CODES.sub("", v) if isinstance(v, str) else v for k, v in page.meta.items()}
            page = page._replace(meta=meta)
            said = f"{page.meta.get('title')}\n{page.meta.get('summary')}\n{page.body}"
            if is_sample(page):
                self.skip_example(path)
            elif path not in self.works and not self.is_example(path, said) and not self.is_draft(page):
                yield page

    def works_elsewhere(self) -> list[Page]:
        """Return the publications in other folders than theirs."""
        folders = {p.split("/")[1] for p in self.below("content", ends=".md") if p.count("/") > 1}
        pages = self.documents(*sorted(folders - {*PUBLICATIONS, "authors", "author", "home"}))
        found = [page for page in pages if page.meta.get("publication_types")]
        self.works = {page.path for page in found}
        return found

    def is_draft(self, page: Page) -> bool:
        """Return whether a page is an unpublished draft, and report it; drafts of posts are imported."""
        found = is_true(page.meta.get("draft")) and page.path.split("/")[1] not in POSTS
        if found:
            self.note(page.path, 1, "a draft was not imported", "copy it into docs/ if you want it")
        return found

    def featured_image(self, folder: str) -> str:
        """Return the path of the image of a page bundle, or ''."""
        names = {path: posixpath.basename(path) for path in self.below(folder, ends=PICTURES)}
        first = [path for path, name in names.items() if name.startswith("featured")]
        return next(iter(first or [path for path, name in names.items() if "featured" in name]), "")
