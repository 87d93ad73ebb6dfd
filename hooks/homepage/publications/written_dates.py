"""Dates as bibliographies write them: ISO, seasons, spans, words, slashes and dots.

biblatex's manual (2.3.8) has EDTF's levels 0 and 1: `2024-21` is spring, `2019/2023` a span, `2019/` an
open one, `199X` a decade. BibTeX's fields are free text: `10--12~jul`, `15.1.2015`, `09/2015`.
"""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from ..model import Date
from ..people import fold
from .dates import make
from .dates import year as year_in

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
_SEASONS = (
    ("spring", "fruhling", "fruehling", "fruhjahr", "fruehjahr", "printemps", "primavera", "lente"),
    ("summer", "sommer", "ete", "verano", "estate", "verao", "zomer"),
    ("fall", "autumn", "herbst", "automne", "otono", "autunno", "outono", "herfst"),
    ("winter", "hiver", "invierno", "inverno"),
)
_ISO = re.compile(
    r"(\d{4}|\d{3}X|\d\dXX)(?:([-/.])(\d{1,2}|XX)(?:\2(\d{1,2}|XX))?)?(?:[T ]\d\d:?\d\d\S*)?", re.I
)
_COMPACT = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)")
_SPAN = re.compile(r"([12]\d{3})\s*[-–/]\s*([12]\d{3}|\d\d)(?!\d)")
_LONGEST_SPAN = 30  # years between a year and the two digits of another one
_NUMBERS = re.compile(  # 15.1.2015, 15.-17.1.2015, 15/1/2015, 09/2015
    r"(?:(?:(\d{1,2})\.?\s?[-–]\s?)?(\d{1,2})\s?([./-])\s?)?(\d{1,2})\s?[./-]\s?([12]\d{3})"
)
_BETWEEN = (re.compile(r"\s*(?:–|\s-\s|\bto\b|\bbis\b|\.\.)\s*"), re.compile(r"\s*/\s*"))
_OPEN = ("", "open", "unknown", "present", "now", "today")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


@lru_cache(maxsize=1024)
def read(text: str) -> Date | None:
    """The date or the span of dates that a text is, else None."""
    text = _clean(text)
    found = _single(text) or _span(text) or _numbers(text)
    return found or _words(text)


@lru_cache(maxsize=1024)
def in_year(year: str, month: str = "", day: str = "") -> Date | None:
    """The date in BibTeX's fields; a `year` may have all of it. None if there is no year."""
    text = _clean(year)
    span, first = _years(text), Date(year_in(text))
    short = span and span.end and (span.end.year == span.year + 1 or int(text[-2:]) > 12)
    found = span if short else read(text) or first or None  # 2011/12 is no month
    if found is None or not (month or day):
        return found
    return _moment(f"{day} {month}" if day.strip() and not re.search(r"\d\D*$", month) else month, found)


def month(text: str) -> int:
    """The month in a text, `sep` or `9`, else 0."""
    found = in_year("2000", text)
    return found.month if found else 0


def _season_of(word: str) -> int:
    """The season that a word names, from 1 (spring) to 4, else 0."""
    return next((n for n, names in enumerate(_SEASONS, 1) if word.startswith(names)), 0)


def _month_of(word: str) -> int:
    """The month that a word names, in lower case and without accents, else 0."""
    return next((n for n, names in enumerate(_MONTHS, 1) if word.startswith(names)), 0)


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text[:200])
    text = re.sub(r"--+|\\textendash", "–", text).replace("\\slash", "/")
    text = re.sub(r"\\[,/]|[{}]", "", text)
    text = re.sub(r"([年月])\s*|日", lambda m: "-" if m[1] else "", text).strip()
    return re.sub(r"[\u2010-\u2015−]", "–", text.rstrip("~?%-")).replace("~", " ").strip(" .,;()")


def _years(text: str) -> Date | None:
    """Two years, of which the second may have two digits: 2019/2023, 1998-01."""
    match = _SPAN.fullmatch(text)
    return match and _until(Date(int(match[1])), Date(_full(match[1], match[2])))


def _full(first: str, last: str) -> int:
    """The year of the last digits of a later year: 1998 and 01 give 2001."""
    year = int(first[: -len(last)] + last)
    year += 100 * (year < int(first))
    return year if len(last) == 4 or year - int(first) <= _LONGEST_SPAN else 0


def _single(text: str) -> Date | None:
    match = _ISO.fullmatch(text)
    if compact := _COMPACT.fullmatch(text):
        return make(*map(int, compact.groups()))
    if not match:
        return None
    if "X" in match[1].upper():
        start, end = (int(re.sub("X", digit, match[1], flags=re.I)) for digit in "09")
        return Date(start, end=Date(end))
    month, day = (int(part) if part and part.isdigit() else 0 for part in (match[3], match[4]))
    if match[2] == "-" and 21 <= month <= 24 and not day:
        return Date(int(match[1]), season=month - 20)
    return make(int(match[1]), month, day)


def _span(text: str) -> Date | None:
    parts = _parts(text)
    if len(parts) != 2 or _SPAN.fullmatch(text):
        return _years(text)
    first, last = parts
    start = read(first) if first != text else None
    if start and last.lower() in _OPEN:
        return replace(start, end=Date())
    if first.lower() in _OPEN:
        return read(last)
    if start and start.month and last.isdigit() and len(last) < 3:  # 2024-05-03/07, 2024-05/07
        number = int(last)
        end = make(start.year, start.month, number) if start.day else make(start.year, number)
    else:
        end = read(last)
    return _until(start, end) if start and end else None


def _parts(text: str) -> list[str]:
    """The start and the end of a span; a slash is between them only if nothing else is."""
    return next((parts for sign in _BETWEEN if len(parts := sign.split(text)) > 1), [text])


def _until(start: Date, end: Date | None) -> Date:
    return replace(start, end=end) if end and end.key > start.key else start


def _numbers(text: str) -> Date | None:
    match = _NUMBERS.fullmatch(text)
    if not match:
        return None
    first, day, sign, month, year = match.groups()
    one, other = int(day or 0), int(month)
    if one and sign != "." and one <= 12 and other != one:
        if other <= 12:
            return None  # 3/4/2015 is in March or in April
        one, other = other, one
    found = make(int(year), other, one)
    return found and (_until(make(int(year), other, int(first)) or found, found) if first else found)


def _words(text: str) -> Date | None:
    text = _SPAN.sub(lambda m: f"{m[1]}/{_full(m[1], m[2])}", text)
    year = year_in(text)
    if not year:
        return None
    rest = text.replace(str(year), " ", 1)
    if year_in(rest):  # December 2014 – January 2015
        parts = _parts(text)
        start, end = map(read, parts) if len(parts) == 2 else (None, None)
        return _until(start, end) if start else None
    return _moment(rest, Date(year)) if re.search(r"[^\W\d_]", rest) else None


def _moment(text: str, date: Date) -> Date:
    """The date with the month, the days or the season in a text: `10--12~jul`, `Fall`, `09`."""
    text, year = _clean(text).lower().replace("ä", "ae"), date.year
    dotted = re.search(r"\d\s?\.\s?\d", text)
    text = fold(text)
    if quarter := re.search(r"\bq([1-4])\b", text):
        return Date(year, 3 * int(quarter[1]) - 2)
    months: list[int] = []
    days: list[int] = []
    season = 0
    for token in _TOKEN.findall(text):
        if token.isdigit():
            days += [int(token)] if 1 <= int(token) <= 31 and len(token) < 3 else []
        elif number := _month_of(token):
            months.append(number)
        else:
            season = season or _season_of(token)
    if season and not months:
        return replace(date, month=0, day=0, season=season)
    if not months and days and len(days) < 3:
        if len(days) == 2 and (dotted or max(days) > 12):
            months, days = (days[1:], days[:1]) if days[1] <= 12 else (days[:1], days[1:])
        else:
            months, days = days, []
    if not months or max(months) > 12:
        return date
    first, last = months[0], months[-1]
    on = (days[0], days[-1]) if len(days) >= len(months) else (0, 0)
    start = make(year, first, on[0]) or Date(year, first)
    end = make(year + (last < first), last, on[1]) if (last, on[1]) != (first, on[0]) else date.end
    return _until(start, end)
