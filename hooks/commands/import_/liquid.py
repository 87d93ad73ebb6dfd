"""Converts Liquid tags and kramdown's own syntax in pages of Jekyll to Markdown; nothing is run."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .markdown import Report, image, outside_code, replace_emoji, unescape_maths

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
_IGNORED_FILTERS = frozenset(
    "relative_url absolute_url escape xml_escape strip strip_newlines markdownify url_encode uri_escape "
    "bust_file_cache bust_css_cache smartify".split()
)
_QUERY = re.compile(r"@(\*|\w+)?(?:\[([^\]]*)\])?\*?")
_CONDITION = re.compile(r"\s*([\w-]+)\s*(?:=|==|~=|\^=)\s*([^,&|\]]+)")
_TOC = re.compile(r"^[ \t]*[-*+1.]+[ \t]+.*\n[ \t]*\{:\s*toc[^}\n]*\}[ \t]*\n?", re.M | re.I)
_MARKS = re.compile(r"(?<![ \t])[ \t]*+\{::?/?(?:nomarkdown|options|comment|toc)\b[^{}\n]*+\}")
_LIST = re.compile(r"\{:\s*([^}\n]{0,200})\}")
_DOUBLE = re.compile(r"\$\$(?!\s*\$)([^$]+?)\$\$")
_IGNORED_INCLUDES = "base_path bib_search scripts head author-profile toc group-by-array".split()
_COLLECTIONS = {"publications": "<!-- publications {group: year} -->", "news": "<!-- news -->"}
_OPTIONS = {"keywords": "keyword", "abbr": "venue", "key": "keys"}  # by names in queries
_VIDEO_HOSTS = {"gist": "https://gist.github.com/", "vimeo": "https://vimeo.com/"}


class Liquid:
    """Converts the pages of one site.

    `site` has its settings, `find` returns the address of one of its files, or ''.
    """

    def __init__(self, site: Mapping[str, Any], find: Callable[[str], str]):
        self.site, self.find = site, find

    def convert(self, text: str, page: Mapping[str, Any], report: Report) -> str:
        """Return a page's body as Markdown; tags that cannot be converted stay and are reported."""
        raw: list[str] = []

        def keep(match: re.Match[str]) -> str:
            raw.append(match[1])
            return f"\ue0b0{len(raw) - 1}\ue0b1"

        if "endraw" in text:
            text = _RAW.sub(keep, text)
        if "endhighlight" in text:
            text = _HIGHLIGHT.sub(lambda m: f"{m[1]}```{m[2]}\n{m[3]}\n{m[1]}```", text)
        text = outside_code(text, lambda part: self._convert(part, page, report))
        return re.sub("\ue0b0(\\d+)\ue0b1", lambda m: raw[int(m[1])], text)

    def _convert(self, text: str, page: Mapping[str, Any], report: Report) -> str:
        def output(match: re.Match[str]) -> str:
            return _or_report(self._output(match, page), match, report)

        def tag(match: re.Match[str]) -> str:
            return _or_report(self._tag(match, report), match, report)

        if "endcomment" in text:
            text = _COMMENT.sub(lambda m: f"<!--{m[1].replace('--', '- -')}-->", text)
        text = _LOOP.sub(lambda match: _or_report(self._loop(match), match, report), text)
        return replace_emoji(kramdown(_TAG.sub(tag, _OUTPUT.sub(output, text))))

    def _loop(self, match: re.Match[str]) -> str | None:
        if directive := _COLLECTIONS.get(match[2]):
            return f"\n{directive}\n"
        address = self.find(match[2])
        return f"\n[{match[2].capitalize()}](/{address})\n" if address else None

    def _output(self, match: re.Match[str], page: Mapping[str, Any]) -> str | None:
        head, *filters = (part.strip() for part in match[1].removesuffix("-").split("|"))
        names = [f.partition(":")[0].strip() for f in filters]
        prefix = any(f.startswith("prepend") and "url" in f for f in filters)
        if not all(n in _IGNORED_FILTERS or (n == "prepend" and prefix) for n in names):
            return None
        if literal := _LITERAL.fullmatch(head):
            return literal[1] if literal[1] is not None else literal[2]
        if not _NAME.fullmatch(head):
            return None
        if head in ("base_path", "baseurl", "site.baseurl", "site.url"):
            return ""
        value: Any = {"site": self.site, "page": page}
        for key in head.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        return value if isinstance(value, str) else None

    def _tag(self, match: re.Match[str], report: Report) -> str | None:
        name, rest = match[1], match[2].strip().removesuffix("-").rstrip()
        if name == "include":
            return _include(rest)
        if name in ("link", "post_url"):
            address = self.find(rest)
            return f"/{address}" if address else None
        if name in ("cite", "cite_details", "reference", "fullcite"):
            keys = re.sub(r"\s-\S+(?:\s+\S+)?", "", f" {rest}").split()
            return f"[{'; '.join(f'@{key}' for key in keys)}]" if keys else ""
        if name == "bibliography":
            return _bibliography(match[0], rest, report)
        if name in ("twitter", "gist", "youtube", "vimeo") and rest:
            address = rest.split()[0].strip("'\"")
            if "://" not in address:
                address = _VIDEO_HOSTS.get(name, "https://www.youtube.com/watch?v=") + address
            return f"[{address}]({address})"
        return None


def _or_report(found: str | None, match: re.Match[str], report: Report) -> str:
    """Return what was found for a tag; if this is None, report the tag and return it unchanged."""
    if found is not None:
        return found
    shown = " ".join(match[0].split())[:60]
    report(match[0], f"Liquid that cannot be converted is left in the text: {shown}", "replace it")
    return match[0]


def _include(rest: str) -> str | None:
    file = rest.split(maxsplit=1)[0] if rest else ""
    stem = file.rpartition("/")[2].partition(".")[0]
    given = {m[1]: m[2] or m[3] or m[4] or "" for m in _ARGUMENT.finditer(rest)}
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


def _bibliography(tag: str, rest: str, report: Report) -> str:
    """Return our list for a tag of jekyll-scholar."""
    options: dict[str, str] = {}
    words = rest.split()
    if "--cited" in words or "--cited_in_order" in words:
        return "\n\\bibliography\n"
    for flag, name in (("-f", "file"), ("--file", "file"), ("-m", "limit"), ("--max", "limit")):
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
    if query and not _add_conditions(query[1], options):
        message = f"the list shows more than before: 'publications' has no option for {query[1]}"
        report(tag, message, "see guide/lists.md")
    inside = ", ".join(f"{name}: {value}" for name, value in options.items())
    return f"\n<!-- publications{f' {{{inside}}}' if inside else ''} -->\n"


def _add_conditions(query: str, options: dict[str, str]) -> bool:
    """Add the conditions of a query to the options; return whether this was possible for all."""
    match = _QUERY.fullmatch(query.strip("'\""))
    if not match:
        return False
    if match[1] and match[1] != "*":
        options["type"] = match[1]
    for part in filter(str.strip, re.split(r"&&|,", match[2] or "")):
        found = _CONDITION.fullmatch(part)
        if not found:
            return False
        name, value = found[1].lower(), found[2].strip().strip("'\"")
        name = _OPTIONS.get(name, name)
        known = ("selected", "year", "keyword", "venue", "keys")
        if name not in known or re.search(r"[{}\[\]:#]", value):
            return False
        options[name] = value
    return True


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
