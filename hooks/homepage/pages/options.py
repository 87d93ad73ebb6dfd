"""The options of a build, from extra.homepage and from the rest of mkdocs.yml."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..citing import csl
from .profile import Link


class Options(NamedTuple):
    """The options of a build. Paths are relative to docs/; `shown_as` makes them paths for messages.

    `scholar` is the owner's user at Google Scholar. `cache` is a folder for files that are slow to
    make, or '' if none may be used. `portrait_line` is the line of the setting, `accent` a colour as
    `#rrggbb`, and `profiles` are the owner's profiles on other sites. `dark` says that the dark scheme
    is the default one, `has_dark` that visitors can switch to it.
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

    def cache_folder(self, name: str) -> Path | None:
        """Return the folder for one kind of cached files, or None if there is no cache."""
        return Path(self.cache, name) if self.cache else None

    def shown_as(self, path: str) -> str:
        """Return the path as messages name it, from the root of the repository."""
        return f"{self.docs}/{path}" if self.docs not in ("", ".") else path
