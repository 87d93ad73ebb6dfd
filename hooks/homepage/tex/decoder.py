"""TeX markup, as it stands in BibTeX values, to plain text and safe HTML; maths to MathML.

One pass over the value, no recursion except into short arguments; values without markup, most of
them, only pass one regular expression. What is not understood is kept as text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from markupsafe import escape

from ..common import safe_url
from ..model import NO_TEXT, Text
from .maths import legal, maths_symbol, shielded
from .tables import ACCENTS, CONTROL, DROPPED, GREEK, PLAIN_COMMANDS, STYLES, SWITCHES, SYMBOLS
from .tokens import TOKEN, argument, has_markup, optional_argument, simplified, skip_space, squeeze
from .writer import DEEPEST, Writer

_DOUBLED = re.compile(r"(?:[cvukrHdb]\{|aa|ae|oe|ss|[olOL])(?![A-Za-z])|[cvukrHdb]\{")
_ENTITY = re.compile(r"(?:[A-Za-z]{2,10}|#\d{1,6});")
_MAX_DEPTH = 20
_LONGEST = 1_000_000  # a longer value is no title and no abstract: it is shown as it is written


def decode(value: str, links: bool = False) -> tuple[Text, frozenset[str]]:
    """Text of a TeX value, and the names of the commands that were not understood.

    With `links`, `\\url` and `\\href` become links in the HTML (never inside another link). The
    commands are those of LaTeX 2e (Lamport, LaTeX: a document preparation system, appendix C).
    """
    if not value:
        return NO_TEXT, frozenset()
    if not has_markup(value):
        return _without_markup(value)
    return _decode(value, links) if len(value) < _LONGEST else (_as_written(value), frozenset())


def plain(value: str) -> str:
    """The plain text alone."""
    return decode(value)[0].plain if has_markup(value) else value.strip(" ")


def escaped(text: str, signs: str = "&%$#_") -> str:
    """The text with a backslash before what would be TeX's, unless it has one."""
    return re.sub(rf"(?<!\\)([{re.escape(signs)}])", r"\\\1", text)


@lru_cache(maxsize=4096)
def _decode(value: str, links: bool) -> tuple[Text, frozenset[str]]:
    value = simplified(value)
    if not has_markup(value):
        return _without_markup(value)
    decoder = _Decoder(links)
    decoder.run(value, 0)
    return decoder.text(), frozenset(decoder.unknown)


def _without_markup(value: str) -> tuple[Text, frozenset[str]]:
    value = legal(value).strip(" ")  # in this order: there may be spaces beside what goes
    text = unicodedata.normalize("NFC", value)
    return Text.of(text, shielded(escape(value))), frozenset()


def _as_written(value: str) -> Text:
    value = legal(squeeze(value))
    return Text.of(value, shielded(escape(value)))


class _Decoder(Writer):
    def __init__(self, links: bool):
        super().__init__()
        self.links = links

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
                if len(groups) > DEEPEST:
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
            if len(groups[-1]) < DEEPEST:
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
        braced = value.startswith("{", pos)
        letter, pos = argument(value, pos)
        if letter.startswith("\\") and not letter[1:2].isalpha() and len(letter) == 2:
            more, pos = argument(value, pos)  # an accent on an accent: \'\"a
            letter += more
        elif (
            not braced and letter[:1] == "\\" and letter[1:].isalpha()
        ):  # \'\i nez: TeX takes the space away
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
