"""Files for crawlers at the root of the site: robots.txt and llms.txt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_SPECIAL = re.compile(r"([\\\[\]<>*_`])")


class Entry(NamedTuple):
    """A page or file: its title, address and description, all plain text."""

    title: str
    url: str
    about: str = ""


def robots(sitemap: str) -> str:
    """Return a robots.txt (RFC 9309) that allows everything; `sitemap` is absolute or ''."""
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, *(["", f"Sitemap: {sitemap}"] if sitemap else [])]) + "\n"


def llms(title: str, about: str, sections: Mapping[str, Iterable[Entry]]) -> str:
    """Return an llms.txt (https://llmstxt.org): the title, the site's description, lists of links."""
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
