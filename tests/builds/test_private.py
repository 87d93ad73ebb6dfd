"""What an owner keeps private is in nothing that visitors get: looked for byte by byte."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapter import engine
from commands.add.command import add
from support import ROOT, mkdocs, run, small_site, write
from support.deploys import Owner
from support.pictures import picture
from support.repositories import GIT_ENV, commit, git

# In every secret; letters of an address are as secret as a sentence.
MARK = b"zqxw"
# The fields in which programs keep what is the owner's own.
PRIVATE = {
    "JabRef": "owner timestamp groups file comment comment-zqxwme priority ranking readstatus relevance "
    "qualityassured printed creationdate modificationdate",
    "Zotero": "annote annotation-zqxw extra",
    "Better BibTeX": "file dateadded datemodified citation-key-zqxw",
    "Mendeley": "mendeley-groups mendeley-tags annote file",
    "BibDesk": "bdsk-url-1 bdsk-file-1 date-added date-modified local-url rating read annote",
    "Papers": "uri local-url rating papers2_url",
    "EndNote": "research-notes custom1 label-zqxw reviewed_item electronic-resource-num",
    "people": "review reviewer_remark todo internal library execute zqxwown",
}
FIELDS = sorted({name for names in PRIVATE.values() for name in names.split()})
BIB = f"""\
Zqxw free text between entries.
@comment{{jabref-meta: fileDirectory-zqxw-host:/home/zqxw;}}
@string{{zqxwmacro = "Journal"}}
@article{{open, title = {{An Open Paper}}, author = {{Huang, Yuxiang}}, journal = zqxwmacro, year = 2024,
  {", ".join(f"{name} = {{Zqxw {name}}}" for name in FIELDS)},
  selected = {{true}}}}
@inproceedings{{child, title = {{A Child}}, author = {{Huang, Yuxiang}}, crossref = {{volume}}}}
@proceedings{{volume, title = {{The Volume}}, year = 2023, doi = {{10.1000/zqxw}}, hidden = {{true}},
  pdf = {{zqxwvolume.pdf}}, abstract = {{Zqxw of the volume.}}, note = {{Zqxw}}, aliases = {{zqxw}}}}
"""
HIDDEN = """\
@article{zqxwone, title = {Zqxw Hidden}, author = {Huang, Yuxiang}, journal = {Zqxw J}, year = 2024,
  hidden = {true}, preview = {zqxw.png}, pdf = {papers/zqxw.pdf}}
@article{zqxwtwo, title = {Zqxw Later}, author = {Huang, Yuxiang}, journal = {Zqxw J}, year = 2024,
  embargo = {2999-01-01}}
"""
SECRETS = """\
<!-- zqxw one line --> and a word <!-- zqxw [@zqxwone] -->.

<!--
## 2026-01-01 Zqxw job

zqxw [@zqxwnobody]

<!-- publications {keys: [zqxwone]} -->

```
zqxw
-->

[//]: # (Zqxw, see [@zqxwtwo].)

- item <!-- zqxw -->

    <!-- zqxw
    in it -->

| a <!-- zqxw --> | b |
| --- | --- |
| c | <!-- zqxw --> |

<div><!-- zqxw --></div>
"""
FILES: dict[str, str | bytes] = {
    "index.md": f"---\n# zqxw\ntitle: Home # zqxw\n---\n# Home <!-- zqxw -->\n\n{SECRETS}\n"
    "<!-- publications {selected: true} -->\n\n<!-- news -->\n",
    "news.md": f"# News\n\nBefore.\n\n{SECRETS}\n## 2025-02-03 A paper <!-- zqxw: at Zqxwcorp -->\n\n"
    f"It is out [@open].\n\n{SECRETS}\n## 2025-01-01\n\n<!-- zqxw --> An item without title.\n\n"
    "<!--\n## 2027-01-01 Zqxw professor\n\nZqxw.\n-->\n",
    "publications.md": "# Publications\n\n<!-- publications {statistics: true} -->\n",
    "cited.md": f"# Cited\n\n{SECRETS}\nAs [@open] says.\n\n\\bibliography\n",
    "talks.md": "---\nonly_in_nav: true\ndescription: zqxw\ntags: [zqxw]\n---\n# Zqxw talks\n",
    "blog/index.md": "# Blog\n",
    "blog/posts/one.md": f"---\ndate: 2025-01-01\n---\n# A post\n\n{SECRETS}\nMore.\n\n<!-- more -->\n\n"
    f"{SECRETS}\nThe rest.\n",
    "blog/posts/zqxw.md": "---\ndate: 2025-01-02\ndraft: true\n---\n# Zqxw draft\n",
    "publications.bib": BIB,
    "bib/more.bib": HIDDEN,
    "publications/open.md": f"{SECRETS}\nProse.\n",
    "publications/zqxwone.md": "# Zqxw\n",
    "publications/zqxwone (2).md": "# Zqxw\n",
    "publications/zqxwtwo-old/index.md": "# Zqxw\n",
    "zqxw.png": picture(8, 8),
    "zqxwvolume.pdf": b"%PDF-1.4 zqxw",
    "papers/zqxw.pdf": b"%PDF-1.4 zqxw",
    "people.yml": "# zqxw\nYuxiang Huang: # zqxw\n  also: [Huang Y.] # zqxw\n",
    "venues.yml": "# zqxw\nJ:\n  name: Journal # zqxw\n",
    **dict.fromkeys(
        ("zqxw.bib", "old/Publications.BIB", "publications.bib~", "publications.bib.bak", "x.bib.sav",
         "#news.md#", "news.md.orig", "news.md.bak2", "~$zqxw.docx", "news.md.rej", "index.md~",
         "a.swp", "publications.old", ".hidden/zqxw.md", "zqxw.TMP"),
        f"zqxw\n{HIDDEN}",
    ),
}  # fmt: skip
NAV = [{"Home": "index.md"}, "news.md", "publications.md", "cited.md", {"Blog": "blog/index.md"}]
WITHOUT_PAGES = {"homepage": {"bibliography": ["publications.bib", "bib/*.bib"], "paper_pages": False}}
SETTINGS = {
    "site_url": "https://example.org/",
    "nav": NAV,
    "extra": {"homepage": {"bibliography": ["publications.bib", "bib/*.bib"]}},
}


def told_in(contents: Mapping[str, bytes]) -> list[str]:
    """The files in which a secret is, or whose name is one."""
    assert len(contents) > 20
    return [name for name, data in contents.items() if MARK in f"{name}".encode().lower() + data.lower()]


def files(folder: Path) -> dict[str, bytes]:
    """All files of a built site."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_published_branch_has_no_secret(tmp_path: Path) -> None:
    owner = Owner(tmp_path)
    owner.begin()
    small_site(owner.clone, FILES, SETTINGS)
    write(owner.clone, {".gitignore": "/site/\n/.cache/\n", "zqxw.txt": "zqxw", ".cache/zqxw": "zqxw"})
    config = owner.clone / "mkdocs.yml"
    config.write_text(f"# zqxw\n{config.read_text()}")
    commit(owner.clone, "Zqxw: a secret in a message")
    (owner.clone / "zqxw.txt").unlink()
    owner.push()
    said = owner.publish()
    told = "docs/#news.md#:0: this seems to be a copy that an editor left behind; it is not published"
    assert told in said
    assert "docs/zqxw.bib:0: this file is not published, as it may have hidden entries" in said
    assert "docs/publications.bib:5: fields that stay private: annotation-zqxw, annote, " in said
    branch = tmp_path / "branch"
    git(tmp_path, "clone", "--quiet", "--branch=gh-pages", owner.remote, branch)
    log = {"log": git(branch, "log", "--format=raw").encode()}
    found = files(branch)
    assert told_in({**{n: d for n, d in found.items() if not n.startswith(".git/")}, **log}) == []
    for page in ("index.html", "news/index.html", "cited/index.html", "blog/index.html"):
        assert b"item" in found[page], "what stands around secrets is there"
    assert b"An Open Paper" in found["publications/open/index.html"]
    assert b"The Volume" in found["publications.bib"]
    assert b"news-2025-02-03-a-paper" in found["feed.xml"]


def test_list_without_pages_has_no_secret(tmp_path: Path) -> None:
    small_site(tmp_path, FILES, {**SETTINGS, "extra": WITHOUT_PAGES})
    code, log = mkdocs("build", "--strict", cwd=tmp_path)
    assert code == 0, log
    assert told_in(files(tmp_path / "site")) == []


def test_other_engine_reports_no_secret(tmp_path: Path) -> None:
    (other,) = (each for each in engine.ENGINES if each != engine.THIS)
    python = ROOT / other.venv / "bin/python"
    if not python.is_file():
        needed = {"CI", "BOTH_ENGINES"} & os.environ.keys()
        (pytest.fail if needed else pytest.skip)(f"{other.name} is missing: `make test` sets it up")
    small_site(tmp_path, FILES, SETTINGS)
    code, log = run(python, "-m", other.name, "build", "--strict", cwd=tmp_path)
    assert code == 0, log
    assert told_in(files(tmp_path / "site")) == []


def test_public_fields_are_public(tmp_path: Path) -> None:
    bib = "@misc{a, title = {A}, author = {Huang, Y.}, year = 2024, tldr = {Short}, annote = {Zqxw}}\n"
    extra = {"homepage": {"public_fields": ["TLDR"], "social_cards": False}}
    small_site(tmp_path, {"publications.bib": bib}, {"extra": extra, "plugins": []})
    code, log = mkdocs("build", "--strict", cwd=tmp_path)
    assert code == 0, log
    assert "private: annote (name those that are for visitors under public_fields" in log
    for name in ("publications.bib", "publications/a/index.html"):
        text = (tmp_path / "site" / name).read_text(encoding="utf-8")
        assert "tldr = {Short}" in text
        assert "Zqxw" not in text


def test_commands_give_away_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_site(tmp_path, {"publications.bib": "", "index.md": "# Home\n"})
    monkeypatch.chdir(tmp_path)
    given = ", ".join(f"{name} = {{Zqxw {name}}}" for name in FIELDS)
    pasted = f"@article{{open, title = {{Open}}, author = {{Huang, Yuxiang}}, year = 2024, {given}}}\n"
    result = CliRunner().invoke(add, ["-", "--yes"], input=pasted)
    assert result.exit_code == 0, result.output
    assert "annote" in result.output, "what was left out is said"
    assert MARK not in Path("docs/publications.bib").read_bytes().lower()

    write(tmp_path, {"all.bib": BIB + HIDDEN})
    for kind in ("bibtex", "ris", "csl-json"):
        command = (sys.executable, ROOT / "hooks/cli.py", "export", "--format", kind, "all.bib")
        done = subprocess.run(command, capture_output=True, check=True)
        assert b"An Open Paper" in done.stdout
        assert MARK not in done.stdout.lower()


def test_what_moves_in_gives_away_no_secret(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    write(
        old,
        {
            "_config.yml": "# zqxw\ntitle: Jane\nfirst_name: Jane\nlast_name: Doe\nscholar:\n"
            "  last_name: [Doe]\n  first_name: [Jane]\n  source: /_bibliography/\n",
            "_pages/about.md": "---\nlayout: about\npermalink: /\n# zqxw\n---\n\nI am.\n\n"
            "<!-- zqxw -->\n\n<!--\nzqxw\n-->\n\n{% comment %} zqxw {% endcomment %}\n",
            "_news/one.md": "---\ndate: 2024-01-01\ninline: true\n---\nOut <!-- zqxw -->\n",
            "_bibliography/papers.bib": "---\n---\n" + BIB + HIDDEN,
            "_bibliography/papers.bib.bak": HIDDEN,
        },
    )
    git(tmp_path, "init", "--quiet", old)
    commit(old, "Zqxw")
    cli = (sys.executable, ROOT / "hooks/cli.py")
    code, log = run(*cli, "new", new, "--name", "Jane Doe", "--yes", cwd=tmp_path, env=GIT_ENV)
    assert code == 0, log
    code, log = run(*cli, "import", "al-folio", old, "--to", new, "--yes", cwd=tmp_path, env=GIT_ENV)
    assert code == 0, log
    code, log = mkdocs("build", "--site-dir", tmp_path / "site", cwd=new)
    assert code == 0, log
    found = files(tmp_path / "site")
    assert b"An Open Paper" in found["publications/index.html"]
    assert told_in(found) == []
