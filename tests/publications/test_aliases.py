"""Old keys lead to the entries that had them, and what cannot be is told."""

import pytest

from homepage.publications.aliases import find, misnamed_pages
from support.records import collect


def work(key: str, fields: str = "") -> str:
    return f"@article{{{key},\n  title = {{{key}}}, year = 2024,\n  {fields}\n}}\n"


@pytest.mark.parametrize(
    ("bib", "expected"),
    [
        (work("new", "aliases = {old}"), {"old": "new"}),
        (work("new", "aliases = {Old:2023a, other , , }"), {"old-2023a": "new", "other": "new"}),
        (work("new", "ids = {old, zotero-1}"), {"old": "new", "zotero-1": "new"}),
        (work("new", "aliases = {old}, ids = {old}"), {"old": "new"}),
        (work("New", "aliases = {new, NEW}"), {}),
        (work("new", "aliases = {}"), {}),
    ],
)
def test_old_keys_lead_to_their_entry(bib: str, expected: dict[str, str]) -> None:
    every = collect(bib).every
    assert find(every, every) == (expected, [])


def test_versions_and_their_aliases_lead_to_the_work() -> None:
    people = "author = {Doe, Jane}, eprint = {2401.00001}"
    found = collect(
        f"@article{{published, title = {{A}}, journal = {{J}}, year = 2024, {people}}}\n"
        f"@misc{{preprint, title = {{A}}, year = 2023, {people}, aliases = {{draft}}}}",
        merge=True,
    )
    assert [p.key for p in found.shown] == ["published"]
    assert find(found.shown, found.every) == ({"preprint": "published", "draft": "published"}, [])


@pytest.mark.parametrize(
    ("bib", "told"),
    [
        (
            work("a") + work("b", "aliases = {A}"),
            "publications.bib:7: the alias 'A' of 'b' is an address of 'a' already "
            "(delete it in one of the two)",
        ),
        (
            work("a", "aliases = {x}") + work("b", "aliases = {x}"),
            "publications.bib:7: the alias 'x' of 'b' is an address of 'a' already "
            "(delete it in one of the two)",
        ),
    ],
    ids=["another's key", "another's alias"],
)
def test_an_address_has_one_owner(bib: str, told: str) -> None:
    every = collect(bib).every
    result, problems = find(every, every)
    assert [str(p) for p in problems] == [told]
    assert "b" not in result.values()


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("publications/smith-2024.md", ""),
        ("publications/Smith2024.md", "rename the file to smith-2024.md if that is meant"),
        ("publications/Smith:2024.md", "rename the file to smith-2024.md if that is meant"),
        ("publications/old.md", "rename the file to jones.md if that is meant"),
        ("publications/jonse.md", "rename the file to jones.md if that is meant"),
        ("publications/talks.md", ""),
        ("publications/index.md", ""),
        ("publications/jonse/notes.md", ""),
        ("jonse.md", ""),
    ],
)
def test_pages_that_seem_to_be_of_a_publication_are_reported(path: str, hint: str) -> None:
    problems = misnamed_pages([path], {"smith-2024": 1, "jones": 1}, {"old": "jones"}, "docs/")
    assert [(p.path, p.hint) for p in problems] == ([(f"docs/{path}", hint)] if hint else [])
