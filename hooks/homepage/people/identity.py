"""Find the person of a name by comparing whole names, never family names alone.

Accents, case and hyphens are ignored; persons whose given names conflict are different.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..model import Name, Person
from .east_asian import HAN
from .initials import LETTERS
from .names import fold, parse_one


class _Spelling(NamedTuple):
    """One way to write a name, folded: the given names as words, the family name as one word."""

    given: tuple[str, ...]
    family: str
    written: tuple[str, ...] = ()
    """The given names, where some are initials of two letters: `Yu.` is in `given` as `y`."""


def _spellings(name: Name) -> list[_Spelling]:
    """Spellings to compare: `muller` and `mueller` for `Müller`, `Geng 耿` without the characters."""
    given, von = name.given, name.von
    written: tuple[str, ...] = ()
    if "." in given and any(map(LETTERS.fullmatch, given.split())):
        written = tuple(fold(given).split())
        given = " ".join(w[0] if LETTERS.fullmatch(w) else w for w in given.split())
    if given.isupper() and given.isalpha() and len(given) < 4:  # YX, as DBLP and PubMed write
        given = " ".join(given)
    particle = _PARTICLE.search(given)
    if particle:  # Beethoven, Ludwig van
        given, von = given[: particle.start()], particle[0]
    texts = [(given, f"{von} {name.family}")]
    if HAN.search(name.family + name.given):
        given, family = (_NATIVE.sub(" ", text) for text in texts[0])
        if family.strip():
            texts = [(given, family)]
    for given, family in tuple(texts):
        spelt_out = given.translate(_SPELT_OUT), family.translate(_SPELT_OUT)
        if spelt_out != (given, family):
            texts.append(spelt_out)
    return [_Spelling(tuple(fold(g).split()), fold(f).replace(" ", ""), written) for g, f in texts]


def _native(name: Name) -> str:
    """The name in Chinese, Japanese or Korean characters, family name first, without spaces."""
    if name.literal and HAN.search(name.literal):
        return fold(name.literal).replace(" ", "")
    if HAN.search(name.family):
        return "".join("".join(_NATIVE.findall(part)) for part in (name.family, name.given))
    return ""


def _initials_only(given: Sequence[str]) -> bool:
    return all(len(word) == 1 for word in given)


def _alike(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _compatible(one: Sequence[str], other: Sequence[str]) -> bool:
    """Could these be the given names of one person, one of them shortened?"""
    if "".join(one) == "".join(other):  # Wei-Lin, Wei Lin, Weilin
        return True
    if all(_alike(a, b) for a, b in zip(one, other, strict=False)):
        return True
    return _fits_syllables(one, other) or _fits_syllables(other, one)


def _fits_syllables(initials: Sequence[str], given: Sequence[str]) -> bool:
    """Can `W. L.` abbreviate `Weilin`? Each syllable of a Chinese name can have an initial."""
    if len(given) != 1 or len(initials) < 2 or not _initials_only(initials):
        return False
    syllables = _SYLLABLE.findall(given[0])
    return "".join(syllables) == given[0] and [s[0] for s in syllables] == list(initials)


def _fits(initials: Sequence[str], given: Sequence[str]) -> bool:
    """Can these initials abbreviate these given names, with a name for each initial?"""
    if len(initials) > len(given):
        return _fits_syllables(initials, given)
    return bool(initials) and all(g[0] == i for i, g in zip(initials, given, strict=False))


def _begin(given: Sequence[str], written: Sequence[str]) -> bool:
    """Do these given names begin with what is written of them? `Ya.` is not Yuri."""
    return all(name.startswith(w) or w.startswith(name) for name, w in zip(given, written, strict=False))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Can these be given names of one person, if no namesake is known? Initials must be equal."""
    if not one or not other or _initials_only(one) or _initials_only(other):
        return list(one) == list(other)
    if "".join(one) == "".join(other):
        return True
    return one[0] == other[0] and _compatible(one[1:], other[1:])


class Directory:
    """The people of people.yml, and all names that the bibliography spells out.

    `identify` returns the person of a name, or None if nobody or more than one could be meant.
    """

    def __init__(self, people: Iterable[Person], owner: str, names: Iterable[Name]):
        self.people = list(people)
        self._persons: dict[str, list[tuple[tuple[str, ...], Person]]] = {}
        self._natives: dict[str, Person] = {}
        self._others: dict[tuple[str, str], set[tuple[str, ...]]] = {}
        self._known: dict[Name, Person | None] = {}
        for person in self.people:
            self._add(person)
        self.owner = next((p for p in self.people if p.name == owner), None)
        if owner and self.owner is None:
            self.owner = self._identify(parse_one(owner))
        if owner and self.owner is None:
            self.owner = Person(name=owner)
            self.people.append(self.owner)
            self._add(self.owner)
        for name in set(names):
            for given, family, _ in _spellings(_read_literal(name)):
                if given and family in self._persons and not _initials_only(given):
                    self._others.setdefault((family, given[0][0]), set()).add(given)

    def _add(self, person: Person) -> None:
        for written in (person.name, person.native, *person.also):
            name = _read_literal(parse_one(written)) if written else Name()
            if native := _native(name):
                self._natives.setdefault(native, person)
            for given, family, _ in _spellings(name) if name.family else ():
                self._persons.setdefault(family, []).append((given, person))

    def identify(self, name: Name) -> Person | None:
        """The person with this name, or None."""
        if name not in self._known:
            self._known[name] = self._identify(name._replace(marks=""))
        return self._known[name]

    def _identify(self, name: Name) -> Person | None:
        person = self._natives.get(_native(name)) if self._natives else None
        if person:
            return person
        name = _read_literal(name)
        for spelling in _spellings(name):
            person = self._who(spelling)
            if person:
                return person
            # Family name first without a comma reads as given name first: Wang Xiaoming.
            words = [*spelling.given, *fold(f"{name.von} {name.family}").split()]
            for cut in range(1, min(len(words), 4)):
                flipped = _Spelling(tuple(words[cut:]), "".join(words[:cut]))
                for given, person in self._persons.get(flipped.family, ()):
                    if not _initials_only(given) and "".join(given) == "".join(flipped.given):
                        return person
        return None

    def _who(self, spelling: _Spelling) -> Person | None:
        given, family, written = spelling
        persons = self._persons.get(family, ())
        exact = next((p for g, p in persons if "".join(g) == "".join(given)), None)
        if exact or not given:
            return exact
        short = _initials_only(given)
        fits = _fits if short else _same
        fitting = {id(p): p for g, p in persons if fits(given, g) and _begin(g, written)}
        if len(fitting) != 1:
            return None
        person = next(iter(fitting.values()))
        own = [g for g, p in persons if p is person]
        longest = given
        for other in self._others.get((family, given[0][0]), ()):
            meant = any(_compatible(other, g) for g in own)
            could_be = (_fits if short and not meant else _compatible)(given, other)
            if other != given and meant != could_be:
                return None  # somebody else could be meant as well, or is a namesake
            if meant and not _compatible(longest, other):
                return None  # two namesakes, and it is not clear which one is meant
            if meant and len(other) > len(longest):
                longest = other
        return person


_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa",
     "ø": "oe", "Ø": "Oe", "æ": "ae", "Æ": "Ae"}
)  # fmt: skip
_PARTICLE = re.compile(r"(?: [a-zà-ÿ']{1,4})+$")
_NATIVE = re.compile(rf"[()（）]|{HAN.pattern}+")
_SYLLABLE = re.compile(r"[^aeiou]{0,2}[aeiou]+(?:ng?(?![aeiou])|r(?![aeiou]))?")


def _read_literal(name: Name) -> Name:
    """Split a name in braces, `{Maxim Tyan}`: it may belong to a known person."""
    if name.family or not name.literal or HAN.search(name.literal):
        return name
    given, _, family = name.literal.rpartition(" ")
    return Name(given=given, family=family)
