"""Makes the Markdown of a finished page safe: nothing in it can run, load or send anything.

Earlier steps have converted what can be kept. What is left becomes visible text. Code is checked
too: Python-Markdown may treat as HTML what is code for us, such as code inside of a <div>.
"""

import re
from html import unescape

from homepage.common import code_spans

_ELEMENTS = re.compile(
    r"<(?=/?(?:script|style|object|applet|embed|i?frame|frameset|base|meta|link|form|portal|template"
    r"|animate\w*|set|foreignobject)(?![\w-]))",
    re.I,
)
# A list, as other text must not change: in the formula $one = 1$, `one` is no event.
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
_SAFE_SCHEMES = frozenset(("http", "https", "ftp", "mailto", "tel"))
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def sanitize(text: str) -> str:
    """Return the text of a page in which everything that could run, load or send is visible text."""
    text = _CONTROL.sub("", text)  # Markdown removes some of these, which could join parts of a tag
    parts, end = [], 0
    for start, stop in code_spans(text):
        code = text[start:stop]
        if _escape_tags(code) != code and code.lstrip(" \t")[:1] in ("`", "~"):
            parts += [_escape_tags(text[end:start]), _code_as_html(code)]
            end = stop
    return "".join([*parts, _escape_tags(text[end:])])


def is_unsafe(address: str) -> bool:
    """Return whether an address has an unknown scheme, or one that could run a script."""
    scheme = _SCHEME.match(_UNSEEN.sub("", unescape(address)))
    return bool(scheme) and scheme[1].lower() not in _SAFE_SCHEMES  # type: ignore[index]


def _escape_tags(text: str) -> str:
    return _HANDLERS.sub(r"\1\2&#61;", _ELEMENTS.sub("&lt;", text))


def _code_as_html(code: str) -> str:
    """Return code as HTML in which all special characters are escaped, so that it is code anywhere."""
    bare = code.strip()
    marks = len(bare) - len(bare.lstrip(bare[0]))
    if marks > 2 and "\n" in bare:
        inner = bare.partition("\n")[2]
        inner = inner.rpartition("\n")[0] if bare.endswith(bare[0] * 3) else inner
        return f"{code[: len(code) - len(code.lstrip())]}<pre><code>{_escape(inner)}</code></pre>\n"
    return f"<code>{_escape(bare.strip(bare[0]).strip())}</code>"


def _escape(text: str) -> str:
    return re.sub(r"[^\w ]|_", lambda m: f"&#{ord(m[0])};", text)
