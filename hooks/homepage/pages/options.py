"""What one build is told, by the settings and by what mkdocs.yml says elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..citing import csl
from .profile import Link


class Options(NamedTuple):
    """What the site is told: paths are relative to docs/, `shown_as` makes them paths for people.

    `scholar` is the owner's user at Google Scholar, `cache` a folder for what is slow to make, or ''
    where nothing may be kept, `portrait_line` where the settings name the portrait, `accent` a colour
    as `#rrggbb`, `profiles` where the owner is elsewhere. `dark` says that pages are, at first,
    `has_dark` that they can be.
    """

    bibliography: Sequence[str]
    people: str
    venues: str
    news: str
    news_in_sidebar: int
    et_al_min: int
    et_al_use_first: int
    merge_versions: bool
    paper_pages: bool
    owner: str
    language: str
    docs: str
    scholar: str = ""
    cache: str = ""
    csl_styles: Sequence[csl.StyleSetting] = ()
    portrait: str | None = None
    portrait_line: int = 0
    site_name: str = ""
    accent: str = "#526cfe"
    dark: bool = False
    has_dark: bool = False
    config: str = "mkdocs.yml"
    job_title: str | None = None
    affiliation: Sequence[str] | None = None
    interests: Sequence[str] | None = None
    public_fields: Sequence[str] = ()
    profiles: Sequence[Link] = ()

    def kept(self, name: str) -> Path | None:
        """The folder for one kind of what is slow to make, if it may be kept."""
        return Path(self.cache, name) if self.cache else None

    def shown_as(self, path: str) -> str:
        """The path from the root of the repository, as messages name it."""
        return f"{self.docs}/{path}" if self.docs not in ("", ".") else path
