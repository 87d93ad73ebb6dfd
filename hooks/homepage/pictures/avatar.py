"""The owner's picture, a portrait or initials, and the site's icons made from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from ..common import colours
from ..model import Problem
from . import icons
from .monogram import Monogram, monogram
from .portrait import SIZE, Photo, Portrait, photo


class AvatarSettings(NamedTuple):
    """The settings of the picture; `config` and `portrait_line` are for messages."""

    owner: str
    site_name: str
    language: str
    accent: str
    dark: bool
    portrait: str | None
    portrait_line: int
    config: str
    cache: str


class Avatar(NamedTuple):
    """The picture for templates, and what icons are made from.

    `files` are copies of the photo `original`, which is '' if there is none.
    """

    portrait: Portrait
    files: dict[str, bytes]
    original: str
    large: bytes
    mark: Monogram
    drawing: Markup


def avatar(
    settings: AvatarSettings, read: Callable[[str], bytes | None], render: Callable[..., Markup]
) -> tuple[Avatar, list[Problem]]:
    """Return the owner's picture and its problems; `render` renders a template."""
    s, problems = settings, list[Problem]()

    def report(message: str, hint: str, severity: str) -> None:
        problems.append(Problem(s.config, s.portrait_line, message, hint, severity))

    mark = monogram(s.owner or s.site_name, s.accent, s.language)
    drawing = render("monogram.html", mark=mark, side=SIZE)
    found = photo(s.portrait, read, _folder(s, "portraits"), report) if s.portrait else Photo()
    shown = Portrait(found.path, found.path_2x, svg=Markup() if found.files else drawing)
    original = (s.portrait or "") if found.files else ""
    return Avatar(shown, found.files, original, found.large, mark, drawing), problems


def icon_files(made: Avatar, settings: AvatarSettings, *, favicon: bool) -> dict[str, bytes]:
    """Return icons and manifest by path in the site; without `favicon`, those for tabs are left out."""
    s = settings
    page = colours.css(colours.DARK_PAGE if s.dark else colours.LIGHT_PAGE)
    drawn = icons.files(made.mark, made.large, _folder(s, "icons"))
    name = s.owner or s.site_name
    drawn[icons.MANIFEST] = icons.manifest(s.site_name, name, s.language, made.mark.ground, page)
    drawn[icons.FAVICON] = f"{made.drawing}\n".encode()
    left_out = () if favicon else (icons.FAVICON, icons.FALLBACK)
    return {path: content for path, content in drawn.items() if path not in left_out}


def _folder(settings: AvatarSettings, name: str) -> Path | None:
    return Path(settings.cache, name) if settings.cache else None
