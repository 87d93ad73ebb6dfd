"""Addresses of mail, written so that most programs that collect them do not find them.

Browsers read characters by their number as any others: nobody needs a script.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_LINK = re.compile(r"""(<a\b[^<>]*?\shref\s*=\s*["']?)(mailto:[^"'\s<>]+)""", re.I)
_TITLE = re.compile(r"""(\stitle\s*=\s*["'])([^"'@\s]+@[^"'@\s]+)(?=["'])""", re.I)
_TEXT = re.compile(r"(>\s*)([\w.+%-]+@[\w-]+(?:\.[\w-]+)+)(?=\s*</)")


def shielded(html: str) -> str:
    """A page whose links to addresses of mail, and what stands in them, are written in numbers."""
    if "mailto:" not in html:
        return html
    for pattern in (_LINK, _TITLE, _TEXT):
        html = pattern.sub(lambda match: match[1] + _numbers(match[2]), html)
    return html


def _numbers(html: str) -> str:
    text = str(Markup(html).unescape())
    return "".join(f"&#{ord(c)};" if number % 2 else f"&#x{ord(c):x};" for number, c in enumerate(text))
