"""Addresses of pages: of the old site in one spelling, and of ours."""

from __future__ import annotations


def normal(address: str) -> str:
    """An address of the old site without what may be written in several ways."""
    path = address.partition("#")[0].partition("?")[0].strip("/").removeprefix("./")
    for end in ("index.html", "index.md", "index", ".html", ".md"):
        if path == end or path.endswith(end if end.startswith(".") else f"/{end}"):
            path = path.removesuffix(end).rstrip("/")
            break
    return path


def url(path: str) -> str:
    """The address of a page of ours, below the site's."""
    if path.startswith("blog/posts/"):
        path = path.replace("blog/posts/", "blog/", 1)
    stem = path.removesuffix(".md")
    if stem in ("index", "") or stem.endswith("/index"):
        stem = stem.removesuffix("index").rstrip("/")
    return f"{stem}/" if stem and path.endswith(".md") else stem
