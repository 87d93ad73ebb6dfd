"""Convert publications to CSL-JSON and RIS."""

from ..bibtex import APART, THESES, said_type
from ..common import identifiers
from ..model import Name, Publication
from ..publications import address_of, archive_ids
from ..tex import plain
from . import csl_fields
from .highwire import pages
from .languages import language

# Entry type -> type of CSL 1.0.2 and of RIS.
_CSL = {
    "article": "article-journal", "inproceedings": "paper-conference", "book": "book",
    "incollection": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report", "patent": "patent", "preprint": "article", "misc": "document",
    "dataset": "dataset", "software": "software", "talk": "speech", "poster": "speech",
    "teaching": "document",
}  # fmt: skip
_CSL_BY_ENTRY = {
    "online": "webpage", "electronic": "webpage", "www": "webpage",
    "video": "motion_picture", "movie": "motion_picture", "music": "song", "audio": "song",
    "review": "review", "unpublished": "manuscript",
    "letter": "personal_communication", "legislation": "legislation",
    "jurisdiction": "legal_case", "image": "graphic", "artwork": "graphic", "booklet": "pamphlet",
    "inreference": "entry-encyclopedia", "periodical": "periodical", "standard": "standard",
    "performance": "performance",
}  # fmt: skip
_RIS = {
    "article": "JOUR", "inproceedings": "CPAPER", "book": "BOOK", "incollection": "CHAP",
    "phdthesis": "THES", "mastersthesis": "THES", "thesis": "THES",
    "techreport": "RPRT", "patent": "PAT",
    "preprint": "UNPB", "misc": "GEN", "dataset": "DATA", "software": "COMP", "talk": "SLIDE",
    "poster": "SLIDE", "teaching": "GEN",
}  # fmt: skip
_SEASONS = ("", "Spring", "Summer", "Fall", "Winter")
# Types whose venue is a container title; in RIS events are, too.
_CONTAINED = ("article", "preprint", "inproceedings", "incollection", "misc", "dataset", "software")
_RIS_BY_ENTRY = {
    "online": "ELEC", "electronic": "ELEC", "www": "ELEC",
    "video": "VIDEO", "movie": "VIDEO", "music": "MUSIC", "unpublished": "UNPB",
    "proceedings": "CONF",
}  # fmt: skip


def csl_json(publication: Publication, key: str = "") -> dict[str, object]:
    """An item of CSL-JSON 1.0 (citation-style-language/schema, csl-data.json); `id` is the key."""
    entry, event = publication.entry, _event(publication)
    archived = archive_ids(entry)
    container, address = csl_fields.without_address(_container(publication))
    item: dict[str, object] = {
        "id": key or publication.key,
        "type": _type(publication, _CSL, _CSL_BY_ENTRY),
        "title": publication.title.plain,
        "author": [csl_fields.name(a.name) for a in publication.authors],
        "editor": [csl_fields.name(e.name) for e in publication.editors],
        "translator": [csl_fields.name(t.name) for t in publication.translators],
        "issued": _csl_date(publication),
        "container-title": container,
        "event": event,
        "event-title": event,  # its name in CSL 1.0.2
        "event-place": text(publication, "location", "address", "venue") if event else "",
        "collection-title": text(publication, "series"),
        "volume": publication.volume,
        "issue" if publication.type == "article" else "number": publication.number,
        "page": publication.pages,
        "edition": csl_fields.edition(entry),
        "version": text(publication, "version"),
        "genre": _genre(publication),
        "publisher": _publisher(publication),
        "publisher-place": text(publication, "address", "location"),
        "DOI": publication.doi,
        "URL": address_of(publication) or address,
        "ISBN": identifiers.isbn(entry.get("isbn")) or text(publication, "isbn"),
        "ISSN": text(publication, "issn"),
        "PMID": archived.get("pubmed"),
        "PMCID": archived.get("pmc"),
        "abstract": publication.abstract.plain,
        "keyword": ", ".join(publication.keywords),
        "language": language(entry) or text(publication, "langid", "hyphenation", "language"),
        "status": "" if publication.status == "published" else publication.status,
        "note": publication.note.plain,
        **csl_fields.fields(publication),
    }
    if publication.eprint and not publication.venue:
        item |= {"publisher": "arXiv", "number": f"arXiv:{publication.eprint}"}
    return {name: value for name, value in item.items() if value}


def _csl_date(publication: Publication) -> dict[str, object]:
    if publication.date:
        return csl_fields.date(publication.date)
    return {"literal": publication.year} if publication.year else {}


def _container(publication: Publication) -> str:
    return publication.venue.plain if publication.type in _CONTAINED else ""


def _type(publication: Publication, by_kind: dict[str, str], by_entry: dict[str, str]) -> str:
    """The type for the entry type, else for the type that it is shown as."""
    entry_type, kind = publication.entry.type, publication.type
    own = kind in APART  # another field may say so
    return by_kind[kind] if own else by_entry.get(entry_type, by_kind[kind])


def _event(publication: Publication) -> str:
    return publication.venue.plain if publication.type in ("talk", "poster", "teaching") else ""


def _publisher(publication: Publication) -> str:
    """The publisher, the institution of a thesis or a report, or the owner of a patent."""
    if publication.type == "patent" and (owner := text(publication, "assignee", "holder")):
        return owner
    institution = publication.type in (*THESES, "techreport")
    return publication.publisher.plain or publication.venue.plain * institution


def _genre(publication: Publication) -> str:
    default = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "preprint": "Preprint"}
    return plain(said_type(publication.entry)) or default.get(publication.type, "")


def text(publication: Publication, *fields: str) -> str:
    """The first of these fields that is not empty, without TeX."""
    return plain(publication.entry.get(*fields))


def ris(publication: Publication, key: str = "") -> str:
    """A record in RIS (Research Information Systems' format, 2011)."""
    date = publication.date
    start, end = pages(publication)
    patent = publication.type == "patent"
    day = "/".join([*(f"{part:02}" for part in date.parts), "", "", ""][:3]) if date else ""
    if date.season:
        day += f"/{_SEASONS[date.season]}"
    lines: list[tuple[str, str]] = [
        ("TY", _type(publication, _RIS, _RIS_BY_ENTRY)),
        ("ID", key or publication.key),
        ("TI", publication.title.plain),
        *(("AU", _ris_name(a.name)) for a in publication.authors),
        *(("ED", _ris_name(e.name)) for e in publication.editors),
        ("PY", str(date.year) if date else publication.year),
        ("DA", day),
        ("T2", _container(publication) or _event(publication) or text(publication, "series")),
        ("VL", publication.volume),
        ("ET", text(publication, "edition", "version")),
        ("IS", publication.number * (not patent)),
        ("SP", start),
        ("EP", end),
        ("PB", _publisher(publication)),
        ("CY", text(publication, "address", "location")),
        ("SN", publication.number if patent else text(publication, "issn", "isbn")),
        ("M3", _genre(publication) if publication.type in (*THESES, "techreport", "patent") else ""),
        ("DO", publication.doi),
        ("UR", address_of(publication)),
        ("AB", publication.abstract.plain),
        *(("KW", keyword) for keyword in publication.keywords),
        ("N1", publication.note.plain),
    ]
    body = [f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value]
    return "\n".join([*body, "ER  - "]) + "\n"


def _ris_name(name: Name) -> str:
    family = name.full_family
    return ", ".join(filter(None, (family, name.given, name.suffix))) if family else str(name)
