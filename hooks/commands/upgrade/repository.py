"""Reads and makes trees, merges and commits in the owner's repository, but changes no file or branch.

`working_tree.py` does that. Git 2.34 is enough.
"""

from collections.abc import Container, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import click

from homepage.common import MISSING, git, without_password
from homepage.messages import printable

from .ownership import CONTENT, Blob, Tree

MACHINERY = ("--", ".", f":(exclude,icase){CONTENT}")
# What a user's settings would change.
_SETTINGS = ("core.quotePath=off", "merge.directoryRenames=false", "merge.renames=true",
             "merge.conflictStyle=merge", "http.lowSpeedLimit=1000", "http.lowSpeedTime=30")  # fmt: skip
_ENV = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "1"}


class GitFailed(click.ClickException):
    """Ends the command with what git says went wrong, on one line."""

    def format_message(self) -> str:
        """Return the message for the terminal."""
        return printable(f"Git says: {self.message}")


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
        text: str | bytes = b"",
        env: Mapping[str, str] = _ENV,
        good: Container[int] = (0,),
    ) -> bytes:
        """Return git's answer to some input; raises GitFailed unless the exit code is a good one."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        folder = Path(env.get("GIT_WORK_TREE", self.folder))
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
        said = git(folder, *settings, *args, seconds=None, text=data, env={**_ENV, **env})
        if said.code == MISSING:
            raise GitFailed("git is not there: install it (https://git-scm.com)")
        if said.code not in good:
            raise GitFailed(without_password(_reason(said.error)))
        return said.out

    def text(self, *args: str, **options: Any) -> str:
        """Return git's answer as text, without its last line break; for the options see `git`."""
        return self.git(*args, **options).decode("utf-8", "surrogateescape").removesuffix("\n")

    def items(self, *args: str, **options: Any) -> list[str]:
        """Return git's answer as a list, if its option -z ends each item with a NUL."""
        return self.text(*args, **options).split("\0")[:-1]

    def line(self, *args: str) -> str:
        """Return git's answer as text, or '' if it fails."""
        return self.text(*args, good=range(256))

    def tree(self, commit: str) -> dict[str, Blob]:
        """Return the files of a commit or a tree."""
        found = {}
        for line in self.items("ls-tree", "-r", "-z", commit):
            facts, _, path = line.partition("\t")
            mode, _, name = facts.split()
            found[path] = Blob(mode, name)
        return found

    def content(self, tree: Tree, path: str) -> bytes:
        """Return the content of a file, or nothing if there is none."""
        return self.git("cat-file", "blob", tree[path].id) if path in tree else b""

    def with_content(self, tree: Mapping[str, Blob], path: str, content: bytes) -> dict[str, Blob]:
        """Return a tree with other content of a file, if it has that file."""
        if path not in tree:
            return dict(tree)
        name = self.text("hash-object", "-w", "--stdin", text=content)
        return {**tree, path: tree[path]._replace(id=name)}

    def merge(self, base: Tree, ours: Tree, theirs: Tree, name: str) -> Merge:
        """Merge three trees in a folder of its own. What the owner has deleted stays deleted."""
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
            return Merge(self.text("write-tree", env=env), conflicts, deleted)

    def _write_tree(self, tree: Tree, env: Mapping[str, str]) -> str:
        """Write a tree, which stays in the index."""
        self.git("read-tree", "--empty", env=env)
        lines = (f"{blob.mode} {blob.id}\t{path}\0" for path, blob in tree.items())
        self.git("update-index", "-z", "--index-info", text="".join(lines), env=env)
        return self.text("write-tree", env=env)

    def commit(self, tree: str, message: str) -> str:
        """Make a commit on top of HEAD, which is on no branch yet."""
        return self.text("commit-tree", tree, "-p", "HEAD", "-m", message)


def _reason(said: str) -> str:
    lines = said.strip().splitlines() or ["it failed"]
    fatal = [line for line in lines if line.startswith(("fatal: ", "error: "))]
    reason = (fatal or lines)[0].removeprefix("fatal: ").removeprefix("error: ")
    names = [line.strip() for line in lines if line.startswith("\t")]
    return f"{reason} {', '.join(names)}" if names and reason.endswith(":") else reason
