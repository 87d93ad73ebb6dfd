"""JSON-LD in schema.org's vocabulary: a work, a list of works, and the owner's profile."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from ..common import identifiers
from ..model import Author, Person, Publication
from .highwire import PageUrls, pages
from .languages import language

Node = dict[str, Any]

_COUNT = re.compile("[0-9]{1,5}")
_MOST_LISTED = 100  # works, to keep pages small
_TYPES = {
    "article": "ScholarlyArticle", "preprint": "ScholarlyArticle", "inproceedings": "ScholarlyArticle",
    "incollection": "Chapter", "book": "Book", "phdthesis": "Thesis", "mastersthesis": "Thesis",
    "thesis": "Thesis",
    "techreport": "Report", "software": "SoftwareSourceCode", "dataset": "Dataset",
    "talk": "PresentationDigitalDocument", "poster": "Poster", "teaching": "Course",
}  # fmt: skip
_TYPES_BY_ENTRY = {
    "video": "VideoObject", "movie": "Movie", "audio": "AudioObject", "image": "ImageObject",
    "artwork": "VisualArtwork",
    "review": "Review", "unpublished": "Manuscript", "legislation": "Legislation",
    "online": "WebPage", "electronic": "WebPage", "www": "WebPage",
}  # fmt: skip
# What a script element cannot contain unescaped: https://html.spec.whatwg.org/#restrictions-for-contents-of-script-elements
_IN_SCRIPT = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


class Owner(NamedTuple):
    """The owner of the site. `id` is the address that identifies the person, or ''."""

    person: Person
    id: str = ""
    url: str = ""
    job_title: str = ""
    affiliation: tuple[str, ...] = ()
    alumni_of: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    image: str = ""


def script(node: Node) -> Markup:
    """The node as JSON for a script element, escaped so that it cannot end the element."""
    text = json.dumps({"@context": "https://schema.org", **node}, ensure_ascii=False)
    return Markup(text.translate(_IN_SCRIPT))


def work(publication: Publication, urls: PageUrls, owner: Owner | None) -> Node:
    """A publication; properties that are not known are left out."""
    entry = publication.entry
    kind = _TYPES.get(publication.type) or _TYPES_BY_ENTRY.get(entry.type, "CreativeWork")
    external = {link.kind: link.url for link in publication.links if link.external}
    encoding = {"@type": "MediaObject", "contentUrl": urls.pdf, "encodingFormat": "application/pdf"}
    return _known(
        {
            "@type": kind,
            "@id": urls.page,
            "url": urls.page,
            "name": publication.title.plain,
            "headline": publication.title.plain if kind == "ScholarlyArticle" else "",
            "author": [_author(author, owner) for author in publication.authors],
            "editor": [_author(editor, owner) for editor in publication.editors],
            "translator": [_author(translator, owner) for translator in publication.translators],
            "datePublished": publication.date.iso() if publication.date else "",
            "abstract": publication.abstract.plain,
            "keywords": list(publication.keywords),
            "inLanguage": language(publication.entry),
            "publisher": _organization(publication.publisher.plain),
            "identifier": _identifiers(publication, external),
            "sameAs": [external[name] for name in ("doi", "arxiv", "url") if name in external],
            "codeRepository": external.get("code", "") if kind == "SoftwareSourceCode" else "",
            "encoding": encoding if urls.pdf else None,
            **_where(publication, kind),
        }
    )


def _where(publication: Publication, kind: str) -> Node:
    """The book, journal or institution of a work, and its pages there."""
    first, last = pages(publication)
    venue, entry = publication.venue.plain, publication.entry
    if kind in ("Thesis", "Report"):
        number = publication.number if kind == "Report" else ""
        return {"sourceOrganization": _organization(venue), "reportNumber": number}
    isbn = identifiers.isbn(entry.get("isbn"))
    if kind == "Book":
        series = {"@type": "BookSeries", "name": venue} if venue else None
        count = int(publication.pages) if _COUNT.fullmatch(publication.pages) else 0
        return {"isbn": isbn, "isPartOf": series, "numberOfPages": count}
    if kind not in ("ScholarlyArticle", "Chapter") or not venue:
        return {}
    if publication.type in ("inproceedings", "incollection"):
        part = _known({"@type": "Book", "name": venue, "isbn": isbn})
    else:
        issn = identifiers.issn(entry.get("issn"))
        part = _known({"@type": "Periodical", "name": venue, "issn": issn})
        if publication.volume:
            number = publication.volume
            part = {"@type": "PublicationVolume", "volumeNumber": number, "isPartOf": part}
        if publication.number:
            part = {"@type": "PublicationIssue", "issueNumber": publication.number, "isPartOf": part}
    return {"isPartOf": part, "pageStart": first, "pageEnd": last}


def _identifiers(publication: Publication, urls: Mapping[str, str]) -> list[Node]:
    found = [("DOI", publication.doi, "doi"), ("arXiv", publication.eprint, "arxiv")]
    return [
        _known({"@type": "PropertyValue", "propertyID": name, "value": value, "url": urls.get(kind)})
        for name, value, kind in found
        if value
    ]


def _author(author: Author, owner: Owner | None) -> Node:
    name, known = author.name, author.person
    node: Node
    if author.is_owner and owner and owner.id:
        # Repeated here, as few readers follow @id to the home page.
        node = {"@type": "Person", "@id": owner.id, "name": str(name), "url": owner.url}
        return _known({**node, "sameAs": _owner_same_as(owner)})
    if name.literal and not (name.family or known):  # in braces, as BibTeX writes organizations
        return {"@type": "Organization", "name": str(name)}
    node = {
        "@type": "Person",
        "name": str(name),
        "givenName": name.given,
        "familyName": name.full_family,
    }
    if known:
        node |= {"url": known.url, "sameAs": _same_as(known)}
    return _known(node)


def profile(owner: Owner, page: str) -> Node:
    """The home page, with the owner as its main entity."""
    person = owner.person
    about = {
        "@type": "Person",
        "@id": owner.id,
        "name": person.name,
        "alternateName": _unique([person.native, *person.also]),
        "url": owner.url,
        "image": owner.image,
        "jobTitle": owner.job_title,
        "affiliation": [_organization(name) for name in owner.affiliation],
        "alumniOf": [_organization(name) for name in owner.alumni_of],
        "sameAs": _owner_same_as(owner),
    }
    return _known({"@type": "ProfilePage", "url": page, "mainEntity": _known(about)})


def collection(title: str, page: str, works: Sequence[str], count: int) -> Node:
    """A page that lists works, given the addresses of their pages; long lists are cut."""
    listed = list(works[:_MOST_LISTED])
    items = _known({"@type": "ItemList", "numberOfItems": count, "itemListElement": listed})
    return _known({"@type": "CollectionPage", "name": title, "url": page, "mainEntity": items})


def _same_as(person: Person) -> list[str]:
    """Addresses that identify a person."""
    return _unique([person.orcid_url, person.url, *person.links])


def _owner_same_as(owner: Owner) -> list[str]:
    return _unique([*owner.same_as, *_same_as(owner.person)], but=owner.url)


def _organization(name: str) -> Node | None:
    return {"@type": "Organization", "name": name} if name else None


def _unique(values: Iterable[str], but: str = "") -> list[str]:
    """Unique values, without empty ones and `but`; a slash at the end makes no difference."""
    found = {value.rstrip("/"): value for value in values}
    return [value for bare, value in found.items() if bare not in ("", but.rstrip("/"))]


def _known(node: Node) -> Node:
    return {name: value for name, value in node.items() if value}
