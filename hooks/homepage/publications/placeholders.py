"""Values that stand where a number would be, and say nothing: `n/a`, `--`, `TBD`."""

import re

from ..model import Entry, Problem
from ..tex import plain

_FIELDS = frozenset(
    "volume number issue pages eid articleno article-number elocation-id volumes part chapter edition "
    "series year month day date publisher address location pagetotal version".split()
)
# The months `n`, and `x` and `xx` alone, which are Roman numbers, are not among them.
_NOTHING = re.compile(
    r"[\W_]*|n\W?a|n\.?\s?d|no ?date|none|null|nil|nan|undefined|unknown|unavailable|tb[acd]|k\W?\s?a"
    r"|not (?:yet )?(?:available|applicable|assigned|known|specified)"
    r"|to be (?:announced|assigned|added|confirmed|decided|defined|determined)"
    r"|(x{2,}|0+|\?+)\W+\1|n\W?a\W+n\W?a",
    re.I,
)
_LONGEST = 40  # characters


def cleared(entry: Entry, problems: list[Problem]) -> Entry:
    """The entry without such values, each of which is reported."""
    fields = dict(entry.fields)
    for name in sorted(_FIELDS & fields.keys()):
        value = fields[name].value
        if not value or len(value) > _LONGEST or (value[0].isdigit() and value[0] != "0"):
            continue
        if _NOTHING.fullmatch(plain(value).strip(" .,;()[]{}")):
            fields[name] = fields[name]._replace(value="")
            message = f"'{value}' in '{name}' of '{entry.key}' says nothing, and is left out"
            problems.append(entry.problem(name, message, "delete the line", "advice"))
    return entry if fields == entry.fields else entry._replace(fields=fields)
