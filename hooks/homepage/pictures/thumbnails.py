"""Makes small copies of large pictures, cached by content, and gathers the pictures of publications."""

import hashlib
import io
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..common import slugify
from ..model import Problem, Publication
from . import decoding
from .cache import keep, load
from .decoding import MARKUP, Decoded, Head, TooLarge, measured

WIDTH, HEIGHT = 144, 144  # CSS pixels of the largest picture in a list
DENSITY = 2  # device pixels for each CSS pixel, as on phones
_FOR_WEB = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
_LARGEST = 16_383  # pixels of a WebP's side
_ABOVE = 0.35  # the part cut off above when a photo is made square: faces are in the upper half
HINT = "save it again as PNG, JPEG, WebP, GIF or SVG"


class Limits(NamedTuple):
    """Limits in bytes and pixels, up to which a picture is left as it is."""

    weight: int
    width: int
    height: int = _LARGEST


class Box(NamedTuple):
    """The largest size of a copy, in pixels; `square` crops it."""

    width: int
    height: int = _LARGEST
    limits: Limits = Limits(0, 0)
    square: bool = False

    @property
    def recipe(self) -> str:
        """The name of these settings in the cache."""
        shape = "square" if self.square else f"{self.width}x{self.height}"
        return f"webp-82b-{shape}-{'-'.join(map(str, (self.width, *self.limits)))}"


PREVIEW = Box(WIDTH * DENSITY, HEIGHT * DENSITY, Limits(24_000, WIDTH * DENSITY, HEIGHT * DENSITY))


class Picture(NamedTuple):
    """A picture as a list shows it: its path in the site, and its size in CSS pixels."""

    path: str
    width: int
    height: int


class Copy(NamedTuple):
    """The copy of a picture: its size, and a WebP, or b"" if the file itself is shown."""

    width: int
    height: int
    data: bytes = b""


class Pictures(NamedTuple):
    """The pictures by the path that entries name, the files made for them, and problems."""

    pictures: dict[str, Picture]
    files: dict[str, bytes]
    problems: list[Problem]


def gather(
    publications: Iterable[Publication], read: Callable[[str], bytes | None], cache: Path | None
) -> Pictures:
    """Return the pictures of publications; `read` reads a file of docs/, `cache` is a folder."""
    named: dict[str, Publication] = {}
    for publication in publications:
        named.setdefault(publication.preview, publication)
    named.pop("", None)
    found = Pictures({}, {}, [])
    for path, publication in named.items():  # one at a time: large ones take much memory
        source = Source(read(path) or b"", PREVIEW)
        copy = cached(source, cache, PREVIEW)
        if copy is None:
            line = publication.entry.line_of("preview")
            why, hint = (source.refusal, decoding.HINT) if source.refusal else ("cannot be read", HINT)
            message = f"the picture '{path}' of '{publication.key}' {why}"
            found.problems.append(Problem(publication.entry.path, line, message, hint))
            continue
        shown = copy_path(path, copy.data, "previews") if copy.data else path
        if copy.data:
            found.files[shown] = copy.data
        found.pictures[path] = Picture(shown, *_fitted(copy.width, copy.height, WIDTH, HEIGHT))
    return found


def copy_path(path: str, data: bytes, folder: str) -> str:
    """Return the path for the copy of a picture, which changes with its content."""
    digest = hashlib.sha256(data).hexdigest()[:8]
    return f"assets/{folder}/{slugify(Path(path).stem)}-{digest}.webp"


class Source:
    """A picture to copy, at most as large as a box; it is decoded once, if at all.

    After `look` or a copy, `refusal` says why it was not decoded, if so.
    """

    def __init__(self, data: bytes, largest: Box):
        self.data = data
        self.refusal: TooLarge | None = None
        self._largest = largest

    @cached_property
    def digest(self) -> str:
        """The name of the picture in the cache."""
        return hashlib.sha256(self.data).hexdigest()[:32]

    @cached_property
    def head(self) -> Head:
        """The picture's header."""
        return decoding.head(self.data)

    def look(self) -> TooLarge | None:
        """Read the header only; returns `refusal`."""
        with suppress(Exception):  # broken, or not a supported format
            try:
                _ = self.head
            except TooLarge as error:
                self.refusal = error
        return self.refusal

    @cached_property
    def decoded(self) -> Decoded:
        """The picture's pixels."""
        box = self._largest
        return decoding.decoded(self.data, box.width, box.height, square=box.square)


def cached(source: Source, folder: Path | None, box: Box) -> Copy | None:
    """Return what `small` returns, cached in a folder by the picture's content."""
    data = source.data
    if folder is None or len(data) <= box.limits.weight or MARKUP.match(data):
        return small(source, box)
    file = folder / f"{source.digest}-{box.recipe}.webp"
    if (kept := load(file)) is not None:
        return Copy(*decoding.opened(kept or data).size, kept)
    made = small(source, box)
    if made:
        keep(file, made.data)
    return made


def small(source: Source, box: Box) -> Copy | None:
    """Return the copy of a picture to show; None if it cannot be read or is too large.

    That is a small WebP without metadata, turned upright, or the file itself if it is small,
    animated or an SVG.
    """
    data = source.data
    if MARKUP.match(data):
        size = measured(data)
        return Copy(*size) if size else None
    from PIL import Image, ImageOps

    try:
        kind, width, height, moves = source.head
        if kind in _FOR_WEB and moves and not box.square:
            return Copy(width, height)
        whole, profile, private = source.decoded  # raises if the file is truncated
        fits = width <= box.limits.width and height <= box.limits.height
        fits = fits and kind in _FOR_WEB and not private
        if fits and len(data) <= box.limits.weight:
            return Copy(width, height)
        if box.square:
            side = min(box.width, *whole.size)
            made = ImageOps.fit(whole, (side, side), Image.Resampling.LANCZOS, centering=(0.5, _ABOVE))
        else:
            made = whole.resize(_fitted(*whole.size, box.width, box.height), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        profiled = {"icc_profile": profile} if 0 < len(profile) < 4096 else {}
        made.save(buffer, "WEBP", quality=82, method=4, exif=b"", xmp=b"", **profiled)
    except TooLarge as error:
        source.refusal = error
        return None
    except Exception:  # noqa: BLE001 - Pillow's readers raise a dozen kinds for files that are broken
        return None
    if fits and buffer.tell() >= len(data):
        return Copy(width, height)  # the file is smaller than our copy
    return Copy(*made.size, buffer.getvalue())


def _fitted(width: int, height: int, most: int, highest: int) -> tuple[int, int]:
    """Fit a size into another one, with the same proportions, without enlarging it."""
    scale = min(most / width, highest / height, 1)
    return max(1, round(width * scale)), max(1, round(height * scale))
