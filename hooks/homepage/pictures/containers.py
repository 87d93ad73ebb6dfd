"""Removes metadata such as place, author and tools from picture files, without decoding a pixel.

An allowlist says what stays: image data, colour profile and orientation. All else is removed, also
what follows a picture's end: uncropped originals, videos of phones, previews. A picture without
metadata stays the same, byte for byte. Formats: ITU-T T.81 (JPEG), https://www.w3.org/TR/png-3/,
https://developers.google.com/speed/webp/docs/riff_container, https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

import re
import zlib
from collections.abc import Callable
from struct import error, pack, unpack_from

_ORIENTATION = 0x0112
_MINIMAL_EXIF = b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0%c\0\0\0\0\0\0"

_MARKER = re.compile(rb"\xff+([\xc0-\xcf\xd8-\xfe])")  # others belong to the compressed data
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_DRAWS = (*range(0xC0, 0xD0), *range(0xDA, 0xE0), 0xF7, 0xF8)  # tables, frames, scans

_PNG_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL"
    b" fdAT".split()
)
_WEBP_CHUNKS = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04  # in VP8X
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_GIF_PROFILE = b"ICCRGBG1012"


class Broken(Exception):
    """A picture that cannot be parsed to its end; `before` is the part that could be."""

    def __init__(self, before: bytes):
        super().__init__()
        self.before = before


def stripper(start: bytes) -> Callable[[bytes], bytes] | None:
    """Return the function that removes metadata, by a picture's first bytes; it may raise Broken."""
    if start.startswith(b"\xff\xd8\xff"):
        return jpeg
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return png
    if start.startswith((b"GIF87a", b"GIF89a")):
        return gif
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return webp
    return ico if start.startswith((b"\0\0\1\0", b"\0\0\2\0")) else None


def orientation(tiff: bytes) -> int:
    """Return the orientation in Exif: from 1, the usual one, to 8."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    try:
        start = unpack_from(f"{order}I", tiff, 4)[0] if order else len(tiff)
        for n in range(unpack_from(f"{order}H", tiff, start)[0] if order else 0):
            tag, kind, _, value = unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * n)
            if tag == _ORIENTATION:
                return value if kind == 3 and 1 <= value <= 8 else 1
    except error:
        pass
    return 1


def _minimal(tiff: bytes) -> bytes:
    """Return Exif with the orientation only; b"" for the usual one."""
    turned = orientation(tiff)
    return _MINIMAL_EXIF % turned if turned > 1 else b""


def jpeg(data: bytes) -> bytes:
    """Remove comments and application segments, except JFIF, Adobe's colours and the profile."""
    parts, end, seen = [data[:2]], 2, False
    while match := _MARKER.search(data, end):
        marker = match[1][0]
        if marker in (_SOI, _EOI):
            parts.append(match[0])
            end = match.end()
            if marker == _EOI:
                break
            continue
        start = match.end() + 2
        end = match.end() + int.from_bytes(data[match.end() : start], "big")
        kept = _jpeg_segment(marker, data[start:end])
        if marker == 0xE1 and data.startswith(b"Exif\0", start):  # the first one counts
            kept, seen = (b"" if seen else kept), True
        if kept == data[start:end]:
            parts.append(data[match.start() : end])  # with fill bytes before it
        elif kept:
            parts.append(b"\xff%c" % marker + pack(">H", len(kept) + 2) + kept)
        if marker == _SOS:
            scan = _MARKER.search(data, end)
            parts.append(data[end : scan.start() if scan else len(data)])
            end = scan.start() if scan else len(data)
    return b"".join(parts)


def _jpeg_segment(marker: int, content: bytes) -> bytes:
    """Return what stays of a segment."""
    if marker in _DRAWS or (marker == 0xE2 and content.startswith(b"ICC_PROFILE\0")):
        return content
    if marker == 0xE0 and content.startswith(b"JFIF\0"):
        return content[:12] + b"\0\0"  # without its thumbnail
    if marker == 0xE1 and content.startswith(b"Exif\0"):
        kept = _minimal(content[6:])
        return content[:6] + kept if kept else b""
    return content[:12] if marker == 0xEE and content.startswith(b"Adobe") else b""


def png(data: bytes) -> bytes:
    """Remove texts, times and all chunks that drawing does not need; keeps animations."""
    parts, end = [data[:8]], 8
    while end < len(data):
        size, kind = int.from_bytes(data[end : end + 4], "big"), data[end + 4 : end + 8]
        if len(kind) < 4 or not kind.isalpha():
            raise Broken(b"".join(parts))
        chunk = data[end : end + 12 + size]
        end += 12 + size
        if kind in _PNG_CHUNKS:
            parts.append(chunk)
        elif kind == b"eXIf" and (kept := _minimal(chunk[8:-4])):
            body = kind + kept
            parts.append(pack(">I", len(kept)) + body + pack(">I", zlib.crc32(body)))
        if kind == b"IEND":
            break
    return b"".join(parts)


def webp(data: bytes) -> bytes:
    """Remove Exif, XMP and unknown chunks; keeps animations."""
    parts = _webp_chunks(data, 12, min(len(data), int.from_bytes(data[4:8], "little") + 8))
    if parts and parts[0].startswith(b"VP8X") and len(parts[0]) >= 18:
        has_exif = any(part.startswith(b"EXIF") for part in parts)
        flags = parts[0][8] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if has_exif else 0)
        parts[0] = parts[0][:8] + bytes((flags,)) + parts[0][9:]
    else:
        parts = [part for part in parts if not part.startswith(b"EXIF")]
    body = b"".join(parts)
    whole = data[12:] == body
    return data if whole else data[:4] + pack("<I", len(body) + 4) + data[8:12] + body


def _webp_chunks(data: bytes, at: int, stop: int) -> list[bytes]:
    """Return the chunks that stay; those in frames are filtered, too."""
    parts = []
    while at + 8 <= stop:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = min(at + 8 + size, stop)
        chunk = data[at : end + size % 2 if end < stop else end]
        if kind == b"ANMF":
            body = chunk[8:24] + b"".join(_webp_chunks(data, at + 24, end))
            parts.append(chunk if len(body) >= end - at - 8 else kind + pack("<I", len(body)) + body)
        elif kind in _WEBP_CHUNKS:
            parts.append(chunk)
        elif kind == b"EXIF" and (kept := _minimal(chunk[8:].removeprefix(b"Exif\0\0"))):
            parts.append(kind + pack("<I", len(kept)) + kept)
        at = end + size % 2
    return parts


def gif(data: bytes) -> bytes:
    """Remove comments, texts and application data; keeps animations."""
    at = 13 + _colours(data[10:11])
    parts = [data[:at]]
    while at < len(data):
        start, kind = at, data[at]
        if kind == 0x3B:
            return b"".join([*parts, b";"])
        if kind == 0x2C:
            at = _gif_blocks(data, at + 11 + _colours(data[at + 9 : at + 10]))
            parts.append(data[start:at])
        elif kind == 0x21:
            at = _gif_blocks(data, at + 2)
            parts.append(_gif_extension(data[start:at]))
        elif kind == 0:
            at += 1  # padding
        else:
            raise Broken(b"".join(parts))
    return b"".join(parts)


def _gif_extension(whole: bytes) -> bytes:
    """Return what stays of an extension: timing and transparency, loops, the colour profile."""
    label, name = whole[1:2], whole[3:14]
    if label == b"\xf9" or (label == b"\xff" and name == _GIF_PROFILE):
        return whole
    if label == b"\xff" and name in _LOOPS and len(whole) >= 19:
        return whole[:18] + b"\0"
    return b""


def _colours(flags: bytes) -> int:
    """Return the size of a colour table in bytes."""
    return 3 << ((flags[0] & 7) + 1) if flags and flags[0] & 0x80 else 0


def _gif_blocks(data: bytes, at: int) -> int:
    """Return where the blocks that start at a position end."""
    while at < len(data) and data[at]:
        at += data[at] + 1
    return min(at + 1, len(data))


def ico(data: bytes) -> bytes:
    """Remove metadata from the PNGs in an icon; data that is not an icon stays as it is."""
    count = int.from_bytes(data[4:6], "little")
    entries = [data[at : at + 16] for at in range(6, 6 + 16 * count, 16)]
    start = 6 + 16 * count
    if not entries or len(data) < start:
        return data
    head, body = data[:6], b""
    for entry in entries:
        size, at = unpack_from("<II", entry, 8)
        if at < start or at + size > len(data):
            return data
        strip = stripper(data[at : at + 12])
        image = strip(data[at : at + size]) if strip is png else data[at : at + size]
        head += entry[:8] + pack("<II", len(image), start + len(body))
        body += image
    return head + body
