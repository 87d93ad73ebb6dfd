"""The Content-Security-Policy of a page: nothing from elsewhere, and no script but those it came with.

https://www.w3.org/TR/CSP3/. Pages carry it themselves, as hosts of static pages take no headers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import escape

from .errors import Problem

# What stands in a page until everything else of it is known.
PLACE = 'http-equiv="Content-Security-Policy" content=""'

_ELSEWHERE = ("script", "style", "img", "font", "connect", "media", "frame")
_INSIDE = r"""[^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*"""  # of a tag, where a > may stand in quotes
_ELEMENT = rf"<!--.*?-->|<(script|style)\b({_INSIDE})>(.*?)</\1\b[^>]*>"
_ELEMENTS = re.compile(_ELEMENT, re.S | re.I)
_TAGS = re.compile(rf"{_ELEMENT}|<([a-z][\w:-]*)({_INSIDE})>", re.S | re.I)
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)\s*(?:=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.S)
_DATA = frozenset(
    (
        "application/json",
        "application/ld+json",
        "text/plain",
        "text/html",
        "text/template",
        "text/x-template",
    )
)
_LOADING = frozenset(("src", "poster", "data", "action", "formaction"))
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')\s]+)""", re.I)
_HANDLER = re.compile(r"on[a-z]+")


class Hashes(NamedTuple):
    """Those of the scripts, the styles and the style attributes that pages come with."""

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()

    def __or__(self, other: object) -> Hashes:
        assert isinstance(other, Hashes)
        return Hashes(*(mine | its for mine, its in zip(self, other, strict=True)))


def hashes(page: str, *, ours: bool = False) -> Hashes:
    """What a page comes with, given as HTML; `ours` if none of its text is an owner's."""
    scripts: set[str] = set()
    styles: set[str] = set()
    attributes: set[str] = set()
    for match in (_ELEMENTS if ours else _TAGS).finditer(page):
        element, inside, text = match.group(1, 2, 3)
        if element and element.lower() == "style":
            styles.update(_hashes(text))
        elif element and not _is_data(inside):
            scripts.update(_hashes(text))
        elif not ours and match[5] and "style" in match[5].lower():
            style = _attributes(match[5]).get("style")
            attributes.update(_hashes(style) if style else ())
    return Hashes(frozenset(scripts), frozenset(styles), frozenset(attributes))


@lru_cache(maxsize=16)
def policy(known: Hashes, hosts: tuple[str, ...] = (), *, preview: bool = False) -> str:
    """The policy of pages that come with these, and may load files from some hosts besides their own.

    `preview` lets scripts in that `mkdocs serve` puts into its pages when they are made already.
    """
    sources = dict.fromkeys((*_ELSEWHERE, "worker", "manifest", "object"), "'self'")
    for kind in _ELSEWHERE:
        sources[kind] = " ".join((sources[kind], *(f"https://{host}" for host in hosts)))
    sources["img"] += " data:"
    sources["script"] = _with(
        sources["script"], ["'unsafe-inline'"] if preview else sorted(known.scripts)
    )
    sources["style"] = _with(sources["style"], sorted(known.styles))
    if known.attributes:
        sources["style"] = _with(sources["style"], ["'unsafe-hashes'", *sorted(known.attributes)])
    parts = [f"{kind}-src {allowed}" for kind, allowed in sources.items()]
    forms = _with("'self'", [f"https://{host}" for host in hosts])
    return "; ".join(("default-src 'none'", *parts, "base-uri 'none'", f"form-action {forms}"))


class Policies:
    """Gives the pages of one build their policies; see `policy` for `hosts` and `preview`.

    Where pages are swapped, that of the first one holds: all get that of the whole site, at the end.
    """

    def __init__(self, hosts: Sequence[str], *, preview: bool, swaps: bool):
        self.swaps = swaps
        self._hosts, self._preview = tuple(hosts), preview
        self._site = Hashes()
        self._ours: dict[int, Hashes] = {}

    def put(self, page: str, depth: int = 0) -> str:
        """A page with its policy; `depth` is how deep it is in the site, if its text is ours.

        Such pages have the same scripts where they are as deep.
        """
        found = self._ours.get(depth) or hashes(page, ours=depth > 0)
        if depth:
            self._ours[depth] = found
        if self.swaps:
            self._site |= found
            return page
        return self._placed(page, found)

    def put_last(self, page: str) -> str:
        """A page with the policy of the site, when all others have been seen."""
        return self._placed(page, self._site)

    def _placed(self, page: str, known: Hashes) -> str:
        content = policy(known, self._hosts, preview=self._preview)
        return page.replace(PLACE, f'{PLACE[:-1]}{content}"', 1)


def refused(html: str, source: str, path: str, hosts: Sequence[str]) -> Iterator[Problem]:
    """What browsers will not load or run of a page's text, given as HTML and as its `source`."""
    told: set[str] = set()
    for match in _TAGS.finditer(html):
        name, inside = (match[1] or match[4] or "").lower(), match[2] or match[5] or ""
        if "//" not in inside and "=" not in inside:
            continue
        attributes = _attributes(inside)
        for address in _loaded(name, attributes):
            host = _host(address)
            if host and host not in told and not _trusted(address, host, hosts):
                told.add(host)
                yield Problem(path, _line(source, address), *_of_host(host))
        for handler in filter(_HANDLER.fullmatch, attributes):
            if handler not in told:
                told.add(handler)
                message = (
                    f"the script in the attribute '{handler}' does not run: pages run those of files"
                )
                hint = "put it into a file in docs/, and name that under extra_javascript in mkdocs.yml"
                yield Problem(path, _line(source, handler), message, hint)
    if 'class="mermaid"' in html and not any(_is("unpkg.com", host) for host in hosts):
        message = "diagrams of Mermaid are not drawn: Material takes the script for them from unpkg.com"
        hint = "draw them as pictures, or put mermaid.min.js into docs/ and under extra_javascript"
        yield Problem(path, _line(source, "mermaid"), message, hint)


def refused_files(
    addresses: Iterable[str], source: str, path: str, hosts: Sequence[str]
) -> Iterator[Problem]:
    """Those of the files that mkdocs.yml names on other hosts which are not trusted."""
    tags = (f'<script src="{escape(address)}"></script>' for address in addresses)
    return refused("".join(tags), source, path, hosts)


def _of_host(host: str) -> tuple[str, str]:
    return (
        f"what the page loads from {host} stays out: visitors' browsers ask no other site",
        f"put the file into docs/, or add '{host}' to trusted_hosts under extra.homepage, with https://",
    )


def _loaded(name: str, attributes: dict[str, str]) -> Iterator[str]:
    """The addresses that an element loads from, or sends to."""
    if name == "a":
        return
    yield from (value for key, value in attributes.items() if key in _LOADING)
    yield from (part.split()[0] for part in attributes.get("srcset", "").split(",") if part.strip())
    yield from _CSS_URL.findall(attributes.get("style", ""))
    if name == "link" and "stylesheet" in attributes.get("rel", "").lower():
        yield attributes.get("href", "")


def _host(address: str) -> str:
    try:
        return urlsplit(address.strip()).hostname or ""
    except ValueError:  # no address
        return ""


def _trusted(address: str, host: str, hosts: Sequence[str]) -> bool:
    return not address.strip().lower().startswith("http:") and any(_is(host, known) for known in hosts)


def _is(host: str, known: str) -> bool:
    known = known.lower()
    return host.endswith(known[1:]) if known.startswith("*.") else host == known


def _with(source: str, more: Iterable[str]) -> str:
    return " ".join((source, *more))


def _attributes(inside: str) -> dict[str, str]:
    """The attributes of a tag, by their names in lower case; the first of two counts."""
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(inside):
        bare = value[1:-1] if value[:1] in ("'", '"') else value
        found.setdefault(name.lower(), unescape(bare))
    return found


def _is_data(inside: str) -> bool:
    """Is a script one that is not run here: data, or a file?"""
    attributes = _attributes(inside)
    return "src" in attributes or attributes.get("type", "").strip().lower() in _DATA


@lru_cache(maxsize=512)
def _hashes(text: str) -> tuple[str, ...]:
    """The hash of a text, and of what it is where browsers read it as XML, as in an SVG."""
    text = text.replace("\r\n", "\n")
    return tuple(map(_hash, dict.fromkeys((text, unescape(_CDATA.sub(r"\1", text))))))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _line(source: str, text: str) -> int:
    place = source.find(text)
    return source.count("\n", 0, place) + 1 if place >= 0 else 0
