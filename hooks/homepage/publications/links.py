"""The links of one entry, in a fixed order, each with a safe address."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from ..common import identifiers
from ..model import Entry, Link, Publication
from ..tex import plain
from .archives import ADDRESSES, archive_ids, archive_of

LocalFile = Callable[[str], "str | None"]
Report = Callable[..., None]  # of a problem: the field, the message, the hint, the severity
# Where files that an entry names are looked for below docs/, al-folio's folders among them.
_FOLDERS = (
    "", "assets/", "assets/pdf/", "assets/html/", "assets/img/publication_preview/", "assets/img/",
    "files/",
)  # fmt: skip

_FIELDS = {  # the kinds of links, which are keys of labels, in display order, and their fields
    "pdf": ("pdf",), "arxiv": (), "doi": ("doi",), "url": ("html", "url", "doi"), "hal": ("hal",),
    "jstor": (), "handle": (), "google_books": (),
    "code": ("code", "github"), "website": ("website",), "slides": ("slides",), "poster": ("poster",),
    "video": ("video",), "blog": ("blog",), "supp": ("supp", "supplement"), "pubmed": (), "pmc": (),
    "inspire": ("inspirehep_id",), "google_scholar": ("google_scholar_id",),
    "altmetric": ("altmetric",), "dimensions": ("dimensions",), "preprint": (), "version": (),
}  # fmt: skip
ORDER = tuple(_FIELDS)
_OF_ITS_OWN = frozenset(("code", "slides", "poster", "video", "blog", "supp"))
_DATABASES = ("altmetric", "dimensions", "google_scholar", "inspire")
_FILES = ("pdf", "slides", "poster", "supp", "supplement", "video", "preview")
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s{}<>\"]+", re.I)
_CONTINUES = re.compile(r"(?!.*://)[^\s,;{}]+(?<![.:])")
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0", "")
_SCHOLAR_ID = re.compile(r"(?:([\w-]{12}):)?([\w-]{12})", re.A)
_SCHOLAR_USER = re.compile(r"scholar\.google\.[a-z.]+/citations\?(?:[^#]*&)?user=([\w-]{12})", re.A)


def find_local(name: str, is_file: Callable[[str], bool]) -> str | None:
    """The path below docs/ of a file that an entry names; `is_file` checks whether a path exists.

    A page may be named by its file or by its address, as in `projects/one/`.
    """
    name = name.strip("/").removeprefix("./")
    paths = [folder + name for folder in _FOLDERS]
    if "." not in name.rpartition("/")[2]:
        paths += [f"{name}.md", f"{name}/index.md"]
    return next(filter(is_file, paths), None)


def scholar_user(addresses: Iterable[str]) -> str:
    """The user id of the first Google Scholar profile among some addresses, else ''."""
    matches = map(_SCHOLAR_USER.search, addresses)
    return next((match[1] for match in matches if match), "")


def sort_links(links: Iterable[Link]) -> tuple[Link, ...]:
    """Sort links by kind, and number those of the same kind.

    Duplicate addresses are dropped, except for kinds that are set on purpose: code, slides …
    """
    unique: dict[tuple[str, str], Link] = {}
    for link in links:
        unique.setdefault((link.kind if link.kind in _OF_ITS_OWN else "", link.url), link)
    found = sorted(unique.values(), key=lambda link: ORDER.index(link.kind))
    kinds = [link.kind for link in found]
    return tuple(
        link._replace(number=kinds[: place + 1].count(link.kind)) if kinds.count(link.kind) > 1 else link
        for place, link in enumerate(found)
    )


@dataclass(frozen=True)
class Links:
    """Makes the links of an entry; `eprint` and `doi` are its identifiers, or ''."""

    entry: Entry
    eprint: str
    doi: str
    local_file: LocalFile
    report: Report
    scholar: str = ""  # the owner's user at Google Scholar

    def all(self) -> tuple[Link, ...]:
        """Every link."""
        fields, archived = self.entry.fields.keys(), archive_ids(self.entry)
        if (archive := archive_of(self.entry)) and self.entry.get("eprint") and archive not in archived:
            message = (
                f"'{self.entry.get('eprint')}' of '{self.entry.key}' is not in the form of its archive"
            )
            self.report("eprint", message, "correct it, or what eprinttype names")
        links = [
            Link(kind, url)
            for kind, names in _FIELDS.items()
            if kind == "arxiv" or not fields.isdisjoint(names)
            for url in self.addresses(kind, names)
            if url
        ]
        links += [
            Link(k, identifiers.safe_url(ADDRESSES[k].format(i)))
            for k, i in archived.items()
            if k != "pmc" or k == archive
        ]
        return sort_links(links)

    def preview(self) -> str:
        """The path of the entry's picture below docs/; pictures on other hosts are not loaded."""
        value = identifiers.untex_url(self.entry.get("preview"))
        if "://" not in value:
            return self.address("preview", value)
        message = f"the picture in 'preview' of '{self.entry.key}' is on another host: it is not shown"
        self.report("preview", message, "save it in docs/, and write its path there", "advice")
        return ""

    def addresses(self, kind: str, names: tuple[str, ...]) -> list[str]:
        """The addresses for a kind of link in these fields, mostly one or none."""
        entry = self.entry
        if kind == "arxiv":
            return [f"https://arxiv.org/abs/{self.eprint}"] if self.eprint else []
        if kind == "doi":
            if entry.get("doi") and not self.doi and "://" not in entry.get("doi"):
                message = f"'{entry.get('doi')}' of '{entry.key}' is not a DOI"
                self.report("doi", message, "a DOI looks like 10.1145/3292500.3330701")
            return list(filter(None, [identifiers.doi_url(self.doi)]))
        if kind in _DATABASES:
            value = entry.get(*names)
            return [] if value.lower() in _FALSE else [self.database_address(kind, names[0], value)]
        if kind == "hal" and "hal" in archive_ids(entry):
            return []
        found = [url for name in names for url in self.written(name)]
        return [url for url in found if not (kind == "url" and self.is_redundant(url))]

    def written(self, field: str) -> list[str]:
        """The addresses in a field: a file, an address, or several addresses."""
        value = self.entry.get(field)
        if field == "doi" and (self.doi or "://" not in value):
            return []  # an address in `doi` that is not a DOI still leads to the paper
        value = identifiers.untex_url(value)
        if "://" not in value or (len(value.split()) == 1 and "," not in value):
            return [self.address(field, value)]
        return [self.address(field, url) for url in self.several(field, value)]

    def several(self, field: str, value: str) -> list[str]:
        """The addresses among words in a field; one over two lines is joined, and reported."""
        key, lines = self.entry.key, value.split("\n")
        broken = {
            n
            for n in range(1, len(lines))
            if _CONTINUES.fullmatch(lines[n].strip()) and lines[n - 1][-1:] not in ",;"
        }
        if broken and "://" in lines[0] and len(lines[0].split()) == 1:
            message = f"the address in '{field}' of '{key}' is on more than one line; they are joined"
            self.report(field, message, "write it on one line")
            value = "".join(
                (line.strip() if n in broken else f" {line}") for n, line in enumerate(lines)
            )
        found = [match.rstrip(".,;") for match in _ADDRESS.findall(value)]
        rest = _ADDRESS.sub(" ", value)
        if re.search(r"\w", re.sub(r"\\(?:url|href|path)\b|\band\b", "", rest)):
            message = f"'{field}' of '{key}' has words beside its address: {' '.join(rest.split())[:60]}"
            self.report(field, message, "write the address only, and the rest in note", "advice")
        return found

    def is_redundant(self, url: str) -> bool:
        """Does the address only repeat the DOI or the arXiv identifier?"""
        if re.match(r"https?://(?:dx\.)?doi\.org/", url):
            return bool(self.doi)
        return bool(self.eprint and re.match(r"https?://arxiv\.org/abs/", url))

    def database_address(self, kind: str, field: str, value: str) -> str:
        """A link to the work in a database, instead of the badge that al-folio loads from there.

        Values are as in al-folio: the database's own identifier, or true to use the work's.
        """
        match = re.fullmatch(r"(?:pub\.)?([0-9]{2,})", value)
        own = match[1] if match else ""
        pmid = archive_ids(self.entry).get("pubmed", "")
        doi = f"doi/{self.doi}" if self.doi else ""
        if kind == "altmetric" and (own or doi):
            return identifiers.safe_url(f"https://www.altmetric.com/details/{own or doi}")
        if kind == "dimensions" and (own or doi or pmid):
            path = f"id/pub.{own}" if own else doi or f"pmid/{pmid}"
            return identifiers.safe_url(f"https://badge.dimensions.ai/details/{path}")
        if kind == "inspire" and own:
            return f"https://inspirehep.net/literature/{own}"
        if kind == "google_scholar":
            match = _SCHOLAR_ID.fullmatch(value)
            user = (match[1] or self.scholar) if match else ""
            if match and user:
                query = f"citations?view_op=view_citation&citation_for_view={user}:{match[2]}"
            else:
                query = f"scholar?q={quote(plain(self.entry.get('title')))}"
            return f"https://scholar.google.com/{query}"
        missing = "its number there" if kind == "inspire" else "a DOI"
        message = f"'{field}' of '{self.entry.key}' makes no link without {missing}"
        self.report(field, message, "add that, or delete the line", "advice")
        return ""

    def address(self, field: str, value: str) -> str:
        """The safe address in a value, or the path of a file below docs/, or ''."""
        if value.lower() in (*_TRUE, *_FALSE):
            return ""
        url = identifiers.safe_url(value)
        if not url:
            self.report(field, f"the address in '{field}' is not safe: {value[:60]}", "use https://…")
            return ""
        name = value.partition("#")[0]
        # `talk.key` could also be a host; in these fields a bare name is a file.
        bare = field in _FILES and "/" not in name and not re.match(r"www\.|[\w.+-]+:", name)
        if ":" in url.split("/")[0] and not bare:
            return url
        local = self.local_file(name)
        if local is None:
            message = f"the file '{value[:60]}' in '{field}' of '{self.entry.key}' is not in docs/"
            self.report(field, message, "put the file there, or write its whole address")
        return local or ""


def address_of(publication: Publication) -> str:
    """The address for a citation: that of the work itself, rather than of its website or PDF."""
    external = {link.kind: link.url for link in publication.links if link.external}
    kinds = ("url", "doi", "arxiv", *ADDRESSES, "website", "pdf")
    return next((external[kind] for kind in kinds if kind in external), "")
