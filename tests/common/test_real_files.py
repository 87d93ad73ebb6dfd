"""What is published of docs/ is really there: no link, loop or pipe brings in anything else."""

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from commands.shared import working_copy
from homepage.common import real_files
from support import Built, mkdocs, small_site, write

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
SECRET = "s3cr3t of the machine"
LINKS = {  # in docs/, to where, and what is said; '' where the settings leave the name out
    "up": ("..", "leads out of docs/"),
    "out": ("../outside", "leads out of docs/"),
    "deep/er/out.txt": ("../../../outside/secret.txt", "leads out of docs/"),
    "absolute.txt": ("/proc/self/environ", "leads out of docs/"),
    "through.txt": ("absolute.txt", "leads out of docs/"),
    "beside.txt": ("../docs-of-others/secret.txt", "leads out of docs/"),
    "endless.bin": ("/dev/zero", "leads out of docs/"),
    "people.yml": ("../outside/secret.txt", "leads out of docs/"),
    "page.md": ("../outside/secret.txt", "leads out of docs/"),
    "nowhere.md": ("gone.md", "leads nowhere"),
    "ring.md": ("ring2.md", "leads nowhere"),
    "ring2.md": ("ring.md", "leads nowhere"),
    "self": (".", "to a folder that it is in"),
    "deep/er/top": ("../..", "to a folder that it is in"),
    "one/a": ("../two", ""),
    "one/b": ("../two", ""),
    "two/a": ("../one", ""),
    "git": (".git", "the site leaves out"),
    "config.txt": (".git/config", "the site leaves out"),
    "linked/page.md": ("../drafts/page.md", "the site leaves out"),
    "linked/draft.txt": ("../private/draft.txt", "the site leaves out"),
    ".hidden": ("..", ""),
    ".git/link.txt": ("/proc/self/environ", ""),
    "private/link.txt": ("/proc/self/environ", ""),
    "good.md": ("deep/there.md", ""),
    "also": ("deep/er", ""),
}


def lay_out(folder: Path) -> None:
    files = ("docs/.git/config", "docs/private/draft.txt", "docs/drafts/page.md", "outside/secret.txt",
             "docs-of-others/secret.txt", "outside/secret.md")  # fmt: skip
    write(folder, dict.fromkeys(files, SECRET))
    write(folder, {"docs/deep/there.md": "# There\n", "docs/deep/er/file.txt": "here"})
    for name, (target, _) in LINKS.items():
        link = folder / "docs" / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target)
    os.mkfifo(folder / "docs/pipe.md")


def left_out(path: str) -> bool:
    return "/." in f"/{path}" or path.startswith(("private/", "drafts/"))


def test_what_is_elsewhere_is_reported_and_nothing_is_followed_twice(tmp_path: Path) -> None:
    lay_out(tmp_path)
    found = real_files.scan(tmp_path / "docs", left_out)
    told = {p.path.removeprefix("docs/"): p.message for p in found.problems("docs")}
    for name, (_, wanted) in LINKS.items():
        assert wanted in told.pop(name, ""), name
        assert (name in found.faults) is (bool(wanted) or left_out(name)), name
    assert told.pop("pipe.md").startswith("this is a pipe")
    assert set(told) == {"one/a/a", "one/b/a", "two/a/a", "two/a/b", "also/out.txt", "also/top"}
    assert found.files == [
        ".git/config", "also/file.txt", "deep/er/file.txt", "deep/there.md",
        "drafts/page.md", "good.md", "private/draft.txt",
    ]  # fmt: skip


@pytest.mark.skipif(os.uname().sysname == "Darwin", reason="its names are in UTF-8")
def test_names_that_no_address_can_have_are_reported(tmp_path: Path) -> None:
    write(tmp_path / "docs", {"a.md": "# A\n"})
    for name in (b"b\xfe.md", b"c\xff/d.md"):
        path = os.path.join(os.fsencode(tmp_path / "docs"), name)  # noqa: PTH118 - bytes
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        os.close(os.open(path, os.O_CREAT))
    found = real_files.scan(tmp_path / "docs")
    assert found.files == ["a.md"]
    told = [str(problem) for problem in found.problems("docs")]
    assert told[0].startswith(r"docs/b\udcfe.md:0: this is a file or folder whose name is not in UTF-8")
    assert told[1].startswith(r"docs/c\udcff:0: ")


def test_links_that_double_with_each_folder_end(tmp_path: Path) -> None:
    for number in range(40):
        for name in "ab":
            write(tmp_path, {f"{number}/file.txt": ""})
            (tmp_path / f"{number}/{name}").symlink_to(f"../{number + 1}")
    assert len(real_files.scan(tmp_path).files) == 40 + 2 * 39


def test_docs_may_be_a_link_itself(tmp_path: Path) -> None:
    write(tmp_path, {"real/index.md": "", "real/sub/page.md": ""})
    (tmp_path / "real/link.md").symlink_to(tmp_path / "real/index.md")
    (tmp_path / "docs").symlink_to("real")
    found = real_files.scan(tmp_path / "docs")
    assert (found.files, found.faults) == (["index.md", "link.md", "sub/page.md"], {})
    assert real_files.outside_docs(tmp_path / "docs/link.md", tmp_path / "docs") is None


def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # its path must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
        assert list(real_files.scan(tmp_path).faults) == ["socket"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with all of it, built while the environment has a secret."""
    folder = tmp_path_factory.mktemp("links")
    files = {"c/README.md": "# Readme\n", "c/index.md": "# Index\n", "assets/images/favicon.png": "own"}
    small_site(folder, files, {"exclude_docs": "/private/", "draft_docs": "/drafts/"})
    lay_out(folder)
    write(folder, {"docs/blog/index.md": "# Blog\n"})
    (folder / "docs/blog/posts").symlink_to("gone")
    (folder / "docs/blog/.authors.yml").symlink_to("../../outside/secret.txt")
    settings = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "HP_SECRET": SECRET}
    return Built(folder, *mkdocs("build", cwd=folder, env=settings))


def test_the_rest_is_built_and_no_secret_published(built: Built) -> None:
    assert built.returncode == 0, built.log
    assert "Traceback" not in built.log
    published = {p.relative_to(built.site_dir).as_posix(): p for p in built.site_dir.rglob("*")}
    assert {"index.html", "deep/there/index.html", "good/index.html", "also/file.txt"} <= set(published)
    for path in published.values():
        assert not path.is_symlink()
        assert path.is_dir() or SECRET.encode() not in path.read_bytes()
    assert SECRET not in built.log
    assert "Index" in published["c/index.html"].read_text()
    assert published["assets/images/favicon.png"].read_text() == "own"


def test_the_log_names_each_that_stays_out(built: Built) -> None:
    told = re.findall(r"WARNING -  homepage: docs/([^:]+):0: this is .* \(.+\)", built.log)
    wanted = {name for name, (_, message) in LINKS.items() if message}
    assert wanted | {"pipe.md", "blog/posts", "blog/.authors.yml"} <= set(told)
    assert len(told) == len(set(told))
    assert not {".hidden", ".git/link.txt", "private/link.txt"} & set(told)


def test_commands_read_nothing_through_them(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built.folder)
    (built.folder / "docs/x.bib").symlink_to("../outside/secret.txt")
    for args in (
        ["check", "docs/x.bib", "docs/people.yml"],
        ["export", "--format", "ris", "docs/x.bib"],
    ):
        result = CliRunner().invoke(cli.main, args)
        assert result.exit_code == 1
        assert "docs/x.bib:0: error: this is a symbolic link that leads out of docs/" in result.output
        assert "s3cr3t" not in result.output
    (built.folder / "docs/x.bib").unlink()


def test_copies_of_a_site_have_links_as_links(tmp_path: Path) -> None:
    write(tmp_path, {"secret": SECRET, "old/docs/page.md": "# Page\n"})
    (tmp_path / "old/docs/link.md").symlink_to("../../secret")
    working_copy.copy(tmp_path / "old", ["docs/page.md", "docs/link.md"], tmp_path / "new")
    assert (tmp_path / "new/docs/link.md").is_symlink()
    assert not (tmp_path / "new/docs/page.md").is_symlink()


def test_links_within_docs_are_no_trouble(make_site: Callable[..., Built], tmp_path: Path) -> None:
    write(tmp_path, {"docs/files/paper.pdf": "pdf"})
    (tmp_path / "docs/shown").symlink_to("files")
    built = make_site({"old.md": "# Page\n"})
    assert built.read("shown/paper.pdf") == "pdf"
