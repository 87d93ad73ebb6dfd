"""What a field owes to the rest of the file: definitions of @preamble, citations of other works."""

import pytest

from support.records import collect, messages

DOE = "author = {Doe, Jane and Roe, R.}, title = {On \\emph{x}}, year = 2020"
POE = "author = {Poe, E. and A, B. and C, D.}, title = {P & Q}, date = {2021-05}"

NOTES = {
    r"Long version of \cite{doe}": "Long version of Doe and Roe (2020)",
    r"\textcite{doe}, \citet[p.~3]{poe}": "Doe and Roe (2020), Poe et al. (2021), p. 3",
    r"x \citep{doe}, \parencite[see][p. 3]{doe,poe}": (
        "x (Doe & Roe, 2020), (see Doe & Roe, 2020; Poe et al., 2021, p. 3)"
    ),
    r"\citeauthor{doe}, \citeyear{doe}, \citetitle{doe}, \citealp{poe}": (
        "Doe and Roe, 2020, On x, Poe et al., 2021"
    ),
    r"\cite{DOE}": "Doe and Roe (2020)",
    r"\cite{nobody}": "nobody",
    r"\cite{secret}": "secret",
    "cite me": "cite me",
}


@pytest.mark.parametrize(("note", "expected"), NOTES.items(), ids=NOTES)
def test_a_citation_in_a_note_names_the_work(note: str, expected: str) -> None:
    found = collect(
        f"@article{{doe, {DOE}}} @article{{poe, {POE}}}"
        "@misc{secret, author = {Secret, A.}, title = {S}, year = 2020, hidden = {true}}"
        f"@article{{a, author = {{Own, A.}}, title = {{T}}, year = 2022, note = {{{note}}}}}"
    )
    (note_of_a,) = [p.note.plain for p in found.every if p.key == "a"]
    assert note_of_a == expected
    assert any("'nobody'" in text for text in messages(found)) == ("nobody" in note)
    assert not any("Secret" in text for text in messages(found))


PREAMBLE = r"""@preamble{"\newcommand{\noopsort}[1]{} \newcommand{\apj}{ApJ}" # "\def\BIBYu{Yu}"}"""


@pytest.mark.parametrize("preamble", [PREAMBLE, ""])
def test_definitions_in_the_preamble_are_expanded_everywhere(preamble: str) -> None:
    name = r"{\BIBYu}, Jing" if preamble else "Yu, Jing"
    (found,) = collect(
        f"{preamble}@article{{a, author = {{{name}}}, title = {{A \\noopsort{{z}}B}}, "
        "journal = {\\apj}, year = {{\\noopsort{2019}}2020}}"
    ).every
    assert found.authors[0].name.family == "Yu"
    assert found.title.plain == "A B"
    assert found.year == "2020"
    assert found.venue.plain == ("ApJ" if preamble else "The Astrophysical Journal")


def test_conditionals_of_aps_are_decided_before_names_are_split() -> None:
    (found,) = collect(
        r"@article{a, title = {A \ifmmode\pm\else\textpm\fi{} 1}, year = 2020,"
        r"author = {Ne\ifmmode \check{c}\else \v{c}\fi{}as, D. and Doe, J.}}"
    ).every
    assert [a.name.family for a in found.authors] == ["Nečas", "Doe"]
    assert found.title.plain == "A ± 1"


@pytest.mark.parametrize("field", ["url", "html", "pdf", "code", "slides", "video", "website"])
def test_a_tilde_in_any_link_field(field: str) -> None:
    (found,) = collect(
        f"@misc{{a, author = {{Doe, J.}}, title = {{T}}, year = 2020, {field} = {{http://a.example/$\\sim$x}}}}"
    ).every
    assert "http://a.example/~x" in [link.url for link in found.links]


def test_a_tilde_in_a_link_in_a_note() -> None:
    (found,) = collect(
        r"@misc{a, author = {Doe, J.}, title = {T}, year = 2020, note = {\url{http://a.example/\~{}x}}}"
    ).every
    assert 'href="http://a.example/~x"' in found.note.html
