"""Writes the sections of a CV as pages with timelines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .front_matter import text_of

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


class Item(NamedTuple):
    """One entry of a CV: when, what, where, and more lines."""

    when: str = ""
    what: str = ""
    where: str = ""
    details: tuple[str, ...] = ()
    url: str = ""


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
