"""The tokens of TeX markup in BibTeX values, and functions that skip them in linear time."""

import re
from unicodedata import normalize

from .tables import ACCENTS

TOKEN = re.compile(
    r"""
    (?P<text>[^\\{}$~<&\s`'"-]++(?:(?:[ ](?![ ])|-(?!-)|'(?!'))[^\\{}$~<&\s`'"-]++)*+)
  | (?P<word>\\[A-Za-z]+\*?)
  | (?P<maths>\$\$(?:[^$\\]|\\.){1,2000}+\$\$
            | \$(?!\s*\$)(?:[^$\\]|\\.){1,2000}+\$
            | \\\((?:[^\\]|\\[^()]){0,2000}+\\\))
  | (?P<symbol>\\.)
  | (?P<open>\{) | (?P<close>\})
  | (?P<tag></?(?:(?:jats|mml):)?(?:i|italic|em|b|bold|strong|sub|sup|sc|scp|tt|monospace|u|underline
       |br|p|span|div|a|title|sec|inline-formula|tex-math|alternatives)(?=[\s/>])[^<>]{0,300}>
       |<!--[^<>]{0,300}-->)
  | (?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#\d{1,7}|\#x[0-9A-Fa-f]{1,6});)
  | (?P<dash>---?) | (?P<quote>``|'') | (?P<single>[`'"]) | (?P<tie>~) | (?P<space>\s++)
  | (?P<other>.)
    """,
    re.X | re.S | re.I,
)
# The most frequent markup, a letter with an accent: `{\"o}`, `\"{o}`, `{\'\i}` or `\'e`.
_ACCENTED = re.compile(
    r"""\{(?<!\\\{)\\([`'^"~=.])(\{(?:\\[ij]|[A-Za-z])\}|\\[ij]|[A-Za-z])\}"""
    r"""|\\(?<!\\\\)([`'^"~=.])(?:\{(\\[ij]|[A-Za-z])\}|([A-Za-z]))"""
)
# Tags in titles, as Zotero exports them.
_ESCAPED_TAG = re.compile(
    r"(?:\{\\textless\}|\\textless(?:\{\}|\s|(?=/)))\s*(/?(?:jats:)?(?:i|b|em|sub|sup|sc|p|span|strong|italic|bold)"
    r"\b[^<>{}\\]{0,100})(?:\{\\textgreater\}|\\textgreater(?:\{\}|\s?))"
)
_SHIELD = re.compile(r"\{(?<![\\\w}\]^_$*\"'`~=.@|]\{)(\w(?:[^{}\\$]*\w)?)\}")
_SPACED_ARGUMENT = re.compile(r"\\(?:[A-Za-z]+\*?|.)\s+\{")
_SPACE = re.compile(r"\s*")
_SPACES = re.compile(r"[ \t\n\r]{2,}|[\t\n\r]")
_BRACE = re.compile(r"[{}]")
_ONE_ARGUMENT = re.compile(r"\\(?:[A-Za-z]+|.)|[^{}]", re.S)
_ESCAPED_ENTITY = re.compile(r"\{\\&\}(?=(?:[A-Za-z]{2,10}|#\d{1,6});)")
# The publishers' XML around a formula in TeX, as ACM exports it.
_FORMULA = re.compile(
    r"<Formula\b[^<>]{0,100}>[^?]{0,100}?<\?TeX\s([^?]{0,1000})\?>[^?]{0,500}?</Formula>", re.I
)


def has_markup(value: str) -> bool:
    """Is the value more than plain text? On abstracts, this is much faster than a regular expression."""
    return (
        ("{" in value or "\\" in value or "$" in value or "~" in value or "<" in value or "&" in value)
        or ("`" in value or "\n" in value or "\t" in value or "}" in value)
        or ("--" in value or "''" in value or "  " in value)
    )


def simplified(value: str) -> str:
    """Reduce the tokens in a value: compose accented letters, and remove braces that protect case."""
    if "\\textless" in value:
        value = _ESCAPED_TAG.sub(r"<\1>", value)
    if "{\\&}" in value:
        value = _ESCAPED_ENTITY.sub("&", value)
    if "<?TeX" in value:
        value = _FORMULA.sub(r"\1", value)
    if "\\" in value and "$" not in value and "\\(" not in value:
        value = _ACCENTED.sub(_composed, value)
    if "{" in value and not _SPACED_ARGUMENT.search(value):
        value = _SHIELD.sub(lambda match: match[1], value)
    if "--" in value and "\\" not in value and "$" not in value and "<" not in value:
        value = value.replace("---", "—").replace("--", "–")
    return value


def _composed(match: re.Match[str]) -> str:
    accent = match[1] or match[3]
    letter = (match[2] or match[4] or match[5]).strip("\\{}")
    if accent == "." and letter in "ij":
        return match[0]  # they already have a dot
    return normalize("NFC", letter + ACCENTS[accent])


def squeeze(text: str) -> str:
    """Collapse white space, and strip it at both ends; no-break spaces stay."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def skip_space(value: str, pos: int) -> int:
    """Position after the white space at `pos`."""
    match = _SPACE.match(value, pos)
    assert match  # it may be empty
    return match.end()


def argument(value: str, pos: int) -> tuple[str, int]:
    """The argument at `pos`, a group without its braces or one token, and the position after it."""
    if value[pos : pos + 1] != "{":
        match = _ONE_ARGUMENT.match(value, pos)
        return (match[0], match.end()) if match else ("", pos)
    depth = 0
    for match in _BRACE.finditer(value, pos):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return value[pos + 1 : match.start()], match.end()
    return value[pos + 1 :], len(value)


def optional_argument(value: str, pos: int) -> int:
    """Position after an argument in brackets at `pos`, if there is one."""
    end = value.find("]", pos, pos + 200) if value[pos : pos + 1] == "[" else -1
    return end + 1 if end > 0 else pos
