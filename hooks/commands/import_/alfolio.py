"""Imports sites of al-folio."""

from __future__ import annotations

import re
from dataclasses import replace

from commands.shared.owner import Owner
from homepage.bibtex import read as read_bibtex
from homepage.common import untex_url
from homepage.model import Problem
from homepage.publications import find_local

from . import cv_formats
from .alfolio_people import TEMPLATE, coauthors, owner_of
from .cv_formats import CV
from .front_matter import Page, get, get_text, get_texts, is_true
from .jekyll import PAGES, Jekyll
from .markdown import plain
from .migration import Draft
from .new_site import Imported, assemble, read_bibliographies
from .old_site import Source
from .pages import add_cv_pages, date_of, split_name

_FILE_FIELDS = (
    "pdf", "preview", "slides", "poster", "supp", "supplement", "html", "video", "code", "website",
    "blog",
)  # fmt: skip


def read(source: Source, name: str = "") -> Imported:
    """Return what is imported; `name` is the owner's if the site does not have it."""
    site = Jekyll(source)
    site.owner_family = get_text(site.config, "last_name")
    cv = _read_cv(site)
    written = name or _name(site, cv)
    name, native = split_name(written)
    site.owner_family = name.split()[-1] if name else ""
    new = site.new
    new.owner = Owner(name)
    new.language = get_text(site.config, "lang")
    front = site.add_pages("_pages/about.md", "_pages/about.html", "index.md")
    _report_profiles(site)
    folder = get_text(site.config, "scholar.source").strip("/") or "_bibliography"
    new.bibliographies = read_bibliographies(site.bibliographies(folder), site)
    new.owner = replace(owner_of(site, name, front, cv), native=native)
    new.people = coauthors(site)
    if "_data/venues.yml" in site.paths:
        text = site.text("_data/venues.yml")
        new.venues = re.sub(r"(?m)^(\s*colou?r:[ \t]*)(#[0-9a-fA-F]{3,8})[ \t]*$", r'\1"\2"', text)
    _add_news(site)
    site.add_collections({"_projects": ("projects", False), "_teachings": ("teaching", True)})
    site.add_posts()
    if cv:
        add_cv_pages(site, cv.sections, "")
    site.import_domain("CNAME")
    for path in site.below("assets/pdf"):
        if not path.endswith("example_pdf.pdf"):
            site.import_unlinked(path)
    _import_files_of_entries(site)
    _add_contact(site, front)
    site.report_tracking()
    return assemble(site)


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
        if site.is_example(path, site.text(path)) or not data:
            continue
        cv = cv_formats.read(data)
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


def _report_profiles(site: Jekyll) -> None:
    for path in site.below("_pages", ends=PAGES):
        if site.page(path).text("layout") == "profiles":
            message = "a page about people has its texts in several files and needs a look"
            site.note(path, 1, message, "put them together on one page")


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


def _import_files_of_entries(site: Jekyll) -> None:
    """Import the files that entries name, and report those that are missing."""
    for path, text in site.new.bibliographies.items():
        missing: list[tuple[int, str]] = []
        for entry in read_bibtex(text, path).entries:
            for name in _FILE_FIELDS:
                value = untex_url(entry.get(name)).partition("#")[0].strip()
                if not value or "://" in value or value.lower() in ("true", "false", "yes", "no"):
                    continue
                if file := find_local(value, lambda path: path in site.paths):
                    if not file.endswith(PAGES[:2]) and not site.import_file(file):
                        message = f"the file '{value}' was not imported"
                        site.report(path, entry.line_of(name), message, "correct the entry")
                elif name in ("pdf", "preview", "slides", "poster", "supp"):
                    missing.append((entry.line_of(name), value))
        if missing:
            few = ", ".join(value for _, value in missing[:4]) + (" …" if len(missing) > 4 else "")
            what = "a file" if len(missing) == 1 else f"{len(missing)} files"
            message = f"the old site does not have {what} that entries name: {few}"
            hint = "put them into docs/, or delete those fields"
            site.problems.append(Problem(f"docs/{path}", missing[0][0], message, hint))


def _add_contact(site: Jekyll, front: Page | None) -> None:
    """Add the contact details that al-folio's theme shows on the home page."""
    draft = next((d for d in site.drafts if d.path == "index.md"), None)
    if front and draft:
        lines = get_texts(front.meta, "profile.address", "profile.more_info")
        texts = [re.sub(r"\s*</p>\s*<p>\s*|\s*<br\s*/?>\s*", "  \n", t) for t in lines]
        texts = [re.sub(r"</?p>", "", t).strip() for t in texts if not TEMPLATE.search(t)]
        draft.end = "\n\n".join(filter(None, texts))
