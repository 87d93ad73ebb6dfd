"""Citations in CSL styles: right, safe whatever the entry says, and paid for only by those who ask."""

import re
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from homepage.citing import csl, csl_cost
from homepage.citing.csl import Style, StyleSetting
from support import ROOT, pages
from support.records import collect, publication

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


CALLS, LAYOUT = '<text macro="%s"/>', '<text variable="title"/>'


def bomb(macros: str, layout: str = CALLS % "m0", head: str = "") -> bytes:
    """A style with these macros."""
    space = "http://purl.org/net/xbiblio/csl"
    start = f'{head}<style xmlns="{space}" version="1.0" class="in-text"><info><title>T</title></info>'
    rest = (
        f"<citation><layout/></citation><bibliography><layout>{layout}</layout></bibliography></style>"
    )
    return f"{start}{macros}{rest}".encode()


def chained(body: str, count: int = 27) -> str:
    """Macros of which each calls the next twice, where `body` says."""
    two = (f'<macro name="m{i}">{body % ((CALLS % f"m{i + 1}") * 2)}</macro>' for i in range(count))
    return "".join([*two, f'<macro name="m{count}">{LAYOUT}</macro>'])


CHOSEN = '<choose><if type="book">%s</if><else><text value="x"/></else></choose>'
OFTEN, TYPED = "its macros call each other", "it has a document type"
BOMBS = [
    (bomb(chained("%s")), OFTEN),
    (bomb(chained("<group>%s</group>")), OFTEN),
    (bomb(chained(CHOSEN)), OFTEN),
    (bomb(chained("<names variable='author'><substitute>%s</substitute></names>")), OFTEN),
    # Of two branches one is shown, but the group looks into both for variables.
    (bomb(chained(CHOSEN.replace("%s", '<group/>').replace('<text value="x"/>', "%s")),
          f"<group>{CALLS % 'm0'}</group>"), OFTEN),
    (bomb('<macro name="m0"><text macro="m0"/></macro>'), OFTEN),
    (bomb("".join(f'<macro name="m{i}"><text macro="m{1 - i}"/></macro>' for i in (0, 1))), OFTEN),
    (bomb("".join(f'<macro name="m{i}"><text macro="m{i + 1}"/></macro>' for i in range(5000))), OFTEN),
    (bomb('<macro name="m0"><group/></macro>', (CALLS % "m0") * 90_000), OFTEN),
    (bomb(f'<macro name="m0"><text value="{"x" * 50_000}"/></macro>', (CALLS % "m0") * 100), OFTEN),
    (bomb("", LAYOUT, '<!DOCTYPE style [<!ENTITY a "aaa">]>'), TYPED),
    (bomb("", LAYOUT, '<!DOCTYPE style [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), TYPED),
    (bomb("", LAYOUT, '<!DOCTYPE style SYSTEM "http://example.org/x.dtd">'), TYPED),
]  # fmt: skip


def style(name: str) -> Style:
    styles, problems = csl.load([StyleSetting(name, 1)], lambda _: None, "mkdocs.yml")
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
    styles, problems = csl.load([StyleSetting("my.csl", 3)], {"my.csl": packaged}.get, "mkdocs.yml")
    assert (len(styles), problems) == (1, [])


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("iee", None, "the style 'iee' in csl_styles was not found (write a name such as ieee"),
        ("../ieee", None, "the style '../ieee' in csl_styles was not found"),
        ("ieee.csl", None, "the style 'ieee.csl' in csl_styles was not found"),
        ("x.csl", b"", "the style 'x.csl' in csl_styles is not a usable style"),
        ("x.csl", b"not XML", "the style 'x.csl' in csl_styles is not a usable style"),
        ("x.csl", b"<style/>", "the style 'x.csl' in csl_styles is not a usable style"),
        ("x.csl", b"\xff\xfe", "the style 'x.csl' in csl_styles is not a usable style"),
        *(
            ("x.csl", data, f"the style 'x.csl' in csl_styles is not a usable style: {told}")
            for data, told in BOMBS
        ),
    ],
)
def test_what_is_no_style_is_reported_and_the_others_go_on(
    name: str, data: bytes | None, told: str
) -> None:
    wanted = [StyleSetting(name, 7), StyleSetting("ieee", 8)]
    styles, problems = csl.load(wanted, lambda _: data, "mkdocs.yml")
    assert [s.title[:4] for s in styles] == ["IEEE"]
    assert [str(p)[: len(told) + 14] for p in problems] == [f"mkdocs.yml:7: {told}"]


def test_entities_that_multiply_are_reported() -> None:
    entities = "".join(f'<!ENTITY e{i + 1} "{f"&e{i};" * 10}">' for i in range(12))
    head = f'<!DOCTYPE style [<!ENTITY e0 "ha">{entities}]>'
    for text in ("&e12;", '<text value="&e12;"/>'):
        assert not isinstance(csl._style("x.csl", bomb("", text, head)), Style)


def test_no_packaged_style_is_taken_for_a_bomb() -> None:
    # The longest ones of all that there are, and common ones.
    names = ("chicago-notes-bibliography-classic", "chicago-author-date-classic", "chicago-in-text-full",
             "modern-language-association", "oscola", "bluebook-law-review", "apa", "ieee")  # fmt: skip
    found = {name: csl_cost.steps(ElementTree.fromstring(csl._packaged(name) or b"")) for name in names}
    assert 20_000 < max(found.values()) <= csl_cost.MOST / 2, found


def test_entries_of_every_type_are_cited() -> None:
    kinds = "article inproceedings book incollection phdthesis techreport misc software online patent"
    entries = [f"@{k}{{{k}, title = {{T}}, author = {{Doe, Jane}}, year = 2024}}" for k in kinds.split()]
    found = collect("\n".join(entries)).every
    assert len(found) == 10
    assert [p.key for p in found if "Doe" not in style("ieee").cite(p)] == []


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ("date = {2024-07-10/2024-07-12}", "2024"),
        ("date = {2024-07/2024-08}", "2024"),
        ("date = {2023-12-30/2024-01-02}", "2023"),
        ("date = {2019/2023}", "2019–2023"),
        ("year = 2024, month = {Fall}", "2024"),
    ],
)
@pytest.mark.parametrize("name", ["apa", "ieee", "chicago-author-date", "harvard-cite-them-right"])
def test_spans_and_seasons_are_cited(name: str, fields: str, year: str) -> None:
    for kind in ("talk", "article", "book"):
        work = publication(f"title = {{T}}, author = {{Doe, Jane}}, {fields}", kind)
        assert year in style(name).cite(work)


def test_the_processor_is_loaded_only_for_a_style() -> None:
    code = (
        "import sys; sys.path.insert(0, 'hooks'); import homepage.pages; "
        "from homepage.citing import csl; "
        "csl.load([], dict().get, 'x'); "
        "print([m for m in sys.modules if m.startswith(('citeproc', 'lxml'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
