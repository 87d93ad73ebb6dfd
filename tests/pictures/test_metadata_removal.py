"""Published pictures say neither where nor who: their metadata is left out, or else it is told."""

import base64
import gzip
import io
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from struct import pack
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from homepage.pictures import metadata_removal
from homepage.pictures.metadata_removal import in_text, without_metadata
from support import Built, pages
from support.pictures import exif, picture

SECRET = b"Ann-was-here"  # stands for place, author and path
TEXT = SECRET.decode()
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>%s</dc:creator></x:xmpmeta>' % SECRET
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def telling(orientation: int = 6) -> Image.Exif:
    """Exif as of a camera, with an author."""
    found = exif(orientation)
    found[0x013B] = TEXT
    return found


def moving(kind: str, **options: Any) -> bytes:
    frames = [Image.new("RGB", (40, 30), (n * 90, 0, 0)) for n in range(3)]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], loop=3, **options)
    return buffer.getvalue()


def jpeg(*segments: bytes, after: bytes = b"", **options: Any) -> bytes:
    """A JPEG with segments behind its first one, each given as its marker's byte and its content."""
    data = picture(40, 30, "JPEG", **options)
    end = 4 + int.from_bytes(data[4:6], "big")
    more = (b"\xff%c" % s[0] + pack(">H", len(s) + 1) + s[1:] for s in segments)
    return data[:end] + b"".join(more) + data[end:] + after


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))


def png(
    *chunks: tuple[bytes, bytes], last: bool = False, after: bytes = b"", data: bytes = b""
) -> bytes:
    """A PNG with chunks behind its head, or before its end."""
    data = data or picture(40, 30)
    at = len(data) - 12 if last else 33
    return data[:at] + b"".join(png_chunk(*c) for c in chunks) + data[at:] + after


def webp(*chunks: tuple[bytes, bytes], data: bytes) -> bytes:
    """A WebP with chunks at its end."""
    more = b"".join(kind + pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for kind, c in chunks)
    return data[:4] + pack("<I", len(data) + len(more) - 8) + data[8:] + more


def gif(*extensions: bytes, data: bytes, after: bytes = b"") -> bytes:
    """A GIF with extensions behind its colours, each given as its label's byte and its blocks."""
    at = 13 + (3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0)
    return data[:at] + b"".join(b"!" + e + b"\0" for e in extensions) + data[at:] + after


def png_info() -> PngImagePlugin.PngInfo:
    found = PngImagePlugin.PngInfo()
    found.add_text("Author", TEXT)
    found.add_itxt("XML:com.adobe.xmp", XMP.decode())
    found.add_text("Path", TEXT * 9, zip=True)
    return found


def icon(image: bytes) -> bytes:
    head = b"\0\0\1\0\1\0" + bytes((40, 30, 0, 0, 1, 0, 32, 0))
    return head + pack("<II", len(image), 22) + image


GIF, MOVING_GIF, MOVING_WEBP = picture(40, 30, "GIF"), moving("GIF"), moving("WEBP", lossless=True)
ALL: dict[str, Any] = {"exif": telling(), "xmp": XMP, "icc_profile": PROFILE}
SAYING = {
    "JPEG, Exif and XMP": picture(40, 30, "JPEG", comment=SECRET, **ALL),
    "JPEG, IPTC": jpeg(b"\xedPhotoshop 3.0\0" + b"8BIM\4\4\0\0\0\0\0\x0c" + SECRET),
    "JPEG, other segments": jpeg(*(b"%c" % n + SECRET for n in range(0xE0, 0xF0))),
    "JPEG, longer known ones": jpeg(b"\xeeAdobe\0d\0\0\0\0\1" + SECRET, b"\xe2MP\0" + SECRET),
    "JPEG, a preview in its first segment": jpeg(b"\xe0JFIF\0\1\2\0\0\1\0\1\2\2" + SECRET),
    "JPEG, several scans": jpeg(b"\xfe" + SECRET, progressive=True),
    "JPEG, a second picture behind it": jpeg(after=jpeg(b"\xfe" + SECRET)),
    "JPEG, a video behind it": jpeg(after=b"\0\0\0\x18ftypmp42" + SECRET),
    "JPEG, something between segments": jpeg().replace(b"\xff\xdb", SECRET + b"\xff\xdb"),
    "PNG, texts": picture(40, 30, pnginfo=png_info(), **ALL),
    "PNG, texts at its end": png((b"tEXt", b"Source\0" + SECRET), (b"eXIf", SECRET), last=True),
    "PNG, unknown chunks": png(*((kind, SECRET) for kind in (b"caBX", b"prVt", b"tIME", b"sPLT"))),
    "PNG, a cropped one's rest": png(after=b"IDAT" + SECRET),
    "PNG, a moving one": png((b"tEXt", b"Author\0" + SECRET), data=moving("PNG")),
    "WebP": picture(40, 30, "WEBP", **ALL),
    "WebP, without loss": picture(40, 30, "WEBP", "RGBA", lossless=True, **ALL),
    "WebP, a moving one": moving("WEBP", **ALL),
    "WebP, unknown chunks": webp((b"XMP ", SECRET), (b"none", SECRET + b"!"), data=MOVING_WEBP),
    "WebP, short form": webp((b"EXIF", SECRET), data=picture(40, 30, "WEBP")),
    "WebP, something behind it": picture(40, 30, "WEBP") + SECRET,
    "GIF, comment": gif(b"\xfe" + b"\x0c" + SECRET, data=GIF),
    "GIF, XMP": gif(b"\xff\x0bXMP DataXMP" + b"\x0c" + SECRET, data=MOVING_GIF),
    "GIF, text and others": gif(b"\x01\x0c" + SECRET, b"\x99\x0c" + SECRET, data=GIF, after=SECRET),
    "GIF, more than a loop": gif(b"\xff\x0bNETSCAPE2.0\3\1\0\0\x0c" + SECRET, data=GIF),
    "icon": icon(png((b"tEXt", b"Author\0" + SECRET))),
}  # fmt: skip


@pytest.mark.parametrize("data", SAYING.values(), ids=SAYING)
def test_metadata_is_left_out_and_no_pixel_changes(data: bytes) -> None:
    assert SECRET in data or b"Path\0\0" in data
    found = without_metadata(data)
    assert found.fields == []
    assert not found.broken
    assert SECRET not in found.data
    assert b"Path" not in found.data
    before, after = (Image.open(io.BytesIO(d)) for d in (data, found.data))
    assert getattr(before, "n_frames", 1) == getattr(after, "n_frames", 1)
    for frame in range(getattr(before, "n_frames", 1)):
        before.seek(frame)
        after.seek(frame)
        assert before.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()
    assert before.info.get("icc_profile") == after.info.get("icc_profile")
    assert before.info.get("loop") == after.info.get("loop")
    assert before.info.get("duration") == after.info.get("duration")
    assert without_metadata(found.data) == found


CLEAN = {
    **{kind: picture(40, 30, kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")},
    **{
        f"{kind}, profile": picture(40, 30, kind, icc_profile=PROFILE)
        for kind in ("JPEG", "PNG", "WEBP")
    },
    "JPEG, progressive": picture(90, 90, "JPEG", progressive=True),
    "JPEG, CMYK": picture(40, 30, "JPEG", "CMYK"),
    "JPEG, density": picture(40, 30, "JPEG", dpi=(300, 300)),
    "PNG, density and transparency": picture(40, 30, "PNG", "P", transparency=0, dpi=(72, 72)),
    "PNG, moving": moving("PNG"),
    "GIF, moving": MOVING_GIF,
    "WebP, moving": MOVING_WEBP,
    "icon": icon(picture(40, 30)),
    "SVG": b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><title>A</title></svg>\n',
    "SVG, licence": b'<!-- CC BY 4.0 License --><svg xmlns="http://www.w3.org/2000/svg"></svg>',
    "HTML": b"<!doctype html><!-- comment --><svg/>",
    "text": b"GIF, JPEG and PNG",
    "nothing": b"",
}


@pytest.mark.parametrize("data", CLEAN.values(), ids=CLEAN)
def test_what_has_no_metadata_stays_byte_for_byte(data: bytes) -> None:
    assert without_metadata(data) == (data, [], False)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stays_turned_as_its_camera_was_held(kind: str, orientation: int) -> None:
    data = picture(40, 30, kind, exif=telling(orientation))
    found = without_metadata(data).data
    assert dict(Image.open(io.BytesIO(found)).getexif()) == (
        {0x0112: orientation} if orientation > 1 else {}
    )
    before, after = (ImageOps.exif_transpose(Image.open(io.BytesIO(d))) for d in (data, found))
    assert before.tobytes() == after.tobytes()


def test_of_two_orientations_the_first_counts() -> None:
    first, second = (b"\xe1" + telling(n).tobytes() for n in (1, 6))
    assert without_metadata(jpeg(first, second)).data.count(b"Exif") == 0
    assert without_metadata(jpeg(second, first)).data.count(b"Exif") == 1


@pytest.mark.parametrize("name", SAYING)
def test_half_a_picture_is_never_the_end(name: str) -> None:
    data = SAYING[name]
    for end in range(0, len(data), len(data) // 50):
        assert len(without_metadata(data[:end]).data) <= end + 40
        without_metadata(data[:end] + bytes(range(256)))


@pytest.mark.parametrize(
    "data",
    [GIF[:-200] + b"\x77" + SECRET, picture(40, 30)[:-12] + b"\1\2\3" + SECRET],
    ids=["GIF", "PNG"],
)
def test_what_cannot_be_understood_is_not_published(data: bytes) -> None:
    if data.startswith(b"GIF"):
        data = gif(data=GIF)[:-1] + b"\x77" + SECRET
    found = without_metadata(data)
    assert found.broken
    assert SECRET not in found.data


# -- what stays, and is told --------------------------------------------------


def tiff(**tags: Any) -> bytes:
    return picture(40, 30, "TIFF", **tags)


BOX = b"\0\0\0\x18ftyp%s\0\0\0\0mif1"
TOLD = {
    "TIFF": (tiff(artist=TEXT, description="/home/ann"), ["ImageDescription", "Artist"]),
    "TIFF, place": (tiff(tiffinfo={34735: (1, 1, 0, 0)}), ["GeoTIFF"]),
    "AVIF": (
        picture(40, 30, "AVIF", exif=telling(), xmp=XMP),
        ["GPSInfo", "Make", "Artist", "XMP", "dc:creator"],
    ),
    "HEIC": (
        BOX % b"heic" + b"\0\0\0\6Exif\0\0" + telling().tobytes()[6:],
        ["GPSInfo", "Make", "Artist"],
    ),
    "JPEG XL": (b"\0\0\0\x0cJXL \r\n\x87\n" + b"\0\0\0\x20brobExif" + SECRET, ["brob"]),
    "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n" + b"\0\0\0\0uuid" + XMP, ["XMP", "dc:creator"]),
    "Photoshop": (b"8BPS\0\1" + b"8BIM\4\4" + SECRET, ["IPTC"]),
    "BMP": (
        b"BM" + bytes(12) + b"\x7c" + bytes(55) + b"KNIL" + bytes(60),
        ["path of the colour profile"],
    ),
}


@pytest.mark.parametrize(("data", "fields"), TOLD.values(), ids=TOLD)
def test_metadata_that_stays_is_reported_by_its_fields(data: bytes, fields: list[str]) -> None:
    found = without_metadata(data)
    assert found.data == data
    assert set(fields) <= set(found.fields)
    assert found.fields[0] == fields[0] or "GPSInfo" not in fields


# -- SVG ----------------------------------------------------------------------

NAMES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
EDITORS = (
    ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
    ' xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
)
INNER = "<g id='a'\n  x=\"&lt;>\"><path d='M0 0'/>&#160;<![CDATA[<!-- text -->]]></g>"
PHOTO = jpeg(b"\xfe" + SECRET)
JPEG_URI, BARE_URI = (
    "data:image/jpeg;base64," + base64.b64encode(d).decode()
    for d in (PHOTO, without_metadata(PHOTO).data)
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            f'<svg {NAMES}{EDITORS}\n sodipodi:docname="ann.svg"'
            f" inkscape:export-filename='/home/ann/a.png' width='9'>{INNER}</svg>",
            f"<svg {NAMES} width='9'>{INNER}</svg>",
        ),
        (
            f"<svg {NAMES}{EDITORS}><sodipodi:namedview id='x'><inkscape:grid/></sodipodi:namedview>"
            f"{INNER}<sodipodi:namedview/></svg>",
            f"<svg {NAMES}>{INNER}</svg>",
        ),
        (
            f"<svg {NAMES}><metadata><rdf:RDF xmlns:rdf='r'>Ann</rdf:RDF></metadata>{INNER}</svg>",
            f"<svg {NAMES}>{INNER}</svg>",
        ),
        (
            f"<?xml version='1.0'?><!-- by Ann --><svg {NAMES}><?ann a?>{INNER}<!----></svg><!-- y -->",
            f"<?xml version='1.0'?><svg {NAMES}>{INNER}</svg>",
        ),
        (
            f"<?xml-stylesheet href='a.css'?><svg {NAMES} content='&lt;mxfile>ann'>{INNER}</svg>",
            f"<?xml-stylesheet href='a.css'?><svg {NAMES}>{INNER}</svg>",
        ),
        (
            f'<!DOCTYPE svg [<!ENTITY ns "http://ns.adobe.com/x/">]><svg {NAMES} xmlns:i="&ns;" i:a="b">'
            f"<i:pgf>Ann</i:pgf>{INNER}</svg>",
            f'<!DOCTYPE svg [<!ENTITY ns "http://ns.adobe.com/x/">]><svg {NAMES}>{INNER}</svg>',
        ),
        (
            f"<svg {NAMES}><rdf xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>{INNER}</svg>",
            f"<svg {NAMES}>{INNER}</svg>",
        ),
        (
            f"<svg {NAMES}><image xlink:href='{JPEG_URI}'/></svg>",
            f"<svg {NAMES}><image xlink:href='{BARE_URI}'/></svg>",
        ),
    ],
    ids=["attributes", "elements", "metadata", "comments", "diagram", "entities", "namespace", "photo"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_svg_loses_what_programs_write_and_no_other_byte(before: str, after: str, encoding: str) -> None:
    assert without_metadata(before.encode(encoding)) == (after.encode(encoding), [], False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"<svg {NAMES}><image xlink:href='file:///home/ann/a.png'/></svg>", "file:///home/ann/a.png"),
        (f"<svg {NAMES}><desc>C:\\Users\\ann\\a.dat</desc></svg>", "C:\\Users\\ann\\a.dat"),
        (f"<svg {NAMES}><style>a{{b:url(/Users/ann/a.png)}}</style></svg>", "/Users/ann/a.png"),
        (f"<svg {NAMES}{EDITORS} inkscape:label='a'><script/></svg>", "inkscape:"),
        (f"<svg {NAMES}><!-- by Ann --><g></svg>", "!--"),
    ],
)
def test_what_cannot_be_taken_out_of_an_svg_is_reported(text: str, told: str) -> None:
    found = without_metadata(text.encode())
    assert found.data == text.encode()
    assert any(told in name for name in found.fields)
    packed = gzip.compress(text.encode())
    assert without_metadata(packed) == (packed, found.fields, False)


def test_links_in_an_svg_are_no_paths() -> None:
    data = f"<svg {NAMES}><a xlink:href='https://example.org/home/ann/x'/><a xlink:href='home/b'/></svg>"
    assert without_metadata(data.encode()).fields == []


def test_pictures_embedded_in_a_text_lose_their_metadata() -> None:
    html = '<img src="{}" alt=""><p>data:image/png;base64,AAA</p>'
    assert in_text(html.format(JPEG_URI)) == html.format(BARE_URI)


@pytest.mark.parametrize(
    ("start", "between"),
    [
        ("data:image/jpeg;base64,", "\n  "),
        ("data:image/jpeg;base64,", "\\\n"),
        ("data:image/jpeg;base64,", "%0A"),
        ("DATA:image/jpeg;BASE64,", ""),
        ("data:image/jpeg; charset=x ; base64, ", ""),
        ("data:;base64,", ""),
        ("data:application/octet-stream;base64,", ""),
    ],
)
def test_pictures_are_found_as_browsers_find_them(start: str, between: str) -> None:
    letters, bare_letters = (uri.partition(",")[2] for uri in (JPEG_URI, BARE_URI))
    lines = between.join(letters[at : at + 76] for at in range(0, len(letters), 76))
    for written in (lines, lines.replace("+", "%2B").replace("/", "%2f").replace("=", "%3D")):
        text = f'<img srcset="{start}{written} 2x, {start}{written}\n 480w" alt="">'
        bare_text = f'<img srcset="{start}{bare_letters} 2x, {start}{bare_letters}\n 480w" alt="">'
        assert in_text(text) == bare_text


def test_what_is_too_large_to_be_looked_into_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(metadata_removal, "_MOST_BYTES", 100)
    for name, data in (
        ("a.png", picture(40, 30)),
        ("b.html", b"<p>" + bytes(200)),
        ("c.bin", bytes(200)),
    ):
        (tmp_path / name).write_bytes(data)
    told = [str(p) for p in metadata_removal.clean(tmp_path, (), {"a.png": "docs/a.png"})]
    assert len(told) == 1
    assert told[0].startswith("docs/a.png:0: the picture is so large that its metadata")


# -- whole sites --------------------------------------------------------------

PAGE = f"""# Page

![Small](small.jpg) ![Moves](moves.webp) <img src="../small.jpg" srcset="../own.jpg 2x" alt="">

![As it is](deep/own.png){{ data-hp-original }} ![Embedded]({JPEG_URI})
"""
SITE: Mapping[str, str | bytes] = {
    "publications.bib": "",
    "page.md": PAGE,
    "news.md": f"## 2024-01-02 One\n\n![Embedded]({JPEG_URI})\n",
    "small.jpg": SAYING["JPEG, IPTC"],
    "own.jpg": picture(1700, 900, "JPEG", **ALL),
    "deep/own.png": SAYING["PNG, texts"],
    "moves.webp": SAYING["WebP, a moving one"],
    "favicon.ico": SAYING["icon"],
    "unnamed.gif": SAYING["GIF, comment"],
    "disguised.dat": SAYING["JPEG, Exif and XMP"],
    "fig.svg": f"<svg {NAMES}{EDITORS} sodipodi:docname='{TEXT}'/>",
    "mine.css": f"body {{ background: url({JPEG_URI}) }}",
    "slides.html": f"<!doctype html><title>A</title><img src='{JPEG_URI}' alt=''>",
    "plain.png": picture(40, 30),
    "scan.tif": tiff(artist=TEXT),
}


def test_nothing_that_is_published_has_metadata_or_it_is_reported(
    make_site: Callable[..., Built],
) -> None:
    built = make_site(SITE, {"theme": {"logo": "small.jpg"}}, strict=False)
    assert pages.warnings(built.log) == [
        "docs/scan.tif:0: the published picture has metadata: Artist (save it again without, "
        "or as PNG, JPEG or WebP, from which it is removed)"
    ]
    published = {
        p.relative_to(built.site_dir).as_posix(): p for p in built.site_dir.rglob("*") if p.is_file()
    }
    assert SITE.keys() - {"page.md", "news.md", "publications.bib"} <= published.keys()
    assert [name for name, path in published.items() if SECRET in path.read_bytes()] == ["scan.tif"]
    embedded = JPEG_URI[-400:]
    assert [name for name, path in published.items() if embedded.encode() in path.read_bytes()] == []
    for name in ("plain.png", "scan.tif"):
        assert published[name].read_bytes() == SITE[name]
    for name, content in SITE.items():  # the owner's files are as they were
        kept = (built.folder / "docs" / name).read_bytes()
        assert kept == (content if isinstance(content, bytes) else content.encode())
