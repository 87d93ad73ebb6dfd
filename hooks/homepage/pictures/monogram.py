"""Draws the owner's initials on the accent colour, for the site's icons and instead of a portrait."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from ..common import colours
from ..people import HAN, parse_one
from .fonts import cjk_font, drawable, text_font

if TYPE_CHECKING:
    from PIL import Image

_WIDE = frozenset("MWШЩЖЮ")  # two initials with one of these need a smaller size
_CAPITAL = 0.72  # the height of a capital, as a part of the font size
ROUND = 0.2  # the radius of the corners, as a part of the side


class Monogram(NamedTuple):
    """Letters, which may be '', and CSS colours. Lengths are for a square of 100."""

    letters: str
    ink: str
    ground: str
    language: str = "en"

    @property
    def size(self) -> int:
        """The font size."""
        if len(self.letters) < 2:
            return 60
        return 36 if _WIDE & set(self.letters) else 44

    @property
    def baseline(self) -> float:
        """The y of the baseline; the heights of system fonts differ little."""
        return round(50 + self.size * _CAPITAL / 2, 1)


def monogram(name: str, accent: str, language: str = "en") -> Monogram:
    """Return the monogram of a name on an accent colour."""
    ink, ground = colours.monogram_colours(colours.parse(accent) or colours.BLACK)
    return Monogram(initials(name), colours.css(ink), colours.css(ground), language)


def initials(name: str) -> str:
    """Return the initials of given and family name; one letter of Chinese, Japanese or Korean names."""
    parsed = parse_one(name)
    first = parsed.literal or parsed.family
    if HAN.match(first):
        return first[0]
    words = parsed.literal.split()
    parts = [words[0], *words[1:][-1:]] if words else [parsed.given, parsed.family]
    return "".join(map(_initial, parts))


def _initial(text: str) -> str:
    letters = filter(str.isalpha, unicodedata.normalize("NFC", text))
    return next(letters, "").title()[:1]


def draw(mark: Monogram, side: int, *, rounded: bool) -> Image.Image:
    """Draw the monogram, square or with round corners; a disc replaces letters without a font."""
    from PIL import Image, ImageDraw

    ink = Image.new("L", (side, side))
    if letters := _letters(mark, side):
        ink.paste(letters, ((side - letters.width) // 2, (side - letters.height) // 2))
    else:
        ImageDraw.Draw(ink).circle((side / 2, side / 2), side * 0.22, 255)
    image = Image.composite(
        Image.new("RGB", ink.size, mark.ink), Image.new("RGB", ink.size, mark.ground), ink
    )
    if rounded:
        corners = Image.new("L", ink.size)
        ImageDraw.Draw(corners).rounded_rectangle((0, 0, side - 1, side - 1), round(side * ROUND), 255)
        image.putalpha(corners)
    return image


def _letters(mark: Monogram, side: int) -> Image.Image | None:
    """Draw the letters for a square of `side` pixels, cropped; None if no font has them."""
    from PIL import Image, ImageDraw

    text, size = drawable(mark.letters), round(mark.size * side / 100)
    if not text:
        return None
    font = text_font(size, cjk_font(text, mark.language), bold=True)
    canvas = Image.new("L", (round(font.width(text)) + 2 * size, 3 * size))
    font.draw(ImageDraw.Draw(canvas), size, 2 * size, text, 255)
    return canvas.crop(canvas.getbbox())
