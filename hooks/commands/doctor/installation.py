"""Checks the running Python, its virtual environment, and its packages against the lock.

This also runs if packages are missing, so it needs the standard library of an old Python only. With
the package `packaging` it is more exact.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from adapter import engine
from adapter.engine import ENGINES, Engine
from commands.shared.command_names import relative
from commands.shared.findings import Finding, advice, ok, problem
from homepage.messages import first_few

OLDEST = (3, 11)
ABSENT = "missing of"  # how a message about packages that are not there begins
_PIN = re.compile(r"([A-Za-z0-9][\w.-]*)==([^\s;\\]+)[ \t]*(?:;[ \t]*([^\\]*?))?[ \t]*\\?$")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_HAS_PACKAGING = find_spec("packaging") is not None
_ASK = f"""
import click, sys
from importlib.util import find_spec
sys.exit(not any(map(find_spec, {[e.name for e in ENGINES]})))
"""


class Venv(NamedTuple):
    """A virtual environment: its Python, whether that is the running one, and its engine."""

    folder: Path
    python: Path
    is_this: bool
    engine: Engine

    def can(self, code: str) -> bool:
        """Can its Python run this code?"""
        try:
            done = subprocess.run(  # noqa: S603 - no shell
                [str(self.python), "-c", code], capture_output=True, check=False, timeout=60
            )
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def is_whole(self) -> bool:
        """Can its Python import the most important packages?"""
        return self.can(_ASK)


def venv(root: Path) -> Venv:
    """Return the virtual environment of a folder, where `make` and the README put it.

    It is the running one; else that of the installed engine, that of the chosen engine, or any.
    """
    first = engine.THIS if engine.THIS and sys.prefix != sys.base_prefix else engine.chosen(root)
    places = [_venv(root, first), *(_venv(root, e) for e in ENGINES if e != first)]
    for place in places:
        if place.is_this:
            return place._replace(engine=engine.THIS or place.engine)
    if first == engine.THIS:
        return places[0]
    return next((place for place in places if place.folder.is_dir()), places[0])


def _venv(root: Path, of: Engine) -> Venv:
    folder = root / of.venv
    in_windows = folder / "Scripts/python.exe"
    windows = in_windows.exists() or (os.name == "nt" and not (folder / "bin").exists())
    python = in_windows if windows else folder / "bin/python"
    is_this = folder.is_dir() and Path(sys.prefix).resolve() == folder.resolve()
    return Venv(folder, python, is_this, of)


def install(place: Venv, *, fresh: bool) -> str:
    """Return the commands that install the lock's packages; `fresh` creates the environment again."""
    lock = relative(place.folder.parent / place.engine.lock)
    python = "py" if os.name == "nt" else "python3"
    # The locks are complete: without --no-deps, pip would install MkDocs beside ProperDocs.
    pip = f"{relative(place.python)} -m pip install --require-hashes --no-deps -r {lock}"
    made = f"{python} -m venv --clear {relative(place.folder)}, then: " if fresh else ""
    return f"run: {made}{pip}"


def check_python(place: Venv) -> list[Finding]:
    """Is this Python new enough, and in a virtual environment?"""
    this = "{}.{}.{}".format(*sys.version_info)
    if sys.version_info < OLDEST:
        wanted = "{}.{}".format(*OLDEST)
        hint = f"install Python {wanted} or newer from https://www.python.org, then "
        message = f"{this} is too old, {wanted} or newer is needed"
        return [problem(message, hint + install(place, fresh=True))]
    if place.is_this:
        return [ok(f"{this}, in the virtual environment {relative(place.folder)}")]
    if sys.prefix != sys.base_prefix:
        return [ok(f"{this}, in the virtual environment {sys.prefix}")]
    if place.folder.is_dir() and not place.can(""):
        hint = install(place, fresh=True)
        return [problem(f"the Python of {relative(place.folder)} does not start any more", hint)]
    if place.folder.is_dir():
        hint = f"use {relative(place.python)}"
        return [advice(f"{this} is not that of {relative(place.folder)}", hint)]
    return [advice(f"{this}, outside of any virtual environment", install(place, fresh=True))]


class Pin(NamedTuple):
    """A package in a lock: its version, environment marker, line and number of hashes."""

    name: str
    version: str
    marker: str
    line: int
    hashes: int


def pins(lock: str) -> list[Pin]:
    """Return the packages of a lock written by uv or pip-tools."""
    found: list[Pin] = []
    for number, line in enumerate(lock.splitlines(), 1):
        match = _PIN.match(line)
        if match:
            found.append(Pin(canonical(match[1]), match[2], match[3] or "", number, 0))
        elif found and line.lstrip().startswith("--hash="):
            found[-1] = found[-1]._replace(hashes=found[-1].hashes + 1)
    return found


def canonical(name: str) -> str:
    """Return the normalized name of a package (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(name: str) -> str | None:
    """Return the installed version of a package, or None."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return None


def check_packages(
    lock: str, place: Venv, found: Callable[[str], str | None] = installed
) -> list[Finding]:
    """Are the packages of the lock installed, in its versions?"""
    name = place.engine.lock
    there = [(pin, found(pin.name)) for pin in pins(lock) if _applies(pin.marker)]
    if not there:
        return [problem(f"{name} names no packages", f"take {name} of the template again")]
    missing = [pin.name for pin, has in there if has is None]
    others = [
        f"{pin.name} {has} instead of {pin.version}"
        for pin, has in there
        if has is not None and not _same(has, pin.version)
    ]
    if not missing and not others:
        return [ok(f"all {len(there)} of {name} are there, in its versions")]
    hint = install(place, fresh=not place.can("import pip"))
    lists = {f"{ABSENT} {name}": missing, f"other versions than in {name}": others}
    return [problem(f"{what}: {first_few(names)}", hint) for what, names in lists.items() if names]


def check_lock(of: Engine, texts: Mapping[str, str]) -> list[Finding]:
    """Does the engine's lock have all required packages, with hashes? `texts` has files by name."""
    found: dict[str, list[Pin]] = {}
    for pin in pins(texts[of.lock]):
        found.setdefault(pin.name, []).append(pin)
    left_out = {match[0] for match in map(_NAME.match, texts.get(of.left_out, "").splitlines()) if match}
    told = []
    lines = ((name, *row) for name in of.wanted for row in enumerate(texts[name].splitlines(), 1))
    for name, number, line in lines:
        match = _NAME.match(line)
        if not match or match[0] in left_out:
            continue
        here = found.get(canonical(match[0]), [])
        if not here or not all(_allows(line, pin.version) for pin in here):
            has = f" but {here[0].version}" if here else ""
            message = f"{of.lock} has no '{line.partition('#')[0].strip()}'{has}"
            told.append(problem(message, "run: make lock", f"{name}:{number}"))
    told += [
        problem(f"'{pin.name}' has no hash", "run: make lock", f"{of.lock}:{pin.line}")
        for several in found.values()
        for pin in several
        if not pin.hashes
    ]
    return told or [ok(f"{of.lock} has all of {' and '.join(of.wanted)}, with hashes")]


def _applies(marker: str) -> bool:
    if not marker or not _HAS_PACKAGING:
        return not marker  # of others it is not known
    from packaging.markers import Marker

    return Marker(marker).evaluate()


def _same(one: str, other: str) -> bool:
    if not _HAS_PACKAGING:
        return one == other
    from packaging.version import Version

    return Version(one) == Version(other)


def _allows(line: str, pinned: str) -> bool:
    if not _HAS_PACKAGING:
        return True  # not known
    from packaging.requirements import InvalidRequirement, Requirement

    try:
        return Requirement(line.partition(" #")[0].strip()).specifier.contains(pinned, prereleases=True)
    except InvalidRequirement:
        return False
