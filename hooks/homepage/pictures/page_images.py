"""Improves pictures in pages: adds their sizes, loads them lazily, shows copies of large ones."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from markupsafe import escape

from ..model import Problem
from . import decoding, thumbnails
from .decoding import TooLarge, measured
from .thumbnails import Box, Copy, Limits
from .unused import is_named

ORIGINAL = "data-hp-original"  # an attribute that leaves a picture as it is
_LIMITS = Limits(60_000, 1600)
_WIDTHS = (800, 1600)  # pixels of the copies
_SIZES = "(min-width: 60em) 840px, 94vw"  # how wide the text is (--hp-measure), and so most pictures
_NOT_IN = frozenset(("pre", "code", "script", "style", "template", "textarea"))
_HINT_ALT = 'say in alt="…" what it shows, or that it only decorates: alt=""'

Attributes = dict[str, str | None]

_LATER: Attributes = {"loading": "lazy", "decoding": "async"}


class Place(NamedTuple):
    """The location of a page: its source's path in docs/, its path in the site, and more for messages.

    `base` is the site's path below its host; `source` the text, in which lines are counted.
    """

    path: str
    dest: str
    base: str = "/"
    shown: str = ""
    source: str = ""

    def candidates(self, src: str) -> Iterable[str]:
        """The paths in docs/ that an address may mean: as browsers read it, else from the source."""
        try:
            parts = urlsplit(src)
        except ValueError:  # no address, such as http://[x
            return
        path = unquote(parts.path)
        if parts.scheme or parts.netloc or not path or "\0" in path:
            return
        if path.startswith("/"):
            if path.startswith(self.base):
                yield posixpath.normpath(path.removeprefix(self.base))
            return
        for start in dict.fromkeys((self.dest, self.path)):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(start), path))

    def problem(self, tag: str, src: str, message: str, hint: str, severity: str = "warning") -> Problem:
        """A problem with a picture, in the line that has its tag, or the first that names it."""
        start = self.source.find(tag)
        line = self.source.count("\n", 0, start) + 1
        if start < 0:
            lines = enumerate(self.source.splitlines(), 1)
            line = next((number for number, text in lines if is_named(unquote(src), unquote(text))), 0)
        return Problem(self.shown or self.path, line, message, hint, severity)


class Improved(NamedTuple):
    """HTML, the copies that it shows by path in the site, and their originals' paths in docs/."""

    html: str
    files: dict[str, bytes]
    originals: set[str]
    problems: list[Problem]


class _Picture(NamedTuple):
    """An `<img>`: the position of its tag, the path of the picture in docs/, and its bytes."""

    start: int
    tag: str
    attributes: Attributes
    is_first: bool
    path: str
    data: bytes
    resize: bool


def improve(
    html: str,
    place: Place,
    read: Callable[[str], bytes | None],
    url: Callable[[str], str],
    cache: Path | None,
) -> Improved:
    """Return a page's HTML with sizes for its pictures, lazy loading, and copies of large pictures.

    `read` reads a file of docs/ that visitors may have, `url` makes paths in the site relative to
    the page, `cache` is a folder for copies.
    """
    found = Improved("", {}, set(), [])
    if "<img" not in html.lower():
        return found._replace(html=html)
    parts, end = [], 0
    for picture in _pictures(html, place, read, found.problems):  # one at a time: they may be large
        copies, refusal = _copies(picture, cache)
        start, tag, path = picture.start, picture.tag, picture.path
        parts.append(html[end:start])
        end = start + len(tag)
        if refusal:
            message = f"the picture '{path}' {refusal}; it is shown as it is"
            found.problems.append(place.problem(tag, path, message, decoding.HINT, refusal.severity))
        elif not copies and not path.lower().endswith(".svg"):  # an SVG may have no size
            message = f"the picture '{path}' cannot be read"
            found.problems.append(place.problem(tag, path, message, thumbnails.HINT))
        if not copies:
            parts.append(tag)
            continue
        new = {thumbnails.copy_path(path, c.data, "pictures"): c for c in copies if c.data}
        found.files.update((name, copy.data) for name, copy in new.items())
        found.originals.update([path] if new else [])
        addresses = [f"{url(name)} {copy.width}w" for name, copy in new.items()]
        src = url([path, *new][-1])
        parts.append(_tag(picture, copies[-1], src, addresses))
    return found._replace(html="".join([*parts, html[end:]]))


def _pictures(
    html: str, place: Place, read: Callable[[str], bytes | None], problems: list[Problem]
) -> Iterable[_Picture]:
    reader = _Reader(html)
    for number, (start, tag, attributes, resize) in enumerate(reader.found):
        src = attributes.get("src") or ""
        if "alt" not in attributes:
            message = f"the picture '{src[:60]}' says nothing to those who cannot see it"
            problems.append(place.problem(tag, src, message, _HINT_ALT, "advice"))
        if ORIGINAL in attributes:
            continue
        for path in place.candidates(src):
            if data := read(path):
                yield _Picture(start, tag, attributes, number == 0, path, data, resize)
                break


def _copies(picture: _Picture, cache: Path | None) -> tuple[list[Copy], TooLarge | None]:
    """What is shown of a picture, the largest last, and why there are no copies.

    That is copies, or the picture itself; nothing if it cannot be read.
    """
    data, width = picture.data, _pixels(picture.attributes.get("width"))
    small, large = (width, width * 2) if 0 < width * 2 <= _WIDTHS[1] else _WIDTHS
    source = thumbnails.Source(data, Box(large, limits=_LIMITS))
    if not picture.resize or data.startswith(b"GIF8"):
        return _itself(data), source.look()
    whole = thumbnails.cached(source, cache, Box(large, limits=_LIMITS))
    if source.refusal:
        return _itself(data), source.refusal
    copies = [whole] if whole else []
    if whole and whole.data and small * 4 <= whole.width * 3:  # else it would be nearly the same
        lesser = thumbnails.cached(source, cache, Box(small))
        copies = [lesser, whole] if lesser else copies
    return copies, None


def _itself(data: bytes) -> list[Copy]:
    size = measured(data)
    return [Copy(*size)] if size else []


def _tag(picture: _Picture, shown: Copy, src: str, sources: list[str]) -> str:
    """The tag of a picture that is shown as one at `src`, or one of `sources`."""
    new = picture.attributes.copy()
    old = urlsplit(new["src"] or "")
    query = f"?{old.query}" if old.query and not sources else ""
    new["src"] = src + query + (f"#{old.fragment}" if old.fragment else "")  # Material's #only-dark
    if len(sources) > 1:
        width = _pixels(new.get("width"))
        new["srcset"] = ", ".join(sources)
        new["sizes"] = f"{width}px" if width else _SIZES
    new |= _size(new, shown.width, shown.height)
    if not picture.is_first:  # the first one is usually visible at once
        new = {**_LATER, **new}
    written = (name if value is None else f'{name}="{escape(value)}"' for name, value in new.items())
    return f"<img {' '.join(written)}>"


def _size(attributes: Attributes, width: int, height: int) -> Attributes:
    """The attributes `width` and `height` that are missing, in the picture's own proportions."""
    if "height" in (attributes.get("style") or ""):  # without its width it would be distorted
        return {}
    if "width" not in attributes and "height" not in attributes:
        return {"width": str(width), "height": str(height)}
    if "height" not in attributes and (wide := _pixels(attributes["width"])):
        return {"height": str(max(1, round(wide * height / width)))}
    if "width" not in attributes and (high := _pixels(attributes["height"])):
        return {"width": str(max(1, round(high * width / height)))}
    return {}


def _pixels(value: str | None) -> int:
    """A length as HTML has it, or 0 for others, such as 50 %."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 5 else 0


class _Reader(HTMLParser):
    """Finds the pictures in HTML: positions of tags, tags, attributes, and whether they may change."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[int, str, Attributes, bool]] = []
        self._open: Counter[str] = Counter()
        self._lines = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect pictures outside code."""
        if tag in _NOT_IN or tag == "picture":
            self._open[tag] += 1
        elif tag == "img" and not any(self._open[name] for name in _NOT_IN):
            line, column = self.getpos()
            attributes = dict(reversed(attrs))  # the first of two counts
            written: Attributes = {name: attributes[name] for name, _ in attrs}
            resize = "srcset" not in written and not self._open["picture"]
            start = self._lines[line - 1] + column
            self.found.append((start, self.get_starttag_text() or "", written, resize))

    def handle_endtag(self, tag: str) -> None:
        """Count the end of an element whose pictures are treated differently."""
        if self._open[tag]:
            self._open[tag] -= 1
