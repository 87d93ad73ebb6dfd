"""venues.yml: what stands behind abbreviations, and what is wrong with it told."""

import pytest

from homepage.publications import venues

VENUES = """
AJP: {url: "https://aapt.example/", color: "#00369f"}
Both:
  name: Both & Sons
  also: [Beide, "B/S"]
  colour: gold
Plain:
"Ph.D.": University of X
ACL: https://aclanthology.org/
"""


def test_venues_are_read_in_al_folios_shape_and_more() -> None:
    found, problems = venues.load(VENUES, "venues.yml")
    assert problems == []
    assert venues.find(found, "AJP") == (
        "AJP",
        "",
        "https://aapt.example/",
        (0, 54, 159),
        (),
        "hp-venue--ajp",
    )
    assert venues.find(found, "beide")[:2] == ("beide", "Both & Sons")
    assert venues.find(found, "Ph.D.").name == "University of X"
    assert venues.find(found, "ACL").url == "https://aclanthology.org/"
    assert venues.find(found, "Plain") == ("Plain", "", "", None, (), "")
    assert venues.find({}, "Unknown") == ("Unknown", "", "", None, (), "")


def test_style_sheet_has_both_schemes_for_each_colour_and_nothing_else() -> None:
    sheet = venues.stylesheet(venues.load(VENUES, "venues.yml")[0])
    rules = sheet.splitlines()
    assert [rule.partition("--hp")[0] for rule in rules] == [
        ".hp-venue--ajp{",
        '@media screen{[data-md-color-scheme="slate"] .hp-venue--ajp{',
        ".hp-venue--both{",
        '@media screen{[data-md-color-scheme="slate"] .hp-venue--both{',
    ]
    assert venues.stylesheet(venues.load("A: {name: B}", "venues.yml")[0]) == ""


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("A:\n  color: #00369f\n", 2, "the empty colour of 'A' is not valid"),
        ("A:\n  url: x\n  color: bluish\n", 3, "the colour 'bluish' of 'A' is not valid"),
        ("A:\n  url: javascript:alert(1)\n", 2, "the address of 'A' is not valid"),
        ("A: {name: B}\nB: {name: C, also: a}\n", 2, "the venue 'a' is listed twice"),
        ("A:\n  nmae: B\n", 2, "'nmae' of 'A' is not known"),
        ("A: [1]\n", 1, "'A' has a list"),
        ("? [x]\n: {}\n", 1, "an abbreviation is a list"),
        ("- A\n", 1, "not a mapping"),
        ("A: [\n", 2, "not valid YAML"),
    ],
)
def test_what_is_wrong_with_venues_is_reported_with_its_line(text: str, line: int, told: str) -> None:
    _, problems = venues.load(text, "docs/venues.yml")
    assert problems
    assert any(told in problem.message and problem.line == line for problem in problems), problems
    assert all(problem.hint for problem in problems)


def test_venues_whose_names_are_alike_keep_their_colours() -> None:
    found, problems = venues.load("C: {color: red}\nC++: {color: blue}\nC#: {color: lime}\n", "v.yml")
    assert problems == []
    assert len({venue.style for venue in found.values()}) == 3
    assert venues.stylesheet(found).count("[data-md-color-scheme") == 3


def test_a_badge_has_the_class_of_its_venue_also_by_another_name() -> None:
    found, _ = venues.load(VENUES, "venues.yml")
    assert venues.find(found, "Both").style == "hp-venue--both"
    assert venues.find(found, "B/S").style == "hp-venue--both"
    assert venues.find(found, "ACL").style == ""
