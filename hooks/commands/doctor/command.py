"""`doctor`: check everything that a site needs, and say how to fix problems."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from adapter import engine
from commands.shared import build_log, command_names, origin, starter
from commands.shared.checks import problems_of
from commands.shared.findings import (
    ADVICE,
    PROBLEM,
    Finding,
    advice,
    at,
    described,
    first_few,
    line_at,
    ok,
    problem,
)
from commands.shared.site import read_inside
from homepage.common import encoding
from homepage.model import Problem
from homepage.people import people_file

from . import external_links, installation, large_files, leftovers, zensical
from .missing_packages import ROOT, call_again
from .site_build import SiteBuild, build

_MENDED = "fix what is reported above, then run this again"
Report = Iterator[tuple[str, list[Finding]]]


@click.command(short_help="Check everything that a site needs.")
@click.option("--online", is_flag=True, help="Also check links to other sites, and the git remote.")
@click.option("--content", is_flag=True, help="Check settings, content and links only.")
def doctor(*, online: bool, content: bool) -> None:
    """Check everything that a site needs, and say how to fix each problem.

    It checks Python, packages, lock, engine, settings, content, links, pictures, sizes, git and
    the domain.
    The exit code is 1 if there are problems, else 0; advice does not count.
    """
    place = installation.venv(ROOT)
    if sys.prefix == sys.base_prefix and (code := call_again(place)) is not None:
        sys.exit(code)  # the system's Python may have some of the packages, too
    here = Path.cwd()
    os.chdir(next((f for f in (here, *here.parents) if (f / "mkdocs.yml").is_file()), ROOT))
    grades = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            for subject, found in _examine(Path(folder, "site"), online=online, content=content):
                for finding in found:
                    click.echo(finding.line(subject))
                    grades.append(finding.grade)
        except Exception as error:  # noqa: BLE001 - a traceback does not help owners
            failure = problem(f"cannot go on: {described(error)}", "tell the developers")
            click.echo(failure.line("doctor"))
            grades.append(PROBLEM)
    problems, hints = grades.count(PROBLEM), grades.count(ADVICE)
    click.echo(f"Problems: {problems}, advice: {hints}." if problems or hints else "Nothing to do.")
    sys.exit(1 if problems else 0)


def _examine(site: Path, *, online: bool, content: bool) -> Report:
    if not content:
        yield from _installation()
    if not Path("mkdocs.yml").is_file():
        yield "settings", [problem("there is no mkdocs.yml", "call the doctor in your site's folder")]
        return
    if not content:
        yield "engine", zensical.check(Path(), installation.installed("zensical"), engine.NAME)
    whole = build(Path(), site)
    text = _text(Path("mkdocs.yml"))
    yield "settings", _settings(whole, text)
    yield "content", _content(whole)
    yield from _pages(whole, site, text)
    there = site if whole.built else None
    if whole.docs.is_dir():
        yield "sizes", large_files.check_sizes(whole.docs, _shown(whole.docs), there)
    if online and there:
        yield "outside", _outside(whole, site)
    if content:
        return
    told = whole.settings or {"remote_name": "origin", "remote_branch": "gh-pages"}
    remote, branch = told["remote_name"], told["remote_branch"]
    yield "git", origin.check_repository(Path.cwd(), remote, branch, online=online)
    if whole.settings:
        cname = _text(whole.docs / "CNAME").strip()
        domain = whole.homepage.get("domain") or ""
        address = origin.remote_address(Path.cwd(), remote)
        yield "domain", origin.check_domain(address, whole.setting("site_url"), domain, cname)


def _installation() -> Report:
    place = installation.venv(ROOT)
    yield "Python", installation.check_python(place)
    of = place.engine
    texts = {name: _text(ROOT / name) for name in (of.lock, *of.wanted, of.left_out) if name}
    yield "packages", installation.check_packages(texts[of.lock], place)
    yield "lock", installation.check_lock(of, texts)


def _settings(whole: SiteBuild, text: str) -> list[Finding]:
    if whole.settings is None:
        return [problem(f"mkdocs.yml cannot be used: {whole.failed}", "correct that line or setting")]
    author, people = whole.setting("site_author"), whole.homepage["people"]
    found = [problem(p.message, p.hint, at(p.path, p.line)) for p in whole.problems]
    listed = people_file.load(_text(whole.docs / people), people)[0]
    found += leftovers.check_identity(author, whole.setting("site_description"), listed, text)
    found += leftovers.check_url(whole.setting("site_url"), text)
    found += leftovers.foreign_names("mkdocs.yml", text, author, _first_owner())
    return found or [ok(f"mkdocs.yml is the site of {author or whole.setting('site_name')}")]


def _first_owner() -> list[str]:
    return starter.first_owner(_text(ROOT / "README.md"))


def _content(whole: SiteBuild) -> list[Finding]:
    """Return what `check` reports for all its files, and examples that are still there."""
    found = {path: [*problems_of(path)] for path in _checked(whole)}
    pages = [_shown(whole.docs / name) for name in whole.pages]
    marks = starter.example_pattern()
    started = set()
    for path in dict.fromkeys((*found, *pages)):
        if told := leftovers.example_text(path, _text(Path(path)), marks):
            found.setdefault(path, []).extend(told)
            started.add(path)
    result = leftovers.check_content(found, lambda path: command_names.command_line(f"check {path}"))
    author = whole.setting("site_author")
    examples: list[Finding] = []
    for path in pages:
        if path not in started:  # reported above
            examples += leftovers.foreign_names(path, _text(Path(path)), author, _first_owner())
    return [*result, *first_few(examples, "put yours in their place first")]


def _checked(whole: SiteBuild) -> list[str]:
    """Return the existing files that `check` can read."""
    names = [whole.homepage.get(name, f"{name}.yml") for name in ("people", "venues")]
    names += [whole.homepage.get("news", "news.md"), *(whole.bibliography or ("publications.bib",))]
    return sorted(_shown(whole.docs / name) for name in names if (whole.docs / name).is_file())


def _pages(whole: SiteBuild, site: Path, text: str) -> Report:
    """Yield what the build reported about pages, links, menu and pictures."""

    def line(path: str, wanted: str) -> int:
        source = text if path == "mkdocs.yml" else _text(Path(path))
        return line_at(source, source.find(wanted))

    def has_anchor(name: str, anchor: str) -> bool:
        html = _text(site / whole.built[name]) if name in whole.built else ""
        return f'id="{anchor}"' in html or f'name="{anchor}"' in html

    if whole.settings is None:
        yield "pages", [problem("not looked at: the settings cannot be read", _MENDED)]
        return
    source = build_log.Source(lambda name: _shown(whole.docs / name), line, has_anchor)
    told = {f"homepage: {p}" for p in whole.problems}
    said = [message for message in whole.log if message.text not in told]
    found = build_log.read(said, source, {*_checked(whole)})
    for name in whole.pages:
        path = whole.docs / name
        found["pictures"] += leftovers.pictures_without_alt_text(_shown(path), _text(path))
    if whole.failed:
        found["build"].append(problem(f"the site cannot be built: {whole.failed}", _MENDED))
    good = {
        "build": f"the site can be built; pages of yours: {len(whole.pages)}",
        "pages": "nothing is wrong with what they say",
        "links": "links between pages, and to places on them, lead somewhere",
        "menu": "the menu and the pages go together",
        "pictures": "all pictures have words for those who cannot see them",
    }
    for subject, message in good.items():
        if whole.failed and not found[subject]:
            yield subject, [advice("not looked at: the site cannot be built", _MENDED)]
        else:
            yield subject, first_few(found[subject], "fix these first") or [ok(message)]


def _outside(whole: SiteBuild, site: Path) -> list[Finding]:
    pages = external_links.gather(site, whole.setting("site_url"))
    names = [*whole.pages, *whole.bibliography, whole.homepage["people"], whole.homepage["venues"]]
    paths = [whole.docs / name for name in names if (whole.docs / name).is_file()]
    texts = {_shown(path): _text(path) for path in paths} | {"mkdocs.yml": _text(Path("mkdocs.yml"))}

    def place(address: str) -> str:
        bare = address.removeprefix("https://").removeprefix("http://").rstrip("/")
        for wanted in (address, bare, bare.partition("/")[2]):  # .bib files may have the DOI only
            for path, text in texts.items() if wanted else ():
                if line := line_at(text, text.find(wanted)):
                    return f"{path}:{line}"
        return pages[address]

    click.echo(f"Asking for {len(pages)} addresses elsewhere …", err=True)
    return external_links.check_links(pages, place)


def _shown(path: Path) -> str:
    """Return a path as messages name it."""
    return Path(os.path.relpath(path)).as_posix()


def _text(path: Path) -> str:
    """Return the text of a file, or '' if it cannot be read."""
    source = read_inside(str(path))
    return "" if isinstance(source, Problem) else encoding.decode(source.data, source.path)[0]
