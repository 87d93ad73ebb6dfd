"""Finds the files of an old site that can be imported from its folder."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from commands.shared.site_files import stop
from homepage.common import is_device
from homepage.model import Problem

_IGNORED = frozenset(("node_modules", "_site", "vendor", ".jekyll-cache", "__pycache__", ".venv"))
_NOT_PORTABLE = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|[ .](?:/|$)")
_MAX_SIZE = 95_000_000  # bytes; GitHub rejects files of more than 100 MB


class Source(NamedTuple):
    """The files of an old site: their paths, and a function that reads one."""

    paths: tuple[str, ...]
    read: Callable[[str], bytes]


def stop_if_url(path: str) -> None:
    """Stop if somebody names an address: sites are only read from folders."""
    if Path(path).is_dir() or not re.match(r"\w+://|git@|(?:www\.)?git(?:hub|lab)\.com/", path):
        return
    address = path if re.match(r"\w+://|git@", path) else f"https://{path}"
    if re.search(r"git(?:hub|lab)\.com|\.git$|^git@", path):
        stop(f"{path} is not a folder. (Run git clone {address} first, then name the new folder.)")
    stop(f"{path} is not a folder. (Clone the repository of that site with git, then name its folder.)")


def read_folder(path: Path, new_site: Path) -> tuple[Source, list[Problem]]:
    """Return the files in a folder, and problems with files that cannot be imported."""
    root = path.resolve()
    if not root.is_dir():
        stop(f"{path} is not a folder. (Clone the old site's repository, and name its folder.)")
    if root == new_site or root.is_relative_to(new_site / "docs"):
        stop(f"{path} is part of this site. (Name the folder of the old one.)")
    names: dict[str, str] = {}  # by what they are on systems that ignore case
    problems = []
    for file in _files(root):
        name = file.relative_to(root).as_posix()
        if problem := _problem(file, root, name, names):
            problems.append(problem)
        elif file.is_file():
            names[name.lower()] = name
    if not names:
        stop(f"{path} is empty. (Clone the old site's repository, and name its folder.)")

    def read(name: str) -> bytes:
        try:
            return (root / name).read_bytes()
        except OSError as error:
            stop(f"{name}: the file cannot be read: {error.strerror} (check its permissions)")

    return Source(tuple(names.values()), read), problems


def _files(root: Path) -> Iterator[Path]:
    """Yield all files and symbolic links, except those of git."""
    for where, folders, files in os.walk(root):
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = sorted(
            f for f in folders if f not in _IGNORED and f not in links and not f.startswith(".git")
        )
        yield from (
            Path(where, name) for name in sorted([*files, *links]) if not name.startswith(".git")
        )


def _problem(file: Path, root: Path, name: str, known: Mapping[str, str]) -> Problem | None:
    """Return why a file cannot be imported, or None."""
    if fault := _name_fault(name):
        shown = "".join(c if c.isprintable() else "?" for c in name)
        return Problem(shown, 0, f"the file was not imported: {fault}", "rename it")
    if other := known.get(name.lower()):
        message = f"the file was not imported: its name differs from {other} only in case"
        return Problem(name, 0, message, "rename it")
    try:
        inside = file.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a loop of links
        inside = False
    if not inside or (file.is_symlink() and file.is_dir()):
        hint = "copy its target into docs/ if you want it"
        return Problem(name, 0, "the symbolic link was not imported", hint, "note")
    if file.is_file() and file.stat().st_size > _MAX_SIZE:
        message = "the file was not imported: it is too large for GitHub"
        return Problem(name, 0, message, "publish it elsewhere, and link to it")
    return None


def _name_fault(path: str) -> str:
    """Return why a path is not valid on every system, or ''."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "its name is not UTF-8"
    if _NOT_PORTABLE.search(path) or any(map(is_device, path.split("/"))):
        return "some systems do not allow its name"
    return ""
