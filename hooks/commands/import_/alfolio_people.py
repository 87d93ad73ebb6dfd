"""Finds the owner of an al-folio site and the co-authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from commands.shared.owner import Owner
from homepage.bibtex import read as read_bibtex
from homepage.common import safe_url
from homepage.people import fold, parse
from homepage.tex import plain as plain_tex

from . import accounts
from .cv_formats import CV
from .front_matter import Page, dicts_of, get, get_text, text_of, texts_of
from .jekyll import Jekyll
from .markdown import plain

# Texts of the template that an owner has not replaced.
TEMPLATE = re.compile(
    r"whitespace theme for academics|^Affiliations\. Address|555 your office|^blank$|jekyll-theme", re.I
)
_TEMPLATE_KEYWORDS = {"jekyll", "jekyll-theme", "academic-website", "portfolio-website", "academic"}


def owner_of(site: Jekyll, name: str, front: Page | None, cv: CV | None) -> Owner:
    """Return the owner from settings, CV and home page."""
    config = site.config
    meta = front.meta if front else {}
    person = cv.person if cv else {}
    subtitle = plain(get_text(meta, "subtitle", "description"))
    subtitle = "" if TEMPLATE.search(subtitle) else subtitle
    title, _, place = (subtitle or get_text(person, "job_title")).partition(" at ")
    image = get_text(meta, "profile.image", "profile.img")
    base = image.rpartition("/")[2]
    portrait = site.first(f"assets/img/{image}", f"assets/img/{base}", image.lstrip("/"))
    if image and not portrait:
        site.report("_pages/about.md", 0, f"the portrait '{image}' is missing", "put a photo into docs/")
    description = plain(get_text(config, "description"))
    keywords = [k.strip() for k in get_text(config, "keywords").split(",") if k.strip()]
    if _TEMPLATE_KEYWORDS & {k.lower() for k in keywords}:
        keywords = []
    return Owner(
        name,
        also=tuple(_other_names(config, name)),
        job_title=title.rstrip(" ,."),
        affiliation=(place.rstrip(" ,."),) if place else (),
        description="" if TEMPLATE.search(description) else description,
        interests=tuple(keywords),
        links=tuple(filter(None, _links(site, person))),
        site_url=site.site_url if "alshedivat" not in site.site_url else "",
        portrait=site.import_file(portrait, portrait.rpartition("/")[2]) if portrait else "",
    )


def _links(site: Jekyll, person: dict[str, Any]) -> Iterator[str]:
    """Yield the addresses of the owner's profiles; some are ''."""
    yield accounts.mail(get_text(site.config, "email") or get_text(person, "email"))
    for key, value in site.read_settings("_data/socials.yml").items():
        if isinstance(value, dict):
            address = get_text(value, "url")
            yield address if "://" in address else ""
        else:
            yield accounts.profile(key, text_of(value))
    for key, value in site.config.items():
        if key != "email":
            yield accounts.profile(key, text_of(value))
    yield from (address for address in person.get("links", []) if "://" in address)
    yield from (accounts.profile(*pair) for pair in person.get("networks", []))


def _other_names(config: dict[str, Any], name: str) -> Iterator[str]:
    """Yield other spellings of the owner's name from jekyll-scholar's settings."""
    lasts = texts_of(get(config, "scholar.last_name"))
    firsts = texts_of(get(config, "scholar.first_name"))
    if any(fold(last) in fold(name) for last in lasts):
        names = (f"{first} {last}" for last in lasts for first in firsts)
        yield from (written for written in names if written != name)


def coauthors(site: Jekyll) -> dict[str, dict[str, object]]:
    """Return the people in coauthors.yml, with family names as in the bibliography."""
    path = "_data/coauthors.yml"
    spellings: dict[str, str] = {}
    for bib, text in site.new.bibliographies.items():
        for entry in read_bibtex(text, bib).entries:
            for name in parse(entry.get("author")).names:
                spellings.setdefault(fold(name.full_family), name.full_family)
    people: dict[str, dict[str, object]] = {}
    for family, several in site.read_settings(path).items():
        written = plain_tex(family)
        known = spellings.get(fold(written)) or (written.title() if written.islower() else written)
        for person in dicts_of(several):
            firsts = texts_of(person.get("firstname") or person.get("first_name")) or [""]
            names = list(dict.fromkeys(" ".join(f"{first} {known}".split()) for first in firsts))
            address = get_text(person, "url")
            url = safe_url(address) if "://" in safe_url(address) else ""
            if address and not url:
                message = f"the address of {names[0]} is not valid: {address[:60]}"
                site.report(path, 0, message, "write it into people.yml, as https://…")
            fields = people.setdefault(names[0], {})
            fields["url"] = fields.get("url") or url
            also = [*(fields.get("also") or []), *names[1:]]  # type: ignore[misc]
            fields["also"] = list(dict.fromkeys(also))
    people.pop(site.new.owner.name, None)
    return people
