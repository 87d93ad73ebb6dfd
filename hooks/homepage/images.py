"""Pictures of publications: their size, and small copies of large ones, made once per content."""

from __future__ import annotations

import hashlib
import io
import os
import re
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .errors import Problem
from .identifiers import slugify
from .model import Publication

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 144, 144  # CSS pixels of the largest box that a list gives to a picture
_DENSITY = 2  # pixels for each of them, as on the screens of phones
_SMALL = 24_000  # bytes that a picture may have to be left as it is
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")  # no EPS: that starts Ghostscript
_FOR_WEB = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
_RECIPE = f"webp-82-{WIDTH}x{HEIGHT}x{_DENSITY}"  # of the copies, so that the cache knows another one
_HINT = "save it again as PNG, JPEG, WebP, GIF or SVG"

_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_SVG = re.compile(rb"<(?:\w+:)?svg\b[^>]*>")
_LENGTH = r"""(?<![-\w:]){}\s*=\s*["']\s*([0-9.]+)\s*(px|pt|pc|mm|cm|in|)\s*["']"""
_BOX = re.compile(r"""\bviewBox\s*=\s*["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)""")
_UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


class Picture(NamedTuple):
    """A picture as a list shows it: its path in the site, and its size in CSS pixels."""

    path: str
    width: int
    height: int


class Copy(NamedTuple):
    """What a picture is shown as: its size, and the bytes of a WebP, or b"" for the file itself."""

    width: int
    height: int
    data: bytes = b""


class Pictures(NamedTuple):
    """The pictures by the path that entries name, the files made for them, and what was wrong."""

    pictures: dict[str, Picture]
    files: dict[str, bytes]
    problems: list[Problem]


def gather(
    publications: Iterable[Publication], read: Callable[[str], bytes | None], cache: Path | None
) -> Pictures:
    """The pictures of publications. `read` reads a file of docs/, `cache` is a folder for copies."""
    named: dict[str, Publication] = {}
    for publication in publications:
        if publication.preview:
            named.setdefault(publication.preview, publication)
    found = Pictures({}, {}, [])
    if not named:
        return found

    def made(path: str) -> Copy | None:
        return cached(read(path) or b"", cache)

    with warnings.catch_warnings(), ThreadPoolExecutor(max_workers=2) as pool:
        warnings.simplefilter("ignore")  # large pictures are what this is for; Pillow refuses bombs
        for (path, publication), copy in zip(named.items(), pool.map(made, named), strict=True):
            if copy is None:
                line = publication.entry.line_of("preview")
                message = f"the picture '{path}' of '{publication.key}' cannot be read"
                found.problems.append(Problem(publication.entry.path, line, message, _HINT))
                continue
            shown = path
            if copy.data:
                digest = hashlib.sha256(copy.data).hexdigest()[:8]
                shown = f"assets/previews/{slugify(Path(path).stem)}-{digest}.webp"
                found.files[shown] = copy.data
            found.pictures[path] = Picture(shown, *_fitted(copy.width, copy.height))
    return found


def cached(data: bytes, folder: Path | None) -> Copy | None:
    """What `small` makes of a picture, kept in a folder by the picture's content."""
    if folder is None or len(data) <= _SMALL or _MARKUP.match(data):
        return small(data)
    file = folder / f"{hashlib.sha256(data).hexdigest()[:32]}-{_RECIPE}.webp"
    try:
        kept = file.read_bytes()
        size = _opened(kept).size
    except (OSError, ValueError):  # none, or a broken one
        made = small(data)
        if made and made.data:
            with suppress(OSError):  # a cache may be missing
                folder.mkdir(parents=True, exist_ok=True)
                part = file.with_suffix(f".{os.getpid()}.part")
                part.write_bytes(made.data)
                part.replace(file)  # never half a file, also where two builds run
        return made
    return Copy(*size, kept)


def small(data: bytes) -> Copy | None:
    """A picture as it is shown; None if it cannot be read.

    That is a small WebP without metadata, turned as its camera was held, or the file itself where
    it is small, moves or is drawn (SVG).
    """
    if _MARKUP.match(data):
        tag = _SVG.search(data[:65_536])
        size = svg_size(tag[0].decode("utf-8", "replace")) if tag else None
        return Copy(*size) if size else None
    from PIL import Image, ImageOps

    try:
        image = _opened(data)
        kind, (width, height) = image.format, image.size
        if kind in _FOR_WEB and getattr(image, "is_animated", False):
            return Copy(width, height)
        private = bool(image.getexif()) or "comment" in image.info
        fits = width <= WIDTH * _DENSITY and height <= HEIGHT * _DENSITY
        if fits and len(data) <= _SMALL and kind in _FOR_WEB and not private:
            image.load()  # a file that ends too early is broken
            return Copy(width, height)
        # JPEGs are decoded at a fraction of their size.
        image.draft("RGB", (WIDTH * _DENSITY * 2, HEIGHT * _DENSITY * 2))
        alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        profile = image.info.get("icc_profile", b"") if image.mode in ("RGB", "RGBA") else b""
        turned = ImageOps.exif_transpose(image)
        if turned.mode.startswith("I;16"):
            turned = turned.point(lambda value: value * (1 / 256)).convert("L")
        turned = turned.convert("RGBA" if alpha else "RGB")
        turned.thumbnail((WIDTH * _DENSITY, HEIGHT * _DENSITY), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        keep = {"icc_profile": profile} if 0 < len(profile) < 4096 else {}
        turned.save(buffer, "WEBP", quality=82, method=4, exif=b"", xmp=b"", **keep)
    except Exception:  # noqa: BLE001 - Pillow's readers raise a dozen kinds for files that are broken
        return None
    return Copy(*turned.size, buffer.getvalue())


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


def _opened(data: bytes) -> Image.Image:
    from PIL import Image

    return Image.open(io.BytesIO(data), formats=_FORMATS)


def _fitted(width: int, height: int) -> tuple[int, int]:
    """The size in CSS pixels of a picture of a size in pixels, within the box, never enlarged."""
    scale = min(WIDTH / width, HEIGHT / height, 1)
    return max(1, round(width * scale)), max(1, round(height * scale))
