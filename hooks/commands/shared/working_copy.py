"""Folders of sites as git knows them, and changes of them that happen as a whole or not at all."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path

from homepage.common import git

ROOT = Path(__file__).resolve().parents[3]
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


def is_copy(folder: Path) -> bool:
    """Is this a copy of this repository?"""
    return all(
        (folder / name).is_file() for name in ("mkdocs.yml", "hooks/cli.py", "hooks/site_events.py")
    )


def is_empty(folder: Path) -> bool:
    """Is nothing there, or nothing but a repository of git's, such as a clone of an empty one?"""
    return not folder.exists() or {path.name for path in folder.iterdir()} <= {".git", *_LITTER}


def files(folder: Path) -> list[str]:
    """What belongs to a copy of this repository: what git tracks there, else all that it would."""
    listed = _git(folder, "ls-files", "-z")
    if listed:
        names = listed.split("\0")
        return [name for name in names if name and (folder / name).is_file()]
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    left_out = {line.rstrip("/").rpartition("/")[2] for line in lines} | {".git", *_LITTER}
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(
        path.as_posix()
        for path in paths
        if not any(fnmatch(part, name) for part in path.parts for name in left_out)
    )


def unsaved(folder: Path, paths: Iterable[str]) -> list[str] | None:
    """Which of these paths have what git could not bring back; None if it keeps nothing of them."""
    if not _git(folder, "ls-files", "--", "mkdocs.yml"):
        return None
    told = _git(folder, "status", "--porcelain", "-z", "--no-renames", "--ignored",
                "--untracked-files=all", "--", *paths)  # fmt: skip
    if told is None:
        return None
    names = [line[3:] for line in told.split("\0") if line]
    # Files at which git was told not to look: its letter is small, or S.
    listed = (_git(folder, "ls-files", "-v", "-z", "--", *paths) or "").split("\0")
    names += [line[2:] for line in listed if line and (line[0].islower() or line[0] == "S")]
    return [name for name in names if name.rpartition("/")[2] not in _LITTER]


def remote(folder: Path) -> str:
    """The address of the remote `origin` of a folder that is a repository itself, or ''."""
    there = (folder / ".git").exists()
    return ((there and _git(folder, "remote", "get-url", "origin")) or "").strip()


def start(folder: Path, message: str) -> str:
    """Make a repository of a folder with a first commit; gives why that did not go, or ''."""
    if _git(folder, "--version") is None:
        return "git is not there"
    if not (folder / ".git").exists():
        _git(folder, "init", "--quiet")
        _git(folder, "symbolic-ref", "HEAD", "refs/heads/main")
    if _git(folder, "rev-parse", "--verify", "--quiet", "HEAD"):
        return "there are commits already"
    _git(folder, "add", "--all")
    done = _git(folder, "commit", "--quiet", "--message", message)
    return (
        "" if done is not None else "git does not know your name and mail, or something else hinders it"
    )


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A folder on the same disk for what is being made, which goes in the end, whatever happens."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    (stage / ".gitignore").write_text("*\n")  # where it is killed, it is not to be committed
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write files, by their path in a folder."""
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def copy(source: Path, names: Iterable[str], folder: Path) -> None:
    """Copy files, by their path in a folder, with their permissions; links stay links."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / name, path, follow_symlinks=False)


def exchange(
    folder: Path, new: Path, old: Path, names: Sequence[str], *, kept_by_git: bool = False
) -> None:
    """Put what `new` has at these paths in the place of what the folder has, which goes to `old`.

    What is not in `new` is only taken away. Whatever stops it undoes it. With `kept_by_git`, nothing
    is done where git could not bring back what is there, as after a change while a question waited.
    """
    if kept_by_git and (changed := unsaved(folder, names)):
        raise OSError(errno.EBUSY, "it was changed in the meantime, commit it first", changed[0])
    undo: list[tuple[Path, Path]] = []

    def move(source: Path, target: Path) -> None:
        if source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            undo.append((target, source))
            source.rename(target)

    try:
        for name in names:
            move(folder / name, old / name)
            move(new / name, folder / name)
    except BaseException:
        for target, source in reversed(undo):
            if target.exists() and not source.exists():
                target.rename(source)
        raise


def _git(folder: Path, *args: str) -> str | None:
    """What git says, or None where it fails or is not there."""
    said = git(folder, "-c", "core.quotepath=off", *args)
    return None if said.code else said.out.decode("utf-8", "surrogateescape")
