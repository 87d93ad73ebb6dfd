"""News: one Markdown page becomes a page of articles, a sidebar, lists."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest

from homepage.model.publication import Date
from homepage.news import items as news
from homepage.news.items import parse
from support import Built, pages
from support.pictures import picture

PATH = "docs/news.md"


def parsed(text: str) -> list[tuple[str, str, str]]:
    """Date, title and body of the items of a page that has no problems."""
    page, problems = news.parse(text, PATH)
    assert not problems
    assert page.items
    return [(i.date.iso() if i.date else "", i.title, i.body) for i in page.items]


# -- the grammar --------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "date", "title"),
    [
        ("## 2024-07-10 A paper", "2024-07-10", "A paper"),
        ("## 2024-07 A paper", "2024-07", "A paper"),
        ("## 2024 A paper", "2024", "A paper"),
        ("## 2024-07-10: A paper", "2024-07-10", "A paper"),
        ("## 2024-07-10 – A paper", "2024-07-10", "A paper"),
        ("## 2024-7-1 A paper", "2024-07-01", "A paper"),
        ("## 2024/07/10 A paper", "2024-07-10", "A paper"),
        ("## 2024.07 A paper", "2024-07", "A paper"),
        ("## 2024-07-10", "2024-07-10", ""),
        ("##2024-07-10 A paper ##", "2024-07-10", "A paper"),
        ("## A paper", "", "A paper"),
        ("## 3 papers in 2024", "", "3 papers in 2024"),
        ("## 20240 papers", "", "20240 papers"),
        ("##", "", ""),
    ],
)
def test_heading_is_a_date_and_a_title_and_either_may_be_missing(
    heading: str, date: str, title: str
) -> None:
    assert parsed(f"{heading}\n\nText.\n") == [(date, title, "Text.")]


def test_body_is_everything_up_to_the_next_item() -> None:
    text = "# News\n\nBefore.\n\n## 2024 One\n\nText.\n\n### Deeper\n\n- a\n- b\n\n## 2023 Two\n"
    assert parsed(text) == [
        ("2024", "One", "Text.\n\n### Deeper\n\n- a\n- b"),
        ("2023", "Two", ""),
    ]
    assert news.parse(text, PATH)[0].preamble == "# News\n\nBefore.\n\n"


@pytest.mark.parametrize(
    "code",
    [
        "```\n## 2020 No item\n```",
        "~~~markdown\n## 2020 No item\n~~~",
        "- a\n\n    ```\n    ## 2020 No item\n    ```",
        "````\n```\n## 2020 No item\n```\n````",
        "Text.\n\n    ## 2020 No item",
    ],
)
def test_heading_in_code_is_no_item(code: str) -> None:
    assert parsed(f"## 2024 One\n\n{code}\n\n## 2023 Two\n") == [
        ("2024", "One", code),
        ("2023", "Two", ""),
    ]


def test_newest_comes_first_and_what_is_vague_after_what_is_exact() -> None:
    headings = ["2023-05 b", "2024 e", "2024-07 d", "2024-07-10 c", "2022 a"]
    text = "".join(f"## {heading}\n\n" for heading in headings)
    assert [title for _, title, _ in parsed(text)] == ["c", "d", "e", "b", "a"]


def test_undated_items_keep_their_place_in_the_file() -> None:
    text = "## First\n\n## 2023 Old\n\n## With the old\n\n## 2024 New\n\n## With the new\n"
    assert [t for _, t, _ in parsed(text)] == ["First", "New", "With the new", "Old", "With the old"]


def test_page_of_undated_items_stays_as_it_is() -> None:
    assert [t for _, t, _ in parsed("## b\n\n## a\n\n## c\n")] == ["b", "a", "c"]


@pytest.mark.parametrize("written", ["2024-13-01", "2023-02-30", "10.07.2024", "7/10/2024"])
def test_impossible_date_is_reported_and_the_item_is_kept(written: str) -> None:
    page, problems = news.parse(f"# News\n\n## {written} A paper\n\nText.\n", PATH, first_line=4)
    assert [str(p) for p in problems] == [
        f"docs/news.md:6: '{written}' is not a date; the item is shown without one "
        "(write it as 2024-07-10, 2024-07 or 2024)"
    ]
    (item,) = page.items
    assert not item.date
    assert item.title.endswith("A paper")
    assert item.body == "Text."


def test_item_with_nothing_in_it_is_reported_and_left_out() -> None:
    page, problems = news.parse("## 2024 One\n\n## 2023\n\n## 2022 Two\n", PATH)
    assert [str(p) for p in problems] == [
        "docs/news.md:3: this news item is empty (write a title after the date, or a text below it)"
    ]
    assert [item.title for item in page.items] == ["One", "Two"]


def test_addresses_of_items_are_readable_and_unique() -> None:
    text = (
        "## 2024-07-10 A *great* paper!\n\n## 2024-07-10 A great paper\n\n## Ünï\n\n##\n\n只有正文。\n"
    )
    page, problems = news.parse(text, PATH)
    assert not problems
    slugs = [item.slug for item in page.items]
    assert len(slugs) == len(set(slugs)) == 4
    assert {"news-2024-07-10-a-great-paper", "news-uni"} <= set(slugs)


def test_address_of_an_item_does_not_change_when_others_come() -> None:
    old = news.parse("## 2023 Same\n\n## 2022 Other\n", PATH)[0].items
    new = news.parse("## 2024 New\n\n## 2023 Same\n\n## 2022 Other\n", PATH)[0].items
    assert [i.slug for i in new][1:] == [i.slug for i in old] != []


def test_feeds_date_undated_items_by_their_neighbours() -> None:
    page, _ = news.parse("## a\n\n## 2024-05 b\n\n## c\n\n## 2023 d\n\n## e\n", PATH)
    dates = news.dates_for_feed(list(page.items), Date(1999))
    assert [d.iso() for d in dates] == ["2024-05", "2024-05", "2023", "2023", "2023"]
    page, _ = news.parse("## a\n\n## b\n", PATH)
    assert news.dates_for_feed(list(page.items), Date(1999)) == [Date(1999), Date(1999)]


# -- whole sites --------------------------------------------------------------

NEWS = """---
title: What is new
---
# News

Words before the items.

## 2024-07-10 A day, with *emphasis* & <b>HTML</b>

See [the papers](publications.md#p), [outside](https://example.org/x), [here](#news-2023-a-year)
and ![a photo](photo.png).

### A heading inside

Speedups of $1.9\\times$.

## 2024-06 A month

```markdown
## 2020-01-01 Not an item
```

## 2024-06-15

No title, only a text that is long enough to be cut where it stands for the title, for nobody wants to
read a whole story in a sidebar, however good the story may be.

## 2023 A year

## Undated

##

Neither date nor title.
"""
FILES: dict[str, str | bytes] = {
    "index.md": "# Home\n\n<!-- news {limit: 2} -->\n",
    "news.md": NEWS,
    "publications.md": "# Papers\n\n## P\n",
    "deep/er/page.md": "# Deep\n\n<!-- news -->\n",
    "plain.md": "# Plain\n",
    "hidden.md": "---\nhide: [news]\n---\n# Hidden\n",
    "hidden-too.md": "---\nhide:\n  - toc\n  - news\n---\n# Hidden too\n",
    "photo.png": picture(40, 30),
    "publications.bib": "",
}
IN_SIDEBAR = [
    ("2024-07-10", "Jul 10, 2024", "A day, with emphasis & HTML"),
    (
        "2024-06-15",
        "Jun 15, 2024",
        "No title, only a text that is long enough to be cut where it stands for the title, for nobody "
        "wants to read a whole story in a sidebar …",
    ),
    ("2024-06", "June 2024", "A month"),
    ("2023", "2023", "A year"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    settings = {"extra": {"homepage": {"news_in_sidebar": 4}}}
    return pages.build(tmp_path_factory.mktemp("news"), FILES, settings)


def tree(site: Built, name: str) -> Element:
    """A page, all of it."""
    return pages.parse(site.read(name))


def sidebar(site: Built, name: str) -> Element:
    """The news beside a page."""
    (aside,) = [e for e in pages.classed(tree(site, name), "hp-news") if e.tag == "aside"]
    return aside


@pytest.mark.parametrize(
    "name", ["index.html", "plain/index.html", "deep/er/page/index.html", "publications/index.html"]
)
def test_newest_few_stand_beside_every_page_with_their_dates(site: Built, name: str) -> None:
    items = list(sidebar(site, name).iter("li"))
    shown = []
    for item in items:
        times = [(e.get("datetime"), pages.text(e)) for e in item.iter("time")]
        (link,) = item.iter("a")
        shown.append((*times[0], pages.text(link)))
    assert shown == IN_SIDEBAR


@pytest.mark.parametrize(
    ("name", "up"),
    [("index.html", ""), ("plain/index.html", "../"), ("deep/er/page/index.html", "../../../")],
)
def test_sidebar_leads_to_each_item_and_to_all_news(site: Built, name: str, up: str) -> None:
    addresses = pages.hrefs(sidebar(site, name))
    assert len(addresses) == len(IN_SIDEBAR) + 1
    assert addresses[-1] == f"{up}news/"
    page = tree(site, "news/index.html")
    for address in addresses[:-1]:
        path, _, anchor = address.partition("#")
        assert path == f"{up}news/"
        pages.with_id(page, anchor)


@pytest.mark.parametrize("name", ["hidden/index.html", "hidden-too/index.html", "news/index.html"])
def test_page_can_hide_the_sidebar_and_the_news_page_has_none(site: Built, name: str) -> None:
    assert list(tree(site, name).iter("main"))
    assert not [e for e in pages.classed(tree(site, name), "hp-news") if e.tag == "aside"]


def test_news_page_has_an_article_for_each_item_newest_first(site: Built) -> None:
    page = pages.article(site.read("news/index.html"))
    articles = pages.classed(page, "hp-news__item")
    begins = [
        "Jul 10, 2024 A day, with emphasis & HTML",
        "Jun 15, 2024 No title",
        "June 2024 A month",
        "2023 A year",
        "Undated",
        "Neither date nor title.",
    ]
    # The last has no heading, which an article must have.
    assert [e.tag for e in articles] == [*["article"] * (len(begins) - 1), "div"]
    for shown, begin in zip(articles, begins, strict=True):
        assert pages.text(shown).startswith(begin)
    assert "Words before the items." in pages.text(page)
    assert "Words before the items." not in pages.text(articles[0])


def test_items_of_the_news_page_are_in_its_table_of_contents(site: Built) -> None:
    contents = pages.classed(tree(site, "news/index.html"), "md-nav--secondary")
    assert contents
    entries = [pages.text(a) for a in contents[-1].iter("a")]
    assert "Jul 10, 2024 A day, with emphasis & HTML" in entries
    assert "2023 A year" in entries


def test_code_on_the_news_page_stays_code(site: Built) -> None:
    page = pages.article(site.read("news/index.html"))
    assert [pages.text(e) for e in page.iter("pre")] == ["## 2020-01-01 Not an item"]


def test_maths_in_the_news_is_mathml_wherever_it_stands(site: Built) -> None:
    for name in ("news/index.html", "index.html", "deep/er/page/index.html"):
        formulas = [pages.text(e) for e in pages.article(site.read(name)).iter("math")]
        assert formulas == ["1.9×"], name


@pytest.mark.parametrize(
    ("name", "up"),
    [("index.html", ""), ("news/index.html", "../"), ("deep/er/page/index.html", "../../../")],
)
def test_links_and_pictures_of_news_are_right_from_every_page(site: Built, name: str, up: str) -> None:
    content = pages.article(site.read(name))
    links = {pages.text(a): a.get("href") for a in content.iter("a")}
    assert links["the papers"] == f"{up}publications/#p"
    assert links["outside"] == "https://example.org/x"
    assert (links["here"] or "").removeprefix(f"{up}news/") == "#news-2023-a-year"
    assert [e.get("src") for e in content.iter("img")] == [f"{up}photo.png"]


def test_list_of_news_has_as_many_items_as_its_limit_says(site: Built) -> None:
    few = pages.classed(pages.article(site.read("index.html")), "hp-news__item")
    every = pages.classed(pages.article(site.read("deep/er/page/index.html")), "hp-news__item")
    assert [len(few), len(every)] == [2, 6]
    times = [e.get("datetime") for item in few for e in item.iter("time")]
    assert times == ["2024-07-10", "2024-06-15"]


@pytest.mark.parametrize("name", ["index.html", "news/index.html", "deep/er/page/index.html"])
def test_ids_are_unique_where_news_are_shown(site: Built, name: str) -> None:
    ids = pages.ids(tree(site, name))
    assert ids
    assert sorted(ids) == sorted(set(ids))


def test_news_in_the_flow_is_a_named_region(site: Built) -> None:
    (flow,) = pages.classed(pages.article(site.read("index.html")), "hp-news--flow")
    assert flow.tag == "section"
    assert flow.get("aria-label") == "News"
    assert pages.hrefs(flow)[-1] == "news/"


def has_feed_links(html: str) -> bool:
    """Does the head of a page offer feeds?"""
    links = [e for e in pages.parse(html).iter("link") if e.get("rel") == "alternate"]
    return any("feed" in e.get("href", "") for e in links)


@pytest.mark.parametrize("content", ["", "# News\n", "# News\n\nNothing yet.\n"])
def test_page_without_items_is_a_page_and_nothing_more(
    make_site: Callable[..., Built], content: str
) -> None:
    built = make_site({"news.md": content, "publications.bib": ""})
    assert not pages.classed(pages.parse(built.read("index.html")), "hp-news")
    assert not has_feed_links(built.read("index.html"))
    assert (built.site_dir / "news/index.html").is_file()


def test_site_without_a_news_page_says_nothing_of_news(make_site: Callable[..., Built]) -> None:
    built = make_site({"publications.bib": ""})
    assert not pages.classed(pages.parse(built.read("index.html")), "hp-news")
    assert not has_feed_links(built.read("index.html"))
    assert not (built.site_dir / "feed.xml").exists()


def test_footnotes_and_front_matter_do_not_disturb_the_news(make_site: Callable[..., Built]) -> None:
    built = make_site(
        {
            "news.md": "---\ndescription: d\n---\n## 2024 One\n\nA note[^1].\n\n## 2023 Two\n\n"
            "Words.\n\n[^1]: The footnote.\n",
            "publications.bib": "",
        }
    )
    content = pages.article(built.read("news/index.html"))
    articles = pages.classed(content, "hp-news__item")
    assert [pages.text(e).split()[1] for e in articles] == ["One", "Two"]
    assert pages.text(content).count("The footnote.") == 1
    assert "The footnote." not in pages.text(articles[1])


def test_news_shown_elsewhere_bring_no_ids_that_the_page_has(make_site: Callable[..., Built]) -> None:
    built = make_site(
        {
            "news.md": "## 2024 One\n\n### Same\n\nA note[^1].\n\n[^1]: Of the news.\n",
            "other.md": "# Other\n\n## Same\n\n<!-- news -->\n\nA note[^1].\n\n[^1]: Of the page.\n",
            "publications.bib": "",
        }
    )
    whole = pages.parse(built.read("other/index.html"))
    assert len(pages.ids(whole)) == len(set(pages.ids(whole)))
    (flow,) = pages.classed(whole, "hp-news--flow")
    assert pages.text(flow).startswith("2024 One Same A note")
    assert "../news/#fn:1" in pages.hrefs(flow)
    pages.with_id(pages.parse(built.read("news/index.html")), "fn:1")


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("12 May 2025", "2025-05-12"),
        ("May 12, 2025", "2025-05-12"),
        ("3rd Sept. 2024", "2024-09-03"),
        ("October 2023", "2023-10"),
    ],
)
def test_date_in_words_is_reported_with_what_to_write(words: str, iso: str) -> None:
    _, problems = parse(f"## {words}: Poster prize\n\nText.\n", "docs/news.md")
    message = f"'{words}' is not read as a date; the item is shown without one (write it as {iso})"
    assert [str(problem) for problem in problems] == [f"docs/news.md:1: {message}"]
