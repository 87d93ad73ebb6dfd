"""Reads news items from a Markdown page: a level-2 heading for each, `## 2024-07-10 Title`."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from ..common import PLUGIN_COMMENTS, code_spans, inside, slugify, without_comments, without_invisible
from ..model import Date, NewsItem, Problem
from ..publications import dates

_HEADING = re.compile(r"^##(?!#)[ \t]*(.*?)[ \t]*#*[ \t]*$", re.M)
_DATE = re.compile(r"(\d{4}(?:[-/.]\d{1,2}){0,2})(?=[\s:,]|$)[\s:,–-]*")
_LOOKS_LIKE_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{4}[-/.]\d+")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_IN_WORDS = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? )?{_MONTH}(?: (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?)?,? "
    r"(?P<year>\d{4})(?=[\s:,–-]|$)",
    re.I,
)
_WORDS_IN_SLUG = 6
_EXCERPT = 140  # characters


class RenderedNews(NamedTuple):
    """A converted item: `title` and `excerpt` are plain text, `body` is HTML of the news page."""

    item: NewsItem
    title: str
    body: str
    excerpt: str


class NewsPage(NamedTuple):
    """A parsed page: the text before the first item, and the items, newest first."""

    preamble: str
    items: tuple[NewsItem, ...]


def parse(text: str, path: str, first_line: int = 1) -> tuple[NewsPage, list[Problem]]:
    """Read the Markdown of the news page; `first_line` is its first line in the file.

    Items are sorted newest first; one without a date stays after the item above it. Comments are
    left out. Returns the page and its problems.
    """
    problems: list[Problem] = []
    text = without_comments(without_invisible(text, path, problems, first_line), PLUGIN_COMMENTS)
    spans = code_spans(text)
    headings = [m for m in _HEADING.finditer(text) if not inside(m.start(), spans)]
    items = []
    slugs: set[str] = set()
    times: Counter[str] = Counter()
    for number, match in enumerate(headings):
        end = headings[number + 1].start() if number + 1 < len(headings) else len(text)
        body = text[match.end() : end].strip("\n")
        line = first_line + text.count("\n", 0, match.start())
        date, title = _date_and_title(match[1], path, line, problems)
        if not title and not body.strip():
            hint = "write a title after the date, or a text below it"
            problems.append(Problem(path, line, "this news item is empty", hint))
            continue
        slug = unique = _slug(date, title, body)
        while unique in slugs:
            times[slug] += 1
            unique = f"{slug}-{times[slug] + 1}"
        slugs.add(unique)
        items.append(NewsItem(unique, date, title, body, line))
    preamble = text[: headings[0].start()] if headings else text
    return NewsPage(preamble, tuple(newest_first(items))), problems


def _date_and_title(heading: str, path: str, line: int, problems: list[Problem]) -> tuple[Date, str]:
    match = _DATE.match(heading)
    if match:
        found = dates.parse(match[1])
        if found:
            return found, heading[match.end() :].strip()
    if match or _LOOKS_LIKE_DATE.match(heading):
        written = heading.split(maxsplit=1)[0]
        message = f"'{written}' is not a date; the item is shown without one"
        problems.append(Problem(path, line, message, "write it as 2024-07-10, 2024-07 or 2024"))
    elif words := _IN_WORDS.match(heading):
        day = words["day"] or words["day2"]
        iso = f"{words['year']}-{_MONTHS.index(words['month'].lower()) + 1:02}" + (
            f"-{day:0>2}" if day else ""
        )
        message = f"'{words[0]}' is not read as a date; the item is shown without one"
        problems.append(Problem(path, line, message, f"write it as {iso}"))
    return Date(), heading


def _slug(date: Date, title: str, body: str) -> str:
    text = without_comments(title or re.sub(r"\]\([^)]*\)", "]", body))
    words = " ".join(text.split()[:_WORDS_IN_SLUG])
    return slugify(f"news-{date.iso() if date else ''}-{words}")


def newest_first(items: Iterable[NewsItem]) -> list[NewsItem]:
    """Sort items by date; one without a date stays after the item above it in the file."""
    keyed = []
    above = (9999, 12, 31)
    for item in items:
        above = item.date.key if item.date else above
        keyed.append((above, item))
    return [item for _, item in sorted(keyed, key=lambda pair: pair[0], reverse=True)]


def dates_for_feed(items: list[NewsItem], fallback: Date) -> list[Date]:
    """Return a date for each item, as Atom requires one.

    It is the item's own, or that of the next item below, or above, or `fallback`, but never today.
    """
    result: list[Date] = []
    for index, item in enumerate(items):
        known = [i.date for i in (item, *items[index + 1 :], *reversed(items[:index])) if i.date]
        result.append(known[0] if known else fallback)
    return result


# -- the page's Markdown and HTML ---------------------------------------------

_MARKER = "<!-- hp-news-item {} -->"
_MARKERS = re.compile(r"<!-- hp-news-item (\d+|end) -->\n?")
_FIRST_HEADING = re.compile(r"\s*<h2\b[^>]*>(.*?)</h2>\s*", re.S)
_HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>', re.S)


def markdown(page: NewsPage, time: dict[str, str]) -> str:
    """Return the page's Markdown with a marker before each item; `time` has HTML for each ISO date."""
    parts = [page.preamble.rstrip("\n")]
    for number, item in enumerate(page.items):
        heading = " ".join(filter(None, (time[item.date.iso()] if item.date else "", item.title)))
        parts.append(_MARKER.format(number))
        if heading:
            parts.append(f"## {heading} {{ #{item.slug} }}")
        parts.append(item.body)
    parts.append(_MARKER.format("end"))
    return "\n\n".join(parts) + "\n"


def rendered(html: str, items: tuple[NewsItem, ...]) -> tuple[list[str], list[RenderedNews]]:
    """Split the page's HTML at the markers; returns all segments (the preamble is first) and news."""
    pieces = _MARKERS.split(html)
    segments = [pieces[0]]
    news = []
    for number, segment in zip(pieces[1::2], pieces[2::2], strict=True):
        if number == "end":
            segments.append(segment)  # footnotes, after all items
            continue
        item = items[int(number)]
        heading = _FIRST_HEADING.match(segment) if item.date or item.title else None
        body = segment[heading.end() :] if heading else segment
        title = _without_time(heading[1]) if heading else ""
        text = " ".join(Markup(body).striptags().split())
        segments.append(segment)
        news.append(RenderedNews(item, title, body.strip(), _shortened(text)))
    return segments, news


def _without_time(heading: str) -> str:
    heading = re.sub(r"<time\b.*?</time>", "", _HEADER_LINK.sub("", heading), flags=re.S)
    return " ".join(Markup(heading).striptags().split())


def _shortened(text: str) -> str:
    if len(text) <= _EXCERPT:
        return text
    cut = text[:_EXCERPT]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:") + " …"
