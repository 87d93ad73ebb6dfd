"""CSS for the accent colour in the light and dark schemes, and for the dark one without JavaScript."""

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
    """Return CSS rules for the accent colour `#rrggbb`, adjusted to be readable in both schemes."""
    chosen = colours.parse(colour) or colours.BLACK
    light, dark = (
        map(colours.css, colours.badge_colours(chosen, *page)) for page in (colours.LIGHT, colours.DARK)
    )
    rules = "[data-md-color-scheme]{{--hp-link:{};--hp-tint:{}}}".format(*light)
    slate = '[data-md-color-scheme="slate"]{{--hp-link:{};--hp-tint:{}}}'.format(*dark)
    return f"{rules}@media screen{{{slate}}}"  # paper is light


def without_script(directories: Iterable[str], more: str = "") -> str:
    """Return the rules of the dark scheme in a theme's style sheets, as rules for the default scheme.

    Without JavaScript a page stays in its default scheme. `directories` are those of the theme.
    """
    folders = [Path(directory, "assets/stylesheets") for directory in directories]
    sheets = [sheet for name in _SHEETS for folder in folders for sheet in sorted(folder.glob(name))[:1]]
    text = "".join(_COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in sheets) + more
    rules = ((_dark(selector), declared) for selector, declared in _RULE.findall(text))
    return "".join(f"{selector}{{{declared.strip()}}}\n" for selector, declared in rules if selector)


def _dark(selector: str) -> str:
    """Return the parts of a selector that match the dark scheme, changed to the default scheme."""
    parts = (part.strip() for part in selector.split(","))
    found = (part for part in parts if _SLATE.search(part) and ":not([data-md-color-scheme" not in part)
    return ",".join(_SLATE.sub('[data-md-color-scheme="default"]', part) for part in found)
