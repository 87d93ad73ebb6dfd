"""Light and dark: the accent colour in both, and the dark one for visitors without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from ..common import colours

_RULE = re.compile(r"([^{}@;/]*)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SLATE = re.compile(r"\[data-md-color-scheme=[\"']?slate[\"']?\]")
_SHEETS = ("palette.*.css", "homepage.css")


def accent(colour: str) -> str:
    """Rules for the accent colour, given as `#rrggbb`, to be read on both grounds."""
    chosen = colours.parse(colour) or colours.BLACK
    light, dark = (
        map(colours.css, colours.badge_colours(chosen, *page)) for page in (colours.LIGHT, colours.DARK)
    )
    rules = "[data-md-color-scheme]{{--hp-link:{};--hp-tint:{}}}".format(*light)
    slate = '[data-md-color-scheme="slate"]{{--hp-link:{};--hp-tint:{}}}'.format(*dark)
    return f"{rules}@media screen{{{slate}}}"  # paper is light


def without_script(directories: Iterable[str], more: str = "") -> str:
    """The dark scheme of the style sheets of a theme, in folders, as rules for its default scheme.

    Without JavaScript a page stays in the scheme that it is written in: this makes that one dark.
    """
    folders = [Path(directory, "assets/stylesheets") for directory in directories]
    sheets = [sheet for name in _SHEETS for folder in folders for sheet in sorted(folder.glob(name))[:1]]
    text = "".join(_COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in sheets) + more
    rules = ((_dark(selector), declared) for selector, declared in _RULE.findall(text))
    return "".join(f"{selector}{{{declared.strip()}}}\n" for selector, declared in rules if selector)


def _dark(selector: str) -> str:
    """Those parts of a selector that are for the dark scheme, for the default one."""
    parts = (part.strip() for part in selector.split(","))
    found = (part for part in parts if _SLATE.search(part) and ":not([data-md-color-scheme" not in part)
    return ",".join(_SLATE.sub('[data-md-color-scheme="default"]', part) for part in found)
