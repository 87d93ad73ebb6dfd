"""Expand the TeX of fields that depends on the whole file: definitions of @preamble, and `\\cite`."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..model import Entry, Name, Problem
from ..people import names
from ..tex import definitions, escaped, expanded
from . import dates

# Commands of natbib and biblatex (sections 2.3 and 3.9 of their manuals), with a prefix and a page.
_CITE = re.compile(
    r"\\(?P<command>[Cc]ite(?:t|p|alt|alp|author|year|yearpar|title)?|(?:[Tt]ext|[Pp]aren|[Aa]uto|[Ff]oot"
    r"|[Ss]mart|full|footfull)cite|bibentry)\*?\s*+(?P<notes>(?:\[[^\[\]]*+\]\s*+){0,2})\{(?P<keys>[^{}]*+)\}"
)
_NOTE = re.compile(r"\[([^\[\]]*)\]")
_IN_PARENTHESES = ("citep", "parencite", "autocite", "footcite", "smartcite", "footfullcite")
_NOT_SHOWN = ("file", "bibtex")


def with_definitions(entries: Iterable[Entry], preamble: str) -> Iterator[Entry]:
    """The entries with TeX's conditionals and the commands that @preamble defines expanded."""
    known = definitions(preamble)
    for entry in entries:
        new = {
            name: field._replace(value=value)
            for name, field in entry.fields.items()
            if "\\" in field.value and (value := expanded(field.value, known)) != field.value
        }
        yield entry._replace(fields=entry.fields | new) if new else entry


def with_citations(entries: list[Entry], problems: list[Problem]) -> Iterator[Entry]:
    """The entries with `\\cite{key}` in notes as the citation of that work: `Doe and Roe (2020)`.

    Keys that no entry has stay; so do those of hidden entries, which nothing tells of.
    """
    works = {e.key.lower(): e for e in reversed(entries)}
    for entry in entries:
        new = {}
        for name, field in entry.fields.items():
            if "cite" in field.value and "\\" in field.value and name not in _NOT_SHOWN:
                value = _CITE.sub(lambda match: _citation(match, works), field.value)
                new[name] = field._replace(value=value)
                for key in _missing(value, works):
                    message = f"'{name}' of '{entry.key}' cites '{key}', but no entry has this key"
                    hint = "write the key of an entry, or the citation itself"
                    problems.append(entry.problem(name, message, hint, "advice"))
        yield entry._replace(fields=entry.fields | new) if new else entry


def _keys(match: re.Match[str]) -> list[str]:
    return [key.strip() for key in match["keys"].split(",") if key.strip()]


def _missing(value: str, works: Mapping[str, Entry]) -> list[str]:
    return [key for match in _CITE.finditer(value) for key in _keys(match) if key.lower() not in works]


def _citation(match: re.Match[str], works: Mapping[str, Entry]) -> str:
    cited = [works.get(key.lower()) for key in _keys(match)]
    if not cited or any(work is None or work.get("hidden", "embargo") for work in cited):
        return match[0]
    command = match["command"].lower()
    *before, after = ["", *_NOTE.findall(match["notes"])] if match["notes"] else ["", ""]
    parenthetical = command in _IN_PARENTHESES
    parts = [_of_work(work, command, parenthetical) for work in cited if work]
    text = ("; " if parenthetical else ", ").join(parts)
    text = " ".join(filter(None, (before[-1], text)))
    text = f"{text}, {after}" if after else text
    return f"({text})" if parenthetical else text


def _of_work(work: Entry, command: str, parenthetical: bool) -> str:
    """The words of a citation in APA's form: `Doe and Roe (2020)` in a sentence, `Doe & Roe, 2020`."""
    year = str(dates.year(work.get("date", "year")) or "n.d.")
    if command.startswith("citeyear"):
        return f"({year})" if command == "citeyearpar" else year
    title = work.get("title")
    if command == "citetitle":
        return title
    found = names.parse(work.get("author", "editor")) if work.get("author", "editor") else None
    who = _who(found.names, found.and_others, r"\&" if parenthetical else "and") if found else title
    if command == "citeauthor":
        return who
    return f"{who}, {year}" if parenthetical or command in ("citealp", "citealt") else f"{who} ({year})"


def _who(people: tuple[Name, ...], and_others: bool, conjunction: str) -> str:
    families = [escaped(person.literal or person.full_family) for person in people]
    if len(families) > 2 or and_others:
        return f"{families[0]} et al."
    return f" {conjunction} ".join(families)
