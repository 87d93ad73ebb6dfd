"""Files that are slow to make, kept for the next build in a folder that may be deleted at any time."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def keep(file: Path, data: bytes) -> None:
    """Write a file, if that is possible: a cache may be missing."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(file)  # never half a file, also where two builds run


def kept(file: Path | None, make: Callable[[], bytes]) -> bytes:
    """What a file has, else what is made for it."""
    if file is None:
        return make()
    try:
        return file.read_bytes()
    except OSError:
        data = make()
        keep(file, data)
        return data
