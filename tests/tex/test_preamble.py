"""Definitions in @preamble, and TeX's conditionals."""

import pytest

from homepage.tex import decode
from homepage.tex.preamble import definitions, expanded

CONDITIONALS = {  # as the American Physical Society exports names and titles
    r"Ne\ifmmode \check{c}\else \v{c}\fi{}as": "Nečas",
    r"Mart\ifmmode\acute{\imath}\else\'{\i}\fi{}nez-P\'erez": "Martínez-Pérez",
    r"J\ifmmode \ddot{o}\else \"{o}\fi{}rg M\ifmmode \ddot{u}\else \"{u}\fi{}ller": "Jörg Müller",
    r"\ifmmode \check{Z}\else \v{Z}\fi{}i\ifmmode \check{z}\else \v{z}\fi{}ek": "Žižek",
    r"O\ifmmode \mbox{\c{s}}\else \c{s}\fi{}lu": "Oşlu",
    r"Erd\ifmmode\H{o}\else\H{o}\fi s": "Erdős",
    r"{\ifmmode\bar{g}\else\={g}\fi}": "ḡ",
    r"$5\ifmmode\times\else\texttimes\fi{}5$ and 3\ifmmode\times\else\texttimes\fi{}3": "5×5 and 3×3",
    r"${\mathrm{Sr}}_{2}{\mathrm{RuO}}_{4}$ \ifmmode\pm\else\textpm\fi{} 1": "Sr₂RuO₄ ± 1",
    r"a\iffalse b\else c\fi{} \iftrue d\else e\fi": "ac d",
    r"a\ifmmode b\fi{}c": "ac",
    r"\iffalse a\iftrue b\else c\fi\else d\fi": "d",
}


@pytest.mark.parametrize(("source", "expected"), CONDITIONALS.items(), ids=CONDITIONALS)
def test_one_branch_of_a_conditional_remains(source: str, expected: str) -> None:
    text, unknown = decode(source)
    assert text.plain == expected
    assert not unknown


@pytest.mark.parametrize("source", [r"a \ifmmode b", r"a \else b", r"a \fi b", r"\ifmmode a \else b"])
def test_half_a_conditional_loses_nothing(source: str) -> None:
    text, unknown = decode(source)
    assert "b" in text.plain
    assert unknown


PREAMBLES = [  # preamble, value, expected plain text
    (r"\newcommand{\noopsort}[1]{} ", r"\noopsort{a}Knuth", "Knuth"),
    (r"\newcommand{\SortNoop}[1]{}", r"{\SortNoop{1973b}}1981", "1981"),
    (r"\newcommand{\printfirst}[2]{#1}", r"\printfirst{1986}{1991}", "1986"),
    (r"\newcommand{\switchargs}[2]{#2#1}", r"\switchargs{--90}{1968}", "1968–90"),
    (r"\providecommand*{\BIBYu}{Yu}", r"{\BIBYu} and \BIBYu{}x", "Yu and Yux"),
    (r"\def\foo#1{<#1>}\def\baz{\foo{x}}", r"\baz", "<x>"),
    (r"\newcommand\apj{ApJ} \renewcommand\mnras{MNRAS}", r"{\apj}, \mnras, \nat", "ApJ, MNRAS, Nature"),
    (r"\let\old=\emph", r"\old{a}", "a"),
    # what draws a letter that is known anyhow does not win
    (r"\def\cprime{$'$} \def\bud{$''$}", r"Kuz\cprime min \bud", "Kuzʹmin ʺ"),
    (r"\def\polhk#1{\setbox0=\hbox{#1}\ooalign{\hss\lower1.5ex\hbox{`}\hss}}", r"S\polhk{e}p", "Sęp"),
    (r"\def\strange#1{\setbox0=\hbox{#1}}", r"S\strange{e}p", "Sep"),
    (r"\newcommand{\a}{\b}\newcommand{\b}{\a}\newcommand{\loop}{\loop x}", r"\loop", "x"),
    ("", r"\unknown{a}", "a"),
]  # fmt: skip


@pytest.mark.parametrize(("preamble", "value", "expected"), PREAMBLES)
def test_definitions_are_expanded(preamble: str, value: str, expected: str) -> None:
    assert decode(expanded(value, definitions(preamble)))[0].plain == expected
