"""Draws text in pictures: finds fonts for characters, measures text and wraps lines.

The fonts are Noto Sans, for Latin, Greek and Cyrillic, and Noto Sans CJK. Text is laid out by Pillow's
basic engine: the better one (Raqm) is not on all machines, and would make different bytes there. The
basic one cannot join or reorder letters, so scripts that need it, such as Arabic and Devanagari, are
left out, as are characters without a font.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, partial
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont
    from PIL.ImageDraw import ImageDraw

_KANA, _HANGUL = "\u3041-\u30ff", "\uac00-\ud7a3"
_WIDE = f"\u2e80-\u2fdf\u3001-\u9fff{_HANGUL}\uf900-\ufaff\uff01-\uff9f"
# Lines may break after any wide character, but not before closing punctuation; others form words.
_WORD = re.compile(f"(\\s*)([{_WIDE}][、。，．！？：；）」』】》〉]*|[^{_WIDE}\\s]+)")
_NOT_DRAWN = re.compile("[\u0590-\u109f\u1780-\u18af]")
_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-cn": 2, "zh-tw": 3, "zh-hant": 3, "zh-hk": 4}
_LONGEST = 1_000  # characters of a text, more than fit on a card, as combining marks take no room
_MISSING = "\uffff"  # not a character: fonts draw their box for missing ones


def cjk_font(text: str, language: str) -> int:
    """Return the CJK font for a text: for Japanese or Korean letters in it, else for the language."""
    if re.search(f"[{_KANA}]", text):
        return _FACES["ja"]
    if re.search(f"[{_HANGUL}]", text):
        return _FACES["ko"]
    code = language.lower().replace("_", "-")
    return _FACES.get(code, _FACES.get(code.partition("-")[0], _FACES["zh"]))


def drawable(text: str) -> str:
    """Return the text without characters that cannot be drawn, with single spaces."""
    text = _NOT_DRAWN.sub("", unicodedata.normalize("NFC", text[:_LONGEST]))
    return " ".join("".join(c for c in text if c.isspace() or _font_of(c) is not None).split())


class TextFont:
    """Fonts of one size and weight, for texts that `drawable` returned."""

    def __init__(self, fonts: tuple[ImageFont.FreeTypeFont, ...]):
        self._fonts = fonts
        self._widths: dict[str, float] = {}  # of single characters: kerning is ignored for speed

    def _font(self, character: str) -> ImageFont.FreeTypeFont:
        return self._fonts[_font_of(character) or 0]

    def width(self, text: str) -> float:
        """Return the width of the text in pixels."""
        for character in set(text).difference(self._widths):
            self._widths[character] = self._font(character).getlength(character)
        return sum(self._widths[character] for character in text)

    def draw(self, canvas: ImageDraw, x: float, y: float, text: str, fill: int) -> None:
        """Draw the text from x, with its baseline at y."""
        for font, characters in groupby(text, self._font):
            run = "".join(characters)
            canvas.text((x, y), run, fill=fill, font=font, anchor="ls")
            x += self.width(run)

    def cut(self, text: str, width: float) -> str:
        """Return the text, or as much of it as fits with an ellipsis."""
        if self.width(text) <= width:
            return text
        fits = len(text)
        while fits and self.width(text[:fits].rstrip() + "…") > width:
            fits -= 1 + (self.width(text[:fits]) > 2 * width) * (fits // 2)
        return text[:fits].rstrip() + "…"

    def wrap(self, text: str, width: float, most: int) -> tuple[list[str], bool]:
        """Wrap the text to at most `most` lines; also returns whether all of it fits."""
        lines: list[str] = []
        start = end = 0
        used = 0.0
        for word in _WORD.finditer(text):
            wide = self.width(word[0])
            if end > start and used + wide > width:
                if len(lines) == most - 1:
                    return [*lines, self.cut(text[start:], width)], False
                lines.append(text[start:end])
                start, used = word.start(2), 0.0
                wide = self.width(word[2])
            used, end = used + wide, word.end()
        last = self.cut(text[start:end], width)
        return [*lines, last], last == text[start:end] and len(lines) < most


@cache
def text_font(size: int, cjk: int, *, bold: bool) -> TextFont:
    """Return the fonts of a size and weight; `cjk` is what `cjk_font` returned."""
    return TextFont(_fonts(size, cjk, bold))


def release_fonts() -> None:
    """Free the memory of fonts; they are loaded again when needed."""
    for known in (text_font, _fonts, _font_of):
        known.cache_clear()


@cache
def _fonts(size: int, cjk: int, bold: bool) -> tuple[ImageFont.FreeTypeFont, ...]:
    # Not loaded if there is nothing to draw.
    import noto_cjk_sans_otc
    from PIL import ImageFont
    from pymupdf_fonts import NotoSans_Bold, NotoSans_Regular

    latin = (NotoSans_Bold if bold else NotoSans_Regular).fontbuffer
    font = partial(ImageFont.truetype, size=size, layout_engine=ImageFont.Layout.BASIC)
    return font(BytesIO(latin)), font(str(noto_cjk_sans_otc.FONT_PATH), index=cjk)


@cache
def _font_of(character: str) -> int | None:
    """Return the number of the first font with the character, or None, as for control characters."""
    if unicodedata.category(character)[0] == "C":
        return None
    for number, font in enumerate(_fonts(20, _FACES["zh"], bold=False)):
        if bytes(font.getmask(character)) != bytes(font.getmask(_MISSING)):
            return number
    return None
