"""A vita kept as data (al-folio's cv.yml, JSON Resume, RenderCV) to pages with timelines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from .front_matter import dicts_of, inside, text_of, texts_of

_PAGES = (  # title, path in docs/, and the headings of sections that belong there
    ("Education", "education.md", r"educat|ausbildung|\bformation|degrees?\b|educación"),
    ("Honors and Awards", "honors.md", r"award|honou?r|prize|fellowship|scholarship|grant|distinction"),
    ("Teaching", "teaching.md", r"teach|lectur|course"),
    ("Service", "service.md", r"servic|volunt|review|committee|organi[sz]|membership|outreach|communit"),
    ("Experience", "experience.md", r"experience|employ|work|position|appointment|career|internship"),
)
_REST = ("Curriculum Vitae", "cv.md")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?(?:T.*)?")
_NOW = re.compile(r"(?:present|now|today|current|ongoing|至今)", re.I)


class Item(NamedTuple):
    """One line of a vita: when, what, where, and what is said of it."""

    when: str = ""
    what: str = ""
    where: str = ""
    details: tuple[str, ...] = ()
    url: str = ""


class Section(NamedTuple):
    """A heading and its items."""

    title: str
    items: list[Item]


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


def pages(sections: Iterable[Section]) -> dict[str, tuple[str, str]]:
    """The pages that sections make: title and Markdown by their paths in docs/."""
    found: dict[str, tuple[str, list[Section]]] = {}
    for section in sections:
        if not section.items:
            continue
        words = section.title.lower()
        title, path = next(((t, p) for t, p, pattern in _PAGES if re.search(pattern, words)), _REST)
        found.setdefault(path, (title, []))[1].append(section)
    result = {}
    for path, (title, several) in found.items():
        bare = len(several) == 1 and path != _REST[1]
        parts = [("" if bare else f"## {s.title}\n\n") + timeline(s.items) for s in several]
        result[path] = (several[0].title if bare else title, "\n\n".join(parts))
    return result


def timeline(items: Iterable[Item]) -> str:
    """A list of items, as a timeline where one has a date."""
    items = list(items)
    mark = "<!-- timeline -->\n\n" if any(item.when for item in items) else ""
    return mark + "\n".join(map(line, items))


def line(item: Item) -> str:
    """An item of a list."""
    what = " ".join(item.what.split())
    if what and item.url and "](" not in what and "<a " not in what:
        what = f"[{what}]({item.url})"
    what = f"**{what}**" if what and (item.where or item.details) and "*" not in what else what
    text = ". ".join(filter(None, (what, " ".join(item.where.split()))))
    head = f"- {item.when}: {text}" if item.when else f"- {text}"
    more = [" ".join(detail.split()) for detail in item.details if detail.strip()]
    return "\n".join([head.rstrip(), *(f"    - {detail}" for detail in more)])


def span(start: object, end: object = "", plain: object = "") -> str:
    """From when to when, as a timeline has it: `2017.09-2024.03`."""
    if text := text_of(plain):
        return _written(text)
    first, last = _month(text_of(start)), _month(text_of(end))
    if not first or first == last:
        return first or last
    return f"{first}-{last or 'now'}"


def _month(text: str) -> str:
    match = _ISO.fullmatch(text)
    if match:
        return f"{match[1]}.{match[2]}"
    return "now" if _NOW.fullmatch(text) else text


def _written(text: str) -> str:
    text = " ".join(text.split())
    if _ISO.fullmatch(text):
        return _month(text)
    text = re.sub(r"\s*(?:–|—|--+)\s*", "-", text)
    return f"{text} now" if re.fullmatch(r".*\d{4}\s*-", text) else text


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


_PRIVATE = ("full name", "name", "date of birth", "birthday", "phone", "address", "birth year", "")


def _entry(found: Any) -> list[Item]:
    if not isinstance(found, dict):
        return [Item(what=text_of(found))] if text_of(found) else []
    when = span("", "", found.get("year") or found.get("date"))
    if found.get("items") and not found.get("title"):
        return [Item(when, text) for text in _details(found["items"])]
    where = ", ".join(filter(None, (text_of(found.get(k)) for k in ("institution", "location"))))
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
    basics = found.get("basics") if isinstance(found.get("basics"), dict) else {}
    assert isinstance(basics, dict)
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
                ", ".join(filter(None, (text_of(part.get(k)) for k in what))),
                ", ".join(filter(None, (text_of(part.get(k)) for k in where))),
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
            what = ", ".join(filter(None, (text_of(entry.get(k)) for k in heading)))
            places = ("institution", "company", "location", "journal", "details")
            where = ", ".join(filter(None, (text_of(entry.get(k)) for k in places)))
            when = span(entry.get("start_date"), entry.get("end_date"), entry.get("date"))
            details = (*texts_of(entry.get("summary")), *texts_of(entry.get("highlights")))
            items.append(Item(when, what, where, details, text_of(entry.get("url"))))
        shown = title.replace("_", " ")
        sections.append(Section(shown[:1].upper() + shown[1:], items))
    return Vita(person, sections)
