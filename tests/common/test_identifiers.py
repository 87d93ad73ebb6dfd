"""Identifiers in every spelling have one normal form, and no address can run a script."""

from urllib.parse import quote

import pytest

from homepage.common import identifiers

OLD = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10.1000/xyz", "10.1000/xyz"),
        ("https://doi.org/10.1000/xyz", "10.1000/xyz"),
        ("http://dx.doi.org/10.1000/xyz.", "10.1000/xyz"),
        ("doi: 10.1000/xyz", "10.1000/xyz"),
        ("DOI:10.1000/xyz,", "10.1000/xyz"),
        (r"10.1000/a\_b", "10.1000/a_b"),
        (r"10.1000/a{\_}b", "10.1000/a_b"),
        (r"\url{https://doi.org/10.1000/xyz}", "10.1000/xyz"),
        (r"\href{https://doi.org/10.1000/xyz}{here}", "10.1000/xyz"),
        ("10.1000/ xy z", "10.1000/xyz"),
        ("10.1007/978-3-642-\n  1234-5", "10.1007/978-3-642-1234-5"),
        ("10.1145/3292500. 3330701", "10.1145/3292500.3330701"),
        ("https://doi.org/10.1000/a https://doi.org/10.1000/b", "10.1000/a"),
        ("10.1000/a; 10.1000/b", "10.1000/a"),
        (OLD, OLD),
        (OLD.replace("<", "&lt;").replace(">", "&gt;"), OLD),
        (OLD.replace("<", r"{\textless}").replace(">", r"{\textgreater}"), OLD),
        (OLD.replace("<", r"\textless{}").replace(">", r"\textgreater "), OLD),
        (OLD.replace("<", "$<$").replace(">", "{$>$}"), OLD),
        (OLD.replace("<", r"$\langle$").replace(">", r"$\rangle$"), OLD),
        (OLD.replace("<", r"\ensuremath{<}").replace(">", r"\ensuremath{>}"), OLD),
        ("https://doi.org/" + quote(OLD), OLD),
        (quote(OLD, safe=""), OLD),
        ("https://doi.org/" + quote(quote(OLD)), OLD),
        (r"https://doi.org/10.1002/\%28SICI\%291097", "10.1002/(SICI)1097"),
        ("10.1000%2Fxyz", "10.1000/xyz"),
        ("10.1000/a%00b%zz", "10.1000/a"),
        (r"10.1103/Phys\-Rev\-Lett.1", "10.1103/PhysRevLett.1"),
        (r"10.1000/a{\textunderscore}b", "10.1000/a_b"),
        ("10.1000/xyz (in press)", "10.1000/xyz"),
        ("10.1000/xyz, in press", "10.1000/xyz"),
        ("10.1000/xyz [accessed 2020-05-01]", "10.1000/xyz"),
        ("10.1000/xyz Epub 2020 Mar 3. PMID: 123", "10.1000/xyz"),
        ("10.1000/xyz - in press", "10.1000/xyz"),
        ("available at (https://doi.org/10.1000/xyz)", "10.1000/xyz"),
        ('"10.1000/xyz"', "10.1000/xyz"),
        ("10.1016/0004-3702(92)90008-3)", "10.1016/0004-3702(92)90008-3"),
        ("10.1016/S0140-6736(05)(abc)", "10.1016/S0140-6736(05)(abc)"),
        ("https://doi.org/10.1000/xyz?nosfx=y", "10.1000/xyz"),
        ("https://doi.org/10.1002/ajpa.3.0.CO;2-#", "10.1002/ajpa.3.0.CO;2-#"),
        ("https://doi.org/10.1000/full", "10.1000/full"),
        ("https://publisher.example/doi/10.1002/abc.1/full", "10.1002/abc.1"),
        ("https://publisher.example/10.1088/1/2/meta#s1", "10.1088/1/2"),
        ("https://publisher.example/10.1007/s1-2.pdf", "10.1007/s1-2"),
        ("info:doi/10.1000/xyz", "10.1000/xyz"),
        ("10/ggrdfd", "10/ggrdfd"),
        ("doi:10/ggrdfd", "10/ggrdfd"),
        ("https://doi.org/10/GGRDFD", "10/ggrdfd"),
        ("https://doi.org/ggrdfd", "10/ggrdfd"),
        ("10/2020", ""),
        ("vol. 10/abc", ""),
        ("see the web page", ""),
        ("10.1", ""),
        ("", ""),
    ],
)
def test_a_doi(value: str, expected: str) -> None:
    assert identifiers.doi(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2402.13720", "2402.13720"),
        ("2402.13720v2", "2402.13720v2"),
        ("arXiv:2402.13720 [cs.CL]", "2402.13720"),
        ("https://arxiv.org/abs/2402.13720v1", "2402.13720v1"),
        ("https://arxiv.org/pdf/0706.1234.pdf", "0706.1234"),
        ("abs/2402.13720", "2402.13720"),
        ("10.48550/arXiv.2402.13720", "2402.13720"),
        ("10.48550/ARXIV.2402.13720", "2402.13720"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("math.GT/0309136v2", "math.GT/0309136v2"),
        ("arXiv:astro-ph/0601001", "astro-ph/0601001"),
        ("https://example.org/item/1234567", ""),
        ("10.1109/5.771073", ""),
        ("2499.13720", ""),
        ("1234.567", ""),
        ("", ""),
    ],
)
def test_an_arxiv_identifier(value: str, expected: str) -> None:
    assert identifiers.arxiv(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("978-3-16-148410-0", "9783161484100"),
        ("ISBN 978 3 16 148410 0", "9783161484100"),
        ("0-8044-2957-X", "080442957X"),
        ("080442957x (hardback), 9783161484100", "080442957X"),
        ("978-3-16-148410-0 978-3-16-148410-1", "9783161484100"),
        (r"978\textendash3--16–148410‐0", "9783161484100"),
        ("0950-0340", ""),  # a journal's
        ("978-3-16-148410-1", ""),  # its check digit is wrong
        ("12", ""),
    ],
)
def test_an_isbn(value: str, expected: str) -> None:
    assert identifiers.isbn(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("31452104", "31452104"),
        ("PMID: 31452104", "31452104"),
        ("https://pubmed.ncbi.nlm.nih.gov/31452104/", "31452104"),
        ("none", ""),
    ],
)
def test_a_pmid(value: str, expected: str) -> None:
    assert identifiers.pmid(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("10.1000/xyz", "https://doi.org/10.1000/xyz"),
        ("10/ggrdfd", "https://doi.org/10/ggrdfd"),
        ('10.1000/a<b>#c?d%e"', "https://doi.org/10.1000/a%3Cb%3E%23c%3Fd%25e%22"),
        ("", ""),
    ],
)
def test_the_address_of_a_doi(value: str, expected: str) -> None:
    assert identifiers.doi_url(value) == expected


SAFE = {
    "https://x.example/a?b=1&c#d": "https://x.example/a?b=1&c#d",
    "x.example/a": "https://x.example/a",
    "www.x.example/a.pdf": "https://www.x.example/a.pdf",
    "paper.pdf": "paper.pdf",
    "assets/pdf/paper.pdf": "assets/pdf/paper.pdf",
    "/assets/paper.pdf": "/assets/paper.pdf",
    "mailto:a@b.example": "mailto:a@b.example",
    "https://x.example/a b https://y.example": "https://x.example/a",
    "https://x.example/ä": "https://x.example/%C3%A4",
    "https://x.example/%20a": "https://x.example/%20a",
    "": "",
}


@pytest.mark.parametrize(("url", "expected"), SAFE.items())
def test_a_safe_address_is_kept(url: str, expected: str) -> None:
    assert identifiers.safe_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " \x01javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u200bjavascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "\\\\evil.example",
        "http://[x",
    ],
)
def test_an_unsafe_address_is_none(url: str) -> None:
    assert identifiers.safe_url(url) == ""


@pytest.mark.parametrize("url", ['https://x.example/"onclick=x', "a'b<c>", "<script>", "a`b{c}"])
def test_an_address_cannot_leave_its_attribute(url: str) -> None:
    assert not set('"<>`{}') & set(identifiers.safe_url(url))


@pytest.mark.parametrize("part", ["10.1234.", "10.1234/", "&#9", "a.", "{\\_", "cs/", "\ud800"])
def test_long_values_are_read_as_short_ones_are(part: str) -> None:
    times = 200_000 // len(part)  # it would take hours if it grew with the square
    for function in (identifiers.untex_url, identifiers.safe_url, identifiers.arxiv):
        assert function(part * times)[:40] == function(part * 50)[:40]
    assert identifiers.doi(part * times) == ""


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-9079-593X", "0000-0002-9079-593X"),
        ("orcid.org/0000-0002-9079-593x", "0000-0002-9079-593X"),
        ("0000000218250097", "0000-0002-1825-0097"),
        ("0000-0002-1825-0098", ""),  # a wrong check digit
        ("0000-0001-2825-0097", ""),  # digits that changed places
        ("00000-0002-1825-0097", ""),
        ("0000-0002-1825-00971", ""),
        ("", ""),
    ],
)
def test_orcid_has_a_right_check_digit(value: str, wanted: str) -> None:
    assert identifiers.orcid(value) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("1234-567x", "1234-567X"), ("ISSN 1234-5678, 8765-4321", "1234-5678"), ("12345678", ""), ("", "")],
)
def test_issn_is_the_first(value: str, wanted: str) -> None:
    assert identifiers.issn(value) == wanted


TILDES = [
    r"\~{}", r"{\~{}}", r"\~", r"{\~}", r"\textasciitilde ", r"\textasciitilde{}", r"{\textasciitilde}",
    r"$\sim$", r"{$\sim$}", r"$\sim{}$", r"$_{\sim}$", r"$\thicksim$", r"\tilde{}", r"$\tilde{}$",
    r"\string~", r"{\string~}", r"\char126{}", r"{\char126}", r"\char`\~", r"\char`~", '\\char"7E{}',
    r"\symbol{126}", r"{\texttildelow}", r"{\raise.17ex\hbox{$\scriptstyle\sim$}}",
    r"{\raisebox{-0.5ex}{\textasciitilde}}", "\u223c", "\u02dc", "~",
]  # fmt: skip


@pytest.mark.parametrize("tilde", TILDES)
@pytest.mark.parametrize("form", ["http://a.example/{}bob/x_y", r"\url{{http://a.example/{}bob/x\_y}}"])
def test_a_tilde_in_an_address_in_any_spelling(tilde: str, form: str) -> None:
    assert identifiers.untex_url(form.format(tilde)) == "http://a.example/~bob/x_y"
