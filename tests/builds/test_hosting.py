"""The site at other hosts, below a path, and opened from disk: as the guide says, and whole."""

import json
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen
from xml.etree.ElementTree import Element

import pytest
import yaml
from playwright.sync_api import Page, Request, expect

from support import ENV, NOTED, ROOT, conforms, pages, run, small_site, write
from support.pictures import picture

WORKS = "".join(
    f"@article{{Doe:{n}, title = {{Work {n} on Octopuses}}, author = {{Huang, Yuxiang}},"
    f" year = {{2024}}, abstract = {{How {n} of them live.}}, keywords = {{sea}}, aliases = {{old-{n}}},"
    f" pdf = {{paper.pdf}}}}\n"
    for n in range(12)
)
FILES: dict[str, str | bytes] = {
    "index.md": "# Home\n\n<!-- profile -->\n\nAs in [@Doe:1].\n\n<!-- publications {limit: 3} -->\n\n"
    "<!-- news {limit: 1} -->\n\n\\bibliography\n",
    "news.md": "# News\n\n## 2024-01-01 A [page](a/deep.md)\n[Home](index.md), [@Doe:2]\n",
    "publications.md": "# Publications\n\n<!-- publications {group: year} -->\n",
    "a/deep.md": "---\naliases: [gone.md, /very/old/]\n---\n# Deep\n\n![A photo](../p/photo.jpg)\n\n"
    "[@Doe:3], [News](../news.md), [a work](../publications.md#doe-4)\n",
    "publications/doe-5.md": "# Work 5\n\nMy own [words](../a/deep.md).\n",
    "p/photo.jpg": picture(700, 350, "JPEG"),
    "paper.pdf": b"%PDF-1.4",
    "publications.bib": WORKS,
}
SETTINGS = {
    "nav": [
        {"Home": "index.md"},
        {"News": "news.md"},
        {"Deep": [{"Deep": "a/deep.md"}]},
        {"Publications": "publications.md"},
    ],
    "extra": {"homepage": {"social_cards": False}},
}
SMALL = {name: FILES[name] for name in ("index.md", "news.md", "a/deep.md", "publications.md")} | {
    "publications.bib": WORKS.partition("\n@article{Doe:5")[0],
    **dict.fromkeys(("p/photo.jpg", "paper.pdf"), b""),
}
WHOLE = {"index.html", "404.html", "feed.xml", "feed.json", "sitemap.xml", "publications.bib"}
GUIDE = (ROOT / "guide/publishing.md").read_text(encoding="utf-8")


def block(heading: str, language: str) -> str:
    """The block of code below a heading of the guide."""
    found = re.search(rf"^## {re.escape(heading)}$.*?^```{language}\n(.*?)^```$", GUIDE, re.M | re.S)
    assert found, f"the guide has no block for {heading}"
    return found[1]


# -- hosts that build the site -----------------------------------------------------


def as_host(folder: Path, commands: str, files: Mapping[str, str | bytes] = SMALL) -> str:
    """Run the commands of a host on a small site, with the packages that are here already."""
    small_site(folder, files, SETTINGS)
    shutil.copy(ROOT / "requirements.txt", folder)
    pip = folder.parent / "bin/pip"
    write(pip.parent, {"pip": '#!/bin/sh\n[ "$1 $2" = "install -r" ] && [ -s "$3" ] && echo "has $3"\n'})
    pip.chmod(0o755)
    path = (str(pip.parent), str(Path(sys.executable).parent), ENV["PATH"])
    env = {**ENV, "PATH": os.pathsep.join(path), "HOME": str(folder.parent)}
    code, output = run("sh", "-ec", commands, cwd=folder, env=env)
    assert code == 0, output
    return output


def is_whole(site: Path) -> None:
    assert {path.name for path in site.iterdir()} >= WHOLE
    assert (site / "publications/doe-1/index.html").is_file()


def test_gitlab_pages(tmp_path: Path) -> None:
    text = block("GitLab Pages", "yaml")
    write(tmp_path, {".gitlab-ci.yml": text})
    code, output = conforms("gitlab-ci", tmp_path / ".gitlab-ci.yml")
    assert code == 0, output
    job = yaml.safe_load(text)["pages"]
    assert "has requirements.txt" in as_host(tmp_path / "site", "\n".join(job["script"]))
    assert job["artifacts"]["paths"] == ["public"]  # which GitLab wants
    is_whole(tmp_path / "site/public")


def test_netlify_and_cloudflare_pages(tmp_path: Path) -> None:
    netlify = tomllib.loads(block("Netlify", "toml"))["build"]
    cloudflare = yaml.safe_load(block("Cloudflare Pages", "text"))
    assert "has requirements.txt" in as_host(tmp_path / "site", netlify["command"])
    is_whole(tmp_path / "site" / netlify["publish"])
    assert netlify["command"] == cloudflare["Build command"]
    assert netlify["publish"] == cloudflare["Build output directory"]
    for python in (
        netlify["environment"]["PYTHON_VERSION"],
        str(cloudflare["Environment variable PYTHON_VERSION"]),
    ):
        assert python in known_pythons()


def known_pythons() -> list[str]:
    """Versions between the oldest and the newest that the workflows test."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))["jobs"]
    oldest, newest = jobs["test"]["strategy"]["matrix"]["python"]
    return [f"3.{n}" for n in range(int(oldest[2:]), int(newest[2:]) + 1)]


# -- walking through a site --------------------------------------------------------


def addresses(tree: Element) -> Iterator[str]:
    """Everything that a page leads to, or loads."""
    for element in tree.iter():
        for name in ("href", "src", "poster", "data-hp-later"):
            if name in element.attrib:
                yield element.attrib[name]
        yield from (part.split()[0] for part in element.get("srcset", "").split(",") if part.strip())
        if element.get("http-equiv") == "refresh":
            yield element.get("content", "").partition("url=")[2]
        if element.get("id") == "__config":
            yield json.loads(element.text or "")["search"]


def walk(start: str) -> dict[str, Element | None]:
    """Follow every link of a site; gives its pages as trees, and None for other files."""
    base = urljoin(start, ".")
    found: dict[str, Element | None] = {}
    todo = [(start, "")]
    asked: set[tuple[str, str]] = set()
    while todo:
        url, source = todo.pop()
        bare, fragment = urldefrag(url)
        bare = bare.partition("?")[0]
        if bare not in found:
            try:
                with urlopen(bare) as answer:
                    is_page = answer.headers.get_content_type() == "text/html"
                    found[bare] = tree = pages.parse(answer.read().decode()) if is_page else None
            except OSError as error:
                pytest.fail(f"{source} leads to {url}: {error}")
            links = [urljoin(bare, address) for address in (addresses(tree) if tree else ())]
            todo += [(link, bare) for link in links if link.startswith(base)]
        asked.add((bare, unquote(fragment)))
    for page, fragment in asked:
        tree = found[page]
        if fragment and tree is not None and not fragment.startswith("__"):
            assert fragment in pages.ids(tree), f"{page}#{fragment}"
    return found


def test_walking_finds_what_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"index.html": '<a href="b.html#x"></a>', "b.html": '<a id="x" href="c/"></a>'})
    with pytest.raises(BaseException, match=r"b\.html leads to file.*/c/"):
        walk((tmp_path / "index.html").as_uri())
    write(tmp_path, {"b.html": "<p></p>"})
    with pytest.raises(AssertionError, match=r"b\.html#x"):
        walk((tmp_path / "index.html").as_uri())


def has_everything(found: Mapping[str, Element | None], base: str, page: str) -> None:
    """All pages and files of the site have been seen; `page` is how addresses of pages end."""
    names = {url.removeprefix(base) for url in found}
    wanted = {
        f"publications{page}",
        f"news{page}",
        f"a/deep{page}",
        "paper.pdf",
        "feed.xml",
        "feed.json",
    }
    assert names >= wanted | {f"publications/doe-{n}{page}" for n in range(12)}
    assert any(name.endswith(".webp") for name in names)
    assert any(re.search(r"workers/search\.\w+\.min\.js$", name) for name in names)
    assert len([tree for tree in found.values() if tree is not None]) >= 16


# -- a web server, below a path ----------------------------------------------------

PLACE = "~me/site/"


@pytest.fixture(scope="module")
def below(
    tmp_path_factory: pytest.TempPathFactory, serve_dir: Callable[[Path], str]
) -> Callable[[str], str]:
    """Build a site for an address, and serve it below a path: gives where."""

    def at(url: str) -> str:
        folder = tmp_path_factory.mktemp("server")
        built = pages.build(folder, FILES, {**SETTINGS, "site_url": url, "site_dir": f"www/{PLACE}"})
        root = built.folder / "www"
        shutil.copy(root / PLACE / "404.html", root)  # where ours looks for the whole host
        return f"{serve_dir(root)}/{PLACE}"

    return at


@pytest.fixture(scope="module")
def right(below: Callable[[str], str]) -> str:
    """Where a site is served that knows its path."""
    return below(f"https://example.org/{PLACE}")


def test_below_a_path_everything_is_found(right: str) -> None:
    has_everything(walk(right), right, "/")
    for path in ("feed.xml", "sitemap.xml", "feed.json", "robots.txt", "llms.txt", "very/old/"):
        with urlopen(right + path) as answer:
            text = answer.read().decode()
        named = re.findall(rf"https://example\.org/{re.escape(PLACE)}([^\s<>\"&)#\\]*)", text)
        assert named, path
        for name in named:
            with urlopen(right + name) as answer:
                assert answer.status == 200, name


def test_below_a_path_the_page_for_nothing_leads_back(right: str) -> None:
    with pytest.raises(HTTPError) as error:
        urlopen(f"{right}no/such/page")
    tree = pages.parse(error.value.read().decode())
    error.value.close()
    links = [urljoin(right, address) for address in addresses(tree)]
    assert any(link.endswith("/homepage.css") for link in links)
    inside = [link for link in links if urlsplit(link).netloc == urlsplit(right).netloc]
    assert len(inside) > 10
    for link in inside:
        assert link.startswith(right)
        with urlopen(link) as answer:
            assert answer.status == 200, link


@pytest.mark.parametrize("url", ["", "https://elsewhere.example/other/"])
def test_whatever_the_site_says_of_its_address_its_links_lead_on(
    below: Callable[[str], str], url: str
) -> None:
    base = below(url)
    has_everything(walk(base), base, "/")


def test_below_a_path_a_visitor_gets_along(right: str, page: Page) -> None:
    said = listen(page)
    page.goto(right)
    use(page)
    assert said == []


# -- opened from disk --------------------------------------------------------------


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy as the guide has it made."""
    folder = tmp_path_factory.mktemp("owner")
    as_host(folder / "sources", block("Without a server", "sh"), FILES)
    return folder / "homepage"


def test_on_disk_every_link_leads_to_a_file(disk: Path) -> None:
    base = disk.as_uri() + "/"
    found = walk(f"{base}index.html")
    has_everything(found, base, ".html")
    for old in ("gone.html", "very/old/index.html", "publications/old-1.html"):
        assert walk(f"{base}{old}")  # lead on


def listen(page: Page) -> list[str]:
    """What a browser complains about from now on."""
    said: list[str] = []

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # by going on to another page
            said.append(f"{request.url}: {request.failure}")

    page.add_init_script(NOTED)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", failed)
    return said


def use(page: Page) -> None:
    """Read, follow links, look at pictures, find, switch to dark, search."""
    menu = page.locator(".md-sidebar--primary")
    menu.get_by_role("link", name="Publications").click()
    field = page.locator(".hp-find input").first
    expect(page.locator(".hp-pub:visible")).to_have_count(12)
    field.fill("Work 11")
    expect(page.locator(".hp-pub:visible")).to_have_count(1)
    page.locator(".hp-pub:visible summary", has_text="Abstract").click()
    expect(page.get_by_text("How 11 of them live.")).to_be_visible()
    menu.get_by_role("link", name="News").click()
    page.get_by_role("article").get_by_role("link", name="page").click()
    image = page.get_by_role("img", name="A photo")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    assert image.evaluate("e => e.naturalWidth") > 100
    page.get_by_role("button", name="Switch to").click()
    page.get_by_role("button", name="Switch to").click()
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.keyboard.press("/")
    page.keyboard.type("octopuses 7")
    page.locator(".md-search-result__link", has_text="Work 7").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Work 7")
    assert page.evaluate("window.refused") == []


def test_on_disk_a_visitor_gets_along(disk: Path, page: Page) -> None:
    said = listen(page)
    page.goto((disk / "index.html").as_uri())
    use(page)
    assert said == []
