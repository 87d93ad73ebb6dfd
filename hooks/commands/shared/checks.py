"""Finds problems in an owner's files, for `check`, `doctor`, `add` and `import`."""

from pathlib import Path

from homepage.common import encoding
from homepage.model import Problem
from homepage.news import items
from homepage.people import people_file
from homepage.publications import Source, private_fields, venues

from .site import read_inside, site_around


def problems_of(file: str) -> list[Problem]:
    """Return the problems of a file, read with the rest of its site."""
    source = read_inside(file)
    if isinstance(source, Problem):
        return [source]
    suffix = Path(file).suffix.lower()
    if suffix not in (".yml", ".yaml", ".md"):
        return sorted(set(check_bibliography(source)))
    text, problems = encoding.decode(source.data, file)
    if suffix == ".md":
        problems += items.parse(text, file)[1]
    elif Path(file).stem == "venues":
        problems += venues.load(text, file)[1]
    else:
        problems += people_file.load(text, file)[1]
    return sorted(set(problems))


def check_bibliography(source: Source) -> list[Problem]:
    """Return the problems of a .bib file, read with the rest of its site's bibliography."""
    around = site_around(source)
    found = around.read()
    files = (*around.bibliography, around.people, around.venues)
    others = {file.path for file in files if file} - {source.path}
    notes = private_fields(found.every, around.public_fields)
    return [problem for problem in (*found.problems, *notes) if problem.path not in others]
