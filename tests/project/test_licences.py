"""The list of licences is whole, and has none that a homepage could not have."""

from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression

from adapter import engine
from commands.doctor.installation import pins
from support import ROOT, licences

LOCK = (ROOT / licences.LOCK).read_text(encoding="utf-8")
LOCKS = [(ROOT / each.lock).read_text(encoding="utf-8") for each in engine.ENGINES]
ALLOWED = licences.PERMISSIVE | licences.WEAK_COPYLEFT
FONTS = {".eot", ".otf", ".ttc", ".ttf", ".woff", ".woff2"}


def test_the_list_is_that_of_the_lock() -> None:
    if engine.chosen(ROOT) != engine.THIS:
        pytest.skip("a trial of the other engine: the list has the packages of the chosen one")
    assert licences.FILE.read_text(encoding="utf-8") == licences.text(LOCK), "run make lock"


def test_every_package_has_a_licence_that_is_allowed() -> None:
    found = list(licences.packages(LOCK))
    assert {name for name, *_ in found} == {pin.name for pin in pins(LOCK)}
    assert len(found) > 30
    for name, _, terms, _ in found:
        assert canonicalize_license_expression(terms) == terms
        assert licences.identifiers(terms) <= ALLOWED, name
    known = {pin.name for lock in LOCKS for pin in pins(lock)}
    assert licences.BY_HAND.keys() <= known, "told by hand, but gone"


def test_every_part_that_visitors_get_has_a_licence_that_is_allowed() -> None:
    for part in licences.SHIPPED:
        assert canonicalize_license_expression(part.licence) == part.licence
        assert licences.identifiers(part.licence) <= ALLOWED, part.name


def test_every_script_and_style_sheet_of_the_site_is_listed(built_site: Path) -> None:
    files = [path.relative_to(built_site) for path in built_site.rglob("*") if path.is_file()]
    code = [path.as_posix() for path in files if path.suffix in (".js", ".css", ".map")]
    assert len(code) > 10
    unlisted = {path for path in code if len(licences.part_of(path)) != 1}
    assert unlisted == set()
    assert [path for path in files if path.suffix in FONTS] == []


def test_icons_say_whose_they_are(built_site: Path) -> None:
    page = (built_site / "index.html").read_text(encoding="utf-8")
    others = ('viewBox="0 0 24 24"', 'viewBox="0 0 100 100"')  # Pictogrammers' and the monogram
    icons = [icon for icon in page.split("<svg ")[1:] if not any(box in icon[:200] for box in others)]
    assert icons
    assert all("Font Awesome Free" in icon.partition("</svg>")[0] for icon in icons), "CC-BY wants it"


def test_a_package_without_a_licence_stops_make_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "BY_HAND", {})
    with pytest.raises(SystemExit, match="jinja2 does not say its licence"):
        licences.licence("jinja2")
    assert licences.licence("click") == ("BSD-3-Clause", "its metadata")


def test_versions_are_those_of_the_lock() -> None:
    listed = {name: versions for name, versions, *_ in licences.packages(LOCK)}
    assert version(engine.NAME) in listed[engine.NAME]
