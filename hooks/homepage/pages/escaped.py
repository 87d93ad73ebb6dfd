"""Escapes front matter and file names, which are text, because themes print them as HTML.

HTML entities in front matter mean their characters, as in Markdown: `R&amp;D` is `R&D`. `Markup` is
HTML already and stays as it is, so that nothing is escaped twice.
"""

from collections.abc import Container, MutableMapping
from html import unescape
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

# All fields that the templates of Material and MaterialX print without escaping, held by a test …
PRINTED = ("title", "author", "description", "subtitle", "status", "tags", "revision_date")
# … fields that are HTML if this plugin has set them, else front matter …
SET_BY = {
    "git_revision_date_localized": "git-revision-date-localized",
    "git_creation_date_localized": "git-revision-date-localized",
}
ADDRESS = "location"  # … and the one that Material's redirect.html prints into a script
_OF_ADDRESSES = "/:?#[]@!$&()*+,;=%"


def plain(value: object) -> str:
    """Return a value of front matter as text on one line; a list is joined by commas."""
    if isinstance(value, Markup):
        return str(value.unescape())
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value))
    return " ".join(unescape(str(value)).split())


def html(value: object) -> Markup:
    """Return a value of front matter as HTML, for text and for attributes."""
    return value if isinstance(value, Markup) else escape(plain(value))


def escape_meta(meta: MutableMapping[str, Any], plugins: Container[str] = ()) -> None:
    """Escape the fields of a page's front matter that themes print; `plugins` are those in use."""
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
    """Has MkDocs made this title from the file's name?"""
    return title.casefold() == name.replace("-", " ").replace("_", " ").casefold()
