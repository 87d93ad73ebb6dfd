"""The status of a work: published, in press, under review, or a preprint."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..model import Entry

STATUS = (  # the words for it: biblatex's pubstate, and what people write into note and year
    (
        "under review",
        re.compile(r"under.{0,3}review|in.{0,3}review|submitted|submission|in.?preparation", re.I),
    ),
    ("in press", re.compile(r"in.?press|forthcoming|to.appear|accepted|online.first", re.I)),
    ("preprint", re.compile(r"prepublished|preprint|working.paper", re.I)),
    ("published", re.compile(r"published", re.I)),
)


def is_word(year: str) -> bool:
    """Is the year a word, such as `in press`?"""
    return bool(year) and not year[0].isdigit()


def status_in(text: str) -> str:
    """The status that a text speaks of, or ''."""
    return next((name for name, pattern in STATUS if pattern.search(text)), "")


def status_of(entry: Entry, archived: bool, year: str, warn: Callable[[str, str, str], None]) -> str:
    """The status of an entry: as its fields set it, else as other fields suggest.

    `archived` says that it is only in an archive of preprints; `year` is the year as it is shown.
    """
    for field in ("status", "pubstate"):
        if entry.get(field):
            found = status_in(entry.get(field))
            if not found:
                message = f"the {field} '{entry.get(field)}' of '{entry.key}' is not known"
                warn(field, message, "write published, in press, under review or preprint")
            return found or "published"
    derived = status_in(year) or status_in(entry.get("note")) if is_word(year) else ""
    if derived:
        return derived
    note = status_in(" ".join(entry.get(f) for f in ("note", "howpublished", "month")))
    if archived:
        return note if note in ("under review", "in press") else "preprint"
    return note if note in ("under review", "in press", "preprint") else "published"
