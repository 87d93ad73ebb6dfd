"""Rewrites the links of old pages, and removes HTML that this site's content policy forbids."""

import posixpath
import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from html import escape, unescape
from urllib.parse import quote

from homepage.common import code_spans, safe_url

from .markdown import Report, outside_code, parse_attributes
from .migration import Draft, Migration
from .sanitizing import is_unsafe
from .urls import page_url

_LINK = re.compile(
    r"(!?)\[((?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{0,200}\]){0,600})\]"
    r"\([ \t]*(?:<([^<>\n]{1,2000})>|([^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s<>]{0,500})?))"
    r"(\s+\"[^\"\n]*\"|\s+'[^'\n]*')?[ \t]*\)"
)
_DEFINITION = re.compile(r"^([ ]{0,3}\[[^\]\n^][^\]\n]*\]:[ \t]*)<?(\S+?)>?(?=\s|$)", re.M)
_TAG = re.compile(r"<([a-zA-Z][\w-]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>")
_WITH_TEXT = ("script", "style")  # elements whose text is not shown
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
_SAVE = "save it in docs/ and show it from there"
_ELSEWHERE = re.compile(r"(?:https?:)?//")
_TRUST = "pages load nothing from other websites; see trusted_hosts in guide/privacy.md"


def _replace_elements(name: str, change: Callable[[re.Match[str]], str], text: str) -> str:
    """Replace all elements of a name that have an end tag, in linear time."""
    ends = [match.end() for match in re.finditer(rf"</{name}\s*+>", text, re.I)]
    if not ends:
        return text
    pattern = re.compile(rf"<{name}\b[^<>]*+>.*?</{name}\s*+>", re.S | re.I)
    return pattern.sub(change, text[: ends[-1]]) + text[ends[-1] :]


class LinkRewriter:
    """Rewrites the links of one page."""

    def __init__(self, migration: Migration, draft: Draft, report: Report):
        self.migration, self.draft, self.report = migration, draft, report

    def rewrite(self, text: str) -> str:
        """Return the text with our addresses."""
        text = self._remove_forbidden(text)
        text = outside_code(text, lambda part: _TAG.sub(self._tag, part))
        text = outside_code(text, lambda part: _LIST.sub(self._attribute_list, part))
        text = self._links(text)
        return outside_code(text, lambda part: _DEFINITION.sub(self._definition, part))

    def _links(self, text: str) -> str:
        """Rewrite links that do not start in code; their words may have code."""
        code = [(a, b) for a, b in code_spans(text) if text[a:b].lstrip(" \t")[:1] in ("`", "~")]

        def change(match: re.Match[str]) -> str:
            index = bisect_right(code, (match.start(), len(text))) - 1
            return match[0] if index >= 0 and match.start() < code[index][1] else self._link(match)

        return _LINK.sub(change, text)

    def _local(self, address: str, *, html: bool = False) -> str | None:
        """Return our address for an old one; None if there is nothing that it could lead to."""
        folders = posixpath.dirname(self.draft.page.path), posixpath.dirname(self.draft.path)
        found = self.migration.resolve(address, *folders)
        if found == "" or "{{" in address or "{%" in address:
            return address
        if found is None:
            if address.strip("/").partition("/")[0] in self.migration.theme_pages:
                message = f"the old theme generated the page '{address}'"
                self.report(address, message, "its link is plain text now")
                return None
            rejected = address in self.migration.rejected
            why = "leads to a file that was not imported" if rejected else "is not in the old site"
            hint = f"its link is plain text now; write it again in docs/{self.draft.path}"
            self.report(address, f"'{address[:80]}' {why}", hint)
            return None
        start = page_url(self.draft.path) if html else posixpath.dirname(self.draft.path)
        goal = page_url(found) if html else found
        path = posixpath.relpath(goal or ".", start or ".")
        path += "/" * (goal.endswith("/") or not goal)
        fragment = "#" + address.partition("#")[2] if "#" in address else ""
        return quote(path, safe="/.~-_()!,'@+") + fragment

    def _is_elsewhere(self, address: str) -> bool:
        """Return whether an image is on another website; if so, report that it becomes a link."""
        site_url = self.migration.site_url
        found = bool(_ELSEWHERE.match(address)) and not (site_url and address.startswith(site_url))
        if found:
            self.report(address, f"an image on another website is a link now: {address[:80]}", _SAVE)
        return found

    # -- Markdown -------------------------------------------------------------

    def _attribute_list(self, match: re.Match[str]) -> str:
        if not _RUNNING.search(match[0]):
            return match[0]
        self.report(match[0][:40], f"attributes were removed: {match[0][:60]}", "pages run no scripts")
        return ""

    def _link(self, match: re.Match[str]) -> str:
        picture, shown, title = match[1], match[2], match[5] or ""
        if not picture and "![" in shown:
            shown = _LINK.sub(self._link, shown)
        address = (match[3] or match[4]).strip()
        if is_unsafe(address) and not (picture and address.startswith("data:image/")):
            self.report(address, f"a link was removed: {address[:80]}", "give it an address")
            return shown
        if picture and self._is_elsewhere(address):
            return f"[{shown or address}]({address})"
        new = self._local(address)
        if new is None:
            return shown
        new = f"<{new}>" if re.search(r"[\s<>]", new) else new
        return f"{picture}[{shown}]({new}{title})"

    def _definition(self, match: re.Match[str]) -> str:
        start, address = match[1], match[2]
        if is_unsafe(address):
            self.report(address, f"a link was removed: {address[:80]}", "give it an address")
            return f"{start}#"
        return start + (self._local(address) or "#") if "/" in address else match[0]

    # -- HTML -----------------------------------------------------------------

    def _remove_forbidden(self, text: str) -> str:
        """Remove scripts and style sheets, and turn frames into links."""
        text = outside_code(text, lambda part: _ICON.sub("", part))
        for _ in range(4):  # a removal may join the parts of another tag
            before = text
            for name in _WITH_TEXT:
                text = outside_code(text, partial(_replace_elements, name, self._drop))
            text = outside_code(text, lambda part: _DROPPED.sub(self._drop, part))
            text = outside_code(text, lambda part: _FRAME.sub(self._frame, part))
            text = outside_code(text, lambda part: _FRAMES_END.sub("", part))
            if text == before:
                break
        return text

    def _drop(self, match: re.Match[str]) -> str:
        name = re.match(r"</?(\w+)", match[0])[1].lower()  # type: ignore[index]
        what = name if name in (*_WITH_TEXT, "form") else "script or style sheet"
        self.report(match[0][:40], f"a {what} in the page was removed", "pages load none")
        return "\n" * match[0].count("\n")

    def _frame(self, match: re.Match[str]) -> str:
        found = {key.lower(): value for key, value in parse_attributes(match[2])}
        address = unescape(found.get("src") or found.get("data") or "").strip()
        address = f"https:{address}" if address.startswith("//") else address
        self.report(match[0][:40], f"a frame is a link now: {address[:80]}", _TRUST)
        return f"[{address}]({address})" if safe_url(address) else ""

    def _tag(self, match: re.Match[str]) -> str:
        found = parse_attributes(match[2])
        src = unescape(next((v for k, v in found if k.lower() == "src" and v), "")).strip()
        if match[1].lower() == "img" and self._is_elsewhere(src):
            shown = dict(found).get("alt") or src
            return f'<a href="{escape(src)}">{escape(unescape(shown))}</a>'
        kept = [pair for key, value in found if (pair := self._attribute(key, value))]
        if match[1].lower() == "img" and src and "src" not in (key.lower() for key, _ in kept):
            return escape(unescape(dict(found).get("alt") or ""))
        if kept == found:
            return match[0]
        inside = "".join(f" {k}" if v is None else f' {k}="{v}"' for k, v in kept)
        return f"<{match[1]}{inside}{' /' if match[2].rstrip().endswith('/') else ''}>"

    def _attribute(self, key: str, value: str | None) -> tuple[str, str | None] | None:
        """Return an attribute of a tag with our address; None if it is not allowed."""
        if re.fullmatch(r"on[a-z]+", key, re.I):
            self.report(f"{key}=", f"the script in the attribute '{key}' was removed", "pages run none")
            return None
        if key.lower() in _SENDING:
            return None
        if not value or key.lower() not in _ADDRESSED:
            return key, value
        address = unescape(value).strip()
        if not safe_url(address) and not address.startswith("#"):
            return None
        local = self._local(address, html=True)
        if local is None:
            return None
        return key, value if local == address else escape(local)
