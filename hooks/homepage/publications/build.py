"""Convert BibTeX entries to publications."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from ..bibtex import KNOWN_TYPES, SITE_FIELDS
from ..common import identifiers
from ..model import Entry, Name, Problem, Publication
from ..people import Directory, names
from .in_notes import with_citations, with_definitions
from .links import LocalFile
from .record import PublicationBuilder

_MOST_INHERITED = 200  # fields; thousands of entries with thousands each would take hours
# Fields that an entry does not inherit through `crossref`. biblatex does not inherit the last three
# lines either (its manual, appendix B); the rest only describes the volume, not each paper in it.
_OWN = (SITE_FIELDS - {"abbr"}) | frozenset(
    "abstract addendum annote arxiv arxivid articleno article-number author+an collaboration comment "
    "doi eid elocation-id eprint eprintclass eprinttype archiveprefix primaryclass file note pmcid "
    "pmid preprint pubstate review url urldate urlday urlmonth urlyear keywords keyword "
    "subtitle titleaddon shorttitle sorttitle indextitle indexsorttitle key ids "
    "crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions "
    "relatedstring relatedtype shorthand sortkey".split()
)


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
    entries = list(_inherited(list(with_citations(entries, problems)), problems))
    shown = [e for e in entries if e.type not in ("xdata", "set")]
    parsed = [(_names(e, "author", problems), _names(e, "editor", problems)) for e in shown]
    directory = people([n for pair in parsed for found in pair for n in found.names])
    slugs = identifiers.slugs([e.key for e in shown])
    known_types = set(KNOWN_TYPES)
    publications = []
    for position, (entry, slug, people_of) in enumerate(zip(shown, slugs, parsed, strict=True)):
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


def _inherited(entries: list[Entry], problems: list[Problem]) -> Iterator[Entry]:
    """Add the fields that entries inherit through `crossref` and `xdata`, and list their names.

    The rules are in the biblatex manual, 2.4.1 and 3.13.6.
    """
    by_key = {e.key.lower(): e for e in reversed(entries)}
    for entry in entries:
        fields = dict(entry.fields)
        for name in ("xdata", "crossref"):
            for key in filter(None, map(str.strip, entry.get(name).split(","))):
                parent = by_key.get(key.lower())
                if parent is None or parent is entry:
                    message = f"{name} names '{key}', but no entry has this key"
                    problems.append(entry.problem(name, message, "write the key of an entry"))
                    continue
                for field in islice(parent.fields.values(), _MOST_INHERITED):
                    if name == "crossref" and field.name in ("title", "booktitle"):
                        title = parent.get("booktitle", "title")
                        fields.setdefault("booktitle", field._replace(name="booktitle", value=title))
                    elif name == "xdata" or field.name not in _OWN:
                        fields.setdefault(field.name, field)
        inherited = frozenset(fields) - frozenset(entry.fields)
        yield entry._replace(fields=fields, inherited=inherited) if inherited else entry


def _names(entry: Entry, field: str, problems: list[Problem]) -> names.Names:
    value = entry.get(field)
    found = names.parse(value) if value else names.Names((), False, False)
    if found.comma_list:
        message = (
            f"the people in '{field}' of '{entry.key}' are separated by commas; "
            f"they were read as {len(found.names)} people"
        )
        problems.append(entry.problem(field, message, "put 'and' between the people"))
    return found
