"""Which files below docs/ are really there, and which only seem to be.

A symbolic link can mean any file of the machine that builds the site, and a loop of links has no end.
So a file counts only if it is a regular file whose real path, as os.path.realpath gives it, is below
the real path of docs/. Links within docs/ work, but show nothing that the settings leave out.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..model import Problem

_HINT, _AWAY = "put the file itself there, or delete the link", "delete it"
_OUT = "a symbolic link that leads out of docs/, so it is neither read nor published"
_NOWHERE = "a symbolic link that leads nowhere"
_LOOP = "a symbolic link to a folder that it is in, so it is not followed"
_NESTED = "a symbolic link in a folder that is linked itself, so it is not followed"
_LEFT_OUT = "a symbolic link to what the site leaves out, so it is not published"
_SPECIAL = "a pipe, socket or device and no file, so it is not published"


class Found(NamedTuple):
    """Files and folders by their path below docs/, and why others stay out: '' where nobody minds."""

    files: list[str]
    folders: list[str]
    faults: dict[str, str]

    def problems(self, docs: str) -> list[Problem]:
        """What is wrong; `docs` is the folder as messages name it."""
        return [_problem(f"{docs}/{p}", fault) for p, fault in sorted(self.faults.items()) if fault]


def look(docs: str | Path, is_left_out: Callable[[str], bool] = lambda _: False) -> Found:
    """Look at everything below a folder; `is_left_out` says which paths the settings leave out."""
    search = _Search(os.path.realpath(docs), is_left_out)
    search.folder("", search.root, linked=False)
    return search.found


def leads_out(path: Path, docs: Path) -> Problem | None:
    """What is wrong with a file that is below docs/ by its name, and really is elsewhere."""
    named, folder = (Path(os.path.abspath(p)) for p in (path, docs))  # noqa: PTH100 - no links followed
    if not named.is_relative_to(folder) or _is_below(os.path.realpath(path), os.path.realpath(docs)):
        return None
    return _problem(f"{docs.name}/{named.relative_to(folder).as_posix()}", _OUT)


def _problem(path: str, fault: str) -> Problem:
    return Problem(path, 0, f"this is {fault}", _AWAY if fault == _SPECIAL else _HINT, "error")


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)


class _Search:
    def __init__(self, root: str, is_left_out: Callable[[str], bool]):
        self.root, self.is_left_out = root, is_left_out
        self.found = Found([], [], {})

    def folder(self, path: str, real: str, *, linked: bool) -> None:
        """Look into a folder with this real path; `linked` says that a link led to it."""
        self.found.folders.append(path)
        with suppress(OSError), os.scandir(real) as entries:  # MkDocs skips unreadable folders, too
            for entry in sorted(entries, key=lambda e: e.name):
                self.entry(f"{path}/{entry.name}".lstrip("/"), real, entry, linked=linked)

    def entry(self, path: str, parent: str, entry: os.DirEntry[str], *, linked: bool) -> None:
        """Look at one file or folder in a folder with a real path."""
        is_folder = os.path.isdir(entry.path)  # noqa: PTH112 - never raises
        is_link = entry.is_symlink()
        # A folder may also be a junction of Windows, which only its real path tells.
        real = os.path.realpath(entry.path) if is_link or is_folder else entry.path
        is_link = is_link or real != entry.path
        inside = f"{path}/x" if is_folder else path
        fault = self.fault(real, parent, is_folder=is_folder, linked=linked) if is_link else ""
        if not is_folder and not fault and not os.path.isfile(real):  # noqa: PTH113 - as above
            fault = _SPECIAL
        if not fault and (linked or is_link) and self.shows_left_out(real, inside, is_folder=is_folder):
            fault = _LEFT_OUT
        if fault:
            self.found.faults[path] = "" if self.is_left_out(inside) else fault
        elif is_folder:
            self.folder(path, real, linked=linked or is_link)
        else:
            self.found.files.append(path)

    def fault(self, real: str, parent: str, *, is_folder: bool, linked: bool) -> str:
        """Why a link with this real path, in a folder with that one, cannot be followed, or ''."""
        if not os.path.lexists(real) or Path(real).is_symlink():  # the latter in a loop of links
            return _NOWHERE
        if real != self.root and not _is_below(real, self.root):
            return _OUT
        if is_folder and (real == parent or _is_below(parent, real)):
            return _LOOP
        return _NESTED if is_folder and linked else ""  # else links double with each folder

    def shows_left_out(self, real: str, path: str, *, is_folder: bool) -> bool:
        """Would a path that counts show what does not?"""
        there = os.path.relpath(real, self.root).replace(os.sep, "/")
        return self.is_left_out(f"{there}/x" if is_folder else there) and not self.is_left_out(path)
