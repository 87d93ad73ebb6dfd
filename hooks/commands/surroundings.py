"""Files that commands are given, and the site that is around one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from homepage import collection, engine
from homepage.collection import Source
from homepage.errors import Problem
from homepage.links import find_local


class Surroundings(NamedTuple):
    """The site that a file belongs to: its owner, its people, and its docs/ folder."""

    owner: str = ""
    people: Source | None = None
    venues: Source | None = None
    docs: Path | None = None
    bibliography: tuple[Source, ...] = ()  # all of its files, this one among them, if it is
    merge_versions: bool = True

    def local_file(self, name: str) -> str | None:
        """The path of a file in docs/, or of any file where there is no site around."""
        docs = self.docs
        if docs is None:
            return name
        return find_local(name, lambda path: os.path.isfile(docs / path))  # noqa: PTH113 - never raises


def read(file: str) -> Source | Problem:
    """The bytes of a file, or why there are none."""
    try:
        return Source(file, Path(file).read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Problem(file, 0, f"the file cannot be read: {reason}", "check its path", "error")


def surroundings(source: Source) -> Surroundings:
    """The site around a file, if the file is in the docs/ folder of one."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from homepage import settings

    file = Path(source.path)
    for folder in file.resolve().parents:
        path = engine.config_file(folder)
        if not path.is_file():
            continue
        try:
            config = load_config(str(path))
        except (MkDocsException, SystemExit):
            return Surroundings()
        docs = Path(config.docs_dir)
        if not file.resolve().is_relative_to(docs.resolve()):
            return Surroundings()
        found, _ = settings.load(config.extra.get("homepage"), "", path.name)
        names = (path.relative_to(docs).as_posix() for path in docs.rglob("*.bib"))
        paths = [docs / name for name in collection.matching(found.bibliography, names)]
        this = file.resolve()
        whole = [source if path.resolve() == this else _optional(path) for path in paths]
        return Surroundings(
            owner=config.site_author or "",
            people=_optional(docs / found.people),
            venues=_optional(docs / found.venues),
            docs=docs,
            bibliography=tuple(s for s in whole if s) if source in whole else (),
            merge_versions=found.merge_versions,
        )
    return Surroundings()


def _optional(path: Path) -> Source | None:
    source = read(str(path))
    return None if isinstance(source, Problem) else source
