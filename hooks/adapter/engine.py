"""The engine that builds the site: MkDocs with Material, or ProperDocs with MaterialX.

It is the one that runs, or that is installed; `ENGINE` in the Makefile says which that is to be.
ProperDocs answers to the name of MkDocs, from here on: all other modules import `mkdocs`. Without
packages, and by an old Python, this can be read, too.
"""

from __future__ import annotations

import logging
import re
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple


class Engine(NamedTuple):
    """What belongs to an engine; its command, its package and its loggers have its name."""

    name: str
    theme: str  # the package
    config: str  # what it reads settings from; where that is missing, mkdocs.yml
    venv: str
    lock: str
    wanted: tuple[str, ...]  # what the lock is made of …
    left_out: str = ""  # … but for these packages


ENGINES = (
    Engine(
        name="mkdocs",
        theme="mkdocs-material",
        config="mkdocs.yml",
        venv=".venv",
        lock="requirements.txt",
        wanted=("requirements.in",),
    ),
    Engine(
        name="properdocs",
        theme="mkdocs-materialx",
        config="properdocs.yml",
        venv=".venv-properdocs",
        lock="tests/longevity/requirements.txt",
        wanted=("requirements.in", "tests/longevity/requirements.in"),
        left_out="tests/longevity/left-out.txt",
    ),
)
_CHOICE = re.compile(r"^ENGINE\s*:?=\s*(\w+)", re.M)

_running = sys.modules.get("mkdocs")  # ProperDocs may be there already, with its own `__name__`
_installed = (e.name for e in ENGINES if find_spec(e.name))
NAME = _running.__name__ if _running else next(_installed, "")  # the core needs none
THIS = next((e for e in ENGINES if e.name == NAME), None)
LOGGER = NAME or "mkdocs"  # what all messages of the engine and its plugins pass

if NAME == "properdocs":
    import_module("properdocs.replacement")
    # As its own command does: some plugins call their logger mkdocs.… whatever the engine.
    logging.getLogger("mkdocs").parent = logging.getLogger(LOGGER)


def need() -> None:
    """Raise ModuleNotFoundError where there is no engine."""
    if not NAME:
        raise ModuleNotFoundError("No module named 'mkdocs'")


def chosen(root: Path) -> Engine:
    """The engine that the Makefile of a copy of this repository names."""
    makefile = root / "Makefile"
    found = _CHOICE.search(makefile.read_text(encoding="utf-8")) if makefile.is_file() else None
    return next((e for e in ENGINES if found and e.name == found[1]), ENGINES[0])


def config_file(folder: Path) -> Path:
    """The file that the engine reads the settings of a site from: ProperDocs' own adds to mkdocs.yml."""
    own = folder / (THIS or ENGINES[0]).config
    return own if own.is_file() else folder / "mkdocs.yml"


def settings_file(path: Path) -> Path:
    """The file that an owner writes settings into, given the one that the engine has read."""
    main = path.with_name("mkdocs.yml")
    is_added = path.name in [e.config for e in ENGINES]
    return main if is_added and main.is_file() else path
