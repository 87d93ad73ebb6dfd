"""Decode the owner's files, whatever editor wrote them."""

import codecs
import re
from itertools import islice

from .. import invisible_characters
from ..model import Problem

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# UTF-8 that a program read as Windows-1252 and saved again: `BjÃ¶rn`, `donâ€™t`.
_TWICE = re.compile(
    r"(?<!\d)(?<!\d\s)[ÄÅ][\xa1-\xbf]|Ã[\xa0-\xbf‚ƒ„…†‡ˆ‰Š‹ŒŽ•–—˜™š›œžŸ]|Â[\xa0-\xbf]"
    r"|â€[\xa0-\xff™œž˜“”¢¦]"
)

# Invisible characters that pages, feeds and exports must not contain.
_INVISIBLE = re.compile(
    "[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u2060\ufeff\ufffe\uffff\ud800-\udfff]"
)
_CONTROL = bytes({*range(32), 127} - set(b"\t\n\r"))
_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_MOST = 20  # invisible characters that are reported


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not UTF-8 as Windows-1252, or as Latin-1 where that is undefined."""
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    text = bad.decode("cp1252", "replace")
    return (bad.decode("latin-1") if "\ufffd" in text else text), error.end


codecs.register_error("homepage-windows-1252", _as_windows)


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """Decode a file in UTF-8 or UTF-16; anything else is read as Windows-1252 and reported.

    Line ends become line feeds. Text that was encoded twice is repaired and reported.
    """
    problems: list[Problem] = []

    def report(position: int, message: str) -> None:
        line = data.count(b"\n", 0, position) + 1
        problems.append(Problem(path, line, message, "save the file as UTF-8"))

    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = data.decode(encoding, "replace")
            break
    else:
        if data.count(b"\0", 0, 200) > min(len(data), 200) // 4:
            encoding = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
            text = data.decode(encoding, "replace")
        elif data.count(b"\0") * 100 > len(data) and (wide := _wide(data)):
            text = wide
        else:
            if (nul := data.find(b"\0")) >= 0:
                report(nul, "the file holds NUL characters, which were left out")
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError as error:
                text = data.decode("utf-8", "homepage-windows-1252")
                report(error.start, "the file is not UTF-8, it was read as Windows-1252")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = _mended(text, path, problems)
    elif len(data.translate(None, _CONTROL)) == len(data):
        return without_invisible(text, path, problems), problems  # plain ASCII, as most files are
    return without_invisible(_INVISIBLE.sub("", _BREAKS.sub(" ", text)), path, problems), problems


def without_invisible(text: str, path: str, problems: list[Problem], first_line: int = 1) -> str:
    """Remove invisible characters that make a text look like another one, and report their lines."""
    if (plain := invisible_characters.remove_invisible_html(text)) == text:
        return text
    lines: dict[int, str] = {}
    for position, name in islice(invisible_characters.find_invisible(text), _MOST):
        lines.setdefault(first_line + text.count("\n", 0, position), name)
    problems += (deceptive_problem(path, line, name) for line, name in sorted(lines.items()))
    return plain


def deceptive_problem(path: str, line: int, name: str) -> Problem:
    """The problem for an invisible character that makes text look like another."""
    message = f"an invisible character, {name}, makes this text look like another; it was left out"
    return Problem(path, line, message, "delete it, or retype the line")


def _wide(data: bytes) -> str:
    """Decode UTF-16 that is mostly Chinese, and so has few NUL bytes, else ''."""
    if "\ufffd" not in data.decode("utf-8", "replace"):
        return ""
    little = data[1::2].count(0) >= data[::2].count(0)
    try:
        text = data.decode("utf-16-le" if little else "utf-16-be")
    except UnicodeDecodeError:
        return ""
    return text if "\0" not in text and any(c in text for c in "\n@: ") else ""


def _mended(text: str, path: str, problems: list[Problem]) -> str:
    def mend(match: re.Match[str]) -> str:
        try:
            return match[0].encode("cp1252").decode("utf-8")
        except UnicodeError:
            return match[0]

    first = next((m for m in _TWICE.finditer(text) if mend(m) != m[0]), None)
    if first is None:
        return text
    line = text.count("\n", 0, first.start()) + 1
    message = f"'{first[0]}' was read as '{mend(first)}': letters were encoded twice"
    problems.append(Problem(path, line, message, "retype the letters, and save as UTF-8"))
    return _TWICE.sub(mend, text)
