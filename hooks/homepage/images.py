"""Pictures: their size, and small copies of large ones, made once per content; those of publications."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from .cache import keep, load
from .errors import Problem
from .identifiers import slugify
from .model import Publication

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = 144, 144  # CSS pixels of the largest box that a list gives to a picture
DENSITY = 2  # pixels for each of them, as on the screens of phones
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF", "BMP", "TIFF")  # no EPS: that starts Ghostscript
_FOR_WEB = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
_LARGEST = 16_383  # pixels of a WebP's side
_ORIENTATION = 0x0112  # in Exif; from 5 to 8 a picture lies on its side
_ABOVE = 0.35  # of what is cut off to make a photo square, the share above: faces are in the upper half
HINT = "save it again as PNG, JPEG, WebP, GIF or SVG"

_Of = TypeVar("_Of")
_Made = TypeVar("_Made")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_SVG = re.compile(rb"<(?:\w+:)?svg\b[^>]*>")
_LENGTH = r"""(?<![-\w:]){}\s*=\s*["']\s*([0-9.]+)\s*(px|pt|pc|mm|cm|in|)\s*["']"""
_BOX = re.compile(r"""\bviewBox\s*=\s*["']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)""")
_UNITS = {"": 1, "px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}


class Stays(NamedTuple):
    """A picture with no more bytes, and pixels at its sides, is left as it is."""

    weight: int
    width: int
    height: int = _LARGEST


class Box(NamedTuple):
    """What the copy of a picture fits into, in pixels; `square` cuts off what is not."""

    width: int
    height: int = _LARGEST
    stays: Stays = Stays(0, 0)
    square: bool = False

    @property
    def recipe(self) -> str:
        """Of the copy, so that the cache knows another one."""
        shape = "square" if self.square else f"{self.width}x{self.height}"
        return f"webp-82-{shape}-{'-'.join(map(str, (self.width, *self.stays)))}"


PREVIEW = Box(WIDTH * DENSITY, HEIGHT * DENSITY, Stays(24_000, WIDTH * DENSITY, HEIGHT * DENSITY))


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

    copies = each(lambda path: cached(read(path) or b"", cache, PREVIEW), named)
    for (path, publication), copy in zip(named.items(), copies, strict=True):
        if copy is None:
            line = publication.entry.line_of("preview")
            message = f"the picture '{path}' of '{publication.key}' cannot be read"
            found.problems.append(Problem(publication.entry.path, line, message, HINT))
            continue
        shown = path
        if copy.data:
            shown = copy_path(path, copy.data, "previews")
            found.files[shown] = copy.data
        found.pictures[path] = Picture(shown, *_fitted(copy.width, copy.height))
    return found


def each(make: Callable[[_Of], _Made], pictures: Iterable[_Of]) -> list[_Made]:
    """What is made of each picture, in order, two at a time."""
    with warnings.catch_warnings(), ThreadPoolExecutor(max_workers=2) as pool:
        warnings.simplefilter("ignore")  # large pictures are what this is for; Pillow refuses bombs
        return list(pool.map(make, pictures))


def copy_path(path: str, data: bytes, folder: str) -> str:
    """Where the copy of a picture belongs: a path that changes with its content."""
    digest = hashlib.sha256(data).hexdigest()[:8]
    return f"assets/{folder}/{slugify(Path(path).stem)}-{digest}.webp"


def cached(data: bytes, folder: Path | None, box: Box) -> Copy | None:
    """What `small` makes of a picture, kept in a folder by the picture's content."""
    if folder is None or len(data) <= box.stays.weight or _MARKUP.match(data):
        return small(data, box)
    file = folder / f"{hashlib.sha256(data).hexdigest()[:32]}-{box.recipe}.webp"
    if (kept := load(file)) is not None:
        return Copy(*_opened(kept or data).size, kept)
    made = small(data, box)
    if made:
        keep(file, made.data)
    return made


def small(data: bytes, box: Box = PREVIEW) -> Copy | None:
    """A picture as it is shown; None if it cannot be read.

    That is a small WebP without metadata, turned as its camera was held, or the file itself where
    it is small, moves or is drawn (SVG).
    """
    if _MARKUP.match(data):
        size = measured(data)
        return Copy(*size) if size else None
    from PIL import Image, ImageOps

    try:
        image = _opened(data)
        kind, (width, height) = image.format, image.size
        if kind in _FOR_WEB and getattr(image, "is_animated", False) and not box.square:
            return Copy(width, height)
        private = bool(image.getexif()) or "comment" in image.info
        stays = width <= box.stays.width and height <= box.stays.height
        stays = stays and kind in _FOR_WEB and not private
        if stays and len(data) <= box.stays.weight:
            image.load()  # a file that ends too early is broken
            return Copy(width, height)
        image.draft(
            "RGB", (box.width * 2, box.width * 2)
        )  # JPEGs are decoded at a fraction of their size
        alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        profile = image.info.get("icc_profile", b"") if image.mode in ("RGB", "RGBA") else b""
        turned = ImageOps.exif_transpose(image)
        if turned.mode.startswith("I;16"):
            turned = turned.point(lambda value: value * (1 / 256)).convert("L")
        turned = turned.convert("RGBA" if alpha else "RGB")
        if box.square:
            side = min(box.width, *turned.size)
            turned = ImageOps.fit(
                turned, (side, side), Image.Resampling.LANCZOS, centering=(0.5, _ABOVE)
            )
        turned.thumbnail((box.width, box.height), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        profiled = {"icc_profile": profile} if 0 < len(profile) < 4096 else {}
        turned.save(buffer, "WEBP", quality=82, method=4, exif=b"", xmp=b"", **profiled)
    except Exception:  # noqa: BLE001 - Pillow's readers raise a dozen kinds for files that are broken
        return None
    if stays and buffer.tell() >= len(data):
        return Copy(width, height)  # packed better than we can
    return Copy(*turned.size, buffer.getvalue())


def measured(data: bytes) -> tuple[int, int] | None:
    """The size of a picture as browsers show it, turned as its camera was held; None if it has none."""
    if _MARKUP.match(data):
        tag = _SVG.search(data[:65_536])
        return svg_size(tag[0].decode("utf-8", "replace")) if tag else None
    try:
        image = _opened(data)
        width, height = image.size
        return (height, width) if image.getexif().get(_ORIENTATION) in (5, 6, 7, 8) else (width, height)
    except Exception:  # noqa: BLE001 - as above
        return None


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
