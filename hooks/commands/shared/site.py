"""Reads the files that commands get, and finds the site around a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import click

from adapter import engine
from homepage.common import real_files
from homepage.messages import one_line
from homepage.model import Date, Problem
from homepage.pages import settings
from homepage.publications import Collection, Source, collection, find_local

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class Refusal(click.ClickException):
    """Ends a command: one line says why it did nothing, and what to do instead."""

    def __init__(self, message: str):
        super().__init__(one_line(message))

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message without click's `Error: `."""
        click.echo(self.message, file, err=True)


class SiteAround(NamedTuple):
    """The site that a file belongs to: its owner, its people, and its docs/ folder."""

    bibliography: tuple[Source, ...]  # all files, or only this one if it is not among them
    owner: str = ""
    people: Source | None = None
    venues: Source | None = None
    docs: Path | None = None
    merge_versions: bool = True
    public_fields: tuple[str, ...] = ()
    named: tuple[str, ...] = ()  # the setting `bibliography`
    is_named: bool = True  # does that name the file?

    def local_file(self, name: str) -> str | None:
        """Return the path of a file in docs/, or the name itself if there is no site around."""
        docs = self.docs
        if docs is None:
            return name
        return find_local(name, lambda path: os.path.isfile(docs / path))  # noqa: PTH113 - never raises

    def read(self, today: Date | None = None) -> Collection:
        """Return the publications of the bibliography."""
        return collection.read(
            self.bibliography, self.people, self.owner, self.local_file, self.merge_versions,
            self.venues, today=today,
        )  # fmt: skip

    def replaced(self, source: Source) -> SiteAround:
        """Return the site with other content of one file, which may be new to it."""
        files = {file.path: file for file in self.bibliography} | {source.path: source}
        return self._replace(bibliography=tuple(files.values()))


def read(file: str) -> Source | Problem:
    """Read the bytes of a file, or return why that failed."""
    try:
        return Source(file, Path(file).read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Problem(file, 0, f"the file cannot be read: {reason}", "check its path", "error")


def read_inside(file: str) -> Source | Problem:
    """Read the bytes of a file, but not through a symbolic link out of the site's docs/."""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links
    root = next((f for f in path.parents if engine.config_file(f).is_file()), None)
    if root and os.path.realpath(path) != str(Path(os.path.realpath(root), path.relative_to(root))):
        config = _config_or_none(path.parent)  # slow, so only if there is a link
        if problem := real_files.outside_docs(path, Path(config.docs_dir) if config else root / "docs"):
            return replace(problem, path=file)
    return read(file)


def site_around(source: Source) -> SiteAround:
    """Return the site around a file; only the file if it is not in the docs/ of a site."""
    this = Path(source.path).resolve()
    config = _config_or_none(this.parent)
    if config is None or not this.is_relative_to(Path(config.docs_dir).resolve()):
        return SiteAround((source,))
    docs = Path(config.docs_dir)
    found, _ = settings.load(config.extra.get("homepage"), "", "")
    name = this.relative_to(docs.resolve()).as_posix()  # the file may not exist yet
    paths = [docs / name for name in _bibliography(docs, found.bibliography, [name])]
    whole = [source if path.resolve() == this else _optional(path) for path in paths]
    return SiteAround(
        bibliography=tuple(s for s in whole if s) if source in whole else (source,),
        owner=config.site_author or "",
        people=_optional(docs / found.people),
        venues=_optional(docs / found.venues),
        docs=docs,
        merge_versions=found.merge_versions,
        public_fields=tuple(name.lower() for name in found.public_fields),
        named=tuple(found.bibliography),
        is_named=source in whole,
    )


def first_bibliography(folder: Path) -> Path:
    """Return the path of the first bibliography file around a folder; raises Refusal."""
    hint = "say which file to add to: --file docs/publications.bib"
    docs, found = _docs_and_settings(folder, hint)
    first = _bibliography(docs, found.bibliography)[0]
    if "*" in first:
        raise Refusal(f"No file is there for {first}: {hint}.")
    return docs / first


def content_files(folder: Path, suffix: str = "") -> list[str]:
    """Return the files of the site around a folder that `check` reads; raises Refusal.

    These are its bibliography, people, venues and news. Paths are relative to the folder.
    """
    docs, found = _docs_and_settings(folder, "name a file")
    names = [*_bibliography(docs, found.bibliography), found.people, found.venues, found.news]
    paths = [os.path.relpath(docs / name, folder) for name in names if (docs / name).is_file()]
    if not (paths := [path for path in paths if path.endswith(suffix)]):
        raise Refusal(f"No file is there for {found.bibliography[0]}: name a file.")
    return paths


def _docs_and_settings(folder: Path, otherwise: str) -> tuple[Path, settings.Settings]:
    """Return docs/ and the settings of the site around a folder; raises Refusal."""
    config = _config(folder)
    if config is None:
        raise Refusal(f"There is no mkdocs.yml here or above: go to your site's folder, or {otherwise}.")
    return Path(config.docs_dir), settings.load(config.extra.get("homepage"), "", "")[0]


def _config(folder: Path) -> MkDocsConfig | None:
    """Load the configuration of the site around a folder; None if there is no site."""
    from mkdocs.config import load_config

    paths = (engine.config_file(parent) for parent in (folder, *folder.parents))
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        return None
    try:
        return load_config(str(path))
    except (Exception, SystemExit) as error:  # hooks and plugins raise what they like
        hint = f"fix what `{engine.NAME} build` reports ({error})"
        raise Refusal(f"{engine.settings_file(path)} cannot be read: {hint}.") from error


def _config_or_none(folder: Path) -> MkDocsConfig | None:
    try:
        return _config(folder)
    except Refusal:
        return None


def _bibliography(docs: Path, wanted: Sequence[str], more: Iterable[str] = ()) -> list[str]:
    """Return the paths of bibliography files in docs/, `more` included; some may not exist."""
    names = {*more, *(path.relative_to(docs).as_posix() for path in docs.rglob("*.bib"))}
    return collection.matching(wanted, names)


def _optional(path: Path) -> Source | None:
    source = read_inside(str(path))
    return None if isinstance(source, Problem) else source
