"""The command `import`: brings a homepage from al-folio, HugoBlox or academicpages."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.shared import command_names, owner, site_files, working_copy
from commands.shared.site_files import settings_of, stop
from commands.shared.working_copy import ROOT
from homepage.messages import first_few, printable
from homepage.model import Problem

from . import owner_names, result
from .old_site import Source, read_folder, stop_if_url
from .writing import plan, write

if TYPE_CHECKING:
    from .new_site import Imported

_some = partial(first_few, most=12)
_SYSTEMS = ("academicpages", "al-folio", "hugoblox")
_UNDO = "git restore . && git clean -fd docs"


@click.command("import", short_help="Import an old homepage.")
@click.argument("system", type=click.Choice(_SYSTEMS))
@click.argument("path", metavar="PATH")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Another copy of this repository.")
@click.option("--name", default="", help="Your name, if it is not the one that `new` got.")
@click.option("--replace", "replacing", is_flag=True, help="Replace pages of your own too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_site(
    system: str, path: str, target: Path | None, name: str, replacing: bool, yes: bool
) -> None:
    """Import the old homepage in the folder PATH, which was made with SYSTEM, into this site.

    This brings your name and links, publications, news, co-authors, pages, posts, and the files that
    they use, and lists what it could not bring. The old folder is not changed; git keeps the files
    that are replaced here.
    """
    folder = (target or ROOT).resolve()
    if not working_copy.is_copy(folder):
        new = command_names.command_line(f"new {folder}")
        stop(f"{folder} is not a copy of this repository. (Make one: {new})")
    stop_if_url(path)
    old = Path(path)
    source, problems = read_folder(old, folder)
    doubt = _doubt(source, system, old)
    settings = settings_of(folder)
    known = site_files.author_other_than_first(folder, settings)
    imported = _read(source, system, name)
    if name or not known or (doubt and not imported.owner.name):
        pass
    elif owner_names.is_same(known, imported.owner.name):
        imported = _read(source, system, known)
    else:
        hint = f'to keep the name, import again with --name "{known}"'
        message = f"the owner is {imported.owner.name}, as in the old site; here it was {known}"
        problems.append(Problem("", 0, message, hint))
    _stop_if_incomplete(imported, doubt or f"{path} has no files of {system}", bool(doubt))
    if doubt:
        problems.append(Problem("", 0, doubt, "check that everything was imported"))
    _stop_if_uncommitted(folder)
    kept, removed, overwritten = plan(folder, settings, imported)
    if overwritten and not replacing:
        stop(
            f"Nothing was written: {_count(len(overwritten), 'file')} of yours would be overwritten: "
            f"{_some(overwritten)}. (Add --replace to overwrite them; git keeps the old versions.)"
        )
    counts = imported.counts
    found = (
        _count(counts["entries"], "publication"),
        _count(counts["news"], "news item"),
        _count(counts["people"], "person", "people"),
        _count(sum(path.endswith(".md") for path in imported.texts), "page"),
        _count(len(imported.copies), "file"),
    )
    click.echo(printable(f"{imported.owner.name}: {', '.join(found)}."))
    written = _some(f"docs/{path}" for path in sorted(imported.texts))
    click.echo(printable(f"It writes mkdocs.yml, docs/people.yml, {written}."))
    if removed or overwritten:
        gone = _some(sorted({*removed, *overwritten}))
        click.echo(printable(f"It removes or overwrites these files, which git keeps: {gone}."))
    if not yes and not click.confirm("Continue?", default=True):
        stop("Nothing was changed.")
    try:
        write(folder, old.resolve(), settings, imported, kept)
    except OSError as error:
        stop(f"Nothing was changed: {error.filename or folder}: {error.strerror or error}.")
    _show_result(folder, system, [*problems, *imported.problems], imported)


def _read(source: Source, system: str, name: str) -> Imported:
    """Read a site; these modules are imported here, as other commands do not need them."""
    from . import academicpages, alfolio, hugoblox

    readers = {"academicpages": academicpages.read, "al-folio": alfolio.read, "hugoblox": hugoblox.read}
    return readers[system](source, name)


def _doubt(source: Source, system: str, path: Path) -> str:
    """Return why this may not be a site of the system, or ''; stop if it is one of another."""
    from . import detection

    found = detection.detect(source, system)
    if found and found != system:
        command = command_names.command_line(f"import {found} {path}")
        stop(f"{path} looks like a site of {found}, not of {system}. (Run: {command})")
    *first, last = _SYSTEMS
    expected = f"for {system}, it should have {detection.EXPECTED[system]}"
    return (
        "" if found else f"{path} does not look like a site of {', '.join(first)} or {last}: {expected}"
    )


def _stop_if_incomplete(imported: Imported, reason: str, doubtful: bool) -> None:
    """Stop if nothing was found, or no valid name."""
    if sum(imported.counts.values()) + len(imported.copies) + len(imported.nav) == 1:  # the home page
        stop(f"{reason}. (Name the folder of the old site's whole repository.)")
    name = imported.owner.name
    if not name:
        stop(
            "The old site does not have the name of its owner."
            + (f" {reason}." if doubtful else "")
            + ' (Add --name "Jane Doe")'
        )
    if fault := owner.name_fault(name):
        stop(f"'{name}' is not a name: {fault}. (Add --name \"Jane Doe\")")


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number} {one if number == 1 else several or one + 's'}"


def _stop_if_uncommitted(folder: Path) -> None:
    uncommitted = working_copy.uncommitted(folder, ["docs", "mkdocs.yml", "README.md"])
    if uncommitted is None:
        stop(
            f"{folder} is not in git, so nothing could be restored. (First run git init, git add --all "
            "and git commit there.)"
        )
    if uncommitted:
        stop(
            f"You have changes that are not committed and would be lost: {_some(sorted(uncommitted))}. "
            "(Keep them: git add --all && git commit. Or discard everything since the last commit, "
            f"such as an earlier import: {_UNDO}.)"
        )


def _show_result(folder: Path, system: str, problems: list[Problem], imported: Imported) -> None:
    """Show what was not imported or needs a look, what stops publishing, and the next steps."""
    from . import strict_build

    stops = strict_build.problems(folder)
    result.write(folder, system, problems, stops)
    click.echo("Your site is in docs/ and mkdocs.yml.")
    for line in result.screen(problems, stops):
        click.echo(line)
    click.echo(f"The whole list is in {command_names.relative(folder / result.REPORT)}.")
    if url := imported.owner.site_url:
        click.echo(printable(f"It will be published at {url}; if that is wrong, change site_url."))
    click.echo(f"Next: make serve shows it; git add --all && git commit keeps it; {_UNDO} undoes it.")
