"""The citation sentence: the owner's form of APA, without empty or doubled parts."""

import re
from html import unescape

import pytest

from homepage.citing.citation import author_year, cite
from homepage.common.labels import labels_of
from homepage.common.templates import Renderer
from homepage.formats.references import csl_json
from support import ROOT
from support.records import collect, publication

LABEL = labels_of("en")
RENDERER = Renderer([str(ROOT / "overrides")], label=LABEL)
MACRO = RENDERER.environment.from_string(
    '{% from "citation.html" import citation %}{{ citation(cited) }}'
)
DOE = "author = {Doe, Jane}, title = {Title}, year = 2024"


def sentence(fields: str, kind: str = "article", **lengths: int) -> str:
    """The plain text of a citation."""
    wanted = {"et_al_min": 10, "et_al_use_first": 6, **lengths}
    html = MACRO.render(cited=cite(publication(fields, kind), LABEL, **wanted))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (
            "article",
            DOE + ", journal = {J}, volume = 1, number = 2, pages = {3--4}",
            "Doe, J. (2024). Title. J, 1(2), 3-4.",
        ),
        ("article", DOE + ", journal = {J}", "Doe, J. (2024). Title. J."),
        ("article", DOE + ", journal = {}, volume = {}, pages = {}", "Doe, J. (2024). Title."),
        (
            "inproceedings",
            DOE + ", booktitle = {Conf (C 2024)}",
            "Doe, J. (2024). Title. Conf (C 2024).",
        ),
        (
            "inproceedings",
            DOE + ", booktitle = {Conf}, pages = {1-9}",
            "Doe, J. (2024). Title. Conf, 1-9.",
        ),
        (
            "misc",
            DOE + ", eprint = {2401.00001}, archiveprefix = {arXiv}, note = {In submission}",
            "Doe, J. (2024). Title. arXiv preprint arXiv:2401.00001. In submission.",
        ),
        (
            "misc",
            DOE + ", number = {5}, note = {Journal 5}",
            "Doe, J. (2024). Title. Journal 5.",
        ),
        (
            "article",
            DOE + ", journal = {arXiv preprint arXiv:2401.00001}",
            "Doe, J. (2024). Title. arXiv preprint arXiv:2401.00001.",
        ),
        (
            "article",
            DOE + ", journal = {CoRR}, volume = {abs/2401.00001}",
            "Doe, J. (2024). Title. arXiv preprint arXiv:2401.00001.",
        ),
        ("phdthesis", DOE + ", school = {Uni}", "Doe, J. (2024). Title. PhD thesis, Uni."),
        (
            "techreport",
            DOE + ", institution = {Lab}, number = {7}",
            "Doe, J. (2024). Title. Technical report 7, Lab.",
        ),
        (
            "techreport",
            DOE + ", institution = {Lab}, type = {{{arXiv}} Preprint \\& more}",
            "Doe, J. (2024). Title. arXiv Preprint & more, Lab.",
        ),
        ("book", DOE + ", publisher = {Press}", "Doe, J. (2024). Title. Press."),
        ("misc", DOE + ", howpublished = {Blog}", "Doe, J. (2024). Title. Blog."),
        ("misc", DOE.replace("Title", "Why?"), "Doe, J. (2024). Why?"),
        ("misc", DOE.replace("Title", "So!") + ", note = {Well.}", "Doe, J. (2024). So! Well."),
        ("misc", DOE.replace("Title", "He said ``no.''"), "Doe, J. (2024). He said “no.”"),
        ("misc", "title = {Title}, year = 2024", "Title. (2024)."),
        ("misc", "title = {Title}, author = {Doe, Jane}", "Doe, J. (n.d.). Title."),
        (
            "article",
            DOE.replace("2024", "{In Press}") + ", journal = {J}",
            "Doe, J. (in press). Title. J.",
        ),
        ("book", "editor = {Doe, Jane}, title = {T}, year = 2024", "Doe, J. (Ed.). (2024). T."),
        (
            "misc",
            "author = {Doe, Jane and others}, title = {T}, year = 2024",
            "Doe, J., et al. (2024). T.",
        ),
        (
            "misc",
            "author = {van den Oord, Aaron and King, Jr., Martin and 王小明 and {A Team}}, "
            "title = {T}, year = 2024",
            "van den Oord, A., King, M., Jr., 王小明, & A Team. (2024). T.",
        ),
        (
            "misc",
            "author = {Doe*, Jane and Roe, Rick}, title = {T}, year = 2024",
            "Doe, J.*, & Roe, R. (2024). T.",
        ),
        (
            "misc",
            "author = {Doe, Jane and Roe, Rick}, author+an = {2=equal}, title = {T}, year = 2024",
            "Doe, J., & Roe, R.* (2024). T.",
        ),
    ],
)
def test_each_kind_of_work_is_cited_in_whole_sentences(kind: str, fields: str, expected: str) -> None:
    assert sentence(fields, kind) == expected


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (9, "A, A., B, A., C, A., D, A., E, A., F, A., G, A., H, A., & I, A."),
        (10, "A, A., B, A., C, A., D, A., E, A., F, A., … & J, A."),
    ],
)
def test_long_lists_are_cut_in_the_middle(count: int, shown: str) -> None:
    people = " and ".join(f"{chr(65 + n)}, A" for n in range(count))
    fields = f"author = {{{people}}}, title = {{T}}, year = 2024"
    assert sentence(fields, "misc") == f"{shown} (2024). T."


def test_a_list_is_never_cut_to_save_one_name() -> None:
    fields = "author = {A, A and B, B and C, C}, title = {T}, year = 2024"
    assert "…" not in sentence(fields, et_al_min=2, et_al_use_first=2)


def test_hostile_text_is_escaped() -> None:
    fields = (
        "author = {<script>x, \"'><b}, title = {<img src=x onerror=y>}, journal = {</em>&}, year = 2024"
    )
    html = MACRO.render(cited=cite(publication(fields), LABEL, 10, 6))
    assert "<script" not in html
    assert "<img" not in html
    assert "</em>&" not in html.replace("&amp;", "")


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ("Doe, J", "Doe, 2024"),
        ("Doe, J and Roe, R", "Doe & Roe, 2024"),
        ("Doe, J and Roe, R and Poe, P", "Doe et al., 2024"),
        ("Doe, J and others", "Doe et al., 2024"),
        ("{A Team}", "A Team, 2024"),
        ("van den Oord, A", "van den Oord, 2024"),
    ],
)
def test_citations_in_the_text_are_short(people: str, expected: str) -> None:
    work = publication(f"author = {{{people}}}, title = {{T}}, year = 2024")
    assert author_year(work, LABEL) == expected


def test_names_in_chinese_japanese_and_korean_have_no_comma_but_stay_apart_for_programs() -> None:
    source = "author = {杨, 育伟 and 蔡, 洪 and 김, 철수}, title = {T}, year = 2024"
    assert sentence(source).startswith("杨育伟, 蔡洪, & 김철수")
    assert csl_json(publication(source))["author"] == [
        {"family": "杨", "given": "育伟"}, {"family": "蔡", "given": "洪"},
        {"family": "김", "given": "철수"},
    ]  # fmt: skip


PEOPLE = {
    "author = {BEE, ANN}": "BEE, A. (2024). T.",
    "author = {SMITH, JA}": "SMITH, J. A. (2024). T.",
    r"author = {S. {\relax Yu}. Ivanov}": "Ivanov, S. Yu. (2024). T.",
    r"author = {Lee, {\relax Yu}ri and {\relax Ch}arles Roe and Kim, A. {\relax Dzh}}": (
        "Lee, Yu., Roe, Ch., & Kim, A. Dzh. (2024). T."
    ),
    "author = {Beethoven, Ludwig van}": "Beethoven, L. van. (2024). T.",
    "author = {杨, 育伟 and 蔡, 洪}": "杨育伟, & 蔡洪. (2024). T.",
    "author = {{World Health Organization}}": "World Health Organization. (2024). T.",
    "author = {{Yahoo!, Inc.}}": "Yahoo!, Inc. (2024). T.",
    "editor = {Doe, J. and Roe, R.}": "Doe, J., & Roe, R. (Eds.). (2024). T.",
    "author = {Aad, G. and others}, collaboration = {ATLAS}": (
        "Aad, G., et al. (ATLAS Collaboration). (2024). T."
    ),
    "author = {Aad, G.}, collaboration = {for the CMS Collaboration}": (
        "Aad, G. (CMS Collaboration). (2024). T."
    ),
    "author = {Aad, G. and {ATLAS Collaboration}}, collaboration = {ATLAS}": (
        "Aad, G., & ATLAS Collaboration. (2024). T."
    ),
    "collaboration = {ATLAS and CMS}": "ATLAS & CMS Collaborations. (2024). T.",
    "author = {Aad, G.}, collaboration = {(on behalf of the LIGO Scientific Collaboration, Virgo)}": (
        "Aad, G. (LIGO Scientific & Virgo Collaborations). (2024). T."
    ),
    "author = {Aad, G.}, collaboration = {Particle Data Group}": (
        "Aad, G. (Particle Data Group). (2024). T."
    ),
    "collaboration = {LIGO}": "LIGO Collaboration. (2024). T.",
    "author = {Roe, R.}, translator = {Bee, Ann}": "Roe, R. (2024). T (A. Bee, Trans.).",
    "author = {Roe, R.}, translator = {Bee, Ann and Cee, Bo}, edition = 2": (
        "Roe, R. (2024). T (A. Bee & B. Cee, Trans.; 2nd ed.)."
    ),
    # sort keys print nothing
    r"author = {{\noopsort{Bach}}Bach, P.}, year = {\SortNoop{a}2023}": "Bach, P. (2023). T.",
}


@pytest.mark.parametrize(("fields", "expected"), PEOPLE.items(), ids=PEOPLE)
def test_people_are_shown_as_in_apa(fields: str, expected: str) -> None:
    year = "" if "year" in fields else ", year = 2024"
    assert sentence(f"{fields}, title = {{T}}{year}", "book") == expected


def test_translators_are_handed_to_programs_and_can_be_the_owner() -> None:
    work = publication(
        "author = {Roe, R.}, translator = {Bee, Ann}, title = {T}", "book", owner="Ann Bee"
    )
    assert csl_json(work)["translator"] == [{"family": "Bee", "given": "Ann"}]
    assert work.translators[0].is_owner


@pytest.mark.parametrize(
    ("preamble", "author", "expected"),
    [
        (r"\newcommand{\BIBYu}{Yu}", r"Ivanov, S. {\BIBYu}.", "S. Yu. Ivanov"),
        (r"\newcommand\mysort[1]{}", r"\mysort{A}Bee, C.", "C. Bee"),
        (r"\def\swallow#1{}", r"{\swallow{x}}Cee, D.", "D. Cee"),
        (r"\providecommand{\noopsort}[1]{#1}", r"{\noopsort{Mc}}Bach, P.", "P. McBach"),
    ],
)
def test_names_print_what_the_preamble_defines(preamble: str, author: str, expected: str) -> None:
    bibtex = f'@preamble{{"{preamble}"}}\n@misc{{a, author = {{{author}}}, title = {{T}}, year = 2024}}'
    assert [str(a.name) for a in collect(bibtex).every[0].authors] == [expected]
