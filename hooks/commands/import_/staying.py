"""What of an old site stays there: its theme, the template's examples, and what nothing names."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator

from homepage.model import Problem

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".ico")
# What the templates' own examples say; owners leave some of them in.
_EXAMPLE = re.compile(
    r"Albert Einstein|Jean shorts raw denim Vice normcore|a project with a background image"
    r"|Every project has a beautiful feature showcase page|Description 1\.\s"
    r"|This is a description of (?:your talk|a teaching experience|your teaching)"
    r"|This is a description of a(?:nother)? (?:talk|conference)"
    r"|This is an item in your portfolio|This is a sample blog post\. Lorem ipsum"
    r"|Short description of portfolio item|Paper Title Number \d|Nelson Bighetti"
    r"|A simple inline announcement\b|This page can collect posts"
    r"|Click on the \*?Slides\*? button above to view"
)
_THEME = re.compile(
    r"(?:.*/)?(?:_layouts|_includes|_sass|_plugins|_scripts|layouts|i18n|archetypes|themes|resources"
    r"|assets/(?:css|js|fonts|webfonts|libs|scss|bibliography)"
    r"|bin|node_modules|vendor|_vendor|_site|public|test|tests|scripts|markdown_generator|talkmap"
    r"|lighthouse_results|readme_preview|docs/\.|\.[^/]+)/"
    r"|(?:.*/)?\.[^/]*$|[^/]*(?:\.lock|\.gemspec|\.toml|\.json|\.js|\.mod|\.sum|\.sh|\.ya?ml|\.py|\.ipynb"
    r"|\.Rproj|\.ico|\.css|\.html|\.xml|\.txt)$|(?:Gemfile|Dockerfile|Makefile|Rakefile|LICENSE|CNAME|"
    r"README|CONTRIBUTING|CHANGELOG|INSTALL|FAQ|CUSTOMIZE|ANALYTICS|SEO|TROUBLESHOOTING|QUICKSTART|"
    r"AGENTS|CLAUDE|CODE_OF_CONDUCT)[^/]*$|.*\.(?:scss|sass|less|liquid|swp|orig|bak)$|.*~$",
    re.I,
)
_NAMED = 6  # so many files of a group are named


def is_example(text: str, family: str) -> bool:
    """Is this one of the template's own examples, and not about an owner of that family name?"""
    match = _EXAMPLE.search(text)
    return bool(match) and not (family and family in (match or [""])[0])


def told(left: Collection[str], examples: list[str]) -> Iterator[Problem]:
    """What to say, by kind, of the files about which nothing has been said."""
    theme = sorted(path for path in left if _THEME.match(path))
    rest = sorted(path for path in left if not _THEME.match(path))
    pictures = [path for path in rest if path.lower().endswith(PICTURES)]
    others: dict[str, list[str]] = {}
    for path in rest:
        if path not in pictures:
            others.setdefault(posixpath.dirname(path) or ".", []).append(path)
    here = "nothing is to be done"
    yield from _group(theme, "layouts, styles, scripts and settings of the old theme", here)
    yield from _group(examples, "examples of the old template", here)
    wanted = "copy those that you want into docs/"
    yield from _group(pictures, "pictures that no page names", wanted)
    for folder, paths in sorted(others.items()):
        yield from _group(paths, f"other files in {folder}/" if folder != "." else "other files", wanted)


def _group(paths: list[str], what: str, hint: str) -> Iterator[Problem]:
    if not paths:
        return
    shown = ", ".join(posixpath.basename(path) for path in paths[:_NAMED])
    more = " …" if len(paths) > _NAMED else ""
    folder = posixpath.commonpath(paths) if len(paths) > 1 else paths[0]
    message = f"{what} ({len(paths)}) did not come along: {shown}{more}"
    yield Problem(folder or ".", 0, message, hint, "note")
