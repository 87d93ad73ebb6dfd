"""Builds a site as another machine would, on another day: `elsewhere.py DAY mkdocs-arguments…`.

Folders are listed backwards and there is one processor; the rest is said by environment variables.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

import time_machine

_scandir, _listdir = os.scandir, os.listdir


class _Backwards:
    def __init__(self, path: Any = ".") -> None:
        with _scandir(path) as found:
            self._found = iter(sorted(found, key=lambda entry: entry.name, reverse=True))

    def __enter__(self) -> "_Backwards":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def __iter__(self) -> Iterator[Any]:
        return self._found

    def __next__(self) -> Any:
        return next(self._found)

    def close(self) -> None:
        """Nothing is open."""


def main(day: str, *arguments: str) -> None:
    """Be elsewhere, and call mkdocs."""
    os.scandir = _Backwards  # type: ignore[assignment]
    os.listdir = lambda path=".": sorted(_listdir(path), reverse=True)  # type: ignore[assignment]
    os.cpu_count = lambda: 1
    with time_machine.travel(day, tick=True):
        from mkdocs.__main__ import cli

        cli(arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
