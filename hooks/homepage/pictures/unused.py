"""Originals that no page shows, and that stay out of the site."""

import posixpath
import re
from html import unescape
from urllib.parse import unquote


class Unused:
    """Files of which copies are shown; they are published where anything names them all the same."""

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.named: set[str] = set()

    def look(self, text: str) -> None:
        """Look for the names of files in a text that is published."""
        if not self.paths:
            return
        text = unquote(unescape(text))
        names = {path: posixpath.basename(path) for path in self.paths}
        endings = {re.escape(posixpath.splitext(name)[1] or name) for name in names.values()}
        # Once through the text, however many files there are.
        for end in (match.end() for match in re.finditer(f"(?:{'|'.join(endings)})(?![\\w-])", text)):
            for path, name in names.items():
                if text.endswith(name, 0, end) and is_named(
                    path, text[max(0, end - len(name) - 99) : end]
                ):
                    self.named.add(path)
        self.paths -= self.named


def is_named(path: str, text: str) -> bool:
    """Does a text, of which nothing is encoded, have an address that ends in the name of a file?"""
    name = re.escape(posixpath.basename(path))
    return bool(re.search(rf"""(?:["'/(=]|,\s*){name}(?![\w-])""", text))
