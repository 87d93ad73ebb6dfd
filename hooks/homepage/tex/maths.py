"""Convert TeX maths to MathML, so that pages need no script and no font."""

import html
import re
import unicodedata
import xml.etree.ElementTree as ET
from functools import lru_cache
from itertools import takewhile

from ..invisible_characters import remove_invisible
from .maths_text import LONGEST, understood

# Presentational attributes of MathML Core; links, styles and event handlers are not among them.
_ATTRIBUTES = frozenset(
    "display stretchy fence form lspace rspace mathvariant columnalign rowspacing columnspacing "
    "displaystyle scriptlevel accent accentunder linethickness minsize maxsize width height depth "
    "movablelimits separator largeop columnlines rowlines notation".split()
)
_CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3,
    "munderover": 3,
}  # fmt: skip
_SIZES = frozenset(
    "lspace rspace rowspacing columnspacing linethickness minsize maxsize width height depth".split()
)
_SIZE = re.compile(r"[+-]?(\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})(em|ex|px|pt|mm|cm|in|pc|mu)?")
_EMS = {"ex": 0.5, "px": 1 / 16, "pt": 0.1, "mm": 0.28, "cm": 2.8, "in": 7.2, "pc": 1.2, "mu": 1 / 18}
_LARGEST = 5  # em; what is larger could cover the page
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BETWEEN_TAGS = re.compile(r"(^|>)([^<]+)")
_BEHIND_TAG = re.compile(r">([^\x00-\x7f])")


def legal(text: str) -> str:
    """Remove characters that XML 1.0 forbids, such as surrogates, and invisible deceptive ones."""
    return text if text.isprintable() else remove_invisible(_FORBIDDEN.sub("", text))


def shielded(markup: str) -> str:
    """Normalize the text in markup to NFC, so that later normalization does not change its tags.

    The stroke of U+0338 would combine with the `>` of a tag before it. So combining characters at the
    start of a text are written as references.
    """
    if markup.isascii():
        return markup
    if unicodedata.is_normalized("NFC", markup) and not any(
        map(unicodedata.combining, (markup[0], *_BEHIND_TAG.findall(markup)))
    ):
        return markup
    return _BETWEEN_TAGS.sub(_shielded_run, markup)


def _shielded_run(match: re.Match[str]) -> str:
    run = match[2]
    if "\u0338" in run:  # combine the stroke with an escaped >, too
        run = html.escape(unicodedata.normalize("NFC", html.unescape(run)), quote=False)
    else:
        run = unicodedata.normalize("NFC", run)
    leading = list(takewhile(unicodedata.combining, run))
    return match[1] + "".join(f"&#{ord(c)};" for c in leading) + run[len(leading) :]


def _is_sane(size: str) -> bool:
    """Are all lengths of an attribute small?"""
    found = [_SIZE.fullmatch(part) for part in size.split()]
    return all(m and float(m[1]) * _EMS.get(m[2] or "em", 1) <= _LARGEST for m in found)


def _space_functions(row: ET.Element) -> None:
    """Add space around function names as TeX does: log n, not logn, but log(n)."""
    for place, part in enumerate(row):
        name = next(iter(part), part) if part.tag in ("msub", "msup", "msubsup") else part
        if name.tag == "mi" and re.fullmatch("[a-z]{2,}", name.text or ""):
            after = row[place + 1 : place + 2]
            name.tag = "mo"
            name.set("lspace", "0" if place == 0 or row[place - 1].tag == "mo" else "0.17em")
            name.set("rspace", "0" if not after or after[0].text in ("(", "[") else "0.17em")


@lru_cache(maxsize=1024)
def mathml(source: str, display: str = "inline") -> str:
    """MathML of TeX maths (without its delimiters), or '' if it cannot be read.

    latex2mathml's own serializer unescapes its input and keeps `\\href`, so a hostile formula could
    put a script into the page. The tree is cleaned and serialized here instead.
    """
    source = legal(source)
    if not source.strip() or len(source) > LONGEST:
        return ""
    from latex2mathml.converter import convert_to_element

    try:
        tree = convert_to_element(understood(source), display=display)
    except Exception:  # noqa: BLE001 - many kinds, such as IndexError and RecursionError
        return ""
    for element in tree.iter():
        if not isinstance(element.tag, str) or not element.tag.isalnum():
            return ""
        for name in list(element.attrib):
            if name not in _ATTRIBUTES or (name in _SIZES and not _is_sane(element.attrib[name])):
                del element.attrib[name]
        if len(element) != _CHILDREN.get(element.tag, len(element)) or "\\" in (element.text or ""):
            return ""  # an unknown command, or one without its argument
        element.text = legal(html.unescape(element.text)) if element.text else element.text
        element.tail = legal(html.unescape(element.tail)) if element.tail else element.tail
    for row in tree.iter("mrow"):
        _space_functions(row)
    if display == "inline":
        del tree.attrib["display"]
    try:
        return shielded(ET.tostring(tree, encoding="unicode", short_empty_elements=False))
    except RecursionError:
        return ""
