"""What messages quote of others, and how they name many things."""

from commands.shared.findings import problem
from commands.shared.site import Refusal
from homepage.messages import first_few
from homepage.model.problem import Problem


def test_no_message_steers_a_terminal_or_goes_on_on_another_line() -> None:
    evil = "a\x1b[2Jb\n\x9b1mc\u202ed\u2066e\ufefff"
    clean = r"a[2Jb 1mc\u202ed\u2066ef"
    for said in (
        str(Problem(evil, 1, evil, evil)),
        Problem(evil, 1, evil, evil).line_for_check(),
        str(Refusal(evil)),
        problem(evil, evil, evil).line("links"),
    ):
        assert clean in said
        assert said.isprintable()


def test_the_first_of_many_are_named() -> None:
    assert [first_few("abc"[:n], 2) for n in range(4)] == ["", "a", "a, b", "a, b and 1 more"]
