"""The people of people.yml: one way to write a name, an address, and all other spellings."""

from __future__ import annotations

import yaml

from .errors import Problem
from .identifiers import safe_url
from .identity import Directory
from .model import Person

__all__ = ["Directory", "load"]

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
