"""The Content-Security-Policy of a page: nothing from elsewhere, and no script but those it came with.

https://www.w3.org/TR/CSP3/. Pages carry it themselves, as hosts of static pages take no headers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from .errors import Problem

PLACE = "homepage-policy"  # what stands in a page until everything else of it is known

_ELSEWHERE = ("script", "style", "img", "font", "connect", "media", "frame")
_SCRIPT = re.compile(r"<script\b(?P<tag>[^>]*)>(?P<text>.*?)</script>", re.S | re.I)
_NO_SCRIPT = re.compile(
    r"\ssrc\s*=|\stype\s*=\s*[\"']?(?!module\b|(?:text|application)/javascript\b)\w", re.I
)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.S | re.I)
_STYLED = re.compile(r"""<[a-z][^<>]*?\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_LOADED = re.compile(
    r"<(?:img|iframe|script|video|audio|source|track|embed|object|link\b(?=[^>]*\bstylesheet\b))\b"
    r"[^<>]*?\s(?:src|href|data|poster)\s*=\s*[\"']?\s*((?:https?:)?//[^\"'\s<>]+)",
    re.I,
)
_HANDLER = re.compile(r"<[a-z][^<>]*?\s(on[a-z]+)\s*=", re.I)


def policy(page: str, hosts: Sequence[str] = (), *, preview: bool = False) -> str:
    """The policy of a page, given as HTML, which may load files from some hosts besides its own.

    `preview` lets scripts in that `mkdocs serve` puts into its pages when they are made already.
    """
    scripts = sorted({_hash(match["text"]) for match in _SCRIPT.finditer(page) if not _no_script(match)})
    styles = sorted({_hash(text) for text in _STYLE.findall(page)})
    if " style=" in page and (attributes := {_attribute(match) for match in _STYLED.finditer(page)}):
        styles += ["'unsafe-hashes'", *sorted(attributes)]
    sources = dict.fromkeys(
        ("script", "style", "img", "font", "connect", "media", "frame", "worker"), "'self'"
    )
    sources |= {"manifest": "'self'", "object": "'self'"}
    for kind in _ELSEWHERE:
        sources[kind] = " ".join((sources[kind], *(f"https://{host}" for host in hosts)))
    sources["img"] += " data:"
    sources["script"] = " ".join((sources["script"], *(["'unsafe-inline'"] if preview else scripts)))
    sources["style"] = " ".join((sources["style"], *styles))
    parts = [f"{kind}-src {allowed}" for kind, allowed in sources.items()]
    forms = " ".join(("'self'", *(f"https://{host}" for host in hosts)))
    return "; ".join(("default-src 'none'", *parts, "base-uri 'none'", f"form-action {forms}"))


def refused(html: str, source: str, path: str, hosts: Sequence[str]) -> Iterator[Problem]:
    """What browsers will not load or run of a page's text, given as HTML and as its `source`."""
    for address in dict.fromkeys(_LOADED.findall(html)):
        host = urlsplit(str(Markup(address).unescape())).hostname or ""
        if not any(_is(host, known) for known in hosts):
            message = f"what the page loads from {host} stays out: visitors' browsers ask no other site"
            hint = f"put the file into docs/, or add '{host}' to trusted_hosts under extra.homepage"
            yield Problem(path, _line(source, address), message, hint)
    for name in dict.fromkeys(_HANDLER.findall(html)):
        message = f"the script in the attribute '{name}' does not run: pages run scripts of files only"
        hint = "put it into a file in docs/, and name that under extra_javascript in mkdocs.yml"
        yield Problem(path, _line(source, name), message, hint)


def refused_files(
    addresses: Iterable[str], source: str, path: str, hosts: Sequence[str]
) -> Iterator[Problem]:
    """Those of the files that mkdocs.yml names on other hosts which are not trusted."""
    tags = (f'<script src="{escape(address)}">' for address in addresses)
    return refused("".join(tags), source, path, hosts)


def _is(host: str, known: str) -> bool:
    return host.endswith(known[1:]) if known.startswith("*.") else host == known


def _no_script(match: re.Match[str]) -> bool:
    return bool(_NO_SCRIPT.search(match["tag"]))


def _attribute(match: re.Match[str]) -> str:
    return _hash(str(Markup(match[1] or match[2] or "").unescape()))


@lru_cache(maxsize=512)
def _hash(text: str) -> str:
    digest = hashlib.sha256(text.replace("\r\n", "\n").encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _line(source: str, text: str) -> int:
    place = source.find(text)
    return source.count("\n", 0, place) + 1 if place >= 0 else 0
