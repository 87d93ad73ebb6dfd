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
        for path in [*self.paths]:
            if is_named(path, text):
                self.paths.remove(path)
                self.named.add(path)


def is_named(path: str, text: str) -> bool:
    """Does a text, of which nothing is encoded, have an address that ends in the name of a file?"""
    name = re.escape(posixpath.basename(path))
    return bool(re.search(rf"""(?:["'/(=]|,\s*){name}(?![\w-])""", text))
