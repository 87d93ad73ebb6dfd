"""Reads CVs in data files, and writes the sections of a CV as pages with timelines."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from .front_matter import dicts_of, get, get_dicts, get_text, get_texts, text_of, texts_of

_PAGES = (  # title, path in docs/, and the headings of sections that belong there
    ("Education", "education.md", r"educat|ausbildung|\bformation|degrees?\b|educación"),
    ("Honors and Awards", "honors.md", r"award|honou?r|prize|fellowship|scholarship|grant|distinction"),
    ("Teaching", "teaching.md", r"teach|lectur|course"),
    ("Service", "service.md", r"servic|volunt|review|committee|organi[sz]|membership|outreach|communit"),
    ("Experience", "experience.md", r"experience|employ|work|position|appointment|career|internship"),
    ("Curriculum Vitae", "cv.md", r""),
)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-\d{2})?(?:T.*)?")
_NOW = re.compile(r"(?:present|now|today|current|ongoing|至今)", re.I)
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
_RENDERCV_WHAT = ("position", "degree", "area", "title", "name", "label", "bullet")
_RENDERCV_WHERE = ("institution", "company", "location", "journal", "details")


class Item(NamedTuple):
    """One entry of a CV: when, what, where, and more lines."""

    when: str = ""
    what: str = ""
    where: str = ""
    details: tuple[str, ...] = ()
    url: str = ""


def item_of(
    part: object, dates: str, what: Iterable[str], where: Iterable[str], details: Iterable[str]
) -> Item:
    """Return an item of a data file; `what` and `where` are the names of its values."""
    what_, where_ = (", ".join(get_texts(part, *names)) for names in (what, where))
    return Item(dates, what_, where_, tuple(details), get_text(part, "url"))


class Section(NamedTuple):
    """A heading and its items."""

    title: str
    items: list[Item]


def pages(sections: Iterable[Section]) -> dict[str, tuple[str, str]]:
    """Return the pages for some sections: title and Markdown by their paths in docs/."""
    found: dict[str, tuple[str, list[Section]]] = {}
    for section in sections:
        if section.items:
            words = section.title.lower()
            title, path = next((t, p) for t, p, pattern in _PAGES if re.search(pattern, words))
            found.setdefault(path, (title, []))[1].append(section)
    result = {}
    for path, (title, several) in found.items():
        if len(several) == 1 and path != "cv.md":
            result[path] = several[0].title, timeline(several[0].items)
        else:
            result[path] = title, "\n\n".join(f"## {s.title}\n\n{timeline(s.items)}" for s in several)
    return result


def timeline(items: Iterable[Item]) -> str:
    """Return a list of items; it is a timeline if one has a date."""
    items = list(items)
    mark = "<!-- timeline -->\n\n" if any(item.when for item in items) else ""
    return mark + "\n".join(map(line, items))


def line(item: Item) -> str:
    """Return an item as part of a list, with its details below."""
    what, where = " ".join(item.what.split()), " ".join(item.where.split())
    if what and item.url and "](" not in what and "<a " not in what:
        what = f"[{what}]({item.url})"
    if what and (item.where or item.details) and "*" not in what:
        what = f"**{what}**"
    text = ". ".join(filter(None, (what, where)))
    head = f"- {item.when}: {text}" if item.when else f"- {text}"
    details = [" ".join(detail.split()) for detail in item.details if detail.strip()]
    return "\n".join([head.rstrip(), *(f"    - {detail}" for detail in details)])


def period(start: object, end: object = "") -> str:
    """Return from when to when, as in `2017.09-2024.03`."""
    first, last = _month(text_of(start)), _month(text_of(end))
    if not first or first == last:
        return first or last
    return f"{first}-{last or 'now'}"


def when(written: object) -> str:
    """Return a date or a period that is a single text."""
    text = " ".join(text_of(written).split())
    if _ISO.fullmatch(text):
        return _month(text)
    text = re.sub(r"\s*(?:–|—|--+)\s*", "-", text)
    return f"{text} now" if re.fullmatch(r".*\d{4}\s*-", text) else text


def _month(text: str) -> str:
    if match := _ISO.fullmatch(text):
        return f"{match[1]}.{match[2]}"
    return "now" if _NOW.fullmatch(text) else text


class CV(NamedTuple):
    """The content of a file; `person` has `name`, `job_title`, `email`, `links` and `networks`."""

    person: dict[str, Any]
    sections: list[Section]


def parse(found: Any) -> CV | None:
    """Return the CV in some data, None if its format is not known."""
    if isinstance(found, dict) and isinstance(found.get("cv"), dict):
        return _rendercv(found["cv"])
    if isinstance(found, dict):
        return _json_resume(found) if {"basics", "work", "education"} & found.keys() else None
    return _al_folio(found) if isinstance(found, list) else None


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
    item = item_of(found, date, ("title",), ("institution", "location"), details)
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
            item = item_of(part, dates, what, where, details)
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
            details = (*texts_of(part.get("summary")), *texts_of(part.get("highlights")))
            items.append(item_of(part, dates, _RENDERCV_WHAT, _RENDERCV_WHERE, details))
        shown = title.replace("_", " ")
        sections.append(Section(shown[:1].upper() + shown[1:], items))
    return CV(person, sections)
