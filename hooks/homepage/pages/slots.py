"""Places in a page: a comment passes through Markdown, and is filled when all pages are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ..model import Publication

_MARKER = "<!-- hp-slot {} -->"
_INDEXED = "<!-- hp-slot {0} -->{1}<!-- hp-end {0} -->"
_MARKERS = re.compile(r"<!-- hp-slot (\d+) -->(?:.*?<!-- hp-end \1 -->)?", re.S)
_ID = re.compile(r'\sid="([^"]*)"')
_TEMPLATES_IDS = ("hp-content", "hp-news-title", "hp-sections-title")


# Where abstracts and BibTeX of a list are: in it, left to the pages of its works, or left out.
Parts = Literal["here", "elsewhere", "nowhere"]


class Slot(NamedTuple):
    """What a place is filled with: a fragment, and what it shows."""

    fragment: str
    publications: Sequence[Publication] = ()
    marks: frozenset[str] = frozenset()
    limit: int = 0
    suffixes: dict[str, str] = {}  # noqa: RUF012 - never changed
    parts: Parts = "here"


class Slots(list[Slot]):
    """The places of one page."""

    def place(self, slot: Slot) -> str:
        """Keep a place, and give the Markdown that stands for it."""
        self.append(slot)
        return _MARKER.format(len(self) - 1) + "\n"

    def indexed(self, html: str, text: Callable[[Slot], str]) -> str:
        """The page's HTML with what a search is to know of every place."""
        return self._replaced(html, lambda n: _INDEXED.format(n, text(self[n])))

    def bare(self, html: str) -> str:
        """The page's HTML without what is in its places."""
        return self._replaced(html, _MARKER.format)

    def fill(self, html: str, render: Callable[[Slot], str]) -> str:
        """The page's HTML with every place filled."""
        return self._replaced(html, lambda n: render(self[n]))

    def _replaced(self, html: str, by: Callable[[int], str]) -> str:
        def one(match: re.Match[str]) -> str:
            number = int(match[1])
            return by(number) if number < len(self) else match[0]

        return _MARKERS.sub(one, html) if self else html

    def listed(self) -> list[str]:
        """The slugs of the publications that the page lists."""
        return [
            p.slug for slot in self if slot.fragment == "publications.html" for p in slot.publications
        ]


def marks(works: Sequence[Publication]) -> frozenset[str]:
    """All marks that need a note below these works."""
    return frozenset(mark for work in works for mark in work.marks)


def ids(html: str) -> set[str]:
    """The ids of a page with this text: those in it, and those of the templates around it."""
    return {*_TEMPLATES_IDS, *_ID.findall(html)}


def unique(slug: str, used: set[str]) -> str:
    """An id that the page has not yet, which is then used: two lists on it may show the same work."""
    name, number = slug, 2
    while name in used:
        name, number = f"{slug}--{number}", number + 1
    used.add(name)
    return name
