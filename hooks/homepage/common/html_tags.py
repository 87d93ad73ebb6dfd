"""The tags of HTML that owners and templates write, found as browsers find them.

https://html.spec.whatwg.org/multipage/parsing.html, as far as it says what is a tag: comments and what
is inside scripts and styles are none, and a `>` in a quoted value ends no tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_INSIDE = r"""[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*"""  # of a tag, where a > may stand in quotes
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
_ELEMENT = rf"{_COMMENT}|<(script|style)\b({_INSIDE})>(.*?)</\1\b[^>]*>"
ELEMENTS = re.compile(_ELEMENT, re.S | re.I)  # scripts and styles only, which is quicker
TAGS = re.compile(rf"{_ELEMENT}|<([a-z][\w:-]*)({_INSIDE})>", re.S | re.I)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_START = re.compile(
    rf"""\ufeff?(?:\s|{_COMMENT}|<!doctype\b[^>]*>|<(?:html|head)\b{_INSIDE}>)*"""
    r"""(<meta\s+(?:charset\s*=\s*["']?utf-?8["']?"""
    r"""|http-equiv\s*=\s*["']?content-type["']?\s+content\s*=\s*["']text/html;\s*charset=utf-?8["'])"""
    r"""\s*/?>)?""",
    re.S | re.I,
)
# A script of any other type is data, which browsers do not run:
# https://html.spec.whatwg.org/multipage/scripting.html#prepare-the-script-element
_RUN = re.compile(
    r"|module|importmap|speculationrules|application/(?:x-)?(?:ecma|java)script"
    r"|text/(?:(?:x-)?(?:ecma|java)script|javascript1\.[0-5]|jscript|livescript)",
    re.I,
)


class Tag(NamedTuple):
    """A tag: its name in lower case, its attributes as written, and a script's or style's text."""

    name: str
    inside: str
    text: str | None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by their names in lower case; the first of two counts."""
        found: dict[str, str] = {}
        for name, value in _ATTRIBUTE.findall(self.inside):
            bare = value[1:-1] if value[:1] in ("'", '"') else value
            found.setdefault(name.lower(), unescape(bare))
        return found


def tag_of(match: re.Match[str]) -> Tag | None:
    """What a match of `TAGS` or `ELEMENTS` is; a comment is no tag."""
    groups = (*match.groups(), None, None)[:5]
    name = groups[0] or groups[3]
    return Tag(name.lower(), groups[1] or groups[4] or "", groups[2]) if name else None


def tags(html: str, pattern: re.Pattern[str] = TAGS) -> Iterator[Tag]:
    """All tags that open something."""
    return filter(None, map(tag_of, pattern.finditer(html)))


def runs(tag: Tag) -> bool:
    """Is it a script that runs and is no file?"""
    if tag.name != "script":
        return False
    attributes = tag.attributes
    return "src" not in attributes and bool(_RUN.fullmatch(attributes.get("type", "").strip()))


def is_policy(tag: Tag) -> bool:
    """Is it a Content-Security-Policy?"""
    if tag.name != "meta":
        return False
    return tag.attributes.get("http-equiv", "").strip().lower() == "content-security-policy"


def has_policy(page: str) -> bool:
    """Has a page a Content-Security-Policy, at any place?"""
    return "http-equiv" in page.lower() and any(map(is_policy, tags(page)))


def put_first(page: str, tag: str) -> str:
    """A page with a tag before all that could load or run; only its charset stands before.

    Browsers look for that in the first 1024 bytes, so one that comes later, or is missing, is written
    there; MkDocs encodes all pages as UTF-8.
    """
    start = _START.match(page)
    assert start  # it matches nothing, too
    charset = "" if start[1] else '<meta charset="utf-8">'
    return f"{page[: start.end()]}{charset}{tag}{page[start.end() :]}"
