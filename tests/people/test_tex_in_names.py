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
    r"\textbf{Doe}, Jane and \me{Roe}, R.": ["Doe", "Roe"],
}


@pytest.mark.parametrize(("names", "families"), FAMILIES.items(), ids=FAMILIES)
def test_letters_stay_in_family_names(names: str, families: list[str]) -> None:
    assert [name.family for name in parse(names).names] == families
