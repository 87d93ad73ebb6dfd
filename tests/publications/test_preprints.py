"""Preprints of all fields: the server is named, the paper keeps its own identifiers."""

import pytest

from homepage.publications import preprints
from support.records import collect, publication

BASE = "author = {Doe, Jane}, title = {T}, year = 2024"
# As Zotero, Better BibLaTeX, Google Scholar and publishers write them.
ZOTERO = "publisher = {bioRxiv}, note = {Pages: 2020.01.01.123456\nSection: New Results}"


@pytest.mark.parametrize(
    ("entry", "server"),
    [
        (f"@misc{{k, {BASE}, {ZOTERO}}}", "bioRxiv"),
        (f"@online{{k, {BASE}, eprinttype = {{bioRxiv}}, pubstate = {{prepublished}}}}", "bioRxiv"),
        (f"@misc{{k, {BASE}, doi = {{10.1101/2020.01.01.123456}}}}", "bioRxiv"),
        (
            f"@misc{{k, {BASE}, doi = {{10.1101/123456}}, url = {{https://www.medrxiv.org/x}}}}",
            "medRxiv",
        ),
        (f"@article{{k, {BASE}, doi = {{10.26434/chemrxiv-2021-abc}}}}", "ChemRxiv"),
        (f"@misc{{k, {BASE}, doi = {{10.31234/osf.io/abcde}}}}", "PsyArXiv"),
        (
            f"@techreport{{k, {BASE}, doi = {{10.2139/ssrn.123}}, type = {{SSRN Scholarly Paper}}}}",
            "SSRN",
        ),
        (
            f"@article{{k, {BASE}, journal = {{Available at SSRN 123}}, doi = {{10.2139/ssrn.123}}}}",
            "SSRN",
        ),
        (f"@misc{{k, {BASE}, url = {{https://www.biorxiv.org/content/x}}}}", "bioRxiv"),
        (f"@misc{{k, {BASE}, howpublished = {{OSF Preprints}}}}", "OSF Preprints"),
        (f"@article{{k, {BASE}, journal = {{Genome Research}}, doi = {{10.1101/gr.1234.5}}}}", ""),
        (f"@article{{k, {BASE}, journal = {{Nature}}, doi = {{10.1101/2020.01.01.123456}}}}", ""),
        (f"@article{{k, {BASE}, journal = {{Nature}}, eprinttype = {{bioRxiv}}, eprint = {{1}}}}", ""),
        (f"@misc{{k, {BASE}, howpublished = {{Blog post}}}}", ""),
        (f"@misc{{k, {BASE}, publisher = {{Zenodo}}, doi = {{10.5281/zenodo.12}}}}", ""),
    ],
)
def test_the_server_of_a_preprint_is_known(entry: str, server: str) -> None:
    (work,) = collect(entry).shown
    assert preprints.server(work.entry, work.doi) == server
    if server:
        assert (work.type, work.status, server in work.venue.plain) == ("preprint", "preprint", True)
        assert not work.note
    else:
        assert work.status == "published"


@pytest.mark.parametrize(
    ("doi", "server"),
    [
        ("10.21203/rs.3.rs-1/v1", "Research Square"),
        ("10.20944/preprints202001.0001.v1", "Preprints.org"), ("10.31235/osf.io/a", "SocArXiv"),
        ("10.1002/essoar.10501", "ESS Open Archive"), ("10.1002/anie.2020", ""),
        ("10.64898/2025.12.01.123456", "bioRxiv"), ("10.1101/cshperspect.a1", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_doi_names_the_server(doi: str, server: str) -> None:
    assert preprints.of_doi(doi) == server


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("Pages: 1\nSection: New Results", ""),
        ("arXiv:2401.00001 [cs]", ""),
        ("\\_eprint: https://x.example", ""),
        ("Best paper\nISSN: 1234-5678", "Best paper"),
        ("See pages: 3 to 5", "See pages: 3 to 5"),
        ("To appear", "To appear"),
    ],
)
def test_lines_of_an_export_are_no_note(note: str, left: str) -> None:
    assert publication(f"{BASE}, note = {{{note}}}").note.plain == left


@pytest.mark.parametrize(
    "statement",
    [
        "### Competing Interest Statement\n\nThe authors have none.",
        "Competing Interest Statement The authors have none.",
        "### Funding Statement\n\nNobody.",
    ],
)
def test_an_abstract_ends_before_the_statements(statement: str) -> None:
    work = publication(f"{BASE}, abstract = {{We find it.\n\n{statement}}}")
    assert work.abstract.plain == "We find it."


def test_a_paper_does_not_take_the_identifiers_of_its_preprint() -> None:
    paper = f"@article{{a, {BASE}, journal = {{Molecular Ecology}}}}\n"
    preprint = f"@misc{{p, {BASE}, {ZOTERO}, doi = {{10.1101/2020.01.01.123456}}, code = {{https://c.example}}}}"
    found = collect(paper + preprint, merge=True)
    (work,) = found.shown
    assert (work.key, work.doi) == ("a", "")
    links = [(link.kind, link.url) for link in work.links]
    assert links == [
        ("code", "https://c.example"),
        ("preprint", "https://doi.org/10.1101/2020.01.01.123456"),
    ]
    told = [problem.message for problem in found.problems if "DOI" in problem.message]
    assert told == ["'a' has no DOI of its own: that of another version is not shown for it"]


def test_the_doi_of_arxiv_has_its_identifier() -> None:
    work = publication(f"{BASE}, doi = {{10.48550/arXiv.2401.00001}}", kind="misc")
    assert (work.eprint, work.status) == ("2401.00001", "preprint")
