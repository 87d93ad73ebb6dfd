"""Cards are drawn from packages alone, the same each time, and show letters, never boxes."""

import subprocess
import sys
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from homepage.pictures.fonts import cjk_font, drawable, text_font
from homepage.web import social_cards
from homepage.web.social_cards import Cache, Card
from support import ROOT

CARD = Card("A Title of Some Length", "Ann Lee · Journal, 2024", "Ann Lee")


def picture(card: Card) -> Image.Image:
    return Image.open(BytesIO(social_cards.draw(card)))


def ink(card: Card) -> int:
    """How many pixels are not background, besides the bar at the side."""
    grey = picture(card).convert("RGB").crop((24, 0, 1200, 630)).convert("L")
    return sum(grey.histogram()[:200])


def test_a_card_is_a_small_picture_of_the_size_that_networks_want() -> None:
    data = social_cards.draw(CARD)
    image = Image.open(BytesIO(data))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(data) < 30_000
    assert data == social_cards.draw(CARD)


def test_the_accent_colour_is_at_the_side() -> None:
    image = picture(CARD._replace(accent="#123456")).convert("RGB")
    assert image.getpixel((5, 300)) == (0x12, 0x34, 0x56)
    assert image.getpixel((1190, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "text", ["Łódź, Žižek, Nguyễn", "Ελληνικά", "Кириллица", "黄宇翔", "かな漢字", "한국어"]
)
def test_letters_of_many_scripts_are_drawn(text: str) -> None:
    assert drawable(text) == text
    assert ink(Card(text, "", "")) > 500


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("العربية", ""),  # its letters have to be joined
        ("देवनागरी", ""),
        ("a 😀 b\u200b\u202e", "a b"),
        ("A\ud800B\x00\ufffe", "AB"),
        ("  a \n b ", "a b"),
        ("e\u0301", "é"),
    ],
)
def test_what_cannot_be_drawn_is_left_out(text: str, wanted: str) -> None:
    assert drawable(text) == wanted


@pytest.mark.parametrize(
    "title",
    [
        "",
        "العربية",
        "Word " * 200,
        "x" * 3000,
        "漢" * 400,
        "i" * 61,
        "a\nb",
        "\ud800",
        "a" + "\u0301" * 300_000,
    ],
)
def test_any_title_fits(title: str) -> None:
    card = Card(title, title, title)
    image = picture(card).convert("L")
    margin = image.crop((1140, 0, 1200, 630))
    assert margin.getextrema() == (255, 255)
    assert image.crop((24, 600, 1200, 630)).getextrema()[0] == 255


def test_long_titles_are_smaller_and_then_cut() -> None:
    letters = text_font(68, 2, bold=True)
    lines, whole = letters.wrap("Deep " * 40, 1024, 4)
    assert (len(lines), whole, lines[-1][-1]) == (4, False, "…")
    lines, whole = letters.wrap("Deep Learning of Things", 1024, 4)
    assert (lines, whole) == (["Deep Learning of Things"], True)
    assert all(letters.width(line) <= 1024 for line in letters.wrap("长" * 60 + "，。", 1024, 9)[0])


def test_chinese_closing_marks_start_no_line() -> None:
    letters = text_font(68, 2, bold=True)
    for count in range(10, 20):
        lines, _ = letters.wrap("长" * count + "，" + "长" * 10, 1024, 9)
        assert len(lines) > 1
        assert not [line for line in lines if line.startswith("，")]


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [("漢字", "en", 2), ("漢字", "ja", 0), ("漢字", "zh-TW", 3), ("漢字", "zh_Hant", 3),
     ("漢字かな", "zh", 0), ("한국 漢字", "en", 1), ("漢字", "ko", 1)],
)  # fmt: skip
def test_chinese_characters_have_the_forms_of_their_language(
    text: str, language: str, wanted: int
) -> None:
    assert cjk_font(text, language) == wanted


def test_cards_are_drawn_once_for_the_same_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Card] = []

    def draw(card: Card) -> bytes:
        drawn.append(card)
        return b"png"

    monkeypatch.setattr(social_cards, "draw", draw)
    first = Cache(tmp_path / "cards")
    assert first.file(CARD) == first.file(CARD)
    assert first.file(CARD).read_bytes() == b"png"
    old = first.file(CARD._replace(title="Old"))
    again = Cache(tmp_path / "cards")
    again.file(CARD)
    assert len(drawn) == 2
    again.file(CARD._replace(title="New"))
    assert len(drawn) == 3
    assert old.is_file()
    text_font(20, 2, bold=True)
    again.tidy()
    assert text_font.cache_info().currsize == 0
    assert sorted(p.name for p in (tmp_path / "cards").iterdir()) == sorted(
        [CARD.name, CARD._replace(title="New").name]
    )


def test_everything_on_a_card_is_part_of_its_name() -> None:
    others = [CARD._replace(**{field: "x"}) for field in Card._fields]
    assert len({CARD.name, *(card.name for card in others)}) == len(Card._fields) + 1


def test_the_accent_is_the_themes() -> None:
    spec = find_spec("material")
    assert spec
    theme = str(Path(spec.origin or "").parent / "templates")
    found = {
        name: social_cards.accent(["nowhere", theme], name) for name in ("indigo", "deep purple", "red")
    }
    assert len(set(found.values())) == 3
    assert all(colour.startswith("#") and len(colour) == 7 for colour in found.values())
    assert social_cards.accent([theme], "amber") == "#ffaa00"  # where it is written #fa0
    assert social_cards.accent([theme], "yellow") == "#ffd500"  # and hsl(50,100%,50%)
    assert social_cards.accent([theme], "no such") == CARD.accent
    assert social_cards.accent([theme], ".*") == CARD.accent


def test_no_picture_library_is_loaded_where_nothing_is_drawn() -> None:
    code = "import sys, homepage.pages; sys.exit(not {'PIL', 'pymupdf_fonts'}.isdisjoint(sys.modules))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT / "hooks", check=True)
