"""Read venues.yml, which explains the abbreviations of venues in the field `abbr`."""

from collections.abc import Iterable
from typing import NamedTuple

import yaml

from ..common import colours, mapping, safe_url, scalar, scalars, slugify
from ..model import Problem, Publication

_FIELDS = ("name", "url", "color", "colour", "also", "aliases")
_HINT = "write an abbreviation for each venue, as in 'COLM: {name: Conference on Language Modeling}'"
_HINT_COLOUR = 'write it in quotes, as in color: "#00369f"'


class Venue(NamedTuple):
    """A venue; `style` is the CSS class of its badge if it has a colour, else ''."""

    abbr: str
    name: str = ""
    url: str = ""
    colour: colours.Colour | None = None
    also: tuple[str, ...] = ()
    style: str = ""


Venues = dict[str, Venue]  # by folded abbreviation, other spellings included


def load(text: str, path: str) -> tuple[Venues, list[Problem]]:
    """Read the text of a venues.yml, which maps abbreviations to an address or to fields.

    The fields are al-folio's `url` and `color`, and `name` and `also` (other abbreviations).
    """
    pairs, problems = mapping(text, path, "of venues", _HINT)
    found: Venues = {}
    styles: set[str] = set()
    for key, value in pairs:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(path, line, "an abbreviation is a list or a mapping", _HINT))
            continue
        venue, more = _venue(scalar(key), value, path)
        problems += more
        while venue.style in styles:  # C and C++ have the same slug, which never ends in a hyphen
            venue = venue._replace(style=f"{venue.style}-")
        styles |= {venue.style} - {""}
        for abbr in (venue.abbr, *venue.also):
            if found.setdefault(_folded(abbr), venue) is not venue:
                message = f"the venue '{abbr}' is listed twice; the first one is used"
                problems.append(Problem(path, line, message, "delete one of them"))
    return found, problems


def find(venues: Venues, abbr: str) -> Venue:
    """The venue of an abbreviation; if it is not known, a venue with nothing but the abbreviation."""
    known = venues.get(_folded(abbr))
    return known._replace(abbr=abbr) if known else Venue(abbr)


def names(venues: Venues, abbr: str) -> tuple[str, ...]:
    """All names of the venue with this abbreviation."""
    known = venues.get(_folded(abbr))
    return (abbr, known.abbr, known.name, *known.also) if known else (abbr,)


def unknown(publications: Iterable[Publication], known: Venues, path: str) -> list[Problem]:
    """Report abbreviations that the file does not have, each once, as advice."""
    problems: dict[str, Problem] = {}
    for publication in publications:
        abbr = publication.abbr
        if abbr and _folded(abbr) not in known:
            message, hint = f"the venue '{abbr}' is not in {path}", "add it there, or write one that is"
            problem = publication.entry.problem("abbr", message, hint, "advice")
            problems.setdefault(_folded(abbr), problem)
    return list(problems.values())


def stylesheet(venues: Venues) -> str:
    """The colours of badges as a style sheet, '' if no venue has one.

    It is a separate file, as a Content-Security-Policy may forbid styles in pages.
    """
    rules = {}
    for venue in venues.values():
        if venue.colour and venue.style not in rules:
            light, dark = (_tokens(venue.colour, *page) for page in (colours.LIGHT, colours.DARK))
            rules[venue.style] = (
                f".{venue.style}{{{light}}}\n"
                f'@media screen{{[data-md-color-scheme="slate"] .{venue.style}{{{dark}}}}}\n'
            )
    return "".join(rules.values())


def _tokens(colour: colours.Colour, page: colours.Colour, tint: float) -> str:
    text, ground = colours.badge_colours(colour, page, tint)
    return f"--hp-badge-text:{colours.css(text)};--hp-badge-ground:{colours.css(ground)}"


def _venue(abbr: str, node: yaml.Node, path: str) -> tuple[Venue, list[Problem]]:
    problems: list[Problem] = []

    def report(node: yaml.Node, message: str, hint: str = _HINT) -> None:
        problems.append(Problem(path, node.start_mark.line + 1, message, hint))

    fields: dict[str, yaml.Node] = {}
    if isinstance(node, yaml.MappingNode):
        fields = {scalar(key): value for key, value in node.value}
        for key, _ in node.value:
            if scalar(key) not in _FIELDS:
                hint = "write name, url, color or also"
                report(key, f"'{scalar(key)}' of '{abbr}' is not known", hint)
    elif isinstance(node, yaml.ScalarNode):
        fields["url" if "://" in node.value else "name"] = node
    else:
        report(node, f"'{abbr}' has a list where fields belong")
    name, address = (scalar(fields[key]) if key in fields else "" for key in ("name", "url"))
    url = safe_url(address)
    if address and "://" not in url:
        report(fields["url"], f"the address of '{abbr}' is not valid: {address[:60]}", "use https://…")
        url = ""
    colour = None
    if written := fields.get("color", fields.get("colour")):
        colour = colours.parse(scalar(written))
        if colour is None:  # without quotes, YAML takes #00369f for a comment
            shown = f"colour '{scalar(written)[:30]}'" if scalar(written) else "empty colour"
            report(written, f"the {shown} of '{abbr}' is not valid", _HINT_COLOUR)
    also = [text for key in ("also", "aliases") if key in fields for text in scalars(fields[key])]
    style = f"hp-venue--{slugify(abbr)}" if colour else ""
    return Venue(abbr, name, url, colour, tuple(also), style), problems


def _folded(abbr: str) -> str:
    return " ".join(abbr.casefold().split())
