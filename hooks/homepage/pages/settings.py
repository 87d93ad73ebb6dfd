"""The settings under `extra.homepage` in mkdocs.yml, each declared once with its default."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ..citing import csl
from ..common import colours
from ..model import Problem
from ..pictures import AvatarSettings
from .profile import Link

_HINT = "see guide/settings.md"
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.I)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _path(value: object) -> str | None:
    return value.removeprefix("./").removeprefix("/") if isinstance(value, str) else None


def _switch(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _list(value: object) -> tuple[str, ...] | None:
    is_list = isinstance(value, list | tuple) and all(isinstance(text, str) for text in value)
    return tuple(value) if is_list else None  # type: ignore[arg-type]


def _texts(value: object) -> tuple[str, ...] | None:
    found = _list([value] if isinstance(value, str) else value)
    return None if found is None else tuple(filter(None, found))


def _files(value: object) -> tuple[str, ...] | None:
    found = _list([value] if isinstance(value, str) else value)
    return tuple(file.removeprefix("./") for file in found) if found and all(found) else None


def _domain(value: object) -> str | None:
    return value if value == "" or (isinstance(value, str) and _DOMAIN.fullmatch(value)) else None


def _hosts(value: object) -> tuple[str, ...] | None:
    found = _list(value)
    are_hosts = all(_DOMAIN.fullmatch(host.removeprefix("*.")) for host in found or ())
    return found if are_hosts else None


def _colour(value: object) -> str | None:
    colour = colours.parse(value) if isinstance(value, str) else None
    return colours.css(colour) if colour else None


def _setting(read: Callable[[object], object], expected: str, default: object) -> Any:
    """Declare a setting; `read` converts its value, and returns None for a wrong one."""
    return field(default=default, metadata={"read": read, "expected": expected})


_TEXT, _TEXTS, _LIST = "a text", "a text or a list of texts", "a list of texts"
_SWITCH, _COUNT = "true or false", "a number from 0"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings. Paths are relative to `docs_dir`."""

    bibliography: tuple[str, ...] = _setting(_files, "a file or a list of files", ("publications.bib",))
    """The BibTeX file of the publications, or a list of files; `bib/*.bib` names several."""
    people: str = _setting(_text, _TEXT, "people.yml")
    """Names, native scripts, other spellings and addresses of the owner and co-authors."""
    venues: str = _setting(_text, _TEXT, "venues.yml")
    """Abbreviations of venues that entries use in `abbr`; may be missing."""
    news: str = _setting(_text, _TEXT, "news.md")
    """The page with the news, a level-2 heading for each item."""
    news_in_sidebar: int = _setting(_count, _COUNT, 5)
    """How many news items each page shows in its sidebar; 0 hides the sidebar."""
    et_al_min: int = _setting(_count, _COUNT, 10)
    """Lists of at least this many authors are shortened (CSL's `et-al-min`) …"""
    et_al_use_first: int = _setting(_count, _COUNT, 6)
    """… to this many, an ellipsis and the last one."""
    paper_pages: bool = _setting(_switch, _SWITCH, default=True)
    """A page for each publication, at publications/<slug>/."""
    merge_versions: bool = _setting(_switch, _SWITCH, default=True)
    """Show a preprint and its published version as one publication, with links to both."""
    public_fields: tuple[str, ...] = _setting(_list, _LIST, ())
    """Your own BibTeX fields to publish, besides those that describe a work."""
    csl_styles: tuple[str, ...] = _setting(_list, _LIST, ())
    """More citation styles for the pages of works: names from citationstyles.org, or .csl files."""
    domain: str | None = _setting(_domain, "a domain such as www.example.org", None)
    """A domain of your own, such as www.example.org, published as GitHub's CNAME file.

    An empty text means no domain, even if docs/CNAME or the published site has one.
    """
    social_cards: bool = _setting(_switch, _SWITCH, default=True)
    """Draw a picture of each page, which social networks show beside a link to it."""
    trusted_hosts: tuple[str, ...] = _setting(_hosts, "a list of hosts: [example.org]", ())
    """Other sites whose files pages may load: videos, maps, analytics. Browsers block all others."""
    portrait: str | None = _setting(_path, _TEXT, None)
    """A photo of you, for square copies and icons; without one, your initials are shown."""
    job_title: str | None = _setting(_text, _TEXT, None)
    """Your position, for the home page and for search engines (schema.org)."""
    affiliation: tuple[str, ...] | None = _setting(_texts, _TEXTS, None)
    """Where you work or study, for the home page and for search engines; one or several."""
    interests: tuple[str, ...] | None = _setting(_texts, _TEXTS, None)
    """What you work on, for the home page; one or several."""
    accent: str = _setting(_colour, "a colour such as '#7a1f3d'", "")
    """The colour of links and highlights, `#7a1f3d` or `navy`, instead of the palette's."""
    alumni_of: tuple[str, ...] | None = _setting(_texts, _TEXTS, None)
    """Where you studied before, for search engines; one or several."""


@dataclass(frozen=True, kw_only=True)
class Options(Settings):
    """The settings, and what a build needs of the rest of mkdocs.yml.

    `docs` is the path of docs/ for messages. `scholar` is the owner's user at Google Scholar. `cache`
    is a folder for files that are slow to make, or '' if none may be used. `profiles` are the owner's
    profiles on other sites. `dark` says that the dark scheme is the default one, `has_dark` that
    visitors can switch to it.
    """

    owner: str
    language: str
    docs: str
    accent: str = "#526cfe"
    scholar: str = ""
    cache: str = ""
    styles: tuple[csl.StyleSetting, ...] = ()
    portrait_line: int = 0
    site_name: str = ""
    dark: bool = False
    has_dark: bool = False
    config: str = "mkdocs.yml"
    profiles: tuple[Link, ...] = ()

    def cache_folder(self, name: str) -> Path | None:
        """Return the folder for one kind of cached files, or None if there is no cache."""
        return Path(self.cache, name) if self.cache else None

    def avatar(self) -> AvatarSettings:
        """Return the settings of the owner's picture."""
        return AvatarSettings(*(getattr(self, name) for name in AvatarSettings._fields))

    def shown_as(self, path: str) -> str:
        """Return the path as messages name it, from the root of the repository."""
        return f"{self.docs}/{path}" if self.docs not in ("", ".") else path


def load(values: Any, text: str, path: str) -> tuple[Settings, list[Problem]]:
    """Return the settings in `extra.homepage`, and the problems with them.

    Wrong values are replaced by defaults. `text` is the source of mkdocs.yml, for line numbers.
    """
    if not isinstance(values, dict | None):
        message = "extra.homepage is not a mapping of settings"
        return Settings(), [Problem(path, _line(text, "homepage"), message, _HINT, "error")]
    known = {f.name: f.metadata for f in fields(Settings)}
    found, problems = dict[str, Any](), list[Problem]()
    for name, value in (values or {}).items():
        if name not in known:
            message = f"extra.homepage: Unrecognised configuration name: {name}"
            meant = get_close_matches(str(name), known, 1)
            hint = f"write {meant[0]}" if meant else _HINT
            problems.append(Problem(path, _line(text, name), message, hint))
        elif value is None:
            continue
        elif (read := known[name]["read"](value)) is None:
            fault = f"Expected {known[name]['expected']}, but received: {value!r}"
            message = f"extra.homepage.{name}: {fault}"
            problems.append(Problem(path, _line(text, name), message, _HINT, "error"))
        else:
            found[name] = read
    return Settings(**found), problems


def line_of_item(text: str, name: str, item: str) -> int:
    """Return the line of an item in a setting's list, or that of the setting itself."""
    first = _line(text, name)
    lines = text.splitlines()[max(first - 1, 0) :]
    found = re.compile(rf"(?<![\w./-]){re.escape(item)}(?![\w./-])")
    return next((first + number for number, line in enumerate(lines) if found.search(line)), first)


def _line(text: str, name: object) -> int:
    start = re.search(r"^[ \t]*homepage[ \t]*:", text, re.M)
    setting = re.compile(rf"^[ \t]*{re.escape(str(name))}[ \t]*:", re.M)
    match = setting.search(text, start.start() if start else 0) or setting.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0
