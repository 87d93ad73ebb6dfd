"""Draws social cards: a picture of each page, which social networks show beside links to it.

Nothing is downloaded, no system library is needed, and with the packages of the lock the same page
gives the same bytes on all machines.
"""

import hashlib
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from ..common import colours
from ..pictures import cjk_font, drawable, load_or_make, release_fonts, text_font
from .head import CARD_SIZE

_DESIGN = "1"  # to be changed with the drawing, so that cached cards are drawn again
_BAR, _LEFT, _TOP, _WIDTH, _BOTTOM = 24, 96, 76, 1024, 66  # pixels
_TITLE_SIZES = ((68, 4), (54, 5), (44, 6))  # pixels, and how many lines of this size fit
_SMALL = 34
_INK, _GREY, _ACCENT = 238, 175, 255  # darkness; the last is replaced by the accent colour
_SHADES = 7
_DARKEST = (31, 36, 48)


class Card(NamedTuple):
    """A card: its title, the line below it, the site's name, and its look."""

    title: str
    line: str
    site: str
    accent: str = "#526cfe"
    language: str = "en"

    @property
    def name(self) -> str:
        """A file name that changes with anything on the card."""
        text = "\0".join((_DESIGN, *self)).encode("utf-8", "replace")
        return f"{hashlib.sha256(text).hexdigest()[:32]}.png"


class Cache:
    """Keeps cards for the next build, in a folder that may be deleted at any time."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._former, self._used = set(folder.glob("*.png")), set[Path]()

    def file(self, card: Card) -> Path:
        """Return the path of a card's picture, and draw it if it does not exist."""
        path = self.folder / card.name
        if path not in self._used:
            load_or_make(path, lambda: draw(card))
            self._used.add(path)
        return path

    def tidy(self) -> None:
        """Delete the cards that this build does not use, and free the memory of fonts."""
        release_fonts()
        for path in self._former - self._used:
            path.unlink(missing_ok=True)


def accent(themes: Iterable[str], name: str) -> str:
    """Return the colour of one of Material's accents, from the theme's style sheets, or our default."""
    wanted = re.escape(name.replace(" ", "-"))
    colour = re.compile(rf"\[data-md-color-accent={wanted}\]\{{--md-accent-fg-color:([^;}}]+)")
    sheets = (s for t in themes for s in sorted(Path(t).glob("assets/stylesheets/palette.*.css")))
    found = (colour.search(sheet.read_text(encoding="utf-8")) for sheet in sheets)
    known = (colours.parse(match[1]) for match in found if match)
    return next((colours.css(c) for c in known if c), Card("", "", "").accent)


def draw(card: Card) -> bytes:
    """Draw a card as PNG: 16 colours, a few kilobytes. Characters without a font are left out."""
    from PIL import Image, ImageDraw  # not loaded if there is nothing to draw

    image = Image.new("L", CARD_SIZE)
    canvas = ImageDraw.Draw(image)
    title, line, site = (drawable(text) for text in card[:3])
    cjk = cjk_font(f"{title}{line}", card.language)
    for size, most in _TITLE_SIZES:
        letters = text_font(size, cjk, bold=True)
        lines, whole = letters.wrap(title, _WIDTH, most)
        if whole:
            break
    y = _TOP + size
    for text in lines:
        letters.draw(canvas, _LEFT, y, text, _INK)
        y += round(size * 1.25)
    small, bottom = text_font(_SMALL, cjk, bold=False), CARD_SIZE[1] - _BOTTOM
    y += _SMALL - size + 28
    for text in small.wrap(line, _WIDTH, max(1, (bottom - y) // 46 - 1))[0]:
        small.draw(canvas, _LEFT, y, text, _GREY)
        y += 46
    small.draw(canvas, _LEFT, bottom, small.cut(site, _WIDTH), _INK)
    canvas.rectangle((0, 0, _BAR - 1, CARD_SIZE[1]), fill=_ACCENT)
    shades = image.point([min(v * _SHADES // _INK, _SHADES) for v in range(_ACCENT)] + [_SHADES + 1])
    shades.putpalette(_palette(card.accent))
    file = BytesIO()
    shades.save(file, "PNG", bits=4, compress_level=5)
    return file.getvalue()


def _palette(accent: str) -> list[int]:
    """Return the palette: from white to ink in even steps, then the accent colour."""
    greys = [255 - (255 - c) * n // _SHADES for n in range(_SHADES + 1) for c in _DARKEST]
    return [*greys, *(int(accent[n : n + 2], 16) for n in (1, 3, 5))]
