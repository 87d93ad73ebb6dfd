"""The example content of a new site, from the templates in commands/new/starter/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from homepage.citing import inverted
from homepage.model import Problem
from homepage.news import items
from homepage.pages import menu
from homepage.people import SUFFIX, Directory, parse, parse_one
from homepage.publications import Source, collection
from homepage.tex import escaped

from . import site_settings
from .owner import Owner

TEMPLATES = Path(__file__).parents[1] / "new/starter"
MENU = (
    ("Home", "index.md"),
    ("News", "news.md"),
    ("Publications", "publications.md"),
    ("Research", "research.md"),
    ("Education", "education.md"),
    ("Service", "service.md"),
)
_CO_AUTHOR = "Ada Example"
# The part of README.md about the first owner, and the pictures of his site in it.
_FIRST_OWNER = re.compile(r"<!-- first owner: (.+?) \(.*?<!-- end of first owner -->\s+", re.S)
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
# For people who change the template; a homepage has no use for them.
TEMPLATES_OWN = (
    ".github/pull_request_template.md",
    ".github/ISSUE_TEMPLATE/failed-import.yml",
    ".github/ISSUE_TEMPLATE/wrong-citation.yml",
)
_FILLED = re.compile(r"<<.*?>>")
_KEY = re.compile(r"^@\w+\{example-")
_SAYS_SO = re.compile(r"\bexamples?\b|This is where you", re.I)


def docs(owner: Owner, today: date) -> dict[str, str]:
    """Return the files of docs/ by their path there; examples are dated before this year."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = TEMPLATES / "docs"
    environment = Environment(  # noqa: S701 - Markdown and BibTeX, whose braces are not Jinja's here
        loader=FileSystemLoader(folder),
        variable_start_string="<<",
        variable_end_string=">>",
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    values = {"author": author(owner.name), "year": today.year - 1}
    files = {
        name: environment.get_template(name).render(values)
        for name in sorted(path.name for path in folder.iterdir())
    }
    others = {_CO_AUTHOR: {"url": "https://example.org/"}}
    return files | {"people.yml": site_settings.people(owner, others)}


def example_pattern() -> re.Pattern[str]:
    """Return a pattern for the lines of the templates that say that they are examples.

    In .bib files these are the keys, as visitors see no comments there.
    """
    found = [rf"{re.escape(_CO_AUTHOR)}:"]
    for path in sorted((TEMPLATES / "docs").iterdir()):
        said = _KEY if path.suffix == ".bib" else _SAYS_SO
        lines = filter(said.search, path.read_text(encoding="utf-8").splitlines())
        found += [".+?".join(map(re.escape, _FILLED.split(line))) for line in lines]
    return re.compile(rf"^(?:{'|'.join(found)})", re.M)


def problems(owner: Owner, files: Mapping[str, str]) -> list[Problem]:
    """Return what `check` would report for these files."""
    bib, people = (Source(f"docs/{n}", files[n].encode()) for n in ("publications.bib", "people.yml"))
    found = collection.read([bib], people, owner.name, lambda name: name, merge_versions=True)
    return [*found.problems, *items.parse(files["news.md"], "docs/news.md")[1]]


def author(name: str) -> str:
    """Return a name in BibTeX's notation, family name first if it is recognized: `van Gogh, Vincent`."""
    given, von, family, suffix, literal, *_ = parse_one(name)
    whole = " ".join(filter(None, (von, family)))
    family_first = ", ".join(filter(None, (whole, suffix, given)))
    written = [escaped(name), f"{{{escaped(name)}}}"]
    if given and family and not literal:
        written.insert(0, escaped(family_first))
    return next((way for way in written if _means(way, name)), written[-1])


def given_name_first(name: str) -> str:
    """Return `Doe, Jane` as `Jane Doe`, for the site's title; other names stay as they are."""
    given, von, family, suffix, literal, *_ = parse_one(name)
    if "," not in name or literal or not (given and family):
        return name
    whole = " ".join(filter(None, (given, von, family)))
    return f"{whole}, {suffix}" if suffix and SUFFIX.match(suffix) else whole


def cited(name: str) -> str:
    """Return the name as citations show it: `van Gogh, V.`."""
    return inverted(parse_one(author(name)))


def _means(written: str, name: str) -> bool:
    """Is `written`, in a list of authors, recognized as this name?"""
    first, *others = parse(f"{written} and {_CO_AUTHOR}").names
    directory = Directory([], name, [first, *others])
    found = directory.identify(first)
    return len(others) == 1 and found is not None and found is directory.owner


def first_owner(readme: str) -> list[str]:
    """Return the first owner's name in README.md and parts of his addresses; [] if it has none."""
    match = _FIRST_OWNER.search(readme)
    return match[1].split("; ") if match else []


def first_owner_of(folder: Path) -> list[str]:
    """Return the first owner's name and addresses in the README.md of a folder, if it has one."""
    path = folder / "README.md"
    return first_owner(path.read_text("utf-8", "replace")) if path.is_file() else []


def without_first_owner(readme: str) -> tuple[str, list[str]]:
    """Return README.md without the first owner, and the paths of files that go with him."""
    pictures = [path for match in _FIRST_OWNER.finditer(readme) for path in _PICTURE.findall(match[0])]
    return _FIRST_OWNER.sub("", readme), [*pictures, *TEMPLATES_OWN]


def examples(pages: Mapping[str, str], paths: Iterable[str], nav: object) -> set[str]:
    """Return the paths in docs/ of unpublished example pages, which belong to no owner.

    They are `only_in_nav`, but not in it. `pages` has the text of each Markdown file by its path.
    """
    waiting = [path for path, text in pages.items() if menu.is_only_in_nav(text)]
    return menu.left_out(paths, waiting, menu.titles(nav))


def is_example(text: str) -> bool:
    """Does a text still have a line of the examples?"""
    return bool(example_pattern().search(text))
