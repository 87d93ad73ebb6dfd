"""Names with the family name first and no comma: `Smith SH`, `van der Berg J.-P.`, `Wald W. A.`.

This is the order of PubMed and of the Vancouver style (Citing Medicine, chapter 1: surname, then at most
two initials without full stops, then a suffix). In BibTeX's grammar the initials are the family name.
"""

import re
from collections.abc import Sequence

from ..tex import plain
from .marks import split_marks
from .organizations import BARE_FORMS, is_body

_INITIALS = re.compile(r"(?:[^\W\d_a-zß-ÿ][.-]{0,2}){1,3}|(?:[^\W\d_a-zß-ÿ]\.[ ~-]?){1,4}")
_SUFFIX = re.compile(r"(?:jr|sr|2nd|3rd|4th|ii|iii)\.?", re.I)
_FAMILY = re.compile(r"(?:St\. )?(?:[^\W\d_]|['’`´-]){2,}(?: (?:(?:[^\W\d_]|['’`´-]){2,}|[a-z])){0,4}")
_DEGREE = re.compile(r"MD|DO|RN|MPH|MBA|DDS|DVM|PHD|MSC|BSC")
# Family names that look like initials, for `Wei XU and Jing LI`; and the single letter of `Weinan E`.
_SHORT_FAMILIES = frozenset(
    "AI AN AO BA BI BO BU CAI CAO CHE CHI CUI DAI DAO DE DI DO DOU DU EAR E FAN FAY FU FOX GAO GE "
    "GU GUO GAN HA HE HO HU HAN HAO HUA HUI HUO JI JIA JIN KAI KE KIM KO LAI LAM LAU LAW LE LEE "
    "LEI LI LIM LIN LIU LO LU LUO LV LY MA MAI MAO MAY MEI MI MO MU NA NAM NG NI NIE OH O OU PAN "
    "PAK PEI PU QI QIN QIU QU RAN RAO RAY REN ROY SHI SU SUI SUN SO SHE TA TAI TAN TAO TAY THO TO "
    "TU VAN VO VU WAN WEI WEN WU XI XIA XIE XU XUE YE YI YIN YIP YU YAN YAO YOU YUE YUN YOO ZHU "
    "ZOU ZHA".split()
)  # fmt: skip


def split(name: str) -> tuple[str, str, str] | None:
    """Family name, initials and suffix of a name in this order, else None; marks follow the initials."""
    name, marks = split_marks(name)
    words = name.replace("~", " ").split()
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    end = len(words)
    while end > 1 and _INITIALS.fullmatch(word := plain(words[end - 1])) and word.isupper():
        end -= 1
    family, initials = " ".join(words[:end]), " ".join(words[end:])
    if not 0 < len(words) - end < 4 or _SUFFIX.fullmatch(initials):
        return None
    if (end > 1 and _DEGREE.fullmatch(initials)) or not _FAMILY.fullmatch(plain(family)):
        return None
    return family, f"{initials}$^{{{marks}}}$" if marks else initials, suffix


def ordered(names: Sequence[str]) -> list[str]:
    """The names with a comma behind the family name, if all of several words are in this order."""
    found = {name: split(name) for name in names if _counts(name)}
    written = [parts[1].partition("$")[0] for parts in found.values() if parts]
    if not written or None in found.values() or not _are_initials(written):
        return list(names)
    return [
        ", ".join(filter(None, (parts[0], parts[2], parts[1]))) if (parts := found.get(name)) else name
        for name in names
    ]


def _counts(name: str) -> bool:
    several = re.search(r"[\s~]", name) and "," not in name and not re.match(r"\{(?!\\)", name)
    return bool(several) and not is_body(plain(name), alone=False)


def _are_initials(written: Sequence[str]) -> bool:
    """Are these initials, and not the family names of `Wei XU and Jing LI`, or of `Weinan E`?"""
    if len(written) == 1:
        return written[0] not in _SHORT_FAMILIES | {"X", *BARE_FORMS}
    return any(text not in _SHORT_FAMILIES for text in written)
