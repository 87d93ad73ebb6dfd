"""Finds scripts, and files from other hosts, in SVG drawings.

Opened at its own address, an SVG is a document of the site's origin: its scripts run, and its links load
files. As a picture in a page it does neither (SVG 2, 2.7 and "Secure static mode"). The parser expands
no entity and fetches nothing.
"""

import re
from typing import NamedTuple
from xml.parsers import expat

from ..model import Problem

_SVG = "http://www.w3.org/2000/svg"
_XHTML = "http://www.w3.org/1999/xhtml"
_RUNNING = frozenset(
    "script handler listener foreignobject iframe embed object applet video audio".split()
)
_ANIMATING = frozenset("set animate animatetransform animatemotion animatecolor discard".split())
_ADDRESSED = frozenset("href src base action data".split())  # base is xml:base
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")
_SCRIPT = re.compile(r"(?:^|[;,'\"(])(?:java|vb|live)script:", re.I)
_DATA = re.compile(
    r"data:(?:image/(?:png|jpe?g|gif|webp|avif|bmp)|font/[\w.+-]+|application/(?:x-)?font[\w.+-]*"
    r"|application/(?:octet-stream|vnd\.ms-fontobject))[;,]",
    re.I,
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.I)
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.I | re.S)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_URL = re.compile(
    r"(?:url|src|image|image-set)\(\s*[\"']?([^\"'()]*)|[\"']\s*((?:https?:)?//[^\"']*)", re.I
)
# Only files that match are parsed. UTF-16, whose bytes show nothing, matches, too.
_SUSPICIOUS = re.compile(
    rb"\x00|<!|<\?xml-|[\s\"'/:]on\w+\s*=|script|handler|foreignobject|<(?:\w+:)?(?:set|animate|discard)\b"
    rb"|xhtml|href|(?:src|base|data|action)\s*=|(?:url|src|image|-set)\s*\(|@|\\|&#|encoding\s*=\s*[\"'](?!utf-8)",
    re.I,
)


class Fault(NamedTuple):
    """What a drawing could do; one that is not `harmful` is only odd, such as a link to another site."""

    line: int
    what: str
    harmful: bool = True


def faults(data: bytes) -> list[Fault]:
    """Return all faults of a drawing in order, up to where it cannot be parsed."""
    return _Reader().read(data)


def harmful(data: bytes) -> list[Fault]:
    """Return what could run or load something in a drawing; most files need no parsing."""
    return [f for f in faults(data) if f.harmful] if _SUSPICIOUS.search(data) else []


def advice(data: bytes, path: str) -> list[Problem]:
    """Return advice on the first harmful part of a drawing in docs/, if any."""
    hint = "it runs or loads that when opened at its own address; delete it, or save it as a PNG"
    message = "the drawing can do more than show something:"
    return [Problem(path, f.line, f"{message} {f.what}", hint, "advice") for f in harmful(data)[:1]]


class _Reader:
    """Collects faults from the calls of expat."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.root = ""
        self.style: list[str] | None = None
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartDoctypeDeclHandler = self.doctype
        parser.EntityDeclHandler = self.entity
        parser.AttlistDeclHandler = self.attributes

    def read(self, data: bytes) -> list[Fault]:
        try:
            self.parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:  # the latter: of odd encodings
            self.report(f"it cannot be read: {str(error).partition(':')[0]}", harmful=False)
        return list(dict.fromkeys(self.found))

    def report(self, what: str, *, harmful: bool = True) -> None:
        self.found.append(Fault(self.parser.CurrentLineNumber, what, harmful))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        local = local.rpartition(":")[2].lower()
        if not self.root:
            self.root = local
            if (space, local) != (_SVG, "svg"):
                self.report("it is no SVG", harmful=space == _XHTML)
        if local in _RUNNING or space == _XHTML:
            self.report(f"the element <{local}>")
        self.style = [] if local == "style" else self.style
        for key, value in attributes.items():
            self.attribute(local, key.rpartition(" ")[2].rpartition(":")[2].lower(), value)

    def attribute(self, element: str, name: str, value: str) -> None:
        bare = _UNSEEN.sub("", value)
        if name.startswith("on") or _SCRIPT.search(bare):
            self.report(f"the script in '{name}'")
        elif element in _ANIMATING and name == "attributename":
            target = bare.rpartition(":")[2].lower()
            if target in _ADDRESSED or target.startswith("on"):
                self.report(f"an animation that changes '{target}'")
        elif name in _ADDRESSED:
            self.address(bare, is_link=element == "a" and name == "href")
        elif "(" in value or "\\" in value or name == "style":
            self.styles(value)

    def address(self, bare: str, *, is_link: bool = False) -> None:
        if _SCHEME.match(bare) and not _DATA.match(bare):
            web = re.match(r"(?:https?:)?//|mailto:", bare, re.I)
            self.report(f"the address '{bare[:60]}'", harmful=not (is_link and web))

    def styles(self, css: str) -> None:
        css = _COMMENT.sub("", _ESCAPE.sub(_unescaped, css))
        if "@import" in css.lower():
            self.report("a style sheet from elsewhere (@import)")
        for match in _URL.finditer(css):
            self.address(_UNSEEN.sub("", match[1] or match[2] or ""))

    def text(self, data: str) -> None:
        if self.style is not None:
            self.style.append(data)

    def end(self, name: str) -> None:
        if self.style is not None and name.rpartition(" ")[2].lower() == "style":
            self.styles("".join(self.style))
            self.style = None

    def instruction(self, target: str, _: str) -> None:
        if target.lower().startswith("xml-"):
            self.report(f"the instruction <?{target}?>")

    def doctype(self, _name: str, system: str | None, _public: str | None, _own: int) -> None:
        if system and not re.match(r"https?://www\.w3\.org/", system):
            self.report(f"the document type '{system[:60]}'")

    def entity(self, name: str, _parameter: bool, value: str | None, *_: object) -> None:
        """Accept short ones for addresses, as Illustrator writes; others may hide something."""
        if value is None or _parameter or len(value) > 200 or set("<&") & set(value):
            self.report(f"the entity '{name}'")
            raise ValueError(f"the entity '{name}' may stand for anything")

    def attributes(self, element: str, name: str, _kind: str, default: str | None, _: int) -> None:
        if default:
            self.attribute(element.lower(), name.rpartition(":")[2].lower(), default)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1], 16) if match[1] else 0
    return chr(code) if 0 < code < 0x110000 else match[2] or ""
