"""Write publications as BibTeX, with the fields that visitors may have, and export them to files.

Single publications are read back from these files. The text stays on disk, as files of thousands of
publications have many megabytes.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..bibtex import MONTHS, is_public
from ..common import identifiers, untex_url
from ..model import Field, Publication
from . import references

NOT_IN_KEYS = re.compile(r"[\s\"#%'(),={}\\~]+")  # these end a key in BibTeX
_NOT_IN_FIELDS = re.compile(r"[\s\"#%'(),={}\\]+")
_BRACES = {"{": "textbraceleft{}", "}": "textbraceright{}"}
Spans = dict[str, tuple[int, int]]


def citation_keys(publications: Iterable[Publication]) -> dict[str, str]:
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


def delimited(value: str) -> str:
    """The value in braces, or bare if it is the name of a month, which BibTeX styles define."""
    return value if value in MONTHS else f"{{{_balanced(value)}}}"


def _balanced(value: str) -> str:
    """Remove unbalanced braces; escaped ones become commands, as BibTeX also counts them."""
    pieces = re.split(r"([{}])", value)
    open_at, unmatched = list[int](), list[int]()
    for index, piece in enumerate(pieces):
        if piece == "{":
            open_at.append(index)
        elif piece == "}" and open_at:
            open_at.pop()
        elif piece == "}":
            unmatched.append(index)
    for index in open_at + unmatched:
        pieces[index] = _BRACES[pieces[index]] if pieces[index - 1].endswith("\\") else ""
    return "".join(pieces)


class File(NamedTuple):
    """A file in UTF-8, and the start and end of each publication in it, by slug."""

    path: Path
    spans: Spans

    def part(self, slug: str) -> str:
        """The text of one publication in the file."""
        start, end = self.spans[slug]
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(end - start).decode()


def _csl_json(publication: Publication, key: str) -> str:
    """CSL-JSON with one value per line; json's own indentation is slow."""
    item = references.csl_json(publication, key)
    return json.dumps(item, ensure_ascii=False, separators=(",\n  ", ": "))


_Make = Callable[[Publication, str], str]
_FORMATS: dict[str, tuple[_Make, bytes, bytes, bytes]] = {  # with the text before, between and after
    "bibtex": (bibtex, b"", b"\n", b""),
    "csl-json": (_csl_json, b"[\n", b",\n", b"\n]\n"),
    "ris": (references.ris, b"", b"\n", b""),
}
KINDS = tuple(_FORMATS)


def write(
    kind: str, publications: Sequence[Publication], file: BinaryIO, public_fields: Collection[str] = ()
) -> Spans:
    """Write all publications to an open file with unique citation keys, and return their positions.

    BibTeX has the fields in `bibtex.fields.PUBLIC` and in `public_fields`.
    """
    make, before, between, after = _FORMATS[kind]
    if kind == "bibtex":
        make = partial(bibtex, also=public_fields)
    keys, spans = citation_keys(publications), Spans()
    end = file.write(before)
    for publication in publications:
        start = end + file.write(between if spans else b"")
        end = start + file.write(make(publication, keys[publication.slug]).encode())
        spans[publication.slug] = start, end
    file.write(after)
    return spans


def save(
    kind: str, publications: Sequence[Publication], path: Path, public_fields: Collection[str] = ()
) -> File:
    """Write all publications to a file on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        return File(path, write(kind, publications, file, public_fields))
