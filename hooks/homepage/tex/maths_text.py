"""Convert TeX maths to plain text, for titles, search, feeds and exports."""

import re
import unicodedata
from functools import lru_cache

from .letters import maths_symbol
from .letters import symbol as text_symbol
from .tables import MATHS_ACCENTS, SILENT, SUBSCRIPTS, SUPERSCRIPTS

LONGEST = 2_000  # characters; a longer formula is shown as its source
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?(\s*)|\\(.)", re.S)
_ARGUMENT = r"(?:\{([^{}]*+)\}|([^\s{}\\^_]))"
_STRUCTURE = re.compile(
    rf"\\(?P<two>frac|binom|stackrel|overset|underset)\s*+{_ARGUMENT}\s*+{_ARGUMENT}"
    rf"|\\(?P<root>sqrt)\s*+\[([^\[\]{{}}]{{1,20}})\]\s*+{_ARGUMENT}"
    rf"|\\(?P<one>sqrt|pmod|pod|{'|'.join(MATHS_ACCENTS)})(?![A-Za-z])\s*+{_ARGUMENT}"
    rf"|(?P<script>[_^])\s*+{_ARGUMENT}"
    r"|\{(?P<above>[^{}\\]*+)\\(?P<infix>over|choose|atop)(?![A-Za-z])(?P<below>[^{}]*+)\}"
    r"|\{\{(?P<braced>[^{}]*+)\}"
)
# Commands that latex2mathml lacks, by others with the same meaning: AMS-TeX's and MathSciNet's
# (mathscinet.sty), nicefrac's, xfrac's, and what belongs into text.
_ALIASES = {
    "sp": "^", "sb": "_", "romsup": "^", "asup": "^", "tsup": "^", "tsub": "_", "bold": r"\mathbf",
    "roman": r"\mathrm", "rom": r"\mathrm", "Bbb": r"\mathbb", "germ": r"\mathfrak",
    "goth": r"\mathfrak", "frak": r"\mathfrak", "Cal": r"\mathcal", "scr": r"\mathscr",
    "nicefrac": r"\frac", "sfrac": r"\frac", "textsc": r"\text", "ensuremath": "",
    "textsuperscript": "^", "textsubscript": "_", "textnormal": r"\text", "textup": r"\text",
    "tprime": r"\prime", "mathsemicolon": ";", "emph": r"\mathit", "mathbbm": r"\mathbb",
    "mathds": r"\mathbb", "pmb": r"\boldsymbol", "cancel": "", "substack": "",
}  # fmt: skip
_ALIASES |= {
    f"var{name}": rf"\{name}"
    for name in "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split()
}
_KNOWN = re.compile(
    r"\\not\s*(?P<negated>\\[A-Za-z]+|[=<>])(?P<after>\s?)|\\(?P<name>[A-Za-z]+)(?P<space>\s?)"
)
_FRACTIONS = re.compile(r"\\(?:[dtc]frac|nicefrac|sfrac)(?![A-Za-z])|\\[dt]binom(?![A-Za-z])")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\{[clr|]*\})?")
_ARROW_WITH_TEXT = re.compile(r"\\x((?:long)?(?:left|right)arrow)(?:\[[^\[\]]*\])?\s*")
_ROOT_OF = re.compile(r"\\root\s*(?:\{([^{}]*)\}|(\w))\s*\\of(?![A-Za-z])\s*")  # of plain TeX
_ORDINAL = re.compile(
    r"(?<=\d)\^\s*\{?\s*(?:\\(?:rm|mathrm|text|textrm)(?![A-Za-z])\s*\{?)?\s*(st|nd|rd|th)\s*\}{1,2}"
)
_TOP_INFIX = re.compile(r"([^{}\\]+)\\(over|choose|atop)(?![A-Za-z])([^{}]+)")
# Relations and arrows, which are written with space around them.
_RELATIONS = re.compile("[\u2190-\u21ff\u2208-\u220d\u223c-\u22bf\u22d0-\u22ff\u27f0-\u27ff×÷±∪∩]")


def understood(source: str) -> str:
    """The source with commands that latex2mathml knows in place of others."""
    if "\\" not in source:
        return source
    return _KNOWN.sub(_replaced, _ROOT_OF.sub(r"\\sqrt[\1\2]", source))


def _replaced(match: re.Match[str]) -> str:
    if match["negated"]:  # \\not= is one sign
        sign = match["negated"]
        sign = (maths_symbol(sign[1:]) or "") if sign[0] == "\\" else sign
        composed = unicodedata.normalize("NFC", sign + "\u0338")
        if len(composed) > 1:
            return match[0]
        return f" {composed} " if match["after"] else composed
    name, space = match["name"], match["space"]
    if name in _ALIASES:
        return _ALIASES[name] + space
    if name == "textasciitilde":  # a ~ would be a space
        return "∼" + space
    if maths_symbol(name) is None and (found := text_symbol(name)):
        return found + ("" if found.isalpha() else space)
    return match[0]


def shifted(text: str, mark: str) -> str | None:
    """The text in Unicode's superscripts (mark `^`) or subscripts (`_`), or None if some are missing."""
    table = SUPERSCRIPTS if mark == "^" else SUBSCRIPTS
    return "".join(map(table.__getitem__, text)) if text and table.keys() >= set(text) else None


@lru_cache(maxsize=1024)
def maths_plain(source: str) -> str:
    """Convert maths to plain text for search, feeds and exports: `α²`, `x_ij`, `√(2n)`, `a/b`."""
    if len(source) > LONGEST:
        return " ".join(source.split())
    source = _ORDINAL.sub(r"\1", source)
    if "\\begin" in source:
        source = _ENVIRONMENT.sub(" ", source.replace("\\\\", "; ")).replace("&", " ")
    source = _FRACTIONS.sub(lambda match: r"\binom" if "binom" in match[0] else r"\frac", source)
    source = _COMMAND.sub(_symbol, _ARROW_WITH_TEXT.sub(r"\\\1^", understood(source)))
    source = _TOP_INFIX.sub(r"{\1\\\2\3}", source) if _TOP_INFIX.fullmatch(source) else source
    for _ in range(20):  # from the innermost group outwards
        source, count = _STRUCTURE.subn(_structure, source)
        if not count:
            break
    source = _COMMAND.sub(lambda m: (m[1] or m[3] or "") + " ", source)
    source = re.sub(r"[{}]", "", source).replace("~", " ").translate(_GUARDED_BACK)
    return unicodedata.normalize("NFC", " ".join(source.split()))


_STRUCTURES = "sqrt frac binom stackrel overset underset pmod pod over choose atop".split()
_PREFIXES = "∂∇¬∀∃√"  # signs that belong to what follows
_ROOTS = {"2": "√", "3": "∛", "4": "∜"}
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
    if name in MATHS_ACCENTS or name in _STRUCTURES:
        return match[0]
    if name in ("bmod", "mod"):
        return " mod "
    symbol = maths_symbol(name)
    if symbol in _GUARDED:
        return _GUARDED[symbol]
    if symbol is None:  # log, sin: the name of a function
        before = match.string[match.start() - 1 : match.start()]
        return (" " if before.isalnum() else "") + name + (" " if space else "")
    if _RELATIONS.match(symbol):
        return f" {symbol} " if space else symbol
    binds = unicodedata.category(symbol[0]) == "Ps" or symbol in _PREFIXES
    return symbol + (" " if space and not symbol.isalnum() and not binds else "")


def _structure(match: re.Match[str]) -> str:
    kind, *parts = [group for group in match.groups() if group is not None]
    if match["braced"] is not None:
        return "{" + match["braced"]
    if match["infix"]:
        above, kind, below = (group.strip() for group in (kind, *parts))
        return f"{_group(above)}/{_group(below)}" if kind == "over" else f"({above} {below})"
    if kind == "frac":
        return f"{_group(parts[0])}/{_group(parts[1])}"
    if kind == "binom":
        return f"({_group(parts[0])} {_group(parts[1])})"
    if match["two"]:
        return parts[1] + ("_" if kind == "underset" else "^") + f"{{{parts[0]}}}"
    if match["root"]:
        index = parts[0].strip()
        return (_ROOTS.get(index) or (shifted(index, "^") or index) + "√") + _radicand(parts[1])
    text = parts[0]
    if kind in "_^":
        return shifted(text.strip(), kind) or _GUARDED[kind] + _group(text)
    if kind == "sqrt":
        return "√" + _radicand(text)
    if kind in ("pmod", "pod"):
        return f" ({'mod ' if kind == 'pmod' else ''}{text.strip()})"
    return text[:1] + MATHS_ACCENTS[kind] + text[1:] if len(text) < 3 else text


def _radicand(text: str) -> str:
    return _group(text) if len(text) < 2 else f"({_group(text).strip('()')})"


def _group(text: str) -> str:
    """An argument, in parentheses if it could be misread without them."""
    text = text.strip()
    return f"({text})" if re.search(r"[-+\s/,=]", text) and len(text) > 2 else text
