"""`mkdocs gh-deploy` for real, against a bare repository on this machine."""

import os
from pathlib import Path

import pytest

from support import ENV, mkdocs, run, small_site, write

# Nothing of the caller's git: a hook of theirs or a signature would tell nothing of ours.
GIT_ENV = {
    **{name: value for name, value in ENV.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Owner",
    "GIT_AUTHOR_EMAIL": "owner@example.org",
    "GIT_COMMITTER_NAME": "Owner",
    "GIT_COMMITTER_EMAIL": "owner@example.org",
}
FILES = {
    "index.md": "# Home\n\n<!-- publications -->\n",
    "publications.bib": "@misc{One, title = {One}, author = {Huang, Yuxiang}, year = {2024}}\n",
    "publications.md": "# Publications\n\n<!-- publications -->\n",
}


class Owner:
    """An owner's clone of a site, and the bare repository that it is pushed to."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.remote = folder / "clone", folder / "remote.git"
        self.git("init", "--quiet", "--bare", str(self.remote), cwd=folder)
        self.git("init", "--quiet", "--initial-branch=main", str(self.clone), cwd=folder)
        self.git("remote", "add", "origin", str(self.remote))

    def git(self, *args: str, cwd: Path | None = None) -> str:
        """Run git; it must succeed."""
        code, output = run("git", *args, cwd=cwd or self.clone, env=GIT_ENV)
        assert code == 0, output
        return output

    def publish(self) -> None:
        """Commit everything and deploy."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message=Change")
        self.git("push", "--quiet", "origin", "main")
        code, output = mkdocs("gh-deploy", "--strict", cwd=self.clone, env=GIT_ENV)
        assert code == 0, output

    def published(self, path: str) -> str:
        """Text of a file on the branch that is the site."""
        return self.git("show", f"gh-pages:{path}", cwd=self.remote)

    def published_files(self) -> set[str]:
        """Paths of all files on that branch."""
        return set(self.git("ls-tree", "-r", "--name-only", "gh-pages", cwd=self.remote).split())

    def deploys(self) -> int:
        """How many commits the branch has."""
        return int(self.git("rev-list", "--count", "gh-pages", cwd=self.remote))


@pytest.fixture
def owner(tmp_path: Path) -> Owner:
    return Owner(tmp_path)


def test_deploy_twice_keeps_history_and_domain(owner: Owner) -> None:
    small_site(owner.clone, FILES, {"extra": {"homepage": {"domain": "www.example.org"}}})
    write(owner.clone, {".gitignore": "/site/\n"})
    owner.publish()
    first = owner.published_files()
    assert {"index.html", "publications/index.html", "publications.bib", ".nojekyll"} <= first
    assert "A new sentence" not in owner.published("index.html")
    assert owner.published("CNAME").split() == ["www.example.org"]
    assert owner.deploys() == 1

    write(owner.clone / "docs", {"index.md": FILES["index.md"] + "\nA new sentence.\n"})
    owner.publish()
    assert "A new sentence" in owner.published("index.html")
    assert owner.published("CNAME").split() == ["www.example.org"]
    assert owner.published_files() == first
    assert owner.deploys() == 2


def test_without_a_domain_there_is_no_cname(owner: Owner) -> None:
    small_site(owner.clone, FILES, {"extra": {"homepage": {"domain": None}}})
    write(owner.clone, {".gitignore": "/site/\n"})
    owner.publish()
    files = owner.published_files()
    assert "index.html" in files
    assert "CNAME" not in files


def test_problem_is_not_published(owner: Owner) -> None:
    small_site(owner.clone, {**FILES, "publications.bib": "@misc{Broken, title = {One\n"})
    owner.git("add", "--all")
    owner.git("commit", "--quiet", "--message=Break")
    code, output = mkdocs("gh-deploy", "--strict", cwd=owner.clone, env=GIT_ENV)
    assert code != 0
    assert "publications.bib:1" in output
    assert owner.git("branch", "--list", "gh-pages", cwd=owner.remote) == ""
