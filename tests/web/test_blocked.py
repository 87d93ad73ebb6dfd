"""What browsers refuse of an owner's HTML, and what moves visitors away, is told with its line."""

from html import unescape

import pytest

from homepage.common import html_without_comments
from homepage.pages.search_text import unsegmented
from homepage.web import blocked, content_policy


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
        ('<button formaction="https://j.example/send">', "j.example"),
        ('<input type="image" src="https://k.example/x.png">', "k.example"),
        ('<a href="x.md" ping="https://l.example/seen">', "l.example"),
        ('<svg><image xlink:href="https://m.example/x.png"/></svg>', "m.example"),
        ('<svg><use href="https://n.example/x.svg#a"/></svg>', "n.example"),
        ('<svg><script href="https://o.example/x.js"></script></svg>', "o.example"),
        ('<link rel="preload prefetch" href="https://p.example/x.js">', "p.example"),
        ('<link rel="icon" href="https://q.example/x.png">', "q.example"),
        ("<style>p { background: url('https://r.example/x.png') }</style>", "r.example"),
        ('<style>@import "https://s.example/x.css";</style>', "s.example"),
        ('<embed src="https://t.example/x.pdf">', "t.example"),
        ("<iframe srcdoc='<img src=https://u.example/x.png>'></iframe>", "u.example"),
    ],
)
def test_what_stays_out_is_reported_with_its_line(html: str, host: str) -> None:
    (problem,) = blocked.refused(html, f"# A\n\n{html}\n", "docs/a.md", [])
    assert str(problem).startswith(f"docs/a.md:3: browsers block what the page loads from {host}:")
    assert f"add '{host}' to trusted_hosts" in problem.hint
    assert list(blocked.refused(html, "", "docs/a.md", [host])) == []
    assert list(blocked.refused(html, "", "docs/a.md", ["*.example"])) == []


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://a.example/x.png">x</a>',
        '<link rel="canonical" href="https://a.example/">',
        '<object data="x.pdf"></object><embed src="x.pdf"><iframe src="x.html" srcdoc="<p>x"></iframe>',
        '<form action="/search"><button>x</button></form>',
        '<img src="data:image/png;base64,AAAA" alt="javascript: the language">',
        '<meta http-equiv="content-language" content="en"><meta name="refresh" content="1">',
        "<p>&lt;base href=x&gt; and javascript:x</p><!-- <base href=x> <p onclick=x> -->",
        '<a href="mailto:a@b.example">x</a>',
        '<img src="x.png" alt="done only once = more">',
        "<p>onclick= and src=https://a.example</p>",
    ],
)
def test_links_and_own_files_are_fine(html: str) -> None:
    assert list(blocked.refused(html, "", "docs/a.md", [])) == []


TOLD = {
    '<p onclick="go()">x</p>': "the script in the attribute 'onclick' does not run",
    "<svg ONLOAD=go()></svg>": "the script in the attribute 'onload' does not run",
    '<a href="javascript:go()">x</a>': "the script in the address 'javascript:'",
    '<a href=" Java&#10;Script:go()">x</a>': "the script in the address 'javascript:'",
    '<form action="javascript:go()"></form>': "the script in the address 'javascript:'",
    '<svg><a xlink:href="javascript:go()"/></svg>': "the script in the address 'javascript:'",
    '<svg><animate values="#a;javascript:go()"/></svg>': "the script in the address 'javascript:'",
    '<iframe src="javascript:go()"></iframe>': "the script in the address 'javascript:'",
    '<iframe src="data:text/html,x"></iframe>': "what is in the address 'data:' is not shown",
    '<script src="data:text/javascript,go()"></script>': "what is in the address 'data:' is not shown",
    '<object data="data:text/html,x"></object>': "what is in the address 'data:' is not shown",
    '<embed src="data:image/svg+xml,x">': "what is in the address 'data:' is not shown",
    '<form action="mailto:a@b.example"></form>': "the form does not send to 'mailto:'",
    '<meta http-equiv="refresh" content="0; url=https://a.example">': "the page has a <meta",
    "<META content=5 HTTP-EQUIV=' Refresh '>": "the page has a <meta",
    '<base href="https://a.example/">': "the page has a <base>",
    "<base target=_blank>": "the page has a <base>",
    "<iframe srcdoc='<script>go()</script>'></iframe>": "the script in the attribute 'srcdoc'",
    "<iframe srcdoc='&lt;p onclick=go()&gt;'></iframe>": "the script in the attribute 'onclick'",
}


@pytest.mark.parametrize("html", TOLD)
def test_what_runs_or_moves_is_reported_with_its_line(html: str) -> None:
    (problem,) = blocked.refused(html, f"---\na: b\n---\n# A\n\n{html}\n", "docs/a.md", [])
    assert str(problem).startswith(f"docs/a.md:6: {TOLD[html]}")
    assert problem.severity == "warning"


def test_diagrams_of_mermaid_are_reported() -> None:
    assert list(blocked.refused('<pre class="mermaid">', "", "docs/a.md", []))


SCRIPTS = {
    "<script>go()</script>": True,
    "<SCRIPT type=Module>\ngo()\n</SCRIPT>": True,
    '<script type="importmap">{}</script>': True,
    "<svg><script type=text/ecmascript>go()</script></svg>": True,
    "<script>\nnever closed": True,
    "<!--><script>go()</script>": True,
    "<script src=go.js></script>": False,
    '<script type="math/tex">x</script>': False,
    "<script type=application/json>{}</script>": False,
    "<!-- <script>go()</script> -->": False,
    "<p title='<script>go()</script>'>x</p>": False,
    "<p>&lt;script>go()&lt;/script></p>": False,
}


@pytest.mark.parametrize("html", SCRIPTS)
def test_inline_scripts_are_kept_out_and_reported_where_nobody_lets_them_in(html: str) -> None:
    source = f"# A\n\n    go() in code\n\n{html}\n"
    told = list(blocked.left_out(html, source, "docs/a.md", scripts=False))
    assert [problem.line for problem in told] == [5] * SCRIPTS[html]
    before, after = (
        content_policy.hashes(each).scripts
        for each in (html, content_policy.restricted(html, scripts=False))
    )
    assert after == frozenset()
    assert bool(before) == (SCRIPTS[html] and "</" in html)
    assert unescape(content_policy.restricted(html, scripts=True)) == unescape(html)
    assert list(blocked.left_out(html, source, "docs/a.md", scripts=True)) == []


def test_each_script_is_reported_with_its_own_line() -> None:
    html = (
        "<script>go()</script>\n<script>\n  go()\n</script>\n<meta http-equiv=Content-Security-Policy>"
    )
    told = blocked.left_out(html, f"# A\n{html}\n", "docs/a.md", scripts=False)
    assert [problem.line for problem in told] == [2, 3, 6]


@pytest.mark.parametrize(
    "html",
    [
        "<scr<!-- more -->ipt>a()</script>",
        "<<!-- more -->script>a()</script>",
        "</<!-- more -->x><<!-- a --><!-- b -->script>a()</script>",
        "<scr\u200b\u200bipt>a()</script>",
        '<me<!-- more -->ta http-equiv="refresh" content="0;url=https://x.example">',
        "<p \"><meta http-equiv=refresh content='0;url=https://x.example'><script>a()</script><p \">",
        '<p title="LINK<script>a()</script><meta http-equiv=refresh>">',
    ],
)
def test_what_is_put_in_or_taken_out_later_makes_no_tag(html: str) -> None:
    tame = content_policy.restricted(f"<div>{html}</div>", scripts=False)
    page = unsegmented(html_without_comments(tame)).replace("LINK", '<a href="x">Lee, 2024</a>')
    assert "<script>" not in page
    assert "<meta" not in page
