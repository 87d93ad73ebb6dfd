"""Filters and search words for a list of publications, as data for the script of the search form.

The script takes the rest from the HTML of the list.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ..bibtex import TYPES
from ..citing import kind_of_work
from ..model import Publication
from ..publications import is_word

_MANY = 10  # shorter lists need no search

# The year at the end of a venue, as in "EMNLP 2023", "ICML'24" or "Proceedings (2023)".
_EDITION = re.compile(r"(?<![\s,(])[\s,(]*(?:[12][0-9]{3}|['’][0-9]{2})\)?$")
# The year or the number of a conference, as in "Proceedings of the 2020 …" or "26th ACM …".
_NUMBERED = re.compile(r"(?<![\w'’-])(?:(?:19|20)[0-9]{2}|[0-9]{1,3}(?:st|nd|rd|th)) (?=\S)")


class Value(NamedTuple):
    """One value of a facet: as in the address of a page, and as visitors read it."""

    value: str
    label: str


class Facet(NamedTuple):
    """A filter for a list: its values in display order, and the numbers of each work's values."""

    name: str
    label: str
    values: list[Value]
    of: list[list[int]]

    @property
    def chooses(self) -> bool:
        """Is there a choice? One year for all works needs no check box, but can be searched for."""
        return len(self.values) > 1 or (bool(self.values) and not all(self.of))


def has_search_field(count: int, asked: object = None) -> bool:
    """Does a list of `count` works get a search field? `asked` is the directive's option, if any."""
    return count > 0 and (asked if isinstance(asked, bool) else count >= _MANY)


def facets(works: Sequence[Publication], label: dict[str, str]) -> list[Facet]:
    """The facets of these works, without yes-or-no facets on which all works agree."""
    types: dict[str, str] = {}  # the first type with each label: theses share one
    for kind in TYPES:
        types.setdefault(label[f"type_{kind}"], kind)
    place = {kind: n for n, kind in enumerate(types.values())}

    def by_place(pair: tuple[Value, int]) -> tuple[int, str]:
        return place.get(pair[0].value, place["phdthesis"]), pair[0].label

    def kinds(work: Publication) -> list[Value]:
        shown = label[f"type_{work.type}"]
        found = [Value(types[shown], shown)]
        said = kind_of_work(work, label) if work.type == "thesis" else ""
        return found + [Value(said, said)] * bool(said)  # its own words, such as Diplomarbeit

    found = [
        _facet("year", label["year"], works, lambda work: [_year(work, label)], _by_year),
        _facet("type", label["type"], works, kinds, by_place),
        _facet("topic", label["topic"], works, _topics, _by_use),
        _facet("venue", label["venue"], works, _venue, _by_use),
    ]
    for name, text, has in (
        ("first", label["first_author"], _is_first),
        ("code", label["has_code"], _has_code),
    ):
        having = [[0] if has(work) else [] for work in works]
        if 0 < sum(map(len, having)) < len(works):
            found.append(Facet(name, label["only"], [Value("1", text)], having))
    return found


def data(listed: Sequence[Publication], label: dict[str, str]) -> Markup:
    """JSON with the facets and people of each work, safe inside `<script>`.

    Works refer to texts by number. `order` is only there if the list shows a work twice.
    """
    works = list({work.slug: work for work in listed}.values())
    names: dict[str, int] = {}
    people = [[names.setdefault(name, len(names)) for name in _names(work)] for work in works]
    content: dict[str, object] = {
        "facets": [
            {
                "name": facet.name,
                "label": facet.label if facet.chooses else "",
                "values": [v.value if v.value == v.label else v for v in facet.values],
                "of": [_short(numbers) for numbers in facet.of],
            }
            for facet in facets(works, label)
        ],
        "names": list(names),
        "people": people,
    }
    if len(works) < len(listed):
        number = {work.slug: n for n, work in enumerate(works)}
        content["order"] = [number[work.slug] for work in listed]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


def _short(numbers: list[int]) -> int | list[int]:
    """Save the brackets around a single number, as most works have one value."""
    return numbers[0] if len(numbers) == 1 else numbers


def _facet(
    name: str,
    label: str,
    works: Sequence[Publication],
    values: Callable[[Publication], Iterable[Value]],
    order: Callable[[tuple[Value, int]], object],
) -> Facet:
    """Create a facet; values that differ only in case are merged, spelt like the first one."""
    first: dict[str, Value] = {}
    has = [
        list(dict.fromkeys(first.setdefault(v.value.casefold(), v) for v in values(work)))
        for work in works
    ]
    count = Counter(value for of_work in has for value in of_work)
    shown = [value for value, _ in sorted(count.items(), key=order)]  # type: ignore[arg-type]
    number = {value: n for n, value in enumerate(shown)}
    return Facet(name, label, shown, [[number[value] for value in of_work] for of_work in has])


def _by_year(pair: tuple[Value, int]) -> int:
    year = pair[0].value
    return {"in-press": -9999, "undated": 9999}.get(year) or -int(year)


def _by_use(pair: tuple[Value, int]) -> tuple[int, str]:
    value, count = pair
    return -count, value.label.casefold()


# -- values of one work -------------------------------------------------------


def _year(work: Publication, label: dict[str, str]) -> Value:
    if work.date:
        return Value(str(work.date.year), str(work.date.year))
    if is_word(work.year):
        return Value("in-press", label["in_press"].capitalize())
    return Value("undated", label["undated"])


def _topics(work: Publication) -> list[Value]:
    return [Value(topic, topic) for topic in work.keywords]


def _venue(work: Publication) -> list[Value]:
    name = work.abbr or work.venue.plain
    venue = _EDITION.sub("", name) or name
    if work.type == "inproceedings":
        venue = _NUMBERED.sub("", venue)
    return [Value(venue, venue)] if venue else []


def _is_first(work: Publication) -> bool:
    return bool(work.authors) and work.authors[0].is_owner


def _has_code(work: Publication) -> bool:
    return any(link.kind == "code" for link in work.links)


def _names(work: Publication) -> Iterable[str]:
    """All spellings of the people of a work: as in the entry, and as in people.yml."""
    for author in (*work.authors, *work.editors, *work.translators):
        yield str(author.name)
        if person := author.person:
            yield from filter(None, (person.name, person.native, *person.also))
