"""Dates, seasons and spans of dates for readers."""

from functools import lru_cache

from ..model import Date
from .labels import format_date, labels_of, locale_of


@lru_cache(maxsize=1024)
def format_dates(date: Date, language: str) -> str:
    """Format a date, a season or a span of dates: `Jul 10–12, 2024`, `Fall 2024`, `2019–2023`."""
    from datetime import date as day

    from babel.dates import format_interval

    label, end = labels_of(language), date.end
    if date.season:
        last = f"–{end.year}" if end and end.year > date.year else ""
        return f"{label['seasons'].split('|')[date.season - 1]} {date.year}{last}"
    if not end or not end.year:
        return format_date(date.iso(), language) + "–" * (end is not None)
    known = min(len(date.parts), len(end.parts))
    start, stop = (day(*[*d.parts[:known], 1, 1][:3]) for d in (date, end))
    skeleton = {1: "y", 2: "yMMMM", 3: "yMMMd"}[known]
    return format_interval(start, stop, skeleton, locale=locale_of(language)).replace("\u2009", "")
