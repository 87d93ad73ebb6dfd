"""A list's entry in whole built sites: its markup, and what the build makes and tells."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from support import Built, html_problems, mkdocs, pages, write
from support.entry_site import BIB, FILES, png


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("entries"), FILES)


def test_rich_entry_has_this_markup(site: Built, golden: Callable[[str, str], None]) -> None:
    (entry,) = re.findall(r'<li class="hp-pub" id="rich">.*?</li>(?=\n<li class="hp-pub")',
                          site.read("index.html"), re.S)  # fmt: skip
    entry = re.sub(r"(rich)-[0-9a-f]{8}(\.webp)", r"\1-HASH\2", entry)
    golden("entry.html", re.sub(r"\n\s*\n+", "\n", entry) + "\n")


def test_pages_are_valid_html(site: Built) -> None:
    problems = [p for p in html_problems(site.site_dir) if "autocomplete" not in p]
    assert problems == []


def test_ids_are_unique_where_entries_stand_twice(site: Built) -> None:
    ids = pages.ids(pages.article(site.read("deep/list/index.html")))
    assert len(ids) == len(set(ids))
    assert [i for i in ids if i.endswith("bibtex") and i.startswith("rich")] == [
        "rich--bibtex",
        "rich--2--bibtex",
    ]


def test_every_button_copies_something_of_its_page(site: Built) -> None:
    page = pages.parse(site.read("deep/list/index.html"))
    buttons = pages.classed(page, "hp-copy")
    assert len(buttons) == 6
    for button in buttons:
        assert button.get("hidden") is not None
        source = pages.with_id(page, button.get("data-hp-copy", ""))
        assert pages.text(source).startswith("@")


def test_names_of_what_opens_and_links_are_unambiguous(site: Built) -> None:
    page = pages.article(site.read("index.html"))
    names = [pages.text(e) for e in page.iter() if e.tag in ("summary", "button")]
    names += [pages.text(a) for a in pages.classed(page, "hp-pub__link")]
    assert len(names) > 10
    assert len(names) == len(set(names))
    assert "Code 2: On x² & Rich Entries (on another site)" in names


@pytest.mark.parametrize(("page", "up"), [("index.html", ""), ("deep/list/index.html", "../../")])
def test_pictures_are_there_at_twice_the_size_they_say(site: Built, page: str, up: str) -> None:
    rich, small = [
        image for image in pages.article(site.read(page)).iter("img") if image.get("loading") == "lazy"
    ][:2]
    assert (rich.get("width"), rich.get("height")) == ("144", "96")
    assert (small.get("width"), small.get("height")) == ("30", "20")
    assert small.get("src") == f"{up}small.png"
    assert rich.get("alt") == small.get("alt") == ""
    src = rich.get("src", "")
    assert src.startswith(f"{up}assets/previews/rich-")
    with Image.open(site.site_dir / src.removeprefix(up)) as made:
        assert (made.format, made.size) == ("WEBP", (288, 192))


def test_pictures_are_kept_beside_the_site_for_the_next_build(site: Built) -> None:
    kept = list((site.folder / ".cache/previews").iterdir())
    assert [path.suffix for path in kept] == [".webp"]
    before = {path: path.stat().st_mtime_ns for path in kept}
    code, log = mkdocs("build", "--strict", cwd=site.folder)
    assert code == 0, log
    assert {path: path.stat().st_mtime_ns for path in kept} == before


def test_search_knows_venue_and_abstract_once_and_no_bibtex(site: Built) -> None:
    docs = json.loads(site.read("search/search_index.json"))["docs"]
    whole = " ".join(doc["text"] for doc in docs)
    assert whole.count("COLM") == whole.count("We show") == 1
    for unwanted in ("@inproceedings", "Copy", "All 10 authors", "laudation"):
        assert unwanted not in whole


def test_the_colours_of_venues_are_a_style_sheet_and_no_element_has_a_style(site: Built) -> None:
    home = site.read("index.html")
    assert "assets/stylesheets/venues.css" in home
    assert ".hp-venue--colm{" in site.read("assets/stylesheets/venues.css")
    content = pages.article(home)
    assert [e.tag for e in content.iter() if e.get("style") is not None] == []
    assert [e.tag for e in content.iter() for name in e.attrib if name.startswith("on")] == []


def test_without_colours_there_is_no_style_sheet(make_site: Callable[..., Built]) -> None:
    files = {name: FILES[name] for name in ("index.md", "assets/pdf/rich.pdf", "talk.key")}
    bib = BIB.replace("preview = {rich.png},", "").replace(", preview = {small.png}", "")
    built = make_site({**files, "publications.bib": bib})
    assert "venues.css" not in built.read("index.html")
    assert not (built.site_dir / "assets/stylesheets/venues.css").exists()
    assert not (built.folder / ".cache/previews").exists()
    badges = pages.classed(pages.article(built.read("index.html")), "hp-badge--venue")
    assert [pages.text(badge) for badge in badges] == ["COLM", "J"]


def test_what_is_wrong_is_reported_and_left_out(make_site: Callable[..., Built]) -> None:
    wrong = {
        "venues.yml": "COLM:\n  color: #00369f\n",
        "small.png": b"\x89PNG nonsense",
        "publications.bib": BIB.replace("{rich.pdf}", "{gone.pdf}").replace("abbr = {J}", "abbr = {K}"),
    }
    built = make_site({**FILES, **wrong}, strict=False)
    told = pages.warnings(built.log)
    assert [line.partition(" (")[0] for line in told] == [
        "docs/publications.bib:6: the file 'gone.pdf' in 'pdf' of 'rich' is not in docs/",
        "docs/venues.yml:2: the empty colour of 'COLM' is not valid",
        "docs/publications.bib:12: the picture 'small.png' of 'small' cannot be read",
    ]
    assert "INFO    -  homepage: docs/publications.bib:11: the venue 'K' is not in" in built.log
    home = pages.article(built.read("index.html"))
    assert len(pages.citations(home)) == 3
    assert [image.get("width") for image in home.iter("img")] == ["144"]
    assert "gone.pdf" not in built.read("index.html").partition("hp-copy")[0]


def test_a_picture_that_changes_is_made_again(make_site: Callable[..., Built]) -> None:
    built = make_site(FILES)
    first = set((built.site_dir / "assets/previews").iterdir())
    path = "docs/assets/img/publication_preview/rich.png"
    write(built.folder, {path: png(600, 900)})
    code, log = mkdocs("build", "--strict", "--clean", cwd=built.folder)
    assert code == 0, log
    second = set((built.site_dir / "assets/previews").iterdir())
    assert len(first) == len(second) == 1
    assert first != second
    (image, *_) = pages.article(built.read("index.html")).iter("img")
    assert (image.get("width"), image.get("height")) == ("96", "144")
    assert Path(built.site_dir, image.get("src", "")) in second
