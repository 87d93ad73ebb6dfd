"""Adjust colours until text is readable on its background by WCAG's contrast ratio."""

import re

Colour = tuple[int, int, int]

READABLE = 4.5  # WCAG 2.2, success criterion 1.4.3
BLACK, WHITE = (0, 0, 0), (255, 255, 255)
LIGHT_PAGE, DARK_PAGE = WHITE, (30, 33, 41)  # the backgrounds of Material's two schemes
LIGHT, DARK = (LIGHT_PAGE, 0.1), (DARK_PAGE, 0.25)  # with tints for `badge_colours`
_WHITE_TEXT = 2.9  # the lowest contrast for white text on a darkened colour; below, text is black
_HEX = re.compile(r"#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})(?:[0-9a-f]{2})?", re.I)


def parse(text: str) -> Colour | None:
    """Parse a CSS colour (`#00369f`, `#03f`, `navy`, `rgb(0, 54, 159)`), without alpha; else None."""
    if match := _HEX.fullmatch(text):
        return int(match[1], 16), int(match[2], 16), int(match[3], 16)
    from PIL import ImageColor

    try:
        red, green, blue, *_ = (max(0, min(value, 255)) for value in ImageColor.getrgb(text))
    except ValueError:
        return None
    return red, green, blue  # clamped as in CSS: `rgb(300, 0, 0)` is not an error


def css(colour: Colour) -> str:
    """The colour as `#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def badge_colours(colour: Colour, page: Colour, tint: float) -> tuple[Colour, Colour]:
    """The text and background colours of a badge on a page.

    The background is the page's colour with a `tint` (0 to 1) of the badge's colour. The text is the
    badge's colour, darkened or lightened until it is readable.
    """
    ground = mix(page, colour, tint)
    end = max(BLACK, WHITE, key=lambda extreme: contrast(extreme, ground))
    for step in range(50):
        text = mix(colour, end, step / 50)
        if contrast(text, ground) >= READABLE:
            return text, ground
    return end, ground  # on every colour, black or white has a contrast of at least 4.58


def monogram_colours(colour: Colour) -> tuple[Colour, Colour]:
    """The text and background colours of large letters; the background is adjusted to be readable."""
    text = WHITE if contrast(WHITE, colour) >= _WHITE_TEXT else BLACK
    for step in range(50):
        ground = mix(colour, WHITE if text == BLACK else BLACK, step / 50)
        if contrast(text, ground) >= READABLE:
            break
    return text, ground


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Mix a share (0 to 1) of another colour into one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _luminance(colour: Colour) -> float:
    """Relative luminance (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
