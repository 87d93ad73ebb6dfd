"""Commands for letters, signs and accents of many packages are known."""

import unicodedata

import pytest
from pylatexenc.latex2text import get_default_latex_context_db

from homepage.tex import decode
from homepage.tex.journals import JOURNALS
from homepage.tex.letters import LETTERS, symbol
from homepage.tex.tables import ACCENTS

TEXTS = {
    # Cyrillic: T2A to T2C
    r"\CYRM\cyri\cyrr, \CYRYO\cyryo": "Мир, Ёё",
    r"{\CYRT}{\cyro}{\cyrl}\cyrs \cyrt \cyro \cyrishrt": "Толстой",
    r"\cyrchar\CYRM\cyrchar\cyri": "Ми",
    # textcomp
    r"5\textperthousand{} \textquotedbl{}a\textquotedbl": '5‰ "a"',
    r"x\textonesuperior{} 5\textbaht": "x¹ 5฿",
    r"\textbrokenbar\textcurrency\textreferencemark\textinterrobang": "¦¤※‽",
    # Vietnamese, African languages, Romanian
    r"\OHORN\ohorn\uhorn\UHORN, \'{\ohorn}": "ƠơưƯ, ớ",
    r"\textHbar \texthbar \textTstroke \textcrd \textEopen": "ĦħŦđƐ",
    r"\textcommabelow{s}\textcommabelow T": "șȚ",
    # tipa
    r"\textschwa\texteng\textesh\textezh\textglotstop\textprimstress": "əŋʃʒʔˈ",
    r"\textsubring{n}\textsyllabic{l}\textsubtilde e": "n̥l̩ḛ",
    # MathSciNet
    r"\ocirc{U} \polhk{a} \udot{s} \Dbar{}uc \dbar{} \soft{d} \lfhook{S}": "Ů ą ṣ Đuc đ ď Ș",
    r"\cftil{o} \cfudot a": "ỗ ậ",
    r"Kuz\cprime min, Ob\cdprime ezd, al-Q\=a\lasp im, \cydot": "Kuzʹmin, Obʺezd, al-Qāʿim, ·",
    # dotless letters with accents
    r"Mart\'\in, Garc\'\ia and D\'\iaz": "Martín, García and Díaz",
    r"\'\iota{} \imath": "ί ı",
    r"\acute{e} \hat{a}": "é â",
    # new lines, inverted marks, characters by number
    r"Line one:\\the second\\ third\\[2pt]x\\*y": "Line one: the second third x y",
    r"\\'e \\\"{o} \\v{c} \\emph{x} \\textbf{y}": "é ö č x y",
    r"?`Qu\'e? !`Hola! why?``Yes''": "¿Qué? ¡Hola! why?“Yes”",
    r"\char126{} \char`\~ \symbol{65}": "~ ~A",
    "\\char\"7E \\char'176": "~~",
    r"\ding{51} \ding{72}": "✓ ★",
    "\\accent19 e \\accent\"7F o": "é ö",
    r"\textAlpha\textGamma \LaTeXe": "ΑΓLaTeX2ε",
    r"\verb+x_y+ \verb|a b|": "x_y a b",
    # quotes of babel and csquotes
    r"\glqq Zitat\grqq{} und \glq x\grq{}, \flqq a\frqq{} \flq b\frq": "„Zitat“ und ‚x‘, «a» ‹b›",
    "\"`Zitat\"' und \"<a\">, Baden\"=Baden": "„Zitat“ und «a», Baden-Baden",
    "<<Слово>> и ,,Zitat'' und ,,x``, a << b": "«Слово» и „Zitat” und „x“, a << b",
    r"\say{a}": "“a”",
    r"\og bonjour \fg{} dit, \og{}oui\fg": "« bonjour » dit, « oui »",
    r"\enquote{a \enquote{b} c} \enquote*{d} \foreignquote{german}{e}": "“a ‘b’ c” ‘d’ “e”",
    r"\textquote{a} \mkbibparens{c} \mkbibbrackets{d} \textins{e}": "“a” (c) [d] [e]",
    # space and boxes
    r"a\vphantom\}b \phantom{x}c": "ab c",
    r"a\hspace{1em}b\hspace*{2pt}c\hskip 1em d\hspace{-1em}e\kern-.05em f": "a b c def",
    r"\leavevmode\raise.45ex\hbox{x}": "x",
    r"\texorpdfstring{$\alpha$}{alpha} decay": "alpha decay",
    r"\foreignlanguage{german}{a} \textcolor{red}{b} \raisebox{1ex}{c}": "a b c",
    r"\textls[50]{a}\linebreak[4]b {\rmfamily c}\index{d}": "ab c",
    # biblatex's punctuation
    r"a\hyphen b\hyphen{}c\addcolon\addspace d": "a-b-c: d",
    r"\string~a": "~a",
}  # fmt: skip


@pytest.mark.parametrize(("source", "expected"), TEXTS.items(), ids=TEXTS)
def test_no_letter_vanishes(source: str, expected: str) -> None:
    text, unknown = decode(source)
    assert text.plain == expected
    assert not unknown


def test_a_page_shows_maths_where_plain_text_has_words() -> None:
    assert decode(r"\texorpdfstring{$\alpha$}{alpha}")[0].html == decode(r"$\alpha$")[0].html
    assert decode(r"\og a\fg")[0].html == "«\xa0a\xa0»"
    assert decode(r"\og \emph{a }\fg")[0].html.count("</em>") == 1


def test_the_tables_of_other_packages_are_known() -> None:
    """Of pylatexenc's table, which has W3C's unicode.xml, and of tipa, T4, T5, textcomp."""
    database = get_default_latex_context_db()
    theirs = {
        spec.macroname: spec.simplify_repl
        for category in ("latex-base", "advanced-symbols")
        for spec in database.iter_macro_specs([category])
        if isinstance(spec.simplify_repl, str)
        and len(spec.simplify_repl) == 1
        and spec.macroname.isalpha()
    }
    assert len(theirs) > 700
    unknown = [name for name in theirs if symbol(name) is None and name not in ACCENTS]
    assert unknown == []
    assert len(LETTERS) > 250
    for name in LETTERS:
        assert not decode(rf"\{name}{{}}x")[1], name


def test_accents_combine_behind_their_letter() -> None:
    assert len(ACCENTS) > 90
    for name, marks in ACCENTS.items():
        assert all(unicodedata.category(mark)[0] == "M" for mark in marks), name
        assert decode(rf"\{name}{{o}}")[0].plain == unicodedata.normalize("NFC", "o" + marks), name


def test_journals_of_astronomers_are_known() -> None:
    assert len(JOURNALS) > 60
    assert decode(r"{\mnras}")[0].plain == "Monthly Notices of the Royal Astronomical Society"
    assert decode(r"\apj")[0].plain == "The Astrophysical Journal"
    assert not [name for name in JOURNALS if decode(rf"\{name}")[1]]
