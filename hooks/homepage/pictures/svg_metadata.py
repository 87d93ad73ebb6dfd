"""Removes what drawing programs write into an SVG: paths, names, and the source of the drawing.

Removed are comments, except about a licence, processing instructions, except style sheets,
`<metadata>`, and all elements and attributes of namespaces that browsers do not draw, such as
Inkscape's. All other bytes stay. If the file has scripts, which may need these, or is not well-formed,
nothing is removed. What stays, and paths anywhere in the file, is reported.
"""

import re
from xml.parsers import expat

_DRAWN = {
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1999/xhtml",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.w3.org/XML/1998/namespace",
}
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s|<!--.*?-->|<\?.*?\?>|<!DOCTYPE\s+(?:\w+:)?svg(?>[^>\[]|\[.*?\]\s*(?=>))*+>)*+<(?:\w+:)?svg[\s/>]",
    re.S | re.I,
)
_COMMENT, _INSTRUCTION = (re.compile(p, re.S) for p in (rb"<!--.*?-->", rb"<\?.*?\?>"))
_HEAD = 65_536  # bytes in which it must start
_TAG = re.compile(rb"""<(?>[^"'>]|"[^"]*"|'[^']*')*+>""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=>/"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_LICENCE = re.compile(r"licen[cs]e", re.I)
_PATH = re.compile(
    r"file:/+[^\s\"'<>&)]*|(?<![\w.~/%-])/(?:home|Users|root)/[^\s\"'<>&)]+|\b[A-Z]:\\{1,2}\w[^\"'<>&)]*",
    re.I,
)
_MARKERS = re.compile(rb"<!--|<metadata|sodipodi:|inkscape:|<mxfile|&lt;mxfile", re.I)


def is_svg(text: bytes) -> bool:
    """Is the first element of a text `<svg>`?"""
    return bool(_ROOT.match(text, 0, _HEAD))


class _Reader:
    """Finds what to remove, as pairs of start and end in the data."""

    def __init__(self, data: bytes, encoding: str | None):
        self.found: list[tuple[int, int]] = []
        self.is_simple = True
        self._data = data
        self._spaces: dict[str, str] = {"xml": "http://www.w3.org/XML/1998/namespace"}
        self._depth = self._within = 0  # the current depth; that of the element being removed
        self._start = self._end = 0
        self._parser = parser = expat.ParserCreate(encoding)
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.Parse(data, True)

    def _is_drawn(self, name: str) -> bool:
        prefix, colon, _ = name.partition(":")
        return not colon or self._spaces.get(prefix) in _DRAWN

    def _open(self, name: str, given: dict[str, str]) -> None:
        self._depth += 1
        if self._within:
            return
        for key, space in given.items():
            if key.startswith("xmlns:"):
                self.is_simple &= self._spaces.setdefault(key[6:], space) == space
        start = self._parser.CurrentByteIndex
        tag = _TAG.match(self._data, start)
        local = name.rpartition(":")[2]
        if not tag or local == "script":  # from an entity, or may use anything in the file
            self.is_simple = False
        elif (
            local == "metadata"
            or not self._is_drawn(name)
            or given.get("xmlns", "") not in ("", *_DRAWN)
        ):
            self._within, self._start = self._depth, start
            self._end = tag.end() if tag[0].endswith(b"/>") else 0  # else at its end tag
        elif any(":" in key or key == "content" for key in given):
            for match in _ATTRIBUTE.finditer(self._data, start, tag.end()):
                key = match[1].decode("utf-8", "replace")
                goes = not self._is_drawn(key) and not key.startswith("xmlns:")
                goes |= key.startswith("xmlns:") and given.get(key) not in _DRAWN
                goes |= key == "content" and "<mxfile" in given.get(key, "")  # draw.io's source
                self.found += [match.span()] * goes

    def _close(self, _name: str) -> None:
        if self._within == self._depth:
            end = self._end or self._end_of(_TAG)
            self.found.append((self._start, end))
            self._within = 0
        self._depth -= 1

    def _comment(self, text: str) -> None:
        if not _LICENCE.search(text) or _PATH.search(text):
            self._leave_out(_COMMENT)

    def _instruction(self, target: str, _text: str) -> None:
        if target != "xml-stylesheet":
            self._leave_out(_INSTRUCTION)

    def _leave_out(self, whole: re.Pattern[bytes]) -> None:
        if not self._within:
            self.found.append((self._parser.CurrentByteIndex, self._end_of(whole)))

    def _end_of(self, whole: re.Pattern[bytes]) -> int:
        """Return the end of the parser's current construct, which is not in the data if in an entity."""
        start = self._parser.CurrentByteIndex
        match = whole.match(self._data, start)
        self.is_simple &= bool(match)
        return match.end() if match else start


def without_metadata(text: bytes, encoding: str | None = None) -> tuple[bytes, list[str]]:
    """Remove metadata from an SVG; also returns the names of metadata that stays.

    The encoding must extend ASCII; without one, the file's own declaration is used.
    """
    try:
        reader = _Reader(text, encoding)
    except (expat.ExpatError, ValueError):  # not well-formed, or in an unknown encoding
        reader = None
    if reader is None or (reader.found and not reader.is_simple):
        markers = {match[0].decode().lstrip("<").lower() for match in _MARKERS.finditer(text)}
        return text, sorted(markers) + paths(text)
    if reader.found:
        starts, ends = zip(*reader.found, strict=True)
        kept = zip((0, *ends), (*starts, len(text)), strict=True)
        text = b"".join(text[start:end] for start, end in kept)
    return text, paths(text)


def paths(text: bytes) -> list[str]:
    """Return the paths in a text that are of files on somebody's computer."""
    return sorted({f"the path {match[0]}" for match in _PATH.finditer(text.decode("utf-8", "replace"))})
