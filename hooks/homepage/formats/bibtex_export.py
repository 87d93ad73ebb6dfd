"""Write publications as BibTeX, with the fields that visitors may have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from ..bibtex import MONTHS, is_public
from ..common import identifiers, untex_url
from ..model import Field, Publication

NOT_IN_KEYS = re.compile(r"[\s\"#%'(),={}\\~]+")  # these end a key in BibTeX


_NOT_IN_FIELDS = re.compile(r"[\s\"#%'(),={}\\]+")


def keys(publications: Iterable[Publication]) -> dict[str, str]:
    """A unique citation key for each slug; if several entries share a key, the first one keeps it."""
    seen: set[str] = set()
    times: Counter[str] = Counter()
    result = {}
    for publication in sorted(publications, key=lambda p: (p.entry.path, p.entry.line)):
        key = publication.key
        while key.lower() in seen:
            times[publication.key.lower()] += 1
            key = f"{publication.key}-{times[publication.key.lower()] + 1}"
        seen.add(key.lower())
        result[publication.slug] = key
    return result


def bibtex(
    publication: Publication,
    key: str = "",
    without: frozenset[str] = frozenset(),
    also: Collection[str] = (),
) -> str:
    """The entry with its public fields and those in `also`, but not those in `without`, in order.

    Values are in braces. What BibTeX cannot read is removed from keys, field names and values.
    """
    entry = publication.entry
    key = NOT_IN_KEYS.sub("", key or entry.key) or publication.slug
    public = (f for f in entry.fields.values() if is_public(f.name, also))
    fields = [f for f in public if f.value and f.name not in without and not _is_on_disk(f)]
    lines = [f"  {_NOT_IN_FIELDS.sub('-', f.name)} = {delimited(f.value)}," for f in fields]
    return "\n".join([f"@{entry.type}{{{key},", *lines, "}"]) + "\n"


def _is_on_disk(field: Field) -> bool:
    """Does it lead to a file or a program of the owner's (`file:///Users/…`, `papers3://…`)?"""
    return field.name == "url" and not identifiers.safe_url(untex_url(field.value))


_BRACES = {"{": "textbraceleft{}", "}": "textbraceright{}"}


def delimited(value: str) -> str:
    """The value in braces, or bare if it is the name of a month, which BibTeX styles define."""
    return value if value in MONTHS else f"{{{_balanced(value)}}}"


def _balanced(value: str) -> str:
    """Remove unbalanced braces; escaped ones become commands, as BibTeX also counts them."""
    if "{" not in value and "}" not in value:
        return value
    open_at: list[int] = []
    drop: set[int] = set()
    for match in re.finditer(r"[{}]", value):
        if match[0] == "{":
            open_at.append(match.start())
        elif open_at:
            open_at.pop()
        else:
            drop.add(match.start())
    drop.update(open_at)
    pieces, last = [], 0
    for index in sorted(drop):
        escaped = value[index - 1 : index] == "\\"
        pieces += [value[last:index], _BRACES[value[index]] if escaped else ""]
        last = index + 1
    return "".join([*pieces, value[last:]])
