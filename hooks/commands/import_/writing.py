"""Decides which files of this site an import replaces, and writes it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from commands.shared import site_files, site_settings, starter, yaml_edits
from commands.shared.owner import Owner
from homepage.pages import menu

if TYPE_CHECKING:
    from .new_site import Imported


class Plan(NamedTuple):
    """The paths of files in docs/: kept, removed, and overwritten although the owner wrote them."""

    kept: list[str]
    removed: list[str]
    overwritten: list[str]


def plan(folder: Path, settings: str, imported: Imported) -> Plan:
    """Return what an import does with the files in docs/."""
    examples, others = site_files.split_docs(folder, settings, ())
    written = {f"docs/{name}" for name in (*imported.texts, *imported.copies, "people.yml")}
    if "docs/blog/index.md" in written:  # do not mix the example posts with the owner's
        examples = [name for name in examples if not name.startswith("docs/blog/")]
    examples = [name for name in examples if name not in written]
    if not site_files.author_other_than_first(folder, settings):
        return Plan(examples, others, [])
    starters = _unchanged_starters(folder, settings)
    own = [name for name in others if name not in starters]
    texts = {f"docs/{name}": text.encode() for name, text in imported.texts.items()}
    changed = [n for n in own if n in written and (folder / n).read_bytes() != texts.get(n)]
    return Plan([*examples, *(n for n in own if n not in written)], sorted(starters), changed)


def _unchanged_starters(folder: Path, settings: str) -> set[str]:
    """Return the paths of files that `new` wrote and nobody has changed since."""
    author = str(yaml_edits.get(settings, ("site_author",)) or "")
    content = starter.docs(Owner(author), datetime.now(UTC).date()) if author else {}
    found = set()
    for name, text in content.items():
        path = folder / "docs" / name
        there = path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
        unchanged = _without_years(there) == _without_years(text)
        if unchanged or (name == "people.yml" and "\nAda Example:" in there):
            found.add(f"docs/{name}")
    return found


def _without_years(text: str) -> str:
    return re.sub(r"\d{4}", "", text.replace("\r\n", "\n"))


def write(folder: Path, old: Path, settings: str, imported: Imported, kept: list[str]) -> None:
    """Write everything that is imported from the folder `old`; on errors nothing is changed."""
    is_first = not site_files.author_other_than_first(folder, settings)
    titles = {} if is_first else menu.titles(yaml_edits.get(settings, ("nav",)))
    paths = [path for _, path in imported.nav]
    more = [path for path in titles if path not in paths and f"docs/{path}" in kept]
    nav = [*imported.nav, *((titles[path] or Path(path).stem, path) for path in more)]
    if imported.language:
        settings = yaml_edits.put(settings, ("theme", "language"), imported.language)
    written = {f"docs/{name}": content.encode() for name, content in imported.texts.items()}
    written["docs/people.yml"] = site_settings.people(imported.owner, imported.people).encode()
    written["mkdocs.yml"] = site_files.rewritten(settings, imported.owner, nav, imported.settings)
    readme, pictures = site_files.readme_of(folder) if is_first else ({}, [])
    copies = {f"docs/{to}": old / name for to, name in imported.copies.items()}
    site_files.replace_content(folder, kept, pictures, written | readme, copies)
