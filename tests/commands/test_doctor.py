"""`cli.py doctor`: whole sites, each with faults, and machines on which packages are missing."""

import ast
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from adapter import engine
from commands.doctor import installation, large_files, leftovers, zensical
from commands.doctor.command import doctor
from commands.shared import build_log, origin, starter
from commands.shared.findings import PROBLEM, Finding
from commands.shared.owner import Owner
from support import FIRST_OWNER, ROOT, run, small_site, write
from support.pictures import picture
from support.repositories import GIT_ENV, commit, git

assert engine.THIS
HERE = engine.THIS
DOCTOR = (sys.executable, str(ROOT / "hooks/cli.py"), "doctor")
ENTRY = "@article{%s, title = {%s}, author = {Huang, Yuxiang}, journal = {J}, year = 2024%s}\n"
SUBJECTS = [
    "Python", "packages", "lock", "engine", "settings", "content", "build", "pages", "links", "menu",
    "pictures", "sizes", "git", "domain",
]  # fmt: skip


def examine(
    folder: Path, *options: str, env: Mapping[str, str] = GIT_ENV
) -> tuple[int, dict[str, list[str]], str]:
    """Call the doctor in a site; gives the exit code, what it says by subject, and all of it."""
    code, output = run(*DOCTOR, *options, cwd=folder, env=env)
    assert "Traceback" not in output
    found: dict[str, list[str]] = {}
    for line in output.splitlines():
        grade, _, rest = line.partition(" ")
        subject, colon, message = rest.strip().partition(": ")
        if colon and grade in ("ok", "advice", "problem"):
            found.setdefault(subject, []).append(f"{grade} {message}")
    assert found, output
    return code, found, output


def clone(folder: Path, remote: str) -> None:
    """Make a repository of a folder, all committed."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    write(folder, {".gitignore": ".cache/\n"})
    commit(folder)
    git(folder, "remote", "add", "origin", remote)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of which nothing is wrong, and its repository."""
    folder = tmp_path_factory.mktemp("healthy")
    files: dict[str, str | bytes] = {
        "index.md": "# Home\n\n[One](publications.md#one), [dot](#a)\n\n## A\n\n![A dot](a.png)\n",
        "publications.md": "# Publications\n\n<!-- publications -->\n",
        "news.md": "# News\n\n## 2024 An item\n",
        "people.yml": "Yuxiang Huang:\n  also: [Y. X. Huang]\n",
        "publications.bib": ENTRY % ("one", "One", ""),
        "a.png": picture(4, 4),
    }
    small_site(folder, files)
    clone(folder, "https://github.com/huangyuxiang03/huangyuxiang03.github.io.git")
    return folder


def test_a_healthy_site_is_reported_so_line_by_line(healthy: Path) -> None:
    code, found, output = examine(healthy)
    assert code == 0, output
    assert list(found) == SUBJECTS
    assert [line for lines in found.values() for line in lines if not line.startswith("ok ")] == []
    assert output.endswith("Nothing to do.\n")
    _, _, again = examine(healthy / "docs")
    assert again == output, "the site is that around the current folder"


@FIRST_OWNER
def test_the_first_owners_site_has_no_problems(tmp_path: Path) -> None:
    # Without git: whoever has a copy has another remote.
    code, found, output = examine(ROOT, env={**GIT_ENV, "GIT_DIR": str(tmp_path)})
    assert code == 0, output
    named = {line for subject in SUBJECTS[:11] for line in found[subject]}
    assert {line for line in named if not line.startswith("ok ")} == set()


@pytest.fixture(scope="module")
def ill(tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, list[str]], str]:
    """What the doctor says of a site with a fault of each kind."""
    folder = tmp_path_factory.mktemp("ill")
    files: dict[str, str | bytes] = {
        "index.md": (
            "# Home\n\n[Gone](gone.md) [place](news.md#nowhere) [work](publications.md#one)\n\n"
            '![](a.png)\n\n<img src="a.png">\n\n`![](code.png)`\n\nI am at example.org.\n'
        ),
        "publications.md": "# Publications\n\n<!-- publications {colour: red} -->\n",
        "lost.md": "# Lost\n",
        "news.md": "# News\n\n## 2024-13-45 A slip\n",
        "people.yml": "Ann Smith: https://smith.example.edu\n",
        "publications.bib": "".join(ENTRY % ("one", f"T{n}", "") for n in range(6)),
        "a.png": picture(4, 4),
        "talk.pdf": b"%PDF" + bytes(21_000_000),
        "CNAME": "www.smith.name\n",
    }
    write(folder, {".github/workflows/site.yml": "jobs:\n  site:\n    run: zensical build\n"})
    settings = {
        "site_author": "Ann Smith-Jones",
        "site_url": "http://example.org/",
        "nav": ["index.md", "publications.md", "news.md", "missing.md"],
        "extra": {"homepage": {"et_al_min": "many", "domain": "smith.name"}},
        "extra_javascript": ["https://scripts.example.net/a.js"],
    }
    small_site(folder, files, settings)
    clone(folder, "git@github.com:smith/smith.github.io.git")
    write(folder, {"docs/new.txt": "new\n"})
    return examine(folder)


@pytest.mark.parametrize(
    ("subject", "start", "said"),
    [
        ("engine", "problem .github/workflows/site.yml:3:", "would lose its publication list"),
        ("settings", "problem mkdocs.yml:", "extra.homepage.et_al_min"),
        ("settings", "advice mkdocs.yml:", "'Ann Smith-Jones' is nobody in people.yml"),
        ("settings", "problem mkdocs.yml:", "http://example.org/ is not an address on the internet"),
        pytest.param(
            "settings", "problem mkdocs.yml:", "'Yuxiang Huang' is the first owner's", marks=FIRST_OWNER
        ),
        ("content", "problem docs/news.md:3:", "2024-13-45"),
        ("content", "problem docs/publications.bib:2:", "the key 'one' is used again"),
        ("content", "problem … and ", "hooks/cli.py check docs/publications.bib"),
        ("content", "advice docs/index.md:11:", "'example.org' is still the example text"),
        ("build", "problem mkdocs.yml:", "what the page loads from scripts.example.net"),
        ("pages", "problem docs/publications.md:3:", "colour"),
        ("links", "problem docs/index.md:3:", "'gone.md' leads to nothing"),
        ("links", "problem docs/index.md:3:", "'news.md#nowhere' leads to no place on its page"),
        ("menu", "problem mkdocs.yml:", "'missing.md', which is not a page"),
        ("menu", "advice docs/lost.md:", "the menu does not name this page"),
        ("pictures", "advice docs/index.md:5:", "'a.png' says nothing to those who cannot see it"),
        ("pictures", "advice docs/index.md:7:", "'a.png' says nothing to those who cannot see it"),
        ("sizes", "advice docs/talk.pdf:", "21.0 MB are slow to load"),
        ("git", "advice files that are not committed: 1", "git status"),
        ("domain", "problem docs/CNAME says www.smith.name", "extra.homepage.domain smith.name"),
    ],
)
def test_each_fault_is_reported_with_its_place_and_a_remedy(
    ill: tuple[int, dict[str, list[str]], str], subject: str, start: str, said: str
) -> None:
    code, found, output = ill
    assert code == 1
    fitting = [line for line in found[subject] if line.startswith(start) and said in line]
    assert len(fitting) == 1, output
    assert fitting[0].endswith(")")


def test_only_faults_are_reported(ill: tuple[int, dict[str, list[str]], str]) -> None:
    _, found, output = ill
    assert len(found["build"]) == len(found["pages"]) == 1, output
    assert len(found["links"]) == len(found["menu"]) == len(found["pictures"]) == 2, output
    assert found["Python"][0].startswith("ok ")


@pytest.mark.parametrize(
    ("text", "subject", "said"),
    [
        ("site_name: [\n", "settings", "mkdocs.yml cannot be used"),
        ("site_name: X\nplugins: [no-such-plugin]\n", "settings", "no-such-plugin"),
        ("site_name: X\nhooks: [broken.py]\n", "settings", "broken.py"),
        ("site_name: X\nhooks: [late.py]\n", "build", "the site cannot be built"),
        ("- a list\n", "settings", "mkdocs.yml cannot be used"),
    ],
)
def test_a_site_that_cannot_be_built_is_reported_with_the_reason(
    tmp_path: Path, text: str, subject: str, said: str
) -> None:
    late = "def on_files(files, config):\n    raise RuntimeError('too late')\n"
    text = text.replace("X\n", f"X\ntheme: {HERE.theme.removeprefix('mkdocs-')}\n")  # one that is here
    write(tmp_path, {"mkdocs.yml": text, "broken.py": "1 / 0\n", "late.py": late})
    write(tmp_path, {"docs/index.md": "# X\n", "docs/publications.bib": ENTRY % ("a", "A", "")})
    code, found, output = examine(tmp_path)
    assert code == 1
    assert [line for line in found[subject] if line.startswith("problem ") and said in line], output
    assert found["content"] == ["ok docs/publications.bib has no problems"]


# -- links to elsewhere, and the remote ----------------------------------------


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A host: /gone is 404, /shy knows no HEAD, /closed forbids, /moved leads on, others are there."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

        def do_HEAD(self) -> None:
            statuses = {"/gone": 404, "/closed": 403, "/busy": 429, "/moved": 301}
            status = 405 if self.path == "/shy" and self.command == "HEAD" else 200
            self.send_response(statuses.get(self.path, status))
            self.send_header("Location", "/there")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_online_links_elsewhere_and_the_remote_are_looked_at(tmp_path: Path, elsewhere: str) -> None:
    words = ["there", "moved", "shy", "gone", "closed", "busy"]
    text = "# Home\n\n" + "".join(f"- [{word}]({elsewhere}/{word}#place)\n" for word in words)
    text += "- [nobody](http://127.0.0.1:9/)\n- <https://huangyuxiang03.github.io/own>\n"
    settings = {"extra": {"social": []}, "remote_name": "home", "remote_branch": "site"}
    small_site(tmp_path, {"index.md": text}, settings)
    git(tmp_path, "init", "--quiet", "--bare", "remote.git")
    clone(tmp_path, "https://github.com/other/other.git")
    git(tmp_path, "remote", "add", "home", str(tmp_path / "remote.git"))
    code, found, output = examine(tmp_path, "--online")
    assert code == 1, output
    assert [line.partition(" (")[0] for line in sorted(found["outside"], reverse=True)] == [
        f"problem docs/index.md:6: {elsewhere}/gone is gone",
        "advice docs/index.md:9: http://127.0.0.1:9/ could not be checked",
        f"advice docs/index.md:8: {elsewhere}/busy could not be checked",
        f"advice docs/index.md:7: {elsewhere}/closed could not be checked",
    ]
    assert any("the remote has no branch site yet" in line for line in found["git"])
    git(tmp_path, "push", "--quiet", "home", "main:site")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=All")
    (told,) = origin.check_repository(tmp_path, "home", "site", online=True)
    assert told.message == f"the remote 'home' is {tmp_path / 'remote.git'}, with the branch site"
    git(tmp_path, "remote", "set-url", "home", str(tmp_path / "nowhere.git"))
    (told,) = origin.check_repository(tmp_path, "home", "site", online=True)
    assert told.message == f"the remote 'home' is {tmp_path / 'nowhere.git'}"  # the branch is not known
    (told,) = origin.check_repository(tmp_path, "elsewhere", "site", online=True)
    assert "git remote add elsewhere ADDRESS" in told.remedy


def test_what_a_new_site_starts_with_is_reported_once_for_each_file(tmp_path: Path) -> None:
    files = starter.docs(Owner("Ann Other"), date(2026, 3, 1))
    marks = starter.example_pattern()
    found = {name: leftovers.example_text(name, text, marks) for name, text in files.items()}
    assert {name for name, told in found.items() if not told} == {"publications.md"}
    assert {len(told) for told in found.values() if told} == {1}
    assert [(p.line, p.severity) for p in found["news.md"]] == [(3, "advice")]
    mine = {
        "index.md": "<!-- profile -->\n\nI am Ann.\n\nHere is [my research](research.md) in brief.\n",
        "publications.bib": files["publications.bib"].replace("{example-", "{mine-"),
        "news.md": "# News\n\n## 2025-11 An example of what we found\n",
    }
    assert [name for name, text in mine.items() if leftovers.example_text(name, text, marks)] == []

    small_site(tmp_path, {**files, **mine, "publications.bib": files["publications.bib"]})
    _, told, output = examine(tmp_path)
    advised = [line for line in told["content"] if "still the example" in line]
    names = ("people.yml", "publications.bib", "education.md", "research.md", "service.md")
    assert len(advised) == len(names), output
    assert [n for n in names if not [a for a in advised if a.startswith(f"advice docs/{n}:")]] == []
    assert "ok docs/publications.bib has no problems" not in told["content"]


def test_a_site_that_has_no_address_yet_is_well() -> None:
    (found,) = leftovers.check_url("", "")
    assert (found.grade, found.place) == ("advice", "mkdocs.yml")


def test_a_folder_of_another_user_and_a_broken_branch_are_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"x": "x"})
    clone(tmp_path, "https://github.com/x/y")
    (tmp_path / ".git/refs/heads/gh-pages").write_text("")
    told = origin.check_repository(tmp_path, "origin", "gh-pages", online=False)
    assert ("git cannot read your branch gh-pages; publishing makes it again", PROBLEM) in [
        (finding.message, finding.grade) for finding in told
    ]
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    (finding,) = origin.check_repository(tmp_path, "origin", "gh-pages", online=False)
    assert "belongs to another user" in finding.message
    assert f"git config --global --add safe.directory {tmp_path}" in finding.remedy


def test_git_reports_what_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "one", {"a.txt": "a"})
    clone(tmp_path / "one", "https://user:secret@github.com/x/y")
    git(tmp_path / "one", "commit", "--quiet", "--allow-empty", "--message=Second")
    git(tmp_path / "one", "update-ref", "refs/remotes/origin/main", "HEAD~1")
    git(tmp_path / "one", "branch", "--quiet", "--set-upstream-to=origin/main")
    _, first = run("git", "rev-parse", "HEAD~1", cwd=tmp_path / "one", env=GIT_ENV)
    tree = f"Deployed {first[:7]} with MkDocs version: 1.6.1"
    _, deployed = run("git", "commit-tree", "HEAD^{tree}", "-m", tree, cwd=tmp_path / "one", env=GIT_ENV)
    git(tmp_path / "one", "update-ref", "refs/remotes/origin/gh-pages", deployed.strip())
    found = origin.check_repository(tmp_path / "one", "origin", "gh-pages", online=False)
    assert [f.message for f in found] == [
        "commits that are not pushed: 1",
        "commits since the site was published: 1",
    ]
    git(tmp_path / "one", "reset", "--quiet", "--hard", "HEAD~1")
    (told,) = origin.check_repository(tmp_path / "one", "origin", "gh-pages", online=False)
    assert told.message == "the remote 'origin' is https://github.com/x/y"  # not user and password
    git(tmp_path / "one", "reset", "--quiet", "--hard", "ORIG_HEAD")

    git(tmp_path, "clone", "--quiet", "--depth=1", (tmp_path / "one").as_uri(), "two")
    shallow = origin.check_repository(tmp_path / "two", "origin", "gh-pages", online=False)
    assert [f.remedy for f in shallow] == ["run: git fetch --unshallow"]
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    outside = origin.check_repository(tmp_path / "none", "origin", "gh-pages", online=False)
    assert outside[0].grade == "advice"


@pytest.mark.parametrize(
    ("remote", "url", "domain", "cname", "grade", "said"),
    [
        ("git@github.com:a/a.github.io.git", "https://a.github.io/", "", "", "ok", "a/a.github.io"),
        ("https://github.com/A/A.github.io", "https://a.github.io/", "", "", "ok", ""),
        ("https://github.com/a/Site.git", "https://a.github.io/Site/", "", "", "ok", ""),
        ("https://github.com/a/site", "https://b.github.io/", "", "", "problem", "a.github.io/site/"),
        ("https://github.com/a/site", "https://a.github.io/", "", "", "problem", "a.github.io/site/"),
        ("https://github.com/a/site", "https://www.a.org/", "", "", "advice", "set domain: www.a.org"),
        ("https://github.com/a/site", "https://www.a.org/", "www.a.org", "", "ok", ""),
        ("https://github.com/a/site", "https://www.a.org/", "", "WWW.a.org", "ok", ""),
        ("https://github.com/a/site", "https://a.github.io/site/", "a.org", "", "problem", "a.org"),
        ("https://gitlab.com/a/site", "https://a.gitlab.io/", "", "", "ok", "a.gitlab.io"),
        ("", "https://a.org/", "a.org", "b.org", "problem", "docs/CNAME says b.org"),
    ],
)
def test_the_domain_fits_the_remote(
    remote: str, url: str, domain: str, cname: str, grade: str, said: str
) -> None:
    (found,) = origin.check_domain(remote, url, domain, cname)
    assert found.grade == grade
    assert said in found.line("domain")


# -- without packages ----------------------------------------------------------


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of the machinery without a virtual environment."""
    folder = tmp_path / "bare"
    hidden = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=hidden)
    write(folder, {"Makefile": f"ENGINE := {HERE.name}\n", HERE.lock: (ROOT / HERE.lock).read_bytes()})
    write(folder, {name: (ROOT / name).read_bytes() for name in HERE.wanted})
    return folder


def call(folder: Path, *command: str) -> tuple[int, str]:
    """Call a command of a copy; it must give no traceback."""
    code, output = run(*command, cwd=folder)
    assert "Traceback" not in output
    return code, output


def test_without_packages_the_doctor_says_which_commands_help(bare: Path) -> None:
    python = (sys.executable, "-S", "-E")
    code, output = call(bare, *python, "hooks/cli.py", "doctor")
    assert code == 1
    assert f"-m venv --clear {HERE.venv}, then: " in output
    assert f"-m pip install --require-hashes --no-deps -r {HERE.lock}" in output
    assert f"missing of {HERE.lock}: babel" in output
    code, output = call(bare, *python, "hooks/cli.py", "check", "x.bib")
    assert code == 1
    assert len(output.splitlines()) == 1
    assert output.startswith("The packages of this site are not installed here: run ")
    assert "pip install" in output

    subprocess.run([sys.executable, "-m", "venv", "--without-pip", bare / HERE.venv], check=True)
    inside = str(installation.venv(bare).python)
    code, output = call(bare, inside, "hooks/cli.py", "doctor")
    assert code == 1
    assert output.startswith("ok       Python: ")
    assert f"in the virtual environment {HERE.venv}" in output
    assert f"-m venv --clear {HERE.venv}, then: " in output, "there is no pip in it"


def test_a_venv_whose_python_has_gone_is_reported(bare: Path) -> None:
    python = bare / HERE.venv / "bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to("/usr/bin/python-that-has-gone")
    code, output = call(bare, sys.executable, "-S", "-E", "hooks/cli.py", "doctor")
    assert code == 1
    assert f"problem  Python: the Python of {HERE.venv} does not start any more" in output
    python.unlink()
    python.write_text("#!/bin/sh\nexit 3\n")
    python.chmod(0o755)
    code, output = call(bare, sys.executable, "-S", "-E", "hooks/cli.py", "doctor")
    assert code == 1
    assert "does not start any more" in output


def test_another_python_calls_that_of_a_whole_venv(bare: Path) -> None:
    (bare / HERE.venv).symlink_to(sys.prefix)
    write(bare, {"x.bib": ENTRY % ("a", "A", "")})
    assert call(bare, sys.executable, "-S", "-E", "hooks/cli.py", "check", "x.bib") == (0, "")


def test_a_broken_package_is_reported(bare: Path, tmp_path: Path) -> None:
    write(tmp_path, {"click.py": "raise RuntimeError('half a file')\n"})
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    code, output = run(sys.executable, "hooks/cli.py", "doctor", cwd=bare, env=env)
    assert code == 1
    assert "Traceback" not in output
    assert "packages: cannot be used: RuntimeError: half a file" in output
    assert "--force-reinstall" in output


def test_a_venv_of_windows_is_known(tmp_path: Path) -> None:
    write(tmp_path, {f"{HERE.venv}/Scripts/python.exe": b"MZ"})
    place = installation.venv(tmp_path)
    assert place.python == tmp_path / HERE.venv / "Scripts/python.exe"
    assert (place.is_this, place.is_whole()) == (False, False)


def test_each_engine_has_its_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mkdocs, properdocs = engine.ENGINES
    monkeypatch.setattr(engine, "THIS", None)  # as for a Python without packages

    def found() -> tuple[Path, engine.Engine]:
        place = installation.venv(tmp_path)
        return place.folder, place.engine

    assert found() == (tmp_path / ".venv", mkdocs)
    write(tmp_path, {"Makefile": "# What builds\nENGINE := properdocs\n"})
    assert found() == (tmp_path / ".venv-properdocs", properdocs), "the chosen one is to be made"
    write(tmp_path, {".venv/bin/python": ""})
    assert found() == (tmp_path / ".venv", mkdocs), "the only one that is there"
    write(tmp_path, {".venv-properdocs/Scripts/python.exe": b"MZ"})
    assert found() == (tmp_path / ".venv-properdocs", properdocs)
    write(tmp_path, {"Makefile": "ENGINE := mkdocs\n"})
    assert found() == (tmp_path / ".venv", mkdocs)
    monkeypatch.setattr(engine, "THIS", properdocs)  # in an environment of its own elsewhere
    assert found() == (tmp_path / ".venv-properdocs", properdocs)
    monkeypatch.setattr(sys, "prefix", str(tmp_path / ".venv"))
    assert found() == (tmp_path / ".venv", properdocs), "what runs is what its packages are"


def test_the_makefile_and_the_hook_know_the_same_engines() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for each in engine.ENGINES:
        assert f"\nVENV_{each.name} := {each.venv}\n" in makefile
        assert f"\nLOCK_{each.name} := {each.lock}\n" in makefile
        assert [
            name for name in (each.config, each.lock, *each.wanted) if not (ROOT / name).is_file()
        ] == []


@pytest.mark.parametrize(
    "path",
    [
        "cli.py",
        "adapter/engine.py",
        "commands/doctor/missing_packages.py",
        "commands/shared/findings.py",
        "commands/doctor/installation.py",
        "commands/shared/command_names.py",
        "homepage/invisible_characters.py",
        "homepage/messages.py",
    ],
)
def test_an_old_python_can_read_what_says_that_it_is_too_old(path: str) -> None:
    source = (ROOT / "hooks" / path).read_text(encoding="utf-8")
    assert ast.parse(source, feature_version=(3, 8))


def test_a_python_that_is_too_old_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(installation, "OLDEST", (9, 1))
    (found,) = installation.check_python(installation.venv(tmp_path))
    assert found.grade == "problem"
    assert "9.1 or newer is needed" in found.message
    assert "-m venv --clear" in found.remedy


LOCK = "One_a==1.0 \\\n    --hash=sha256:00\ntwo==2 ; python_version < '3' \\\n    --hash=sha256:00\n"


def test_packages_are_compared_with_the_lock(tmp_path: Path) -> None:
    place = installation.venv(tmp_path)

    def check(**versions: str) -> Finding:
        (found,) = installation.check_packages(LOCK, place, versions.get)
        return found

    assert installation.pins(LOCK)[0].name == "one-a"
    assert installation.check_packages(LOCK, place, {"one-a": "1.0.0"}.get)[0].grade == "ok"
    assert f"1 of {HERE.lock}" in installation.check_packages(LOCK, place, lambda _: "1")[0].message
    other = installation.check_packages(LOCK, place, lambda _: "1.1")[0]
    assert (other.grade, "one-a 1.1 instead of 1.0" in other.message) == ("problem", True)
    assert f"missing of {HERE.lock}: one-a" in check().message
    assert installation.check_packages("", place)[0].grade == "problem"


@pytest.mark.parametrize(
    ("lock", "wanted", "said"),
    [
        (LOCK, "one-a>=1 # a\n# two\n\n", None),
        (LOCK, "one-a>=2\n", "requirements.in:1: requirements.txt has no 'one-a>=2' but 1.0"),
        (LOCK, "one-a\nthree\n", "requirements.in:2: requirements.txt has no 'three'"),
        (LOCK + "three==3\n", "three\n", "requirements.txt:5: 'three' has no hash"),
    ],
)
def test_the_lock_is_compared_with_what_is_wanted(lock: str, wanted: str, said: str | None) -> None:
    (found,) = installation.check_lock(
        engine.ENGINES[0], {"requirements.txt": lock, "requirements.in": wanted}
    )
    assert found.grade == ("problem" if said else "ok")
    assert not said or said in found.line("lock")


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (".github/workflows/deploy.yml", "a:\n  - run: pip install zensical\n", "problem …:2"),
        (".github/workflows/site.yaml", "- run: .venv/bin/zensical build --clean", "problem …:1"),
        (".github/workflows/deploy.yml", "container: zensical/zensical:latest", "problem …:1"),
        (".github/actions/site/action.yml", "- name: Zensical", "problem …:1"),
        (".gitlab-ci.yml", "pages:\n  script:\n    - zensical build\n    - zensical x\n", "problem …:3"),
        (".forgejo/workflows/a.yml", "- run: uvx zensical build", "problem …:1"),
        ("netlify.toml", "[build]\ncommand = \"pip install 'zensical>=0.1' && make\"\n", "problem …:2"),
        ("vercel.json", '{"buildCommand": "zensical build"}', "problem …:1"),
        ("Makefile", "build:\n\tzensical build\n", "problem …:2"),
        ("zensical.toml", "[project]\n", "problem …"),
        ("requirements.in", "mkdocs\nzensical==0.1.3 # new\n", "advice …:2"),
        ("requirements.txt", "Zensical[extra]>=0\n", "advice …:1"),
        ("pyproject.toml", '[project]\ndependencies = ["zensical"]\n', "advice …:2"),
        ("requirements.in", "mkdocs # zensical ignores hooks\n# zensical\n", ""),
        (".github/workflows/deploy.yml", "# - run: zensical build\n- run: make publish\n", ""),
        ("pyproject.toml", '"tests/{benchmarks/*,longevity/zensical}.py" = ["T20"]', ""),
        ("Makefile", "\tpython tests/longevity/zensical.py\n", ""),
        ("requirements.in", "not-zensical\nzensicality\n", ""),
        ("docs/index.md", "zensical build", ""),
    ],
)
def test_zensical_is_reported_where_it_is_named(tmp_path: Path, path: str, text: str, said: str) -> None:
    write(tmp_path, {path: text})
    (found,) = zensical.check(tmp_path, None, "mkdocs")
    told = f"{found.grade} {found.place}".replace(path, "…")
    assert told.strip() == (said or "ok")
    assert not said or ("hooks:" in found.message and "publication list" in found.message)


def test_zensical_is_reported_where_it_is_installed(tmp_path: Path) -> None:
    (found,) = zensical.check(tmp_path, "0.1.3", "mkdocs")
    assert (found.grade, found.place) == ("advice", "")
    assert "Zensical 0.1.3 is installed" in found.message


def test_sizes_that_hosts_refuse_are_reported(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site"
    files = {"a.zip": 101, "b.zip": 51, "c.png": 4, "shown.png": 4, ".hidden/d.zip": 200}
    for name, size in files.items():
        for folder in (docs,) if name == "c.png" else (docs, site):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            with (folder / name).open("wb") as file:
                file.truncate(size * large_files.MB)  # a hole: nothing is written
    found = large_files.check_sizes(docs, "docs", site)
    assert [(f.grade, f.place) for f in found] == [
        ("problem", "docs/a.zip"),
        ("advice", "docs/b.zip"),
        ("advice", "docs/shown.png"),
    ]
    with (site / "e.bin").open("wb") as file:
        file.truncate(1000 * large_files.MB)
    assert "GitHub Pages allows" in large_files.check_sizes(docs, "docs", site)[-1].message


def test_what_plugins_say_is_not_lost() -> None:
    source = build_log.Source(str, lambda *_: 0, lambda *_: False)
    found = build_log.read(
        [
            build_log.LogMessage(logging.WARNING, "Something of a plugin's"),
            build_log.LogMessage(logging.INFO, "Documentation built in 1.00 seconds"),
            build_log.LogMessage(logging.WARNING, "homepage: docs/a.bib:1: told by check (mend it)"),
        ],
        source,
        {"docs/a.bib"},
    )
    assert [f.message for several in found.values() for f in several] == ["Something of a plugin's"]


def test_what_the_doctor_stumbles_over_is_reported(
    monkeypatch: pytest.MonkeyPatch, healthy: Path
) -> None:
    monkeypatch.chdir(healthy)
    monkeypatch.setattr(origin, "check_repository", lambda *_, **__: 1 / 0)
    result = CliRunner().invoke(doctor)
    assert result.exit_code == 1
    assert "problem  doctor: cannot go on: ZeroDivisionError" in result.output


def test_co_authors_of_the_first_owner_may_name_him() -> None:
    first = ["Yuxiang Huang", "huangyuxiang03"]
    assert leftovers.foreign_names("docs/index.md", "With Yuxiang Huang.\n", "Ann Smith", first) == []
    text = "https://HuangYuxiang03.github.io\n"
    assert [f.grade for f in leftovers.foreign_names("docs/index.md", text, "Ann Smith", first)] == [
        "advice"
    ]
    assert leftovers.foreign_names("docs/index.md", text, "Yuxiang Huang", first) == []
    text = "# x\nsite_name: Yuxiang Huang\n"
    (setting,) = leftovers.foreign_names("mkdocs.yml", text, "Ann Smith", first)
    assert (setting.grade, setting.place) == ("problem", "mkdocs.yml:2")
    assert leftovers.foreign_names("mkdocs.yml", text, "Ann Smith", []) == []
