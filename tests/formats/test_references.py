"""What we write, others read: BibTeX by bibtex itself, CSL-JSON by citeproc and pandoc, RIS by rules."""

import json
import re
from pathlib import Path

import jsonschema
import pypandoc
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from homepage.formats import exports
from support import bibtex
from support.csl_schema import SCHEMA
from support.generate import bibliography
from support.records import collect, publication, written

TRICKY = r"""
@string{venue = "Proceedings of {\"U}ber"}
@inproceedings{DBLP:conf/x/y, title = {The {GPU} \& $x^2$ of 100\% {\o}re},
  author = {van den Oord, A{\"a}ron and {The {ATLAS} Collaboration} and King, Jr., Martin Luther},
  booktitle = venue # { and more}, year = 2024, month = jul, pages = {1--9}, selected = {true},
  url = {https://example.org/a_b}, file = {:home/x.pdf:PDF}, note = {a \emph{note}}}
@article{same, title = {One}, author = {Doe, Jane}, journal = {J}, volume = 3, number = 4,
  year = {2020}, doi = {10.1000/1}, abstract = {Two
  lines}, keywords = {a; b}, issn = {1234-5678}}
@article{same, title = {Two}, author = {王 小明 and Doe, Jane}, journal = {J}, year = {in press}}
@phdthesis{a key (odd), title = {Three}, author = {Doe, Jane}, school = {Uni}, year = 2019}
@misc{, title = {Four \{ brace}, howpublished = {Web}}
@software{soft, title = {Five}, author = {Doe, Jane}, date = {2021-03-04}, version = {2}}
"""


def test_csl_json_is_valid_and_has_every_entry() -> None:
    items = json.loads(written("csl-json", collect(TRICKY + bibliography(50)).every))
    jsonschema.validate(items, SCHEMA)
    assert len(items) == 56
    assert len({item["id"] for item in items}) == 56
    item = next(i for i in items if i["id"] == "DBLP:conf/x/y")
    assert item["author"] == [
        {"family": "Oord", "given": "Aäron", "non-dropping-particle": "van den"},
        {"literal": "The ATLAS Collaboration"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    ]
    assert item["issued"] == {"date-parts": [[2024, 7]]}
    assert item["title"] == "The GPU & x² of 100% øre"
    assert item["container-title"] == "Proceedings of Über and more"


def test_citeproc_reads_the_csl_json() -> None:
    items = json.loads(written("csl-json", collect(bibliography(20)).every))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    listed = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
    for item in items:
        listed.register(Citation([CitationItem(item["id"])]))
    texts = [str(text) for text in listed.bibliography()]
    assert len(texts) == 20
    assert all(re.search(r"\d{4}", text) for text in texts)


def family_of(name: dict[str, str]) -> str:
    """With its particle, which pandoc looks for in family names, too; its apostrophe is curly."""
    parts = map(name.get, ("non-dropping-particle", "family", "literal"))
    return " ".join(filter(None, parts)).replace("’", "'")


def test_pandoc_reads_the_csl_json() -> None:
    text = written("csl-json", collect(TRICKY + bibliography(50)).every)
    read = pypandoc.convert_text(text, to="csljson", format="csljson")
    mine, theirs = (
        {
            item["id"]: (
                [item.get(name) for name in ("type", "DOI", "volume", "issue", "page")],
                item["issued"].get("date-parts", []) if "issued" in item else None,
                [family_of(name) for name in item.get("author", ())],
            )
            for item in json.loads(side)
        }
        for side in (text, read)
    )
    assert len(mine) == 56
    assert theirs == mine


def test_bibtex_itself_reads_the_bibtex(tmp_path: Path) -> None:
    found = collect(TRICKY + bibliography(50)).every
    # The style writes each key it was given.
    style = (
        "ENTRY { title author }{}{}\nFUNCTION {default.type} { cite$ write$ newline$ }\n"
        "FUNCTION {article} { default.type }\nREAD\nITERATE {call.type$}\n"
    )
    assert len(bibtex(tmp_path, written("bibtex", found), style)) == len(found) == 56


def test_reading_what_we_wrote_gives_the_same_publications() -> None:
    def seen(bibtex: str) -> list[object]:
        return [
            (p.type, p.title, [a.name for a in p.authors], p.date, p.venue, p.pages, p.doi, p.eprint)
            for p in collect(bibtex).every
        ]

    text = TRICKY + bibliography(50)
    assert seen(written("bibtex", collect(text).every)) == seen(text)


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("https://x.example/a_b", True),
        ("www.x.example", True),
        (r"\url{https://x.example}", True),
        ("file:///Users/jane/x.pdf", False),
        ("papers3://publication/uuid/1", False),
        (r"C:\Users\jane\x.pdf", False),
    ],
)
def test_addresses_on_the_owners_computer_stay_there(url: str, stays: bool) -> None:
    assert ("url =" in exports.bibtex(publication(f"title = {{T}}, url = {{{url}}}"))) is stays


def test_visitors_get_the_fields_that_describe_a_work_in_the_owners_order() -> None:
    work = publication(
        "year = 2024, title = {A {B}}, author = {Doe, Jane and Roe, R}, selected = {true}, code = {x}, "
        "author+an = {1=equal}, author+an:x = {2=equal}, title+an = {=x}, preview = {y.png}, "
        "file = {:/home/me.pdf}, journal = {J}, Tldr = {Short}, review = {Weak.}"
    )
    told = (
        "@article{key,\n  year = {2024},\n  title = {A {B}},\n  author = {Doe, Jane and Roe, R},\n"
        "  author+an = {1=equal},\n  author+an:x = {2=equal},\n  journal = {J},\n"
    )
    assert exports.bibtex(work) == told + "}\n"
    assert exports.bibtex(work, also=["tldr"]) == told + "  tldr = {Short},\n}\n"


@pytest.mark.parametrize("value", ["open {", "close }", "a } b { c", r"\{", "{{}", "}{"])
def test_no_value_ends_its_entry_early(value: str) -> None:
    entry = publication("title = {T}").entry
    field = entry.fields["title"]._replace(value=value)
    changed = publication("title = {T}")
    object.__setattr__(changed, "entry", entry._replace(fields={"title": field}))
    inner = exports.bibtex(changed)
    depth = 0
    for char in inner:
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


def test_ris_has_every_entry_by_its_rules() -> None:
    text = written("ris", collect(TRICKY).every)
    lines = [line for line in text.split("\n") if line]
    assert lines
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines), lines
    assert sum(line.startswith("TY  - ") for line in lines) == 6
    assert sum(line == "ER  - " for line in lines) == 6
    assert "AU  - van den Oord, Aäron" in lines
    assert "AU  - King, Martin Luther, Jr." in lines
    assert "AB  - Two lines" in lines
    assert {"SP  - 1", "EP  - 9", "T2  - Proceedings of Über and more"} <= set(lines)
