"""JSON-LD against schema.org's own vocabulary, as the package schema_org has it."""

import re
from collections.abc import Collection, Iterator
from typing import Any
from urllib.parse import urlsplit

from schema_org import registry

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def problems(node: Any, path: str = "$") -> Iterator[str]:
    """What in a node is not of the vocabulary: types, properties of a type, values of a property."""
    kind = node.get("@type")
    if kind not in registry.CLASS_METADATA:
        yield f"{path}: {kind} is no type"
        return
    for name, value in node.items():
        if name in ("@context", "@type", "@id"):
            continue
        known = registry.PROPERTY_BY_SCHEMA.get(name)
        if known is None or not _is_a(kind, known.domains):
            yield f"{path}: {kind} has no property {name}"
            continue
        if known.superseded_by:
            yield f"{path}: {name} is superseded by {known.superseded_by}"
        values = value if isinstance(value, list) else [value]
        if not values:
            yield f"{path}.{name} is empty"
        for one in values:
            if isinstance(one, dict):
                yield from problems(one, f"{path}.{name}")
            if not any(_fits(one, expected) for expected in known.ranges):
                yield f"{path}.{name}: {one!r} is none of {known.ranges}"


def _is_a(kind: str, expected: Collection[str]) -> bool:
    return any(name in expected for name in (kind, *registry.ancestry(kind)))


def _fits(value: Any, expected: str) -> bool:
    if isinstance(value, dict):
        return _is_a(str(value.get("@type")), [expected])
    if isinstance(value, str):
        return bool(value) and (
            expected == "Text"
            or (expected == "URL" and urlsplit(value).scheme in ("http", "https"))
            or (expected in ("Date", "DateTime") and bool(_DATE.fullmatch(value)))
        )
    return isinstance(value, int) and expected in ("Integer", "Number")
