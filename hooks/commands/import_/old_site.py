"""The old site: the files of its folder that can come along."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from commands.shared.site_files import (
    stop,
)
from homepage.common import is_device
from homepage.model import Problem

if TYPE_CHECKING:
    from .moved import Source


_NOT_IN = frozenset((".git", "node_modules", "_site", "vendor", ".jekyll-cache", "__pycache__", ".venv"))


_FOREIGN = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|[ .](?:/|$)")


_HEAVY = 95_000_000  # bytes; GitHub takes no file of more than 100 MB


def stop_if_elsewhere(path: str) -> None:
    """Old sites are read from folders, not from other hosts."""
    if Path(path).is_dir() or not re.match(r"\w+://|git@|(?:www\.)?git(?:hub|lab)\.com/", path):
        return
    address = path if re.match(r"\w+://|git@", path) else f"https://{path}"
    if re.search(r"git(?:hub|lab)\.com|\.git$|^git@", path):
        stop(f"{path} is no folder: clone it first: git clone {address}, then name what that made.")
    stop(f"{path} is no folder: clone the repository of that site first (git clone …), and name that.")


def read_folder(path: Path, folder: Path) -> tuple[Source, list[Problem]]:
    """The files of the old site. What leads out of it by symbolic links is left there, and told."""
    from .moved import Source

    root = path.resolve()
    if not root.is_dir():
        stop(f"{path} is no folder. (Clone the old site's repository, and name that.)")
    if root == folder or root.is_relative_to(folder / "docs"):
        stop(f"{path} is part of this site. (Name the folder of the old one, outside.)")
    names, problems = list[str](), list[Problem]()
    known: dict[str, str] = {}  # names by what they are where case does not count
    for where, folders, files in os.walk(root):
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = sorted(
            f for f in folders if f not in _NOT_IN and f not in links and not f.startswith(".git")
        )
        for name in sorted([*files, *links]):
            file = Path(where, name)
            shown = file.relative_to(root).as_posix()
            try:
                inside = file.resolve().is_relative_to(root)
            except (OSError, RuntimeError):  # links that mean each other
                inside = False
            if name.startswith(".git"):  # settings of git's, which would count here
                continue
            if fault := _name_fault(shown):
                message = f"its name is {fault}, and it did not come along"
                seen = "".join(c if c.isprintable() else "?" for c in shown)
                problems.append(Problem(seen, 0, message, "rename it"))
            elif shown.lower() in known:
                message = f"its name is that of {known[shown.lower()]} but for case"
                problems.append(Problem(shown, 0, f"{message}, and it did not come along", "rename it"))
            elif name in links or not inside:
                hint = "copy what it means into docs/ if you want it"
                message = "a symbolic link did not come along"
                problems.append(Problem(shown, 0, message, hint, "note"))
            elif file.is_file() and file.stat().st_size > _HEAVY:
                message = "the file is too large for GitHub, and did not come along"
                problems.append(Problem(shown, 0, message, "publish it elsewhere, and link to it"))
            elif file.is_file():
                known[shown.lower()] = shown
                names.append(shown)
    if not names:
        stop(f"{path} is empty. (Clone the old site's repository, and name that.)")

    def read(name: str) -> bytes:
        try:
            return (root / name).read_bytes()
        except OSError as error:
            stop(f"{name}: the file cannot be read: {error.strerror} (see that you may read it)")

    return Source(tuple(names), read), problems


def _name_fault(path: str) -> str:
    """Why a path cannot be one on every system, or ''."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "not UTF-8"
    if _FOREIGN.search(path) or any(map(is_device, path.split("/"))):
        return "none that every system knows"
    return ""
