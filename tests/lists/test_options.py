"""The options of directives: what may be written, what it means, and what is said of the rest."""

import dataclasses

import pytest

from homepage.lists.directives import parse_options
from homepage.lists.options import ListOptions, NewsOptions, Years

READ = {
    "": {},
    "{}": {},
    "{year: 2024}": {"year": (Years(2024, 2024),)},
    "{year: 2020-2024}": {"year": (Years(2020, 2024),)},
    "{year: '2020 – 2024'}": {"year": (Years(2020, 2024),)},
    "{year: 2020-}": {"year": (Years(2020, 9999),)},
    "{year: -2019}": {"year": (Years(0, 2019),)},
    "{year: [2012, 2020-]}": {"year": (Years(2012, 2012), Years(2020, 9999))},
    "{type: article}": {"type": ("article",)},
    "{type: [article, Talk]}": {"type": ("article", "Talk")},
    "{keyword: yes}": {"keyword": ("yes",)},  # YAML would make other things of these
    "{keyword: [007, 1e3, 2024-01-01, null]}": {"keyword": ("007", "1e3", "2024-01-01", "null")},
    "{keys: [DBLP:conf/x/y, 1+1>2]}": {"keys": ("DBLP:conf/x/y", "1+1>2")},
    "{author: 'Smith, Ann'}": {"author": ("Smith, Ann",)},
    "{role: [first, equal]}": {"role": ("first", "equal")},
    "{selected: yes}": {"selected": True},
    "{selected: False}": {"selected": False},
    "{statistics: true, limit: 0}": {"statistics": True, "limit": 0},
    "{group: topic, sort: oldest}": {"group": "topic", "sort": "oldest"},
    "group: year": {"group": "year"},
}
WRONG = {
    "{year: 2024-2020}": "'year' of 'publications' cannot be '2024-2020' (write 2024, 2020-2024,",
    "{year: 2020-12}": "cannot be '2020-12'",
    "{year: 2024-01-01}": "cannot be '2024-01-01'",
    "{year: '-'}": "cannot be '-'",
    "{year: [2024, soon]}": "cannot be '2024, soon'",
    "{year: {from: 2020}}": "cannot be '…'",
    "{type: []}": "'type' of 'publications' cannot be '' (write a text, or a list: [one, other])",
    "{type: [[a]]}": "cannot be '…'",
    "{keyword: ''}": "'keyword' of 'publications' cannot be ''",
    "{role: middle}": "(write one or several of first, last, corresponding, equal)",
    "{sort: date}": "(write newest or oldest or title or author or venue or file)",
    "{sort: [title]}": "'sort' of 'publications' cannot be 'title'",
    "{selected: }": "(write true or false)",
    "{limit: 1.5}": "(write a number)",
    "{author: Smith, Ann}": "'publications' has no option 'Ann'",
    "{[a]: b}": "cannot be read",
    "[group, year]": "cannot be read",
    "{a: &a [x, x], b: &b [*a, *a], c: [*b, *b]}": "has no option 'a'",
    "{year: [&a [x, x], [*a, *a]]}": "cannot be '…, …'",
}


@pytest.mark.parametrize("text", READ)
def test_option_is_read_as_it_is_meant(text: str) -> None:
    options, problems = parse_options("publications", text, "x.md", 3)
    assert problems == []
    assert options == dataclasses.replace(ListOptions(), **READ[text])  # type: ignore[arg-type]


@pytest.mark.parametrize("text", WRONG)
def test_wrong_option_is_reported_and_left_out(text: str) -> None:
    options, problems = parse_options("publications", text, "x.md", 3)
    assert str(problems[0]).startswith("x.md:3: ")
    assert WRONG[text] in str(problems[0])
    assert "write" in problems[0].hint
    kept = {"author": ("Smith",)} if "Ann" in text else {}
    assert options == dataclasses.replace(ListOptions(), **kept)  # type: ignore[arg-type]


def test_news_has_options_of_its_own() -> None:
    assert parse_options("news", "{limit: 3}", "x.md", 1) == (NewsOptions(limit=3), [])
    options, (problem,) = parse_options("news", "{group: year}", "x.md", 1)
    assert options == NewsOptions()
    assert str(problem) == "x.md:1: 'news' has no option 'group' (write one of limit)"
