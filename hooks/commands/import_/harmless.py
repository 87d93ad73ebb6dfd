"""The last look at a page's Markdown: nothing that runs, loads or sends anything gets through.

What of it could be kept has been made of it before; what is left here becomes text that is seen.
Code is looked at, too: what is code for us may be HTML for Markdown, such as inside of a <div>.
"""

from __future__ import annotations

import re
from html import unescape

from homepage.common import code_spans

_ELEMENTS = re.compile(
    r"<(?=/?(?:script|style|object|applet|embed|i?frame|frameset|base|meta|link|form|portal|template"
    r"|animate\w*|set|foreignobject)(?![\w-]))",
    re.I,
)
# Of other attributes' names, as of maths, nothing is to change: $one = 1$.
_HANDLERS = re.compile(
    r"""((?:^|[\s/"'{:])on(?:error|abort|load\w*|unload|before\w+|after\w+|click|dblclick|auxclick|mouse\w+"""
    r"|key\w+|focus\w*|blur|change|input|invalid|submit|reset|select\w*|toggle|animation\w+"
    r"|transition\w+|pointer\w+|touch\w+|wheel|scroll\w*|drag\w*|drop|copy|cut|paste|show|begin|end"
    r"|repeat|resize|search|message\w*|hashchange|popstate|pagehide|pageshow|storage|play\w*|pause"
    r"|ended|can\w+|duration\w*|emptied|progress|rate\w*|seek\w*|stalled|suspend|time\w*|volume\w*"
    r"|waiting|context\w*|finish|start|bounce|slotchange|cue\w*|close|cancel|got\w+|lost\w+|form\w+))"
    r"(\s*+)=",
    re.I,
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
_HARMLESS = frozenset(("http", "https", "ftp", "mailto", "tel"))
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """The text of a page without what could run, load or send; what there was of it is to be seen."""
    text = _CONTROL.sub("", text)  # Markdown leaves some out, which would put tags together
    parts, end = [], 0
    for start, stop in code_spans(text):
        code = text[start:stop]
        if _defused(code) != code and code.lstrip(" \t")[:1] in ("`", "~"):
            parts += [_defused(text[end:start]), _shown(code)]
            end = stop
    return "".join([*parts, _defused(text[end:])])


def is_harmful(address: str) -> bool:
    """Has an address a scheme that could run a script, or one that nobody knows?"""
    scheme = _SCHEME.match(_UNSEEN.sub("", unescape(address)))
    return bool(scheme) and scheme[1].lower() not in _HARMLESS  # type: ignore[index]


def _defused(text: str) -> str:
    return _HANDLERS.sub(r"\1\2&#61;", _ELEMENTS.sub("&lt;", text))


def _shown(code: str) -> str:
    """Code as HTML without any character that means something, so that it is code in any place."""
    bare = code.strip()
    marks = len(bare) - len(bare.lstrip(bare[0]))
    if marks > 2 and "\n" in bare:
        inner = bare.partition("\n")[2]
        inner = inner.rpartition("\n")[0] if bare.endswith(bare[0] * 3) else inner
        return f"{code[: len(code) - len(code.lstrip())]}<pre><code>{_encoded(inner)}</code></pre>\n"
    return f"<code>{_encoded(bare.strip(bare[0]).strip())}</code>"


def _encoded(text: str) -> str:
    return re.sub(r"[^\w ]|_", lambda m: f"&#{ord(m[0])};", text)
