"""A name is somebody only if its whole identity says so."""

import pytest

from homepage.model.problem import Problem
from homepage.model.publication import Person
from homepage.people.identity import Directory
from homepage.people.names import parse_one
from homepage.people.people_file import load

YUXIANG = Person("Yuxiang Huang", native="黄宇翔", also=("Yuxiang Wong",))
BOTH = ["Yuxiang Huang", "Yufei Huang", "Xiangdong Huang"]

# somebody in people.yml, names in the bibliography, names that are this person, names that are not
CASES = {
    "the only Y. Huang": (
        YUXIANG,
        ["Yuxiang Huang", "Xiangdong Huang"],
        ["Huang, Y.", "Y. Huang", "Huang, Yuxiang", "HUANG, YUXIANG", "Huang Yuxiang",
         "Huang, Yu-Xiang", "Yu Xiang Huang", "Huang Yu Xiang", "Y.-X. Huang", "YX Huang", "黄宇翔",
         "黄 宇翔", "黄, 宇翔", "Huang 黄, Yuxiang 宇翔", "{Yuxiang Huang}", r"\textbf{Huang}, Y.",
         "Wong, Yuxiang", "Yuxiang Huang*"],
        ["Xiangdong Huang", "Huang, X.", "Huang", "Yuxiang Wang", "Y. F. Huang", "Yu Huang",
         "黄宇", "{Huang}"],
    ),
    "another Y. Huang": (
        YUXIANG,
        BOTH,
        ["Huang, Yuxiang", "Huang, Y. X.", "Huang Yuxiang"],
        ["Huang, Y.", "Yufei Huang", "Huang, Yufei", "Huang Yufei", "Xiangdong Huang", "Huang, X."],
    ),
    "Yu is not Yue": (Person("Yu Huang"), ["Yue Huang"], ["Yu Huang"], ["Yue Huang", "Huang, Y."]),
    "syllables are not names": (Person("Hua Lian"), [], ["Lian Hua"], ["Anhua Li", "Li Anhua"]),
    "umlauts": (
        Person("Jürgen Müller", also=("Jürgen Meier",)),
        [],
        ["Müller, Jürgen", "Mueller, Juergen", "Muller, Jurgen", "MÜLLER, J.", "Meier, J.",
         r"M{\"u}ller, J{\"u}rgen"],
        ["Jürgen Möller", "Muler, Jurgen"],
    ),
    "a middle name more": (
        Person("Alice Smith"),
        ["Alice B. Smith"],
        ["Alice Smith", "A. Smith", "Alice B. Smith"],
        ["A. B. Smith", "Anna Smith", "Smith"],
    ),
    "a middle name less": (
        Person("Alice B. Smith"),
        ["Alice Smith"],
        ["Alice B. Smith", "Alice Smith", "A. B. Smith", "A. Smith", "Alice Beatrice Smith"],
        ["Alice C. Smith", "A. C. Smith"],
    ),
    "a namesake with another middle name": (
        Person("Alice B. Smith"),
        ["Alice Smith", "Alice C. Smith"],
        ["Alice B. Smith", "A. B. Smith"],
        ["Alice Smith", "A. Smith", "Alice C. Smith", "A. C. Smith"],
    ),
    "two namesakes with middle names": (
        Person("Alice Smith"),
        ["Alice B. Smith", "Alice C. Smith"],
        ["Alice Smith"],
        ["Alice B. Smith", "Alice C. Smith", "A. Smith"],
    ),
    "particles": (
        Person("Ludwig van Beethoven"),
        [],
        ["van Beethoven, L.", "Van Beethoven, Ludwig", "Beethoven, Ludwig van"],
        ["Ludwig Beethoven", "van Beethoven, Karl"],
    ),
    "initials of two letters": (
        Person("Yuri A. Popov"),
        [],
        ["Popov, Yu. A.", r"Popov, {\relax Yu}. A.", r"{\relax Yu}ri A. Popov", "POPOV, YURI A."],
        ["Popov, Ya. A.", "Popov, Yu. B.", "Popov, Zh. A."],
    ),
    "a body": (Person("The ATLAS Collaboration"), [], ["{The ATLAS Collaboration}"], ["{ATLAS}"]),
}  # fmt: skip


@pytest.mark.parametrize(("person", "written", "same", "others"), CASES.values(), ids=CASES)
def test_identities_are_compared_whole(
    person: Person, written: list[str], same: list[str], others: list[str]
) -> None:
    directory = Directory([person], "", [parse_one(name) for name in written])
    assert {name: directory.identify(parse_one(name)) for name in same} == dict.fromkeys(same, person)
    assert {name: directory.identify(parse_one(name)) for name in others} == dict.fromkeys(others)


def test_the_owner_need_not_be_in_the_file() -> None:
    directory = Directory([], "Yuxiang Huang", [parse_one(name) for name in BOTH])
    assert directory.owner is not None
    assert directory.identify(parse_one("Huang, Yuxiang")) is directory.owner
    assert directory.identify(parse_one("Yufei Huang")) is None


def test_the_owner_is_found_in_the_file_in_another_spelling() -> None:
    assert Directory([YUXIANG], "Huang, Yuxiang", []).owner is YUXIANG


def test_people_are_read_with_their_lines() -> None:
    people, problems = load(
        "Ann Lee: https://ann.example\n"
        "Bo Ek:\n  native: 王\n  also: [B. Ek]\n  url: bo.example\n"
        "Cy Orr:\n  orcid: https://orcid.org/0000-0002-1825-0097\n  links: https://cy.example/\n",
        "people.yml",
    )
    assert problems == []
    assert people == [
        Person("Ann Lee", url="https://ann.example", line=1),
        Person("Bo Ek", native="王", also=("B. Ek",), url="https://bo.example", line=2),
        Person(
            "Cy Orr",
            url="https://orcid.org/0000-0002-1825-0097",
            line=6,
            orcid="0000-0002-1825-0097",
            links=("https://cy.example/",),
        ),
    ]


HINT = "write 'Given Family: https://…' or the fields native, also, url, orcid and links below the name"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Ann Lee: javascript:alert(1)", 1, "the address of Ann Lee is not safe: javascript:alert(1)"),
        ("Ann Lee:\n  links: [data:x]", 1, "the address of Ann Lee is not safe: data:x"),
        (
            "Ann Lee:\n  orcid: 0000-0002-1825-0098",
            1,
            "'0000-0002-1825-0098' of Ann Lee is not an ORCID iD",
        ),
        ("Ann Lee:\n  web: x", 2, "'web' of Ann Lee is not known"),
        ("Ann Lee: [a]", 1, "Ann Lee has a list where fields belong"),
        ("- Ann Lee", 1, "the file is not a mapping from names to people"),
        ("a: b: c", 1, "not valid YAML: mapping values are not allowed here"),
    ],
)
def test_what_people_cannot_mean_is_reported(text: str, line: int, message: str) -> None:
    _, problems = load(text, "people.yml")
    assert len(problems) == 1
    assert problems[0] == Problem("people.yml", line, message, problems[0].hint, problems[0].severity)
    orcid_hint = "it looks like 0000-0002-1825-0097; check it"
    assert problems[0].hint in (HINT, "use https://", orcid_hint)


def test_an_empty_file_of_people_is_fine() -> None:
    assert load("", "people.yml") == ([], [])


@pytest.mark.parametrize(
    "text",
    ["[" * 3000, "{[x]: y}", "{? {a: b} : y}", 'A: "\\UFFFFFFFF"', "A: &a {also: *a}", "A: {[x]: y}"],
)  # fmt: skip
def test_hostile_yaml_is_reported_or_left_out(text: str) -> None:
    people, problems = load(text, "x")
    assert len(people) <= 1
    assert people == [] or people[0].also == ()
    assert problems or people


def test_only_scalars_are_names_and_surrogates_are_none() -> None:
    text = 'j: &j {url: x}\nX: {also: [*j, z], url: "https://x.example/\\ud800", native: "\\ud800"}'
    person = load(text, "x")[0][1]
    assert (person.also, person.url, person.native) == (("z",), "https://x.example/?", "?")
