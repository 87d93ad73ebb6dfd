"""Text in pictures: which font has a character, how wide a text is, where its lines end.

The fonts are Noto Sans, for Latin, Greek and Cyrillic, and Noto Sans CJK. Text is laid out by
Pillow's own simple engine, as the better one (Raqm) is not on every machine and would make other
bytes there. It cannot join or reorder letters, so that scripts that need it, such as Arabic and
Devanagari, are left out, as are characters that no font has.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import ImageFont
    from PIL.ImageDraw import ImageDraw

_KANA, _HANGUL = "\u3041-\u30ff", "\uac00-\ud7a3"
_WIDE = f"\u2e80-\u2fdf\u3001-\u9fff{_HANGUL}\uf900-\ufaff\uff01-\uff9f"
# A line may end after any of these characters but before what closes; others make words.
_WORD = re.compile(f"(\\s*)([{_WIDE}][、。，．！？：；）」』】》〉]*|[^{_WIDE}\\s]+)")
_NOT_DRAWN = re.compile("[\u0590-\u109f\u1780-\u18af]")
_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-cn": 2, "zh-tw": 3, "zh-hant": 3, "zh-hk": 4}
_LONGEST = 1_000  # characters of a text, more than any card has room for: marks take none of it
_MISSING = "\uffff"  # is no character, so that fonts show what stands for those they lack


def face(text: str, language: str) -> int:
    """Which of the forms of Chinese characters is meant: the text's if it tells, else the site's."""
    if re.search(f"[{_KANA}]", text):
        return _FACES["ja"]
    if re.search(f"[{_HANGUL}]", text):
        return _FACES["ko"]
    code = language.lower().replace("_", "-")
    return _FACES.get(code, _FACES.get(code.partition("-")[0], _FACES["zh"]))


def drawable(text: str) -> str:
    """The text without what cannot be drawn, its white space as single spaces."""
    text = _NOT_DRAWN.sub("", unicodedata.normalize("NFC", text[:_LONGEST]))
    return " ".join("".join(c for c in text if c.isspace() or _font_of(c) is not None).split())


class Lettering:
    """Fonts of one size and weight, for texts of characters that can be drawn."""

    def __init__(self, fonts: tuple[ImageFont.FreeTypeFont, ...]):
        self._fonts = fonts
        self._widths: dict[str, float] = {}  # of single characters: kerning is not worth its time

    def _runs(self, text: str) -> list[tuple[ImageFont.FreeTypeFont, str]]:
        runs: list[tuple[ImageFont.FreeTypeFont, str]] = []
        for character in text:
            font = self._fonts[_font_of(character) or 0]
            if runs and runs[-1][0] is font:
                runs[-1] = (font, runs[-1][1] + character)
            else:
                runs.append((font, character))
        return runs

    def width(self, text: str) -> float:
        """How many pixels the text takes."""
        return sum(self._widths.get(c) or self._measure(c) for c in text)

    def _measure(self, character: str) -> float:
        width = self._fonts[_font_of(character) or 0].getlength(character)
        self._widths[character] = width
        return width

    def draw(self, canvas: ImageDraw, x: float, y: float, text: str, fill: int) -> None:
        """Draw the text from x, on a base line at y."""
        for font, run in self._runs(text):
            canvas.text((x, y), run, fill=fill, font=font, anchor="ls")
            x += self.width(run)

    def cut(self, text: str, width: float) -> str:
        """As much of the text as fits, with an ellipsis where that is not all."""
        if self.width(text) <= width:
            return text
        fits = len(text)
        while fits and self.width(text[:fits].rstrip() + "…") > width:
            fits -= 1 + (self.width(text[:fits]) > 2 * width) * (fits // 2)
        return text[:fits].rstrip() + "…"

    def wrap(self, text: str, width: float, most: int) -> tuple[list[str], bool]:
        """The text in at most so many lines, and whether all of it is there."""
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
def lettering(size: int, face: int, *, bold: bool) -> Lettering:
    """The letters of a size and weight, with the forms that `face` has found."""
    return Lettering(_fonts(size, face, bold))


def forget() -> None:
    """Give back the memory of fonts, until something is drawn again."""
    for known in (lettering, _fonts, _font_of):
        known.cache_clear()


@cache
def _fonts(size: int, face: int, bold: bool) -> tuple[ImageFont.FreeTypeFont, ...]:
    # Not loaded where there is nothing to draw.
    import noto_cjk_sans_otc
    from PIL import ImageFont
    from pymupdf_fonts import NotoSans_Bold, NotoSans_Regular

    latin = (NotoSans_Bold if bold else NotoSans_Regular).fontbuffer
    return (
        ImageFont.truetype(BytesIO(latin), size, layout_engine=ImageFont.Layout.BASIC),
        ImageFont.truetype(
            str(noto_cjk_sans_otc.FONT_PATH), size, index=face, layout_engine=ImageFont.Layout.BASIC
        ),
    )


@cache
def _font_of(character: str) -> int | None:
    """The number of the first font that has the character; controls are in none."""
    if unicodedata.category(character)[0] == "C":
        return None
    for number, font in enumerate(_fonts(20, _FACES["zh"], bold=False)):
        if bytes(font.getmask(character)) != bytes(font.getmask(_MISSING)):
            return number
    return None
