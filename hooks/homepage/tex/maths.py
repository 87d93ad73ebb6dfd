"""Convert TeX maths to MathML, so that pages need no script and no font, and to plain text."""

import html
import re
import unicodedata
import xml.etree.ElementTree as ET
from functools import lru_cache
from itertools import takewhile

from ..invisible_characters import remove_invisible
from .tables import MATHS_ACCENTS, SILENT, SUBSCRIPTS, SUPERSCRIPTS

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
_LONGEST = 2_000  # characters; a longer formula is shown as its source
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(\s*)|\\(.)", re.S)
_ARGUMENT = r"(?:\{([^{}]*+)\}|([^\s{}\\^_]))"
_STRUCTURE = re.compile(
    rf"\\(?P<two>[dt]?frac|binom)\s*+{_ARGUMENT}\s*+{_ARGUMENT}"
    rf"|\\(?P<one>sqrt|{'|'.join(MATHS_ACCENTS)})(?![A-Za-z])\s*+{_ARGUMENT}"
    rf"|(?P<script>[_^])\s*+{_ARGUMENT}"
)
# Relations and arrows, which are written with space around them.
_RELATIONS = re.compile("[\u2190-\u21ff\u2208-\u220d\u223c-\u22bf\u22d0-\u22ff\u27f0-\u27ff×÷±∪∩]")


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
    if not source.strip() or len(source) > _LONGEST:
        return ""
    from latex2mathml.converter import convert_to_element

    try:
        tree = convert_to_element(source, display=display)
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


@lru_cache(maxsize=1024)
def maths_symbol(name: str) -> str | None:
    """The character of a command such as `alpha`, from latex2mathml's table, else None."""
    from latex2mathml.symbols_parser import convert_symbol

    if name == "sim":  # the table has a plain ~, which is a space in TeX
        return "∼"
    code = convert_symbol(f"\\{name}")
    return chr(int(code, 16)) if code else None


def shifted(text: str, mark: str) -> str | None:
    """The text in Unicode's superscripts (mark `^`) or subscripts (`_`), or None if some are missing."""
    table = SUPERSCRIPTS if mark == "^" else SUBSCRIPTS
    return "".join(map(table.__getitem__, text)) if text and table.keys() >= set(text) else None


@lru_cache(maxsize=1024)
def maths_plain(source: str) -> str:
    """Convert maths to plain text for search, feeds and exports: `α²`, `x_ij`, `√(2n)`, `a/b`."""
    if len(source) > _LONGEST:
        return " ".join(source.split())
    source = _COMMAND.sub(_symbol, source)
    for _ in range(20):  # from the innermost group outwards
        source, count = _STRUCTURE.subn(_structure, source)
        if not count:
            break
    source = _COMMAND.sub(lambda m: (m[1] or m[3] or "") + " ", source)
    source = re.sub(r"[{}]", "", source).replace("~", " ").translate(_GUARDED_BACK)
    return unicodedata.normalize("NFC", " ".join(source.split()))


_GUARDED = {"{": "\ue000", "}": "\ue001", "^": "\ue002", "_": "\ue003"}  # escaped: not structure
_GUARDED_BACK = str.maketrans({private: char for char, private in _GUARDED.items()})


def _symbol(match: re.Match[str]) -> str:
    if not match[1]:
        if match[3] in "%$#&_|{}":
            return _GUARDED.get(match[3], match[3])
        return "" if match[3] == "!" else " "
    name, space = match[1], match[2]
    if name in SILENT:
        return ""
    if name in MATHS_ACCENTS or name in ("sqrt", "frac", "dfrac", "tfrac", "binom"):
        return match[0]
    symbol = maths_symbol(name)
    if symbol is None:  # log, sin: the name of a function
        return name + (" " if space else "")
    if _RELATIONS.match(symbol):
        return f" {symbol} " if space else symbol
    return symbol + (" " if space and not symbol.isalnum() else "")


def _structure(match: re.Match[str]) -> str:
    found = [g or "" for g in match.groups()[1:]]
    if match["two"]:
        first, second = _group(found[0] or found[1]), _group(found[2] or found[3])
        return f"{first}/{second}" if match["two"] != "binom" else f"({first} {second})"
    text = next((m for m in match.groups()[::-1] if m is not None and m != match["script"]), "")
    if match["script"]:
        return shifted(text.strip(), match["script"]) or _GUARDED[match["script"]] + _group(text)
    if match["one"] == "sqrt":
        return "√" + (_group(text) if len(text) < 2 else f"({_group(text).strip('()')})")
    return text[:1] + MATHS_ACCENTS[match["one"]] + text[1:] if len(text) < 3 else text


def _group(text: str) -> str:
    """An argument, in parentheses if it could be misread without them."""
    text = text.strip()
    return f"({text})" if re.search(r"[-+\s/,=]", text) and len(text) > 2 else text
