"""The directive `<!-- publications … -->` on pages of whole built sites."""

import json
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest

from support import Built, pages

MakeSite = Callable[..., Built]

BIB = r"""
@article{Old_One, title = {An old article}, author = {Huang, Yuxiang}, journal = {Journal},
  year = {2019}, volume = {3}, abstract = {Abstracts are not repeated in lists.}}
@inproceedings{smith:2024/a+b, title = {A conference paper}, author = {Huang, Yuxiang and Smith, Ann},
  booktitle = {Proceedings}, year = {2024}, selected = {true}, pdf = {https://example.org/a.pdf}}
@misc{pre, title = {A preprint}, author = {Huang, Yuxiang}, year = {2023}, eprint = {2301.00001},
  archiveprefix = {arXiv}, selected = {true}}
@article{new, title = {A new article}, author = {Huang, Yuxiang}, journal = {Journal}, year = {2024}}
"""
OLD, PAPER, PREPRINT, NEW = "An old article", "A conference paper", "A preprint", "A new article"

PAGES = {
    "years.md": "# Years\n\n<!-- publications {group: year} -->\n\nA last word.\n",
    "types.md": "# Types\n\n### Deeper\n\n<!-- publications {group: type} -->\n",
    "flat.md": "# Flat\n\n<!-- publications {group: none} -->\n",
    "bare.md": "# Bare\n\n<!-- publications -->\n",
    "selected.md": "# Selected\n\n<!-- publications {selected: true} -->\n",
    "others.md": "# Others\n\n<!--publications {selected: false}-->\n",
    "articles.md": "# Articles\n\n<!-- publications {type: article} -->\n",
    "two-types.md": "# Two\n\n<!-- publications {type: [article, misc]} -->\n",
    "limit.md": "# Limit\n\n<!-- publications {limit: 2} -->\n",
    "none.md": "# None\n\n<!-- publications {type: [book]} -->\n",
    "twice.md": (
        "# Twice\n\n## First\n\n<!-- publications {selected: true} -->\n\n"
        "## Second\n\n<!-- publications {group: year} -->\n\n<!-- publications {limit: 1} -->\n"
    ),
    "lines.md": "# Lines\n\n<!-- publications {\n  group: none,\n  limit: 1\n} -->\n",
    "nested.md": (
        "# Nested\n\n!!! note\n\n    <!-- publications {limit: 1} -->\n\n"
        "- An item\n\n    <!-- publications {type: [misc]} -->\n"
    ),
    "code.md": (
        "# Code\n\nInline `<!-- publications -->` here.\n\n"
        "```markdown\n<!-- publications {limit: 1} -->\n```\n\n"
        "    <!-- publications {limit: 2} -->\n\n"
        "- An item\n\n    ```\n    <!-- publications {limit: 3} -->\n    ```\n\n"
        "~~~\n<!-- publications {limit: 4} -->\n~~~\n"
    ),
}

PROBLEMS = {  # what stands in the page, and what is said of it
    "{grop: year}": "'publications' has no option 'grop' "
    "(write one of group, selected, type, not, limit, year, keyword, author, role, venue, "
    "keys, file, sort, statistics, find)",
    "{group: month}": "the option 'group' of 'publications' cannot be 'month' "
    "(write year or type or status or topic or none)",
    "{limit: many}": "the option 'limit' of 'publications' cannot be 'many' (write a number)",
    "{limit: -1}": "the option 'limit' of 'publications' cannot be '-1' (write a number)",
    "{limit: true}": "the option 'limit' of 'publications' cannot be 'true' (write a number)",
    "{selected: 2}": "the option 'selected' of 'publications' cannot be '2' (write true or false)",
    "{group: [year": "the options of 'publications' cannot be read: {group: [year "
    "(write <!-- publications {option: value} -->)",
    "year": "the options of 'publications' cannot be read: year "
    "(write <!-- publications {option: value} -->)",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("lists"), {**PAGES, "publications.bib": BIB})


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = {
        f"p{number}.md": f"---\ntitle: P\n---\n# P\n\n<!-- publications {options} -->\n\nThe rest.\n"
        for number, options in enumerate(PROBLEMS)
    }
    folder = tmp_path_factory.mktemp("broken")
    return pages.build(folder, {**files, "publications.bib": BIB}, strict=False)


def page(site: Built, name: str) -> Element:
    """The author's part of a page."""
    return pages.article(site.read(f"{name}/index.html"))


def titles(element: Element) -> list[str]:
    """Titles of the publications in their order."""
    return [pages.text(e).rstrip(".") for e in pages.classed(element, "hp-pub__title")]


def headings(element: Element) -> list[tuple[str, str]]:
    """All headings below the page's own: level and text."""
    return [(e.tag, pages.text(e)) for e in element.iter() if e.tag in ("h2", "h3", "h4", "h5", "h6")]


def test_groups_by_year_newest_first(site: Built) -> None:
    years = page(site, "years")
    assert headings(years) == [("h2", "2024"), ("h2", "2023"), ("h2", "2019")]
    assert titles(years) == [PAPER, NEW, PREPRINT, OLD]
    assert pages.text(years).endswith("A last word.")


def test_groups_by_type_below_the_heading_that_stands_before(site: Built) -> None:
    types = page(site, "types")
    assert headings(types) == [
        ("h3", "Deeper"),
        ("h4", "Journal articles"),
        ("h4", "Conference papers"),
        ("h4", "Preprints"),
    ]
    assert titles(types) == [NEW, OLD, PAPER, PREPRINT]


@pytest.mark.parametrize("name", ["flat", "bare"])
def test_without_groups_it_is_one_list(site: Built, name: str) -> None:
    flat = page(site, name)
    assert headings(flat) == []
    assert titles(flat) == [PAPER, NEW, PREPRINT, OLD]
    assert len(pages.classed(flat, "hp-publications")) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("selected", [PAPER, PREPRINT]),
        ("others", [NEW, OLD]),
        ("articles", [NEW, OLD]),
        ("two-types", [NEW, PREPRINT, OLD]),
        ("limit", [PAPER, NEW]),
        ("lines", [PAPER]),
    ],
)
def test_options_choose_what_is_shown(site: Built, name: str, shown: list[str]) -> None:
    assert titles(page(site, name)) == shown


def test_list_of_nothing_says_so(site: Built) -> None:
    assert pages.text(page(site, "none")) == "None No publications here yet."


def test_several_lists_stand_on_one_page(site: Built) -> None:
    twice = page(site, "twice")
    assert titles(twice) == [PAPER, PREPRINT, PAPER, NEW, PREPRINT, OLD, PAPER]
    assert headings(twice) == [
        *(("h2", "First"), ("h2", "Second")),
        *(("h3", "2024"), ("h3", "2023"), ("h3", "2019")),
    ]


def test_lists_stand_in_admonitions_and_lists(site: Built) -> None:
    nested = page(site, "nested")
    (note,) = pages.classed(nested, "admonition")
    assert titles(note) == [PAPER]
    (item,) = [e for e in nested.iter("li") if pages.text(e).startswith("An item")]
    assert titles(item) == [PREPRINT]


def test_directives_in_code_are_shown_as_they_are(site: Built) -> None:
    code = page(site, "code")
    assert titles(code) == []
    shown = [pages.text(e) for e in code.iter("code")]
    assert shown == [
        "<!-- publications -->",
        *(f"<!-- publications {{limit: {n}}} -->" for n in (1, 2, 3, 4)),
    ]


def test_year_headings_are_in_the_table_of_contents(site: Built) -> None:
    whole = pages.parse(site.read("years/index.html"))
    contents = pages.classed(whole, "md-nav--secondary")
    assert contents
    entries = {pages.text(a): a.get("href") for nav in contents for a in nav.iter("a")}
    years = {pages.text(h): f"#{h.get('id')}" for h in page(site, "years").iter("h2")}
    assert years.keys() == {"2024", "2023", "2019"}
    assert years.items() <= entries.items()


@pytest.mark.parametrize("name", [name.removesuffix(".md") for name in PAGES])
def test_ids_are_unique_on_the_page(site: Built, name: str) -> None:
    ids = pages.ids(pages.parse(site.read(f"{name}/index.html")))
    assert ids
    assert sorted(ids) == sorted(set(ids))


def test_every_entry_has_the_slug_of_its_key_as_id(site: Built) -> None:
    entries = pages.classed(page(site, "years"), "hp-pub")
    assert [e.get("id") for e in entries] == ["smith-2024-a-b", "new", "pre", "old-one"]


def test_work_that_is_listed_again_keeps_its_first_id(site: Built) -> None:
    ids = [e.get("id", "") for e in pages.classed(page(site, "twice"), "hp-pub")]
    assert ids[:2] == ["smith-2024-a-b", "pre"]
    assert len(ids) == len(set(ids)) == 7
    assert all(i.startswith("smith-2024-a-b") for i in (ids[0], ids[2], ids[6]))


def search_index(site: Built) -> dict[str, str]:
    """What Material's search knows: text by location."""
    index = json.loads(site.read("search/search_index.json"))
    return {doc["location"]: f"{doc['title']} {doc['text']}" for doc in index["docs"]}


def test_search_finds_each_work_once_on_its_page(site: Built) -> None:
    index = search_index(site)
    assert len([text for text in index.values() if PAPER in text]) == 1
    assert index["publications/smith-2024-a-b/"].startswith(f"{PAPER} <p>Yuxiang Huang, Ann Smith. Pro")
    assert "Abstracts are not repeated" in index["publications/old-one/"]


def test_search_finds_each_work_in_a_list_where_there_are_no_pages(make_site: MakeSite) -> None:
    settings = {"extra": {"homepage": {"paper_pages": False}}}
    index = search_index(
        make_site({"publications.md": PAGES["years.md"], "publications.bib": BIB}, settings)
    )
    assert index["publications/#smith-2024-a-b"].startswith(f"{PAPER} <p>Yuxiang Huang, Ann Smith.")
    assert "Abstracts are not repeated" in index["publications/#old-one"]


def test_search_leaves_out_labels_of_links(site: Built) -> None:
    labels = [pages.text(a) for a in pages.classed(page(site, "years"), "hp-pub__link")]
    assert any(label.startswith("PDF") for label in labels)
    index = search_index(site)
    assert index
    assert not [text for text in index.values() if "PDF" in text]


@pytest.mark.parametrize(("number", "options"), list(enumerate(PROBLEMS)))
def test_wrong_option_is_reported_with_its_line_and_the_rest_is_shown(
    broken: Built, number: int, options: str
) -> None:
    told = [line for line in pages.warnings(broken.log) if line.startswith(f"docs/p{number}.md:")]
    assert told == [f"docs/p{number}.md:6: {PROBLEMS[options]}"]
    content = page(broken, f"p{number}")
    assert titles(content) == [PAPER, NEW, PREPRINT, OLD]
    assert pages.text(content).endswith("The rest.")


def test_nothing_else_is_reported(broken: Built) -> None:
    assert len(pages.warnings(broken.log)) == len(PROBLEMS)
