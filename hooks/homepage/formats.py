"""Publications in the formats that others read: BibTeX."""

from __future__ import annotations

from collections.abc import Iterable

from .model import Publication

# What only this site (or al-folio, whose files work here) understands; visitors do not want it.
INTERNAL_FIELDS = frozenset(
    "abbr additional_info aliases altmetric annotation award award_name bibtex_show blog code "
    "dimensions embargo google_scholar_id hidden html inspirehep_id pdf poster preview selected "
    "slides supp video website file owner timestamp groups".split()
)


def bibtex(publication: Publication) -> str:
    """The entry with the owner's fields in the owner's order, without internal ones.

    Values are written in braces; what could end a value early is taken out.
    """
    entry = publication.entry
    lines = [f"@{entry.type}{{{entry.key},"]
    lines += [
        f"  {field.name} = {{{_balanced(field.value.strip())}}},"
        for field in entry.fields.values()
        if field.name not in INTERNAL_FIELDS and field.value.strip()
    ]
    return "\n".join(lines) + "\n}\n"


def bibliography(publications: Iterable[Publication]) -> str:
    """A whole BibTeX file."""
    return "\n".join(bibtex(p) for p in publications)


def _balanced(value: str) -> str:
    """The value with its unbalanced braces taken out: BibTeX counts all, escaped ones too."""
    depth, open_at, drop = 0, [], set()
    for index, char in enumerate(value):
        if char == "{":
            open_at.append(index)
            depth += 1
        elif char == "}":
            if depth:
                depth -= 1
                open_at.pop()
            else:
                drop.add(index)
    drop.update(open_at)
    return "".join(c for i, c in enumerate(value) if i not in drop) if drop else value
