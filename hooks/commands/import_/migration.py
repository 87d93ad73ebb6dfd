"""Collects what is imported from an old site: pages, files, and reports about everything else."""

import posixpath
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from commands.shared.owner import Owner
from homepage.common import decode, slugify
from homepage.model import Problem

from . import allowed_files, front_matter, left_behind
from .front_matter import Page
from .markdown import Report
from .old_site import Source
from .urls import normalize, page_url

_MAX_PAGE = 500_000  # bytes
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+", re.I)
_PLAIN_PATH = re.compile(r"(?!.*\.\.)[\w./~-]+")


@dataclass
class Draft:
    """A page of the new site, before its body is converted. `meta` is its new front matter."""

    path: str
    title: str
    page: Page = field(default_factory=lambda: Page({}, ""))
    meta: dict[str, Any] = field(default_factory=dict)
    top: str = ""  # Markdown before and after the body
    end: str = ""
    converted: bool = False  # the body is our Markdown already
    inserted: dict[str, str] = field(default_factory=dict)  # our Markdown, by marks in the body

    @property
    def origin(self) -> str:
        """The path that problems with this page are reported for."""
        return self.page.path or self.path


@dataclass
class NewSite:
    """What is known about the new site as a whole."""

    owner: Owner = field(default_factory=lambda: Owner(""))
    old_name: str = ""  # of the owner, as the old site writes it
    bibliographies: dict[str, str] = field(default_factory=dict)  # texts, by paths in docs/
    news: list[Draft] = field(default_factory=list)
    people: dict[str, dict[str, object]] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    order: dict[str, float] = field(default_factory=dict)  # positions in the menu, by paths in docs/
    titles: dict[str, str] = field(default_factory=dict)  # of generated pages
    hidden: set[str] = field(default_factory=set)  # pages that the old menu did not have
    menu: dict[str, str] = field(default_factory=dict)  # titles by paths in docs/ or addresses elsewhere
    without: frozenset[str] = frozenset()  # lists that the old home page did not show: news, selected
    venues: str = ""
    language: str = ""  # as the old site writes it


class Migration(ABC):
    """Collects what is imported. Each system has a subclass that knows its conventions."""

    def __init__(self, source: Source):
        self.source = source
        self.paths = frozenset(source.paths)
        self.site_url = self.base = ""
        self.owner_family = ""
        self.new = NewSite()
        self.drafts: list[Draft] = []
        self.addresses: dict[str, str] = {}  # of the old site, to paths in docs/
        self.lists: dict[str, tuple[str, str]] = {}  # of collections by name: the page, and Markdown
        self.copies: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.handled: set[str] = set()  # old paths that were imported or reported
        self.examples: list[str] = []
        self.read_pages: dict[str, Page] = {}  # that were read, by their paths
        self.rejected: set[str] = set()  # addresses of files that must not be imported
        self.theme_pages: set[str] = set()  # addresses of pages that the old theme generated

    # -- conventions of a system ----------------------------------------------

    @abstractmethod
    def to_markdown(self, page: Page, body: str, report: Report) -> str:
        """Return the body of a page as Markdown."""

    @abstractmethod
    def address_of(self, page: Page) -> str:
        """Return the address that a page had."""

    def files_at(self, address: str) -> Iterable[str]:
        """Return the paths of files that an address may refer to."""
        return [address]

    # -- reading --------------------------------------------------------------

    def below(self, *folders: str, ends: str | tuple[str, ...] = "") -> list[str]:
        """Return the paths in some folders and below, sorted."""
        starts = tuple(f"{folder}/" for folder in folders)
        return sorted(p for p in self.source.paths if p.startswith(starts) and p.lower().endswith(ends))

    def first(self, *paths: str) -> str:
        """Return the first of some paths that exists, or ''."""
        return next((path for path in paths if path in self.paths), "")

    def text(self, path: str) -> str:
        """Return the text of a file in any encoding."""
        self.handled.add(path)
        found, problems = decode(self.source.read(path), path)
        self.problems += problems
        return found

    def page(self, path: str) -> Page:
        """Return a page with its front matter; it is empty if the file is too long."""
        if len(self.source.read(path)) > _MAX_PAGE:
            self.report(
                path, 1, "the page is too long and was not imported", "copy it into docs/ yourself"
            )
            return Page({}, "", 1, path)
        found, problems = front_matter.split(self.text(path), path)
        self.problems += problems
        self.read_pages[path] = found
        return found

    def data(self, path: str) -> Any:
        """Return the values in a data file, '' if there are none."""
        if path not in self.paths:
            return ""
        found, problems = front_matter.parse(self.text(path), path)
        self.problems += problems
        return "" if problems else found

    def read_settings(self, *paths: str) -> dict[str, Any]:
        """Return the settings in some files, of which later ones override earlier ones."""
        result: dict[str, Any] = {}
        for found in map(self.data, paths):
            result |= found if isinstance(found, dict) else {}
        return result

    def report(self, path: str, line: int, message: str, hint: str, severity: str = "warning") -> None:
        """Report what was not imported, or was changed."""
        self.handled.add(path)
        self.problems.append(Problem(path, line, message, hint, severity))

    def note(self, path: str, line: int, message: str, hint: str) -> None:
        """Report something that is not a mistake."""
        self.report(path, line, message, hint, "note")

    def is_example(self, path: str, text: str) -> bool:
        """Return whether a file is one of the template's examples, which are not imported."""
        found = left_behind.is_example(text, self.owner_family)
        if found:
            self.skip_example(path)
        return found

    def skip_example(self, path: str) -> None:
        """Leave out a file that belongs to the template."""
        self.handled.add(path)
        self.examples.append(path)

    # -- collecting -----------------------------------------------------------

    def import_domain(self, *paths: str) -> None:
        """Set the domain that the first of some CNAME files names."""
        words = self.text(path).split() if (path := self.first(*paths)) else []
        if words and _HOST.fullmatch(words[0]):
            self.new.settings["domain"] = words[0]

    def import_unlinked(self, path: str, to: str = "") -> None:
        """Import a file that perhaps no page links to, if it is of an allowed kind."""
        if allowed_files.is_allowed_name(path) and not path.lower().endswith(".svg"):
            self.import_file(path, to)

    def import_file(self, path: str, to: str = "") -> str:
        """Import a file; return its path in docs/, '' if it is not allowed."""
        wanted = to = to or path
        while self.copies.get(to, path) != path:
            stem, dot, end = to.rpartition(".")
            to = f"{stem}-{slugify(posixpath.dirname(path))}{dot}{end}"
        if to not in self.copies:
            if fault := allowed_files.fault(wanted, self.source.read(path)):
                hint = "look at it, and copy it into docs/ yourself if you trust it"
                self.report(path, fault.line, f"the file was not imported: {fault.what}", hint)
                return ""
            self.copies[to] = path
        self.handled.add(path)
        return to

    def add(self, draft: Draft, *addresses: str) -> Draft:
        """Add a page that had these addresses; its path gets a number if another page has it."""
        stem, number, taken = draft.path.removesuffix(".md"), 2, {d.path for d in self.drafts}
        while draft.path in taken:
            draft.path, number = f"{stem}-{number}.md", number + 1
        self.drafts.append(draft)
        self.handled.add(draft.page.path)
        old = list(dict.fromkeys(normalize(address) for address in addresses if address))
        for address in old:
            self.addresses.setdefault(address, draft.path)
        changed = [a for a in old if a not in (normalize(page_url(draft.path)), "")]
        if changed:
            aliases = [f"/{a}/" for a in changed if _PLAIN_PATH.fullmatch(a)]
            draft.meta.setdefault("aliases", []).extend(aliases)
        return draft

    def resolve(self, address: str, *folders: str) -> str | None:
        """Return the path in docs/ for an address of the old site, which may be relative to folders.

        None means that its target is not imported, '' that the address needs no change.
        """
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        if self.site_url and address.startswith(self.site_url):
            parts = urlsplit("/" + address[len(self.site_url) :].lstrip("/"))
        elif parts.scheme or parts.netloc or not parts.path:
            return ""
        path = unquote(parts.path)
        if self.base and (path + "/").startswith(f"{self.base}/"):
            path = path[len(self.base) :] or "/"
        starts = ("",) if path.startswith("/") else (*folders, "")
        joined = [posixpath.normpath(posixpath.join(start, path.lstrip("/"))) for start in starts]
        candidates = [
            "" if j == "." else j for j in dict.fromkeys(joined) if not j.startswith(("..", "/"))
        ]
        for candidate in candidates:
            for key in map(normalize, (candidate, candidate.lower())):
                if key in self.addresses:
                    return self.addresses[key]
        for candidate in candidates:
            for file in self.files_at(candidate):
                if file in self.paths and not file.lower().endswith((".md", ".markdown")):
                    to = _path_in_docs(file) or candidate
                    if allowed_files.is_allowed_name(file) and (found := self.import_file(file, to)):
                        return found
                    self.rejected.add(address)
        return None


def _path_in_docs(file: str) -> str:
    """Return where a file of a page bundle of Hugo is copied to; '' for all others."""
    if not file.startswith("content/"):
        return ""
    folder = slugify(posixpath.dirname(file).rpartition("/")[2])
    return f"assets/img/{folder}/{posixpath.basename(file)}"
