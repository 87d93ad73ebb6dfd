"""Addresses in old pages to ours, and HTML that browsers would refuse here."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from urllib.parse import quote

from ..identifiers import safe_url
from .moved import Draft, Move, url
from .old_markdown import Tell, attributes, outside_code

_LINK = re.compile(
    r"(!?)\[((?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,200}\]){0,600})\]"
    r"\([ \t]*(?:<([^<>\n]{1,2000})>|([^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?))"
    r"(\s+\"[^\"\n]*\"|\s+'[^'\n]*')?[ \t]*\)"
)
_DEFINITION = re.compile(r"^([ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*)<?(\S+?)>?(?=\s|$)", re.M)
_TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_DROPPED = re.compile(r"<(script|style)\b[^<>]*>.*?</\1\s*>|<(?:script|link|meta)\b[^<>]*>", re.S | re.I)
_FRAME = re.compile(r"<(iframe|embed)\b([^<>]*)>(?:\s*</iframe\s*>)?", re.I)
_ICON = re.compile(r"<(i|span)\s+class=[\"'](?:fa|ai|bi)[\w -]*[\"'][^>]*>\s*</\1>[ \t]?", re.I)
_ADDRESSES = ("href", "src", "poster", "data")
_SAVE = "save it in docs/, and show it from there"
_TRUST = "visitors load nothing from other hosts; see trusted_hosts in the README"


def _substituted(
    pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], piece: str, _: int
) -> str:
    return pattern.sub(change, piece)


class Addresses:
    """Rewrites the addresses of one page, and what of HTML browsers would refuse here."""

    def __init__(self, move: Move, draft: Draft, tell: Tell):
        self.move, self.draft, self.tell = move, draft, tell

    def convert(self, text: str) -> str:
        """The text with our addresses."""
        text = self._without_refused(text)
        text = outside_code(text, self._tags)
        return outside_code(text, self._links)

    def local(self, address: str, *, html: bool = False) -> str | None:
        """Our address for one of the old site's; None for a page that the old theme made."""
        found = self.move.resolve(address, self.draft)
        if found == "" or "{{" in address or "{%" in address:
            return address
        fragment = "#" + address.partition("#")[2] if "#" in address else ""
        if found is None:
            if self.move.gone and address.strip("/").partition("/")[0] in self.move.gone:
                self.tell(
                    address, f"the page '{address}' was made by the old theme", "its link is plain text"
                )
                return None
            hint = f"mend the address in docs/{self.draft.path}"
            self.tell(address, f"'{address[:80]}' is not in the old site", hint)
            if not html:  # which MkDocs does not look at
                self.move.dead.add((self.draft.path, address))
            return address
        start = url(self.draft.path) if html else posixpath.dirname(self.draft.path)
        goal = url(found) if html else found
        path = posixpath.relpath(goal or ".", start or ".")
        path += "/" * (goal.endswith("/") or not goal)
        return quote(path, safe="/.~-_()!,'@+") + fragment

    def _links(self, piece: str, _: int) -> str:
        def one(match: re.Match[str]) -> str:
            picture, shown, title = match[1], match[2], match[5] or ""
            if not picture and "![" in shown:
                shown = _LINK.sub(one, shown)
            address = (match[3] or match[4]).strip()
            if picture and re.match(r"(?:https?:)?//", address) and not self._own(address):
                self.tell(address, f"a picture of another host is a link now: {address[:80]}", _SAVE)
                return f"[{shown or address}]({address})"
            new = self.local(address)
            if new is None:
                return shown
            new = f"<{new}>" if re.search(r"[\s<>]", new) else new
            return f"{picture}[{shown}]({new}{title})"

        piece = _LINK.sub(one, piece)
        return _DEFINITION.sub(
            lambda m: m[1] + (self.local(m[2]) or m[2]) if "/" in m[2] else m[0], piece
        )

    def _own(self, address: str) -> bool:
        return bool(self.move.site_url and address.startswith(self.move.site_url))

    def _without_refused(self, text: str) -> str:
        """Without scripts, style sheets and frames, which become links."""

        def drop(match: re.Match[str]) -> str:
            what = (match[1] or "script or style sheet").lower()
            self.tell(match[0][:40], f"a {what} in the page was left out", "pages here load none")
            return "\n" * match[0].count("\n")

        def frame(match: re.Match[str]) -> str:
            address = dict(attributes(match[2])).get("src") or ""
            address = f"https:{address}" if address.startswith("//") else address
            self.tell(match[0][:40], f"a frame is a link now: {address[:80]}", _TRUST)
            return f"[{address}]({address})" if safe_url(address) else ""

        text = outside_code(text, lambda piece, _: _ICON.sub("", piece))
        for pattern, change in ((_DROPPED, drop), (_FRAME, frame)):
            text = outside_code(text, partial(_substituted, pattern, change))
        return text

    def _tags(self, piece: str, _: int) -> str:
        return _TAG.sub(self._tag, piece)

    def _tag(self, match: re.Match[str]) -> str:
        found = attributes(match[2])
        if link := self._picture_elsewhere(match[1].lower(), found):
            return link
        kept = [pair for key, value in found if (pair := self._attribute(match[1].lower(), key, value))]
        if kept == found:
            return match[0]
        inside = "".join(f" {k}" if v is None else f' {k}="{v}"' for k, v in kept)
        return f"<{match[1]}{inside}{' /' if match[2].rstrip().endswith('/') else ''}>"

    def _picture_elsewhere(self, name: str, found: list[tuple[str, str | None]]) -> str:
        """A link in the place of a picture that another host has, '' for others."""
        address = unescape(next((v for k, v in found if k.lower() == "src" and v), "")).strip()
        if name != "img" or not re.match(r"(?:https?:)?//", address) or self._own(address):
            return ""
        self.tell(address, f"a picture of another host is a link now: {address[:80]}", _SAVE)
        shown = dict(found).get("alt") or address
        return f'<a href="{escape(address)}">{escape(unescape(shown))}</a>'

    def _attribute(self, name: str, key: str, value: str | None) -> tuple[str, str | None] | None:
        """An attribute of a tag with our address, if it is one; None if it has to go."""
        if re.fullmatch(r"on[a-z]+", key, re.I):
            self.tell(f"{key}=", f"the script in the attribute '{key}' was left out", "pages run none")
            return None
        if not value or key.lower() not in _ADDRESSES or name in ("svg", "use"):
            return key, value
        address = unescape(value).strip()
        if not safe_url(address) and not address.startswith("#"):
            return None
        local = self.local(address, html=True)
        if local is None:
            return None
        return key, value if local == address else escape(local)
