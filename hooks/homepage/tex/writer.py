"""Write the plain text and the HTML of TeX markup side by side."""

import html
import re
import unicodedata

from markupsafe import escape

from ..model import Text
from .maths import legal, mathml, shielded
from .maths_text import maths_plain, shifted
from .tokens import squeeze

_HTML_TAGS = {
    "i": "em", "italic": "em", "em": "em", "b": "strong", "bold": "strong", "strong": "strong",
    "sub": "sub", "sup": "sup", "tt": "code", "monospace": "code", "u": "u", "underline": "u",
    "scp": "sc", "sc": "sc", "small-caps": "sc", "smallcaps": "sc", "inf": "sub", "ital": "em",
    "italics": "em", "emph": "em", "bi": "em",
}  # fmt: skip
_JOINING = ("span", "a", "inline-formula", "formula", "math", "tex", "tex-math", "alternatives")
_SIGNS = {"q": "“”", "qs": "‘’", "parens": "()", "brackets": "[]"}  # around the text itself
_OPEN = {"sc": '<span class="hp-smallcaps">'} | {element: signs[0] for element, signs in _SIGNS.items()}
_CLOSE = {"sc": "</span>"} | {element: signs[1] for element, signs in _SIGNS.items()}
_SCRIPT = re.compile(r"\s*([_^])\s*(?:\{([^{}_^]{1,40})\}|([^\s{}\\_^])|(\\[A-Za-z]+))\s*")
_UPRIGHT = re.compile(r"\\(?:text|mathrm|textrm|rm)(?![A-Za-z])\s*")
_PRICE = re.compile(r"\d[\d.,]*[kKmMbB]?\s[^\\^_{}=]*[A-Za-z]{3}[^\\^_{}=]*")
_TAG_NAME = re.compile(r"</?(?:\w+:)?([\w-]+)")
_NEEDS_ESCAPE = re.compile(r"[&<>\"']")
DEEPEST = 1_000  # braces deeper than this are only counted


class Writer:
    """Collects the plain text and the HTML of a value."""

    def __init__(self, links: bool = False) -> None:
        self.links = links
        self.pending: list[str] = []  # styles of the group that opens next
        self.plain: list[str] = []
        self.html: list[str] = []
        self.unknown: set[str] = set()
        self.quotes = {"double": 0, "single": 0}
        # For each open brace, the elements that it closes and where their texts start.
        self.groups: list[list[tuple[str, int]]] = [[]]

    def text(self) -> Text:
        """The text that was written."""
        plain_text = unicodedata.normalize("NFC", "".join(self.plain))
        return Text.of(squeeze(plain_text), shielded(squeeze("".join(self.html))))

    def add(self, text: str) -> None:
        """Write text, escaped in HTML, without characters that XML forbids."""
        text = legal(text)
        self.plain.append(text)
        self.html.append(html.escape(text) if _NEEDS_ESCAPE.search(text) else text)

    def nested(self, value: str, links: bool = False) -> "Writer":
        """What the argument of a command writes."""
        raise NotImplementedError

    def tie(self) -> None:
        """Write a space that does not break in HTML."""
        self.plain.append(" ")
        self.html.append("\xa0")

    @staticmethod
    def is_price(token: str, after: str) -> bool:
        """Are these prices (`$5 and $6`), not maths? By pandoc's rule, or if words follow an amount."""
        source = token[1:-1]
        if source[-1].isspace() and not source[0].isspace() and "\\" not in source:
            return True
        return source[0].isdigit() and bool(
            (after.isdigit() and not re.search(r"[\\^_{}]", source)) or _PRICE.fullmatch(source)
        )

    def quote(self, token: str, value: str, start: int, pos: int) -> str:
        """Convert TeX's quotation marks, even if the two of a pair differ; ' in words stays."""
        before = value[start - 1 : start] if start else ""
        after = value[pos : pos + 1]
        kind = "single" if token in "`'" else "double"
        opens = token[0] == "`" or (
            token == "''" and not self.quotes[kind] and (not before or before in " ([{") and after > " "
        )
        if opens and after > " ":
            self.quotes[kind] += 1
            return "“" if kind == "double" else "‘"
        if token == "''" or (token != "`" and self.quotes[kind] and not after.isalnum()):
            self.quotes[kind] -= 1 if self.quotes[kind] else 0
            return "”" if kind == "double" else "’"
        return "“" if token == "``" else token

    def open(self, element: str) -> None:
        """Open an element, which closes with the innermost group."""
        group = self.groups[-1]
        if len(group) >= DEEPEST:
            return
        if element == "q" and sum(e in ("q", "qs") for g in self.groups for e, _ in g) % 2:
            element = "qs"  # csquotes's inner quotes
        if element in _SIGNS:
            self.plain.append(_OPEN[element])
        self.html.append(_OPEN.get(element) or f"<{element}>")
        group.append((element, len(self.plain)))

    def close(self, elements: list[tuple[str, int]]) -> None:
        """Close the elements of a group."""
        for element, start in reversed(elements):
            if element in _SIGNS:
                self.plain.append(_CLOSE[element])
            elif element in ("sup", "sub") and 0 < len(self.plain) - start < 8:
                raised = shifted("".join(self.plain[start:]), "^" if element == "sup" else "_")
                if raised:  # 10<sup>5</sup> is not 105
                    self.plain[start:] = [raised]
            self.html.append(_CLOSE.get(element) or f"</{element}>")

    def tag(self, token: str) -> None:
        """Write a harmless HTML element from the field, and keep elements balanced."""
        group = self.groups[-1]
        match = _TAG_NAME.match(token)
        name = match[1].lower() if match else ""
        element = _HTML_TAGS.get(name)
        if element is None:  # br, p: only a boundary between words
            if match and name not in _JOINING:
                self.add(" ")
        elif token.startswith("</"):
            if group and group[-1][0] == element:
                self.close([group.pop()])
        elif not token.endswith("/>"):
            self.open(element)

    def maths(self, source: str) -> None:
        """Write maths, given without its delimiters."""
        source = legal(source)
        upright = _UPRIGHT.sub("", source).replace("{{", "{").replace("}}", "}")
        script = _SCRIPT.fullmatch(upright)
        text = maths_plain(source)
        if script:  # H$_2$O: an index in a text, not a formula
            inner = maths_plain(script[2] or script[3] or script[4])
            if inner == "∘":
                self.add("°")
                return
            element = "sub" if script[1] == "_" else "sup"
            self.plain.append(shifted(inner, script[1]) or inner)
            self.html.append(f"<{element}>{escape(inner)}</{element}>")
            return
        self.plain.append(text)
        self.html.append(mathml(source) or str(escape(text)))
