"""`import`: what an old homepage of al-folio, HugoBlox or academicpages holds, for this one."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.shared import command_names, owner, site_settings, starter, working_copy, yaml_edits
from commands.shared.owner import Owner
from commands.shared.site_files import (
    author_other_than_first,
    readme_of,
    rewritten,
    settings_of,
    split_docs,
    stop,
)
from commands.shared.working_copy import ROOT
from homepage.common import is_device
from homepage.messages import printable, some
from homepage.model import Problem
from homepage.pages import menu

if TYPE_CHECKING:
    from .moved import Moved, Source

_some = partial(some, most=12)
_SYSTEMS = ("academicpages", "al-folio", "hugoblox")
_STOPPING = ("warning", "error")  # what strict builds count
_NOT_IN = frozenset((".git", "node_modules", "_site", "vendor", ".jekyll-cache", "__pycache__", ".venv"))
_FOREIGN = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|[ .](?:/|$)")
_UNDO = "git restore . && git clean -fd docs"
_HEAVY = 95_000_000  # bytes; GitHub takes no file of more than 100 MB


@click.command("import", short_help="Move an old homepage in.")
@click.argument("system", type=click.Choice(_SYSTEMS))
@click.argument("path", metavar="PATH")
@click.option("--to", "target", type=click.Path(path_type=Path), help="Another copy of this repository.")
@click.option("--name", default="", help="Your name, if the old site does not say it.")
@click.option("--replace", "replacing", is_flag=True, help="Also over pages of your own.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def moving_in(
    system: str, path: str, target: Path | None, name: str, replacing: bool, yes: bool
) -> None:
    """Move in: read the old homepage at PATH, a folder of SYSTEM's, and write it into this site.

    Your name and links, publications, news, co-authors, pages, posts, and the files that they name
    come along; what does not is told. The old folder stays as it is, and git keeps what was here.
    """
    folder = (target or ROOT).resolve()
    if not working_copy.is_copy(folder):
        made = command_names.command_line(f"new {folder}")
        stop(f"{folder} is no copy of this repository. (Make one: {made})")
    _stop_if_elsewhere(path)
    old = Path(path)
    source, problems = _source(old, folder)
    looks_right = _fits(source, system, old)
    moved = _reader(system)(source, name)
    if not looks_right:
        problems.append(Problem("", 0, _missed(system, old), "see that all of it is there"))
    _stop_without_owner(moved, system, old, looks_right=looks_right)
    settings = settings_of(folder)
    _stop_if_unsaved(folder)
    staying, going, over = _sorted(folder, settings, moved)
    if over and not replacing:
        stop(
            f"Nothing was written: {_number(len(over), 'file')} of yours would be lost: {_some(over)}. "
            "(Say --replace to have them written anew; git keeps what they were.)"
        )
    click.echo(printable(f"{moved.owner.name}: {', '.join(_numbers(moved))}."))
    written = _some(f"docs/{n}" for n in sorted(moved.texts))
    click.echo(printable(f"Written: mkdocs.yml, docs/people.yml, {written}."))
    if going or over:
        told = f"These go, or are written anew; git keeps them: {_some(sorted({*going, *over}))}."
        click.echo(printable(told))
    if not yes and not click.confirm("Go on?", default=True):
        stop("Nothing was changed.")
    try:
        _write(folder, old.resolve(), settings, moved, staying)
    except OSError as error:
        stop(f"Nothing was changed: {error.filename or folder}: {error.strerror or error}.")
    _tell([*problems, *moved.problems], moved)
    _tell_of_publishing(folder, moved)


def _reader(system: str) -> Callable[[Source, str], Moved]:
    """The reader of a system; other commands need not wait for these modules."""
    from . import academicpages, alfolio, hugoblox

    readers = (academicpages.read, alfolio.read, hugoblox.read)
    return dict(zip(_SYSTEMS, readers, strict=True))[system]


def _fits(source: Source, system: str, path: Path) -> bool:
    """Does the old site look like one of this system? If it does like one of another, that is told."""
    from . import telltales

    other = telltales.looks_like(source, system)
    if other and other != system:
        wanted = command_names.command_line(f"import {other} {path}")
        stop(f"{path} looks like a site of {other}, not of {system}. (Say: {wanted})")
    return other == system


def _missed(system: str, path: Path) -> str:
    from .telltales import LOOKED_FOR, SYSTEMS

    *first, last = SYSTEMS
    return (
        f"{path} looks like no site of {', '.join(first)} or {last}: of {system} there would be "
        f"{LOOKED_FOR[system]}"
    )


def _number(count: int, one: str, several: str = "") -> str:
    return f"{count} {one if count == 1 else several or one + 's'}"


def _numbers(moved: Moved) -> list[str]:
    counts = moved.counts
    return [
        _number(counts["entries"], "publication"),
        _number(counts["news"], "item of news", "items of news"),
        _number(counts["people"], "person", "people"),
        _number(sum(name.endswith(".md") for name in moved.texts), "page"),
        _number(len(moved.copies), "file"),
    ]


def _stop_if_elsewhere(path: str) -> None:
    """Old sites are read from folders, not from other hosts."""
    if Path(path).is_dir() or not re.match(r"\w+://|git@|(?:www\.)?git(?:hub|lab)\.com/", path):
        return
    address = path if re.match(r"\w+://|git@", path) else f"https://{path}"
    if re.search(r"git(?:hub|lab)\.com|\.git$|^git@", path):
        stop(f"{path} is no folder: clone it first: git clone {address}, then name what that made.")
    stop(f"{path} is no folder: clone the repository of that site first (git clone …), and name that.")


def _source(path: Path, folder: Path) -> tuple[Source, list[Problem]]:
    """The files of the old site. What leads out of it by symbolic links is left there, and told."""
    from .moved import Source

    root = path.resolve()
    if not root.is_dir():
        stop(f"{path} is no folder. (Clone the old site's repository, and name that.)")
    if root == folder or root.is_relative_to(folder / "docs"):
        stop(f"{path} is part of this site. (Name the folder of the old one, outside.)")
    names, problems = list[str](), list[Problem]()
    known: dict[str, str] = {}  # names by what they are where case does not count
    for where, folders, files in os.walk(root):
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = sorted(
            f for f in folders if f not in _NOT_IN and f not in links and not f.startswith(".git")
        )
        for name in sorted([*files, *links]):
            file = Path(where, name)
            shown = file.relative_to(root).as_posix()
            try:
                inside = file.resolve().is_relative_to(root)
            except (OSError, RuntimeError):  # links that mean each other
                inside = False
            if name.startswith(".git"):  # settings of git's, which would count here
                continue
            if fault := _name_fault(shown):
                message = f"its name is {fault}, and it did not come along"
                seen = "".join(c if c.isprintable() else "?" for c in shown)
                problems.append(Problem(seen, 0, message, "rename it"))
            elif shown.lower() in known:
                message = f"its name is that of {known[shown.lower()]} but for case"
                problems.append(Problem(shown, 0, f"{message}, and it did not come along", "rename it"))
            elif name in links or not inside:
                hint = "copy what it means into docs/ if you want it"
                message = "a symbolic link did not come along"
                problems.append(Problem(shown, 0, message, hint, "note"))
            elif file.is_file() and file.stat().st_size > _HEAVY:
                message = "the file is too large for GitHub, and did not come along"
                problems.append(Problem(shown, 0, message, "publish it elsewhere, and link to it"))
            elif file.is_file():
                known[shown.lower()] = shown
                names.append(shown)
    if not names:
        stop(f"{path} is empty. (Clone the old site's repository, and name that.)")

    def read(name: str) -> bytes:
        try:
            return (root / name).read_bytes()
        except OSError as error:
            stop(f"{name}: the file cannot be read: {error.strerror} (see that you may read it)")

    return Source(tuple(names), read), problems


def _name_fault(path: str) -> str:
    """Why a path cannot be one on every system, or ''."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "not UTF-8"
    if _FOREIGN.search(path) or any(map(is_device, path.split("/"))):
        return "none that every system knows"
    return ""


def _stop_without_owner(moved: Moved, system: str, path: Path, *, looks_right: bool) -> None:
    found = sum(moved.counts.values()) + len(moved.copies) + len(moved.nav) - 1
    if not found:
        missed = (
            f"There is nothing of a site of {system} in {path}" if looks_right else _missed(system, path)
        )
        stop(f"{missed}. (Name the folder of the old site's whole repository.)")
    if not moved.owner.name:
        missed = "" if looks_right else f" {_missed(system, path)}."
        stop(f'The old site does not say whose it is.{missed} (Say it: --name "Jane Doe")')
    if fault := owner.name_fault(moved.owner.name):
        stop(f"'{moved.owner.name}' is no name: {fault}. (Say it: --name \"Jane Doe\")")


def _stop_if_unsaved(folder: Path) -> None:
    unsaved = working_copy.uncommitted(folder, ["docs", "mkdocs.yml", "README.md"])
    if unsaved is None:
        stop(
            f"git does not keep {folder}, so nothing of it could be brought back. (First call git init, "
            "git add --all and git commit there.)"
        )
    if unsaved:
        stop(
            "There are changes that git does not have, and that would be lost: "
            f"{_some(sorted(unsaved))}. (Keep them: git add --all && git commit. Or, to be rid of all "
            f"that is new since the last commit, such as what an import wrote: {_UNDO}.)"
        )


def _sorted(folder: Path, settings: str, moved: Moved) -> tuple[list[str], list[str], list[str]]:
    """The paths of what stays in docs/, of what goes, and of an owner's files that would be lost."""
    examples, others = split_docs(folder, settings, ())
    written = {f"docs/{name}" for name in (*moved.texts, *moved.copies, "people.yml")}
    if "docs/blog/index.md" in written:  # the example posts would join the owner's
        examples = [name for name in examples if not name.startswith("docs/blog/")]
    examples = [name for name in examples if name not in written]
    if not author_other_than_first(folder, settings):
        return examples, others, []
    start = _starters(folder, settings)
    own = [name for name in others if name not in start]
    over = [name for name in own if name in written and not _same(folder, name, moved)]
    return [*examples, *(n for n in own if n not in written)], sorted(start), over


def _starters(folder: Path, settings: str) -> set[str]:
    """The paths of files that `new` wrote, and nobody has changed."""
    author = str(yaml_edits.get(settings, ("site_author",)) or "")
    content = starter.docs(Owner(author), datetime.now(UTC).date()) if author else {}
    found = set()
    for name, text in content.items():
        path = folder / "docs" / name
        there = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        known = _without_years(there) == _without_years(text)
        if known or (name == "people.yml" and "\nAda Example:" in there):
            found.add(f"docs/{name}")
    return found


def _without_years(text: str) -> str:
    return re.sub(r"\d{4}", "", text.replace("\r\n", "\n"))


def _same(folder: Path, name: str, moved: Moved) -> bool:
    text = moved.texts.get(name.removeprefix("docs/"))
    return text is not None and (folder / name).read_bytes() == text.encode()


def _write(folder: Path, root: Path, settings: str, moved: Moved, staying: list[str]) -> None:
    first = not author_other_than_first(folder, settings)
    kept = menu.titles(None if first else yaml_edits.get(settings, ("nav",)))
    there = {name.removeprefix("docs/") for name in staying}
    nav = [
        *moved.nav,
        *(
            (t or Path(p).stem, p)
            for p, t in kept.items()
            if p in there and p not in dict(moved.nav).values()
        ),
    ]
    if moved.language:
        settings = yaml_edits.put(settings, ("theme", "language"), moved.language)
    people = site_settings.people(moved.owner, moved.people)
    written = {f"docs/{name}": content.encode() for name, content in moved.texts.items()}
    written |= {
        "docs/people.yml": people.encode(),
        "mkdocs.yml": rewritten(settings, moved.owner, nav, moved.settings),
    }
    pictures: list[str] = []
    if first:
        readme, pictures = readme_of(folder)
        written |= readme
    with working_copy.staging_folder(folder) as stage:
        working_copy.copy(folder, staying, stage / "new")
        for to, name in moved.copies.items():
            working_copy.write(stage / "new", {f"docs/{to}": (root / name).read_bytes()})
        working_copy.write(stage / "new", written)
        names = ["docs", *(name for name in written if not name.startswith("docs/")), *pictures]
        working_copy.exchange(folder, stage / "new", stage / "old", names, kept_by_git=True)


def _tell(problems: list[Problem], moved: Moved) -> None:
    """What did not come along or needs a look, and what to do next."""
    click.echo("\nIt is all in docs/ and mkdocs.yml.")
    if problems:
        click.echo("What did not come along, or not as it was (paths are of the old site):\n")
        for problem in sorted(set(problems)):
            click.echo(f"  {problem.line_for_people()}")
        click.echo()
    if moved.owner.site_url:
        told = f"Its address is to be {moved.owner.site_url}; if it is another, change site_url."
        click.echo(printable(told))
    click.echo(f"Next: make serve shows it; git add --all && git commit keeps it; {_UNDO} undoes it.")


def _tell_of_publishing(folder: Path, moved: Moved) -> None:
    """What publishing will stop at, and how to see it."""
    from commands.shared.checks import problems_of

    names = [n for n in moved.texts if n.endswith(".bib") or n in ("news.md", "venues.yml")]
    paths = [command_names.relative(folder / "docs" / name) for name in ("people.yml", *sorted(names))]
    told = {path: [p for p in problems_of(path) if p.severity in _STOPPING] for path in paths}
    wrong = [path for path, found in told.items() if found]
    if wrong:
        count = sum(map(len, told.values()))
        command = command_names.command_line(f"check {' '.join(wrong)}")
        click.echo(
            f"Check finds {_number(count, 'problem')} in what came along; this lists them: {command}"
        )
    if moved.dead:
        what = _number(moved.dead, "link of pages leads", "links of pages lead")
        command = command_names.command_line("doctor", folder / "hooks/cli.py")
        click.echo(f"{what} to what is not there; this lists them: {command}")
    if wrong or moved.dead:
        click.echo("make publish stops at these, until they are mended.")
