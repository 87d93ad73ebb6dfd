"""Reads the files that commands get, finds the site around a file, and builds it."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from adapter import engine
from homepage.common import real_files
from homepage.model import Problem, Refusal
from homepage.pages import menu, settings
from homepage.publications import Source, collection, find_local

from .build_log import LogMessage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class SiteAround(NamedTuple):
    """The site that a file belongs to: its owner, its people, and its docs/ folder."""

    owner: str = ""
    people: Source | None = None
    venues: Source | None = None
    docs: Path | None = None
    bibliography: tuple[Source, ...] = ()  # all files, or () if this one is not among them
    merge_versions: bool = True
    public_fields: tuple[str, ...] = ()
    named: tuple[str, ...] = ()  # the setting `bibliography`
    is_named: bool = True  # does that name the file?

    def local_file(self, name: str) -> str | None:
        """Return the path of a file in docs/, or the name itself if there is no site around."""
        docs = self.docs
        if docs is None:
            return name
        return find_local(name, lambda path: os.path.isfile(docs / path))  # noqa: PTH113 - never raises


def read(file: str) -> Source | Problem:
    """Read the bytes of a file, or return why that failed."""
    try:
        return Source(file, Path(file).read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Problem(file, 0, f"the file cannot be read: {reason}", "check its path", "error")


def read_inside(file: str) -> Source | Problem:
    """Read the bytes of a file, but not through a symbolic link out of the site's docs/."""
    path = Path(os.path.abspath(file))  # noqa: PTH100 - resolve() would follow links
    root = next((f for f in path.parents if engine.config_file(f).is_file()), None)
    if root and os.path.realpath(path) != str(Path(os.path.realpath(root), path.relative_to(root))):
        config = _around(path.parent)  # slow, so only if there is a link
        docs = root / "docs" if config is None or isinstance(config, Refusal) else Path(config.docs_dir)
        if problem := real_files.outside_docs(path, docs):
            return replace(problem, path=file)
    return read(file)


def site_around(source: Source) -> SiteAround:
    """Return the site around a file; an empty one if the file is not in the docs/ of a site."""
    this = Path(source.path).resolve()
    config = _around(this.parent)
    if config is None or isinstance(config, Refusal):
        return SiteAround()
    docs = Path(config.docs_dir)
    if not this.is_relative_to(docs.resolve()):
        return SiteAround()
    found, _ = settings.load(config.extra.get("homepage"), "", "")
    name = this.relative_to(docs.resolve()).as_posix()  # the file may not exist yet
    paths = [docs / name for name in _bibliography(docs, found.bibliography, name)]
    whole = [source if path.resolve() == this else _optional(path) for path in paths]
    return SiteAround(
        owner=config.site_author or "",
        people=_optional(docs / found.people),
        venues=_optional(docs / found.venues),
        docs=docs,
        bibliography=tuple(s for s in whole if s) if source in whole else (),
        merge_versions=found.merge_versions,
        public_fields=tuple(name.lower() for name in found.public_fields),
        named=tuple(found.bibliography),
        is_named=source in whole,
    )


def first_bibliography(folder: Path) -> Path | Refusal:
    """Return the path of the first bibliography file around a folder, or why there is none."""
    hint = "say which file to add to: --file docs/publications.bib"
    config = _around(folder)
    if config is None:
        return Refusal(f"There is no mkdocs.yml here or above: go to your site's folder, or {hint}.")
    if isinstance(config, Refusal):
        return config
    found, _ = settings.load(config.extra.get("homepage"), "", "")
    docs = Path(config.docs_dir)
    first = _bibliography(docs, found.bibliography)[0]
    return Refusal(f"No file is there for {first}: {hint}.") if "*" in first else docs / first


def _around(folder: Path) -> MkDocsConfig | Refusal | None:
    """Load the configuration of the site around a folder; None if there is no site."""
    from mkdocs.config import load_config

    paths = (engine.config_file(parent) for parent in (folder, *folder.parents))
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        return None
    try:
        return load_config(str(path))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - hooks and plugins raise what they like
        hint = f"mend what `{engine.NAME} build` reports ({error})"
        return Refusal(f"{engine.settings_file(path)} cannot be read: {hint}.")


def _bibliography(docs: Path, wanted: Sequence[str], *more: str) -> list[str]:
    """Return the paths of bibliography files in docs/, `more` included; some may not exist."""
    names = {*more, *(path.relative_to(docs).as_posix() for path in docs.rglob("*.bib"))}
    return collection.matching(wanted, names)


def _optional(path: Path) -> Source | None:
    source = read_inside(str(path))
    return None if isinstance(source, Problem) else source


class SiteBuild(NamedTuple):
    """A site after a build: its settings and files, and all messages of the build."""

    said: list[LogMessage]
    failed: str = ""  # why the build failed, or ''
    settings: dict[str, Any] | None = None  # of mkdocs.yml
    homepage: dict[str, Any] = {}  # noqa: RUF012 - never changed; those under extra.homepage
    problems: list[Problem] = []  # noqa: RUF012 - with the settings under extra.homepage
    docs: Path = Path("docs")
    bibliography: tuple[str, ...] = ()  # paths in docs/
    pages: tuple[str, ...] = ()  # paths in docs/ of published Markdown
    built: dict[str, str] = {}  # noqa: RUF012 - the HTML file of each page


def build(root: Path, site: Path) -> SiteBuild:
    """Build the site of the folder `root` into the folder `site`; raises nothing."""
    from mkdocs.commands import build as command
    from mkdocs.config import load_config

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    path = engine.config_file(root)
    main = engine.settings_file(path)
    text = main.read_text(encoding="utf-8", errors="replace")
    with _captured_log() as said:
        try:
            config = load_config(str(path), site_dir=str(site))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - plugins raise what they like
            return SiteBuild(said, _reason(error, said))
        docs = Path(config.docs_dir)
        wanted, problems = settings.load(config.extra.get("homepage"), text, main.name)
        names = sorted(real_files.scan(docs).files)
        marked = [n for n in names if n.endswith(".md") and _only_in_nav(docs / n)]
        off = menu.left_out(names, marked, menu.titles(config.nav))
        pages = tuple(name for name in names if name.endswith(".md") and name not in off)
        whole = SiteBuild(
            said, "", {**config}, vars(wanted), problems, docs,
            tuple(collection.matching(wanted.bibliography, names)), pages,
        )  # fmt: skip
        try:
            config.plugins.on_startup(command="build", dirty=False)
            command.build(config)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - as above
            return whole._replace(failed=_reason(error, said))
        return whole._replace(built={name: _built(name, config) for name in pages})


@contextmanager
def _captured_log() -> Iterator[list[LogMessage]]:
    """Collect the log messages of MkDocs and its plugins instead of printing them."""
    said: list[LogMessage] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(LogMessage(record.levelno, record.getMessage()))

    log, collector = logging.getLogger(engine.LOGGER), Collector()
    before = log.level, log.propagate
    log.addHandler(collector)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield said
    finally:
        log.removeHandler(collector)
        log.level, log.propagate = before


def _reason(error: BaseException, said: list[LogMessage]) -> str:
    """Return why a build failed: its logged errors, which are removed from `said`, or the exception."""
    from mkdocs.exceptions import MkDocsException

    errors = [text for level, text in said if level >= logging.ERROR]
    said[:] = [message for message in said if message.level < logging.ERROR]
    if errors or isinstance(error, MkDocsException):
        return "; ".join(dict.fromkeys([*errors, *filter(None, [str(error)])]))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error}, in {frame.filename}:{frame.lineno}"


def _only_in_nav(file: Path) -> bool:
    return menu.is_only_in_nav(file.read_text(encoding="utf-8-sig", errors="replace"))


def _built(name: str, config: Any) -> str:
    from mkdocs.structure.files import File

    return File(name, config.docs_dir, config.site_dir, config.use_directory_urls).dest_uri
