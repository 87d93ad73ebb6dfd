"""Editions, volumes, series and pages, as they stand after a title.

The forms are those of APA's manual (9.19, 9.24, 9.25), with the owner's hyphens in pages. Books have
their series, as in biblatex.
"""

import re

from ..formats import IN_SERIES, ordinal, references
from ..model import Name, Publication
from ..people import fold, initials_of

VERSIONED = ("software", "dataset")
_ABBREVIATION = re.compile(r"[A-Z][\w.-]*[A-Z][\w.-]*")  # of a series: LNCS, CEUR-WS, LIPIcs
_SAYS_EDITION = re.compile(r"\bed\.|\baufl|\bausg|\b[eé]dit|\bed[ií]ci|\bediz|\buitg|\bизд|版", re.I)
_SUBSERIES = re.compile(r"\s*\(including subseries.*", re.I)  # in Springer's exports
_EVENT_YEAR = re.compile(r"['’]\s?\d\d\b|\b(?:19|20)\d\d\b")  # ACM's series, KDD '24, is no series


def details(work: Publication, label: dict[str, str]) -> str:
    """What stands in parentheses after a book's title: ` (2nd ed., Vol. 3) (LNCS 1234)`."""
    kind, series = work.type, series_of(work)
    edition, version, volumes, part, chapter = (
        references.text(work, name) for name in ("edition", "version", "volumes", "part", "chapter")
    )
    found = [_edition(edition, label)]
    if kind not in VERSIONED:
        found.append(_numbered(version, label["version_title"]))
    if kind in ("book", "incollection"):
        volume = "" if series and not work.number else work.volume
        several = re.search(r"\d\s?[-–,]", volume)
        found += [
            _numbered(volume, label["vols" if several else "vol"]),
            f"{volumes} {label['vols'].lower()}" if volumes.isdigit() and not volume else "",
            _numbered(part, label["part"]),
            "" if series else _numbered(work.number, label["no"]),
            _numbered(chapter, label["chapter"]) if chapter != work.title.plain else "",
            _pages(work, label),
        ]
    shown = ", ".join(filter(None, found))
    if work.translators:  # (A. Bee, Trans.; 2nd ed.)
        translators = listed([upright(t.name) for t in work.translators])
        shown = "; ".join(filter(None, (f"{translators}, {label['translator']}", shown)))
    in_series = series if kind != "inproceedings" else ""
    return "".join(f" {part}" for part in (f"({shown})" * bool(shown), in_series) if part)


def listed(people: list[str]) -> str:
    """`J. Dobb & K. Lee`, `A. One, B. Two, & C. Three`."""
    last = ", & " if len(people) > 2 else " & "
    return last.join(filter(None, (", ".join(people[:-1]), people[-1])))


def upright(name: Name) -> str:
    """A name with initials first: `J. Dobb`, `M. L. King, Jr.`."""
    if name.literal or not name.family:
        return str(name)
    first = f"{initials_of(name)} {name.full_family}".strip()
    return ", ".join(filter(None, (first, name.suffix)))


def numbers(work: Publication) -> str:
    """Volume, issue and pages: `15(10), 2148-2160`."""
    volume, number, pages = work.volume, work.number, work.pages
    if work.type == "inproceedings" and not pages:
        number = ""
    issue = f"{volume}({number})" if volume and number else volume or (f"({number})" if number else "")
    return ", ".join(filter(None, (issue, pages)))


def _numbered(value: str, word: str) -> str:
    """`Vol. 3`; a value that has words already stays as it is."""
    return f"{word} {value}" if value and not re.search(r"[^\W\d]\.?\s", value) else value


def _edition(written: str, label: dict[str, str]) -> str:
    """`2nd ed.` for `2`, `Second` or `2nd edition`; words of other languages stay as they are."""
    words = re.sub(r"\s*\b(?:edition|edn?\.?)$", "", written.strip(" ."), flags=re.I)
    if not words:
        return written
    number = ordinal(words) or (int(words) if re.fullmatch(r"\d{1,3}", words) else 0)
    if number:
        teen = 10 < number % 100 < 14
        words = f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
    elif _SAYS_EDITION.search(words):
        return written
    return f"{words} {label['edition']}"


def series_of(work: Publication) -> str:
    """`(LNCS 1234)` or `(Studies in Y, 14)`; without a number, BibTeX's volume is that of the series."""
    name = _SUBSERIES.sub("", references.text(work, "series"))
    number = work.number or work.volume
    container = work.venue.plain if work.type != "book" else ""
    again = fold(work.title.plain).endswith(fold(name)) or fold(name) == fold(container)
    if work.type not in IN_SERIES or again:  # as every title ends with an empty name
        return ""
    if work.type == "inproceedings" and (not number or _EVENT_YEAR.search(name)):
        return ""
    if number and fold(number) in fold(name).split():
        number = ""
    between = " " if _ABBREVIATION.fullmatch(name) else ", "
    return f"({name}{between}{number})" if number else f"({name})"


def _pages(work: Publication, label: dict[str, str]) -> str:
    """`pp. 90-120`, `p. 3`, and `350 pp.` of a whole book."""
    pages = work.pages
    if not re.match(r"[A-Z]?\d|[ivxlc]+\b", pages, re.I) or re.search(r"\bpp?\b", pages):
        return pages
    several = re.search(r"[-,]", pages)
    if work.type == "book" and not several:
        return f"{pages} {label['pages']}"
    return f"{label['pages'] if several else label['page']} {pages}"
