"""Letters and accents of any TeX package are letters of a name."""

import pytest

from homepage.people.names import parse

FAMILIES = {
    r"Sm\ocirc{u}, A. and S\polhk{e}p, B. and Fr\udot{a}nk, C.": ["Smů", "Sęp", "Frạnk"],
    r"D{\textcommabelow{s}}a, A. and \textcommabelow{S}tef, B.": ["Dșa", "Ștef"],
    r"{\CYRT}{\cyro}{\cyrl}, \CYRA. and \cyrchar\CYRM\cyrchar\cyri, A.": ["Тол", "Ми"],
    r"{\ohorn}ng, T. and Nguy\~{\^e}n, V.": ["ơng", "Nguyễn"],
    r"Mart\'\in, Ana and Kuz\cprime min, S.": ["Martín", "Kuzʹmin"],
    r"Ne\ifmmode \check{c}\else \v{c}\fi{}as, D. and Pe\ifmmode \tilde{n}\else \~{n}\fi{}a, A.": (
        ["Nečas", "Peña"]
    ),
    # `{}` ends a command (Lamport, LaTeX, section 2.1), and a space after it is no space
    r"Wei\ss{}mann, J\"org and S\aa{}rensen, Ole and Y\i{}ld\i{}z, An": [
        "Weißmann",
        "Sårensen",
        "Yıldız",
    ],
    r"\O{}stergaard, K. and \L{}ukasz Ko\l{}odziej and Wei\ss{}*, A.": [
        "Østergaard",
        "Kołodziej",
        "Weiß",
    ],
    r"O\textquoteright{}Brien, Pat and \dj{}or\dj{}evi\'c, A. and Ng{}uyen, B.": (
        ["O’Brien", "đorđević", "Nguyen"]
    ),
    r"Wei\ss mann, J. and Bj\o rn \AA kesson and G\"{}odel, K.": ["Weißmann", "Åkesson", "Gödel"],
    r"Souri{$^{*}$}, Y. and {\ss}{}ab, X. and Ha\v{s}ek~\dag{}, J.": ["Souri", "ßab", "Hašek"],
    r"\textbf{Doe}, Jane and \me{Roe}, R.": ["Doe", "Roe"],
}


@pytest.mark.parametrize(("names", "families"), FAMILIES.items(), ids=FAMILIES)
def test_letters_stay_in_family_names(names: str, families: list[str]) -> None:
    assert [name.family for name in parse(names).names] == families
