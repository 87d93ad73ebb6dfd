"""What a hostile bibliography would do, and may not: in the pages, to the build, to other entries."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from homepage.common import slugs
from homepage.lists.directives import parse_options
from homepage.news import items
from support import ROOT, Built, mkdocs, pages, small_site
from support.records import collect, written

LONG_KEY, TOKEN = "k" * 400, "\ue0a20\ue0a3"
BIB = rf"""
@article{{names, title = {{Names}}, year = 2024,
  author = {{{{[click](javascript:alert(1)) ![i](https://evil.example/p.png) <img src=x onerror=y>}}}}}}
@article{{title, title = {{[click](javascript:alert(1)) *b* `c`}}, year = 2024,
  abbr = {{"><script>alert(1)</script>}}, award = {{<img src=x onerror=y>}}, altmetric = {{"><b>}},
  annotation = {{[x](javascript:alert(1)) ![i](https://evil.example/p.png)}}, status = {{in press}},
  additional_info = {{*a* [x](https://ok.example/"onclick=y)}}, google_scholar_id = {{" onclick=x}},
  preview = {{https://evil.example/p.png}}, poster = {{../../etc/passwd}}}}
@article{{emoji, title = {{😀 𠮷 "quoted" </title><script>alert(1)</script> & [x](javascript:y)}},
  author = {{Doe, Jane}}, year = 2024}}
@article{{index, title = {{Not the list}}, author = {{Doe, Jane}}, year = 2024}}
@article{{hp-news-title, title = {{A clash of ids}}, author = {{Doe, Jane}}, year = 2024}}
@article{{tokens, title = {{<!-- hp-slot 0 --> hp-publication:nope {TOKEN}}},
  author = {{Doe, Jane}}, year = 2024}}
@article{{{LONG_KEY}, title = {{Long key}}, author = {{Doe, Jane}}, year = 2024}}
"""
PAIRS = list(zip("abcdefg", "bcdefgh", strict=True))
BOMB = "a: &a [x]\n" + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 10)}]\n" for a, b in PAIRS)
MERGED = "a: &a {j: 1, k: 2}\n" + "".join(
    f"{b}: &{b} {{<<: [{', '.join([f'*{a}'] * 10)}]}}\n" for a, b in PAIRS
)
PROSE = '[@names; @title; @emoji] and `href="hp-publication:x"`\n\n\\bibliography\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with all of it, built without an error."""
    folder = tmp_path_factory.mktemp("hostile")
    files = {
        "publications.bib": BIB,
        "publications.md": "# List\n\n<!-- publications {group: year} -->\n",
        "venues.yml": "'\"><script>alert(1)</script>': {name: '\"><b onclick=x>', color: 'red;}*{'}\n",
        "number.md": "---\ntitle: 1984\ndescription: 5\n---\n",
        "day.md": "---\ntitle: 2024-01-01\ndescription: [a]\n---\n",
        "run.svg": "<svg xmlns='http://www.w3.org/2000/svg'>\n<script>alert(1)</script></svg>",
        "still.svg": "<svg xmlns='http://www.w3.org/2000/svg'><text>script</text></svg>",
        "bomb.md": f"---\n{BOMB}title: *h\ndescription: *h\ntags: *h\n---\n# Bomb\n\nIts text.\n",
        "merged.md": f"---\n{MERGED}---\n# Merged\n",
        "prose.md": f"# Prose\n\n{PROSE}",
        "news.md": f"# News\n\n## 2024 Cited\n\n{PROSE}\n<a href='http://[x'>x</a>\n",
    }
    bomb: list[object] = ["x"] * 10
    for _ in range(7):
        bomb = [bomb] * 10
    settings = {"site_url": "https://example.org/", "extra": {"homepage": {"interests": bomb}}}
    small_site(folder, files, settings)
    code, log = mkdocs("build", cwd=folder)
    assert code == 0, log
    return Built(folder, code, log)


def test_no_markup_comes_out_of_a_bibliography(site: Built) -> None:
    found = sorted(site.site_dir.rglob("*.html"))
    assert len(found) >= 10
    for path in found:
        tree = pages.parse(path.read_text(encoding="utf-8"))
        for element in tree.iter():
            assert not element.get("href", "").lower().startswith("javascript:"), path
            assert "evil.example" not in element.get("src", ""), path
            assert not [name for name in element.attrib if name.startswith("on")], path
        for script in tree.iter("script"):
            if script.get("type") == "application/ld+json":  # data, which no browser runs
                assert not set("<>&") & set(script.text or ""), path
            else:
                assert "alert(1)" not in (script.text or ""), path
    assert "evil.example/p.png)" in site.read("prose/index.html"), "shown as it is written"


def test_drawings_that_run_are_reported(site: Built) -> None:
    assert (
        "docs/run.svg:2: the drawing can do more than show something: the element <script>" in site.log
    )
    assert "still.svg" not in site.log


def test_aliases_that_multiply_are_reported_and_left_out(site: Built) -> None:
    for told in ("docs/bomb.md:10: 'title' is", "docs/bomb.md:11: 'description' is", "'interests' is"):
        assert f"{told} left out" in site.log
    assert "Its text." in site.read("bomb/index.html")
    assert "docs/merged.md:6: the page is left out" in site.log
    assert not (site.site_dir / "merged").exists()


def test_every_entry_is_listed_and_has_a_page_of_its_own(site: Built) -> None:
    listed = pages.classed(pages.article(site.read("publications/index.html")), "hp-pub")
    slugs_ = [work.get("id", "") for work in listed]
    assert len(slugs_) == len(set(slugs_)) == 7
    assert "p-index" in slugs_
    assert len(list((site.site_dir / "publications").glob("*/index.html"))) == 7
    assert "Not the list" in site.read("publications/p-index/index.html")


def test_titles_stay_titles(site: Built) -> None:
    html = site.read("publications/emoji/index.html")
    title = re.search(r"<title>(.*?)</title>", html, re.S)
    assert title
    assert title[1].startswith("😀 𠮷 ")
    assert "[x](javascript:y)" in pages.text(next(pages.parse(html).iter("h1")))
    other = pages.parse(site.read("publications/tokens/index.html"))
    assert pages.text(next(other.iter("h1"))) == f"hp-publication:nope {TOKEN}"


def test_a_title_that_yaml_takes_for_something_else_is_a_title(site: Built) -> None:
    assert '"og:title" content="1984"' in site.read("number/index.html")
    assert '"og:title" content="2024-01-01"' in site.read("day/index.html")


def test_feeds_stay_well_formed(site: Built) -> None:
    ElementTree.fromstring(site.read("feed.xml"))
    assert "javascript:" not in re.sub(r"\[click\]\(javascript:alert\(1\)\)", "", site.read("feed.xml"))


def test_code_that_looks_like_our_tokens_stays(site: Built) -> None:
    assert "hp-publication:x" in site.read("prose/index.html")


@pytest.mark.parametrize(
    "fields",
    [
        "month = jan, day = {²}",
        "month = jan, day = {99999999999}",
        "author+an = {" + "1" * 5_000 + "=equal}",
        "pages = {1" + " " * 20_000 + "x}",
        "author+an = {1" + " " * 20_000 + "x}",
        "related = {a" + " " * 20_000 + "b}",
        "crossref = {a" + " " * 20_000 + "b}",
        "year = {" + "9" * 5_000 + "}",
        "date = {2024-99-99}",
    ],
    ids=lambda fields: fields[:30],
)
def test_no_field_breaks_or_hangs_the_reader(fields: str) -> None:
    entry = f"@article{{k, title = {{T}}, author = {{Doe, Jane}}, {fields}}}"
    assert [p.key for p in collect(entry, merge=True).every] == ["k"]


def test_many_alike_entries_are_read_in_reasonable_time(tmp_path: Path) -> None:
    entry = "@misc{k, title = {T}, author = {Doe, Jane}, year = 2024, eprint = {2401.00001}}\n"
    (tmp_path / "many.bib").write_text(entry * 20_000)
    command = [sys.executable, str(ROOT / "hooks/cli.py"), "export", "--format", "ris", "many.bib"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0
    assert done.stdout.count(b"TY  - ") == 20_000


def test_keys_of_an_export_are_unique() -> None:
    bibtex = written("bibtex", collect("@misc{k, title = {T}}\n" * 3 + "@misc{k-2, title = {U}}").every)
    assert sorted(re.findall(r"@misc\{(.*),", bibtex)) == ["k", "k-2", "k-2-2", "k-3"]


def test_nobody_takes_over_the_work_of_another_by_naming_it() -> None:
    victim = "@misc{v, title = {Best}, author = {Huang, Yuxiang}, year = 2024, eprint = {2401.00001}}\n"
    spam = "@article{s, title = {Spam}, author = {E, F}, year = 2024, journal = {J}, related = {v}}"
    assert {p.key for p in collect(victim + spam, merge=True).shown} == {"v", "s"}


@pytest.mark.parametrize(
    "options", ["{limit: 2024-99-99}", "{limit: 0b_}", "[" * 5_000, "{limit: .inf}"]
)
def test_options_of_a_directive_never_break_the_build(options: str) -> None:
    _, problems = parse_options("publications", options, "x.md", 1)
    assert len(problems) == 1


def test_news_with_titles_that_clash_have_addresses_of_their_own() -> None:
    page, problems = items.parse(
        "## Talk\n\na\n\n## Talk 3\n\nb\n\n## Talk\n\nc\n\n## Talk\n\nd\n", "news.md"
    )
    assert problems == []
    assert len({item.slug for item in page.items}) == 4


def test_slugs_fit_into_file_names_and_keep_clear_of_a_folders_page() -> None:
    keys = ["index", "README", "a" * 400, "a" * 401, "汉" * 200, "../../x", "con"]
    found = slugs.unique(keys)
    assert len(set(found)) == len(keys)
    assert found[:2] == ["p-index", "p-readme"]
    assert all(len(slug.encode()) < 120 for slug in found)
    assert all(re.fullmatch(r"[\w-]+", slug) for slug in found)


def test_messages_are_one_line_without_control_characters() -> None:
    entry = "@misc{k, title = {T}, selected = {x\n::error file=a::pwn \x1b[31m \u202e}}"
    lines = [str(p) for p in collect(entry).problems]
    assert lines
    assert not [line for line in lines if re.search(r"[\x00-\x1f\u202e]", line)]
