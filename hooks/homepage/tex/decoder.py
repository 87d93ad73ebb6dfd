"""TeX markup in BibTeX values to plain text and safe HTML.

Most values have no markup: a quick test finds them, and they are not interpreted.
"""

import re
import unicodedata
from functools import lru_cache

from markupsafe import escape

from ..model import NO_TEXT, Text
from .interpreter import Interpreter
from .maths import legal, shielded
from .simplifier import simplified
from .tokens import has_markup, squeeze

_LONGEST = 1_000_000  # a longer value is no title and no abstract: it is shown as it is written


def decode(value: str, links: bool = False) -> tuple[Text, frozenset[str]]:
    """Text of a TeX value, and the names of the commands that were not understood.

    With `links`, `\\url` and `\\href` become links in the HTML (never inside another link). The
    commands are those of LaTeX 2e (Lamport, LaTeX: a document preparation system, appendix C).
    """
    if not value:
        return NO_TEXT, frozenset()
    if not has_markup(value):
        return _without_markup(value)
    if len(value) < _LONGEST:
        return _decode(value, links)
    value = legal(squeeze(value))
    return Text.of(value, shielded(escape(value))), frozenset()


def plain(value: str) -> str:
    """The plain text alone."""
    return decode(value)[0].plain if has_markup(value) else value.strip(" ")


def escaped(text: str, signs: str = "&%$#_") -> str:
    """The text with a backslash before what would be TeX's, unless it has one."""
    return re.sub(rf"(?<!\\)([{re.escape(signs)}])", r"\\\1", text)


@lru_cache(maxsize=4096)
def _decode(value: str, links: bool) -> tuple[Text, frozenset[str]]:
    value = simplified(value)
    if not has_markup(value):
        return _without_markup(value)
    interpreter = Interpreter(links)
    interpreter.run(value)
    return interpreter.text(), frozenset(interpreter.unknown)


def _without_markup(value: str) -> tuple[Text, frozenset[str]]:
    value = legal(value).strip(" ")  # in this order: there may be spaces beside what goes
    text = unicodedata.normalize("NFC", value)
    return Text.of(text, shielded(escape(value))), frozenset()
