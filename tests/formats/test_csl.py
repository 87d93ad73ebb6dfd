"""CSL-JSON has each field of an entry where pandoc, Zotero and citation processors look for it."""

import json
from typing import Any

import pypandoc
import pytest

from homepage.formats import csl_fields, references
from homepage.formats.languages import language
from support.records import collect, publication

BASE = "title = {T}, author = {Doe, Jane}, year = 2020"


def csl(fields: str, kind: str = "misc") -> dict[str, Any]:
    """The item of an entry."""
    return references.csl_json(publication(f"{BASE}, {fields}", kind))


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("misc", "", "document"),
        ("misc", "howpublished = {Blog}", "document"),
        ("misc", "eprint = {2402.13720}, eprinttype = {arXiv}", "article"),
        ("misc", "howpublished = {bioRxiv}", "article"),
        ("unpublished", "", "manuscript"),
        ("online", "url = {https://x.org}", "webpage"),
        ("periodical", "", "periodical"),
        ("standard", "", "standard"),
        ("performance", "", "performance"),
        ("article", "journal = {J}", "article-journal"),
    ],
)
def test_the_type_of_an_item(kind: str, fields: str, expected: str) -> None:
    assert csl(fields, kind)["type"] == expected


@pytest.mark.parametrize(
    ("written", "rest", "address"),
    [
        ("https://x.org/a", "", "https://x.org/a"),
        ("Available at https://x.org/a.", "", "https://x.org/a"),
        ("Available online: https://x.org/a", "", "https://x.org/a"),
        ("[Online]. Available: https://x.org/a", "", "https://x.org/a"),
        ("Zenodo, https://x.org/a", "Zenodo", "https://x.org/a"),
        ("Blog (https://x.org/a)", "Blog", "https://x.org/a"),
        ("Self-published", "Self-published", ""),
    ],
)
def test_howpublished_with_an_address_is_the_url(written: str, rest: str, address: str) -> None:
    assert csl_fields.without_address(written) == (rest, address)
    item = csl(f"howpublished = {{{written}}}")
    assert (item.get("container-title", ""), item.get("URL", "")) == (rest, address)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("langid = {ngerman}", "de"),
        ("hyphenation = {british}", "en-GB"),
        ("language = {English}", "en"),
        ("language = {langamerican}", "en-US"),
        ("language = {eng}", "en"),
        ("language = {en_us}", "en-US"),
        ("language = {zh-hans-CN}", "zh-Hans-CN"),
        ("language = {Français}", "fr"),
        ("language = {中文}", "zh"),
        ("language = {german and english}", "de"),
        ("langid = {english}, langidopts = {variant=british}", "en-GB"),
        ("langid = {english}, langidopts = {variant = us, x}", "en-US"),
        ("langid = {french}, language = {english}", "fr"),
        ("language = {Klingon}", ""),
        ("", ""),
    ],
)
def test_the_language_is_a_code(fields: str, expected: str) -> None:
    work = publication(f"{BASE}, {fields}")
    assert language(work.entry) == expected
    shown = "Klingon" if "Klingon" in fields else expected
    assert references.csl_json(work).get("language", "") == shown


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2", "2"), ("2nd", "2"), ("Second", "2"), ("second edition", "2"), ("3rd ed.", "3"),
        ("4. Auflage", "4"), ("Revised", "Revised"), ("2nd revised", "2nd revised"), ("", ""),
    ],
)  # fmt: skip
def test_an_edition_is_a_number_where_it_is_one(written: str, expected: str) -> None:
    assert csl(f"edition = {{{written}}}", "book").get("edition", "") == expected


# pandoc makes the same of these, field by field.
ENTRIES = """
@book{b, title = {T}, author = {Doe, Jane}, year = 2020, series = {S}, number = 12, volume = 3,
  edition = {2}, pagetotal = 300, volumes = 4, origdate = {1990-05}, translator = {Roe, R},
  publisher = {P}, address = {Rome}, langid = {english}, langidopts = {variant=british}}
@inproceedings{c, title = {T}, author = {Doe, Jane}, date = {2020-05}, booktitle = {B}, series = {S},
  number = {12}, editor = {Ed, E}, eventtitle = {Conf}, eventdate = {2020-05-01/2020-05-03},
  venue = {Berlin}, urldate = {2021-02-03}, url = {https://x.org}, shorttitle = {Short}}
@inbook{i, title = {T}, author = {Doe, Jane}, year = 2020, booktitle = {B}, bookauthor = {Book, A},
  chapter = 3, number = 4, series = {S}, pages = {1--9}}
@article{a, title = {T}, author = {Doe, Jane}, year = 2020, journaltitle = {J}, number = 3,
  shortjournal = {Jo}, volume = 2, pages = {1--5}, langid = {american}}
@software{s, title = {T}, author = {Doe, Jane}, year = 2020, version = {1.2}, url = {https://x.org}}
@thesis{t, title = {T}, author = {Doe, Jane}, year = 2020, type = {mathesis}, institution = {U}}
@techreport{r, title = {T}, author = {Doe, Jane}, year = 2020, number = 7, institution = {I}}
@online{o, title = {T}, author = {Doe, Jane}, date = {2020-05-06}, url = {https://x.org},
  urldate = {2021-01-02}}
@manual{m, title = {T}, author = {Doe, Jane}, year = 2020, organization = {O}}
@proceedings{p, title = {T}, editor = {Doe, Jane}, year = 2020, publisher = {P}}
@collection{co, title = {T}, editor = {Doe, Jane and Roe, Ann}, year = 2020, publisher = {P}}
@incollection{ic, title = {T}, author = {Doe, Jane}, year = 2020, booktitle = {B}, editor = {Ed, E},
  pages = {3--5}, publisher = {P}, address = {Rome}}
@phdthesis{ph, title = {T}, author = {Doe, Jane}, year = 2020, school = {U}}
@mastersthesis{mt, title = {T}, author = {Doe, Jane}, year = 2020, school = {U}}
@unpublished{u, title = {T}, author = {Doe, Jane}, year = 2020, note = {N}}
@article{w, title = {T}, author = {{World Health Organization} and King, Jr., Martin}, year = {2020},
  month = may, journal = {J}, volume = {1}}
"""
# What differs on purpose: pandoc takes seasons for months, periodicals and patents' owners for nothing,
# particles for dropping ones, and shortens a title to what stands before its subtitle.
DIFFERENT = {"event", "event-title"}  # of which each CSL version has another


def test_pandoc_reads_an_entry_as_its_item() -> None:
    items = {
        item["id"]: item for item in json.loads(pypandoc.convert_text(ENTRIES, "csljson", "biblatex"))
    }
    works = collect(ENTRIES).every
    assert len(works) == len(items) == 16
    for work in works:
        ours, theirs = references.csl_json(work), items[work.key]
        assert {n: v for n, v in ours.items() if n not in DIFFERENT} == {
            n: v for n, v in theirs.items() if n not in DIFFERENT
        }
