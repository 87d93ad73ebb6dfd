"""Works of the same topics: most in common first, then the newest, in time that grows with the list."""

import sys

import pytest

from homepage.model.publication import Publication
from homepage.pages.paper_page import related
from support.records import collect


def works(*keywords: str) -> list[Publication]:
    """Works a, b, c … with these keywords, newest first."""
    entries = [
        f"@misc{{{chr(97 + number)}, title = {{T}}, year = {{{2024 - number}}}, keywords = {{{words}}}}}"
        for number, words in enumerate(keywords)
    ]
    return collect("\n".join(entries)).every


def found(*keywords: str) -> dict[str, str]:
    """For each work the works related to it, `{"a": "bc"}`."""
    return {slug: "".join(w.slug for w in others) for slug, others in related(works(*keywords)).items()}


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        (("x", "y", "x"), {"a": "c", "b": "", "c": "a"}),
        (("x, y", "x", "y; x"), {"a": "cb", "b": "ac", "c": "ab"}),
        (("New Topic", "new  topic", "Élan", "elan"), {"a": "b", "b": "a", "c": "d", "d": "c"}),
        (("x, X", "x", "x, y", "y, x"), {"a": "bcd", "b": "acd", "c": "dab", "d": "cab"}),
        (("", ", ;", "机器学习", "机器学习"), {"a": "", "b": "", "c": "d", "d": "c"}),
        (("x",) * 8, {"a": "bcdef", "h": "abcde"}),
    ],
    ids=["shared", "most first", "folded", "twice in one", "none", "five"],
)  # fmt: skip
def test_works_of_the_same_topics(keywords: tuple[str, ...], expected: dict[str, str]) -> None:
    result = found(*keywords)
    assert len(result) == len(keywords)
    assert {slug: result[slug] for slug in expected} == expected


def test_a_topic_that_all_works_have_costs_no_more_for_more_of_them() -> None:
    def calls(count: int) -> int:
        entries = "\n".join(
            f"@misc{{k{n}, title = {{T}}, keywords = {{a, b, c}}}}" for n in range(count)
        )
        many = collect(entries).every
        seen: list[str] = []
        sys.setprofile(lambda _, event, __: seen.append(event))
        try:
            assert len(related(many)) == count
        finally:
            sys.setprofile(None)
        return len(seen)

    assert calls(2_000) < 4 * calls(500) * 1.1, "four times the works, four times the steps"
