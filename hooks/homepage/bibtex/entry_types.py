"""Entry types: what each one is shown as, and which ones are not listed as publications."""

import re

from ..model import Entry

# The types in lists, in display order; entries of other types are shown as one of these.
TYPES = (
    "article inproceedings incollection book phdthesis mastersthesis thesis techreport patent preprint "
    "dataset software talk poster teaching misc"
).split()
SHOWN_AS = {
    "conference": "inproceedings", "proceedings": "book", "inbook": "incollection",
    "electronic": "misc", "www": "misc", "online": "misc", "report": "techreport",
    "booklet": "book", "manual": "book", "collection": "book", "mvbook": "book",
    "mvcollection": "book", "mvproceedings": "book", "mvreference": "book", "reference": "book",
    "bookinbook": "incollection", "suppbook": "incollection", "inreference": "incollection",
    "suppcollection": "incollection", "suppperiodical": "article",
    "unpublished": "misc", "periodical": "misc", "preprint": "misc",
    "presentation": "talk", "course": "teaching",
    "masterthesis": "mastersthesis", "dissertation": "phdthesis",
    "bachelorthesis": "thesis", "bachelorsthesis": "thesis",
}  # fmt: skip
OTHER_TYPES = (
    "artwork audio video movie music performance review legislation "
    "jurisdiction standard letter image set bibnote"
).split()
KNOWN_TYPES = frozenset((*TYPES, *SHOWN_AS, *OTHER_TYPES))
# Not publications: they are only listed on request, and are never versions of a paper.
APART = frozenset(("software", "dataset", "talk", "poster", "teaching"))
# Types that Zotero and others write into @misc and @unpublished, as in `type = {Invited talk}`.
_SAYS = re.compile(
    r"\b(?:(talk|presentation|keynote)|(poster)|(software|computer program)|(data ?set)"
    r"|((?:ph\W?d|doctoral|master\W?s?|bachelor\W?s?|diploma) (?:thesis|dissertation)))$",
    re.I,
)
THESES = ("phdthesis", "mastersthesis", "thesis")
# The keys that biblatex's `type` has (its manual, 4.9.2), in the words of its english.lbx.
_PATENTS = {"": "", "de": "German ", "eu": "European ", "fr": "French ", "uk": "British ", "us": "U.S. "}
_KEYS = {
    "bathesis": "Bachelor’s thesis", "mathesis": "Master’s thesis", "phdthesis": "PhD thesis",
    "candthesis": "Candidate thesis", "resreport": "Research report", "techreport": "Technical report",
    "software": "Software", "datacd": "CD-ROM", "audiocd": "Audio CD",
    **{f"patent{of}": f"{name}patent" for of, name in _PATENTS.items()},
    **{f"patreq{of}": f"{name}patent request" for of, name in _PATENTS.items()},
}  # fmt: skip
# Degrees as universities in many countries call them. A dissertation is for a PhD unless it says more.
_PHD = re.compile(
    r"(?<!post-)\b(?:ph\W?\s?d|d\W?\s?phil|doct|dokt|dr\b|dott|dout|proefschrift|inauguraldiss)|博士",
    re.I,
)
_MASTER = re.compile(
    r"\b(?:master|magist|maestr|mestr|m[eé]moire de m|ma[iî]trise|laurea magistrale"
    r"|m\W?\s?(?:sc?|a|eng|phil|ed|tech|res|b\W?a)\b)|修士|硕士|碩士|석사",
    re.I,
)
_OTHER = re.compile(r"bachelor|\bb\W?(?:sc?|a)\b|diplom|habil|honou?rs|licen|post-?doc|undergrad", re.I)
_DEGREE = re.compile(  # a degree alone, without a word for thesis
    r"(?:ph\W?d|d\W?phil|doctora[lt]e?"
    r"|(m\W?sc?|m\W?a|master(?:\W?s)?)|(b\W?sc?|b\W?a|bachelor(?:\W?s)?))\W?",
    re.I,
)
_WITHOUT_BRACES = str.maketrans("", "", "{}")  # which protect capitals
_SAID = ("talk", "poster", "software", "dataset", "thesis")


def kind_of(entry: Entry) -> str:
    """The type in `TYPES` that an entry is shown as."""
    kind = SHOWN_AS.get(entry.type, entry.type)
    said = entry.get("type", "entrysubtype").translate(_WITHOUT_BRACES)
    if kind in THESES:
        said = _KEYS.get(said.lower(), said)
        return kind if said.lower() in ("", "thesis") else _thesis(said)
    if kind not in TYPES:
        return "misc"
    if kind == "misc" and (match := _SAYS.search(said[-40:])):
        found = next(name for name, said in zip(_SAID, match.groups(), strict=True) if said)
        return _thesis(said) if found == "thesis" else found
    return kind


def _thesis(said: str) -> str:
    if _PHD.search(said):
        return "phdthesis"
    if _MASTER.search(said):
        return "mastersthesis"
    return "phdthesis" if "dissertation" in said.lower() and not _OTHER.search(said) else "thesis"


def said_type(entry: Entry) -> str:
    """The words in `type`, in TeX: biblatex's keys and bare degrees are written out."""
    said = entry.get("type") or ("bathesis" if entry.type.startswith("bachelor") else "")
    bare = said.translate(_WITHOUT_BRACES).strip()
    if found := _KEYS.get(bare.lower()):
        return found
    if SHOWN_AS.get(entry.type, entry.type) in THESES and (degree := _DEGREE.fullmatch(bare)):
        return _KEYS["mathesis" if degree[1] else "bathesis" if degree[2] else "phdthesis"]
    return said
