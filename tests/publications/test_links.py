"""The links of an entry: every field, in one order, safe, and what is wrong with them told."""

import pytest

from homepage.formats import references
from homepage.publications.collection import Collection, Source, read
from homepage.publications.links import ORDER, find_local, scholar_user
from support.records import collect, messages, publication

BASE = "title = {A Title}, author = {Doe, Jane}, year = 2024"
DOI = "doi = {10.1000/1}"
TO_DOI = ("doi", "https://doi.org/10.1000/1")
SCHOLAR = "https://scholar.google.com/"

# Every field that makes a link, in no order, and the links in theirs.
RICH = """dimensions = {true}, altmetric = {true}, google_scholar_id = {kNdYIx-mwKoC},
 inspirehep_id = {3255}, pmid = {12345678}, supp = {s.zip}, blog = {https://b.org}, video = {v.mp4},
 poster = {p.pdf}, slides = {talk.key}, website = {https://w.org}, code = {https://c.org},
 hal = {hal-01234567v2}, url = {https://u.org}, html = {https://h.org}, doi = {10.1000/1},
 arxiv = {2301.00001}, pdf = {x.pdf}"""
IN_ORDER = [
    ("pdf", "x.pdf"),
    ("arxiv", "https://arxiv.org/abs/2301.00001"),
    ("doi", "https://doi.org/10.1000/1"),
    ("url", "https://h.org"),
    ("url", "https://u.org"),
    ("hal", "https://hal.science/hal-01234567v2"),
    ("code", "https://c.org"),
    ("website", "https://w.org"),
    ("slides", "talk.key"),
    ("poster", "p.pdf"),
    ("video", "v.mp4"),
    ("blog", "https://b.org"),
    ("supp", "s.zip"),
    ("pubmed", "https://pubmed.ncbi.nlm.nih.gov/12345678/"),
    ("inspire", "https://inspirehep.net/literature/3255"),
    ("google_scholar", SCHOLAR + "scholar?q=A%20Title"),
    ("altmetric", "https://www.altmetric.com/details/doi/10.1000/1"),
    ("dimensions", "https://badge.dimensions.ai/details/doi/10.1000/1"),
]


def links(fields: str) -> list[tuple[str, str]]:
    """Kind and address of each link."""
    return [(link.kind, link.url) for link in publication(f"{BASE}, {fields}").links]


def test_every_field_makes_a_link_in_one_order() -> None:
    assert links(RICH) == IN_ORDER
    assert [kind for kind, _ in IN_ORDER if kind] == sorted(
        (kind for kind, _ in IN_ORDER), key=ORDER.index
    )
    others = {"preprint", "version", "jstor", "handle", "google_books", "pmc"}
    assert {kind for kind, _ in IN_ORDER} == set(ORDER) - others


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi = {https://doi.org/10.1000/a\\_b}", [("doi", "https://doi.org/10.1000/a_b")]),
        ("doi = {doi: 10.1000/1}", [TO_DOI]),
        ("slides = {a.pdf}, poster = {a.pdf}", [("slides", "a.pdf"), ("poster", "a.pdf")]),
        (
            "url = {https://c.org}, code = {https://c.org}",
            [("url", "https://c.org"), ("code", "https://c.org")],
        ),
        (f"{DOI}, url = {{http://dx.doi.org/10.1000/1}}", [TO_DOI]),
        # The only way to the paper is never taken for a repetition.
        (
            "url = {https://doi.org/10.1000/2}, eprint = {2301.00001}",
            [("arxiv", "https://arxiv.org/abs/2301.00001"), ("url", "https://doi.org/10.1000/2")],
        ),
        ("pdf = {https://a.org}, url = {https://a.org}", [("pdf", "https://a.org")]),
        ("pmid = {PMID: 12345678}", [("pubmed", "https://pubmed.ncbi.nlm.nih.gov/12345678/")]),
        ("hal = {https://hal.science/hal-1}", [("hal", "https://hal.science/hal-1")]),
        ("url = {javascript:alert(1)}", []),
        ("pdf = {data:text/html,x}", []),
        ("code = {true}, pdf = {no}, altmetric = {false}, dimensions = {false}", []),
        ("altmetric = {248277}", [("altmetric", "https://www.altmetric.com/details/248277")]),
        (
            "dimensions = {pub.1036}",
            [("dimensions", "https://badge.dimensions.ai/details/id/pub.1036")],
        ),
        ("google_scholar_id = {true}", [("google_scholar", SCHOLAR + "scholar?q=A%20Title")]),
        (
            "google_scholar_id = {qc6CJjYAAAAJ:kNdYIx-mwKoC}",
            [
                (
                    "google_scholar",
                    SCHOLAR + "citations?view_op=view_citation&citation_for_view="
                    "qc6CJjYAAAAJ:kNdYIx-mwKoC",
                )
            ],
        ),
    ],
)
def test_links_are_safe_and_said_once(fields: str, expected: list[tuple[str, str]]) -> None:
    assert links(fields) == expected


def test_several_links_in_a_field_are_all_kept_and_numbered() -> None:
    work = publication(f"{BASE}, code = {{https://a.org, https://b.org}}, github = {{https://c.org}}")
    assert [(link.url, link.number) for link in work.links] == [
        ("https://a.org", 1),
        ("https://b.org", 2),
        ("https://c.org", 3),
    ]
    (only,) = publication(f"{BASE}, code = {{https://a.org}}").links
    assert only.number == 0


def test_versions_bring_their_links_in_the_same_order() -> None:
    found = collect(
        f"@inproceedings{{a, {BASE}, booktitle = {{C}}, code = {{https://c.org https://d.org}}}}\n"
        f"@misc{{b, {BASE}, eprint = {{2301.00001}}, pdf = {{https://p.org}}, code = {{https://e.org}}}}",
        merge=True,
    )
    (work,) = found.shown
    assert [link.kind for link in work.links] == ["pdf", "arxiv", "code", "code"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("altmetric = {true}", "'altmetric' of 'k' makes no link without a DOI"),
        ("dimensions = {true}", "makes no link without a DOI"),
        ("inspirehep_id = {true}", "makes no link without its number there"),
        ("preview = {https://x.org/a.png}", "is on another host"),
    ],
)
def test_what_makes_no_link_is_advised_upon(fields: str, told: str) -> None:
    found = collect(f"@article{{k, {BASE},\n journal = {{J}},\n {fields}}}")
    (problem,) = found.problems
    assert told in problem.message
    assert (problem.line, problem.severity) == (3, "advice")
    assert found.every[0].links == ()
    assert found.every[0].preview == ""


FILES = {
    "a.pdf", "assets/pdf/b.pdf", "assets/html/c.html", "assets/img/publication_preview/d.png",
    "assets/supp.zip", "project.md", "projects/one/index.md", "files/talk.key",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a.pdf", "a.pdf"),
        ("/a.pdf", "a.pdf"),
        ("./a.pdf", "a.pdf"),
        ("b.pdf", "assets/pdf/b.pdf"),
        ("c.html", "assets/html/c.html"),
        ("d.png", "assets/img/publication_preview/d.png"),
        ("project.md", "project.md"),
        ("/project/", "project.md"),
        ("projects/one/", "projects/one/index.md"),
        ("../a.pdf", None),
        ("", None),
    ],
)
def test_files_are_found_where_homepages_have_them(name: str, found: str | None) -> None:
    assert find_local(name, FILES.__contains__) == found


def read_with_files(fields: str, scholar: str = "") -> Collection:
    """What is made of an entry where only `FILES` are in docs/."""
    source = Source("b.bib", f"@article{{k, {BASE}, journal = {{J}},\n {fields}}}".encode())
    return read(
        [source], None, "", lambda name: find_local(name, FILES.__contains__), True, None, scholar
    )


@pytest.mark.parametrize("field", ["pdf", "slides", "poster", "supp", "video", "preview"])
@pytest.mark.parametrize("name", ["gone.pdf", "gone.zip", "gone.png", "gone"])
def test_a_missing_file_is_reported_with_its_line_and_left_out(field: str, name: str) -> None:
    found = read_with_files(f"{field} = {{{name}}}")
    assert messages(found) == [
        f"b.bib:2: warning: the file '{name}' in '{field}' of 'k' is not in docs/ "
        "(put the file there, or write its whole address)"
    ]
    assert found.every[0].links == ()


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ("slides = {talk.key}", "files/talk.key"),
        ("supp = {supp.zip}", "assets/supp.zip"),
        ("pdf = {a.pdf#page=3}", "a.pdf"),
        ("website = {projects/one/}", "projects/one/index.md"),
        ("website = {example.org}", "https://example.org"),
        ("slides = {www.example.org}", "https://www.example.org"),
        ("video = {vimeo.com/1}", "https://vimeo.com/1"),
    ],
)
def test_a_name_is_a_file_or_a_host(fields: str, url: str) -> None:
    found = read_with_files(fields)
    assert [link.url for link in found.every[0].links] == [url]
    assert messages(found) == []


def test_the_owner_at_scholar_is_known_from_the_profile() -> None:
    profile = "https://scholar.google.com/citations?hl=en&user=nvCXW78AAAAJ"
    assert scholar_user(["https://github.com/x", profile]) == "nvCXW78AAAAJ"
    assert scholar_user(["https://evil.example/?x=citations", ""]) == ""
    found = read_with_files("google_scholar_id = {kNdYIx-mwKoC}", scholar_user([profile]))
    (link,) = found.every[0].links
    assert link.url.endswith("&citation_for_view=nvCXW78AAAAJ:kNdYIx-mwKoC")


ARCHIVED = {  # eprinttype and eprint of biblatex's manual (3.14.7), and their spellings elsewhere
    "pubmed, eprint = 31452104": ("pubmed", "https://pubmed.ncbi.nlm.nih.gov/31452104/"),
    "PubMed, eprint = {PMID: 31452104}": ("pubmed", "https://pubmed.ncbi.nlm.nih.gov/31452104/"),
    "pmcid, eprint = {PMC1234567}": ("pmc", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/"),
    "pmc, eprint = 1234567": ("pmc", "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/"),
    "jstor, eprint = 2629832": ("jstor", "https://www.jstor.org/stable/2629832"),
    "JSTOR, eprint = {https://www.jstor.org/stable/10.2307/262?seq=1}": (
        "jstor",
        "https://www.jstor.org/stable/10.2307/262",
    ),
    "hal, eprint = {hal-01234567v2}": ("hal", "https://hal.science/hal-01234567v2"),
    "HAL, eprint = {tel-00012345}": ("hal", "https://hal.science/tel-00012345"),
    "hdl, eprint = {2027/mdp.39015}": ("handle", "https://hdl.handle.net/2027/mdp.39015"),
    "HDL, eprint = {http://hdl.handle.net/1721.1/123}": ("handle", "https://hdl.handle.net/1721.1/123"),
    "googlebooks, eprint = {7IfzDAAAQBAJ}": (
        "google_books",
        "https://books.google.com/books?id=7IfzDAAAQBAJ",
    ),
    "Google Books, eprint = {https://books.google.de/books?hl=de&id=7IfzDAAAQBAJ&pg=1}": (
        "google_books",
        "https://books.google.com/books?id=7IfzDAAAQBAJ",
    ),
}


@pytest.mark.parametrize(("fields", "expected"), ARCHIVED.items())
@pytest.mark.parametrize("name", ["eprinttype", "archiveprefix"])
def test_eprints_of_archives_are_links(name: str, fields: str, expected: tuple[str, str]) -> None:
    kind, _, eprint = fields.partition(",")
    work = publication(f"{BASE}, {name} = {{{kind}}}, {eprint}")
    assert [(link.kind, link.url) for link in work.links] == [expected]
    assert references.csl_json(work)["URL"] == expected[1]


def test_an_archive_has_one_link_and_an_identifier_for_machines() -> None:
    work = publication(
        f"{BASE}, eprinttype = {{pubmed}}, eprint = 31452104, pmid = 31452104, pmcid = PMC12"
    )
    assert [link.kind for link in work.links] == ["pubmed"]
    item = references.csl_json(work)
    assert (item["PMID"], item["PMCID"]) == ("31452104", "PMC12")


def test_an_eprint_that_its_archive_cannot_have_is_reported() -> None:
    found = collect(
        f"@article{{k, {BASE}, journal = {{J}},\n eprinttype = {{hdl}},\n eprint = {{a b}}}}"
    )
    (problem,) = found.problems
    assert (problem.line, problem.message) == (3, "'a b' of 'k' is not in the form of its archive")


@pytest.mark.parametrize(
    ("value", "urls", "told"),
    [
        ("https://x.org/a/\n   b.html", ["https://x.org/a/b.html"], "is on more than one line"),
        ("https://x.org/a-\nb\nc", ["https://x.org/a-bc"], "is on more than one line"),
        ("https://x.org/a\nhttps://y.org", ["https://x.org/a", "https://y.org"], ""),
        ("https://x.org/a,\nhttps://y.org", ["https://x.org/a", "https://y.org"], ""),
        ("https://x.org/a; https://y.org", ["https://x.org/a", "https://y.org"], ""),
        ("https://x.org/a and https://y.org", ["https://x.org/a", "https://y.org"], ""),
        ("https://x.org/a (accessed 2020)", ["https://x.org/a"], "has words beside its address"),
        ("https://x.org/a,\naccessed in May", ["https://x.org/a"], "has words beside its address"),
        (r"Available at \url{https://x.org/a}.", ["https://x.org/a"], "has words beside its address"),
    ],
)
def test_an_address_over_two_lines_or_among_words_is_reported(
    value: str, urls: list[str], told: str
) -> None:
    found = collect(f"@article{{k, {BASE}, journal = {{J}},\n url = {{{value}}}}}")
    assert [link.url for link in found.every[0].links] == urls
    assert [problem.line for problem in found.problems] == [2] * bool(told)
    assert all(told in problem.message for problem in found.problems)
