"""Placeholders: comments that pass through Markdown and are filled when all pages are known."""

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


class Placeholder(NamedTuple):
    """What a place is filled with: the name of a template, and what it shows."""

    template: str
    publications: Sequence[Publication] = ()
    marks: frozenset[str] = frozenset()
    limit: int = 0
    suffixes: dict[str, str] = {}  # noqa: RUF012 - never changed
    parts: Parts = "here"


Placeholders = tuple[Placeholder, ...]  # of one page; a marker has the number of its own


def add(placeholders: list[Placeholder], new: Placeholder) -> str:
    """Add a placeholder to those of a page; gives the Markdown that stands for it."""
    placeholders.append(new)
    return _MARKER.format(len(placeholders) - 1) + "\n"


def with_text(html: str, placeholders: Placeholders, text: Callable[[Placeholder], str]) -> str:
    """The page's HTML with a text for the search in every place."""
    return _replaced(html, placeholders, lambda n: _INDEXED.format(n, text(placeholders[n])))


def without_text(html: str, placeholders: Placeholders) -> str:
    """The page's HTML without what `with_text` has put in."""
    return _replaced(html, placeholders, _MARKER.format)


def filled(html: str, placeholders: Placeholders, render: Callable[[Placeholder], str]) -> str:
    """The page's HTML with every place filled."""
    return _replaced(html, placeholders, lambda n: render(placeholders[n]))


def _replaced(html: str, placeholders: Placeholders, by: Callable[[int], str]) -> str:
    def one(match: re.Match[str]) -> str:
        number = int(match[1])
        return by(number) if number < len(placeholders) else match[0]

    return _MARKERS.sub(one, html) if placeholders else html


def listed(placeholders: Placeholders) -> list[str]:
    """The slugs of the publications that a page lists."""
    lists = (place for place in placeholders if place.template == "publications.html")
    return [work.slug for place in lists for work in place.publications]


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
