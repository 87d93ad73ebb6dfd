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
from .maths import mathml, maths_plain, maths_symbol
from .model import Text
from .tex_tables import ACCENTS, CONTROL, PLAIN_COMMANDS, STYLES, SWITCHES, SYMBOLS

_MARKUP = re.compile(r"[\\{}$~<&]|--|``|''|\n|  ")
_TOKEN = re.compile(
    r"""
    (?P<word>\\[A-Za-z]+\*?)
  | (?P<maths>\$\$?(?:[^$\\]|\\.){1,2000}\$\$? | \\\((?:[^\\]|\\[^)]){0,2000}\\\))
  | (?P<symbol>\\.)
  | (?P<open>\{) | (?P<close>\})
  | (?P<tag></?(?:i|em|b|strong|sub|sup|br|p|span|scp|tt|u)\b[^<>]{0,200}>)
  | (?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#\d{1,7}|\#x[0-9A-Fa-f]{1,6});)
  | (?P<dash>---?) | (?P<quote>``|'') | (?P<tie>~)
  | (?P<text>[^\\{}$~<&`'-]+(?:[-'`](?![-'`])[^\\{}$~<&`'-]+)* | .)
    """,
    re.X | re.S,
)

_HTML_TAGS = {
    "i": "em", "em": "em", "b": "strong", "strong": "strong", "sub": "sub", "sup": "sup",
    "tt": "code", "u": "u", "scp": "sc",
}  # fmt: skip
_OPEN = {"sc": '<span class="hp-smallcaps">', "": ""}
_CLOSE = {"sc": "</span>", "": ""}
_SPACE = re.compile(r"\s*")
_MAX_DEPTH = 20


@lru_cache(maxsize=4096)
def decode(value: str, links: bool = False) -> tuple[Text, frozenset[str]]:
    """Text of a TeX value, and the names of the commands that were not understood.

    With `links`, `\\url` and `\\href` become links in the HTML (never inside another link).
    """
    if not _MARKUP.search(value):
        return Text(value, escape(value)), frozenset()
    decoder = _Decoder(links)
    decoder.run(value, 0)
    return decoder.text(), frozenset(decoder.unknown)


def plain(value: str) -> str:
    """The plain text alone."""
    return decode(value)[0].plain


class _Decoder:
    def __init__(self, links: bool):
        self.links = links
        self.plain: list[str] = []
        self.html: list[str] = []
        self.unknown: set[str] = set()

    def text(self) -> Text:
        plain_text = unicodedata.normalize("NFC", "".join(self.plain))
        markup = unicodedata.normalize("NFC", "".join(self.html))
        return Text(_squeeze(plain_text), Markup(_squeeze(markup)))

    def add(self, text: str) -> None:
        self.plain.append(text)
        self.html.append(html.escape(text, quote=True) if _NEEDS_ESCAPE.search(text) else text)

    def run(self, value: str, depth: int) -> None:
        groups: list[list[str]] = [[]]  # open elements of each open brace
        pending: list[str] = []  # elements that the next group opens
        pos = 0
        while pos < len(value):
            match = _TOKEN.match(value, pos)
            assert match  # the last alternative takes any character
            kind, token, pos = match.lastgroup, match[0], match.end()
            if kind == "text":
                self.add(token)
            elif kind == "open":
                groups.append(pending)
                for element in pending:
                    self.html.append(_OPEN.get(element) or f"<{element}>")
                pending = []
            elif kind == "close":
                if len(groups) > 1:
                    self.close(groups.pop())
            elif kind == "maths":
                self.maths(token)
            elif kind == "word":
                pos = self.word(token[1:].rstrip("*"), value, pos, groups, pending, depth)
            elif kind == "symbol":
                pos = self.symbol(token[1], value, pos, depth)
            elif kind == "tag":
                self.tag(token, groups)
            elif kind == "entity":
                self.add(html.unescape(token).replace("\xa0", " "))
            elif kind == "dash":
                self.add("–" if token == "--" else "—")
            elif kind == "quote":
                self.add("“" if token == "``" else "”")
            else:  # a tie
                self.plain.append(" ")
                self.html.append("\xa0")
        while groups:
            self.close(groups.pop())

    def close(self, elements: list[str]) -> None:
        for element in reversed(elements):
            self.html.append(_CLOSE.get(element) or f"</{element}>")

    def tag(self, token: str, groups: list[list[str]]) -> None:
        """A harmless HTML element that somebody wrote into the field; it is kept balanced."""
        name = re.sub(r"\W", " ", token).split()[0].lower()
        element = _HTML_TAGS.get(name)
        if element is None:  # br, p, span: only a boundary between words
            self.add(" ")
        elif not token.startswith("</"):
            groups[-1].append(element)
            self.html.append(_OPEN.get(element) or f"<{element}>")
        elif groups[-1] and groups[-1][-1] == element:
            groups[-1].pop()
            self.close([element])

    def maths(self, token: str) -> None:
        source = token[2:-2] if token.startswith(("$$", "\\(")) else token[1:-1]
        script = _SCRIPT.fullmatch(source)
        if script:  # H$_2$O: an index in a text, not a formula
            element = "sub" if script[1] == "_" else "sup"
            self.plain.append(script[2])
            self.html.append(f"<{element}>{script[2]}</{element}>")
            return
        self.plain.append(maths_plain(source))
        self.html.append(mathml(source) or html.escape(source))

    def word(
        self,
        name: str,
        value: str,
        pos: int,
        groups: list[list[str]],
        pending: list[str],
        depth: int,
    ) -> int:
        if name in ACCENTS:
            start = _skip_space(value, pos)
            if value[start : start + 1] not in ("", "}"):
                return self.accent(name, value, start, depth)
        if name in STYLES:
            if value[pos : pos + 1] == "{":
                pending.append(STYLES[name])
            return pos
        if name in SWITCHES:
            element = SWITCHES[name]
            groups[-1].append(element)
            self.html.append(_OPEN.get(element) or f"<{element}>")
            return _skip_space(value, pos)
        if name in ("url", "href", "nolinkurl", "path"):
            return self.link(name, value, pos, depth)
        if name in ("textcolor", "color"):
            return _argument(value, pos)[1]
        symbol = SYMBOLS.get(name)
        if symbol is None and name not in PLAIN_COMMANDS:
            symbol = maths_symbol(name)
            if symbol is None:
                self.unknown.add(name)
        if symbol is not None:
            self.add(symbol)
            if value[pos : pos + 2] == "{}":
                return pos + 2
            return _skip_space(value, pos)
        return _skip_space(value, pos) if value[pos : pos + 1] != "{" else pos

    def symbol(self, char: str, value: str, pos: int, depth: int) -> int:
        if char in ACCENTS:
            start = _skip_space(value, pos)
            if value[start : start + 1] and value[start] != "}":
                return self.accent(char, value, start, depth)
            self.add(char)
        elif char == "\\" and value[pos : pos + 1] in ACCENTS and value[pos + 1 : pos + 2]:
            return pos - 1  # a double-escaped accent: read the second backslash again
        elif char == "\\" and _DOUBLED.match(value, pos):
            return pos - 1
        else:
            self.add(CONTROL.get(char, char))
            if char == "&" and value.startswith("amp;", pos):
                return pos + 4
        return pos

    def accent(self, name: str, value: str, pos: int, depth: int) -> int:
        argument, pos = _argument(value, pos)
        if argument.startswith("\\") and not argument[1:2].isalpha() and len(argument) == 2:
            more, pos = _argument(value, pos)  # an accent on an accent: \'\"a
            argument += more
        if depth < _MAX_DEPTH:
            inner = _Decoder(False)
            inner.run(argument, depth + 1)
            self.unknown |= inner.unknown
            argument = "".join(inner.plain)
        base = {"ı": "i", "ȷ": "j"}.get(argument[:1], argument[:1])
        self.add(unicodedata.normalize("NFC", base + ACCENTS[name]) + argument[1:] if base else "")
        return pos

    def link(self, name: str, value: str, pos: int, depth: int) -> int:
        target, pos = _argument(value, pos)
        label = target
        if name == "href":
            label, pos = _argument(value, pos)
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


_SCRIPT = re.compile(r"\s*([_^])\s*\{?\s*([\w+-]{1,9})\s*\}?\s*")
_NEEDS_ESCAPE = re.compile(r"[&<>\"']")
_DOUBLED = re.compile(r"(?:[cvukrHdb]\{|aa|ae|oe|ss|[olOL])(?![A-Za-z])|[cvukrHdb]\{")
_SPACES = re.compile(r"[ \t\n\r]{2,}|[\t\n\r]")
_ONE_ARGUMENT = re.compile(r"\\(?:[A-Za-z]+|.)|[^{}]", re.S)


def _squeeze(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" \t\n\r")


def _skip_space(value: str, pos: int) -> int:
    match = _SPACE.match(value, pos)
    assert match  # it may be empty
    return match.end()


def _argument(value: str, pos: int) -> tuple[str, int]:
    """The argument at `pos`, a group without its braces or one token, and the position after it."""
    if value[pos : pos + 1] != "{":
        match = _ONE_ARGUMENT.match(value, pos)
        return (match[0], match.end()) if match else ("", pos)
    depth = 0
    for match in re.compile(r"[{}]").finditer(value, pos):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return value[pos + 1 : match.start()], match.end()
    return value[pos + 1 :], len(value)
