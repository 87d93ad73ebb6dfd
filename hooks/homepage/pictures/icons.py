"""The site's icons, for tabs, bookmarks and home screens, and the manifest that names them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from . import monogram
from .cache import load_or_make
from .monogram import Monogram

if TYPE_CHECKING:
    from PIL import Image

FAVICON, FALLBACK, TOUCH, MANIFEST = (
    "favicon.svg", "favicon.ico", "apple-touch-icon.png", "manifest.webmanifest",
)  # fmt: skip
OWN = (FAVICON, FALLBACK, "favicon.png")  # where owners put their own
_TOUCH_SIZE, _SIZES = 180, (192, 512)  # pixels, as Apple's and Google's systems ask for
_TAB_SIZES = (16, 32, 48)
_DESIGN = "1"  # to be changed with the drawing, so that cached icons are drawn again


def files(mark: Monogram, photo: bytes, folder: Path | None) -> dict[str, bytes]:
    """Return all bitmap icons by their path in the site, cached in `folder`.

    They show the owner's photo, if there is one, except in tabs: a face needs more than 16 pixels.
    """

    def touch(side: int) -> Callable[[], bytes]:
        return lambda: _png(
            _face(photo, side, mark) if photo else monogram.draw(mark, side, rounded=False)
        )

    makers: dict[str, Callable[[], bytes]] = {
        FALLBACK: lambda: _ico(monogram.draw(mark, 256, rounded=True)),
        TOUCH: touch(_TOUCH_SIZE),
        **{_named(side): touch(side) for side in _SIZES},
    }
    what = "\0".join((_DESIGN, *mark)).encode("utf-8", "replace") + photo
    key = hashlib.sha256(what).hexdigest()[:32]
    return {n: load_or_make(folder and folder / f"{key}-{n}", make) for n, make in makers.items()}


def manifest(name: str, short_name: str, language: str, theme: str, page: str) -> bytes:
    """Return the web app manifest (https://www.w3.org/TR/appmanifest/).

    `theme` is its colour, `page` the background of pages. Addresses are relative, so that it works
    below any path. Systems may crop the icons to their shapes (maskable).
    """
    icons = [
        {"src": _named(side), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
        for purpose in ("any", "maskable")
        for side in _SIZES
    ]
    values = {
        "name": name,
        "short_name": short_name,
        "lang": language,
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "theme_color": theme,
        "background_color": page,
        "icons": icons,
    }
    return (json.dumps(values, ensure_ascii=False, indent=2) + "\n").encode()


def _named(side: int) -> str:
    return f"icon-{side}.png"


def _face(photo: bytes, side: int, mark: Monogram) -> Image.Image:
    """Return the photo on the monogram's colour, which fills its transparent parts."""
    from PIL import Image

    face = Image.open(BytesIO(photo)).convert("RGBA").resize((side, side), Image.Resampling.LANCZOS)
    ground = Image.new("RGBA", face.size, mark.ground)
    return Image.alpha_composite(ground, face).convert("RGB")


def _png(image: Image.Image) -> bytes:
    """Return a PNG with 256 colours, a third of a photo's bytes."""
    file = BytesIO()
    image.quantize(256).save(file, "PNG", optimize=True)
    return file.getvalue()


def _ico(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "ICO", sizes=[(side, side) for side in _TAB_SIZES])
    return file.getvalue()
