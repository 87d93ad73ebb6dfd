"""Placeholders: comments that survive Markdown and are replaced once all pages are known.

Directives such as `<!-- publications -->` become Markdown headings and placeholders.
"""

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from ..lists import Directive, NewsOptions, ProfileOptions, directives, facets, group
from ..model import Problem, Publication
from .content import Content, missing_bibliography

_MARKER = "<!-- hp-slot {} -->"
_INDEXED = "<!-- hp-slot {0} -->{1}<!-- hp-end {0} -->"
_MARKERS = re.compile(r"<!-- hp-slot (\d+) -->(?:.*?<!-- hp-end \1 -->)?", re.S)
_ID = re.compile(r'\sid="([^"]*)"')
# Longer lists have no abstracts and BibTeX: a script loads them from the works' pages when opened.
# In a list of 100 works they are half of its bytes.
_MOST_IN_FULL = 50
_MOST_WITH_PARTS = 2_000  # longer lists would weigh 10 MB and more
_TEMPLATES_IDS = ("hp-content", "hp-news-title", "hp-sections-title")


# Where a list has abstracts and BibTeX: in the list, on the works' pages, or nowhere.
Parts = Literal["here", "elsewhere", "nowhere"]


class Placeholder(NamedTuple):
    """What replaces a marker: a template, and the values that it shows."""

    template: str
    publications: Sequence[Publication] = ()
    marks: frozenset[str] = frozenset()
    limit: int = 0
    suffixes: dict[str, str] = {}  # noqa: RUF012 - never changed
    parts: Parts = "here"


Placeholders = tuple[Placeholder, ...]  # of one page; markers have their index


def add(placeholders: list[Placeholder], new: Placeholder) -> str:
    """Add a placeholder to those of a page; returns its marker, as Markdown."""
    placeholders.append(new)
    return _MARKER.format(len(placeholders) - 1) + "\n"


def with_text(html: str, placeholders: Placeholders, text: Callable[[Placeholder], str]) -> str:
    """Return HTML with a text for the search at each marker."""
    return _replaced(html, placeholders, lambda n: _INDEXED.format(n, text(placeholders[n])))


def without_text(html: str, placeholders: Placeholders) -> str:
    """Return HTML without the texts that `with_text` has added."""
    return _replaced(html, placeholders, _MARKER.format)


def filled(html: str, placeholders: Placeholders, render: Callable[[Placeholder], str]) -> str:
    """Return HTML with each marker replaced by what `render` returns for it."""
    return _replaced(html, placeholders, lambda n: render(placeholders[n]))


def _replaced(html: str, placeholders: Placeholders, by: Callable[[int], str]) -> str:
    def one(match: re.Match[str]) -> str:
        number = int(match[1])
        return by(number) if number < len(placeholders) else match[0]

    return _MARKERS.sub(one, html) if placeholders else html


def listed(placeholders: Placeholders) -> list[str]:
    """Return the slugs of the publications that a page lists."""
    lists = (place for place in placeholders if place.template == "publications.html")
    return [work.slug for place in lists for work in place.publications]


def marks(works: Sequence[Publication]) -> frozenset[str]:
    """Return all marks of these works, which need a note."""
    return frozenset(mark for work in works for mark in work.marks)


def ids(html: str) -> set[str]:
    """Return the ids in HTML, and those of the templates around it."""
    return {*_TEMPLATES_IDS, *_ID.findall(html)}


def unique(slug: str, used: set[str]) -> str:
    """Return an id that is not `used`, and add it there: two lists on a page may show the same work."""
    name, number = slug, 2
    while name in used:
        name, number = f"{slug}--{number}", number + 1
    used.add(name)
    return name


# -- directives ----------------------------------------------------------------


def markdown_of(
    content: Content, directive: Directive, places: list[Placeholder]
) -> tuple[str, list[Problem]]:
    """Return the Markdown that replaces a directive, and its problems; adds to the page's `places`."""
    options = directive.options
    if isinstance(options, NewsOptions):
        return add(places, Placeholder("news.html", limit=options.limit)), []
    if isinstance(options, ProfileOptions):
        return add(places, Placeholder("profile.html")), []
    chosen, problems = content.selection.choose(options, directive.path, directive.line)
    problems = [*missing_bibliography(content.options, content.missing), *problems]
    has_pages = content.options.paper_pages
    parts = _where_parts_are(len(chosen), has_pages)
    if parts == "nowhere" and not has_pages:
        message = f"a list of {len(chosen)} works shows neither abstracts nor BibTeX: it would be huge"
        hint = "set paper_pages: true, or make several lists"
        problems.append(Problem(directive.path, directive.line, message, hint, "advice"))
    text = []
    if chosen and options.statistics:
        text.append(add(places, Placeholder("totals.html", chosen)))
    lists, listed = [], list[Publication]()
    for heading, members in group(chosen, options, content.label):
        if heading:
            lists.append(f"{'#' * directive.heading_level} {directives.escape_markdown(heading)}\n")
        lists.append(add(places, Placeholder("publications.html", members, parts=parts)))
        listed += members
    if facets.has_search_field(len(listed), options.find):
        text.insert(0, add(places, Placeholder("search_form.html", listed)))
    notes = add(places, Placeholder("author_notes.html", marks=marks(chosen)))
    return "\n".join([*text, *lists, notes]), problems


def _where_parts_are(works: int, has_pages: bool) -> Parts:
    if works > _MOST_WITH_PARTS:
        return "nowhere"
    return "elsewhere" if works > _MOST_IN_FULL and has_pages else "here"
