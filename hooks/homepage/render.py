"""Fragments of HTML and XML from the templates in `overrides/fragments/`, always escaped."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup


class Renderer:
    """Renders fragments; templates found first win, so that a theme folder can replace ours."""

    def __init__(self, directories: Sequence[str], **shared: object):
        self.environment = Environment(
            loader=FileSystemLoader([f"{d}/fragments" for d in directories]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,  # made anew in each build
        )
        self.environment.globals.update(shared)

    def render(self, name: str, **context: object) -> Markup:
        """The fragment as markup. Text in the context is escaped, `Markup` is not."""
        return Markup(self.environment.get_template(name).render(**context))
