"""What is published of pictures: no metadata but orientation and colour profile, else it is told.

A picture is what its bytes say, whatever its name is. Those of JPEG, PNG, GIF, WebP, icons and SVG are
made bare without a change of a pixel; those of TIFF, HEIC, AVIF and their like, and broken ones, stay,
and the fields in them are told. Files of docs/ are never changed: this is about copies in the site.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..model import Problem
from . import containers, metadata_fields, svg_metadata

_START = 512  # bytes that tell what a file is
_MOST_BYTES = 100_000_000  # of a file that is looked into
_GZIP = b"\x1f\x8b"
_LARGEST_SVG = 50_000_000  # bytes, unpacked
_MOST_TOLD = 8
_HINT = "save it again without, or as PNG, JPEG or WebP, where it is left out by itself"
_HINT_SVG = "take it out, in an editor of texts"
_EMBEDDED = re.compile(r"(data:image/[\w.+-]+(?:;[\w.=-]+)*;base64,)([A-Za-z0-9+/=]+)", re.I)
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")


class Bare(NamedTuple):
    """A picture as it is published, and the fields in it that are told; `broken` from there on."""

    data: bytes
    told: list[str]
    broken: bool = False


def bare(data: bytes) -> Bare:
    """A picture without metadata; what is no picture stays as it is."""
    if strip := containers.stripper(data[:_START]):
        try:
            return Bare(strip(data), [])
        except containers.Broken as broken:
            return Bare(broken.before, [], broken=True)
    if data.startswith(_GZIP):
        return Bare(data, _packed(data))
    if _MARKUP.match(data):
        return _markup(data)
    return Bare(data, metadata_fields.given_away(data))


def _markup(data: bytes) -> Bare:
    """An SVG without metadata; it and other markup with bare pictures embedded."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16", "replace").encode() if wide else data
    if not svg_metadata.is_svg(text):
        return Bare(_with_bare(data), [])
    found, told = svg_metadata.bare(text, "utf-8" if wide else None)
    found = _with_bare(found)
    if found == text:
        return Bare(data, told)
    return Bare(found.decode().encode("utf-16") if wide else found, told)


def in_text(text: str) -> str:
    """A text, such as HTML, whose embedded pictures (`data:image/…`) are bare."""

    def made(match: re.Match[str]) -> str:
        try:
            data = base64.b64decode(match[2])
        except (binascii.Error, ValueError):
            return match[0]
        found = bare(data).data
        return match[0] if found == data else match[1] + base64.b64encode(found).decode()

    return _EMBEDDED.sub(made, text) if ";base64," in text else text


def _with_bare(text: bytes) -> bytes:
    """The bytes of a text whose embedded pictures are bare."""
    return in_text(text.decode("latin-1")).encode("latin-1") if b";base64," in text else text


def clean(folder: Path, pages: Collection[str], sources: Mapping[str, str]) -> Iterator[Problem]:
    """Make the pictures of a site bare, in its folder; `pages` are files that need no look.

    `sources` has what files are made of, for messages.
    """
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if path in pages or path.startswith(".git/") or file.is_symlink() or not file.is_file():
            continue
        if kind := _kind(file):
            yield from _cleaned(file, kind, sources.get(path, path))


def _cleaned(file: Path, kind: str, shown: str) -> Iterator[Problem]:
    if file.stat().st_size > _MOST_BYTES:
        if kind == "picture":
            message = "the picture is so large that nothing is left out of what it says"
            yield Problem(shown, 0, message, f"make it smaller than {_MOST_BYTES // 10**6} MB")
        return
    data = file.read_bytes()
    found = Bare(_with_bare(data), []) if kind == "text" else bare(data)
    if found.data != data:
        file.write_bytes(found.data)
    if found.broken:
        message = f"the picture is broken, and only its first {len(found.data)} bytes are published"
        yield Problem(shown, 0, message, "save it again as PNG, JPEG, WebP, GIF or SVG")
    if found.told:
        message = f"the published picture says more than it shows: {_few(found.told)}"
        yield Problem(shown, 0, message, _HINT_SVG if _MARKUP.match(data) else _HINT)


def _kind(file: Path) -> str:
    """`picture`, or `markup` or `text` that may have some embedded, by a file's first bytes; else ''."""
    with file.open("rb") as opened:
        start = opened.read(_START)
    suffix = file.suffix.lower()
    if containers.stripper(start) or metadata_fields.is_known(start) or suffix in (".svg", ".svgz"):
        return "picture"
    if _MARKUP.match(start):
        return "picture" if svg_metadata.is_svg(start) else "markup"
    return "text" if suffix == ".css" else ""


def _packed(data: bytes) -> list[str]:
    """What gives away something in a picture, such as an SVG, that is packed by gzip."""
    try:
        plain = zlib.decompressobj(wbits=31).decompress(data, _LARGEST_SVG)
    except zlib.error:
        return []
    if plain.startswith(_GZIP):  # which may go on for ever
        return []
    found = bare(plain)
    return found.told or ["metadata in a packed picture"] * (found.data != plain)


def _few(names: list[str]) -> str:
    more = len(names) - _MOST_TOLD
    return ", ".join(names[:_MOST_TOLD]) + (f" and {more} more" if more > 0 else "")
