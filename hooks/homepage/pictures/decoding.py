"""Measures and decodes pictures within limits, so that none takes all memory.

A picture may have 60 megapixels, and decoding may take 280 MB, so that a build, which needs 80 MB
besides, stays below 400 MB. Memory was measured with Pillow 13: four bytes for each pixel, the
coefficients of JPEGs with several scans, and several whole pictures in the decoders of WebP and AVIF.
"""

from __future__ import annotations

import io
import re
import warnings
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 60_000_000
MOST_BYTES = 280_000_000
HINT = "make it smaller"
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")  # no EPS: it starts Ghostscript
_DECODERS = {"WEBP": 16, "AVIF": 12}  # bytes for each pixel
_MODES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}  # the same by mode, else 4
_COPIED = {"RGB": 0, "RGBA": 4}  # more bytes if the picture is copied at full size, else 8
_MANY_PIXELS = 12_000_000  # from here on, quality gives way to speed
_BAND = 2_000_000  # pixels that are reduced at a time
_ORIENTATION = 0x0112  # in Exif; 5 to 8 mean a picture on its side
_SIDEWAYS = (5, 6, 7, 8)
_TURNS = (  # by orientation, from 2 on; names in Pillow
    "FLIP_LEFT_RIGHT ROTATE_180 FLIP_TOP_BOTTOM TRANSPOSE ROTATE_270 TRANSVERSE ROTATE_90".split()
)
_TILE = (322, 323)  # TIFF's tags for the sides of a tile, which may be larger than the picture
_SCAN = re.compile(rb"\xff\xda\0[\x08\x0a\x0c]([\1-\4])")  # a scan and its number of components

_SVG = re.compile(rb"<(?:\w+:)?svg\b[^>]*>")
_LENGTH = r"""(?<![-\w:]){}\s*=\s*["']\s*([0-9.]+)\s*(px|pt|pc|mm|cm|in|)\s*["']"""
_BOX = re.compile(r"""\bviewBox\s*=\s*["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)""")
_UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


class TooLarge(Exception):
    """A picture that is too large to decode; the message follows the picture's name."""

    def __init__(self, message: str, severity: str = "warning"):
        super().__init__(message)
        self.severity = severity


class Head(NamedTuple):
    """What a picture's header says; `moves` means an animation."""

    kind: str
    width: int
    height: int
    moves: bool


class Decoded(NamedTuple):
    """A picture in RGB or RGBA, turned upright, perhaps reduced."""

    image: Image.Image
    profile: bytes
    has_metadata: bool


def _opened(data: bytes) -> Image.Image:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise TooLarge(f"has more than {MOST_PIXELS // 10**6} megapixels") from None


def opened(data: bytes) -> Image.Image:
    """Open a picture without decoding it; raises what Pillow raises, and TooLarge."""
    image = _opened(data)
    if image.width * image.height > MOST_PIXELS:
        raise TooLarge(f"has {_megapixels(image)} megapixels, more than {MOST_PIXELS // 10**6}")
    return image


def head(data: bytes) -> Head:
    """Read a picture's header; raises as `opened` does."""
    image = opened(data)
    return Head(image.format or "", *image.size, getattr(image, "is_animated", False))


def decoded(data: bytes, width: int, height: int, *, square: bool) -> Decoded:
    """Decode a picture with enough pixels for a copy of this size; raises as `opened` does."""
    image = opened(data)
    whole, size = image.width * image.height, _megapixels(image)
    image.draft("RGB", (width * 2, width * 2))  # JPEGs are decoded at a fraction of their size
    if _needs(image, data, whole, _factor(image, width, height, square=square)) > MOST_BYTES:
        message = f"has {size} megapixels, and making it smaller takes more than"
        raise TooLarge(f"{message} {MOST_BYTES // 10**6} MB of memory", "advice")
    image.load()
    exif = image.getexif()
    factor = _factor(image, width, height, square=square)
    profile = image.info.get("icc_profile", b"") if image.mode in ("RGB", "RGBA") else b""
    turned = _turned(_reduced(image, factor), exif.get(_ORIENTATION))
    return Decoded(turned, profile, bool(exif) or "comment" in image.info)


def _megapixels(image: Image.Image) -> str:
    return f"{image.width * image.height / 10**6:.1f}"


def _needs(image: Image.Image, data: bytes, whole: int, factor: int) -> int:
    """Estimate the bytes that decoding takes; `whole` are the pixels before `draft` reduced them."""
    pixels = image.width * image.height
    if each := _DECODERS.get(image.format or ""):
        return len(data) + pixels * each
    each = _MODES.get(image.mode, 4) + (_COPIED.get(image.mode, 8) if factor == 1 else 0)
    more = 0
    if layers := getattr(image, "layer", None):  # JPEG's components, with their sampling
        scan = _SCAN.search(data)
        if "progressive" in image.info or (scan and scan[1][0] < len(layers)):
            high, wide = (max(layer[n] for layer in layers) for n in (1, 2))
            more = 2 * whole * sum(layer[1] * layer[2] for layer in layers) // (high * wide)
    elif tags := getattr(image, "tag_v2", None):
        more = 8 * tags.get(_TILE[0], 0) * tags.get(_TILE[1], 0)
    return len(data) + pixels * each + more


def _factor(image: Image.Image, width: int, height: int, *, square: bool) -> int:
    """Return the whole number by which a picture can be reduced before it is resized well."""
    across, up = image.size
    if "exif" in image.info and image.getexif().get(_ORIENTATION) in _SIDEWAYS:
        across, up = up, across
    ratio = min(across, up) / width if square else max(across / width, up / height)
    return max(1, int(ratio if across * up > _MANY_PIXELS else ratio / 2))


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """Return the picture in RGB or RGBA, reduced in bands to avoid a second full-size copy."""
    from PIL import Image

    alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    mode = "RGBA" if alpha else "RGB"
    if factor == 1:
        return _plain(image, mode)
    whole = Image.new(mode, (-(-image.width // factor), -(-image.height // factor)))
    rows = factor * max(1, _BAND // (image.width * factor))
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        whole.paste(_plain(band, mode).reduce(factor), (0, top // factor))
    return whole


def _plain(image: Image.Image, mode: str) -> Image.Image:
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value * (1 / 256)).convert("L")
    return image if image.mode == mode else image.convert(mode)


def _turned(image: Image.Image, orientation: int | None) -> Image.Image:
    from PIL.Image import Transpose

    turn = dict(enumerate(_TURNS, 2)).get(orientation or 1)
    return image.transpose(Transpose[turn]) if turn else image


def measured(data: bytes) -> tuple[int, int] | None:
    """Return the size at which browsers show a picture, turned upright; None if it has none."""
    if MARKUP.match(data):
        tag = _SVG.search(data[:65_536])
        return _svg_size(tag[0].decode("utf-8", "replace")) if tag else None
    try:
        image = _opened(data)
        width, height = image.size
        # Pillow would decode a whole PNG to look for Exif after its pixels.
        turned = "exif" in image.info and image.getexif().get(_ORIENTATION) in _SIDEWAYS
    except Exception:  # noqa: BLE001 - Pillow's readers raise a dozen kinds for files that are broken
        return None
    return (height, width) if turned else (width, height)


def _svg_size(tag: str) -> tuple[int, int] | None:
    """Return the size of an SVG in CSS pixels from its first tag: width and height, or viewBox."""
    sizes = [re.search(_LENGTH.format(name), tag) for name in ("width", "height")]
    try:
        if sizes[0] and sizes[1]:
            width, height = (float(m[1]) * _UNITS[m[2]] for m in sizes if m)
        elif box := _BOX.search(tag):
            width, height = float(box[1]), float(box[2])
        else:
            return None
        return (round(width) or 1, round(height) or 1) if width > 0 < height else None
    except (ValueError, OverflowError):  # not a number, or one of a thousand digits
        return None
