"""Converts Liquid tags and kramdown's own syntax in pages of Jekyll to Markdown; nothing is run."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from homepage.common import code_spans

from .liquid_blocks import Blocks
from .liquid_values import Values, no_data, shown
from .markdown import Report, image, replace_emoji, unescape_maths
from .pages import list_mark
from .scholar import Scholar

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
_HIGHLIGHT = re.compile(
    r"^([ \t]*)\{%-?\s*highlight\s+([\w+-]+)[^%{]*+%\}\n?(.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}",
    re.S | re.M,
)
_KEPT = re.compile("(?m)(^[ \t]+)?\ue0b0(\\d+)\ue0b1")
_WRAPPED = re.compile(r"<(ul|ol)\b[^<>]*+>\s*+(<!--[^<>]*-->|\[[^\[\]]*+\]\([^()]*+\))?\s*+</\1\s*+>")
_ARGUMENT = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_TOC = re.compile(r"^[ \t]*[-*+1.]+[ \t]+.*\n[ \t]*\{:\s*toc[^}\n]*\}[ \t]*\n?", re.M | re.I)
_MARKS = re.compile(r"(?<![ \t])[ \t]*+\{::?/?(?:nomarkdown|options|comment|toc)\b[^{}\n]*+\}")
_LIST = re.compile(r"\{:\s*([^}\n]{0,200})\}")
_DOUBLE = re.compile(r"\$\$(?!\s*\$)([^$]+?)\$\$")
_IGNORED_INCLUDES = "base_path bib_search scripts head author-profile toc group-by-array".split()
_COLLECTIONS = {"publications": "<!-- publications {group: year} -->", "news": "<!-- news -->"}
_VIDEO_HOSTS = {"gist": "https://gist.github.com/", "vimeo": "https://vimeo.com/"}


class Liquid:
    """Converts the pages of one site.

    `site` has its settings, `find` returns the address of one of its files, or ''. The other fields are
    set when they are known: names of collections, data files by name, and lists of collections.
    """

    def __init__(
        self, site: Mapping[str, Any], find: Callable[[str], str], scholar: Scholar | None = None
    ):
        self.site, self.find, self.scholar = site, find, scholar or Scholar()
        self.collections: frozenset[str] = frozenset()
        self.data: Callable[[str], Any] = no_data
        self.lists: Mapping[str, object] = {}

    def convert(self, text: str, page: Mapping[str, Any], report: Report) -> str:
        """Return a page's body as Markdown; tags that cannot be converted are removed and reported."""
        kept: list[str] = []

        def keep(found: str) -> str:
            kept.append(found)
            return f"\ue0b0{len(kept) - 1}\ue0b1"

        if "endraw" in text:
            text = _RAW.sub(lambda match: keep(match[1]), text)
        if "endhighlight" in text:
            text = _HIGHLIGHT.sub(lambda m: f"{m[1]}```{m[2]}\n{m[3]}\n{m[1]}```", text)
        text = _hide_code(text, keep)
        if "{%" in text or "{{" in text:
            text = self._without_liquid(text, page, report)
        text = replace_emoji(kramdown(text))
        for _ in range(2):  # raw text in code
            text = _KEPT.sub(lambda m: _indented(kept[int(m[2])], m[1] or ""), text)
        return text

    def _without_liquid(self, text: str, page: Mapping[str, Any], report: Report) -> str:
        told = set[str]()

        def unconverted(tag: str) -> None:
            if tag not in told:
                shown = " ".join(tag.split())[:60]
                hint = "write here what it showed, if you need it"
                report(tag, f"Liquid that cannot be converted was removed: {shown}", hint)
            told.add(tag)

        values = Values(self.site, page, self.collections, self.data)

        def convert(name: str, rest: str, tag: str) -> str | None:
            return self._tag(name, rest, values, lambda *what: report(tag, *what))

        blocks = Blocks(values, convert, self._list_of, unconverted)
        text = _WRAPPED.sub(lambda m: f"\n\n{m[2] or ''}\n\n", blocks.evaluate(text))
        if blocks.comments:
            report(
                "{% comment", "text in a comment was not imported", "copy it from there if you need it"
            )
        return text

    def _list_of(self, name: str) -> str | None:
        if directive := _COLLECTIONS.get(name):
            return directive
        if name in self.lists:
            return list_mark(name)
        address = self.find(name)
        return f"[{name.capitalize()}](/{address})" if address else None

    def _tag(
        self, name: str, rest: str, values: Values, report: Callable[[str, str], None]
    ) -> str | None:
        if name == "include":
            if re.match(r"courses\.liquid\b", rest):
                return self._list_of("teachings") or ""
            return _include(rest, values)
        if name in ("link", "post_url"):
            address = self.find(rest)
            return f"/{address}" if address else None
        if name in ("cite", "cite_details", "reference", "fullcite"):
            return self.scholar.citation(rest)
        if name == "bibliography":
            return self.scholar.bibliography(rest, report)
        if name in ("twitter", "gist", "youtube", "vimeo") and rest:
            address = rest.split(maxsplit=1)[0].strip("'\"")
            if "://" not in address:
                address = _VIDEO_HOSTS.get(name, "https://www.youtube.com/watch?v=") + address
            return f"[{address}]({address})"
        return None


def _indented(text: str, indent: str) -> str:
    return indent + re.sub(r"\n(?=[^\n])", f"\n{indent}", text)


def _hide_code(text: str, keep: Callable[[str], str]) -> str:
    """Return a text in which marks stand for code."""
    parts, end = [], 0
    for start, stop in code_spans(text):
        if text[start:stop].lstrip(" \t")[:1] in ("`", "~"):
            parts += [text[end:start], keep(text[start:stop])]
            end = stop
    return "".join([*parts, text[end:]])


def _include(rest: str, values: Values) -> str | None:
    file = rest.split(maxsplit=1)[0] if rest else ""
    stem = file.rpartition("/")[2].partition(".")[0]
    given = {m[1]: m[2] or m[3] or shown(values.of(m[4] or "")) for m in _ARGUMENT.finditer(rest)}
    if stem in ("repo", "repo_user", "repo_trophies"):
        name = given.get("repository") or given.get("username", "")
        if stem == "repo_trophies" or not re.fullmatch(r"[\w.-]+(?:/[\w.-]+)?", name):
            return name if "/" in name else ""
        return f"\n\n[{name}](https://github.com/{name})\n\n"
    if "youtube" in stem.lower() and given.get("id"):
        address = f"https://www.youtube.com/watch?v={given['id']}"
        return f"[{address}]({address})"
    path = given.get("path") or given.get("image_path") or given.get("src") or given.get("url") or ""
    if stem in ("figure", "image", "video", "audio") and path and "{" not in path:
        return image(path if "://" in path else f"/{path.lstrip('/')}", given)
    if stem in _IGNORED_INCLUDES:
        return ""
    if stem == "news":
        return "\n<!-- news {limit: 5} -->\n"
    if stem == "selected_papers":
        return "\n<!-- publications {selected: true} -->\n"
    return None


def kramdown(text: str) -> str:
    """Return the text with kramdown's attribute lists, maths and contents in our Markdown."""
    text = _MARKS.sub("", _TOC.sub("", text))
    text = _LIST.sub(_attribute_list, text)
    return _DOUBLE.sub(_maths, unescape_maths(text))


def _attribute_list(match: re.Match[str]) -> str:
    kept = [
        a
        for a in re.findall(r"(?:[^\s\"']|\"[^\"]*\"|'[^']*')+", match[1])
        if not re.match(r"(?:target|rel|style|data-)", a) and a not in ("toc", ".no_toc", "footnotes")
    ]
    return f"{{: {' '.join(kept)} }}" if kept else ""


def _maths(match: re.Match[str]) -> str:
    """Return `$…$` for `$$…$$` within a line, which kramdown does not show as a block."""
    text = match.string
    before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    end = text.find("\n", match.end())
    after = text[match.end() : end if end >= 0 else None]
    is_inline = (before.strip() or after.strip()) and "\n" not in match[1]
    return f"${match[1].strip()}$" if is_inline else match[0]
