"""Find the files below docs/, without symbolic links that lead out of it.

A symbolic link can point to any file on the machine that builds the site, and links can form loops.
So a file counts only if it is a regular file whose real path (os.path.realpath) is below the real
path of docs/. Links within docs/ work, unless they lead to files that the settings leave out.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ..model import Problem

_HINT = "put the file itself there, or delete the link"
_OUT = "a symbolic link that leads out of docs/, so it is neither read nor published"
_NOWHERE = "a symbolic link that leads nowhere"
_LOOP = "a symbolic link to a folder that it is in, so it is not followed"
_NESTED = "a symbolic link in a folder that is linked itself, so it is not followed"
_LEFT_OUT = "a symbolic link to what the site leaves out, so it is not published"
_UNNAMED = "a file or folder whose name is not in UTF-8, so no address can lead to it"
_SPECIAL = "a pipe, socket or device and no file, so it is not published"

_HINTS = {_SPECIAL: "delete it", _UNNAMED: "give it another name"}


class DocsFiles(NamedTuple):
    """Paths of files and folders below docs/, and why others are ignored ('' needs no message)."""

    files: list[str]
    folders: list[str]
    faults: dict[str, str]

    def problems(self, docs: str) -> list[Problem]:
        """Report ignored files; `docs` is the name of the folder in messages."""
        return [_problem(f"{docs}/{p}", fault) for p, fault in sorted(self.faults.items()) if fault]


def scan(docs: str | Path, is_left_out: Callable[[str], bool] = lambda _: False) -> DocsFiles:
    """Scan a folder and its subfolders; `is_left_out` is true for paths that the settings leave out."""
    search = _Search(os.path.realpath(docs), is_left_out)
    search.folder("", search.root, linked=False)
    return search.found


def outside_docs(path: Path, docs: Path) -> Problem | None:
    """The problem with a file whose path is below docs/ but whose real path is not, or None."""
    named, folder = (Path(os.path.abspath(p)) for p in (path, docs))  # noqa: PTH100 - no links followed
    if not named.is_relative_to(folder) or _is_below(os.path.realpath(path), os.path.realpath(docs)):
        return None
    return _problem(f"{docs.name}/{named.relative_to(folder).as_posix()}", _OUT)


def _problem(path: str, fault: str) -> Problem:
    shown = path.encode("utf-8", "backslashreplace").decode()
    return Problem(shown, 0, f"this is {fault}", _HINTS.get(fault, _HINT), "error")


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)


class _Search:
    def __init__(self, root: str, is_left_out: Callable[[str], bool]):
        self.root, self.is_left_out = root, is_left_out
        self.found = DocsFiles([], [], {})

    def folder(self, path: str, real: str, *, linked: bool) -> None:
        """Scan a folder with this real path; `linked` is true if a link led to it."""
        self.found.folders.append(path)
        with suppress(OSError), os.scandir(real) as entries:  # MkDocs skips unreadable folders, too
            for entry in sorted(entries, key=lambda e: e.name):
                self.entry(f"{path}/{entry.name}".lstrip("/"), real, entry, linked=linked)

    def entry(self, path: str, parent: str, entry: os.DirEntry[str], *, linked: bool) -> None:
        """Check one file or folder; `parent` is the real path of its folder."""
        if any("\ud800" <= char <= "\udfff" for char in entry.name):  # bytes that are not UTF-8
            self.found.faults[path] = _UNNAMED
            return
        is_folder = os.path.isdir(entry.path)  # noqa: PTH112 - never raises
        is_link = entry.is_symlink()
        # Only the real path shows that a folder is a junction on Windows.
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
        """Why a link to this real path, in the folder `parent`, is not followed, or ''."""
        if not os.path.lexists(real) or Path(real).is_symlink():  # the latter in a loop of links
            return _NOWHERE
        if real != self.root and not _is_below(real, self.root):
            return _OUT
        if is_folder and (real == parent or _is_below(parent, real)):
            return _LOOP
        return _NESTED if is_folder and linked else ""  # else links multiply with each level

    def shows_left_out(self, real: str, path: str, *, is_folder: bool) -> bool:
        """Would this path publish a file that the settings leave out?"""
        there = os.path.relpath(real, self.root).replace(os.sep, "/")
        return self.is_left_out(f"{there}/x" if is_folder else there) and not self.is_left_out(path)
