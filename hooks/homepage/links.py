"""The links of one entry, in a fixed order, each with a safe address."""

from __future__ import annotations

import re
from collections.abc import Callable

from . import identifiers
from .entries import Entry
from .model import Link

LocalFile = Callable[[str], "str | None"]
# Where files that an entry names are looked for below docs/, al-folio's folders among them.
_FOLDERS = ("", "assets/", "assets/pdf/", "assets/html/", "files/")

# Field -> what its link is called; in the order in which links are shown.
_LINKS = (
    "url", "pdf", "arxiv", "doi", "code", "website", "blog", "slides", "poster", "video", "supp",
    "pubmed", "hal",
)  # fmt: skip
_LINK_FIELDS = {
    "url": ("html", "url", "doi"),
    "code": ("code", "github"),
    "supp": ("supp", "supplement"),
    "pubmed": ("pmid",),
}
_HAL = re.compile(r"[a-z]+-\d+(?:v\d+)?")
_YES_OR_NO = ("true", "yes", "false", "no", "1", "0")


def find_local(name: str, is_file: Callable[[str], bool]) -> str | None:
    """The path below docs/ of a file that an entry names; `is_file` says what is there."""
    paths = (folder + name.lstrip("/") for folder in _FOLDERS)
    return next((path for path in paths if is_file(path)), None)


class Links:
    """Makes the links of an entry.

    `eprint` and `doi` are its identifiers, '' where it has none; `local_file` finds files of the
    owner's, `tell` notes problems.
    """

    def __init__(
        self,
        entry: Entry,
        eprint: str,
        doi: str,
        local_file: LocalFile,
        tell: Callable[[str, str, str], None],
    ):
        self.entry = entry
        self.eprint = eprint
        self.doi = doi
        self.local_file = local_file
        self.tell = tell

    def all(self) -> tuple[Link, ...]:
        """Every link, each address once."""
        found: list[Link] = []
        seen: set[str] = set()
        fields = self.entry.fields
        for kind in _LINKS:
            if kind != "arxiv" and fields.keys().isdisjoint(_LINK_FIELDS.get(kind, (kind,))):
                continue
            for url in self.addresses(kind):
                if url not in seen:
                    seen.add(url)
                    found.append(Link(kind, url))
        return tuple(found)

    def addresses(self, kind: str) -> list[str]:
        """The addresses for a kind of link, mostly one or none; what is wrong with them is told."""
        if kind == "arxiv":
            return [f"https://arxiv.org/abs/{self.eprint}"] if self.eprint else []
        if kind == "doi":
            return self.doi_address()
        entry = self.entry
        if kind == "pubmed":
            pmid = identifiers.pmid(entry.get("pmid"))
            return [f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"] if pmid else []
        if kind == "hal" and _HAL.fullmatch(entry.get("hal")):
            return [f"https://hal.science/{entry.get('hal')}"]
        field = next((f for f in _LINK_FIELDS.get(kind, (kind,)) if entry.get(f)), "")
        if field == "doi" and (self.doi or "://" not in entry.get("doi")):
            return []  # but an address that is no DOI still leads to the paper
        if not field:
            return []
        written = identifiers.untex_url(entry.get(field))
        pieces = written.replace(",", " ").split()
        several = len(pieces) > 1 and all("://" in piece for piece in pieces)
        found = [self.address(field, value) for value in (pieces if several else [written])]
        return [url for url in found if url and not (kind == "url" and self.known(url))]

    def known(self, url: str) -> bool:
        """Does the address only say the DOI or the arXiv identifier again?"""
        if not re.match(r"https?://(?:dx\.)?doi\.org/|https?://arxiv\.org/abs/", url):
            return False
        return bool(self.doi or self.eprint)

    def doi_address(self) -> list[str]:
        """The address of the DOI, if the entry has one."""
        entry, doi = self.entry, self.doi
        if entry.get("doi") and not doi and "://" not in entry.get("doi"):
            message = f"'{entry.get('doi')}' of '{entry.key}' is not a DOI"
            self.tell("doi", message, "a DOI looks like 10.1145/3292500.3330701")
        return [identifiers.safe_url(f"https://doi.org/{doi}")] if doi else []

    def address(self, field: str, value: str) -> str:
        """The safe address of one value, of a file in docs/ by its path there, or ''."""
        if not value or value.lower() in _YES_OR_NO:
            return ""
        url = identifiers.safe_url(value)
        if not url:
            self.tell(field, f"the address in '{field}' is not safe: {value[:60]}", "use https://…")
            return ""
        if ":" in url.split("/")[0]:
            return url
        local = self.local_file(value.split("#", maxsplit=1)[0])
        if local is None:
            message = f"the file '{value[:60]}' in '{field}' of '{self.entry.key}' is not in docs/"
            self.tell(field, message, "put the file there, or write its whole address")
        return local or ""
