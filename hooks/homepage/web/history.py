"""Reads from git when files and bibliography entries last changed, in a few calls for all files.

Dates are the UTC days of commits, so that the same commit gives the same dates. Uncommitted changes
have no date, and nothing has one without git or in a shallow clone.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..common import git
from ..model import Publication

_LINE = re.compile(rb"([0-9a-f]{40,64}) \d+ (\d+)")
_UNCOMMITTED = b"0"
# Settings of git that users may have changed.
_SAME_ANYWHERE = ("core.quotePath=off", "log.showRoot=on", "log.showSignature=off", "log.follow=off")


class History(NamedTuple):
    """The date of the last change of each file by its path, and of each line of some files."""

    files: dict[str, str]
    lines: dict[str, dict[int, str]]

    def of(self, path: str, works: Iterable[Publication] = ()) -> str:
        """Return when the page of a file, which shows these works, last changed, or ''."""
        return max((self.files.get(path, ""), *map(self.of_work, works)))

    def of_work(self, publication: Publication) -> str:
        """Return when an entry last changed: the latest date of its lines, or ''."""
        entry = publication.entry
        lines = self.lines.get(entry.path)
        if not lines:
            return ""
        spans = [(entry.line, 0), *((f.line, f.value.count("\n")) for f in entry.fields.values())]
        return max(lines.get(n, "") for line, more in spans for n in range(line, line + more + 1))


def read(folder: Path, docs: str, bibliographies: Sequence[str]) -> History:
    """Read the history of the files in `docs`, and of each line of the bibliographies.

    Paths are relative to `folder`, which is in the repository.
    """
    state, _, commit = _git(folder, "rev-parse", "--is-shallow-repository", "HEAD").partition(b"\n")
    if state != b"false":
        return History({}, {})
    return _read(folder, docs, commit, tuple((path, _digest(folder / path)) for path in bibliographies))


def _digest(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b""


@lru_cache(maxsize=1)  # `mkdocs serve` builds often, and git blame is slow
def _read(
    folder: Path, docs: str, _commit: bytes, bibliographies: tuple[tuple[str, bytes], ...]
) -> History:
    files: dict[str, str] = {}
    log = _git(folder, "log", "--format=%x00%ct", "--name-only", "--relative", "--no-renames",
               "--", docs)  # fmt: skip
    for commit in log.split(b"\0")[1:]:
        seconds, _, names = commit.partition(b"\n")
        for name in names.decode("utf-8", "replace").split("\n"):
            files.setdefault(name, _day(seconds))
    return History(files, {path: _blame(folder, path) for path, _ in bibliographies if path in files})


def _blame(folder: Path, path: str) -> dict[int, str]:
    """Return the date of each line; see `git help blame`, "The porcelain format"."""
    days: dict[bytes, str] = {}
    lines: dict[int, bytes] = {}
    commit = b""
    blame = _git(folder, "blame", "--porcelain", "--no-ignore-revs-file", "--", path)
    for text in blame.split(b"\n"):
        if match := _LINE.match(text):
            commit = match[1]
            lines[int(match[2])] = commit
        elif text.startswith(b"committer-time "):
            days[commit] = "" if not commit.strip(_UNCOMMITTED) else _day(text.split()[1])
    return {number: days[commit] for number, commit in lines.items()}


def _day(seconds: bytes) -> str:
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%d")


def _git(folder: Path, *args: str) -> bytes:
    """Return git's output, or b"" if git fails or is not installed."""
    settings = [word for setting in _SAME_ANYWHERE for word in ("-c", setting)]
    said = git(folder, *settings, *args)
    return said.out if said.code == 0 else b""
