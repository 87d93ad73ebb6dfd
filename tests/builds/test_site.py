"""This repository's own site, whoever owns it: whole, closed, and without a slip in its HTML."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import pytest

from support import CONFIG, ROOT, pages


@pytest.fixture(scope="module")
def trees(built_site: Path) -> dict[str, Element]:
    """Every page by its path in the site."""
    found = {
        path.relative_to(built_site).as_posix(): pages.parse(path.read_text(encoding="utf-8"))
        for path in sorted(built_site.rglob("*.html"))
    }
    assert found.keys() >= {"index.html", "404.html"}
    return found


def test_page_that_is_not_found_is_a_page_of_the_site(trees: dict[str, Element]) -> None:
    missing = trees["404.html"]
    assert "404" in " ".join(pages.text(h) for h in missing.iter("h1"))
    (title,) = [e for e in missing.iter("title") if "404" in pages.text(e)]
    assert pages.text(title).startswith("404 – Page not found - ")
    styles = [e.get("href", "") for e in missing.iter("link") if e.get("rel") == "stylesheet"]
    assert any(style.endswith("/homepage.css") for style in styles)
    assert all(style.startswith("/") for style in styles), "it is shown at any depth"
    article = next(e for e in missing.iter("article"))
    assert len({a.get("href") for a in article.iter("a")}) >= min(3, len(trees) - 1), "it leads on"


def _fetched(tree: Element) -> Iterator[str]:
    """Addresses that a browser fetches by itself."""
    kinds = {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch", "modulepreload", "prefetch"}
    for element in tree.iter():
        if element.tag == "link" and kinds & set(element.get("rel", "").split()):
            yield element.get("href", "")
        if element.tag != "a":
            yield from (element.get(name, "") for name in ("src", "poster", "data") if element.get(name))
            yield from (part.split()[0] for part in element.get("srcset", "").split(",") if part.split())
        style = f"{element.get('style', '')}{element.text or '' if element.tag == 'style' else ''}"
        yield from re.findall(r"(?:url\(|@import\s+)['\"]?([^'\")]+)", style)


def test_no_page_fetches_anything_from_another_host(trees: dict[str, Element]) -> None:
    for page, tree in trees.items():
        fetched = list(_fetched(tree))
        assert any(address.endswith(".css") for address in fetched), page
        assert any(address.endswith(".js") for address in fetched), page
        for address in fetched:
            assert not urlsplit(address).netloc, f"{page} fetches {address}"


def test_no_style_fetches_anything_from_another_host(built_site: Path) -> None:
    sheets = list(built_site.rglob("*.css"))
    assert any(sheet.name == "homepage.css" for sheet in sheets)
    for sheet in sheets:
        css = sheet.read_text(encoding="utf-8")
        addresses = re.findall(r"url\(['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", css)
        foreign = [a for pair in addresses for a in pair if urlsplit(a).netloc]
        assert not foreign, sheet.name


def test_every_link_inside_the_site_leads_somewhere(built_site: Path, trees: dict[str, Element]) -> None:
    base = CONFIG.get("site_url") or "https://site.invalid/"
    ids = {page: set(pages.ids(tree)) for page, tree in trees.items()}
    checked = 0
    for page, tree in trees.items():
        here = base + page.removesuffix("index.html")
        for element in tree.iter():
            address = element.get("href") or element.get("src") or ""
            target = urlsplit(urljoin(here, address))
            if not address or not urljoin(here, address).startswith(base):
                continue
            path = target.path.removeprefix(urlsplit(base).path)
            path = f"{path}index.html" if not path or path.endswith("/") else path
            assert (built_site / path).is_file(), f"{page} leads to {address}, which is not there"
            if target.fragment and not target.fragment.startswith("__"):
                assert target.fragment in ids[path], f"{page} leads to {address}, which is not there"
            checked += 1
    assert checked > 10 * len(trees)


def test_ids_are_unique_on_every_page(trees: dict[str, Element]) -> None:
    for page, tree in trees.items():
        ids = pages.ids(tree)
        assert ids, page
        assert len(ids) == len(set(ids)), page


def test_bibtex_for_visitors_has_every_work_and_no_internal_fields(built_site: Path) -> None:
    bibtex = (built_site / "publications.bib").read_text(encoding="utf-8")
    if not (ROOT / "docs/publications.bib").is_file():
        pytest.skip("the site has no publications")
    assert re.findall(r"^@\w+\{([^,]+),", bibtex, re.M)
    fields = set(re.findall(r"^\s*([\w+]+)\s*=", bibtex, re.M))
    assert {"title", "author", "year"} <= fields
    assert not fields & {"selected", "code", "pdf"}


def test_nothing_is_published_that_is_not_for_visitors(built_site: Path) -> None:
    files = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()}
    assert {"index.html", "publications.bib", "sitemap.xml"} <= files
    assert "people.yml" not in files
    assert not [name for name in files if name.startswith(("fragments/", "partials/"))]
    assert not [name for name in files if name.endswith((".md", ".py", ".yml"))]
