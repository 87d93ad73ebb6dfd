"""Git repositories of tests."""

import os
from collections.abc import Mapping
from pathlib import Path

from support import ENV, run

# Nothing of the caller's git: a hook of theirs or a signature would tell nothing of ours.
GIT_ENV = {
    **{name: value for name, value in ENV.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Owner",
    "GIT_AUTHOR_EMAIL": "owner@example.org",
    "GIT_COMMITTER_NAME": "Owner",
    "GIT_COMMITTER_EMAIL": "owner@example.org",
}


def git(folder: Path, *args: str | Path, env: Mapping[str, str] = GIT_ENV) -> str:
    """Run git in a folder; it must succeed. Gives what it said."""
    code, output = run("git", *args, cwd=folder, env=env)
    assert code == 0, output
    return output


def commit(folder: Path, message: str = "All", env: Mapping[str, str] = GIT_ENV) -> None:
    """Commit everything that is in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", f"--message={message}", env=env)


def dated(day: str) -> dict[str, str]:
    """The environment in which commits are of a day."""
    stamp = f"{day}T12:00:00+0000"
    return {**GIT_ENV, "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
