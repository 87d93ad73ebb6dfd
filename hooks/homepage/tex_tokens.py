"""The tokens of TeX markup in BibTeX values, and how to step over them in linear time."""

from __future__ import annotations

import re

# What makes a value more than plain text.
MARKUP = re.compile(r"[\\{}$~<&`]|--|''|\n|  ")
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
       |<\?[^<>]{0,2000}\?>|<!--[^<>]{0,300}-->)
  | (?P<entity>&(?:[A-Za-z][A-Za-z0-9]{1,30}|\#\d{1,7}|\#x[0-9A-Fa-f]{1,6});)
  | (?P<dash>---?) | (?P<quote>``|'') | (?P<single>[`'"]) | (?P<tie>~) | (?P<space>\s++)
  | (?P<other>.)
    """,
    re.X | re.S | re.I,
)
# Zotero writes the tags of its titles so.
_ESCAPED_TAG = re.compile(
    r"(?:\{\\textless\}|\\textless(?:\{\}|\s|(?=/)))\s*(/?(?:jats:)?(?:i|b|em|sub|sup|sc|p|span|strong|italic|bold)"
    r"\b[^<>{}\\]{0,100})(?:\{\\textgreater\}|\\textgreater(?:\{\}|\s?))"
)
_SPACE = re.compile(r"\s*")
_SPACES = re.compile(r"[ \t\n\r]{2,}|[\t\n\r]")
_BRACE = re.compile(r"[{}]")
_ONE_ARGUMENT = re.compile(r"\\(?:[A-Za-z]+|.)|[^{}]", re.S)


def with_tags(value: str) -> str:
    """The value with `{\\textless}i{\\textgreater}` written as the tag that it is."""
    return _ESCAPED_TAG.sub(r"<\1>", value) if "\\textless" in value else value


def squeeze(text: str) -> str:
    """Text with single spaces, without any at its ends; protected spaces stay."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def skip_space(value: str, pos: int) -> int:
    """Position of what follows the white space at `pos`."""
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
