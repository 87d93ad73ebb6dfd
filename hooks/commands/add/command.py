"""`add`: a paper put into the owner's bibliography, from its identifier or from pasted BibTeX."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from commands.shared import command_names
from commands.shared.checks import check_bibliography
from commands.shared.site import first_bibliography, read, site_around
from homepage.common import encoding
from homepage.messages import lines, printable
from homepage.model import Problem, Refusal
from homepage.publications import Source

from . import answers, planning, sources
from .lookup import Known, already_there, key_headers, look_up, stop
from .planning import Addition, Offered, Site

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
    path = Path(name) if name else first_bibliography(Path.cwd())
    if isinstance(path, Refusal):
        stop(path)
    file = _file(path)
    site = _site(file)
    fetched = given != "-"
    offer = look_up(given, None if again else Known(file, site)) if fetched else _pasted()
    additions, file_after = _planned(offer, file, site, fetched, selected, again)
    for number, addition in enumerate(additions):
        _show(addition, file.path, number)
    refused = len(additions) < len(offer.entries)
    if not additions:
        sys.exit(1)
    if fetched:
        _tell_published(additions[0])
    if dry_run:
        _tell_problems(file_after, additions)
        click.echo("Nothing was written, as you said --dry-run.", err=True)
        sys.exit(refused)
    if not yes:
        _ask(additions, file.path)
    _write(Path(file.path), file_after.data, file.data)
    for addition in additions:
        click.echo(printable(f"Added {addition.key} to {file.path}."), err=True)
    _tell_problems(file_after, additions)
    sys.exit(refused)


def _file(path: Path) -> Source:
    """The file, empty where there is none yet."""
    with suppress(ValueError):
        path = path.relative_to(Path.cwd())  # which reads better in messages
    if not os.path.lexists(path) and path.parent.is_dir():
        return Source(str(path), b"")
    source = read(str(path))
    if isinstance(source, Problem):
        stop(Refusal(f"{path} cannot be read: {source.message.rpartition(': ')[2]}."))
    return source


def _site(file: Source) -> Site:
    """What the site around the file knows; a file that it would never read is refused."""
    around = site_around(file)
    if not around.is_named:
        stop(
            Refusal(
                f"{file.path} is not one of bibliography: {', '.join(around.named)}, so the site would "
                "not show it: add it there first, under extra.homepage in mkdocs.yml."
            )
        )
    return Site(
        around.bibliography or (file,),
        around.people,
        around.owner,
        around.local_file,
        around.public_fields,
    )


# -- what is offered ----------------------------------------------------------


def _pasted() -> Offered:
    stream = sys.stdin.buffer
    if sys.stdin.isatty():
        end = "Ctrl-Z, Enter" if os.name == "nt" else "Ctrl-D"
        click.echo(f"Paste BibTeX, then press Enter, {end}:", err=True)
    text, problems = encoding.decode(stream.read(_MOST_PASTED), "pasted")
    offer = planning.offered(text, "pasted")
    for problem in (*problems, *offer.problems):
        click.echo(problem.line_for_check(), err=True)
    if not offer.entries:
        stop(Refusal("There is no BibTeX entry in what was pasted: it starts as in @article{key,."))
    return offer


def _tell_published(addition: Addition) -> None:
    """What was published of a preprint that nothing in the bibliography is a version of."""
    from . import fetching

    new = addition.publication
    if new.type != "preprint" or not new.eprint or addition.twins:
        return
    doi = new.doi
    if not doi:
        limits = fetching.LIMITS._replace(whole=10, retries=0)  # worth knowing, not worth waiting for
        answer = fetching.fetch(sources.published(new.eprint), key_headers(sources.OPENALEX), limits)
        doi = "" if isinstance(answer, Refusal) else answers.published_doi(answer)
    if doi:
        command = command_names.command_line(f"add {doi} --yes")
        told = f"Note: it was published as {doi}: `{command}` adds that version, and the site shows both"
        click.echo(printable(f"{told} as one work."), err=True)


# -- what is done -------------------------------------------------------------


def _planned(
    offer: Offered, file: Source, site: Site, fetched: bool, selected: bool, again: bool
) -> tuple[list[Addition], Source]:
    """The additions that can be made, one after the other, and the file with all of them."""
    additions = []
    for entry, written in offer.entries:
        addition = planning.add(entry, written, file, site, fetched=fetched, selected=selected)
        if isinstance(addition, Refusal):
            click.echo(str(addition), err=True)
            continue
        exact = next((twin for twin in addition.twins if twin.exact), None)
        if exact and not again:
            click.echo(f"{printable(addition.citation)}\n{printable(already_there(exact))}", err=True)
            continue
        additions.append(addition)
        file = file._replace(data=addition.inserted.data)
        site = site.replaced(file)
    return additions, file


def _show(addition: Addition, path: str, number: int) -> None:
    """The entry as it will be written, and everything that an owner would want to know of it."""
    click.echo(lines("\n" * bool(number) + addition.text))
    click.echo(f"\n{printable(addition.citation)}", err=True)
    for remark in addition.remarks:
        click.echo(printable(f"Note: {remark}."), err=True)
    for twin in addition.twins:
        where = twin.publication.entry
        told = f"A version is there: '{where.key}' ({where.path}:{where.line}) has {twin.why}."
        click.echo(printable(told), err=True)
    click.echo(f"It goes to line {addition.inserted.first} of {path}.", err=True)


def _ask(additions: Sequence[Addition], path: str) -> None:
    """Ask before writing, on a terminal; elsewhere, only versions that are there need a word."""
    doubtful = any(addition.twins for addition in additions)
    if sys.stdin.isatty():
        question = "Add it all the same" if doubtful else f"Write this to {path}"
        if not click.confirm(f"{question}?", default=not doubtful, err=True):
            stop(Refusal("Nothing was written."))
    elif doubtful:
        stop(Refusal("Nothing was written: say --yes to add it beside the version that is there."))


def _write(path: Path, data: bytes, before: bytes) -> None:
    """Put the new content in the place of the old one, at once or not at all."""
    path = path.resolve()  # through links, which stay
    part = ""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            part = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        there = os.path.lexists(path)
        mask = os.umask(0)
        os.umask(mask)
        mode = stat.S_IMODE(path.stat().st_mode) if there else 0o666 & ~mask
        Path(part).chmod(mode)
        if (path.read_bytes() if there else b"") != before:
            stop(Refusal(f"{path.name} was changed meanwhile, so nothing was written: run this again."))
        Path(part).replace(path)
        part = ""
    except OSError as error:
        stop(Refusal(f"{path} cannot be written: {error.strerror}. Nothing was changed."))
    finally:
        if part:
            Path(part).unlink(missing_ok=True)


def _tell_problems(file: Source, additions: Sequence[Addition]) -> None:
    """What `check` says of the new entries."""
    spans = planning.lines_of(file.data, [addition.key for addition in additions])
    for problem in check_bibliography(file):
        if problem.path == file.path and any(first <= problem.line <= last for first, last in spans):
            click.echo(problem.line_for_check(), err=True)
