"""Converts Hugo's shortcodes to Markdown; nothing is run."""

import re
from collections.abc import Callable
from html import escape
from textwrap import indent

from .markdown import Report, image, outside_code, replace_emoji, unescape_maths

_CODE = re.compile(
    r"\{\{[<%]\s*highlight\s+\"?([\w+-]+)[^}]*\}\}\n?(.*?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}", re.S
)
_CODE_END = re.compile(r"\{\{[<%]\s*+/\s*+highlight\s*+[>%]\}\}")
_PAIR = re.compile(
    r"\{\{([<%])\s*([\w-]+)\b([^{}]*?)[>%]\}\}((?:(?!\{\{[<%]\s*\2\b).)*?)\{\{[<%]\s*/\s*\2\s*[>%]\}\}",
    re.S,
)
_SINGLE = re.compile(r"\{\{[<%]\s*(/?)\s*([\w/-]+)((?:[^{}\"]|\"[^\"]*\")*?)/?\s*[>%]\}\}")
_SHOWN = re.compile(r"\{\{([<%])/\*([^{}]*?)\*/([>%])\}\}")  # shown, not run
_NAMED = re.compile(r"([\w-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|(\S+))")
_WORD = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|(\S+)")
_MORE = re.compile(r"^[ \t]*<!--[ \t]*more[ \t]*-->[ \t]*$", re.M)
_BARE = re.compile(
    r"(?<![\w(\"'=<\[/:])(https?://[^\s<>()\"'\]]+[^\s<>()\"'\].,;:!?])(?![^\[\n]{0,300}+\]\()"
)
_ADMONITIONS = frozenset(
    ("note", "info", "tip", "success", "question", "warning", "failure", "danger", "bug")
)
_MEDIA = ("figure", "img", "image", "video", "audio", "gallery_item")
_WRAPPERS = ("math", "center", "raw", "rawhtml", "html", "gallery", "cards", "columns", "tabs")
_EMBEDS = {
    "youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}",
    "tweet": "https://x.com/i/status/{}", "x": "https://x.com/i/status/{}",
    "gist": "https://gist.github.com/{}", "bilibili": "https://www.bilibili.com/video/{}",
}  # fmt: skip


class Shortcodes:
    """Converts the pages of one site.

    `key_of` returns the key of a publication for the address of its page, or ''; `name_of` the name
    of a person for that of theirs.
    """

    def __init__(self, key_of: Callable[[str], str], name_of: Callable[[str], str]):
        self.key_of, self.name_of = key_of, name_of

    def convert(self, text: str, report: Report) -> str:
        """Return the body of a page as Markdown; shortcodes that cannot be converted are reported."""
        last = max((match.end() for match in _CODE_END.finditer(text)), default=0)
        code = _CODE.sub(lambda m: f"```{m[1]}\n{m[2]}\n```", text[:last])
        return outside_code(code + text[last:], lambda part: self._convert(part, report))

    def _convert(self, text: str, report: Report) -> str:
        def single(match: re.Match[str]) -> str:
            found = None if match[1] else self._single(match)
            if found is not None:
                return found
            if not match[1]:  # the end of a pair needs no words
                shown = " ".join(match[0].split())[:80]
                message = f"a shortcode that cannot be converted was removed: {shown}"
                report(match[0], message, "write again what it showed")
            return ""

        text = _SHOWN.sub(
            lambda m: f"<code>&#123;&#123;{escape(''.join(m.groups()))}&#125;&#125;</code>", text
        )
        for _ in range(4):  # nested pairs
            before = text
            text = _PAIR.sub(_pair, text)
            if text == before:
                break
        text = _BARE.sub(r"<\1>", unescape_maths(_SINGLE.sub(single, text)))
        return replace_emoji(_MORE.sub("<!-- more -->", text))

    def _single(self, match: re.Match[str]) -> str | None:
        name, (given, words) = match[2], _arguments(match[3])
        first = next(iter(words), "")
        path = given.get("src") or given.get("url") or first
        if name in _MEDIA and path:
            return image(path, given)
        if name in ("icon", "toc", "table_of_contents", "break"):
            return ""
        if name in ("ref", "relref", "staticref") and words:
            return f"/{first.lstrip('/')}" if name == "staticref" else first
        if name == "cite" and (key := self.key_of(given.get("page", first))):
            return f"[@{key}]"
        if name == "mention" and words:
            return self.name_of(first)
        if name in _EMBEDS and (words or given):
            values = words or list(given.values())
            value = {"gist": "/".join(values[:2]), "tweet": values[-1], "x": values[-1]}.get(
                name, values[0]
            )
            address = _EMBEDS[name].format(value)
            return f"[{address}]({address})"
        return None


def _pair(match: re.Match[str]) -> str:
    name, (given, words), inner = match[2], _arguments(match[3]), match[4]
    first = next(iter(words), "")
    if name in ("callout", "alert", "notice"):
        kind = first or given.get("type", "note")
        kind = kind if kind in _ADMONITIONS else "note"
        return f"\n\n!!! {kind}\n\n{indent(inner.strip(), '    ')}\n\n"
    if name in ("spoiler", "details"):
        title = (given.get("text") or given.get("summary") or first or "…").replace('"', "'")
        return f'\n\n??? note "{title}"\n\n{indent(inner.strip(), "    ")}\n\n'
    if name in ("staticref", "button", "ref", "relref"):
        address = given.get("url") or given.get("href") or first
        if name == "staticref" and "://" not in address:
            address = f"/{address.lstrip('/')}"
        return f"[{inner.strip()}]({address})" if address else inner
    if name == "hl":
        return f"<mark>{inner}</mark>"
    return inner if name in _WRAPPERS else match[0]


def _arguments(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the named and the other arguments of a shortcode."""
    named = {m[1]: m[2] or m[3] or m[4] or "" for m in _NAMED.finditer(text)}
    words = [m[1] or m[2] or m[3] or "" for m in _WORD.finditer(_NAMED.sub(" ", text))]
    return named, [word for word in words if word and word != "/"]
