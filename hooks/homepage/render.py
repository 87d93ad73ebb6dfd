"""Fragments of HTML and XML from the templates in `overrides/fragments/`, always escaped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup


def compiled(folder: Path) -> BytecodeCache | None:
    """Keeps compiled templates in a folder, as compiling takes a third of the build of a small site."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return FileSystemBytecodeCache(str(folder))
    except OSError:  # nothing can be written there
        return None


class Renderer:
    """Renders fragments; templates found first win, so that a theme folder can replace ours."""

    def __init__(self, directories: Sequence[str], cache: BytecodeCache | None = None, **shared: object):
        self.environment = Environment(
            loader=FileSystemLoader([f"{d}/fragments" for d in directories]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            bytecode_cache=cache,
            auto_reload=False,  # made anew in each build
        )
        self.environment.globals.update(shared)

    def render(self, name: str, **context: object) -> Markup:
        """The fragment as markup. Text in the context is escaped, `Markup` is not."""
        return Markup(self.environment.get_template(name).render(**context))
