"""Fixtures for all tests: this repository's site, small sites, a web server, a browser."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page

import adapter  # noqa: F401 - before `mkdocs`, which may be another engine
from support import CONFIG, ROOT, Built, mkdocs, serving, small_site
from support import browser as chromium

# Machines are shared: how long inventing takes says nothing.
hypothesis_settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("patient")

# The path below its host at which the site is published, such as the name of a repository.
BASE = urlsplit(CONFIG.get("site_url") or "").path.strip("/")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption("--update-golden", action="store_true", help="write tests/golden/ anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file of tests/golden/: `golden("entry.html", html)`."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests/golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def make_site(tmp_path: Path) -> Callable[..., Built]:
    """Build a small site with this repository's machinery; every unplanned warning fails.

    `make_site({"index.md": "…"}, {"site_name": "…"})`. Whoever plans a problem says `strict=False`
    and looks into the log, or `ok=False` and looks at the exit code, too.
    """

    def make(
        files: Mapping[str, str | bytes],
        settings: Mapping[str, Any] | None = None,
        *,
        strict: bool = True,
        ok: bool = True,
    ) -> Built:
        small_site(tmp_path, files, settings)
        returncode, log = mkdocs("build", *(["--strict"] if strict else []), cwd=tmp_path)
        assert not ok or returncode == 0, log
        return Built(tmp_path, returncode, log)

    return make


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own site, built in strict mode."""
    folder = tmp_path_factory.mktemp("site") / BASE
    returncode, log = mkdocs("build", "--strict", "--site-dir", folder, cwd=ROOT)
    assert returncode == 0, log
    return folder


@pytest.fixture(scope="session")
def serve_dir() -> Iterator[Callable[[Path], str]]:
    """Serve folders until the end: `serve_dir(folder)` gives the address, without a last slash."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(serving(folder))


@pytest.fixture(scope="session")
def site_url(built_site: Path, serve_dir: Callable[[Path], str]) -> str:
    """Address of this repository's own site, without a last slash."""
    root = built_site.parents[len(Path(BASE).parts) - 1] if BASE else built_site
    return f"{serve_dir(root)}/{BASE}".rstrip("/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; none is a failure, never a skip."""
    with ExitStack() as stack:
        try:
            launched = stack.enter_context(chromium.started())
        except Exception as error:  # noqa: BLE001 - the driver raises plain ones
            pytest.fail(f"{error}\nNo Chromium starts: `make test` installs one.", pytrace=False)
        yield launched


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a fresh profile, where waiting is bounded."""
    with browser.new_context() as context:
        context.set_default_timeout(15_000)
        yield context.new_page()
