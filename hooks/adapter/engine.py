"""The engine that builds the site: MkDocs with Material, or ProperDocs with MaterialX.

It is the running one, or the installed one; `ENGINE` in the Makefile chooses it. Importing this module
makes `import mkdocs` work with ProperDocs, so that all other modules import `mkdocs`. It needs no
packages, and an old Python can import it, too.
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
    """An engine and its files; its command, package and loggers have its name."""

    name: str
    theme: str  # the package
    config: str  # its settings file; mkdocs.yml if that is missing
    venv: str
    lock: str
    wanted: tuple[str, ...]  # the files that the lock is made from …
    left_out: str = ""  # … and the file of packages that are left out of it


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
LOGGER = NAME or "mkdocs"  # the parent of all loggers of the engine and its plugins

if NAME == "properdocs":
    import_module("properdocs.replacement")
    # As ProperDocs' own command does: some plugins always log to mkdocs.….
    logging.getLogger("mkdocs").parent = logging.getLogger(LOGGER)


def need() -> None:
    """Raise ModuleNotFoundError if no engine is installed."""
    if not NAME:
        raise ModuleNotFoundError("No module named 'mkdocs'")


def chosen(root: Path) -> Engine:
    """Return the engine that the Makefile in a copy of this repository names."""
    makefile = root / "Makefile"
    found = _CHOICE.search(makefile.read_text(encoding="utf-8")) if makefile.is_file() else None
    return next((e for e in ENGINES if found and e.name == found[1]), ENGINES[0])


def config_file(folder: Path) -> Path:
    """Return the settings file that the engine reads; ProperDocs' own one inherits mkdocs.yml."""
    own = folder / (THIS or ENGINES[0]).config
    return own if own.is_file() else folder / "mkdocs.yml"


def settings_file(path: Path) -> Path:
    """Return the settings file that owners edit, given the one that the engine has read."""
    main = path.with_name("mkdocs.yml")
    is_added = path.name in [e.config for e in ENGINES]
    return main if is_added and main.is_file() else path
