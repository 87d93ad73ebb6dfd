"""What each entry's facets are, and the data that the script gets."""

import json

import pytest

from homepage.common import labels
from homepage.lists import facets
from homepage.model.publication import Publication
from support.records import collect, publication

LABEL = labels.labels_of("en")


def values(fields: str, name: str, kind: str = "article", owner: str = "") -> list[tuple[str, str]]:
    """The values that one entry has of a facet."""
    found = facets.facets([publication(fields, kind, owner=owner)], LABEL)
    return [v for facet in found if facet.name == name for v in facet.values]


def works(*fields: str, owner: str = "", people: str = "") -> list[Publication]:
    """Publications in the order of their entries."""
    text = "\n".join(f"@article{{k{n}, title = {{T{n}}}, {f}}}" for n, f in enumerate(fields))
    return sorted(collect(text, owner, people).every, key=lambda work: work.slug)


def shown(listed: list[Publication], name: str) -> dict[str, int]:
    """The labels of a facet in their order, and how many works have each."""
    (facet,) = [f for f in facets.facets(listed, LABEL) if f.name == name]
    return {v.label: sum(n in of for of in facet.of) for n, v in enumerate(facet.values)}


@pytest.mark.parametrize(
    ("kind", "fields", "name", "expected"),
    [
        ("article", "year = 2024", "year", [("2024", "2024")]),
        ("article", "year = {2020a}", "year", [("2020", "2020")]),
        ("article", "date = {2021-03}", "year", [("2021", "2021")]),
        ("article", "year = {in press}", "year", [("in-press", "In press")]),
        ("article", "year = {forthcoming}", "year", [("in-press", "In press")]),
        ("article", "title = {T}", "year", [("undated", "Undated")]),
        ("article", "year = 2024", "type", [("article", "Journal articles")]),
        ("mastersthesis", "year = 2024", "type", [("phdthesis", "Theses")]),
        ("phdthesis", "year = 2024", "type", [("phdthesis", "Theses")]),
        ("article", "keywords = {LLM, Théorie; llm}", "topic", [("LLM", "LLM"), ("Théorie", "Théorie")]),
        ("article", "year = 2024", "topic", []),
        ("article", "journal = {Acta X}", "venue", [("Acta X", "Acta X")]),
        ("article", "journal = {Acta X}, abbr = {AX}", "venue", [("AX", "AX")]),
        ("inproceedings", "booktitle = {EMNLP 2023}", "venue", [("EMNLP", "EMNLP")]),
        ("inproceedings", "booktitle = {X}, abbr = {ICML'24}", "venue", [("ICML", "ICML")]),
        ("inproceedings", "booktitle = {Proceedings (2023)}", "venue", [("Proceedings", "Proceedings")]),
        ("inproceedings", "booktitle = {2023}", "venue", [("2023", "2023")]),
        ("inproceedings", "booktitle = {26th X Conf}", "venue", [("X Conf", "X Conf")]),
        ("inproceedings", "booktitle = {Proc. of the 2020 X}", "venue", [("Proc. of the X",) * 2]),
        ("article", "journal = {Agenda 2030 Review}", "venue", [("Agenda 2030 Review",) * 2]),
        ("article", "journal = {学报}", "venue", [("学报", "学报")]),
        ("misc", "eprint = {2301.00001}, archiveprefix = {arXiv}", "venue", []),
    ],
)
def test_values_of_an_entry(kind: str, fields: str, name: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(values(fields, name, kind)) == expected


def test_years_run_backwards_between_what_is_in_press_and_what_has_none() -> None:
    listed = works("year = 1999", "note = {x}", "year = 2024", "year = {in press}", "year = 2024")
    assert shown(listed, "year") == {"In press": 1, "2024": 2, "1999": 1, "Undated": 1}
    assert list(shown(listed, "year")) == ["In press", "2024", "1999", "Undated"]


def test_what_is_used_most_stands_first_and_case_makes_no_difference() -> None:
    listed = works("keywords = {b, A}", "keywords = {a}", "keywords = {c, A, a}")
    assert list(shown(listed, "topic").items()) == [("A", 3), ("b", 1), ("c", 1)]


def test_first_author_is_the_owner_in_any_spelling_and_code_is_a_link() -> None:
    listed = works(
        "author = {Huang, Yuxiang and Lee, A.}, code = {https://example.org}",
        "author = {Huang, Y. X.}",
        "author = {Huang, Yufei and Huang, Yuxiang}",
        owner="Yuxiang Huang",
        people="Yuxiang Huang: {also: [Huang Y. X.]}",
    )
    assert shown(listed, "first") == {"First author": 2}
    assert shown(listed, "code") == {"Code available": 1}


@pytest.mark.parametrize("fields", ["code = {https://example.org}", "year = 2024"])
def test_what_is_the_same_for_all_is_nothing_to_choose(fields: str) -> None:
    found = {f.name: f.chooses for f in facets.facets(works(fields, fields), LABEL)}
    assert found == {"year": False, "type": False, "topic": False, "venue": False}


@pytest.mark.parametrize(
    ("count", "asked", "expected"),
    [(9, None, False), (10, None, True), (2, True, True), (500, False, False), (0, True, False)],
)
def test_lists_of_more_than_a_few_get_the_field_or_as_asked(
    count: int, asked: bool | None, expected: bool
) -> None:
    assert facets.has_search_field(count, asked) is expected


def test_data_names_works_once_and_everybody_in_all_spellings() -> None:
    people = "Yuxiang Huang: {native: 黄宇翔, also: [Yu-Xiang Huang]}"
    first, second = works(
        'author = {Huang, Y. and M{\\"u}ller, Jörg}, year = 2024',
        "author = {Huang, Yuxiang}, year = 2023",
        people=people,
    )
    found = json.loads(facets.data([first, second, first], LABEL))
    assert found["order"] == [0, 1, 0]
    assert len(found["people"]) == 2
    spellings = [{found["names"][n] for n in of} for of in found["people"]]
    assert spellings[0] == {"Y. Huang", "Yuxiang Huang", "黄宇翔", "Yu-Xiang Huang", "Jörg Müller"}
    assert "黄宇翔" in spellings[1]
    year = found["facets"][0]
    assert (year["name"], year["values"], year["of"]) == ("year", ["2024", "2023"], [0, 1])


def test_data_cannot_end_the_script_that_holds_it() -> None:
    text = facets.data(works("keywords = {</script><img src=x>, <!--}", "year = 2000"), LABEL)
    assert "<" not in text
    assert "</script><img src=x>" in json.dumps(json.loads(text))


def test_a_venue_of_a_million_commas_takes_no_time() -> None:
    listed = works("journal = {x" + ",( " * 300_000 + "y}")
    assert len(facets.facets(listed, LABEL)) == 4


def test_a_thesis_of_another_kind_is_found_by_its_own_words_too() -> None:
    listed = [
        publication("title = {A}, type = {Habilitation}", "thesis"),
        publication("title = {B}", "phdthesis", "b"),
        publication("title = {C}", "book", "c"),
    ]
    assert shown(listed, "type") == {"Books": 1, "Theses": 2, "Habilitation": 1}
