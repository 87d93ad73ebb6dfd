"""Builds the imported site as `make publish` does, and collects what stops it."""

import os
import re
import subprocess
import sys
import tempfile
from logging import WARNING, getLevelNamesMapping
from pathlib import Path

from adapter import engine
from commands.shared.build_log import LogMessage, Source, read
from commands.shared.findings import Finding, line_at, problem

_MESSAGE = re.compile(r"([A-Z]+)\s+-\s+(.*)")


def problems(folder: Path) -> list[Finding]:
    """Return everything that a strict build of the site in a folder reports."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as site:
        words = ("build", "--strict", "--site-dir", site)
        done = subprocess.run(  # noqa: S603 - our own Python
            [sys.executable, "-m", engine.LOGGER, *words],
            cwd=folder,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")

    def line(path: str, wanted: str) -> int:
        file = folder / path
        text = file.read_text("utf-8", "replace") if file.is_file() else ""
        return line_at(text, text.find(wanted))

    source = Source(lambda name: f"docs/{name}", line, lambda *_: False)
    found = [f for several in read(_messages(said), source).values() for f in several]
    found.sort(key=lambda finding: finding.place)
    if done.returncode and not found:
        last = next(iter(said.strip().splitlines()[-1:]), "it stopped")
        found = [problem(f"the site cannot be built: {last}", "make serve says more")]
    return found


def _messages(said: str) -> list[LogMessage]:
    """Return the warnings and errors in a build's log; the lines of one are joined."""
    found: list[LogMessage] = []
    for line in said.splitlines():
        if match := _MESSAGE.match(line):
            found.append(LogMessage(getLevelNamesMapping().get(match[1], 0), match[2]))
        elif found and line.startswith(" "):
            found[-1] = LogMessage(found[-1].level, f"{found[-1].text} {line.strip()}")
    return [message for message in found if message.level >= WARNING]
