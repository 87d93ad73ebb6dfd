"""Undo what databases and publishers make of a title: escaped tags, XML formulas, MathML.

Crossref's BibTeX escapes the HTML of a title a second time, in the command names of unicode-math;
IEEE, Wiley and Elsevier leave tags of their own; JATS and many databases have MathML.
"""

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable

_NAMES = (
    r"(?:(?:jats|mml|ce|xhtml):)?(?:italics?|ital|emph|em|i|bi|bold|b|strong|sub|sup|inf|sc|scp|small-caps"
    r"|smallcaps|tt|monospace|underline|u|p|br|a|div|span|title|sec|math|inline-formula|disp-formula|formula"
    r"|tex-math|tex|alternatives)"
)
_MATHML_NAMES = (
    r"(?:mml:)?m(?:row|i|n|o|s?text|space|style|sup|sub|subsup|frac|sqrt|root|over|under|fenced)"
)
TAG = rf"</?{_NAMES}(?=[\s/>])[^<>]{{0,300}}>"


def _escaped(command: str, sign: str, entity: str) -> str:
    """A pattern for a sign as exports write it: in maths, in braces, as a command or an entity."""
    maths = rf"\\?\$\s*+\{{?+\s*+{sign}\s*+\}}?+\s*+\\?\$|\\ensuremath\{{{sign}\}}"
    braced = rf"\{{\s*+(?:{maths}|{command})\s*+\}}"
    return rf"(?:{braced}|{maths}|{command}(?:\{{\}}|\s*+)|\\?&(?:amp;)?{entity};)"


_ESCAPED_TAG = re.compile(
    _escaped(r"\\textless", r"(?:<|\\less|\\lt|\\textless)", "lt")
    + rf"\s*(/?)({_NAMES[:-1]}|{_MATHML_NAMES})\b)((?:[^<>{{}}\\$&]|\\\"){{0,200}})"
    + _escaped(r"\\textgreater", r"(?:>|\\greater|\\gt|\\textgreater)", "gt"),
    re.I,
)
_LESS = re.compile(r"less|lt|[$]\s*<|\{<")
# unicode-math's names of ASCII characters, which Crossref writes: $\mathsemicolon$.
_ASCII = {
    "semicolon": ";", "plus": "+", "colon": ":", "comma": ",", "period": ".", "exclam": "!",
    "question": "?", "equal": "=", "slash": "/", "hyphen": "-", "atsign": "@",
}  # fmt: skip
_MATH_ASCII = re.compile(
    rf"\\?\$\s*\\math({'|'.join(_ASCII)})\s*\\?\$|\\math({'|'.join(_ASCII)})(?![A-Za-z])"
)
_ESCAPED_ENTITY = re.compile(r"\{?\\?&\}?(?=(?:[A-Za-z]{2,10}|#\d{1,6}|#x[0-9A-Fa-f]{1,5});)", re.I)
_ESCAPED_NUMBER = re.compile(r"(?:\{\\&\}|\\?&)(?:\{\\#\}|\\#)(?=\d{1,6};|x[0-9A-Fa-f]{1,5};)", re.I)
# The publishers' XML around a formula in TeX: ACM's processing instruction, IEEE's and JATS's elements.
_FORMULA = re.compile(
    r"<Formula\b[^<>]{0,100}>[^?]{0,100}?<\?TeX\s([^?]{0,1000})\?>[^?]{0,500}?</Formula>", re.I
)
_TEX_MATH = re.compile(r"<tex(?:-math)?\b[^<>]{0,100}>", re.I), re.compile(r"</tex(?:-math)?\s*>", re.I)
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.S)
_MATHML = (
    re.compile(r"<(?:\w{1,9}:)?math\b[^<>]{0,300}>", re.I),
    re.compile(r"</(?:\w{1,9}:)?math\s*>", re.I),
)
_OTHER_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|apos);)(#?\w{1,31};)")


# TeX that a reference manager took for text and escaped again: \$\_2\$, Garc\textbackslash{}'ia.
_ESCAPED_MATHS = re.compile(
    r"\\\$((?:[^$\\]|\\[_^{}%&#~]|\\text(?:backslash|asciicircum)(?![A-Za-z])){1,100}?)\\\$"
)
_ESCAPED_TWICE = re.compile(r"(?<=[A-Za-z])\\textbackslash(?:\{\}|\s*)(?=[`'^\"~=.][A-Za-z{])")
_TWICE = (
    ("\\textasciicircum{}", "^"), ("\\textasciicircum", "^"), ("\\textbackslash{}", "\\"),
    ("\\textbackslash", "\\"), ("\\_", "_"), ("\\{", "{"), ("\\}", "}"), ("\\^", "^"),
)  # fmt: skip


def undone(value: str) -> str:
    """The value with TeX and plain tags in place of what exports wrote."""
    if "\\$" in value:
        value = _ESCAPED_MATHS.sub(_unescaped_maths, value)
    if "\\textbackslash" in value:
        value = _ESCAPED_TWICE.sub(lambda _: "\\", value).replace("\\textbackslash\\&", "\\&")
    value = value.replace("$><$", "$>$$<$")
    if "\\math" in value:
        value = _MATH_ASCII.sub(lambda match: _ASCII[match[1] or match[2]], value)
    if ";" in value and "&" in value:
        value = _ESCAPED_NUMBER.sub("&#", value)
        value = _ESCAPED_ENTITY.sub("&", value)
    tags = list(_ESCAPED_TAG.finditer(value)) if _LESS.search(value) else []
    closed = {tag[2].lower() for tag in tags if tag[1] or tag[3].endswith("/")} | {"br"}
    if tags:
        value = _ESCAPED_TAG.sub(lambda tag: _tag(tag) if tag[2].lower() in closed else tag[0], value)
    if "<" not in value:
        return value
    value = _FORMULA.sub(r"\1", value)
    value = _elements(value, _TEX_MATH, _tex_math)
    return _elements(value, _MATHML, _from_mathml)


def _elements(
    value: str, tags: tuple[re.Pattern[str], re.Pattern[str]], tex: Callable[[str], str]
) -> str:
    """The value with TeX in place of the elements with these tags; linear in the value."""
    found, pos = [], 0
    while (start := tags[0].search(value, pos)) and (end := tags[1].search(value, start.end())):
        found.append(value[pos : start.start()])
        if not found[-1].endswith("$") or tags is not _MATHML:  # JATS's second alternative
            found.append(tex(value[start.start() : end.end()]))
        pos = end.end()
    return "".join(found) + value[pos:]


def _unescaped_maths(match: re.Match[str]) -> str:
    source = match[1]
    if not re.search(r"\\[_^{]|\\text", source):
        return match[0]
    for written, meant in _TWICE:
        source = source.replace(written, meant)
    return f"${source}$"


def _tag(match: re.Match[str]) -> str:
    space = " " if match[1] and match[0][-1].isspace() else ""
    return f"<{match[1]}{match[2]}{match[3]}>{space}"


def _tex_math(element: str) -> str:
    source = element[element.index(">") + 1 : element.rindex("<")]
    inner = _DOCUMENT.search(source)
    source = html.unescape(inner[1] if inner else source).strip().strip("$").strip()
    return f"${source}$" if source else ""


# -- MathML ---------------------------------------------------------------------

_SCRIPTS = {"msub": "_", "munder": "_", "msup": "^", "mover": "^"}
_OVER = {
    "¯": "bar", "‾": "bar", "―": "bar", "_": "bar", "\u0305": "bar", "^": "hat", "ˆ": "hat",
    "~": "tilde", "˜": "tilde", "∼": "tilde", "→": "vec", "˙": "dot", "¨": "ddot", "ˇ": "check",
}  # fmt: skip
_SPECIAL = str.maketrans({char: f"\\{char}" for char in "{}%#_&$"} | {"\\": r"\backslash "})
_DEEPEST = 50


def _from_mathml(element: str) -> str:
    """MathML as TeX maths; what is no XML keeps its text without tags."""
    source = re.sub(r"[{}]", "", element)
    source = _OTHER_ENTITY.sub(lambda entity: html.unescape(entity[0]), source)
    source = re.sub(r"\s+xmlns(?::\w+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", source.replace('\\"', '"'))
    source = re.sub(r"</?(?:\w+:)?\w+", _bare_tag, source)
    try:
        tex = " ".join(_tex(_parsed(source)).split())
    except ET.ParseError:
        return re.sub(r"<[^<>]*>", "", source)
    return f"${tex}$" if tex else ""


def _bare_tag(match: re.Match[str]) -> str:
    return ("</" if match[0][1] == "/" else "<") + re.sub(r"^\W+|\w+:", "", match[0]).lower()


def _parsed(source: str) -> ET.Element:
    source = re.sub(r"\s\w+:(\w+=)", r" \1", source)  # attributes of other vocabularies
    return ET.fromstring(source)  # noqa: S314 - from <math> on, so no DTD with entities


def _tex(element: ET.Element, depth: int = 0) -> str:
    text = (element.text or "").strip().translate(_SPECIAL)
    if depth > _DEEPEST or element.tag in ("annotation", "annotation-xml", "mphantom"):
        return text if depth > _DEEPEST else ""
    parts = [_tex(child, depth + 1) for child in element]
    kind = element.tag
    if kind == "mtext" or (kind == "mi" and len(text) > 1):
        return rf"\text{{{text}}}" if text.isascii() or kind == "mtext" else text
    if kind == "mspace":
        return r"\ "
    if kind == "mo" and len(text) > 1 and text.isalpha():
        return rf"\operatorname{{{text}}}"
    if kind == "mover" and len(parts) == 2 and parts[1].replace("\\", "") in _OVER:
        return rf"\{_OVER[parts[1].replace(chr(92), '')]}{{{parts[0]}}}"
    if kind in _SCRIPTS and len(parts) == 2:
        return f"{{{parts[0]}}}{_SCRIPTS[kind]}{{{parts[1]}}}"
    if kind in ("msubsup", "munderover") and len(parts) == 3:
        return f"{{{parts[0]}}}_{{{parts[1]}}}^{{{parts[2]}}}"
    if kind == "mfrac" and len(parts) == 2:
        return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
    if kind == "mroot" and len(parts) == 2:
        return rf"\sqrt[{parts[1]}]{{{parts[0]}}}"
    if kind == "msqrt":
        return rf"\sqrt{{{''.join(parts)}}}"
    if kind == "mfenced":
        opening, closing = element.get("open", "("), element.get("close", ")")
        return opening.translate(_SPECIAL) + ",".join(parts) + closing.translate(_SPECIAL)
    return text + "".join(parts)
