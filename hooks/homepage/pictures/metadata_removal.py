"""Removes metadata from published pictures, except orientation and colour profile.

The bytes of a file decide its format, not its name. JPEG, PNG, GIF, WebP, icons and SVG lose their
metadata without changing a pixel. TIFF, HEIC, AVIF and the like stay as they are, and their metadata
fields are reported. Only the copies in the site are changed, never files in docs/.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from ..messages import first_few
from ..model import Problem
from . import containers, metadata_fields, svg_metadata

_START = 512  # bytes that show a file's format
_MOST_BYTES = 100_000_000  # of a file that is read
_GZIP = b"\x1f\x8b"
_LARGEST_SVG = 50_000_000  # bytes, unpacked
_MOST_LISTED = 8
_HINT = "save it again without, or as PNG, JPEG or WebP, from which it is removed"
_HINT_SVG = "delete it with a text editor"
# As browsers read them: in several lines, with `+/=` in per cents, of a type that is none, which they
# guess (https://fetch.spec.whatwg.org/#data-url-processor); a style sheet ends lines with `\`.
_EMBEDDED = re.compile(
    r"(data:(?:image/[\w.+-]+|application/octet-stream)?(?:\s*;\s*[\w.=-]+)*\s*;\s*base64\s*,\s*)"
    r"((?:[A-Za-z0-9+/=]|%2[BF]|%3D|%0[AD]|\\?\r?\n[ \t]*(?=[A-Za-z0-9+/=%])(?![\d.]+[wx]\b))+)",
    re.I,
)
_LINE_END = re.compile(r"\\?\s")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")


class Cleaned(NamedTuple):
    """A picture as published, and the fields that stay in it; a `broken` one ends where it broke."""

    data: bytes
    fields: list[str]
    broken: bool = False


def without_metadata(data: bytes) -> Cleaned:
    """Return a picture without metadata; other data stays as it is."""
    if strip := containers.stripper(data[:_START]):
        try:
            return Cleaned(strip(data), [])
        except containers.Broken as broken:
            return Cleaned(broken.before, [], broken=True)
    if data.startswith(_GZIP):
        return Cleaned(data, _compressed_fields(data))
    if _MARKUP.match(data):
        return _markup(data)
    return Cleaned(data, metadata_fields.remaining_fields(data))


def _markup(data: bytes) -> Cleaned:
    """Remove metadata from an SVG, and from pictures embedded in any markup."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = data.decode("utf-16", "replace").encode() if wide else data
    if not svg_metadata.is_svg(text):
        return Cleaned(_clean_embedded(data), [])
    found, fields = svg_metadata.without_metadata(text, "utf-8" if wide else None)
    found = _clean_embedded(found)
    if found == text:
        return Cleaned(data, fields)
    return Cleaned(found.decode().encode("utf-16") if wide else found, fields)


def in_text(text: str) -> str:
    """Remove metadata from pictures embedded in a text such as HTML (`data:image/…`)."""

    def made(match: re.Match[str]) -> str:
        try:
            data = base64.b64decode(_LINE_END.sub("", unquote(match[2])))
        except (binascii.Error, ValueError):
            return match[0]
        found = without_metadata(data).data
        return match[0] if found == data else match[1] + base64.b64encode(found).decode()

    return _EMBEDDED.sub(made, text) if "base64" in text or "BASE64" in text else text


def _clean_embedded(text: bytes) -> bytes:
    """Remove metadata from pictures embedded in the bytes of a text."""
    if b"base64" not in text and b"BASE64" not in text:
        return text
    return in_text(text.decode("latin-1")).encode("latin-1")


def clean(folder: Path, pages: Collection[str], sources: Mapping[str, str]) -> Iterator[Problem]:
    """Remove metadata from all pictures in a site's folder; yields problems.

    `pages` are files to skip. `sources` has the source of each file, for messages.
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
            message = "the picture is so large that its metadata is not removed"
            yield Problem(shown, 0, message, f"make it smaller than {_MOST_BYTES // 10**6} MB")
        return
    data = file.read_bytes()
    found = Cleaned(_clean_embedded(data), []) if kind == "text" else without_metadata(data)
    if found.data != data:
        file.write_bytes(found.data)
    if found.broken:
        message = f"the picture is broken, and only its first {len(found.data)} bytes are published"
        yield Problem(shown, 0, message, "save it again as PNG, JPEG, WebP, GIF or SVG")
    if found.fields:
        message = f"the published picture has metadata: {first_few(found.fields, _MOST_LISTED)}"
        yield Problem(shown, 0, message, _HINT_SVG if _MARKUP.match(data) else _HINT)


def _kind(file: Path) -> str:
    """Return the kind of a file: `picture`, or `markup` or `text` that may embed some; else ''."""
    with file.open("rb") as opened:
        start = opened.read(_START)
    suffix = file.suffix.lower()
    if containers.stripper(start) or metadata_fields.is_known(start) or suffix in (".svg", ".svgz"):
        return "picture"
    if _MARKUP.match(start):
        return "picture" if svg_metadata.is_svg(start) else "markup"
    return "text" if suffix == ".css" else ""


def _compressed_fields(data: bytes) -> list[str]:
    """Return the metadata fields of a picture, such as an SVG, that is compressed by gzip."""
    try:
        plain = zlib.decompressobj(wbits=31).decompress(data, _LARGEST_SVG)
    except zlib.error:
        return []
    if plain.startswith(_GZIP):  # could be nested without end
        return []
    found = without_metadata(plain)
    return found.fields or ["metadata in a compressed picture"] * (found.data != plain)
