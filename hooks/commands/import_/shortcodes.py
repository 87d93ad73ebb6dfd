"""Pages of Hugo: shortcodes to Markdown. Nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import indent

from .old_markdown import Tell, outside_code, picture, with_emoji, with_maths

_CODE = re.compile(
    r"\{\{[<%]\s*highlight\s+\"?([\w+-]+)[^}]*\}\}\n?(.*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}", re.S
)
_CODE_END = re.compile(r"\{\{[<%]\s*+/\s*+highlight\s*+[>%]\}\}")
_PAIR = re.compile(
    r"\{\{([<%])\s*([\w-]+)\b([^{}]*?)[>%]\}\}((?:(?!\{\{[<%]\s*\2\b).)*?)\{\{[<%]\s*/\s*\2\s*[>%]\}\}",
    re.S,
)
_SINGLE = re.compile(r"\{\{[<%]\s*(/?)\s*([\w/-]+)((?:[^{}\"]|\"[^\"]*\")*?)/?\s*[>%]\}\}")
_NAMED = re.compile(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|(\S+))")
_WORD = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|(\S+)")
_MORE = re.compile(r"^[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*$", re.M)
_BARE = re.compile(
    r"(?<![\w(\"'=<\[/:])(https?://[^\s<>()\"'\]]+[^\s<>()\"'\].,;:!?])(?![^\[\n]{0,300}+\]\()"
)
_ADMONITIONS = frozenset(
    ("note", "info", "tip", "success", "question", "warning", "failure", "danger", "bug")
)


class Shortcodes:
    """Converts the pages of one site. `cite` gives the key of a publication's folder, or ''."""

    def __init__(self, cite: Callable[[str], str], name_of: Callable[[str], str]):
        self.cite, self.name_of = cite, name_of

    def convert(self, text: str, tell: Tell) -> str:
        """The body of a page as Markdown; what has no counterpart stays to be seen, and is told."""
        last = max((match.end() for match in _CODE_END.finditer(text)), default=0)
        code = _CODE.sub(lambda m: f"```{m[1]}\n{m[2]}\n```", text[:last])
        text = code + text[last:]
        return outside_code(text, lambda piece, _: self._piece(piece, tell))

    def _piece(self, text: str, tell: Tell) -> str:
        for _ in range(4):  # pairs inside of pairs
            changed = _PAIR.sub(self._pair, text)
            if changed == text:
                break
            text = changed
        text = _SINGLE.sub(lambda m: self._single(m, lambda *what: tell(m[0], *what)), text)
        text = _BARE.sub(r"<\1>", with_maths(text))
        return with_emoji(_MORE.sub("<!-- more -->", text))

    def _pair(self, match: re.Match[str]) -> str:
        name, (given, words), inner = match[2], _arguments(match[3]), match[4]
        if name in ("callout", "alert", "notice"):
            kind = next(iter(words), given.get("type", "note"))
            kind = kind if kind in _ADMONITIONS else "note"
            return f"\n\n!!! {kind}\n\n{indent(inner.strip(), '    ')}\n\n"
        if name in ("spoiler", "details"):
            title = given.get("text") or given.get("summary") or next(iter(words), "…")
            quoted = title.replace('"', "'")
            return f'\n\n??? note "{quoted}"\n\n{indent(inner.strip(), "    ")}\n\n'
        if name in ("staticref", "button", "ref", "relref"):
            address = given.get("url") or given.get("href") or next(iter(words), "")
            address = (
                f"/{address.lstrip('/')}" if name == "staticref" and "://" not in address else address
            )
            return f"[{inner.strip()}]({address})" if address else inner
        if name == "hl":
            return f"<mark>{inner}</mark>"
        if name in ("math", "center", "raw", "rawhtml", "html", "gallery", "cards", "columns", "tabs"):
            return inner
        return match[0]

    def _single(self, match: re.Match[str], tell: Callable[..., None]) -> str:
        name, (given, words) = match[2], _arguments(match[3])
        path = given.get("src") or given.get("url") or next(iter(words), "")
        if match[1]:
            pass
        elif name in ("figure", "img", "image", "video", "audio", "gallery_item") and path:
            alt = given.get("alt") or given.get("title") or ""
            return picture(path, alt, given.get("caption", ""), given.get("width", ""))
        elif name in ("icon", "toc", "table_of_contents", "break"):
            return ""
        elif name in ("ref", "relref", "staticref") and words:
            return f"/{words[0].lstrip('/')}" if name == "staticref" else words[0]
        elif name == "cite":
            key = self.cite(given.get("page", next(iter(words), "")))
            if key:
                return f"[@{key}]"
        elif name == "mention" and words:
            return self.name_of(words[0])
        elif name in ("youtube", "vimeo", "tweet", "x", "gist", "bilibili") and (words or given):
            address = _elsewhere(name, words or list(given.values()))
            return f"[{address}]({address})"
        shown = " ".join(match[0].split())[:60]
        tell(
            f"Hugo's shortcodes do nothing here, and stay to be seen: {shown}",
            "replace it by what it made",
        )
        return match[0]


def _elsewhere(name: str, words: list[str]) -> str:
    return {
        "vimeo": f"https://vimeo.com/{words[0]}",
        "tweet": f"https://x.com/i/status/{words[-1]}",
        "x": f"https://x.com/i/status/{words[-1]}",
        "gist": f"https://gist.github.com/{'/'.join(words[:2])}",
        "bilibili": f"https://www.bilibili.com/video/{words[0]}",
    }.get(name, f"https://www.youtube.com/watch?v={words[0]}")


def _arguments(text: str) -> tuple[dict[str, str], list[str]]:
    named = {m[1]: m[2] or m[3] or m[4] or "" for m in _NAMED.finditer(text)}
    words = [m[1] or m[2] or m[3] or "" for m in _WORD.finditer(_NAMED.sub(" ", text))]
    return named, [word for word in words if word and word != "/"]
