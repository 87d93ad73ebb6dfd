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
