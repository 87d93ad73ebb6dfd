"""Finds the service that has the BibTeX of a work: from a DOI, another identifier, or an address.

An address leads to a web page, and a PubMed number to a record of OpenAlex: these name a DOI.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from commands.shared import command_names
from commands.shared.site import Refusal
from homepage.common import identifiers

ADD = f"`{command_names.command_line('add -')}`"
PASTE = f"open it in a browser, copy its BibTeX, and paste that into {ADD}"
OPENALEX = "OpenAlex"

_ARXIV_DOI = "10.48550/arxiv."  # what the DOIs of arXiv start with
_MOST_HTML = 300_000  # characters of a page that are searched: its head
_ARXIV_PREFIX = re.compile(r"arxiv[:\s]\s*", re.I)
_ARXIV_END = re.compile(r"(?:v\d+)?\s*(?:\[[\w.-]+\])?$", re.I)  # arXiv:2402.13720v1 [cs.CL]
_ARXIV_HOSTS = ("arxiv.org", "alphaxiv.org", "ar5iv.org", "huggingface.co")
_DBLP_KEY = re.compile(r"(?:DBLP:)?((?:conf|journals|books|phd|series|reference|tr)/[\w./-]*\w)", re.I)
_DBLP_PATH = re.compile(
    r"/rec/(?:bibtex\d?/|html/|xml/|bib\d?/)?(.+?)(?:\.(?:bib|html|xml|rdf|nt|ttl|ris))?/?$"
)
# https://aclanthology.org/info/ids/: of 2020 and later, and of before.
_ACL = re.compile(r"\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+|[A-Z]\d{2}-\d{4,5}")
_ACL_DOI = "10.18653/v1/"
_OPENALEX_WORK = re.compile(r"(?:^|/)(W\d{4,12})$", re.I)
_NUMBERED = re.compile(r"(pmid|pmcid)\s*:\s*(?:PMC)?(\d{1,9})|PMC(\d{1,9})", re.I)
_ADDRESS = re.compile(r"https?://|(?:[\w-]+\.)+[a-z]{2,}/", re.I)
# What publishers append to a DOI in their addresses.
_BEHIND_DOI = re.compile(
    r"(?:\.(?:pdf|epdf|html?|full|abstract)|/(?:full|abstract|e?pdf|fulltext|html|meta|summary|references"
    r"|figures|citedby|metrics|issuetoc|pdfft|download))+/?$",
    re.I,
)
_BIORXIV_VERSION = re.compile(r"(?<=\d)v\d+(?:\.[\w.-]+)?$")
_BY_HAND = {  # services that let no program in, and how people get at the BibTeX
    "openreview.net": "OpenReview only answers browsers: on the paper's page, click “BibTeX”",
    "scholar.google.com": "Google Scholar only answers browsers: there, click “Cite”, then “BibTeX”",
    "semanticscholar.org": "Semantic Scholar only answers browsers: there, click “Cite”",
    "researchgate.net": "ResearchGate only answers browsers: there, click “Download citation”",
}


class Request(NamedTuple):
    """One question to a service, about a work as messages call it.

    `reader` says what the answer is: BibTeX, or what names another identifier of the work (see
    `follow`). `otherwise` is asked where the service fails.
    """

    url: str
    service: str
    work: str
    accept: str = "*/*"
    reader: str = "bibtex"
    otherwise: Request | None = None


def find(given: str) -> Request:
    """Return the request for an identifier or an address; raises Refusal if there is none."""
    given = given.strip().strip("<>\"'“”")
    if bare := _bare(given):
        return bare
    if _ADDRESS.match(given):
        return _of_address(given)
    if doi := identifiers.doi(given):
        return _of_doi(doi)
    raise Refusal(
        f"'{given[:80]}' is no DOI, arXiv identifier or address: give one such as "
        "10.1145/3292500.3330701, arXiv:2402.13720 or https://…, or - to paste BibTeX."
    )


def _bare(given: str) -> Request | None:
    """Return the request for an identifier that stands alone."""
    if re.match(r"(?:doi\s*:\s*)?10\.\d{4,9}/\S", given, re.I):
        return _of_doi(identifiers.doi(given))
    arxiv = _ARXIV_PREFIX.sub("", given, count=1)
    found = identifiers.arxiv(arxiv)
    if found and arxiv.startswith(found) and _ARXIV_END.fullmatch(arxiv, len(found)):
        return _of_arxiv(found)
    if match := _DBLP_KEY.fullmatch(given):
        return _of_dblp(match[1])
    if _ACL.fullmatch(given):
        return _of_acl(given)
    if re.fullmatch(r"W\d{4,12}", given, re.I):
        return _of_openalex(given.upper(), given)
    if match := _NUMBERED.fullmatch(given):
        kind = (match[1] or "pmcid").lower()
        return _of_openalex(f"{kind}:{match[2] or match[3]}", given)
    return None


def _of_address(given: str) -> Request:
    url = given if "://" in given else f"https://{given}"
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refusal(f"'{given[:80]}' is no address: check it.") from None
    host = (parts.hostname or "").removeprefix("www.")
    path = unquote(parts.path)
    for name, by_hand in _BY_HAND.items():
        if _is_at(host, name):
            raise Refusal(f"{by_hand}, and paste it into {ADD}.")
    if any(_is_at(host, name) for name in _ARXIV_HOSTS) and (found := identifiers.arxiv(path)):
        return _of_arxiv(found)
    if host.startswith("dblp.") and (match := _DBLP_PATH.match(path)):
        return _of_dblp(match[1])
    if host in ("aclanthology.org", "aclweb.org") and (match := _ACL.search(path)):
        return _of_acl(match[0])
    if host.endswith("openalex.org") and (match := _OPENALEX_WORK.search(path.rstrip("/"))):
        return _of_openalex(match[1].upper(), match[1])
    if host.endswith("ncbi.nlm.nih.gov") and (match := re.search(r"(PMC)?(\d{1,9})/?$", path)):
        return _of_openalex(f"{'pmcid' if match[1] else 'pmid'}:{match[2]}", match[0].strip("/"))
    if host == "nature.com" and (match := re.match(r"/articles/([\w.-]+)", path)):
        return _of_doi(f"10.1038/{_BEHIND_DOI.sub('', match[1])}")
    for text in (path, unquote(parts.query).partition("&")[0], unquote(parts.fragment)):
        if doi := identifiers.doi(text):
            return _of_doi(_BIORXIV_VERSION.sub("", doi) if doi.startswith("10.1101/") else doi)
    if host:
        return Request(url, host, given, "text/html", "page")
    raise Refusal(f"'{given[:80]}' is no address: check it.")


def identifiers_of(request: Request) -> tuple[str, str]:
    """Return the DOI and the arXiv identifier that a request for BibTeX asks for, each maybe ''."""
    for asked in filter(None, (request, request.otherwise)):
        if asked.service == "arXiv":
            return "", identifiers.arxiv(asked.work)
        if asked.service == "doi.org":
            return asked.work, ""
    return "", ""


def _is_at(host: str, name: str) -> bool:
    return host == name or host.endswith(f".{name}")


def _of_doi(doi: str) -> Request:
    doi = _BEHIND_DOI.sub("", doi)
    if doi.lower().startswith(_ARXIV_DOI):
        return _of_arxiv(doi[len(_ARXIV_DOI) :])
    if doi.lower().startswith(_ACL_DOI) and _ACL.fullmatch(doi[len(_ACL_DOI) :]):
        return _of_acl(doi[len(_ACL_DOI) :])._replace(otherwise=_at_doi_org(doi))
    return _at_doi_org(doi)


def _at_doi_org(doi: str) -> Request:
    """Crossref, DataCite and others answer behind it: https://citation.doi.org/docs.html."""
    return Request(f"https://doi.org/{quote(doi, safe='/')}", "doi.org", doi, "application/x-bibtex")


def _of_arxiv(found: str) -> Request:
    bare = re.sub(r"v\d+$", "", found, flags=re.I)
    otherwise = _at_doi_org(f"10.48550/arXiv.{bare}")  # DataCite, when arXiv is too busy
    return Request(
        f"https://arxiv.org/bibtex/{quote(bare)}", "arXiv", f"arXiv:{bare}", otherwise=otherwise
    )


def _of_dblp(key: str) -> Request:
    return Request(f"https://dblp.org/rec/{quote(key)}.bib", "DBLP", f"DBLP:{key}")


def _of_acl(found: str) -> Request:
    return Request(f"https://aclanthology.org/{found}.bib", "the ACL Anthology", found)


def _of_openalex(found: str, work: str) -> Request:
    """A work's record is free of charge there: https://developers.openalex.org/guides/get."""
    url = f"https://api.openalex.org/works/{quote(found, safe=':/')}?select=id,doi,locations"
    return Request(url, OPENALEX, work, "application/json", "openalex")


def follow(request: Request, text: str) -> Request:
    """Return the request for the DOI or arXiv identifier that an answer without BibTeX names."""
    found = (_identifier_in_page if request.reader == "page" else _identifier_in_record)(text)
    if found and (onward := _bare(found)):
        return onward
    raise Refusal(f"{request.service} names no DOI of {request.work}: {PASTE}.")


def published(preprint: str) -> Request:
    """Return the request for the record of an arXiv preprint, for `published_doi`."""
    bare = re.sub(r"v\d+$", "", preprint)
    return _of_openalex(f"doi:10.48550/arxiv.{bare}", preprint)


# -- answers without BibTeX ----------------------------------------------------


class _MetaTags(HTMLParser):
    """Reads the tags that Scholar reads, too: https://scholar.google.com/intl/en/scholar/inclusion.html."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = values.get("name", values.get("property", "")).lower()
            self.found.setdefault(name, values.get("content", ""))


def _identifier_in_page(text: str) -> str:
    """Return the DOI, or the arXiv identifier, in the head of a web page, or ''."""
    page = _MetaTags()
    page.feed(text[:_MOST_HTML])
    for name in ("citation_doi", "bepress_citation_doi", "dc.identifier", "prism.doi"):
        if doi := identifiers.doi(page.found.get(name, "")):
            return doi
    return identifiers.arxiv(page.found.get("citation_arxiv_id", ""))


def _identifier_in_record(text: str) -> str:
    """Return the DOI, or the arXiv identifier, in a record of OpenAlex, or ''."""
    values = _addresses(text)
    arxiv = (identifiers.arxiv(value) for value in values if "arxiv.org" in value)
    return next(filter(None, (*map(identifiers.doi, values), *arxiv)), "")


def published_doi(text: str) -> str:
    """Return the DOI of the published version that a record of OpenAlex names, or ''."""
    dois = map(identifiers.doi, _addresses(text, version="publishedVersion"))
    return next((doi for doi in dois if doi and not doi.lower().startswith(_ARXIV_DOI)), "")


def _addresses(text: str, version: str = "") -> list[str]:
    """Return the DOI in a record of OpenAlex, and the addresses of the work, or of one version."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return []
    record = record if isinstance(record, dict) else {}
    listed = record.get("locations")
    places = [p for p in listed if isinstance(p, dict)] if isinstance(listed, list) else []
    urls = (p.get("landing_page_url") for p in places if version in ("", p.get("version")))
    return [value for value in (record.get("doi"), *urls) if isinstance(value, str)]
