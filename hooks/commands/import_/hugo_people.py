"""Finds the owner and the other people of a HugoBlox site."""

import posixpath
from typing import Any

from commands.shared.owner import Owner, profile_address

from . import accounts, cv
from .front_matter import Page, dicts_of, get, get_dicts, get_text, get_texts, is_true, texts_of
from .hugo_site import TEMPLATE, HugoSite
from .left_behind import PICTURES
from .markdown import plain
from .pages import add_cv_pages, slug_of

_ABOUT = "content/home/about.md"


def read_people(site: HugoSite) -> None:
    """Find the owner among the authors, and add the others to people.yml."""
    found = _authors(site)
    own = [f for f in found if is_true(f[1].meta.get("superuser")) or is_true(f[1].meta.get("is_owner"))]
    own = own or [f for f in found if f[0] in ("admin", "me")] or (found if len(found) == 1 else [])
    if own:
        site.owner_slug, site.author = own[0]
    elif site.params.get("name") or (not found and site.first(_ABOUT)):
        site.author = _from_settings(site)
    for slug, page in found:
        if own and slug == site.owner_slug:
            if not site.author.body.strip():  # the biography may be in another file than the data
                site.author = site.author._replace(body=page.body, line=page.line)
            continue
        name = page.plain("title", "name", "name.display")
        if site.is_example(page.path, name) or not name:
            continue
        site.names[slug] = name
        links = [address for address in _links(page.meta) if not address.startswith("mailto:")]
        site.new.people[name] = {"url": links[0] if links else "", "links": links[1:]}
        if page.body.strip() and not page.meta.get("schema"):
            hint = "write a page about your group if you want one"
            site.note(page.path, 1, f"the text about {name} was not imported", hint)


def _from_settings(site: HugoSite) -> Page:
    """Return the owner of a site of 2016 to 2019: from its settings and the block about them."""
    about = site.page(_ABOUT) if site.first(_ABOUT) else Page({}, "")
    meta = {**about.meta, **site.params, "title": get_text(site.params, "name")}
    if "organizations" not in meta:
        meta["organizations"] = [{"name": get_text(meta, "organization")}]
    return about._replace(meta=meta)


def _authors(site: HugoSite) -> list[tuple[str, Page]]:
    """Return the names of folders and the pages of all authors."""
    paths = site.below("content/authors", "content/author", ends="/_index.md")
    found = [(path.split("/")[-2], site.page(path)) for path in paths if path.count("/") > 2]
    for path in site.below("data/authors", ends=(".yaml", ".yml", ".toml", ".json")):
        data = site.data(path)
        if isinstance(data, dict):
            slug = get_text(data, "slug") or slug_of(path).removesuffix("-yaml")
            found.append((slug, Page(data, get_text(data, "bio"), 1, path)))
    return found


def _links(meta: dict[str, Any]) -> list[str]:
    links = get_dicts(meta, "profiles", "links", "social")
    addresses = [get_text(link, "link", "url") for link in links]
    addresses = [f"https:{a}" if a.startswith("//") else a for a in addresses]
    found = (profile_address(a) for a in addresses if a.startswith("mailto:") or "://" in a)
    return list(dict.fromkeys(filter(None, found)))


def owner_of(site: HugoSite, name: str, native: str) -> Owner:
    """Return the owner from their page and the settings."""
    meta, slug = site.author.meta, site.owner_slug or "me"
    places = get_dicts(meta, "organizations") or get_dicts(meta, "affiliations")
    description = get_text(
        site.params, "marketing.seo.description", "hugoblox.identity.description", "description"
    )
    avatar = get_text(meta, "avatar").rpartition(".")[0]
    starts = (
        f"{posixpath.dirname(site.author.path)}/avatar", f"assets/media/authors/{slug}",
        f"content/authors/{slug}/avatar", f"static/img/{avatar}" if avatar else "",
        "assets/media/avatar", "static/img/avatar", "assets/images/avatar", "static/img/portrait",
    )  # fmt: skip
    there = {path.lower(): path for path in site.source.paths}
    names = (f"{start}{end}".lower() for start in starts if start for end in PICTURES[:6])
    portrait = next((there[name] for name in names if name in there), "")
    others = site.below("assets/media/authors", ends=PICTURES[:6])
    portrait = portrait or (others[0] if len(others) == 1 else "")
    if portrait:
        portrait = site.import_file(portrait, f"portrait.{portrait.rpartition('.')[2].lower()}")
    full_name = " ".join(get_texts(meta, "first_name", "last_name"))
    return Owner(
        name,
        native=get_text(meta, "name.alternate") or native,
        also=(full_name,) if full_name and full_name != name else (),
        job_title=site.author.plain("role"),
        affiliation=tuple(filter(None, (plain(get_text(place, "name")) for place in places))),
        description="" if TEMPLATE.search(description) else plain(description),
        interests=tuple(map(plain, texts_of(get(meta, "interests.interests") or meta.get("interests")))),
        links=tuple(filter(None, (accounts.mail(site.author.text("email")), *_links(meta)))),
        site_url=site.site_url,
        portrait=portrait,
    )


def add_owner_cv(site: HugoSite) -> None:
    """Add the pages for the owner's education, experience, awards, skills and languages."""
    meta = site.author.meta
    education = meta.get("education")
    lists = {
        "Education": get(education, "courses") if isinstance(education, dict) else education,
        "Experience": meta.get("experience") or meta.get("work"),
        "Awards": meta.get("awards"),
    }
    items = {title: [cv_item(part) for part in dicts_of(parts)] for title, parts in lists.items()}
    sections = [cv.Section(title, parts) for title, parts in items.items()]
    skills = []
    for group in get_dicts(meta, "skills"):
        labels = [get_text(skill, "label", "name") for skill in get_dicts(group, "items")]
        skills.append(cv.Item(what=get_text(group, "name"), details=tuple(filter(None, labels))))
    languages = [": ".join(get_texts(part, "name", "label")) for part in get_dicts(meta, "languages")]
    sections.append(cv.Section("Skills", skills))
    sections.append(cv.Section("Languages", [cv.Item(what=language) for language in languages]))
    add_cv_pages(site, sections, site.author.path)


def cv_item(found: dict[str, Any]) -> cv.Item:
    """Return the line of a CV for an item of any list or block."""
    what = get_text(found, "course", "degree", "area", "position", "role", "title", "name", "label")
    places = ("institution", "company_name", "company", "org", "organization", "awarder", "location")
    start, end = get_text(found, "date_start", "start"), get_text(found, "date_end", "end")
    if not start:
        start = get_text(found, "date")
        end = end or start
    details = get_texts(found, "summary", "description")
    if more := get_text(found, "button.url"):
        details.append(f"[{get_text(found, 'button.text') or 'More'}]({more})")
    address = get_text(found, "certificate_url", "url")
    return cv.Item(
        get_text(found, "year") or cv.period(start, end),
        what,
        ", ".join(get_texts(found, *places)),
        tuple(details),
        address if "://" in address else "",
    )
