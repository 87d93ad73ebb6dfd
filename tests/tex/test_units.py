"""Quantities of siunitx read as siunitx prints them."""

import pytest

from homepage.tex import decode

QUANTITIES = {
    r"\SI{5}{\micro\meter} wide": "5 µm wide",
    r"\qty{10}{\kilo\gram\per\cubic\metre}": "10 kg m⁻³",
    r"\SI[mode=text]{20}{\degreeCelsius}, \SI{20}{\celsius}": "20 °C, 20 °C",
    r"\SI{3}{\percent} of \SI{90}{\degree}": "3 % of 90°",
    r"\si{\mega\hertz}, \unit{\meter\per\second\squared}": "MHz, m s⁻²",
    r"\SI{5}{nm}, \si{kg.m/s^2}, \SI{1}{m^{-1}}": "5 nm, kg m/s², 1 m⁻¹",
    r"\SI{13}{\TeV} and \SI{2}{\um}": "13 TeV and 2 µm",
    r"\num{1e5}, \num{-1.5e-3}, \num{e6}, \num{12345}": "1 × 10⁵, −1.5 × 10⁻³, 10⁶, 12345",
    r"\num{1.5 +- 0.2}, \SI{1.5(2)}{\ohm\centi\meter}": "1.5 ± 0.2, 1.5(2) Ω cm",
    r"\ang{45}, \ang{1;2;3}": "45°, 1°2′3″",
    r"\SIrange{1}{5}{\nano\meter}, \numrange{1}{5}": "1 nm to 5 nm, 1 to 5",
    r"\numlist{1;2;3}, \SIlist{1;2}{\meter}": "1, 2 and 3, 1 m and 2 m",
    r"\qtyproduct{2 x 3}{\meter}": "2 m × 3 m",
    r"\SI{2}{\raiseto{4}\meter}, \SI{2}{\meter\tothe{4}}": "2 m⁴, 2 m⁴",
    r"$E=\SI{5}{\giga\electronvolt}$": "E=5 GeV",
    r"\ce{H2O}, \ce{SO4^2-}, \ce{Na+}, \ce{A -> B}, $\ce{CO2}$": "H₂O, SO₄²⁻, Na⁺, A → B, CO₂",
    r"\SI{5": "5",
    r"\si": "",
}


@pytest.mark.parametrize(("source", "expected"), QUANTITIES.items(), ids=QUANTITIES)
def test_quantities_read_as_printed(source: str, expected: str) -> None:
    text, unknown = decode(source)
    assert text.plain == expected
    assert not unknown - {"si"}


def test_number_and_unit_do_not_part() -> None:
    assert decode(r"\SI{5}{\meter}")[0].html == "5\xa0m"
