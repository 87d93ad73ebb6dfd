"""Pages of publications: what is generated around the owner's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from ..citing import Style, citation
from ..formats import File
from ..lists import related
from ..model import Publication
from . import paper
from .addresses import Addresses, Url
from .fragments import Fragments
from .placeholders import unique


class Neighbours(NamedTuple):
    """The next newer and older works, and related ones."""

    newer: Publication | None
    older: Publication | None
    related: Sequence[Publication]


def neighbours(works: Sequence[Publication]) -> dict[str, Neighbours]:
    """Return the neighbours of each work by its slug; `works` are newest first."""
    alike = related(works)
    places = zip(works, [None, *works[:-1]], [*works[1:], None], strict=True)
    return {work.slug: Neighbours(newer, older, alike[work.slug]) for work, newer, older in places}


def meta(work: Publication, label: Mapping[str, str]) -> dict[str, Markup]:
    """Return title and description of a work's page, escaped as Material expects them."""
    description = paper.description(work, dict(label))
    return {"title": escape(work.title.plain), "description": escape(description)}


def page(
    work: Publication,
    written: str,
    url: Url,
    used: set[str],
    title: str,
    *,
    fragments: Fragments,
    addresses: Addresses,
    around: Neighbours,
    exports: Mapping[str, File],
    styles: Sequence[Style],
) -> str:
    """Return the page: the work's data around the HTML that the owner has `written`.

    `used` are the ids that are taken, `title` is that of the front matter, `exports` has the file of
    each format.
    """
    if title == escape(work.title.plain):
        title = work.title.html  # the owner has not changed it
    label = fragments.label
    apa = citation.apa(work, label)
    context = {
        "publication": work,
        "title": Markup(title) if "<h1" not in written else "",
        "numbers": citation.numbers(work),
        "facts": paper.facts(work, label),
        "versions": paper.versions(work, label),
        "notes": fragments.notes(work.marks),
        "after_authors": apa.after_authors,
        "apa": citation.sentence(apa),
        "address": paper.cited_address(work),
        "styles": [(style.title, cited) for style in styles if (cited := style.cite(work))],
        "exports": paper.exports(work.slug, exports),
        "related": [(other, citation.author_year(other, label)) for other in around.related],
        "newer": around.newer,
        "older": around.older,
        "unique_id": lambda name: unique(name, used),
        "url": url,
        "page_of": lambda slug: addresses.own_page(slug, url),
        "in_list": addresses.in_list(work.slug, url),
    }
    end = written.find("</h1>") + len("</h1>") if "</h1>" in written else 0
    head, foot = (fragments.render(name, **context) for name in ("paper.html", "paper_foot.html"))
    return f"{written[:end]}\n{head}{written[end:]}\n{foot}"
