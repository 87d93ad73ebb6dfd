"""Days of the calendar, and ISO 8601; `written_dates` reads what bibliographies write."""

import os
import re
import time
from datetime import UTC, datetime
from datetime import date as calendar_date

from ..model import Date

_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d|21\d\d)(?!\d)")


def parse(text: str) -> Date | None:
    """The date at the start of a text, `2024`, `2024-07` or `2024-07-10`; None if impossible."""
    match = _ISO.match(text.strip().lstrip("/"))
    if not match:
        return None
    return make(int(match[1]), int(match[2] or 0), int(match[3] or 0))


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


def reprint(text: str) -> list[str]:
    """The two years in `2002 [1990]` or `[1990] 2002`, of a reprint; else none."""
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    return years if "[" in text and len(years) == 2 else []
