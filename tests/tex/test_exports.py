"""What databases and publishers made of a title is undone."""

import pytest

from homepage.tex import decode, plain

TITLES = {
    # Crossref: HTML that was escaped twice, in unicode-math's names of ASCII characters
    r"Nuts {\&}amp$\mathsemicolon$ Bolts": "Nuts & Bolts",
    r"Nuts {\&}amp\mathsemicolon Bolts": "Nuts & Bolts",
    r"$\less$i$\greater$E. coli$\less$/i$\greater$ growth": "E. coli growth",
    r"H{$<$}sub{$>$}2{$<$}/sub{$>$}O": "H₂O",
    r"H$<$sub$>$2$<$/sub$>$O": "H₂O",
    r"CO$\lt$sub$\gt$2$\lt$/sub$\gt$": "CO₂",
    r"$\less$scp$\greater$DNA$\less$/scp$\greater$": "DNA",
    r"{CO}{\&}lt$\mathsemicolon$sub{\&}gt$\mathsemicolon$2"
    r"{\&}lt$\mathsemicolon$/sub{\&}gt$\mathsemicolon$ in": "CO₂ in",
    r"a{\&}lt$\mathsemicolon$b": "a<b",
    r"{\&}{\#}233$\mathsemicolon$t{\&}{\#}233$\mathsemicolon$": "été",
    r"$\mathplus$5$\mathsemicolon$ a$\mathcolon$": "+5; a:",
    r"p $\less$ 0.05 and q $\greater$ 1": "p < 0.05 and q > 1",
    r"the mean $<$b$>$ of it": "the mean <b> of it",
    # other databases
    "&lt;i&gt;E. coli&lt;/i&gt;": "E. coli",
    r"{\textless}div class='x'{\textgreater}a{\textless}/div{\textgreater}": "a",
    r"Patterned {{SiO}}\$\_\{2\}\$/{{Al}}\$\_2\$ layer": "Patterned SiO₂/Al₂ layer",
    r"\textlessi\textgreaterE. coli\textless/i\textgreater growth": "E. coli growth",
    r"costs \$5 and \$6": "costs $5 and $6",
    r"Garc\textbackslash{}'ia at Taylor \textbackslash\& Francis": "García at Taylor & Francis",
    # publishers: IEEE, Wiley, Elsevier, Springer
    "TiO<inf>2</inf> films at cm<sup>-1</sup>": "TiO₂ films at cm⁻¹",
    r"<tex>$\gamma$</tex>-rays, <tex>\gamma</tex>-rays": "γ-rays, γ-rays",
    r'A <formula formulatype="inline"><tex Notation="TeX">$\alpha$</tex></formula>-test': "A α-test",
    r"<inline-formula><tex-math notation='LaTeX'>$\alpha$ </tex-math></inline-formula>-Net": "α-Net",
    r"<tex-math>\documentclass{minimal}\begin{document}$$x^2$$\end{document}</tex-math> a": "x² a",
    "<alternatives><tex-math>x</tex-math><mml:math><mml:mi>x</mml:mi></mml:math></alternatives>": "x",
    "<ce:italic>In vitro</ce:italic> H<ce:inf loc='post'>2</ce:inf>O": "In vitro H₂O",
    # MathML
    '<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:msup><mml:mi>x</mml:mi>'
    "<mml:mn>2</mml:mn></mml:msup></mml:math> of": "x² of",
    "On <math><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></math>": "On H₂O",
    "<math><mfrac><mn>1</mn><mi>n</mi></mfrac><mo>&lt;</mo><msqrt><mi>x</mi></msqrt></math>": "1/n<√x",
    "<math><mover><mi>B</mi><mo>¯</mo></mover></math>": "B̄",
    "<math><mi>&alpha;</mi><mtext>-decay</mtext></math>": "α-decay",
    "{$<$}math{$>$} {$<$}mi{$>$}{{Al}}{$<$}/Mi{$>$} {$<$}/Math{$>$} a": "Al a",
}


@pytest.mark.parametrize(("source", "expected"), TITLES.items(), ids=TITLES)
def test_titles_of_exports_read_well(source: str, expected: str) -> None:
    text, unknown = decode(source)
    assert text.plain == expected
    assert not unknown


def test_mathml_stays_mathml() -> None:
    html = decode("<math><msup><mi>x</mi><mn>2</mn></msup><mi>y</mi></math>")[0].html
    assert html.startswith("<math>")
    assert "<msup>" in html


@pytest.mark.parametrize(
    "source",
    [
        "<math><mi>a</mi",
        "<math><mi onclick='x()'>a</mi><script>b</script></math>",
        "<math><annotation>x</annotation><maction href='javascript:x()'>a</maction></math>",
        "<!DOCTYPE x [<!ENTITY a 'b'>]><math><mi>&a;</mi></math>",
        "<math>" * 300,
        "$\\less$" * 500,
        "<tex>" * 500,
    ],
)
def test_hostile_markup_stays_harmless(source: str) -> None:
    html = decode(source)[0].html.lower()
    assert "<script" not in html
    assert "onclick=" not in html.replace("&#x27;", "") or "<mi onclick" not in html
    assert "javascript" not in html or "<a" not in html


def test_a_text_that_only_looks_like_an_export_stays() -> None:
    for text in ("a < b > c", "R&D; more", "x <y> z"):
        assert plain(text) == text
