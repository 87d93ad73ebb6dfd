"""Hostile files neither hang nor fill the memory: time and memory grow with the file, not faster."""

import json
import os
import re
import subprocess
import sys
import unicodedata
from itertools import cycle, islice

import pytest

from homepage.bibtex.reader import read
from homepage.model.publication import Person
from homepage.people.identity import Directory
from homepage.people.names import parse, parse_one
from homepage.tex.decoder import decode
from homepage.tex.maths import mathml
from support import ROOT

# Reads one file a line (as JSON) from standard input as a build does, and prints how many entries each
# has and the memory that it needs.
READ_ALL = """
import json, resource, sys
from homepage import bibtex, people, tex
from homepage.common import encoding, identifiers
tex.decode("$x$"); people.parse("A B")
for line in sys.stdin:
    data = json.loads(line).encode()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    text, problems = encoding.decode(data, "x.bib")
    library = bibtex.read(text, "x.bib")
    for entry in library.entries:
        for field in entry.fields.values():
            value = field.value
            tex.decode(value, True)
            identifiers.doi(value), identifiers.arxiv(value), identifiers.safe_url(value)
        people.parse(entry.get("author"))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(len(library.entries), (after - before) * 1024 / len(data), flush=True)
"""
SIZE = 100_000  # what is quadratic in this takes minutes, what is linear a second


def read_in_a_process(*texts: str, timeout: int = 120) -> list[tuple[int, float]]:
    """Number of entries of each file, and how often the file's size was needed in memory."""
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL],
        input="".join(json.dumps(text) + "\n" for text in texts).encode(),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        timeout=timeout,
        check=True,
    )
    lines = [line.split() for line in done.stdout.splitlines()]
    return [(int(entries), float(memory)) for entries, memory in lines]


def filled(before: str, unit: str, after: str = "") -> str:
    """The text with as many units in the middle as the size allows."""
    return before + unit * (SIZE // len(unit)) + after


FIELD = "@misc{a, author = {", "}, title = {x}}"
TITLE = "@misc{a, title = {", "}}"
BOMBS = {
    "open braces": filled(*("@misc{a, title = {", "{")),
    "braces": filled("@misc{a, title = {", "{}", "}}"),
    "nested braces": filled("@misc{a, title = ", "{" * SIZE + "}" * SIZE, "}"),
    "closing braces": filled("@misc{a, title = {", "}"),
    "values without an end": filled("@misc{a,\n", "x = {\n"),
    "quotes without an end": filled("@misc{a,\n", 'x = "{\n'),
    "quotes": filled('@misc{a, title = "', '"'),
    "comments without an end": filled("", "@comment{"),
    "preambles without an end": filled("", "@preamble{\n"),
    "macros without an end": filled("", "@string{a = {\n"),
    "macros that double": "@string{a={x}}\n" + filled("", "@string{a=a#a}\n", "@misc{a, t=a}"),
    "records in values": filled("", "@misc{a,\n x={@misc{a,\n"),
    "entries without an end": filled("", "@misc{a,"),
    "entries": filled("", "@misc{a,title={b}}\n"),
    "entries without an @": filled("", "misc{a,\n"),
    "ats": filled("", "@"),
    "blanks": filled("@misc{a, x", " ", "y}"),
    "blank lines": filled("@misc{a, x", "\n", "y}"),
    "blanks behind a brace": filled("@misc{a, x = {y}}", " ", "!"),
    "blanks in an at": filled("@", " ", "misc{a}"),
    "blanks behind a type": filled("@misc", " ", "!"),
    "commas": filled("@misc{a", ",", "}"),
    "equals signs": filled("@misc{a, x", "=", "}"),
    "hashes": filled("@misc{a, x = y", "#", "}"),
    "percent signs": filled("@misc{a,", "%\n", "}"),
    "words": filled("@misc{a, ", "word ", "}"),
    "junk": filled("@misc{a, ", "!{", "}"),
    "dollars": filled(TITLE[0], "$", TITLE[1]),
    "open maths": filled(TITLE[0], "\\(", TITLE[1]),
    "dollars and backslashes": filled(TITLE[0], "$\\", TITLE[1]),
    "fractions": filled(TITLE[0], "$\\frac{$", TITLE[1]),
    "accents": filled(TITLE[0], "\\'{", TITLE[1]),
    "accents on accents": filled(TITLE[0], "\\'", TITLE[1]),
    "links": filled(TITLE[0], "\\href{", TITLE[1]),
    "styles": filled(TITLE[0], "\\emph{", TITLE[1]),
    "indices": filled(TITLE[0], "\\textsuperscript{a", TITLE[1]),
    "switches": filled(TITLE[0], "\\em ", TITLE[1]),
    "tags": filled(TITLE[0], "<i>", TITLE[1]),
    "open tags": filled(TITLE[0], "<i ", TITLE[1]),
    "entities": filled(TITLE[0], "&a", TITLE[1]),
    "escaped tags": filled(TITLE[0], "{\\textless}i", TITLE[1]),
    "DOIs": filled("@misc{a, doi = {", "10.1000/", "}}"),
    "archives": filled("@misc{a, eprint = {", "hep-th/", "}}"),
    "addresses": filled("@misc{a, url = {", "a.", "}}"),
    "ands": filled(FIELD[0], "and ", FIELD[1]),
    "people": filled(FIELD[0], "A. B and ", FIELD[1]),
    "people with braces": filled(FIELD[0], "{A} {\\'e} and ", FIELD[1]),
    "commas between people": filled(FIELD[0], "A. B, ", FIELD[1]),
    "blanks in a name": filled(FIELD[0], "A ", FIELD[1]),
    "particles": filled(FIELD[0], "van ", FIELD[1]),
    "marks": filled(FIELD[0], "*", FIELD[1]),
    "marks in maths": filled(FIELD[0], "$^", FIELD[1]),
    "marks in commands": filled(FIELD[0], "\\textsuperscript{", FIELD[1]),
    "initials": filled(FIELD[0], "A.", FIELD[1]),
    "identifiers of people": filled(FIELD[0], "(0000-", FIELD[1]),
    "bold": filled(FIELD[0], "\\textbf{", FIELD[1]),
    "groups": filled(FIELD[0], "{", FIELD[1]),
    "encoded twice": filled(TITLE[0], "Ã", TITLE[1]),
}  # fmt: skip


def test_no_bomb_hangs() -> None:
    try:
        assert len(read_in_a_process(*BOMBS.values(), timeout=300)) == len(BOMBS)
    except subprocess.TimeoutExpired as late:
        read = (late.stdout or b"").count(b"\n")
        pytest.fail(f"{list(BOMBS)[read]!r} is not read in time", pytrace=False)


def test_ten_megabytes_take_no_more_than_ten_times_their_memory() -> None:
    sentence = islice(cycle(r"On the {DNA} of \'etudes -- a long story & more. ".split(" ")), 150)
    abstract = " ".join(sentence)
    entry = """@article{key%d,
  author = {Zhao, Weilin and M{\\"u}ller, J{\\"u}rgen and Huang, Yuxiang},
  title = {A {Title} of \\emph{some} length},
  journal = {Journal of Entries},
  year = {2024},
  abstract = {%s},
}
"""
    count = 10_000_000 // len(entry % (10_000, abstract))
    data = "".join(entry % (number, abstract) for number in range(count))
    [(entries, memory)] = read_in_a_process(data)
    assert entries == count
    assert memory < 10


@pytest.mark.parametrize("unit", ["{", "a", "\\emph{", "$", "*", "ä"])
def test_a_value_of_megabytes_takes_no_more_than_ten_times_its_memory(unit: str) -> None:
    text = "@misc{a, title = {" + unit * (2_000_000 // len(unit)) + "}}"
    [(entries, memory)] = read_in_a_process(text)
    assert entries == 1
    assert memory < 10


def test_a_hundred_thousand_people_are_read_and_looked_up() -> None:
    field = " and ".join(f"Huang, Yu{number:x}" for number in range(100_000))
    found = parse(field)
    assert len(found.names) == 100_000
    owner = Person("Yuxiang Huang")
    directory = Directory([owner], "", found.names)
    assert [directory.identify(name) for name in found.names] == [None] * 100_000
    assert directory.identify(parse_one("Huang, Y.")) is None
    assert directory.identify(parse_one("Yuxiang Huang")) is owner


def test_problems_are_reported_up_to_a_number_that_somebody_may_read() -> None:
    problems = read("@misc{a, " + "!x, " * 20_000 + "}", "x.bib").problems
    assert 1_000 < len(problems) < 10_000
    assert any(p.message == "there are more problems below" for p in problems)


HTML_TAG = re.compile(r"</?(?:em|strong|code|sup|sub|u|a|span|math|m[a-z]+)(?: [^<>]*)?>")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<i onmouseover="alert(1)">a</i>',
        "<a href='javascript:alert(1)'>a</a>",
        "<svg/onload=alert(1)>",
        "{\\textless}script{\\textgreater}",
        "\\textless{}i onclick=x\\textgreater{}a",
        "&lt;script&gt;",
        "&#60;script&#62;",
        "\\&lt;script\\&gt;",
        "$<script>$",
        "$\\text{<img src=x onerror=alert(1)>}$",
        "\\href{javascript:alert(1)}{a}",
        "\\href{JAVASCRIPT&colon;alert(1)}{a}",
        "\\href{https://x.example/\"onclick=\"alert(1)}{a}",
        "\\url{data:text/html,<script>}",
        "<i",
        "<!--",
        "<![CDATA[",
        "<sup><script></sup>",
        "$_{<b>}$",
    ],
)  # fmt: skip
def test_nothing_in_a_field_runs(source: str) -> None:
    html = str(decode(source, links=True)[0].html)
    assert not re.search("[<>]", HTML_TAG.sub("", html))
    tags = " ".join(HTML_TAG.findall(html))
    assert not re.search(r"\bon\w+\s*=", tags)
    assert not re.search(r"href=\"(?!https://x\.example/)", tags.replace("&colon;", ":")) or (
        'href="JAVASCRIPT&amp;colon;' in html  # an address on this site, as the colon is no colon
    )


STROKE = "\u0338\u0301 tabindex=0 autofocus onfocus=alert(1) x"


@pytest.mark.parametrize(
    "source",
    [STROKE, f"\\emph{{{STROKE}}}", f" {STROKE}\\x", f"\\emph{{a}}{STROKE}", f"\\textsc{{{STROKE}}}",
     f"\\href{{https://x.example/}}{{{STROKE}}}", f"$\\text{{{STROKE}}}$", f"a$b${STROKE}",
     f"$_{{{STROKE}}}$", f"$x${STROKE}", f"<i>{STROKE}</i>{STROKE}", f"a>{STROKE}"],
)  # fmt: skip
def test_no_normalisation_breaks_a_tag(source: str) -> None:
    for markup in (str(decode(source, links=True)[0].html), mathml(source.strip("$"))):
        around = f"<b>{markup}</b>"
        tags = re.findall("<[^<>]*>", around)
        assert re.findall("<[^<>]*>", unicodedata.normalize("NFC", around)) == tags
        assert not re.search("<[^<>]*onfocus", around)


def test_accents_meet_their_letters() -> None:
    text = decode("e\u0301 {e}\u0301 \\'{e} a>\u0338")[0]
    assert (text.plain, str(text.html)) == ("é é é a≯", "é é é a≯")
