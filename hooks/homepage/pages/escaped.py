"""What front matter and file names say is text. Themes print it as HTML, so it is escaped once.

HTML's entities in front matter stand for their characters, as they do in Markdown: `R&amp;D` is `R&D`.
`Markup` is HTML already, and is left as it is; templates that escape it change nothing, either.
"""

from __future__ import annotations

from collections.abc import Container, MutableMapping
from html import unescape
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

# What the templates of Material and MaterialX print as it is; a test holds that there is no more.
PRINTED = ("title", "author", "description", "subtitle", "status", "tags", "revision_date")
# … what they print as HTML where a plugin has set it, with its name; else it is front matter, too
SET_BY = {
    "git_revision_date_localized": "git-revision-date-localized",
    "git_creation_date_localized": "git-revision-date-localized",
}
ADDRESS = "location"  # … and into a script, where the page is Material's redirect.html
_OF_ADDRESSES = "/:?#[]@!$&()*+,;=%"


def plain(value: object) -> str:
    """A value of front matter as text on one line; several are joined by commas."""
    if isinstance(value, Markup):
        return str(value.unescape())
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value))
    return " ".join(unescape(str(value)).split())


def html(value: object) -> Markup:
    """The same as HTML, for text and for attributes."""
    return value if isinstance(value, Markup) else escape(plain(value))


def escape_meta(meta: MutableMapping[str, Any], plugins: Container[str] = ()) -> None:
    """Make what themes print of a page's front matter HTML, where these plugins are there."""
    own = (name for name, plugin in SET_BY.items() if plugin not in plugins)
    for name in filter(meta.get, (*PRINTED, *own)):
        value = meta[name]
        if name == "tags" and isinstance(value, list):
            meta[name] = [html(tag) if isinstance(tag, str) else tag for tag in value]
        else:
            meta[name] = html(value)
    if ADDRESS in meta:
        meta[ADDRESS] = Markup(quote(plain(meta[ADDRESS]), _OF_ADDRESSES))


def from_file_name(title: str, name: str) -> bool:
    """Is a page's title what MkDocs makes of the name of its file?"""
    return title.casefold() == name.replace("-", " ").replace("_", " ").casefold()
