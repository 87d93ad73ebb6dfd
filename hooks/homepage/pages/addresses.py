"""Where a publication stands on the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from ..model import Problem, Publication
from ..publications import address_of
from .slots import Slots

Url = Callable[[str], str]


class Addresses:
    """Finds a publication by its slug; `url` makes a page's path relative to the page that links.

    `papers` are the publications with a page of their own, by its path. The places of pages may be
    added until the first address in a list is asked for.
    """

    def __init__(
        self, works: Sequence[Publication], pages: Mapping[str, Slots], papers: Mapping[str, Publication]
    ):
        self._works = {work.slug: work for work in works}
        self._pages = pages
        self.papers = papers
        self.path_of = {work.slug: path for path, work in papers.items()}

    def find(self, slug: str, url: Url) -> str:
        """On its own page, in a list, elsewhere, or nowhere ('')."""
        work = self._works[slug]
        other = next((link.url for link in work.links if link.external), "")
        return self.own_page(slug, url) or self.in_list(slug, url) or address_of(work) or other

    def own_page(self, slug: str, url: Url) -> str:
        """The publication's own page, if it has one."""
        return url(self.path_of[slug]) if slug in self.path_of else ""

    def in_list(self, slug: str, url: Url) -> str:
        """The list that shows it, if one does."""
        return f"{url(self._lists[slug])}#{slug}" if slug in self._lists else ""

    def listed_on(self, path: str) -> list[Publication]:
        """The publications that a page lists, each once, in order."""
        slugs = dict.fromkeys(self._pages[path].listed()) if path in self._pages else ()
        return [self._works[slug] for slug in slugs]

    def shows_news(self, path: str) -> bool:
        """Does the page have a list of news?"""
        return any(slot.fragment == "news.html" for slot in self._pages.get(path, ()))

    def unlisted(self) -> list[Problem]:
        """Advice on the works that no list of the site shows, where there are some."""
        missing = [work for slug, work in self._works.items() if slug not in self._lists]
        if not missing:
            return []
        missing.sort(key=lambda work: work.position)
        keys = ", ".join(f"'{work.key}'" for work in missing[:9]) + ", …" * (len(missing) > 9)
        message = f"no list of the site shows {keys} ({len(missing)} in all)"
        hint = "talks, posters, software and teaching want a list of their type, such as {type: talk}"
        return [Problem(missing[0].entry.path, missing[0].entry.line, message, hint, "advice")]

    @cached_property
    def _lists(self) -> dict[str, str]:
        """For each slug the page that lists it; of several the one with most publications."""
        listed = {path: slots.listed() for path, slots in self._pages.items()}
        by_size = sorted(listed, key=lambda path: len(listed[path]))
        return {slug: path for path in by_size for slug in listed[path]}
