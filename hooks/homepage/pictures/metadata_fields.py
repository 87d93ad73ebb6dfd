"""Lists the metadata fields of pictures that are published with them, to warn the owner."""

import re
from collections.abc import Iterator
from itertools import islice
from struct import error, unpack_from

# TIFF tags for the storage, density, orientation and colours of pixels (TIFF 6.0).
_STORED = frozenset(
    (
        *(*range(254, 260), *range(262, 267), 273, 274, *range(277, 285), *range(286, 294), 296, 297),
        *(301, *range(317, 333), 334, 336, *range(338, 348), *range(512, 522), *range(529, 533)),
        *(*range(32995, 32999), 34675),
    )
)
_PLACES = dict.fromkeys((33550, 33922, 34264, 34735, 34736, 34737), "GeoTIFF")
_TIFF = re.compile(rb"II\*\0|MM\0\*|II\+\0\x08\0\0\0|MM\0\+\0\x08\0\0")
_BOXES = re.compile(
    rb"....ftyp(?:avif|avis|hei[cmxs]|hev[cmx]|mif1|mif2|msf1|miaf)|\0\0\0\x0c(?:JXL |jP  )\r\n\x87\n",
    re.S,
)
_JPEG_XL = b"\0\0\0\x0cJXL "
_XMP = re.compile(rb"<x:xmpmeta|<rdf:RDF|<\?xpacket")
_IPTC = re.compile(rb"8BIM\x04\x04")
_XMP_FIELDS = re.compile(rb"\b(?:exif:GPS|dc:|photoshop:|Iptc4xmpCore:|xmp:|xmpMM:|stRef:)\w+")
_MOST = 100  # directories of a file, and entries of each, that are read


def is_known(start: bytes) -> bool:
    """Are these the first bytes of a format whose fields can be listed?"""
    return bool(_TIFF.match(start) or _BOXES.match(start)) or start.startswith((b"8BPS", b"BM"))


def remaining_fields(data: bytes) -> list[str]:
    """Return the metadata fields of a picture that is published unchanged, such as TIFF and HEIC."""
    if _TIFF.match(data):
        found = [name or f"TIFF tag {tag}" for tag, name in _fields(data)]
    elif _BOXES.match(data) or data.startswith(b"8BPS"):
        blocks = islice(_TIFF.finditer(data), _MOST)
        tiffs = (data[block.start() : block.start() + 1_000_000] for block in blocks)
        found = [name for tiff in tiffs for _, name in _fields(tiff) if name]
        found += ["brob"] * (data.startswith(_JPEG_XL) and b"brob" in data)  # compressed
    elif data.startswith(b"BM") and data[14:15] == b"\x7c" and data[70:74] == b"KNIL":
        return ["path of the colour profile"]
    else:
        return []
    if _XMP.search(data):
        named = sorted({match.decode() for match in _XMP_FIELDS.findall(data)})
        found += ["XMP", *named]
    found += ["IPTC"] * bool(_IPTC.search(data))
    return sorted(dict.fromkeys(found), key=lambda name: "GPS" not in name)


def _fields(tiff: bytes) -> Iterator[tuple[int, str]]:
    """Yield the tags of a TIFF or of Exif that are not about pixels, with their names or ''."""
    from PIL.ExifTags import TAGS

    order = "<" if tiff[:2] == b"II" else ">"
    big = tiff[2:4] in (b"+\0", b"\0+")
    number, offset, entry = ("Q", "Q", 20) if big else ("H", "I", 12)
    try:
        at = unpack_from(order + offset, tiff, 8 if big else 4)[0]
        for _ in range(_MOST):
            count = unpack_from(order + number, tiff, at)[0]
            at += 8 if big else 2
            tags = [unpack_from(f"{order}H", tiff, at + entry * n)[0] for n in range(min(count, _MOST))]
            yield from (
                (tag, _PLACES.get(tag) or TAGS.get(tag, "")) for tag in tags if tag not in _STORED
            )
            at = unpack_from(order + offset, tiff, at + entry * count)[0]
            if not at:
                return
    except (error, OverflowError):
        return
