"""Awards, annotations and additional information: as al-folio's files have them, and safe."""

import pytest

from homepage.common.labels import labels_of
from homepage.pages.fragments import badges, remarks
from homepage.publications.venues import load
from support.records import collect, publication

BASE = "title = {T}, author = {Doe, Jane}, year = 2024"
LABEL = labels_of("en")


def said(fields: str) -> list[str]:
    """The remarks as HTML."""
    return [str(text.html) for text in remarks(publication(f"{BASE}, {fields}"))]


def shown(fields: str, kind: str = "article", venues: str = "") -> list[tuple[str, str]]:
    """Kind and text of each badge."""
    found = badges(publication(f"{BASE}, {fields}", kind), load(venues, "venues.yml")[0], LABEL)
    return [(badge.kind, str(badge.text)) for badge in found]


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("* Equal contribution", "* Equal contribution"),
        (
            ". *More* can be [found here](https://x.org/~me?a=1&b=2)",
            '<em>More</em> can be <a href="https://x.org/~me?a=1&amp;b=2">found here</a>',
        ),
        (", \\emph{Oslo} \\& \\href{https://x.org}{there}",
         '<em>Oslo</em> &amp; <a href="https://x.org">there</a>'),
        ("A **strong** one", "A <strong>strong</strong> one"),
        ("2 * 3 * 4 and a*b*c", "2 * 3 * 4 and a*b*c"),
        ("[bad](javascript:alert)", "bad"),
        ("[a](https://x.org/\"onclick=alert)", '<a href="https://x.org/%22onclick=alert">a</a>'),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[$x^2$](https://x.org)", None),
    ],
)  # fmt: skip
def test_markup_is_understood_and_harmless(written: str, html: str | None) -> None:
    (found,) = said(f"additional_info = {{{written}}}")
    if html is None:  # maths holds tags, so that it is no link
        assert "<math" in found
        assert "<a" not in found
    else:
        assert found == html
    plain = publication(f"{BASE}, additional_info = {{{written}}}").remarks[0].plain
    assert "](" not in plain or html is None


@pytest.mark.parametrize(
    "written", [", ", "\\_eprint: https://nph.example/pdf/10.1111/nph.16927", "_eprint: http://x.org"]
)
def test_what_only_programs_say_is_no_remark(written: str) -> None:
    assert said(f"annotation = {{{written}}}") == []


def test_remarks_are_in_order_and_the_award_comes_first() -> None:
    assert said(
        "additional_info = {Info}, annotation = {Note}, award_name = {Best}, award = {Of all}"
    ) == [
        "Of all",
        "Note",
        "Info",
    ]


@pytest.mark.parametrize(
    ("fields", "badge", "remark"),
    [
        ("award = {Best paper}", "Best paper", []),
        ("award_name = {Best paper}", "Best paper", []),
        ("award = {Best paper}, award_name = {Best paper}", "Best paper", []),
        ("award = {One of 3 of 400}, award_name = {Best}", "Best", ["One of 3 of 400"]),
        ("award = {" + "A long one " * 9 + "}", "Award", [("A long one " * 9).strip()]),
        ("award = {Best \\href{https://x.org}{paper}}", 'Best <a href="https://x.org">paper</a>', []),
        ("award = {A & B < C}", "A &amp; B &lt; C", []),
    ],
)
def test_an_award_is_a_badge_and_its_text_stays_visible(
    fields: str, badge: str, remark: list[str]
) -> None:
    assert shown(fields) == [("award", badge)]
    assert said(fields) == remark


@pytest.mark.parametrize(
    ("fields", "kind", "badge"),
    [
        ("journal = {J}", "article", None),
        ("journal = {J}, pubstate = {published}", "article", None),
        ("journal = {J}, pubstate = {inpress}", "article", "In press"),
        ("journal = {J}, status = {under review}", "article", "Under review"),
        ("status = {preprint}", "misc", "Preprint"),
        # What the citation says already:
        ("journal = {J}, note = {In press}", "article", None),
        ("note = {In submission to EMNLP}, eprint = {2301.00001}", "misc", None),
        ("journal = {J}, note = {Submitted}, status = {under review}", "article", None),
        ("eprint = {2301.00001}, archiveprefix = {arXiv}", "misc", None),
        ("journal = {arXiv preprint}", "article", None),
    ],
)
def test_status_is_a_badge_unless_it_is_said_already(fields: str, kind: str, badge: str | None) -> None:
    assert shown(fields, kind) == ([("status", badge)] if badge else [])


def test_a_year_in_words_says_the_status() -> None:
    (work,) = collect("@article{k, title = {T}, author = {Doe, Jane}, year = {in press}}").every
    assert work.status == "in press"
    assert badges(work, {}, LABEL) == []


def test_a_venue_has_a_badge_only_where_the_entry_says_so() -> None:
    assert shown("journal = {Journal of Things}", venues="Journal of Things: {name: J}") == []
    assert shown("abbr = {ACL \\& co}") == [("venue", "ACL & co")]
    work = publication(f"{BASE}, abbr = {{acl}}")
    (badge,) = badges(work, load("ACL: {name: A, url: 'https://a.org', color: red}", "v")[0], LABEL)
    assert badge == ("venue", "acl", "A", "https://a.org", "hp-venue--acl")


def test_versions_leave_their_award_to_the_work_but_not_their_venue() -> None:
    found = collect(
        f"@inproceedings{{a, {BASE}, booktitle = {{C}}}}\n@misc{{b, {BASE}, eprint = {{2301.00001}}, "
        "abbr = {arXiv}, award = {Best}, preview = {a.png}, annotation = {N}}",
        merge=True,
    )
    (work,) = found.shown
    assert (work.abbr, work.award.plain, work.preview) == ("", "Best", "a.png")
    assert [text.plain for text in work.remarks] == ["N"]
