"""Vitas kept as data: al-folio's cv.yml, JSON Resume and RenderCV."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from .front_matter import dicts_of, inside, text_of, texts_of
from .vita import Item, Section, span

_PRIVATE = ("full name", "name", "date of birth", "birthday", "phone", "address", "birth year", "")


class Vita(NamedTuple):
    """All that a file says; `person` has `name`, `job_title`, `email`, `summary`, `links`."""

    person: dict[str, Any]
    sections: list[Section]


def read(found: Any) -> Vita | None:
    """The vita that data hold, None if they hold none that is known."""
    if isinstance(found, dict) and isinstance(found.get("cv"), dict):
        return _rendercv(found["cv"])
    if isinstance(found, dict):
        return _json_resume(found) if {"basics", "work", "education"} & found.keys() else None
    return _al_folio(found) if isinstance(found, list) else None


def _joined(part: dict[str, Any], keys: Iterable[str]) -> str:
    """The texts at some keys, separated by commas."""
    return ", ".join(filter(None, (text_of(part.get(key)) for key in keys)))


# -- al-folio -------------------------------------------------------------------


def _al_folio(found: list[Any]) -> Vita:
    person: dict[str, Any] = {}
    sections = []
    for part in dicts_of(found):
        contents = part.get("contents")
        kind = text_of(part.get("type"))
        if kind == "map":
            pairs = [(text_of(c.get("name")), text_of(c.get("value"))) for c in dicts_of(contents)]
            person["name"] = next((v for k, v in pairs if k.lower() in ("full name", "name")), "")
            items = [Item(what=f"{k}: {v}") for k, v in pairs if v and k.lower() not in _PRIVATE]
        elif kind == "nested_list":
            items = [
                Item(what=text_of(c.get("title")), details=tuple(texts_of(c.get("items"))))
                for c in dicts_of(contents)
            ]
        else:
            items = [
                i for c in (contents if isinstance(contents, list) else [contents]) for i in _entry(c)
            ]
        sections.append(Section(text_of(part.get("title")) or "More", items))
    return Vita(person, sections)


def _entry(found: Any) -> list[Item]:
    if not isinstance(found, dict):
        return [Item(what=text_of(found))] if text_of(found) else []
    when = span("", "", found.get("year") or found.get("date"))
    if found.get("items") and not found.get("title"):
        return [Item(when, text) for text in _details(found["items"])]
    where = _joined(found, ("institution", "location"))
    details = (*_details(found.get("description")), *_details(found.get("items")))
    item = Item(when, text_of(found.get("title")), where, details, text_of(found.get("url")))
    return [item] if any(item) else []


def _details(found: Any, depth: int = 0) -> tuple[str, ...]:
    """Texts below an entry; what is deeper stands behind a colon."""
    result: list[str] = []
    for part in found if isinstance(found, list) else [found]:
        if isinstance(part, dict) and depth < 4:
            below = "; ".join(_details(part.get("contents") or part.get("items"), depth + 1))
            result.append(": ".join(filter(None, (text_of(part.get("title")), below))))
        elif text := text_of(part):
            result.append(re.sub(r"<br\s*/?>", "; ", text))
    return tuple(filter(None, result))


# -- JSON Resume: https://jsonresume.org/schema -----------------------------------


def _json_resume(found: dict[str, Any]) -> Vita:
    basics = inside(found, "basics")
    basics = basics if isinstance(basics, dict) else {}
    profiles = dicts_of(basics.get("profiles"))
    person = {
        "name": text_of(basics.get("name")),
        "job_title": text_of(basics.get("label")),
        "email": text_of(basics.get("email")),
        "summary": text_of(basics.get("summary")),
        "links": [text_of(p.get("url")) for p in profiles if text_of(p.get("url"))],
    }

    def section(title: str, name: str, what: tuple[str, ...], where: tuple[str, ...]) -> Section:
        items = []
        for part in dicts_of(found.get(name)):
            details = [text_of(part.get(k)) for k in ("summary", "description", "reference")]
            for more in ("highlights", "courses", "keywords"):
                details += texts_of(part.get(more))
            when = span(part.get("startDate"), part.get("endDate"))
            when = when or span("", "", part.get("date") or part.get("releaseDate"))
            score = text_of(part.get("score"))
            details += [f"Score: {score}"] if score else []
            item = Item(
                when,
                _joined(part, what),
                _joined(part, where),
                tuple(filter(None, details)),
                text_of(part.get("url")),
            )
            if any(item):
                items.append(item)
        return Section(title, items)

    sections = [
        section("Education", "education", ("studyType", "area"), ("institution", "location")),
        section("Experience", "work", ("position",), ("name", "company", "location")),
        section("Volunteering", "volunteer", ("position",), ("organization", "location")),
        section("Awards", "awards", ("title",), ("awarder",)),
        section("Teaching", "teaching", ("course", "position"), ("name", "institution")),
        section("Certificates", "certificates", ("name",), ("issuer",)),
        section("Projects", "projects", ("name",), ()),
        section("Skills", "skills", ("name",), ("level",)),
        section("Languages", "languages", ("language",), ("fluency",)),
        section("Interests", "interests", ("name",), ()),
        section("References", "references", ("name",), ()),
    ]
    return Vita(person, sections)


# -- RenderCV: https://docs.rendercv.com ------------------------------------------


def _rendercv(found: dict[str, Any]) -> Vita:
    person = {
        "name": text_of(found.get("name")),
        "job_title": text_of(found.get("label") or found.get("headline")),
        "email": text_of(found.get("email")),
        "links": [text_of(found.get("website"))],
        "networks": [
            (text_of(n.get("network")).lower(), text_of(n.get("username")))
            for n in dicts_of(found.get("social_networks"))
        ],
    }
    sections = []
    for title, entries in (inside(found, "sections") or {}).items():
        items = []
        for entry in entries if isinstance(entries, list) else [entries]:
            if not isinstance(entry, dict):
                items += [Item(what=text_of(entry))] if text_of(entry) else []
                continue
            heading = ("position", "degree", "area", "title", "name", "label", "bullet")
            what = _joined(entry, heading)
            places = ("institution", "company", "location", "journal", "details")
            where = _joined(entry, places)
            when = span(entry.get("start_date"), entry.get("end_date"), entry.get("date"))
            details = (*texts_of(entry.get("summary")), *texts_of(entry.get("highlights")))
            items.append(Item(when, what, where, details, text_of(entry.get("url"))))
        shown = title.replace("_", " ")
        sections.append(Section(shown[:1].upper() + shown[1:], items))
    return Vita(person, sections)
