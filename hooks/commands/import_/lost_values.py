"""Finds the values of front matter that nothing in the new site shows."""

import re
from collections.abc import Iterable, Iterator

from homepage.model import Problem

from .front_matter import Page
from .markdown import plain

# Keys that say how the old theme shows a page, or that an import always understands.
_PRESENTATION = re.compile(
    r"_.*|layout|type|widget|weight|active|headless|design|advanced|block|id|view|columns?|icon.*|toc|math"
    r"|date.*|time|draft|lastmod|publish_?date|time_(?:start|end)|event_(?:start|end)|all_day|importance"
    r"|order|nav|nav_.*|dropdown|permalink|redirect.*|aliases|slug|lang.*|featured|selected|published"
    r"|hidden|classes|author_profile|collection|pretty_table|comments?|share|sharing|profile|editable"
    r"|diagram|highlight.*|cms_.*|reading_time|pager|show_.*|related_posts|inline|giscus.*|disqus.*"
    r"|mermaid|chart|code_diff|map|tikzjax|typograms|tabs|pseudocode|images|bib_search|focal_point"
    r"|preview_only|superuser|is_owner|user_groups|username|authors|author_notes|publication_types"
    r"|excerpt_separator|read_time|related|header|sitemap|robots.*|cascade|build|outputs|schema|username"
    r"|count|offset|folders|page_type|sort_.*|percent|level|color|align|width|height|pinned|sticky|group"
    r"|filters|css_.*|list_format|publication_type|exclude_.*|caption|alt|placement|projects|sidebar|thumbnail",
    re.I,
)
_NO_TEXT = re.compile(r"[\d.,:;TZ+\s/-]*|true|false|null|~|none|\{\{.*|#.*", re.I)
_MOST = 60  # characters of a value in the report


def find(pages: Iterable[Page], shown: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each page with values that none of the texts shows."""
    corpus = f" {' '.join(' '.join(_words(text)) for text in shown)} "
    for page in pages:
        lost = [f"{key}: {text}" for key, text in values(page.meta) if not _is_in(text, corpus)]
        if lost:
            listed = "; ".join(f"{text[:_MOST]} …" if len(text) > _MOST else text for text in lost)
            message = f"not imported from its front matter: {' '.join(listed.split())}"
            yield Problem(page.path, 1, message, "write it into the page if you want it", "note")


def values(found: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield the paths of keys and the texts of the owner in front matter."""
    if isinstance(found, dict):
        for key, value in found.items():
            if not _PRESENTATION.fullmatch(key):
                yield from values(value, f"{path}.{key}" if path else key)
    elif isinstance(found, list):
        for value in found:
            yield from values(value, path)
    elif isinstance(found, str) and not _NO_TEXT.fullmatch(found.strip()):
        yield path, found.strip()


def _is_in(text: str, corpus: str) -> bool:
    """Return whether most of a text is there; links and markup may have changed."""
    if re.match(r"\w+://|/|[\w./ -]+\.\w{2,4}$", text):  # an address may have been written anew
        text = text.rstrip("/").rpartition("/")[2].removesuffix(".git")
    words = _words(plain(text)) or _words(text)
    if len(words) < 4:
        return f" {' '.join(words)} " in corpus or f" {' '.join(_words(text)[-3:])} " in corpus
    parts = [f" {' '.join(words[n : n + 3])} " for n in range(len(words) - 2)]
    return sum(part in corpus for part in parts) >= 0.5 * len(parts)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
