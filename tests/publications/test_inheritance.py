"""What entries inherit through crossref, by biblatex's rules (its manual, appendix B)."""

import pytest

from homepage.model import Publication
from support.records import collect, messages

CHILD = "@inproceedings{a, title = {A}, author = {Doe, Jane}, crossref = {p}}\n"


def first(bibtex: str, key: str = "a") -> Publication:
    return next(p for p in collect(bibtex).every if p.key == key)


def test_fields_come_through_several_levels() -> None:
    work = first(
        "@inproceedings{a, title = {A}, author = {Doe, Jane}, crossref = {p}}\n"
        "@proceedings{p, title = {Proceedings}, subtitle = {Sub}, volume = 2, crossref = {m}, "
        "year = 2020}\n"
        "@mvproceedings{m, title = {Conference}, publisher = {Press}, xdata = {x}}\n"
        "@xdata{x, location = {Bonn}}"
    )
    assert (work.title.plain, work.year) == ("A", "2020")
    assert work.venue.plain == "Conference. Proceedings: Sub"
    assert work.publisher.plain == "Press"
    assert work.entry.get("location") == "Bonn"
    assert work.entry.inherited >= {"booktitle", "booksubtitle", "maintitle", "publisher", "location"}


@pytest.mark.parametrize(
    ("child", "parent", "titles"),
    [
        ("inbook", "book", {"booktitle": "P", "booksubtitle": "S"}),
        ("incollection", "collection", {"booktitle": "P", "booksubtitle": "S"}),
        ("inproceedings", "proceedings", {"booktitle": "P", "booksubtitle": "S"}),
        ("inbook", "mvbook", {"maintitle": "P", "mainsubtitle": "S"}),
        ("book", "mvbook", {"maintitle": "P", "mainsubtitle": "S"}),
        ("collection", "mvcollection", {"maintitle": "P", "mainsubtitle": "S"}),
        ("article", "periodical", {"journaltitle": "P", "journalsubtitle": "S"}),
    ],
)
def test_the_parents_title_has_the_name_that_it_has_for_the_child(
    child: str, parent: str, titles: dict[str, str]
) -> None:
    work = first(
        f"@{child}{{a, title = {{A}}, author = {{Doe, Jane}}, crossref = {{p}}}}\n"
        f"@{parent}{{p, title = {{P}}, subtitle = {{S}}, year = 2020}}"
    )
    assert {name: work.entry.get(name) for name in titles} == titles
    assert work.title.plain.endswith("A")
    assert "subtitle" not in work.entry.fields


def test_bibtexs_booktitle_of_a_volume_says_how_it_is_cited() -> None:
    parent = "@proceedings{p, title = {Long}, subtitle = {Sub}, booktitle = {Short}, year = 2020}"
    assert first(CHILD + parent).venue.plain == "Short"


def test_a_volume_without_a_title_has_that_of_its_parent() -> None:
    assert (
        first("@book{a, crossref = {p}, volume = 2}\n@book{p, title = {P}, year = 2020}").title.plain
        == "P"
    )


def test_the_authors_of_a_book_are_those_of_its_parts_and_of_the_book() -> None:
    book = "@book{p, title = {P}, author = {Roe, R}, year = 2020}"
    part, other = (first(f"@inbook{{a, title = {{A}}, crossref = {{p}}{own}}}\n{book}") for own in
                   ("", ", author = {Doe, Jane}"))  # fmt: skip
    assert [str(a.name) for a in (*part.authors, *other.authors)] == ["R Roe", "Jane Doe"]
    assert part.entry.get("bookauthor") == other.entry.get("bookauthor") == "Roe, R"


@pytest.mark.parametrize(
    ("own", "theirs", "year", "month"),
    [
        ("year = 2021", "date = {2020-05}", 2021, 0),
        ("date = {2021-03}", "year = 2020, month = may", 2021, 3),
    ],
)
def test_a_date_of_its_own_is_not_mixed_with_the_parents(
    own: str, theirs: str, year: int, month: int
) -> None:
    work = first(
        f"@inproceedings{{a, title = {{A}}, author = {{Doe, Jane}}, crossref = {{p}}, {own}}}\n"
        f"@proceedings{{p, title = {{P}}, {theirs}}}"
    )
    assert (work.date.year, work.date.month) == (year, month)


def test_a_papers_journal_has_the_issn_and_its_proceedings_have_theirs() -> None:
    more = ", issn = {1234-5678}, isbn = {978-0-306-40615-7}, year = 2020}"
    paper = first(CHILD + "@proceedings{p, title = {P}" + more)
    article = first(CHILD.replace("inproceedings", "article") + "@periodical{p, title = {P}" + more)
    assert (paper.entry.get("issn"), article.entry.get("issn")) == ("", "1234-5678")
    assert paper.entry.get("isbn")


def test_two_papers_of_one_volume_are_two_works() -> None:
    paper = CHILD.replace("{a,", "{%s, pubstate = {%s}, doi = {10.1000/p},")
    volume = "@proceedings{p, title = {P}, year = 2020, doi = {10.1000/p}, eprint = {2001.00001}}"
    found = collect(paper % ("a", "inpress") + paper % ("b", "submitted") + volume, merge=True)
    assert {p.key for p in found.shown} == {"a", "b", "p"}


@pytest.mark.parametrize(
    ("bibtex", "told"),
    [
        ("@misc{a, title = {A}, crossref = {b}}\n@misc{b, title = {B}, crossref = {a}}", "leads back"),
        ("@misc{a, title = {A}, crossref = {a}}", "leads back"),
        ("@misc{a, title = {A}, crossref = {gone}}", "no entry has this key"),
    ],
)
def test_circles_and_missing_parents_are_reported(bibtex: str, told: str) -> None:
    found = collect(bibtex)
    assert len(found.every) == bibtex.count("@")
    assert any(told in line for line in messages(found))


def test_a_long_chain_does_not_hang() -> None:
    chain = "".join(f"@misc{{c{n}, title = {{T}}, crossref = {{c{n + 1}}}}}" for n in range(3_000))
    assert len(collect(f"{chain}@misc{{c3000, title = {{T}}}}").every) == 3_001
