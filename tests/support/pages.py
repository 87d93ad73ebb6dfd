"""Built pages as trees, and what the tests ask of them."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from support import Built, mkdocs, small_site

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_UNSEEN = frozenset("script style template".split())
# An end tag that HTML lets Material leave out, or write twice, would make the tree another one.
_DRAWING = frozenset("path circle rect line polygon use".split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.builder = TreeBuilder()
        self.open: list[str] = []
        self.builder.start("page", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _VOID | _DRAWING, f"<{tag}/> is no element that can be closed so"
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1] == tag, f"</{tag}> closes <{self.open[-1]}>, line {self.getpos()[0]}"
        self.builder.end(self.open.pop())

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def parse(html: str) -> Element:
    """The tree of a page; tags that do not pair are a failure."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.open, f"<{reader.open[-1]}> stays open"
    reader.builder.end("page")
    return reader.builder.close()


def article(html: str) -> Element:
    """The part of a page that is its author's."""
    (found,) = [e for e in classed(parse(html), "md-content__inner") if e.tag == "article"]
    for menu in [e for e in found if "hp-sections" in e.get("class", "")]:
        found.remove(menu)
    return found


def classed(element: Element, name: str) -> list[Element]:
    """All elements below of a class."""
    return [e for e in element.iter() if name in e.get("class", "").split()]


def ids(element: Element) -> list[str]:
    """All ids below, each as often as it is there."""
    return [e.get("id", "") for e in element.iter() if e.get("id")]


def with_id(element: Element, name: str) -> Element:
    """The one element of an id."""
    (found,) = [e for e in element.iter() if e.get("id") == name]
    return found


def folded(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def text(element: Element) -> str:
    """What a reader reads: without scripts and the links beside headings, white space folded."""

    def walk(e: Element) -> str:
        if e.tag in _UNSEEN or "headerlink" in e.get("class", "").split():
            return ""
        return (e.text or "") + "".join(walk(child) + (child.tail or "") for child in e)

    return folded(walk(element))


def hrefs(element: Element) -> list[str]:
    """Addresses of all links below, but those beside headings."""
    return [a.get("href", "") for a in element.iter("a") if a.get("class") != "headerlink"]


def citations(element: Element) -> list[str]:
    """The citation sentences below."""
    return [text(e) for e in classed(element, "hp-pub__citation")]


def warnings(log: str) -> list[str]:
    """What a build warned of, without who said it: `docs/x.md:3: what (remedy)`."""
    found = re.findall(r"^(?:WARNING|ERROR) +-  (.*)$", log, re.M)
    return [re.sub(r"^homepage: ", "", line) for line in found]


def build(
    folder: Path,
    files: Mapping[str, str | bytes],
    settings: Mapping[str, Any] | None = None,
    *,
    strict: bool = True,
) -> Built:
    """A small site for many tests; as the fixture `make_site`, which makes one for one test."""
    small_site(folder, files, settings)
    returncode, log = mkdocs("build", *(["--strict"] if strict else []), cwd=folder)
    assert returncode == 0, log
    return Built(folder, returncode, log)
