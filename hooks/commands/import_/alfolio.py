"""Imports sites of al-folio."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from commands.shared.owner import Owner
from homepage.bibtex import read as read_bibtex
from homepage.common import safe_url
from homepage.people import fold, parse
from homepage.tex import plain as plain_tex

from . import accounts
from . import alfolio_samples as samples
from .alfolio_pages import AlFolio
from .alfolio_works import import_files, read_works
from .cv import CV
from .cv import parse as parse_cv
from .front_matter import Page, dicts_of, get, get_text, get_texts, is_true, text_of, texts_of
from .jekyll import Jekyll
from .markdown import plain
from .migration import Draft
from .new_site import Imported, assemble
from .old_site import Source
from .pages import add_cv_pages, date_of, split_name

# Texts of the template that an owner has not replaced.
TEMPLATE = re.compile(
    r"whitespace theme for academics|^Affiliations\. Address|555 your office|^blank$|jekyll-theme", re.I
)
_MAIL = re.compile(r"@|[\[({ ]at[\])} ].*[\[({. ](?:dot|\w{2,4}$)")
_TEMPLATE_KEYWORDS = {"jekyll", "jekyll-theme", "academic-website", "portfolio-website", "academic"}


def read(source: Source, name: str = "") -> Imported:
    """Return what is imported; `name` is the owner's if the site does not have it."""
    site = AlFolio(source)
    site.owner_family = get_text(site.config, "last_name")
    cv = _read_cv(site)
    site.new.old_name, native = split_name(_name(site, cv))
    name, native = split_name(name) if name else (site.new.old_name, native)
    site.owner_family = name.split()[-1] if name else ""
    new = site.new
    new.owner = Owner(name)
    new.language = get_text(site.config, "lang")
    front = site.add_pages("_pages/about.md", "_pages/about.html", "index.md")
    folder = get_text(site.config, "scholar.source").strip("/") or "_bibliography"
    new.without = _not_on_home(front)
    read_works(site, folder)
    new.owner = replace(owner_of(site, name, front, cv), native=native)
    new.people = coauthors(site) | new.people
    if "_data/venues.yml" in site.paths:
        text = site.text("_data/venues.yml")
        new.venues = re.sub(r"(?m)^(\s*colou?r:[ \t]*)(#[0-9a-fA-F]{3,8})[ \t]*$", r'\1"\2"', text)
    _add_news(site)
    site.add_collections({"_projects": ("projects", False), "_teachings": ("teaching", True)})
    site.add_posts()
    if cv:
        add_cv_pages(site, cv.sections, "")
    site.read_menu()
    site.import_domain("CNAME")
    for path in site.below("assets/pdf"):
        if not samples.FILES.fullmatch(path):
            site.import_unlinked(path)
    for path in filter(samples.FILES.fullmatch, site.source.paths):
        site.skip_example(path)
    import_files(site)
    _add_contact(site, front)
    site.report_tracking()
    return assemble(site)


def _not_on_home(front: Page | None) -> frozenset[str]:
    """Return the lists that the settings of the home page switch off."""
    meta = front.meta if front else {}
    news = get_text(meta, "announcements.enabled", "news")
    settings = {"news": news, "selected": get_text(meta, "selected_papers")}
    return frozenset(name for name, value in settings.items() if value.lower() == "false")


def _name(site: Jekyll, cv: CV | None) -> str:
    parts = " ".join(get_texts(site.config, "first_name", "middle_name", "last_name"))
    title = get_text(site.config, "title")
    title = "" if TEMPLATE.search(title) else re.split(r"\s+[|–—-]\s+", plain(title))[0]
    return plain(parts) or get_text(cv.person if cv else {}, "name") or title


def _read_cv(site: Jekyll) -> CV | None:
    """Return the owner's CV, but not that of Albert Einstein in the template."""
    origin, found = "", None
    paths = ("assets/json/resume.json", "_data/cv.yml", "_data/resume.yml", "_data/cv.json")
    for path in [path for path in paths if path in site.paths]:
        data = site.data(path)
        if samples.is_cv(data):
            site.skip_example(path)
            continue
        if site.is_example(path, site.text(path)) or not data:
            continue
        cv = parse_cv(data)
        if cv is None:
            message = "the format of this CV is not known"
            site.report(path, 0, message, "copy its content into your pages")
        elif found:
            site.note(
                path, 0, f"the CV was imported from {origin}, not from this file", "add what is missing"
            )
        else:
            origin, found = path, cv
            if any(get(data, key) for key in ("basics.phone", "basics.location", "cv.phone")):
                message = "phone number and address were not imported"
                site.note(path, 0, message, "write them on the home page if you want them there")
    return found


def _add_news(site: Jekyll) -> None:
    for page in site.documents("_news"):
        title = page.text("title")
        when = date_of(page)
        if not when:
            site.report(page.path, 1, "this news has no date", "add one in news.md")
        if title.startswith("{%") or (is_true(page.meta.get("inline")) and page.body.strip()):
            title = ""
        if not title and not page.body.strip():
            message = "this news is empty and was not imported"
            site.report(page.path, 1, message, "write it in news.md")
            continue
        site.new.news.append(Draft("news.md", title, page, {"when": when}))
        site.addresses.setdefault(site.address_of(page).strip("/"), "news.md")


def _add_contact(site: Jekyll, front: Page | None) -> None:
    """Add the contact details that al-folio's theme shows on the home page."""
    draft = next((d for d in site.drafts if d.path == "index.md"), None)
    if front and draft:
        lines = get_texts(front.meta, "profile.address", "profile.more_info")
        lines = [samples.address(line) for line in lines]
        texts = [re.sub(r"\s*</p>\s*<p>\s*|\s*<br\s*/?>\s*", "  \n", t) for t in lines]
        texts = [re.sub(r"</?p>", "", t).strip() for t in texts if not TEMPLATE.search(t)]
        draft.end = "\n\n".join(filter(None, texts))


def owner_of(site: Jekyll, name: str, front: Page | None, cv: CV | None) -> Owner:
    """Return the owner from settings, CV and home page."""
    config = site.config
    meta = front.meta if front else {}
    person = cv.person if cv else {}
    subtitle = plain(re.sub(r"\s*<br\s*/?>\s*", ", ", get_text(meta, "subtitle", "description")))
    subtitle = ", ".join(part for part in subtitle.split(", ") if not _MAIL.search(part))
    subtitle = "" if TEMPLATE.search(subtitle) else subtitle
    title, _, place = (subtitle or get_text(person, "job_title")).partition(" at ")
    image = get_text(meta, "profile.image", "profile.img")
    base = image.rpartition("/")[2]
    portrait = site.first(f"assets/img/{image}", f"assets/img/{base}", image.lstrip("/"))
    if portrait and samples.is_portrait(site.source.read(portrait)):
        site.skip_example(portrait)
        portrait = ""
    elif image and not portrait:
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
    for key, value in samples.without_accounts(site.read_settings("_data/socials.yml")).items():
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
    for family, several in samples.without_colleagues(site.read_settings(path)).items():
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
