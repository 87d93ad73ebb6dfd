"""`check`: what is wrong in an owner's files."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from commands.surroundings import read_inside, surroundings
from homepage import collection, encoding, news, people, venues
from homepage.collection import Source
from homepage.errors import Problem
from homepage.withheld import private_fields


@click.command(short_help="Tell what is wrong in .bib files and others.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """Tell every problem in .bib files (also people.yml, venues.yml and news.md), a line each.

    The exit code is 0 if there is none, else 1. What is hidden is noted on standard error.
    """
    found = [problem for file in files for problem in problems_of(file)]
    problems = [problem for problem in found if problem.severity != "note"]
    for problem in found:
        click.echo(problem.line_for_check(), err=problem.severity == "note")
    sys.exit(1 if problems else 0)


def problems_of(file: str) -> list[Problem]:
    """What is wrong in a file, with the site that is around it."""
    source = read_inside(file)
    if isinstance(source, Problem):
        return [source]
    reader = _READERS.get(Path(file).suffix.lower(), check_bibliography)
    return sorted(set(reader(source)))


def _check_yaml(source: Source) -> list[Problem]:
    load = venues.load if Path(source.path).stem == "venues" else people.load
    text, problems = encoding.decode(source.data, source.path)
    return problems + load(text, source.path)[1]


def _check_news(source: Source) -> list[Problem]:
    text, problems = encoding.decode(source.data, source.path)
    return problems + news.parse(text, source.path)[1]


def check_bibliography(source: Source) -> list[Problem]:
    """The problems of a .bib file, which is read with the rest of its site's bibliography."""
    around = surroundings(source)
    found = collection.read(
        around.bibliography or [source],
        around.people,
        around.owner,
        around.local_file,
        around.merge_versions,
        around.venues,
    )
    others = {other.path for other in around.bibliography} - {source.path}
    notes = private_fields(found.every, around.public_fields)
    return [problem for problem in (*found.problems, *notes) if problem.path not in others]


_READERS: dict[str, Callable[[Source], list[Problem]]] = {
    ".yml": _check_yaml,
    ".yaml": _check_yaml,
    ".md": _check_news,
}
