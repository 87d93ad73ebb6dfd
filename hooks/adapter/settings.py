"""The settings under `extra.homepage` in mkdocs.yml, each declared once with its default."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig

from homepage.common import colours
from homepage.model import Problem
from homepage.pages import plain
from homepage.web import Facts, accent

_HINT = "see guide/settings.md"
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.I)


class _Count(c.Type[int]):
    """A whole number, at least 0."""

    def __init__(self, default: int):
        super().__init__(int, default=default)

    def run_validation(self, value: object) -> Any:
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise base.ValidationError(f"Expected a number from 0, but received: {value!r}")
        return value


class _Texts(c.OptionallyRequired[tuple[str, ...]]):
    """A text, or a list of texts."""

    def run_validation(self, value: object) -> tuple[str, ...]:
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list | tuple) or not all(isinstance(t, str) for t in texts):
            raise base.ValidationError(f"Expected a text or a list of texts, but received: {value!r}")
        return tuple(filter(None, texts))


class _Domain(c.Optional[str]):
    """A host name, or an empty text."""

    def __init__(self) -> None:
        super().__init__(c.Type(str))

    def run_validation(self, value: object) -> Any:
        if value not in (None, "") and not (isinstance(value, str) and _DOMAIN.fullmatch(value)):
            raise base.ValidationError(
                f"Expected a domain such as www.example.org, but received: {value!r}"
            )
        return value


class _Colour(c.Optional[str]):
    """A CSS colour."""

    def __init__(self) -> None:
        super().__init__(c.Type(str))

    def run_validation(self, value: object) -> Any:
        if value is not None and not (isinstance(value, str) and colours.parse(value)):
            raise base.ValidationError(f"Expected a colour such as '#7a1f3d', but received: {value!r}")
        return value


class _Hosts(c.Type[list[str]]):
    """A list of host names; `*.example.org` matches all subdomains."""

    def __init__(self) -> None:
        super().__init__(list, default=[])

    def run_validation(self, value: object) -> Any:
        if not isinstance(value, list | tuple) or not all(
            isinstance(host, str) and _DOMAIN.fullmatch(host.removeprefix("*.")) for host in value
        ):
            raise base.ValidationError(
                f"Expected a list of hosts: [example.org], but received: {value!r}"
            )
        return list(value)


class _Files(c.Type[list[str]]):
    """A file or a list of files, returned as a list."""

    def __init__(self, default: str):
        super().__init__(list, default=[default])

    def run_validation(self, value: object) -> Any:
        files = [value] if isinstance(value, str) else value
        if not isinstance(files, list) or not files or not all(isinstance(f, str) and f for f in files):
            raise base.ValidationError(f"Expected a file or a list of files, but received: {value!r}")
        return [file.removeprefix("./") for file in files]


class HomepageConfig(base.Config):  # type: ignore[no-untyped-call]
    """All settings. Paths are relative to `docs_dir`."""

    bibliography = _Files(default="publications.bib")
    """The BibTeX file of the publications, or a list of files; `bib/*.bib` names several."""
    people = c.Type(str, default="people.yml")
    """Names, native scripts, other spellings and addresses of the owner and co-authors."""
    venues = c.Type(str, default="venues.yml")
    """Abbreviations of venues that entries use in `abbr`; may be missing."""
    news = c.Type(str, default="news.md")
    """The page with the news, a level-2 heading for each item."""
    news_in_sidebar = _Count(default=5)
    """How many news items each page shows in its sidebar; 0 hides the sidebar."""
    et_al_min = _Count(default=10)
    """Lists of at least this many authors are shortened (CSL's `et-al-min`) …"""
    et_al_use_first = _Count(default=6)
    """… to this many, an ellipsis and the last one."""
    paper_pages = c.Type(bool, default=True)
    """A page for each publication, at publications/<slug>/."""
    merge_versions = c.Type(bool, default=True)
    """Show a preprint and its published version as one publication, with links to both."""
    public_fields = c.ListOfItems(c.Type(str), default=[])
    """Your own BibTeX fields to publish, besides those that describe a work."""
    csl_styles = c.ListOfItems(c.Type(str), default=[])
    """More citation styles for the pages of works: names from citationstyles.org, or .csl files."""
    domain = _Domain()
    """A domain of your own, such as www.example.org, published as GitHub's CNAME file.

    An empty text means no domain, even if docs/CNAME or the published site has one.
    """
    social_cards = c.Type(bool, default=True)
    """Draw a picture of each page, which social networks show beside a link to it."""
    trusted_hosts = _Hosts()
    """Other sites whose files pages may load: videos, maps, analytics. Browsers block all others."""
    portrait = c.Optional(c.Type(str))
    """A photo of you, for square copies and icons; without one, your initials are shown."""
    job_title = c.Optional(c.Type(str))
    """Your position, for the home page and for search engines (schema.org)."""
    affiliation = c.Optional(_Texts())
    """Where you work or study, for the home page and for search engines; one or several."""
    interests = c.Optional(_Texts())
    """What you work on, for the home page; one or several."""
    accent = _Colour()
    """The colour of links and highlights, `#7a1f3d` or `navy`, instead of the palette's."""
    alumni_of = c.Optional(_Texts())
    """Where you studied before, for search engines; one or several."""


def load(values: Any, text: str, path: str) -> tuple[HomepageConfig, list[Problem]]:
    """Return the settings in `extra.homepage`, and the problems with them.

    Wrong values are replaced by defaults. `text` is the source of mkdocs.yml, for line numbers.
    """
    problems = []
    if not isinstance(values, dict | None):
        message = "extra.homepage is not a mapping of settings"
        problems.append(Problem(path, _line(text, "homepage"), message, _HINT, "error"))
    wanted = dict(values) if isinstance(values, dict) else {}
    while True:
        config = HomepageConfig()
        config.load_dict(wanted)
        errors, warnings = config.validate()
        for name, error in errors:
            message = f"extra.homepage.{name}: {error}"
            problems.append(Problem(path, _line(text, name), message, _HINT, "error"))
            del wanted[name]
        if not errors:
            break
    for name, warning in warnings:
        message = f"extra.homepage: {warning}"
        problems.append(Problem(path, _line(text, name), message, _HINT))
    return config, problems


def facts(config: MkDocsConfig, wanted: HomepageConfig) -> Facts:
    """Return what the settings say about the site and its owner."""
    social = config.extra.get("social")
    return Facts(
        name=plain(config.site_name),
        description=plain(config.site_description or ""),
        url=config.site_url or "",
        root=Path(config.config_file_path).parent,
        social=tuple(str(s.get("link", "")) for s in social or () if isinstance(s, dict)),
        job_title=wanted.job_title or "",
        affiliation=wanted.affiliation or (),
        alumni_of=wanted.alumni_of or (),
        cards=wanted.social_cards,
    )


def accent_of(config: MkDocsConfig, wanted: HomepageConfig) -> str:
    """Return the accent colour as `#rrggbb`: the setting, or that of the theme's first palette."""
    if wanted.accent and (colour := colours.parse(wanted.accent)):
        return colours.css(colour)
    return accent(config.theme.dirs, str(_first_palette(config).get("accent", "")))


def is_dark(config: MkDocsConfig) -> bool:
    """Is the dark scheme the default one?"""
    return _first_palette(config).get("scheme") == "slate"


def has_dark(config: MkDocsConfig) -> bool:
    """Is there a dark scheme besides the default one?"""
    return any(palette.get("scheme") == "slate" for palette in _palettes(config)[1:])


def _first_palette(config: MkDocsConfig) -> dict[str, object]:
    return next(iter(_palettes(config)), {})


def _palettes(config: MkDocsConfig) -> list[dict[str, object]]:
    found = config.theme.get("palette") or []
    return [p for p in (found if isinstance(found, list) else [found]) if isinstance(p, dict)]


def line_of_item(text: str, name: str, item: str) -> int:
    """Return the line of an item in a setting's list, or that of the setting itself."""
    first = _line(text, name)
    lines = text.splitlines()[max(first - 1, 0) :]
    found = re.compile(rf"(?<![\w./-]){re.escape(item)}(?![\w./-])")
    return next((first + number for number, line in enumerate(lines) if found.search(line)), first)


def _line(text: str, name: str) -> int:
    start = re.search(r"^[ \t]*homepage[ \t]*:", text, re.M)
    setting = re.compile(rf"^[ \t]*{re.escape(str(name))}[ \t]*:", re.M)
    match = setting.search(text, start.start() if start else 0) or setting.search(text)
    return text.count("\n", 0, match.start()) + 1 if match else 0
