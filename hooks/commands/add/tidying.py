"""Cleans up entries of services, and finds the private fields of pasted ones."""

import html
import re
from collections.abc import Collection, Iterable
from xml.etree import ElementTree as ET

from homepage import invisible_characters
from homepage.bibtex import MONTHS, SITE_FIELDS, is_public, misspelt
from homepage.common import identifiers
from homepage.model import Entry
from homepage.publications import written_dates
from homepage.tex import escaped

Fields = dict[str, str]

_ORDER = (
    "title author editor journal journaltitle booktitle school institution howpublished series volume "
    "number pages publisher address location year month day date eprint archiveprefix primaryclass doi "
    "isbn issn url"
).split()
_TEXTS = "title booktitle journal journaltitle publisher series abstract author editor note".split()
_OF_THE_SERVICE = frozenset("biburl bibsource timestamp".split())
_ON_DISK = re.compile(r"file|local-?(?:url|file)|bdsk-file-\d{1,3}")  # Zotero, JabRef, BibDesk …
_USED = SITE_FIELDS | {"crossref", "xdata"}
_ENTITY = re.compile(r"&#?\w{1,32};")
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.", re.I)
_TAGS = {
    "i": "emph", "em": "emph", "italic": "emph", "b": "textbf", "strong": "textbf", "bold": "textbf",
    "sub": "textsubscript", "sup": "textsuperscript", "sc": "textsc", "scp": "textsc",
    "tt": "texttt", "monospace": "texttt",
}  # fmt: skip
_TAG = re.compile(r"<(/?)(?:jats:)?([A-Za-z][\w-]*)[^<>]*>")
_MATHML = re.compile(r"<(mml:|)math\b(?:(?!<\1math\b).)*?</\1math>", re.S | re.I)
_LONG = 100_000  # characters: no text of a paper, and not worth a thought
_RANGE = re.compile(r"(?<=\w)\s*(?:[‐‑‒–—−]|(?<!-)-(?!-))\s*(?=\w)")
_PAGES = re.compile(r"[A-Za-z]{0,3}\d+\s*[-‐‑‒–—−]\s*[A-Za-z]{0,3}\d+")


def tidied(entry: Entry) -> tuple[Fields, list[str]]:
    """Return the fields of a fetched entry in their usual order, and remarks for the owner."""
    fields = {f.name: " ".join(f.value.split()) for f in entry.fields.values()}
    fields = {name: value for name, value in fields.items() if value and name not in _OF_THE_SERVICE}
    for name in _TEXTS:
        if name in fields and len(fields[name]) < _LONG:
            fields[name] = text(fields[name])
    month = fields.get("month", "")
    if month.isdecimal() or month.isalpha():
        number = written_dates.month(month)
        fields["month"] = MONTHS[number - 1] if number else month
    if _PAGES.fullmatch(fields.get("pages", "")):
        fields["pages"] = _RANGE.sub("--", fields["pages"])
    _identify(fields)
    remarks = _first_version(fields)
    order = {name: index for index, name in enumerate(_ORDER)}
    return dict(sorted(fields.items(), key=lambda f: order.get(f[0], len(order)))), remarks


def private(names: Iterable[str], public: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the fields of a pasted entry that do not belong in a public file, and remarks why.

    Fields that lists or pages show, that the owner has made `public`, or that seem misspelt stay.
    """
    names = [n for n in names if not is_public(n, public) and n not in _USED and not misspelt(n)]
    on_disk = [name for name in names if _ON_DISK.fullmatch(name)]
    of_others = [name for name in names if name in _OF_THE_SERVICE]
    own = [name for name in names if name not in (*on_disk, *of_others)]
    said = {
        "it says where files are on your computer": on_disk,
        "what DBLP and others keep for themselves": of_others,
        "it does not describe the work, and visitors can read the file; "
        "if it is for them, name it under public_fields in extra.homepage": own,
    }
    remarks = [f"{', '.join(left)} was left out: {why}" for why, left in said.items() if left]
    return names, remarks


def text(value: str) -> str:
    """Return a text without HTML: entities as characters, tags and MathML as TeX."""
    for _ in range(3):  # Crossref has `&amp;amp;` where a publisher escaped what was escaped
        unescaped = _ENTITY.sub(lambda m: html.unescape(m[0]), value.replace("\\&", "&"))
        if unescaped == value:
            break
        value = unescaped
    value = _MATHML.sub(lambda m: _maths(m[0]), value)
    value = invisible_characters.remove_invisible(_without_tags(value))
    return " ".join(escaped(value, "&%#").split())  # it has TeX's maths


def _without_tags(value: str) -> str:
    """Replace pairs of formatting tags by TeX's commands, and remove other known tags."""
    opened: list[str] = []

    def replaced(match: re.Match[str]) -> str:
        closing, name = match[1], match[2].lower()
        if name not in _TAGS:
            return "" if name in ("p", "span", "title", "u", "br", "div", "inline-formula") else match[0]
        if not closing:
            opened.append(name)
            return f"\\{_TAGS[name]}{{"
        if opened and opened[-1] == name:
            opened.pop()
            return "}"
        return ""

    result = _TAG.sub(replaced, value)
    return result + "}" * len(opened)


def _identify(fields: Fields) -> None:
    """Normalize identifiers, and remove an address that only repeats one of them."""
    doi = identifiers.doi(fields.get("doi", ""))
    address = fields.get("url", "")
    if doi and _ARXIV_DOI.match(doi):  # DataCite's entry of a preprint
        fields["eprint"] = identifiers.arxiv(_ARXIV_DOI.sub("", doi)) or doi
        fields["archiveprefix"] = "arXiv"
        del fields["doi"]
        fields.pop("publisher", None)
        keywords = fields.get("keywords", "").split(", ")
        if kept := [k for k in keywords if k and not k.startswith("FOS:")]:
            fields["keywords"] = ", ".join(kept)
        doi = ""
    if doi:
        again = identifiers.doi(address)
        # The case means nothing, but DBLP puts all into capitals where the address is as registered.
        fields["doi"] = again if again.lower() == doi.lower() and doi.isupper() else doi
        if again.lower() == doi.lower() and re.match(r"https?://(?:dx\.)?doi\.org/", address, re.I):
            del fields["url"]
    eprint = identifiers.arxiv(fields.get("eprint", ""))
    if eprint and "arxiv.org/" in address and _unversioned(address) == _unversioned(eprint):
        fields.pop("url", None)


def _unversioned(value: str) -> str:
    return re.sub(r"v\d+$", "", identifiers.arxiv(value))


def _first_version(fields: Fields) -> list[str]:
    """Date a preprint by its first version: arXiv's BibTeX has the year of the last one.

    The identifier has the year and the month (https://info.arxiv.org/help/arxiv_identifier.html).
    """
    eprint = identifiers.arxiv(fields.get("eprint", ""))
    where = fields.get("archiveprefix", fields.get("eprinttype", "")).lower()
    if where != "arxiv" or not eprint or fields.keys() & {"journal", "journaltitle", "booktitle"}:
        return []
    number = re.search(r"(\d\d)(\d\d)", eprint.rpartition("/")[2])
    if not number or not 1 <= int(number[2]) <= 12:
        return []
    year = (1900 if int(number[1]) > 90 else 2000) + int(number[1])
    said = fields.get("year", "")
    fields["year"] = str(year)
    fields.setdefault("month", MONTHS[int(number[2]) - 1])
    if said and said != str(year):
        return [f"its year is {year}, when it first was on arXiv; {said} is that of its last version"]
    return []


# -- MathML -------------------------------------------------------------------

_NAMES = {"−": "-", "′": "'", "∗": "*", "\u2062": "", "\u2061": "", "\u2063": "", "\xa0": " "}
_SCRIPTS = {"msub": "_", "msup": "^", "munder": "_", "mover": "^"}
_PAIRS = {"msubsup": ("_", "^"), "munderover": ("_", "^")}


def _maths(source: str) -> str:
    """Return `$…$` for MathML as in Crossref's titles, or only its letters if it is too odd."""
    plain = re.sub(r"<(/?)\w+:", r"<\1", source)
    plain = re.sub(r"\s[\w:-]+=(?:\"[^\"]*\"|'[^']*')", "", plain)
    try:
        root = ET.fromstring(plain.replace("&", "&amp;")) if "<!" not in plain else None  # noqa: S314
    except ET.ParseError:
        root = None
    if root is None or _depth(root) > 50:
        return " ".join(re.sub(r"<[^<>]*>", " ", source).split())
    return f"${_tex(root)}$"


def _depth(root: ET.Element) -> int:
    depth, level = 0, [root]
    while level and depth <= 50:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


def _tex(element: ET.Element) -> str:
    parts = [_tex(child) for child in element if not child.tag.startswith("annotation")]
    if element.tag in _SCRIPTS and len(parts) == 2:
        return f"{_group(parts[0])}{_SCRIPTS[element.tag]}{{{parts[1]}}}"
    if element.tag in _PAIRS and len(parts) == 3:
        low, high = _PAIRS[element.tag]
        return f"{_group(parts[0])}{low}{{{parts[1]}}}{high}{{{parts[2]}}}"
    if element.tag == "mfrac" and len(parts) == 2:
        return f"\\frac{{{parts[0]}}}{{{parts[1]}}}"
    if element.tag == "msqrt":
        return f"\\sqrt{{{''.join(parts)}}}"
    if parts:
        return "".join(parts)
    letters = " ".join((element.text or "").split())
    letters = "".join(_NAMES.get(c, c) for c in letters)
    letters = re.sub(r"([{}%#$&])", r"\\\1", letters.replace("\\", ""))
    words = (element.tag in ("mi", "mtext") and len(letters) > 1) or element.tag == "mtext"
    return f"\\mathrm{{{letters}}}" if words and letters.strip() else letters


def _group(base: str) -> str:
    return base if len(base) <= 1 or base.startswith("\\mathrm{") else f"{{{base}}}"
