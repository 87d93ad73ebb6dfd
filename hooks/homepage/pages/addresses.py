"""Finds the address of a publication on the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..model import Problem, Publication
from ..publications import address_of

Url = Callable[[str], str]
"""Turns the path of a file in docs/ into an address relative to the page that links to it."""


@dataclass(frozen=True)
class Addresses:
    """Finds publications by their slugs, once all pages are known.

    By slug, `works` has every published work, `pages` the path of its own page and `lists` that of the
    page that lists it, if any. `listed` has the slugs on each page that lists any.
    """

    works: Mapping[str, Publication]
    pages: Mapping[str, str]
    lists: Mapping[str, str]
    listed: Mapping[str, Sequence[str]]

    def find(self, slug: str, url: Url) -> str:
        """Return the address of its own page, else in a list, else elsewhere, else ''."""
        work = self.works[slug]
        other = next((link.url for link in work.links if link.external), "")
        return self.own_page(slug, url) or self.in_list(slug, url) or address_of(work) or other

    def own_page(self, slug: str, url: Url) -> str:
        """Return the address of the publication's own page, or ''."""
        return url(self.pages[slug]) if slug in self.pages else ""

    def in_list(self, slug: str, url: Url) -> str:
        """Return the address of the publication in a list, or ''."""
        return f"{url(self.lists[slug])}#{slug}" if slug in self.lists else ""

    def listed_on(self, path: str) -> list[Publication]:
        """Return the publications that a page lists, each once, in order."""
        return [self.works[slug] for slug in dict.fromkeys(self.listed.get(path, ()))]


def addresses(
    works: Sequence[Publication], papers: Mapping[str, Publication], listed: Mapping[str, Sequence[str]]
) -> tuple[Addresses, list[Problem]]:
    """Return the addresses of works, and advice on those that no list shows.

    `papers` are the works with a page of their own, by its path. If several lists show a work, the
    longest one counts.
    """
    by_size = sorted(listed, key=lambda path: len(listed[path]))
    lists = {slug: path for path in by_size for slug in listed[path]}
    pages = {work.slug: path for path, work in papers.items()}
    found = Addresses({work.slug: work for work in works}, pages, lists, listed)
    return found, _unlisted([work for work in works if work.slug not in lists])


def _unlisted(works: list[Publication]) -> list[Problem]:
    if not works:
        return []
    works = sorted(works, key=lambda work: work.position)
    keys = ", ".join(f"'{work.key}'" for work in works[:9]) + ", …" * (len(works) > 9)
    message = f"no list of the site shows {keys} ({len(works)} in all)"
    hint = "talks, posters, software and teaching need a list of their type, such as {type: talk}"
    return [Problem(works[0].entry.path, works[0].entry.line, message, hint, "advice")]
