"""Git in the owner's repository: trees, merges and commits, made without touching a file or a branch.

What changes those is in `working_tree.py`. Git 2.34 is enough.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from homepage.common import MISSING, git, without_password

from .ownership import CONTENT, Blob, Tree

MACHINERY = ("--", ".", f":(exclude,icase){CONTENT}")
# What a user's settings would change.
_SETTINGS = ("core.quotePath=off", "merge.directoryRenames=false", "merge.renames=true",
             "merge.conflictStyle=merge", "http.lowSpeedLimit=1000", "http.lowSpeedTime=30")  # fmt: skip
_ENV = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "1"}


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

    def items(self, *args: str, env: Mapping[str, str] = _ENV) -> list[str]:
        """What git answers as a list, where its option -z ends each item with a NUL."""
        return self.git(*args, env=env).decode("utf-8", "surrogateescape").split("\0")[:-1]

    def line(self, *args: str) -> str:
        """What git answers without its last line break; '' where it has no answer."""
        return self.git(*args, good=range(256)).decode("utf-8", "surrogateescape").removesuffix("\n")

    def tree(self, commit: str) -> dict[str, Blob]:
        """What a commit or a tree has."""
        found = {}
        for line in self.items("ls-tree", "-r", "-z", commit):
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
            for line in self.items("ls-files", "--unmerged", "-z", env=env):
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

    def commit(self, tree: str, message: str) -> str:
        """A commit on top of HEAD, that no branch has yet."""
        return self.git("commit-tree", tree, "-p", "HEAD", "-m", message).decode().strip()


def _reason(said: str) -> str:
    lines = said.strip().splitlines() or ["it failed"]
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    reason = (fatal or lines)[0].removeprefix("fatal: ").removeprefix("error: ")
    names = [line.strip() for line in lines if line.startswith("\t")]
    return f"{reason} {', '.join(names)}" if names and reason.endswith(":") else reason
