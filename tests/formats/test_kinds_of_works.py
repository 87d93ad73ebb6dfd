"""Dates, pages, types and versions of works in CSL-JSON and RIS."""

import pytest

from homepage.formats import references
from support.records import publication


@pytest.mark.parametrize(
    ("fields", "issued", "day"),
    [
        ("year = 2020, month = {Fall}", {"date-parts": [[2020]], "season": 3}, "2020///Fall"),
        ("date = {2024-24}", {"date-parts": [[2024]], "season": 4}, "2024///Winter"),
        ("year = {2019--2023}", {"date-parts": [[2019], [2023]]}, "2019//"),
        ("date = {2019/2023}", {"date-parts": [[2019], [2023]]}, "2019//"),
        ("date = {2019/}", {"date-parts": [[2019]]}, "2019//"),
        (
            "date = {2024-07-10/2024-07-12}",
            {"date-parts": [[2024, 7, 10], [2024, 7, 12]]},
            "2024/07/10",
        ),
        (
            "year = 2015, month = {10--12 jul}",
            {"date-parts": [[2015, 7, 10], [2015, 7, 12]]},
            "2015/07/10",
        ),
        ("date = {15.1.2015}", {"date-parts": [[2015, 1, 15]]}, "2015/01/15"),
    ],
)
def test_seasons_and_spans_are_kept(fields: str, issued: dict[str, object], day: str) -> None:
    work = publication(f"title = {{T}}, {fields}", "misc")
    assert references.csl_json(work)["issued"] == issued
    assert f"DA  - {day}\n" in references.ris(work)


@pytest.mark.parametrize(
    ("kind", "fields", "csl", "lines"),
    [
        ("article", "pages = {1639--41}", {"page": "1639-41"}, ["SP  - 1639", "EP  - 1641"]),
        ("article", "pages = {1--9, 12--15}", {"page": "1-9, 12-15"}, ["SP  - 1", "EP  - 9"]),
        ("thesis", "type = {bathesis}", {"genre": "Bachelor’s thesis"}, ["M3  - Bachelor’s thesis"]),
        ("thesis", "type = {Diplomarbeit}, institution = {U}", {"publisher": "U"}, ["PB  - U"]),
        (
            "patent",
            "number = {US7}, assignee = {Acme}",
            {"publisher": "Acme"},
            ["SN  - US7", "PB  - Acme"],
        ),
        ("software", "version = {1.2}", {"version": "1.2"}, ["ET  - 1.2"]),
        ("misc", "note = {One}, addendum = {Two}", {"note": "One. Two"}, ["N1  - One. Two"]),
    ],
)
def test_what_a_kind_of_work_has_is_in_each_format(
    kind: str, fields: str, csl: dict[str, str], lines: list[str]
) -> None:
    work = publication(f"title = {{T}}, year = 2020, {fields}", kind)
    assert references.csl_json(work).items() >= csl.items()
    assert set(references.ris(work).split("\n")) >= set(lines)
