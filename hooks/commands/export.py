"""`export`: write a bibliography as BibTeX, CSL-JSON or RIS."""

import sys
from pathlib import Path

import click

from commands.shared.site import content_files, read_inside
from homepage.formats import exports
from homepage.model import Problem
from homepage.publications import collection


@click.command(short_help="Write BibTeX, CSL-JSON or RIS.")
@click.option("--format", "kind", type=click.Choice(sorted(exports.KINDS)), required=True)
@click.argument("files", nargs=-1, metavar="[FILE...]")
def export(kind: str, files: tuple[str, ...]) -> None:
    """Write all entries of .bib files to standard output, problems to standard error.

    Without a FILE, the site's bibliography is written. Entries that are hidden or under embargo are
    left out, with a note. The exit code is 0 if all files could be read, else 1.
    """
    sources, problems = [], []
    for file in files or content_files(Path.cwd(), ".bib"):
        source = read_inside(file)
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
