"""`due`: say whether an embargo has ended since the site was published."""

import sys
from pathlib import Path

import click

from commands.shared.site import Refusal, first_bibliography, read, site_around
from homepage.model import Problem
from homepage.publications import dates


@click.command(short_help="Say whether an embargo has ended.")
@click.option("--since", metavar="DAY", required=True, help="When the site was published: 2027-01-31.")
def due(since: str) -> None:
    """List the entries whose embargo has ended since a day.

    The exit code is 0 if there are any: then it is time to publish. Else it is 1.
    """
    day = dates.parse(since)
    if not day:
        raise click.UsageError(f"'{since}' is not a day: write it as 2027-01-31")
    source = read(str(first_bibliography(Path.cwd())))
    if isinstance(source, Problem):
        raise Refusal(str(source))
    hidden = [(w.publication.entry, w.until) for w in site_around(source).read(day).hidden if w.until]
    ended = [(entry, until) for entry, until in hidden if until.key <= dates.today().key]
    for entry, until in ended:
        click.echo(f"{entry.path}:{entry.line}: the embargo of '{entry.key}' ended on {until.iso()}")
    sys.exit(0 if ended else 1)
