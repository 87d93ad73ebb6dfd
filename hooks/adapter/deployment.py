"""Makes `mkdocs gh-deploy` safe: it publishes whole sites only, loses nothing, and says what it does."""

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
    """Checks a build before gh-deploy publishes it.

    It is created before MkDocs reads mkdocs.yml, so that warnings about that file count, too.
    """

    def __init__(self, still_examples: Callable[[str], bool]) -> None:
        self._still_examples = still_examples  # takes a file's text
        self._warnings = CountHandler(level=logging.WARNING)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        logging.getLogger(engine.LOGGER).addHandler(self._warnings)

    def start(self, command: str, *, dirty: bool) -> None:
        """Prepare for a command of MkDocs; raises PluginError for `gh-deploy --dirty`."""
        if command != "gh-deploy":
            logging.getLogger(engine.LOGGER).removeHandler(self._warnings)
            return
        if dirty:
            raise PluginError("gh-deploy --dirty would publish half a site: leave --dirty out")
        # A separate folder, so that no other build cleans it in the meantime.
        self._folder = tempfile.TemporaryDirectory(prefix="homepage-")

    def place(self, config: MkDocsConfig) -> None:
        """Build into the temporary folder."""
        if self._folder:
            config.site_dir = self._folder.name

    def check(self, build: Build) -> None:
        """Log what will be published; raises PluginError if it must not be."""
        if not self._folder:
            return
        if found := sum(self._warnings.counts.values()):
            problems = "the problem" if found == 1 else f"the {found} problems"
            raise PluginError(f"Nothing was published: mend {problems} above first.")
        config = build.config
        pages, works = len(build.files.documentation_pages()), len(build.content.works)
        given_up = build.settings.domain == ""
        plan = deployment_plan.plan(_place(config), Path(config.site_dir), no_domain=given_up)
        if plan.refusal:
            raise PluginError(f"Nothing was published: {plan.refusal}")
        for line in (*plan.lines, f"pages: {pages}, publications: {works}", *self._examples(build)):
            log.info(line)
        sys.excepthook = _explain  # no event follows in which gh-deploy's errors could be explained

    def _examples(self, build: Build) -> Iterator[str]:
        """Yield a line that names the starter's examples among the published files, if any."""
        docs = Path(build.config.docs_dir)
        pages = (file.src_uri for file in build.files.documentation_pages())
        names = sorted({*pages, *build.options.bibliography})
        there = {name: docs / name for name in names if (docs / name).is_file()}
        texts = {name: path.read_text("utf-8", errors="replace") for name, path in there.items()}
        if found := [name for name, text in texts.items() if self._still_examples(text)]:
            yield f"still examples: {', '.join(found)} (doctor says where)"


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
    """Explain a failed push of gh-deploy instead of printing a traceback."""
    if issubclass(kind, subprocess.CalledProcessError):
        sys.stderr.write(
            "\nThe site was not published: git could not push it, and says why above. Nothing is half "
            "done: run the command again. ('rejected' means that somebody else published at the same "
            "moment, 'denied' that you may not write there.)\n"
        )
    else:
        sys.__excepthook__(kind, error, trace)
