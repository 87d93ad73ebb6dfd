"""TeX's tokens and commands, interpreted in one pass: each writes text and HTML, maths as MathML.

It recurses into short arguments only. What is not understood is kept as text.
"""

import html
import re
import unicodedata

from . import letters
from .commands import COMMANDS
from .tables import ACCENTS, CONTROL, DROPPED, PLAIN_COMMANDS, STYLES, SWITCHES
from .tokens import TOKEN, argument, optional_argument, skip_space
from .writer import DEEPEST, Writer

# What a second backslash shows to be escaped twice, not a new line: \\'e, \\v{c}, \\aa, \\emph{x}.
_DOUBLED = re.compile(
    r"[`'^\"~=.][A-Za-z{\\]|[cvukrHdbt]\{|(?:aa|ae|oe|ss|[olOL])(?![A-Za-z])|([A-Za-z]{2,})\{"
)
_LINE_BREAK = re.compile(r"\*?\s*\[\s*-?[\d.]+\s*[a-z]{2}\s*\]|\*")
_DOTLESS = re.compile(r"\\([ij])([A-Za-z]+)")
_ENTITY = re.compile(r"(?:[A-Za-z]{2,10}|#\d{1,6});")
_MAX_DEPTH = 20


class Interpreter(Writer):
    """Interprets one value; with `links`, `\\url` and `\\href` become links in the HTML."""

    def __init__(self, links: bool = False, depth: int = 0):
        super().__init__(links)
        self.depth = depth  # of arguments inside arguments

    def run(self, value: str) -> None:
        """Read a whole value."""
        groups = self.groups
        too_deep = 0
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
                for element in self.pending:
                    self.open(element)
                self.pending.clear()
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
                pos = self._word(token[1:].rstrip("*"), value, pos)
            elif kind == "symbol":
                pos = self._symbol(token[1], value, pos)
            elif kind == "tag":
                self.tag(token)
            elif kind == "entity":
                text = html.unescape(token)
                add(" " if text == "\xa0" else text)
            elif kind == "dash":
                add("–" if token == "--" else "—")
            elif kind in ("quote", "single"):
                add(self.quote(token, value, start, pos))
            elif kind == "tie":
                self.tie()
            else:
                add(token)
        while groups:
            self.close(groups.pop())

    def _word(self, name: str, value: str, pos: int) -> int:
        """A command by its name; gives the position after what belongs to it."""
        start = skip_space(value, pos)
        if name in ACCENTS and value[start : start + 1] not in ("", "}"):
            return self._accent(name, value, start)
        if name in STYLES:
            start = optional_argument(value, start)
            if value[start : start + 1] == "{":
                self.pending.append(
                    "qs" if value[pos - 1] == "*" and STYLES[name] == "q" else STYLES[name]
                )
            return start
        if name in SWITCHES:
            self.open(SWITCHES[name])
            return start
        if name in COMMANDS:
            return COMMANDS[name](self, name, value, pos)
        if name in DROPPED:
            return argument(value, pos)[1] if value[pos : pos + 1] == "{" else pos
        return self._symbol_or_unknown(name, value, pos)

    def _symbol_or_unknown(self, name: str, value: str, pos: int) -> int:
        if name in PLAIN_COMMANDS:
            after = optional_argument(value, pos)
            if name.endswith("break") or value.startswith("{", after):
                pos = after
        symbol = None if name in PLAIN_COMMANDS else letters.symbol(name)
        if symbol is None and name not in PLAIN_COMMANDS:
            self.unknown.add(name)
            pos = optional_argument(value, pos)
            if name in ("footnote", "thanks"):
                self.add(" ")
        if symbol is not None:
            start = skip_space(value, pos)
            if unicodedata.combining(symbol[:1] or " ") and value[start : start + 1] not in ("", "}"):
                return self._accent(name, value, start)
            self.add(symbol)
            return pos + 2 if value.startswith("{}", pos) else skip_space(value, pos)
        return skip_space(value, pos) if value[pos : pos + 1] != "{" else pos

    def _symbol(self, char: str, value: str, pos: int) -> int:
        if char in ACCENTS:
            start = skip_space(value, pos)
            if value[start : start + 1] not in ("", "}"):
                return self._accent(char, value, start)
            self.add(char)
        elif char == "\\":
            doubled = _DOUBLED.match(value, pos)
            if doubled and (not doubled[1] or _is_known(doubled[1])):
                return pos - 1  # read the second backslash again
            self.add(" ")
            more = _LINE_BREAK.match(value, pos)
            return more.end() if more else pos
        elif char == "&":
            entity = _ENTITY.match(value, pos)  # \&amp; is what some exports make of an &
            if entity:
                self.add(html.unescape("&" + entity[0]))
                return entity.end()
            self.add(char)
        else:
            self.add(CONTROL.get(char, char))
        return pos

    def _accent(self, name: str, value: str, pos: int) -> int:
        braced = value.startswith("{", pos)
        letter, pos = argument(value, pos)
        if letter.startswith("\\") and not letter[1:2].isalpha() and len(letter) == 2:
            more, pos = argument(value, pos)  # an accent on an accent: \'\"a
            letter += more
        dotless = _DOTLESS.fullmatch(letter)
        if dotless and not (letters.symbol(letter[1:]) or "-").isalpha():
            # Mart\'\in: a space is missing
            letter = f"\\{dotless[1]} {dotless[2]}"
        elif not braced and letter[:1] == "\\" and letter[1:].isalpha():
            # \'\i nez: TeX takes the space away
            pos = pos + 2 if value.startswith("{}", pos) else skip_space(value, pos)
        letter = "".join(self.nested(letter).plain).lstrip()
        if not letter:
            self.add(name if name in "~^'`\"" else "")  # \~{} is how some write a tilde
            return pos
        base = {"ı": "i", "ȷ": "j"}.get(letter[0], letter[0])
        if name == "." and base == "i":  # it has its dot
            self.add(base + letter[1:])
        else:
            self.add(unicodedata.normalize("NFC", base + (letters.accent(name) or "")) + letter[1:])
        return pos

    def nested(self, value: str, links: bool = False) -> Writer:
        """What an argument writes."""
        inner = Interpreter(links, self.depth + 1)
        if self.depth < _MAX_DEPTH:
            inner.run(value)
        else:
            inner.add(value)
        self.unknown |= inner.unknown
        return inner


def _is_known(name: str) -> bool:
    known = (STYLES, PLAIN_COMMANDS, COMMANDS)
    return any(name in names for names in known) or letters.symbol(name) is not None
