"""`check`: report problems in an owner's files."""

import sys
from pathlib import Path

import click

from commands.shared.checks import problems_of
from commands.shared.site import content_files


@click.command(short_help="Report problems in .bib files and others.")
@click.argument("files", nargs=-1, metavar="[FILE...]")
def check(files: tuple[str, ...]) -> None:
    """Report every problem in .bib files (also people.yml, venues.yml and news.md), a line each.

    Without a FILE, all of them in docs/ are checked. The exit code is 1 if there is a warning or an
    error; advice alone does not count. Hidden entries are noted on standard error.
    """
    found = [problem for file in files or content_files(Path.cwd()) for problem in problems_of(file)]
    for problem in dict.fromkeys(found):
        click.echo(problem.line_for_check(), err=problem.severity == "note")
    sys.exit(1 if any(problem.severity in ("warning", "error") for problem in found) else 0)
