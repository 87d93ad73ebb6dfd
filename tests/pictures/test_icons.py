"""The site's icons: drawn from the owner's name or portrait, of the sizes they say, never in the way."""

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from playwright.sync_api import Page

from homepage.common import colours
from homepage.pictures import icons, monogram
from homepage.pictures.monogram import Monogram
from support import Built, pages
from support.pictures import RED, picture

MARK = Monogram("YH", "#ffffff", "#4f68f4")
DRAWN = {
    "favicon.svg",
    "favicon.ico",
    "apple-touch-icon.png",
    "icon-192.png",
    "icon-512.png",
    "manifest.webmanifest",
}
MATERIALS = "assets/images/favicon.png"


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def links(built: Built, name: str) -> dict[str, str]:
    """The icons that a page names, by what they are for; addresses from the page's own."""
    (head,) = pages.parse(built.read(name)).iter("head")
    found = [(e.get("rel", ""), e.get("href", "")) for e in head.iter("link")]
    names = [(rel + href[-4:] * (rel == "icon"), href) for rel, href in found]
    wanted = dict(item for item in names if item[0].startswith(("icon", "apple", "manifest")))
    assert len(wanted) == sum(item[0].startswith(("icon", "apple", "manifest")) for item in names)
    return wanted


# -- letters and colours ------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Yuxiang Huang", "YH"),
        ("Huang, Yuxiang", "YH"),
        ("Ludwig van Beethoven", "LB"),
        ("Maria José García Márquez", "MM"),
        ("García Márquez, Gabriel", "GG"),
        ("Jean-Pierre Serre Jr.", "JS"),
        ("bell hooks", "BH"),
        ("Žofie Novák", "ŽN"),
        ("Z\u030cofie Novák", "ŽN"),
        ("Иван Щукин", "ИЩ"),
        ("Madonna", "M"),
        ("黄宇翔", "黄"),
        ("欧阳 修", "欧"),
        ("山田太郎", "山"),
        ("김철수", "김"),
        ("李健 (Jian Li)", "JL"),
        ("Jian Li 李健", "JL"),
        ("{The Lab of Things}", "TT"),
        ("'Abd al-Qadir", "AA"),
        ("ვახტანგ გელა", "ვგ"),
        ("<b>1</b>", ""),
        ("", ""),
    ],
)
def test_letters_are_those_of_given_and_family_name(name: str, letters: str) -> None:
    assert monogram.initials(name) == letters


@pytest.mark.parametrize("accent", ["#526cfe", "#ffd500", "#00bad6", "#f50056", "#000", "#fff", "none"])
def test_letters_can_be_read_on_every_colour(accent: str) -> None:
    mark = monogram.monogram("Ann Lee", accent)
    ink, ground = colours.parse(mark.ink), colours.parse(mark.ground)
    assert ink
    assert ground
    assert colours.contrast(ink, ground) >= colours.READABLE


def test_white_letters_darken_a_colour_as_little_as_needed() -> None:
    assert monogram.monogram("", "#7c4dff")[1:3] == ("#ffffff", "#7c4dff")
    assert monogram.monogram("", "#526cfe")[1:3] == ("#ffffff", "#4f68f4")
    assert monogram.monogram("", "#ffd500")[1:3] == ("#000000", "#ffd500")


# -- pictures -----------------------------------------------------------------


def test_icons_have_the_sizes_that_systems_want() -> None:
    found = icons.files(MARK, b"", None)
    sizes = {name: opened(data).size for name, data in found.items() if name.endswith(".png")}
    assert sizes == {
        "apple-touch-icon.png": (180, 180),
        "icon-192.png": (192, 192),
        "icon-512.png": (512, 512),
    }
    assert opened(found["favicon.ico"]).info["sizes"] == {(16, 16), (32, 32), (48, 48)}
    assert sum(map(len, found.values())) < 20_000


@pytest.mark.parametrize("letters", ["YH", "WM", "黄", "김", "Q", "ŽŽ", "ع", ""])
def test_what_is_on_an_icon_stays_in_the_circle_that_no_system_cuts(letters: str) -> None:
    icon = opened(icons.files(MARK._replace(letters=letters), b"", None)["icon-512.png"]).convert("RGB")
    assert icon.getpixel((0, 0)) == icon.getpixel((511, 511)) == colours.parse(MARK.ground)
    drawn = [
        (x, y)
        for x in range(0, 512, 2)
        for y in range(0, 512, 2)
        if icon.getpixel((x, y)) != colours.parse(MARK.ground)
    ]
    assert len(drawn) > 1000
    assert max((x - 256) ** 2 + (y - 256) ** 2 for x, y in drawn) < (0.4 * 512) ** 2
    assert abs(min(x for x, _ in drawn) + max(x for x, _ in drawn) - 512) < 8
    assert abs(min(y for _, y in drawn) + max(y for _, y in drawn) - 512) < 8


def test_what_no_font_can_draw_is_a_disc_like_no_letters() -> None:
    arabic, none = (icons.files(MARK._replace(letters=text), b"", None) for text in ("ع", ""))
    assert arabic == none
    assert arabic != icons.files(MARK, b"", None)


def test_icons_are_the_same_bytes_and_drawn_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = icons.files(MARK, b"", tmp_path / "icons")
    assert icons.files(MARK, b"", None) == first
    assert len(list((tmp_path / "icons").iterdir())) == len(first)
    monkeypatch.setattr(monogram, "draw", lambda *_, **__: pytest.fail("drawn again"))
    assert icons.files(MARK, b"", tmp_path / "icons") == first
    with pytest.raises(pytest.fail.Exception):
        icons.files(MARK._replace(ground="#000000"), b"", tmp_path / "icons")


def test_a_photo_is_on_all_icons_but_those_of_tabs() -> None:
    photo = picture(600, 600, "WEBP", "RGBA")
    found, without = icons.files(MARK, photo, None), icons.files(MARK, b"", None)
    assert {name for name in found if found[name] == without[name]} == {"favicon.ico"}
    icon = opened(found["apple-touch-icon.png"]).convert("RGB")
    assert icon.size == (180, 180)
    assert icon.getpixel((30, 170)) == pytest.approx(RED, abs=25)
    assert icon.getpixel((30, 2)) == pytest.approx(colours.parse(MARK.ground), abs=25)  # transparent


# -- whole sites --------------------------------------------------------------


def test_a_site_has_all_icons_and_every_page_names_them(make_site: Callable[..., Built]) -> None:
    built = make_site({"publications.bib": "", "deep/er.md": "# Deep\n"})
    assert {path.name for path in built.site_dir.iterdir()} >= DRAWN
    assert not (built.site_dir / MATERIALS).exists()
    named = ("favicon.svg", "favicon.ico", "apple-touch-icon.png", "manifest.webmanifest")
    rels = ("icon.svg", "icon.ico", "apple-touch-icon", "manifest")
    for page, start in (("index.html", ""), ("deep/er/index.html", "../../"), ("404.html", "/")):
        assert links(built, page) == dict(zip(rels, [start + name for name in named], strict=True))
    drawing = ET.fromstring(built.read("favicon.svg"))
    (text,) = drawing.iter("{http://www.w3.org/2000/svg}text")
    assert text.text == "YH"
    assert not any("style" in element.attrib for element in drawing.iter())


def test_the_manifest_says_what_the_icons_are(make_site: Callable[..., Built]) -> None:
    settings = {
        "site_name": "Ann’s <site>",
        "site_author": "Ann Lee",
        "theme": {"language": "de", "palette": {"scheme": "slate", "accent": "deep purple"}},
    }
    told = json.loads(make_site({"publications.bib": ""}, settings).read("manifest.webmanifest"))
    found = told.pop("icons")
    assert told == {
        "name": "Ann’s <site>",
        "short_name": "Ann Lee",
        "lang": "de",
        "start_url": "./",
        "scope": "./",
        "display": "browser",
        "theme_color": "#7c4dff",
        "background_color": "#1e2129",
    }
    assert {(icon["sizes"], icon["purpose"]) for icon in found} == {
        (f"{side}x{side}", purpose) for side in (192, 512) for purpose in ("any", "maskable")
    }


OWN: dict[str, tuple[dict[str, Any], dict[str, bytes], dict[str, str], set[str]]] = {
    # settings of the theme; files; the links that change; what is not drawn
    "a setting": (
        {"favicon": "img/mine.png"}, {"img/mine.png": b"mine"},
        {"icon.png": "img/mine.png"}, {"favicon.svg", "favicon.ico"},
    ),
    "an icon of Material's path": (
        {}, {MATERIALS: b"mine"}, {"icon.png": MATERIALS}, {"favicon.svg", "favicon.ico"},
    ),
    "favicon.ico": ({}, {"favicon.ico": b"mine"}, {"icon.ico": "favicon.ico"}, {"favicon.svg"}),
    "favicon.svg": ({}, {"favicon.svg": b"<svg/>"}, {"icon.svg": "favicon.svg"}, {"favicon.ico"}),
    "others": ({}, {"icon-512.png": b"mine", "manifest.webmanifest": b"{}"}, {
        "icon.svg": "favicon.svg", "icon.ico": "favicon.ico",
    }, set()),
}  # fmt: skip


@pytest.mark.parametrize("case", OWN)
def test_the_owners_icons_are_left_alone(make_site: Callable[..., Built], case: str) -> None:
    theme, files, changed, missing = OWN[case]
    built = make_site({"publications.bib": "", **files}, {"theme": theme})
    for name, content in files.items():
        assert (built.site_dir / name).read_bytes() == content
    others = {"apple-touch-icon": "apple-touch-icon.png", "manifest": "manifest.webmanifest"}
    assert links(built, "index.html") == changed | others
    there = {path.name for path in built.site_dir.iterdir()}
    assert DRAWN - there == missing
    assert (built.site_dir / MATERIALS).exists() == (MATERIALS in files)


def test_icons_need_neither_address_nor_author(make_site: Callable[..., Built]) -> None:
    settings = {"site_url": "", "site_author": None, "site_name": "Some Lab"}
    built = make_site({"publications.bib": ""}, settings)
    assert links(built, "index.html")["manifest"] == "manifest.webmanifest"
    assert links(built, "404.html")["manifest"] == "/manifest.webmanifest"
    assert ">SL</text>" in built.read("favicon.svg")


def test_icons_are_the_same_when_everything_is_made_again(make_site: Callable[..., Built]) -> None:
    built = make_site({"publications.bib": ""})
    before = {name: (built.site_dir / name).read_bytes() for name in DRAWN}
    shutil.rmtree(built.folder / ".cache")
    again = make_site({"publications.bib": ""})
    assert {name: (again.site_dir / name).read_bytes() for name in DRAWN} == before


def test_chromium_reads_the_manifest_and_all_icons_below_a_path(
    make_site: Callable[..., Built], serve_dir: Callable[[Path], str], page: Page
) -> None:
    built = make_site(
        {"publications.bib": "", "deep/er.md": "# Deep\n"},
        {"site_url": "https://me.example/below/", "site_author": "黄宇翔"},
    )
    root = built.folder / "host"
    shutil.copytree(built.site_dir, root / "below")
    host = serve_dir(root)
    client = page.context.new_cdp_session(page)
    for path in ("/below/", "/below/deep/er/", "/below/404.html"):
        page.goto(host + path)
        told = client.send("Page.getAppManifest")
        assert told["errors"] == []
        assert told["url"] == f"{host}/below/manifest.webmanifest"
        assert told["manifest"]["startUrl"] == told["manifest"]["scope"] == f"{host}/below/"
        found = json.loads(told["data"])["icons"]
        assert found
        for icon in found:
            size = page.evaluate(LOADED, urljoin(told["url"], icon["src"]))
            assert "x".join(map(str, size)) == icon["sizes"]
        hrefs = page.evaluate(
            "[...document.querySelectorAll('link[rel=icon], [rel=apple-touch-icon]')].map(e => e.href)"
        )
        assert len(hrefs) == 3
        assert all(min(page.evaluate(LOADED, href)) > 15 for href in hrefs)


LOADED = """async address => {
  const image = new Image()
  image.src = address
  await image.decode()
  return [image.naturalWidth, image.naturalHeight]
}"""
