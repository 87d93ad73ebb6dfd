"""Whom a site of HugoBlox is about, and who else is there."""

from __future__ import annotations

import posixpath
from typing import Any

from commands.shared.owner import Owner, profile_address

from . import accounts, vita
from .front_matter import Page, dicts_of, inside, text_of, texts_of, true
from .hugo_site import TEMPLATE, HugoSite
from .old_markdown import plain
from .page_drafts import stem, vita_pages
from .staying import PICTURES


def people(site: HugoSite) -> None:
    """Find the owner among the authors, and note the others for people.yml."""
    paths = site.move.below("content/authors", "content/author", ends=("/_index.md",))
    pages = [(path.split("/")[-2], path) for path in paths if path.count("/") > 2]
    found = [(slug, path, site.move.page(path)) for slug, path in pages]
    for path in site.move.below("data/authors", ends=(".yaml", ".yml", ".toml", ".json")):
        data = site.move.data(path)
        if isinstance(data, dict):
            page = Page(data, text_of(data.get("bio")))
            found.append((text_of(data.get("slug")) or stem(path).removesuffix("-yaml"), path, page))
    own = next(
        (f for f in found if true(f[2].meta.get("superuser")) or true(f[2].meta.get("is_owner"))),
        None,
    )
    own = own or next(
        (f for f in found if f[0] in ("admin", "me")), found[0] if len(found) == 1 else None
    )
    if own:
        site.owner_slug, site.author_path, site.author = own
    for slug, path, page in found:
        if own and slug == site.owner_slug:
            if path != site.author_path and not site.author.body.strip():  # a biography beside the data
                site.author = site.author._replace(body=page.body, line=page.line)
            continue
        given = page.meta.get("name")
        shown = plain(
            text_of(page.meta.get("title")) or text_of(given) or text_of(inside(given, "display"))
        )
        if site.move.is_example(path, shown) or not shown:
            continue
        site.names[slug] = shown
        links = [a for a in _links(page.meta) if not a.startswith("mailto:")]
        site.home.people[shown] = {"url": links[0] if links else "", "links": links[1:]}
        if page.body.strip() and not page.meta.get("schema"):
            site.move.tell(
                path,
                1,
                f"what is said of {shown} did not come along",
                "write a page about your group if you have one",
                "note",
            )


def _links(meta: dict[str, Any]) -> list[str]:
    found = []
    for part in ("profiles", "links", "social"):
        for item in dicts_of(meta.get(part)):
            address = text_of(item.get("link")) or text_of(item.get("url"))
            if address.startswith("mailto:") or "://" in address:
                found.append(profile_address(address))
    return list(dict.fromkeys(filter(None, found)))


def owner(site: HugoSite, name: str) -> None:
    """Say who the owner is."""
    meta = site.author.meta
    given = meta.get("name")
    places = dicts_of(meta.get("organizations")) or dicts_of(meta.get("affiliations"))
    interests = meta.get("interests")
    interests = interests.get("interests") if isinstance(interests, dict) else interests
    seo = (
        text_of(inside(site.params, "marketing", "seo", "description"))
        or text_of(inside(site.params, "hugoblox", "identity", "description"))
        or text_of(site.params.get("description"))
    )
    mail = accounts.mail(text_of(meta.get("email")))
    links = [mail, *_links(meta)]
    slug = site.owner_slug or "me"
    folder = posixpath.dirname(site.author_path)
    starts = (
        f"{folder}/avatar",
        f"assets/media/authors/{slug}",
        f"content/authors/{slug}/avatar",
        "assets/media/avatar",
        "static/img/avatar",
        "assets/images/avatar",
    )
    portrait = site.move.first(*(f"{start}{end}" for start in starts for end in PICTURES[:6]))
    if portrait:
        portrait = site.move.bring(portrait, f"portrait.{portrait.rpartition('.')[2]}")
    first, last = (text_of(meta.get(key)) for key in ("first_name", "last_name"))
    whole = " ".join(filter(None, (first, last)))
    site.home.owner = Owner(
        name,
        native=text_of(inside(given, "alternate")) or site.native,
        also=(whole,) if whole and whole != name else (),
        job_title=plain(text_of(meta.get("role"))),
        affiliation=tuple(filter(None, (plain(text_of(p.get("name"))) for p in places))),
        description="" if TEMPLATE.search(seo) else plain(seo),
        interests=tuple(map(plain, texts_of(interests))),
        links=tuple(filter(None, links)),
        site_url=site.move.site_url,
        portrait=portrait,
    )


def vita_of(site: HugoSite) -> None:
    """Add the pages that the owner's education, posts and prizes make."""
    meta, sections = site.author.meta, list[vita.Section]()
    schooling = meta.get("education")
    if isinstance(schooling, dict):
        schooling = schooling.get("courses")
    for title, value in (
        ("Education", schooling),
        ("Experience", meta.get("experience") or meta.get("work")),
        ("Awards", meta.get("awards")),
    ):
        sections.append(vita.Section(title, [item(i) for i in dicts_of(value)]))
    skills = []
    for group in dicts_of(meta.get("skills")):
        known = [text_of(i.get("label")) or text_of(i.get("name")) for i in dicts_of(group.get("items"))]
        skills.append(vita.Item(what=text_of(group.get("name")), details=tuple(texts_of(known))))
    tongues = []
    for tongue in dicts_of(meta.get("languages")):
        parts = filter(None, (text_of(tongue.get("name")), text_of(tongue.get("label"))))
        tongues.append(vita.Item(what=": ".join(parts)))
    sections += [vita.Section("Skills", skills), vita.Section("Languages", tongues)]
    vita_pages(site.move, [s for s in sections if s.items], site.author_path)


def item(found: dict[str, Any]) -> vita.Item:
    """A line of a vita, from whatever block or list it stands in."""
    what = next(
        (
            t
            for k in ("course", "degree", "area", "position", "title", "name")
            if (t := text_of(found.get(k)))
        ),
        "",
    )
    places = ("institution", "company_name", "company", "organization", "awarder", "location")
    where = ", ".join(t for k in places if (t := text_of(found.get(k))))
    start = found.get("date_start") or found.get("start") or found.get("date")
    end = found.get("date_end") or found.get("end")
    if not text_of(end) and not (found.get("date_start") or found.get("start")):
        end = start
    when = text_of(found.get("year")) or vita.span(start, end)
    details = [t for k in ("summary", "description") if (t := text_of(found.get(k)))]
    if more := text_of(inside(found, "button", "url")):
        details.append(f"[{text_of(inside(found, 'button', 'text')) or 'More'}]({more})")
    address = text_of(found.get("certificate_url")) or text_of(found.get("url"))
    return vita.Item(when, what, where, tuple(details), address if "://" in address else "")
