"""Servers of preprints, other than arXiv, and what their exports add to notes and abstracts.

DOI prefixes are those of Crossref's and DataCite's members of type posted content or preprint.
"""

import re

from ..model import Entry

# What a DOI of the server begins with. Cold Spring Harbor's journals have 10.1101, too, with letters.
_DOIS = {
    "bioRxiv": r"10\.(?:1101|64898)/(?:\d{4}\.\d\d\.\d\d\.\d+|\d{6})",
    "ChemRxiv": r"10\.26434/", "PsyArXiv": r"10\.31234/", "SocArXiv": r"10\.31235/",
    "OSF Preprints": r"10\.31219/", "SSRN": r"10\.2139/ssrn", "Research Square": r"10\.21203/rs\.",
    "Preprints.org": r"10\.20944/preprints", "EarthArXiv": r"10\.31223/", "EdArXiv": r"10\.35542/",
    "EcoEvoRxiv": r"10\.32942/", "engrXiv": r"10\.31224/", "LawArXiv": r"10\.31228/",
    "MetaArXiv": r"10\.31222/", "AgriXiv": r"10\.31220/", "PaleorXiv": r"10\.31233/",
    "MindRxiv": r"10\.31231/", "NutriXiv": r"10\.31232/", "BodoArXiv": r"10\.34055/",
    "SportRxiv": r"10\.(?:31236|51224)/", "AfricArXiv": r"10\.31730/", "LISSA": r"10\.31229/",
    "MarXiv": r"10\.31230/", "BITSS": r"10\.31218/", "TechRxiv": r"10\.36227/",
    "Authorea": r"10\.22541/au\.", "ESS Open Archive": r"10\.(?:1002|22541)/essoar\.",
    "SciELO Preprints": r"10\.1590/scielopreprints", "PeerJ Preprints": r"10\.7287/peerj\.preprints",
    "JMIR Preprints": r"10\.2196/preprints", "Cambridge Open Engage": r"10\.33774/",
    "Advance": r"10\.31124/", "EGUsphere": r"10\.5194/egusphere-2", "ChinaXiv": r"10\.12074/",
    "Optica Open": r"10\.1364/opticaopen", "Jxiv": r"10\.51094/jxiv", "MediArXiv": r"10\.33767/",
    "MitoFit Preprints": r"10\.26124/mitofit", "medRxiv": "",
}  # fmt: skip
_BY_DOI = [(name, re.compile(pattern)) for name, pattern in _DOIS.items() if pattern]
_ALIASES = {
    "social science research network": "SSRN", "open science framework": "OSF Preprints",
    "osf": "OSF Preprints", "preprints": "Preprints.org", "essoar": "ESS Open Archive",
    "sage advance": "Advance", "psyrxiv": "PsyArXiv",
}  # fmt: skip
_NAMES = {name.lower(): name for name in _DOIS if name != "Advance"} | _ALIASES
# `bioRxiv preprint`, `SSRN Electronic Journal`, `Available at SSRN 123` (Google Scholar).
_AROUND = re.compile(
    r"(?:the |available at )?([\w .]+?)(?: \d+)?"
    r"(?:[ ,:(]+(?:preprints?(?: server)?|electronic journal|scholarly paper"
    r"|cold spring harbor laboratory(?: press)?)\)?)?\W*(?:doi:.*|https?:.*)?",
    re.I,
)
_HOSTS = re.compile(
    r"://(?:www\.|papers\.)?(biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|techrxiv|preprints)\.(?:org|com)/",
    re.I,
)
_VENUES = ("journal", "journaltitle", "booktitle")
_PUBLISHERS = ("howpublished", "publisher", "institution", "organization", "archive")
# What Zotero's exports write into `note`, a line each (`zotero.bib.js`: fields that BibTeX has not).
_EXPORTED = re.compile(
    r"^[ \t]*(?:\\?_?(?:pages|section|publisher|issn|isbn|eprint|num pages|company|distributor"
    r"|institution|place|conference name|page version id|citation key|tex\.\w+):.*"
    r"|arxiv:\S+ \[\S+\]\s*)$\n?",
    re.I | re.M,
)
_STATEMENTS = re.compile(
    r"\b(?:Competing Interests? Statement|Conflict of Interests? Statement|Funding Statement"
    r"|Clinical (?:Trial|Protocols)[ *#]*$|Author Declarations)\b",
    re.I | re.M,
)


def server(entry: Entry, doi: str) -> str:
    """The name of the server whose preprint an entry with this DOI is, or ''.

    It is named by `eprinttype`, the journal, the publisher, the DOI or the address; what has another
    journal is no preprint, although its DOI may be that of one.
    """
    published = entry.get(*_VENUES)
    fields = _VENUES if published else ("eprinttype", "archiveprefix", *_PUBLISHERS)
    if name := next(filter(None, (_named(entry.get(field)) for field in fields)), ""):
        return name
    if published:
        return ""
    if name := of_doi(doi):
        return "medRxiv" if "medrxiv" in entry.get("url").lower() else name
    host = _HOSTS.search(entry.get("url"))
    return _NAMES[host[1].lower()] if host and entry.type in ("misc", "online", "unpublished") else ""


def of_doi(doi: str) -> str:
    """The name of the server that gave a DOI, or ''."""
    return next((name for name, pattern in _BY_DOI if pattern.match(doi.lower())), "")


def _named(value: str) -> str:
    match = _AROUND.fullmatch(" ".join(value[:100].strip("{} ").split()))
    return _NAMES.get(match[1].lower(), "") if match else ""


def without_export(note: str) -> str:
    """A note without the lines that Zotero adds from other fields, such as `Section: New Results`."""
    return _EXPORTED.sub("", note).strip()


def without_statements(abstract: str) -> str:
    """An abstract of bioRxiv or medRxiv without the statements about interests and funding behind it."""
    found = _STATEMENTS.search(abstract)
    return abstract[: found.start()].rstrip("#* \n") if found else abstract
