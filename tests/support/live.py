"""A preview with live reload, as `make serve` starts one."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import ENV


@dataclass
class Served:
    """A running preview."""

    folder: Path
    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def save(self, name: str, text: str) -> None:
        """Save a file of the owner's as editors do: at one stroke."""
        new = self.folder / "new"
        new.write_text(text, encoding="utf-8")
        new.replace(self.folder / "docs" / name)

    def html(self) -> str:
        """The home page as it is served now."""
        with urllib.request.urlopen(self.url, timeout=10) as response:
            return str(response.read().decode("utf-8"))

    def until(self, what: Callable[[], bool]) -> None:
        """Wait until something is so; the log tells why it is not."""
        end = time.monotonic() + 60
        while time.monotonic() < end and self.process.poll() is None:
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                if what():
                    return
            time.sleep(0.1)
        pytest.fail(self.log.read_text(encoding="utf-8"))

    def shows(self, *wanted: str, without: str | None = None) -> None:
        """Wait until the home page has these texts, and not that one."""

        def so() -> bool:
            html = self.html()
            return all(text in html for text in wanted) and (not without or without not in html)

        self.until(so)

    def says(self, *wanted: str) -> None:
        """Wait until one line of the log has these texts."""
        self.until(
            lambda: any(
                all(text in line for text in wanted)
                for line in self.log.read_text(encoding="utf-8").splitlines()
            )
        )


@contextlib.contextmanager
def preview(folder: Path, *engine: str | Path) -> Iterator[Served]:
    """Preview the site in a folder by `python -m mkdocs`, or another engine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "log"
    with (
        log.open("wb") as sink,
        subprocess.Popen(
            [*engine, "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=folder,
            env={**os.environ, **ENV},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield Served(folder, f"http://127.0.0.1:{port}/", log, process)
        finally:
            process.kill()
