"""The same content gives the same bytes: anywhere, in any order of files, and on another day."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from support import ENV, ROOT, mkdocs, run, small_site, write
from support.pictures import picture
from support.repositories import commit, dated, git

ELSEWHERE = str(ROOT / "tests/support/elsewhere.py")
LATER = "2031-07-09T22:30:00+00:00"
# Another order of sets, another zone, no locale, and a user with other settings of git.
HERE = {**ENV, "PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
GIT_SETTINGS = {
    "log.showRoot": "false",
    "log.showSignature": "true",
    "log.follow": "true",
    "blame.ignoreRevsFile": "none.txt",
    "core.quotePath": "true",
}
THERE = {
    **ENV,
    "PYTHONHASHSEED": "2",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "GIT_CONFIG_COUNT": str(len(GIT_SETTINGS)),
    **{f"GIT_CONFIG_KEY_{n}": key for n, key in enumerate(GIT_SETTINGS)},
    **{f"GIT_CONFIG_VALUE_{n}": value for n, value in enumerate(GIT_SETTINGS.values())},
}

ENTRY = """@article{%s,
  title = {On %s and $x^2$},
  author = {Huang, Yuxiang and Doe, Ann and Łoś, Jan},
  author+an = {1=equal; 2=equal},
  journal = {Journal of %s},
  year = {%d},
  keywords = {topic, other topic, third},
  abbr = {%s},
  preview = {%s.png},
  aliases = {old-%s, older-%s},
  abstract = {What \\emph{we} found.},
}
"""
POST = "---\ndate: %s\ntags: [One, Two]\n---\n\n# %s\n\nThe beginning.\n\n<!-- more -->\n\nThe rest.\n"


def entry(key: str, year: int) -> str:
    return ENTRY % (key, key, key, year, key.upper(), key, key, key)


KEYS = {"alpha": 2024, "beta": 2024, "gamma": 2023, "delta": 2024}
FILES: dict[str, str | bytes] = {
    "index.md": "# Home\n\n<!-- profile -->\n\n![](large.png)\n\n[@alpha] 長い文章\n\n\\bibliography\n",
    "publications.md": "# Publications\n\n<!-- publications {group: topic, statistics: true} -->\n",
    "news.md": "# News\n\n## Without a date\n\n## 2024-05 An item with $y$\nText.\n",
    "tags.md": "# Topics\n\n<!-- material/tags -->\n",
    "more.md": "---\naliases: [was.md, were.md]\ntags: [Two]\n---\n\n# More\n",
    "people.yml": "Ann Doe: {url: 'https://ann.example/', also: [A. Doe]}\n",
    "venues.yml": "".join(f"{key.upper()}: {{color: navy, name: The {key}}}\n" for key in KEYS),
    "blog/index.md": "# Blog\n",
    "blog/posts/one.md": POST % ("2024-01-01", "One"),
    "blog/posts/two.md": POST % ("2024-01-01", "Two"),
    "me.jpg": picture(500, 600, "JPEG"),
    "large.png": picture(1700, 900),
    **{f"bib/{key}.bib": entry(key, year) for key, year in KEYS.items()},
    **{f"assets/img/publication_preview/{key}.png": picture(500, 300) for key in KEYS},
}
SETTINGS: dict[str, Any] = {
    "nav": ["index.md", "publications.md", "news.md", "more.md", "blog/index.md", "tags.md"],
    "theme": {"features": ["navigation.instant", "toc.integrate"]},
    "extra": {
        "homepage": {
            "bibliography": ["bib/*.bib"],
            "portrait": "me.jpg",
            "csl_styles": ["ieee"],
            "accent": "#7a1f3d",
            "domain": "www.example.org",
        }
    },
}


def contents(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def here(folder: Path) -> dict[str, bytes]:
    """What a build leaves, today and on this machine."""
    code, log = mkdocs("build", "--strict", cwd=folder, env=HERE)
    assert code == 0, log
    return contents(folder / "site")


def elsewhere(folder: Path) -> dict[str, bytes]:
    """What a build leaves years later, on a machine that is as different as can be."""
    for path in folder.rglob("*"):
        if ".git" not in path.parts:
            os.utime(path, (1, 1))
    code, log = run(sys.executable, ELSEWHERE, LATER, "build", "--strict", cwd=folder, env=THERE)
    assert code == 0, log
    return contents(folder / "site")


def differing(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> list[str]:
    """The files that are not the same in two sites."""
    assert len(first) > 40
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def test_a_site_with_everything_is_the_same_anywhere_and_on_another_day(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "another/place"
    small_site(one, FILES, SETTINGS)
    small_site(two, dict(reversed(FILES.items())), SETTINGS)
    first = here(one)
    assert first.keys() >= {
        "CNAME", "feed.xml", "feed.json", "sitemap.xml.gz", "search/search_index.json", "favicon.ico",
        "assets/cards/publications/alpha.png", "blog/one/index.html", "publications/old-beta/index.html",
        "was/index.html", "publications.ris",
    }  # fmt: skip
    assert sum(name.endswith(".webp") for name in first) > len(KEYS)
    assert differing(first, elsewhere(two)) == []
    assert any((one / ".cache").iterdir())
    assert differing(first, elsewhere(one)) == []  # with what the first build kept


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own site, in a repository with one commit."""
    folder = tmp_path_factory.mktemp("own") / "site"
    for name in ("docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    write(folder, {".gitignore": "/site/\n/.cache/\n__pycache__/\n"})
    git(folder, "init", "-q")
    commit(folder, env=dated("2024-03-05"))
    return folder


def test_this_site_is_the_same_from_a_clone(own: Path, tmp_path: Path) -> None:
    git(own, "clone", "-q", own.as_uri(), tmp_path / "clone")
    first = here(own)
    assert b"<lastmod>2024-03-05</lastmod>" in first["sitemap.xml"]
    assert differing(first, elsewhere(tmp_path / "clone")) == []


def test_without_a_history_nothing_has_the_day_of_the_build(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    shutil.copytree(own, folder, ignore=shutil.ignore_patterns(".git", "site", ".cache"))
    found = elsewhere(folder)
    assert b"<loc>" in found["sitemap.xml"]
    assert b"<lastmod>" not in found["sitemap.xml"]
    assert [name for name, data in found.items() if b"2031-07" in data] == []
    assert differing(found, here(folder)) == []
