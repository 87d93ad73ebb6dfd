"""JSON-LD says what is known, in schema.org's vocabulary, and breaks out of nothing."""

import json
from typing import Any

import pytest

from homepage.bibtex.entry_types import KNOWN_TYPES
from homepage.formats import schema_org
from homepage.formats.highwire import PageUrls
from homepage.model.publication import Person
from support import vocabulary
from support.generate import bibliography
from support.records import collect, publication

URLS = PageUrls("https://me.example/publications/key/", "https://me.example/paper.pdf")
OWNER = schema_org.Owner(
    Person("Ann Lee", native="李安", also=("A. Lee",), orcid="0000-0002-1825-0097"),
    id="https://me.example/#me",
    url="https://me.example/",
    job_title="Professor",
    affiliation=("Uni",),
    alumni_of=("School", "College"),
    same_as=("https://github.com/ann", "https://me.example"),
    image="https://me.example/me.webp",
)
RICH = r"""title = {A $x^2$ \& b},
author = {Lee, Ann and van der Berg, Jan and {The ATLAS Collaboration}},
editor = {Roe, Jo}, journal = {J. of Things}, booktitle = {Proc. of Things}, school = {Uni},
institution = {Inst}, series = {Ser.}, publisher = {Press}, volume = {3}, number = {4}, pages = {1--9},
date = {2024-07-10}, doi = {10.1000/1}, eprint = {2401.00001}, archiveprefix = {arXiv},
issn = {1234-5678}, isbn = {9780306406157}, abstract = {An abstract.}, keywords = {a; b},
langid = {ngerman}, code = {https://example.org/code}, url = {https://example.org/paper}"""


def node(fields: str = RICH, kind: str = "article", urls: PageUrls = URLS) -> dict[str, Any]:
    return schema_org.work(publication(fields, kind, owner="Ann Lee"), urls, OWNER)


@pytest.mark.parametrize("kind", sorted(KNOWN_TYPES - {"set", "preprint"}))
def test_every_kind_of_work_is_valid(kind: str) -> None:
    found = node(kind=kind)
    assert list(vocabulary.problems(found)) == []
    assert found["name"] == "A x² & b"
    assert len(found["author"]) == 3


def test_an_article_has_its_place_in_the_journal() -> None:
    found = node()
    issue = found["isPartOf"]
    assert (issue["@type"], issue["issueNumber"]) == ("PublicationIssue", "4")
    volume = issue["isPartOf"]
    assert (volume["@type"], volume["volumeNumber"]) == ("PublicationVolume", "3")
    journal = {"@type": "Periodical", "name": "J. of Things", "issn": "1234-5678"}
    assert volume["isPartOf"] == journal
    assert (found["pageStart"], found["pageEnd"]) == ("1", "9")
    assert found["datePublished"] == "2024-07-10"
    assert found["inLanguage"] == "de"
    assert found["encoding"]["contentUrl"] == URLS.pdf
    assert [i["propertyID"] for i in found["identifier"]] == ["DOI", "arXiv"]
    assert found["identifier"][0]["url"] == "https://doi.org/10.1000/1"


@pytest.mark.parametrize(
    ("kind", "type_", "part"),
    [
        ("article", "ScholarlyArticle", "PublicationIssue"),
        ("inproceedings", "ScholarlyArticle", "Book"),
        ("incollection", "Chapter", "Book"),
        ("book", "Book", "BookSeries"),
        ("phdthesis", "Thesis", None),
        ("techreport", "Report", None),
        ("software", "SoftwareSourceCode", None),
        ("dataset", "Dataset", None),
        ("talk", "PresentationDigitalDocument", None),
        ("patent", "CreativeWork", None),
    ],
)
def test_each_kind_has_its_type_and_what_it_is_part_of(kind: str, type_: str, part: str | None) -> None:
    found = node(kind=kind)
    assert found["@type"] == type_
    assert found.get("isPartOf", {}).get("@type") == part


def test_authors_are_who_they_are() -> None:
    people = "Jan van der Berg:\n  url: https://jan.example/\n  orcid: 0000-0002-9079-593X\n"
    work = collect(f"@article{{key, {RICH}}}", "Ann Lee", people).every[0]
    owner, jan, group = schema_org.work(work, URLS, OWNER)["author"]
    about = schema_org.profile(OWNER, "https://me.example/")["mainEntity"]
    assert (owner["@id"], owner["sameAs"]) == (about["@id"], about["sameAs"])
    assert jan["familyName"] == "van der Berg"
    assert jan["url"] == "https://jan.example/"
    assert jan["sameAs"] == ["https://orcid.org/0000-0002-9079-593X", "https://jan.example/"]
    assert group == {"@type": "Organization", "name": "The ATLAS Collaboration"}


def test_names_in_characters_are_persons_and_translators_are_named() -> None:
    fields = "author = {杨, 育伟}, translator = {Bee, Ann}, title = {T}, year = 2024"
    found = schema_org.work(collect(f"@book{{key, {fields}}}").every[0], URLS, OWNER)
    (author,), (translator,) = found["author"], found["translator"]
    assert author == {"@type": "Person", "name": "杨育伟", "givenName": "育伟", "familyName": "杨"}
    assert translator["familyName"] == "Bee"


def test_what_is_not_known_is_not_said() -> None:
    found = node("title = {T}, author = {Roe, Jo}", urls=PageUrls())
    assert found == {
        "@type": "ScholarlyArticle",
        "name": "T",
        "headline": "T",
        "author": [{"@type": "Person", "name": "Jo Roe", "givenName": "Jo", "familyName": "Roe"}],
    }
    assert list(vocabulary.problems(found)) == []


def test_the_home_page_is_about_its_owner() -> None:
    found = schema_org.profile(OWNER, "https://me.example/")
    assert list(vocabulary.problems(found)) == []
    person = found["mainEntity"]
    assert (found["@type"], person["@type"], person["name"]) == ("ProfilePage", "Person", "Ann Lee")
    assert person["alternateName"] == ["李安", "A. Lee"]
    assert [o["name"] for o in person["alumniOf"]] == ["School", "College"]
    assert person["jobTitle"] == "Professor"
    # The site itself, and what differs only in a last slash, says nothing new.
    assert person["sameAs"] == ["https://github.com/ann", "https://orcid.org/0000-0002-1825-0097"]


def test_a_long_list_is_counted_in_full_and_cut() -> None:
    works = [f"https://me.example/publications/{n}/" for n in range(1_000)]
    found = schema_org.collection("Papers", "https://me.example/publications/", works, 1_000)
    assert list(vocabulary.problems(found)) == []
    assert found["mainEntity"]["numberOfItems"] == 1_000
    assert found["mainEntity"]["itemListElement"] == works[:100]
    assert len(schema_org.script(found)) < 10_000


def test_a_list_of_works_without_pages_is_valid() -> None:
    assert list(vocabulary.problems(schema_org.collection("Papers", "", [], 3))) == []


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;/script>", "\u2028"]
)
def test_nothing_breaks_out_of_the_script(text: str) -> None:
    found = {"@type": "Thing", "name": text}
    written = schema_org.script(found)
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written)["name"] == text


def test_a_whole_bibliography_is_valid() -> None:
    works = collect(bibliography(60), "Yuxiang Huang").every
    assert len(works) == 60
    for work in works:
        assert list(vocabulary.problems(schema_org.work(work, URLS, OWNER))) == []


def test_the_validator_finds_slips() -> None:
    wrong = {
        "@type": "ScholarlyArticle",
        "tilte": "x",
        "author": [{"@type": "Book", "name": "x"}],
        "datePublished": "10 July",
        "isPartOf": {"@type": "Jounral"},
        "abstract": "",
    }
    assert len(list(vocabulary.problems(wrong))) == 6
