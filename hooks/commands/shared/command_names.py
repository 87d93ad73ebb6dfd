"""Writes our commands for messages, with the Python and the path that work in this folder."""

import sys
from pathlib import Path

_CLI = Path(__file__).parents[2] / "cli.py"


def command_line(words: str, cli: Path = _CLI) -> str:
    """Return a command of `cli.py` to type here: `.venv/bin/python hooks/cli.py check x.bib`."""
    of_system = sys.prefix == sys.base_prefix
    python = Path(sys.executable).name if of_system else relative(Path(sys.executable))
    return f"{_quoted(python)} {_quoted(relative(cli))} {words}"


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


def relative(path: Path) -> str:
    """Return a path to type here: relative if it is below the current folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
