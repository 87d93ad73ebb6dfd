"""Characters that make a text look like another one reach neither pages nor terminals."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from homepage import invisible_characters
from homepage.citing import citation
from homepage.common import encoding, labels
from homepage.messages import lines, printable
from homepage.model.problem import Problem
from homepage.news import items
from homepage.people import people_file
from homepage.publications import venues
from support.records import collect, written

CONTROLS = [*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))]
OTHERS = ["\u206a", "\u206f", "\ufff9", "\U000e0041", "\U000e007f"]
HIDDEN = re.compile("[\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]")
FLAG = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


@pytest.mark.parametrize("char", [*CONTROLS, *OTHERS], ids=ascii)
def test_each_is_left_out_and_reported_with_its_line(char: str) -> None:
    number = ord(char)
    ways = (char, f"&#{number};", f"&#x{number:x};", f"&#X000{number:X};", f"\\&#{number};", char * 3)
    for way in ways:
        text, problems = encoding.decode(f"a\nb{way}c\n".encode(), "docs/x.bib")
        assert text == "a\nbc\n"
        assert [(p.path, p.line, p.severity) for p in problems] == [("docs/x.bib", 2, "warning")]
        assert f"U+{number:04X}" in problems[0].message
    assert printable(f"a{char}b") == f"a{ascii(char)[1:-1]}b"


@pytest.mark.parametrize(
    "text",
    ["שלום \u200fעולם\u200e!", "\u061cالعربية", "می\u200cخواهم", "👩\u200d🔬", f"{FLAG} Scotland",
     "&#233; &#8212;", "&#82380;", "&#x202ee;", "a\u00adb", "葛\U000e0100"],
)  # fmt: skip
def test_what_scripts_and_signs_need_stays(text: str) -> None:
    assert encoding.decode(text.encode(), "x") == (text, [])
    assert invisible_characters.remove_invisible(text) == text


def test_separators_of_lines_are_blanks() -> None:
    assert encoding.decode("a\u2028b\u2029c".encode(), "x") == ("a b c", [])


def test_only_some_lines_of_many_are_reported() -> None:
    assert len(encoding.decode(("\u202e\n" * 100_000).encode(), "x")[1]) == 20


@pytest.mark.parametrize(
    "evil",
    ["\u202e", "\u2067", "&#8238;", "&#x202E;", "{\\&}#8238;", "\\&#8238;", "&#8&#8238;238;",
     "\\emph{\u202e}", "$\\text{&#8238;}$", "\\url{https://x.example/\u202e}"],
)  # fmt: skip
def test_no_field_of_an_entry_brings_one_to_readers(evil: str) -> None:
    names = "title journal note abstract keywords annotation award abbr volume pages doi url".split()
    fields = "".join(f"{name} = {{1{evil}2}},\n" for name in names)
    key = f"a{evil}b" if len(evil) == 1 else "ab"
    bib = f"@article{{{key}, author = {{Doe{evil}, Jane}}, {fields} year = 2024}}"
    (work,) = collect(bib).every
    shown = [work.slug, work.key, work.title.html, work.note.html, work.abstract.html, work.abbr]
    shown += [str(author.name) for author in work.authors] + [*work.keywords, work.doi]
    shown += [citation.plain(citation.apa(work, labels.labels_of("en")), work.title)]
    shown += [written(kind, [work]) for kind in ("bibtex", "csl-json", "ris")]
    assert not HIDDEN.search("".join(map(str, shown)))


def test_escapes_of_yaml_are_left_out_and_reported() -> None:
    text = 'Jane Doe:\n  also: ["J.\\u202e Doe", "\\U000E0041x"]\n  native: "\\u2066\\u2069"\n'
    found, problems = people_file.load(text, "people.yml")
    assert found[0].also == ("J. Doe", "x")
    assert found[0].native == ""
    assert [(p.line, "left out" in p.message) for p in problems] == [(2, True), (2, True), (3, True)]
    known, problems = venues.load('"CO\\u202eLM": {name: "\\u2067Conference"}\n', "venues.yml")
    assert [(v.abbr, v.name) for v in known.values()] == [("COLM", "Conference")]
    assert len(problems) == 2
    assert (
        people_file.load("'a\\u202e b': https://x.example\n", "people.yml")[1] == []
    )  # no escape there


def test_news_have_none() -> None:
    text = "# News\n\n## \u202e2024-07-10 A &#8238;title\n\nBo\u2067dy\n\n## 2024-01 Fine\n"
    page, problems = items.parse(text, "docs/news.md", 5)
    assert page.items[0].date.iso() == "2024-07-10"
    assert [(item.title, item.body) for item in page.items] == [("A title", "Body"), ("Fine", "")]
    assert [(p.path, p.line) for p in problems] == [("docs/news.md", 7), ("docs/news.md", 9)]


def test_terminals_show_them_as_escapes() -> None:
    evil = "a\u202eb\u2069\x1b[2J"
    assert str(Problem("x.bib", 1, evil, evil)) == r"x.bib:1: a\u202eb\u2069[2J (a\u202eb\u2069[2J)"
    assert lines(f"{{\n\t{evil}\n}}") == "{\n\ta\\u202eb\\u2069[2J\n}"


def test_commands_print_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    evil = "@article{a\u202eb, title = {A \u2067title}, author = {Doe, Jane}, yaer = {x\u202e}}\n"
    Path("\u202ex.bib").write_text(evil, encoding="utf-8")
    for args, pasted in (
        (["check", "\u202ex.bib"], ""),
        (["export", "--format", "bibtex", "\u202ex.bib"], ""),
        (["add", "-", "--file", "new.bib", "--yes"], evil),
    ):
        said = CliRunner().invoke(cli.main, args, input=pasted).output
        assert "title" in said or "U+202E" in said
        assert not HIDDEN.search(said)
    assert not HIDDEN.search(Path("new.bib").read_text(encoding="utf-8"))
