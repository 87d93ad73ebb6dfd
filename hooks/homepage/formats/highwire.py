"""The <meta> tags of a publication's page: Highwire Press tags and Dublin Core.

The tags follow Google Scholar's Inclusion Guidelines for Webmasters ("Configuring the meta-tags")
and Zotero's translator "Embedded Metadata", which prefers Highwire's tags, and takes the type of work
from the venue's tag, else from DC.type.
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from ..common import identifiers
from ..model import Name, Publication
from ..publications import archive_ids
from .languages import language

Tag = tuple[str, str]

_PAGES = re.compile(r"([^-,\s]*\d[^-,\s]*|[ivxlcdm]+)-([^-,\s]*\d[^-,\s]*|[ivxlcdm]+)", re.I)
_LONGEST_PAGES = 100  # characters; Python reads no number of more than 4,300 digits
_LAST_NUMBER = re.compile(r"\d+$")
_VENUE = {
    "article": "citation_journal_title",
    "inproceedings": "citation_conference_title",
    "incollection": "citation_inbook_title",
    "phdthesis": "citation_dissertation_institution",
    "mastersthesis": "citation_dissertation_institution",
    "thesis": "citation_dissertation_institution",
    "techreport": "citation_technical_report_institution",
    "book": "citation_series_title",
}
_NUMBER = {  # of a series, a book's number is none of an issue
    "techreport": "citation_technical_report_number", "patent": "citation_patent_number",
    "book": "", "incollection": "",
}  # fmt: skip
_DC_TYPE = {  # in words that Zotero's translator "RDF" knows
    "article": "Journal Article", "inproceedings": "Conference Paper", "incollection": "Book Chapter",
    "book": "book", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report",
    "patent": "patent", "preprint": "preprint", "dataset": "dataset", "software": "software",
    "talk": "presentation", "presentation": "presentation", "poster": "Conference Poster",
    "video": "MovingImage", "movie": "MovingImage", "image": "Image", "artwork": "Image",
}  # fmt: skip


class PageUrls(NamedTuple):
    """The absolute addresses of a work's page and of its PDF, '' if there is none."""

    page: str = ""
    pdf: str = ""


def pdf(publication: Publication, absolute: Callable[[str], str]) -> str:
    """The absolute address of the work's PDF, or ''; `absolute` converts a path below docs/.

    A file on this site comes first, as Scholar only indexes PDFs next to the page. Reference managers
    also fetch others: the address in `pdf`, a PDF in `url`, or arXiv's PDF of the eprint.
    """
    of_kind = [link for link in publication.links if link.kind == "pdf"]
    found = [absolute(link.url) for link in of_kind if not link.external]
    found += [link.url for link in of_kind if link.external]
    urls = (link.url for link in publication.links if link.external and link.kind == "url")
    found += [url for url in urls if urlsplit(url).path.lower().endswith(".pdf")]
    if publication.eprint:
        found.append(f"https://arxiv.org/pdf/{publication.eprint}")
    return next(filter(None, found), "")


def highwire(publication: Publication, urls: PageUrls) -> list[Tag]:
    """The `citation_…` tags, in order, without empty ones."""
    entry, kind = publication.entry, publication.type
    first, last = pages(publication)
    number = _NUMBER.get(kind, "citation_issue")
    tags = [
        ("citation_title", publication.title.plain),
        *(("citation_author", _author(author.name)) for author in publication.authors),
        ("citation_publication_date", publication.date.iso().replace("-", "/") * bool(publication.date)),
        (_VENUE.get(kind, ""), publication.venue.plain),
        ("citation_volume", publication.volume),
        (number, publication.number),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_doi", publication.doi),
        ("citation_issn", identifiers.issn(f"{entry.get('issn')} {entry.get('isbn')}")),
        ("citation_isbn", identifiers.isbn(entry.get("isbn"))),
        ("citation_arxiv_id", publication.eprint),
        ("citation_pmid", archive_ids(entry).get("pubmed", "")),
        ("citation_publisher", publication.publisher.plain),
        ("citation_language", language(entry)),
        *(("citation_keywords", keyword) for keyword in publication.keywords),
        ("citation_abstract_html_url", urls.page),
        ("citation_pdf_url", urls.pdf),
    ]
    return [tag for tag in tags if all(tag)]


def _author(name: Name) -> str:
    """`Family, Given`, which both readers can split; other names, as of organizations, do not change.

    Zotero reads `A B, C D` as two people, A B and C D, unless a space is a no-break space.
    """
    family = name.full_family
    if not family:
        return str(name)
    space = "\xa0" if " " in family else " "
    given = [part.replace(" ", space) for part in (name.given, name.suffix) if part]
    return ", ".join((family, f",{space}".join(given))) if given else family


def dublin_core(publication: Publication, urls: PageUrls) -> list[Tag]:
    """The `DC.…` tags: Scholar's last resort, and the first choice of other readers."""
    doi, kind = publication.doi, publication.entry.type
    tags = [
        ("DC.title", publication.title.plain),
        *(("DC.creator", _author(author.name)) for author in publication.authors),
        *(("DC.contributor", _author(editor.name)) for editor in publication.editors),
        ("DC.issued", publication.date.iso() if publication.date else ""),
        ("DC.type", _DC_TYPE.get(kind) or _DC_TYPE.get(publication.type, "Text")),
        ("DC.relation.ispartof", publication.venue.plain),
        ("DC.publisher", publication.publisher.plain),
        ("DC.language", language(publication.entry)),
        ("DC.identifier", f"doi:{doi}" if doi else ""),
        ("DC.identifier", urls.page),
    ]
    return [tag for tag in tags if tag[1]]


def pages(publication: Publication) -> tuple[str, str]:
    """The first and last page; anything but a range, such as an article number, is the first one.

    A last page with fewer digits has the others from the first one: 1639-41, S101-9, 12:1-25.
    """
    found = publication.pages.partition(",")[0].strip()
    match = _PAGES.fullmatch(found) if len(found) < _LONGEST_PAGES else None
    if not match:
        return found, ""
    first, last = match.groups()
    number = _LAST_NUMBER.search(first)
    prefix = first[: number.start()] if number else ""
    digits = last.removeprefix(prefix)
    if number and digits.isdecimal():
        short = number[0][: -len(digits)] + digits if len(digits) < len(number[0]) else digits
        if int(short) > int(number[0]):
            last = prefix + short
    return first, last
