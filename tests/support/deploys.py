"""An owner's clone of a small site, and the bare repository that `gh-deploy` pushes it to."""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from adapter import deployment_plan, engine
from adapter.published_branch import Place
from support import run, small_site, write
from support.repositories import GIT_ENV, commit, git

ENGINE = (sys.executable, "-m", engine.NAME)
FILES = {
    "index.md": "# Home\n\n<!-- publications -->\n",
    "publications.bib": "@misc{One, title = {One}, author = {Huang, Yuxiang}, year = {2024}}\n",
    "publications.md": "# Publications\n\n<!-- publications -->\n",
}
CHANGE = {"docs/index.md": "# Home\n\nA new sentence.\n", "docs/new.md": "# New\n"}


class Owner:
    """An owner's clone of a site, and the bare repository that it is pushed to."""

    def __init__(self, folder: Path, clone: str = "clone", engine: Sequence[str] = ENGINE) -> None:
        self.clone, self.remote, self.engine = folder / clone, folder / "remote.git", engine

    def begin(self) -> None:
        """Make both; they may be copied together."""
        self.clone.mkdir()
        self.git("init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("remote", "add", "origin", "../remote.git")

    def git(self, *args: str, cwd: Path | None = None) -> str:
        """Run git; it must succeed."""
        return git(cwd or self.clone, *args)

    def site(self, **settings: object) -> None:
        """Write a small site, and commit and push it."""
        extra = {"homepage": {"social_cards": False, **settings}}
        config = {"plugins": [], "extra": extra}  # without plugins it builds sooner
        if domain := settings.get("domain"):
            config["site_url"] = f"https://{domain}/"
        small_site(self.clone, FILES, config)
        write(self.clone, {".gitignore": "/site/\n/.cache/\n"})
        self.push()

    def push(self) -> None:
        """Commit and push everything."""
        commit(self.clone, "Change")
        self.git("push", "--quiet", "origin", "main")

    def deploy(self, *args: str) -> tuple[int, str]:
        """Call gh-deploy; whatever happens, the owner sees no traceback."""
        code, output = run(*self.engine, "gh-deploy", *args, cwd=self.clone, env=GIT_ENV)
        assert "Traceback" not in output, output
        return code, output

    def publish(self, *args: str) -> str:
        """Call gh-deploy, which must succeed; gives what it said."""
        code, output = self.deploy(*args)
        assert code == 0, output
        return output

    def refused(self, *args: str) -> str:
        """Call gh-deploy, which must stop and change nothing on the remote; gives what it said."""
        before = self.git("show-ref", "--head", cwd=self.remote)
        code, output = self.deploy(*args)
        assert code == 1, output
        assert self.git("show-ref", "--head", cwd=self.remote) == before
        return output

    def published(self, path: str) -> str:
        """Text of a file on the branch that is the site."""
        return self.git("show", f"gh-pages:{path}", cwd=self.remote)

    def published_files(self) -> set[str]:
        """Paths of all files on that branch."""
        return set(self.git("ls-tree", "-r", "--name-only", "gh-pages", cwd=self.remote).split())

    def tree(self) -> str:
        """All that is published, as git names it."""
        return self.git("rev-parse", "gh-pages^{tree}", cwd=self.remote).strip()

    def deploys(self) -> int:
        """How many commits the branch has."""
        return int(self.git("rev-list", "--count", "gh-pages", cwd=self.remote))

    def put(
        self, files: dict[str, str], message: str = "Create CNAME", branch: str = "gh-pages"
    ) -> None:
        """Commit these files, and no others, to a branch of the remote, as by another hand."""
        other = self.remote.parent / "other"
        shutil.rmtree(other, ignore_errors=True)
        self.git("init", "--quiet", "--initial-branch=work", str(other), cwd=self.remote)
        write(other, files)
        self.git("add", "--all", cwd=other)
        self.git("commit", "--quiet", f"--message={message}", cwd=other)
        self.git("push", "--quiet", "--force", str(self.remote), f"work:{branch}", cwd=other)

    def plan(
        self,
        files: dict[str, str],
        *,
        branch: str = "gh-pages",
        no_domain: bool = False,
        address: str = "https://a.example/",
    ) -> deployment_plan.Plan:
        """What would be said before a site of these files is published."""
        site = self.remote.parent / "built"
        shutil.rmtree(site, ignore_errors=True)
        write(site, files)
        sources = (str(self.clone / "docs"), str(self.clone / "mkdocs.yml"))
        place = Place(self.clone, "origin", branch, self.clone, sources, address)
        return deployment_plan.plan(place, site, no_domain=no_domain)
