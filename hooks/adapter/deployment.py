"""`mkdocs gh-deploy`, made safe: whole sites only, nothing lost, and a word before it happens."""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from . import deployment_plan, engine
from .build import Build, log
from .published_branch import Place


class Deployment:
    """What one process does besides building, if it is told to publish.

    Made before MkDocs tells what is wrong in mkdocs.yml: that counts, too.
    """

    def __init__(self, still_examples: Callable[[str], bool]) -> None:
        self._still_examples = still_examples  # of a text
        self._warnings = CountHandler(level=logging.WARNING)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        logging.getLogger(engine.LOGGER).addHandler(self._warnings)

    def start(self, command: str, *, dirty: bool) -> None:
        """Begin with a command of MkDocs'."""
        if command != "gh-deploy":
            logging.getLogger(engine.LOGGER).removeHandler(self._warnings)
            return
        if dirty:
            raise PluginError("gh-deploy --dirty would publish half a site: leave --dirty out")
        # Of its own, so that no other build cleans it while it is read.
        self._folder = tempfile.TemporaryDirectory(prefix="homepage-")

    def place(self, config: MkDocsConfig) -> None:
        """Say where to build."""
        if self._folder:
            config.site_dir = self._folder.name

    def check(self, build: Build) -> None:
        """Tell what will be published, or stop."""
        if not self._folder:
            return
        if found := sum(self._warnings.counts.values()):
            told = "the problem" if found == 1 else f"the {found} problems"
            raise PluginError(f"Nothing was published: mend {told} above first.")
        config = build.config
        pages, works = len(build.files.documentation_pages()), len(build.content.works)
        given_up = build.settings.domain == ""
        plan = deployment_plan.plan(_place(config), Path(config.site_dir), no_domain=given_up)
        if plan.refusal:
            raise PluginError(f"Nothing was published: {plan.refusal}")
        for line in (*plan.lines, f"pages: {pages}, publications: {works}", *self._examples(build)):
            log.info(line)
        sys.excepthook = _explain  # from here on, gh-deploy works alone

    def _examples(self, build: Build) -> Iterator[str]:
        """What of the starter's is published, in a line, if there is any."""
        docs = Path(build.config.docs_dir)
        pages = (file.src_uri for file in build.files.documentation_pages())
        names = dict.fromkeys((*pages, *build.options.bibliography))
        there = {name: docs / name for name in names if (docs / name).is_file()}
        texts = {
            name: path.read_text(encoding="utf-8", errors="replace") for name, path in there.items()
        }
        if found := [name for name, text in texts.items() if self._still_examples(text)]:
            yield f"still examples: {', '.join(sorted(found))} (doctor says where)"


def _place(config: MkDocsConfig) -> Place:
    return Place(
        repository=Path.cwd(),  # gh-deploy's
        remote=config.remote_name,
        branch=config.remote_branch,
        folder=Path(config.config_file_path).parent,
        sources=(config.docs_dir, config.config_file_path),
        address=config.site_url or "",
    )


def _explain(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in words what gh-deploy leaves to a traceback."""
    if issubclass(kind, subprocess.CalledProcessError):
        sys.stderr.write(
            "\nThe site was not published: git could not push it, and says why above. Nothing is half "
            "done: run the command again. ('rejected' means that somebody else published at the same "
            "moment, 'denied' that you may not write there.)\n"
        )
    else:
        sys.__excepthook__(kind, error, trace)
