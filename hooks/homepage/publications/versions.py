"""Merge versions of one work, such as a preprint and the published paper."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import islice

from ..bibtex import APART
from ..model import Link, Problem, Publication
from ..people import fold
from .links import address_of, sort_links

_LEADS = ("published", "in press", "under review", "preprint")
_ALONE = APART | {"patent"}  # may have the title of a paper, but are not versions of it
_IDENTIFYING = {"doi", "url", "hal", "pubmed", "altmetric", "dimensions"}  # lead to one version only
_ALIKE = 0.6  # the lowest similarity of titles of works with the same identifier
_MOST = 20  # earlier publications with the same value that each one is compared with
_ARXIV_VERSION = re.compile(r"v\d+$")
_NUMBER = re.compile(r"\b(?:\d+|[ivx]+)\b")
_LONGEST_TITLE = 300  # characters of a title that are compared


def merge(publications: Sequence[Publication]) -> tuple[list[Publication], list[Problem]]:
    """Merge versions of one work, and report each merge as advice.

    Two publications are one work if each names the other in `related`, or if they have the same first
    author and

    - one names the other in `related`; or
    - they have the same DOI or arXiv identifier of their own, and similar titles; as a DOI may be that
      of the proceedings, the numbers in the titles must also be the same; or
    - they have the same title, and at least one of them is not published.

    The published version leads and keeps its place. Talks, posters, software, data, courses and
    patents are never versions.
    """
    leaders: dict[str, Publication] = {}
    versions: set[str] = set()
    problems = []
    for members in _groups([p for p in publications if p.type not in _ALONE]):
        leader, *others = sorted(members, key=lambda p: _LEADS.index(p.status))
        leaders[leader.slug] = _merged(leader, others)
        for other in others:
            versions.add(other.slug)
            shown_as = f"a version of '{leader.key}' (line {leader.entry.line})"
            hint = "write merge_versions: false in extra.homepage to show both"
            problems.append(
                other.entry.problem("", f"'{other.key}' is shown as {shown_as}", hint, "advice")
            )
        if not leader.doi and any(other.doi for other in others):
            message = (
                f"'{leader.key}' has no DOI of its own: that of another version is not shown for it"
            )
            problems.append(leader.entry.problem("", message, "add doi = {…}", "advice"))
    return [leaders.get(p.slug, p) for p in publications if p.slug not in versions], problems


def _groups(publications: Sequence[Publication]) -> list[list[Publication]]:
    """Groups of two or more versions of one work."""
    group_of: dict[str, list[Publication]] = {}
    for one, other in _pairs(publications):
        mine, theirs = group_of.get(one.slug, [one]), group_of.get(other.slug, [other])
        if mine is not theirs:
            mine += theirs
            group_of.update((p.slug, mine) for p in mine)
    return list({id(group): group for group in group_of.values()}.values())


def _pairs(publications: Sequence[Publication]) -> Iterable[tuple[Publication, Publication]]:
    by_key = {p.key: p for p in reversed(publications)}
    for publication in publications:
        for key in _keys(publication):
            other = by_key.get(key, publication)
            # Naming somebody else's work is not enough.
            if other is not publication and (
                publication.key in _keys(other) or same_first_author(other, publication)
            ):
                yield other, publication
    for same in (doi, eprint, folded_title):
        buckets: dict[str, list[Publication]] = {}
        for publication in publications:
            if value := same(publication):
                bucket = buckets.setdefault(value, [])
                alike = (e for e in bucket[:_MOST] if _one_work(e, publication, same))
                yield from ((earlier, publication) for earlier in islice(alike, 1))
                bucket.append(publication)


def _keys(publication: Publication) -> list[str]:
    """The keys that an entry names in `related`."""
    return list(filter(None, map(str.strip, publication.entry.get("related").split(","))))


def doi(publication: Publication) -> str:
    """The DOI in lower case, or ''. One inherited through `xdata` is not the work's own."""
    entry = publication.entry
    return "" if ("doi" if entry.get("doi") else "url") in entry.inherited else publication.doi.lower()


def eprint(publication: Publication) -> str:
    """The arXiv identifier without version, or ''. One inherited through `xdata` is not its own."""
    if publication.entry.inherited & {"eprint", "arxiv"}:
        return ""
    return _ARXIV_VERSION.sub("", publication.eprint)


def folded_title(publication: Publication) -> str:
    """Only the letters and digits of the title."""
    return fold(publication.title.plain).replace(" ", "")


def _one_work(one: Publication, other: Publication, same: Callable[[Publication], str]) -> bool:
    if (volume := one.entry.get("crossref")) and volume == other.entry.get("crossref"):
        return False
    if not same_first_author(one, other):
        return False
    if same is folded_title:
        # Two published works with one title, such as a paper and its journal version, stay separate.
        if one.status == other.status == "published":
            return False
        return not (one.eprint and other.eprint and eprint(one) != eprint(other))
    numbers = [set(_NUMBER.findall(p.title.plain.lower())) for p in (one, other)]
    if same is doi and numbers[0] != numbers[1]:
        return False  # Part I and Part II, with the DOI of their proceedings
    titles = fold(one.title.plain[:_LONGEST_TITLE]), fold(other.title.plain[:_LONGEST_TITLE])
    return SequenceMatcher(None, *titles).ratio() >= _ALIKE


def same_first_author(one: Publication, other: Publication) -> bool:
    """Do the first authors have the same family name, and the same initial if both have one?"""
    if not one.authors or not other.authors:
        return False
    names = (one.authors[0].name, other.authors[0].name)
    families = {fold(name.family or name.literal) for name in names}
    initials = {fold(name.given)[:1] for name in names} - {""}
    return len(families) == 1 and len(initials) < 2


def _merged(leader: Publication, others: list[Publication]) -> Publication:
    """The leader, with missing values from its other versions."""
    works = (leader, *others)
    missing = {
        name: next(filter(None, (getattr(work, name) for work in works)), getattr(leader, name))
        for name in ("abstract", "award", "award_name", "remarks", "preview", "selected")
    }
    links = list(leader.links)
    for other in others:
        kinds = {link.kind for link in links} | _IDENTIFYING
        links += [link for link in other.links if link.kind not in kinds]
        if address := address_of(other):
            links.append(Link("preprint" if other.status == "preprint" else "version", address))
    links = [link._replace(number=0) for link in links]
    return replace(leader, versions=tuple(others), links=sort_links(links), **missing)
