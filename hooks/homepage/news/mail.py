"""Hides email addresses from most harvesters by writing them as character references.

Browsers decode these, so that no script is needed.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_ADDRESS = r"[^\s<>\"@:,;()]+@[\w-]+(?:\.[\w-]+)+"
_LINK = re.compile(r"<a\b[^<>]*\bmailto:[^<>]*>.*?</a>", re.S | re.I)
_SHOWN = re.compile(rf"(?:mailto:)?{_ADDRESS}(?:\?[^\s<>\"]*)?", re.I)


def shielded(html: str) -> str:
    """Return HTML in which `mailto:` links, and addresses in their text, are character references."""
    if "mailto:" not in html and "MAILTO:" not in html:
        return html
    return _LINK.sub(lambda link: _SHOWN.sub(lambda found: _numbers(found[0]), link[0]), html)


def _numbers(html: str) -> str:
    text = str(Markup(html).unescape())
    return "".join(f"&#{ord(c)};" if number % 2 else f"&#x{ord(c):x};" for number, c in enumerate(text))
