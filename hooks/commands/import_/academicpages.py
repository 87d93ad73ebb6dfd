"""Sites of academicpages, read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from commands.shared.owner import Owner

from . import academicpages_works, accounts, vita_formats
from .front_matter import Page, dicts_of, inside, text_of
from .jekyll import Jekyll
from .moved import Moved, Source
from .new_home import Home, finished
from .old_markdown import plain
from .page_drafts import collection, names_of, vita_pages
from .urls import normal

_TEMPLATE = re.compile(
    r"^(?:Your Name|Your Sidebar Name|Your Name / Site Title|personal description|Red Brick University"
    r"|Earth|Short biography for the left-hand sidebar|none@example\.org)$",
    re.I,
)
_PLACEHOLDER = re.compile(r"your(?:profile|orcid|name|user|url|own)|^#|bsky\.app$", re.I)


def read(source: Source, name: str = "") -> Moved:
    """What of such a site comes here; `name` is the owner's, where the site does not say it."""
    jekyll = Jekyll(source)
    move = jekyll.move
    author = jekyll.config.get("author")
    author = author if isinstance(author, dict) else {}
    title = next((t for key in ("name", "title") if (t := _own(jekyll.config.get(key)))), "")
    name = name or _own(author.get("name")) or title or text_of(jekyll.config.get("author"))
    name, native = names_of(name)
    home = Home(Owner(name, native), language=text_of(jekyll.config.get("locale")))
    front = jekyll.pages(home, ("_pages/about.md", "_pages/about.html", "index.md"))
    _menu(jekyll, home)
    home.owner = replace(_owner(jekyll, author, name), native=native)
    academicpages_works.works(jekyll, home, name)
    for folder, (title, here, dated) in {
        "_talks": ("Talks", "talks", True),
        "_teaching": ("Teaching", "teaching", True),
        "_portfolio": ("Portfolio", "portfolio", False),
        **{f: (f[1:].capitalize(), f[1:], False) for f in jekyll.others(_COLLECTIONS)},
    }.items():
        index = collection(move, title, here, jekyll.documents(folder), jekyll.address, timeline=dated)
        if index:
            jekyll.folders[folder[1:]] = here
            move.addresses.setdefault(here, index.path)
    jekyll.posts()
    _vita(jekyll)
    for path in move.below("files"):
        if re.fullmatch(r"files/(?:paper|slides|bibtex)\d\.\w+", path) and path not in move.settled:
            move.examples.append(path)
            move.settled.add(path)
        elif not path.lower().endswith(".bib"):
            move.published(path)
    if domain := move.domain("CNAME"):
        home.settings["domain"] = domain
    jekyll.nothing_private()
    assert front is None or isinstance(front, Page)
    return finished(move, home, jekyll.convert)


_COLLECTIONS = ("_publications", "_talks", "_teaching", "_portfolio")


def _own(value: object) -> str:
    text = plain(text_of(value))
    return "" if _TEMPLATE.match(text) else text


def _owner(jekyll: Jekyll, author: dict[str, Any], name: str) -> Owner:
    move = jekyll.move
    links = [accounts.mail(_own(author.get("email")))]
    for key, value in author.items():
        if key not in ("name", "avatar", "bio", "location", "employer", "email", "pronouns"):
            account = text_of(value)
            if account and not _PLACEHOLDER.search(account):
                links.append(accounts.profile(key, account))
    if text_of(author.get("uri")):
        links.append(accounts.profile("work", text_of(author.get("uri"))))
    image = text_of(author.get("avatar")).lstrip("/")
    portrait = move.first(f"images/{image}", image)
    if _own(author.get("location")):
        message = f"the place '{_own(author.get('location'))}' did not come along"
        hint = "write it on the home page if you want it there"
        move.tell("_config.yml", 0, message, hint, "note")
    return Owner(
        name,
        job_title=_own(author.get("bio")),
        affiliation=tuple(filter(None, (_own(author.get("employer")),))),
        description=_own(jekyll.config.get("description")),
        links=tuple(filter(None, links)),
        site_url=jekyll.site_url if "academicpages.github.io" not in jekyll.site_url else "",
        portrait=move.bring(portrait, portrait.rpartition("/")[2]) if portrait else "",
    )


def _menu(jekyll: Jekyll, home: Home) -> None:
    found = jekyll.move.data("_data/navigation.yml")
    for place, item in enumerate(dicts_of(inside(found, "main"))):
        address = normal(text_of(item.get("url")))
        path = jekyll.move.addresses.get(address, f"{address}.md")
        path = {"year-archive.md": "blog/index.md"}.get(path, path)
        home.order[path] = 2.0 + place


def _vita(jekyll: Jekyll) -> None:
    path = "_data/cv.json"
    if path not in jekyll.move.paths or jekyll.move.is_example(path, jekyll.move.text(path)):
        return
    found = vita_formats.read(jekyll.move.data(path))
    if found and not any(draft.path == "cv.md" for draft in jekyll.move.drafts):
        vita_pages(jekyll.move, found.sections, "")
