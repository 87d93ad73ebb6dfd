"""One publication on its own page: what is shown of it besides its fields."""

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
    """One line of the facts, text or a link."""

    label: str
    text: str
    url: str = ""


class Export(NamedTuple):
    """A work in a format of others: `html` to show and to copy, an address that is the file itself."""

    ending: str
    name: str
    html: Markup
    url: str


class Version(NamedTuple):
    """One version of a work: what it is, where it appeared, when, and its address."""

    kind: str
    venue: Markup
    date: Date
    url: str


def path_of(slug: str, local_file: LocalFile) -> str:
    """The path of the page's source below docs/: a folder's, if the owner has made one, else a file."""
    return local_file(f"publications/{slug}/index.md") or f"publications/{slug}.md"


def facts(work: Publication, label: dict[str, str]) -> list[Fact]:
    """What else is known of a work, identifiers last."""
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
    """All versions of a work that has several, the leading one first."""
    others = [_version(other, label) for other in work.versions]
    if not others:
        return []
    leading = _version(work, label)
    # The leading one has the links of all: without one of its own, another's is none of it.
    own = "" if leading.url in [other.url for other in others] else leading.url
    return [leading._replace(url=own), *others]


def _version(work: Publication, label: dict[str, str]) -> Version:
    archived = f"arXiv:{work.eprint}" if work.eprint else ""
    arxiv = f"https://arxiv.org/abs/{work.eprint}" if archived and not work.venue else ""
    venue = work.venue.html or escape(archived)
    return Version(status(label, work.status), venue, work.date, arxiv or address_of(work))


def cited_address(work: Publication) -> str:
    """The address at the end of a citation: the DOI's, as APA asks (9.34), else the work's own."""
    doi = identifiers.safe_url(f"https://doi.org/{work.doi}") if work.doi else ""
    return doi or address_of(work)


def exports(slug: str, files: Mapping[str, File]) -> list[Export]:
    """The work in the formats of others; `files` are the whole bibliography in each of them.

    Addresses hold the files: thousands of small ones would take longer to write than all pages.
    """
    part = {kind: file.part(slug) for kind, file in files.items()}
    return [
        _export("bib", "BibTeX", "application/x-bibtex", part["bibtex"]),
        _export("ris", "RIS", "application/x-research-info-systems", part["ris"]),
        _export("json", "CSL-JSON", _CSL_JSON, f"[\n{part['csl-json']}\n]\n"),
    ]


def _export(ending: str, name: str, media_type: str, text: str) -> Export:
    shown = Markup(html.escape(text, quote=False))  # it has many quotes, and is in no attribute
    for sign, code in _ENCODED:
        if sign in text:
            text = text.replace(sign, code)
    return Export(ending, name, shown, f"data:{media_type};charset=utf-8,{text}")


def description(work: Publication, label: dict[str, str]) -> str:
    """What search engines show below the title: the start of the abstract, else the citation."""
    text = work.abstract.plain or citation.plain(citation.apa(work, label), work.title)
    text = " ".join(text[: 4 * _DESCRIPTION].split())
    if len(text) <= _DESCRIPTION:
        return text
    end = text.rfind(" ", _DESCRIPTION - 40, _DESCRIPTION)
    return text[: end if end > 0 else _DESCRIPTION - 1].rstrip(" .,;:–-") + "…"
