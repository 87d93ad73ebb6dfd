"""Files that are slow to make, kept for the next build in a folder that may be deleted at any time.

The folder is in the repository, where others may have put files, too. So a file is used only if this
user's builds have made it: its hash is in a list in the user's own folder, where nobody else writes.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from ..common import git
from ..model import Problem

_LONGEST = 1_000_000  # bytes of the list, some 15,000 hashes; then it begins anew
_OWN = 0o700
_OF_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def fault(folder: Path) -> Problem | None:
    """Why nothing of a folder for kept files may be used or written, if so."""

    def problem(message: str, hint: str) -> Problem:
        return Problem(folder.name, 0, f"{message}, so nothing of it is used", hint, "error")

    if not os.path.lexists(folder):
        return None
    links = [path for path in (folder, *folder.glob("*")) if path.is_symlink()]
    if links or not folder.is_dir():
        return problem("this is or has a symbolic link, or is no folder", f"delete {folder.name}")
    # In any case of its letters, as some file systems see no difference.
    if git(folder.parent, "ls-files", "--", f":(icase){folder.name}").out:
        told = f"say git rm -r --cached {folder.name}, and commit that"
        return problem("git keeps files of this folder for passing results of builds", told)
    return None


def load(file: Path) -> bytes | None:
    """What a file has, if it was made by a build of this user's."""
    with suppress(OSError):
        if stat.S_ISREG(file.lstat().st_mode):
            data = file.read_bytes()
            return data if _digest(file, data) in _known() else None
    return None


def keep(file: Path, data: bytes) -> None:
    """Write a file, if that is possible: a cache may be missing."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(file)  # never half a file, also where two builds run
        _remember(_digest(file, data))


def kept(file: Path | None, make: Callable[[], bytes]) -> bytes:
    """What a file has, else what is made for it."""
    data = load(file) if file else None
    if data is None:
        data = make()
        if file:
            keep(file, data)
    return data


def _digest(file: Path, data: bytes) -> str:
    """A hash of content and name: what is right for one picture is not for another."""
    return hashlib.sha256(f"{file.name}\0".encode() + data).hexdigest()


@cache
def _list() -> Path | None:
    """The list of hashes, in a folder in which only this user may write; None where there is none."""
    import platformdirs

    folder = platformdirs.user_cache_path("academic-homepage", appauthor=False)
    try:
        folder.mkdir(_OWN, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    own = not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & _OF_OTHERS)
    return folder / "made-here.txt" if folder.is_absolute() and own else None


@cache
def _known() -> set[str]:
    """The hashes that are in the list; other builds may add more."""
    file = _list()
    with suppress(OSError):
        if file and file.stat().st_size < _LONGEST:
            return set(file.read_text(encoding="ascii", errors="replace").split())
        if file:
            file.unlink()
    return set()


def _remember(digest: str) -> None:
    file = _list()
    if file and digest not in _known():
        with file.open("a", encoding="ascii") as added:
            added.write(f"{digest}\n")
        _known().add(digest)
