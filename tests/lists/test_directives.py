"""Comments that look like misspelt directives are reported."""

import pytest

from homepage.lists import directives


@pytest.mark.parametrize(
    ("comment", "meant"),
    [
        ("<!-- publication {group: year} -->", "publications"),
        ("<!-- Publications -->", "publications"),
        ("<!--publcations-->", "publications"),
        ("<!-- timelien -->", "timeline"),
        ("  <!-- profil -->", "profile"),
        ("<!-- newss {limit: 3} -->", "news"),
        ("<!-- timeline -->", ""),
        ("<!-- more -->", ""),
        ("<!-- public -->", ""),
        ("<!-- publications are below -->", None),
        ("<!-- publication list: to do -->", ""),
        ("`<!-- timelien -->`", ""),
        ("```\n<!-- timelien -->\n```", ""),
        ("<!-- hidden:\n<!-- timelien -->\n-->", ""),
    ],
)
def test_a_misspelt_directive_is_reported(comment: str, meant: str | None) -> None:
    _, problems = directives.replace(f"# A\n\n{comment}\n", "a.md", 1, lambda _: "")
    if meant is None:  # a directive whose options cannot be read
        assert "cannot be read" in problems[0].message
        return
    name = comment.strip(" <!->").split(" ")[0]
    said = f"a.md:3: <!-- {name} --> is only a comment, and shows nothing (write <!-- {meant} -->)"
    assert [str(problem) for problem in problems] == [said] * bool(meant)
