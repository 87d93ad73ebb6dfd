"""Fragments of HTML and XML from the templates in `overrides/fragments/`, always escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup


class Compiled(BytecodeCache):
    """Compiled templates, kept as long as the process: `mkdocs serve` builds again for every save.

    They are on no disk, as whoever could write a file of theirs there could run any code.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, unless its source is another by now."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._known[bucket.key] = bucket.checksum, bucket.code


COMPILED = Compiled()


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

    def __init__(self, directories: Sequence[str], **shared: object):
        self.environment = Environment(
            loader=FileSystemLoader([f"{d}/fragments" for d in directories]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            bytecode_cache=COMPILED,
            auto_reload=False,  # made anew in each build
        )
        self.environment.globals.update(shared)

    def render(self, name: str, **context: object) -> Markup:
        """The fragment as markup. Text in the context is escaped, `Markup` is not."""
        return Markup(self.environment.get_template(name).render(**context))
