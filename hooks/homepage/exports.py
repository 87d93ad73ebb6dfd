"""All publications in a format of others: a file, and each one's part of it, made once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from . import formats
from .model import Publication


class File(NamedTuple):
    """A file in UTF-8, and from where to where in it each publication is, by slug."""

    data: bytes
    spans: dict[str, tuple[int, int]]

    def part(self, slug: str) -> str:
        """One publication as it stands in the file."""
        start, end = self.spans[slug]
        return self.data[start:end].decode()


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


def write(kind: str, publications: Sequence[Publication]) -> File:
    """All publications as one file of a kind, with citation keys that are unique in it."""
    form, keys = _FORMATS[kind], formats.keys(publications)
    data = bytearray(form.before)
    spans: dict[str, tuple[int, int]] = {}
    for publication in publications:
        data += form.between if spans else b""
        start = len(data)
        data += form.make(publication, keys[publication.slug]).encode()
        spans[publication.slug] = start, len(data)
    return File(bytes(data + form.after), spans)
