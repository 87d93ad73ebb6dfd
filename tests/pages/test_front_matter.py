"""Front matter that would fill the memory, or that nothing can write."""

import pytest
import yaml

from homepage.common.yaml_files import is_serializable
from homepage.pages import menu
from homepage.pages.front_matter import cleaned, yaml_bomb

NEXT = list(zip("abcdefg", "bcdefgh", strict=True))
BOMB = "a: &a [x, y]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in NEXT)
MERGED = "a: &a {j: 1, k: 2}\n" + "".join(
    f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 10)}]}}\n" for a, b in NEXT
)
UNUSABLE = [
    "&a [*a]",
    "&a {b: *a}",
    "[" * 100 + "]" * 100,
    "0x" + "f" * 5_000,
    "[a, {b: " + "9" * 4_000 + "}]",
    f"[&a '{'x' * 10_000}'{', *a' * 100}]",
]


@pytest.mark.parametrize("written", UNUSABLE)
def test_values_that_cannot_be_written_are_left_out_and_reported(written: str) -> None:
    text = f"---\ntags: [a]\ndescription: {written}\n---\n# T\n"
    meta = yaml.safe_load(text.split("---\n")[1])
    (problem,) = cleaned(meta, text, "docs/x.md")
    assert meta == {"tags": ["a"]}
    assert str(problem).startswith("docs/x.md:3: 'description' is left out")
    assert problem.severity == "error"


def test_what_aliases_stand_for_is_counted() -> None:
    text = f"---\n{BOMB}description: *h\n---\n"
    meta = yaml.safe_load(text.split("---\n")[1])
    problems = cleaned(meta, text, "docs/x.md")
    assert "docs/x.md:10: 'description'" in "\n".join(map(str, problems))
    assert set(meta) == set("abcde"), "what is short stays"


@pytest.mark.parametrize("value", [
    "text", "x" * 100_000, 1984, -1.5, True, None, ["a"] * 1_000, {"a": {"b": [{"c": ["d"]}]}}, 10**50,
])  # fmt: skip
def test_what_people_write_stays(value: object) -> None:
    assert is_serializable(value)
    shared = ["a", "b"]
    assert is_serializable({"one": shared, "other": [shared] * 100})


@pytest.mark.parametrize(
    ("front", "line"),
    [
        (MERGED, 6),
        ("a: &a {<<: *a}\n", 2),
        ("a: &a {b: 1}\nc: {<<: *a, d: 2}\n", 0),
        (f"{BOMB}links: *h\n", 10),
        ("links: [a.md, {b: c.md}]\n", 0),
        (f"{BOMB}tags: *h\n", 0),  # left out later, and the page stays
        ("<<<<: [", 0),
    ],
)
def test_pages_that_cannot_even_be_read_are_left_out(front: str, line: int) -> None:
    problems = yaml_bomb(f"---\n{front}---\nText\n", "docs/x.md")
    assert [problem.line for problem in problems] == [line] * bool(line)


@pytest.mark.parametrize(
    ("front", "line", "told"),
    [
        ("title: T\ndate: 9999-99-99\n", 3, "month must be in 1..12"),
        (f"title: {'9' * 5_000}\n", 2, "Exceeds the limit"),
        ("title: a: b\n", 2, "mapping values are not allowed"),
        ("a: 1\nb: @x\n", 3, "cannot start any token"),
        ("a: !!timestamp x\n", 2, ""),
        ("a: !!bool x\nonly_in_nav: true\n", 2, ""),
        (f"title: {'[' * 20_000}\n", 3, "did not find expected"),
        ("a: !!python/name:os.system\n", 2, "could not determine a constructor"),
    ],
)
def test_front_matter_that_yaml_refuses_is_reported(front: str, line: int, told: str) -> None:
    text = f"---\n{front}---\n# T\n"
    (problem,) = cleaned({}, text, "docs/x.md")
    assert told in problem.message
    assert problem.line == line
    assert not menu.is_only_in_nav(text)


@pytest.mark.parametrize(
    "text", ["# T\n", "---\n---\n", "---\nA rule: and text\n---\n", "---\n- a: b: c\n---\n", ""]
)
def test_other_pages_are_not(text: str) -> None:
    assert cleaned({}, text, "docs/x.md") == []
