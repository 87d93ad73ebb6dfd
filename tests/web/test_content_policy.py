"""The Content-Security-Policy: what it lets in, what a browser says of it, and what owners are told."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from homepage.common import html_tags
from homepage.web import content_policy
from support import NOTED, ROOT, Built, mkdocs, pages, serving, small_site, write
from support.browser import until


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
    return content_policy.policy(content_policy.hashes(page))


def test_scripts_of_the_page_are_let_in_by_their_hash() -> None:
    # The hash is that of the example in CSP's own text, section 8.
    page = "<script>alert('Hello, world.');</script><script src=x.js></script>"
    known = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert f"script-src 'self' {known};" in said(page)


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("<p>Text, &lt;iframe> and &lt;object></p>", ""),
        ('<div data-md-component="search">', "worker"),
        ("<div data-md-component=search>", "worker"),
        ("<script>new Worker('x.js')</script>", "worker"),
        ("<iframe src=x.html></iframe>", "frame"),
        ("<script>document.createElement('iframe')</script>", "frame"),
        ("<script src=https://comments.example/x.js></script>", "frame"),
        ("<object data=x.pdf></object>", "frame object"),
        ("<EMBED src=x.pdf>", "frame object"),
    ],
)
def test_frames_workers_and_objects_are_let_in_where_a_page_has_some(page: str, kinds: str) -> None:
    for ours in (False, True):
        found = content_policy.policy(content_policy.hashes(page, ours=ours))
        for kind in ("frame", "worker", "object"):
            wanted = "self" if kind in kinds.split() else "none"
            assert f"{kind}-src '{wanted}';" in found


def test_browsers_show_what_an_object_has(tmp_path: Path, watched: Page) -> None:
    shown = "<object data=in.html></object><embed src=in.html><iframe src=in.html></iframe>"
    (tmp_path / "in.html").write_text("<p>Inside")
    page = content_policy.Policies((), preview=False, swaps=False).put(
        f"<!doctype html><title>x</title>{shown}"
    )
    assert page
    (tmp_path / "all.html").write_text(page)
    with serving(tmp_path) as address:
        watched.goto(f"{address}/all.html")
        assert [frame.url for frame in watched.frames].count(f"{address}/in.html") == 3
    assert refused(watched) == []


@pytest.mark.parametrize(
    "data",
    [
        '<script type="math/tex; mode=display">x</script>',
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
    assert content_policy._hash('font-family: "A"') in quoted


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
    assert content_policy._hash(ODD[page]) in said(page)


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
    has_frames = content_policy.Hashes(things=frozenset({"frame"}))
    found = content_policy.policy(has_frames, ("video.example", "*.maps.example"))
    both = "'self' https://video.example https://*.maps.example"
    for kind in ("script", "frame", "connect", "media", "style", "font"):
        assert f"{kind}-src {both};" in found
    assert f"img-src {both} data:;" in found
    assert "https:" not in said("")


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
        assert "frame-src 'none'; worker-src 'self'; object-src 'none';" in told[0]
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
    script = "<script>window.written = 1</script>"
    image = '<img alt="x" src="https://other.example/x.png">'
    files = {
        "index.md": f"# Home\n\n{image}\n\n{script}\n",
        "in.md": f"---\nscripts: true\n---\n# In\n\n{script}\n\n<iframe src=../404.html></iframe>\n",
    }
    built = make_site(files, strict=False)
    assert "docs/index.md:3: browsers block what the page loads from other.example:" in built.log
    assert "docs/index.md:5: the script in the page does not run" in built.log
    address = serve_dir(built.site_dir)
    watched.goto(f"{address}/in/")
    assert watched.evaluate("window.written") == 1
    assert refused(watched) == []
    watched.goto(address)
    assert watched.evaluate("window.written") is None
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


def test_a_trusted_host_that_is_none_is_reported(make_site: Callable[..., Built]) -> None:
    wrong = {"extra": {"homepage": {"trusted_hosts": ["https://video.example/'; script-src *"]}}}
    built = make_site({"index.md": "# Home\n"}, wrong, strict=False)
    (told,) = pages.warnings(built.log)
    assert "extra.homepage.trusted_hosts: Expected a list of hosts" in told
    assert "script-src *" not in built.read("index.html")


def test_files_that_the_settings_name_elsewhere_are_reported(make_site: Callable[..., Built]) -> None:
    settings = {
        "extra_css": ["https://fonts.example/x.css"],
        "extra": {"analytics": {"provider": "google"}},
    }
    told = pages.warnings(make_site({"index.md": "# Home\n"}, settings, strict=False).log)
    assert [re.findall(r"loads from (\S+): it may", line) for line in told] == [
        ["fonts.example"],
        ["www.googletagmanager.com"],
    ]


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
    watched.locator(".md-search__input").click()
    watched.keyboard.type("home")
    watched.locator(".md-search-result__link").first.click()
    expect(watched.locator("h1")).to_contain_text("Home")
    assert refused(watched) == []


def test_what_material_asks_elsewhere_is_reported(make_site: Callable[..., Built]) -> None:
    page = "# Home\n\n```mermaid\ngraph LR\n```\n"
    fence = {"name": "mermaid", "class": "mermaid", "format": "pymdownx.superfences.fence_code_format"}
    settings = {"theme": {"font": {"text": "Inter"}}, "repo_url": "https://github.com/ann/home"}
    told = "\n".join(pages.warnings(make_site({"index.md": page}, settings, strict=False).log))
    for host in ("fonts.googleapis.com", "fonts.gstatic.com", "api.github.com"):
        assert f"loads from {host}: it may" in told
    assert fence["name"] not in told  # it is code here: superfences know nothing of it


def test_moved_pages_load_nothing(make_site: Callable[..., Built]) -> None:
    files = {"publications.bib": "@misc{new, aliases={old}, title={T}, author={Lee, Ann}, year=2024}\n"}
    built = make_site({"index.md": "# Home\n\n<!-- publications -->\n", **files})
    assert "content=\"default-src 'none'\"" in built.read("publications/old/index.html")


# -- its place ------------------------------------------------------------------

CHARSETS = {
    "<!doctype html><html><head><meta charset=utf-8>": "",
    '\n<!-- a > b -->\n<!DOCTYPE html>\n<html class="a>b">\n<head>\n<META charset="UTF-8"/>': "",
    '<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">': "",
    "<head><title><meta charset=utf-8></title>": "<head>",
    '<head><meta name="author" content="charset=utf-8">': "<head>",
    "<head><script>a()</script><meta charset=utf-8>": "<head>",
    "Text": "",
}


@pytest.mark.parametrize("page", CHARSETS)
def test_a_policy_comes_before_all_else_but_the_charset(page: str) -> None:
    before = CHARSETS[page] or page * (page != "Text")
    charset = '<meta charset="utf-8">' * (before != page)
    assert html_tags.put_first(page, "<x>") == f"{before}{charset}<x>{page.removeprefix(before)}"


POLICIES = {
    '<meta http-equiv="Content-Security-Policy" content="">': True,
    "<META content='' HTTP-EQUIV=content-security-policy>": True,
    '<meta http-equiv="Content&#45;Security-Policy">': True,
    '<p title=">"><meta\nhttp-equiv = " content-security-policy ">': True,
    "<!--><meta http-equiv=Content-Security-Policy>-->": True,
    '<!-- <meta http-equiv="Content-Security-Policy" content=""> -->': False,
    "<script>'<meta http-equiv=\"Content-Security-Policy\">'</script>": False,
    '<meta name=author content=\'x http-equiv="Content-Security-Policy" content=""\'>': False,
    '<p>http-equiv="Content-Security-Policy" content=""</p>': False,
    '<meta http-equiv="Content-Security-Policy-Report-Only">': False,
}


@pytest.mark.parametrize("html", POLICIES)
def test_policies_are_known_as_browsers_know_them(html: str) -> None:
    assert html_tags.has_policy(html) is POLICIES[html]
    assert (content_policy.restricted(html, scripts=True) != html) is POLICIES[html]


HEAD = '<!doctype html><html><head><meta charset="utf-8">'


def test_pages_with_another_policy_are_not_of_this_build(tmp_path: Path) -> None:
    other = '<meta http-equiv="Content-Security-Policy" content="">'
    names = ("page.html", "theme.html", "deep/plugin.html", "moved.html", "slides.html")
    write(tmp_path, dict.fromkeys(names, HEAD))
    write(tmp_path, dict.fromkeys(("theme.html", "moved.html"), HEAD + other))
    policies = content_policy.Policies((), preview=False, swaps=False)
    policies.rendered = {"page.html": 0, "theme.html": 0}
    assert policies.finish(tmp_path, {"slides.html"}) == ["theme.html"]
    found = {name: (tmp_path / name).read_text() for name in names}
    assert [n for n in names if "default-src 'none'" in found[n]] == ["page.html", "deep/plugin.html"]
    assert found["moved.html"] == HEAD + other
    assert found["slides.html"] == HEAD


SHRINK = """
import re
from pathlib import Path

def on_post_page(output, **_):
    output = re.sub(r"<!--.*?-->", "", output, flags=re.S)
    output = re.sub(r'(<meta[^>]* )content="([^" ]*)"', r"\\1content=\\2", output)
    return re.sub(r"\\s*\\n\\s*", "\\n", output.replace('charset="utf-8"', "charset=utf-8"))

def on_post_build(config, **_):
    Path(config.site_dir, "made.html").write_text("<head></head><script>made()</script>")
"""


@pytest.mark.parametrize(
    ("main", "hook"),
    [
        ('{% extends "base.html" %}', ""),
        ("<!doctype html>\n<head><title>{{ page.title }}</title></head>{{ page.content }}", ""),
        ("", SHRINK),
    ],
    ids=["without our blocks", "without a charset", "smaller"],
)
def test_pages_have_one_policy_whatever_makes_them(tmp_path: Path, main: str, hook: str) -> None:
    shutil.copytree(ROOT / "overrides", tmp_path / "theme")
    write(tmp_path / "theme", {"main.html": main} if main else {})
    write(tmp_path, {"hook.py": hook})
    settings = {
        "theme": {"custom_dir": "theme"},
        "hooks": [str(ROOT / "hooks/site_events.py"), "hook.py"],
    }
    small_site(tmp_path, {"slides.html": HEAD, "index.md": "# Home <!-- x -->\n"}, settings)
    code, log = mkdocs("build", "--strict", cwd=tmp_path)
    assert code == 0, log
    found = {p.name: p.read_text() for p in (tmp_path / "site").rglob("*.html")}
    assert found.pop("slides.html") == HEAD
    assert len(found) == 2 + bool(hook)
    for name, html in found.items():
        (meta,) = [tag for tag in html_tags.tags(html) if html_tags.is_policy(tag)]
        assert meta.attributes["content"].startswith("default-src 'none'; script-src 'self'"), name
        head = html.partition("<meta http-equiv")[0]
        assert re.fullmatch(
            r"(?is)\s*(<!doctype html>)?\s*(<html[^>]*>)?\s*<head>\s*<meta charset=[^>]+>\s*", head
        )
        for script in filter(html_tags.is_inline_script, html_tags.tags(html)):
            assert content_policy._hash(script.text or "") in meta.attributes["content"]


def test_a_theme_with_a_policy_of_its_own_fails_the_build(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "overrides", tmp_path / "theme")
    own = '<meta http-equiv="Content-Security-Policy" content="">'
    main = f'{{% extends "base.html" %}}{{% block extrahead %}}{own}{{% endblock %}}'
    write(tmp_path / "theme", {"main.html": main})
    small_site(tmp_path, {}, {"theme": {"custom_dir": "theme"}})
    code, log = mkdocs("build", cwd=tmp_path)
    assert code == 1
    assert "404.html, index.html: these pages have a Content-Security-Policy that is not of this" in log
