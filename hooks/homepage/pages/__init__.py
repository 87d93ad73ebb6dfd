"""Pages: Markdown and what has been read come in, the HTML of each page comes out (`steps`).

It knows no MkDocs; addresses and files are asked for by functions that the caller passes.
"""

from __future__ import annotations

from . import (
    content,
    escaped,
    front_matter,
    menu,
    outputs,
    papers,
    profile,
    redirects,
    search_text,
    steps,
)
from .content import Content
from .escaped import plain
from .markdown_ext import HomepageExtension
from .options import Options
from .redirects import Alias, written
from .site import Draft, Site, for_templates

__all__ = [
    "Alias",
    "Content",
    "Draft",
    "HomepageExtension",
    "Options",
    "Site",
    "content",
    "escaped",
    "for_templates",
    "front_matter",
    "menu",
    "outputs",
    "papers",
    "plain",
    "profile",
    "redirects",
    "search_text",
    "steps",
    "written",
]
