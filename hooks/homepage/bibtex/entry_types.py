"""Entry types: what each one is shown as, and which ones are not listed as publications."""

import re

from ..model import Entry

# The types in lists, in display order; entries of other types are shown as one of these.
TYPES = (
    "article inproceedings incollection book phdthesis mastersthesis techreport patent preprint "
    "dataset software talk poster teaching misc"
).split()
SHOWN_AS = {
    "conference": "inproceedings", "proceedings": "book", "inbook": "incollection",
    "electronic": "misc", "www": "misc", "online": "misc", "report": "techreport",
    "booklet": "book", "manual": "book", "collection": "book", "mvbook": "book",
    "bookinbook": "incollection", "suppbook": "incollection", "inreference": "incollection",
    "unpublished": "misc", "periodical": "misc", "preprint": "misc",
    "presentation": "talk", "course": "teaching",
}  # fmt: skip
OTHER_TYPES = (
    "thesis artwork audio video movie music performance review legislation "
    "jurisdiction standard letter image set mvcollection mvproceedings "
    "mvreference reference suppcollection suppperiodical bibnote"
).split()
KNOWN_TYPES = frozenset((*TYPES, *SHOWN_AS, *OTHER_TYPES))
# Not publications: they are only listed on request, and are never versions of a paper.
APART = frozenset(("software", "talk", "poster", "teaching"))
# Types that Zotero and others write into @misc and @unpublished, as in `type = {Invited talk}`.
_SAYS = re.compile(
    r"\b(?:(talk|presentation|keynote)|(poster)|(software|computer program)|(data ?set))$", re.I
)
_WITHOUT_BRACES = str.maketrans("", "", "{}")  # which protect capitals
_SAID = ("talk", "poster", "software", "dataset")


def kind_of(entry: Entry) -> str:
    """The type in `TYPES` that an entry is shown as."""
    kind = SHOWN_AS.get(entry.type, entry.type)
    said = entry.get("type", "entrysubtype").translate(_WITHOUT_BRACES)
    if kind == "thesis":
        return "mastersthesis" if "master" in said.lower() else "phdthesis"
    if kind not in TYPES:
        return "misc"
    if kind == "misc" and (match := _SAYS.search(said[-40:])):
        return next(name for name, found in zip(_SAID, match.groups(), strict=True) if found)
    return kind
