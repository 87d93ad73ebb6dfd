"""Dates are understood in the ways bibliographies write them."""

import pytest

from homepage.model.publication import Date
from homepage.publications import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", Date(2024)),
        ("2024-05", Date(2024, 5)),
        ("2024-05-07", Date(2024, 5, 7)),
        (" 2024/5/7 ", Date(2024, 5, 7)),
        ("2024-05-07T10:00", Date(2024, 5, 7)),
        ("2024-05/2024-07", Date(2024, 5)),  # biblatex's ranges: the beginning
        ("2024/2025", Date(2024)),
        ("/2024", Date(2024)),
        ("2024/", Date(2024)),
        ("2024~", Date(2024)),  # biblatex's uncertain dates
        ("2024-05?", Date(2024, 5)),
        ("2024-XX-XX", Date(2024)),
        ("2024-21", Date(2024, 3)),  # biblatex's seasons
        ("2024-13", None),
        ("2024-02-30", None),
        ("0000", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_date(text: str, expected: object) -> None:
    assert dates.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", 2024),
        ("{2024}", 2024),
        ("2020a", 2020),
        ("c. 2019", 2019),
        ("2019--2020", 2019),
        ("(1998)", 1998),
        ("2024/25", 2024),
        ("in press", 0),
        ("20245", 0),
        ("", 0),
    ],
)
def test_a_year(text: str, expected: object) -> None:
    assert dates.year(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sep", (9, 0)),
        ("Sept.", (9, 0)),
        ("September/October", (9, 0)),
        ("10~sep", (9, 10)),
        ("sep 10--12", (9, 10)),
        ("12-14 May 2021", (5, 12)),
        ("Dec. 2023", (12, 0)),
        ("09", (9, 0)),
        ("{{7}}", (7, 0)),
        ("10月", (10, 0)),
        ("März", (3, 0)),
        ("Ma\u0308rz", (3, 0)),
        ("décembre", (12, 0)),
        ("août", (8, 0)),
        ("juin", (6, 0)),
        ("juillet", (7, 0)),
        ("enero", (1, 0)),
        ("diciembre", (12, 0)),
        ("gennaio", (1, 0)),
        ("maio", (5, 0)),
        ("mei", (5, 0)),
        ("Spring", (3, 0)),
        ("Fall 2020", (9, 0)),
        ("Q3", (7, 0)),
        ("13", (0, 0)),
        ("to appear", (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_month(text: str, expected: object) -> None:
    assert dates.month(text) == expected
