"""TeX's definitions and conditionals in a bibliography: what `@preamble` defines, and `\\ifmmode`.

`@preamble{"\\newcommand{\\noopsort}[1]{}"}` is BibTeX's own idiom (Patashnik, BibTeXing, section 4).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from .journals import JOURNALS
from .letters import accent, symbol
from .tables import STYLES
from .tokens import argument, skip_space

_DEFINING = re.compile(
    r"\\(?:(?P<new>(?:re)?newcommand|providecommand|DeclareRobustCommand|DeclareTextCommandDefault"
    r"|newrobustcmd|providerobustcmd|renewrobustcmd)\*?\s*(?:\{\s*\\(?P<braced>[A-Za-z@]+)\s*\}|\\(?P<bare>[A-Za-z@]+))"
    r"\s*(?:\[(?P<count>\d)\])?\s*(?P<optional>\[[^\[\]]*\])?\s*"
    r"|(?:long\s*\\)?(?:def|gdef|edef|xdef)\s*\\(?P<plain>[A-Za-z@]+)\s*(?P<parameters>(?:#\d\s*)*)"
    r"|let\s*\\(?P<alias>[A-Za-z@]+)\s*=?\s*\\(?P<meant>[A-Za-z@]+))"
)
_CONDITIONAL = re.compile(r"\\(ifmmode|iftrue|iffalse|else|fi)(?![A-Za-z])\s*(?:\{\})?")
_PRIMITIVE = re.compile(
    r"\\(?:setbox|[hv]box|ooalign|lower|raise|accent|char|kern|rlap|llap|rule|leavevmode)(?![A-Za-z])|@"
)
_DOLLAR = re.compile(r"(?<!\\)\$")
_WORD = re.compile(r"\\[A-Za-z]+$")
_ELSE = "\ue004"  # marks the place of an \\else
_DEEPEST = 20  # conditionals inside conditionals
_LONGEST = 100_000  # characters that a value may expand to
_MOST = 1_000  # expansions in a value: definitions may name themselves


class Definition(NamedTuple):
    """A command that takes so many arguments, and its text with `#1` for the first of them."""

    arguments: int
    text: str


# What bibliographies use without a definition, as BibTeX's example has it (xampl.bib, btxdoc).
_COMMON = {
    "noopsort": Definition(1, ""), "sortnoop": Definition(1, ""), "SortNoop": Definition(1, ""),
    "printfirst": Definition(2, "#1"), "switchargs": Definition(2, "#2#1"),
    "singleletter": Definition(1, "#1"),
}  # fmt: skip


def definitions(preamble: str) -> dict[str, Definition]:
    """The commands that a text of TeX defines, by their names without backslash."""
    found = dict(_COMMON)
    pos = 0
    while match := _DEFINING.search(preamble, pos):
        pos = match.end()
        if match["alias"]:
            meant = found.get(match["meant"], Definition(0, rf"\{match['meant']} "))
            found[match["alias"]] = meant
            continue
        name = match["braced"] or match["bare"] or match["plain"]
        text, pos = argument(preamble, pos)
        count = int(match["count"] or 0) if match["new"] else match["parameters"].count("#")
        if _PRIMITIVE.search(text):  # it draws a letter or a sign: the arguments remain
            text = "".join(f"#{number + 1}" for number in range(count))
        if name in JOURNALS or (symbol(name) is None and accent(name) is None and name not in STYLES):
            found[name] = Definition(count, text)
    return found


def expanded(value: str, known: dict[str, Definition]) -> str:
    """The value with its conditionals decided and the `known` commands replaced by their text."""
    if "\\if" in value:
        value = decided(value)
    if not known or "\\" not in value:
        return value
    command = _pattern(tuple(known))
    pos = 0
    for _ in range(_MOST):
        match = command.search(value, pos)
        if not match or len(value) > _LONGEST:
            break
        definition, end = known[match[1]], match.end()
        if value.startswith("{}", end) and not definition.arguments:
            end += 2
        elif not definition.arguments:
            end = skip_space(value, end)
        text = definition.text
        for number in range(1, definition.arguments + 1):
            piece, end = argument(value, skip_space(value, end))
            text = text.replace(f"#{number}", piece)
        if _WORD.search(text) and value[end : end + 1].isalpha():
            text += " "
        value = value[: match.start()] + text + value[end:]
        pos = match.start() + (len(text) if rf"\{match[1]}" in text else 0)
    return value


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\\({'|'.join(map(re.escape, names))})(?![A-Za-z@])")


def decided(value: str) -> str:
    """The value without `\\ifmmode … \\else … \\fi`: in text the second branch, in maths the first.

    APS writes `Ne\\ifmmode \\check{c}\\else \\v{c}\\fi{}as`. What has no `\\fi` stays.
    """
    kept: list[str] = []
    opened: list[
        tuple[int, bool, str]
    ] = []  # for each: where it starts, is the first branch meant, source
    pos = dollars = 0
    for match in _CONDITIONAL.finditer(value):
        piece, pos = value[pos : match.start()], match.end()
        dollars += len(_DOLLAR.findall(piece))
        kept.append(piece)
        if match[1].startswith("if") and len(opened) < _DEEPEST:
            first = match[1] == "iftrue" or (match[1] == "ifmmode" and dollars % 2 == 1)
            opened.append((len(kept), first, match[0]))
            kept.append("")
        elif match[1] == "fi" and opened:
            start, first, _ = opened.pop()
            branches = "".join(kept[start:]).split(_ELSE, 1)
            branch = branches[0] if first else "".join(branches[1:])
            kept[start:] = [branch + "{}" if match[0].endswith("}") and _WORD.search(branch) else branch]
        else:
            kept.append(_ELSE if match[1] == "else" and opened else match[0])
    for start, _, source in opened:
        kept[start] = source
    return ("".join(kept) + value[pos:]).replace(_ELSE, "\\else ")
