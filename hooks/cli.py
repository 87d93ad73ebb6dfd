"""Commands for owners, and for hooks of pre-commit: `python hooks/cli.py --help`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from homepage import engine

if not engine.NAME:  # another Python than the one that `make serve` has set up
    python = min(Path(__file__).parent.parent.glob(".venv*/bin/python"), default=None)
    if not python or python.parents[1] == Path(sys.prefix):
        sys.exit("The packages of requirements.txt are missing: run `make serve` once.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606 - no shell

import click

from commands.check import check
from commands.export import export


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check and convert the bibliography of an academic's homepage."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


for command in (check, export):
    main.add_command(command)

if __name__ == "__main__":
    main()
