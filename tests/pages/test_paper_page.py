"""The page of a publication, in whole built sites: all that is known, around what its owner writes."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote
from xml.etree.ElementTree import Element, tostring

import jsonschema
import pytest
from bibtexparser.entrypoint import parse_string

from homepage.citing import citation
from homepage.common import labels
from homepage.formats import exports
from homepage.pages import paper_page
from support import Built, pages
from support.csl_schema import SCHEMA
from support.paper_site import FILES, SETTINGS
from support.records import collect, publication

LABEL = labels.labels_of("en")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("papers"), FILES, SETTINGS)


def page(site: Built, slug: str) -> Element:
    return pages.article(site.read(f"publications/{slug}/index.html"))


def headings(element: Element) -> list[tuple[str, str]]:
    return [(e.tag, pages.text(e)) for e in element.iter() if re.fullmatch("h[1-6]", e.tag)]


def facts(element: Element) -> dict[str, str]:
    (found,) = pages.classed(element, "hp-paper__facts")
    return {pages.text(pair[0]): pages.text(pair[1]) for pair in found}


def test_page_is_as_it_was_meant(site: Built, golden: Callable[[str, str], None]) -> None:
    html = site.read("publications/rich-2024/index.html")
    start, end = html.index('<div class="hp-paper">'), html.index("</article>")
    golden("paper.html", html[start:end].strip() + "\n")


def test_everything_that_is_known_is_reported(site: Built) -> None:
    assert facts(page(site, "rich-2024")) == {
        "Published in": "Journal of Things, 3(2), 10-20",
        "Date": "Jul 10, 2024",
        "Type": "Journal article",
        "Publisher": "A & B",
        "DOI": "10.1000/182",
        "ISBN": "9783161484100",
        "ISSN": "1234-5679",
        "PMID": "12345678",
        "PMCID": "PMC123",
        "Topics": "Speed, Élan",
    }
    assert facts(page(site, "bare")) == {}


def test_every_author_is_named_with_link_and_mark(site: Built) -> None:
    (people,) = pages.classed(page(site, "rich-2024"), "hp-paper__authors")
    assert pages.text(people) == "Yuxiang Huang*, Weilin Zhao*, Aäron van den Oord†"
    assert [pages.text(e) for e in people.iter("strong")] == ["Yuxiang Huang"]
    assert pages.hrefs(people) == ["https://example.org/zhao"]
    (editors,) = pages.classed(page(site, "headed"), "hp-paper__authors")
    assert pages.text(editors) == "Yuxiang Huang, Jane Doe (Eds.)"


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "rich-2024",
            [("h1", "A rich paper on x2 & more"), ("h2", "Abstract"), ("h2", "Versions"), ("h2", "Cite"),
             ("h2", "Related papers")],
        ),
        (
            "prose",
            [("h1", "With prose"), ("h2", "A part of it"), ("h2", "Cite"), ("h2", "Related papers")],
        ),
        ("headed", [("h1", "My heading"), ("h2", "Cite"), ("h2", "Related papers")]),
        ("bare", [("h1", "Only a title"), ("h2", "Cite")]),
    ],
)  # fmt: skip
def test_headings_are_in_order(site: Built, slug: str, expected: list[tuple[str, str]]) -> None:
    assert headings(page(site, slug)) == expected


def test_links_of_a_paper_do_not_repeat_its_title(site: Built) -> None:
    (links,) = pages.classed(
        pages.article(site.read("publications/rich-2024/index.html")), "hp-pub__links"
    )
    names = [pages.text(link) for link in links.iter("a")]
    assert "Slides" in names
    assert "Code (on another site)" in names


def test_a_citation_ends_in_the_doi_though_there_is_another_address() -> None:
    both = publication("title = {T}, url = {https://example.org/t}, doi = {10.1000/182}, year = 2024")
    assert paper_page.cited_address(both) == "https://doi.org/10.1000/182"
    one = publication("title = {T}, url = {https://example.org/t}, year = 2024")
    assert paper_page.cited_address(one) == "https://example.org/t"


def test_prose_stands_between_facts_and_citations_in_contents_and_in_search(site: Built) -> None:
    shown = pages.text(page(site, "prose"))
    order = ["With prose", "Yuxiang Huang", "Proceedings", "Some prose on (Huang et al., 2024)", "Cite"]
    assert sorted(order, key=shown.index) == order
    whole = pages.parse(site.read("publications/prose/index.html"))
    contents = [pages.text(nav) for nav in pages.classed(whole, "md-nav--secondary")]
    assert any("A part of it" in text for text in contents)
    index = {d["location"]: d["text"] for d in json.loads(site.read("search/search_index.json"))["docs"]}
    assert "Some prose" in index["publications/prose/"]
    assert "More." in index["publications/prose/#a-part-of-it"]
    assert "Proceedings" in index["publications/prose/"]
    assert not [
        text for text in index.values() if "@article" in text or "TY - " in text or "Newer" in text
    ]


def test_owners_heading_title_and_description_take_the_place_of_ours(site: Built) -> None:
    whole = pages.parse(site.read("publications/headed/index.html"))
    (title,) = [e for e in whole.iter("title") if "-" in (e.text or "")]
    assert (title.text or "").startswith("My title - ")
    assert [e.get("content") for e in whole.iter("meta") if e.get("name") == "description"] == [
        "My words"
    ]
    assert [e.get("src") for e in page(site, "headed").iter("img")] == ["a.png"]
    assert "../headed/" in pages.hrefs(page(site, "prose"))


def test_description_is_the_start_of_the_abstract(site: Built) -> None:
    whole = pages.parse(site.read("publications/rich-2024/index.html"))
    (description,) = [e.get("content", "") for e in whole.iter("meta") if e.get("name") == "description"]
    assert description.startswith("We show that 5% of all things are less than others, ")
    assert description.endswith("…")
    assert 120 < len(description) <= 160


def test_versions_say_what_they_are(site: Built) -> None:
    shown = [pages.text(li) for li in page(site, "rich-2024").iter("li")]
    assert "Published version, Journal of Things, Jul 10, 2024" in shown
    assert "Preprint, arXiv:2301.00001, 2023" in shown


def test_neighbours_and_related_works_are_links(site: Built) -> None:
    prose = page(site, "prose")
    ways = {a.get("rel", ""): a.get("href") for a in pages.classed(prose, "hp-paper__ways")[0].iter("a")}
    assert ways == {"prev": "../rich-2024/", "next": "../headed/", "": "../#prose"}
    related = [pages.text(li) for li in page(site, "headed").iter("li")]
    assert related == ["A rich paper on x2 & more (Huang et al., 2024)", "With prose (Huang, 2022)"]


@pytest.mark.parametrize("slug", ["rich-2024", "prose", "headed", "bare"])
def test_what_is_downloaded_is_what_is_shown_and_others_read_it(site: Built, slug: str) -> None:
    article = page(site, slug)
    files = {}
    for link in pages.classed(article, "hp-way__file"):
        name, address = link.get("download", ""), link.get("href", "")
        assert name.startswith(f"{slug}.")
        ending = name.removeprefix(f"{slug}.")
        files[ending] = unquote(address.partition(",")[2])
        code = pages.with_id(article, f"cite-{ending}")
        assert "".join(code.itertext()) == files[ending]
    assert files.keys() == {"bib", "ris", "json"}
    library = parse_string(files["bib"])
    assert (len(library.entries), library.failed_blocks) == (1, [])
    assert not {"aliases", "code", "slides"} & library.entries[0].fields_dict.keys()
    jsonschema.validate(json.loads(files["json"]), SCHEMA)
    lines = files["ris"].splitlines()
    assert lines[0].startswith("TY  - ")
    assert lines[-1] == "ER  - "
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)


def test_styles_of_the_settings_stand_beside_ours(site: Built) -> None:
    names = [pages.text(e) for e in page(site, "rich-2024").iter("summary")]
    assert names[0] == "APA"
    assert names[1].startswith("IEEE")
    assert names[2:] == ["BibTeX", "RIS", "CSL-JSON"]
    assert "Y. Huang, W. Zhao, and A. van den Oord, “A rich paper" in pages.text(page(site, "rich-2024"))


@pytest.mark.parametrize("old", ["old-key", "older-key", "preprint"])
def test_old_addresses_lead_to_the_page(site: Built, old: str) -> None:
    tree = pages.parse(site.read(f"publications/{old}/index.html"))
    metas = {e.get("http-equiv") or e.get("name"): e.get("content") for e in tree.iter("meta")}
    assert metas["refresh"] == "0; url=../rich-2024/"
    assert metas["robots"] == "noindex"
    canonical = [e.get("href") for e in tree.iter("link") if e.get("rel") == "canonical"]
    assert canonical == ["https://example.org/sub/publications/rich-2024/"]
    assert pages.hrefs(tree) == ["../rich-2024/"]
    assert old not in site.read("sitemap.xml")
    assert f"publications/{old}" not in site.read("search/search_index.json")
    assert old in pages.ids(pages.article(site.read("publications/index.html"))), "in the list, too"


def test_old_keys_still_cite(site: Built) -> None:
    assert pages.hrefs(pages.article(site.read("index.html"))) == ["publications/rich-2024/"]


def test_slips_are_reported_and_pages_of_the_owners_stay(
    make_site: Callable[..., Built],
) -> None:
    entry = "@misc{{{0}, title = {{{0}}}, year = 2024, aliases = {{{1}}}}}\n"
    site = make_site(
        {
            "publications.bib": entry.format("smith2024", "mine, jones") + entry.format("jones", ""),
            "publications/mine.md": "# Mine\n",
            "publications/smyth2024.md": "# Lost\n",
        },
        {"extra": {"homepage": {"csl_styles": ["ieee", "iee"]}}},
        strict=False,
    )
    told = sorted(pages.warnings(site.log))
    assert [line.partition(" (")[0] for line in told] == [
        "docs/publications.bib:1: the alias 'jones' of 'smith2024' is an address of 'jones' already",
        "docs/publications/mine.md:0: 'mine' is not a publication, so this page has none",
        "docs/publications/smyth2024.md:0: 'smyth2024' is not a publication, so this page has none",
        told[-1].partition(" (")[0],
    ]
    assert re.match(r"mkdocs.yml:\d+: the style 'iee' in csl_styles was not found", told[-1])
    assert "Mine" in site.read("publications/mine/index.html")
    assert [line for line in told if "smith2024.md" in line]


def test_settings_are_not_taken_for_the_address_of_the_logo(site: Built) -> None:
    logos = pages.classed(pages.parse(site.read("publications/bare/index.html")), "md-logo")
    assert {logo.get("href") for logo in logos} == {"../.."}


# -- without a build ------------------------------------------------------------


def test_long_lists_of_authors_are_cut_as_apa_cuts_them() -> None:
    def cited(count: int) -> str:
        people = " and ".join(f"Doe{chr(97 + n)}, Jane" for n in range(count))
        work = publication(f"title = {{T}}, author = {{{people}}}")
        return citation.plain(citation.apa(work, LABEL), work.title)

    assert cited(20).count("Doe") == 20
    assert ", & Doet, J. (n.d.). T." in cited(20)
    assert cited(21).count("Doe") == 20
    assert "Does, J., … Doeu, J. (n.d.). T." in cited(21)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("title = {T}, abstract = {Short   abstract}", "Short abstract"),
        (
            "title = {T $x<y$}, author = {Doe, J\\'an}, year = 2024, journal = {J}",
            "Doe, J. (2024). T x<y. J.",
        ),
        ("title = {On $x^2$}, author = {Doe, Jan}, year = 2024", "Doe, J. (2024). On x²."),
        ("title = {T}", "T. (n.d.)."),
        (f"title = {{T}}, abstract = {{{'字' * 300}}}", "字" * 159 + "…"),
        (f"title = {{T}}, abstract = {{{'word ' * 80}}}", "word " * 31 + "word…"),
    ],
)
def test_description(fields: str, expected: str) -> None:
    assert paper_page.description(publication(fields), LABEL) == expected


def test_a_version_without_an_address_of_its_own_has_none() -> None:
    people = "author = {Doe, Jane}"
    (work,) = collect(
        f"@article{{a, title = {{Same}}, journal = {{J}}, year = 2024, {people}}}\n"
        f"@misc{{b, title = {{Same}}, year = 2023, eprint = {{2301.00001}}, {people}}}",
        merge=True,
    ).shown
    assert [(v.kind, v.url) for v in paper_page.versions(work, LABEL)] == [
        ("Published version", ""),
        ("Preprint", "https://arxiv.org/abs/2301.00001"),
    ]


@pytest.mark.parametrize("text", ["100% <b>&\"'</b> #1 {x}", "ä 字\u3000x", "a?b=c&d;e,f^`|[]"])
def test_addresses_of_downloads_hold_any_text(text: str, tmp_path: Path) -> None:
    work = publication(f"title = {{T}}, note = {{{text}}}")
    files = {kind: exports.save(kind, [work], tmp_path / kind) for kind in exports.KINDS}
    found = paper_page.work_exports(work.slug, files)
    assert [e.ending for e in found] == ["bib", "ris", "json"]
    held = unquote(found[0].url.partition(",")[2])
    assert held == found[0].html.unescape()
    assert f"note = {{{text}}}" in held
    for export in found:
        assert not re.search(r"[ \t\n\"<>#{}\\^`|\[\]]", export.url)
        assert "<" not in export.html


def test_what_is_rendered_once_is_as_it_would_be_on_every_page(make_site: Callable[..., Built]) -> None:
    bib = "".join(f"@misc{{k{n}, title = {{T{n}}}, year = 2024}}\n" for n in range(3))
    built = make_site(
        {"publications.bib": bib, "publications/k1.md": "Of mine, so rendered by itself.\n"}
    )

    def alike(name: str) -> list[bytes]:
        page = pages.parse(built.read(f"publications/{name}/index.html"))
        menu, footer = (pages.classed(page, c)[0] for c in ("md-sidebar--primary", "md-footer"))
        return [tostring(e) for e in (menu, footer, pages.with_id(page, "__config"))]

    assert alike("k0") == alike("k1") == alike("k2")
    home = pages.parse(built.read("index.html"))
    assert json.loads(pages.with_id(home, "__config").text or "")["base"] == "."


def test_kinds_of_works_have_their_own_facts(make_site: Callable[..., Built]) -> None:
    works = (
        "@incollection{chapter, title = {A}, author = {Doe, Jane}, editor = {Dobb, John and Lee, Kim}, "
        "booktitle = {Policy}, edition = 2, pages = {90--120}, year = 2020, month = {Fall}}\n"
        "@thesis{thesis, title = {B}, author = {Doe, Jane}, type = {Habilitation}, institution = {U}, "
        "date = {2019/2023}}\n"
        "@book{book, title = {C}, subtitle = {D}, author = {Doe, Jane}, series = {Studies}, number = 3, "
        "date = {2020-07-10/2020-07-12}, version = {1.2}}\n"
    )
    built = make_site({"publications.bib": works, "index.md": "# Home\n"})
    assert facts(page(built, "chapter")) == {
        "Published in": "Policy (2nd ed., pp. 90-120)",
        "Edited by": "John Dobb, Kim Lee",
        "Date": "Fall 2020",
        "Type": "Book chapter",
        "Edition": "2",
    }
    assert facts(page(built, "thesis")) == {
        "Institution": "U", "Date": "2019–2023", "Type": "Habilitation",
    }  # fmt: skip
    assert facts(page(built, "book")) == {
        "Published in": "Studies, 3", "Date": "Jul 10–12, 2020", "Type": "Book", "Version": "1.2",
    }  # fmt: skip
    assert pages.text(next(page(built, "book").iter("h1"))) == "C: D"


@pytest.mark.parametrize(
    ("kind", "venue", "place"),
    [
        ("talk", "Event", "Oslo"),
        ("poster", "Event", "Oslo"),
        ("phdthesis", "Institution", ""),
        ("article", "Published in", ""),
    ],
)
def test_a_talk_was_held_somewhere_and_not_published(kind: str, venue: str, place: str) -> None:
    fields = "author = {Doe, Jane}, title = {T}, year = 2024, eventtitle = {E}, location = {Oslo}"
    work, label = publication(fields, kind), labels.labels_of("en")
    assert paper_page.venue_label(work, label) == venue
    assert "".join(f.text for f in paper_page.facts(work, label) if f.label == "Place") == place
