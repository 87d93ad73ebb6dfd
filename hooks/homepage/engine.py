"""The engine that builds the site: MkDocs with Material, or ProperDocs with MaterialX.

It is the one that runs, or that is installed; `ENGINE` in the Makefile says which that is. ProperDocs
answers to the name of MkDocs, from here on: all other modules import `mkdocs`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

_running = sys.modules.get("mkdocs")  # ProperDocs may be there already, with its own `__name__`
_installed = (name for name in ("mkdocs", "properdocs") if find_spec(name))
NAME = _running.__name__ if _running else next(_installed, "")  # the core needs none

if NAME == "properdocs":
    import_module("properdocs.replacement")


def need() -> None:
    """Raise ModuleNotFoundError where there is no engine."""
    if not NAME:
        raise ModuleNotFoundError("No module named 'mkdocs'")


def config_file(folder: Path) -> Path:
    """The file that the engine reads the settings of a site from: ProperDocs' own adds to mkdocs.yml."""
    own = folder / f"{NAME}.yml"
    return own if own.is_file() else folder / "mkdocs.yml"


def settings_file(path: Path) -> Path:
    """The file that an owner writes settings into, given the one that the engine has read."""
    main = path.with_name("mkdocs.yml")
    return main if path.name == "properdocs.yml" and main.is_file() else path
