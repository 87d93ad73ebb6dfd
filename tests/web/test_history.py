"""Pages are dated by the commits that changed what they show, the same for the same commit."""

from pathlib import Path

import pytest

from homepage.model.publication import Publication
from homepage.publications.collection import Source, read
from homepage.web import history
from support.repositories import commit, dated, git

BIB = """@article{one,
  title = {One},
  abstract = {Two
lines},
}

@article{two,
  title = {Two},
}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A site below the root of a repository, with two days of changes."""
    site = tmp_path / "deep" / "site"
    docs = site / "docs"
    docs.mkdir(parents=True)
    git(tmp_path, "init", "-q", "-b", "main")
    (docs / "index.md").write_text("# Home\n")
    (docs / "über.md").write_text("# Über\n")
    (docs / "publications.bib").write_text(BIB)
    commit(tmp_path, env=dated("2024-01-01"))
    (docs / "über.md").write_text("# Über uns\n")
    (docs / "publications.bib").write_text(BIB.replace("lines", "changed lines"))
    commit(tmp_path, "Change", env=dated("2024-03-05"))
    (docs / "new.md").write_text("# New\n")
    return site


def works(site: Path) -> dict[str, Publication]:
    source = Source("docs/publications.bib", (site / "docs/publications.bib").read_bytes())
    return {p.key: p for p in read([source], None, "", lambda name: name, merge_versions=False).every}


def test_files_and_entries_have_the_day_of_their_last_change(repository: Path) -> None:
    found = history.read(repository, "docs", ["docs/publications.bib"])
    assert found.of("docs/index.md") == "2024-01-01"
    assert found.of("docs/über.md") == "2024-03-05"
    assert found.of("docs/new.md") == ""  # not committed yet
    entries = works(repository)
    assert found.of_work(entries["one"]) == "2024-03-05"
    assert found.of_work(entries["two"]) == "2024-01-01"


def test_a_page_is_as_new_as_the_newest_that_it_shows(repository: Path) -> None:
    found = history.read(repository, "docs", ["docs/publications.bib"])
    entries = works(repository)
    assert found.of("docs/index.md", [entries["two"]]) == "2024-01-01"
    assert found.of("docs/index.md", entries.values()) == "2024-03-05"
    assert found.of("nowhere.md", [entries["one"]]) == "2024-03-05"


def test_what_is_not_committed_does_not_count(repository: Path) -> None:
    path = repository / "docs/publications.bib"
    path.write_text("@article{zero,\n  title = {Zero},\n}\n" + path.read_text())
    found = history.read(repository, "docs", ["docs/publications.bib"])
    entries = works(repository)
    assert found.of_work(entries["zero"]) == ""
    assert found.of_work(entries["one"]) == "2024-03-05"
    assert found.of_work(entries["two"]) == "2024-01-01"


def test_a_shallow_clone_knows_nothing(repository: Path, tmp_path: Path) -> None:
    root = repository.parents[1]
    clone = tmp_path / "clone"
    git(root, "clone", "-q", "--depth", "1", root.as_uri(), str(clone))
    found = history.read(clone / "deep/site", "docs", ["docs/publications.bib"])
    assert found == history.History({}, {})


def test_nothing_is_known_without_a_repository(tmp_path: Path) -> None:
    assert history.read(tmp_path, "docs", ["docs/publications.bib"]) == history.History({}, {})


def test_nothing_is_known_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert history.read(repository, "docs", []) == history.History({}, {})


def test_nothing_is_read_twice_for_the_same_content(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "docs/publications.bib"
    first = history.read(repository, "docs", [path])
    monkeypatch.setattr(history, "_blame", lambda *_: {})
    assert history.read(repository, "docs", [path]) is first
    (repository / path).write_text(BIB)
    assert history.read(repository, "docs", [path]).lines == {path: {}}
