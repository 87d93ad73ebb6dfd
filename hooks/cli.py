"""Commands for owners, and for hooks of pre-commit: `python hooks/cli.py --help`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

try:
    import click
except ModuleNotFoundError:  # another Python than the one that `make serve` has set up
    python = Path(__file__).parent.parent / ".venv/bin/python"
    if not python.is_file():
        sys.exit("The packages of requirements.txt are missing: run `make serve` once.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606 - no shell

from commands.check import check
from commands.export import export
from commands.moving_in import moving_in
from commands.new import new


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Start an academic's homepage, check and convert its bibliography."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


for command in (check, export, moving_in, new):
    main.add_command(command)

if __name__ == "__main__":
    main()
