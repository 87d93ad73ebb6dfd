"""Count the works of a list by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..bibtex import APART, TYPES
from ..common import count_label, labels_of
from ..model import Publication


def totals(works: Sequence[Publication], language: str) -> str:
    """`45 publications: 12 journal articles, 33 conference papers`; for one type, only its count."""
    numbers = Counter(work.type for work in works)
    parts = [count_label(language, f"n_{kind}", numbers[kind]) for kind in TYPES if numbers[kind]]
    if len(parts) < 2:
        return "".join(parts)
    every = count_label(language, "n_works" if numbers.keys() & APART else "n_publications", len(works))
    label = labels_of(language)
    return label["totals"].format(total=every, parts=", ".join(parts))
