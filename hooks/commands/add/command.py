"""`add`: put a paper into the bibliography, from its identifier or from pasted BibTeX."""

import os
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from commands.shared import command_names
from commands.shared.checks import check_bibliography
from commands.shared.site import Refusal, SiteAround, first_bibliography, read, site_around
from commands.shared.working_copy import staging_folder
from homepage.common import encoding
from homepage.messages import lines, printable
from homepage.model import Problem
from homepage.publications import Source

from . import fetching, planning, sources
from .lookup import already_there, look_up
from .planning import Addition, Offered

_MOST_PASTED = 20_000_000  # bytes


@click.command(short_help="Put a paper into the bibliography.")
@click.argument("given", metavar="DOI|ARXIV-ID|URL|-")
@click.option("--file", "name", metavar="FILE", help="The .bib file; else the first of the site's own.")
@click.option("--selected", is_flag=True, help="Put it on the home page, too: selected = {true}.")
@click.option("--dry-run", is_flag=True, help="Show what would be added, and write nothing.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing, also where a version of it is there.")
@click.option("--again", is_flag=True, help="Add it also where this very version is there.")
def add(given: str, name: str | None, selected: bool, dry_run: bool, yes: bool, again: bool) -> None:
    """Add a paper to the bibliography: by its DOI, its arXiv identifier, or an address.

    Its BibTeX comes from doi.org, arXiv, DBLP or the ACL Anthology. With -, paste BibTeX instead.
    The entry is shown first; nothing else in the file changes.
    """
    file = _file(Path(name) if name else first_bibliography(Path.cwd()))
    site = site_around(file)
    if not site.is_named:
        raise Refusal(
            f"{file.path} is not one of bibliography: {', '.join(site.named)}, so the site would "
            "not show it: add it there first, under extra.homepage in mkdocs.yml."
        )
    fetched = given != "-"
    offer = look_up(given, file, site, again=again) if fetched else _pasted()
    additions, file_after = _planned(offer, file, site, fetched, selected, again)
    for number, addition in enumerate(additions):
        _show(addition, file.path, number)
    refused = len(additions) < len(offer.entries)
    if not additions:
        sys.exit(1)
    if fetched:
        _note_published_version(additions[0])
    if not dry_run:
        if not yes:
            _ask(additions, file.path)
        _write(Path(file.path), file_after.data, file.data)
        for addition in additions:
            click.echo(printable(f"Added {addition.key} to {file.path}."), err=True)
    _show_problems(file_after, additions)
    if dry_run:
        click.echo("Nothing was written because of --dry-run.", err=True)
    sys.exit(refused)


def _file(path: Path) -> Source:
    """Return the file, empty if there is none yet."""
    with suppress(ValueError):
        path = path.relative_to(Path.cwd())  # which reads better in messages
    if not os.path.lexists(path) and path.parent.is_dir():
        return Source(str(path), b"")
    source = read(str(path))
    if isinstance(source, Problem):
        raise Refusal(f"{path} cannot be read: {source.message.rpartition(': ')[2]}.")
    return source


def _pasted() -> Offered:
    if sys.stdin.isatty():
        end = "Ctrl-Z, Enter" if os.name == "nt" else "Ctrl-D"
        click.echo(f"Paste BibTeX, then press Enter, {end}:", err=True)
    text, problems = encoding.decode(sys.stdin.buffer.read(_MOST_PASTED), "pasted")
    offer = planning.offered(text, "pasted")
    for problem in (*problems, *offer.problems):
        click.echo(problem.line_for_check(), err=True)
    if not offer.entries:
        raise Refusal("There is no BibTeX entry in what was pasted: it starts as in @article{key,.")
    return offer


def _planned(
    offer: Offered, file: Source, site: SiteAround, fetched: bool, selected: bool, again: bool
) -> tuple[list[Addition], Source]:
    """Plan the additions that can be made, one after the other; returns also the file with them."""
    additions = []
    for entry, written in offer.entries:
        try:
            addition = planning.add(entry, written, file, site, fetched=fetched, selected=selected)
        except Refusal as refusal:
            refusal.show()
            continue
        exact = next((match for match in addition.matches if match.exact), None)
        if exact and not again:
            click.echo(f"{printable(addition.citation)}\n{printable(already_there(exact))}", err=True)
            continue
        additions.append(addition)
        file = file._replace(data=addition.inserted.data)
        site = site.replaced(file)
    return additions, file


def _show(addition: Addition, path: str, number: int) -> None:
    """Print the entry as it will be written, and everything that an owner would want to know of it."""
    click.echo(lines("\n" * bool(number) + addition.text))
    click.echo(f"\n{printable(addition.citation)}", err=True)
    for remark in addition.remarks:
        click.echo(printable(f"Note: {remark}."), err=True)
    for match in addition.matches:
        where = match.publication.entry
        message = f"A version is there: '{where.key}' ({where.path}:{where.line}) has {match.why}."
        click.echo(printable(message), err=True)
    click.echo(f"It goes to line {addition.inserted.first} of {path}.", err=True)


def _note_published_version(addition: Addition) -> None:
    """Say what was published of a preprint that nothing in the bibliography is a version of."""
    new = addition.publication
    if new.type != "preprint" or not new.eprint or addition.matches:
        return
    doi = new.doi
    if not doi:
        limits = fetching.LIMITS._replace(whole=10, retries=0)  # worth knowing, not worth waiting for
        with suppress(Refusal):
            doi = sources.published_doi(fetching.fetch(sources.published(new.eprint), limits))
    if doi:
        command = command_names.command_line(f"add {doi} --yes")
        note = f"Note: it was published as {doi}: `{command}` adds that version, and the site shows both"
        click.echo(printable(f"{note} as one work."), err=True)


def _ask(additions: Sequence[Addition], path: str) -> None:
    """Ask before writing; without a terminal, go on unless versions of the work are there."""
    doubtful = any(addition.matches for addition in additions)
    if sys.stdin.isatty():
        question = "Add it all the same" if doubtful else f"Write this to {path}"
        if not click.confirm(f"{question}?", default=not doubtful, err=True):
            raise Refusal("Nothing was written.")
    elif doubtful:
        raise Refusal("Nothing was written: say --yes to add it beside the version that is there.")


def _write(path: Path, data: bytes, before: bytes) -> None:
    """Replace the content of a file, at once or not at all, unless it is no longer `before`."""
    path = path.resolve()  # through links, which stay
    try:
        with staging_folder(path.parent) as stage:
            new = stage / path.name
            with new.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            there = os.path.lexists(path)
            if there:
                shutil.copymode(path, new)
            if (path.read_bytes() if there else b"") != before:
                raise Refusal(
                    f"{path.name} was changed meanwhile, so nothing was written: run this again."
                )
            new.replace(path)
    except OSError as error:
        raise Refusal(f"{path} cannot be written: {error.strerror}. Nothing was changed.") from error


def _show_problems(file: Source, additions: Sequence[Addition]) -> None:
    """Print what `check` says of the new entries."""
    spans = planning.lines_of(file.data, [addition.key for addition in additions])
    for problem in check_bibliography(file):
        if problem.path == file.path and any(first <= problem.line <= last for first, last in spans):
            click.echo(problem.line_for_check(), err=True)
