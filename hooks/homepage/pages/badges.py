"""What stands beside a citation: badges for venue, award and status, and remarks."""

from __future__ import annotations

from typing import NamedTuple

from ..common import status
from ..model import NO_TEXT, Publication, Text
from ..publications import STATUS, Venues, find

_LONGEST = 60  # characters of an award that fit into a badge
_SAYS = dict(STATUS)


class Badge(NamedTuple):
    """A badge of a kind (`venue`, `award`, `status`); `title`, `url` and `style` are of venues."""

    kind: str
    text: str
    title: str = ""
    url: str = ""
    style: str = ""


def badges(publication: Publication, venues: Venues, label: dict[str, str]) -> list[Badge]:
    """The badges of a publication, in order; of most there are one or none."""
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
    """The remarks below a citation: an award too long for its badge, and what else is said."""
    if not publication.award:
        return publication.remarks
    _, rest = _award(publication)
    return (rest, *publication.remarks) if rest else publication.remarks


def _award(publication: Publication) -> tuple[Text, Text]:
    """The text of the award's badge, empty for the general one, and what it leaves to say.

    In al-folio `award_name` is on a button, which shows `award`.
    """
    award, name = publication.award, publication.award_name
    if name and award and name.plain != award.plain:
        return name, award
    text = name or award
    return (text, NO_TEXT) if len(text.plain) <= _LONGEST else (NO_TEXT, text)


def _says_status(publication: Publication) -> bool:
    """Does the citation say the status by itself?"""
    if publication.status == "preprint" and publication.eprint and not publication.venue:
        return True
    said = (publication.year, publication.note.plain, publication.venue.plain)
    return any(map(_SAYS[publication.status].search, said))
