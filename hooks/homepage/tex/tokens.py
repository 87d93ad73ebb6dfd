"""The tokens of TeX markup in BibTeX values, and functions that skip them in linear time."""

import re

from .exports import TAG

TOKEN = re.compile(
    r"""
    (?P<text>[^\\{}$~<&\s`'"-]++(?:(?:[ ](?![ ])|-(?!-)|'(?!'))[^\\{}$~<&\s`'"-]++)*+)
  | (?P<word>\\[A-Za-z]+\*?)
  | (?P<maths>\$\$(?:[^$\\]|\\.){1,2000}+\$\$
            | \$(?!\s*\$)(?:[^$\\]|\\.){1,2000}+\$
            | \\\((?:[^\\]|\\[^()]){0,2000}+\\\))
  | (?P<symbol>\\.)
  | (?P<open>\{) | (?P<close>\})
  | (?P<tag>TAG|<!--[^<>]{0,300}-->)
  | (?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#\d{1,7}|\#x[0-9A-Fa-f]{1,6});)
  | (?P<dash>---?) | (?P<quote>``|'') | (?P<single>[`'"]) | (?P<tie>~) | (?P<space>\s++)
  | (?P<other>.)
    """.replace("TAG", TAG),
    re.X | re.S | re.I,
)
_SPACE = re.compile(r"\s*")
_SPACES = re.compile(r"[ \t\n\r]{2,}|[\t\n\r]")
_BRACE = re.compile(r"[{}]")
_ONE_ARGUMENT = re.compile(r"\\(?:[A-Za-z]+|.)|[^{}]", re.S)


def has_markup(value: str) -> bool:
    """Is the value more than plain text? On abstracts, this is much faster than a regular expression."""
    return (
        ("{" in value or "\\" in value or "$" in value or "~" in value or "<" in value or "&" in value)
        or ("`" in value or "\n" in value or "\t" in value or "}" in value)
        or ("--" in value or "''" in value or "  " in value)
    )


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
