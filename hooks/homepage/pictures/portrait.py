"""Makes square copies of the owner's photo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from . import decoding, thumbnails

SIZE = 160  # CSS pixels
ICON = 512  # pixels of the largest icon
_BOXES = [thumbnails.Box(side, square=True) for side in (SIZE, SIZE * thumbnails.DENSITY, ICON)]


class Portrait(NamedTuple):
    """The owner's picture, a square, for templates as `homepage.portrait`.

    With a photo, `path` is a picture in the site, for `path | url`, and `path_2x` one for screens
    with more pixels, or '' if the photo has too few; `svg` is empty. Without one, the paths are '' and
    `svg` is the monogram as HTML: an <svg class="hp-monogram"> that screen readers skip. It has no
    styles, so that CSS can change its size.
    """

    path: str = ""
    path_2x: str = ""
    width: int = SIZE
    height: int = SIZE
    svg: Markup = Markup()


class Photo(NamedTuple):
    """The copies of a photo: paths in the site, contents, and one as large as the largest icon."""

    path: str = ""
    path_2x: str = ""
    files: dict[str, bytes] = {}  # noqa: RUF012 - never changed
    large: bytes = b""


def photo(
    path: str,
    read: Callable[[str], bytes | None],
    cache: Path | None,
    report: Callable[[str, str, str], None],
) -> Photo:
    """Make the copies of a photo, by its path in docs/; `report` takes message, hint and severity."""
    data = read(path)
    if data is None:
        report(f"the portrait '{path}' is not there", "name a picture in docs/", "error")
        return Photo()
    source = thumbnails.Source(data, _BOXES[-1])
    copies = [thumbnails.cached(source, cache, box) for box in _BOXES]
    made = [copy for copy in copies if copy and copy.data]
    if source.refusal:
        report(f"the portrait '{path}' {source.refusal}", decoding.HINT, "error")
        return Photo()
    if len(made) < len(_BOXES):
        report(f"the portrait '{path}' cannot be read", "save it again as JPEG, PNG or WebP", "error")
        return Photo()
    small, sharp, large = made
    if sharp.width < SIZE * thumbnails.DENSITY:
        message = f"the portrait '{path}' has only {sharp.width} pixels at its shorter side"
        report(message, f"with {SIZE * thumbnails.DENSITY} it is sharp on every screen", "advice")
    names = [thumbnails.copy_path(path, copy.data, "portraits") for copy in (small, sharp)]
    files = {name: copy.data for name, copy in zip(names, made, strict=False)}
    return Photo(names[0], names[1] if sharp.width > small.width else "", files, large.data)
