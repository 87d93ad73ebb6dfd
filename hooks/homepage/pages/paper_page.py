"""The page of a publication: facts, versions, exports and related works around the owner's text."""

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple

from markupsafe import Markup, escape

from ..bibtex import THESES
from ..citing import Style, citation, kind_of_work, where
from ..common import identifiers, status
from ..formats import File, references
from ..model import Date, Publication
from ..people import fold
from ..publications import ADDRESSES, address_of, archive_ids
from .fragments import Fragments
from .placeholders import unique
from .site import Addresses, Neighbours, Url

_CSL_JSON = "application/vnd.citationstyles.csl+json"
# What a URL cannot hold (RFC 3986); characters beyond ASCII are for the browser to encode.
_ENCODED = [(sign, f"%{ord(sign):02X}") for sign in '%\n "#<>[]{}|\\^`\t\r']
_DESCRIPTION = 160  # characters, about what search engines show
MOST_RELATED = 5
_OF_A_TOPIC = 100  # works compared per topic: the newest ones


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


def neighbours(works: Sequence[Publication]) -> dict[str, Neighbours]:
    """Return the neighbours of each work by its slug; `works` are newest first."""
    alike = related(works)
    places = zip(works, [None, *works[:-1]], [*works[1:], None], strict=True)
    return {work.slug: Neighbours(newer, older, alike[work.slug]) for work, newer, older in places}


def meta(work: Publication, label: Mapping[str, str]) -> dict[str, Markup]:
    """Return title and description of a work's page, escaped as Material expects them."""
    return {"title": escape(work.title.plain), "description": escape(description(work, label))}


def page(
    work: Publication,
    written: str,
    url: Url,
    used: set[str],
    title: str,
    *,
    fragments: Fragments,
    addresses: Addresses,
    around: Neighbours,
    exports: Mapping[str, File],
    styles: Sequence[Style],
) -> str:
    """Return the page: the work's data around the HTML that the owner has `written`.

    `used` are the ids that are taken, `title` is that of the front matter, `exports` has the file of
    each format.
    """
    if title == escape(work.title.plain):
        title = work.title.html  # the owner has not changed it
    label = fragments.label
    apa = citation.apa(work, label)
    context = {
        "publication": work,
        "title": Markup(title) if "<h1" not in written else "",
        "numbers": where(work, label),
        "facts": facts(work, label),
        "versions": versions(work, label),
        "notes": fragments.notes(work.marks),
        "venue_label": venue_label(work, label),
        "after_authors": apa.after_authors,
        "apa": citation.sentence(apa),
        "address": cited_address(work),
        "styles": [(style.title, cited) for style in styles if (cited := style.cite(work))],
        "exports": work_exports(work.slug, exports),
        "related": [(other, citation.author_year(other, label)) for other in around.related],
        "newer": around.newer,
        "older": around.older,
        "unique_id": lambda name: unique(name, used),
        "url": url,
        "page_of": lambda slug: addresses.own_page(slug, url),
        "in_list": addresses.in_list(work.slug, url),
    }
    end = written.find("</h1>") + len("</h1>") if "</h1>" in written else 0
    head, foot = (fragments.render(name, **context) for name in ("paper.html", "paper_foot.html"))
    return f"{written[:end]}\n{head}{written[end:]}\n{foot}"


def venue_label(work: Publication, label: dict[str, str]) -> str:
    """Return the label of the venue: where a work was published, written or presented."""
    if work.type in ("talk", "poster", "teaching"):
        return label["event"]
    return label["institution"] if work.type in (*THESES, "techreport") else label["published_in"]


def facts(work: Publication, label: dict[str, str]) -> list[Fact]:
    """Return what the citation does not say, identifiers last."""
    entry = work.entry
    said = work.type in (*THESES, "techreport")
    kind = kind_of_work(work, label) if said else label.get(f"kind_{work.type}", "")
    presented = work.type in ("talk", "poster", "teaching")
    place = references.text(work, "location", "address", "venue") if presented else ""
    isbn = identifiers.isbn(entry.get("isbn"))
    archived = archive_ids(entry)
    pmid, pmcid = archived.get("pubmed", ""), archived.get("pmc", "")
    found = [
        Fact(label["kind"], kind),
        Fact(label["place"], place),
        Fact(label["status"], "" if work.status == "published" else status(label, work.status)),
        Fact(label["edition_fact"], references.text(work, "edition")),
        Fact(label["version_title"], references.text(work, "version")),
        Fact(label["publisher"], work.publisher.plain),
        Fact(label["doi"], work.doi, identifiers.doi_url(work.doi)),
        Fact(label["arxiv"], work.eprint, f"https://arxiv.org/abs/{work.eprint}"),
        Fact("ISBN", isbn, f"https://en.wikipedia.org/wiki/Special:BookSources/{isbn}"),
        Fact("ISSN", references.text(work, "issn")),
        Fact("PMID", pmid, ADDRESSES["pubmed"].format(pmid)),
        Fact("PMCID", pmcid, ADDRESSES["pmc"].format(pmcid)),
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
    doi = identifiers.doi_url(work.doi)
    return doi or address_of(work)


def work_exports(slug: str, files: Mapping[str, File]) -> list[Export]:
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


def description(work: Publication, label: Mapping[str, str]) -> str:
    """Return the page's description for search engines: the start of the abstract, or the citation."""
    text = work.abstract.plain or citation.plain(citation.apa(work, dict(label)), work.title)
    text = " ".join(text[: 4 * _DESCRIPTION].split())
    if len(text) <= _DESCRIPTION:
        return text
    end = text.rfind(" ", _DESCRIPTION - 40, _DESCRIPTION)
    return text[: end if end > 0 else _DESCRIPTION - 1].rstrip(" .,;:–-") + "…"


def related(works: Sequence[Publication]) -> dict[str, list[Publication]]:
    """At most `MOST_RELATED` related works for each slug: most common topics first, then newest.

    `works` are newest first. Topics are keywords; case, accents and punctuation are ignored.
    """
    folded = {keyword: fold(keyword) for work in works for keyword in work.keywords}
    topics = [{folded[keyword] for keyword in work.keywords} - {""} for work in works]
    members: dict[str, list[int]] = {}
    for number, names in enumerate(topics):
        for name in names:
            if len(members.setdefault(name, [])) < _OF_A_TOPIC:
                members[name].append(number)
    result = {}
    for number, names in enumerate(topics):
        shared = Counter(other for name in names for other in members[name])
        del shared[number]
        best = nsmallest(MOST_RELATED, shared.items(), key=lambda pair: (-pair[1], pair[0]))
        result[works[number].slug] = [works[other] for other, _ in best]
    return result
