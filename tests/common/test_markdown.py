"""Code and comments in Markdown: one reader for news, citations and directives."""

import pytest

from homepage.common.markdown import (
    PLUGIN_COMMENTS,
    code_spans,
    comment_problems,
    html_without_comments,
    ignored_spans,
    without_comments,
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a <!-- b --> c", "a  c"),
        ("a\n\n<!--\n## 2024 x\n\n```\ny\n-->\n\nb", "a\n\n\n\n\n\n\n\n\nb"),
        ("<!-- `a` -->b `<!-- c -->`", "b `<!-- c -->`"),
        ("`a <!-- b` --> c", "`a <!-- b` --> c"),
        ("a ` b <!-- c ` d --> e", "a ` b <!-- c ` d --> e"),  # a code span from ` to `
        ("a `` b <!-- c ` d --> e", "a `` b  e"),
        ("```html\n<!-- a -->\n```\n<!-- b -->", "```html\n<!-- a -->\n```\n"),
        ("~~~\n<!-- a\n~~~\nb", "~~~\n<!-- a\n~~~\nb"),
        ("a\n\n    <!-- code -->\n\nb", "a\n\n    <!-- code -->\n\nb"),
        ("- a\n\n    <!-- b -->c\n", "- a\n\n    c\n"),
        ("- a\n\n        <!-- code -->\n", "- a\n\n        <!-- code -->\n"),
        ("<!-- a <!-- b --> c -->d", "d"),
        ("<!-- a <!-- b --> c", " c"),
        ("<!-- a <!-- b --><!-- c", ""),
        ("<!-- a\n\nb", "\n\n"),
        ("<!-->a<!--->b<!-- c --!>d", "abd"),
        ("a --> b <!-- c --> d", "a --> b  d"),
        ("a \\<!-- b -->", "a \\"),  # Markdown does not escape `<`
        ("[//]: # (a [@b])\nc\n[comment]: <> (d)\n[c]: # (kept)", "\nc\n\n[c]: # (kept)"),
        (
            "[_]: https://x.example\n[comment]: a.md\n[#]: #a",
            "[_]: https://x.example\n[comment]: a.md\n[#]: #a",
        ),
        ("<script>\n<!-- a -->\n</script><!-- b -->", "<script>\n<!-- a -->\n</script>"),
        ("<!-- a -->    <!-- b -->\n    c", "    \n    c"),
        ("no comment", "no comment"),
        ("", ""),
    ],
)
def test_comments_are_taken_out_and_code_stays(text: str, left: str) -> None:
    assert without_comments(text) == left
    assert left.count("\n") == text.count("\n"), "problems name lines"


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("<!-- more -->", True),
        ("<!--nav-->", True),
        ("<!-- material/tags { include: [a] } -->", True),
        ("<!-- hp-news-item 3 -->", True),
        ("<!-- not yet -->", False),
        ("<!-- TODO: {a} -->", False),
    ],
)
def test_comments_for_programs_can_be_kept(comment: str, kept: bool) -> None:
    assert without_comments(f"a {comment} b", PLUGIN_COMMENTS) == (f"a {comment} b" if kept else "a  b")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n<!-- b -->\n<!-- c", [6]),
        ("<!-- a\n<!-- b -->\n", [4]),
        ("<!-- a <!-- b --> -->", []),
        ("`<!--` and\n\n```\n<!--\n```", []),
        ("<!-->", []),
    ],
)
def test_comment_that_is_not_closed_is_reported(text: str, lines: list[int]) -> None:
    problems = comment_problems(text, "docs/a.md", 4)
    assert [p.line for p in problems] == lines
    assert all("is not closed" in p.message for p in problems)


def test_code_is_no_comment_and_both_are_ignored() -> None:
    text = "`a` <!-- b --> `c`\n\n```\nd\n```\n"
    assert [text[slice(*span)] for span in code_spans(text)] == ["`a`", "`c`", "```\nd\n```\n"]
    ignored = [text[slice(*span)] for span in ignored_spans(text)]
    assert ignored == ["`a`", "<!-- b -->", "`c`", "```\nd\n```\n"]


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>a<!-- b\n\nc --></p>", "<p>a</p>"),
        ("<script>let a = '<!-- b -->'</script>", "<script>let a = '<!-- b -->'</script>"),
        ("<!-- hp-slot 0 -->", "<!-- hp-slot 0 -->"),
        ("<!--! Icon by somebody, a licence --><svg/>", "<!--! Icon by somebody, a licence --><svg/>"),
        ("<pre>&lt;!-- a --&gt;</pre>", "<pre>&lt;!-- a --&gt;</pre>"),
        ("a<!-- b", "a"),
        ("a<!-->b<!--->c", "abc"),
    ],
)
def test_pages_have_no_comments_but_our_marks_and_licences(html: str, left: str) -> None:
    assert html_without_comments(html) == left
