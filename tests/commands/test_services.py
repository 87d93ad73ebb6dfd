"""The services themselves, asked for one well-known work each: only where HP_ONLINE=1 wants it.

`make test` never does, so that no test fails for what others change or break.
"""

import os

import pytest

from commands.add import fetching, planning, sources

pytestmark = pytest.mark.skipif(
    os.environ.get("HP_ONLINE") != "1", reason="asks other hosts, which HP_ONLINE=1 allows"
)


@pytest.mark.parametrize(
    ("given", "field", "expected"),
    [
        ("10.1038/nature14539", "doi", "10.1038/nature14539"),  # Crossref, behind doi.org
        ("10.5281/zenodo.1244103", "doi", "10.5281/zenodo.1244103"),  # DataCite, behind it, too
        ("arXiv:1706.03762", "title", "attention is all you need"),
        ("DBLP:conf/nips/VaswaniSPUJGKP17", "title", "attention is all you need"),
        ("2020.acl-main.1", "doi", "10.18653/v1/2020.acl-main.1"),
    ],
)
def test_a_service_has_a_well_known_work(given: str, field: str, expected: str) -> None:
    answer = fetching.fetch(sources.find(given))
    (entry, _), *_ = planning.offered(answer, given).entries
    value = " ".join(entry.get(field).replace("{", "").replace("}", "").lower().split())
    assert expected in value


def test_openalex_knows_the_doi_of_a_pubmed_number() -> None:
    request = sources.find("pmid:26017442")
    onward = sources.follow(request, fetching.fetch(request))
    assert onward.work.lower() == "10.1038/nature14539"
