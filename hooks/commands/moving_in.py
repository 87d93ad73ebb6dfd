"""`import`: what an old homepage of al-folio, HugoBlox or academicpages holds, for this one."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from commands import working_copy
from commands.site_files import author_other_than_first, readme_of, rewritten, settings_of, sorted_out
from commands.working_copy import ROOT
from homepage import bibtex, menu
from homepage.errors import Problem
from homepage.starting import owner, site_settings, starter, yaml_edits
from homepage.starting.owner import Owner

if TYPE_CHECKING:
    from homepage.moving.moved import Moved, Source

_SYSTEMS = ("academicpages", "al-folio", "hugoblox")
_NOT_IN = frozenset((".git", "node_modules", "_site", "vendor", ".jekyll-cache", "__pycache__", ".venv"))
_HEAVY = 95_000_000  # bytes; GitHub takes no file of more than 100 MB


@click.command("import")
@click.argument("system", type=click.Choice(_SYSTEMS))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--to", "target", type=click.Path(path_type=Path), help="Another copy of this repository.")
@click.option("--name", default="", help="Your name, if the old site does not say it.")
@click.option("--replace", "replacing", is_flag=True, help="Also over pages of your own.")
@click.option("--yes", is_flag=True, help="Ask nothing.")
def moving_in(
    system: str, path: Path, target: Path | None, name: str, replacing: bool, yes: bool
) -> None:
    """Move in: read the old homepage at PATH, a folder of SYSTEM's, and write it into this site.

    Your name and links, publications, news, co-authors, pages, posts, and the files that they name
    come along; what does not is told. The old folder stays as it is, and git keeps what was here.
    """
    folder = (target or ROOT).resolve()
    if not working_copy.is_copy(folder):
        _stop(f"{folder} is no copy of this repository. (Make one: python hooks/cli.py new {folder})")
    source, problems = _source(path, folder)
    moved = _reader(system)(source, name)
    _stop_without_owner(moved, system, path)
    settings = settings_of(folder)
    _stop_if_unsaved(folder)
    staying, going, over = _sorted(folder, settings, moved)
    if over and not replacing:
        _stop(
            f"Nothing was written: {len(over)} files of yours would be lost: {_some(over)}. "
            "(Say --replace to have them written anew; git keeps what they were.)"
        )
    counts = moved.counts
    click.echo(
        f"{moved.owner.name}: {counts['entries']} publications, {counts['news']} items of news, "
        f"{counts['people']} people, {_pages(moved)} pages, {len(moved.copies)} files."
    )
    click.echo(
        f"Written: mkdocs.yml, docs/people.yml, {_some(f'docs/{n}' for n in sorted(moved.texts))}."
    )
    if going or over:
        click.echo(f"These go, or are written anew; git keeps them: {_some(sorted({*going, *over}))}.")
    if not yes and not click.confirm("Go on?", default=True):
        _stop("Nothing was changed.")
    try:
        _write(folder, path.resolve(), settings, moved, staying)
    except OSError as error:
        _stop(f"Nothing was changed: {error.filename or folder}: {error.strerror or error}.")
    _tell([*problems, *moved.problems], moved)


def _reader(system: str) -> Callable[[Source, str], Moved]:
    """The reader of a system; other commands need not wait for these modules."""
    from homepage.moving import academicpages, alfolio, hugoblox

    readers = (academicpages.read, alfolio.read, hugoblox.read)
    return dict(zip(_SYSTEMS, readers, strict=True))[system]


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:12]) + (f" and {len(listed) - 12} more" if listed[12:] else "")


def _pages(moved: Moved) -> int:
    return sum(name.endswith(".md") for name in moved.texts)


def _source(path: Path, folder: Path) -> tuple[Source, list[Problem]]:
    """The files of the old site. What leads out of it by symbolic links is left there, and told."""
    from homepage.moving.moved import Source

    root = path.resolve()
    if not root.is_dir():
        _stop(f"{path} is no folder. (Clone the old site's repository, and name that.)")
    if root == folder or root.is_relative_to(folder / "docs"):
        _stop(f"{path} is part of this site. (Name the folder of the old one, outside.)")
    names, problems = [], []
    for where, folders, files in os.walk(root):
        links = [name for name in folders if (Path(where) / name).is_symlink()]
        folders[:] = sorted(f for f in folders if f not in _NOT_IN and f not in links)
        for name in sorted([*files, *links]):
            file = Path(where, name)
            shown = file.relative_to(root).as_posix()
            inside = file.resolve().is_relative_to(root)
            if name in links or not inside:
                hint = "copy what it means into docs/ if you want it"
                message = "a symbolic link did not come along"
                problems.append(Problem(shown, 0, message, hint, "note"))
            elif file.is_file() and file.stat().st_size > _HEAVY:
                message = "the file is too large for GitHub, and did not come along"
                problems.append(Problem(shown, 0, message, "publish it elsewhere, and link to it"))
            elif file.is_file():
                names.append(shown)
    if not names:
        _stop(f"{path} is empty. (Clone the old site's repository, and name that.)")

    def read(name: str) -> bytes:
        try:
            return (root / name).read_bytes()
        except OSError as error:
            _stop(f"{name}:0: the file cannot be read: {error.strerror} (see that you may read it)")

    return Source(tuple(names), read), problems


def _stop_without_owner(moved: Moved, system: str, path: Path) -> None:
    found = sum(moved.counts.values()) + len(moved.copies) + len(moved.nav) - 1
    if not found:
        _stop(f"There is nothing of a site of {system} in {path}. (Name the folder of its repository.)")
    if not moved.owner.name:
        _stop('The old site does not say whose it is. (Say it: --name "Jane Doe")')
    if fault := owner.name_fault(moved.owner.name):
        _stop(f"'{moved.owner.name}' is no name: {fault}. (Say it: --name \"Jane Doe\")")


def _stop_if_unsaved(folder: Path) -> None:
    unsaved = working_copy.unsaved(folder, ["docs", "mkdocs.yml", "README.md"])
    if unsaved is None:
        _stop(
            f"git does not keep {folder}, so nothing of it could be brought back. (First call git init, "
            "git add --all and git commit there.)"
        )
    if unsaved:
        _stop(
            "There are changes that git does not have, and that would be lost: "
            f"{_some(sorted(unsaved))}. (Commit them first.)"
        )


def _sorted(folder: Path, settings: str, moved: Moved) -> tuple[list[str], list[str], list[str]]:
    """The paths of what stays in docs/, of what goes, and of an owner's files that would be lost."""
    examples, others = sorted_out(folder, settings, ())
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
    with working_copy.beside(folder) as stage:
        working_copy.copy(folder, staying, stage / "new")
        for to, name in moved.copies.items():
            working_copy.write(stage / "new", {f"docs/{to}": (root / name).read_bytes()})
        working_copy.write(stage / "new", written)
        names = ["docs", *(name for name in written if not name.startswith("docs/")), *pictures]
        working_copy.exchange(folder, stage / "new", stage / "old", names)


def _tell(problems: list[Problem], moved: Moved) -> None:
    """What did not come along or needs a look, and what to do next."""
    click.echo("\nIt is all in docs/ and mkdocs.yml.")
    if problems:
        click.echo("What did not come along, or not as it was (paths are of the old site):\n")
        for problem in sorted(set(problems)):
            click.echo(f"  {problem.line_for_check()}")
        click.echo()
    found = {n: len(bibtex.read(t, n).problems) for n, t in moved.texts.items() if n.endswith(".bib")}
    for name, number in found.items():
        if number:
            click.echo(f"docs/{name} has {number} slips: python hooks/cli.py check docs/{name}")
    if moved.owner.site_url:
        click.echo(f"Its address is to be {moved.owner.site_url}; if it is another, change site_url.")
    click.echo(
        "Next: make serve shows it; git add --all && git commit keeps it; "
        "git restore . && git clean -fd docs undoes it."
    )
