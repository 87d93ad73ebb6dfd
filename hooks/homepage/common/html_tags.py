"""Find HTML tags as browsers do.

The rules are from https://html.spec.whatwg.org/multipage/parsing.html: comments, scripts and styles
contain no tags, and a `>` in a quoted value does not end a tag.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_INSIDE = r"""[^>"']*+(?:(?:"[^"]*"|'[^']*')[^>"']*+)*+"""  # of a tag; quoted values may contain >
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
_ELEMENT = rf"{_COMMENT}|<(script|style)\b({_INSIDE})>(.*?)</\1\b[^>]*>"
ELEMENTS = re.compile(_ELEMENT, re.S | re.I)  # scripts and styles only, which is faster
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
    """A tag: its lower-case name, its attributes as written, and the text of a script or style."""

    name: str
    inside: str
    text: str | None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by lower-case name; if a name is repeated, the first one counts."""
        found: dict[str, str] = {}
        for name, value in _ATTRIBUTE.findall(self.inside):
            bare = value[1:-1] if value[:1] in ("'", '"') else value
            found.setdefault(name.lower(), unescape(bare))
        return found


def tag_of(match: re.Match[str]) -> Tag | None:
    """The tag of a match of `TAGS` or `ELEMENTS`, or None for a comment."""
    groups = (*match.groups(), None, None)[:5]
    name = groups[0] or groups[3]
    return Tag(name.lower(), groups[1] or groups[4] or "", groups[2]) if name else None


def tags(html: str, pattern: re.Pattern[str] = TAGS) -> Iterator[Tag]:
    """All start tags."""
    return filter(None, map(tag_of, pattern.finditer(html)))


def is_inline_script(tag: Tag) -> bool:
    """Is it an inline script that browsers run?"""
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
    """Does a page have a Content-Security-Policy?"""
    return "http-equiv" in page.lower() and any(map(is_policy, tags(page)))


def put_first(page: str, tag: str) -> str:
    """Insert a tag after the charset, before everything that could load or run.

    Browsers look for the charset in the first 1024 bytes, so it is added if it is missing or comes
    later; MkDocs encodes all pages as UTF-8.
    """
    start = _START.match(page)
    assert start  # it also matches the empty string
    charset = "" if start[1] else '<meta charset="utf-8">'
    return f"{page[: start.end()]}{charset}{tag}{page[start.end() :]}"
