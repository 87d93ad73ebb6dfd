"""Find publications with the same topics through an index of topics, without comparing all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from heapq import nsmallest

from ..model import Publication
from ..people import fold

MOST = 5
_OF_A_TOPIC = 100  # works compared per topic: the newest ones


def related(works: Sequence[Publication]) -> dict[str, list[Publication]]:
    """At most `MOST` related works for each slug: most common topics first, then newest.

    `works` are newest first. Topics are keywords; case, accents and punctuation are ignored.
    """
    folded = {keyword: fold(keyword) for work in works for keyword in work.keywords}
    topics = [{folded[keyword] for keyword in work.keywords} - {""} for work in works]
    members: dict[str, list[int]] = {}
    for number, names in enumerate(topics):
        for name in names:
            if len(members.setdefault(name, [])) < _OF_A_TOPIC:
                members[name].append(number)
    result = {}
    for number, names in enumerate(topics):
        shared = Counter(other for name in names for other in members[name])
        del shared[number]
        best = nsmallest(MOST, shared.items(), key=lambda pair: (-pair[1], pair[0]))
        result[works[number].slug] = [works[other] for other, _ in best]
    return result
