"""Badges beside a citation (venue, award, status), and remarks below it."""

from __future__ import annotations

from typing import NamedTuple

from ..common import status
from ..model import NO_TEXT, Publication, Text
from ..publications import STATUS, Venues, find

_LONGEST = 60  # characters of an award in a badge
_SAYS = dict(STATUS)


class Badge(NamedTuple):
    """A badge; `kind` is venue, award or status. Only venues have `title`, `url` and `style`."""

    kind: str
    text: str
    title: str = ""
    url: str = ""
    style: str = ""


def badges(publication: Publication, venues: Venues, label: dict[str, str]) -> list[Badge]:
    """Return the badges of a publication, in order."""
    found = []
    if publication.abbr:
        venue = find(venues, publication.abbr)
        found.append(Badge("venue", venue.abbr, venue.name, venue.url, venue.style))
    if publication.award or publication.award_name:
        name, _ = _award(publication)
        found.append(Badge("award", name.html or label["award"]))
    if publication.status != "published" and not _says_status(publication):
        found.append(Badge("status", status(label, publication.status)))
    return found


def remarks(publication: Publication) -> tuple[Text, ...]:
    """Return the remarks below a citation: an award too long for a badge, then all others."""
    if not publication.award:
        return publication.remarks
    _, rest = _award(publication)
    return (rest, *publication.remarks) if rest else publication.remarks


def _award(publication: Publication) -> tuple[Text, Text]:
    """Return the text of the award's badge ('' for the general label), and the text for a remark.

    In al-folio, `award_name` labels a button that opens `award`.
    """
    award, name = publication.award, publication.award_name
    if name and award and name.plain != award.plain:
        return name, award
    text = name or award
    return (text, NO_TEXT) if len(text.plain) <= _LONGEST else (NO_TEXT, text)


def _says_status(publication: Publication) -> bool:
    """Does the citation mention the status anyway?"""
    if publication.status == "preprint" and publication.eprint and not publication.venue:
        return True
    said = (publication.year, publication.note.plain, publication.venue.plain)
    return any(map(_SAYS[publication.status].search, said))
