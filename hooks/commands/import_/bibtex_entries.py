"""Writes BibTeX entries for publications that an old site describes in front matter."""

import re
from collections.abc import Mapping

from commands.shared import citation_keys
from homepage.bibtex import read
from homepage.common import identifiers
from homepage.people import parse
from homepage.publications import dates
from homepage.tex import escaped

from .markdown import plain

_ENTRY_START = re.compile(r"@\w+\s*[{(]\s*[^,\s{}=]*\s*,")
VENUE_FIELDS = {  # by entry type
    "article": "journal", "inproceedings": "booktitle", "incollection": "booktitle", "book": "publisher",
    "phdthesis": "school", "techreport": "institution",
}  # fmt: skip
_ADDRESSES = frozenset("url pdf code slides poster video website blog supp html doi preview".split())
_AS_WRITTEN = _ADDRESSES | {"author", "eprint", "additional_info"}


def format_entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry. Values are plain text; only formulas between dollars are TeX."""
    lines = [f"  {name} = {{{_value(name, text)}}}," for name, text in fields.items() if text]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"]) + "\n"


def add_missing_fields(text: str, path: str, fields: Mapping[str, str]) -> str:
    """Return the text of a .bib file with the fields that its first entry does not have."""
    entries = read(text, path).entries
    match = _ENTRY_START.search(text)
    if not entries or not match:
        return text
    known = {name for name, field in entries[0].fields.items() if field.value}
    if "url" in fields and known & {"html", "url"}:
        known.add("url")
    lines = [f"\n  {n} = {{{_value(n, t)}}}," for n, t in fields.items() if t and n not in known]
    return text[: match.end()] + "".join(lines) + text[match.end() :]


def _value(name: str, text: str) -> str:
    text = " ".join(text.split())
    if name in _AS_WRITTEN:
        return text.replace("{", "").replace("}", "")
    parts = re.split(r"(\$[^$]+\$)", text)
    for index in range(0, len(parts), 2):
        parts[index] = escaped(parts[index].replace("\\", r"\textbackslash "))
    text = "".join(parts)
    if text.count("{") != text.count("}") or re.search(r"^[^{]*\}", text):
        text = text.replace("{", "(").replace("}", ")")
    return text


def new_key(authors: list[str], year: str, title: str, taken: set[str]) -> str:
    """Return a key that is not taken yet, in the style of `cli.py add`, and add it to `taken`."""
    key = citation_keys.key_of(parse(" and ".join(authors)).names, year, title, taken)
    taken.add(key.lower())
    return key


def date_fields(text: str) -> dict[str, str]:
    """Return the fields for a date in front matter."""
    found = dates.parse(text)
    if not found:
        year = dates.year(text)
        return {"year": str(year)} if year else {}
    return {"year": str(found.year), "month": str(found.month) if found.month else ""}


def link_field(address: str) -> dict[str, str]:
    """Return the field for an address: DOI, arXiv, PDF, code or just an address."""
    if doi := identifiers.doi(address) if "doi.org/" in address else "":
        return {"doi": doi}
    if "arxiv.org/" in address and (eprint := identifiers.arxiv(address)):
        return {"eprint": eprint, "archiveprefix": "arXiv"}
    if re.match(r"https?://github\.com/", address):
        return {"code": address}
    return {"pdf" if address.lower().partition("?")[0].endswith(".pdf") else "url": address}


_APA = re.compile(r"\s*([^,;&]+?),\s*((?:[^\W\d_a-z]\.?[\s-]*){1,4})(?=,|;|&|$|\band\b)")
_SENTENCE = re.compile(r"(?:This|These|The|We|In|Our|On|An?)\s", re.I)  # not an author
_STATE = r"(?i:\b(?:in (?:press|review|preparation)|under review|submitted|accepted|forthcoming)\b)"
_WHOLE_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,3}[^\W\d_a-z][\w.'’-]*")
_YEAR = re.compile(r"[\s,.]*\(?\b(?:1[89]|20)\d\d[a-z]?\b\)?")


def names_in(text: str) -> list[str]:
    """Return the names in a text that has nothing else, as `Jane Doe, A. B. Roe and Ann Lee`."""
    text = re.sub(r"\s*(?:,\s*)?(?:;|&|\band\b)\s*", ", ", plain(text).strip(" .,"))
    names = [" ".join(name.split()) for name in text.split(",") if name.strip()]
    if len(text) > 2_000 or any(not _WHOLE_NAME.fullmatch(name) for name in names):
        return []
    return names


def authors_of(citation: str, title: str) -> list[str]:
    """Return the names at the start of a citation, before its year or title; none if unclear."""
    text = plain(citation).replace("“", '"').replace("”", '"')
    folded, wanted = text.lower(), plain(title).lower().strip(' ".')
    wanted = re.sub(r"^\d+\\?[.)] ", "", wanted)
    end = folded.find(wanted) if wanted else -1
    if end < 0:
        match = re.search(r"\((?:1[89]|20)\d\d", text) or re.search(r"[\"“«]", text)
        end = match.start() if match else -1
    if end < 0:
        return names_in(text)
    head = _YEAR.sub(" ", text[:end])
    head = re.sub(r"[\"'“”«»()\[\]]|\bet al\b\.?|\beds?\." f"|{_STATE}", " ", head)
    head = re.sub(r"\b([^\W\d_]\.)(?=[^\W\d_]{2})", r"\1 ", head).strip(" ,.;:-–")
    if not head or len(head) > 2_000 or not re.search(r"[^\W\d_]{2}", head):
        return []
    spaced = re.sub(r"\s*(?:,\s*)?(?:&|\band\b)\s*", ", ", head)
    if pairs := _APA.findall(spaced):
        whole = ", ".join(f"{family.strip()}, {given.strip()}" for family, given in pairs)
        if len(whole.replace(" ", "")) >= len(spaced.replace(" ", "")) - 6:
            return [f"{family.strip(' ,')}, {' '.join(given.split())}" for family, given in pairs]
    names = [n.strip(" *†") for n in spaced.split(",")]
    names = [" ".join(n.split()).strip(" .*†") if " " in n else n for n in names]
    names = [n for n in names if re.search(r"[^\W\d_]{2}", n)]
    lengths = [len(n.split()) for n in names]
    if any(n.split()[-1][0].islower() or _SENTENCE.match(n) for n in names):
        return []
    if lengths == [1, 1]:  # a single name with the family name first
        return [", ".join(names)]
    return names if max(lengths, default=0) <= 5 else []
