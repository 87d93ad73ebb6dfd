"""Reads CVs that are data files: al-folio's cv.yml, JSON Resume and RenderCV."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from .cv import Item, Section, period, when
from .front_matter import dicts_of, get, get_dicts, get_text, get_texts, text_of, texts_of

_PRIVATE = ("full name", "name", "date of birth", "birthday", "phone", "address", "birth year", "")
_JSON_RESUME = (  # title, list, and the fields that say what and where
    ("Education", "education", ("studyType", "area"), ("institution", "location")),
    ("Experience", "work", ("position",), ("name", "company", "location")),
    ("Volunteering", "volunteer", ("position",), ("organization", "location")),
    ("Awards", "awards", ("title",), ("awarder",)),
    ("Teaching", "teaching", ("course", "position"), ("name", "institution")),
    ("Certificates", "certificates", ("name",), ("issuer",)),
    ("Projects", "projects", ("name",), ()),
    ("Skills", "skills", ("name",), ("level",)),
    ("Languages", "languages", ("language",), ("fluency",)),
    ("Interests", "interests", ("name",), ()),
    ("References", "references", ("name",), ()),
)


class CV(NamedTuple):
    """The content of a file; `person` has `name`, `job_title`, `email`, `links` and `networks`."""

    person: dict[str, Any]
    sections: list[Section]


def read(found: Any) -> CV | None:
    """Return the CV in some data, None if its format is not known."""
    if isinstance(found, dict) and isinstance(found.get("cv"), dict):
        return _rendercv(found["cv"])
    if isinstance(found, dict):
        return _json_resume(found) if {"basics", "work", "education"} & found.keys() else None
    return _al_folio(found) if isinstance(found, list) else None


def _joined(part: dict[str, Any], *keys: str) -> str:
    return ", ".join(get_texts(part, *keys))


# -- al-folio -------------------------------------------------------------------


def _al_folio(found: list[Any]) -> CV:
    person: dict[str, Any] = {}
    sections = []
    for part in dicts_of(found):
        contents = part.get("contents")
        kind = get_text(part, "type")
        if kind == "map":
            pairs = [(get_text(c, "name"), get_text(c, "value")) for c in dicts_of(contents)]
            person["name"] = next((v for k, v in pairs if k.lower() in ("full name", "name")), "")
            items = [Item(what=f"{k}: {v}") for k, v in pairs if v and k.lower() not in _PRIVATE]
        elif kind == "nested_list":
            lists = dicts_of(contents)
            items = [
                Item(what=get_text(c, "title"), details=tuple(texts_of(c.get("items")))) for c in lists
            ]
        else:
            several = contents if isinstance(contents, list) else [contents]
            items = [item for content in several for item in _entries(content)]
        sections.append(Section(get_text(part, "title") or "More", items))
    return CV(person, sections)


def _entries(found: Any) -> list[Item]:
    if not isinstance(found, dict):
        return [Item(what=text_of(found))] if text_of(found) else []
    date = when(found.get("year") or found.get("date"))
    if found.get("items") and not found.get("title"):
        return [Item(date, text) for text in _details(found["items"])]
    details = (*_details(found.get("description")), *_details(found.get("items")))
    where = _joined(found, "institution", "location")
    item = Item(date, get_text(found, "title"), where, details, get_text(found, "url"))
    return [item] if any(item) else []


def _details(found: Any, depth: int = 0) -> tuple[str, ...]:
    """Return the texts below an entry; nested ones follow a colon."""
    result: list[str] = []
    for part in found if isinstance(found, list) else [found]:
        if isinstance(part, dict) and depth < 4:
            below = "; ".join(_details(part.get("contents") or part.get("items"), depth + 1))
            result.append(": ".join(filter(None, (get_text(part, "title"), below))))
        elif text := text_of(part):
            result.append(re.sub(r"<br\s*/?>", "; ", text))
    return tuple(filter(None, result))


# -- JSON Resume: https://jsonresume.org/schema -----------------------------------


def _json_resume(found: dict[str, Any]) -> CV:
    person = {
        "name": get_text(found, "basics.name"),
        "job_title": get_text(found, "basics.label"),
        "email": get_text(found, "basics.email"),
        "links": [url for p in get_dicts(found, "basics.profiles") if (url := get_text(p, "url"))],
    }
    sections = []
    for title, name, what, where in _JSON_RESUME:
        items = []
        for part in get_dicts(found, name):
            dates = period(part.get("startDate"), part.get("endDate"))
            dates = dates or when(part.get("date") or part.get("releaseDate"))
            details = get_texts(part, "summary", "description", "reference")
            for more in ("highlights", "courses", "keywords"):
                details += texts_of(part.get(more))
            details += [f"Score: {score}" for score in get_texts(part, "score")]
            url = get_text(part, "url")
            item = Item(dates, _joined(part, *what), _joined(part, *where), tuple(details), url)
            items += [item] if any(item) else []
        sections.append(Section(title, items))
    return CV(person, sections)


# -- RenderCV: https://docs.rendercv.com ------------------------------------------


def _rendercv(found: dict[str, Any]) -> CV:
    networks = get_dicts(found, "social_networks")
    person = {
        "name": get_text(found, "name"),
        "job_title": get_text(found, "label", "headline"),
        "email": get_text(found, "email"),
        "links": [get_text(found, "website")],
        "networks": [(get_text(n, "network").lower(), get_text(n, "username")) for n in networks],
    }
    sections = []
    for title, entries in (get(found, "sections") or {}).items():
        items = []
        for part in entries if isinstance(entries, list) else [entries]:
            if not isinstance(part, dict):
                items += [Item(what=text)] if (text := text_of(part)) else []
                continue
            dates = when(part.get("date")) or period(part.get("start_date"), part.get("end_date"))
            what = _joined(part, "position", "degree", "area", "title", "name", "label", "bullet")
            where = _joined(part, "institution", "company", "location", "journal", "details")
            details = (*texts_of(part.get("summary")), *texts_of(part.get("highlights")))
            items.append(Item(dates, what, where, details, get_text(part, "url")))
        shown = title.replace("_", " ")
        sections.append(Section(shown[:1].upper() + shown[1:], items))
    return CV(person, sections)
