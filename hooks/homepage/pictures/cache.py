"""Keeps files that are slow to make for the next build, in a folder that may be deleted at any time.

The folder is in the repository, where others may have put files. So a file is used only if this user's
builds have made it: its hash is listed in the user's cache folder, where nobody else can write.
"""

import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from ..common import git
from ..model import Problem

_LONGEST = 1_000_000  # bytes of the list, some 15,000 hashes; then it starts again
_OWN = 0o700
_OF_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def fault(folder: Path) -> Problem | None:
    """Return why a cache folder must not be used: it is a link, or git tracks it; else None."""
    if not os.path.lexists(folder):
        return None
    name = folder.name
    if not folder.is_dir() or any(path.is_symlink() for path in (folder, *folder.glob("*"))):
        message, hint = "this is or has a symbolic link, or is no folder", f"delete {name}"
    # In upper or lower case, which some file systems ignore.
    elif git(folder.parent, "ls-files", "--", f":(icase){name}").out:
        message = "git tracks files in this folder, which is for temporary results"
        hint = f"run: git rm -r --cached {name}, then commit"
    else:
        return None
    return Problem(name, 0, f"{message}, so nothing of it is used", hint, "error")


def load(file: Path) -> bytes | None:
    """Return the content of a file if a build of this user has made it, else None."""
    with suppress(OSError):
        if stat.S_ISREG(file.lstat().st_mode):
            data = file.read_bytes()
            return data if _digest(file, data) in _known() else None
    return None


def keep(file: Path, data: bytes) -> None:
    """Write a file; errors are ignored, as builds work without a cache."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(file)  # never half a file, even if two builds run
        _remember(_digest(file, data))


def load_or_make(file: Path | None, make: Callable[[], bytes]) -> bytes:
    """Return the content of a cached file, or make and keep it."""
    data = load(file) if file else None
    if data is None:
        data = make()
        if file:
            keep(file, data)
    return data


def _digest(file: Path, data: bytes) -> str:
    """Return a hash of content and name: a file is valid for one picture only."""
    return hashlib.sha256(f"{file.name}\0".encode() + data).hexdigest()


@cache
def _list() -> Path | None:
    """Return the path of the list of hashes, or None if others can write in its folder."""
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
    """Return the hashes in the list, once for all; other builds may add more."""
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
