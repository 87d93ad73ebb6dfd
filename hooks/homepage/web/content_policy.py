"""The Content-Security-Policy of a page: nothing from other hosts, and only the scripts of this build.

See https://www.w3.org/TR/CSP3/. It is a <meta> tag, as hosts of static pages allow no headers. It is
added to the finished page right after the charset, so that nothing in the page's text comes before it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Container, Sequence
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from ..common import html_tags

REFUSED = "data-hp-refused"  # marks scripts in owners' texts that are not allowed

_ELSEWHERE = ("script", "style", "img", "font", "connect", "media")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
# What only some pages have. The search uses a worker; scripts may create frames and workers, too.
_THINGS = ("frame", "worker", "object")
_THING = re.compile(
    r"""<(?:(?P<frame>i?frame)|(?P<object>object|embed))\b|data-md-component=["']?(?P<worker>search)\b""",
    re.I,
)
_MADE = re.compile(r"(?P<frame>iframe)|(?P<worker>worker)|(?P<object>embed)", re.I)


class Hashes(NamedTuple):
    """Hashes of the scripts, styles and style attributes of pages.

    `things` says which of frames, workers and objects they have.
    """

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()

    def __or__(self, other: object) -> Hashes:
        assert isinstance(other, Hashes)
        return Hashes(*(mine | its for mine, its in zip(self, other, strict=True)))


def hashes(page: str, *, ours: bool = False) -> Hashes:
    """Return the hashes of a page; `ours` says that none of its text is the owner's."""
    scripts: set[str] = set()
    styles: set[str] = set()
    attributes: set[str] = set()
    things = _things(_THING, page)
    for tag in html_tags.tags(page, html_tags.ELEMENTS if ours else html_tags.TAGS):
        if tag.name == "style" and tag.text is not None:
            styles.update(_hashes(tag.text))
        elif tag.name == "script" and tag.text is not None:
            if html_tags.is_inline_script(tag) and REFUSED not in tag.attributes:
                scripts.update(_hashes(tag.text))
                things |= _things(_MADE, tag.text)
            elif host_of(tag.attributes.get("src", "")):
                things |= {"frame"}
        elif not ours and "style" in tag.inside.lower():
            style = tag.attributes.get("style")
            attributes.update(_hashes(style) if style else ())
    if "object" in things:
        things.add("frame")  # an object may show a page or a PDF
    return Hashes(*map(frozenset, (scripts, styles, attributes, things)))


@lru_cache(maxsize=16)
def policy(known: Hashes, hosts: tuple[str, ...] = (), *, preview: bool = False) -> str:
    """Return the policy of pages with these hashes, which may also load files from some `hosts`.

    `preview` allows the script that `mkdocs serve` adds to finished pages.
    """
    trusted = ["'self'", *(f"https://{host}" for host in hosts)]
    sources = {kind: [*trusted] for kind in (*_ELSEWHERE, *_THINGS)}
    sources |= {"worker": ["'self'"], "manifest": ["'self'"]}
    sources |= {kind: ["'none'"] for kind in _THINGS if kind not in known.things}
    sources["img"].append("data:")
    sources["script"] += ["'unsafe-inline'"] if preview else sorted(known.scripts)
    sources["style"] += sorted(known.styles)
    if known.attributes:
        sources["style"] += ["'unsafe-hashes'", *sorted(known.attributes)]
    parts = [f"{kind}-src {' '.join(allowed)}" for kind, allowed in sources.items()]
    forms = f"form-action {' '.join(trusted)}"
    return "; ".join(("default-src 'none'", *parts, "base-uri 'none'", forms))


def restricted(html: str, *, scripts: bool) -> str:
    """Return an owner's HTML without policies, and with its scripts blocked unless `scripts` is set.

    A `<` inside a tag is written `&lt;`, so that no text that is added or removed later makes another
    tag of it: `<scr<!-- more -->ipt>` is no script when comments are gone.
    """

    def one(match: re.Match[str]) -> str:
        tag = html_tags.tag_of(match)
        if tag is None:
            return match[0]
        if html_tags.is_policy(tag):
            return ""
        mark = f" {REFUSED}" if not scripts and html_tags.is_inline_script(tag) else ""
        start = 1 + len(tag.name)
        behind = start + len(tag.inside)
        inside = tag.inside.replace("<", "&lt;")
        return f"{match[0][:start]}{mark}{inside}{match[0][behind:]}"

    return html_tags.TAGS.sub(one, html)


class Policies:
    """Adds policies to the finished pages of one build; see `policy` for `hosts` and `preview`.

    With `swaps` (Material's instant navigation) the first page's policy stays in force, so that all get
    one for the whole site. `scripted` says that the owner's scripts may create frames and workers.
    """

    def __init__(self, hosts: Sequence[str], *, preview: bool, swaps: bool, scripted: bool = False):
        # Pages by their path in the site, with the folder depth of those whose text is all ours, else 0.
        # Such pages of the same depth have the same scripts.
        self.rendered: dict[str, int] = {}
        self._hosts, self._preview, self._swaps = tuple(hosts), preview, swaps
        self._site = Hashes(things=frozenset(_THINGS if scripted else ()))
        self._ours: dict[int, Hashes] = {}

    def finish(self, site: Path, own: Container[str]) -> list[str]:
        """Add policies to all pages in a folder, except the owner's `own` files.

        Returns the pages of this build that had one already, from a theme, plugin or hook. Other files
        that plugins have written may have one.
        """
        written = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
        found = {name: path for name, path in written.items() if name not in own}
        for name, path in found.items() if self._swaps else ():
            self._site |= self._found(_read(path), self.rendered.get(name, 0))
        wrong = []
        for name, path in found.items():
            page = self.put(_read(path), self.rendered.get(name, 0))
            if page is not None:
                path.write_bytes(page.encode("utf-8", "surrogateescape"))
            elif name in self.rendered:
                wrong.append(name)
        return wrong

    def put(self, page: str, depth: int = 0) -> str | None:
        """Return a page with its policy, or None if it has one; see `rendered` for `depth`."""
        if html_tags.has_policy(page):
            return None
        known = self._site if self._swaps else self._site | self._found(page, depth)
        content = policy(known, self._hosts, preview=self._preview)
        tag = f'\n<meta http-equiv="Content-Security-Policy" content="{content}">'
        return html_tags.put_first(page, tag)

    def _found(self, page: str, depth: int) -> Hashes:
        found = self._ours.get(depth) or hashes(page, ours=depth > 0)
        if depth:
            self._ours[depth] = found
        return found


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape")


def host_of(address: str) -> str:
    """Return the host of an address, or ''."""
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:  # not an address
        return ""


def _things(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match.lastgroup for match in pattern.finditer(text) if match.lastgroup}


@lru_cache(maxsize=512)
def _hashes(text: str) -> tuple[str, ...]:
    """Return the hashes of a text as HTML, and as XML, as browsers read it in an SVG."""
    text = text.replace("\r\n", "\n")
    return tuple(map(_hash, dict.fromkeys((text, unescape(_CDATA.sub(r"\1", text))))))


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
