"""All publications in a format of others: a file, and each one's part of it, made once.

The files are on disk alone: those of thousands of publications are many megabytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..model import Publication
from . import formats

Spans = dict[str, tuple[int, int]]


class File(NamedTuple):
    """A file in UTF-8, and from where to where in it each publication is, by slug."""

    path: Path
    spans: Spans

    def part(self, slug: str) -> str:
        """One publication as it stands in the file."""
        start, end = self.spans[slug]
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(end - start).decode()


class _Format(NamedTuple):
    make: Callable[[Publication, str], str]
    before: bytes
    between: bytes
    after: bytes


def _item(publication: Publication, key: str) -> str:
    """CSL-JSON with a line for each value, without json's own indentation, which is slow."""
    item = formats.csl_json(publication, key)
    return json.dumps(item, ensure_ascii=False, separators=(",\n  ", ": "))


_FORMATS = {
    "bibtex": _Format(formats.bibtex, b"", b"\n", b""),
    "csl-json": _Format(_item, b"[\n", b",\n", b"\n]\n"),
    "ris": _Format(formats.ris, b"", b"\n", b""),
}
KINDS = tuple(_FORMATS)


def write(
    kind: str, publications: Sequence[Publication], file: BinaryIO, public_fields: Collection[str] = ()
) -> Spans:
    """Write all publications as one file of a kind, with citation keys that are unique in it.

    BibTeX has what `fields.PUBLIC` has, and `public_fields`.
    """
    form, keys = _FORMATS[kind], formats.keys(publications)
    if kind == "bibtex":
        form = form._replace(make=partial(formats.bibtex, also=public_fields))
    spans: Spans = {}
    end = file.write(form.before)
    for publication in publications:
        start = end + file.write(form.between if spans else b"")
        end = start + file.write(form.make(publication, keys[publication.slug]).encode())
        spans[publication.slug] = start, end
    file.write(form.after)
    return spans


def save(
    kind: str, publications: Sequence[Publication], path: Path, public_fields: Collection[str] = ()
) -> File:
    """Write them to a file on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        return File(path, write(kind, publications, file, public_fields))
