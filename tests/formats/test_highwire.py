"""The tags of a paper's page, as Scholar's guidelines ask for them and as others read them."""

from collections import Counter

import pytest

from homepage.formats.highwire import PageUrls, dublin_core, highwire, pages, pdf
from support.records import publication

URLS = PageUrls("https://me.example/publications/key/", "https://me.example/paper.pdf")


def tags(fields: str, kind: str = "article") -> list[tuple[str, str]]:
    return highwire(publication(fields, kind), URLS)


def value(name: str, fields: str, kind: str = "article") -> str:
    return ", ".join(content for tag, content in tags(fields, kind) if tag == name)


def test_an_article_says_all_that_scholar_asks_for_in_order() -> None:
    fields = r"""title = {Caf{\'e} \& $x^2$}, author = {Lee, Ann and Roe, Jo}, journal = {J. of Things},
    volume = 3, number = 4, pages = {10--19}, date = {2024-07-10}, doi = {10.1000/1},
    issn = {1234-5678}, keywords = {one, two}, publisher = {Press}, langid = {english}"""
    assert tags(fields) == [
        ("citation_title", "Café & x²"),
        ("citation_author", "Lee, Ann"),
        ("citation_author", "Roe, Jo"),
        ("citation_publication_date", "2024/07/10"),
        ("citation_journal_title", "J. of Things"),
        ("citation_volume", "3"),
        ("citation_issue", "4"),
        ("citation_firstpage", "10"),
        ("citation_lastpage", "19"),
        ("citation_doi", "10.1000/1"),
        ("citation_issn", "1234-5678"),
        ("citation_publisher", "Press"),
        ("citation_language", "en"),
        ("citation_keywords", "one"),
        ("citation_keywords", "two"),
        ("citation_abstract_html_url", URLS.page),
        ("citation_pdf_url", URLS.pdf),
    ]


@pytest.mark.parametrize(
    ("kind", "field", "tag"),
    [
        ("article", "journal", "citation_journal_title"),
        ("inproceedings", "booktitle", "citation_conference_title"),
        ("conference", "booktitle", "citation_conference_title"),
        ("incollection", "booktitle", "citation_inbook_title"),
        ("phdthesis", "school", "citation_dissertation_institution"),
        ("mastersthesis", "school", "citation_dissertation_institution"),
        ("techreport", "institution", "citation_technical_report_institution"),
    ],
)
def test_the_venue_has_the_tag_of_its_kind(kind: str, field: str, tag: str) -> None:
    assert value(tag, f"title = {{T}}, {field} = {{V}}", kind) == "V"


def test_a_report_has_its_number() -> None:
    fields = "title = {T}, institution = {I}, number = {TR-7}"
    assert value("citation_technical_report_number", fields, "techreport") == "TR-7"
    assert value("citation_issue", fields, "techreport") == ""


@pytest.mark.parametrize(
    ("date", "wanted"),
    [("date = {2024-07-10}", "2024/07/10"), ("year = 2024, month = jul", "2024/07"),
     ("year = 2024", "2024"), ("year = {in press}", ""), ("note = {x}", ""),
     ("year = 2024, month = {Fall}", "2024"), ("date = {2024-24}", "2024"),
     ("date = {2019/2023}", "2019"), ("year = {2019--2023}", "2019"),
     ("date = {2024-07-10/2024-07-12}", "2024/07/10"), ("date = {15 January 2015}", "2015/01/15")],
)  # fmt: skip
def test_the_date_is_as_exact_as_it_is_known(date: str, wanted: str) -> None:
    assert value("citation_publication_date", f"title = {{T}}, {date}") == wanted


@pytest.mark.parametrize(
    ("author", "wanted"),
    [
        ("Ann Lee", "Lee, Ann"),
        ("van der Berg, Jan", "van der Berg, Jan"),
        ("van der Berg, Jan Piet", "van der Berg, Jan\xa0Piet"),  # else Zotero sees two people
        ("Thai, Zhen Leng", "Thai, Zhen Leng"),
        ("King, Jr., Martin Luther", "King, Martin Luther, Jr."),
        ("{The ATLAS Collaboration}", "The ATLAS Collaboration"),
        ("Souri*, Yaser", "Souri, Yaser"),
    ],
)
def test_an_author_is_family_and_given_name_without_marks(author: str, wanted: str) -> None:
    assert value("citation_author", f"title = {{T}}, author = {{{author}}}") == wanted


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("1--9", ("1", "9")), ("S1-S10", ("S1", "S10")), ("V-XVI", ("V", "XVI")),
     ("12:1–12:25", ("12:1", "12:25")), ("e1234", ("e1234", "")), ("1--9, 12--15", ("1", "9")),
     ("A-side", ("A-side", "")), ("", ("", "")),
     ("1639--41", ("1639", "1641")), ("321--8", ("321", "328")), ("1002--06", ("1002", "1006")),
     ("S101--9", ("S101", "S109")), ("12:1--25", ("12:1", "12:25")), ("e99-101", ("e99", "e101")),
     ("1639--41, 1650", ("1639", "1641")), ("99--3", ("99", "3")), ("001--02", ("001", "002")),
     ("L21--L4", ("L21", "L24"))],
)  # fmt: skip
def test_pages_are_taken_apart(written: str, wanted: tuple[str, str]) -> None:
    assert pages(publication(f"title = {{T}}, journal = {{J}}, pages = {{{written}}}")) == wanted


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ("pdf = {files/a.pdf}", "https://me.example/files/a.pdf"),
        ("pdf = {files/a.pdf}, eprint = {2401.00001}", "https://me.example/files/a.pdf"),
        ("pdf = {https://there.example/a}", "https://there.example/a"),
        ("url = {https://there.example/a.PDF?x}", "https://there.example/a.PDF?x"),
        ("url = {https://there.example/a.html}", ""),
        ("eprint = {2401.00001v2}, archiveprefix = {arXiv}", "https://arxiv.org/pdf/2401.00001v2"),
        ("pdf = {javascript:alert(1)}", ""),
        ("slides = {files/a.pdf}", ""),
        ("doi = {10.1000/1}", ""),
    ],
)
def test_the_pdf_is_named_only_where_there_is_one(fields: str, wanted: str) -> None:
    work = publication(f"title = {{T}}, {fields}")
    assert pdf(work, lambda path: f"https://me.example/{path}") == wanted


def test_a_local_pdf_has_no_address_on_a_site_without_one() -> None:
    assert pdf(publication("title = {T}, pdf = {a.pdf}"), lambda _: "") == ""


def test_dublin_core_says_the_same() -> None:
    work = publication(
        "title = {T}, author = {Lee, Ann and Roe, Jo}, editor = {Poe, E}, booktitle = {Conf}, "
        "date = {2024-07}, doi = {10.1000/1}, publisher = {Press}, langid = {de}",
        "inproceedings",
    )
    assert dublin_core(work, URLS) == [
        ("DC.title", "T"),
        ("DC.creator", "Lee, Ann"),
        ("DC.creator", "Roe, Jo"),
        ("DC.contributor", "Poe, E"),
        ("DC.issued", "2024-07"),
        ("DC.type", "Conference Paper"),
        ("DC.relation.ispartof", "Conf"),
        ("DC.publisher", "Press"),
        ("DC.language", "de"),
        ("DC.identifier", "doi:10.1000/1"),
        ("DC.identifier", URLS.page),
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "wanted"),
    [
        ("misc", "eprint = {2401.00001}, archiveprefix = {arXiv}", "preprint"),
        ("software", "", "software"),
        ("dataset", "", "dataset"),
        ("talk", "", "presentation"),
        ("patent", "", "patent"),
        ("misc", "", "Text"),
    ],
)
def test_dublin_core_says_of_which_kind_a_work_is(kind: str, fields: str, wanted: str) -> None:
    work = publication(f"title = {{T}}, note = {{x}}, {fields}", kind)
    assert ("DC.type", wanted) in dublin_core(work, URLS)


def test_nothing_is_empty_and_only_lists_come_twice() -> None:
    found = highwire(publication("title = {T}"), PageUrls()) + dublin_core(
        publication("title = {T}"), PageUrls()
    )
    assert found == [("citation_title", "T"), ("DC.title", "T"), ("DC.type", "Journal Article")]
    many = Counter(name for name, _ in tags("title = {T}, author = {A B and C D}, keywords = {a, b}"))
    assert {name for name, count in many.items() if count > 1} == {
        "citation_author",
        "citation_keywords",
    }


@pytest.mark.parametrize("written", ["1" * 30_000, f"{'1' * 5_000}-{'2' * 5_000}", "1-" * 20_000])
def test_endless_pages_are_no_range(written: str) -> None:
    work = publication(f"title = {{T}}, author = {{Doe, J}}, year = 2024, pages = {{{written}}}")
    assert pages(work)[1] == ""
