"""What a build keeps for the next one: nothing that others have put there is run or published."""

import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from homepage.common.templates import Renderer
from homepage.pictures import cache
from support import ENV, Built, mkdocs, small_site, write
from support.pictures import picture
from support.repositories import git

SITE = {"site_url": "https://me.example/", "extra": {"homepage": {"portrait": "me.jpg"}}}
FILES: dict[str, str | bytes] = {
    "index.md": "# Home\n\n![](large.png)\n\n<!-- publications -->\n",
    "publications.bib": "@article{a, title = {T}, author = {Doe, Jane}, year = 2024, preview = {a.png}}",
    "assets/img/publication_preview/a.png": picture(500, 300),
    "large.png": picture(1700, 900),
    "me.jpg": picture(500, 600, "JPEG"),
}
KINDS = {"pictures", "previews", "portraits", "icons", "cards"}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The user's own folder for caches, empty so far."""
    forget()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path / "own/app")
    yield tmp_path / "own/app"
    forget()


def forget() -> None:
    cache._list.cache_clear()
    cache._known.cache_clear()


def test_only_what_this_user_made_is_taken(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "site/kind/a.png"
    assert cache.load_or_make(file, lambda: b"made") == b"made"
    assert cache.load_or_make(file, lambda: b"again") == b"made"
    forget()  # another build
    assert cache.load_or_make(file, lambda: b"again") == b"made"
    file.write_bytes(b"planted")
    assert cache.load(file) is None
    assert cache.load_or_make(file, lambda: b"again") == b"again"
    assert file.read_bytes() == b"again"
    assert own.stat().st_mode & 0o777 == 0o700 or os.name == "nt"


def test_what_was_made_for_another_name_is_not_taken(own: Path, tmp_path: Path) -> None:
    cache.keep(tmp_path / "a.png", b"of a")
    shutil.copy(tmp_path / "a.png", tmp_path / "b.png")
    assert cache.load(tmp_path / "a.png") == b"of a"
    assert cache.load(tmp_path / "b.png") is None


@pytest.mark.skipif(os.name == "nt", reason="links and permissions of POSIX")
def test_links_are_not_followed(own: Path, tmp_path: Path) -> None:
    cache.keep(tmp_path / "one/a.png", b"content")
    (tmp_path / "a.png").symlink_to(tmp_path / "one/a.png")
    assert cache.load(tmp_path / "a.png") is None
    assert cache.load_or_make(tmp_path / "a.png", lambda: b"new") == b"new"
    assert (tmp_path / "one/a.png").read_bytes() == b"content"


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
@pytest.mark.parametrize("trouble", ["others may write", "a link", "a file", "not absolute"])
def test_without_a_folder_of_ones_own_everything_is_made(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    own.parent.mkdir()
    (tmp_path / "elsewhere").mkdir()
    if trouble == "others may write":
        own.mkdir()
        own.chmod(0o777)
    elif trouble == "a link":
        own.symlink_to(tmp_path / "elsewhere")
    elif trouble == "a file":
        own.write_text("")
    else:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("own/app"))
    assert cache.load_or_make(tmp_path / "a.png", lambda: b"made") == b"made"
    assert cache.load_or_make(tmp_path / "a.png", lambda: b"again") == b"again"


def test_the_list_begins_again_when_it_is_long(own: Path, tmp_path: Path) -> None:
    cache.keep(tmp_path / "a.png", b"a")
    with (own / "made-here.txt").open("a") as file:
        file.write("0\n" * 500_000)
    forget()
    assert cache.load(tmp_path / "a.png") is None
    cache.keep(tmp_path / "a.png", b"a")
    assert cache.load(tmp_path / "a.png") == b"a"
    assert (own / "made-here.txt").stat().st_size < 100


def test_compiled_templates_are_kept_in_memory_and_made_again_for_another_source(tmp_path: Path) -> None:
    write(tmp_path, {"fragments/a.html": "one"})
    assert Renderer([str(tmp_path)]).render("a.html") == "one"
    first, again = (Renderer([str(tmp_path)]).environment.get_template("a.html") for _ in "ab")
    assert first.root_render_func.__code__ is again.root_render_func.__code__
    write(tmp_path, {"fragments/a.html": "two"})
    assert Renderer([str(tmp_path)]).render("a.html") == "two"
    assert [p.name for p in tmp_path.rglob("*")] == ["fragments", "a.html"]


# -- whole builds -------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("cached")
    small_site(folder, FILES, SITE)
    return built(folder)


def built(folder: Path) -> Built:
    return Built(folder, *mkdocs("build", cwd=folder, env=ENV))


def published(site: Built) -> dict[str, bytes]:
    kinds = (".webp", ".png", ".ico")
    return {p.name: p.read_bytes() for p in site.site_dir.rglob("*") if p.suffix in kinds}


def test_nothing_planted_is_published(site: Built) -> None:
    before, folder = published(site), site.folder / ".cache"
    kept = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert {path.parent.name for path in kept} == KINDS  # so no templates
    planted = BytesIO()
    Image.new("RGB", (1200, 630), "red").save(planted, "WEBP")
    for path in kept:
        path.write_bytes(planted.getvalue())
    again = built(site.folder)
    assert again.returncode == 0, again.log
    assert published(again) == before
    assert {path: path.read_bytes() for path in kept} == kept


@pytest.mark.parametrize("trouble", ["tracked", "tracked in another case", "a link", "has a link"])
def test_a_cache_that_came_with_the_repository_is_refused(site: Built, trouble: str) -> None:
    folder, before = site.folder / ".cache", published(site)
    shutil.rmtree(site.folder / ".git", ignore_errors=True)
    shutil.move(folder, site.folder / "aside")
    (site.folder / "pictures").mkdir(exist_ok=True)
    write(site.folder, {"pictures/mine.png": "mine", "x": "x"})
    if trouble == "a link":
        folder.symlink_to("aside")
    elif trouble == "has a link":
        folder.mkdir()
        (folder / "cards").symlink_to("../pictures")
    else:
        write(folder, {"templates/x.cache": "x"})
        git(site.folder, "init", "-q")
        git(site.folder, "add", "--force", ".cache")
        if trouble != "tracked":
            git(site.folder, "mv", ".cache", ".Cache")
            (site.folder / ".Cache").rename(folder)
    known = sorted(p.relative_to(site.folder) for p in folder.rglob("*"))
    again = built(site.folder)
    assert again.returncode == 0, again.log
    (told,) = [line for line in again.log.splitlines() if " .cache:0: " in line]
    assert told.startswith("WARNING -  homepage: .cache:0: ")
    assert ("git rm -r --cached .cache" in told) is ("tracked" in trouble)
    assert published(again) == before
    assert sorted(p.relative_to(site.folder) for p in folder.rglob("*")) == known
    assert (site.folder / "pictures/mine.png").read_text() == "mine"
    folder.unlink() if folder.is_symlink() else shutil.rmtree(folder)
    shutil.move(site.folder / "aside", folder)
