"""The Content-Security-Policy: what it lets in, what a browser says of it, and what owners are told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import pages
from browser import until
from homepage import policy
from support import NOTED, Built


@pytest.fixture
def watched(page: Page) -> Page:
    """A page that notes what its policy refuses."""
    page.add_init_script(NOTED)
    return page


def refused(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.refused")
    return found


def said(page: str) -> str:
    """The policy of a page."""
    return policy.policy(policy.hashes(page))


def test_scripts_of_the_page_are_let_in_by_their_hash() -> None:
    # The hash is that of the example in CSP's own text, section 8.
    page = "<script>alert('Hello, world.');</script><script src=x.js></script>"
    known = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert f"script-src 'self' {known};" in said(page)


@pytest.mark.parametrize(
    "data",
    [
        '<script type="application/json">{"a": 1}</script>',
        "<script id=x type=application/ld+json>{}</script>",
        '<script type="text/plain" data-hp-later="b.js"></script>',
        '<script src="a.js"></script>',
    ],
)
def test_data_and_files_need_no_hash(data: str) -> None:
    assert "sha256" not in said(data)


def test_styles_of_the_page_are_let_in_by_their_hash() -> None:
    bare = said("<p>Text</p>")
    assert "style-src 'self';" in bare
    assert "unsafe" not in bare
    styled = said('<style>p{}</style><td style="text-align: left;">')
    assert re.search(r"style-src 'self' 'sha256-\S+' 'unsafe-hashes' 'sha256-\S+';", styled)
    assert "unsafe-inline" not in styled
    quoted = said("<td style='font-family: &quot;A&quot;'>")
    assert policy._hash('font-family: "A"') in quoted


ODD = {
    "<!-- a <script> here --><script>a()</script>": "a()",
    "<!-- <style> --><style>a{}</style>": "a{}",
    "<img alt='the <script> tag'><script>b()</script>": "b()",
    "<script>c()</script >": "c()",
    "<script data-x='a>b'>d()</script>": "d()",
    "<SCRIPT type='text/ecmascript'>e()</SCRIPT>": "e()",
    '<script type="importmap">{}</script>': "{}",
    "<svg><style><![CDATA[a>b{}]]></style></svg>": "a>b{}",
    "<svg><style>a&gt;b{}</style></svg>": "a>b{}",
    '<p STYLE="color:red">': "color:red",
    "<p\nstyle = color:red>": "color:red",
    '<p title="a > b" style="x:y">': "x:y",
    "<script>f()\r\n</script>": "f()\n",
}


@pytest.mark.parametrize("page", ODD)
def test_hashes_are_of_what_browsers_read(page: str) -> None:
    assert policy._hash(ODD[page]) in said(page)


def test_odd_pages_are_read_by_browsers_so(page: Page, tmp_path: Path) -> None:
    (tmp_path / "all.html").write_text(
        "<!doctype html><meta charset=utf-8><!-- <script> --><script>window.one = 1</script >"
        "<img alt='<script>' STYLE='color: rgb(1, 2, 3)' id=i><script data-x='>'>window.two = 2</script>"
        "<svg><style><![CDATA[#c{color:rgb(4,5,6)}]]></style></svg><p id=c>"
    )
    html = (tmp_path / "all.html").read_text()
    meta = f'<meta http-equiv="Content-Security-Policy" content="{said(html)}">'
    (tmp_path / "all.html").write_text(html.replace("<!-- ", meta + "<!-- ", 1))
    page.goto((tmp_path / "all.html").as_uri())
    colours = page.evaluate("[i, c].map((e) => getComputedStyle(e).color)")
    assert page.evaluate("[window.one, window.two]") == [1, 2]
    assert colours == ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]


def test_trusted_hosts_and_nothing_else_may_be_asked() -> None:
    found = policy.policy(policy.Hashes(), ("video.example", "*.maps.example"))
    both = "'self' https://video.example https://*.maps.example"
    for kind in ("script", "frame", "connect", "media", "style", "font"):
        assert f"{kind}-src {both};" in found
    assert f"img-src {both} data:;" in found
    assert "https:" not in said("")


@pytest.mark.parametrize(
    ("html", "host"),
    [
        ('<img alt="" src="https://a.example/x.png">', "a.example"),
        ("<iframe width=9 src='//b.example/embed'></iframe>", "b.example"),
        ('<video poster="https://c.example/x.jpg">', "c.example"),
        ("<script async src=https://d.example/x.js></script>", "d.example"),
        ('<link rel="stylesheet" href="https://e.example/x.css">', "e.example"),
        ('<object data="https://f.example/x.pdf">', "f.example"),
        ('<img alt="" srcset="x.png 1x, https://g.example/x.png 2x">', "g.example"),
        ('<p style="background:url(https://h.example/x.png)">', "h.example"),
        ('<form action="https://i.example/send">', "i.example"),
    ],
)
def test_what_stays_out_is_told_with_its_line(html: str, host: str) -> None:
    (problem,) = policy.refused(html, f"# A\n\n{html}\n", "docs/a.md", [])
    assert str(problem).startswith(f"docs/a.md:3: what the page loads from {host} stays out")
    assert f"add '{host}' to trusted_hosts" in problem.hint
    assert list(policy.refused(html, "", "docs/a.md", [host])) == []
    assert list(policy.refused(html, "", "docs/a.md", ["*.example"])) == []


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://a.example/x.png">x</a>',
        '<img src="x.png" alt="done only once = more">',
        "<p>onclick= and src=https://a.example</p>",
    ],
)
def test_links_and_own_files_are_fine(html: str) -> None:
    assert list(policy.refused(html, "", "docs/a.md", [])) == []


def test_scripts_in_attributes_are_told() -> None:
    (problem,) = policy.refused('<p onclick="go()">x</p>', '\n<p onclick="go()">', "docs/a.md", [])
    assert str(problem).startswith("docs/a.md:2: the script in the attribute 'onclick' does not run")


FILES = {
    "index.md": "# Home\n\n| a | b |\n| :-- | --: |\n| 1 | 2 |\n\nMath $x^2$.\n\n```py\nx = 1\n```\n",
    "publications.md": "# Publications\n\n<!-- publications {group: year, find: true} -->\n",
    "publications.bib": "@misc{a, title={A $x$ title}, author={Lee, Ann}, year=2024, abstract={So.}}\n"
    "@misc{b, title={Another}, author={Lee, Ann}, year=2023, abbr={X}}\n",
    "venues.yml": "X:\n  color: navy\n",
    "news.md": "# News\n\n## 2024-01-02 It is new\n",
}


def test_browsers_refuse_nothing_of_a_whole_site(
    make_site: Callable[..., Built], serve_dir: Callable[[Path], str], watched: Page
) -> None:
    built = make_site(FILES, {"site_url": "https://example.org/"})
    address = serve_dir(built.site_dir)
    html = sorted(built.site_dir.rglob("*.html"))
    assert len(html) >= 6
    for file in html:
        told = re.findall(
            r'http-equiv="Content-Security-Policy" content="([^"]*)"', file.read_text("utf-8")
        )
        assert len(told) == 1, file
        assert "'unsafe-inline'" not in told[0]
        watched.goto(f"{address}/{file.relative_to(built.site_dir).as_posix()}")
        watched.mouse.wheel(0, 10)  # which loads Material's script
        until(watched, "window.document$")
        assert refused(watched) == []
    watched.goto(f"{address}/publications/")
    for summary in watched.locator(".hp-pub summary").all():
        summary.click()
    watched.locator(".hp-find input[type=search]").fill("Another")
    expect(watched.locator(".hp-pub:visible")).to_have_count(1)
    watched.keyboard.press("Escape")
    watched.locator(".md-search__input").click()
    watched.keyboard.type("title")
    expect(watched.locator(".md-search-result__link").first).to_be_visible()
    assert refused(watched) == []


def test_browsers_refuse_what_is_not_the_page_s_own(
    make_site: Callable[..., Built], serve_dir: Callable[[Path], str], watched: Page
) -> None:
    files = {"index.md": '# Home\n\n<img alt="x" src="https://other.example/x.png">\n'}
    built = make_site(files, strict=False)
    assert "docs/index.md:3: what the page loads from other.example stays out" in built.log
    watched.goto(serve_dir(built.site_dir))
    watched.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p onclick=\"window.ran=1\" id=p>p</p>')"
    )
    watched.locator("#p").click()
    assert watched.evaluate("window.ran") is None
    told = refused(watched)
    assert any(line.startswith("img-src https://other.example") for line in told)
    assert any(line.startswith("script-src-attr inline") for line in told)


def test_trusted_hosts_are_settings(make_site: Callable[..., Built]) -> None:
    frame = '<iframe title="A talk" src="https://video.example/embed/1"></iframe>'
    built = make_site(
        {"index.md": f"# Home\n\n{frame}\n"},
        {"extra": {"homepage": {"trusted_hosts": ["video.example"]}}},
    )
    assert "frame-src 'self' https://video.example;" in built.read("index.html")


def test_a_trusted_host_that_is_none_is_told(make_site: Callable[..., Built]) -> None:
    wrong = {"extra": {"homepage": {"trusted_hosts": ["https://video.example/'; script-src *"]}}}
    built = make_site({"index.md": "# Home\n"}, wrong, strict=False)
    (told,) = pages.warnings(built.log)
    assert "extra.homepage.trusted_hosts: Expected a list of hosts" in told
    assert "script-src *" not in built.read("index.html")


def test_files_that_the_settings_name_elsewhere_are_told(make_site: Callable[..., Built]) -> None:
    settings = {
        "extra_css": ["https://fonts.example/x.css"],
        "extra": {"analytics": {"provider": "google"}},
    }
    told = pages.warnings(make_site({"index.md": "# Home\n"}, settings, strict=False).log)
    assert [re.findall(r"loads from (\S+) stays", line) for line in told] == [
        ["fonts.example"],
        ["www.googletagmanager.com"],
    ]


def test_a_description_does_not_take_the_place_of_the_policy(make_site: Callable[..., Built]) -> None:
    built = make_site({"index.md": f"---\ndescription: '{policy.PLACE}'\n---\n# Home\n"})
    assert built.read("index.html").count("default-src 'none'") == 1


def test_the_policy_of_swapped_pages_is_that_of_the_site(
    make_site: Callable[..., Built], serve_dir: Callable[[Path], str], watched: Page
) -> None:
    files = {
        "index.md": "# Home\n\n[Other](other.md)\n",
        "other.md": "# Other\n\n| a |\n| --: |\n| 1 |\n",
    }
    config = {
        "site_url": "http://127.0.0.1/",
        "theme": {"features": ["navigation.instant"]},
        "nav": ["index.md", "other.md"],
    }
    built = make_site(files, config)
    for name in ("index.html", "other/index.html", "404.html"):
        assert "'unsafe-hashes'" in built.read(name)
    watched.goto(f"{serve_dir(built.site_dir)}/other/")
    watched.locator("td").wait_for()
    assert watched.evaluate("getComputedStyle(document.querySelector('td')).textAlign") == "right"
    assert refused(watched) == []


def test_what_material_asks_elsewhere_is_told(make_site: Callable[..., Built]) -> None:
    page = "# Home\n\n```mermaid\ngraph LR\n```\n"
    fence = {"name": "mermaid", "class": "mermaid", "format": "pymdownx.superfences.fence_code_format"}
    settings = {"theme": {"font": {"text": "Inter"}}, "repo_url": "https://github.com/ann/home"}
    told = "\n".join(pages.warnings(make_site({"index.md": page}, settings, strict=False).log))
    for host in ("fonts.googleapis.com", "fonts.gstatic.com", "api.github.com"):
        assert f"loads from {host} stays out" in told
    assert fence["name"] not in told  # it is code here: superfences know nothing of it
    assert list(policy.refused('<pre class="mermaid">', "", "docs/a.md", []))


def test_moved_pages_load_nothing(make_site: Callable[..., Built]) -> None:
    files = {"publications.bib": "@misc{new, aliases={old}, title={T}, author={Lee, Ann}, year=2024}\n"}
    built = make_site({"index.md": "# Home\n\n<!-- publications -->\n", **files})
    assert "content=\"default-src 'none'\"" in built.read("publications/old/index.html")
