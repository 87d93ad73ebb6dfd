"""A vita to Markdown: its sections become pages with timelines."""

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
