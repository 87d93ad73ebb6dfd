"""`check`: report problems in an owner's files."""

import sys

import click

from commands.shared.checks import problems_of


@click.command(short_help="Report problems in .bib files and others.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check(files: tuple[str, ...]) -> None:
    """Report every problem in .bib files (also people.yml, venues.yml and news.md), a line each.

    The exit code is 0 if there is none, else 1. Hidden entries are noted on standard error.
    """
    found = [problem for file in files for problem in problems_of(file)]
    problems = [problem for problem in found if problem.severity != "note"]
    for problem in found:
        click.echo(problem.line_for_check(), err=problem.severity == "note")
    sys.exit(1 if problems else 0)
