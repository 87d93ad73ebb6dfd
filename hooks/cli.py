"""Commands for owners, and for hooks of pre-commit: `python hooks/cli.py --help`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

try:
    import click
except ModuleNotFoundError:  # another Python than the one that `make serve` has set up
    python = Path(__file__).parent.parent / ".venv/bin/python"
    if not python.is_file():
        sys.exit("The packages of requirements.txt are missing: run `make serve` once.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606 - no shell

from homepage import collection, encoding, exports, news, people, venues
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


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check and convert the bibliography of an academic's homepage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """Tell every problem in .bib files (also people.yml, venues.yml and news.md), a line each.

    The exit code is 0 if there is none, else 1. What is hidden is noted on standard error.
    """
    found = [problem for file in files for problem in _problems(file)]
    problems = [problem for problem in found if problem.severity != "note"]
    for problem in found:
        click.echo(problem.line_for_check(), err=problem.severity == "note")
    sys.exit(1 if problems else 0)


@main.command()
@click.option("--format", "kind", type=click.Choice(sorted(exports.KINDS)), required=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def export(kind: str, files: tuple[str, ...]) -> None:
    """Write all entries of .bib files to standard output, problems to standard error.

    Entries that are hidden or under embargo are left out, and said to be. The exit code is 0 if
    every other entry came through, else 1.
    """
    sources, problems = [], []
    for file in files:
        source = _source(file)
        if isinstance(source, Problem):
            problems.append(source)
        else:
            sources.append(source)
    unreadable = bool(problems)
    found = collection.read(sources, None, "", lambda name: name, merge_versions=False)
    exports.write(kind, found.every, sys.stdout.buffer)
    sys.stdout.flush()
    for problem in (*problems, *found.problems):
        click.echo(problem.line_for_check(), err=True)
    sys.exit(1 if unreadable else 0)


def _problems(file: str) -> list[Problem]:
    source = _source(file)
    if isinstance(source, Problem):
        return [source]
    reader = _READERS.get(Path(file).suffix.lower(), _check_bibliography)
    return sorted(set(reader(source)))


def _source(file: str) -> Source | Problem:
    try:
        return Source(file, Path(file).read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Problem(file, 0, f"the file cannot be read: {reason}", "check its path", "error")


def _optional(path: Path) -> Source | None:
    source = _source(str(path))
    return None if isinstance(source, Problem) else source


def _check_yaml(source: Source) -> list[Problem]:
    load = venues.load if Path(source.path).stem == "venues" else people.load
    text, problems = encoding.decode(source.data, source.path)
    return problems + load(text, source.path)[1]


def _check_news(source: Source) -> list[Problem]:
    text, problems = encoding.decode(source.data, source.path)
    return problems + news.parse(text, source.path)[1]


def _check_bibliography(source: Source) -> list[Problem]:
    around = _surroundings(source)
    found = collection.read(
        around.bibliography or [source],
        around.people,
        around.owner,
        around.local_file,
        around.merge_versions,
        around.venues,
    )
    others = {other.path for other in around.bibliography} - {source.path}
    return [problem for problem in found.problems if problem.path not in others]


_READERS: dict[str, Callable[[Source], list[Problem]]] = {
    ".yml": _check_yaml,
    ".yaml": _check_yaml,
    ".md": _check_news,
}


def _surroundings(source: Source) -> Surroundings:
    """The site around a file, if the file is in the docs/ folder of one."""
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from homepage import settings

    file = Path(source.path)
    for folder in file.resolve().parents:
        path = folder / "mkdocs.yml"
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


if __name__ == "__main__":
    main()
