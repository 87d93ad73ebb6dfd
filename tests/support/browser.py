"""The Chromium of the tests; run this file to install it, and bibtex."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# What a browser does on its own account, it must not do here: no request leaves the machine.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# Chromium; what Playwright's driver needs; and fonts, without which there is no text to see.
DEBIAN = ("libatomic1", "fonts-liberation", "chromium")


def find() -> str | None:
    """Path of a Chromium: HP_CHROMIUM, else one on PATH; none means Playwright's own."""
    return os.environ.get("HP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def started() -> Iterator[Browser]:
    """Start the browser, and end it."""
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=find(), args=FLAGS) as browser,
    ):
        yield browser


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true; Playwright's own way needs eval, which pages forbid."""
    for _ in range(300):
        if page.evaluate(f"!!({expression})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def trouble() -> str:
    """Why the browser does not start, told by a process of its own; '' if it starts."""
    code = "import browser\nwith browser.started(): pass"
    command = [sys.executable, "-c", code]
    folder = Path(__file__).parent
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    return done.stderr if done.returncode else ""


def debian(*packages: str) -> None:
    """Install Debian's packages where that can be done without asking for a password."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not shutil.which("apt-get") or not (root or shutil.which("sudo")):
        return
    apt = (*([] if root else ["sudo", "-n"]), "apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=300")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*apt, "update"], env=env, check=False)
    for package in packages:  # one by one: Ubuntu has no chromium, but the others
        command = [*apt, "install", "--no-install-recommends", package]
        subprocess.run(command, env=env, check=False)


def install() -> None:
    """Install Debian's Chromium as root, elsewhere Playwright's."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if root:
        debian(*DEBIAN)
    if find() is None:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run([*command, *(["--with-deps"] if root else [])], check=False)


if __name__ == "__main__":
    if not shutil.which("bibtex"):  # of TeX, for test_references.py
        debian("texlive-binaries")
    if trouble():
        install()
        if why := trouble():
            sys.exit(f"{why}\nNo Chromium starts: install one, or set HP_CHROMIUM to its path.")
