"""What an entry is shown as, in lists and in the formats of others."""

import pytest

from homepage.formats import references
from support.records import collect, messages, publication

CASES = [  # entry type, its field `type`, what it is shown as, and its type in CSL-JSON and RIS
    ("talk", "", "talk", "speech", "SLIDE"),
    ("presentation", "", "talk", "speech", "SLIDE"),
    ("unpublished", "Invited talk", "talk", "speech", "SLIDE"),
    ("misc", "Keynote", "talk", "speech", "SLIDE"),
    ("misc", "{Invited Talk}", "talk", "speech", "SLIDE"),
    ("thesis", "{M}aster thesis", "mastersthesis", "thesis", "THES"),
    ("poster", "", "poster", "speech", "SLIDE"),
    ("misc", "Conference Poster", "poster", "speech", "SLIDE"),
    ("software", "", "software", "software", "COMP"),
    ("misc", "Computer program", "software", "software", "COMP"),
    ("dataset", "", "dataset", "dataset", "DATA"),
    ("online", "Data set", "dataset", "dataset", "DATA"),
    ("teaching", "", "teaching", "document", "GEN"),
    ("course", "Lecture", "teaching", "document", "GEN"),
    ("thesis", "Master's thesis", "mastersthesis", "thesis", "THES"),
    ("thesis", "", "thesis", "thesis", "THES"),
    ("thesis", "phdthesis", "phdthesis", "thesis", "THES"),
    ("thesis", "mathesis", "mastersthesis", "thesis", "THES"),
    ("thesis", "bathesis", "thesis", "thesis", "THES"),
    ("thesis", "candthesis", "thesis", "thesis", "THES"),
    ("thesis", "Diplomarbeit", "thesis", "thesis", "THES"),
    ("thesis", "MSc thesis", "mastersthesis", "thesis", "THES"),
    ("thesis", "M.A. Thesis", "mastersthesis", "thesis", "THES"),
    ("thesis", "Mémoire de master", "mastersthesis", "thesis", "THES"),
    ("thesis", "Master's dissertation", "mastersthesis", "thesis", "THES"),
    ("thesis", "硕士学位论文", "mastersthesis", "thesis", "THES"),
    ("thesis", "Doctoral dissertation", "phdthesis", "thesis", "THES"),
    ("thesis", "Ph. D. thesis", "phdthesis", "thesis", "THES"),
    ("thesis", "Dissertation", "phdthesis", "thesis", "THES"),
    ("thesis", "Thèse de doctorat", "phdthesis", "thesis", "THES"),
    ("thesis", "Tesi di dottorato", "phdthesis", "thesis", "THES"),
    ("thesis", "博士論文", "phdthesis", "thesis", "THES"),
    ("thesis", "Bachelor's dissertation", "thesis", "thesis", "THES"),
    ("thesis", "Licentiate thesis", "thesis", "thesis", "THES"),
    ("thesis", "Post-doctoral thesis", "thesis", "thesis", "THES"),
    ("phdthesis", "", "phdthesis", "thesis", "THES"),
    ("phdthesis", "Thesis", "phdthesis", "thesis", "THES"),
    ("phdthesis", "{H}abilitation", "thesis", "thesis", "THES"),
    ("mastersthesis", "Bachelor thesis", "thesis", "thesis", "THES"),
    ("misc", "Bachelor thesis", "thesis", "thesis", "THES"),
    ("misc", "Doctoral dissertation", "phdthesis", "thesis", "THES"),
    ("masterthesis", "", "mastersthesis", "thesis", "THES"),
    ("bachelorthesis", "", "thesis", "thesis", "THES"),
    ("dissertation", "", "phdthesis", "thesis", "THES"),
    ("mvbook", "", "book", "book", "BOOK"),
    ("mvproceedings", "", "book", "book", "BOOK"),
    ("suppcollection", "", "incollection", "chapter", "CHAP"),
    ("suppperiodical", "", "article", "article-journal", "JOUR"),
    ("techreport", "Talk", "techreport", "report", "RPRT"),
    ("misc", "A talk about software tests", "misc", "document", "GEN"),
    ("online", "", "misc", "webpage", "ELEC"),
    ("unpublished", "", "misc", "manuscript", "UNPB"),
    ("video", "", "misc", "motion_picture", "VIDEO"),
    ("nothingknown", "", "misc", "document", "GEN"),
]


@pytest.mark.parametrize(("entry_type", "said", "kind", "csl", "ris"), CASES)
def test_entry_is_shown_and_exported_as_what_it_is(
    entry_type: str, said: str, kind: str, csl: str, ris: str
) -> None:
    work = publication(f"title={{T}}, author={{Doe, Jane}}, year=2024, type={{{said}}}", entry_type)
    assert work.type == kind
    assert references.csl_json(work)["type"] == csl
    assert references.ris(work).startswith(f"TY  - {ris}\n")


def test_event_is_in_the_formats_of_others() -> None:
    work = publication(
        "title={T}, author={Doe, Jane}, date={2024-08-12}, eventtitle={Meeting}, location={Bangkok}",
        "talk",
    )
    item = references.csl_json(work)
    assert (item["event"], item["event-title"], item["event-place"]) == ("Meeting", "Meeting", "Bangkok")
    assert "container-title" not in item
    assert "T2  - Meeting\n" in references.ris(work)


def test_types_that_we_know_are_not_told() -> None:
    known = "".join(
        f"@{kind}{{{kind}, title={{T {kind}}}, author={{Doe, Jane}}, year=2024}}\n"
        for kind in ("talk", "presentation", "poster", "software", "dataset", "teaching", "course")
    )
    assert messages(collect(known)) == []
