"""Fields of CSL 1.0.2 that only some kinds of works have.

They follow pandoc's reader of BibTeX, and the CSL mappings of Zotero and Better BibTeX.
"""

import re

from ..model import Date, Entry, Name, Publication
from ..people import names
from ..publications import written_dates
from ..tex import plain

_ADDRESS = re.compile(r"(?:https?|ftp)://\S+", re.I)
_LEADS_TO = re.compile(
    r"\W*(?:(?:online\W+)?(?:also )?(?:available|accessible|online|published|retrieved|see|url|website)"
    r"\b[\w ]*?"
    r"(?:\b(?:at|from|on|in|under))?|at|from)?[\s:;,.()<>\[\]]*",
    re.I,
)
IN_SERIES = ("book", "incollection", "inproceedings")
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_EDITION = re.compile(
    r"(?:(\d{1,3})(?:\.|st|nd|rd|th|e|ª|º|a|o)?|([a-z]+))\s*(?:ed(?:ition|n)?\.?|aufl(?:age)?\.?)?\.?",
    re.I,
)
_COUNT = {"number-of-pages": "pagetotal", "number-of-volumes": "volumes"}
_SHORT = {"title-short": "shorttitle", "container-title-short": "shortjournal"}


def date(days: Date) -> dict[str, object]:
    """A date or a span of dates."""
    found = [list(day.parts) for day in (days, days.end) if day]
    found = found[: 1 + (found[0] != found[-1])]  # of two seasons in a year, CSL has the first
    return {"date-parts": found, **({"season": days.season} if days.season else {})}


def name(person: Name) -> dict[str, str]:
    """A name in its parts."""
    if person.literal and not person.family:
        return {"literal": person.literal}
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.von,
        "suffix": person.suffix,
    }
    return {part: value for part, value in parts.items() if value}


def edition(entry: Entry) -> str:
    """The edition as a number, which styles turn into `2nd ed.`, else as it is written."""
    written = plain(entry.get("edition"))
    match = _EDITION.fullmatch(written.strip())
    if match and match[1]:
        return str(int(match[1]))
    number = ordinal(match[2]) if match else 0
    return str(number) if number else written


def ordinal(word: str) -> int:
    """The number that an English word names, as `Second`, else 0."""
    word = word.lower()
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else 0


def without_address(text: str) -> tuple[str, str]:
    """A text such as `Available at https://…` as the address, and what it says besides that."""
    match = _ADDRESS.search(text)
    if not match:
        return text, ""
    rest = (text[: match.start()] + text[match.end() :]).strip(" ,;:.()<>[]")
    return "" if _LEADS_TO.fullmatch(rest) else rest, match[0].rstrip(".,;)>")


def fields(publication: Publication) -> dict[str, object]:
    """Further fields of an item, of which any may be empty."""
    entry, kind = publication.entry, publication.type
    series = kind in IN_SERIES and entry.get("series")
    chapter = plain(entry.get("chapter"))
    days = {"original-date": "origdate", "event-date": "eventdate", "accessed": "urldate"}
    dates = {n: written_dates.read(entry.get(f)) for n, f in days.items() if entry.get(f)}
    if year := entry.get("origyear"):
        dates.setdefault("original-date", written_dates.read(year))
    found: dict[str, object] = {
        "container-author": [name(person) for person in names.parse(entry.get("bookauthor")).names],
        **{n: date(day) for n, day in dates.items() if day},
        **{n: plain(entry.get(field)) for n, field in (_COUNT | _SHORT).items()},
        "collection-number": publication.number if series else "",
        "chapter-number": chapter if any(map(str.isdigit, chapter)) else "",  # else it is a title
        "original-publisher": plain(entry.get("origpublisher")),
        "original-title": plain(entry.get("origtitle")),
    }
    if series:
        found["number"] = ""
    if event := plain(entry.get("eventtitle")):
        place = plain(entry.get("venue"))
        found |= {"event": event, "event-title": event} | ({"event-place": place} if place else {})
    return found
