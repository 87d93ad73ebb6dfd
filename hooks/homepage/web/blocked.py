"""Reports HTML in a page's text that browsers will block, or that sends visitors elsewhere.

Without a warning, owners would not notice what the page's policy (`content_policy.py`) blocks. HTML
that sends visitors or their input away is usually pasted by mistake: `<meta http-equiv="refresh">`,
`<base>`, forms, handlers and `javascript:` addresses
(https://html.spec.whatwg.org/multipage/, https://www.w3.org/TR/CSP3/).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from markupsafe import escape

from ..common import Tag, is_inline_script, is_policy, tags
from ..model import Problem
from .content_policy import host_of

# Attributes that load from an address or send to it; `href` loads on elements of _REFERRING only.
_LOADING = ("src", "poster", "data", "background", "codebase", "archive", "ping")
_SENDING = ("action", "formaction")
_HREFS = ("href", "xlink:href")
_LINKING = (*_HREFS, *_LOADING, *_SENDING, "to", "from", "by", "values")  # those of SVG's animations
_REFERRING = frozenset(("image", "use", "feimage", "script"))
_RELATIONS = frozenset(
    "stylesheet icon apple-touch-icon mask-icon manifest preload modulepreload prefetch prerender"
    " preconnect dns-prefetch".split()
)
_RUNNING = frozenset(("script", "iframe", "frame", "object", "embed"))  # what they load may be a page
_CSS_URL = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""", re.I)
_HANDLER = re.compile(r"on[a-z]+")
# Characters that browsers ignore in addresses: https://url.spec.whatwg.org/#concept-basic-url-parser
_WITHIN, _BEFORE = re.compile(r"[\t\n\r]"), "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"(javascript|vbscript|data|blob|mailto):", re.I)
_TO_A_FILE = "put it into a file in docs/, and name that under extra_javascript in mkdocs.yml"


class _Found(NamedTuple):
    """Something blocked: each `kind` is reported once a page; `written` are texts to find its line."""

    kind: str
    written: Sequence[str]
    message: str
    hint: str


def refused(html: str, source: str, path: str, hosts: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each kind of HTML in a page's text that browsers will not load or run.

    `source` is the page's Markdown, `hosts` are trusted. `left_out` reports inline scripts and policies.
    """
    seen: set[str] = set()
    for found in _blocked(html, hosts):
        if found.kind not in seen:
            seen.add(found.kind)
            yield Problem(path, _line(source, _place(source, found.written)), found.message, found.hint)


def left_out(html: str, source: str, path: str, *, scripts: bool) -> Iterator[Problem]:
    """Yield problems for what `content_policy.restricted` blocks: policies, and inline scripts."""
    start = 0
    for tag in tags(html):
        if is_policy(tag):
            message = "the page has a Content-Security-Policy in its text, which is left out"
            hint = "delete it; to allow other sites, use trusted_hosts under extra.homepage"
        elif not scripts and is_inline_script(tag):
            message = "the script in the page does not run: its front matter does not allow scripts"
            hint = f"write scripts: true there, or {_TO_A_FILE}"
        else:
            continue
        text = tag.text or ""
        whole = f"{tag.inside}>" + (f"{text}</" if text else "")
        written = (whole, text.strip().partition("\n")[0], f"<{tag.name}")
        place = _place(source, written, start)
        start = max(start, place + 1)
        yield Problem(path, _line(source, place), message, hint)


def refused_files(
    addresses: Iterable[str], source: str, path: str, hosts: Sequence[str]
) -> Iterator[Problem]:
    """Yield a problem for each file that mkdocs.yml names on a host that is not trusted."""
    found = (f'<script src="{escape(address)}"></script>' for address in addresses)
    return refused("".join(found), source, path, hosts)


def _blocked(html: str, hosts: Sequence[str]) -> Iterator[_Found]:
    for tag in tags(html):
        if "=" in tag.inside or tag.name in ("base", "style"):
            attributes = tag.attributes
            for found in (
                *_foreign(tag, attributes, hosts),
                *_addresses(tag, attributes),
                *_handlers(attributes),
                *_redirects(tag, attributes),
                *_frame(attributes, hosts),
            ):
                whole = f"<{tag.name}{tag.inside}>"
                written = (whole, *found.written, tag.inside.strip(), f"<{tag.name}")
                yield found._replace(written=written)
    if 'class="mermaid"' in html and not any(_is("unpkg.com", host) for host in hosts):
        message = "diagrams of Mermaid are not drawn: Material takes the script for them from unpkg.com"
        hint = "draw them as pictures, or put mermaid.min.js into docs/ and under extra_javascript"
        yield _Found("mermaid", ["mermaid"], message, hint)


def _foreign(tag: Tag, attributes: dict[str, str], hosts: Sequence[str]) -> Iterator[_Found]:
    """Yield what is loaded from other hosts, or sent there."""
    for address in _loaded(tag, attributes):
        host = host_of(address)
        if host and not _trusted(address, host, hosts):
            message = f"browsers block what the page loads from {host}: it may load from no other site"
            hint = f"put the file into docs/, or add '{host}' to trusted_hosts under extra.homepage,"
            yield _Found(host, [address], message, f"{hint} with https://")


def _loaded(tag: Tag, attributes: dict[str, str]) -> Iterator[str]:
    """Yield the addresses that an element loads from, or sends to."""
    if tag.name in ("a", "area"):
        yield from attributes.get("ping", "").split()
        return
    yield from (attributes[key] for key in (*_LOADING, *_SENDING) if key in attributes)
    for key in ("srcset", "imagesrcset"):
        yield from (part.split()[0] for part in attributes.get(key, "").split(",") if part.strip())
    yield from _CSS_URL.findall(attributes.get("style", ""))
    yield from _CSS_URL.findall((tag.name == "style" and tag.text) or "")
    relations = attributes.get("rel", "").lower().split()
    if tag.name in _REFERRING or (tag.name == "link" and not _RELATIONS.isdisjoint(relations)):
        yield from (attributes[key] for key in _HREFS if key in attributes)


def _addresses(tag: Tag, attributes: dict[str, str]) -> Iterator[_Found]:
    """Yield addresses that are scripts or pages themselves, and forms that send email."""
    for name in _LINKING:
        for part in attributes.get(name, "").split(";"):  # animations have several
            match = _SCHEME.match(_WITHIN.sub("", part).lstrip(_BEFORE))
            scheme = match[1].lower() if match else ""
            if scheme in ("javascript", "vbscript"):
                message = f"the script in the address '{scheme}:' does not run: pages run those of files"
                yield _Found(f"{scheme}:", [part, f"{scheme}:"], message, _TO_A_FILE)
            elif scheme in ("data", "blob") and tag.name in _RUNNING:
                message = f"what is in the address '{scheme}:' is not shown: <{tag.name}> takes files"
                yield _Found(f"<{tag.name}> {scheme}:", [part], message, "put it into a file in docs/")
            elif scheme and name in _SENDING:
                message = f"the form does not send to '{scheme}:': browsers send it to web sites only"
                yield _Found(f"form {scheme}:", [part], message, "write an email address as a link")


def _handlers(attributes: dict[str, str]) -> Iterator[_Found]:
    for name in filter(_HANDLER.fullmatch, attributes):
        message = f"the script in the attribute '{name}' does not run: pages run those of files"
        yield _Found(name, [f"{name}=", name], message, _TO_A_FILE)


def _redirects(tag: Tag, attributes: dict[str, str]) -> Iterator[_Found]:
    """Yield tags that redirect visitors or change all links."""
    if tag.name == "base":
        message = "the page has a <base>, which would move all of its links"
        yield _Found("base", [], message, "delete it, and write each link in full")
    elif tag.name == "meta" and attributes.get("http-equiv", "").strip().lower() == "refresh":
        message = "the page has a <meta http-equiv=refresh>, which leads visitors away by itself"
        hint = "write a link; if the page has moved, name its old address under aliases in the new one"
        yield _Found("refresh", [], message, hint)


def _frame(attributes: dict[str, str], hosts: Sequence[str]) -> Iterator[_Found]:
    """Yield what is blocked in the page that a frame has in its `srcdoc`."""
    if page := attributes.get("srcdoc"):
        yield from _blocked(page, hosts)
        if any(map(is_inline_script, tags(page))):
            message = "the script in the attribute 'srcdoc' does not run: pages run those of files"
            yield _Found("srcdoc", ["srcdoc"], message, _TO_A_FILE)


def _trusted(address: str, host: str, hosts: Sequence[str]) -> bool:
    return not address.strip().lower().startswith("http:") and any(_is(host, known) for known in hosts)


def _is(host: str, known: str) -> bool:
    known = known.lower()
    return host.endswith(known[1:]) if known.startswith("*.") else host == known


def _place(source: str, written: Iterable[str], start: int = 0) -> int:
    """Return the position of the first of these texts that the source has, or -1."""
    return next((place for text in written if text and (place := source.find(text, start)) >= 0), -1)


def _line(source: str, place: int) -> int:
    return source.count("\n", 0, place) + 1 if place >= 0 else 0
