"""Pages: Markdown and the content of a build come in, the HTML of each page comes out (see `steps`).

It does not know MkDocs: the caller passes functions that find addresses and files.
"""

from . import (
    content,
    escaped,
    front_matter,
    menu,
    outputs,
    paper_page,
    profile,
    redirects,
    search_text,
    settings,
    steps,
)
from .content import Content
from .escaped import plain
from .markdown_ext import HomepageExtension
from .redirects import Alias, written
from .settings import Options, Settings
from .settings_mistakes import mistakes
from .site import Draft, Site, for_templates

__all__ = [
    "Alias",
    "Content",
    "Draft",
    "HomepageExtension",
    "Options",
    "Settings",
    "Site",
    "content",
    "escaped",
    "for_templates",
    "front_matter",
    "menu",
    "mistakes",
    "outputs",
    "paper_page",
    "plain",
    "profile",
    "redirects",
    "search_text",
    "settings",
    "steps",
    "written",
]
