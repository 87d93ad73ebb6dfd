"""Pages that the menu switches on: without a trace while it does not, whole when it does."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from mkdocs.utils.meta import get_data
from playwright.sync_api import Page

from homepage.pages.menu import titles
from support import AXE, CONFIG, FIRST_OWNER, MATERIALS_OWN, ROOT, Built, html_problems, mkdocs, pages
from support.pictures import picture

POST = "---\ndate: {day}\n{more}---\n\n# {title}\n\nThe beginning.\n\n<!-- more -->\n\nThe rest.\n"
SITE: dict[str, str | bytes] = {
    "index.md": "# Home\n\n<!-- publications -->\n",
    "news.md": "# News\n\n## 2024 An item\n",
    "publications.bib": "@misc{a, title = {A}, author = {Doe, Ann}, year = 2024}\n",
}
EXAMPLES: dict[str, str | bytes] = {
    "talks.md": "---\nonly_in_nav: true\ntags: [Talking]\naliases: lectures.md\n---\n\n# Talks\n",
    "blog/index.md": "---\nonly_in_nav: true\n---\n\n# Blog\n",
    "blog/posts/one.md": POST.format(day="2026-01-20", more="tags: [Writing]\n", title="One"),
    "blog/posts/picture.png": picture(4, 4),
    "tags.md": "---\nonly_in_nav: true\n---\n\n# Topics\n\n<!-- material/tags -->\n",
}
MENU = ["index.md", "news.md"]
# What the menu switches on: pages with their titles, and files that are no pages.
PAGES = {
    "talks.md": {"talks": "Talks"},
    "blog/index.md": {"blog": "Blog", "blog/one": "One"},
    "tags.md": {"tags": "Topics"},
}
FILES = {"talks.md": {"lectures/index.html"}, "blog/index.md": {"blog/picture.png"}, "tags.md": set()}


def contents(site: Built) -> dict[str, bytes]:
    """All files of a site, but those that say when they were packed."""
    found = {
        path.relative_to(site.site_dir).as_posix(): path.read_bytes()
        for path in site.site_dir.rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }
    assert found.keys() >= {"index.html", "sitemap.xml", "llms.txt", "search/search_index.json"}
    return found


def said(site: Built) -> list[str]:
    """What the build said, but where it built and how long it took."""
    return [line for line in site.log.splitlines() if "ocumentation" not in line]


@pytest.mark.parametrize("nav", [MENU, None], ids=["menu", "no menu"])
def test_pages_that_are_off_leave_no_trace(tmp_path: Path, nav: object) -> None:
    without = pages.build(tmp_path / "without", SITE, {"nav": nav})
    off = pages.build(tmp_path / "off", {**SITE, **EXAMPLES}, {"nav": nav})
    assert contents(off) == contents(without)
    assert said(off) == said(without)
    assert not (without.folder / "docs/blog").exists(), "nothing is written into docs/"


@pytest.mark.parametrize("on", [*([name] for name in PAGES), list(PAGES)], ids="+".join)
def test_each_is_on_if_the_menu_names_it(make_site: Callable[..., Built], on: list[str]) -> None:
    site = make_site({**SITE, **EXAMPLES}, {"nav": [*MENU, {"More": on}]})
    shown = {path: title for name in on for path, title in PAGES[name].items()}
    files = {f"{path}/index.html" for path in shown}.union(*(FILES[name] for name in on))
    possible = {f"{path}/index.html" for found in PAGES.values() for path in found}
    there = contents(site).keys()
    assert there & possible.union(*FILES.values()) == files
    assert "tags.json" not in there
    told = [site.read(name) for name in ("sitemap.xml", "search/search_index.json")]
    for path in possible:
        path = path.removesuffix("index.html")
        assert [text.count(f"/{path}<") + text.count(f'"{path}"') for text in told] == [
            int(path.rstrip("/") in shown)
        ] * 2
    titles = [PAGES[name][path] for name in on for path in list(PAGES[name])[:1]]
    menu = pages.classed(pages.parse(site.read("index.html")), "md-nav--primary")[0]
    assert [pages.text(a) for a in menu.iter("a")][-len(on) :] == titles
    assert [title for title in titles if f"[{title}](" in site.read("llms.txt")] == titles


def test_topics_are_on_pages_and_lead_to_them(make_site: Callable[..., Built]) -> None:
    site = make_site({**SITE, **EXAMPLES}, {"nav": [*MENU, *PAGES]})
    (topics,) = pages.classed(pages.article(site.read("talks/index.html")), "md-tags")
    assert topics.get("aria-label") == "Topics"
    assert pages.hrefs(topics) == ["../tags/#tag:talking"]
    listed = pages.article(site.read("tags/index.html"))
    assert "tag:talking" in pages.ids(listed)
    assert pages.hrefs(listed) == ["../talks/", "../blog/one/"]


@pytest.mark.parametrize("on", [*([name] for name in PAGES), list(PAGES)], ids="+".join)
def test_pages_are_files_where_addresses_are(make_site: Callable[..., Built], on: list[str]) -> None:
    site = make_site({**SITE, **EXAMPLES}, {"nav": [*MENU, *on], "use_directory_urls": False})
    paths = [f"{path}.html" for name in on for path in PAGES[name]]
    there = contents(site).keys()
    assert {path.replace("blog.html", "blog/index.html") for path in paths} <= there


def test_a_page_without_the_mark_needs_no_menu(make_site: Callable[..., Built]) -> None:
    bare = {name: str(text).replace("only_in_nav: true", "title: T") for name, text in EXAMPLES.items()}
    site = make_site({**SITE, **bare, "talks.md": "---\nonly_in_nav: false\n---\n# Talks\n"})
    assert contents(site).keys() >= {
        *("talks/index.html", "blog/index.html", "blog/one/index.html", "tags/index.html")
    }


def test_a_plugin_that_the_owner_turns_off_stays_off(make_site: Callable[..., Built]) -> None:
    plugins = ["search", {"blog": {"enabled": False}}, {"tags": {"enabled": False}}]
    site = make_site({**SITE, **EXAMPLES}, {"nav": [*MENU, *PAGES], "plugins": plugins})
    assert "hp-post" not in site.read("blog/index.html")
    assert "Talking" not in site.read("tags/index.html")


# -- the blog ----------------------------------------------------------------------

LIST = "<!-- publications {keys: [a]} -->\n\n"
BLOG: dict[str, str | bytes] = {
    **SITE,
    "people.yml": "{}\n",
    "blog/index.md": EXAMPLES["blog/index.md"],
    "blog/.authors.yml": (
        "authors:\n  jane:\n    name: Jane Doe\n    description: Author\n    avatar: blog/jane.png\n"
        "    url: https://example.org/jane\n"
    ),
    "blog/posts/one.md": (
        "---\ndate:\n  created: 2026-01-20\n  updated: 2026-02-03\nauthors: [jane]\n"
        "description: What it is about.\naliases: [/2026/one/]\n"
        "links:\n  - News: news.md\n  - Further:\n    - https://example.org/further\n---\n\n"
        f"# One & *more*\n\nAs [@a] says, $n^2$[^1].\n\n{LIST}## Part\n\n<!-- more -->\n\nThe rest.\n\n"
        "[^1]: A note.\n"
    ),
    "blog/posts/two.md": (
        f"---\ndate: 2026-01-10\ntitle: Two\n---\n\nThe beginning. [@a]\n\n{LIST}## Part\n\n"
        "<!-- more -->\n\nMore.\n"
    ),
    "blog/posts/short.md": "---\ndate: 2026-01-05\npin: true\n---\n\n# Short\n\nAll of it.\n",
    "blog/posts/draft.md": POST.format(day="2026-01-30", more="draft: true\n", title="Secret"),
}


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Built:
    nav = [*MENU, {"Notes": "blog/index.md"}]
    return pages.build(tmp_path_factory.mktemp("blog"), BLOG, {"nav": nav})


def test_a_post_is_a_page_as_others(blog: Built) -> None:
    tree = pages.parse(blog.read("blog/one/index.html"))
    article = pages.article(blog.read("blog/one/index.html"))
    assert [pages.text(h) for h in article.iter("h1")] == ["One & more"]
    (facts,) = pages.classed(article, "hp-post__facts")
    assert pages.text(facts) == (
        "January 20, 2026 · Last update: February 3, 2026 · Jane Doe · 1 min read"
    )
    assert [t.get("datetime") for t in facts.iter("time")] == ["2026-01-20", "2026-02-03"]
    assert pages.hrefs(facts) == ["https://example.org/jane"]
    assert pages.text(article).endswith("Related links News Further https://example.org/further")
    assert pages.citations(article) == ["Doe, A. (2024). A."]
    assert pages.classed(tree, "hp-news--side")
    menu = pages.classed(tree, "md-sidebar--primary")[0]
    assert "hidden" not in menu.attrib
    (active,) = pages.classed(menu, "md-nav__item--active")
    assert pages.text(active) == "Notes"
    assert pages.text(next(tree.iter("title"))) == "One & more - Yuxiang Huang"


def test_programs_learn_of_a_post_as_of_other_pages(blog: Built) -> None:
    tree = pages.parse(blog.read("blog/one/index.html"))
    meta = {m.get("property") or m.get("name"): m.get("content", "") for m in tree.iter("meta")}
    card = "assets/cards/blog/one.png"
    assert (
        meta
        | {
            "description": "What it is about.",
            "og:type": "article",
            "og:title": "One & more",
            "og:url": "https://huangyuxiang03.github.io/blog/one/",
            "og:image": f"https://huangyuxiang03.github.io/{card}",
            "article:published_time": "2026-01-20",
        }
        == meta
    )
    assert (blog.site_dir / card).is_file()
    index = json.loads(blog.read("search/search_index.json"))["docs"]
    assert {"blog/", "blog/one/", "blog/two/"} <= {doc["location"] for doc in index}
    assert "/blog/one/" in blog.read("sitemap.xml")
    assert "[Notes](https://huangyuxiang03.github.io/blog/)" in blog.read("llms.txt")
    assert "url=../../blog/one/" in blog.read("2026/one/index.html")


def test_the_blog_shows_the_beginnings_of_posts_newest_first(blog: Built) -> None:
    html = blog.read("blog/index.html")
    article = pages.article(html)
    posts = pages.classed(article, "hp-post")
    assert [[pages.text(h) for h in post.iter("h2")] for post in posts] == [
        ["Short"],
        ["One & more"],
        ["Two"],
    ]
    titles = [link for post in posts for link in pages.hrefs(next(post.iter("h2")))]
    assert titles == ["short/", "one/", "two/"]
    assert [pages.citations(post) for post in posts] == [
        [],
        ["Doe, A. (2024). A."],
        ["Doe, A. (2024). A."],
    ]
    cited = [[a.get("href") for a in pages.classed(post, "hp-cite")] for post in posts]
    assert cited == [[], ["../publications/a/"], ["../publications/a/"]]
    ends = [pages.text(post).rpartition("Continue reading")[2] for post in posts]
    assert ends[1:] == [": One & more", ": Two"]
    assert "Continue" not in ends[0]
    assert "The rest" not in html
    assert "hp-slot" not in html
    assert len(pages.ids(pages.parse(html))) == len(set(pages.ids(pages.parse(html))))
    assert pages.classed(pages.parse(html), "hp-news--side")


def test_a_draft_is_nowhere(blog: Built) -> None:
    texts = {name: data for name, data in contents(blog).items() if not name.endswith(".png")}
    assert any(b"The beginning" in data for data in texts.values())
    assert not [name for name, data in texts.items() if b"Secret" in data or "draft" in name]


def test_a_long_blog_has_several_pages(make_site: Callable[..., Built]) -> None:
    posts = {
        f"blog/posts/p{n}.md": POST.format(day=f"2026-01-{n:02}", more="", title=f"Post {n}")
        for n in range(1, 13)
    }
    index = "---\nonly_in_nav: true\naliases: [notes.md]\n---\n\n# Blog\n"
    site = make_site({**SITE, **posts, "blog/index.md": index}, {"nav": [*MENU, "blog/index.md"]})
    first, second = site.read("blog/index.html"), site.read("blog/page/2/index.html")
    assert [len(pages.classed(pages.parse(html), "hp-post")) for html in (first, second)] == [10, 2]
    (ways,) = pages.classed(pages.article(first), "md-pagination")
    assert ways.get("aria-label") == "Blog"
    assert pages.hrefs(ways) == ["page/2/"]
    assert "url=../blog/" in site.read("notes/index.html")


# -- this repository's own examples ------------------------------------------------


def own_examples() -> list[str]:
    """Those of this repository's pages that its menu could switch on."""
    found = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        name = path.relative_to(ROOT / "docs").as_posix()
        meta = get_data(path.read_text(encoding="utf-8"))[1]
        if meta.get("only_in_nav") is True and name not in titles(CONFIG.get("nav")):
            found.append(name)
    return found


@FIRST_OWNER
def test_the_owners_site_has_no_trace_of_an_example(tmp_path: Path, built_site: Path) -> None:
    examples = {"talks.md", "teaching.md", "projects.md", "blog/index.md", "tags.md"}
    assert set(own_examples()) == examples
    names = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*")}
    assert "more/index.html" in names
    for word in ("talks", "teaching", "projects", "blog", "tags"):
        assert not [name for name in names if name.startswith((f"{word}", f"assets/cards/{word}"))]
        for told in ("sitemap.xml", "llms.txt"):
            assert f"/{word}/" not in (built_site / told).read_text(encoding="utf-8")
        index = json.loads((built_site / "search/search_index.json").read_text(encoding="utf-8"))
        assert not [d for d in index["docs"] if d["location"].startswith(word)]
    code, log = mkdocs("build", "--strict", "--site-dir", tmp_path, cwd=ROOT)
    assert code == 0
    assert "Documentation built" in log
    assert not [word for word in ("talks.md", "blog", "tags", "nav") if word in log]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """This repository's site with all its examples."""
    if not own_examples():
        pytest.skip("the repository has no more examples")
    folder = tmp_path_factory.mktemp("own")
    config = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "docs_dir": str(ROOT / "docs"),
        "hooks": [str(ROOT / "hooks/site_events.py")],
        "theme": {"custom_dir": str(ROOT / "overrides")},
        "nav": [*(CONFIG.get("nav") or ()), {"Further": own_examples()}],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    code, log = mkdocs("build", "--strict", cwd=folder)
    assert code == 0, log
    return Built(folder, code, log)


def test_the_examples_are_whole_pages(own: Built) -> None:
    built = [f"{name.removesuffix('.md').removesuffix('/index')}/index.html" for name in own_examples()]
    for name in built:
        assert len(list(pages.article(own.read(name)).iter("h1"))) == 1
    found = html_problems(own.site_dir)
    assert [problem for problem in found if not MATERIALS_OWN.search(problem)] == []


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_examples_are_accessible_and_fit_the_window(
    own: Built, serve_dir: Callable[[Path], str], page: Page, width: int, scheme: str
) -> None:
    base = serve_dir(own.site_dir)
    paths = [p.relative_to(own.site_dir).as_posix() for p in own.site_dir.rglob("index.html")]
    new = [
        p
        for p in paths
        if p.startswith(tuple(n.removesuffix(".md").removesuffix("/index") for n in own_examples()))
    ]
    assert len(new) >= len(own_examples())
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    faults = []
    for path in new:
        page.goto(f"{base}/{path.removesuffix('index.html')}")
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            faults.append(f"{path} is {across} pixels wide")
        found = Axe().run(page, options=AXE).response["violations"]
        faults += [f"{path}: {v['id']}: {n['html'][:200]}" for v in found for n in v["nodes"]]
    assert not faults, "\n".join(faults)
