"""Titles are put together from biblatex's fields, as pandoc joins them for CSL."""

import pytest

from homepage.formats import references
from homepage.formats.highwire import PageUrls, highwire
from support.records import publication


@pytest.mark.parametrize(
    ("kind", "fields", "title", "venue"),
    [
        ("article", "title = {It}, subtitle = {Is}, journal = {J}", "It: Is", "J"),
        ("article", "title = {Is it?}, subtitle = {Yes}, journal = {J}", "Is it? Yes", "J"),
        ("article", "title = {So!}, subtitle = {Yes}, journal = {J}", "So! Yes", "J"),
        ("article", "title = {``Why?''}, subtitle = {Because}, journal = {J}", "“Why?” Because", "J"),
        ("article", "title = {It:}, subtitle = {Is}, journal = {J}", "It: Is", "J"),
        ("article", "title = {{Is} $x?$}, subtitle = {Yes}, journal = {J}", "Is x? Yes", "J"),
        ("article", "title = {It}, titleaddon = {Reply}, journal = {J}", "It. Reply", "J"),
        ("article", "title = {It}, subtitle = {}, journal = {J}", "It", "J"),
        ("article", "title = {T}, journaltitle = {J}, journalsubtitle = {Of S}", "T", "J: Of S"),
        ("article", "title = {T}, journal = {J}, journaltitleaddon = {New}", "T", "J. New"),
        ("book", "title = {T}, maintitle = {Main}, mainsubtitle = {Sub}", "Main: Sub. T", ""),
        ("book", "title = {T}, maintitle = {t}", "T", ""),
        ("incollection", "title = {T}, booktitle = {B}, booksubtitle = {Sub}", "T", "B: Sub"),
        ("incollection", "title = {T}, booktitle = {B}, maintitle = {Main}", "T", "Main. B"),
        ("incollection", "title = {T}, maintitle = {Main}", "T", "Main"),
        ("inproceedings", "title = {T}, booktitle = {B}, booktitleaddon = {Part 2}", "T", "B. Part 2"),
        ("talk", "title = {T}, eventtitle = {Conf}, eventtitleaddon = {Keynote}", "T", "Conf. Keynote"),
        ("inbook", "title = {Book}, chapter = {Chapter One}", "Chapter One", "Book"),
        ("inbook", "title = {Book}, chapter = {IV}", "Book", ""),
        ("inbook", "booktitle = {Book}, chapter = {4}", "Book", ""),
        ("periodical", "title = {Journal}, issuetitle = {Issue}", "Issue", "Journal"),
        ("suppperiodical", "title = {T}, journaltitle = {J}", "T", "J"),
    ],
)
def test_titles_are_whole_for_readers_and_machines(
    kind: str, fields: str, title: str, venue: str
) -> None:
    work = publication(f"{fields}, author = {{Doe, Jane}}, year = 2020", kind)
    assert (work.title.plain, work.venue.plain) == (title, venue)
    assert references.csl_json(work)["title"] == title
    assert ("citation_title", title) in highwire(work, PageUrls())


def test_markup_of_the_parts_stays_and_what_is_no_markup_is_escaped() -> None:
    work = publication(r"title = {\emph{It}}, subtitle = {a < b \& more}, year = 2020")
    assert work.title.html == "<em>It</em>: a &lt; b &amp; more"
