"""Detects which system an old site was made with, by files and settings that only this one uses."""

import re

from homepage.common import decode

from . import front_matter
from .front_matter import get, get_text
from .old_site import Source

SYSTEMS = ("academicpages", "al-folio", "hugoblox")
_FILES = {
    "al-folio": r"_bibliography/.+|_data/(?:socials|coauthors|venues)\.yml|_news/.+",
    "academicpages": r"_(?:publications|talks)/.+|_data/ui-text\.yml|talkmap\.\w+",
    "hugoblox": r"config/_default/.+|hugo\.(?:ya?ml|toml|json)|content/(?:.+/)?_index\.md"
    r"|content/(?:authors?|publications?|home|project)/.+\.md",
}
_SETTINGS = {
    "al-folio": ("scholar", "first_name", "scholar_userid", "socials_in_search"),
    "academicpages": ("site_theme", "minimal_mistakes_skin", "author.googlescholar", "author.avatar"),
}
_THEMES = {"al-folio": r"al[-_]folio", "academicpages": r"minimal-mistakes|academicpages"}
EXPECTED = {
    "al-folio": "_bibliography/, or _config.yml with first_name or scholar",
    "academicpages": "_publications/ or _talks/, or _config.yml with author",
    "hugoblox": "config/_default/ or hugo.yaml, or content/ with _index.md",
}


def detect(source: Source, expected: str) -> str:
    """Return the system of a site: the expected one if anything is typical of it; '' if unknown.

    A folder that is only a part of a repository may have nothing typical.
    """
    path = "_config.yml"
    text = decode(source.read(path), path)[0] if path in source.paths else ""
    config, _ = front_matter.parse(text, path)
    found = {system: _count_signs(source, config, system) for system in (expected, *SYSTEMS)}
    best = expected if found[expected] else max(found, key=lambda system: found[system])
    return best if found[best] else ""


def _count_signs(source: Source, config: object, system: str) -> int:
    files = [m[0] for path in source.paths if (m := re.fullmatch(_FILES[system], path))]
    settings = [key for key in _SETTINGS.get(system, ()) if get(config, key)]
    theme = f"{get_text(config, 'theme')} {get_text(config, 'remote_theme')}"
    has_theme = system in _THEMES and bool(re.search(_THEMES[system], theme, re.I))
    return len({file.partition("/")[0] for file in files}) + len(settings) + has_theme
