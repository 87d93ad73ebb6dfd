"""Titles, names of files and front matter are text wherever they are shown, escaped once."""

import json
import re
from typing import Any

import pytest
from markupsafe import Markup

from adapter import engine
from homepage.common import html_tags
from homepage.pages import escaped
from support import ROOT, Built, pages

X = "\"><img src=x onerror=go()></title><script>go()</script>'"
POLICY = 'x http-equiv="Content-Security-Policy" content=""'
LOST = f'x"><meta http-equiv="Content-Security-Policy" content="">{X}'
ENTITIES = "R&amp;D &lt;&quot;&#39; & \"'"
PLAIN = "R&D <\"' & \"'"
FILES: dict[str, str | bytes] = {
    "index.md": "# Home\n",
    "policy.md": f"---\nauthor: '{POLICY}'\ntitle: '{POLICY}'\n---\n# Policy\n\n{POLICY}\n",
    "a.md": "---\n"
    + "".join(
        f"{name}: {json.dumps(X)}\n"
        for name in (*(set(escaped.PRINTED) - {"tags"}), *escaped.SET_BY, "location")
    )
    + f"tags: [{json.dumps(X)}, R&D, plain]\n---\nText\n",
    "b.md": f"---\ntitle: {json.dumps(ENTITIES)}\ndescription: {json.dumps(ENTITIES)}\n"
    f"author: [A & B, {json.dumps(LOST)}]\n---\nText\n",
    "heading.md": "# R&D *and* <b>more</b> of `</title>`\n\n## &lt;i&gt;\n",
    "<img src=x onerror=go()>&.md": "Text\n",
    "<i>f&o/x.md": "# Below\n",
    "moved.md": "---\ntemplate: redirect.html\nlocation: '\"],away())</script>&x=1'\n---\n",
    "tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "blog/index.md": "# Blog\n",
    "blog/posts/p.md": f"---\ndate: 2024-01-01\ntitle: {json.dumps(X)}\ncategories: [{json.dumps(X)}]\n"
    f"links:\n  - {json.dumps(X)}: a.md\n  - Others:\n    - {json.dumps(X)}: a.md\n---\n"
    "Text <script>of_post()</script>\n\n<!-- more -->\n\nMore\n",
}
SETTINGS: dict[str, Any] = {
    "site_name": "Lee & <b>Co</b> &quot;",
    "site_description": ENTITIES,
    "site_url": "https://me.example/",
    "repo_url": "https://git.example/me/",
    "edit_uri": "edit/docs/",
    "plugins": [
        "search",
        "tags",
        {"blog": {"categories": True, "archive": False, "post_url_format": "{file}"}},
    ],
    "theme": {"features": ["content.action.edit", "navigation.tabs", "navigation.footer"]},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("shown"), FILES, SETTINGS, strict=False)


def metas(site: Built, page: str) -> dict[str, str]:
    tags = [tag.attributes for tag in html_tags.tags(site.read(page)) if tag.name == "meta"]
    return {tag.get("name") or tag.get("property", ""): tag.get("content", "") for tag in tags}


@pytest.mark.parametrize(
    ("value", "text", "html"),
    [
        ("a < b", "a < b", "a &lt; b"),
        ("R&D", "R&D", "R&amp;D"),
        ("R&amp;D", "R&D", "R&amp;D"),
        ("&amp;lt;", "&lt;", "&amp;lt;"),
        ("\"quoted\" 'too'", "\"quoted\" 'too'", "&#34;quoted&#34; &#39;too&#39;"),
        ("one\n  line", "one line", "one line"),
        (1984, "1984", "1984"),
        (["A & B", "C"], "A & B, C", "A &amp; B, C"),
        (Markup("<i>R&amp;D</i>"), "<i>R&D</i>", "<i>R&amp;D</i>"),
    ],
)
def test_values_are_escaped_once(value: object, text: str, html: str) -> None:
    assert escaped.plain(value) == text
    assert escaped.html(value) == html
    assert escaped.html(escaped.html(value)) == html
    assert escaped.plain(escaped.html(value)) == text


def test_what_nobody_has_written_stays() -> None:
    kept = {"title": "", "status": False, "hide": ["<"], "git_creation_date_localized": "<b>"}
    meta = {**kept, "tags": ["<", 1, None]}
    escaped.escape_meta(meta, {"git-revision-date-localized"})
    assert meta == {**kept, "tags": ["&lt;", 1, None]}


@pytest.mark.parametrize("venv", [each.venv for each in engine.ENGINES])
def test_themes_print_no_other_front_matter(venv: str) -> None:
    folders = list((ROOT / venv).glob("lib/python*/site-packages/material/templates"))
    if not folders:
        pytest.skip(f"{venv} is missing: `make longevity` sets it up")
    texts = [path.read_text("utf-8") for path in folders[0].rglob("*.html")]
    used = [re.sub(r"\{#.*?#\}", "", text, flags=re.S) for text in texts]
    named = {name for text in used for name in re.findall(r"\b\w+\.meta\.(\w+)", text)}
    assert {"title", "author"} < named
    known = {*escaped.PRINTED, *escaped.SET_BY, escaped.ADDRESS}
    assert named - known <= {"hide", "icon", "search"}, "is it printed? `shown.PRINTED` has to know it"


def test_nothing_of_it_is_markup_anywhere(site: Built) -> None:
    found = sorted(site.site_dir.rglob("*.html"))
    assert len(found) >= 12
    for path in found:
        html = path.read_text("utf-8")
        for tag in html_tags.tags(html):
            attributes = tag.attributes
            assert tag.name != "img" or attributes.get("src") != "x", path
            assert not [name for name in attributes if name.startswith("on")], path
            if html_tags.is_inline_script(tag):
                assert "go()" not in (tag.text or "") or "data-hp-refused" in attributes, path
        assert not re.search(r"&amp;(?:lt|gt|amp|quot|#\d+);", html), path
        assert html.count("</title>") == 1, path


def test_nothing_takes_the_place_of_the_policy(site: Built) -> None:
    for path in site.site_dir.rglob("*.html"):
        tags = list(html_tags.tags(path.read_text("utf-8")))
        (policy,) = filter(html_tags.is_policy, tags)
        assert policy.attributes["content"].startswith("default-src 'none'; "), path
        head = [tag.name for tag in tags[: tags.index(policy)]]
        assert head == ["html", "head", "meta"], path
        assert "charset" in tags[2].attributes, path
    assert metas(site, "policy/index.html")["author"] == POLICY


def test_values_are_shown_as_they_are_meant(site: Built) -> None:
    found = metas(site, "b/index.html")
    assert found["description"] == found["og:description"] == found["og:title"] == PLAIN
    assert found["author"] == f"A & B, {LOST}"
    assert found["og:site_name"] == 'Lee & <b>Co</b> "'
    assert metas(site, "heading/index.html")["description"] == PLAIN
    assert metas(site, "404.html")["description"] == PLAIN
    title = re.compile(r"<title>(.*?)</title>")
    names = ("b/index.html", "heading/index.html", "404.html")
    titles = [Markup(title.findall(site.read(name))[0]).unescape() for name in names]
    assert titles[0] == f'{PLAIN} - Lee & <b>Co</b> "'
    assert titles[1].startswith("R&D and more of </title> - ")
    assert "<code>&lt;/title&gt;</code>" in site.read("heading/index.html")
    text = site.read("llms.txt")
    assert re.search(r"^> R&D \\<\"' & \"'$", text, re.M)
    assert text.count("R&D \\<\"' & \"'") == 2, "of the site, and the title of one page"


def test_an_address_stays_one_in_a_script(site: Built) -> None:
    assert 'replace(["%22],away())%3C/script%3E&x=1",' in site.read("moved/index.html")


def test_searches_find_it_as_text(site: Built) -> None:
    docs = json.loads(site.read("search/search_index.json"))["docs"]
    titles = {doc["location"]: doc["title"] for doc in docs}
    tags = {doc["location"]: doc.get("tags") for doc in docs}
    assert titles["a/"] == escaped.html(X)
    assert tags["a/"] == [escaped.html(X), "R&amp;D", "plain"]
    assert not [title for title in titles.values() if "<img" in title or "<script" in title]


def test_scripts_of_posts_are_kept_out_of_all_pages(site: Built) -> None:
    for name in ("blog/index.html", "blog/p/index.html"):
        assert "<script data-hp-refused>of_post()</script>" in site.read(name)
    assert "docs/blog/posts/p.md:10: the script in the page does not run" in site.log
