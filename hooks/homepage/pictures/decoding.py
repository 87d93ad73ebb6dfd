"""Pictures are measured and decoded within bounds: none takes all memory, whatever it says of itself.

A picture has at most 60 megapixels, and decoding it takes at most 280 MB, so that a build, which takes
80 MB besides, stays below 400. What decoding takes was measured with Pillow 13: four bytes for each
pixel, JPEG's coefficients where they come in several scans, and several whole pictures inside of the
decoders of WebP and AVIF.
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
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")  # no EPS: that starts Ghostscript
_DECODERS = {"WEBP": 16, "AVIF": 12}  # bytes for each pixel
_MODES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2}  # those of others; else 4
_COPIED = {"RGB": 0, "RGBA": 4}  # more where the picture is not reduced before it is copied; else 8
_MANY_PIXELS = 12_000_000  # are reduced with less care
_BAND = 2_000_000  # pixels that are reduced at a time
_ORIENTATION = 0x0112  # in Exif; from 5 to 8 a picture lies on its side
_SIDEWAYS = (5, 6, 7, 8)
_TILE = (322, 323)  # TIFF's tags for the sides of a tile, which may be larger than the picture
_SCAN = re.compile(rb"\xff\xda\0[\x08\x0a\x0c]([\1-\4])")  # with the number of its components

_SVG = re.compile(rb"<(?:\w+:)?svg\b[^>]*>")
_LENGTH = r"""(?<![-\w:]){}\s*=\s*["']\s*([0-9.]+)\s*(px|pt|pc|mm|cm|in|)\s*["']"""
_BOX = re.compile(r"""\bviewBox\s*=\s*["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)""")
_UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


class TooLarge(Exception):
    """A picture that is not decoded; the message goes on after its name."""

    def __init__(self, message: str, severity: str = "warning"):
        super().__init__(message)
        self.severity = severity


class Head(NamedTuple):
    """What a picture says before it is decoded."""

    kind: str
    width: int
    height: int
    moves: bool


class Decoded(NamedTuple):
    """A picture in RGB or RGBA, turned as its camera was held, and maybe reduced."""

    image: Image.Image
    profile: bytes
    has_metadata: bool


def opened(data: bytes) -> Image.Image:
    """A picture of which the head is read only; raises what Pillow raises, and TooLarge."""
    image = _opened(data)
    if image.width * image.height > MOST_PIXELS:
        raise TooLarge(f"has {_megapixels(image)} megapixels, more than {MOST_PIXELS // 10**6}")
    return image


def _opened(data: bytes) -> Image.Image:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise TooLarge(f"has more than {MOST_PIXELS // 10**6} megapixels") from None


def head(data: bytes) -> Head:
    """What a picture says of itself; raises as `opened` does."""
    image = opened(data)
    return Head(image.format or "", *image.size, getattr(image, "is_animated", False))


def decoded(data: bytes, width: int, height: int, *, square: bool) -> Decoded:
    """A picture, in pixels that are enough for a copy of a size; raises as `opened` does."""
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
    """How many bytes decoding takes, given the pixels before a draft."""
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
    """By how much a picture can be reduced, in whole numbers, before it is resized with care."""
    across, up = image.size
    if "exif" in image.info and image.getexif().get(_ORIENTATION) in _SIDEWAYS:
        across, up = up, across
    ratio = min(across, up) / width if square else max(across / width, up / height)
    return max(1, int(ratio if across * up > _MANY_PIXELS else ratio / 2))


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """The picture in RGB or RGBA, reduced in bands, so that there is no second whole one."""
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

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(orientation or 1)
    return image if turn is None else image.transpose(turn)


def measured(data: bytes) -> tuple[int, int] | None:
    """The size of a picture as browsers show it, turned as its camera was held; None if it has none."""
    if MARKUP.match(data):
        tag = _SVG.search(data[:65_536])
        return svg_size(tag[0].decode("utf-8", "replace")) if tag else None
    try:
        image = _opened(data)
        width, height = image.size
        # Only then: PNG is decoded to look for Exif behind its pixels.
        turned = "exif" in image.info and image.getexif().get(_ORIENTATION) in _SIDEWAYS
    except Exception:  # noqa: BLE001 - Pillow's readers raise a dozen kinds for files that are broken
        return None
    return (height, width) if turned else (width, height)


def svg_size(tag: str) -> tuple[int, int] | None:
    """The size of an SVG in CSS pixels, from its first tag: width and height, else its viewBox."""
    sizes = [re.search(_LENGTH.format(name), tag) for name in ("width", "height")]
    try:
        if sizes[0] and sizes[1]:
            width, height = (float(m[1]) * _UNITS[m[2]] for m in sizes if m)
        elif box := _BOX.search(tag):
            width, height = float(box[1]), float(box[2])
        else:
            return None
        return (round(width) or 1, round(height) or 1) if width > 0 < height else None
    except (ValueError, OverflowError):  # no number, or one of a thousand digits
        return None
