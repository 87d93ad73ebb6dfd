"""Files of an old site that are not imported: its theme, the template's examples, unused files."""

import posixpath
import re
from collections.abc import Collection, Iterator

from homepage.model import Problem

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".ico")
# Texts in the templates' examples; owners often leave some of these pages in their sites.
_EXAMPLE = re.compile(
    r"Albert Einstein|Jean shorts raw denim Vice normcore|a project with a background image"
    r"|Every project has a beautiful feature showcase page|Description 1\.\s"
    r"|This is a description of (?:your (?:(?:conference proceedings )?talk|tutorial|teaching)"
    r"|a teaching experience)"
    r"|This is a description of a(?:nother)? (?:talk|conference)"
    r"|This is an item in your portfolio|This is a sample blog post\. Lorem ipsum"
    r"|Short description of portfolio item|Paper Title Number \d|Nelson Bighetti"
    r"|A simple inline announcement\b|This page can collect posts"
    r"|Click on the \*?Slides\*? button above to view"
    r"|This post will show up by default\. To disable scheduling"
    r"|Ph\.D\.? in Version Control Theory, GitHub University"
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
NOTHING_TO_DO = "you do not need to do anything"  # the hint for files of the template


def is_example(text: str, family: str) -> bool:
    """Return whether a text is one of the template's examples, unless it names the owner's family."""
    match = _EXAMPLE.search(text)
    return bool(match) and not (family and family in (match or [""])[0])


def summarize(left: Collection[str], examples: list[str]) -> Iterator[Problem]:
    """Report by kind the files about which nothing has been reported yet."""
    theme = sorted(path for path in left if _THEME.match(path))
    theme_files = "layouts, styles, scripts and settings of the old theme"
    yield from _group(theme, theme_files, NOTHING_TO_DO)
    yield from _group(sorted(set(examples)), "examples of the old template", NOTHING_TO_DO)
    groups: dict[str, list[str]] = {}
    for path in sorted(set(left) - set(theme)):
        folder = posixpath.dirname(path)
        kind = f"other files in {folder}/" if folder else "other files"
        kind = "pictures that no page uses" if path.lower().endswith(PICTURES) else kind
        groups.setdefault(kind, []).append(path)
    for kind, paths in groups.items():
        yield from _group(paths, kind, "copy those that you want into docs/")


def _group(paths: list[str], kind: str, hint: str) -> Iterator[Problem]:
    """Yield one problem for all files of a kind, if there are any."""
    if paths:
        folder = posixpath.commonpath(paths) if len(paths) > 1 else paths[0]
        start = f"{folder if len(paths) > 1 else posixpath.dirname(folder)}/"
        shown = ", ".join(path.removeprefix(start) for path in paths)
        message = f"{kind} ({len(paths)}) were not imported: {shown}"
        yield Problem(folder or ".", 0, message, hint, "note")
