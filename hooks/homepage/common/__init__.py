"""General tools: labels, identifiers, colours, YAML, Markdown, HTML, git, Jinja.

Text comes in, text or values come out. Nothing here knows about publications.
"""

from . import colours, encoding, html_tags, identifiers, labels, real_files, slugs
from .encoding import decode, without_invisible
from .git import MISSING, NO_PROMPTS, git, other_owner, without_password
from .html_tags import Tag, is_inline_script, is_policy, tags
from .identifiers import safe_url, untex_url
from .labels import Labels, count_label, labels_of, status
from .markdown import (
    PLUGIN_COMMENTS,
    Span,
    code_spans,
    comment_problems,
    html_without_comments,
    ignored_spans,
    inside,
    without_comments,
)
from .slugs import is_device, slugify
from .spans import format_dates
from .templates import TEMPLATE_CACHE, BlockCache, Renderer
from .yaml_files import is_serializable, mapping, oversized_merge, scalar, scalars, yaml_nodes

__all__ = [
    "MISSING",
    "NO_PROMPTS",
    "PLUGIN_COMMENTS",
    "TEMPLATE_CACHE",
    "BlockCache",
    "Labels",
    "Renderer",
    "Span",
    "Tag",
    "code_spans",
    "colours",
    "comment_problems",
    "count_label",
    "decode",
    "encoding",
    "format_dates",
    "git",
    "html_tags",
    "html_without_comments",
    "identifiers",
    "ignored_spans",
    "inside",
    "is_device",
    "is_inline_script",
    "is_policy",
    "is_serializable",
    "labels",
    "labels_of",
    "mapping",
    "other_owner",
    "oversized_merge",
    "real_files",
    "safe_url",
    "scalar",
    "scalars",
    "slugify",
    "slugs",
    "status",
    "tags",
    "untex_url",
    "without_comments",
    "without_invisible",
    "without_password",
    "yaml_nodes",
]
