"""Render fragments of HTML and XML from `overrides/fragments/`, with autoescaping."""

from collections.abc import Callable, Sequence
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup


class TemplateCache(BytecodeCache):
    """Keeps compiled templates in memory, for the rebuilds of `mkdocs serve`.

    They are not cached on disk, where a file written by somebody else could run any code.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a template, unless its source has changed."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the code of a template."""
        self._known[bucket.key] = bucket.checksum, bucket.code


TEMPLATE_CACHE = TemplateCache()


class BlockCache:
    """Renders theme blocks that all pages of papers in one folder share, each only once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, name: str, page: object, folder: str, render: Callable[[], str]) -> str:
        """Render a block; it is shared if `page.is_paper`."""
        if not getattr(page, "is_paper", False):
            return render()
        key = name, folder
        if key not in self._known:
            self._known[key] = render()
        return self._known[key]


class Renderer:
    """Renders fragments; the first directory with a template wins, so that a theme can replace it."""

    def __init__(self, directories: Sequence[str], **shared: object):
        self.environment = Environment(
            loader=FileSystemLoader([f"{d}/fragments" for d in directories]),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            bytecode_cache=TEMPLATE_CACHE,
            auto_reload=False,  # created for each build
        )
        self.environment.globals.update(shared)

    def render(self, name: str, **context: object) -> Markup:
        """Render a fragment. Text in the context is escaped, `Markup` is not."""
        return Markup(self.environment.get_template(name).render(**context))
