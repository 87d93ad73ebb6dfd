"""Group the publications of a list under headings, and count them by type."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..bibtex import APART, TYPES
from ..citing import kind_of_work
from ..common import count_label, labels_of
from ..model import Publication
from ..people import fold
from ..publications import is_word, sort
from .options import ListOptions

_STATUS = {
    "in press": "status_in_press",
    "under review": "status_under_review",
    "preprint": "type_preprint",
    "published": "published",
}


def group(
    works: Sequence[Publication], options: ListOptions, label: dict[str, str]
) -> Iterator[tuple[str, list[Publication]]]:
    """Pairs of a heading in plain text and its works, in order.

    Without groups, it is one pair with an empty heading. A work is in the group of each of its topics.
    """
    if not works:
        yield "", []
    elif options.group == "year":
        dated = sort(works)
        if options.sort == "oldest":
            dated.sort(key=lambda p: (not p.date, not p.year, p.date.key))
        headings = dict.fromkeys(_year(p, label) for p in dated)
        yield from _gathered(headings, [(_year(p, label), p) for p in works])
    elif options.group == "type":
        headings = dict.fromkeys(label[f"type_{kind}"] for kind in TYPES)
        yield from _gathered(headings, [(label[f"type_{p.type}"], p) for p in works])
    elif options.group == "status":
        headings = dict.fromkeys(label[name] for name in _STATUS.values())
        yield from _gathered(headings, [(label[_STATUS[p.status]], p) for p in works])
    elif options.group == "topic":
        yield from _topics(works, options.keyword, label["no_topic"])
    else:
        yield "", list(works)


def _gathered(
    headings: Iterable[str], pairs: Iterable[tuple[str, Publication]]
) -> Iterator[tuple[str, list[Publication]]]:
    members: dict[str, list[Publication]] = {heading: [] for heading in headings}
    for heading, work in pairs:
        members[heading].append(work)
    yield from ((heading, found) for heading, found in members.items() if found)


def _year(work: Publication, label: dict[str, str]) -> str:
    if work.date:
        return str(work.date.year)
    return label["in_press"].capitalize() if is_word(work.year) else work.year or label["undated"]


def _topics(
    works: Sequence[Publication], wanted: Sequence[str], none: str
) -> Iterator[tuple[str, list[Publication]]]:
    """Group by topic: all topics in alphabetical order, or only the `wanted` ones, in their order."""
    spellings: dict[str, Counter[str]] = {}
    members: dict[str, list[Publication]] = {}
    for work in works:
        for topic, written in {fold(k) or k: k for k in work.keywords}.items():
            spellings.setdefault(topic, Counter())[written] += 1
            members.setdefault(topic, []).append(work)
    for topic in [fold(k) for k in wanted] or sorted(members):
        if topic in members:
            yield spellings[topic].most_common(1)[0][0], members[topic]
    without = [work for work in works if not work.keywords]
    if without and not wanted:
        yield none, without


def totals(works: Sequence[Publication], language: str) -> str:
    """`45 publications: 12 journal articles, 33 conference papers`; of one type only its count."""
    numbers = Counter(work.type for work in works)
    label = labels_of(language)
    parts = [count_label(language, f"n_{kind}", numbers[kind]) for kind in TYPES if numbers[kind]]
    if numbers["thesis"] == 1:  # in its own words, such as Habilitation
        said = next(kind_of_work(work, label) for work in works if work.type == "thesis")
        if said != label["kind_thesis"]:
            parts[parts.index(count_label(language, "n_thesis", 1))] = f"1 {said}"
    if len(parts) < 2:
        return "".join(parts)
    every = count_label(language, "n_works" if numbers.keys() & APART else "n_publications", len(works))
    return label["totals"].format(total=every, parts=", ".join(parts))
