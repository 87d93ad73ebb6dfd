"""Parse dates in the fields of BibTeX and biblatex."""

import os
import re
import time
import unicodedata
from datetime import UTC, datetime
from datetime import date as calendar_date
from functools import lru_cache

from ..model import Date
from ..people import fold

# English, German, French, Spanish, Italian, Portuguese, Dutch: beginnings that name one month.
_MONTHS = (
    ("jan", "ene", "gen"),
    ("feb", "fev", "febr"),
    ("mar", "maer", "mrt", "maa"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei", "maj"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "dic", "des"),
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
# biblatex manual, 2.3.8: the seasons of ISO 8601-2, and `X` for unknown digits.
_SEASON_NUMBERS = {21: 3, 22: 6, 23: 9, 24: 12}
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d|21\d\d)(?!\d)")


def parse(text: str) -> Date | None:
    """The date at the start of a text, `2024`, `2024-07` or `2024-07-10`; None if impossible."""
    match = _ISO.match(text.strip().lstrip("/"))
    if not match:
        return None
    month = int(match[2] or 0)
    return make(int(match[1]), _SEASON_NUMBERS.get(month, month), int(match[3] or 0))


def today() -> Date:
    """Today in UTC, or the day that SOURCE_DATE_EPOCH names (reproducible-builds.org/specs)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdecimal() and len(epoch) < 12 else int(time.time())
    day = datetime.fromtimestamp(seconds, UTC)
    return Date(day.year, day.month, day.day)


def make(year: int, month: int = 0, day: int = 0) -> Date | None:
    """The date, or None if it is not in the calendar."""
    try:
        calendar_date(year, month or 1, day or 1)
    except (ValueError, OverflowError):
        return None
    return Date(year, month, day if month else 0)


def year(text: str) -> int:
    """The year in a value such as `2020a`, `c. 2019` or `2019--2020` (its first), else 0."""
    match = _YEAR.search(text)
    return int(match[1]) if match else 0


@lru_cache(maxsize=1024)
def month(text: str) -> tuple[int, int]:
    """Month and day of a month field: `sep`, `September/October`, `10~sep`, `09`, `März`."""
    text = (
        unicodedata.normalize("NFC", text[:200])
        .replace("~", " ")
        .replace("ä", "ae")
        .replace("{", "")
        .replace("}", "")
    )
    day = re.search(r"(?<!\d)([0-3]?\d)(?!\d)", text)
    quarter = re.search(r"\bQ([1-4])\b", text)
    if quarter:
        return 3 * int(quarter[1]) - 2, 0
    for word in re.findall(r"[^\W\d_]+", fold(text)):
        for number, names in enumerate(_MONTHS, 1):
            if word.startswith(names):
                return number, int(day[1]) if day and 1 <= int(day[1]) <= 31 else 0
        if word in _SEASONS:
            return _SEASONS[word], 0
    if day and 1 <= int(day[1]) <= 12:
        return int(day[1]), 0
    return 0, 0
