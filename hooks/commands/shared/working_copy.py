"""Copies of this repository: what git says about them, and changes that happen fully or not at all."""

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
    """Is the folder missing, or empty but for .git, such as the clone of an empty repository?"""
    return not folder.exists() or {path.name for path in folder.iterdir()} <= {".git", *_LITTER}


def files(folder: Path) -> list[str]:
    """Return the files of a copy of this repository: those that git tracks, or would track."""
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


def uncommitted(folder: Path, paths: Iterable[str]) -> list[str] | None:
    """Return the files at these paths that git could not restore; None if it tracks no mkdocs.yml."""
    if not _git(folder, "ls-files", "--", "mkdocs.yml"):
        return None
    status = _git(folder, "status", "--porcelain", "-z", "--no-renames", "--ignored",
                  "--untracked-files=all", "--", *paths)  # fmt: skip
    if status is None:
        return None
    names = [line[3:] for line in status.split("\0") if line]
    # Files marked assume-unchanged or skip-worktree: their letter is small, or S.
    listed = (_git(folder, "ls-files", "-v", "-z", "--", *paths) or "").split("\0")
    names += [line[2:] for line in listed if line and (line[0].islower() or line[0] == "S")]
    return [name for name in names if name.rpartition("/")[2] not in _LITTER]


def remote(folder: Path) -> str:
    """Return the address of the remote `origin` if the folder is the root of a repository, or ''."""
    there = (folder / ".git").exists()
    return ((there and _git(folder, "remote", "get-url", "origin")) or "").strip()


def start(folder: Path, message: str) -> str:
    """Make a folder a repository with a first commit; returns why that failed, or ''."""
    if _git(folder, "--version") is None:
        return "git is not installed"
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
def staging_folder(folder: Path) -> Iterator[Path]:
    """Provide a temporary folder inside another one, on the same disk, that is always deleted."""
    folder.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    (stage / ".gitignore").write_text("*\n")  # if the process is killed, git ignores the folder
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
    """Replace these paths in a folder by those in `new`; the former ones are moved to `old`.

    Paths that are not in `new` are only removed. Any exception undoes all moves. With `kept_by_git`,
    OSError is raised if git could not restore the files, as after an edit during a question.
    """
    if kept_by_git and (changed := uncommitted(folder, names)):
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
    """Return git's output, or None if it fails or is not installed."""
    said = git(folder, "-c", "core.quotepath=off", *args)
    return None if said.code else said.out.decode("utf-8", "surrogateescape")
