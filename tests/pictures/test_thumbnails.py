"""Pictures of publications: small copies of large ones, others as they are, broken ones told."""

import io
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from homepage.pictures import thumbnails
from homepage.pictures.thumbnails import HEIGHT, PREVIEW, WIDTH, Copy, Source
from support import ROOT
from support.pictures import RED, exif, picture
from support.records import collect


def small(data: bytes) -> Copy | None:
    return thumbnails.small(Source(data, PREVIEW), PREVIEW)


def opened(copy: Copy | None) -> Image.Image:
    """The picture that was made."""
    assert copy
    assert copy.data
    return Image.open(io.BytesIO(copy.data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize(("size", "expected"), [((600, 300), (288, 144)), ((200, 800), (72, 288))])
def test_large_pictures_become_small_ones_of_twice_the_density(
    kind: str, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    original = picture(*size, kind)
    copy = small(original)
    assert copy
    assert copy[:2] == expected
    assert len(copy.data) < len(original) / 2
    made = opened(copy)
    assert (made.format, made.size) == ("WEBP", expected)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "LA", "RGBA"])
def test_every_kind_of_colour_is_understood(mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    if mode == "I;16":
        buffer = io.BytesIO()
        Image.new("I;16", (400, 400), 40_000).save(buffer, kind)
        data = buffer.getvalue()
    else:
        data = picture(400, 400, kind, mode)
    made = opened(small(data))
    assert made.size == (288, 288)
    assert made.mode == ("RGBA" if mode in ("LA", "RGBA") else "RGB")
    if mode == "I;16":
        assert made.getpixel((100, 100)) == pytest.approx((156, 156, 156), abs=3)


def test_a_photo_is_turned_as_the_camera_was_held_and_says_nothing_of_it() -> None:
    made = opened(small(picture(600, 300, "JPEG", exif=exif(6))))  # a quarter to the right
    assert made.size == (144, 288)
    above, below = (made.convert("RGB").getpixel((72, y)) for y in (20, 260))
    assert above == pytest.approx(RED, abs=12)  # what was at the left
    assert below != pytest.approx(RED, abs=12)
    assert not made.getexif()
    assert "exif" not in made.info
    assert "xmp" not in made.info


def test_a_small_picture_stays_as_it_is() -> None:
    assert small(picture(90, 60)) == Copy(90, 60)


def test_a_small_photo_loses_its_metadata_all_the_same() -> None:
    made = opened(small(picture(90, 60, "JPEG", exif=exif(1))))
    assert made.size == (90, 60)
    assert not made.getexif()


def test_what_moves_stays_as_it_is() -> None:
    frames = [Image.new("RGB", (500, 300), (n * 90, 0, 0)) for n in range(3)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    assert small(buffer.getvalue()) == Copy(500, 300)


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('<svg width="300" height="200">', (300, 200)),
        ('<?xml version="1.0"?>\n<!-- made by hand -->\n<svg width="3in" height="72pt">', (288, 96)),
        ("\ufeff<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30.4 20'>", (30, 20)),
        ('<svg width="100%" height="100%" viewBox="-5,-5,40,20">', (40, 20)),
        ('<svg stroke-width="3" width="10mm" height="10mm">', (38, 38)),
        ('<svg:svg\n  width="8"\n  height="9px">', (8, 9)),
        ("<svg>", None),
        ('<svg width="0" height="5">', None),
        ('<svg width="1.2.3" height="5">', None),
        (f'<svg width="{"9" * 400}" height="5">', None),
        ("<html><body>404</body></html>", None),
    ],
)
def test_svg_has_the_size_it_says(tag: str, size: tuple[int, int] | None) -> None:
    copy = small(f"{tag}</svg>".encode())
    assert copy == (Copy(*size) if size else None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"%PDF-1.5",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        picture(400, 400)[:5000],
        picture(400, 400, "JPEG")[:300],
        picture(60, 60)[:900],
        picture(90, 90).replace(
            b"IHDR\x00\x00\x00Z\x00\x00\x00Z", b"IHDR\x00\x09\x00\x00\x00\x09\x00\x00"
        ),
    ],
)
def test_what_is_no_picture_or_broken_or_a_bomb_is_none(data: bytes) -> None:
    assert small(data) is None


# -- all pictures of a site ---------------------------------------------------


def gather(
    files: Mapping[str, bytes],
    cache: Path | None = None,
) -> thumbnails.Pictures:
    """The pictures of entries that each name one of the files."""
    text = "\n".join(
        f"@article{{k{n}, title = {{T}}, author = {{Doe, Jane}}, year = 2024,\n preview = {{{name}}}}}"
        for n, name in enumerate(files)
    )
    return thumbnails.gather(collect(text).every, files.get, cache)


def test_pictures_have_the_size_at_which_they_are_shown() -> None:
    found = gather({"a/My Big.png": picture(600, 300), "tiny.png": picture(30, 20)})
    big, tiny = found.pictures["a/My Big.png"], found.pictures["tiny.png"]
    assert big.path.startswith("assets/previews/my-big-")
    assert big[1:] == (WIDTH, WIDTH // 2)
    assert tiny == ("tiny.png", 30, 20)
    assert list(found.files) == [big.path]
    assert found.problems == []


def test_one_picture_of_several_entries_is_made_once() -> None:
    asked: list[str] = []

    def read(name: str) -> bytes:
        asked.append(name)
        return picture(400, 400)

    text = "".join(
        f"@misc{{k{n}, title = {{T{n}}}, author = {{D, J}}, year = 2024, preview = {{a.png}}}}\n"
        for n in range(3)
    )
    found = thumbnails.gather(collect(text).every, read, None)
    assert asked == ["a.png"]
    assert found.pictures["a.png"][1:] == (WIDTH, HEIGHT)


def test_a_broken_picture_is_reported_with_its_line() -> None:
    found = gather({"good.png": picture(30, 20), "bad.png": b"\x89PNG nonsense"})
    (problem,) = found.problems
    assert str(problem) == (
        "publications.bib:4: the picture 'bad.png' of 'k1' cannot be read "
        "(save it again as PNG, JPEG, WebP, GIF or SVG)"
    )
    assert set(found.pictures) == {"good.png"}


def test_whatever_pillow_says_of_a_broken_picture_ends_no_build() -> None:
    data = picture(40, 30, "AVIF")
    start = data.index(b"mdat") + 4
    assert small(data[:start] + bytes(len(data) - start)) is None  # its reader: RuntimeError


def test_copies_are_kept_by_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = tmp_path / "cache"
    first = gather({"a.png": picture(450, 150)}, cache)
    again = picture(450, 150)  # the noise is another one: other content
    second = gather({"a.png": again}, cache)
    assert len(list(cache.iterdir())) == 2
    monkeypatch.setattr(thumbnails, "small", lambda _: pytest.fail("made again"))
    assert gather({"b.png": again}, cache).files.keys() != second.files.keys()  # its name is its own
    assert list(gather({"a.png": again}, cache).files.values()) == list(second.files.values())
    assert first.files != second.files


def test_a_broken_or_missing_cache_is_no_trouble(tmp_path: Path) -> None:
    data = picture(450, 150)
    expected = gather({"a.png": data}, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"half")
    assert gather({"a.png": data}, tmp_path) == expected
    assert len(kept.read_bytes()) > 4
    file = tmp_path / "file"
    file.write_text("no folder can be here")
    assert gather({"a.png": data}, file / "x") == expected


def test_without_pictures_pillow_is_not_even_imported() -> None:
    code = (
        "import sys; sys.path[:0] = ['hooks', 'tests']\n"
        "from support.records import collect; from homepage.pictures import thumbnails\n"
        "from homepage.publications import venues; import homepage.pages\n"
        "thumbnails.gather(collect('@misc{k, title = {T}, year = 2024}').every, lambda _: None, None)\n"
        "venues.load('A: {color: \"#00369f\"}', 'v')\n"
        "sys.exit('PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
