"""Pages: Markdown and a site's values come in, the HTML of each page comes out.

It knows no MkDocs; addresses and files are asked for by functions that the caller passes.
"""

from __future__ import annotations

from . import escaped, front_matter, menu, profile, redirects, search_text
from .escaped import plain
from .markdown_ext import HomepageExtension
from .options import Options
from .pages import Pages
from .redirects import Alias, written
from .site import Site

__all__ = [
    "Alias",
    "HomepageExtension",
    "Options",
    "Pages",
    "Site",
    "escaped",
    "front_matter",
    "menu",
    "plain",
    "profile",
    "redirects",
    "search_text",
    "written",
]
