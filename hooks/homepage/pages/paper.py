"""The parts of a publication's own page: facts, versions, exports, description."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup, escape

from ..citing import citation
from ..common import identifiers, status
from ..formats import File, references
from ..model import Date, Publication
from ..publications import LocalFile, address_of

_CSL_JSON = "application/vnd.citationstyles.csl+json"
# What a URL cannot hold (RFC 3986); characters beyond ASCII are for the browser to encode.
_ENCODED = [(sign, f"%{ord(sign):02X}") for sign in '%\n "#<>[]{}|\\^`\t\r']
_DESCRIPTION = 160  # characters, about what search engines show


class Fact(NamedTuple):
    """A labelled line of text, or a link."""

    label: str
    text: str
    url: str = ""


class Export(NamedTuple):
    """A work in an export format: `html` to show and copy, and the file itself as a data: URL."""

    ending: str
    name: str
    html: Markup
    url: str


class Version(NamedTuple):
    """One version of a work: its kind, venue, date and address."""

    kind: str
    venue: Markup
    date: Date
    url: str


def path_of(slug: str, local_file: LocalFile) -> str:
    """Return the path of the page's source in docs/: the owner's folder, if there is one, or a file."""
    return local_file(f"publications/{slug}/index.md") or f"publications/{slug}.md"


def facts(work: Publication, label: dict[str, str]) -> list[Fact]:
    """Return what the citation does not say, identifiers last."""
    entry = work.entry
    isbn = identifiers.isbn(entry.get("isbn"))
    pmid, pmcid = identifiers.pmid(entry.get("pmid")), identifiers.pmcid(entry.get("pmcid"))
    found = [
        Fact(label["kind"], label.get(f"kind_{work.type}", "")),
        Fact(label["status"], "" if work.status == "published" else status(label, work.status)),
        Fact(label["publisher"], work.publisher.plain),
        Fact(label["doi"], work.doi, f"https://doi.org/{work.doi}"),
        Fact(label["arxiv"], work.eprint, f"https://arxiv.org/abs/{work.eprint}"),
        Fact("ISBN", isbn, f"https://en.wikipedia.org/wiki/Special:BookSources/{isbn}"),
        Fact("ISSN", references.text(work, "issn")),
        Fact("PMID", pmid, f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"),
        Fact("PMCID", pmcid, f"https://www.ncbi.nlm.nih.gov/pmc/articles/{pmcid}/"),
    ]
    return [fact._replace(url=identifiers.safe_url(fact.url)) for fact in found if fact.text]


def versions(work: Publication, label: dict[str, str]) -> list[Version]:
    """Return all versions of a work, the leading one first; [] if there is only one."""
    others = [_version(other, label) for other in work.versions]
    if not others:
        return []
    leading = _version(work, label)
    # Merging gives the leading version the links of all, so its address may be another version's.
    own = "" if leading.url in [other.url for other in others] else leading.url
    return [leading._replace(url=own), *others]


def _version(work: Publication, label: dict[str, str]) -> Version:
    archived = f"arXiv:{work.eprint}" if work.eprint else ""
    arxiv = f"https://arxiv.org/abs/{work.eprint}" if archived and not work.venue else ""
    venue = work.venue.html or escape(archived)
    return Version(status(label, work.status), venue, work.date, arxiv or address_of(work))


def cited_address(work: Publication) -> str:
    """Return the address at the end of a citation: the DOI (APA 9.34), else the work's own."""
    doi = identifiers.safe_url(f"https://doi.org/{work.doi}") if work.doi else ""
    return doi or address_of(work)


def exports(slug: str, files: Mapping[str, File]) -> list[Export]:
    """Return the work in each export format; `files` are the whole bibliography in each of them.

    They are data: URLs, as writing thousands of small files would take longer than all pages.
    """
    part = {kind: file.part(slug) for kind, file in files.items()}
    return [
        _export("bib", "BibTeX", "application/x-bibtex", part["bibtex"]),
        _export("ris", "RIS", "application/x-research-info-systems", part["ris"]),
        _export("json", "CSL-JSON", _CSL_JSON, f"[\n{part['csl-json']}\n]\n"),
    ]


def _export(ending: str, name: str, media_type: str, text: str) -> Export:
    shown = Markup(html.escape(text, quote=False))  # quotes are many, and safe outside attributes
    for sign, code in _ENCODED:
        if sign in text:
            text = text.replace(sign, code)
    return Export(ending, name, shown, f"data:{media_type};charset=utf-8,{text}")


def description(work: Publication, label: dict[str, str]) -> str:
    """Return the page's description for search engines: the start of the abstract, or the citation."""
    text = work.abstract.plain or citation.plain(citation.apa(work, label), work.title)
    text = " ".join(text[: 4 * _DESCRIPTION].split())
    if len(text) <= _DESCRIPTION:
        return text
    end = text.rfind(" ", _DESCRIPTION - 40, _DESCRIPTION)
    return text[: end if end > 0 else _DESCRIPTION - 1].rstrip(" .,;:–-") + "…"
