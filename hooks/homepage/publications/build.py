"""Convert BibTeX entries to publications."""

from collections.abc import Callable, Iterable

from ..bibtex import KNOWN_TYPES
from ..common import slugs
from ..model import Entry, Name, Problem, Publication
from ..people import Directory, collaboration, names
from ..tex import plain
from .in_notes import with_citations, with_definitions
from .inheritance import inherited
from .links import LocalFile
from .placeholders import cleared
from .record import PublicationBuilder


def build(
    entries: Iterable[Entry],
    people: Callable[[list[Name]], Directory],
    local_file: LocalFile,
    scholar: str = "",
    preamble: str = "",
) -> tuple[list[Publication], list[Problem]]:
    """Convert entries to publications, newest first, and report problems with their fields.

    `people` makes the directory from all names in the entries; `local_file` says the address of a
    file of the owner's, relative to the site's root, or None if there is none; `scholar` is the
    owner's user at Google Scholar; `preamble` is the TeX that the files define.
    """
    problems: list[Problem] = []
    entries = list(with_definitions(entries, preamble))
    entries = [cleared(entry, problems) for entry in with_citations(entries, problems)]
    shown = [e for e in inherited(entries, problems) if e.type not in ("xdata", "set")]
    parsed = [(_names(e, "author", problems), _names(e, "editor", problems)) for e in shown]
    directory = people([n for pair in parsed for found in pair for n in found.names])
    unique = slugs.unique(e.key for e in shown)
    known_types = set(KNOWN_TYPES)
    publications = []
    for position, (entry, slug, people_of) in enumerate(zip(shown, unique, parsed, strict=True)):
        builder = PublicationBuilder(entry, directory, local_file, problems, scholar)
        publications.append(builder.build(slug, *people_of, position))
        if entry.type not in known_types:
            known_types.add(entry.type)
            message = f"the entry type @{entry.type} is unknown, it is shown as @misc"
            problems.append(entry.problem("", message, "write a type that BibTeX has"))
    return sort(publications), problems


def sort(publications: Iterable[Publication]) -> list[Publication]:
    """Sort newest first; a missing month or day comes last within its year; then file order.

    Works in press have no year yet and come first, works without any date last.
    """
    in_press = (9999, 0, 0)
    return sorted(
        publications, key=lambda p: in_press if p.year and not p.date else p.date.key, reverse=True
    )


def _names(entry: Entry, field: str, problems: list[Problem]) -> names.Names:
    value = entry.get(field)
    found = names.parse(value) if value else names.Names((), False, False)
    if field == "author" and not value and (group := collaboration(plain(entry.get("collaboration")))):
        found = names.Names((Name(literal=group),), False, False)
    if found.comma_list:
        message = (
            f"the people in '{field}' of '{entry.key}' are separated by commas; "
            f"they were read as {len(found.names)} people"
        )
        problems.append(entry.problem(field, message, "put 'and' between the people"))
    return found
