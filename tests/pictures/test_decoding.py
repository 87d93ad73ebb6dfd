"""Large pictures are decoded once and within bounds; bombs are told and never decoded."""

import io
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from PIL import Image

from homepage.pictures import decoding, thumbnails
from homepage.pictures.avatar import photo
from homepage.pictures.page_images import Place, improve
from homepage.pictures.thumbnails import PREVIEW, Box, Source
from support import ROOT, Built, pages
from support.pictures import RED, exif, picture


def claiming(kind: str, width: int, height: int, **options: Any) -> bytes:
    """A small picture whose head says that it is large."""
    data = bytearray(picture(40, 30, kind, **options))
    if kind == "PNG":
        data[16:24] = pack(">II", width, height)
        data[29:33] = pack(">I", zlib.crc32(data[12:29]))
    elif kind == "JPEG":
        at = max(data.find(b"\xff\xc0\0\x11"), data.find(b"\xff\xc2\0\x11"))  # a frame
        data[at + 5 : at + 9] = pack(">HH", height, width)
    elif kind == "GIF":
        data[6:10] = pack("<HH", width, height)
    elif kind == "WEBP":  # without loss
        data[21:25] = pack("<I", (width - 1) | (height - 1) << 14 | 1 << 28)
    elif kind == "BMP":
        data[18:26] = pack("<II", width, height)
    elif kind == "TIFF":
        for tag, side in ((256, width), (257, height)):
            at = data.index(pack("<HHI", tag, 4, 1))
            data[at + 8 : at + 12] = pack("<I", side)
    return bytes(data)


KINDS = ["PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"]


def of_kind(kind: str, width: int, height: int) -> bytes:
    return claiming(kind, width, height, **({"lossless": True} if kind == "WEBP" else {}))


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_above_60_megapixels_are_refused(kind: str) -> None:
    source = Source(of_kind(kind, 10_000, 6_100), PREVIEW)
    assert thumbnails.cached(source, None, PREVIEW) is None
    assert str(source.refusal) == "has 61.0 megapixels, more than 60"
    assert source.refusal
    assert source.refusal.severity == "warning"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "WEBP"])  # which cannot be so large
def test_the_largest_bombs_are_refused_with_the_same_words(kind: str) -> None:
    source = Source(of_kind(kind, 60_000, 60_000), PREVIEW)
    assert thumbnails.cached(source, None, PREVIEW) is None
    assert str(source.refusal) == "has more than 60 megapixels"


@pytest.mark.parametrize(
    "data",
    [
        of_kind("WEBP", 8800, 6700),
        claiming("JPEG", 8800, 6700, progressive=True, subsampling=0),
        claiming("PNG", 2400, 16_000, mode="RGBA"),
    ],
    ids=["WebP", "JPEG in several scans", "PNG that stays large"],
)
def test_what_would_take_too_much_memory_is_not_decoded(data: bytes) -> None:
    source = Source(data, Box(1600))
    assert thumbnails.small(source, Box(1600)) is None
    assert source.refusal
    assert "making it smaller takes more than 280 MB of memory" in str(source.refusal)
    assert source.refusal.severity == "advice"


def test_chunks_that_unpack_to_much_are_refused() -> None:
    data = picture(40, 30)
    body = b"iCCPa\0\0" + zlib.compress(bytes(50_000_000), 9)
    bomb = data[:33] + pack(">I", len(body) - 4) + body + pack(">I", zlib.crc32(body)) + data[33:]
    assert thumbnails.small(Source(bomb, PREVIEW), PREVIEW) is None


def test_decoding_the_largest_pictures_takes_less_than_320_megabytes(tmp_path: Path) -> None:
    rows = zlib.compressobj(1)
    row = b"\0" + bytes((200, 30, 30, 255)) * 8800
    packed = b"".join(rows.compress(row * 100) for _ in range(67)) + rows.flush()
    chunks = ((b"IHDR", pack(">IIBBBBB", 8800, 6700, 8, 6, 0, 0, 0)), (b"IDAT", packed), (b"IEND", b""))
    whole = (pack(">I", len(c)) + k + c + pack(">I", zlib.crc32(k + c)) for k, c in chunks)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(whole))
    code = (
        "import resource, sys; sys.path.insert(0, 'hooks'); from pathlib import Path\n"
        "from homepage.pictures import page_images\n"
        "data = Path(sys.argv[1]).read_bytes()\n"
        "place = page_images.Place('p.md', 'p/index.html')\n"
        "found = page_images.improve('<img src=a.png>', place, lambda _: data, str, None)\n"
        "print(len(found.files), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.png")]
    command = ["sh", "-c", '"$@"; exit $?', "sh", *command]  # Linux counts the memory of the parent, too
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    copies, peak = map(int, said.split())
    assert copies == 2
    assert peak / (1 if sys.platform != "darwin" else 1024) < 320_000  # kilobytes, on macOS bytes


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_all_copies_of_a_picture_come_from_one_decoding(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = decoding.decoded
    calls: list[bytes] = []

    def counted(data: bytes, *args: int, **options: bool) -> object:
        calls.append(data)
        return made(data, *args, **options)

    monkeypatch.setattr(decoding, "decoded", counted)
    data = picture(2400, 1800, kind)
    found = improve('<img src="a" alt="">', Place("p.md", "a/index.html"), {"a": data}.get, str, None)
    assert len(found.files) == 2 or kind == "WEBP"
    assert calls == [data]
    photo("a", {"a": data}.get, tmp_path, lambda *told: pytest.fail(str(told)))
    assert calls == [data] * 2


@pytest.mark.parametrize("html", ['<img src="a" alt="">', '<img src="a" srcset="a 2x" alt="">'])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_shows_what_is_too_large_as_it_is(html: str, kind: str) -> None:
    place = Place("p.md", "a/index.html", shown="docs/p.md", source=f"# P\n\n{html}\n")
    found = improve(html, place, {"a": of_kind(kind, 10_000, 6_100)}.get, str, None)
    assert [str(problem) for problem in found.problems] == [
        "docs/p.md:3: the picture 'a' has 61.0 megapixels, more than 60; it is shown as it is "
        "(make it smaller)"
    ]
    assert 'src="a"' in found.html
    assert 'width="10000" height="6100"' in found.html
    assert found.files == {}


def test_a_page_reads_its_pictures_one_at_a_time() -> None:
    done: list[str] = []

    def read(path: str) -> bytes:
        done.append(f"read {path}")
        return picture(40, 30)

    def url(path: str) -> str:
        done.append(f"shown {path}")
        return path

    improve('<img src="/a" alt=""><img src="/b" alt="">', Place("p.md", "index.html"), read, url, None)
    assert done == ["read a", "shown a", "read b", "shown b"]


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize(("mode", "alpha"), [("RGB", False), ("RGBA", True), ("P", False), ("L", False)])
def test_reducing_first_changes_nothing_that_is_seen(mode: str, alpha: bool, orientation: int) -> None:
    drawn = Image.new("RGB", (4003, 3001), "white")  # more than what is reduced with care
    drawn.paste(RED, (0, 0, 2001, 1500))
    if alpha:
        drawn.putalpha(255)
    buffer = io.BytesIO()
    drawn = drawn.quantize(4) if mode == "P" else drawn.convert(mode)
    drawn.save(buffer, "PNG", compress_level=1, exif=exif(orientation))
    copy = thumbnails.small(Source(buffer.getvalue(), Box(800)), Box(800))
    assert copy
    made = Image.open(io.BytesIO(copy.data)).convert("RGB")
    assert made.size == ((800, 600) if orientation < 5 else (800, 1067))
    width, height = made.size
    corners = {"1": (0, 0), "3": (1, 1), "6": (1, 0), "8": (0, 1)}  # where the red one is shown
    x, y = corners[str(orientation)]
    colour = drawn.convert("RGB").getpixel((5, 5))
    for across, up in ((0, 0), (0, 1), (1, 0), (1, 1)):
        seen = made.getpixel((width // 4 + across * width // 2, height // 4 + up * height // 2))
        assert seen == pytest.approx(colour if (across, up) == (x, y) else (255, 255, 255), abs=8)


def test_a_bomb_is_published_as_it_is_and_reported_where_it_is_named(
    make_site: Callable[..., Built],
) -> None:
    bomb = claiming("PNG", 30_000, 30_000)
    large = of_kind("WEBP", 8000, 7000)
    files = {
        "publications.bib": "@misc{a, title = {T}, year = 2020,\n preview = {bomb.png}}",
        "page.md": "# Page\n\n![A](bomb.png)\n\n![B](large.webp)\n",
        "bomb.png": bomb,
        "large.webp": large,
    }
    built = make_site(files, {"extra": {"homepage": {"portrait": "bomb.png"}}}, strict=False)
    told = pages.warnings(built.log)
    assert len(told) == 3
    assert told[0].startswith(
        "docs/publications.bib:2: the picture 'bomb.png' of 'a' has more than 60 megapixels"
    )
    assert "the portrait 'bomb.png' has more than 60 megapixels (make it smaller)" in told[1]
    assert told[2].startswith("docs/page.md:3: the picture 'bomb.png' has more than 60 megapixels")
    assert (
        "INFO    -  homepage: docs/page.md:5: the picture 'large.webp' has 56.0 megapixels" in built.log
    )
    assert (built.site_dir / "bomb.png").read_bytes() == bomb
    assert 'width="8000" height="7000"' in built.read("page/index.html")
