"""Lists of whole sites: by every option, from several files, of a thousand entries."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest

from support import Built, pages
from support.generate import bibliography

STRING = '@string{acl = "Annual Meeting of the ACL"}'
PAPERS = (
    STRING
    + r"""
@article{nature, title = {A journal paper}, author = {Huang, Yuxiang and Smith, Ann}, journal = {Nature},
  year = {2022}, month = may, keywords = {language models,
  <script>alert(1)</script> *and* [@nature] #1}}
@inproceedings{acl, title = {A conference paper}, author = {Smith, Ann and Huang, Yuxiang},
  booktitle = acl, abbr = {ACL}, year = {2024}, keywords = {Language Models; speed}, selected = {true}}
@misc{pre, title = {A preprint}, author = {Huang, Yuxiang}, year = {2023}, eprint = {2301.00001}}
"""
)
TALKS = r"""@talk{talk1, title = {What we learnt}, author = {Huang, Yuxiang}, eventtitle = acl,
  type = {Invited talk}, address = {Bangkok \& elsewhere}, date = {2024-08-12},
  slides = {https://example.org/s}}
@presentation{talk2, title = {No more known}, author = {Huang, Yuxiang}, year = {2023}}
@poster{poster, title = {On a wall}, author = {Huang, Yuxiang}, booktitle = {NeurIPS 2023},
  year = {2023}, location = {New Orleans}, month = dec}
@software{tool, title = {toolkit}, author = {Huang, Yuxiang}, version = {v1.2}, year = {2024},
  publisher = {Zenodo}, doi = {10.5281/zenodo.1}}
@dataset{data, title = {Numbers}, author = {Huang, Yuxiang}, year = {2021}, publisher = {Zenodo}}
@patent{patent, title = {Apparatus}, author = {Huang, Yuxiang}, year = {2020}, number = {US 1}}
@course{course, title = {Operating Systems}, author = {Huang, Yuxiang}, type = {Teaching assistant},
  institution = {Tsinghua University}, year = {2023}, month = sep}
@phdthesis{nature, title = {A thesis}, author = {Huang, Yuxiang}, school = {Tsinghua University},
  year = {2025}}
"""
PAGES = {
    "index.md": "# Home\n\nAs in [@talk1; @acl].\n\n\\bibliography\n",
    "all.md": "# All\n\n<!-- publications {statistics: true} -->\n",
    "topics.md": "# Topics\n\n<!-- publications {group: topic} -->\n",
    "status.md": "# Status\n\n<!-- publications {group: status, sort: title} -->\n",
    "but.md": "# But\n\n<!-- publications {type: [software, patent, dataset], "
    "not: [patent, dataset]} -->\n",
    "data.md": "# Data\n\n<!-- publications {type: dataset} -->\n",
    "talks.md": "# Talks\n\n<!-- publications {type: talk} -->\n",
    "others.md": "# Others\n\n<!-- publications {type: [poster, software, patent, teaching], "
    "group: type} -->\n",
    "file.md": "# File\n\n<!-- publications {file: talks.bib, group: year, sort: oldest} -->\n",
    "first.md": "# First\n\n<!-- publications {role: first, year: 2022-2023} -->\n",
    "ann.md": "# Ann\n\n<!-- publications {author: Ann Smith, sort: oldest} -->\n",
    "wrong.md": "# Wrong\n\nText.\n\n<!-- publications {\n  keys: [acl, nope]\n} -->\n\n"
    "<!-- publications {author: Smith} -->\n",
}
FILES = {**PAGES, "publications.bib": PAPERS, "bib/talks.bib": TALKS}
GOLDEN = {
    "all": [
        "5 publications: 1 journal article, 1 conference paper, 1 PhD thesis, 1 patent, 1 preprint",
        "Huang, Y. (2025). A thesis. PhD thesis, Tsinghua University.",
        "Smith, A., & Huang, Y. (2024). A conference paper. Annual Meeting of the ACL.",
        "Huang, Y. (2023). A preprint. arXiv preprint arXiv:2301.00001.",
        "Huang, Y., & Smith, A. (2022). A journal paper. Nature.",
        "Huang, Y. (2020). Apparatus. Patent US 1.",
    ],
    "but": ["Huang, Y. (2024). toolkit. Software, version 1.2, Zenodo."],
    "data": ["Huang, Y. (2021). Numbers. Data set, Zenodo."],
    "topics": [
        "# Language Models", "A conference paper.", "A journal paper.",
        "# <script>alert(1)</script> *and* [@nature] #1", "A journal paper.",
        "# speed", "A conference paper.",
        "# Other topics", "A thesis.", "A preprint.", "Apparatus.",
    ],
    "status": [
        "# Preprints", "A preprint.",
        "# Published", "A conference paper.", "A journal paper.", "A thesis.", "Apparatus.",
    ],
    "talks": [
        "Huang, Y. (2024). What we learnt. Invited talk at Annual Meeting of the ACL, "
        "Bangkok & elsewhere, Aug 12, 2024.",
        "Huang, Y. (2023). No more known. Talk.",
    ],
    "others": [
        "# Patents", "Huang, Y. (2020). Apparatus. Patent US 1.",
        "# Software", "Huang, Y. (2024). toolkit. Software, version 1.2, Zenodo.",
        "# Posters", "Huang, Y. (2023). On a wall. Poster at NeurIPS 2023, New Orleans, December 2023.",
        "# Teaching", "Huang, Y. (2023). Operating Systems. Teaching assistant at Tsinghua University.",
    ],
    "file": [
        "# 2020", "Apparatus.", "# 2021", "Numbers.",
        "# 2023", "No more known.", "Operating Systems.", "On a wall.",
        "# 2024", "toolkit.", "What we learnt.", "# 2025", "A thesis.",
    ],
    "first": ["A preprint.", "A journal paper."],
    "ann": ["A journal paper.", "A conference paper."],
    "wrong": ["A conference paper."],
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    settings = {"extra": {"homepage": {"bibliography": ["publications.bib", "bib/talks.bib"]}}}
    return pages.build(tmp_path_factory.mktemp("lists"), FILES, settings, strict=False)


def outline(article: Element, *, whole: bool) -> list[str]:
    """Headings, totals and works in their order; works by their citation, or by their title."""
    wanted = "hp-pub__citation" if whole else "hp-pub__title"
    found = []
    for element in article.iter():
        classes = element.get("class", "").split()
        if element.tag == "h2":
            found.append(f"# {pages.text(element)}")
        elif "hp-totals" in classes or wanted in classes:
            found.append(pages.text(element))
    return found


@pytest.mark.parametrize("name", GOLDEN)
def test_list_is_as_its_options_say(site: Built, name: str) -> None:
    whole = any("(20" in line for line in GOLDEN[name])
    assert outline(pages.article(site.read(f"{name}/index.html")), whole=whole) == GOLDEN[name]


@pytest.mark.parametrize("name", GOLDEN)
def test_work_that_stands_in_several_groups_has_ids_of_its_own(site: Built, name: str) -> None:
    ids = pages.ids(pages.parse(site.read(f"{name}/index.html")))
    assert ids
    assert len(ids) == len(set(ids))


def test_topics_are_text_in_the_table_of_contents_and_for_search(site: Built) -> None:
    whole = pages.parse(site.read("topics/index.html"))
    contents = [
        pages.text(a) for nav in pages.classed(whole, "md-nav--secondary") for a in nav.iter("a")
    ]
    assert "<script>alert(1)</script> *and* [@nature] #1" in contents
    assert not list(pages.article(site.read("topics/index.html")).iter("script"))


def test_problems_name_the_file_and_line_that_they_are_in(site: Built) -> None:
    told = pages.warnings(site.log)
    assert sorted(told) == [
        "docs/bib/talks.bib:13: the key 'nature' is used again (first in docs/publications.bib:2); "
        "both are kept (give one of them another key)",
        "docs/wrong.md:5: 'nope' names no entry of the bibliography (write the key of an entry)",
        "docs/wrong.md:9: nobody is called 'Smith' (write the whole name, as an entry or people.yml "
        "has it)",
    ]


def test_prose_cites_entries_of_all_files(site: Built) -> None:
    home = pages.text(pages.article(site.read("index.html")))
    assert "As in (Huang, 2024; Smith & Huang, 2024)." in home


def test_downloads_have_all_files_and_each_its_own(site: Built) -> None:
    def keys(name: str) -> list[str]:
        return re.findall(r"^@\w+\{(.+),$", site.read(name), re.M)

    assert len(keys("publications.bib")) == 11
    assert len(keys("bib/talks.bib")) == 8
    assert "Annual Meeting" in site.read("bib/talks.bib"), "the files share what @string defines"


def test_works_that_no_list_shows_are_reported_once(make_site: Callable[..., Built]) -> None:
    built = make_site(
        {"index.md": "# Home\n\n<!-- publications -->\n", "publications.bib": f"{STRING}\n{TALKS}"}
    )
    (line,) = [line for line in built.log.splitlines() if "no list of the site" in line]
    assert line.startswith("INFO")
    keys = "'talk1', 'talk2', 'poster', 'tool', 'data', 'course'"
    assert f"docs/publications.bib:2: no list of the site shows {keys} (6 in all) (talks, " in line
    assert (built.site_dir / "publications/talk1/index.html").is_file()
    assert '"talk1"' in built.read("publications.json")


@pytest.mark.parametrize("setting", ["none.bib", ["publications.bib", "bib/*.bib"]])
def test_file_that_is_not_there_is_reported(make_site: Callable[..., Built], setting: object) -> None:
    built = make_site(
        {"publications.bib": PAPERS},
        {"extra": {"homepage": {"bibliography": setting}}},
        strict=False,
    )
    (told,) = pages.warnings(built.log)
    name = "none.bib" if setting == "none.bib" else "bib/*.bib"
    assert told.startswith(f"docs/{name}:0: the file is not there (make the file")
    assert not list(built.site_dir.rglob("*[*]*"))
    assert not (built.site_dir / "none.bib").exists()


def test_file_that_nobody_names_is_missed_only_where_a_list_asks_for_it(
    make_site: Callable[..., Built],
) -> None:
    make_site({})  # strictly: whoever has no publications, people, venues or news needs no file
    built = make_site({"index.md": "# Home\n\n<!-- publications -->\n"}, strict=False)
    (told,) = pages.warnings(built.log)
    assert told.startswith("docs/publications.bib:0: the file is not there (make the file")


def test_thousand_entries_in_groups(make_site: Callable[..., Built]) -> None:
    built = make_site(
        {
            "publications.bib": bibliography(500),
            "more.bib": bibliography(500, seed=1).replace("{key", "{more").replace("10.1000", "10.1001"),
            "years.md": "# Years\n\n<!-- publications {group: year, statistics: true} -->\n",
            "topics.md": "# Topics\n\n<!-- publications {group: topic, sort: author} -->\n",
            "types.md": "# Types\n\n<!-- publications {group: type, file: more.bib} -->\n",
        },
        {
            "extra": {
                "homepage": {"bibliography": ["publications.bib", "more.bib"], "paper_pages": False}
            }
        },
    )
    slugs = {f"{name}{number}" for name in ("key", "more") for number in range(500)}
    years, topics, types = (
        pages.parse(built.read(f"{name}/index.html")) for name in ("years", "topics", "types")
    )
    (line,) = pages.classed(years, "hp-totals")
    assert re.fullmatch(
        r"1,000 publications: \d+ journal articles, \d+ conference papers", pages.text(line)
    )
    listed = [e.get("id", "") for e in pages.classed(years, "hp-pub")]
    assert set(listed) == slugs
    assert len(listed) == 1000
    in_topics = [e.get("id", "") for e in pages.classed(topics, "hp-pub")]
    assert len(in_topics) == len(set(in_topics)) > 1500
    assert {slug.partition("--")[0] for slug in in_topics} == slugs
    assert len(pages.classed(types, "hp-pub")) == 500


def test_a_huge_list_leaves_abstracts_to_pages_and_says_so_where_there_are_none(
    make_site: Callable[..., Built],
) -> None:
    bib = "".join(
        f"@misc{{k{n}, title = {{T}}, year = {2020 + n % 2}, abstract = {{Of it.}}}}\n"
        for n in range(2_001)
    )
    page = (
        "# P\n\n<!-- publications {find: false} -->\n\n<!-- publications {year: 2020, find: false} -->\n"
    )
    files = {"publications.md": page, "publications.bib": bib}
    built = make_site(files, {"extra": {"homepage": {"paper_pages": False}}})
    assert built.read("publications/index.html").count("Of it.") == 1_001  # in the shorter list
    assert "publications.md:3: a list of 2001 works shows neither abstracts nor BibTeX" in built.log
