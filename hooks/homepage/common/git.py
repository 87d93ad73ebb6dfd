"""Git as the owner's shell would call it: with their settings and their credentials."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

MISSING, TOO_SLOW = -1, -2  # exit codes of our own
QUIET = {"GIT_TERMINAL_PROMPT": "0", "GIT_SSH_COMMAND": "ssh -oBatchMode=yes"}  # asks for nothing
# In a hook of git's these are set, for the repository that it was called in.
_OF_HOOKS = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
# Looking at the owner's files is not to write into their index.
_ENV = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
_USER = re.compile(r"(?<=://)[^/\s]*@")  # up to the last @: a password may have some


class Said(NamedTuple):
    """How a call of git ended, and what it wrote."""

    code: int
    out: bytes = b""
    error: str = ""

    @property
    def text(self) -> str:
        """What it wrote, without the end of the last line."""
        return self.out.decode("utf-8", "replace").strip()


def without_password(text: str) -> str:
    """The text without who logs in, and with what, in the addresses that it has."""
    return _USER.sub("", text)


def git(
    folder: Path,
    *args: str,
    seconds: float | None = 60,
    text: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> Said:
    """Call git in a folder, for so long at most; MISSING is the code where there is none.

    `text` is what it reads, `env` are further variables. What git asks, such as for a password, it
    asks at the terminal itself. Messages are in English.
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
        return Said(TOO_SLOW, error=f"no answer in {seconds:.0f} seconds")
    except OSError as error:
        return Said(MISSING, error=str(error))
    return Said(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
