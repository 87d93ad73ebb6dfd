"""What the menu names, and which pages are part of the site only while it names them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache
from posixpath import basename, dirname, normpath

import yaml
from markupsafe import escape

# Names that say nothing to those who hear links out of context, and to search engines.
_VAGUE = (
    "click here|here|info|information|learn more|link|more|more info|more information|page|start|this"
)
_LINK = re.compile(rf"(<a\b[^<>]*>(?:\s|<span\b[^<>]*>)*(?:{_VAGUE}))((?:\s|</span>)*</a>)", re.I)

# As MkDocs finds it, in files of any system.
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*\r?\n", re.S)
_SHOWN = re.compile(r'(<a href="[^"]*" class="md-nav__link md-nav__link--active")')


@lru_cache(maxsize=16)  # on the pages of papers the menu is the same
def told_apart(html: str, owner: str) -> str:
    """A menu that says which page is shown, and whose page a link of a vague name leads to."""
    html = _SHOWN.sub(r'\1 aria-current="page"', html)
    hidden = f'<span class="hp-hidden">: {escape(owner)}</span>'
    return _LINK.sub(lambda match: f"{match[1]}{hidden}{match[2]}", html)


def titles(nav: object) -> dict[str, str]:
    """All paths in the `nav` of mkdocs.yml, however deep, and how it calls them: '' if it does not."""
    if isinstance(nav, str):
        return {normpath(nav): ""}
    found: dict[str, str] = {}
    for part in nav if isinstance(nav, list) else ():
        found = titles(part) | found  # the first one counts, as for MkDocs
    for title, part in nav.items() if isinstance(nav, dict) else ():
        found = ({normpath(part): str(title)} if isinstance(part, str) else titles(part)) | found
    return found


def is_only_in_nav(text: str) -> bool:
    """Does the front matter of a page say that it is there only while the menu names it?"""
    if "only_in_nav" not in text or not (match := _FRONT_MATTER.match(text)):
        return False
    try:
        told = yaml.safe_load(match[1])
    except Exception:  # noqa: BLE001 - PyYAML raises plain ones for numbers and dates that are none
        return False
    return isinstance(told, dict) and told.get("only_in_nav") is True


def left_out(paths: Iterable[str], only_in_nav: Iterable[str], named: Container[str]) -> set[str]:
    """Of all paths, those of pages that are `only_in_nav` but are not named.

    An index.md takes what is in its folder with it.
    """
    off = {path for path in only_in_nav if path not in named}
    folders = tuple(f"{dirname(path)}/" for path in off if basename(path) == "index.md" != path)
    return off | {path for path in paths if path.startswith(folders) and path not in named}
