"""The Content-Security-Policy: what it lets in, what a browser says of it, and what owners are told."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import pages
from browser import until
from homepage import policy
from support import Built

NOTED = """
window.refused = []
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
  refused.push(`${effectiveDirective} ${blockedURI} ${sourceFile}`))
"""


@pytest.fixture
def watched(page: Page) -> Page:
    """A page that notes what its policy refuses."""
    page.add_init_script(NOTED)
    return page


def refused(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.refused")
    return found


def test_scripts_of_the_page_are_let_in_by_their_hash() -> None:
    # The hash is that of the example in CSP's own text, section 8.
    page = "<script>alert('Hello, world.');</script><script src=x.js></script>"
    known = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert f"script-src 'self' {known};" in policy.policy(page)


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
    assert "sha256" not in policy.policy(data)


def test_styles_of_the_page_are_let_in_by_their_hash() -> None:
    bare = policy.policy("<p>Text</p>")
    assert "style-src 'self';" in bare
    assert "unsafe" not in bare
    styled = policy.policy('<style>p{}</style><td style="text-align: left;">')
    assert re.search(r"style-src 'self' 'sha256-\S+' 'unsafe-hashes' 'sha256-\S+';", styled)
    assert "unsafe-inline" not in styled
    quoted = policy.policy("<td style='font-family: &quot;A&quot;'>")
    assert policy._hash('font-family: "A"') in quoted


def test_trusted_hosts_and_nothing_else_may_be_asked() -> None:
    found = policy.policy("", ["video.example", "*.maps.example"])
    both = "'self' https://video.example https://*.maps.example"
    for kind in ("script", "frame", "connect", "media", "style", "font"):
        assert f"{kind}-src {both};" in found
    assert f"img-src {both} data:;" in found
    assert "https:" not in policy.policy("")


@pytest.mark.parametrize(
    ("html", "host"),
    [
        ('<img alt="" src="https://a.example/x.png">', "a.example"),
        ("<iframe width=9 src='//b.example/embed'></iframe>", "b.example"),
        ('<video poster="https://c.example/x.jpg">', "c.example"),
        ("<script async src=https://d.example/x.js></script>", "d.example"),
        ('<link rel="stylesheet" href="https://e.example/x.css">', "e.example"),
        ('<object data="https://f.example/x.pdf">', "f.example"),
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
        '<img src="x.png">',
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
        said = re.findall(
            r'http-equiv="Content-Security-Policy" content="([^"]*)"', file.read_text("utf-8")
        )
        assert len(said) == 1, file
        assert "'unsafe-inline'" not in said[0]
        assert policy.PLACE not in said[0]
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


def test_moved_pages_load_nothing(make_site: Callable[..., Built]) -> None:
    files = {"publications.bib": "@misc{new, aliases={old}, title={T}, author={Lee, Ann}, year=2024}\n"}
    built = make_site({"index.md": "# Home\n\n<!-- publications -->\n", **files})
    assert "content=\"default-src 'none'\"" in built.read("publications/old/index.html")
