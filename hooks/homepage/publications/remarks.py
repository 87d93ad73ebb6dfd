"""The fields that al-folio shows beside the citation: awards, annotations, additional information.

In al-folio these fields are Markdown. Here they are TeX like every other field, but Markdown's links
and emphasis work, too.
"""

import html
import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from ..common import safe_url
from ..model import NO_TEXT, Entry, Text

# For escaped HTML; text in brackets or asterisks must not contain tags, so that tags nest.
_LINK = re.compile(r"\[([^\[\]<>]{1,500})\]\(([^()<> \n]{1,2000})\)")
_STRONG = re.compile(r"\*\*(?![\s*])([^*<>]{1,500})(?<!\s)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])([^*<>]{1,500})(?<!\s)\*(?![\w*])")
_SEPARATOR = re.compile(r"^[\s.,;:·]+")  # al-folio prints these texts right after the venue
_ZOTERO = re.compile(r"_?eprint: ?\S+$")  # an internal note in Zotero's exports


def extras(entry: Entry, text: Callable[..., Text]) -> dict[str, Any]:
    """The optional fields of `Publication` that an entry has; `text` decodes a field."""
    fields, found = entry.fields, dict[str, Any]()
    if "abbr" in fields:
        found["abbr"] = " ".join(text("abbr").plain.split())
    for name in ("award", "award_name"):
        if name in fields:
            found[name] = remark(text(name, links=True))
    names = [name for name in ("annotation", "additional_info") if name in fields]
    if names:
        found["remarks"] = tuple(filter(None, (remark(text(name, links=True)) for name in names)))
    return found


def remark(text: Text) -> Text:
    """Convert the Markdown in a text, and remove the separator at its start.

    Notes that only Zotero wrote become empty.
    """
    plain = _SEPARATOR.sub("", text.plain)
    if not plain or _ZOTERO.match(plain):
        return NO_TEXT
    written = _SEPARATOR.sub("", text.html)
    markup = _LINK.sub(_link, written)
    markup = _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", markup))
    if markup != written:
        plain = Markup(markup).striptags()
    return Text.of(plain, markup)


def _link(match: re.Match[str]) -> str:
    written = match[2].replace("\xa0", "~").replace("–", "--")  # undo TeX's decoding
    url = safe_url(html.unescape(written))
    return f'<a href="{html.escape(url)}">{match[1]}</a>' if url else match[1]
