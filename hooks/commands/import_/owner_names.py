"""The owner's name: the one that `new` got, without titles, and its other spellings."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from commands.shared.owner import Owner, without_titles
from homepage.model import Entry, Name, Person, Problem
from homepage.people import Directory, fold, initials, parse, parse_one

_NO_PERSON = re.compile(
    r"\d|\b(?:lab|labs|laboratory|group|team|page|homepage|site|website|blog|academic|portfolio|university"
    r"|institute|centre|center|department|research|profile|cv)\b",
    re.I,
)
_DEGREE_FIRST = re.compile(r"(Ph\.?D\.?) (\S+ .+)")
_MOST = 6  # spellings that are offered


def is_same(known: str, old: str) -> bool:
    """Return whether the owner that `new` got can be meant by the name in the old site.

    That may also be no name of a person, such as that of a group or an account.
    """
    words = [set(fold(name).split()) for name in (known, old)]
    shared = {word for word in words[0] & words[1] if len(word) > 1}
    return bool(shared) or len(words[1]) < 2 or bool(_NO_PERSON.search(old))


def settled(owner: Owner, old: str, entries: Iterable[Entry]) -> tuple[Owner, list[Problem]]:
    """Return the owner with a name without titles, and with the old site's name as another spelling.

    Spellings in the entries that could be the owner's are only reported.
    """
    name, titles = without_titles(_DEGREE_FIRST.sub(r"\2, \1", " ".join(owner.name.split())))
    title = owner.job_title
    if titles and titles.lower().rstrip(".") not in title.lower():
        title = ", ".join(filter(None, (titles, title)))
    owner = replace(owner, name=name, job_title=title)
    other = without_titles(" ".join(old.split()))[0]
    problems = []
    if other and fold(other) != fold(name):
        if _could_be(parse_one(other), parse_one(name)):
            owner = replace(owner, also=(*owner.also, other))
        elif is_same(name, other):
            message = f"the old site says '{other}', this site keeps '{name}'"
            problems.append(Problem("", 0, message, "to change it, import again with --name", "note"))
    return owner, [*problems, *_offered(owner, entries)]


def _offered(owner: Owner, entries: Iterable[Entry]) -> Iterator[Problem]:
    """Report spellings in works that fit the owner by initials, but are not taken as the owner's."""
    counts = Counter(n._replace(marks="") for e in entries for n in parse(e.get("author")).names)
    me = parse_one(owner.name)
    if not me.family:
        return
    known = Directory([Person(owner.name, owner.native, owner.also)], owner.name, counts)
    similar = [name for name in counts if _could_be(name, me) and not known.identify(name)]
    for name in sorted(similar, key=lambda name: -counts[name])[:_MOST]:
        works = "1 work" if counts[name] == 1 else f"{counts[name]} works"
        message = f"'{name}' in {works} may be {owner.name}"
        yield Problem("docs/people.yml", 0, message, "if so, add it to `also` there", "note")


def _could_be(one: Name, other: Name) -> bool:
    """Return whether family names are equal, and given names fit by their initials."""
    if fold(one.full_family) != fold(other.full_family) or not (one.given and other.given):
        return False
    first, second = fold(one.given).split(), fold(other.given).split()
    pairs = list(zip(first, second, strict=False))
    if any(min(len(a), len(b)) > 1 and a != b for a, b in pairs):
        return False
    return initials(one.given)[:1] == initials(other.given)[:1] and all(a[0] == b[0] for a, b in pairs)
