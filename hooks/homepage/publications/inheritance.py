"""What entries inherit from the entries in their `crossref` and `xdata`.

The rules are in the biblatex manual, 2.4.1 and appendix B, and go through several levels. Unlike there,
a paper takes nothing that describes the whole volume only, such as its DOI or its abstract.
"""

from collections.abc import Iterator
from itertools import islice

from ..bibtex import SITE_FIELDS
from ..model import Entry, Field, Problem

_MOST_INHERITED = 200  # fields; thousands of entries with thousands each would take hours
_DEEPEST = 20  # levels
# Fields that an entry does not inherit through `crossref`. biblatex does not inherit the last three
# lines either; the rest only describes the volume, not each paper in it.
_OWN = (SITE_FIELDS - {"abbr"}) | frozenset(
    "abstract addendum annote arxiv arxivid articleno article-number author+an collaboration comment "
    "doi eid elocation-id eprint eprintclass eprinttype archiveprefix primaryclass file note pmcid "
    "pmid preprint pubstate review url urldate urlday urlmonth urlyear keywords keyword pages pagetotal "
    "numpages eissn isrn ismn isan iswc lccn coden mrnumber mrclass mrreviewer zbl zblnumber "
    "shorttitle sorttitle indextitle indexsorttitle key ids "
    "crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions "
    "relatedstring relatedtype shorthand sortkey".split()
)
_TITLES = ("title", "subtitle", "titleaddon")
_IN_BOOKS = ("inbook", "bookinbook", "suppbook")
_BOOKS = ("book", "collection", "proceedings", "reference")
# Fields that say the same: an entry that has one of them takes none from its parent.
_ALIKE = (("date", "year", "month", "day"), ("journal", "journaltitle"), ("address", "location"))


def inherited(entries: list[Entry], problems: list[Problem]) -> Iterator[Entry]:
    """Add the fields that entries inherit, and list their names."""
    by_key = {e.key.lower(): e for e in reversed(entries)}
    known: dict[int, dict[str, Field]] = {}

    def fields_of(entry: Entry, below: tuple[int, ...]) -> dict[str, Field]:
        if id(entry) in known:
            return known[id(entry)]
        fields = dict(entry.fields)
        for name in ("xdata", "crossref"):
            for key in filter(None, map(str.strip, entry.get(name).split(","))):
                parent = by_key.get(key.lower())
                if parent is None or parent is entry or id(parent) in below:
                    why = "but no entry has this key" if parent is None else "which leads back to it"
                    message = f"{name} names '{key}', {why}"
                    problems.append(entry.problem(name, message, "write the key of another entry"))
                elif len(below) < _DEEPEST:
                    theirs = fields_of(parent, (*below, id(entry)))
                    for field in _passed_on(name, parent._replace(fields=theirs), entry):
                        fields.setdefault(field.name, field)
        return known.setdefault(id(entry), fields)

    for entry in entries:
        fields = fields_of(entry, ())
        more = frozenset(fields) - frozenset(entry.fields)
        yield entry._replace(fields=fields, inherited=more) if more else entry


def _passed_on(by: str, parent: Entry, child: Entry) -> Iterator[Field]:
    """The fields that a child takes, under the names that it has for them."""
    own = {name for names in _ALIKE if child.get(*names) for name in names}
    of = _title_prefix(parent, child)
    for field in islice(parent.fields.values(), _MOST_INHERITED):
        name = field.name
        if by == "xdata":
            yield field
        elif name == "author" and parent.type in ("book", "mvbook") and child.type in _IN_BOOKS:
            yield from (field, field._replace(name="bookauthor"))
        elif name in _TITLES:
            if of + name not in own and not (of == "book" and parent.get("booktitle")):
                yield field._replace(name=of + name)  # BibTeX prefers the volume's own booktitle
        elif name not in _OWN and name not in own and (name != "issn" or of == "journal"):
            yield field


def _title_prefix(parent: Entry, child: Entry) -> str:
    """What the parent's title is for the child: that of its book, of all volumes, of its journal."""
    if parent.type.startswith("mv") or (child.type in _BOOKS and child.get("title")):
        return "main"
    if parent.type == "periodical":
        return "journal"
    return "" if child.type in _BOOKS else "book"
