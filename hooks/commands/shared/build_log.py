"""Turns the log of a build into findings about links, the menu, pictures and all else."""

import logging
import re
from collections.abc import Callable, Iterable, Set
from typing import NamedTuple
from urllib.parse import unquote

from adapter import engine

from .findings import Finding, advice, at, problem

# MkDocs' messages; others are reported as they are.
_LINK = re.compile(
    r"Doc file '(?P<doc>.+?)' contains an? (?:[a-z ]*)link (?:to )?'(?P<link>.*?)'(?P<what>.*)"
)
_ANCHOR = re.compile(r"(?:doc '(?P<doc>.+?)' does not contain an anchor|there is no such anchor)")
_MENU = re.compile(
    r"(?:A reference|An absolute path) to '(?P<path>.+?)' is included in the 'nav'(?P<what>.*)"
)
_OMITTED = re.compile(r"pages exist in the docs directory, but are not included")
# homepage.model.Problem
_OURS = re.compile(
    r"(?:homepage: )?(?P<path>[^\n:]+):(?P<line>\d+): (?P<what>.*) \((?P<hint>.*)\)", re.S
)
_PICTURE = re.compile(r"the picture '")


class LogMessage(NamedTuple):
    """A message of a build and its log level."""

    level: int
    text: str


class Source(NamedTuple):
    """Functions that look up what messages are about."""

    shown: Callable[[str], str]  # the path of a document for messages
    line: Callable[[str, str], int]  # the line of a text in a file, or 0
    has_anchor: Callable[[str, str], bool]  # whether the page of a document has an anchor


def read(
    said: Iterable[LogMessage], source: Source, known: Set[str] = frozenset()
) -> dict[str, list[Finding]]:
    """Return findings by subject, but none of `known` files, which are checked elsewhere."""
    found: dict[str, list[Finding]] = {"links": [], "menu": [], "pictures": [], "pages": [], "build": []}
    for level, text in dict.fromkeys(said):
        is_bad = level >= logging.WARNING
        grade = problem if is_bad else advice
        if match := _LINK.match(text):
            found["links"] += _link(match, is_bad, source)
        elif match := _MENU.match(text):
            hint = "write the page, or take it out of nav"
            place = at("mkdocs.yml", source.line("mkdocs.yml", match["path"]))
            message = f"nav names '{match['path']}', which is not a page"
            found["menu"].append(grade(message, hint, place))
        elif _OMITTED.search(text):
            hint = "name it under nav in mkdocs.yml, or link to it from a page"
            found["menu"] += [
                advice("the menu does not name this page", hint, source.shown(line.strip(" -")))
                for line in text.splitlines()[1:]
            ]
        elif match := _OURS.fullmatch(text):
            if match["path"] in known:
                continue
            place = at(match["path"], int(match["line"]))
            of_page = "build" if match["path"] == "mkdocs.yml" else "pages"
            subject = "pictures" if _PICTURE.match(match["what"]) else of_page
            found[subject].append(grade(match["what"], match["hint"], place))
        elif is_bad:
            found["build"].append(problem(text, f"`{engine.NAME} build --strict` says more"))
    return found


def _link(match: re.Match[str], is_bad: bool, source: Source) -> list[Finding]:
    doc, link, what = match["doc"], match["link"], match["what"].strip(" ,.")
    if anchor := _ANCHOR.search(what):
        # MkDocs knows anchors in Markdown only; lists of publications have some, too.
        if source.has_anchor(anchor["doc"] or doc, unquote(link.partition("#")[2])):
            return []
        message, hint, is_bad = "leads to no place on its page", "correct what follows the #", True
    elif "excluded from the built site" in what:
        message, hint, is_bad = "leads to what is not published", "take it out", True
    elif "absolute link" in match[0] or "unrecognized" in match[0]:
        message, hint = "does not lead to a file in docs/", "write it as a path to a .md file"
    else:
        message, hint = "leads to nothing", "correct its path, from the page's folder on"
    if meant := re.search(r"Did you mean '(.+?)'", what):
        hint = f"did you mean '{meant[1]}'?"
    place = at(source.shown(doc), source.line(source.shown(doc), link))
    return [(problem if is_bad else advice)(f"the link '{link}' {message}", hint, place)]
