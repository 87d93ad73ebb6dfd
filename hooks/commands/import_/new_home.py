"""All that comes along from an old site, put together: home page, menu, bibliography, settings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from commands.shared.owner import Owner, clean
from homepage.bibtex import read
from homepage.common import labels, slugify
from homepage.model import Problem

from . import staying
from .moved import Draft, Move, Moved
from .old_markdown import plain
from .page_drafts import Convert, news_page, page_of

_USUAL = (
    ("publications", "publications.md"), ("publication", "publications.md"), ("blog", "blog/index.md"),
    ("post", "blog/index.md"), ("posts", "blog/index.md"), ("year-archive", "blog/index.md"),
    ("cv", "cv.md"), ("resume", "cv.md"), ("education", "education.md"), ("experience", "experience.md"),
)  # fmt: skip


@dataclass
class Home:
    """What becomes of the site as a whole."""

    owner: Owner
    bibliographies: dict[str, str] = field(default_factory=dict)  # texts, by paths in docs/
    news: list[Draft] = field(default_factory=list)
    people: dict[str, dict[str, object]] = field(default_factory=dict)
    settings: dict[str, object] = field(default_factory=dict)
    order: dict[str, float] = field(default_factory=dict)  # places in the menu, by paths in docs/
    titles: dict[str, str] = field(default_factory=dict)  # of pages that are made here
    venues: str = ""
    language: str = ""  # as the old site says it


def finished(move: Move, home: Home, convert: Convert) -> Moved:
    """All that comes along, as one value."""
    texts: dict[str, str] = {}
    title = _title(move, "news.md") or home.titles.get("news.md", "News")
    front = next((d for d in move.drafts if d.path == "index.md"), None) or move.add(
        Draft("index.md", "")
    )
    move.addresses.setdefault("", "index.md")
    entries = [e for path, text in home.bibliographies.items() for e in read(text, path).entries]
    _bibliographies(home, texts)
    if home.news:
        move.addresses.setdefault("news", "news.md")
        texts["news.md"] = news_page(move, home.news, convert, title)
    if home.venues:
        texts["venues.yml"] = home.venues
    listed = next((d for d in move.drafts if d.path == "publications.md"), None)
    if listed is None and entries:
        title_ = home.titles.get("publications.md", "Publications")
        listed = move.add(Draft("publications.md", title_))
    if any(d.path.startswith("blog/posts/") for d in move.drafts):
        move.add(Draft("blog/index.md", "Blog"))
    there = {draft.path for draft in move.drafts}
    for address, path in _USUAL:
        if path in there:
            move.addresses.setdefault(address, path)
    front.top = "<!-- profile -->"
    pages = {d.path: page_of(move, d, convert) for d in move.drafts}
    if listed and "<!-- publications" not in pages["publications.md"]:
        pages["publications.md"] += "\n<!-- publications {group: year} -->\n"
    pages["index.md"] += _below(pages["index.md"], bool(home.news), entries)
    texts |= pages
    order = {
        "index.md": -1.0,
        "publications.md": 1.5,
        "news.md": 1.0,
        "blog/index.md": 90.0,
    } | home.order
    top = [d for d in move.drafts if d.path in ("index.md", "blog/index.md") or "/" not in d.path]
    nav = [(d.path, "Home" if d.path == "index.md" else plain(d.title)) for d in top]
    nav += [("news.md", title)] if home.news and "news.md" not in dict(nav) else []
    nav.sort(key=lambda pair: order.get(pair[0], 50.0))
    left = move.paths - move.settled - set(move.copies.values())
    language = _language(move, home.language)
    move.problems += staying.told(left, move.examples)
    counts = {"entries": len(entries), "news": len(home.news), "people": len(home.people)}
    return Moved(
        clean(home.owner),
        texts,
        move.copies,
        [(name, path) for path, name in nav],
        home.people,
        home.settings,
        counts,
        sorted(move.problems),
        len(move.dead),
        language,
    )


def _language(move: Move, written: str) -> str:
    """The language of the old site; one that this site has no words in is told."""
    found = labels.known(written)
    if written and not found:
        message = f"the old site's language is '{written[:20]}', in which there are no words here"
        hint = "see theme.language in guide/settings.md; your own texts stay as they are"
        move.problems.append(Problem("", 0, message, hint, "note"))
    return found


def _title(move: Move, path: str) -> str:
    """The title of a page that is made here; the draft that has it goes."""
    draft = next((d for d in move.drafts if d.path == path), None)
    if draft:
        move.drafts.remove(draft)
    return plain(draft.title) if draft else ""


def _bibliographies(home: Home, texts: dict[str, str]) -> None:
    if not home.bibliographies:
        texts["publications.bib"] = "% Paste your publications here, as BibTeX.\n"
    elif list(home.bibliographies) != ["publications.bib"]:
        home.settings["bibliography"] = list(home.bibliographies)
    texts.update(home.bibliographies)


def _below(page: str, news: bool, entries: Sequence[Any]) -> str:
    """What stands on the home page below its text, unless that has it."""
    parts = ["\n<!-- news {limit: 5} -->\n"] if news and "<!-- news" not in page else []
    selected = any(entry.get("selected").lower() in ("true", "yes", "1") for entry in entries)
    if selected and "<!-- publications" not in page:
        parts.append("\n## Selected publications\n\n<!-- publications {selected: true} -->\n")
    if entries:
        parts.append("\n[All publications](publications.md)\n")
    return "".join(parts)


def bibliography_of(paths: Sequence[str], move: Move) -> dict[str, str]:
    """The texts of .bib files by their paths in docs/, without Jekyll's front matter."""
    found: dict[str, str] = {}
    for path in paths:
        text = re.sub(r"\A\s*---[ \t]*\n\s*---[ \t]*\n+", "", move.text(path))
        name = "publications.bib" if len(paths) == 1 else path.rpartition("/")[2]
        while name in found:
            name = f"{slugify(path.rpartition('/')[0])}-{name}"
        found[name] = text
    return found
