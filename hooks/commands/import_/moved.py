"""Moving in: what an old site holds, what of it comes here, and what does not."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from commands.shared.owner import Owner
from homepage.common import decode, slugify
from homepage.model import Problem

from . import allowed_files, front_matter
from .front_matter import Page
from .staying import is_example
from .urls import normal, url

_LONG = 500_000  # bytes of a page


class Source(NamedTuple):
    """An old site: the paths of its files, and a function that reads one."""

    paths: tuple[str, ...]
    read: Callable[[str], bytes]


class Moved(NamedTuple):
    """What becomes of an old site: texts and copies of its files, by their paths in docs/.

    `nav` has titles and paths, `people` is what people.yml says of others, `settings` belongs below
    extra.homepage. `counts` says how much was found of what, `dead` how many links lead nowhere now,
    `language` what theme.language is to be, if the old site says it.
    """

    owner: Owner
    texts: dict[str, str]
    copies: dict[str, str]
    nav: list[tuple[str, str]]
    people: dict[str, dict[str, object]]
    settings: dict[str, object]
    counts: dict[str, int]
    problems: list[Problem]
    dead: int
    language: str


@dataclass
class Draft:
    """A page to be: its body is still the old site's, found in `origin` from `line` on.

    `meta` is its front matter here, `old` that of there; `top` and `end` are Markdown of ours.
    """

    path: str
    title: str
    body: str = ""
    origin: str = ""
    line: int = 1
    meta: dict[str, Any] = field(default_factory=dict)
    old: dict[str, Any] = field(default_factory=dict)
    top: str = ""
    end: str = ""
    pictures: str = ""  # a folder whose pictures the body names without it
    ours: bool = False  # the body is written here already, and its directives count


class Move:
    """Collects what comes along. `where` gives the paths that an address of the old site may mean."""

    def __init__(self, source: Source, where: Callable[[str], Iterable[str]] = lambda path: [path]):
        self.source = source
        self.paths = frozenset(source.paths)
        self.where = where
        self.site_url = self.base = ""
        self.owner_family = ""
        self.drafts: list[Draft] = []
        self.addresses: dict[str, str] = {}  # of the old site, to paths in docs/
        self.copies: dict[str, str] = {}
        self.refused: set[str] = set()  # addresses of files that may not come
        self._faults: dict[
            tuple[str, str], allowed_files.Fault | None
        ] = {}  # of files, by where they go
        self.problems: list[Problem] = []
        self._told: set[Problem] = set()
        self._taken: set[str] = set()  # the paths of drafts
        self.settled: set[str] = set()  # paths that came, or about which something was told
        self.examples: list[str] = []
        self.dead: set[tuple[str, str]] = set()  # links in our pages to what is not there
        self.gone: set[str] = set()  # addresses of pages that the old theme made

    # -- reading ------------------------------------------------------------

    def below(self, *folders: str, ends: tuple[str, ...] = ()) -> list[str]:
        """The files in some folders and below, in order."""
        starts = tuple(f"{folder}/" for folder in folders)
        found = (path for path in self.source.paths if path.startswith(starts))
        return sorted(path for path in found if not ends or path.lower().endswith(ends))

    def first(self, *paths: str) -> str:
        """The first of some paths that is there, or ''."""
        return next((path for path in paths if path in self.paths), "")

    def text(self, path: str) -> str:
        """The text of a file, in whatever encoding; how it is read is told."""
        self.settled.add(path)
        found, problems = decode(self.source.read(path), path)
        self._note(problems)
        return found

    def page(self, path: str) -> Page:
        """A page with its front matter; one that is too long for a page is only told."""
        if len(self.source.read(path)) > _LONG:
            self.tell(
                path, 1, "the page is too long, and did not come along", "copy it into docs/ yourself"
            )
            return Page({}, "")
        found, problems = front_matter.split(self.text(path), path)
        self._note(problems)
        return found

    def data(self, path: str) -> Any:
        """What a file of data says, '' where there is none."""
        if path not in self.paths:
            return ""
        found, problems = front_matter.data(self.text(path), path)
        self._note(problems)
        return "" if problems else found

    def tell(self, path: str, line: int, message: str, hint: str, severity: str = "warning") -> None:
        """Say what did not come, or not as it was."""
        self.settled.add(path)
        self._note([Problem(path, line, message, hint, severity)])

    def _note(self, problems: Iterable[Problem]) -> None:
        new = [problem for problem in problems if problem not in self._told]
        self._told.update(new)
        self.problems += new

    def domain(self, *paths: str) -> str:
        """The domain that the first of some files named CNAME says, or ''."""
        words = self.text(path).split() if (path := self.first(*paths)) else []
        return words[0] if words and _HOST.fullmatch(words[0]) else ""

    def is_example(self, path: str, text: str) -> bool:
        """Is this one of the template's own examples? Those stay behind, and are told together."""
        found = is_example(text, self.owner_family)
        if found:
            self.settled.add(path)
            self.examples.append(path)
        return found

    # -- files and addresses ------------------------------------------------

    def published(self, path: str, to: str = "") -> None:
        """Let a file come along that no page may name, if it is of a kind that is harmless."""
        if allowed_files.is_kind(path) and not path.lower().endswith(".svg"):
            self.bring(path, to)

    def bring(self, path: str, to: str = "") -> str:
        """Let a file of the old site come along; gives its path in docs/, '' if it may not."""
        to = to or path
        if (path, to) not in self._faults:
            self._faults[path, to] = allowed_files.fault(to, self.source.read(path))
        if fault := self._faults[path, to]:
            hint = "look at it, and copy it into docs/ yourself if you trust it"
            self.tell(path, fault.line, f"the file did not come along: {fault.what}", hint)
            return ""
        self.settled.add(path)
        while self.copies.get(to, path) != path:
            stem, dot, end = to.rpartition(".")
            to = f"{stem}-{slugify(posixpath.dirname(path))}{dot}{end}"
        self.copies[to] = path
        return to

    def add(self, draft: Draft, *addresses: str) -> Draft:
        """Add a page, which had these addresses; two that would share a file are parted."""
        stem, number, draft.path = draft.path.removesuffix(".md"), 2, draft.path
        while draft.path in self._taken:
            draft.path, number = f"{stem}-{number}.md", number + 1
        self._taken.add(draft.path)
        self.drafts.append(draft)
        self.settled.add(draft.origin)
        for address in filter(None, addresses):
            self.addresses.setdefault(normal(address), draft.path)
        moved_from = [a for a in addresses if a and normal(a) not in (normal(url(draft.path)), "")]
        if moved_from:
            old = dict.fromkeys(f"/{normal(a)}/" for a in moved_from if _PLAIN.fullmatch(normal(a)))
            draft.meta.setdefault("aliases", []).extend(old)
        return draft

    def resolve(self, address: str, draft: Draft) -> str | None:
        """The path in docs/ of what an address of the old site means; '' leaves it as it is.

        None is what does not come along.
        """
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        path = unquote(parts.path)
        if self.site_url and address.startswith(self.site_url):
            path = "/" + unquote(
                address[len(self.site_url) :].partition("#")[0].partition("?")[0]
            ).lstrip("/")
        elif parts.scheme or parts.netloc or not path:
            return ""
        if self.base and (path + "/").startswith(f"{self.base}/"):
            path = path[len(self.base) :] or "/"
        for candidate in self._candidates(path, draft):
            for found in (candidate, candidate.lower()):
                if normal(found) in self.addresses:
                    return self.addresses[normal(found)]
        for candidate in self._candidates(path, draft):
            for file in self.where(candidate):
                if file not in self.paths or file.lower().endswith((".md", ".markdown")):
                    continue
                to = self.in_docs(file, candidate)
                if allowed_files.is_kind(file) and (found := self.bring(file, to)):
                    return found
                self.refused.add(address)
        return None

    def in_docs(self, file: str, address: str) -> str:
        """Where a file goes: where its address was, so that links from elsewhere still lead to it."""
        if file.startswith("content/"):
            folder = slugify(posixpath.dirname(file).rpartition("/")[2])
            return f"assets/img/{folder}/{posixpath.basename(file)}"
        return address or file

    def _candidates(self, path: str, draft: Draft) -> list[str]:
        starts = (
            [""]
            if path.startswith("/")
            else [
                draft.pictures,
                posixpath.dirname(draft.origin),
                posixpath.dirname(draft.path),
                "",
            ]
        )
        joined = [posixpath.normpath(posixpath.join(start, path.lstrip("/"))) for start in starts]
        return [j for j in dict.fromkeys(joined) if not j.startswith("..") and not j.startswith("/")]


_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]+", re.I)
_PLAIN = re.compile(r"(?!.*\.\.)[\w./~-]+")
