"""By either engine, MkDocs with Material or ProperDocs with MaterialX, this site is the same."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Page, expect

from adapter import engine
from commands.doctor import installation
from support import ROOT, mkdocs, pages, run, small_site, write
from support.browser import until
from support.deploys import CHANGE, Owner
from support.live import preview
from support.repositories import GIT_ENV

(OTHER,) = (each for each in engine.ENGINES if each != engine.THIS)
PYTHON = ROOT / OTHER.venv / "bin/python"
CALL = (str(PYTHON), "-m", OTHER.name)
BROKEN = {
    "index.md": "# Home\n\n<!-- publications {grup: year} -->\n",
    "publications.bib": "@misc{One, title = {One}, author = {Lee, Ann}, year = {2024}}\n"
    "@misc{Two, title = {Never closed\n@misc{One, title = {Three}, author = {Lee, Ann}, year = 2023}\n",
    "news.md": "# News\n\n## 2024-13-45 A bad date\n",
}


@pytest.fixture(scope="module", autouse=True)
def other_engine() -> None:
    """It has to be there; who calls pytest by hand may have none."""
    if not PYTHON.is_file():
        missing = f"{OTHER.name} is missing: `make longevity` sets it up"
        needed = {"CI", "BOTH_ENGINES"} & os.environ.keys()  # the latter is make's
        (pytest.fail if needed else pytest.skip)(missing)


@pytest.fixture(scope="module")
def other_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own site, built in strict mode by the other engine."""
    folder = tmp_path_factory.mktemp(OTHER.name)
    code, log = run(*CALL, "build", "--strict", "--site-dir", folder)
    assert code == 0, log
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """All files of a built site, by their paths, but those that are the theme's own."""
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    ours = {p.relative_to(ROOT / "overrides").as_posix() for p in ROOT.glob("overrides/assets/*/*")}
    theirs = re.compile(r"assets/(javascripts|stylesheets)/.*")
    return {n: p.read_bytes() for n, p in found.items() if n in ours or not theirs.fullmatch(n)}


def content(html: str) -> dict[str, object]:
    """What visitors and machines get to know from a page, in whichever theme."""
    page = pages.parse(html)
    metas = [e for e in page.iter("meta") if e.get("name") != "generator" and not e.get("http-equiv")]
    scripts = [e for e in page.iter("script") if e.get("type") == "application/ld+json"]
    (article,) = [e for e in page.iter("article") if "md-content__inner" in e.get("class", "")]
    asides = pages.classed(page, "hp-news--side")
    return {
        "title": [pages.text(e) for e in page.iter("title")],
        "meta": [sorted(e.items()) for e in metas],
        "alternates": [sorted(e.items()) for e in page.iter("link") if "alternate" in e.get("rel", "")],
        "canonical": [e.get("href") for e in page.iter("link") if e.get("rel") == "canonical"],
        "JSON-LD": [json.loads(e.text or "") for e in scripts],
        "publications": [e.get("id") for e in pages.classed(page, "hp-pub")],
        "citations": pages.citations(page),
        "article": pages.folded(ET.tostring(article, encoding="unicode")),
        "news": [pages.folded(ET.tostring(e, encoding="unicode")) for e in asides],
        "menu": [pages.hrefs(e) for e in pages.classed(page, "md-nav--primary")],
    }


def test_the_engines_are_two(built_site: Path, other_site: Path) -> None:
    for each, folder in ((engine.THIS, built_site), (OTHER, other_site)):
        assert each
        lock = (ROOT / each.lock).read_text(encoding="utf-8")
        pinned = {pin.name: pin.version for pin in installation.pins(lock)}
        named = {"properdocs": "ProperDocs "}.get(each.name, "") + pinned[each.name]
        generator = f'content="mkdocs-{named}, {each.theme}-{pinned[each.theme]}"'
        assert generator in (folder / "index.html").read_text(encoding="utf-8")


def test_files_are_the_same(built_site: Path, other_site: Path) -> None:
    mine, its = files(built_site), files(other_site)
    assert mine.keys() == its.keys()
    compared = {name for name in mine if not name.endswith((".html", "sitemap.xml", "sitemap.xml.gz"))}
    assert compared >= {"publications.bib", "publications.json", "publications.ris", "robots.txt"}
    assert compared >= {"search/search_index.json", "favicon.svg", "assets/cards/index.png"}
    assert [name for name in sorted(compared) if mine[name] != its[name]] == []


def test_pages_say_the_same(built_site: Path, other_site: Path) -> None:
    names = sorted(name for name in files(built_site) if name.endswith(".html"))
    assert names[:1] == ["404.html"]
    for name in names:
        mine, its = (content((s / name).read_text(encoding="utf-8")) for s in (built_site, other_site))
        assert mine["title"], name
        assert mine["article"], name
        assert mine == its, name


def test_site_maps_name_the_same_pages_and_days(built_site: Path, other_site: Path) -> None:
    told = re.compile(r"<(loc|lastmod)>(.*?)<")
    mine, its = (told.findall((s / "sitemap.xml").read_text("utf-8")) for s in (built_site, other_site))
    assert any(kind == "loc" for kind, _ in mine)
    assert mine == its


def test_strict_builds_fail_for_the_same_reasons(tmp_path: Path) -> None:
    settings = {"extra": {"homepage": {"et_al_min": "ten"}, "social": [{"icon": "no/such"}]}}
    small_site(tmp_path, BROKEN, settings)
    code, log = mkdocs("build", "--strict", cwd=tmp_path)
    its_code, its_log = run(*CALL, "build", "--strict", cwd=tmp_path)
    told = pages.warnings(log)
    assert (code, its_code) == (1, 1)
    assert "Aborted with" in its_log
    for part in ("publications.bib:2: ", "mkdocs.yml:", "index.md:3: ", "news.md:3: "):
        assert any(part in line for line in told), part
    assert pages.warnings(its_log) == told


def call(python: str | Path, *command: str, cwd: Path, pasted: str = "") -> tuple[int, str]:
    """Call a command of ours by a Python; gives its exit code and all that it said."""
    called = subprocess.run(
        [python, cwd / "hooks/cli.py" if (cwd / "hooks").is_dir() else ROOT / "hooks/cli.py", *command],
        cwd=cwd,
        env=GIT_ENV,
        input=pasted,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return called.returncode, called.stdout


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("check docs/publications.bib", "'One'"),
        ("export --format ris docs/publications.bib", "TI  - One"),
        ("add - --dry-run", "of docs/publications.bib"),
    ],
)
def test_commands_know_the_site_by_either(tmp_path: Path, command: str, said: str) -> None:
    small_site(tmp_path, {**BROKEN, "people.yml": "Ann Lee: [\n"}, {"site_author": "Ann Lee"})
    new = "@misc{New, title = {New}, author = {Lee, Ann}, year = {2025}}"
    mine, its = (call(p, *command.split(), cwd=tmp_path, pasted=new) for p in (sys.executable, PYTHON))
    assert said in mine[1]
    assert its == mine


def test_a_new_site_needs_the_other_engine_only(tmp_path: Path) -> None:
    made = []
    for python, name in ((sys.executable, "mine"), (PYTHON, "its")):
        told = call(python, "new", str(tmp_path / name), "--name", "Ann Lee", "--yes", cwd=ROOT)
        assert told[0] == 0, told[1]
        paths = {p.relative_to(tmp_path / name): p for p in (tmp_path / name).rglob("*") if p.is_file()}
        made.append({n.as_posix(): p.read_bytes() for n, p in paths.items() if n.parts[0] != ".git"})
    assert made[0].keys() >= {"docs/index.md", OTHER.config, OTHER.lock}
    assert made[0] == made[1]

    site = tmp_path / "its"
    (site / OTHER.venv).symlink_to(ROOT / OTHER.venv)
    (site / "docs/people.yml").write_text("Ann Lee: [\n", "utf-8")
    code, mine = call(sys.executable, "doctor", cwd=site)
    assert code == 1
    bare = (sys.executable, "-S", "-E", site / "hooks/cli.py", "doctor")  # as the system's Python is
    its_code, its = run(*bare, cwd=site, env=GIT_ENV)
    assert its_code == 1
    told_by = its.splitlines()
    assert told_by[0].endswith(f", in the virtual environment {OTHER.venv}")
    assert re.fullmatch(rf"ok +packages: all \d+ of {OTHER.lock} are there, in its versions", told_by[1])
    wanted = " and ".join(OTHER.wanted)
    assert told_by[2] == f"ok       lock: {OTHER.lock} has all of {wanted}, with hashes"
    same = [line for line in told_by[3:] if "sizes: the site has" not in line]
    assert any(line.startswith("problem  content: docs/people.yml:2") for line in same)
    assert same == [line for line in mine.splitlines()[3:] if "sizes: the site has" not in line]


def test_only_whole_sites_are_published(tmp_path: Path) -> None:
    owner = Owner(tmp_path, engine=CALL)
    owner.begin()
    owner.site()
    first = owner.publish()
    assert "pages: 3, publications: 1" in first
    write(owner.clone, {"docs/publications.bib": BROKEN["publications.bib"]})
    output = owner.refused()
    assert "publications.bib:2" in output
    assert re.search(r"Nothing was published: mend the \d problems above first", output)
    write(owner.clone, {**CHANGE, "docs/publications.bib": ""})
    told = owner.publish()
    assert "not of gh-deploy" not in told
    assert "A new sentence." in owner.published("index.html")


def test_preview_follows_what_is_saved(tmp_path: Path) -> None:
    small_site(tmp_path, {"index.md": "# Home\n\nFirst.\n"}, {"nav": ["index.md"]})
    with preview(tmp_path, *CALL) as site:
        site.shows("First.")
        site.save("index.md", "# Home\n\nSecond.\n")
        site.shows("Second.", without="First.")
        config = tmp_path / "mkdocs.yml"
        settings = config.read_text(encoding="utf-8")
        config.write_text(settings.replace("nav:\n- index.md", "nav:\n- Start: index.md"), "utf-8")
        site.shows("Start")


# -- in a browser --------------------------------------------------------------


@pytest.fixture
def address(other_site: Path, serve_dir: Callable[[Path], str]) -> str:
    return serve_dir(other_site)


@pytest.fixture
def errors(page: Page) -> list[str]:
    """What the browser complains about, as of what a page's policy forbids."""
    found: list[str] = []
    page.on("console", lambda said: found.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


@pytest.mark.long
def test_pages_load_without_a_complaint(
    page: Page, address: str, other_site: Path, errors: list[str]
) -> None:
    names = [p.relative_to(other_site).as_posix() for p in sorted(other_site.rglob("index.html"))]
    assert "publications/index.html" in names
    for name in names:
        page.goto(f"{address}/{name}")
        page.mouse.wheel(0, 10)  # which loads the theme's script
        until(page, "window.document$")
        expect(page.locator("h1, .hp-profile__name").first).to_be_visible()
    assert errors == []


def test_light_and_dark_are_switched(page: Page, address: str, errors: list[str]) -> None:
    scheme = "document.body.dataset.mdColorScheme"
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    assert page.evaluate(scheme) == "slate"
    for wanted in ("default", "slate"):
        page.locator("[data-md-component=palette] label:not([hidden]) > .hp-press").click()
        until(page, f"{scheme} === '{wanted}'")
    page.reload()
    assert page.evaluate(scheme) == "slate"
    assert errors == []


def test_search_finds_a_publication(page: Page, address: str, errors: list[str]) -> None:
    page.goto(f"{address}/publications/")
    title = page.locator(".hp-pub__title").first.inner_text().rstrip(".")
    page.keyboard.press("/")
    page.keyboard.type(title.replace(":", " "))  # Lunr would take it for the name of a field
    expect(page.locator(".md-search-result__link", has_text=title).first).to_be_visible()
    assert errors == []


def test_menu_opens_on_narrow_screens(page: Page, address: str, errors: list[str]) -> None:
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(f"{address}/publications/")
    link = page.locator(".md-nav--primary a.md-nav__link").first
    expect(link).not_to_be_in_viewport()
    page.locator(".md-header__button[for=__drawer] .hp-press").click()
    expect(link).to_be_in_viewport()
    link.click()
    page.wait_for_url(f"{address}/")
    assert errors == []
