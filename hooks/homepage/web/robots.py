"""Files for crawlers at the root of the site: robots.txt and llms.txt."""

import re
from collections.abc import Iterable, Mapping

Entry = tuple[str, str, str]  # the title, address and description of a page or file, as plain text

_SPECIAL = re.compile(r"([\\\[\]<>*_`])")


def robots(sitemap: str) -> str:
    """Return a robots.txt (RFC 9309) that allows everything; `sitemap` is absolute or ''."""
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, *(["", f"Sitemap: {sitemap}"] if sitemap else [])]) + "\n"


def llms(title: str, about: str, sections: Mapping[str, Iterable[Entry]]) -> str:
    """Return an llms.txt (https://llmstxt.org): the title, the site's description, lists of links."""
    parts = [f"# {_line(title)}\n", *([f"> {_line(about)}\n"] if about else [])]
    for heading, entries in sections.items():
        items = [
            f"- [{_line(name)}]({url})" + (f": {_line(text)}" if text else "")
            for name, url, text in entries
        ]
        if items:
            parts.append("\n".join([f"## {heading}\n", *items, ""]))
    return "\n".join(parts)


def _line(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
