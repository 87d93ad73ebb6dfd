"""Colours of badges: whatever an owner chooses can be read, in both schemes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homepage.common import colours

BYTES = st.integers(0, 255)
COLOURS = st.tuples(BYTES, BYTES, BYTES)


@given(COLOURS, COLOURS, st.floats(0, 1))
def test_text_can_be_read_on_the_ground_of_any_colour_and_page(
    colour: colours.Colour, page: colours.Colour, tint: float
) -> None:
    text, ground = colours.badge_colours(colour, page, tint)
    assert colours.contrast(text, ground) >= 4.5
    assert all(0 <= part <= 255 for part in (*text, *ground))


@given(COLOURS)
def test_colours_survive_css(colour: colours.Colour) -> None:
    assert colours.parse(colours.css(colour)) == colour


def test_a_colour_that_can_be_read_is_not_changed() -> None:
    navy = (0, 54, 159)
    assert colours.badge_colours(navy, colours.WHITE, 0.1)[0] == navy


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [  # as WebAIM's contrast checker says
        ("#000", "#fff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffff00", 8.0),
        ("#123456", "#123456", 1),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    first, second = colours.parse(one), colours.parse(other)
    assert first
    assert second
    assert colours.contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert colours.contrast(second, first) == colours.contrast(first, second)


@pytest.mark.parametrize(
    ("written", "colour"),
    [
        ("#00369f", (0, 54, 159)),
        ("00369F", (0, 54, 159)),
        ("#00369f80", (0, 54, 159)),
        ("#03f", (0, 51, 255)),
        ("navy", (0, 0, 128)),
        ("rgb(1, 2, 3)", (1, 2, 3)),
        ("hsl(0, 100%, 50%)", (255, 0, 0)),
        ("rgb(999, 0, 0)", (255, 0, 0)),
        ("rgb(200%, 0%, 0%)", (255, 0, 0)),
        ("", None),
        ("#12", None),
        ("bluish", None),
        ("red;}body{display:none", None),
        ("x" * 1000, None),
    ],
)
def test_colours_are_read_as_css_writes_them(written: str, colour: colours.Colour | None) -> None:
    assert colours.parse(written) == colour
