"""Replaces the content of a copy of this repository by that of a new owner."""

import sys
from collections.abc import Container, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import click

from homepage.messages import lines

from . import site_settings, starter, working_copy, yaml_edits
from .owner import Owner
from .working_copy import ROOT


def stop(message: str) -> NoReturn:
    """Print a message and exit with code 1."""
    click.echo(lines(message), err=True)
    sys.exit(1)


def settings_of(folder: Path) -> str:
    """Return the text of mkdocs.yml; exits if it cannot be edited."""
    try:
        text = (folder / "mkdocs.yml").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        stop(f"{folder / 'mkdocs.yml'} cannot be read (take that of the repository again)")
    if problem := yaml_edits.fault(text, str(folder / "mkdocs.yml")):
        stop(str(problem))
    return text.replace("\r\n", "\n")


def rewritten(
    settings: str,
    owner: Owner,
    nav: Sequence[tuple[str, str]] = starter.MENU,
    more: Mapping[str, object] | None = None,
) -> bytes:
    """Return mkdocs.yml for this owner, with this menu and more settings under extra.homepage."""
    from ruamel.yaml.error import YAMLError as Unwritable
    from yaml import YAMLError

    try:
        return site_settings.rewrite(settings, owner, nav, more).encode()
    except (YAMLError, Unwritable) as error:  # an alias of an anchor in the replaced lines
        stop(f"mkdocs.yml: its first lines cannot be changed: {error} (write them yourself)")


def author_other_than_first(folder: Path, settings: str) -> str:
    """Return whose site this is, or '' if it is still that of the first owner."""
    author = yaml_edits.get(settings, ("site_author",)) or yaml_edits.get(settings, ("site_name",))
    first = starter.first_owner_of(folder)
    return "" if author in first[:1] else str(author or "somebody")


def split_docs(folder: Path, settings: str, content: Container[str]) -> tuple[list[str], list[str]]:
    """Return the paths in docs/ of examples that stay, and of all files that are removed."""
    docs = folder / "docs"
    paths = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    pages = {p: (docs / p).read_text("utf-8", "replace") for p in paths if p.endswith(".md")}
    examples = starter.examples(pages, paths, yaml_edits.get(settings, ("nav",)))
    staying = [f"docs/{path}" for path in paths if path in examples and path not in content]
    return staying, [name for path in paths if (name := f"docs/{path}") not in staying]


def readme_of(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """Return README.md without the first owner, and the files that only the template needs."""
    try:
        text = (folder / "README.md").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}, []
    text, pictures = starter.without_first_owner(text)
    return {"README.md": text.encode()}, [name for name in pictures if (folder / name).is_file()]


def replace_content(
    folder: Path,
    staying: list[str],
    pictures: list[str],
    written: dict[str, bytes],
    copies: Mapping[str, Path] = MappingProxyType({}),
) -> None:
    """Replace the content of a copy, except what stays; on errors nothing is changed.

    `copies` are further files to write, by their paths in the folder.
    """
    with working_copy.staging_folder(folder) as stage:
        working_copy.copy(folder, staying, stage / "new")
        for name, file in copies.items():
            working_copy.write(stage / "new", {name: file.read_bytes()})
        working_copy.write(stage / "new", written)
        names = ["docs", *(name for name in written if not name.startswith("docs/")), *pictures]
        working_copy.exchange(folder, stage / "new", stage / "old", names, kept_by_git=True)
    for path in {(folder / name).parent for name in pictures}:
        if not any(path.iterdir()):
            path.rmdir()


def create_site(folder: Path, names: list[str], written: dict[str, bytes]) -> None:
    """Create a site in a folder from files of this repository and written ones; all or nothing."""
    with working_copy.staging_folder(folder.parent) as stage:
        working_copy.copy(ROOT, names, stage / "new")
        working_copy.write(stage / "new", written)
        if folder.exists():
            entries = sorted(path.name for path in (stage / "new").iterdir())
            working_copy.exchange(folder, stage / "new", stage / "old", entries)
        else:
            (stage / "new").rename(folder)
