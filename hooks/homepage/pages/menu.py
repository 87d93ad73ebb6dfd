"""The menu: the pages that `nav` lists, and accessible names for their links."""

import re
from collections.abc import Container, Iterable
from functools import lru_cache
from posixpath import basename, dirname, normpath

import yaml
from markupsafe import escape

# Names that mean nothing out of context, to users of screen readers and to search engines.
_VAGUE = (
    "click here|here|info|information|learn more|link|more|more info|more information|page|start|this"
)
_LINK = re.compile(rf"(<a\b[^<>]*>(?:\s|<span\b[^<>]*>)*(?:{_VAGUE}))((?:\s|</span>)*</a>)", re.I)

# As MkDocs finds it, with any line ends.
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*\r?\n", re.S)
_SHOWN = re.compile(r'(<a href="[^"]*" class="md-nav__link md-nav__link--active")')


@lru_cache(maxsize=16)  # all pages of publications have the same menu
def accessible(html: str, owner: str) -> str:
    """Return a menu that marks the current page, and adds `owner` to links with a vague name."""
    html = _SHOWN.sub(r'\1 aria-current="page"', html)
    hidden = f'<span class="hp-hidden">: {escape(owner)}</span>'
    return _LINK.sub(lambda match: f"{match[1]}{hidden}{match[2]}", html)


def titles(nav: object) -> dict[str, str]:
    """Return all paths in the `nav` of mkdocs.yml with their titles there, or ''."""
    if isinstance(nav, str):
        return {normpath(nav): ""}
    found: dict[str, str] = {}
    for part in nav if isinstance(nav, list) else ():
        found = titles(part) | found  # the first title counts, as for MkDocs
    for title, part in nav.items() if isinstance(nav, dict) else ():
        found = ({normpath(part): str(title)} if isinstance(part, str) else titles(part)) | found
    return found


def is_only_in_nav(text: str) -> bool:
    """Does the front matter say `only_in_nav`: publish the page only if `nav` lists it?"""
    if "only_in_nav" not in text or not (match := _FRONT_MATTER.match(text)):
        return False
    try:
        meta = yaml.safe_load(match[1])
    except Exception:  # noqa: BLE001 - PyYAML raises ValueErrors and others for bad dates
        return False
    return isinstance(meta, dict) and meta.get("only_in_nav") is True


def left_out(paths: Iterable[str], only_in_nav: Iterable[str], named: Container[str]) -> set[str]:
    """Return the paths of pages that are `only_in_nav` but not `named` in the menu.

    If an index.md is left out, its whole folder is.
    """
    off = {path for path in only_in_nav if path not in named}
    folders = tuple(f"{dirname(path)}/" for path in off if basename(path) == "index.md" != path)
    return off | {path for path in paths if path.startswith(folders) and path not in named}
