"""Titles of works and of what they appeared in, put together from their fields.

biblatex (its manual, 2.2.2) has up to nine: title, subtitle and titleaddon, and the same of the book
(`booktitle`), of a work in several volumes (`maintitle`) and of the journal. They are joined as pandoc
joins them for CSL: no sign follows a title that ends with one.
"""

import re
from collections.abc import Callable

from ..model import NO_TEXT, Entry, Text
from ..people import fold

_ENDS = ("?", "!", ".", ":", ";", ",", "…", "。", "？", "！", "：")
_PARTS = ("title", "subtitle", "titleaddon")
_IN = ("incollection", "inproceedings")
# A chapter's number, and not its title.
_NUMBERED = re.compile(r"\W*(?:(?:chap(?:ter)?s?|ch|kap(?:itel)?)\b\W*)?(?:[\d.,–-]+|[ivxlc]+)\W*", re.I)

TextOf = Callable[..., Text]


def joined(*parts: tuple[str, Text]) -> Text:
    """Texts in a row, each after the sign that belongs before it."""
    whole = NO_TEXT
    for sign, text in parts:
        if not whole or not text:
            whole = whole or text
            continue
        between = " " if whole.plain.rstrip("”’\"') ").endswith(_ENDS) else f"{sign} "
        whole = Text.of(f"{whole.plain}{between}{text.plain}", f"{whole.html}{between}{text.html}")
    return whole


def same(one: Text, other: Text) -> bool:
    """Are two titles the same, but for case and punctuation?"""
    return fold(one.plain) == fold(other.plain)


def title(entry: Entry, kind: str, text: TextOf) -> Text:
    """The title of the work itself; a volume's has the title of all volumes before it."""
    if _chapter_is_title(entry):
        return text("chapter")
    if _is_issue(entry):
        return _whole("issue", text)
    own = _whole("", text)
    main = _whole("main", text) if entry.get("maintitle") and kind not in _IN else NO_TEXT
    if main and own and not same(main, own):
        return joined(("", main), (".", own))
    return own or main or (_whole("book", text) if entry.type == "inbook" else NO_TEXT)


def venue(entry: Entry, kind: str, field: str, text: TextOf) -> Text:
    """The title of what it appeared in, given the field that says so."""
    if _chapter_is_title(entry) or _is_issue(entry):
        return _whole("", text)
    if field == "booktitle" or (kind in _IN and not field):
        book = _whole("book", text)
        main = _whole("main", text) if entry.get("maintitle") and kind in _IN else NO_TEXT
        if main and book and not same(main, book):
            return joined(("", main), (".", book))
        return book or main
    more = {"journal": ("journalsubtitle", "journaltitleaddon"), "eventtitle": ("", "eventtitleaddon")}
    subtitle, addon = more.get(field.replace("journaltitle", "journal"), ("", ""))
    return joined(("", text(field, links=True)), (":", text(subtitle)), (".", text(addon)))


def issue(text: TextOf) -> Text:
    """The title of an issue of a journal."""
    return joined(("", text("issuetitle")), (":", text("issuesubtitle")))


def _whole(of: str, text: TextOf) -> Text:
    title, subtitle, addon = (text(f"{of}{name}", links=of == "book") for name in _PARTS)
    return joined(("", title), (":", subtitle), (".", addon))


def _chapter_is_title(entry: Entry) -> bool:
    """Is `chapter` the title, and `title` that of the book? BibTeX's `@inbook` has only these two."""
    chapter = entry.get("chapter")
    of_book = entry.get("booktitle") in ("", entry.get("title"))
    return (
        entry.type in ("inbook", "incollection") and of_book and not _NUMBERED.fullmatch(chapter or "1")
    )


def _is_issue(entry: Entry) -> bool:
    """Is it an issue of a journal, which `title` names?"""
    journal = entry.get("journal", "journaltitle")
    return entry.type == "periodical" and not journal and bool(entry.get("issuetitle"))
