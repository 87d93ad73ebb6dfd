"""What al-folio's files say beside the citation: awards, annotations, additional information.

There these fields are Markdown; here they are TeX like every other field, and the little Markdown
that people write into them (links, emphasis) is understood too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from ..common import safe_url
from ..model import NO_TEXT, Entry, Text

# On escaped HTML; nothing in brackets or between asterisks holds a tag, so that tags nest.
_LINK = re.compile(r"\[([^\[\]<>]{1,500})\]\(([^()<> \n]{1,2000})\)")
_STRONG = re.compile(r"\*\*(?![\s*])([^*<>]{1,500})(?<!\s)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?![\s*])([^*<>]{1,500})(?<!\s)\*(?![\w*])")
_SEPARATOR = re.compile(r"^[\s.,;:·]+")  # al-folio sets these texts right behind the venue
_MACHINES = re.compile(r"_?eprint: ?\S+$")  # what Zotero's export says to itself


def extras(entry: Entry, text: Callable[..., Text]) -> dict[str, Any]:
    """What only some entries have, as arguments of `Publication`; `text` decodes a field."""
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
    """The text with its Markdown done, without the separator that it starts with.

    It is empty if only a program wrote it.
    """
    plain = _SEPARATOR.sub("", text.plain)
    if not plain or _MACHINES.match(plain):
        return NO_TEXT
    written = _SEPARATOR.sub("", text.html)
    markup = _LINK.sub(_link, written)
    markup = _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", markup))
    if markup != written:
        plain = Markup(markup).striptags()
    return Text.of(plain, markup)


def _link(match: re.Match[str]) -> str:
    written = match[2].replace("\xa0", "~").replace("–", "--")  # what TeX's signs have become
    url = safe_url(html.unescape(written))
    return f'<a href="{html.escape(url)}">{match[1]}</a>' if url else match[1]
