"""The status of a work: published, in press, under review, or a preprint."""

import re
from collections.abc import Callable

from ..model import Entry

# The words for it: biblatex's pubstate, and what people write into note and year.
_WORDS = {
    "under review": r"under.{0,3}review|in.{0,3}review|submitted|submission|in.?preparation",
    "in press": r"in.?press|forthcoming|to.appear|accepted|online.first",
    "preprint": r"prepublished|preprint|working.paper",
    "published": r"published",
}
STATUS = {name: re.compile(words, re.I) for name, words in _WORDS.items()}


def is_word(year: str) -> bool:
    """Is the year a word, such as `in press`?"""
    return bool(year) and not year[0].isdigit()


def status_in(text: str) -> str:
    """The status that a text speaks of, or ''."""
    return next((name for name, pattern in STATUS.items() if pattern.search(text)), "")


def status_of(entry: Entry, archived: bool, year: str, report: Callable[[str, str, str], None]) -> str:
    """The status of an entry: as its fields set it, else as other fields suggest.

    `archived` says that it is only in an archive of preprints; `year` is the year as it is shown.
    """
    for field in ("status", "pubstate"):
        if written := entry.get(field):
            found = status_in(written)
            if not found:
                message = f"the {field} '{written}' of '{entry.key}' is not known"
                report(field, message, "write published, in press, under review or preprint")
            return found or "published"
    if is_word(year) and (derived := status_in(year) or status_in(entry.get("note"))):
        return derived
    note = status_in(" ".join(map(entry.get, ("note", "howpublished", "month"))))
    default = "preprint" if archived else "published"
    return note if note in ("under review", "in press", "preprint") else default
