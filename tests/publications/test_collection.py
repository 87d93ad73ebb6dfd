"""A collection is read once for the same content."""

from collections.abc import Callable

from homepage.publications import collection
from homepage.publications.collection import Source, read
from support.records import collect

ENTRY = "@article{k, title = {T}, author = {Doe, Jane}, year = 2024, pdf = {x.pdf}}"


def again(
    text: str = ENTRY, find: Callable[[str], str | None] = str, people: str = ""
) -> collection.Collection:
    """Read as a build does."""
    return read([Source("b.bib", text.encode())], Source("p", people.encode()), "", find, True)


def nowhere(_: str) -> None:
    """Find no file."""


def test_the_same_content_is_read_once() -> None:
    assert again() is again()


def test_any_change_is_seen() -> None:
    first = again()
    assert again(ENTRY.replace("{T}", "{U}")).every[0].title.plain == "U"
    assert again(people="Jane Doe: https://example.org").every[0].authors[0].person
    assert first.every[0].links
    missing = again(find=nowhere)
    assert missing.every[0].links == ()
    assert len(missing.problems) == 1
    assert again().every[0].links


def test_an_entry_is_never_lost_between_files() -> None:
    found = read(
        [Source("a.bib", ENTRY.encode()), Source("b.bib", ENTRY.encode())], None, "", str, False
    )
    assert [(p.slug, p.entry.path) for p in found.every] == [("k", "a.bib"), ("k-2", "b.bib")]


def test_a_pattern_names_files_as_in_a_shell() -> None:
    paths = ["bib/b.bib", "bib/a.bib", "bib/._a.bib", "bib/old/c.bib", "bib/.d.bib"]
    assert collection.matching(["bib/*.bib"], paths) == ["bib/a.bib", "bib/b.bib"]
    assert collection.matching(["bib/.d*"], paths) == ["bib/.d.bib"]


def test_who_nobody_names_is_reported_once() -> None:
    text = "".join(
        f"@misc{{k{n}, title = {{T}}, author = {{Doe, Jane}}, year = 2024}}\n" for n in range(9)
    )
    told = [p for p in collect(text, owner="Yuxiang Huang").problems if "Yuxiang Huang" in p.message]
    assert [(p.message, p.line) for p in told] == [("no entry names Yuxiang Huang among its authors", 1)]


def test_an_empty_bibliography_is_no_problem() -> None:
    assert collect("").every == []
    assert collect("").problems == []
