"""Addresses in old pages to ours, and HTML that browsers would refuse here."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from urllib.parse import quote

from homepage.common import safe_url

from .harmless import is_harmful
from .moved import Draft, Move
from .old_markdown import Tell, attributes, outside_code
from .urls import url

_LINK = re.compile(
    r"(!?)\[((?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,200}\]){0,600})\]"
    r"\([ \t]*(?:<([^<>\n]{1,2000})>|([^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?))"
    r"(\s+\"[^\"\n]*\"|\s+'[^'\n]*')?[ \t]*\)"
)
_DEFINITION = re.compile(r"^([ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*)<?(\S+?)>?(?=\s|$)", re.M)
_TAG = re.compile(r"<([a-zA-Z][\w-]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_WITH_TEXT = ("script", "style")  # elements whose text nobody is to read
_DROPPED = re.compile(r"</?(?:script|style|link|meta|base|form)\b[^<>]*+>", re.I)
_FRAME = re.compile(r"<(iframe|embed|object|applet)\b([^<>]*+)>(?:\s*+</\1\s*+>)?", re.I)
_FRAMES_END = re.compile(r"</(?:iframe|object|applet)\s*+>", re.I)
_LIST = re.compile(r"\{:?[^{}\n]*+\}")
_RUNNING = re.compile(
    r"(?<![\w-])(?:on[a-z]+|href|src|srcset|xlink:href|action|formaction|data|ping)\s*+=", re.I
)
_ADDRESSED = ("href", "src", "poster", "data", "xlink:href", "background", "cite", "longdesc")
_SENDING = ("action", "formaction", "srcset", "srcdoc", "ping", "http-equiv")
_ICON = re.compile(r"<(i|span)\s+class=[\"'](?:fa|ai|bi)[\w -]*[\"'][^>]*>\s*</\1>[ \t]?", re.I)
_SAVE = "save it in docs/, and show it from there"
_TRUST = "visitors load nothing from other hosts; see trusted_hosts in guide/privacy.md"


def _substituted(
    pattern: re.Pattern[str], change: Callable[[re.Match[str]], str], piece: str, _: int
) -> str:
    return pattern.sub(change, piece)


def _without(name: str, change: Callable[[re.Match[str]], str], piece: str) -> str:
    """The piece with all elements of a name changed that have an end, and time that grows with it."""
    ends = [match.end() for match in re.finditer(rf"</{name}\s*+>", piece, re.I)]
    if not ends:
        return piece
    pattern = re.compile(rf"<{name}\b[^<>]*+>.*?</{name}\s*+>", re.S | re.I)
    return pattern.sub(change, piece[: ends[-1]]) + piece[ends[-1] :]


class Addresses:
    """Rewrites the addresses of one page, and what of HTML browsers would refuse here."""

    def __init__(self, move: Move, draft: Draft, tell: Tell):
        self.move, self.draft, self.tell = move, draft, tell

    def convert(self, text: str) -> str:
        """The text with our addresses."""
        text = self._without_refused(text)
        text = outside_code(text, self._tags)
        text = outside_code(text, lambda piece, _: _LIST.sub(self._attributes, piece))
        return outside_code(text, self._links)

    def _attributes(self, match: re.Match[str]) -> str:
        """Markdown's list of attributes, unless it would run or load something."""
        if not _RUNNING.search(match[0]):
            return match[0]
        self.tell(match[0][:40], f"attributes were left out: {match[0][:60]}", "pages run no scripts")
        return ""

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
            refused = address in self.move.refused
            why = "leads to a file that did not come along" if refused else "is not in the old site"
            self.tell(address, f"'{address[:80]}' {why}", hint)
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
            if is_harmful(address) and not (picture and address.startswith("data:image/")):
                self.tell(address, f"a link was left out: {address[:80]}", "give it an address")
                return shown
            if picture and re.match(r"(?:https?:)?//", address) and not self._own(address):
                self.tell(address, f"a picture of another host is a link now: {address[:80]}", _SAVE)
                return f"[{shown or address}]({address})"
            new = self.local(address)
            if new is None:
                return shown
            new = f"<{new}>" if re.search(r"[\s<>]", new) else new
            return f"{picture}[{shown}]({new}{title})"

        piece = _LINK.sub(one, piece)

        def defined(match: re.Match[str]) -> str:
            if is_harmful(match[2]):
                self.tell(match[2], f"a link was left out: {match[2][:80]}", "give it an address")
                return f"{match[1]}#"
            return match[1] + (self.local(match[2]) or match[2]) if "/" in match[2] else match[0]

        return _DEFINITION.sub(defined, piece)

    def _own(self, address: str) -> bool:
        return bool(self.move.site_url and address.startswith(self.move.site_url))

    def _without_refused(self, text: str) -> str:
        """Without scripts, style sheets and frames, which become links."""

        def drop(match: re.Match[str]) -> str:
            name = re.match(r"</?(\w+)", match[0])[1].lower()  # type: ignore[index]
            what = name if name in (*_WITH_TEXT, "form") else "script or style sheet"
            self.tell(match[0][:40], f"a {what} in the page was left out", "pages here load none")
            return "\n" * match[0].count("\n")

        def frame(match: re.Match[str]) -> str:
            found = {key.lower(): value for key, value in attributes(match[2])}
            address = unescape(found.get("src") or found.get("data") or "").strip()
            address = f"https:{address}" if address.startswith("//") else address
            self.tell(match[0][:40], f"a frame is a link now: {address[:80]}", _TRUST)
            return f"[{address}]({address})" if safe_url(address) else ""

        text = outside_code(text, lambda piece, _: _ICON.sub("", piece))
        for _ in range(4):  # what is left out may put together what stood around it
            before = text
            for name in _WITH_TEXT:
                text = outside_code(text, lambda piece, _, n=name: _without(n, drop, piece))  # type: ignore[misc]
            for pattern, change in ((_DROPPED, drop), (_FRAME, frame), (_FRAMES_END, lambda _: "")):
                text = outside_code(text, partial(_substituted, pattern, change))
            if text == before:
                break
        return text

    def _tags(self, piece: str, _: int) -> str:
        return _TAG.sub(self._tag, piece)

    def _tag(self, match: re.Match[str]) -> str:
        found = attributes(match[2])
        if link := self._picture_elsewhere(match[1].lower(), found):
            return link
        kept = [pair for key, value in found if (pair := self._attribute(key, value))]
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

    def _attribute(self, key: str, value: str | None) -> tuple[str, str | None] | None:
        """An attribute of a tag with our address, if it is one; None if it has to go."""
        if re.fullmatch(r"on[a-z]+", key, re.I):
            self.tell(f"{key}=", f"the script in the attribute '{key}' was left out", "pages run none")
            return None
        if key.lower() in _SENDING:
            return None
        if not value or key.lower() not in _ADDRESSED:
            return key, value
        address = unescape(value).strip()
        if not safe_url(address) and not address.startswith("#"):
            return None
        local = self.local(address, html=True)
        if local is None:
            return None
        return key, value if local == address else escape(local)
