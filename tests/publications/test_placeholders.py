"""Values that say nothing are left out and told; what only looks like one stays."""

import pytest

from homepage.formats import references
from support.records import collect, messages, publication


@pytest.mark.parametrize(
    "value",
    ["n/a", "N/A", "N.A.", "NA", "{n/a}", "--", "---", "-", r"\textendash", "–", "?", "??", "TBD", "tba",
     "None", "null", "unknown", "not available", "to be announced", "xx--xx", "XXX-XXX", "??--??",
     "0--0", "000--000", "n/a--n/a", "."],
)  # fmt: skip
@pytest.mark.parametrize("field", ["volume", "number", "pages"])
def test_what_says_nothing_is_nothing(field: str, value: str) -> None:
    (work,) = (
        found := collect(f"@article{{k, title={{T}}, author={{A B}}, year=2020, {field}={{{value}}}}}")
    ).every
    assert (work.volume, work.number, work.pages) == ("", "", "")
    assert not {"volume", "issue", "page"} & references.csl_json(work).keys()
    assert [p.severity for p in found.problems] == ["advice"]
    assert f"in '{field}' of 'k' says nothing, and is left out" in messages(found)[0]


@pytest.mark.parametrize(
    "value", ["X", "xx", "xx--xxi", "0", "1", "N1", "A", "e1", "S-1", "TBX", "nan12"]
)
def test_numbers_stay(value: str) -> None:
    assert publication(f"title = {{T}}, volume = {{{value}}}").volume == value.replace("--", "–")


@pytest.mark.parametrize("year", ["n/a", "--", "TBD", "????"])
def test_a_year_that_says_nothing_is_none(year: str) -> None:
    assert publication(f"title = {{T}}, author = {{A B}}, year = {{{year}}}").year == ""
