"""`import`: what an old homepage of al-folio, HugoBlox or academicpages holds, for this one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.shared import command_names, owner, working_copy
from commands.shared.site_files import (
    settings_of,
    stop,
)
from commands.shared.working_copy import ROOT
from homepage.messages import first_few, printable
from homepage.model import Problem

from .old_site import read_folder, stop_if_elsewhere
from .writing import sort_files, write

if TYPE_CHECKING:
    from .moved import Moved, Source

_some = partial(first_few, most=12)
_SYSTEMS = ("academicpages", "al-folio", "hugoblox")
_STOPPING = ("warning", "error")  # what strict builds count
_UNDO = "git restore . && git clean -fd docs"


@click.command("import", short_help="Move an old homepage in.")
@click.argument("system", type=click.Choice(_SYSTEMS))
@click.argument("path", metavar="PATH")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Another copy of this repository.")
@click.option("--name", default="", help="Your name, if the old site does not say it.")
@click.option("--replace", "replacing", is_flag=True, help="Also over pages of your own.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def moving_in(
    system: str, path: str, target: Path | None, name: str, replacing: bool, yes: bool
) -> None:
    """Move in: read the old homepage at PATH, a folder of SYSTEM's, and write it into this site.

    Your name and links, publications, news, co-authors, pages, posts, and the files that they name
    come along; what does not is told. The old folder stays as it is, and git keeps what was here.
    """
    folder = (target or ROOT).resolve()
    if not working_copy.is_copy(folder):
        made = command_names.command_line(f"new {folder}")
        stop(f"{folder} is no copy of this repository. (Make one: {made})")
    stop_if_elsewhere(path)
    old = Path(path)
    source, problems = read_folder(old, folder)
    looks_right = _fits(source, system, old)
    moved = _reader(system)(source, name)
    if not looks_right:
        problems.append(Problem("", 0, _missed(system, old), "see that all of it is there"))
    _stop_without_owner(moved, system, old, looks_right=looks_right)
    settings = settings_of(folder)
    _stop_if_unsaved(folder)
    staying, going, over = sort_files(folder, settings, moved)
    if over and not replacing:
        stop(
            f"Nothing was written: {_number(len(over), 'file')} of yours would be lost: {_some(over)}. "
            "(Say --replace to have them written anew; git keeps what they were.)"
        )
    click.echo(printable(f"{moved.owner.name}: {', '.join(_numbers(moved))}."))
    written = _some(f"docs/{n}" for n in sorted(moved.texts))
    click.echo(printable(f"Written: mkdocs.yml, docs/people.yml, {written}."))
    if going or over:
        told = f"These go, or are written anew; git keeps them: {_some(sorted({*going, *over}))}."
        click.echo(printable(told))
    if not yes and not click.confirm("Go on?", default=True):
        stop("Nothing was changed.")
    try:
        write(folder, old.resolve(), settings, moved, staying)
    except OSError as error:
        stop(f"Nothing was changed: {error.filename or folder}: {error.strerror or error}.")
    _tell([*problems, *moved.problems], moved)
    _tell_of_publishing(folder, moved)


def _reader(system: str) -> Callable[[Source, str], Moved]:
    """The reader of a system; other commands need not wait for these modules."""
    from . import academicpages, alfolio, hugoblox

    readers = (academicpages.read, alfolio.read, hugoblox.read)
    return dict(zip(_SYSTEMS, readers, strict=True))[system]


def _fits(source: Source, system: str, path: Path) -> bool:
    """Does the old site look like one of this system? If it does like one of another, that is told."""
    from . import telltales

    other = telltales.looks_like(source, system)
    if other and other != system:
        wanted = command_names.command_line(f"import {other} {path}")
        stop(f"{path} looks like a site of {other}, not of {system}. (Say: {wanted})")
    return other == system


def _missed(system: str, path: Path) -> str:
    from .telltales import LOOKED_FOR, SYSTEMS

    *first, last = SYSTEMS
    return (
        f"{path} looks like no site of {', '.join(first)} or {last}: of {system} there would be "
        f"{LOOKED_FOR[system]}"
    )


def _number(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"


def _numbers(moved: Moved) -> list[str]:
    counts = moved.counts
    return [
        _number(counts["entries"], "publication"),
        _number(counts["news"], "item of news", "items of news"),
        _number(counts["people"], "person", "people"),
        _number(sum(name.endswith(".md") for name in moved.texts), "page"),
        _number(len(moved.copies), "file"),
    ]


def _stop_without_owner(moved: Moved, system: str, path: Path, *, looks_right: bool) -> None:
    found = sum(moved.counts.values()) + len(moved.copies) + len(moved.nav) - 1
    if not found:
        missed = (
            f"There is nothing of a site of {system} in {path}" if looks_right else _missed(system, path)
        )
        stop(f"{missed}. (Name the folder of the old site's whole repository.)")
    if not moved.owner.name:
        missed = "" if looks_right else f" {_missed(system, path)}."
        stop(f'The old site does not say whose it is.{missed} (Say it: --name "Jane Doe")')
    if fault := owner.name_fault(moved.owner.name):
        stop(f"'{moved.owner.name}' is no name: {fault}. (Say it: --name \"Jane Doe\")")


def _stop_if_unsaved(folder: Path) -> None:
    unsaved = working_copy.uncommitted(folder, ["docs", "mkdocs.yml", "README.md"])
    if unsaved is None:
        stop(
            f"git does not keep {folder}, so nothing of it could be brought back. (First call git init, "
            "git add --all and git commit there.)"
        )
    if unsaved:
        stop(
            "There are changes that git does not have, and that would be lost: "
            f"{_some(sorted(unsaved))}. (Keep them: git add --all && git commit. Or, to be rid of all "
            f"that is new since the last commit, such as what an import wrote: {_UNDO}.)"
        )


def _tell(problems: list[Problem], moved: Moved) -> None:
    """What did not come along or needs a look, and what to do next."""
    click.echo("\nIt is all in docs/ and mkdocs.yml.")
    if problems:
        click.echo("What did not come along, or not as it was (paths are of the old site):\n")
        for problem in sorted(set(problems)):
            click.echo(f"  {problem.line_for_people()}")
        click.echo()
    if moved.owner.site_url:
        told = f"Its address is to be {moved.owner.site_url}; if it is another, change site_url."
        click.echo(printable(told))
    click.echo(f"Next: make serve shows it; git add --all && git commit keeps it; {_UNDO} undoes it.")


def _tell_of_publishing(folder: Path, moved: Moved) -> None:
    """What publishing will stop at, and how to see it."""
    from commands.shared.checks import problems_of

    names = [n for n in moved.texts if n.endswith(".bib") or n in ("news.md", "venues.yml")]
    paths = [command_names.relative(folder / "docs" / name) for name in ("people.yml", *sorted(names))]
    told = {path: [p for p in problems_of(path) if p.severity in _STOPPING] for path in paths}
    wrong = [path for path, found in told.items() if found]
    if wrong:
        count = sum(map(len, told.values()))
        command = command_names.command_line(f"check {' '.join(wrong)}")
        click.echo(
            f"Check finds {_number(count, 'problem')} in what came along; this lists them: {command}"
        )
    if moved.dead:
        what = _number(moved.dead, "link of pages leads", "links of pages lead")
        command = command_names.command_line("doctor", folder / "hooks/cli.py")
        click.echo(f"{what} to what is not there; this lists them: {command}")
    if wrong or moved.dead:
        click.echo("make publish stops at these, until they are mended.")
