"""The Markdown extension: maths as MathML, timelines after `<!-- timeline -->`, and ids of headings."""

import re
import unicodedata
import xml.etree.ElementTree as ET
from itertools import filterfalse, takewhile

from markdown import Extension, Markdown
from markdown.extensions import toc
from markdown.treeprocessors import Treeprocessor

from ..publications import parse
from ..tex import mathml

_PLACEHOLDER = re.compile("\x02wzxhzdk:(\\d+)\x03")
_TIMELINE = re.compile(r"<!--\s*timeline\s*-->\s*$")
_POINT = (
    r"(?:\d{4}(?:[./-]\d{1,2}(?!\d)){0,2}(?:\s+(?:spring|summer|autumn|fall|winter))?"
    r"|(?:spring|summer|autumn|fall|winter|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*"
    r"|sep\w*|oct\w*|nov\w*|dec\w*)\.?\s+\d{4})"
)
_OPEN_END = r"(?:now|today|present|ongoing|至今|heute)"
_RANGE = rf"{_POINT}(?:\s*(?:[-–—~]|to|until|bis)\s*(?:{_POINT}|{_OPEN_END}))?"
_LEADING = re.compile(rf"\s*({_RANGE})(\s*[:,：，]\s*|\s+[-–—|]\s+|\s*$)", re.I)
_TRAILING = re.compile(rf"(\s*[,;，(（]\s*)({_RANGE})(\s*[)）]?\.?\s*)$", re.I)
_BLOCKS = frozenset("ul ol p div table pre blockquote details dl".split())
_NUMERIC = re.compile(r"(\d{4}(?:[./-]\d{1,2}(?!\d)){0,2})")


class HomepageExtension(Extension):
    """Registers both tree processors, after inline patterns and pymdownx.arithmatex, and the slugs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - its name there
        """Called by Python-Markdown."""
        md.treeprocessors.register(MathsTreeprocessor(md), "hp-maths", 15)
        md.treeprocessors.register(TimelineTreeprocessor(md), "hp-timeline", 14)
        for contents in md.treeprocessors:
            if isinstance(contents, toc.TocTreeprocessor) and contents.slugify is toc.slugify:
                contents.slugify = heading_id  # the owner has set no other


def heading_id(text: str, separator: str) -> str:
    """Python-Markdown's Unicode slug, in which Latin letters lose their accents as in its default.

    The default keeps nothing of other scripts: such ids were `_1`, `_2` and moved with each heading.
    """
    letters = unicodedata.normalize("NFC", text)
    bare = (
        "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", c))) for c in letters
    )
    pairs = zip(letters, bare, strict=True)
    return toc.slugify_unicode("".join(b if b.isascii() else c for c, b in pairs), separator)


class MathsTreeprocessor(Treeprocessor):
    """Replaces maths, as marked by arithmatex (generic), by MathML."""

    def run(self, root: ET.Element) -> None:
        """Called by Python-Markdown."""
        for parent in root.iter():
            for index, child in enumerate(list(parent)):
                if child.get("class") != "arithmatex" or not child.text:
                    continue
                display = "block" if child.tag == "div" else "inline"
                source = child.text.strip()[2:-2]
                tree = mathml(source, display)
                if not tree:
                    child.tag, child.text = "code", source
                    continue
                element = ET.fromstring(tree)  # noqa: S314 - our own, just written
                if display == "block":  # in a box that scrolls if the formula is wide
                    child.set("class", "hp-math")
                    child.text = None
                    child.append(element)
                    continue
                element.tail = child.tail
                parent[index] = element


class TimelineTreeprocessor(Treeprocessor):
    """Turns the list after a `<!-- timeline -->` into a timeline, with its dates in a column.

    Text and order do not change, for screen readers and for copying.
    """

    def run(self, root: ET.Element) -> None:
        """Called by Python-Markdown."""
        for parent in list(root.iter()):
            wanted = False
            for child in list(parent):
                if wanted and child.tag in ("ul", "ol"):
                    child.set("class", "hp-timeline")
                    for item in child.findall("li"):
                        _restructure(item)
                wanted = self.comment(child)

    def comment(self, element: ET.Element) -> bool:
        """Is this the comment `<!-- timeline -->`?"""
        match = _PLACEHOLDER.fullmatch((element.text or "").strip())
        if element.tag != "p" or not match or len(element):
            return False
        raw = self.md.htmlStash.rawHtmlBlocks[int(match[1])] if self.md else ""
        return isinstance(raw, str) and bool(_TIMELINE.match(raw.strip()))


def _restructure(item: ET.Element) -> None:
    """Move the date of an item into an element before the rest, or after it if the date is last."""
    loose = len(item) and item[0].tag == "p" and not (item.text or "").strip()
    source = item[0] if loose else item
    bold = source[0] if len(source) and source[0].tag in ("strong", "em", "b") else None
    date: ET.Element | None = None
    if bold is not None and not (source.text or "").strip() and len(bold) == 0:
        match = _LEADING.fullmatch(bold.text or "")
        if match:
            after = re.match(r"\s*[:,：，]?\s*", bold.tail or "")
            separator = match[2] + (after[0] if after else "")
            date = _date(match[1], "", separator)
            source.text = (bold.tail or "")[len(after[0]) if after else 0 :]
            source.remove(bold)
    if date is None and (match := _LEADING.match(source.text or "")):
        date = _date(match[1], "", match[2])
        source.text = (source.text or "")[match.end() :]
    if date is not None:
        item[:] = [date, _text("div", item)]
        return
    inline = list(takewhile(lambda e: e.tag not in _BLOCKS, source))
    holder, name = (inline[-1], "tail") if inline else (source, "text")
    text = getattr(holder, name) or ""
    if not (match := _TRAILING.search(text)):
        item[:] = [_text("div", item)]
        return
    setattr(holder, name, text[: match.start()])
    # A span: the line break after a <div> would separate the text from its comma.
    first = _text("span", source, len(inline))
    if loose:
        item.remove(source)
        item.text = source.tail
    parts = [first, _date(match[2], match[1], match[3])]
    item[:] = [*parts, _text("div", item)] if len(item) else parts


def _text(tag: str, source: ET.Element, count: int | None = None) -> ET.Element:
    """Move the text and the first `count` children of an element into one for a timeline's text."""
    element = ET.Element(tag, {"class": "hp-timeline__text"})
    element.text, source.text = source.text, None
    element[:] = source[:count]
    del source[:count]
    return element


def _date(text: str, before: str, after: str) -> ET.Element:
    element = ET.Element("span", {"class": "hp-timeline__date"})
    if before:
        ET.SubElement(element, "span", {"class": "hp-timeline__mark"}).text = before
    for number, part in enumerate(_NUMERIC.split(text)):
        if number % 2 and (when := parse(part)):
            ET.SubElement(element, "time", {"datetime": when.iso()}).text = part
        else:
            _append(element, part)
    if after.strip():
        ET.SubElement(element, "span", {"class": "hp-timeline__mark"}).text = after
    else:
        _append(element, after)
    return element


def _append(element: ET.Element, text: str) -> None:
    """Add text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
