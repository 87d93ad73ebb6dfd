"""Old addresses of publications, and pages of the owner's that were meant for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from ..common import slugify
from ..model import Problem, Publication

_PROSE = re.compile(r"publications/([^/]+)\.md")
_NO_SLUG = ("index", "README")


def keys(publication: Publication) -> list[str]:
    """The keys that an entry had before: `aliases`, or biblatex's `ids` (its manual, 2.2.3)."""
    written = f"{publication.entry.get('aliases')},{publication.entry.get('ids')}"
    return list(dict.fromkeys(key.strip() for key in written.split(",") if key.strip()))


def find(
    shown: Sequence[Publication], every: Sequence[Publication]
) -> tuple[dict[str, str], list[Problem]]:
    """For each slug that has no page of its own the slug that has, and what was wrong with aliases.

    Versions of a work lead to the work, aliases to their entry or the work that it is a version of.
    """
    leads_to = {version.slug: work.slug for work in shown for version in work.versions}
    taken = {work.slug: work for work in every}
    result, problems = dict(leads_to), []
    for work in every:
        target = leads_to.get(work.slug, work.slug)
        for key in keys(work):
            slug = slugify(key)
            other = taken.setdefault(slug, work)
            if other is work:
                if slug != work.slug:
                    result[slug] = target
                continue
            where = work.entry.line_of("aliases", "ids")
            message = f"the alias '{key}' of '{work.key}' is an address of '{other.key}' already"
            problems.append(Problem(work.entry.path, where, message, "delete it in one of the two"))
    return result, problems


def by_new(old: Mapping[str, str]) -> dict[str, list[str]]:
    """For each slug the old ones that lead to it, the other way round than `find` gives them."""
    result: dict[str, list[str]] = {}
    for slug, new in old.items():
        result.setdefault(new, []).append(slug)
    return result


def strays(paths: Iterable[str], shown: Mapping[str, object], old: Mapping[str, str], docs: str
) -> list[Problem]:  # fmt: skip
    """Pages in publications/ that no publication has, but that seem to be meant for one.

    `shown` has a slug for each page of a publication, `old` is what `find` gave, `docs` is put
    before paths. A page that is like none is a page of its own, of which nothing is said.
    """
    problems = []
    for path in paths:
        match = _PROSE.fullmatch(path)
        if not match or match[1] in shown or match[1] in _NO_SLUG:
            continue
        slug = slugify(match[1])
        meant = [slug] if slug in shown else [old[slug]] if slug in old else []
        meant = meant or get_close_matches(slug, shown, 3, 0.7)
        if meant:
            names = " or ".join(f"{name}.md" for name in meant)
            message = f"'{match[1]}' is no publication, so this is a page without one"
            problems.append(
                Problem(f"{docs}{path}", 0, message, f"call the file {names} if that is meant")
            )
    return problems
