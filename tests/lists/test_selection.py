"""Which publications a list shows, in which order, under which headings."""

import pytest

from homepage.common.labels import labels_of
from homepage.lists.directives import parse_options
from homepage.lists.groups import group, totals
from homepage.lists.options import ListOptions
from homepage.lists.selection import Selection
from homepage.publications.collection import Collection, Source, read
from support.generate import bibliography
from support.records import collect

PAPERS = r"""
@article{a, title = {Zebra}, author = {Huang, Yuxiang and Smith, Ann}, journal = {Nature}, year = {2019},
  keywords = {Large Models, sparse}, selected = {true}, author+an = {1=equal; 2=equal,corresponding}}
@inproceedings{b, title = {\'Etude}, author = {Smith, Ann and Huang, Yufei and Huang, Y.-X.},
  booktitle = {Proceedings of ACL}, abbr = {ACL}, year = {2024}, month = feb, keywords = {large models}}
@misc{c, title = {Preprint}, author = {Müller, Jörg and Wang, Li}, year = {2024}, month = may,
  eprint = {2405.00001}, archiveprefix = {arXiv}}
@conference{d, title = {apple}, author = {Wang, Li and others}, booktitle = {Nature Communications},
  year = {in press}}
@phdthesis{e, title = {Thesis}, author = {Yuxiang Huang}, school = {Uni}, year = {2022},
  keywords = {sparse}}
@mastersthesis{f, title = {Master}, author = {Li Wang}, school = {Uni}}
"""
OTHERS = r"""
@talk{t, title = {A talk}, author = {Huang, Yuxiang}, eventtitle = {ACL}, date = {2024-03-01}}
@software{s, title = {A tool}, author = {Huang, Yuxiang}, year = {2023}, selected = {true}}
@teaching{u, title = {A course}, author = {Huang, Yuxiang}, school = {Uni}, year = {2021}}
@misc{v, title = {A poster}, author = {Huang, Yuxiang}, type = {Poster}, year = {2020}}
"""
PEOPLE = """
Yuxiang Huang: {also: [Yu-Xiang Huang]}
Jörg Müller: https://example.org
Nobody Yet: https://example.org
"""


def collected(owner: str = "Yuxiang Huang") -> Collection:
    venues = Source("venues.yml", b"ACL: {name: Meeting of the ACL, also: [Annual ACL]}")
    sources = [Source("docs/a.bib", PAPERS.encode()), Source("docs/bib/b.bib", OTHERS.encode())]
    return read(sources, Source("people.yml", PEOPLE.encode()), owner, str, True, venues)


def choose(text: str, owner: str = "Yuxiang Huang") -> tuple[str, list[str]]:
    """The keys that a directive chooses, and what is told."""
    options, wrong = parse_options("publications", text, "x.md", 3)
    assert wrong == []
    assert isinstance(options, ListOptions)
    works, problems = Selection(collected(owner)).choose(options, "x.md", 3)
    return "".join(p.key for p in works), [f"{p.severity}: {p}" for p in problems]


CASES = {
    "": "dcbeaf",
    "{year: 2024}": "cb",
    "{year: 2019-2022}": "ea",
    "{year: 2022-}": "cbe",
    "{year: [-2019, 2022]}": "ea",
    "{type: article}": "a",
    "{type: thesis}": "ef",
    "{type: conference}": "d",  # as it is written
    "{type: INPROCEEDINGS}": "db",  # as it is shown
    "{type: preprint}": "c",
    "{type: talk}": "t",
    "{type: [poster, software]}": "sv",
    "{type: teaching}": "u",
    "{type: all}": "dctbseuvaf",
    "{type: dataset}": "",
    "{keyword: LARGE models}": "ba",
    "{keyword: [sparse, large models]}": "bea",
    "{author: Yuxiang Huang}": "bea",
    "{author: 'Huang, Yu-Xiang'}": "bea",
    "{author: Ann Smith}": "ba",
    "{author: [Yufei Huang, Li Wang]}": "dcbf",
    "{author: Joerg Müller}": "c",
    "{author: Nobody Yet}": "",
    "{author: Yuxiang Huang, type: talk}": "t",
    "{role: first}": "ea",
    "{role: last}": "be",
    "{role: equal}": "a",
    "{role: corresponding}": "",
    "{role: corresponding, author: Ann Smith}": "a",
    "{role: [first, last], author: Li Wang}": "dcf",
    "{role: last, author: Li Wang}": "cf",  # nobody knows the last of 'Wang and others'
    "{venue: acl}": "b",
    "{venue: annual acl}": "b",
    "{venue: Meeting of the ACL}": "b",
    "{venue: Nature}": "a",
    "{venue: [Proceedings of ACL, nature]}": "ba",
    "{venue: ACL, type: talk}": "t",
    "{selected: true}": "sa",
    "{selected: false}": "dcbef",
    "{keys: [t, a, e]}": "tae",
    "{keys: [e, a], sort: title}": "ea",
    "{keys: [c, a, b], limit: 2}": "ca",
    "{file: b.bib}": "tsuv",
    "{file: bib/b.bib, type: talk}": "t",
    "{file: [a.bib, docs/bib/b.bib]}": "dctbseuvaf",
    "{sort: oldest}": "aebcdf",
    "{sort: oldest, limit: 2}": "ae",
    "{sort: title}": "dbfcea",
    "{sort: author}": "eacbdf",
    "{sort: venue}": "adbefc",
    "{sort: file}": "abcdef",
    "{type: all, sort: file}": "abcdeftsuv",
    "{year: 2024, type: all, limit: 2}": "ct",
}


@pytest.mark.parametrize("text", CASES)
def test_options_choose_and_order(text: str) -> None:
    assert choose(text) == (CASES[text], [])


TOLD = {
    "{type: artikel}": ("", "warning: x.md:3: no entry has the type 'artikel' (write 'all', or one of"),
    "{keys: [a, nothing]}": ("a", "warning: x.md:3: 'nothing' names no entry of the bibliography"),
    "{file: c.bib}": (
        "",
        "warning: x.md:3: the bibliography has no file 'c.bib' (write one of docs/a.bib",
    ),
    "{file: ib}": ("", "warning: x.md:3: the bibliography has no file 'ib'"),
    "{author: Huang}": ("", "warning: x.md:3: nobody is called 'Huang' (write the whole name"),
    "{author: Yulong Huang}": ("", "warning: x.md:3: nobody is called 'Yulong Huang'"),
    "{keyword: large}": (
        "",
        "advice: x.md:3: no entry has the keyword 'large' (write the whole keyword",
    ),
    "{venue: Proceedings}": ("", "advice: x.md:3: no entry has the venue 'Proceedings'"),
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_named_in_vain_is_reported(text: str) -> None:
    keys, (told,) = choose(text)
    assert keys == TOLD[text][0]
    assert told.startswith(TOLD[text][1])


def test_role_wants_somebody_whose_it_is() -> None:
    keys, (told,) = choose("{role: first}", owner="")
    assert keys == "dcbeaf"
    assert "the site has no owner (write author: Name)" in told
    assert choose("{role: first, author: Ann Smith}", owner="") == ("b", [])


def grouped(text: str) -> dict[str, str]:
    options, _ = parse_options("publications", text, "x.md", 3)
    assert isinstance(options, ListOptions)
    works, _ = Selection(collected()).choose(options)
    return {
        heading: "".join(p.key for p in found)
        for heading, found in group(works, options, labels_of("en"))
    }


GROUPS = {
    "{}": {"": "dcbeaf"},
    "{group: year}": {"In press": "d", "2024": "cb", "2022": "e", "2019": "a", "Undated": "f"},
    "{group: year, sort: oldest}": {
        "2019": "a", "2022": "e", "2024": "bc", "In press": "d", "Undated": "f",
    },
    "{group: year, sort: title}": {
        "In press": "d", "2024": "bc", "2022": "e", "2019": "a", "Undated": "f",
    },
    "{group: year, limit: 2}": {"In press": "d", "2024": "c"},
    "{group: type}": {
        "Journal articles": "a", "Conference papers": "db", "Theses": "ef", "Preprints": "c",
    },
    "{group: type, file: b.bib}": {"Software": "s", "Talks": "t", "Posters": "v", "Teaching": "u"},
    "{group: status}": {"In press": "d", "Preprints": "c", "Published": "beaf"},
    "{group: topic}": {"large models": "ba", "sparse": "ea", "Other topics": "dcf"},
    "{group: topic, keyword: [sparse, large models]}": {"sparse": "ea", "large models": "ba"},
    "{group: year, type: dataset}": {"": ""},
}  # fmt: skip


@pytest.mark.parametrize("text", GROUPS)
def test_groups_have_headings_in_order(text: str) -> None:
    found = grouped(text)
    assert found == GROUPS[text]
    assert list(found) == list(GROUPS[text])


def test_year_with_a_letter_is_in_the_group_of_its_year() -> None:
    bib = "@misc{a, title={A}, year={2020a}}\n@misc{b, title={B}, year={2020}}"
    options = ListOptions(group="year")
    works, _ = Selection(collect(bib)).choose(options)
    assert [h for h, _ in group(works, options, labels_of("en"))] == ["2020"]


def test_topic_is_called_as_most_entries_call_it() -> None:
    bib = "".join(
        f"@misc{{{n}, title={{T{n}}}, keywords={{{word}; {word}}}}}\n"
        for n, word in enumerate(["llm", "LLM", "LLM", "大模型"])
    )
    options = ListOptions(group="topic")
    works, _ = Selection(collect(bib)).choose(options)
    assert {h: len(m) for h, m in group(works, options, labels_of("en"))} == {"LLM": 3, "大模型": 1}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{}", "6 publications: 1 journal article, 2 conference papers, 1 PhD thesis, "
         "1 Master’s thesis, 1 preprint"),
        ("{type: all}", "10 works: 1 journal article, 2 conference papers, 1 PhD thesis, "
         "1 Master’s thesis, 1 preprint, 1 software package, 1 talk, 1 poster, 1 course"),
        ("{type: conference}", "1 conference paper"),
        ("{type: inproceedings}", "2 conference papers"),
        ("{type: dataset}", ""),
    ],
)  # fmt: skip
def test_totals_count_by_type(text: str, line: str) -> None:
    options, _ = parse_options("publications", text, "x.md", 3)
    assert isinstance(options, ListOptions)
    assert totals(Selection(collected()).choose(options)[0], "en") == line


def test_merged_version_is_found_by_either_key() -> None:
    bib = """@article{pub, title={One title}, author={Doe, Jane}, journal={J}, year={2024}}
    @misc{pre, title={One title}, author={Doe, Jane}, eprint={2401.00001}, year={2023}}"""
    works, problems = Selection(collect(bib, merge=True)).choose(ListOptions(keys=("pre",)))
    assert [p.key for p in works] == ["pub"]
    assert problems == []


def test_talk_is_no_version_of_the_paper_that_has_its_title() -> None:
    bib = """@misc{pre, title={One title}, author={Doe, Jane}, eprint={2401.00001}, year={2023}}
    @talk{talk, title={One title}, author={Doe, Jane}, year={2024}, related={pre}}
    @dataset{data, title={One title}, author={Doe, Jane}, eprint={2401.00001}, year={2024}}"""
    assert [p.key for p in collect(bib, merge=True).shown] == ["talk", "data", "pre"]


def test_everything_is_in_some_group_of_a_large_bibliography() -> None:
    found = collect(bibliography(300))
    for by in ("year", "type", "status", "topic"):
        options = ListOptions(group=by)
        works, _ = Selection(found).choose(options)
        groups = list(group(works, options, labels_of("en")))
        assert len(groups) > (1 if by != "status" else 0)
        assert {p.slug for _, members in groups for p in members} == {p.slug for p in found.shown}


@pytest.mark.parametrize(
    ("types", "line"),
    [
        (["phdthesis", "Habilitation"], "2 publications: 1 PhD thesis, 1 Habilitation"),
        (["Diplomarbeit"], "1 Diplomarbeit"),
        (["bathesis", "Diplomarbeit", "mathesis"], "3 publications: 1 Master’s thesis, 2 theses"),
    ],
)
def test_only_a_phd_thesis_counts_as_one(types: list[str], line: str) -> None:
    bib = "".join(f"@thesis{{{t}, title={{T {t}}}, type={{{t}}}, author={{A B}}}}\n" for t in types)
    works, problems = Selection(collect(bib)).choose(ListOptions(type=("thesis",)))
    assert problems == []
    assert totals(works, "en") == line
