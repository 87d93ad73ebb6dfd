"""Fields of an entry become what is shown of a publication, and what is wrong is told."""

import pytest

from support.records import collect, messages, publication, written

BASE = "title = {T}, author = {Doe, Jane}, year = {2024}"


@pytest.mark.parametrize(
    ("fields", "iso", "year"),
    [
        ("year = {{2024}}", "2024", "2024"),
        ("year = 2020a", "2020", "2020a"),
        ("year = {2024}, month = jul", "2024-07", "2024"),
        ("year = {2024}, month = {September/October}", "2024-09", "2024"),
        ("year = {2024}, month = 10 # {~} # sep", "2024-09-10", "2024"),
        ("year = {2024}, month = {März}", "2024-03", "2024"),
        ("date = {2024-05}", "2024-05", "2024"),
        ("date = {2024-05-03/2024-05-07}", "2024-05-03", "2024"),
        ("year = {in press}", "", "in press"),
        ("year = {}, date = {}", "", ""),
    ],
)
def test_dates_are_read_as_they_are_written(fields: str, iso: str, year: str) -> None:
    found = publication(f"title = {{T}}, author = {{Doe, Jane}}, {fields}")
    assert (found.date.iso() if found.date else "", found.year) == (iso, year)


@pytest.mark.parametrize(
    ("kind", "fields", "status"),
    [
        ("article", "journal = {J}", "published"),
        ("article", "journal = {J}, note = {in press}", "in press"),
        ("article", "journal = {J}, year = {forthcoming}", "in press"),
        ("misc", "eprint = {2401.00001}, archiveprefix = {arXiv}", "preprint"),
        ("article", "journal = {arXiv preprint arXiv:2401.00001}", "preprint"),
        ("misc", "eprint = {2401.00001}, note = {Under review at X}", "under review"),
        ("article", "journal = {J}, status = {under review}", "under review"),
        ("article", "journal = {J}, pubstate = {inpress}", "in press"),
    ],
)
def test_the_status_is_derived_and_can_be_set(kind: str, fields: str, status: str) -> None:
    year = "" if "year" in fields else "year = 2024, "
    found = publication(f"title = {{T}}, author = {{Doe, Jane}}, {year}{fields}", kind)
    assert found.status == status


@pytest.mark.parametrize(
    ("fields", "eprint"),
    [
        ("eprint = {2401.00001}, archiveprefix = {arXiv}", "2401.00001"),
        ("eprint = {2401.00001v3}, eprinttype = {arxiv}", "2401.00001v3"),
        ("eprint = {hep-th/9901001}, archiveprefix = {arXiv}", "hep-th/9901001"),
        ("journal = {arXiv preprint arXiv:2401.00001}", "2401.00001"),
        ("journal = {CoRR}, volume = {abs/2401.00001}", "2401.00001"),
        ("url = {https://arxiv.org/pdf/2401.00001.pdf}", "2401.00001"),
        ("arxiv = {2401.00001}", "2401.00001"),
        ("eprint = {12345}, eprinttype = {jstor}", ""),
        ("journal = {Nature}, volume = {2401}", ""),
    ],
)
def test_arxiv_identifiers_are_found_where_people_write_them(fields: str, eprint: str) -> None:
    assert publication(f"{BASE}, {fields}").eprint == eprint


@pytest.mark.parametrize(
    ("pages", "shown"),
    [
        ("1--9", "1-9"),
        ("1 – 9", "1-9"),
        ("1---9", "1-9"),
        ("e12345", "e12345"),
        ("1−9", "1-9"),
        ("1-9, 12", "1-9, 12"),
        ("pp. 1--9", "1-9"),
        ("p.7", "7"),
        ("pages 1 to 9", "1 to 9"),
        ("S. 5--6", "5-6"),
        ("P5", "P5"),
        ("17--", "17"),
    ],
)
def test_pages_have_plain_hyphens(pages: str, shown: str) -> None:
    assert publication(f"{BASE}, pages = {{{pages}}}").pages == shown


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("@article{k, author = {Doe, Jane}, year = 2024}", "has no title"),
        ("@article{k, title = {T}, year = 2024}", "has no author"),
        ("@article{k, title = {T}, author = {Doe, Jane}}", "has no year"),
        (f"@article{{k, {BASE}, doi = {{nonsense}}}}", "is not a DOI"),
        (f"@article{{k, {BASE}, autor = {{Doe}}}}", "unknown field 'autor' (write author"),
        (f"@article{{k, {BASE}, month = {{Foo}}}}", "the month 'Foo'"),
        ("@article{k, title = {T}, author = {Doe, Jane}, year = {20x4}}", "'20x4' of 'k' is not a year"),
        (f"@article{{k, {BASE}, selected = {{maybe}}}}", "neither true nor false"),
        (f"@foo{{k, {BASE}}}", "entry type @foo is unknown"),
        (f"@article{{k, {BASE}, crossref = {{gone}}}}", "crossref names 'gone'"),
        (f"@article{{k, {BASE}, status = {{lost}}}}", "the status 'lost'"),
        (f"@book{{k, {BASE}, isbn = {{978-0-306-40615-8}}}}", "is not an ISBN"),
        (f"@article{{k, {BASE}, url = {{javascript:x}}}}", "is not safe"),
    ],
)
def test_what_is_wrong_is_reported_and_the_entry_shown(entry: str, told: str) -> None:
    if "autor" in entry:
        entry = entry.replace("author = {Doe, Jane}, ", "")
    found = collect(entry)
    assert len(found.every) == 1
    assert any(told in line and line.startswith("publications.bib:1: ") for line in messages(found))


def test_healthy_entries_are_not_complained_of() -> None:
    found = collect(
        f"@article{{k, {BASE}, journal = {{J}}, month = jul, doi = {{10.1000/1}}, keywords = {{a, b}},\n"
        " abbr = {J}, bibtex_show = {true}, preview = {x.png}, selected = {true}, issn = {1234-5678}}"
    )
    assert messages(found) == []


def test_the_owner_is_missed_where_no_author_is_the_owner() -> None:
    found = collect(f"@article{{k, {BASE}}}", owner="Yuxiang Huang")
    assert len(messages(found)) == 1
    assert "does not name Yuxiang Huang" in messages(found)[0]
    assert found.problems[0].severity == "advice"


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_the_owner_may_be_editor_or_translator(role: str) -> None:
    found = collect(
        f"@book{{k, {BASE}, publisher = {{P}}, {role} = {{Huang, Yuxiang}}}}", owner="Yuxiang Huang"
    )
    assert messages(found) == []


def test_a_collaboration_is_the_author_where_nobody_else_is() -> None:
    found = collect("@article{k, collaboration = {ATLAS}, title = {T}, journal = {J}, year = 2024}")
    assert [str(author.name) for author in found.every[0].authors] == ["ATLAS Collaboration"]
    assert messages(found) == []


def test_thousands_of_children_of_a_huge_parent_do_not_hang() -> None:
    parent = "@misc{p, title = {P}, " + ", ".join(f"f{n} = {{x}}" for n in range(20_000)) + "}"
    children = "".join(f"@misc{{c{n}, title = {{C}}, crossref = {{p}}}}" for n in range(2_000))
    assert len(collect(parent + children).every) == 2_001


def test_crossref_and_xdata_give_what_an_entry_lacks() -> None:
    found = collect(
        "@inproceedings{child, title = {Paper}, author = {Doe, Jane}, crossref = {proc}, xdata = {x}}\n"
        "@xdata{x, publisher = {Pub}}\n"
        "@proceedings{proc, title = {Proceedings of X}, year = 2024, editor = {Ed, Itor}}"
    )
    child = next(p for p in found.every if p.key == "child")
    assert (child.venue.plain, child.year) == ("Proceedings of X", "2024")
    assert child.publisher.plain == "Pub"
    assert child.title.plain == "Paper"
    assert [p.key for p in found.every if p.key == "x"] == []


@pytest.mark.parametrize(
    "field",
    [
        *("doi = {10.1000/volume}", "url = {https://example.org/volume}", "pdf = {volume.pdf}"),
        *("eprint = {2401.00001}", "abstract = {Of the volume.}", "selected = {true}", "aliases = {o}"),
        *("annote = {Mine.}", "issn = {1234-5678}", "pages = {1--400}", "pubstate = {inpress}"),
        *("keywords = {all}", "addendum = {Mine.}", "pagetotal = {400}", "mrnumber = {7}"),
        *("author+an = {1=equal}", "ids = {older}", "status = {under review}", "preview = {v.png}"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_volume_is_not_said_of_its_papers(field: str) -> None:
    paper = "@inproceedings{a, title = {A}, author = {Doe, Jane}, crossref = {v}}\n"
    volume = "@proceedings{v, title = {Volume}, editor = {Ed, Itor}, year = 2024%s}"
    mine, other = (
        next(p for p in collect(paper + volume % more).every if p.key == "a")
        for more in ("", f", {field}")
    )
    assert mine.venue.plain == "Volume"
    assert mine == other


def test_newest_first_and_what_is_not_dated_last() -> None:
    found = collect(
        "".join(
            f"@article{{{key}, title = {{{key}}}, author = {{Doe, Jane}}, {when}}}\n"
            for key, when in {
                "undated": "note = {x}",
                "old": "year = 2020",
                "nomonth": "year = 2024",
                "feb": "year = 2024, month = feb",
                "oct1": "year = 2024, month = oct",
                "oct2": "year = 2024, month = oct",
                "press": "year = {in press}",
            }.items()
        )
    )
    assert [p.key for p in found.every] == [
        *("press", "oct1", "oct2", "feb", "nomonth", "old", "undated")
    ]


@pytest.mark.parametrize(
    ("venue", "is_preprint"),
    [
        ("bioRxiv", True),
        ("medRxiv preprint", True),
        ("PsyArXiv", True),
        ("SSRN Electronic Journal", True),
        ("Research Square", True),
        ("Marxiv Studies", False),
        ("Preprints in Physics", False),
    ],
)
def test_archives_besides_arxiv_have_preprints_and_keep_their_names(
    venue: str, is_preprint: bool
) -> None:
    work = publication(f"title = {{T}}, author = {{Doe, Jane}}, year = 2023, journal = {{{venue}}}")
    assert (work.type == "preprint", work.status == "preprint") == (is_preprint, is_preprint)
    assert work.venue.plain == venue
    assert venue in written("csl-json", [work])


def test_a_preprint_of_any_archive_is_a_version_of_the_paper() -> None:
    entry = "@article{%s, title = {The same}, author = {Doe, Jane}, year = 2023, journal = {%s}}\n"
    (work,) = collect(entry % ("p", "bioRxiv") + entry % ("a", "Nature"), merge=True).shown
    assert (work.key, [version.key for version in work.versions]) == ("a", ["p"])
