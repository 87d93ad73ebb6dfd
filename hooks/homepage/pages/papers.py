"""The pages of publications: their texts, their files, and what old addresses lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from markupsafe import Markup, escape

from ..citing import Style, citation
from ..common import Renderer
from ..formats import File
from ..lists import related
from ..model import Problem, Publication
from ..publications import aliases
from . import paper
from .addresses import Addresses, Url
from .redirects import Alias
from .slots import unique


class Papers:
    """All pages of publications of a site, and none where `addresses` has none.

    `works` are shown, newest first; `every` has their versions, too. `notes` explains the marks,
    `exports` are the files of all formats.
    """

    def __init__(
        self,
        works: Sequence[Publication],
        every: Sequence[Publication],
        addresses: Addresses,
        renderer: Renderer,
        label: dict[str, str],
        notes: Callable[[frozenset[str]], list[str]],
        exports: Mapping[str, File],
        styles: Sequence[Style] = (),
    ):
        self.works = works
        self.addresses = addresses
        self.renderer = renderer
        self.label = label
        self.notes = notes
        self.styles = styles
        self.old, self.problems = aliases.find(works, every)
        self.old_slugs = aliases.by_new(self.old)
        self._exports = exports
        self._place = {work.slug: number for number, work in enumerate(works)}

    # -- files ------------------------------------------------------------------

    def paths(self) -> list[str]:
        """The paths of the pages; what is on them is filled in later."""
        return list(self.addresses.papers)

    def redirects(self) -> list[Alias]:
        """The addresses that pages had before, or versions would have."""
        paths = self.addresses.path_of
        return [
            Alias(f"publications/{old}.md", paths[new]) for old, new in self.old.items() if new in paths
        ]

    def check(self, paths: Iterable[str], docs: str) -> list[Problem]:
        """Tell of the owner's pages, among all pages, that seem meant for a publication but are not."""
        return aliases.strays(paths, self.addresses.path_of, self.old, docs)

    # -- pages ------------------------------------------------------------------

    def meta(self, path: str) -> dict[str, Markup]:
        """Title and description of a page, escaped as Material expects them; of other pages none."""
        work = self.addresses.papers.get(path)
        if not work:
            return {}
        return {
            "title": escape(work.title.plain),
            "description": escape(paper.description(work, self.label)),
        }

    def page(self, work: Publication, written: str, url: Url, used: set[str], title: str) -> str:
        """The page with what is known around what the owner has written; `used` are its ids."""
        if title == escape(work.title.plain):
            title = work.title.html  # nobody has written another
        context = {
            **self._context(work),
            "title": Markup(title) if "<h1" not in written else "",
            "unique_id": lambda name: unique(name, used),
            "url": url,
            "page_of": lambda slug: self.addresses.own_page(slug, url),
            "in_list": self.addresses.in_list(work.slug, url),
        }
        end = written.find("</h1>") + len("</h1>") if "</h1>" in written else 0
        head, foot = (self.renderer.render(f, **context) for f in ("paper.html", "paper_foot.html"))
        return f"{written[:end]}\n{head}{written[end:]}\n{foot}"

    @cached_property
    def _related(self) -> dict[str, list[Publication]]:
        return related(self.works)

    def _context(self, work: Publication) -> dict[str, object]:
        place = self._place[work.slug]
        apa = citation.apa(work, self.label)
        return {
            "publication": work,
            "numbers": citation.numbers(work),
            "facts": paper.facts(work, self.label),
            "versions": paper.versions(work, self.label),
            "notes": self.notes(work.marks),
            "after_authors": apa.after_authors,
            "apa": citation.sentence(apa),
            "address": paper.cited_address(work),
            "styles": [(s.title, cited) for s in self.styles if (cited := s.cite(work))],
            "exports": paper.exports(work.slug, self._exports),
            "related": [
                (other, citation.short(other, self.label)) for other in self._related[work.slug]
            ],
            "newer": self.works[place - 1] if place else None,
            "older": self.works[place + 1] if place + 1 < len(self.works) else None,
        }
