"""Quantities of siunitx: numbers and units as text, by its manual's defaults (version 3)."""

import re

from .letters import maths_symbol
from .tables import SUBSCRIPTS
from .tokens import argument, optional_argument

_COMMAND = re.compile(
    r"\\(?P<name>SIrange|SIlist|SI|si|qtyrange|qtylist|qtyproduct|qty|unit|numrange|numlist|numproduct"
    r"|num|ang|ce|tablenum|complexnum|complexqty)(?![A-Za-z])\s*(?=[\[{])"
)
_PREFIXES = {
    "quecto": "q", "ronto": "r", "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p",
    "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "deca": "da", "deka": "da",
    "hecto": "h", "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E",
    "zetta": "Z", "yotta": "Y", "ronna": "R", "quetta": "Q", "kibi": "Ki", "mebi": "Mi",
    "gibi": "Gi", "tebi": "Ti", "pebi": "Pi",
}  # fmt: skip
_UNITS = {
    "ampere": "A", "candela": "cd", "kelvin": "K", "kilogram": "kg", "gram": "g", "meter": "m",
    "metre": "m", "mole": "mol", "second": "s", "becquerel": "Bq", "degreeCelsius": "°C",
    "celsius": "°C", "coulomb": "C", "farad": "F", "gray": "Gy", "hertz": "Hz", "henry": "H",
    "joule": "J", "katal": "kat", "lumen": "lm", "lux": "lx", "newton": "N", "ohm": "Ω",
    "pascal": "Pa", "radian": "rad", "siemens": "S", "sievert": "Sv", "steradian": "sr", "tesla": "T",
    "volt": "V", "watt": "W", "weber": "Wb", "astronomicalunit": "au", "bel": "B", "dalton": "Da",
    "day": "d", "decibel": "dB", "degree": "°", "electronvolt": "eV", "hectare": "ha", "hour": "h",
    "liter": "L", "litre": "L", "arcminute": "′", "arcmin": "′", "minute": "min", "arcsecond": "″",
    "arcsec": "″", "neper": "Np", "tonne": "t", "percent": r"\%", "bit": "bit", "byte": "B",
    "angstrom": "Å", "bar": "bar", "barn": "b", "knot": "kn", "mmHg": "mmHg", "nauticalmile": "M",
    "parsec": "pc", "atomicmassunit": "u", "bohr": "a₀", "clight": "c₀", "planckbar": "ħ",
    "hartree": "Eₕ", "permille": "‰", "uL": "µL", "micron": "µm",
}  # fmt: skip
_POWERS = {"square": "²", "squared": "²", "cubic": "³", "cubed": "³"}
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_RAISED_BEFORE = re.compile(r"\\raiseto\s*\{([-+\d]+)\}\s*(\\[A-Za-z]+)")
_PART = re.compile(r"\\([A-Za-z]+)|\^([-+−]?\d+)|([/()])|([^\\^.~\s/()]+)")
_EXPONENT = re.compile(r"(.*?)[eEdD]([-+]?\d+)$")
_CLOSE = ("°", "′", "″")  # units that siunitx puts next to the number


def spelt_out(value: str) -> str:
    """The value with each quantity as text: `\\SI{5}{\\micro\\meter}` gives `5~µm`."""
    found, pos = [], 0
    while match := _COMMAND.search(value, pos):
        found.append(value[pos : match.start()])
        pos = optional_argument(value, match.end())
        first, pos = argument(value, pos)
        name, second, third = match["name"].replace("SI", "qty"), "", ""
        if name in ("qty", "qtyrange", "qtylist", "qtyproduct", "complexqty", "numrange"):
            second, pos = argument(value, optional_argument(value, pos))
        if name == "qtyrange":
            third, pos = argument(value, optional_argument(value, pos))
        found.append(_quantity(name, first, second, third))
    return "".join(found) + value[pos:] if found else value


def _quantity(name: str, first: str, second: str, third: str) -> str:
    if name in ("si", "unit"):
        return _unit(first)
    if name == "ce":
        return _chemical(first)
    if name == "ang":
        return "".join(
            f"{_number(n)}{sign}" for n, sign in zip(first.split(";"), _CLOSE, strict=False) if n.strip()
        )
    if name.endswith("range"):
        return f"{_with_unit(first, third)} to {_with_unit(second, third)}"
    if name.endswith("list"):
        items = [_with_unit(item, second) for item in first.split(";")]
        return " and ".join(filter(None, (", ".join(items[:-1]), items[-1])))
    if name.endswith("product"):
        return " × ".join(_with_unit(item, second) for item in first.split("x"))
    return _with_unit(first, second)


def _chemical(source: str) -> str:
    """A formula of mhchem, such as `H2O`, `SO4^2-` or `A -> B` (its manual, section 3)."""
    source = re.sub(r"\^\{?([\d+-]+)\}?", lambda m: m[1].translate(_RAISED), source)
    source = re.sub(r"(?<=[A-Za-z)\]])(\d+)|_\{?(\d+)\}?", _lowered, source)
    source = re.sub(r"(?<=[A-Za-z₀-₉)\]])([+-])(?=\s|$)", lambda m: m[1].translate(_RAISED), source)
    return source.replace("<=>", "⇌").replace("<->", "↔").replace("->", "→")


def _lowered(match: re.Match[str]) -> str:
    return "".join(SUBSCRIPTS[digit] for digit in match[1] or match[2])


def _with_unit(number: str, unit: str) -> str:
    unit = _unit(unit)
    tie = "" if not unit or not number.strip() or (unit.startswith(_CLOSE) and unit != "°C") else "~"
    return _number(number) + tie + unit


def _number(source: str) -> str:
    """A number, which may have an exponent and an uncertainty: `1.5(2)e-3`, `1 +- 2`."""
    source = re.sub(r"\\(?:pm|textpm)\b|\+-", "±", source).strip()
    source = re.sub(r"(?<!\w)-(?=[\d.,])", "−", source)
    match = _EXPONENT.fullmatch(re.sub(r"\s+(?=[eE])", "", source))
    if not match:
        return re.sub(r"\s*±\s*(?=\S)", lambda m: " ± " if m.start() else "±", source)
    mantissa = f"{_number(match[1])} × " if match[1].strip() else ""
    return f"{mantissa}10{match[2].removeprefix('+').translate(_RAISED)}"


def _unit(source: str) -> str:
    """A unit, in commands or in letters; powers are raised, and `\\per` gives negative ones."""
    parts: list[str] = []  # unit after unit, each with its power
    prefix, power, per = "", "", False

    def raised(exponent: str) -> str:
        if not per:
            return exponent
        return "⁻" + (exponent or "¹")

    source = _RAISED_BEFORE.sub(r"\2^\1", source).replace(r"\tothe", "^").replace(r"\of", "_")
    for match in _PART.finditer(re.sub(r"[{}$]|\\,", "", source).replace("^ ", "^")):
        name, exponent, sign, letters = match.groups()
        if name in _PREFIXES:
            prefix = _PREFIXES[name]
        elif name in ("square", "cubic"):
            power = _POWERS[name]
        elif name in _POWERS and parts:
            parts[-1] = (
                parts[-1].removesuffix("⁻¹") + ("⁻" if parts[-1].endswith("⁻¹") else "") + _POWERS[name]
            )
        elif name == "per":
            per = True
        elif exponent and parts:
            parts[-1] += exponent.translate(_RAISED)
        elif sign:
            parts.append(sign)
        else:
            symbol = _UNITS.get(name) or maths_symbol(name) or name if name else letters
            parts.append(prefix + re.sub("^u(?=[A-Za-z]$|[A-Z]|m)", "µ", symbol) + raised(power))
            prefix, power, per = "", "", False
    return re.sub(r"~?([/()])~?", r"\1", "~".join(parts))
