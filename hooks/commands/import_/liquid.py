"""Pages of Jekyll: Liquid and kramdown's own marks to Markdown. Nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from .old_markdown import Tell, outside_code, picture, with_emoji, with_maths

_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.S)
_HIGHLIGHT = re.compile(
    r"^([ \t]*)\{%-?\s*highlight\s+([\w+-]+)[^%{]*+%\}\n?(.*?)\n?[ \t]*\{%-?\s*endhighlight\s*-?%\}",
    re.S | re.M,
)
_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}(.*?)\{%-?\s*endcomment\s*-?%\}", re.S)
_LOOP = re.compile(
    r"(?:<ul[^<>]*+>\s*+)?\{%-?\s*for\s+(\w+)\s+in\s+site\.(\w+)[^%{]*+%\}((?:\s|\{%-?\s*include\s[^%]*%\}"
    r"|\{%-?\s*(?:if|endif|else|assign|elsif)\b[^%]*%\})*)\{%-?\s*endfor\s*-?%\}(?:\s*</ul>)?"
)
_TAG = re.compile(r"\{%-?\s*+(\w++)([^{}%]*+(?:(?:%(?!\})|\{(?!%)|\})[^{}%]*+)*+)%\}")
_OUTPUT = re.compile(r"\{\{-?([^{}]*+(?:\}(?!\})[^{}]*+)*+)\}\}")
_ARGUMENT = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
_LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_NAME = re.compile(r"(?:site|page|include)(?:\.[\w-]+)+|base_path|baseurl")
_HARMLESS = frozenset(
    "relative_url absolute_url escape xml_escape strip strip_newlines markdownify url_encode uri_escape "
    "bust_file_cache bust_css_cache smartify".split()
)
_QUERY = re.compile(r"@(\*|\w+)?(?:\[([^\]]*)\])?\*?")
_CONDITION = re.compile(r"\s*([\w-]+)\s*(?:=|==|~=|\^=)\s*([^,&|\]]+)")
_TOC = re.compile(r"^[ \t]*[-*+1.]+[ \t]+.*\n[ \t]*\{:\s*toc[^}\n]*\}[ \t]*\n?", re.M | re.I)
_MARKS = re.compile(r"(?<![ \t])[ \t]*+\{::?/?(?:nomarkdown|options|comment|toc)\b[^{}\n]*+\}")
_LIST = re.compile(r"\{:\s*([^}\n]{0,200})\}")
_DOUBLE = re.compile(r"\$\$(?!\s*\$)([^$]+?)\$\$")
_SILENT = ("base_path", "bib_search", "scripts", "head", "author-profile", "toc", "group-by-array")
_COLLECTIONS = {"publications": "<!-- publications {group: year} -->", "news": "<!-- news -->"}

Find = Callable[[str], str]  # the address of a file of the old site, or ''


class Liquid:
    """Converts the pages of one site. `values` are `site` and what tags may name there."""

    def __init__(self, site: Mapping[str, Any], find: Find):
        self.site, self.find = site, find

    def convert(self, text: str, page: Mapping[str, Any], tell: Tell) -> str:
        """The body of a page as Markdown; tags without a counterpart stay to be seen, and are told."""
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(match[1])
            return f"\ue0b0{len(kept) - 1}\ue0b1"

        text = _RAW.sub(keep, text) if "endraw" in text else text
        text = (
            text
            if "endhighlight" not in text
            else _HIGHLIGHT.sub(lambda m: f"{m[1]}```{m[2]}\n{m[3]}\n{m[1]}```", text)
        )
        text = outside_code(text, lambda piece, _: self._piece(piece, page, tell))
        return re.sub("\ue0b0(\\d+)\ue0b1", lambda m: kept[int(m[1])], text)

    def _piece(self, text: str, page: Mapping[str, Any], tell: Tell) -> str:
        text = (
            text
            if "endcomment" not in text
            else _COMMENT.sub(lambda m: f"<!--{m[1].replace('--', '- -')}-->", text)
        )
        text = _LOOP.sub(lambda m: self._loop(m, lambda *what: tell(m[0], *what)), text)
        text = _OUTPUT.sub(lambda m: self._output(m, page, lambda *what: tell(m[0], *what)), text)
        text = _TAG.sub(lambda m: self._tag(m, lambda *what: tell(m[0], *what)), text)
        return with_emoji(kramdown(text))

    def _loop(self, match: re.Match[str], tell: Callable[..., None]) -> str:
        if directive := _COLLECTIONS.get(match[2]):
            return f"\n{directive}\n"
        if address := self.find(match[2]):
            return f"\n[{match[2].capitalize()}](/{address})\n"
        return self._left(match, tell)

    def _output(self, match: re.Match[str], page: Mapping[str, Any], tell: Callable[..., None]) -> str:
        head, *filters = (part.strip() for part in match[1].removesuffix("-").split("|"))
        names = [f.partition(":")[0].strip() for f in filters]
        prefix = any(f.startswith("prepend") and "url" in f for f in filters)
        if not all(n in _HARMLESS or (n == "prepend" and prefix) for n in names):
            return self._left(match, tell)
        if literal := _LITERAL.fullmatch(head):
            return literal[1] if literal[1] is not None else literal[2]
        if not _NAME.fullmatch(head):
            return self._left(match, tell)
        if head in ("base_path", "baseurl", "site.baseurl", "site.url"):
            return ""
        value: Any = {"site": self.site, "page": page}
        for key in head.split("."):
            value = value.get(key, None) if isinstance(value, Mapping) else None
        return value if isinstance(value, str) else self._left(match, tell)

    def _tag(self, match: re.Match[str], tell: Callable[..., None]) -> str:
        name, rest = match[1], match[2].strip().removesuffix("-").rstrip()
        if name == "include" and (found := self._include(rest)) is not None:
            return found
        if name in ("link", "post_url"):
            address = self.find(rest.strip())
            return f"/{address}" if address else self._left(match, tell)
        if name in ("cite", "cite_details", "reference", "fullcite"):
            keys = [key for key in re.sub(r"\s-\S+(?:\s+\S+)?", "", f" {rest}").split() if key]
            return f"[{'; '.join(f'@{key}' for key in keys)}]" if keys else ""
        if name == "bibliography":
            return bibliography(rest, tell)
        if name in ("twitter", "gist", "youtube", "vimeo") and rest:
            address = rest.split()[0].strip("'\"")
            if "://" not in address:
                hosts = {"gist": "https://gist.github.com/", "vimeo": "https://vimeo.com/"}
                address = hosts.get(name, "https://www.youtube.com/watch?v=") + address
            return f"[{address}]({address})"
        return self._left(match, tell)

    def _include(self, rest: str) -> str | None:
        file = rest.split(maxsplit=1)[0] if rest else ""
        stem = file.rpartition("/")[2].partition(".")[0]
        given = {m[1]: m[2] or m[3] or m[4] or "" for m in _ARGUMENT.finditer(rest)}
        path = given.get("path") or given.get("image_path") or given.get("src") or given.get("url") or ""
        if stem in ("figure", "image", "video", "audio") and path and "{" not in path:
            address = path if "://" in path else f"/{path.lstrip('/')}"
            alt = given.get("alt") or given.get("title") or ""
            return picture(address, alt, given.get("caption", ""), given.get("width", ""))
        if stem in _SILENT:
            return ""
        if stem == "news":
            return "\n<!-- news {limit: 5} -->\n"
        if stem == "selected_papers":
            return "\n<!-- publications {selected: true} -->\n"
        return None

    def _left(self, match: re.Match[str], tell: Callable[..., None]) -> str:
        shown = " ".join(match[0].split())[:60]
        tell(f"Liquid is not executed here, and stays to be seen: {shown}", "replace it by what it made")
        return match[0]


def bibliography(rest: str, tell: Callable[..., None]) -> str:
    """The list that jekyll-scholar's tag asks for."""
    options: dict[str, str] = {}
    words = rest.split()
    if "--cited" in words or "--cited_in_order" in words:
        return "\n\\bibliography\n"
    for short, long, name in (("-f", "--file", "file"), ("-m", "--max", "limit")):
        for flag in (short, long):
            if flag in words[:-1]:
                options[name] = words[words.index(flag) + 1].strip("'\"")
    if "file" in options and not options["file"].endswith(".bib"):
        options["file"] += ".bib"
    match = re.search(r"--group_by\s+(\w+)", rest)
    if match:
        options["group"] = match[1] if match[1] in ("year", "type") else "none"
    elif "limit" not in options:
        options["group"] = "year"
    query = re.search(r"(?:--query|-q)\s+(\S.*?)(?=\s--?[a-z]|$)", rest)
    if query and not _asked(query[1], options):
        what = "the list shows more than it did: 'publications' knows no"
        tell(f"{what} {query[1]}", "see guide/lists.md")
    inside = ", ".join(f"{name}: {value}" for name, value in options.items())
    return f"\n<!-- publications{f' {{{inside}}}' if inside else ''} -->\n"


def _asked(query: str, options: dict[str, str]) -> bool:
    """Put a query's conditions among the options; is that all that it says?"""
    match = _QUERY.fullmatch(query.strip("'\""))
    if not match:
        return False
    if match[1] and match[1] != "*":
        options["type"] = match[1]
    for part in re.split(r"&&|,", match[2] or ""):
        found = _CONDITION.fullmatch(part)
        if not found:
            if part.strip():
                return False
            continue
        name, value = found[1].lower(), found[2].strip().strip("'\"")
        name = {"keywords": "keyword", "abbr": "venue", "key": "keys"}.get(name, name)
        if name not in ("selected", "year", "keyword", "venue", "keys") or re.search(
            r"[{}\[\]:#]", value
        ):
            return False
        options[name] = value
    return True


def kramdown(text: str) -> str:
    """Kramdown's attribute lists, maths and table of contents as our Markdown has them."""
    text = _MARKS.sub("", _TOC.sub("", text))
    text = _LIST.sub(_attribute_list, text)
    return _DOUBLE.sub(_maths, with_maths(text))


def _attribute_list(match: re.Match[str]) -> str:
    kept = [
        a
        for a in re.findall(r"(?:[^\s\"']|\"[^\"]*\"|'[^']*')+", match[1])
        if not re.match(r"(?:target|rel|style|data-)", a) and a not in ("toc", ".no_toc", "footnotes")
    ]
    return f"{{: {' '.join(kept)} }}" if kept else ""


def _maths(match: re.Match[str]) -> str:
    """`$$…$$` in a line is maths in the line for kramdown."""
    text = match.string
    before = text.rfind("\n", 0, match.start()) + 1
    after = text.find("\n", match.end())
    alone = (
        not text[before : match.start()].strip()
        and not text[match.end() : after if after >= 0 else None].strip()
    )
    if not alone and "\n" not in match[1]:
        return f"${match[1].strip()}$"
    return match[0]
