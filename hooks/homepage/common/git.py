"""Run git with the owner's settings and credentials."""

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

MISSING, TOO_SLOW = -1, -2  # exit codes of our own
NO_PROMPTS = {"GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": "ssh -oBatchMode=yes"}  # never prompts
# Git sets these in its hooks, for the repository that runs the hook.
_OF_HOOKS = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
# Reading must not update the owner's index.
_ENV = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
_OTHER_OWNER = re.compile(
    r"(?:dubious ownership|unsafe repository).*?(git config --global --add safe\.directory \S[^\n]*)",
    re.S,
)
_USER = re.compile(r"(?<=://)[^/\s]*@")  # up to the last @, as a password may contain some


class GitResult(NamedTuple):
    """The result of a git command."""

    code: int
    out: bytes = b""
    error: str = ""

    @property
    def text(self) -> str:
        """The output as stripped text."""
        return self.out.decode("utf-8", "replace").strip()


def other_owner(result: GitResult) -> str:
    """The command that lets git read a folder of another user, if it refused to, else ''.

    It is git's own remedy (git-config's `safe.directory`), as in containers and on shared disks.
    """
    match = _OTHER_OWNER.search(result.error) if result.code else None
    return " ".join(match[1].split()) if match else ""


def without_password(text: str) -> str:
    """Remove user names and passwords from the addresses in a text."""
    return _USER.sub("", text)


def git(
    folder: Path,
    *args: str,
    seconds: float | None = 60,
    text: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> GitResult:
    """Run git in a folder; the code is MISSING if it is not installed, TOO_SLOW after `seconds`.

    `text` is its standard input, `env` has additional variables. Git asks for passwords on the
    terminal itself. Its messages are in English.
    """
    own = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *args],  # noqa: S607 - the owner's own
            capture_output=True,
            check=False,
            env={**own, **_ENV, **(env or {})},
            input=text,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return GitResult(TOO_SLOW, error=f"no answer in {seconds:.0f} seconds")
    except OSError as error:
        return GitResult(MISSING, error=str(error))
    return GitResult(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
