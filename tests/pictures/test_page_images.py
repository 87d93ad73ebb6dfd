"""Pictures in pages: sizes, small copies of large ones, and nothing broken, whatever owners write."""

import io
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route

from homepage.pictures import thumbnails
from homepage.pictures.page_images import Improved, Place, improve
from homepage.pictures.unused import Unused
from support import Built, html_problems, pages
from support.pictures import exif, picture

SMALL, BIG, PHOTO = picture(40, 30), picture(2400, 1200), picture(1200, 1600, "JPEG")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20"/>'
PLACE = Place("deep/page.md", "deep/page/index.html", shown="docs/deep/page.md")


def animated(kind: str) -> bytes:
    frames = [Image.effect_noise((400, 300), 90 + n).convert("RGB") for n in range(3)]
    buffer = io.BytesIO()
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
    assert len(buffer.getvalue()) > 60_000
    return buffer.getvalue()


FILES = {
    "small.png": SMALL,
    "big.png": BIG,
    "deep/photo.jpg": PHOTO,
    "a b&c.png": SMALL,
    "fig.svg": SVG,
    "plain.svg": b"<svg></svg>",
    "moves.gif": animated("GIF"),
    "moves.webp": animated("WEBP"),
    "still.gif": picture(900, 900, "GIF"),
    "side.jpg": picture(60, 40, "JPEG", exif=exif(6)),
    "broken.png": BIG[:5000],
    "no.png": b"no picture",
}


def improved(html: str, place: Place = PLACE, files: Mapping[str, bytes] = FILES) -> Improved:
    return improve(html, place, files.get, lambda path: f"../../{path.replace(' ', '%20')}", None)


def tag(html: str, place: Place = PLACE) -> dict[str, str]:
    """The attributes of a picture that is the second on its page."""
    found = improved(f'<img src="none.png" alt="">{html}', place)
    image = list(pages.parse(found.html).iter("img"))[1]
    return dict(image.attrib)


LAZY = {"loading": "lazy", "decoding": "async"}


# -- sizes --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "width", "height"),
    [
        ("small.png", 40, 30),
        ("fig.svg", 30, 20),
        ("moves.gif", 400, 300),
        ("moves.webp", 400, 300),
        ("still.gif", 900, 900),
    ],
)
def test_pictures_that_stay_get_the_size_of_their_file(name: str, width: int, height: int) -> None:
    wanted = {"src": f"../../{name}", "alt": "A", "width": str(width), "height": str(height)}
    assert tag(f'<img alt="A" src="../../{name}">') == LAZY | wanted


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [
        ('width="20"', "20", "15"),
        ('height="60"', "80", "60"),
        ('width="7" height="9"', "7", "9"),
        ('width="50%"', "50%", None),
        ('width="auto"', "auto", None),
        ('style="height: 3em"', None, None),
        ('style="width: 3em"', "40", "30"),
    ],
)
def test_what_the_owner_says_of_the_size_stays(
    written: str, width: str | None, height: str | None
) -> None:
    found = tag(f'<img {written} alt="A" src="../../small.png">')
    assert (found.get("width"), found.get("height")) == (width, height)


def test_only_the_first_picture_of_a_page_is_loaded_at_once() -> None:
    html = '<img src="../../small.png" alt="">' * 3
    found = [e.attrib for e in pages.parse(improved(html).html).iter("img")]
    assert [e.get("loading") for e in found] == [None, "lazy", "lazy"]
    assert tag('<img src="../../small.png" alt="" loading="eager">')["loading"] == "eager"


# -- which pictures -----------------------------------------------------------


@pytest.mark.parametrize(
    "src",
    [
        "../../small.png",  # as MkDocs makes it of Markdown
        "../small.png",  # as people write it beside the source, in HTML
        "/small.png",
        "../../small.png?v=2",
        "../../small.png#only-dark",
        "../../x/../small.png",
    ],
)
def test_pictures_are_found_as_browsers_and_people_name_them(src: str) -> None:
    found = tag(f'<img src="{src}" alt="">')
    assert found["width"] == "40"
    assert found["src"] == "../../small.png" + (re.findall(r"[?#].*", src) or [""])[0]


def test_a_site_below_a_path_has_its_own_addresses() -> None:
    place = PLACE._replace(base="/repo/")
    assert tag('<img src="/repo/small.png" alt="">', place=place)["src"] == "../../small.png"
    assert "width" not in tag('<img src="/small.png" alt="">', place=place)


@pytest.mark.parametrize(
    "html",
    [
        '<IMG ALT=A SRC="../../a%20b&amp;c.png">',
        "<img\n  src='../../a%20b&amp;c.png'\n alt=A />",
        "<img src=../../a%20b&amp;c.png alt=A>",
        '<img title="a > b" src="../../a%20b&amp;c.png" alt="A">',
        '<img src="../../a%20b&amp;c.png" src="other.png" alt="A">',
    ],
)
def test_tags_are_read_as_html(html: str) -> None:
    found = improved(f"before {html} after")
    assert found.html.startswith("before <img ")
    assert found.html.endswith("> after")
    assert found.html.count("<") == 1
    (image,) = pages.parse(found.html).iter("img")
    assert image.get("width") == "40"
    assert image.get("alt") == "A"
    assert image.get("src") == "../../a%20b&c.png"
    assert image.get("title") in (None, "a > b")


@pytest.mark.parametrize(
    "html",
    [
        '<pre><code>&lt;img src="../../big.png"&gt; <img src="../../big.png" alt="">\n</code></pre>',
        '<code><img src="../../big.png" alt=""></code>',
        "<script>document.write('<img src=\"../../big.png\">')</script>",
        '<!-- <img src="../../big.png"> -->',
        '<textarea><img src="../../big.png"></textarea>',
        '<p title="<img src=../../big.png>">A</p>',
        '<img src="https://example.org/big.png" alt="">',
        '<img src="//example.org/big.png" alt="">',
        '<img src="data:image/png;base64,AAAA" alt="">',
        '<img src="http://[x" alt="">',
        '<img src="" alt="">',
        '<img alt="">',
        '<img src="../../../../etc/passwd" alt="">',
        '<img src="../../none.png" alt="">',
        '<img src="../../plain.svg" alt="">',
        '<img src="../../big.png" alt="" data-hp-original>',
        '<img src="../../big.png" alt=""',
        "<imgx src=../../big.png>",
        "An img.",
        "",
    ],
)
def test_everything_else_is_left_as_it_is(html: str) -> None:
    assert improved(html) == Improved(html, {}, set(), [])


@pytest.mark.parametrize("name", ["broken.png", "no.png"])
def test_a_picture_that_cannot_be_read_is_left_and_reported(name: str) -> None:
    html = f'<p>A <img src="../../{name}" alt=""> B <img src="../../small.png" alt=""></p>'
    place = PLACE._replace(source=f"# Page\n\nText\n![](../{name})\n")
    found = improved(html, place)
    assert found.html.startswith(f'<p>A <img src="../../{name}" alt=""> B <img loading="lazy"')
    assert [str(problem) for problem in found.problems] == [
        f"docs/deep/page.md:4: the picture '{name}' cannot be read "
        "(save it again as PNG, JPEG, WebP, GIF or SVG)"
    ]
    assert found.problems[0].severity == "warning"


def test_a_picture_without_words_is_advised_in_its_line() -> None:
    image = '<img src="../small.png">'
    source = f"![A](../small.png)\n\n{image}\n"
    found = improved(
        f'<img src="../../small.png" alt="A">\n<img src="x.png" alt>{image}',
        PLACE._replace(source=source),
    )
    assert [(p.line, p.severity) for p in found.problems] == [(3, "advice")]
    assert "'../small.png'" in found.problems[0].message


# -- copies -------------------------------------------------------------------


def size(data: bytes) -> tuple[str | None, int, int]:
    image = Image.open(io.BytesIO(data))
    return image.format, *image.size


def test_a_large_picture_is_shown_as_copies_of_two_widths() -> None:
    found = improved('<img src="../../big.png" alt="A" class="x">')
    assert {size(data) for data in found.files.values()} == {("WEBP", 1600, 800), ("WEBP", 800, 400)}
    assert found.originals == {"big.png"}
    (image,) = pages.parse(found.html).iter("img")
    parts = [part.split() for part in image.get("srcset", "").split(", ")]
    sources = {width: address for address, width in parts}
    assert sources.keys() == {"800w", "1600w"}
    for width, address in sources.items():
        assert size(found.files[address.removeprefix("../../")])[1] == int(width[:-1])
    assert image.get("src") == sources["1600w"]
    assert "840px" in image.get("sizes", "")
    assert (image.get("width"), image.get("height")) == ("1600", "800")
    assert (image.get("alt"), image.get("class")) == ("A", "x")
    assert sum(map(len, found.files.values())) < len(BIG) / 3


def test_a_picture_shown_small_has_copies_for_that() -> None:
    found = improved('<img src="../photo.jpg" alt="" width="160" align="right">')
    assert {size(data)[1:] for data in found.files.values()} == {(160, 213), (320, 427)}
    (image,) = pages.parse(found.html).iter("img")
    assert (image.get("sizes"), image.get("height")) == ("160px", "214")
    assert re.findall(r" (\d+w)", image.get("srcset", "")) == ["160w", "320w"]


def test_copies_are_never_larger_than_the_picture() -> None:
    data = picture(900, 300)
    found = improved('<img src="../../x.png" alt="">', files={"x.png": data})
    assert [size(copy)[1:] for copy in found.files.values()] == [(900, 300)]
    assert "srcset" not in found.html


def test_what_is_packed_better_already_is_shown_itself(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.effect_noise((1000, 800), 90).convert("RGB").save(buffer, "WEBP", quality=20)
    data = buffer.getvalue()
    assert len(data) > 60_000
    for _ in range(2):
        box = thumbnails.Box(1600, limits=thumbnails.Limits(60_000, 1600))
        assert thumbnails.cached(thumbnails.Source(data, box), tmp_path, box) == (1000, 800, b"")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_photo_on_its_side_is_turned_with_its_size() -> None:
    found = improved('<img src="../../side.jpg" alt="">')
    assert [size(copy)[1:] for copy in found.files.values()] == [(40, 60)]
    assert 'width="40" height="60"' in found.html


@pytest.mark.parametrize("name", ["moves.gif", "moves.webp", "still.gif", "fig.svg"])
def test_what_moves_or_is_drawn_has_no_copies(name: str) -> None:
    assert improved(f'<img src="../../{name}" alt="">').files == {}


def test_a_picture_that_the_owner_offers_in_several_sizes_gets_its_own_size_only() -> None:
    html = (
        '<picture><source srcset="a.avif"><img src="../../big.png" alt=""></picture>'
        '<img src="../../big.png" srcset="../../small.png 40w" alt="">'
    )
    found = improved(html)
    assert found.files == {}
    assert found.html.count('width="2400" height="1200"') == 2


# -- originals ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('<a href="../a%20b%26c.png">', True),
        ('<a href="../a b&amp;c.png">', True),
        ('url("a b&c.png")', True),
        ('<img src="assets/pictures/a-b-c-12345678.webp">', False),
    ],
)
def test_originals_are_published_where_something_names_them(text: str, named: bool) -> None:
    unused = Unused()
    unused.paths = {"img/a b&c.png", "other.png"}
    unused.look(text)
    assert unused.named == ({"img/a b&c.png"} if named else set())
    assert unused.paths | unused.named == {"img/a b&c.png", "other.png"}


# -- whole sites --------------------------------------------------------------

PAGE = """# Page

Text.

![A large one](big.png)

<p>As HTML: <img src="deep/photo.jpg" alt="A photo" width="300"></p>

![Another](small.png)

[The whole](linked.png) ![Linked](linked.png)

`<img src="x.png">`
"""
SITE = {
    "publications.bib": "",
    "index.md": "# Home\n\n<!-- news -->\n",
    "page.md": PAGE,
    "own.md": "# Page\n\n![As it is](own.png){ data-hp-original }\n",
    "news.md": "## 2024-01-02 One\n\n![In the news](big.png)\n",
    "big.png": BIG,
    "small.png": SMALL,
    "deep/photo.jpg": PHOTO,
    "linked.png": picture(1000, 600),
    "own.png": picture(1000, 700),
}


def test_a_site_publishes_copies_and_the_originals_that_it_names(
    make_site: Callable[..., Built],
) -> None:
    built = make_site(SITE)
    published = {path.name for path in built.site_dir.rglob("*")}
    assert {"small.png", "linked.png", "own.png"} <= published
    assert not {"big.png", "photo.jpg"} & published
    checked = 0
    for name in ("page/index.html", "index.html", "news/index.html"):
        folder = (built.site_dir / name).parent
        for image in pages.article(built.read(name)).iter("img"):
            sources = [part.split()[0] for part in image.get("srcset", "").split(", ") if part]
            for address in (image.get("src", ""), *sources):
                assert (folder / address).is_file(), address
                checked += 1
    assert checked > 10
    feed = built.read("feed.xml")
    assert re.findall(r"srcset=&#34;(https?://\S+) 800w, (https?://\S+) 1600w", feed)
    # Of what the checker says of Material's own markup, test_browser_site.py knows.
    assert [p for p in html_problems(built.site_dir / "page") if "md-toggle" not in p] == []


def test_copies_are_kept_and_the_same_each_time(make_site: Callable[..., Built]) -> None:
    files = {"publications.bib": "", "page.md": "# Page\n\n![A](big.png)\n", "big.png": BIG}
    first = make_site(files)
    kept = sorted((first.folder / ".cache/pictures").iterdir())
    assert len(kept) == 2
    copies = {path.name: path.read_bytes() for path in first.site_dir.rglob("*.webp")}
    for path in kept:
        path.unlink()
    again = make_site(files)
    assert {path.name: path.read_bytes() for path in again.site_dir.rglob("*.webp")} == copies


def test_pictures_of_what_is_hidden_stay_out(make_site: Callable[..., Built]) -> None:
    bib = (
        "@misc{secret, title = {T}, author = {Lee, Ann}, year = {2024}, hidden = {true},\n"
        " preview = {big.png}}\n"
    )
    built = make_site(
        {"publications.bib": bib, "page.md": "# Page\n\n![A](big.png)\n", "big.png": BIG}, strict=False
    )
    assert not list(built.site_dir.rglob("*.webp"))
    assert not list(built.site_dir.rglob("big.png"))


def test_a_missing_alternative_is_advice_and_a_broken_picture_a_warning(
    make_site: Callable[..., Built],
) -> None:
    page = '---\ntitle: Page\n---\n\n# Page\n\n<img src="../small.png">\n\n![A](no.png)\n'
    built = make_site(
        {"publications.bib": "", "page.md": page, "small.png": SMALL, "no.png": b"no"}, strict=False
    )
    assert "INFO    -  homepage: docs/page.md:7: the picture '../small.png' says nothing" in built.log
    assert pages.warnings(built.log) == [
        "docs/page.md:9: the picture 'no.png' cannot be read "
        "(save it again as PNG, JPEG, WebP, GIF or SVG)"
    ]


# Shifts of the layout, and which picture was loaded, once all are there.
SHIFTS = """async () => {
  for (const image of document.images) { image.loading = "eager"; await image.decode() }
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  const shifts = await new Promise(done => {
    new PerformanceObserver(list => done(list.getEntries())).observe(
      {type: "layout-shift", buffered: true})
    setTimeout(() => done([]), 500)
  })
  return shifts.reduce((sum, shift) => sum + shift.value, 0)
}"""


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_do_not_move_while_pictures_load(
    make_site: Callable[..., Built], serve_dir: Callable[[Path], str], page: Page, width: int
) -> None:
    text = "\n\nText below, which must not move.\n\n" * 3
    files = {
        "publications.bib": "",
        "sized.md": f"# Page\n\n![A](big.png)\n{text}",
        "bare.md": f"# Page\n\n![A](own.png){{ data-hp-original }}\n{text}",
        "big.png": BIG,
        "own.png": BIG,
    }
    host = serve_dir(make_site(files).site_dir)

    def late(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.set_viewport_size({"width": width, "height": 800})
    page.route(re.compile(r"\.(webp|png)$"), late)
    found = {}
    for name in ("sized", "bare"):
        page.goto(f"{host}/{name}/", wait_until="commit")
        page.wait_for_load_state()
        found[name] = page.evaluate(SHIFTS)
    assert found["sized"] < 0.01
    assert found["bare"] > 0.01  # what can be seen is seen here
    page.goto(f"{host}/sized/")
    current = page.evaluate("document.querySelector('article img').currentSrc")
    assert current.endswith(".webp")
    natural, box, across = page.evaluate(
        "(i => [i.naturalWidth / i.naturalHeight, i.width / i.height, i.getBoundingClientRect().right"
        " - innerWidth])(document.querySelector('article img'))"
    )
    assert box == pytest.approx(natural, abs=0.02)
    assert across <= 0
