"""Which system an old site is of, by the files that only that system has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from homepage.common import decode

from . import front_matter
from .front_matter import inside, text_of
from .moved import Source

SYSTEMS = ("academicpages", "al-folio", "hugoblox")
_FILES = {
    "al-folio": r"_bibliography/.+|_data/(?:socials|coauthors|venues)\.yml|_news/.+",
    "academicpages": r"_(?:publications|talks)/.+|_data/ui-text\.yml|talkmap\.\w+",
    "hugoblox": r"config/_default/.+|hugo\.(?:ya?ml|toml|json)|content/(?:.+/)?_index\.md"
    r"|content/(?:authors?|publications?|home|project)/.+\.md",
}
_CONFIG = {
    "al-folio": ("scholar", "first_name", "scholar_userid", "socials_in_search"),
    "academicpages": ("site_theme", "minimal_mistakes_skin", "author.googlescholar", "author.avatar"),
}
_THEMES = {"al-folio": r"al[-_]folio", "academicpages": r"minimal-mistakes|academicpages"}
LOOKED_FOR = {
    "al-folio": "_bibliography/, or _config.yml with first_name or scholar",
    "academicpages": "_publications/ or _talks/, or _config.yml with author",
    "hugoblox": "config/_default/ or hugo.yaml, or content/ with _index.md",
}


def looks_like(source: Source, told: str) -> str:
    """The system that a site looks like: the one that was told before all others, '' for none.

    A folder that is a part of a repository may have no telltale at all.
    """
    found = {system: _count(source, system) for system in (told, *SYSTEMS)}
    best = told if found[told] else max(found, key=lambda system: found[system])
    return best if found[best] else ""


def _count(source: Source, system: str) -> int:
    """How many kinds of telltales of a system there are."""
    there = {m[0].partition("/")[0] for p in source.paths if (m := re.fullmatch(_FILES[system], p))}
    config = _config(source)
    keys = [key for key in _CONFIG.get(system, ()) if inside(config, *key.split("."))]
    theme = f"{text_of(config.get('theme'))} {text_of(config.get('remote_theme'))}"
    is_theme = system in _THEMES and bool(re.search(_THEMES[system], theme, re.I))
    return len(there) + len(keys) + is_theme


def _config(source: Source) -> Mapping[str, object]:
    if "_config.yml" not in source.paths:
        return {}
    found, _ = front_matter.data(decode(source.read("_config.yml"), "_config.yml")[0], "_config.yml")
    return found if isinstance(found, dict) else {}
