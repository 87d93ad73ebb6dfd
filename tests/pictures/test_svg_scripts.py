"""Drawings that could run or load something when they are opened."""

from pathlib import Path

import material
import pytest

from homepage.pictures.svg_scripts import advice, faults, harmful

HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
HARMFUL = {
    "<script>alert(1)</script>": "<script>",
    "<s:script xmlns:s='http://www.w3.org/2000/svg'/>": "<script>",
    "<h:body xmlns:h='http://www.w3.org/1999/xhtml'/>": "<body>",
    "<foreignObject/>": "<foreignobject>",
    "<g onload='x()'/>": "onload",
    "<g ONCLICK='x()'/>": "onclick",
    "<image href='https://example.org/x.png'/>": "https://example.org",
    "<image xlink:href='//example.org/x'/>": "//example.org",
    r"<image href='\\example.org/x'/>": "example.org",
    "<use href='data:image/svg+xml,x'/>": "data:image/svg",
    "<a href='data:text/html,x'/>": "data:text/html",
    "<a href='javascript:x'/>": "script in 'href'",
    "<a xlink:href=' java&#10;script:x'/>": "script in 'href'",
    "<a href='&#x6a;avascript:x'/>": "script in 'href'",
    "<set attributeName='xlink:href' to='x'/>": "animation",
    "<animate attributeName='href' values='a;b'/>": "animation",
    "<animate attributeName='x' values='a;javascript:b'/>": "script in 'values'",
    "<style>@import 'x.css';</style>": "@import",
    "<style><![CDATA[a{fill:url(https://example.org/x)}]]></style>": "https://example.org/x",
    "<style>a{b:image-set('https://example.org/x' 1x)}</style>": "https://example.org/x",
    "<style>@font-face{src:url('data:text/html,x')}</style>": "data:text/html",
    "<rect fill='url(//example.org/x#a)'/>": "//example.org/x",
    r"<rect style='fill:\75rl(http://example.org)'/>": "http://example.org",
    "<g xml:base='https://example.org/'/>": "https://example.org/",
}
HARMLESS = [
    "<a href='#part'/>",
    "<image href='photo.png'/>",
    "<image xlink:href='data:image/png;base64,iVBORw0'/>",
    "<rect fill='url(#gradient)' style='filter:url(#f)'/>",
    "<style>@font-face{src:url(data:font/woff2;base64,d09G) format('woff2')}</style>",
    "<text>&lt;script&gt; @import onload='x' javascript:y</text>",
    "<dc:source xmlns:dc='http://purl.org/dc/elements/1.1/'>https://example.org/</dc:source>",
]
WHOLE = {
    f"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg {HEAD}>&a;</svg>": "entity 'a'",
    f"<!DOCTYPE svg [<!ENTITY a 'xx'><!ENTITY b '&a;&a;'>]><svg {HEAD}>&b;</svg>": "entity 'b'",
    f"<!DOCTYPE svg [<!ENTITY a '&#60;script/>'>]><svg {HEAD}>&a;</svg>": "entity 'a'",
    f"<!DOCTYPE svg [<!ENTITY % a SYSTEM 'http://example.org/'>%a;]><svg {HEAD}/>": "entity 'a'",
    f"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]><svg {HEAD}/>": "onload",
    f"<!DOCTYPE svg SYSTEM 'http://example.org/x.dtd'><svg {HEAD}/>": "http://example.org/x.dtd",
    f"<?xml-stylesheet type='text/xsl' href='#x'?><svg {HEAD}/>": "xml-stylesheet",
    f"<svg {HEAD}><script>broken off": "<script>",
    "<html xmlns='http://www.w3.org/1999/xhtml'/>": "no SVG",
}


@pytest.mark.parametrize(
    ("drawing", "told"), [*((f"<svg {HEAD}>{d}</svg>", t) for d, t in HARMFUL.items()), *WHOLE.items()]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_runs_or_loads_is_reported(drawing: str, told: str, encoding: str) -> None:
    (problem,) = advice(drawing.encode(encoding), "docs/x.svg")
    assert told in problem.message
    assert (problem.path, problem.line, problem.severity) == ("docs/x.svg", 1, "advice")


@pytest.mark.parametrize("drawing", HARMLESS)
def test_what_only_shows_something_is_not(drawing: str) -> None:
    assert faults(f"<svg {HEAD}>{drawing}</svg>".encode()) == []


def test_types_that_programs_write_are_no_fault() -> None:
    w3 = "PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'"
    entity = "[<!ENTITY ns_svg 'http://www.w3.org/2000/svg'>]"  # Illustrator's
    assert (
        faults(f"<?xml version='1.0'?><!DOCTYPE svg {w3} {entity}><svg {HEAD}>&ns_svg;</svg>".encode())
        == []
    )


def test_links_and_unreadable_drawings_are_faults_but_harmless() -> None:
    for drawing in (
        f"<svg {HEAD}><a href='https://example.org/'/></svg>",
        f"<svg {HEAD}>",
        "<svg/>",
        "\0",
    ):
        assert faults(drawing.encode())
        assert harmful(drawing.encode()) == []


@pytest.mark.parametrize(
    "unit", ["url(", "/*", "'//", "\\\\", "@import ", "<g>", "&#47;", "<!--", "a='b' "]
)
@pytest.mark.parametrize("where", ["<style>{}</style>", '<rect style="{}"/>', "{}", "<g {}/>"])
def test_long_drawings_are_read_as_short_ones_are(unit: str, where: str) -> None:
    short, long = (
        harmful(f"<svg {HEAD}>{where.format(unit * (size // len(unit)))}</svg>".encode())
        for size in (5_000, 500_000)  # the long one would take minutes if it grew with the square
    )
    assert long == short


def test_icons_that_are_in_use_are_no_fault() -> None:
    drawings = sorted(Path(material.__file__).parent.glob("templates/.icons/material/a*.svg"))
    assert len(drawings) > 100
    assert [path.name for path in drawings if faults(path.read_bytes())] == []
