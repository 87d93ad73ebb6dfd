"""The owner of an al-folio site, the co-authors, and their profiles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from commands.shared.owner import Owner
from homepage.bibtex import read as read_bibtex
from homepage.common import safe_url
from homepage.people import fold, parse
from homepage.tex import plain as plain_tex

from . import accounts, vita_formats
from .front_matter import Page, dicts_of, inside, text_of, texts_of
from .jekyll import PAGES, Jekyll
from .new_home import Home
from .old_markdown import plain
from .page_drafts import named

TEMPLATES_TEXTS = re.compile(
    r"whitespace theme for academics|^Affiliations\. Address|555 your office|^blank$|jekyll-theme", re.I
)


TEMPLATES_WORDS = {"jekyll", "jekyll-theme", "academic-website", "portfolio-website", "academic"}


def owner_of(jekyll: Jekyll, name: str, front: Page | None, found: vita_formats.Vita | None) -> Owner:
    """The owner, as settings, vita and home page name them; `name` is used where they do not."""
    config, move = jekyll.config, jekyll.move
    person = found.person if found else {}
    socials = move.data("_data/socials.yml")
    links = [accounts.mail(text_of(config.get("email")) or text_of(person.get("email")))]
    for settings in (socials, config):
        for key, value in (settings if isinstance(settings, dict) else {}).items():
            if isinstance(value, dict):
                address = text_of(value.get("url"))
                links += [address] if settings is socials and "://" in address else []
            elif key != "email" or settings is socials:
                links.append(accounts.profile(key, text_of(value)))
    links += [a for a in person.get("links", []) if "://" in a]
    links += [accounts.profile(*pair) for pair in person.get("networks", [])]
    meta = front.meta if front else {}
    subtitle = plain(named(meta, "subtitle", "description"))
    subtitle = "" if TEMPLATES_TEXTS.search(subtitle) else subtitle
    title, _, place = (subtitle or text_of(person.get("job_title"))).partition(" at ")
    image = named(meta, "profile.image", "profile.img")
    portrait = move.first(
        f"assets/img/{image}", f"assets/img/{image.rpartition('/')[2]}", image.lstrip("/")
    )
    if image and not portrait:
        move.tell("_pages/about.md", 0, f"the portrait '{image}' is missing", "put a photo into docs/")
    description = plain(text_of(config.get("description")))
    keywords = [k.strip() for k in text_of(config.get("keywords")).split(",") if k.strip()]
    keywords = [] if TEMPLATES_WORDS & {k.lower() for k in keywords} else keywords
    return Owner(
        name,
        also=tuple(_also(config, name)),
        job_title=title.rstrip(" ,."),
        affiliation=(place.rstrip(" ,."),) if place else (),
        description="" if TEMPLATES_TEXTS.search(description) else description,
        interests=tuple(keywords),
        links=tuple(filter(None, links)),
        site_url=jekyll.site_url if "alshedivat" not in jekyll.site_url else "",
        portrait=move.bring(portrait, portrait.rpartition("/")[2]) if portrait else "",
    )


def _also(config: dict[str, Any], name: str) -> Iterator[str]:
    """Other spellings of the owner's name, as al-folio's settings list its parts."""
    lasts = texts_of(inside(config, "scholar", "last_name"))
    firsts = texts_of(inside(config, "scholar", "first_name"))
    if not any(fold(last) in fold(name) for last in lasts):
        return
    for last in lasts:
        for first in firsts:
            written = f"{first} {last}"
            if written != name:
                yield written


def coauthors(jekyll: Jekyll, home: Home) -> dict[str, dict[str, object]]:
    """The people of coauthors.yml; family names are spelt as the bibliography has them."""
    found = jekyll.move.data("_data/coauthors.yml")
    spelt: dict[str, str] = {}
    for path, text in home.bibliographies.items():
        for entry in read_bibtex(text, path).entries:
            for name in parse(entry.get("author")).names:
                spelt.setdefault(fold(name.full_family), name.full_family)
    people: dict[str, dict[str, object]] = {}
    for family, several in (found if isinstance(found, dict) else {}).items():
        written = plain_tex(family)
        known = spelt.get(fold(written)) or (written.title() if written.islower() else written)
        for person in dicts_of(several):
            firsts = texts_of(person.get("firstname") or person.get("first_name")) or [""]
            names = list(dict.fromkeys(" ".join(f"{first} {known}".split()) for first in firsts))
            address = text_of(person.get("url"))
            url = safe_url(address) if "://" in safe_url(address) else ""
            if address and not url:
                jekyll.move.tell(
                    "_data/coauthors.yml",
                    0,
                    f"the address of {names[0]} is none: {address[:60]}",
                    "write it into people.yml, as https://…",
                )
            fields = people.setdefault(names[0], {})
            fields["url"] = fields.get("url") or url
            also = [*(fields.get("also") or []), *names[1:]]  # type: ignore[misc]
            fields["also"] = list(dict.fromkeys(also))
    people.pop(home.owner.name, None)
    return people


def profiles(jekyll: Jekyll) -> None:
    """Pages of people, whose text stands in other files."""
    for path in jekyll.move.below("_pages", ends=PAGES):
        page = jekyll.move.page(path)
        if text_of(page.meta.get("layout")) == "profiles":
            jekyll.move.tell(
                path,
                1,
                "a page of people is made of several files there",
                "put them together on a page of yours",
                "note",
            )
