"""Versions of one work are one publication; two works stay two."""

import pytest

from support.records import collect

PUBLISHED = """@inproceedings{pub, title = {Deep Learning of Things}, author = {Doe, Jane},
 booktitle = {Conf}, year = 2024, url = {https://example.org/pub}%s}
"""
PREPRINT = """@misc{pre, title = {Deep learning of things}, author = {Doe, J.}, year = 2023,
 eprint = {2301.00001}, archiveprefix = {arXiv}, abstract = {Only here.}%s}
"""


@pytest.mark.parametrize(
    "bibtex",
    [
        pytest.param(PUBLISHED % "" + PREPRINT % "", id="title and first author"),
        pytest.param(PREPRINT % "" + PUBLISHED % "", id="in any order"),
        pytest.param(
            PUBLISHED.replace("of Things", "of Many Things") % ", eprint = {2301.00001v2}"
            + PREPRINT % "",
            id="arXiv identifier, title changed",
        ),
        pytest.param(
            PUBLISHED % ", doi = {10.1000/1}" + PREPRINT % ", doi = {https://doi.org/10.1000/1}",
            id="DOI",
        ),
        pytest.param(
            PUBLISHED.replace("Deep Learning of Things", "Another Name") % ""
            + PREPRINT % ", related = {pub}, relatedtype = {reprintof}",
            id="related",
        ),
    ],
)
def test_a_preprint_and_its_published_version_are_one_publication(bibtex: str) -> None:
    found = collect(bibtex, merge=True)
    assert [p.key for p in found.shown] == ["pub"]
    assert len(found.every) == 2
    leader = found.shown[0]
    assert [v.key for v in leader.versions] == ["pre"]
    assert {"url", "arxiv"} <= {link.kind for link in leader.links}
    assert leader.abstract.plain == "Only here."
    told = [p for p in found.problems if "version of 'pub'" in p.message]
    assert [p.severity for p in told] == ["advice"]
    assert told[0].hint


@pytest.mark.parametrize(
    "bibtex",
    [
        pytest.param(
            PUBLISHED % "" + PUBLISHED.replace("{pub", "{journal").replace("2024", "2025") % "",
            id="a paper and its journal version",
        ),
        pytest.param(PUBLISHED % "" + PREPRINT.replace("Doe, J.", "Roe, J.") % "", id="other author"),
        pytest.param(PUBLISHED % "" + PREPRINT.replace("Doe, J.", "Doe, Kim") % "", id="given name"),
        pytest.param(PUBLISHED % "" + PREPRINT.replace("things", "thinks") % "", id="titles alike"),
        pytest.param(
            PUBLISHED % ", eprint = {solv-int/9901001}, archiveprefix = {arXiv}"
            + PREPRINT.replace("2301.00001", "solv-int/9901002") % "",
            id="archives with a v in their names",
        ),
        pytest.param(
            PUBLISHED % ", eprint = {2302.00002}, archiveprefix = {arXiv}" + PREPRINT % "",
            id="another preprint",
        ),
        pytest.param(
            PUBLISHED % ", doi = {10.1000/1}"
            + PUBLISHED.replace("{pub", "{x").replace("Deep Learning of Things", "Quite Other") %
            ", doi = {10.1000/1}",
            id="a DOI pasted twice",
        ),
        pytest.param(
            PUBLISHED.replace("Things", "Things I") % ", doi = {10.1000/1}"
            + PUBLISHED.replace("{pub", "{x").replace("Things", "Things II") % ", doi = {10.1000/1}",
            id="two parts with the DOI of their proceedings",
        ),
        *(
            pytest.param(
                PUBLISHED.replace("Things", "Things and All") % f", {given} = {{both}}"
                + PUBLISHED.replace("{pub", "{x") % f", {given} = {{both}}"
                + f"@{entry}{{both, title = {{All}}, year = 2024, doi = {{10.1000/1}}}}",
                id=f"two papers with the DOI of their {given}",
            )
            for given, entry in (("crossref", "proceedings"), ("xdata", "xdata"))
        ),
    ],
)  # fmt: skip
def test_two_works_stay_two(bibtex: str) -> None:
    shown = collect(bibtex, merge=True).shown
    assert len([p for p in shown if p.key != "both"]) == 2


def test_three_versions_become_one() -> None:
    third = PREPRINT.replace("{pre", "{draft").replace("2301.00001", "") % ""
    found = collect(PREPRINT % "" + third + PUBLISHED % "", merge=True)
    assert [p.key for p in found.shown] == ["pub"]
    assert {v.key for v in found.shown[0].versions} == {"pre", "draft"}


def test_merging_can_be_switched_off() -> None:
    assert len(collect(PUBLISHED % "" + PREPRINT % "", merge=False).shown) == 2
