"""al-folio's sites, read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from commands.shared.owner import Owner
from homepage.bibtex import read as read_bibtex
from homepage.common import untex_url
from homepage.model import Problem
from homepage.publications import find_local

from . import vita_formats
from .alfolio_people import TEMPLATES_TEXTS, coauthors, owner_of, profiles
from .front_matter import Page, inside, text_of, titled, true
from .jekyll import PAGES, Jekyll
from .moved import Draft, Move, Moved, Source
from .new_home import Home, bibliography_of, finished
from .old_markdown import plain
from .page_drafts import collection, day, names_of, vita_pages

_FILES = (
    "pdf", "preview", "slides", "poster", "supp", "supplement", "html", "video", "code", "website",
    "blog",
)  # fmt: skip
_PUBLISHED = ("assets/pdf",)


def read(source: Source, name: str = "") -> Moved:
    """What of an al-folio site comes here; `name` is the owner's, where the site does not say it."""
    jekyll = Jekyll(source)
    move, config = jekyll.move, jekyll.config
    folder = text_of(inside(config, "scholar", "source")).strip("/") or "_bibliography"
    vita_ = _vita(move, config)
    given = " ".join(
        filter(None, (text_of(config.get(k)) for k in ("first_name", "middle_name", "last_name")))
    )
    title = text_of(config.get("title"))
    title = "" if TEMPLATES_TEXTS.search(title) else re.split(r"\s+[|–—-]\s+", plain(title))[0]
    name = name or plain(given) or text_of((vita_.person if vita_ else {}).get("name")) or title
    name, native = names_of(name)
    move.owner_family = name.split()[-1] if name else ""
    home = Home(Owner(name), language=text_of(config.get("lang")))
    front = jekyll.pages(home, ("_pages/about.md", "_pages/about.html", "index.md"))
    profiles(jekyll)
    home.bibliographies = bibliography_of(jekyll.bibliographies(folder), move)
    home.owner = replace(owner_of(jekyll, name, front, vita_), native=native)
    home.people = coauthors(jekyll, home)
    if "_data/venues.yml" in move.paths:
        text = move.text("_data/venues.yml")
        home.venues = re.sub(r"(?m)^(\s*colou?r:[ \t]*)(#[0-9a-fA-F]{3,8})[ \t]*$", r'\1"\2"', text)
    home.news = list(_news(jekyll))
    _collections(jekyll)
    jekyll.posts()
    if vita_:
        vita_pages(move, vita_.sections, "")
    if domain := move.domain("CNAME"):
        home.settings["domain"] = domain
    for path in move.below(*_PUBLISHED):
        if not path.endswith("example_pdf.pdf"):
            move.published(path)
    _named_by_entries(move, home)
    _front(jekyll, front)
    jekyll.nothing_private()
    return finished(move, home, jekyll.convert)


def _news(jekyll: Jekyll) -> Iterator[Draft]:
    for path, page in jekyll.documents("_news"):
        title = text_of(page.meta.get("title"))
        when = day(page, path)
        if not when:
            jekyll.move.tell(path, 1, "this news has no date", "write one in news.md")
        if title.startswith("{%") or (true(page.meta.get("inline")) and page.body.strip()):
            title = ""
        if not title and not page.body.strip():
            jekyll.move.tell(
                path, 1, "this news is empty, and did not come along", "write it in news.md"
            )
            continue
        draft = Draft("news.md", title, page.body, path, page.line, old=page.meta, meta={"when": when})
        jekyll.move.addresses.setdefault(jekyll.address(path, page).strip("/"), "news.md")
        yield draft


def _collections(jekyll: Jekyll) -> None:
    for folder in ("_projects", "_teachings", *jekyll.others(("_projects", "_teachings"))):
        pages = jekyll.documents(folder)
        name = folder.removeprefix("_")
        here = {"teachings": "teaching"}.get(name, name)
        pages = [(path, _pictured(jekyll.move, page)) for path, page in pages]
        index = collection(
            jekyll.move, titled(here), here, pages, jekyll.address, timeline=here == "teaching"
        )
        if index:
            jekyll.folders[name] = here
            jekyll.move.addresses.setdefault(name, index.path)


def _pictured(move: Move, page: Page) -> Page:
    """The page of a project, with the picture that the old theme showed in its list."""
    image = text_of(page.meta.get("img")).lstrip("/")
    if image not in move.paths or not page.body.strip() or "](" in page.body[:200]:
        return page
    shown = f"![{plain(text_of(page.meta.get('title')))}](/{quote(image)})"
    return page._replace(body=f"{shown}\n\n{page.body}", line=page.line - 2)


def _vita(move: Move, config: dict[str, Any]) -> vita_formats.Vita | None:
    """The owner's vita; that of the template's Albert Einstein stays behind."""
    last = text_of(config.get("last_name"))
    move.owner_family = last
    found: tuple[str, vita_formats.Vita] | None = None
    for path in ("assets/json/resume.json", "_data/cv.yml", "_data/resume.yml", "_data/cv.json"):
        if path not in move.paths:
            continue
        text = move.text(path)
        data = move.data(path)
        if move.is_example(path, text) or not data:
            continue
        known = vita_formats.read(data)
        if known is None:
            move.tell(
                path, 0, "the vita has a form that is not known", "copy what it says into your pages"
            )
        elif found:
            move.tell(
                path, 0, f"the vita came from {found[0]}, not from here", "add what that lacks", "note"
            )
        else:
            found = path, known
            if (
                inside(data, "basics", "phone")
                or inside(data, "basics", "location")
                or inside(data, "cv", "phone")
            ):
                move.tell(
                    path,
                    0,
                    "telephone and address did not come along",
                    "write them on the home page if you want them there",
                    "note",
                )
    return found[1] if found else None


def _named_by_entries(move: Move, home: Home) -> None:
    """Bring the files that entries name, to where links.py finds them; what is missing is told."""
    for path, text in home.bibliographies.items():
        missing: list[tuple[int, str]] = []
        for entry in read_bibtex(text, path).entries:
            for name in _FILES:
                value = untex_url(entry.get(name)).partition("#")[0].strip()
                if not value or "://" in value or value.lower() in ("true", "false", "yes", "no"):
                    continue
                if file := find_local(value, lambda p: p in move.paths):
                    if not file.endswith(PAGES[:2]) and not move.bring(file):
                        message = f"'{value}' names a file that did not come along"
                        move.tell(path, entry.line_of(name), message, "mend the entry")
                elif name in ("pdf", "preview", "slides", "poster", "supp"):
                    missing.append((entry.line_of(name), value))
        if missing:
            few = ", ".join(value for _, value in missing[:4]) + (" …" if len(missing) > 4 else "")
            what = "a file" if len(missing) == 1 else f"{len(missing)} files"
            message = f"{what} that entries name, but the old site has not: {few}"
            problem = Problem(
                f"docs/{path}", missing[0][0], message, "put them into docs/, or delete those fields"
            )
            move.problems.append(problem)


def _front(jekyll: Jekyll, front: Page | None) -> None:
    """What al-folio's theme shows of the home page's front matter."""
    draft = next((d for d in jekyll.move.drafts if d.path == "index.md"), None)
    if not front or not draft:
        return
    profile = front.meta.get("profile")
    lines = [text_of(inside(profile, key)) for key in ("address", "more_info")]
    texts = [re.sub(r"\s*</p>\s*<p>\s*|\s*<br\s*/?>\s*", "  \n", t) for t in lines if t]
    texts = [re.sub(r"</?p>", "", t).strip() for t in texts if not TEMPLATES_TEXTS.search(t)]
    draft.end = "\n\n".join(filter(None, texts))
