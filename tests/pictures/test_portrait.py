"""The owner's portrait: square copies of a photo for templates and machines, or else a monogram."""

import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from homepage.pictures.avatar import ICON, SIZE, Photo, photo
from support import ROOT, Built, html_problems, pages
from support.pictures import RED, exif, picture

Told = list[tuple[str, str, str]]


def read(data: bytes | None, cache: Path | None = None) -> tuple[Photo, Told]:
    """The copies of a photo, and what is told of it."""
    told: Told = []
    found = photo("img/My Face.jpg", {"img/My Face.jpg": data}.get, cache, lambda *t: told.append(t))
    return found, told


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("size", [(900, 1300), (1600, 700), (4000, 4000)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_copies_are_square_in_two_densities(size: tuple[int, int], kind: str) -> None:
    found, told = read(picture(*size, kind))
    assert told == []
    assert list(found.files) == [found.path, found.path_2x]
    assert re.fullmatch(r"assets/portraits/my-face-[0-9a-f]{8}\.webp", found.path)
    made = [opened(data) for data in (*found.files.values(), found.large)]
    assert [(image.format, image.size) for image in made] == [
        ("WEBP", (side, side)) for side in (SIZE, 2 * SIZE, ICON)
    ]


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "LA", "RGBA"])
def test_every_kind_of_colour_is_understood(mode: str) -> None:
    found, told = read(picture(400, 500, "TIFF" if mode == "CMYK" else "PNG", mode))
    assert told == []
    assert opened(found.files[found.path]).mode == ("RGBA" if "A" in mode else "RGB")


def test_a_tall_photo_is_cut_a_little_above_its_middle() -> None:
    tall = Image.new("RGB", (400, 1400), "white")
    tall.paste(RED, (0, 350, 400, 750))  # the square, with 350 above and 650 below it
    buffer = io.BytesIO()
    tall.save(buffer, "PNG")
    found, _ = read(buffer.getvalue())
    cut = opened(found.files[found.path]).convert("RGB")
    for y in (3, 156):
        assert cut.getpixel((80, y)) == pytest.approx(RED, abs=12)


def test_a_photo_is_turned_as_the_camera_was_held_and_says_nothing_of_it() -> None:
    found, _ = read(picture(600, 600, "JPEG", exif=exif(6)))
    made = opened(found.files[found.path_2x]).convert("RGB")
    assert made.getpixel((160, 20)) == pytest.approx(RED, abs=15)  # what was at the left
    assert made.getpixel((160, 300)) != pytest.approx(RED, abs=15)
    assert not opened(found.files[found.path_2x]).getexif()


def test_a_small_photo_is_never_enlarged_and_its_owner_hears_of_it() -> None:
    found, told = read(picture(200, 300))
    assert opened(found.files[found.path_2x]).size == (200, 200)
    ((message, hint, severity),) = told
    assert (message, severity) == (
        "the portrait 'img/My Face.jpg' has only 200 pixels at its shorter side", "advice",
    )  # fmt: skip
    assert "320" in hint
    tiny, _ = read(picture(90, 120))
    assert (opened(tiny.files[tiny.path]).size, tiny.path_2x) == ((90, 90), "")


@pytest.mark.parametrize("data", [b"", b"no picture", b"<svg/>", picture(400, 400, "JPEG")[:900]])
def test_what_cannot_be_read_is_reported(data: bytes) -> None:
    found, ((message, _, severity),) = read(data)
    assert (found, severity) == (Photo(), "error")
    assert message == "the portrait 'img/My Face.jpg' cannot be read"


def test_a_moving_portrait_stands_still() -> None:
    frames = [Image.new("RGB", (500, 300), (n * 90, 0, 0)) for n in range(3)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    found, told = read(buffer.getvalue())
    assert [severity for _, _, severity in told] == ["advice"]
    assert not getattr(opened(found.files[found.path]), "is_animated", False)


def test_copies_are_kept(tmp_path: Path) -> None:
    data = picture(900, 900)
    first = read(data, tmp_path)
    assert len(list(tmp_path.iterdir())) == 3
    assert read(data, tmp_path) == first == read(data)


# -- whole sites --------------------------------------------------------------

# What a template does with the object.
PROBE = """<!doctype html><html lang="en"><title>Probe</title>
{% set portrait = homepage.portrait %}
{% if portrait.path -%}
<img src="{{ portrait.path | url }}" {% if portrait.path_2x %}srcset="{{ portrait.path_2x | url }} 2x"
{% endif %} width="{{ portrait.width }}" height="{{ portrait.height }}" alt="">
{%- else %}{{ portrait.svg }}{% endif %}
</html>
"""
FILES = {"publications.bib": "", "img/me.jpg": picture(900, 1300, "JPEG")}


@pytest.fixture
def probed(
    tmp_path_factory: pytest.TempPathFactory, make_site: Callable[..., Built]
) -> Callable[..., Built]:
    """Build a site with a page that shows the portrait as a template would."""
    theme = tmp_path_factory.mktemp("theme") / "overrides"
    shutil.copytree(ROOT / "overrides", theme)
    (theme / "probe.html").write_text(PROBE)

    def make(files: dict[str, str | bytes], portrait: str | None, **options: bool) -> Built:
        settings = {
            "extra": {"homepage": {"portrait": portrait} if portrait else {}},
            "theme": {"custom_dir": str(theme), "static_templates": ["404.html", "probe.html"]},
        }
        return make_site(files, settings, **options)

    return make


def shown(built: Built) -> dict[str, str]:
    (image,) = pages.parse(built.read("probe.html")).iter("img")
    return dict(image.attrib)


def published(built: Built, name: str) -> bool:
    return any(path.name == name for path in built.site_dir.rglob("*"))


def test_templates_show_the_portrait_and_the_photo_stays_private(probed: Callable[..., Built]) -> None:
    built = probed(FILES, "img/me.jpg")
    image = shown(built)
    assert (image["width"], image["height"]) == ("160", "160")
    sharp, density = image["srcset"].split()
    assert density == "2x"
    assert opened((built.site_dir / image["src"].lstrip("/")).read_bytes()).size == (160, 160)
    assert opened((built.site_dir / sharp.lstrip("/")).read_bytes()).size == (320, 320)
    assert not published(built, "me.jpg")
    icon = opened((built.site_dir / "icon-512.png").read_bytes()).convert("RGB")
    assert icon.getpixel((20, 250)) == pytest.approx(RED, abs=30)


@pytest.mark.parametrize(
    "files",
    [
        {"index.md": "# Home\n\n[The photo](img/me.jpg)\n"},
        {"index.md": "# Home\n\n![Me](img/me.jpg){ data-hp-original }\n"},
        {"css/mine.css": "body { background: url(../img/me.jpg) }"},
    ],
    ids=["a link", "a picture", "a style"],
)
def test_a_photo_that_something_names_is_published(
    probed: Callable[..., Built], files: dict[str, str]
) -> None:
    built = probed({**FILES, **files}, "img/me.jpg")
    assert (built.site_dir / "img/me.jpg").read_bytes() == FILES["img/me.jpg"]


def test_machines_get_the_address_of_the_portrait(make_site: Callable[..., Built]) -> None:
    built = make_site(FILES, {"extra": {"homepage": {"portrait": "img/me.jpg"}}})
    (script,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', built.read("index.html")
    )
    address = json.loads(script)["mainEntity"]["image"]
    path = address.removeprefix("https://huangyuxiang03.github.io/")
    assert path.startswith("assets/portraits/me-")
    assert opened((built.site_dir / path).read_bytes()).size == (320, 320)


def test_without_a_photo_there_is_the_monogram_to_put_into_a_page(
    probed: Callable[..., Built], tmp_path: Path
) -> None:
    built = probed({"publications.bib": ""}, None)
    (drawing,) = pages.parse(built.read("probe.html")).iter("svg")
    assert pages.text(drawing) == "YH"
    assert drawing.get("aria-hidden") == "true"
    assert drawing.get("class") == "hp-monogram"
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', built.read("index.html"))
    assert script
    assert "image" not in json.loads(script[1])["mainEntity"]
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(built.site_dir / "probe.html", alone)
    assert html_problems(alone) == []


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "the portrait 'me.png' is not there (name a picture in docs/)"),
        (
            {"me.png": b"\x89PNG"},
            "the portrait 'me.png' cannot be read (save it again as JPEG, PNG or WebP)",
        ),
    ],
    ids=["missing", "broken"],
)
def test_a_missing_or_broken_portrait_is_reported_with_its_line(
    probed: Callable[..., Built], files: dict[str, bytes], told: str
) -> None:
    built = probed({"publications.bib": "", **files}, "me.png", strict=False)
    lines = (built.folder / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    (number,) = [n for n, line in enumerate(lines, 1) if line.strip() == "portrait: me.png"]
    assert pages.warnings(built.log) == [f"mkdocs.yml:{number}: {told}"]
    assert list(pages.parse(built.read("probe.html")).iter("svg"))


def test_letters_of_a_name_break_out_of_nothing(make_site: Callable[..., Built]) -> None:
    built = make_site({"publications.bib": ""}, {"site_author": None, "site_name": '<script> &lt; "x"'})
    assert re.findall(r"<\w+", built.read("favicon.svg")) == ["<svg", "<rect", "<text"]
