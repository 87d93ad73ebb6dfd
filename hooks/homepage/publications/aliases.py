"""Former addresses of publications, and the owner's pages that do not match a publication."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from ..common import slugify
from ..model import Problem, Publication

_PAGE = re.compile(r"publications/(?!(?:index|README)\.md)([^/]+)\.md")


def former_keys(publication: Publication) -> list[str]:
    """The former keys of an entry: `aliases`, or biblatex's `ids` (its manual, 2.2.3)."""
    written = f"{publication.entry.get('aliases')},{publication.entry.get('ids')}"
    return list(dict.fromkeys(filter(None, map(str.strip, written.split(",")))))


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
        for key in former_keys(work):
            slug = slugify(key)
            other = taken.setdefault(slug, work)
            if other is not work:
                field = "aliases" if "aliases" in work.entry.fields else "ids"
                message = f"the alias '{key}' of '{work.key}' is an address of '{other.key}' already"
                problems.append(work.entry.problem(field, message, "delete it in one of the two"))
            elif slug != work.slug:
                result[slug] = leads_to.get(work.slug, work.slug)
    return result, problems


def former_slugs(old: Mapping[str, str]) -> dict[str, list[str]]:
    """Map each slug to the old ones that lead to it: the reverse of the result of `find`."""
    result: dict[str, list[str]] = {}
    for slug, new in old.items():
        result.setdefault(new, []).append(slug)
    return result


def misnamed_pages(
    paths: Iterable[str], shown: Mapping[str, object], old: Mapping[str, str], docs: str
) -> list[Problem]:
    """Report pages in publications/ whose name is only similar to that of a publication.

    `shown` has the slugs of publications, `old` is the result of `find`, and `docs` is the prefix of
    paths. Pages that resemble no publication are pages in their own right.
    """
    problems = []
    for path in paths:
        match = _PAGE.fullmatch(path)
        if not match or match[1] in shown:
            continue
        slug = slugify(match[1])
        slug = old.get(slug, slug) if slug not in shown else slug
        if meant := get_close_matches(slug, shown, 3, 0.7) if slug not in shown else [slug]:
            names = " or ".join(f"{name}.md" for name in meant)
            message = f"'{match[1]}' is not a publication, so this page has none"
            hint = f"rename the file to {names} if that is meant"
            problems.append(Problem(f"{docs}{path}", 0, message, hint))
    return problems
