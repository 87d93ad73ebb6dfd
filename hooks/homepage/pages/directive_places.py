"""Turns directives into Markdown headings, and placeholders that are filled later."""

from __future__ import annotations

from ..lists import Directive, NewsOptions, ProfileOptions, directives, facets, group
from ..model import Problem, Publication
from .content import Content, missing_bibliography
from .placeholders import Parts, Placeholder, add, marks

# Longer lists have no abstracts and BibTeX: a script loads them from the works' pages when opened.
# In a list of 100 works they are half of its bytes.
_MOST_IN_FULL = 50
_MOST_WITH_PARTS = 2_000  # longer lists would weigh 10 MB and more


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
