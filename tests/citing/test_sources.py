"""What a citation says of each kind of work: theses, books, chapters, series, patents, versions.

The forms are APA's (its manual, chapter 10); biblatex-apa's and citeproc's tests have the same cases.
"""

import re

import pytest

from homepage.citing import citation
from homepage.common.labels import labels_of
from support.records import publication

LABEL = labels_of("en")


def cited(kind: str, fields: str) -> str:
    """The citation after `Doe, J. (2020). `, without markup."""
    named = re.findall(r"\b([a-z]+) = ", fields)
    named += ["year"] * ("date" in named or "eventdate" in named) + ["author"] * (
        "editor = {Doe" in fields
    )
    usual = {"author": "{Doe, Jane}", "title": "{T}", "year": "2020"}
    fields += "".join(f", {name} = {value}" for name, value in usual.items() if name not in named)
    work = publication(fields, kind)
    text = citation.sentence(citation.cite(work, LABEL, 10, 6)).striptags()
    return text.removeprefix("Doe, J. (2020). ").removeprefix("Doe, J. ")


THESES = [
    ("thesis", "type = {mathesis}, institution = {U}", "T. Master’s thesis, U."),
    ("thesis", "type = {phdthesis}, institution = {U}", "T. PhD thesis, U."),
    ("thesis", "type = {bathesis}, institution = {U}", "T. Bachelor’s thesis, U."),
    ("thesis", "type = {candthesis}, institution = {U}", "T. Candidate thesis, U."),
    ("thesis", "institution = {U}", "T. Thesis, U."),
    ("phdthesis", "school = {U}", "T. PhD thesis, U."),
    ("phdthesis", "type = {Habilitation}, school = {U}", "T. Habilitation, U."),
    ("phdthesis", "type = {{Ph.D.} Dissertation}, school = {U}", "T. Ph.D. Dissertation, U."),
    ("phdthesis", "type = {PhD}, school = {U}", "T. PhD thesis, U."),
    ("mastersthesis", "type = {MSc thesis}, school = {U}", "T. MSc thesis, U."),
    ("mastersthesis", "type = {Diplomarbeit}, school = {U}", "T. Diplomarbeit, U."),
    ("mastersthesis", "type = {diploma thesis}, school = {U}", "T. Diploma thesis, U."),
    ("mastersthesis", "type = {Masters}, school = {U}", "T. Master’s thesis, U."),
    ("bachelorthesis", "school = {U}", "T. Bachelor’s thesis, U."),
    ("masterthesis", "school = {U}", "T. Master’s thesis, U."),
    ("misc", "type = {Bachelor thesis}, school = {U}", "T. Bachelor thesis, U."),
    ("techreport", "type = {Whitepaper}, institution = {L}, number = 7", "T. Whitepaper 7, L."),
    ("report", "type = {resreport}, institution = {L}", "T. Research report, L."),
]
BOOKS = [
    ("book", "edition = 2, volume = 3, publisher = {P}", "T (2nd ed., Vol. 3). P."),
    ("book", "edition = {Second}, publisher = {P}", "T (2nd ed.). P."),
    ("book", "edition = {3rd edition}, publisher = {P}", "T (3rd ed.). P."),
    ("book", "edition = {11}, publisher = {P}", "T (11th ed.). P."),
    ("book", "edition = {Revised}, publisher = {P}", "T (Revised ed.). P."),
    ("book", "edition = {2. Auflage}, publisher = {P}", "T (2. Auflage). P."),
    ("book", "volume = {1--3}, publisher = {P}", "T (Vols. 1–3). P."),
    ("book", "volumes = 5, publisher = {P}", "T (5 vols.). P."),
    ("book", "volume = 2, part = 1, publisher = {P}", "T (Vol. 2, Part 1). P."),
    ("book", "series = {LNCS}, number = 1234, publisher = {P}", "T (LNCS 1234). P."),
    ("book", "series = {Studies in Y}, number = 14, publisher = {P}", "T (Studies in Y, 14). P."),
    ("book", "series = {Studies in Y}, volume = 14, publisher = {P}", "T (Studies in Y, 14). P."),
    ("book", "series = {Studies in Y}, publisher = {P}", "T (Studies in Y). P."),
    (
        "book",
        "edition = 2, volume = 3, series = {Studies in Y}, number = 14, publisher = {P}",
        "T (2nd ed., Vol. 3) (Studies in Y, 14). P.",
    ),
    ("book", "volume = {t. 2}, publisher = {P}", "T (t. 2). P."),
    ("book", "volume = {II}, publisher = {P}", "T (Vol. II). P."),
    ("book", "title = {A: B and C}, series = {B and C}, publisher = {P}", "A: B and C. P."),
    ("book", "title = {Why?}, edition = 2, publisher = {P}", "Why? (2nd ed.). P."),
    ("book", "title = {T}, booktitle = {T}, publisher = {P}", "T. P."),
    ("book", "title = {T}, booktitle = {{T}!}, publisher = {P}", "T. P."),
    ("book", "pages = {350}, publisher = {P}", "T (350 pp.). P."),
    ("manual", "version = {3.1}, organization = {O}", "T (Version 3.1). O."),
    ("online", "version = {2}, howpublished = {Web}", "T (Version 2). Web."),
    ("book", "maintitle = {Main}, volume = 2, publisher = {P}", "Main. T (Vol. 2). P."),
    ("proceedings", "series = {LNCS}, volume = 12, publisher = {P}", "T (LNCS 12). P."),
]
CHAPTERS = [
    (
        "incollection",
        "booktitle = {Policy}, editor = {Dobb, John and Lee, Kim}, pages = {90--120}, "
        "publisher = {New Press}",
        "T. In J. Dobb & K. Lee (Eds.), Policy (pp. 90-120). New Press.",
    ),
    ("incollection", "booktitle = {B}, editor = {Poe, A}, pages = 7", "T. In A. Poe (Ed.), B (p. 7)."),
    (
        "incollection",
        "booktitle = {B}, editor = {Poe, A and van Dam, Bo C. and King, Jr., M}",
        "T. In A. Poe, B. C. van Dam, & M. King, Jr. (Eds.), B.",
    ),
    (
        "incollection",
        "booktitle = {B}, editor = {Poe, A and others}",
        "T. In A. Poe et al. (Eds.), B.",
    ),
    ("inbook", "booktitle = {B}, bookauthor = {Roe, R and Poe, A}", "T. In R. Roe & A. Poe, B."),
    ("inbook", "booktitle = {B}, bookauthor = {Doe, Jane}", "T. In B."),
    ("incollection", "booktitle = {B}, editor = {{A Team}}", "T. In A Team (Ed.), B."),
    (
        "incollection",
        "booktitle = {B}, editor = {A, A and B, B and C, C and D, D and E, E and F, F and G, G}",
        "T. In A. A et al. (Eds.), B.",
    ),
    (
        "incollection",
        "booktitle = {B}, edition = 2, volume = 3, pages = {1--9}, publisher = {P}",
        "T. In B (2nd ed., Vol. 3, pp. 1-9). P.",
    ),
    (
        "incollection",
        "booktitle = {B}, series = {Studies in Y}, number = 4, pages = {1--9}",
        "T. In B (pp. 1-9) (Studies in Y, 4).",
    ),
    ("inbook", "chapter = {Ch One}, title = {Book}, pages = {1--9}", "Ch One. In Book (pp. 1-9)."),
    ("inbook", "chapter = 3, title = {Book}, pages = {1--9}", "Book (Chapter 3, pp. 1-9)."),
    ("inbook", "chapter = {Chapter 3}, title = {Book}", "Book (Chapter 3)."),
    ("inbook", "title = {A}, booktitle = {Book}, pages = {1--9}", "A. In Book (pp. 1-9)."),
    ("inbook", "title = {A}, booktitle = {A}, pages = {1--9}", "A (pp. 1-9)."),
    ("incollection", "booktitle = {B}, pages = {e12}", "T. In B (p. e12)."),
    ("incollection", "booktitle = {B}, edition = {Revised}", "T. In B (Revised ed.)."),
    ("incollection", "editor = {Doe, Jane}, booktitle = {B}", "(Ed.). (2020). T. In B."),
    (
        "inproceedings",
        "booktitle = {Conf}, series = {LNCS}, volume = 1234, pages = {1--9}",
        "T. Conf (LNCS 1234), 1-9.",
    ),
    (
        "inproceedings",
        "booktitle = {Conf}, series = {LNCS}, number = 9, volume = 2, pages = {1--9}",
        "T. Conf (LNCS 9), 2, 1-9.",
    ),
    (
        "inproceedings",
        "booktitle = {Conf}, series = {KDD '24}, pages = {1--9}",
        "T. Conf, 1-9.",
    ),
    ("inproceedings", "booktitle = {Conf}, series = {KDD '24}, volume = 3", "T. Conf, 3."),
    ("inproceedings", "booktitle = {Conf}, editor = {Poe, A}", "T. Conf."),
]
PATENTS = [
    ("patent", "number = {US Patent 7,123}, assignee = {Acme}", "T. US Patent 7,123, Acme."),
    ("patent", "number = {7,123}, type = {U.S. Patent}", "T. U.S. Patent 7,123."),
    ("patent", "number = {7,123}, type = {patentus}", "T. U.S. patent 7,123."),
    ("patent", "number = {7,123}, type = {US Patent 7,123}", "T. US Patent 7,123."),
    ("patent", "number = {EP1234567B1}, type = {patreqeu}", "T. European patent request EP1234567B1."),
    ("patent", "number = {Patent No. 7}, type = {Patent}", "T. Patent No. 7."),
    ("patent", "number = {7123}, nationality = {German}", "T. German patent 7123."),
    ("patent", "number = {KR7123B1}, nationality = {KR}", "T. Patent KR7123B1."),
    ("patent", "number = {7,123}, note = {US Patent 7,123}", "T. US Patent 7,123."),
    ("patent", "number = {1}, holder = {Acme GmbH and Foo AG}", "T. Patent 1, Acme GmbH & Foo AG."),
    ("patent", "number = {1}, holder = {A and B and C}", "T. Patent 1, A, B & C."),
    ("patent", "number = {US 7,123 B2}, type = {U.S. Patent}", "T. U.S. Patent 7,123 B2."),
    ("patent", "number = {US7123}, type = {patentus}", "T. U.S. patent 7123."),
    ("patent", "note = {US Patent 7,123}", "T. US Patent 7,123."),
    ("patent", "howpublished = {US Patent 7,123}", "T. US Patent 7,123."),
    ("patent", "", "T. Patent."),
]
OTHERS = [
    ("software", "version = {v1.2}, publisher = {Zenodo}", "T. Software, version 1.2, Zenodo."),
    ("dataset", "version = {Version 3}, publisher = {GESIS}", "T. Data set, version 3, GESIS."),
    ("article", "title = {Is it?}, subtitle = {Yes}, journal = {J}", "Is it? Yes. J."),
    (
        "article",
        "title = {It}, subtitle = {Is!}, titleaddon = {Reply}, journal = {J}",
        "It: Is! Reply. J.",
    ),
    (
        "article",
        "journaltitle = {J}, journalsubtitle = {Of S}, volume = 1, issuetitle = {Special}",
        "T. J: Of S, 1. Special.",
    ),
    ("misc", "note = {A note}, addendum = {More}", "T. A note. More."),
    ("misc", "addendum = {Seen at \\url{https://x.example}}", "T. Seen at https://x.example."),
    (
        "periodical",
        "title = {Journal}, issuetitle = {The Issue}, editor = {Doe, Jane}, volume = 3",
        "(Ed.). (2020). The Issue. Journal, 3.",
    ),
    ("book", "origdate = {1870}, publisher = {P}", "T. P. (Original work published 1870)"),
    ("book", "origdate = {-0349}, publisher = {P}", "T. P. (Original work published 350 B.C.E.)"),
    ("book", "year = {[1990] 2002}, publisher = {P}", "(2002). T. P. (Original work published 1990)"),
    ("book", "year = {2002 [1990]}, publisher = {P}", "(2002). T. P. (Original work published 1990)"),
    ("book", "date = {2019/2023}, publisher = {P}", "(2019–2023). T. P."),
    ("book", "year = {2019--2023}, publisher = {P}", "(2019–2023). T. P."),
    ("book", "year = {2019/2020}, publisher = {P}", "(2019/2020). T. P."),
    ("book", "date = {2019/}, publisher = {P}", "(2019–). T. P."),
    ("article", "year = 2020, month = {Fall}, journal = {J}", "T. J."),
    (
        "talk",
        "date = {2020-07-10/2020-07-12}, eventtitle = {Conf}, location = {Bonn}",
        "T. Talk at Conf, Bonn, Jul 10–12, 2020.",
    ),
    (
        "talk",
        "date = {2020}, eventdate = {2020-07-10/2020-07-12}, eventtitle = {Conf}",
        "T. Talk at Conf, Jul 10–12, 2020.",
    ),
    ("talk", "eventdate = {2020-07-10}, eventtitle = {Conf}", "T. Talk at Conf, Jul 10, 2020."),
    ("talk", "year = 2020, month = {Fall}, eventtitle = {Conf}", "T. Talk at Conf, Fall 2020."),
    ("article", "journal = {J}, volume = {n/a}, number = {--}, pages = {TBD}", "T. J."),
]


@pytest.mark.parametrize(("kind", "fields", "expected"), THESES + BOOKS + CHAPTERS + PATENTS + OTHERS)
def test_each_kind_of_work_says_what_it_is(kind: str, fields: str, expected: str) -> None:
    assert cited(kind, fields) == expected


def test_a_new_edition_has_both_years_in_the_text() -> None:
    work = publication("author = {Freud, S}, title = {T}, date = 2010, origdate = 1900", "book")
    assert citation.author_year(work, LABEL) == "Freud, 1900/2010"


def test_nothing_in_front_of_the_book_is_markup() -> None:
    work = publication(
        "title = {T}, author = {A B}, editor = {<b>, <i>}, booktitle = {B}", "incollection"
    )
    assert "<b>" not in citation.sentence(citation.cite(work, LABEL, 10, 6))
