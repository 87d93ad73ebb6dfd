"""Addresses of pages: of the old site in one spelling, and of the new one."""

import re

_FILE_NAME = re.compile(r"(?:(?:^|/)_?index(?:\.html|\.md)?|\.html|\.md)\Z")


def normalize(address: str) -> str:
    """Return an address of the old site without slashes around it, file endings, query and fragment."""
    path = re.split(r"[#?]", address, maxsplit=1)[0].strip("/").removeprefix("./")
    return _FILE_NAME.sub("", path).rstrip("/")


def page_url(path: str) -> str:
    """Return the address of our page or file, relative to the site."""
    if path.startswith("blog/posts/"):
        path = path.replace("blog/posts/", "blog/", 1)
    if not path.endswith(".md"):
        return path
    stem = re.sub(r"(?:^|/)index\Z", "", path.removesuffix(".md"))
    return f"{stem}/" if stem else ""
