"""The owner's picture, a portrait or initials, and the site's icons made from it."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from markupsafe import Markup

from ..common import colours
from ..model import Problem
from . import decoding, icons, thumbnails
from .monogram import Monogram, monogram

SIZE = 160  # of the portrait, in CSS pixels
ICON = 512  # pixels of the largest icon
_BOXES = [thumbnails.Box(side, square=True) for side in (SIZE, SIZE * thumbnails.DENSITY, ICON)]


class Portrait(NamedTuple):
    """The owner's picture, a square, for templates as `homepage.portrait`.

    With a photo, `path` is a picture in the site, for `path | url`, and `path_2x` one for screens
    with more pixels, or '' if the photo has too few; `svg` is empty. Without one, the paths are '' and
    `svg` is the monogram as HTML: an <svg class="hp-monogram"> that screen readers skip. It has no
    styles, so that CSS can change its size.
    """

    path: str = ""
    path_2x: str = ""
    width: int = SIZE
    height: int = SIZE
    svg: Markup = Markup()


class Photo(NamedTuple):
    """The copies of a photo: paths in the site, contents, and one as large as the largest icon."""

    path: str = ""
    path_2x: str = ""
    files: dict[str, bytes] = {}  # noqa: RUF012 - never changed
    large: bytes = b""


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


def photo(
    path: str,
    read: Callable[[str], bytes | None],
    cache: Path | None,
    report: Callable[[str, str, str], None],
) -> Photo:
    """Make the copies of a photo, by its path in docs/; `report` takes message, hint and severity."""
    data = read(path)
    if data is None:
        report(f"the portrait '{path}' is not there", "name a picture in docs/", "error")
        return Photo()
    source = thumbnails.Source(data, _BOXES[-1])
    copies = [thumbnails.cached(source, cache, box) for box in _BOXES]
    made = [copy for copy in copies if copy and copy.data]
    if len(made) < len(_BOXES):
        why, hint = source.refusal or "cannot be read", "save it again as JPEG, PNG or WebP"
        report(f"the portrait '{path}' {why}", decoding.HINT if source.refusal else hint, "error")
        return Photo()
    small, sharp, large = made
    if sharp.width < SIZE * thumbnails.DENSITY:
        message = f"the portrait '{path}' has only {sharp.width} pixels at its shorter side"
        report(message, f"with {SIZE * thumbnails.DENSITY} it is sharp on every screen", "advice")
    names = [thumbnails.copy_path(path, copy.data, "portraits") for copy in (small, sharp)]
    files = {name: copy.data for name, copy in zip(names, made, strict=False)}
    return Photo(names[0], names[1] if sharp.width > small.width else "", files, large.data)


def _folder(settings: AvatarSettings, name: str) -> Path | None:
    return Path(settings.cache, name) if settings.cache else None
