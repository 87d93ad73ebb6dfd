"""Writing what comes along into this site, and what it takes the place of."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from commands.shared import site_settings, starter, working_copy, yaml_edits
from commands.shared.owner import Owner
from commands.shared.site_files import (
    author_other_than_first,
    readme_of,
    rewritten,
    split_docs,
)
from homepage.pages import menu

if TYPE_CHECKING:
    from .moved import Moved


def sort_files(folder: Path, settings: str, moved: Moved) -> tuple[list[str], list[str], list[str]]:
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


def write(folder: Path, root: Path, settings: str, moved: Moved, staying: list[str]) -> None:
    """Write everything that comes along, in one exchange of folders."""
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
