"""What follows the title in a citation: edition and volume, the book or journal, numbers, the publisher.

The forms are those of APA's manual (9.19, 9.23 to 9.30 and chapter 10), with the owner's changes: pages
have a hyphen, papers in proceedings have no "In", and books have their series, as in biblatex.
"""

import re
from typing import NamedTuple

from markupsafe import Markup, escape

from ..bibtex import THESES, said_type
from ..common import format_dates
from ..formats import references
from ..model import Publication, Text
from ..people import fold, names
from ..publications import dates, titles, written_dates
from ..tex import decoder
from .details import VERSIONED, details, listed, numbers, series_of, upright

_PRESENTED = ("talk", "poster", "teaching")
_ENDS = (".", "?", "!", "…", "。", "？", "！")

_MOST_EDITORS = 6  # more are cut to the first, as in a long list of authors
_PATENT = re.compile(r"paten|\bpat\b|特許|专利|專利|특허", re.I)


class Sentence(NamedTuple):
    """A sentence after the title: an emphasised part (the venue), what is before it, and the rest."""

    emphasised: Markup
    rest: Markup
    before: str = ""


def sentence(text: Text) -> Markup:
    """The text with a full stop, unless it already ends with punctuation."""
    return text.html if not text or ends(text.plain) else text.html + "."


def ends(text: str) -> bool:
    """Does the text end like a sentence?"""
    return text.rstrip("”’\"') ").endswith(_ENDS)


def tail(work: Publication, label: dict[str, str]) -> list[Sentence]:
    """The sentences after the title."""
    result = list(_source(work, label))
    unplaced = work.type in ("book", "incollection") or not (work.venue or work.eprint)
    if work.publisher and unplaced and work.type not in (*_PRESENTED, *VERSIONED):
        result.append(_plain(work.publisher.plain))
    if work.type == "article" and work.entry.get("issuetitle"):
        issue = titles.issue(lambda field: _text(work, field))
        result.append(Sentence(Markup(), sentence(issue)))
    if work.note and not _says_again(work):
        result.append(Sentence(Markup(), sentence(work.note)))
    if original := original_year(work):
        result.append(Sentence(Markup(), escape(f"({label['original'].format(year=original)})")))
    return result


def _source(work: Publication, label: dict[str, str]) -> list[Sentence]:
    """Where it appeared."""
    venue, rest = work.venue, numbers(work)
    if work.type in _PRESENTED:
        return [_plain(_event(work, label))]
    if work.type in VERSIONED:
        return [_plain(_release(work, label))]
    if work.eprint and not venue:
        return [_plain(label["preprint_of"].format(archive="arXiv", id=work.eprint))]
    if work.type in (*THESES, "techreport", "patent"):
        kind = (_patent if work.type == "patent" else kind_and_number)(work, label)
        parts = list(filter(None, (*kind, venue.plain, work.pages)))
        return [_plain(", ".join(parts))] if parts else []
    if work.type == "book":
        series = references.text(work, "series")
        return [Sentence(venue.html, _end(venue))] if venue and venue.plain != series else []
    if venue:
        before = f"{label['in']} {_editors(work, label)}" if work.type == "incollection" else ""
        rest = where(work, label)
        stopped = f"{rest}." if rest.endswith(")") else _stop(rest)
        return [Sentence(venue.html, escape(stopped) if rest else _end(venue), before)]
    if work.type == "incollection":
        return []
    # An issue number alone says nothing.
    return [_plain(rest)] if rest and rest != f"({work.number})" else []


def where(work: Publication, label: dict[str, str]) -> str:
    """What follows the venue: `, 15(10), 2148-2160`, ` (LNCS 1234), 1-9`, ` (2nd ed., pp. 90-120)`."""
    if work.type == "incollection":
        return details(work, label)
    series, rest = series_of(work), numbers(work)
    if work.type == "book":  # the venue is its series
        series, rest = "", work.number or work.volume
    elif series:
        rest = ", ".join(filter(None, (work.volume * bool(work.number), work.pages)))
    return f"{' ' * bool(series)}{series}{', ' * bool(rest)}{rest}"


def kind_and_number(work: Publication, label: dict[str, str]) -> tuple[str, ...]:
    """`Technical report 7`, `Diplomarbeit`: the type as the entry says it, and the number."""
    kind = kind_of_work(work, label)
    return (f"{kind} {work.number}".strip() if work.number else kind,)


def kind_of_work(work: Publication, label: dict[str, str]) -> str:
    """The type of a thesis or a report in the entry's own words, with a capital."""
    said = decoder.plain(said_type(work.entry))
    kind = "" if fold(said) in ("thesis", "report") else said
    kind = kind or label[f"kind_{work.type}"]
    return kind[:1].upper() + kind[1:] if kind.split(" ")[0].islower() else kind


def original_year(work: Publication) -> str:
    """The year in which a work first appeared, or '': biblatex's `origdate` (-0349 is 350 B.C.E.)."""
    match = re.match(r"(-?)(\d{4})", work.entry.get("origdate", "origyear"))
    if not match:
        return min(dates.reprint(references.text(work, "year")), default="")
    year = f"{int(match[2]) + 1} B.C.E." if match[1] else match[2]
    return year if year != work.year else ""


# -- parts --------------------------------------------------------------------


def _text(work: Publication, field: str) -> Text:
    return decoder.decode(work.entry.get(field))[0]


def _plain(text: str) -> Sentence:
    return Sentence(Markup(), escape(_stop(text)))


def _stop(text: str) -> str:
    return text if ends(text) else f"{text}."


def _end(text: Text) -> Markup:
    return Markup("" if ends(text.plain) else ".")


def _says_again(work: Publication) -> bool:
    """Does the note only repeat the arXiv identifier, or a patent's number?"""
    note = work.note.plain.lower()
    if work.type == "patent" and work.number:
        return _digits(work.number) in _digits(note) and len(note) < 40
    return bool(work.eprint) and work.eprint in note and len(note) < 40


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _editors(work: Publication, label: dict[str, str]) -> str:
    """`J. Dobb & K. Lee (Eds.), `, or the authors of the book, or '' if they come first."""
    found = [upright(editor.name) for editor in work.editors] if work.authors else []
    role = f" ({label['editors' if len(found) > 1 else 'editor']})"
    others = work.entry.get("editor").endswith(" and others")
    if not found and (field := work.entry.get("bookauthor")):
        parsed = names.parse(field)
        found = [upright(n) for n in parsed.names if n not in [a.name for a in work.authors]]
        role, others = "", parsed.and_others
    if not found:
        return ""
    who = listed(found)
    if others or len(found) > _MOST_EDITORS:
        who, role = f"{found[0]} et al.", role and f" ({label['editors']})"
    return f"{who}{role}, "


def _patent(work: Publication, label: dict[str, str]) -> tuple[str, ...]:
    """`U.S. patent 7,123,456`, and who owns it, without a word twice."""
    number, kind = work.number, decoder.plain(said_type(work.entry))
    if number and _says_again(work):
        number = work.note.plain.rstrip(".")
    if not kind:
        country = "" if re.match(r"[A-Z]{2}", number) else references.text(work, "nationality")
        kind = f"{country} {label['kind_patent'].lower()}" if country else label["kind_patent"]
    office = _letters(kind.split(" ")[0])  # as in U.S. patent, and in US 7,123,456
    if number and fold(number) in fold(kind):
        number = ""
    elif _PATENT.search(number or work.venue.plain or work.note.plain):
        kind = ""
    elif (prefix := re.match(r"[A-Z.]+", number)) and _letters(prefix[0]) == office:
        number = number[prefix.end() :].strip()
    kind = kind[:1].upper() + kind[1:]
    *first, last = references.text(work, "holder").split(" and ")
    owner = references.text(work, "assignee") or " & ".join(filter(None, (", ".join(first), last)))
    owner = "" if owner == work.venue.plain else owner
    return (f"{kind} {number}".strip(), owner)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


def _event(work: Publication, label: dict[str, str]) -> str:
    """`Invited talk at MIT, Cambridge, MA, Jul 10, 2024`, without what is not known."""
    where, what = work.venue.plain, references.text(work, "type") or label[f"kind_{work.type}"]
    place = references.text(work, "location", "address", "venue")
    where = "" if where.lower() == what.lower() else where
    date = written_dates.read(work.entry.get("eventdate")) or work.date
    dated = (date.month or date.season) and work.type != "teaching"
    parts = (
        label["titled_at"].format(what=what, where=where) if where else what,
        place if place not in where else "",
        format_dates(date, label["language"]) if dated else "",
    )
    return ", ".join(filter(None, parts))


def _release(work: Publication, label: dict[str, str]) -> str:
    """`Software, version 1.2, Zenodo`."""
    what = decoder.plain(said_type(work.entry))
    what = what if " " in what else label[f"kind_{work.type}"]
    number = re.sub(r"(?i)^(?:version|ver\.?|v\.?)\s*(?=[0-9])", "", references.text(work, "version"))
    version = label["version_of"].format(number=number) if number else ""
    by = work.venue.plain or work.publisher.plain
    return ", ".join(filter(None, (what, version, by)))
