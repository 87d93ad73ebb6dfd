"""The owner's repository: what git is asked and told when the machinery is upgraded.

Until `move_to` and `show`, nothing is changed but what nobody sees: objects and refs of our own. Git
2.34 is enough.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from homepage.common import MISSING, git, without_password

from .ownership import CONTENT, Blob, Tree, is_content

MACHINERY = ("--", ".", f":(exclude,icase){CONTENT}")
_BEGUN = "refs/homepage/upgrade"  # what an upgrade is moving to
# What a user's settings would change.
_SETTINGS = ("core.quotePath=off", "merge.directoryRenames=false", "merge.renames=true",
             "merge.conflictStyle=merge", "http.lowSpeedLimit=1000", "http.lowSpeedTime=30")  # fmt: skip
_ENV = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "1"}
_LITERAL = {"GIT_LITERAL_PATHSPECS": "1"}
_SKIP = "skip-worktree"
_STATUS = ("status", "--porcelain", "-z", "--no-renames", "--untracked-files=no")
_FROM_INPUT = ("--pathspec-from-file=-", "--pathspec-file-nul")


class GitFailed(Exception):
    """What git says went wrong, in a line."""


class Merge(NamedTuple):
    """A tree, and the files in it that have both sides: their places (1, 2, 3) in git's index."""

    tree: str
    conflicts: dict[str, dict[int, Blob]]
    deleted: list[str]  # by the owner, though the template has changed them


class Repository:
    """A repository whose top folder is a site's."""

    def __init__(self, folder: Path):
        self.folder = folder

    def git(
        self,
        *args: str,
        text: bytes = b"",
        env: Mapping[str, str] = _ENV,
        good: Container[int] = (0,),
    ) -> bytes:
        """What git says to some text; raises GitFailed unless the exit code is a good one."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        folder = Path(env.get("GIT_WORK_TREE", self.folder))
        said = git(folder, *settings, *args, seconds=None, text=text, env={**_ENV, **env})
        if said.code == MISSING:
            raise GitFailed("git is not there: install it (https://git-scm.com)")
        if said.code not in good:
            raise GitFailed(without_password(_reason(said.error)))
        return said.out

    def line(self, *args: str) -> str:
        """What git answers without its last line break; '' where it has no answer."""
        return self.git(*args, good=range(256)).decode("utf-8", "surrogateescape").removesuffix("\n")

    # -- trees -------------------------------------------------------------------

    def tree(self, commit: str) -> dict[str, Blob]:
        """What a commit or a tree has."""
        found = {}
        for line in _split(self.git("ls-tree", "-r", "-z", commit)):
            facts, _, path = line.partition("\t")
            mode, _, name = facts.split()
            found[path] = Blob(mode, name)
        return found

    def content(self, tree: Tree, path: str) -> bytes:
        """The content of a file, or nothing where there is none."""
        return self.git("cat-file", "blob", tree[path].id) if path in tree else b""

    def with_content(self, tree: Mapping[str, Blob], path: str, content: bytes) -> dict[str, Blob]:
        """A tree with other content of a file, if it has that file."""
        if path not in tree:
            return dict(tree)
        name = self.git("hash-object", "-w", "--stdin", text=content).decode().strip()
        return {**tree, path: tree[path]._replace(id=name)}

    def merge(self, base: Tree, ours: Tree, theirs: Tree, name: str) -> Merge:
        """Three trees merged by git, in a folder apart. What the owner has deleted stays so."""
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            env = {
                "GIT_DIR": self.line("rev-parse", "--absolute-git-dir"),
                "GIT_INDEX_FILE": str(Path(folder, "index")),
                "GIT_WORK_TREE": str(Path(folder, "files")),
            }
            Path(folder, "files").mkdir()
            ids = [self._write_tree(tree, env) for tree in (base, theirs, ours)]
            env |= {f"GITHEAD_{ids[1]}": name, f"GITHEAD_{ids[2]}": "yours"}
            merge = ("-c", "core.sparseCheckout=off", "merge-recursive", ids[0], "--", ids[2], ids[1])
            self.git(*merge, env=env, good=(0, 1))
            conflicts: dict[str, dict[int, Blob]] = {}
            for line in _split(self.git("ls-files", "--unmerged", "-z", env=env)):
                facts, _, path = line.partition("\t")
                mode, blob, stage = facts.split()
                conflicts.setdefault(path, {})[int(stage)] = Blob(mode, blob)
            deleted = [path for path, stages in conflicts.items() if stages.keys() == {1, 3}]
            for path, stages in list(conflicts.items()):
                mode, blob = stages.get(2) or stages[max(stages)]
                entry = ("--add", "--cacheinfo", f"{mode},{blob},{path}")
                if path in deleted:
                    del conflicts[path]
                    entry = ("--force-remove", "--", path)
                elif Path(folder, "files", path).is_file():
                    entry = ("--add", "--", path)
                self.git("update-index", *entry, env=env)
            tree = self.git("write-tree", env=env).decode().strip()
            return Merge(tree, conflicts, deleted)

    def _write_tree(self, tree: Tree, env: Mapping[str, str]) -> str:
        """Make a tree, which stays in the index."""
        self.git("read-tree", "--empty", env=env)
        lines = (f"{blob.mode} {blob.id}\t{path}\0" for path, blob in tree.items())
        text = "".join(lines).encode("utf-8", "surrogateescape")
        self.git("update-index", "-z", "--index-info", text=text, env=env)
        return self.git("write-tree", env=env).decode().strip()

    # -- the owner's files -------------------------------------------------------

    def uncommitted(self) -> list[str]:
        """Files of the machinery that are not as they were committed."""
        return [line[3:] for line in _split(self.git(*_STATUS, *MACHINERY))]

    def hidden(self) -> dict[str, str]:
        """Files that are not as they were committed, though git was told not to look; and by what."""
        flags = {p: flag for p, flag in self._flags().items() if os.path.lexists(self.folder / p)}
        if not flags:
            return {}
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            env = {"GIT_INDEX_FILE": str(Path(folder, "index"))}  # one without such flags
            self.git("-c", "core.sparseCheckout=off", "read-tree", "HEAD", env=env)
            changed = {line[3:] for line in _split(self.git(*_STATUS, *MACHINERY, env=env))}
        return {path: flag for path, flag in flags.items() if path in changed}

    def _flags(self) -> dict[str, str]:
        """The files that git was told not to look at, or to leave out of the folder."""
        tags = [line.split(" ", 1) for line in _split(self.git("ls-files", "-v", "-z", *MACHINERY))]
        return {
            path: _SKIP if tag in "Ss" else "assume-unchanged"
            for tag, path in tags
            if tag.islower() or tag == "S"
        }

    def in_the_way(self, added: Iterable[str], removed: Container[str]) -> list[str]:
        """What is where files are to be added, also by a name that some systems hold for the same."""
        found: dict[str, None] = {}
        for path in added:
            folders = [self.folder]
            *parents, name = path.split("/")
            for part in parents:
                there = [place for folder in folders for place in _called(folder, part)]
                folders = [place for place in there if place.is_dir() and not place.is_symlink()]
                found |= dict.fromkeys(self._path(p) for p in there if p not in folders)
            found |= dict.fromkeys(self._path(p) for folder in folders for p in _called(folder, name))
        return [path for path in found if path not in removed]

    def _path(self, place: Path) -> str:
        return place.relative_to(self.folder).as_posix()

    def commit(self, tree: str, message: str) -> str:
        """A commit on top of HEAD, that no branch has yet."""
        return self.git("commit-tree", tree, "-p", "HEAD", "-m", message).decode().strip()

    def move_to(self, commit: str) -> None:
        """Bring the branch and its files to a commit, or leave them as they were."""
        with _Begun(self, commit):
            how = ("--ff-only", "--no-overwrite-ignore", "--quiet", "--no-verify-signatures")
            self.git("merge", *how, commit)
        self.finish()

    def show(self, commit: str, conflicts: Mapping[str, Mapping[int, Blob]]) -> None:
        """Bring the files alone to a commit, for the owner to solve conflicts and to commit them."""
        lines = (
            f"{blob.mode} {blob.id} {stage}\t{path}\0"
            for path, stages in conflicts.items()
            for stage, blob in ((0, Blob("0", "0" * len(commit))), *stages.items())
        )
        with _Begun(self, commit):
            self.git("read-tree", "-m", "-u", "HEAD", commit)
            text = "".join(lines).encode("utf-8", "surrogateescape")
            self.git("update-index", "-z", "--index-info", text=text)

    def begun(self) -> str:
        """The commit to which an upgrade was moving that has not come to its end, or ''."""
        return self.line("rev-parse", "--verify", "--quiet", _BEGUN)

    def finish(self) -> None:
        """Forget that an upgrade was begun."""
        self.git("update-ref", "-d", _BEGUN)

    def unlock(self) -> None:
        """Take away the lock that a git which was killed has left; no other may be working."""
        Path(self.folder, self.line("rev-parse", "--git-path", "index.lock")).unlink(missing_ok=True)

    def put_back(self) -> list[str]:
        """Make the files that the begun upgrade changes what they are in HEAD.

        But for those that the owner has changed since: they stay, and are named.
        """
        old, new = self.tree("HEAD"), self.tree(self.begun())
        unsolved = _split(self.git("diff", "--name-only", "--diff-filter=U", "-z", *MACHINERY))
        moved = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
        paths = sorted(path for path in moved.union(unsolved) if not is_content(path))
        if paths:  # git would take none for all
            self.git("reset", "--quiet", *_FROM_INPUT, "HEAD", text=_joined(paths), env=_LITERAL)
        for path in (path for path in paths if path not in old and self._is_written(path, new)):
            self._remove(path)
        known = [path for path in paths if path in old]
        flags = self._flags()
        left_out = {p for p in known if flags.get(p) == _SKIP and not os.path.lexists(self.folder / p)}
        if written := [path for path in known if path not in left_out and self._is_written(path, new)]:
            how = ("--quiet", f"--ignore-{_SKIP}-bits", *_FROM_INPUT)
            self.git("checkout", *how, "HEAD", text=_joined(written), env=_LITERAL)
        changed = set(self.uncommitted())
        self.finish()
        return [path for path in known if path in changed]

    def _is_written(self, path: str, new: Tree) -> bool:
        """Is what is there of git's writing, or nothing? Half a file is; what is not is the owner's."""
        place = self.folder / path
        above = [self.folder / parent for parent in Path(path).parents][:-1]
        if any(folder.is_symlink() or folder.is_file() for folder in above):
            return False
        if place.is_symlink():
            return os.fsencode(place.readlink()) == self.content(new, path)
        if place.is_file():
            found = place.read_bytes()
            content = self.content(new, path)
            return content.startswith(found) or _plain(content).startswith(_plain(found))
        return not os.path.lexists(place)

    def _remove(self, path: str) -> None:
        """Take away a file, and the folders that are empty then."""
        (self.folder / path).unlink(missing_ok=True)
        for parent in [*Path(path).parents][:-1]:
            with suppress(OSError):
                (self.folder / parent).rmdir()


class _Begun:
    """While files are being changed: a note of what to, and the way back if that fails."""

    def __init__(self, repository: Repository, commit: str):
        self._repository, self._commit = repository, commit

    def __enter__(self) -> None:
        self._repository.git("update-ref", _BEGUN, self._commit)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:
            self._repository.put_back()


def _called(folder: Path, name: str) -> list[Path]:
    return [place for place in folder.iterdir() if place.name.casefold() == name.casefold()]


def _split(said: bytes) -> list[str]:
    return said.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _joined(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")


def _plain(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")


def _reason(said: str) -> str:
    lines = said.strip().splitlines() or ["it failed"]
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    reason = (fatal or lines)[0].removeprefix("fatal: ").removeprefix("error: ")
    names = [line.strip() for line in lines if line.startswith("\t")]
    return f"{reason} {', '.join(names)}" if names and reason.endswith(":") else reason
