"""Who a name is: people.yml, and the comparison of whole identities, never of family names alone."""

from __future__ import annotations

from collections.abc import Iterable

import yaml

from .errors import Problem
from .identifiers import safe_url
from .model import Name, Person
from .names import fold, parse_one

_FIELDS = ("native", "also", "url", "orcid")
_HINT = "write 'Given Family: https://…' or the fields native, also, url and orcid below the name"


def load(text: str, path: str) -> tuple[list[Person], list[Problem]]:
    """People of a people.yml: a mapping from a name to an address, or to the fields of `Person`."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = getattr(error, "problem", None) or "it cannot be read"
        return [], [Problem(path, line, f"not valid YAML: {problem}", _HINT, "error")]
    if root is None:
        return [], []
    if not isinstance(root, yaml.MappingNode):
        return [], [Problem(path, 1, "the file is not a mapping from names to people", _HINT, "error")]
    people, problems = [], []
    for key, value in root.value:
        person, found = _person(key, value, path)
        people.append(person)
        problems += found
    return people, problems


def _person(key: yaml.Node, node: yaml.Node, path: str) -> tuple[Person, list[Problem]]:
    line = key.start_mark.line + 1
    name = str(key.value)
    problems: list[Problem] = []
    values: dict[str, object] = {}
    if isinstance(node, yaml.MappingNode):
        for field, value in node.value:
            if field.value not in _FIELDS:
                message = f"'{field.value}' of {name} is not known"
                problems.append(Problem(path, field.start_mark.line + 1, message, _HINT))
            values[field.value] = _plain(value)
    elif isinstance(node, yaml.ScalarNode):
        values["url"] = node.value
    else:
        problems.append(Problem(path, line, f"{name} has a list where fields belong", _HINT))
    also = values.get("also") or []
    url = str(values.get("url") or "")
    if url and not safe_url(url):
        problems.append(Problem(path, line, f"the address of {name} is not safe: {url}", "use https://"))
    if not url and values.get("orcid"):
        url = "https://orcid.org/" + str(values["orcid"]).rsplit("/", 1)[-1]
    person = Person(
        name=name,
        native=str(values.get("native") or ""),
        also=tuple(str(a) for a in (also if isinstance(also, list) else [also])),
        url=safe_url(url),
        line=line,
    )
    return person, problems


def _plain(node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        return [str(item.value) for item in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _given(text: str) -> list[str]:
    return fold(text).split()


def _family(name: Name) -> str:
    return fold(f"{name.von} {name.family}").replace(" ", "")


def _initials_only(given: list[str]) -> bool:
    return all(len(part) == 1 for part in given)


def _same_given(one: list[str], other: list[str]) -> bool:
    """Are these the given names of one person, beyond doubt? Initials alone never are."""
    if not one or not other or _initials_only(one) or _initials_only(other):
        return one == other
    if "".join(one) == "".join(other):  # Yu-Xiang, Yu Xiang, Yuxiang
        return True
    return one[0] == other[0] and _compatible(one[1:], other[1:])


def _compatible(one: list[str], other: list[str]) -> bool:
    """Could these be the same names, where one of them is shortened or left out?"""
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=False))


def _fits_initials(initials: list[str], given: list[str]) -> bool:
    if not given or not initials:
        return False
    letters = "".join(initials)
    if len(given) >= len(initials):
        return all(g.startswith(i) for i, g in zip(initials, given, strict=False))
    rest = iter("".join(given))  # Y. X. for Yuxiang: the letters in their order
    return given[0].startswith(letters[0]) and all(letter in rest for letter in letters)


class Directory:
    """Everybody known: the people of people.yml, and all names that the bibliography spells out.

    `identify` says who a name is, or None where nobody, or more than one, could be meant.
    """

    def __init__(self, people: Iterable[Person], owner: str, names: Iterable[Name]):
        self.people = list(people)
        owner_name = parse_one(owner) if owner else None
        self.owner = next((p for p in self.people if p.name == owner), None)
        if self.owner is None and owner_name:
            self.owner = next((p for p in self.people if self._is(owner_name, p)), None)
        if self.owner is None and owner:
            self.owner = Person(name=owner)
            self.people.append(self.owner)
        self._by_family: dict[str, list[tuple[list[str], Person | None]]] = {}
        self._literal: dict[str, Person] = {}
        for person in self.people:
            for name in self._spellings(person):
                if name.literal:
                    self._literal[fold(name.literal).replace(" ", "")] = person
                if name.family:
                    self._add(name, person)
        for name in set(names):
            if name.family and not name.literal:
                self._add(name, None)
        self._known: dict[Name, Person | None] = {}

    @staticmethod
    def _spellings(person: Person) -> list[Name]:
        return [parse_one(s) for s in (person.name, person.native, *person.also) if s]

    def _is(self, name: Name, person: Person) -> bool:
        return any(
            _family(name) == _family(spelling)
            and _same_given(_given(name.given), _given(spelling.given))
            for spelling in self._spellings(person)
        )

    def _add(self, name: Name, person: Person | None) -> None:
        given = _given(name.given)
        if person or (given and not _initials_only(given)):
            self._by_family.setdefault(_family(name), []).append((given, person))

    def identify(self, name: Name) -> Person | None:
        """The person of this name, compared as a whole identity."""
        bare = name._replace(marks="")
        if bare not in self._known:
            self._known[bare] = self._identify(bare)
        return self._known[bare]

    def _identify(self, name: Name) -> Person | None:
        whole = fold(str(name)).replace(" ", "")
        if whole in self._literal:
            return self._literal[whole]
        given, family = _given(name.given), _family(name)
        candidates = self._by_family.get(family, [])
        for other, person in candidates:
            if person and _same_given(given, other):
                return person
        if given and _initials_only(given):
            fitting = [(o, p) for o, p in candidates if _fits_initials(given, o)]
            found = {id(p): p for _, p in fitting if p}
            if len(found) == 1:
                person = next(iter(found.values()))
                if all(p or any(_same_given(o, po) for po, pp in candidates if pp is person)
                       for o, p in fitting):  # fmt: skip
                    return person
        # Family name first without a comma reads as given name first: Huang Yuxiang.
        for other, person in self._by_family.get("".join(given), []):
            if person and not _initials_only(other) and family == "".join(other):
                return person
        return None
