"""Addresses of mail, written so that most programs that collect them do not find them.

Browsers read characters by their number as any others: nobody needs a script.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_ADDRESS = r"[^\s<>\"@:,;()]+@[\w-]+(?:\.[\w-]+)+"
_LINK = re.compile(r"<a\b[^<>]*\bmailto:[^<>]*>.*?</a>", re.S | re.I)
_SHOWN = re.compile(rf"(?:mailto:)?{_ADDRESS}(?:\?[^\s<>\"]*)?", re.I)


def shielded(html: str) -> str:
    """HTML whose links to addresses of mail, and what stands in them, have these in numbers."""
    if "mailto:" not in html and "MAILTO:" not in html:
        return html
    return _LINK.sub(lambda link: _SHOWN.sub(lambda found: _numbers(found[0]), link[0]), html)


def _numbers(html: str) -> str:
    text = str(Markup(html).unescape())
    return "".join(f"&#{ord(c)};" if number % 2 else f"&#x{ord(c):x};" for number, c in enumerate(text))
