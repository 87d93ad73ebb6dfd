"""Export all publications to a file, and read single publications back from it.

The text stays on disk, as files of thousands of publications have many megabytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..model import Publication
from . import bibtex_export, references

Spans = dict[str, tuple[int, int]]


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


class _Format(NamedTuple):
    make: Callable[[Publication, str], str]
    before: bytes
    between: bytes
    after: bytes


def _item(publication: Publication, key: str) -> str:
    """CSL-JSON with one value per line; json's own indentation is slow."""
    item = references.csl_json(publication, key)
    return json.dumps(item, ensure_ascii=False, separators=(",\n  ", ": "))


_FORMATS = {
    "bibtex": _Format(bibtex_export.bibtex, b"", b"\n", b""),
    "csl-json": _Format(_item, b"[\n", b",\n", b"\n]\n"),
    "ris": _Format(references.ris, b"", b"\n", b""),
}
KINDS = tuple(_FORMATS)


def write(
    kind: str, publications: Sequence[Publication], file: BinaryIO, public_fields: Collection[str] = ()
) -> Spans:
    """Write all publications to an open file with unique citation keys, and return their positions.

    BibTeX has the fields in `bibtex.fields.PUBLIC` and in `public_fields`.
    """
    form, keys = _FORMATS[kind], bibtex_export.keys(publications)
    if kind == "bibtex":
        form = form._replace(make=partial(bibtex_export.bibtex, also=public_fields))
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
    """Write all publications to a file on disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        return File(path, write(kind, publications, file, public_fields))
