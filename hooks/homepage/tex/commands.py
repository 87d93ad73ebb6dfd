"""Commands that take arguments of their own: links, quantities of space, characters by number, maths."""

import re
from collections.abc import Callable

from markupsafe import escape

from ..common import identifiers
from . import letters
from .tables import GREEK
from .tokens import argument, optional_argument, skip_space
from .writer import Writer

_DIMENSION = re.compile(
    r"\s*=?\s*[-+]?[\d.,]+\s*(?:em|ex|pt|mm|cm|in|bp|pc|mu|sp|dd|cc)?"
    r"(?:\s*(?:plus|minus)\s*[\d.]+\s*[a-z]{2,4})*\s?"
)
_CODE = re.compile(r"\s*(?:\"([0-9A-Fa-f]{1,6})|'([0-7]{1,7})|(\d{1,7})|`\\?(.))\s?")


Command = Callable[[Writer, str, str, int], int]


def _link(output: Writer, name: str, value: str, pos: int) -> int:
    target, pos = argument(value, skip_space(value, pos))
    target = identifiers.untex_url(target).replace("\\", "")
    label = ""
    if name == "href":
        label, pos = argument(value, skip_space(value, pos))
    if label:
        inner = output.nested(label)
    else:
        inner = Writer()
        inner.add(target)
    url = identifiers.safe_url(target)
    output.plain += inner.plain
    text = "".join(inner.html)
    output.html.append(f'<a href="{escape(url)}">{text}</a>' if url and output.links else text)
    return pos


def _space(output: Writer, name: str, value: str, pos: int) -> int:
    """A space or a shift of some size: a space in the text if it is one between words."""
    if value[pos : pos + 1] == "{":
        size, pos = argument(value, pos)
    else:
        match = _DIMENSION.match(value, pos)
        size, pos = (match[0], match.end()) if match else ("", pos)
    if name.endswith(("space", "skip")) and not size.strip().startswith(("-", "0")):
        output.add(" ")
    return pos


def _verbatim(output: Writer, _name: str, value: str, pos: int) -> int:
    end = value.find(value[pos : pos + 1] or "|", pos + 1)
    end = len(value) if end < 0 else end
    output.groups.append([])
    output.open("code")
    output.add(value[pos + 1 : end])
    output.close(output.groups.pop())
    return end + 1


def _character(output: Writer, name: str, value: str, pos: int) -> int:
    """A character by its number: `\\char126`, `\\symbol{"7E}`, `\\ding{51}`."""
    source, end = argument(value, pos) if name != "char" else ("", pos)
    match = _CODE.fullmatch(source) or (_CODE.match(value, pos) if name == "char" else None)
    if not match:
        output.unknown.add(name)
        return pos
    code = _number(match)
    output.add(letters.dingbat(code) if name == "ding" else chr(min(code, 0x10FFFF)))
    return match.end() if name == "char" else end


def _number(match: re.Match[str]) -> int:
    hexadecimal, octal, decimal, itself = match.groups()
    if itself:
        return ord(itself)
    return int(hexadecimal or octal or decimal, 16 if hexadecimal else 8 if octal else 10)


def _guillemet(output: Writer, name: str, value: str, pos: int) -> int:
    """French quotes, with the spaces inside that babel sets."""
    if value.startswith("{}", pos):
        pos += 2
    elif name == "og":
        pos = skip_space(value, pos)
    if name == "og":
        output.add("«")
        output.tie()
        return pos
    if output.plain[-1:] == output.html[-1:] == [" "]:
        output.plain.pop()
        output.html.pop()
    output.tie()
    output.add("»")
    return pos


def _two_texts(output: Writer, _name: str, value: str, pos: int) -> int:
    """`\\texorpdfstring` of hyperref: the first argument for the page, the second as plain text."""
    first, pos = argument(value, skip_space(value, pos))
    second, pos = argument(value, skip_space(value, pos))
    output.html += output.nested(first, output.links).html
    output.plain += output.nested(second).plain
    return pos


def _maths(output: Writer, name: str, value: str, pos: int) -> int:
    inner, pos = argument(value, skip_space(value, pos))
    if name == "ensuremath":
        output.maths(inner)
        return pos
    source = f"\\{name}{{{inner}}}"
    if name not in ("sqrt", "pmod"):
        inner, pos = argument(value, skip_space(value, pos))
        source += f"{{{inner}}}"
    output.maths(source)
    return pos


def _greek(output: Writer, _name: str, value: str, pos: int) -> int:
    inner, pos = argument(value, skip_space(value, pos))
    output.add("".join(output.nested(inner).plain).translate(GREEK))
    return pos


def _phantom(_output: Writer, _name: str, value: str, pos: int) -> int:
    return argument(value, skip_space(value, pos))[1]


_ACCENT_CODES = {
    18: "`", 19: "'", 20: "v", 21: "u", 22: "=", 23: "r", 94: "^", 95: ".", 125: "H", 126: "~", 127: '"',
}  # fmt: skip


def _accent_by_number(output: Writer, name: str, value: str, pos: int) -> int:
    """TeX's `\\accent19 e`, with the numbers of Computer Modern (The TeXbook, appendix F)."""
    match = _CODE.match(value, pos)
    code = _number(match) if match else 0
    if not match or code not in _ACCENT_CODES:
        output.unknown.add(name)
        return pos
    letter, pos = argument(value, match.end())
    accented = rf"\{_ACCENT_CODES[code]}{{{letter}}}"
    output.add("".join(output.nested(accented).plain))
    return pos


def _discretionary(_output: Writer, _name: str, value: str, pos: int) -> int:
    """Skip what is only printed at the end of a line."""
    return argument(value, argument(value, skip_space(value, pos))[1])[1]


def _next_token(output: Writer, _name: str, value: str, pos: int) -> int:
    output.add(value[pos : pos + 1])
    return pos + 1


def _in_language(output: Writer, name: str, value: str, pos: int) -> int:
    """Skip the language, colour or size of the next argument, which csquotes may quote."""
    if name.endswith("quote"):
        output.pending.append("q")
    return argument(value, skip_space(value, optional_argument(value, pos)))[1]


COMMANDS: dict[str, Command] = {
    "char": _character, "symbol": _character, "ding": _character,
    "texorpdfstring": _two_texts, "og": _guillemet, "fg": _guillemet, "textgreek": _greek,
    "string": _next_token, "accent": _accent_by_number, "discretionary": _discretionary,
    "verb": _verbatim, "lstinline": _verbatim,
}  # fmt: skip
for _names, _function in (
    ("url href nolinkurl path", _link),
    ("hspace vspace hskip vskip kern mkern raise lower", _space),
    ("phantom hphantom vphantom", _phantom),
    ("ensuremath nicefrac sfrac frac dfrac tfrac sqrt pmod", _maths),
    ("foreignquote hyphenquote foreigntextquote foreignlanguage textcolor", _in_language),
    ("raisebox scalebox rotatebox colorbox", _in_language),
):
    COMMANDS |= dict.fromkeys(_names.split(), _function)
