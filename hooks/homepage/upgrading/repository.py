"""The owner's repository: what git is asked and told when the machinery is upgraded.

Until `move_to` and `show`, nothing is changed but what nobody sees: objects and refs of our own. Git
2.34 is enough.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ..git import MISSING, git
from .ownership import CONTENT, Blob, Tree, is_content

MACHINERY = ("--", ".", f":(exclude){CONTENT}")
_BEGUN = "refs/homepage/upgrade"  # what an upgrade is moving to
# What a user's settings would change.
_SETTINGS = ("core.quotePath=off", "merge.directoryRenames=false", "merge.renames=true",
             "merge.conflictStyle=merge", "http.lowSpeedLimit=1000", "http.lowSpeedTime=30")  # fmt: skip
_ENV = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "1"}
_LITERAL = {"GIT_LITERAL_PATHSPECS": "1"}
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
            raise GitFailed(_reason(said.error))
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
        status = self.git(
            "status", "--porcelain", "-z", "--no-renames", "--untracked-files=no", *MACHINERY
        )
        return [line[3:] for line in _split(status)]

    def commit(self, tree: str, message: str) -> str:
        """A commit on top of HEAD, that no branch has yet."""
        return self.git("commit-tree", tree, "-p", "HEAD", "-m", message).decode().strip()

    def move_to(self, commit: str) -> None:
        """Bring the branch and its files to a commit, or leave them as they were."""
        with _Begun(self, commit):
            self.git("merge", "--ff-only", "--quiet", "--no-verify-signatures", commit)
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

    def put_back(self) -> None:
        """Make the files that the begun upgrade changes what they are in HEAD."""
        old, new = self.tree("HEAD"), self.tree(self.begun())
        unsolved = _split(self.git("diff", "--name-only", "--diff-filter=U", "-z", *MACHINERY))
        moved = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
        paths = sorted(path for path in moved.union(unsolved) if not is_content(path))
        if paths:  # git would take none for all
            self.git("reset", "--quiet", *_FROM_INPUT, "HEAD", text=_joined(paths), env=_LITERAL)
        for path in (path for path in paths if path not in old):
            file = self.folder / path
            # Half a file is what git was writing; another one is the owner's.
            if file.is_file() and self.content(new, path).startswith(file.read_bytes()):
                file.unlink()
        if known := [path for path in paths if path in old]:
            self.git("checkout", "--quiet", *_FROM_INPUT, "HEAD", text=_joined(known), env=_LITERAL)
        self.finish()


class _Begun:
    """While files are being changed: a note of what to, and the way back if that fails."""

    def __init__(self, repository: Repository, commit: str):
        self._repository, self._commit = repository, commit

    def __enter__(self) -> None:
        self._repository.git("update-ref", _BEGUN, self._commit)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind:
            self._repository.put_back()


def _split(said: bytes) -> list[str]:
    return said.decode("utf-8", "surrogateescape").split("\0")[:-1]


def _joined(paths: Iterable[str]) -> bytes:
    return "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")


def _reason(said: str) -> str:
    lines = said.strip().splitlines() or ["it failed"]
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    return (fatal or lines)[0].removeprefix("fatal: ").removeprefix("error: ")
