"""Citations in CSL styles: right, safe whatever the entry says, and paid for only by those who ask."""

import re
import subprocess
import sys

import pytest

import pages
from homepage import csl
from homepage.csl import Style, Wanted
from records import collect, publication
from support import ROOT

WORK = r"""title = {Solving $x^2$ \& more}, author = {Doe, Jane and von Berg, Jos\'e}, year = 2024,
  journal = {Journal of Things}, volume = 3, number = 2, pages = {10--20}, doi = {10.1000/182}"""
HOSTILE = [
    r"title = {{\textless}script>alert(1){\textless}/script>}, author = {Doe, Jane}",
    r"title = {<img src=x onerror=alert(1)> \& <b onclick=x>bold</b>}, author = {Doe, Jane}",
    r"title = {T}, author = {{<svg onload=alert(1)>}}, journal = {<a href='javascript:x'>J</a>}",
    "title = {\ue0b0 not closed}, author = {Doe, \ue0c1Jane}, journal = {\ue0c0\ue0b1}",
    'title = {<span class="nocase">a <i>b}, author = {Doe, Jane}, url = {https://example.org/"><script>}',
    r"title = {T}, author = {Doe, Jane}, year = {<b>}, pages = {<i>1--2}, note = {<script>}",
    r"title = {&lt;script&gt;alert(1)&lt;/script&gt;}, publisher = {&lt;svg&gt;}, author = {}",
]


def style(name: str) -> Style:
    styles, problems = csl.load([Wanted(name, 1)], lambda _: None, "mkdocs.yml")
    assert problems == []
    return styles[0]


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        (
            "ieee",
            "IEEE Reference Guide",
            "J. Doe and J. von Berg, “Solving x² & more”, <i>Journal of Things</i>, vol. 3, no. 2, "
            "pp. 10–20, 2024, doi: 10.1000/182.",
        ),
        (
            "chicago-author-date",
            "Chicago Manual of Style",
            "Doe, Jane, and José von Berg. 2024. “Solving X² & More”. <i>Journal of Things</i> 3 (2): "
            "10–20. https://doi.org/10.1000/182.",
        ),
        (
            "nature",
            "Nature",
            "Doe, J. & von Berg, J. Solving x² & more. <i>Journal of Things</i> <b>3</b>, 10–20 (2024).",
        ),
    ],
)
def test_styles_by_their_name(name: str, title: str, expected: str) -> None:
    found = style(name)
    assert found.title.startswith(title)
    assert "version" not in found.title
    assert str(found.cite(publication(WORK))).replace("&amp;", "&") == expected


def test_a_style_that_only_names_another_is_that_one() -> None:
    assert style("proceedings-of-the-ieee").cite(publication(WORK)).startswith("J. Doe and")


@pytest.mark.parametrize("name", ["ieee", "chicago-author-date", "apa", "nature"])
@pytest.mark.parametrize("fields", HOSTILE)
def test_no_markup_comes_out_of_an_entry(name: str, fields: str) -> None:
    html = str(style(name).cite(publication(fields)))
    tree = pages.parse(html)  # tags pair, or it fails
    assert pages.text(tree)
    tags = [(e.tag, e.attrib) for e in tree.iter()][1:]
    assert [tag for tag, attributes in tags if attributes or tag not in csl._TAGS] == []
    assert not re.search("[\ue000-\uf8ff]", html)


def test_a_style_of_the_owners() -> None:
    packaged = csl._packaged("nature")
    assert packaged
    styles, problems = csl.load([Wanted("my.csl", 3)], {"my.csl": packaged}.get, "mkdocs.yml")
    assert (len(styles), problems) == (1, [])


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("iee", None, "the style 'iee' in csl_styles is not there (write a name such as ieee"),
        ("../ieee", None, "the style '../ieee' in csl_styles is not there"),
        ("ieee.csl", None, "the style 'ieee.csl' in csl_styles is not there"),
        ("x.csl", b"", "the style 'x.csl' in csl_styles is no style that can be used"),
        ("x.csl", b"not XML", "the style 'x.csl' in csl_styles is no style that can be used"),
        ("x.csl", b"<style/>", "the style 'x.csl' in csl_styles is no style that can be used"),
        ("x.csl", b"\xff\xfe", "the style 'x.csl' in csl_styles is no style that can be used"),
    ],
)
def test_what_is_no_style_is_told_and_the_others_go_on(name: str, data: bytes | None, told: str) -> None:
    wanted = [Wanted(name, 7), Wanted("ieee", 8)]
    styles, problems = csl.load(wanted, lambda _: data, "mkdocs.yml")
    assert [s.title[:4] for s in styles] == ["IEEE"]
    assert [str(p)[: len(told) + 14] for p in problems] == [f"mkdocs.yml:7: {told}"]


def test_entries_of_every_type_are_cited() -> None:
    kinds = "article inproceedings book incollection phdthesis techreport misc software online patent"
    entries = [f"@{k}{{{k}, title = {{T}}, author = {{Doe, Jane}}, year = 2024}}" for k in kinds.split()]
    found = collect("\n".join(entries)).every
    assert len(found) == 10
    assert [p.key for p in found if "Doe" not in style("ieee").cite(p)] == []


def test_the_processor_is_loaded_only_for_a_style() -> None:
    code = (
        "import sys; sys.path.insert(0, 'hooks'); import homepage.site, homepage.csl as csl; "
        "csl.load([], dict().get, 'x'); "
        "print([m for m in sys.modules if m.startswith(('citeproc', 'lxml'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
