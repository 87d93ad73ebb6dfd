"""Git as the owner's shell would call it: with their settings and their credentials."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

MISSING, TOO_SLOW = -1, -2  # exit codes of our own


class Said(NamedTuple):
    """How a call of git ended, and what it wrote."""

    code: int
    out: bytes = b""
    error: str = ""

    @property
    def text(self) -> str:
        """What it wrote, without the end of the last line."""
        return self.out.decode("utf-8", "replace").strip()


def git(folder: Path, *args: str, seconds: float = 60) -> Said:
    """Call git in a folder, for so long at most; MISSING is the code where there is none.

    What git asks, such as for a password, it asks at the terminal itself. Messages are in English.
    """
    # Looking at the owner's files is not to write into their index.
    env = os.environ | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *args],  # noqa: S607 - the owner's own
            capture_output=True,
            check=False,
            env=env,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return Said(TOO_SLOW, error=f"no answer in {seconds:.0f} seconds")
    except OSError as error:
        return Said(MISSING, error=str(error))
    return Said(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))
