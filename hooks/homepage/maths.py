"""TeX maths to MathML at build time, so that pages need no script and no font."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from functools import lru_cache

# Presentational attributes of MathML Core; links, styles and event handlers are not among them.
_ATTRIBUTES = frozenset(
    [
        "display",
        "stretchy",
        "fence",
        "form",
        "lspace",
        "rspace",
        "mathvariant",
        "columnalign",
        "rowspacing",
        "columnspacing",
        "displaystyle",
        "scriptlevel",
        "accent",
        "accentunder",
        "linethickness",
        "minsize",
        "maxsize",
        "width",
        "height",
        "depth",
        "movablelimits",
        "separator",
        "largeop",
        "columnlines",
        "rowlines",
        "notation",
    ]
)
_LONGEST = 2_000  # characters; a longer formula is shown as its source
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?\s*|\\(.)")


@lru_cache(maxsize=1024)
def mathml(source: str, display: str = "inline") -> str:
    """MathML of TeX maths (without its delimiters), or '' if it cannot be read.

    latex2mathml's own serialiser unescapes its input and keeps `\\href`, so that a hostile formula
    could put a script into the page: its tree is cleaned and written here instead.
    """
    if not source.strip() or len(source) > _LONGEST:
        return ""
    from latex2mathml.converter import convert_to_element

    try:
        tree = convert_to_element(source, display=display)
    except Exception:  # noqa: BLE001 - many kinds, IndexError and RecursionError too: not readable
        return ""
    # Old engines ignore MathML: the source tells them, and copying gives TeX back.
    for element in tree.iter():
        if not isinstance(element.tag, str) or not element.tag.isalnum():
            return ""
        for name in list(element.attrib):
            if name not in _ATTRIBUTES:
                del element.attrib[name]
        element.text = html.unescape(element.text) if element.text else element.text
        element.tail = html.unescape(element.tail) if element.tail else element.tail
    if display == "inline":
        del tree.attrib["display"]
    return ET.tostring(tree, encoding="unicode", short_empty_elements=False)


def maths_symbol(name: str) -> str | None:
    """The character of a command such as `alpha`, from latex2mathml's table, else None."""
    from latex2mathml.symbols_parser import convert_symbol

    code = convert_symbol(f"\\{name}")
    return chr(int(code, 16)) if code else None


def maths_plain(source: str) -> str:
    """Maths as plain text for search, feeds and exports: symbols as characters, `x^2` as it is."""

    def replace(match: re.Match[str]) -> str:
        if match[1]:
            return maths_symbol(match[1]) or ("" if match[1] in _SILENT else match[1])
        return match[2] if match[2] in "{}%$#&_|" else " "

    return " ".join(re.sub(r"[{}]", "", _COMMAND.sub(replace, source)).replace("~", " ").split())


_SILENT = frozenset(
    [
        "text",
        "mathrm",
        "mathbf",
        "mathit",
        "mathcal",
        "mathbb",
        "mathsf",
        "mathtt",
        "rm",
        "bf",
        "it",
        "left",
        "right",
        "operatorname",
        "textrm",
        "textit",
        "textbf",
        "emph",
        "mbox",
        "displaystyle",
        "limits",
    ]
)
