"""Finds uncommitted changes, brings the owner's files and branch to a commit, and restores them."""

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from .ownership import Blob, Tree, is_content
from .repository import MACHINERY, Repository

_BEGUN = "refs/homepage/upgrade"  # what an upgrade is moving to
_LITERAL = {"GIT_LITERAL_PATHSPECS": "1"}
_SKIP = "skip-worktree"
_STATUS = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=no")
_FROM_INPUT = ("--pathspec-from-file=-", "--pathspec-file-nul")


def uncommitted(repository: Repository) -> list[str]:
    """Return files of the machinery with changes that are not committed."""
    return [line[3:] for line in repository.items(*_STATUS, *MACHINERY)]


def hidden(repository: Repository) -> dict[str, str]:
    """Return files with such changes that git ignores, and the flag that makes it do so."""
    flags = {p: flag for p, flag in _flags(repository).items() if os.path.lexists(repository.folder / p)}
    if not flags:
        return {}
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        env = {"GIT_INDEX_FILE": str(Path(folder, "index"))}  # one without such flags
        repository.git("-c", "core.sparseCheckout=off", "read-tree", "HEAD", env=env)
        changed = {line[3:] for line in repository.items(*_STATUS, *MACHINERY, env=env)}
    return {path: flag for path, flag in flags.items() if path in changed}


def _flags(repository: Repository) -> dict[str, str]:
    """Return files whose changes git ignores, or that it leaves out of the folder, with that flag."""
    tags = [(line[0], line[2:]) for line in repository.items("ls-files", "-v", "-z", *MACHINERY)]
    kinds = {path: _SKIP if tag in "Ss" else "assume-unchanged" for tag, path in tags}
    return {path: kinds[path] for tag, path in tags if tag.islower() or tag == "S"}


def in_the_way(repository: Repository, added: Iterable[str], removed: Container[str]) -> list[str]:
    """Return files where new ones are to be added, or whose names differ from these by case only."""
    found: dict[Path, None] = {}
    for path in added:
        folders = [repository.folder]
        *parents, name = path.split("/")
        for part in parents:
            there = [place for folder in folders for place in _called(folder, part)]
            folders = [place for place in there if place.is_dir() and not place.is_symlink()]
            found |= dict.fromkeys(place for place in there if place not in folders)
        found |= dict.fromkeys(place for folder in folders for place in _called(folder, name))
    paths = (place.relative_to(repository.folder).as_posix() for place in found)
    return [path for path in paths if path not in removed]


def move_to(repository: Repository, commit: str) -> None:
    """Bring the branch and its files to a commit, or leave them as they were."""
    with _marked_as_begun(repository, commit):
        how = ("--ff-only", "--no-overwrite-ignore", "--quiet", "--no-verify-signatures")
        repository.git("merge", *how, commit)
    finish(repository)


def show(repository: Repository, commit: str, conflicts: Mapping[str, Mapping[int, Blob]]) -> None:
    """Bring only the files to a commit: the owner solves the conflicts and commits."""
    lines = (
        f"{blob.mode} {blob.id} {stage}\t{path}\0"
        for path, stages in conflicts.items()
        for stage, blob in ((0, Blob("0", "0" * len(commit))), *stages.items())
    )
    with _marked_as_begun(repository, commit):
        repository.git("read-tree", "-m", "-u", "HEAD", commit)
        repository.git("update-index", "-z", "--index-info", text="".join(lines))


@contextmanager
def _marked_as_begun(repository: Repository, commit: str) -> Iterator[None]:
    """Note the commit while the files are changed to it, and put them back if that fails."""
    repository.git("update-ref", _BEGUN, commit)
    try:
        yield
    except BaseException:
        put_back(repository)
        raise


def unfinished(repository: Repository) -> str:
    """Return the commit that an unfinished upgrade was moving to, or ''."""
    return repository.line("rev-parse", "--verify", "--quiet", _BEGUN)


def finish(repository: Repository) -> None:
    """Forget that an upgrade was begun."""
    repository.git("update-ref", "-d", _BEGUN)


def unlock(repository: Repository) -> None:
    """Remove the lock that a killed git has left. No other git may be running."""
    lock = repository.line("rev-parse", "--git-path", "index.lock")
    Path(repository.folder, lock).unlink(missing_ok=True)


def put_back(repository: Repository) -> list[str]:
    """Restore the files that an unfinished upgrade changes to what they are in HEAD.

    Files that the owner has changed since stay as they are; returns their paths.
    """
    old, new = repository.tree("HEAD"), repository.tree(unfinished(repository))
    unsolved = repository.items("diff", "--name-only", "--diff-filter=U", "-z", *MACHINERY)
    moved = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    paths = sorted(path for path in moved.union(unsolved) if not is_content(path))
    if paths:  # git would take none for all
        repository.git("reset", "--quiet", *_FROM_INPUT, "HEAD", text="\0".join(paths), env=_LITERAL)
    for path in (path for path in paths if path not in old and _is_written(repository, path, new)):
        (repository.folder / path).unlink(missing_ok=True)
        for parent in [*Path(path).parents][:-1]:  # if they are empty now
            with suppress(OSError):
                (repository.folder / parent).rmdir()
    known = [path for path in paths if path in old]
    flags = _flags(repository)
    left_out = {p for p in known if flags.get(p) == _SKIP and not os.path.lexists(repository.folder / p)}
    if written := [
        path for path in known if path not in left_out and _is_written(repository, path, new)
    ]:
        how = ("--quiet", f"--ignore-{_SKIP}-bits", *_FROM_INPUT)
        repository.git("checkout", *how, "HEAD", text="\0".join(written), env=_LITERAL)
    changed = set(uncommitted(repository))
    finish(repository)
    return [path for path in known if path in changed]


def _is_written(repository: Repository, path: str, new: Tree) -> bool:
    """Has git written what is there (maybe half of it), or is nothing there? Else it is the owner's."""
    place = repository.folder / path
    above = [repository.folder / parent for parent in Path(path).parents][:-1]
    if any(folder.is_symlink() or folder.is_file() for folder in above):
        return False
    if place.is_symlink():
        return os.fsencode(place.readlink()) == repository.content(new, path)
    if place.is_file():
        found = place.read_bytes()
        content = repository.content(new, path)
        return content.startswith(found) or _plain(content).startswith(_plain(found))
    return not os.path.lexists(place)


def _called(folder: Path, name: str) -> list[Path]:
    return [place for place in folder.iterdir() if place.name.casefold() == name.casefold()]


def _plain(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")
