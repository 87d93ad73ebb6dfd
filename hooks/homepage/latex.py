"""TeX markup, as it stands in BibTeX values, to plain text and safe HTML; maths to MathML.

One pass over the value, no recursion except into short arguments; values without markup, most of
them, only pass one regular expression. What is not understood is kept as text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from markupsafe import Markup, escape

from .identifiers import safe_url
from .maths import mathml, maths_plain, maths_symbol, shifted
from .model import Text
from .tex_tables import (
    ACCENTS,
    CONTROL,
    DROPPED,
    GREEK,
    PLAIN_COMMANDS,
    STYLES,
    SWITCHES,
    SYMBOLS,
)
from .tex_tokens import MARKUP, TOKEN, argument, optional_argument, skip_space, squeeze, with_tags

_HTML_TAGS = {
    "i": "em", "italic": "em", "em": "em", "b": "strong", "bold": "strong", "strong": "strong",
    "sub": "sub", "sup": "sup", "tt": "code", "monospace": "code", "u": "u", "underline": "u",
    "scp": "sc", "sc": "sc",
}  # fmt: skip
_JOINING = ("span", "a", "inline-formula", "tex-math", "alternatives")
_OPEN = {"sc": '<span class="hp-smallcaps">', "q": "“"}
_CLOSE = {"sc": "</span>", "q": "”"}
_SCRIPT = re.compile(r"\s*([_^])\s*(?:\{([^{}_^]{1,40})\}|([^\s{}\\_^])|(\\[A-Za-z]+))\s*")
_UPRIGHT = re.compile(r"\\(?:text|mathrm|textrm|rm)(?![A-Za-z])\s*")
_PRICE = re.compile(r"\d[\d.,]*[kKmMbB]?\s[^\\^_{}=]*[A-Za-z]{3}[^\\^_{}=]*")
_DOUBLED = re.compile(r"(?:[cvukrHdb]\{|aa|ae|oe|ss|[olOL])(?![A-Za-z])|[cvukrHdb]\{")
_ENTITY = re.compile(r"(?:[A-Za-z]{2,10}|#\d{1,6});")
_TAG_NAME = re.compile(r"</?(?:jats:|mml:)?([\w-]+)")
_NEEDS_ESCAPE = re.compile(r"[&<>\"']")
_MAX_DEPTH = 20
_DEEPEST = 1_000  # braces deeper than this are only counted
_LONGEST = 1_000_000  # a longer value is no title and no abstract: it is shown as it is written


def decode(value: str, links: bool = False) -> tuple[Text, frozenset[str]]:
    """Text of a TeX value, and the names of the commands that were not understood.

    With `links`, `\\url` and `\\href` become links in the HTML (never inside another link). The
    commands are those of LaTeX 2e (Lamport, LaTeX: a document preparation system, appendix C).
    """
    if not MARKUP.search(value):
        return Text(value, escape(value)), frozenset()
    return _decode(value, links) if len(value) < _LONGEST else (_as_written(value), frozenset())


def plain(value: str) -> str:
    """The plain text alone."""
    return decode(value)[0].plain


@lru_cache(maxsize=4096)
def _decode(value: str, links: bool) -> tuple[Text, frozenset[str]]:
    decoder = _Decoder(links)
    decoder.run(with_tags(value), 0)
    return decoder.text(), frozenset(decoder.unknown)


def _as_written(value: str) -> Text:
    return Text(squeeze(value), escape(squeeze(value)))


class _Decoder:
    def __init__(self, links: bool):
        self.links = links
        self.plain: list[str] = []
        self.html: list[str] = []
        self.unknown: set[str] = set()
        self.quotes = {"double": 0, "single": 0}

    def text(self) -> Text:
        plain_text = unicodedata.normalize("NFC", "".join(self.plain))
        markup = unicodedata.normalize("NFC", "".join(self.html))
        return Text(squeeze(plain_text), Markup(squeeze(markup)))

    def add(self, text: str) -> None:
        self.plain.append(text)
        self.html.append(html.escape(text) if _NEEDS_ESCAPE.search(text) else text)

    def run(self, value: str, depth: int) -> None:
        groups: list[list[tuple[str, int]]] = [[]]  # for each open brace what it closes
        too_deep = 0
        pending: list[str] = []  # styles of the group that opens next
        pos = 0
        add = self.add
        match_token = TOKEN.match
        end = len(value)
        while pos < end:
            match = match_token(value, pos)
            assert match  # the last alternative takes any character
            kind, token, start, pos = match.lastgroup, match[0], pos, match.end()
            if kind == "text":
                add(token)
            elif kind == "space":
                add(" ")
            elif kind == "open":
                if len(groups) > _DEEPEST:
                    too_deep += 1
                    continue
                groups.append([])
                for element in pending:
                    self.open(element, groups[-1])
                pending = []
            elif kind == "close":
                if too_deep:
                    too_deep -= 1
                elif len(groups) > 1:
                    self.close(groups.pop())
            elif kind == "maths":
                if token[0] == "$" and token[1] != "$" and self.is_price(token, value[pos : pos + 1]):
                    add("$")
                    pos = start + 1
                else:
                    self.maths(token[2:-2] if token.startswith(("$$", "\\(")) else token[1:-1])
            elif kind == "word":
                pos = self.word(token[1:].rstrip("*"), value, pos, groups, pending, depth)
            elif kind == "symbol":
                pos = self.symbol(token[1], value, pos, depth)
            elif kind == "tag":
                self.tag(token, groups)
            elif kind == "entity":
                text = html.unescape(token)
                add(" " if text == "\xa0" else text)
            elif kind == "dash":
                add("–" if token == "--" else "—")
            elif kind in ("quote", "single"):
                add(self.quote(token, value, start, pos))
            elif kind == "tie":
                self.plain.append(" ")
                self.html.append("\xa0")
            else:
                add(token)
        while groups:
            self.close(groups.pop())

    @staticmethod
    def is_price(token: str, after: str) -> bool:
        """Dollars in a text, `$5 and $6`, are no maths: pandoc's rule, and words behind an amount."""
        source = token[1:-1]
        return source[0].isdigit() and bool(
            (after.isdigit() and not re.search(r"[\\^_{}]", source)) or _PRICE.fullmatch(source)
        )

    def quote(self, token: str, value: str, start: int, pos: int) -> str:
        """TeX's quotation marks, also where one of the pair is another kind; ' stays in words."""
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

    def open(self, element: str, group: list[tuple[str, int]]) -> None:
        """Open an element, which closes with its group."""
        if element == "q":
            self.plain.append("“")
        self.html.append(_OPEN.get(element) or f"<{element}>")
        group.append((element, len(self.plain)))

    def close(self, elements: list[tuple[str, int]]) -> None:
        for element, start in reversed(elements):
            if element == "q":
                self.plain.append("”")
            elif element in ("sup", "sub") and 0 < len(self.plain) - start < 8:
                raised = shifted("".join(self.plain[start:]), "^" if element == "sup" else "_")
                if raised:  # 10<sup>5</sup> is not 105
                    self.plain[start:] = [raised]
            self.html.append(_CLOSE.get(element) or f"</{element}>")

    def tag(self, token: str, groups: list[list[tuple[str, int]]]) -> None:
        """A harmless HTML element that somebody wrote into the field; it is kept balanced."""
        match = _TAG_NAME.match(token)
        name = match[1].lower() if match else ""
        element = _HTML_TAGS.get(name)
        if element is None:  # br, p: only a boundary between words
            if match and name not in _JOINING:
                self.add(" ")
        elif token.startswith("</"):
            if groups[-1] and groups[-1][-1][0] == element:
                self.close([groups[-1].pop()])
        elif not token.endswith("/>") and len(groups[-1]) < _DEEPEST:
            self.open(element, groups[-1])

    def maths(self, source: str) -> None:
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

    def word(
        self,
        name: str,
        value: str,
        pos: int,
        groups: list[list[tuple[str, int]]],
        pending: list[str],
        depth: int,
    ) -> int:
        """A command by its name; gives the position after what belongs to it."""
        if name in ACCENTS:
            start = skip_space(value, pos)
            if value[start : start + 1] not in ("", "}"):
                return self.accent(name, value, start, depth)
        if name in STYLES:
            start = skip_space(value, pos)
            if value[start : start + 1] == "{":
                pending.append(STYLES[name])
            return start
        if name in SWITCHES:
            if len(groups[-1]) < _DEEPEST:
                self.open(SWITCHES[name], groups[-1])
            return skip_space(value, pos)
        if name in ("url", "href", "nolinkurl", "path"):
            return self.link(name, value, pos, depth)
        if name in DROPPED:
            return argument(value, pos)[1] if value[pos : pos + 1] == "{" else pos
        if name in ("ensuremath", "textgreek"):
            inner, pos = argument(value, skip_space(value, pos))
            if name == "ensuremath":
                self.maths(inner)
            else:
                self.add(self.inner(inner, depth).translate(GREEK))
            return pos
        return self.symbol_or_unknown(name, value, pos)

    def symbol_or_unknown(self, name: str, value: str, pos: int) -> int:
        symbol = SYMBOLS.get(name)
        if symbol is None and name not in PLAIN_COMMANDS:
            symbol = maths_symbol(name) or (maths_symbol(name[4:]) if name.startswith("text") else None)
            if symbol is None:
                self.unknown.add(name)
                pos = optional_argument(value, pos)
                if name in ("footnote", "thanks"):
                    self.add(" ")
        if symbol is not None:
            self.add(symbol)
            if value[pos : pos + 2] == "{}":
                return pos + 2
            return skip_space(value, pos)
        return skip_space(value, pos) if value[pos : pos + 1] != "{" else pos

    def symbol(self, char: str, value: str, pos: int, depth: int) -> int:
        if char in ACCENTS:
            start = skip_space(value, pos)
            if value[start : start + 1] and value[start] != "}":
                return self.accent(char, value, start, depth)
            self.add(char)
        elif char == "\\" and (
            (value[pos : pos + 1] in ACCENTS and value[pos + 1 : pos + 2]) or _DOUBLED.match(value, pos)
        ):
            return pos - 1  # a double-escaped accent: read the second backslash again
        elif char == "&":
            entity = _ENTITY.match(value, pos)  # \&amp; is what some exports make of an &
            if entity:
                self.add(html.unescape("&" + entity[0]))
                return entity.end()
            self.add(char)
        else:
            self.add(CONTROL.get(char, char))
        return pos

    def inner(self, value: str, depth: int) -> str:
        """Plain text of an argument."""
        if depth >= _MAX_DEPTH:
            return value
        decoder = _Decoder(False)
        decoder.run(value, depth + 1)
        self.unknown |= decoder.unknown
        return "".join(decoder.plain)

    def accent(self, name: str, value: str, pos: int, depth: int) -> int:
        letter, pos = argument(value, pos)
        if letter.startswith("\\") and not letter[1:2].isalpha() and len(letter) == 2:
            more, pos = argument(value, pos)  # an accent on an accent: \'\"a
            letter += more
        elif letter[:1] == "\\" and letter[1:].isalpha():  # \'\i nez: TeX takes the space away
            pos = pos + 2 if value.startswith("{}", pos) else skip_space(value, pos)
        letter = self.inner(letter, depth).lstrip()
        if not letter:
            self.add(name if name in "~^'`\"" else "")  # \~{} is how some write a tilde
            return pos
        base = {"ı": "i", "ȷ": "j"}.get(letter[0], letter[0])
        if name == "." and base == "i":  # it has its dot
            self.add(base + letter[1:])
            return pos
        self.add(unicodedata.normalize("NFC", base + ACCENTS[name]) + letter[1:])
        return pos

    def link(self, name: str, value: str, pos: int, depth: int) -> int:
        target, pos = argument(value, skip_space(value, pos))
        label = target
        if name == "href":
            label, pos = argument(value, skip_space(value, pos))
            label = label or target
        target = target.replace("\\", "")
        url = safe_url(target)
        inner = _Decoder(False)
        if name == "href" and depth < _MAX_DEPTH:
            inner.run(label, depth + 1)
        else:
            inner.add(label.replace("\\", ""))
        self.plain.append("".join(inner.plain))
        text = "".join(inner.html)
        self.html.append(f'<a href="{escape(url)}">{text}</a>' if url and self.links else text)
        return pos
