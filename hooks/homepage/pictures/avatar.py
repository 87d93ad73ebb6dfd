"""What stands for the owner: a portrait or a monogram, and the icons of the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from ..common import colours
from ..model import Problem
from . import icons
from .monogram import monogram
from .portrait import SIZE, Photo, Portrait, photo


class Wanted(NamedTuple):
    """What the settings say of the owner's picture; `config` and `portrait_line` are for messages."""

    owner: str
    site_name: str
    language: str
    accent: str
    dark: bool
    portrait: str | None
    portrait_line: int
    config: str
    cache: str

    def kept(self, name: str) -> Path | None:
        """The folder for one kind of what is slow to make, if it may be kept."""
        return Path(self.cache, name) if self.cache else None


class Likeness:
    """Made of a site's settings; `problems` has what is wrong with them.

    `render` renders a fragment. `original` is the photo of which `files` are copies, or ''.
    """

    def __init__(
        self, options: Wanted, read: Callable[[str], bytes | None], render: Callable[..., Markup]
    ):
        self.problems: list[Problem] = []
        self.icons: dict[str, bytes] = {}
        self._options = options
        self._mark = monogram(options.owner or options.site_name, options.accent, options.language)
        self._drawing = render("monogram.html", mark=self._mark, side=SIZE)
        self._photo = self._read(read) if options.portrait else Photo()
        self.files = self._photo.files
        self.original = (options.portrait or "") if self.files else ""
        drawing = Markup() if self.files else self._drawing
        self.portrait = Portrait(self._photo.path, self._photo.path_2x, svg=drawing)

    def _read(self, read: Callable[[str], bytes | None]) -> Photo:
        o = self._options

        def tell(message: str, hint: str, severity: str) -> None:
            self.problems.append(Problem(o.config, o.portrait_line, message, hint, severity))

        return photo(o.portrait or "", read, o.kept("portraits"), tell)

    def draw_icons(self, *, favicon: bool) -> None:
        """Draw the icons, and write their manifest; no `favicon` for owners who have one."""
        o = self._options
        page = colours.css(colours.DARK_PAGE if o.dark else colours.LIGHT_PAGE)
        drawn = icons.files(self._mark, self._photo.large, o.kept("icons"))
        short = o.owner or o.site_name
        drawn[icons.MANIFEST] = icons.manifest(o.site_name, short, o.language, self._mark.ground, page)
        drawn[icons.FAVICON] = f"{self._drawing}\n".encode()
        left_out = () if favicon else (icons.FAVICON, icons.FALLBACK)
        self.icons = {path: content for path, content in drawn.items() if path not in left_out}
