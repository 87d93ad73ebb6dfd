"""Files at the site's root that tell programs what there is: robots.txt and llms.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_SPECIAL = re.compile(r"([\\\[\]<>*_`])")


class Entry(NamedTuple):
    """A page or a file: its title, where it is, and what it is about, all plain text."""

    title: str
    url: str
    about: str = ""


def robots(sitemap: str) -> str:
    """A robots.txt (RFC 9309) that lets everybody read everything; `sitemap` is absolute or ''."""
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, *(["", f"Sitemap: {sitemap}"] if sitemap else [])]) + "\n"


def llms(title: str, about: str, sections: Mapping[str, Iterable[Entry]]) -> str:
    """An llms.txt (https://llmstxt.org): the title, what the site is about, and lists of links."""
    parts = [f"# {_line(title)}\n", *([f"> {_line(about)}\n"] if about else [])]
    for heading, entries in sections.items():
        items = [
            f"- [{_line(entry.title)}]({entry.url})" + (f": {_line(entry.about)}" if entry.about else "")
            for entry in entries
        ]
        if items:
            parts.append("\n".join([f"## {heading}\n", *items, ""]))
    return "\n".join(parts)


def _line(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
