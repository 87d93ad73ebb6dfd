"""Builds the site, and collects its settings, its files and the log of the build."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from adapter import engine
from commands.shared.build_log import LogMessage
from commands.shared.findings import described
from homepage.common import real_files
from homepage.model import Problem
from homepage.pages import menu, settings
from homepage.publications import matching


class SiteBuild(NamedTuple):
    """A site after a build: its settings and files, and all messages of the build."""

    log: list[LogMessage]
    failed: str = ""  # why the build failed, or ''
    settings: dict[str, Any] | None = None  # of mkdocs.yml
    homepage: dict[str, Any] = {}  # noqa: RUF012 - never changed; those under extra.homepage
    problems: list[Problem] = []  # noqa: RUF012 - with the settings under extra.homepage
    docs: Path = Path("docs")
    bibliography: tuple[str, ...] = ()  # paths in docs/
    pages: tuple[str, ...] = ()  # paths in docs/ of published Markdown
    built: dict[str, str] = {}  # noqa: RUF012 - the HTML file of each page

    def setting(self, name: str) -> str:
        """Return a setting of mkdocs.yml, or '' if it is missing or empty."""
        return str((self.settings or {}).get(name) or "")


def build(root: Path, site: Path) -> SiteBuild:
    """Build the site of the folder `root` into the folder `site`; raises nothing."""
    from mkdocs.commands import build as command
    from mkdocs.config import load_config
    from mkdocs.structure.files import File

    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    path = engine.config_file(root)
    main = engine.settings_file(path)
    text = main.read_text(encoding="utf-8", errors="replace")
    with _captured_log() as said:
        whole = SiteBuild(said)
        try:
            config = load_config(str(path), site_dir=str(site))
            docs = Path(config.docs_dir)
            wanted, problems = settings.load(config.extra.get("homepage"), text, main.name)
            names = sorted(real_files.scan(docs).files)
            marked = [n for n in names if n.endswith(".md") and _only_in_nav(docs / n)]
            off = menu.left_out(names, marked, menu.titles(config.nav))
            pages = tuple(name for name in names if name.endswith(".md") and name not in off)
            bibliography = tuple(matching(wanted.bibliography, names))
            whole = SiteBuild(said, "", {**config}, vars(wanted), problems, docs, bibliography, pages)
            config.plugins.on_startup(command="build", dirty=False)
            command.build(config)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - plugins raise what they like
            return whole._replace(failed=_reason(error, said))
        places = (config.docs_dir, config.site_dir, config.use_directory_urls)
        return whole._replace(built={name: File(name, *places).dest_uri for name in pages})


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
    return described(error)


def _only_in_nav(file: Path) -> bool:
    return menu.is_only_in_nav(file.read_text(encoding="utf-8-sig", errors="replace"))
