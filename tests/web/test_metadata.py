"""What built sites tell programs: heads of pages, robots.txt, llms.txt, the sitemap, cards."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from PIL import Image

from support import ENV, Built, html_problems, mkdocs, pages, run, small_site, vocabulary, zotero
from support.generate import bibliography

SITE = "https://me.example/sub/"
BIB = r"""
@article{lee2024, title = {Caf{\'e} \& Tea}, author = {Lee, Ann and van der Berg, Jan Piet and Roe, Jo},
  journal = {J. of Things}, volume = 3, number = 4, pages = {10--19}, date = {2024-07-10},
  doi = {10.1000/1}, pdf = {files/tea.pdf}, abstract = {Of tea.}, keywords = {tea, cups}}
@inproceedings{roe2023, title = {Two}, author = {Roe, Jo and Lee, Ann}, booktitle = {Conf. on Things},
  year = 2023, month = may, pages = {e17}, pdf = {https://there.example/two.pdf}}
@misc{lee2022, title = {Three}, author = {Lee, Ann}, year = 2022, eprint = {2201.00001},
  archiveprefix = {arXiv}}
@phdthesis{lee2021, title = {Four}, author = {Lee, Ann}, school = {Uni}, year = 2021}
@software{lee2020, title = {Five}, author = {Lee, Ann}, year = 2020, code = {https://example.org/five}}
"""
HOSTILE = r"""@article{x, title = {"><script>alert(1)</script> </title> \{\{ 7*7 \}\}}, year = 2020,
  author = {"><img src=x onerror=alert(1)> Lee}, journal = {</script><!-- "}, keywords = {' onload="x},
  abstract = {</script><script>alert(2)</script>}, pdf = {javascript:alert(3)}, doi = {10.1000/"><b>},
  langid = {"><i>}, volume = {"}, publisher = {&quot;>}}"""
FILES: dict[str, str | bytes] = {
    "index.md": "# Ann Lee\n\nHello.\n",
    "about.md": '---\ndescription: Things "about" A & B\n---\n# About <em>me</em>\n',
    "papers.md": "# Papers\n\n<!-- publications {type: all} -->\n",
    "news.md": "# News\n\n## 2024-01-01 Item\nText.\n",
    "publications.bib": BIB,
    "files/tea.pdf": b"%PDF-1.4",
    "people.yml": "Ann Lee:\n  native: 李安\n  orcid: 0000-0002-1825-0097\n  links: [https://social.example/@ann]\n",
}
SETTINGS: dict[str, Any] = {
    "site_name": "Ann Lee",
    "site_author": "Ann Lee",
    "site_description": "Ann Lee works on things.",
    "site_url": SITE,
    "extra": {
        "homepage": {"affiliation": ["Uni", "Lab"], "alumni_of": [], "job_title": "Professor"},
        "social": [{"icon": "fontawesome/brands/github", "link": "https://github.com/ann"},
                   {"icon": "fontawesome/solid/envelope", "link": "mailto:ann@me.example"}],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("machines"), FILES, SETTINGS)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site that does not know its address."""
    return pages.build(tmp_path_factory.mktemp("bare"), FILES, {**SETTINGS, "site_url": ""})


def metas(site: Built, page: str) -> dict[str, str]:
    tree = pages.parse(site.read(page))
    found = [(m.get("name") or m.get("property") or "", m.get("content", "")) for m in tree.iter("meta")]
    return dict(reversed(found))  # the first of a name


def paper(site: Built, slug: str) -> Element:
    return pages.parse(site.read(f"publications/{slug}/index.html"))


def json_ld(site: Built, page: str) -> Any:
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.read(page), re.S)
    assert len(scripts) <= 1
    return json.loads(scripts[0]) if scripts else None


def slips(folder: Path) -> list[str]:
    """What the checker says against our HTML; of Material's own `test_browser_site.py` knows."""
    return [problem for problem in html_problems(folder) if "md-toggle" not in problem]


def test_zotero_reads_an_article_from_its_page(site: Built) -> None:
    assert zotero.read(paper(site, "lee2024")) == zotero.Item(
        kind="journalArticle",
        title="Café & Tea",
        creators=[("Lee", "Ann"), ("van der Berg", "Jan Piet"), ("Roe", "Jo")],
        date="2024-07-10",
        venue="J. of Things",
        pages="10-19",
        doi="10.1000/1",
        pdf=f"{SITE}files/tea.pdf",
        tags=["tea", "cups"],
    )


def test_zotero_reads_other_kinds_from_their_pages(site: Built) -> None:
    found = {slug: zotero.read(paper(site, slug)) for slug in ("roe2023", "lee2022", "lee2021")}
    assert {slug: (i.kind, i.venue, i.date) for slug, i in found.items()} == {
        "roe2023": ("conferencePaper", "Conf. on Things", "2023-05"),
        "lee2022": ("preprint", "", "2022"),
        "lee2021": ("thesis", "Uni", "2021"),
    }
    assert [i.pdf for i in found.values()] == [
        "https://there.example/two.pdf",
        "https://arxiv.org/pdf/2201.00001",
        "",
    ]
    assert found["roe2023"].pages == "e17"


def test_the_head_of_a_paper_is_as_agreed(site: Built, golden: Callable[[str, str], None]) -> None:
    html = site.read("publications/lee2024/index.html")
    start = html.index('<meta name="citation_title"')
    end = html.index("</script>", html.index('<script type="application/ld+json">'))
    head = re.sub(r'<meta property="og:description".*\n', "", html[start:end])
    golden("paper_head.html", head + "</script>\n")


def test_json_ld_of_every_page_is_valid(site: Built) -> None:
    found = {
        path.relative_to(site.site_dir).as_posix(): json_ld(
            site, path.relative_to(site.site_dir).as_posix()
        )
        for path in sorted(site.site_dir.rglob("*.html"))
    }
    kinds = {page: node["@type"] for page, node in found.items() if node}
    assert kinds == {
        "index.html": "ProfilePage",
        "papers/index.html": "CollectionPage",
        "publications/lee2020/index.html": "SoftwareSourceCode",
        "publications/lee2021/index.html": "Thesis",
        "publications/lee2022/index.html": "ScholarlyArticle",
        "publications/lee2024/index.html": "ScholarlyArticle",
        "publications/roe2023/index.html": "ScholarlyArticle",
    }
    for page, node in found.items():
        assert list(vocabulary.problems(node or {"@type": "Thing"})) == [], page


def test_the_home_page_says_who_the_owner_is(site: Built) -> None:
    person = json_ld(site, "index.html")["mainEntity"]
    assert person["name"] == "Ann Lee"
    assert person["alternateName"] == ["李安"]
    assert [o["name"] for o in person["affiliation"]] == ["Uni", "Lab"]
    assert "alumniOf" not in person
    assert person["sameAs"] == [
        "https://github.com/ann",
        "https://orcid.org/0000-0002-1825-0097",
        "https://social.example/@ann",
    ]
    author = json_ld(site, "publications/lee2024/index.html")["author"][0]
    assert author["@id"] == person["@id"]


def test_a_list_names_the_pages_of_its_works(site: Built) -> None:
    items = json_ld(site, "papers/index.html")["mainEntity"]
    assert items["numberOfItems"] == 5
    assert items["itemListElement"][0] == f"{SITE}publications/lee2024/"


@pytest.mark.parametrize(
    ("page", "kind", "title", "description"),
    [
        ("index.html", "profile", "Ann Lee", "Ann Lee works on things."),
        ("about/index.html", "website", "About me", 'Things "about" A & B'),
        ("publications/lee2024/index.html", "article", "Café & Tea", None),
    ],
)
def test_every_page_has_a_card(
    site: Built, page: str, kind: str, title: str, description: str | None
) -> None:
    found = metas(site, page)
    assert found["og:type"] == kind
    assert found["og:title"] == title
    assert found["og:description"] == (description or found["description"])
    assert found["og:site_name"] == "Ann Lee"
    assert found["og:url"] == SITE + page.removesuffix("index.html")
    assert found["twitter:card"] == "summary_large_image"
    assert found["og:image:alt"] == title
    assert found["og:image"].startswith(SITE)
    picture = site.site_dir / found["og:image"].removeprefix(SITE)
    with Image.open(picture) as image:
        assert image.size == (int(found["og:image:width"]), int(found["og:image:height"])) == (1200, 630)


def test_all_pages_have_different_cards(site: Built) -> None:
    cards = [metas(site, p.relative_to(site.site_dir).as_posix()).get("og:image")
             for p in site.site_dir.rglob("index.html")]  # fmt: skip
    assert len(cards) > 8
    assert all(cards)
    assert len(set(cards)) == len(cards)


def test_robots_may_read_everything(site: Built) -> None:
    assert site.read("robots.txt") == f"User-agent: *\nAllow: /\n\nSitemap: {SITE}sitemap.xml\n"


def test_llms_txt_lists_pages_and_data_that_are_there(site: Built) -> None:
    text = site.read("llms.txt")
    assert text.startswith("# Ann Lee\n\n> Ann Lee works on things.\n\n## Pages\n\n")
    links = re.findall(r"^- \[(.+?)\]\((.+?)\)", text, re.M)
    assert ("About me", f"{SITE}about/") in links
    assert f'- [About me]({SITE}about/): Things "about" A & B\n' in text
    assert not [url for _, url in links if "/publications/" in url]
    assert {name for name, _ in links} >= {
        "publications.bib", "publications.json", "publications.ris",
        "feed.xml", "feed.json", "sitemap.xml",
    }  # fmt: skip
    for _, url in links:
        path = url.removeprefix(SITE)
        assert (
            site.site_dir / path / ("index.html" if not path or path.endswith("/") else "")
        ).is_file()


def test_html_is_valid(site: Built) -> None:
    assert slips(site.site_dir) == []


def test_a_site_without_an_address_says_nothing_absolute(bare: Built) -> None:
    found = metas(bare, "publications/lee2024/index.html")
    assert found["citation_title"] == "Café & Tea"
    assert found["og:title"] == "Café & Tea"
    assert found["twitter:card"] == "summary"
    absolute = ("citation_abstract_html_url", "citation_pdf_url", "og:url", "og:image", "DC.identifier")
    assert [found.get(name) for name in absolute] == [None, None, None, None, "doi:10.1000/1"]
    assert metas(bare, "publications/roe2023/index.html")["citation_pdf_url"].startswith("https://")
    assert json_ld(bare, "index.html")["mainEntity"]["name"] == "Ann Lee"
    assert list(vocabulary.problems(json_ld(bare, "papers/index.html"))) == []
    assert bare.read("robots.txt") == "User-agent: *\nAllow: /\n"
    assert "](publications.bib)" in bare.read("llms.txt")
    assert "](about/index.html)" in bare.read("llms.txt")
    assert not (bare.site_dir / "assets/cards").exists()
    assert not (bare.folder / ".cache/cards").exists()


def test_only_the_newest_works_have_cards_of_their_own(make_site: Callable[..., Built]) -> None:
    site = make_site({"publications.bib": bibliography(103)}, {"site_url": SITE})
    found = sorted(path.name for path in (site.site_dir / "assets/cards/publications").iterdir())
    assert len(found) == 100
    shared = [
        path
        for path in (site.site_dir / "publications").glob("key*/index.html")
        if metas(site, path.relative_to(site.site_dir).as_posix())["og:image"]
        == f"{SITE}assets/cards/index.png"
    ]
    assert len(shared) == 3


def test_cards_can_be_switched_off(make_site: Callable[..., Built]) -> None:
    extra = {"homepage": {"social_cards": False}}
    site = make_site(FILES, {**SETTINGS, "extra": extra})
    assert "og:image" not in metas(site, "index.html")
    assert not (site.site_dir / "assets/cards").exists()
    assert not (site.folder / ".cache/cards").exists()


def test_the_owners_own_files_win(make_site: Callable[..., Built]) -> None:
    own = {"robots.txt": "User-agent: *\nDisallow: /\n", "llms.txt": "# Mine\n"}
    site = make_site({**FILES, **own}, SETTINGS)
    assert {name: site.read(name) for name in own} == own


def test_untrusted_text_stays_text(make_site: Callable[..., Built]) -> None:
    files = {"index.md": "# <b>X</b>\n\n<!-- publications -->\n", "publications.bib": HOSTILE}
    site = make_site(files, {**SETTINGS, "site_author": "Lee"}, strict=False)
    page = "publications/x/index.html"
    tree = pages.parse(site.read(page))
    found = metas(site, page)
    assert '"><script>alert(1)</script>' in found["citation_title"].replace("“", '"').replace("”", '"')
    assert not [e for e in tree.iter() if any(name.startswith("on") for name in e.attrib)]
    assert not [s for s in tree.iter("script") if "alert" in (s.text or "") and s.get("type") is None]
    assert "citation_pdf_url" not in found
    assert "{{" in found["citation_title"]
    node = json_ld(site, page)
    assert "</script>" in node["abstract"] or "alert(2)" in node["abstract"]
    assert list(vocabulary.problems(node)) == []
    assert slips(site.site_dir / "publications") == []


def test_a_works_own_address_holds_where_pages_are_files(make_site: Callable[..., Built]) -> None:
    site = make_site(FILES, {**SETTINGS, "use_directory_urls": False})
    found = metas(site, "publications/lee2024.html")
    assert found["og:url"] == f"{SITE}publications/lee2024.html"
    assert found["og:image"] == f"{SITE}assets/cards/publications/lee2024.png"
    assert (site.site_dir / "assets/cards/publications/lee2024.png").is_file()


def sitemap(folder: Path) -> dict[str, str]:
    ns = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = fromstring((folder / "sitemap.xml").read_bytes())
    return {
        url.findtext(f"{ns}loc", "").removeprefix(SITE): url.findtext(f"{ns}lastmod", "") for url in tree
    }


def test_the_sitemap_has_no_dates_where_none_are_known(site: Built) -> None:
    found = sitemap(site.site_dir)
    assert found.keys() >= {"", "about/", "publications/lee2024/"}
    assert set(found.values()) == {""}


def test_the_sitemap_says_when_what_a_page_shows_has_changed(tmp_path: Path) -> None:
    def commit(day: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
        env = {**ENV, "GIT_COMMITTER_DATE": f"{day}T12:00:00+0000"}
        assert run("git", "add", ".", cwd=tmp_path, env=env)[0] == 0
        code, log = run("git", *who, "commit", "-qm", "x", cwd=tmp_path, env=env)
        assert code == 0, log

    post = "---\ndate: 2024-01-01\n---\n# Post\n"
    small_site(tmp_path, {**FILES, "blog/index.md": "# Blog\n", "blog/posts/one.md": post}, SETTINGS)
    (tmp_path / ".gitignore").write_text("/site/\n/.cache/\n")
    run("git", "init", "-q", cwd=tmp_path)
    commit("2024-01-01")
    bib = tmp_path / "docs/publications.bib"
    bib.write_text(bib.read_text().replace("title = {Four}", "title = {Fourth}"))
    (tmp_path / "docs/blog/posts/two.md").write_text(post)
    commit("2024-02-02")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        code, log = mkdocs("build", "--strict", "-d", folder, cwd=tmp_path)
        assert code == 0, log
    found = sitemap(folders[0])
    assert found["about/"] == found["publications/lee2024/"] == found["blog/one/"] == "2024-01-01"
    assert found["publications/lee2021/"] == found["papers/"] == found["blog/"] == "2024-02-02"
    with gzip.open(folders[0] / "sitemap.xml.gz") as packed:
        assert packed.read() == (folders[0] / "sitemap.xml").read_bytes()
        assert datetime.fromtimestamp(packed.mtime or 0, UTC).date().isoformat() == "2024-02-02"
    for name in ("sitemap.xml", "llms.txt", "robots.txt", "assets/cards/index.png", "index.html"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
