"""Checks a site's owner and address, and finds leftovers of the first owner and of examples."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from commands.shared.findings import Finding, advice, at, first_few, line_at, ok, problem
from homepage.common import code_spans, ignored_spans, inside
from homepage.model import Person, Problem
from homepage.people import fold

# Names reserved for examples (RFC 2606), and names in this repository's examples.
_EXAMPLES = re.compile(
    r"\bexample\.(?:org|com|net|edu)\b|\bExample University\b|\b0000-0002-1825-0097\b"
    r"|\b(?:your[-_ ]?name|your[-_ ]?user(?:name)?)\b|\blorem ipsum\b",
    re.I,
)
_WORDLESS = re.compile(r"!\[\s*\]\(\s*<?([^\s)>]*)")
_FILE = "mkdocs.yml"


def check_identity(author: str, description: str, people: Iterable[Person], text: str) -> list[Finding]:
    """Check `site_author` and `site_description`; `text` is the source of mkdocs.yml."""
    found = []
    if not author:
        message = "site_author is missing, so that no name is bold in citations"
        found.append(advice(message, "write your name as in your publications", _FILE))
    spellings = {fold(name) for person in people for name in (person.name, *person.also, person.native)}
    if author and spellings and fold(author) not in spellings:
        message = f"site_author '{author}' is nobody in people.yml"
        hint = "write it as there, or add yourself there if you have other spellings"
        found.append(advice(message, hint, _place(text, "site_author")))
    if not description:
        message = "site_description is missing, which search engines and networks show"
        found.append(advice(message, "say in a sentence who you are", _FILE))
    return found


def check_url(url: str, text: str) -> list[Finding]:
    """Can visitors reach the site's address?"""
    if not url:
        message = "site_url is missing: feeds, cards and the sitemap need whole addresses"
        return [advice(message, "write site_url: https://… as visitors type it", _FILE)]
    place, parts = _place(text, "site_url"), urlsplit(url)
    host = parts.hostname or ""
    if _EXAMPLES.search(host) or host in ("localhost", "127.0.0.1") or "." not in host:
        message = f"site_url {url} is not an address on the internet"
        return [problem(message, "write the address that visitors type", place)]
    if parts.scheme != "https":
        return [advice(f"site_url {url} is not encrypted", "write https:// if your host has it", place)]
    if parts.query or parts.fragment:
        return [problem(f"site_url {url} has more than a path", "end it behind the path's /", place)]
    return []


def foreign_names(path: str, text: str, author: str, first: Sequence[str]) -> list[Finding]:
    """Find lines that name the first owner or an example, except in code.

    `first` is the first owner's name, then parts of his addresses; on pages he may be a co-author.
    """
    is_settings = path.endswith((".yml", ".yaml"))
    code = [] if is_settings else code_spans(text)
    signs = first[0 if path == _FILE else 1 :] if author not in first else ()
    his = re.compile("|".join(map(re.escape, signs)) or "(?!)", re.I)
    found = []
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        said = re.sub(r"(?:^|\s)#.*", "", line) if is_settings else line
        if match := his.search(said):
            grade = problem if path == _FILE else advice
            message = f"'{match[0]}' is the first owner's"
            found.append(grade(message, "put yours in its place", f"{path}:{number}"))
        elif (match := _EXAMPLES.search(said)) and not inside(start + match.start(), code):
            message = f"'{match[0]}' is still the example text"
            found.append(advice(message, "put yours in its place, or take it out", f"{path}:{number}"))
        start += len(line)
    return found


def example_text(path: str, text: str, marks: re.Pattern[str]) -> list[Problem]:
    """Does the file still have example text of a new site? Returns one problem at most."""
    found = list(marks.finditer(text))
    if not found:
        return []
    more = f", on {len(found)} lines" if found[1:] else ""
    line = line_at(text, found[0].start())
    message = f"this is still the example that a new site starts with{more}"
    return [Problem(path, line, message, "write yours in its place, or take it out", "advice")]


def pictures_without_alt_text(path: str, text: str) -> list[Finding]:
    """Find pictures in Markdown without alternative text."""
    code = ignored_spans(text)
    return [
        advice(
            f"the picture '{match[1]}' says nothing to those who cannot see it",
            'say between the brackets what it shows; if it only decorates, write <img alt="" src="…">',
            at(path, line_at(text, match.start())),
        )
        for match in _WORDLESS.finditer(text)
        if not inside(match.start(), code)
    ]


def check_content(
    problems: Mapping[str, list[Problem]], rest: Callable[[str], str], most: int = 3
) -> list[Finding]:
    """Return the first few problems of each file; `rest` returns the command that lists all."""
    found: list[Finding] = []
    for path, several in problems.items():
        told = [
            (advice if p.severity == "advice" else problem)(p.message, p.hint, at(p.path, p.line))
            for p in several
            if p.severity != "note"  # the owner asked for it
        ]
        found += first_few(told, f"run: {rest(path)}", most) or [ok(f"{path} has no problems")]
    return found


def _place(text: str, name: str) -> str:
    match = re.search(rf"^{name}[ \t]*:", text, re.M)
    return at(_FILE, line_at(text, match.start())) if match else _FILE
