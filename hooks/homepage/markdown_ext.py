"""Our two Markdown extensions: maths as MathML, and lists after `<!-- timeline -->` as timelines."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from .maths import mathml

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
_NUMERIC = re.compile(r"\d{4}(?:[./-]\d{1,2}(?!\d)){0,2}")


class HomepageExtension(Extension):
    """Registers both tree processors, behind inline patterns and pymdownx.arithmatex."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - its name there
        """Called by Python-Markdown."""
        md.treeprocessors.register(MathsTreeprocessor(md), "hp-maths", 15)
        md.treeprocessors.register(TimelineTreeprocessor(md), "hp-timeline", 14)


class MathsTreeprocessor(Treeprocessor):
    """Puts MathML in the place of what arithmatex (generic) marked as maths."""

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
                element.tail = child.tail
                parent[index] = element


class TimelineTreeprocessor(Treeprocessor):
    """Makes the list that follows a `<!-- timeline -->` a timeline: its dates become a column.

    The text and its order stay as they are, for screen readers and for copying.
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
                comment = self.comment(child)
                wanted = bool(comment)

    def comment(self, element: ET.Element) -> bool:
        """Is this the comment that asks for a timeline?"""
        match = _PLACEHOLDER.fullmatch((element.text or "").strip())
        if element.tag != "p" or not match or len(element):
            return False
        raw = self.md.htmlStash.rawHtmlBlocks[int(match[1])] if self.md else ""
        return isinstance(raw, str) and bool(_TIMELINE.match(raw.strip()))


def _restructure(item: ET.Element) -> None:
    """Move the date of an item into an element before (or, where it ends the text, after) the rest."""
    body = ET.Element("div", {"class": "hp-timeline__text"})
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
    first = date is not None
    if date is None:
        inline = [e for e in source if e.tag not in ("ul", "ol", "p", "div", "table", "pre")]
        holder, name = (inline[-1], "tail") if inline else (source, "text")
        text = getattr(holder, name) or ""
        if match := _TRAILING.search(text):
            date = _date(match[2], match[1], match[3])
            setattr(holder, name, text[: match.start()])
    body.text, item.text = item.text, None
    for child in list(item):
        item.remove(child)
        body.append(child)
    parts = [body] if date is None else [date, body] if first else [body, date]
    item.extend(parts)


def _date(text: str, before: str, after: str) -> ET.Element:
    element = ET.Element("span", {"class": "hp-timeline__date"})
    if before:
        ET.SubElement(element, "span", {"class": "hp-timeline__mark"}).text = before
    last: ET.Element | None = element[-1] if len(element) else None
    pos = 0

    def write(plain: str) -> None:
        if last is None:
            element.text = (element.text or "") + plain
        else:
            last.tail = (last.tail or "") + plain

    for match in _NUMERIC.finditer(text):
        write(text[pos : match.start()])
        parts = re.split(r"[./-]", match[0])
        last = ET.SubElement(element, "time")
        last.set("datetime", "-".join([parts[0], *(p.zfill(2) for p in parts[1:])]))
        last.text = match[0]
        pos = match.end()
    write(text[pos:])
    if after.strip():
        ET.SubElement(element, "span", {"class": "hp-timeline__mark"}).text = after
    else:
        write(after)
    return element
