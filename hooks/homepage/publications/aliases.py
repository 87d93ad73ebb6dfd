"""Former addresses of publications, and the owner's pages that do not match a publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from ..common import slugify
from ..model import Problem, Publication

_PROSE = re.compile(r"publications/([^/]+)\.md")
_NO_SLUG = ("index", "README")


def former_keys(publication: Publication) -> list[str]:
    """The former keys of an entry: `aliases`, or biblatex's `ids` (its manual, 2.2.3)."""
    written = f"{publication.entry.get('aliases')},{publication.entry.get('ids')}"
    return list(dict.fromkeys(key.strip() for key in written.split(",") if key.strip()))


def find(
    shown: Sequence[Publication], every: Sequence[Publication]
) -> tuple[dict[str, str], list[Problem]]:
    """Map slugs without a page to the slug that has it, and report aliases that are taken.

    Versions lead to their work, aliases to their entry or to the work that it is a version of.
    """
    leads_to = {version.slug: work.slug for work in shown for version in work.versions}
    taken = {work.slug: work for work in every}
    result, problems = dict(leads_to), []
    for work in every:
        target = leads_to.get(work.slug, work.slug)
        for key in former_keys(work):
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


def former_slugs(old: Mapping[str, str]) -> dict[str, list[str]]:
    """Map each slug to the old ones that lead to it: the reverse of the result of `find`."""
    result: dict[str, list[str]] = {}
    for slug, new in old.items():
        result.setdefault(new, []).append(slug)
    return result


def misnamed_pages(paths: Iterable[str], shown: Mapping[str, object], old: Mapping[str, str], docs: str
) -> list[Problem]:  # fmt: skip
    """Report pages in publications/ whose name is only similar to that of a publication.

    `shown` has the slugs of publications, `old` is the result of `find`, and `docs` is the prefix of
    paths. Pages that resemble no publication are pages in their own right.
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
            message = f"'{match[1]}' is not a publication, so this page has none"
            problems.append(
                Problem(f"{docs}{path}", 0, message, f"rename the file to {names} if that is meant")
            )
    return problems
