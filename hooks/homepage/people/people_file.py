"""Read people.yml: names of people, their other spellings and addresses."""

import yaml

from ..common import identifiers, mapping, safe_url, scalar, scalars
from ..model import Person, Problem
from .identity import Directory

__all__ = ["Directory", "load"]

_FIELDS = ("native", "also", "url", "orcid", "links")
_HINT = "write 'Given Family: https://…' or the fields native, also, url, orcid and links below the name"


def load(text: str, path: str) -> tuple[list[Person], list[Problem]]:
    """Read the text of a people.yml, which maps names to an address or to the fields of `Person`."""
    pairs, problems = mapping(text, path, "from names to people", _HINT)
    people = []
    for key, value in pairs:
        if not isinstance(key, yaml.ScalarNode):
            line = key.start_mark.line + 1
            problems.append(Problem(path, line, "a name is a list or a mapping", _HINT))
            continue
        person, found = _person(key, value, path)
        people.append(person)
        problems += found
    return people, problems


def _person(key: yaml.Node, node: yaml.Node, path: str) -> tuple[Person, list[Problem]]:
    line = key.start_mark.line + 1
    name = scalar(key)
    problems: list[Problem] = []
    values: dict[str, list[str]] = {}
    if isinstance(node, yaml.MappingNode):
        for field, value in node.value:
            known = scalar(field)
            if known not in _FIELDS:
                message = f"'{known}' of {name} is not known"
                problems.append(Problem(path, field.start_mark.line + 1, message, _HINT))
            values[known] = scalars(value)
    elif isinstance(node, yaml.ScalarNode):
        values["url"] = scalars(node)
    else:
        problems.append(Problem(path, line, f"{name} has a list where fields belong", _HINT))
    url, written, native = ("".join(values.get(field, ())[:1]) for field in ("url", "orcid", "native"))
    also, links = (list(filter(None, values.get(field, ()))) for field in ("also", "links"))
    for address in (url, *links):
        if address and not safe_url(address):
            message = f"the address of {name} is not safe: {address}"
            problems.append(Problem(path, line, message, "use https://"))
    orcid = identifiers.orcid(written)
    if written and not orcid:
        message = f"'{written}' of {name} is not an ORCID iD"
        problems.append(Problem(path, line, message, "it looks like 0000-0002-1825-0097; check it"))
    person = Person(
        name=name,
        native=native,
        also=tuple(also),
        url=safe_url(url) or (f"https://orcid.org/{orcid}" if orcid else ""),
        line=line,
        orcid=orcid,
        links=tuple(safe_url(link) for link in links if safe_url(link)),
    )
    return person, problems
