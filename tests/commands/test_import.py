"""Importing sites of al-folio, HugoBlox and academicpages: what is imported, reported and kept safe."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import material
import pytest
from mkdocs.utils.yaml import yaml_load

from commands.import_ import (
    academicpages,
    accounts,
    alfolio,
    allowed_files,
    bibtex_entries,
    cv,
    detection,
    front_matter,
    hugoblox,
    owner_names,
)
from commands.import_.liquid import Liquid
from commands.import_.markdown import normalize_lists, remove_layout, shift_headings
from commands.import_.new_site import Imported
from commands.import_.old_site import Source
from commands.import_.pages import split_name
from commands.import_.shortcodes import Shortcodes
from commands.shared import working_copy
from commands.shared.owner import Owner
from homepage import bibtex
from homepage.common import labels
from homepage.pages import profile
from support import FIRST_OWNER, ROOT, Built, mkdocs, run, write
from support.old_sites import ACADEMICPAGES, AL_FOLIO, HUGO_ACADEMIC, HUGOBLOX, PNG
from support.pages import article, citations, classed, hrefs, parse, text, warnings
from support.repositories import GIT_ENV, git

Files = Mapping[str, str | bytes]

SYSTEMS: dict[str, tuple[Files, Callable[[Source, str], Imported]]] = {
    "al-folio": (AL_FOLIO, alfolio.read),
    "hugoblox": (HUGOBLOX, hugoblox.read),
    "academicpages": (ACADEMICPAGES, academicpages.read),
}


def cli(folder: Path, *args: str | Path) -> tuple[int, str]:
    """Call a command of a site's own copy of the machinery."""
    code, said = run(sys.executable, folder / "hooks/cli.py", *args, cwd=folder, env=GIT_ENV)
    assert "Traceback" not in said
    return code, said


def source(files: Files) -> Source:
    """An old site of these files."""

    def content(path: str) -> bytes:
        data = files[path]
        return data if isinstance(data, bytes) else data.encode()

    return Source(tuple(files), content)


def read(system: str, files: Files, name: str = "") -> Imported:
    """What the reader of a system makes of files."""
    return SYSTEMS[system][1](source(files), name)


def reports(imported: Imported) -> str:
    """All problems that are reported, a line each."""
    return "\n".join(problem.line_for_people() for problem in imported.problems)


def report_of(folder: Path) -> str:
    """The report that an import has left beside mkdocs.yml."""
    return (folder / "import-report.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that `new` has just made."""
    folder = tmp_path_factory.mktemp("fresh") / "site"
    code, said = run(
        *(sys.executable, ROOT / "hooks/cli.py", "new", folder, "--name", "New Comer", "--yes"),
        env=GIT_ENV,
    )
    assert code == 0, said
    return folder


@pytest.fixture
def site(fresh: Path, tmp_path: Path) -> Path:
    """A copy of that site for one test."""
    return Path(shutil.copytree(fresh, tmp_path / "site"))


@pytest.fixture(scope="module", params=sorted(SYSTEMS))
def imported_site(
    request: pytest.FixtureRequest, fresh: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, str, Built]:
    """A site after an import: from which system, what the command said, and its strict build."""
    folder = tmp_path_factory.mktemp("moved")
    write(folder / "old", SYSTEMS[request.param][0])
    new = Path(shutil.copytree(fresh, folder / "new"))
    code, said = cli(new, "import", request.param, folder / "old", "--yes")
    assert code == 0, said
    assert "Nothing stops make publish." in said
    assert len(said.splitlines()) <= 25
    returncode, log = mkdocs("build", "--strict", cwd=new)
    return request.param, said, Built(new, returncode, log)


def test_an_imported_site_builds(imported_site: tuple[str, str, Built]) -> None:
    _, _, built = imported_site
    assert warnings(built.log) == []
    assert built.returncode == 0


def test_nothing_of_the_starter_is_left(imported_site: tuple[str, str, Built]) -> None:
    _, _, built = imported_site
    pages = [*built.site_dir.rglob("*.html")]
    assert len(pages) > 8
    assert not [page for page in pages if "New Comer" in page.read_text(encoding="utf-8")]
    assert not (built.folder / "docs/research.md").exists()
    assert not list((built.folder / "docs").rglob("a-page-that-lasts.md"))
    assert git(built.folder, "status", "--porcelain", "hooks", "overrides") == ""


OWNERS = {
    "al-folio": (
        "Jane Q. Doe",
        "Associate Professor",
        "Aarhus University",
        "https://github.com/janedoe",
    ),
    "hugoblox": ("Richard Roe", "Lecturer", "Example University", "https://github.com/roe"),
    "academicpages": ("Ann Other", "Postdoc", "Institute of Examples", "https://github.com/ann-other"),
}


def test_the_home_page_says_who_it_is(imported_site: tuple[str, str, Built]) -> None:
    system, _, built = imported_site
    page = parse(built.read("index.html"))
    profile = text(classed(page, "hp-profile")[0])
    name, title, place, link = OWNERS[system]
    assert name in profile
    assert title in profile
    assert place in profile
    assert any(link in address for address in hrefs(page))
    assert [img for img in page.iter("img") if "portrait" in img.get("class", "") + img.get("src", "")]


WORKS = {
    "al-folio": ["Doe, J., & McDonald, O. (2020). Joins.", "Doe, J., & Roe, R. (2021). Trees."],
    "hugoblox": ["Roe, R.*, & Other, A.* (2019). Snow: 100% of it.", "Roe, R., & Doe, J. (2021). Rain."],
    "academicpages": ["Other, A. B., & Doe, J. (2018). Counting & more.", "Other, A. (2020). Sums."],
}


def test_all_publications_are_there_and_are_the_owners(imported_site: tuple[str, str, Built]) -> None:
    system, _, built = imported_site
    page = parse(built.read("publications/index.html"))
    shown = citations(page)
    assert len(shown) >= 2
    for work in WORKS[system]:
        assert [one for one in shown if one.startswith(work)], shown
    assert classed(page, "hp-me")


def test_al_folios_pages_are_imported() -> None:
    imported = read("al-folio", AL_FOLIO)
    assert dict(imported.nav) == {
        "Home": "index.md", "Publications": "publications.md", "Teaching": "teaching.md",
        "Curriculum vitae (PDF)": "assets/pdf/cv.pdf", "Education": "education.md",
        "Honors and Awards": "honors.md", "Curriculum Vitae": "cv.md", "Projects": "projects.md",
        "Handout": "assets/pdf/slides.pdf", "Repositories": "repositories.md", "Blog": "blog/index.md",
    }  # fmt: skip
    home = imported.texts["index.md"]
    assert (
        "see my [CV](assets/pdf/cv.pdf), my\n[teaching](teaching.md) and my [papers](publications.md)"
        in home
    )
    assert "The best one [@doe2020joins] has $a^2$ in it 🎉" in home
    assert "\n\n* trees\n    * oaks\n" in home
    assert "![The lab](assets/img/lab%20room.png)" in home
    assert "Room 12  \n8000 Aarhus" in home
    assert "alert" not in home
    publications = imported.texts["publications.md"]
    assert "<!-- publications {group: none, selected: true} -->" in publications
    assert "## With slides\n\n<!-- publications {group: year, keys: [doe2021trees]} -->" in publications
    assert "not yet" not in publications
    assert "<!-- publications {group: year} -->" in publications
    teaching = imported.texts["teaching.md"]
    assert '[slides](assets/pdf/slides.pdf "All"), [mine](publications.md#x)' in teaching
    assert "[blog](blog/posts/hello.md)" in teaching
    assert "and [code](repositories.md)." in teaching
    assert '```python\nprint("{{ not a tag }}")  # {{ x }}\n```' in teaching
    assert "```\n{% left alone %}\n```" in teaching
    assert "onclick" not in teaching
    assert "[From elsewhere](https://elsewhere.example.org/x.png)" in teaching
    assert "<!-- news -->" not in teaching
    assert front_matter.split(teaching, "")[0].meta["aliases"] == ["/courses/"]
    assert imported.texts["news.md"].startswith(
        "# News\n\n## 2024-07-01 A long announcement\n\n### With a heading"
    )
    assert "## 2024-06-17\n\nA paper ✨" in imported.texts["news.md"]
    assert "Des étudiants." in imported.texts["latin.md"]
    assert (
        "- 2015 - 2019: **PhD**. University of Aarhus\n    - Thesis on joins"
        in imported.texts["education.md"]
    )
    assert "1990" not in "".join(imported.texts.values())
    assert "![A tool](../assets/img/tool.png)" in imported.texts["projects/tool.md"]
    assert "[Elsewhere](https://tool.example.org)" in imported.texts["projects.md"]
    assert "books/a-book.md" in imported.texts["books.md"]
    assert 'color: "#00369f"' in imported.texts["venues.yml"]
    assert imported.texts["publications.bib"].startswith("@string")
    assert imported.copies["assets/img/publication_preview/joins.png"]
    assert imported.people["Richard Roe"] == {"url": "https://roe.example.org", "also": ["R. Roe"]}
    assert imported.people["Old McDonald"]["url"] == ""
    assert imported.owner.also == ("Jane Doe", "J. Doe")
    assert "https://scholar.google.com/citations?user=AbCdEfGhIjKl" in imported.owner.links
    assert "https://fediscience.org/@jane" in imported.owner.links
    assert "mailto:jane@example.org" in imported.owner.links
    assert imported.owner.description == ""  # the template's
    assert imported.settings == {"domain": "jane.example.org"}


def test_al_folios_lists_and_people_are_on_the_pages_that_had_them() -> None:
    imported = read("al-folio", AL_FOLIO)
    projects = imported.texts["projects.md"]
    assert projects.startswith("# Projects\n\nWhat I build.\n\n## Fun\n\n- Sorting machine\n\n## Work")
    assert "- **[A tool](projects/tool.md)**. that joins\n" in projects
    assert projects.endswith("\n\nWrite to me.\n")
    assert "projects-2.md" not in imported.texts
    people = imported.texts["people.md"]
    assert (
        '## Carl Coe\n\n![Carl Coe](assets/img/tool.png){ width="200" }\n\nCarl counts.\n\nRoom 13'
        in people
    )
    assert "Carl Coe" in imported.people
    assert "[janedoe](https://github.com/janedoe)" in imported.texts["repositories.md"]


def test_the_home_page_has_the_lists_that_the_old_one_had() -> None:
    sample = "Write your biography here. Tell the world about yourself.\nIt is easy."
    about = f"---\nselected_papers: false\nnews: false\n---\n\nHello.\n\n<!--\n{sample} -->\n\nBye.\n"
    home = read("al-folio", {**AL_FOLIO, "_pages/about.md": about}).texts["index.md"]
    assert home.startswith("<!-- profile -->\n\nHello.\n\n<!--\n")
    assert "-->\n\nBye." in home
    assert "<!-- news" not in home
    assert "Selected publications" not in home
    assert "[All publications](publications.md)" in home


def test_what_al_folio_did_not_show_and_its_samples_are_not_imported() -> None:
    resume = '{"basics": {"name": "Jane"}, "work": ["Quantum Teleportation", "Zur Elektrody"]}'
    imported = read("al-folio", {**AL_FOLIO, "assets/json/resume.json": resume})
    texts = "".join(imported.texts.values())
    for part in (
        "Secret plans", "einstein", "biography", "A draft", "Lorem", "beautiful", "project 3",
        "built-in", "Quantum", "Liquid", "{% for", "blog_name", "min read",
    ):  # fmt: skip
        assert part not in texts
    assert not re.findall("unused|code|about", "".join(imported.texts))
    assert not [name for name in imported.people if "Adams" in name]
    assert "1 work of the template" in reports(imported)


def test_hugobloxs_pages_are_imported() -> None:
    imported = read("hugoblox", HUGOBLOX)
    assert dict(imported.nav) == {
        "Home": "index.md", "News": "news.md", "Projects": "projects.md", "Papers": "publications.md",
        "Talks": "talks.md", "Teaching": "teach.md", "Education": "education.md",
        "Blog": "blog/index.md",
    }  # fmt: skip
    home = imported.texts["index.md"]
    assert "I look at the sky. [My vita](uploads/resume.pdf)." in home
    assert "!!! warning\n\n    It **rains**." in home
    assert "## My research\n\nUse the weather. See [@roe2021rain]." in home
    bib = imported.texts["publications.bib"]
    assert "  title = {Rain},\n  author = {Roe, Richard and Doe, Jane},\n" in bib
    for line in (
        "selected = {true}", r"abstract = {Rain \& more\_rain costs 5\%.}",
        "slides = {uploads/slides.pdf}",
        "code = {https://github.com/roe/rain}", "preview = {roe2021rain.png}",
        "additional_info = {[Talk](https://example.org/talk)}", "pdf = {assets/pdf/roe2021rain.pdf}",
        "author = {Richard Roe and Ann Other}", "author+an = {1=equal; 2=equal}",
        "eprint = {1901.00001}",
        "booktitle = {Proceedings of Snow}", "doi = {10.1000/snow}",
    ):  # fmt: skip
        assert f"  {line}," in bib
    assert "![cloud](../assets/img/rain/cloud.png)" in imported.texts["publications/roe2021rain.md"]
    assert "full text" not in "".join(imported.texts.values())
    post = imported.texts["blog/posts/first.md"]
    assert "![A wet street](../../assets/img/first/wet.png)\n\n*A wet street*" in post
    assert "[the paper](../../publications/roe2021rain.md)" in post
    assert post.count("<!-- more -->") == 1
    assert (
        "- 2023.06.01: **On clouds**. Cloud Days, Oslo\n    - They float." in imported.texts["talks.md"]
    )
    assert "- Weather\n    1. Rain" in imported.texts["teach.md"]
    assert '??? note "Answer"\n\n    42' in imported.texts["teach.md"]
    assert imported.owner.native == "罗理查"
    assert imported.owner.interests == ("Weather", "Rain")
    assert imported.people["Jane Doe"]["url"] == "https://jane.example.org"


def test_sites_of_hugo_academic_are_imported() -> None:
    imported = read("hugoblox", HUGO_ACADEMIC)
    owner = imported.owner
    assert (owner.name, owner.job_title, owner.affiliation) == (
        "Richard Roe", "Reader", ("Example University",),
    )  # fmt: skip
    assert (owner.portrait, owner.interests) == ("portrait.jpg", ("Rain",))
    assert {"https://github.com/roe", "mailto:roe@example.org"} <= {*owner.links}
    assert imported.nav == [
        ("Home", "index.md"), ("Works", "publications.md"), ("CV", "files/cv.pdf"),
        ("Lab", "https://lab.example.org"), ("Talks", "talks.md"), ("Tools", "tool.md"),
        ("Education", "education.md"),
    ]  # fmt: skip
    home = imported.texts["index.md"]
    parts = (
        "I look at the sky.",
        "## Papers\n\n<!-- publications {limit: 3, group: none} -->",
        "## Mine\n\nWhat I do.",
        "## Tools\n\n- 2018.01.01: [A gauge](tool/gauge.md)",
        "## Contact\n\n- Email: [roe@example.org](mailto:roe@example.org)",
    )
    assert [part for part in parts if part not in home] == []
    assert [*map(home.index, parts)] == sorted(map(home.index, parts))
    assert "unheard_of" not in "".join(imported.texts.values())
    assert "measures <code>&#123;&#123;&lt; x &gt;&#125;&#125;</code>" in imported.texts["tool/gauge.md"]
    bib = imported.texts["publications.bib"]
    for line in ("title = {Sleet}", "journal = {Weather}", "selected = {true}",
                 "author = {Roe, R. and Other, A. and Doe, J}"):  # fmt: skip
        assert f"  {line},\n" in bib
    assert "@article{b," in bib
    assert "Mist" not in bib
    talks = imported.texts["talks.md"]
    assert "- 2018.06.01: **On hail**. Hail Days\n    - [Slides](files/hail.pdf)" in talks
    assert "Example Talk" not in talks
    assert "content/home/off.md:1: note: a block of the home page that was switched off" in reports(
        imported
    )
    assert "a shortcode that cannot be converted was removed: {{< unheard_of >}}" in reports(imported)


def test_pages_that_list_a_folder_and_sample_blocks_of_hugoblox() -> None:
    section = "---\ntitle: {}\nsections:\n{}---\n"
    listing = (
        "  - block: collection\n    id: all\n    content: {title: All, filters: {folders: [hobby]}}\n"
    )
    demo = "  - block: cta-card\n    demo: true\n    content: {title: Build, text: Build it.}\n"
    vita = "  - block: resume-biography-3\n    content: {button: {text: Vita, url: /uploads/cv.pdf}}\n"
    files: Files = {
        "data/authors/me.yaml": "name:\n  display: Jane Doe\nis_owner: true\nbio: I climb.\n---\n",
        "content/_index.md": section.format("''", vita + listing + demo),
        "content/hobbies.md": section.format("My hobbies", listing),
        "content/hobby/climbing/index.md": "---\ntitle: Climbing\n---\nUp.\n",
        "content/blog/x/index.md": "---\ntitle: ✅ Teach academic courses\ndate: 2023-01-01\n---\nX.\n",
        "static/uploads/cv.pdf": b"%PDF-1.4 cv",
        "config/_default/menus.yaml": "main:\n  - {name: Fun, url: '#all', weight: 3}\n",
    }
    imported = read("hugoblox", files)
    assert imported.nav == [("Home", "index.md"), ("Fun", "hobbies.md")]
    assert imported.texts["hobbies.md"] == "# My hobbies\n\n- [Climbing](hobbies/climbing.md)\n"
    home = imported.texts["index.md"]
    assert "I climb.\n\n[Vita](uploads/cv.pdf)\n\n## All\n\n- [Climbing](hobbies/climbing.md)" in home
    assert "Build" not in home
    assert [path for path in imported.texts if path.startswith("blog/")] == []


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_the_language_is_imported_if_there_is_a_translation(
    system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, line = {
        "al-folio": ("_config.yml", "lang: {}\n"),
        "academicpages": ("_config.yml", "locale: {}\n"),
        "hugoblox": ("hugo.yaml", "languageCode: {}\n"),
    }[system]
    site = dict(SYSTEMS[system][0])
    there = site.get(path, b"")
    text = there if isinstance(there, str) else there.decode().replace("locale:", "other:")
    monkeypatch.setitem(labels.LABELS, "pt", {})
    for code, here in (("en-US", "en"), ("pt-BR", "pt"), ("pt_PT", "pt"), ("xx", "")):
        imported = read(system, {**site, path: text + line.format(code)})
        assert imported.language == here
        assert ("the old site's language 'xx'" in reports(imported)) == (code == "xx")


def test_translations_are_in_languages_of_the_theme() -> None:
    folder = Path(material.__file__).parent / "templates/partials/languages"
    assert labels.LABELS
    assert all((folder / f"{language}.html").is_file() for language in labels.LABELS)


def test_academicpages_pages_are_imported() -> None:
    imported = read("academicpages", ACADEMICPAGES)
    bib = imported.texts["publications.bib"]
    assert "author = {Other, A. B. and Doe, J}" in bib
    assert "pdf = {files/counting.pdf}" in bib
    assert "@inproceedings{other2020sums,\n  doi = {10.1000/sums}, title = {Sums}" in bib
    assert "@article{other2021odd,\n  title = {Odd},\n  journal" in bib, "nobody is invented"
    assert "[the other](publications/other2020sums.md)" in imported.texts["index.md"]
    assert "* PhD, 2019\n    * With honours" in imported.texts["cv.md"]
    assert "<!-- publications {group: year} -->" in imported.texts["cv.md"]
    assert "A longer text" in imported.texts["publications/other2018counting.md"]
    assert "[Why count](talks/talk.md)" in imported.texts["talks.md"]
    assert "## Heading\n\nText." in "".join(imported.texts.values())
    assert '<img src="../../images/abacus.png" alt="Beads">' in imported.texts["portfolio/one.md"]
    assert imported.copies["files/extra.pdf"]
    assert not [link for link in imported.owner.links if "yourorcid" in link or "none@" in link]


def test_pages_show_imported_content(imported_site: tuple[str, str, Built]) -> None:
    system, _, built = imported_site
    if system == "al-folio":
        assert classed(parse(built.read("education/index.html")), "hp-timeline")
        assert "8000 Aarhus" in text(article(built.read("index.html")))
        assert 'href="../teaching/"' in built.read("courses/index.html")  # its old address
        assert "Hello, world" in built.read("blog/index.html")
        assert (built.site_dir / "CNAME").read_text().strip() == "jane.example.org"
    elif system == "hugoblox":
        work = text(article(built.read("publications/roe2021rain/index.html")))
        assert "Rain & more_rain costs 5%." in work
        assert "More about it" in work
        assert "publications/roe2021rain/" in built.read("publication/rain/index.html")
        assert classed(parse(built.read("talks/index.html")), "hp-timeline")
        assert "A prize" in text(article(built.read("news/index.html")))
    else:
        assert "A longer text" in built.read("publications/other2018counting/index.html")
        assert (built.site_dir / "files/extra.pdf").is_file()
        assert classed(parse(built.read("teaching/index.html")), "hp-timeline")


TOLD = {
    "al-folio": (
        "_config.yml: note: 'google_analytics'",
        "_data/coauthors.yml: warning: the address of Old McDonald is not valid: javascript:alert(1)",
        "sample.md",
        "_bibliography/unused.bib: note: no list of the old site showed this .bib file",
        "_pages/_plans.md",
        "_old/plans.md",
        "_pages/publications.md:24: warning: the list names the works that fit @*[slides ^= https]",
        "_pages/publications.md:26: warning: text in a comment was not imported",
        "_projects/4_project.md:6: note: texts of the template in this page were not imported",
        "_pages/about.md:27: warning: a script",
        "_pages/about.md:29: warning: Liquid that cannot be converted was removed: {{ page.title | own",
        "_pages/broken.md:3: error: not valid YAML",
        "_pages/latin.md:2: warning: the file is not UTF-8",
        "_pages/blog.md:1: note: the page has only Liquid",
        "_pages/software.md:1: note: the page has only Liquid",
        "_pages/teaching.md:14: warning: '/assets/pdf/gone.pdf' is not in the old site",
        "_pages/teaching.md:24: warning: a frame is a link now: https://www.youtube.com/embed/xyz",
        "unused.png",
        "_layouts/page.liquid, _sass/x.scss",
    ),
    "hugoblox": (
        "content/_index.md: note: the block 'Numbers' of the home page",
        "content/authors/admin/_index.md:31: warning: a shortcode that cannot be converted was removed",
        "content/authors/jane-doe/_index.md:1: note: the text about Jane Doe",
        "content/privacy.md:1: note: a draft was not imported",
    ),
    "academicpages": (
        "_publications/2009-10-01-sample.md, _talks/2012-03-01-talk-1.md",
        "_publications/2021-02-01-odd.md:1: warning: the authors of 'Odd'",
        "_pages/publications.html:1: note",
        "500x300.png",
    ),
}


def test_what_was_not_imported_is_reported(imported_site: tuple[str, str, Built]) -> None:
    system, said, built = imported_site
    report = report_of(built.folder)
    for part in TOLD[system]:
        assert part in report
    assert ":0:" not in report + said
    assert "  .:" not in report + said
    assert "The whole list is in " in said
    assert git(built.folder, "status", "--porcelain", "import-report.md") == ""


def test_what_stops_publishing_is_said_with_file_and_line(site: Path, tmp_path: Path) -> None:
    bib = AL_FOLIO["_bibliography/papers.bib"]
    assert isinstance(bib, bytes)
    broken = bib.replace(b"@string", b"@article{x, title = {X} year = 2020}\n@string", 1)
    files = {k: v for k, v in AL_FOLIO.items() if k != "assets/pdf/joins.pdf"}
    write(tmp_path / "old", {**files, "_bibliography/papers.bib": broken})
    code, said = cli(site, "import", "al-folio", tmp_path / "old", "--yes")
    assert code == 0
    code, log = mkdocs("build", "--strict", cwd=site)
    assert code == 1
    stops = warnings(log)
    assert len(stops) > 1
    assert f"{len(stops)} things stop make publish:\n" in said, (said, stops)
    assert re.search(r"^  docs/publications.bib:\d+: .*joins.pdf.* \(", said, re.M)
    assert report_of(site).partition("## Not imported")[0].count("\n- docs/") == len(stops)


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_every_file_is_imported_or_reported(system: str) -> None:
    more: dict[str, str | bytes] = {
        "notes/odd.xyz": b"?", "_drafts/idea.md": "An idea.", "content/odd/table.csv": "1,2",
        "assets/img/deep/lost.webp": PNG, "data/thing.bin": b"\0", "README.md": "# Old",
    }  # fmt: skip
    imported = read(system, {**SYSTEMS[system][0], **more})
    named = {path.rpartition("/")[2] for path in more} - set(imported.copies.values())
    assert len(named) == len(more)
    for name in named:
        assert name in reports(imported)


# Keys of the small sites that only say how the old theme shows a page.
SHOWING = set(
    "layout type nav nav_order importance permalink date featured draft superuser weight block icon "
    "author_profile author_notes publication_types inline username img".split()
)


def leaves(found: object, key: str = "") -> list[tuple[str, str]]:
    """The keys and values in front matter."""
    if isinstance(found, dict):
        return [leaf for name, value in found.items() for leaf in leaves(value, name)]
    if isinstance(found, list):
        return [leaf for value in found for leaf in leaves(value, key)]
    return [(key, str(found))]


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_every_value_of_front_matter_is_imported_or_reported(system: str) -> None:
    secret = "A word that nobody knows: zqxwv"
    pages = {path: text for path, text in SYSTEMS[system][0].items() if path.endswith(".md")}
    files = dict(SYSTEMS[system][0])
    for path, data in pages.items():
        assert isinstance(data, bytes)
        files[path] = data.replace(b"---\n", f"---\nunheard_of: '{secret}'\n".encode(), 1)
    imported = read(system, files)
    words = re.compile(r"[^\W_]+")
    new = set(words.findall(f"{imported._replace(problems=[])}".lower()))
    told = {p.path: p for p in imported.problems if p.message.startswith("not imported from")}
    seen = 0
    for path in pages:
        page, faults = front_matter.split(front_matter_text(files[path]), path)
        if faults or path in reports(imported).replace(f"{path}:1: note: not imported from", ""):
            continue
        for key, value in leaves(page.meta):
            seen += 1
            shown = set(words.findall(re.sub("<[^>]*>", "", unescape(value)).lower()))
            there = len(new & shown) >= 0.7 * len(shown)
            assert key in SHOWING or there or f"{key}: " in told[path].message, (path, key, value)
    assert seen > 10
    assert reports(imported).count(secret) > 3


def front_matter_text(data: str | bytes) -> str:
    """The text of a page."""
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else data


@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_broken_files_cause_no_traceback_and_read_nothing_outside(system: str) -> None:
    bad = (
        "---\na: &a [*a]\ntitle: ../../../etc/passwd\npermalink: ../../../../etc/x\nprofile: [1]\n---\n"
    )
    bad += "![x](../../../../etc/passwd) [y](file:///etc/passwd) <img src='/../../etc/shadow'> "
    bad += "{{ {% }} [](<>)"
    names = [
        *SYSTEMS[system][0],
        "content/publication/x/index.md",
        "_publications/x.md",
        "_posts/2020-01-01-x.md",
    ]
    for content in (bad, b"\xff\xfe\0\0", "+++\na = [\n+++\n", "[1, {", "---\n- 1\n---\nx", b""):
        imported = read(system, dict.fromkeys(names, content), "Jane Doe")
        assert imported.owner.name == "Jane Doe"
        for path in (*imported.texts, *imported.copies):
            assert ".." not in Path(path).parts
            assert not path.startswith("/")
        assert set(imported.copies.values()) <= set(names)


# Scripts of the site's own may run, and so would a file that the old site brought.
_SRC = "src=/assets/pdf/evil.pdf"
HOSTILE: Files = {
    "_pages/about.md": f"""---
permalink: /
profile:
  address: '<p>Room 12 <script src="assets/pdf/evil.pdf"></script></p>'
---
<scr<script></script>ipt {_SRC}></script>
<script {_SRC}>

Plain `<script {_SRC}></script>` code.

<div>`<script {_SRC}></script>`
</div>

<div title="`"><script {_SRC} title="`"></script></div>

```a b c
<script {_SRC}></script>

~~~
<div><script {_SRC}></script></div>
~~~~
<script {_SRC}></script>

<scr\x02ipt {_SRC}></script>
""",
    "_pages/more.md": """---
title: "More &lt;script src=/assets/pdf/evil.pdf&gt;&lt;/script&gt; of it"
---
A paragraph.
{: onclick="alert(1)" }

[a](x.md){ onmouseover=alert(1) href="javascript:alert(1)" } [b](javascript:alert(1))
[c](<java&#115;cript:alert(1)>) [d][d] {% gist javascript://x.org/%0aalert(1) %}

[d]: javascript:alert(1)/x

<svg/onload=alert(1)> <img/src='x'/onerror=alert(1)> <img src=x title=it's onerror=alert(1)>
<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>
<form action="https://evil.example.org"><button formaction="javascript:alert(1)">Go</button></form>
<base href="https://evil.example.org/"> <meta http-equiv="refresh" content="0; url=//evil.example.org">
<object data="/assets/pdf/evil.html"></object> <applet code=x></applet> <embed src="/evil.html">
<iframe srcdoc="<script src=/assets/pdf/evil.pdf></script>"></iframe>

Formulas stay: $one = 1$, and so do [files](/assets/pdf/cv.pdf), <https://example.org/> and x < y.
""",
    "_news/n.md": f"""---
title: "N &lt;script {_SRC}&gt;&lt;/script&gt;"
date: 2024-01-01
---
Text.
""",
    "_projects/p.md": f"""---
title: P <scr<b>ipt {_SRC}></script>
description: D &lt;script {_SRC}&gt;&lt;/script&gt;
category: "C <script {_SRC}></script>"
---
Text.
""",
    "_data/cv.yml": f"""
- title: Education
  type: time_table
  contents:
    - title: "<script {_SRC}></script>"
      institution: "<script {_SRC}></script>"
      year: 2020
      url: "javascript:x://y"
""",
    "assets/pdf/evil.pdf": b"alert(1)",
    "assets/pdf/evil.js": b"alert(1)",
    "assets/pdf/evil.html": b"<script>alert(1)</script>",
    "assets/pdf/evil.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "assets/pdf/cv.pdf": b"%PDF-1.4 cv",
}  # fmt: skip


def test_nothing_of_the_old_site_runs_in_the_new(fresh: Path, tmp_path: Path) -> None:
    write(tmp_path / "old", HOSTILE)
    new = Path(shutil.copytree(fresh, tmp_path / "new"))
    code, said = cli(new, "import", "al-folio", tmp_path / "old", "--yes", "--name", "Eve Doe")
    assert code == 0, said
    assert "were not imported: evil.html, evil.js" in report_of(new)
    assert "were not imported: evil.svg" in report_of(new)
    assert sorted(path.name for path in (new / "docs").rglob("evil.*")) == ["evil.pdf"]
    _, log = mkdocs("build", cwd=new)
    pages = sorted((new / "site").rglob("*.html"))
    assert len(pages) > 5, log
    for page in pages:
        tags: list[tuple[str, dict[str, str | None]]] = []
        reader = HTMLParser()
        reader.handle_starttag = lambda tag, found, to=tags: to.append((tag, dict(found)))  # type: ignore[method-assign, misc]
        reader.feed(page.read_text(encoding="utf-8"))
        assert len(tags) > 20
        assert not {tag for tag, _ in tags} & {"object", "applet", "embed", "iframe", "base"}, page
        for tag, given in tags:
            for name, value in given.items():
                assert not re.fullmatch("on[a-z]+|formaction|srcdoc", name), (page, name, value)
                assert "javascript:" not in (value or "").replace(" ", "").lower(), (page, name, value)
                assert "evil" not in (value or "") or (tag, name) in (("a", "href"), ("div", "title"))
    more = (new / "docs/more.md").read_text(encoding="utf-8")
    assert "$one = 1$, and so do [files](assets/pdf/cv.pdf), <https://example.org/> and x < y." in more
    shown = unescape((new / "site/index.html").read_text(encoding="utf-8"))
    assert f"Plain <code><script {_SRC}></script></code> code." in shown
    assert "Room 12" in shown


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        *(
            (f"a.{end}", b"plain", "")
            for end in ("pdf", "bib", "TXT", "csv", "ipynb", "tex", "mp4", "tar.gz")
        ),
        *((f"a.{end}", PNG, "") for end in ("png", "JPG", "webp", "ico")),
        ("node.js.pdf", b"%PDF", ""),
        ("data.json", b"[1]", ""),
        ("b.txt", b"a < b and <b>c</b>", ""),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', ""),
        *(
            (name, b"plain", "of its kind")
            for name in (
                *(
                    f"a.{end}"
                    for end in "html HTM xhtml xht shtml stm xml xsl xslt rdf rss atom mathml".split()
                ),
                *(
                    f"a.{end}"
                    for end in "js mjs css wasm swf svgz mht hta php cgi py jsp asp exe".split()
                ),
                *("a", ".htaccess", "_headers", "CNAME", "a.txt.", "a.unheard-of", "a.html.en", ".txt"),
                *("a.html.gz", "a.shtml.txt", "a.php.png", "a.svg.gz", "a.xml.zip"),
            )
        ),
        *(
            (f"a.{end}", b"<script>alert(1)</script>", "not an image")
            for end in ("png", "jpg", "gif", "ico")
        ),
        ("a.txt", b"\xef\xbb\xbf\n <!DOCTYPE html>", "markup"),
        ("a.dat", b"<html xmlns='http://www.w3.org/1999/xhtml'>", "markup"),
        ("a.pdf", b"<?xml version='1.0'?><x/>", "markup"),
        ("a.csv", b"<!-- --><script>alert(1)</script>", "markup"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "'onload'"),
        ("a.svg", PNG, "cannot be read"),
    ],
)
def test_only_files_that_cannot_run_are_imported(name: str, data: bytes, told: str) -> None:
    fault = allowed_files.fault(name, data)
    assert (told in fault.what) if told and fault else not (told or fault)


@pytest.mark.parametrize(
    "name", ["page.shtml", "feed.atom", "foaf.rdf", "style.xslt", "run.svg", "fake.txt"]
)
@pytest.mark.parametrize("system", sorted(SYSTEMS))
def test_files_that_could_run_are_rejected_and_links_to_them_reported(system: str, name: str) -> None:
    data = b"<svg xmlns='http://www.w3.org/2000/svg'>\n<script/></svg>"
    page, folder = ("_pages/x.md", "") if system != "hugoblox" else ("content/x.md", "static/")
    body = f"---\ntitle: X\npermalink: /x/\n---\nText.\n\n[it](/files/{name})\n"
    imported = read(system, {**SYSTEMS[system][0], page: body, f"{folder}files/{name}": data})
    assert not [path for path in imported.copies if path.endswith(name)]
    assert f"{page}:7: warning: '/files/{name}' leads to a file that was not imported" in reports(
        imported
    )
    assert f"{folder}files/{name}" in reports(imported) or f"were not imported: {name}" in reports(
        imported
    )
    if name == "run.svg":
        assert f"{folder}files/run.svg:2: warning: the file was not imported" in reports(imported)


LONG = """
from commands.import_ import alfolio, hugoblox
from commands.import_.old_site import Source
for piece in ("<script>", "``a", "<ul ", "<ul{% for", " ", "{:toc ", "{% highlight x %}\\n", "[a](/b) ",
              "{{< highlight a >}}", "{{% a %}}", "- a\\n", "```\\n", "[a\\n", "<img src=http://b> ",
              "<div ", "<a \\"", "`a`", "http://a.b ", "[a]: /b\\n"):
    body = f"---\\ntitle: x\\n---\\na\\n{piece * (30_000 // len(piece))}".encode()
    for read, path in ((alfolio.read, "_pages/x.md"), (hugoblox.read, "content/x.md")):
        assert read(Source((path,), lambda _: body), "Jane Doe").owner.name == "Jane Doe"
"""


def test_long_pages_are_read_in_time_and_longer_ones_reported() -> None:
    script = f"import sys; sys.path.insert(0, {str(ROOT / 'hooks')!r})" + LONG.replace("\\\\", "\\")
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    imported = read("al-folio", {**AL_FOLIO, "_pages/long.md": "long " * 120_000})
    assert "_pages/long.md:1: warning: the page is too long and was not imported" in reports(imported)
    assert "long.md" not in imported.texts


def test_files_with_names_special_to_git_or_other_systems_are_left_behind(
    site: Path, tmp_path: Path
) -> None:
    odd = ("con.pdf", "a\\b.pdf", "CV.pdf", "x\x07.pdf")
    more = {f"assets/pdf/{name}": b"%PDF" for name in (*odd, ".gitignore", ".gitattributes")}
    write(tmp_path / "old", {**AL_FOLIO, **more, "CNAME": "no_host/at all\n"})
    (tmp_path / "old/assets/pdf/loop.pdf").symlink_to("loop2.pdf")
    (tmp_path / "old/assets/pdf/loop2.pdf").symlink_to("loop.pdf")
    code, said = cli(site, "import", "al-folio", tmp_path / "old", "--yes")
    assert code == 0, said
    told = report_of(site)
    assert "con.pdf: warning: the file was not imported: some systems do not allow its name" in told
    assert "its name differs from assets/pdf/CV.pdf only in case" in told
    assert "assets/pdf/loop.pdf: note: the symbolic link was not imported" in told
    names = {path.name for path in (site / "docs/assets/pdf").iterdir()}
    assert "joins.pdf" in names
    assert not names & {*odd[:2], odd[3], "cv.pdf", ".gitignore", ".gitattributes", "loop.pdf"}
    assert not (site / "docs/CNAME").exists()
    assert "no_host" not in (site / "mkdocs.yml").read_text(encoding="utf-8")
    (tmp_path / "l1").symlink_to("l2")
    (tmp_path / "l2").symlink_to("l1")
    for folder in (tmp_path / "l1", tmp_path / ("x" * 300)):
        code, said = cli(site, "new", folder, "--name", "A B", "--yes")
        assert (code, "can be no folder" in said) == (1, True), said


# -- the command -------------------------------------------------------------------


def test_an_owners_pages_are_not_written_over(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "old", ACADEMICPAGES)
    mine = "# Teaching\n\nMine.\n"
    write(site, {"docs/teaching.md": mine, "docs/notes.md": "# Notes\n"})
    code, said = cli(site, "import", "academicpages", tmp_path / "old", "--yes")
    assert code == 1
    assert "changes that are not committed and would be lost: docs/notes.md, docs/teaching.md" in said
    assert "(Keep them: git add --all && git commit. Or discard" in said
    assert "git restore . && git clean -fd docs" in said
    written = (site / "mkdocs.yml").read_text(encoding="utf-8")
    write(site, {"mkdocs.yml": written.replace("  language: en\n", "  language: fr\n")})
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message=Mine")
    code, said = cli(site, "import", "academicpages", tmp_path / "old", "--yes")
    assert code == 1
    assert "1 file of yours would be overwritten: docs/teaching.md. (Add --replace" in said
    assert git(site, "status", "--porcelain") == ""

    code, said = cli(site, "import", "academicpages", tmp_path / "old", "--yes", "--replace")
    assert code == 0, said
    assert "docs/teaching.md" in said.split("which git keeps")[1].splitlines()[0]
    assert "Numbers" in (site / "docs/teaching.md").read_text(encoding="utf-8")
    assert (site / "docs/notes.md").is_file()
    found = yaml_load((site / "mkdocs.yml").read_text(encoding="utf-8"))
    assert found["site_author"] == "Ann Other"
    assert found["theme"]["language"] == "en"  # as the old site says
    assert {"Portfolio": "portfolio.md"} not in found["nav"], "the old menu did not have it"
    assert (site / "docs/portfolio.md").is_file()


@FIRST_OWNER
def test_the_first_owners_pages_are_replaced(tmp_path: Path) -> None:
    write(tmp_path / "old", HUGOBLOX)
    clone = tmp_path / "clone"
    working_copy.copy(ROOT, working_copy.files(ROOT), clone)
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=Copy"]):
        git(clone, *command)
    code, said = cli(clone, "import", "hugoblox", tmp_path / "old", "--yes")
    assert code == 0, said
    texts = [
        p.read_text(encoding="utf-8") for p in (clone / "docs").rglob("*") if p.suffix in (".md", ".bib")
    ]
    texts += [(clone / name).read_text(encoding="utf-8") for name in ("README.md", "mkdocs.yml")]
    assert len(texts) > 10
    assert not [text for text in texts if "Huang" in text]
    guide = [path.relative_to(ROOT) for path in (ROOT / "guide").iterdir()]
    assert guide
    assert [n for n in guide if (clone / n).read_bytes() != (ROOT / n).read_bytes()] == []


def test_changes_made_while_it_asks_are_not_lost(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "old", HUGOBLOX)
    late = "late.md"
    write(site, {f"docs/{late}": "# Late\n"})
    with working_copy.staging_folder(site) as stage:
        assert ".new-" not in git(site, "status", "--porcelain")
        write(stage / "new", {"docs/index.md": "# New\n"})
        with pytest.raises(OSError, match=r"changed in the meantime.*late"):
            working_copy.exchange(site, stage / "new", stage / "old", ["docs"], kept_by_git=True)
    assert (site / "docs" / late).is_file()
    (site / "docs" / late).unlink()
    for number, (flag, name) in enumerate(
        (("assume-unchanged", "index.md"), ("skip-worktree", "news.md"))
    ):
        git(site, "update-index", f"--{flag}", f"docs/{name}")
        write(site, {f"docs/{name}": "# Mine\n"})
        code, said = cli(site, "import", "hugoblox", tmp_path / "old", "--yes", "--replace")
        assert (code, f"docs/{name}" in said) == (1, True), number
        assert (site / f"docs/{name}").read_text() == "# Mine\n"
        git(site, "update-index", f"--no-{flag}", f"docs/{name}")
        git(site, "checkout", "--quiet", f"docs/{name}")


def test_it_asks_first_and_no_changes_nothing(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "old", HUGOBLOX)
    code, said = cli(site, "import", "hugoblox", tmp_path / "old")  # there is nobody to answer
    assert code == 1
    assert "Continue?" in said
    assert git(site, "status", "--porcelain") == ""


def test_several_bib_files_and_a_name_from_the_option(site: Path, tmp_path: Path) -> None:
    entry = "@article{%s, title = {%s}, author = {Roe, Rae}, journal = {J}, year = 2020}\n"
    files = {f"_bibliography/{k}.bib": "---\n---\n" + entry % (k, k.upper()) for k in ("one", "two")}
    write(tmp_path / "old", files)
    code, said = cli(site, "import", "al-folio", tmp_path / "old")
    assert "New Comer: 2 publications" in said
    code, said = cli(site, "import", "al-folio", tmp_path / "old", "--yes", "--name", "Rae Roe")
    assert code == 0, said
    settings = yaml_load((site / "mkdocs.yml").read_text(encoding="utf-8"))
    assert settings["extra"]["homepage"]["bibliography"] == ["one.bib", "two.bib"]
    returncode, log = mkdocs("build", "--strict", cwd=site)
    assert returncode == 0, log
    assert len(citations(parse((site / "site/publications/index.html").read_text()))) == 2


def test_symbolic_links_out_of_the_old_site_are_not_followed(site: Path, tmp_path: Path) -> None:
    write(tmp_path, {"secret.pdf": b"%PDF", "secrets/x.pdf": b"%PDF"})
    write(tmp_path / "old", {**AL_FOLIO, "_pages/more.md": "[s](/assets/pdf/secret.pdf)\n"})
    (tmp_path / "old/assets/pdf/secret.pdf").symlink_to(tmp_path / "secret.pdf")
    (tmp_path / "old/assets/img/all").symlink_to(tmp_path / "secrets")
    code, said = cli(site, "import", "al-folio", tmp_path / "old", "--yes")
    assert code == 0, said
    assert "assets/pdf/secret.pdf: note: the symbolic link was not imported" in report_of(site)
    assert "assets/img/all: note: the symbolic link was not imported" in report_of(site)
    assert not [path for path in (site / "docs").rglob("*.pdf") if path.name in ("secret.pdf", "x.pdf")]


BOTH = {"_config.yml": "theme: minimal-mistakes-jekyll\n", "_bibliography/a.bib": ""}


def test_a_site_of_another_system_is_reported_and_nothing_changes(site: Path, tmp_path: Path) -> None:
    for of, (files, _) in SYSTEMS.items():
        write(tmp_path / of, files)
    pairs = [(told, of) for told in SYSTEMS for of in SYSTEMS if told != of]
    assert len(pairs) == 6
    for told, of in pairs:
        code, said = cli(site, "import", told, tmp_path / of, "--yes")
        assert code == 1
        assert f"looks like a site of {of}, not of {told}. (Run: " in said
        assert f"import {of} {tmp_path / of}" in said
    assert git(site, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("files", "told", "seen"),
    [
        (BOTH, "al-folio", "al-folio"),
        (BOTH, "academicpages", "academicpages"),
        ({"_config.yml": "remote_theme: mmistakes/minimal-mistakes@4\n"}, "hugoblox", "academicpages"),
        ({"content/publications.bib": ""}, "al-folio", ""),  # a part of some repository
        ({"_config.yml": "title: x\n", "_data/publications.bib": ""}, "academicpages", ""),
        ({"_config.yml": "a: [\n"}, "al-folio", ""),
        ({"config.toml": "", "content/home/about.md": ""}, "al-folio", "hugoblox"),
    ],
)  # fmt: skip
def test_systems_are_recognised(files: Files, told: str, seen: str) -> None:
    assert detection.detect(source(files), told) == seen


def test_a_site_of_unknown_system_is_imported_with_a_warning(site: Path, tmp_path: Path) -> None:
    entry = "@article{a, title = {Rain}, author = {Roe, Rae}, journal = {J}, year = 2020}\n"
    write(tmp_path / "old", {"refs/mine.bib": entry})
    code, said = cli(site, "import", "al-folio", tmp_path / "old", "--yes")
    assert (code, "does not have the name of its owner." in said) == (1, True)
    assert '(Add --name "Jane Doe")' in said
    assert "for al-folio, it should have _bibliography/" in said
    code, said = cli(site, "import", "al-folio", tmp_path / "old", "--yes", "--name", "Rae Roe")
    assert code == 0
    assert "Rae Roe: 1 publication, 0 news items, 0 people, 2 pages, 0 files." in said
    assert "\n  warning: " in said
    assert "does not look like a site of academicpages, al-folio or hugoblox" in said
    assert "Rain" in (site / "docs/publications.bib").read_text(encoding="utf-8")


def test_wrong_folders_are_reported(site: Path, tmp_path: Path) -> None:
    for path, words in (
        ("gone", "is not a folder"),
        ("empty", "is empty"),
        ("other", "does not look like a site of academicpages, al-folio or hugoblox: for al-folio, it"),
    ):
        write(tmp_path, {"other/x.txt": "x"})
        (tmp_path / "empty").mkdir(exist_ok=True)
        code, said = cli(site, "import", "al-folio", tmp_path / path, "--yes")
        assert code == 1
        assert words in said
    for address, words in (
        ("https://github.com/x/y", "Run git clone https://github.com/x/y first"),
        ("github.com/x/y", "Run git clone https://github.com/x/y first"),
        (
            "https://x.github.io/",
            "https://x.github.io/ is not a folder. (Clone the repository of that site",
        ),
    ):
        code, said = cli(site, "import", "al-folio", address, "--yes")
        assert (code, words in said) == (1, True), said
    code, said = cli(site, "import", "al-folio", site, "--yes")
    assert (code, "is part of this site" in said) == (1, True)
    code, said = cli(site, "import", "al-folio", tmp_path / "other", "--to", tmp_path / "other", "--yes")
    assert (code, "is not a copy of this repository" in said) == (1, True)


def test_the_owner_keeps_the_name_that_new_got(site: Path, tmp_path: Path) -> None:
    for path in (site / "mkdocs.yml", site / "docs/people.yml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace("New Comer", "Jane Doe"), encoding="utf-8"
        )
    git(site, "commit", "-qam", "My name")
    files = {k: v for k, v in AL_FOLIO.items() if k != "_config.yml"}
    config = "first_name: Dr. Jane\nmiddle_name: Q.\nlast_name: Doe\n"
    write(tmp_path / "old", {**files, "_config.yml": config})
    code, said = cli(site, "import", "al-folio", tmp_path / "old", "--yes")
    assert code == 0, said
    settings = (site / "mkdocs.yml").read_text(encoding="utf-8")
    assert "site_name: Jane Doe\n" in settings
    assert "Jane Q. Doe" in (site / "docs/people.yml").read_text(encoding="utf-8")


def test_another_name_in_the_old_site_is_used_and_reported(
    imported_site: tuple[str, str, Built],
) -> None:
    _, said, _ = imported_site
    assert (
        'as in the old site; here it was New Comer (to keep the name, import again with --name "New'
        in said
    )


@pytest.mark.parametrize(
    ("known", "old", "same"),
    [
        ("Jane Doe", "Jane Q. Doe", True),
        ("Jane Doe", "Doe Lab", True),
        ("Jane Doe", "Vision Group", True),
        ("Jane Doe", "jdoe", True),
        ("Jane Doe", "", True),
        ("Jane Doe", "Richard Roe", False),
    ],
)
def test_names_of_groups_and_accounts_are_not_another_owner(known: str, old: str, same: bool) -> None:
    assert owner_names.is_same(known, old) == same


def test_titles_and_other_spellings_of_the_owner() -> None:
    works = """
        @misc{a, author = {Doe, J. Q. and Doe, Jack}}
        @misc{b, author = {Doe, J. Q. and Doe, Jane}}
        @misc{c, author = {Q. Doe}}
    """
    entries = bibtex.read(works, "x.bib").entries
    owner, problems = owner_names.settled(Owner("Prof. Dr. Jane Doe"), "Jane Queen Doe", entries[1:])
    assert (owner.name, owner.job_title, owner.also) == ("Jane Doe", "Prof. Dr.", ("Jane Queen Doe",))
    assert problems == []  # `J. Q. Doe` fits the other spelling
    owner, problems = owner_names.settled(Owner("Jane Doe", job_title="Professor"), "", entries[1:])
    assert (owner.job_title, [p.message for p in problems]) == (
        "Professor",
        ["'J. Q. Doe' in 1 work may be Jane Doe"],
    )
    assert owner_names.settled(Owner("PhD Jane Doe"), "", ())[0].name == "Jane Doe"
    owner, problems = owner_names.settled(Owner("Jane Doe"), "Doe Lab", entries[2:])
    assert [p.message for p in problems] == ["the old site says 'Doe Lab', this site keeps 'Jane Doe'"]


# -- parts -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("{% cite a b %}", "[@a; @b]"),
        ("{{ '/x.pdf' | relative_url }}", "/x.pdf"),
        ('{{ "/x.pdf" | prepend: site.baseurl }}', "/x.pdf"),
        ("{{ page.title }} {{ site.title }}", "P S"),
        ("{% if site.title == 'S' and page.x %}a{% elsif page.title contains 'P' %}b{% endif %}", "b"),
        ("{% assign a = 'x' | append: '.pdf' %}{{ a }} "
         "{% capture b %}{{ a | upcase }}{% endcapture %}{{ b }}", "x.pdf X.PDF"),
        ("{% for one in page.many %}{{ forloop.index }}{{ one }}"
         "{% unless forloop.last %}, {% endunless %}{% endfor %}", "1a, 2b"),
        ("{% for y in page.years %}<h2>{{ y }}</h2>"
         "{% bibliography -f x -q @*[year={{y}}]* %}{% endfor %}",
         "\n<!-- publications {file: x.bib, group: year} -->\n"),
        ("<ul>{% for post in site.news %}<li>{{ post.title }}</li>{% endfor %}</ul>",
         "\n\n<!-- news -->\n\n"),
        ("{% for c in page.many %}<h2>{{ c }}</h2>"
         "{% for n in site.news %}{{ n }}{% endfor %}{% endfor %}", "\n\n<!-- news -->\n\n"),
        ("{% details More %}\n```\n  x\n```\n{% enddetails %}",
         '\n\n??? note "More"\n\n    ```\n      x\n    ```\n\n\n'),
        ("{% tabs a %}{% tab a One %}x{% endtab %}{% endtabs %}", "\n\n**One**\n\nx\n\n"),
        ("a $$x$$ b", "a $x$ b"),
        ("$$\nx\n$$", "$$\nx\n$$"),
        (r"\\(x\\)", r"\(x\)"),
        ("[a](b){:target=\"_blank\"}", "[a](b)"),
        ("text\n{: .note #me }", "text\n{: .note #me }"),
        ("* TOC\n{:toc}\nText", "Text"),
        ("at 10:30:45 :rocket:", "at 10:30:45 🚀"),
        ("{% bibliography -f talks -m 3 %}", "\n<!-- publications {file: talks.bib, limit: 3} -->\n"),
        ("{% bibliography --cited %}", "\n\\bibliography\n"),
        ("{% bibliography -q @article[year=2020] %}",
         "\n<!-- publications {group: year, type: article, year: 2020} -->\n"),
        ("`{% left %}`", "`{% left %}`"),
    ],
)  # fmt: skip
def test_liquid_becomes_markdown(there: str, here: str) -> None:
    told: list[str] = []
    liquid = Liquid({"title": "S"}, lambda _: "")
    liquid.collections = frozenset(["news"])
    page = {"title": "P", "many": ["a", "b"], "years": ["2021", "2020"]}
    assert liquid.convert(there, page, lambda *what: told.append(what[0])) == here
    assert told == []


@pytest.mark.parametrize(
    "there",
    [
        "{% if x %}", "{{ x | where: 'a' }}", "{% include own.html %}", "{{ site.time | own }}",
        "{% for a in b | c %}", "{% own %}",
    ],
)  # fmt: skip
def test_liquid_that_cannot_be_converted_is_removed_and_reported(there: str) -> None:
    told: list[str] = []
    liquid = Liquid({}, lambda _: "")
    assert liquid.convert(f"a {there} b", {}, lambda *what: told.append(what[0])) == "a  b"
    assert told == [there]


def test_endless_liquid_ends() -> None:
    double = (
        "{% assign a = 'xxxxxxxxxx' %}{% for i in (1..300) %}{% assign a = a | append: a %}{% endfor %}"
    )
    loops = "{% for i in (1..300) %}" * 9 + "x" + "{% endfor %}" * 9
    for there in (
        double + "{{ a }}",
        "{% assign a = 'x' %}" + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * 40 + "{{ a }}",
        loops,
        "{% if " + "a and " * 9999 + "b %}c{% endif %}",
        "{% if x %}" * 9999,
    ):
        assert len(Liquid({}, lambda _: "").convert(there, {}, lambda *_: None)) < 20_000


def test_a_comment_in_liquid_is_not_published_but_reported() -> None:
    told: list[str] = []
    found = Liquid({}, lambda _: "").convert(
        "a{% comment %}{{ no }}{% endcomment %}b", {}, lambda *what: told.append(what[1])
    )
    assert (found, told) == ("ab", ["text in a comment was not imported"])


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ('{{< figure src="a.png" caption="*C*" >}}', "![C](a.png)"),
        ('{{< youtube "abc" >}}', "[https://www.youtube.com/watch?v=abc](https://www.youtube.com/watch?v=abc)"),
        ("{{< cite page=\"/publication/x\" >}}", "[@key]"),
        ('{{< mention "jane" >}}', "Jane Doe"),
        ("{{< hl >}}x{{< /hl >}}", "<mark>x</mark>"),
        ("{{< math >}}$x$ {{< hl >}}y{{< /hl >}}{{< /math >}}", "$x$ <mark>y</mark>"),
        ("See https://example.org/a.", "See <https://example.org/a>."),
        ("[x](https://example.org/a)", "[x](https://example.org/a)"),
        ("```\n{{< left >}}\n```", "```\n{{< left >}}\n```"),
    ],
)  # fmt: skip
def test_shortcodes_become_markdown(there: str, here: str) -> None:
    told: list[str] = []
    codes = Shortcodes(lambda page: "key" if "publication/x" in page else "", lambda _: "Jane Doe")
    assert codes.convert(there, lambda *what: told.append(what[0])) == here
    assert told == []


def test_other_markdown_is_normalized() -> None:
    assert normalize_lists("a\n- b\n  - c\n    d\n  ```\n  x\n  ```\n\ne") == (
        "a\n\n- b\n    - c\n        d\n    ```\n    x\n    ```\n\ne"
    )
    assert normalize_lists("1) a\n   - b\n2) c") == "1. a\n    - b\n2. c"
    assert normalize_lists("```\n- a\n  - b\n```\n* * *") == "```\n- a\n  - b\n```\n* * *"
    assert (
        shift_headings("A\n===\n\nB\n---\n\n# C\n```\n# d\n```", 2)
        == "## A\n\n### B\n\n## C\n```\n# d\n```"
    )
    assert shift_headings("## A\n### B", 2) == "## A\n### B"
    row = '<div class="row">\n  <div class="col-sm mt-3">\n    ![x](y)\n  </div>\n</div>\nz'
    assert remove_layout(row).split() == ["![x](y)", "z"]
    assert remove_layout('<div id="mine">\nx\n</div>') == '<div id="mine">\nx\n</div>'


@pytest.mark.parametrize(
    ("citation", "authors"),
    [
        (
            "Doe, J., Roe, R. A., & van Dam, P. (2020). The title. J.",
            ["Doe, J.", "Roe, R. A.", "van Dam, P"],
        ),
        (
            "Jane Doe, Richard Roe and Ann Other. The title, 2020.",
            ["Jane Doe", "Richard Roe", "Ann Other"],
        ),
        ("<b>J. Doe</b>, R. Roe, “The title,” 2020", ["J. Doe", "R. Roe"]),
        ("J. Doe. (2019). Something else.", ["J. Doe"]),
        ("The title, by somebody", []),
        ("", []),
    ],
)
def test_authors_are_read_from_citations(citation: str, authors: list[str]) -> None:
    assert bibtex_entries.authors_of(citation, "The title") == authors


def test_keys_have_the_style_of_add() -> None:
    taken = {"roe2020rain"}
    works = [
        (["Richard Roe"], "The Rain"),
        (["Roe, Richard"], "Rain-fed"),
        (["van der Berg, J"], "On X"),
    ]
    found = [bibtex_entries.new_key(authors, "2020", title, taken) for authors, title in works]
    assert found == ["roe2020rainb", "roe2020rainfed", "berg2020x"]
    assert bibtex_entries.new_key([], "", "", taken) == "entry"


def test_cvs_in_all_three_formats_become_pages() -> None:
    resume = {
        "basics": {"name": "Jane", "profiles": [{"url": "https://x.com/j"}]},
        "work": [{"name": "Uni", "position": "Prof", "startDate": "2017-09-01",
                  "endDate": "", "highlights": ["x"]}],
        "awards": [{"title": "Prize", "date": "2020-11-01", "awarder": "A"}],
        "skills": [{"name": "C", "level": "Master", "keywords": ["k"]}],
    }  # fmt: skip
    found = cv.parse(resume)
    assert found
    pages = cv.pages(found.sections)
    assert pages["experience.md"][1] == "<!-- timeline -->\n\n- 2017.09-now: **Prof**. Uni\n    - x"
    assert pages["honors.md"][1].endswith("- 2020.11: **Prize**. A")
    assert "## Skills\n\n- **C**. Master\n    - k" in pages["cv.md"][1]
    rendercv = {"cv": {"name": "J", "sections": {
        "education": [{"institution": "U", "degree": "PhD",
                       "start_date": "2000-09", "end_date": "2005-05"}],
        "service": ["Reviewer"],
    }}}  # fmt: skip
    found = cv.parse(rendercv)
    assert found
    assert cv.pages(found.sections) == {
        "education.md": ("Education", "<!-- timeline -->\n\n- 2000.09-2005.05: **PhD**. U"),
        "service.md": ("Service", "- Reviewer"),
    }
    assert cv.parse("x") is None


@pytest.mark.parametrize("name", sorted(set(accounts.SERVICES) - {"mastodon", "work"}))
def test_profiles_have_the_names_and_icons_of_their_services(name: str) -> None:
    address = accounts.profile(name, "janedoe" if name != "orcid" else "0000-0002-1825-0097")
    assert address
    called, icon = profile.service(address)
    assert "." not in called.removesuffix(".edu")
    folder = Path(material.__file__).parent / "templates/.icons"
    assert (folder / f"{icon}.svg").is_file()


def test_names_in_another_script_are_separated() -> None:
    assert split_name("Wei Li (李伟)") == ("Wei Li", "李伟")
    assert split_name("李伟") == ("李伟", "")
    assert split_name("Jane Doe") == ("Jane Doe", "")


def test_front_matter_in_yaml_toml_and_broken() -> None:
    assert front_matter.split("---\na: no\nb: 01\n---\nx", "f")[0] == front_matter.Page(
        {"a": "no", "b": "01"}, "x", 5, "f"
    )
    assert front_matter.split("+++\na = 2020-01-02\n+++\nx", "f")[0].meta == {"a": "2020-01-02"}
    page, (problem,) = front_matter.split('---\nc: 1\na: "x\n---\ny', "f")
    assert page.meta == {"c": "1", "a": "x"}
    assert (problem.path, problem.severity) == ("f", "error")
    assert front_matter.split("x --- y", "f")[0] == front_matter.Page({}, "x --- y", 1, "f")


@pytest.mark.parametrize(
    ("front_matter", "author"),
    [
        ("authors: [Jane Doe, Ann Lee]", "Jane Doe and Ann Lee"),
        ('authors: "Jane Doe, Ann Lee and Bo Roe"', "Jane Doe and Ann Lee and Bo Roe"),
        ("citation: 'Jones C, Smith AB. Goats. J. 2020.'", "Jones C and Smith AB"),
        ("citation: 'Jane Doe and Ann Lee'", "Jane Doe and Ann Lee"),
        ("excerpt: 'Doe, J., & Lee, A. (2020). Goats.'", "Doe, J. and Lee, A"),
        ("citation: 'Doe, J., Lee, A.B. (2020 - In Review). Goats.'", "Doe, J. and Lee, A.B"),
        ("citation: 'J.Doe and A. Lee. Goats.'", "J. Doe and A. Lee"),
        ("excerpt: This paper is about goats, and about sheep.", ""),
        ("citation: ''", ""),
    ],
)
def test_authors_of_academicpages_are_read_or_left_out(front_matter: str, author: str) -> None:
    page = f"---\ntitle: '2\\. Goats'\nyear: 2020\n{front_matter}\n---\n"
    found = read("academicpages", {**ACADEMICPAGES, "_publications/goats.md": page})
    entry = found.texts["publications.bib"].partition("title = {2. Goats}")[2].partition("\n}\n")[0]
    assert "year = {2020}" in entry
    assert ("author = {" in entry) == bool(author)
    assert not author or f"author = {{{author}}}" in entry


def test_what_the_template_of_academicpages_wrote_is_left_out() -> None:
    pages = {
        "_talks/2014-03-01-talk-3.md": "---\ntitle: Talk\n---\n"
        "This is a description of your conference proceedings talk, note the different field in type.\n",
        "_talks/2013-03-01-tutorial-1.md": "---\ntitle: T\n---\n"
        "This is a description of your tutorial.\n",
        "_posts/2199-01-01-future-post.md": "---\ntitle: Future Blog Post\n---\n"
        "This post will show up by default. To disable scheduling of future posts, edit `config.yml`.\n",
        "_pages/cv.md": "---\ntitle: CV\npermalink: /cv/\n---\n"
        "* Ph.D in Version Control Theory, GitHub University, 2018 (expected)\n",
        "_publications/1901-01-01-.md": "---\ntitle: ''\ndate: 1901-01-01\ncitation: ''\n---\n",
    }
    found = read("academicpages", {**ACADEMICPAGES, **pages})
    written = "\n".join(found.texts.values())
    for said in ("your conference", "your tutorial", "To disable", "GitHub University", "1901"):
        assert said not in written
    assert any("a publication without a title" in p.message for p in found.problems)


def test_a_page_that_lists_its_collection_has_no_link_to_itself() -> None:
    listing = "---\ntitle: Talks\npermalink: /talks/\n---\n{% for post in site.talks %}{% endfor %}\n"
    pages = {
        "_pages/talks.md": f"{listing}Ask me for slides.\n",
        "_talks/one.md": "---\ntitle: Goats\ndate: 2020-01-02\n---\nMine.\n",
        "_pages/cv.md": "---\ntitle: CV\npermalink: /cv/\n---\n"
        '<object data="{{ site.url }}/files/cv.pdf" type="application/pdf"></object>\n',
        "files/cv.pdf": "%PDF-1.4\n",
    }
    found = read("academicpages", {**ACADEMICPAGES, **pages})
    assert "[Talks]" not in found.texts["talks.md"]
    assert "Goats" in found.texts["talks.md"]
    assert "files/cv.pdf" in found.texts["cv.md"]


def test_the_menu_of_academicpages_is_its_navigation() -> None:
    pages = {
        "_data/navigation.yml": "main:\n  - {title: Teaching and more, url: /teaching/}\n"
        "  - {title: Lab, url: 'https://lab.example/'}\n",
        "_pages/non-menu-page.md": "---\ntitle: Page not in menu\n---\nMy changes.\n",
        "_pages/extra.md": "---\ntitle: Extra\npermalink: /extra/\n---\nMine.\n",
    }
    found = read("academicpages", {**ACADEMICPAGES, **pages})
    assert [title for title, _ in found.nav] == ["Home", "Teaching and more", "Lab"]
    assert "extra.md" in found.texts
    assert "non-menu-page.md" not in found.texts
