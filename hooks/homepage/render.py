"""Fragments of HTML and XML from the templates in `overrides/fragments/`, always escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


class Once:
    """Blocks of a theme that are the same on all pages of papers in one folder, each rendered once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, name: str, page: object, folder: str, render: Callable[[], str]) -> str:
        """A block of a page; `page.is_paper` says whether it is such a page."""
        if not getattr(page, "is_paper", False):
            return render()
        key = name, folder
        if key not in self._known:
            self._known[key] = render()
        return self._known[key]


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
