"""`mkdocs gh-deploy` for real, against bare repositories on this machine."""

import os
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from adapter import deployment_plan
from adapter.published_branch import Place
from support import ROOT, mkdocs, write
from support.deploys import CHANGE, Owner
from support.repositories import GIT_ENV


@pytest.fixture
def owner(tmp_path: Path) -> Owner:
    made = Owner(tmp_path)
    made.begin()
    return made


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an owner whose site is published."""
    folder = tmp_path_factory.mktemp("published")
    made = Owner(folder)
    made.begin()
    made.site()
    made.publish()
    return folder


@pytest.fixture
def live(template: Path, tmp_path: Path) -> Owner:
    """An owner whose site is published, and who has not changed anything since."""
    shutil.copytree(template, tmp_path / "live", symlinks=True)
    return Owner(tmp_path / "live")


@pytest.fixture
def git_env(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what runs in this process call git as `Owner.git` does."""
    for name, value in GIT_ENV.items():
        monkeypatch.setenv(name, value)


# -- what is published -------------------------------------------------------------


def test_deploy_twice_keeps_history_and_domain(owner: Owner) -> None:
    owner.site(domain="www.example.org")
    told = owner.publish()
    assert "the branch gh-pages of origin, ../remote.git" in told
    assert "https://www.example.org/" in told
    assert "pages: 3, publications: 1" in told
    first = owner.published_files()
    assert {"index.html", "publications/index.html", "publications.bib", ".nojekyll"} <= first
    assert f"files: {len(first)} new, 0 changed, 0 removed, 0 as before" in told
    assert "still examples" not in told
    assert "A new sentence" not in owner.published("index.html")
    assert owner.published("CNAME").split() == ["www.example.org"]
    assert owner.deploys() == 1

    text = (ROOT / "hooks/commands/new/starter/docs/index.md").read_text(encoding="utf-8")
    write(owner.clone, {"docs/index.md": f"{text}\nA new sentence.\n".replace("(research.md)", "(#)")})
    told = owner.publish()
    assert "still examples: index.md (" in told
    assert "not committed yet, but published: 1 (docs/index.md)" in told
    assert ", 0 removed, " in told
    assert "A new sentence" in owner.published("index.html")
    assert owner.published("CNAME").split() == ["www.example.org"]
    assert owner.published_files() == first
    assert owner.deploys() == 2
    assert not (owner.clone / "site").exists()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"docs/publications.bib": "@misc{Broken, title = {One\n"}, "publications.bib:1"),
        ({"docs/new.md": "# New\n\n[Gone](gone.md)\n"}, "gone.md"),
        ({"mkdocs.yml": "unheard_of: true\n"}, "unheard_of"),  # told before the build begins
    ],
)
def test_a_problem_is_not_published(live: Owner, files: dict[str, str], told: str) -> None:
    config = (live.clone / "mkdocs.yml").read_text()
    write(live.clone, {**files, "mkdocs.yml": files.get("mkdocs.yml", "") + config})
    output = live.refused()
    assert told in output
    assert re.search(r"Nothing was published: mend the( \d)? problems? above first", output)


def test_half_a_site_is_not_published(live: Owner) -> None:
    assert "leave --dirty out" in live.refused("--dirty")


def test_what_is_built_elsewhere_at_the_same_time_does_not_matter(live: Owner) -> None:
    before = live.tree()
    with paused(live, " fast-import "):
        assert mkdocs("build", cwd=live.clone)[0] == 0
        shutil.rmtree(live.clone / "site")
    assert live.tree() == before
    assert live.deploys() == 2


# -- what is told, and what is refused ---------------------------------------------

SITE = {"index.html": "Home", "404.html": "Not found"}
BUILT = "Deployed 1a2b3c4 with MkDocs version: 1.6.1"


@pytest.mark.usefixtures("git_env")
def test_the_differences_are_reported(owner: Owner) -> None:
    owner.put(
        {
            "index.html": "Old",
            "404.html": "Not found",
            **dict.fromkeys(("a\x1b[2J", "b", "c", "d"), "x"),
        },
        BUILT,
    )
    plan = owner.plan({**SITE, "new.html": "New"})
    # .nojekyll is new, too
    assert "files: 2 new, 1 changed, 4 removed (a[2J, b, c and 1 more), 1 as before" in plan.lines
    assert "its address: https://a.example/" in plan.lines
    assert plan.refusal == ""
    assert not [line for line in plan.lines if "commit" in line]


@pytest.mark.usefixtures("git_env")
def test_what_is_not_kept_safe_yet_is_reported(owner: Owner) -> None:
    write(owner.clone, {"docs/a.md": "A", "mkdocs.yml": "", "notes.txt": ""})
    owner.push()
    assert not [line for line in owner.plan(SITE).lines if "yet, but" in line]
    write(owner.clone, {"docs/a.md": "B", "docs/ü b.md": "", "notes.txt": "other"})
    told = [line for line in owner.plan(SITE).lines if "yet, but" in line]
    assert told == ["not committed yet, but published: 2 (docs/a.md, docs/ü b.md)"]
    owner.git("add", "--all")
    owner.git("commit", "--quiet", "--message=Change")
    told = [line for line in owner.plan(SITE).lines if "yet, but" in line]
    assert told == ["commits not pushed yet, but published: 1 (git push keeps them safe)"]


@pytest.mark.usefixtures("git_env")
@pytest.mark.parametrize("domain", ["", "www.other.org"])
def test_a_remote_domain_is_not_lost(owner: Owner, domain: str) -> None:
    owner.put({**SITE, "CNAME": "www.Example.org\r\n"})  # as GitHub does for its settings
    plan = owner.plan(SITE | ({"CNAME": domain} if domain else {}))
    assert "the published site has the domain www.example.org, this one would" in plan.refusal
    assert "`domain: www.example.org` under extra.homepage in mkdocs.yml keeps it" in plan.refusal
    assert '`domain: ""`' in plan.refusal
    (told,) = [line for line in plan.lines if "not of gh-deploy" in line]
    assert "'Create CNAME', by Owner on 2" in told
    with_it = {**SITE, "CNAME": "www.example.org\n"}
    assert owner.plan(with_it, address="https://www.example.org/").refusal == ""
    assert owner.plan(with_it).refusal.startswith("site_url in mkdocs.yml is at a.example, the domain")
    assert owner.plan(SITE, no_domain=True).refusal == ""


def test_a_domain_goes_only_if_its_owner_says_so(live: Owner) -> None:
    files = {path: live.published(path) for path in ("index.html", "404.html")}
    live.put({**files, "CNAME": "www.example.org"})
    output = live.refused()
    assert "Nothing was published: the published site has the domain www.example.org" in output
    write(live.clone, {"docs/CNAME": "www.other.org\n"})
    live.site(domain="")  # whatever docs/ has
    live.publish()
    assert "CNAME" not in live.published_files()
    assert live.published_files() >= {"index.html", ".nojekyll"}


@pytest.mark.usefixtures("git_env")
@pytest.mark.parametrize(
    ("files", "shown"),
    [
        ({"mkdocs.yml": "", "index.html": ""}, "has mkdocs.yml"),
        ({"_config.yml": "", "index.html": ""}, "has _config.yml"),
        ({"hooks/x.py": "", "README.md": ""}, "has hooks and no index.html"),
    ],
)
def test_a_branch_that_is_no_site_is_not_replaced(
    owner: Owner, files: dict[str, str], shown: str
) -> None:
    owner.put(files, "Work")
    refusal = owner.plan(SITE).refusal
    assert f"the branch gh-pages of origin {shown}, so it is no published site" in refusal
    assert "`remote_branch: site` in mkdocs.yml" in refusal
    assert owner.plan(SITE, branch="site").refusal == ""


@pytest.mark.usefixtures("git_env")
@pytest.mark.parametrize(
    "files", [{"README.md": "", "CNAME": "", "LICENSE": ""}, {**SITE, "package.json": ""}]
)
def test_a_branch_that_is_prepared_or_a_site_is_replaced(owner: Owner, files: dict[str, str]) -> None:
    owner.put(files, "Work")
    assert owner.plan(SITE).refusal == ""


@pytest.mark.usefixtures("git_env")
def test_a_published_commit_may_have_no_message(owner: Owner) -> None:
    owner.put(SITE)
    bare = ("commit-tree", "gh-pages^{tree}", "-m", "")
    owner.git(
        "update-ref", "refs/heads/gh-pages", owner.git(*bare, cwd=owner.remote).strip(), cwd=owner.remote
    )
    plan = owner.plan(SITE)
    assert plan.refusal == ""
    assert "'', by Owner on" in " ".join(plan.lines)


@pytest.mark.usefixtures("git_env")
def test_own_work_on_a_branch_of_that_name_is_not_replaced(owner: Owner) -> None:
    write(owner.clone, {"mkdocs.yml": ""})
    owner.push()
    owner.git("branch", "gh-pages")
    owner.put(SITE, BUILT)
    assert "your branch gh-pages has mkdocs.yml" in owner.plan(SITE).refusal
    assert "`remote_branch: gh-pages`" in owner.plan(SITE, branch="main").refusal


def test_the_branch_of_the_sources_is_not_replaced(live: Owner) -> None:
    assert "the branch main of origin has mkdocs.yml" in live.refused("--remote-branch", "main")
    live.publish("--remote-branch", "site")
    assert live.git("rev-parse", "site^{tree}", cwd=live.remote).strip() == live.tree()


# -- where publishing is not possible ----------------------------------------------


def test_without_a_repository_or_a_remote_that_is_said(owner: Owner, tmp_path: Path) -> None:
    owner.git("remote", "rename", "origin", "elsewhere")
    refusal = owner.plan(SITE).refusal
    assert "git knows no remote 'origin'" in refusal
    assert "`remote_name` in mkdocs.yml" in refusal
    (tmp_path / "alone").mkdir()
    assert "this folder belongs to no git repository" in Owner(tmp_path, "alone").plan(SITE).refusal


def test_a_folder_of_another_user_is_named_as_that(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    refusal = owner.plan(SITE).refusal
    assert "this folder belongs to another user" in refusal
    assert f"git config --global --add safe.directory {owner.clone}" in refusal


def break_branch(owner: Owner, how: str) -> None:
    """Leave a local gh-pages as a crash or a full disk does."""
    ref = owner.clone / ".git/refs/heads/gh-pages"
    ref.parent.mkdir(parents=True, exist_ok=True)
    if how in ("", "garbage"):
        ref.write_text(how)
        return
    commit = owner.git("commit-tree", "HEAD^{tree}", "-m", "Site").strip()
    owner.git("update-ref", "refs/heads/gh-pages", commit)
    file = owner.clone / f".git/objects/{commit[:2]}/{commit[2:]}"
    file.unlink()
    if how == "corrupt":
        file.write_text("")


@pytest.mark.usefixtures("git_env")
@pytest.mark.parametrize("how", ["", "garbage", "missing", "corrupt"])
def test_a_broken_branch_is_reported_to_be_deleted(owner: Owner, how: str) -> None:
    write(owner.clone, {"x": "x"})
    owner.push()
    break_branch(owner, how)
    refusal = owner.plan(SITE).refusal
    assert "git cannot read your branch gh-pages" in refusal
    if how in ("", "garbage"):
        assert "delete the file .git/refs/heads/gh-pages" in refusal
        (owner.clone / ".git/refs/heads/gh-pages").unlink()
    else:
        assert "run: git update-ref -d refs/heads/gh-pages" in refusal
        owner.git("update-ref", "-d", "refs/heads/gh-pages")
    assert owner.plan(SITE).refusal == ""


@pytest.mark.usefixtures("git_env")
@pytest.mark.parametrize("branch", ["--force", "-f", "a b", "a..b", "@{-1}", "HEAD", ""])
def test_what_is_no_name_of_a_branch_is_refused(owner: Owner, branch: str) -> None:
    write(owner.clone, {"x": "x"})
    owner.push()
    owner.git("checkout", "--quiet", "-b", "other")  # so that @{-1} is a branch
    assert owner.plan(SITE, branch=branch).refusal.startswith(f"'{branch}' is no name of a branch")
    assert owner.plan(SITE, branch="a/b").refusal == ""


@pytest.mark.usefixtures("git_env")
def test_what_is_no_name_of_a_remote_is_refused(owner: Owner, tmp_path: Path) -> None:
    owner.git("config", "remote.--mirror.url", str(owner.remote))
    place = Place(owner.clone, "--mirror", "gh-pages", owner.clone, ())
    refusal = deployment_plan.plan(place, tmp_path, no_domain=False).refusal
    assert refusal.startswith("'--mirror' is no name of a remote")


def test_without_git_that_is_said(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in owner.plan(SITE).refusal


class Guarded(BaseHTTPRequestHandler):
    """Lets nobody in."""

    def do_GET(self) -> None:  # noqa: D102
        self.send_response(401)
        self.send_header("WWW-Authenticate", 'Basic realm="x"')
        self.end_headers()

    def log_message(self, *args: object) -> None:  # noqa: D102
        pass


@pytest.mark.usefixtures("git_env")
def test_git_may_ask_for_a_password_which_nobody_is_told(
    owner: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = tmp_path / "asked"
    script = tmp_path / "ask"
    script.write_text(f'#!/bin/sh\necho "$1" >> {asked}\necho wrong\n')
    script.chmod(0o755)
    monkeypatch.setenv("GIT_ASKPASS", str(script))
    with HTTPServer(("127.0.0.1", 0), Guarded) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{server.server_port}/site.git"
        owner.git("remote", "set-url", "origin", f"http://{address}")
        refusal = owner.plan(SITE).refusal
        assert f"Username for 'http://{address.partition('/')[0]}'" in asked.read_text()
        owner.git("remote", "set-url", "origin", f"http://me:secret@{address}")
        assert f"origin, http://{address}, cannot be looked at" in (told := owner.plan(SITE).refusal)
        server.shutdown()
    assert "Are you online, and may you read it? Git says: fatal: Authentication failed" in refusal
    assert "secret" not in told


def test_without_the_network_that_is_said(live: Owner) -> None:
    live.git("remote", "set-url", "origin", "http://127.0.0.1:1/site.git")
    output = live.refused()
    assert "so nothing was pushed. Are you online" in output


# -- from several machines ---------------------------------------------------------


def second(owner: Owner, *options: str) -> Owner:
    """Another clone of the same site."""
    other = Owner(owner.remote.parent, "second")
    url = owner.remote.as_uri()
    owner.git("clone", "--quiet", *options, url, str(other.clone), cwd=owner.remote)
    return other


def test_publishing_goes_on_from_what_another_machine_published(live: Owner) -> None:
    other = second(live)
    write(other.clone, CHANGE)
    other.push()
    other.publish()
    assert "A new sentence." in live.published("index.html")
    live.publish()  # its sources are the old ones
    assert live.deploys() == 3
    assert "A new sentence." not in live.published("index.html")


def test_publishing_goes_on_where_both_went_their_ways(live: Owner) -> None:
    first = live.published_files()
    tree = live.git("rev-parse", "gh-pages^{tree}").strip()  # here as killed before a push
    commit = live.git("commit-tree", tree, "-p", "gh-pages", "-m", BUILT).strip()
    live.git("update-ref", "refs/heads/gh-pages", commit)
    live.put({"index.html": "Somebody else's", "gone.html": ""}, BUILT)  # there by force
    assert "1 removed (gone.html)" in live.publish()
    assert live.published_files() == first
    assert live.deploys() == 2


def test_publishing_goes_on_where_the_branch_was_deleted(live: Owner) -> None:
    first = live.published_files()
    live.git("update-ref", "-d", "refs/heads/gh-pages", cwd=live.remote)
    assert f"files: {len(first)} new" in live.publish()
    assert live.published_files() == first


def test_a_shallow_clone_publishes(live: Owner) -> None:
    shallow = second(live, "--depth=1")  # with one branch, as CI has it
    assert shallow.git("rev-parse", "--is-shallow-repository").strip() == "true"
    write(shallow.clone, CHANGE)
    shallow.publish()
    assert live.deploys() == 2
    assert "A new sentence." in live.published("index.html")


def test_of_two_machines_at_once_one_is_told_to_try_again(live: Owner) -> None:
    other = second(live)
    write(other.clone, CHANGE)
    with paused(live, " push ") as process:
        other.publish()
    assert process.returncode == 1
    output = (live.clone.parent / "log").read_text()
    assert "Traceback" not in output
    assert "run the command again" in output
    assert "A new sentence." in live.published("index.html")
    live.publish()
    assert live.deploys() == 3


# -- interrupted -------------------------------------------------------------------

# Waits at one moment: before a command, behind it, or halfway through what it reads.
WAITING_GIT = """#!/bin/sh
pause() {{ : > "$HP_FOLDER/at"; while [ ! -e "$HP_FOLDER/go" ]; do sleep 0.05; done; }}
case " $* " in *"$HP_MOMENT"*) ;; *) exec {git} "$@";; esac
case "$HP_SIDE" in
  before) pause; exec {git} "$@";;
  after) {git} "$@"; code=$?; pause; exit $code;;
  halfway) {{ dd bs=1 count=20000 2>/dev/null; pause; cat; }} | {git} "$@";;
esac
"""
WAITING_HOOK = """#!/bin/sh
[ "$HP_MOMENT" = {name} ] || exit 0
: > "$HP_FOLDER/at"; while [ ! -e "$HP_FOLDER/go" ]; do sleep 0.05; done
"""


@contextmanager
def paused(owner: Owner, moment: str, side: str = "before") -> Iterator[subprocess.Popen[bytes]]:
    """Call gh-deploy, and hold it at a moment; it goes on afterwards, if it has not been killed."""
    folder = owner.clone.parent
    git = shutil.which("git")
    assert git
    write(folder, {"bin/git": WAITING_GIT.format(git=git)})
    (folder / "bin/git").chmod(0o755)
    for name in ("pre-receive", "post-receive"):
        hook = owner.remote / "hooks" / name
        write(hook.parent, {name: WAITING_HOOK.format(name=name)})
        hook.chmod(0o755)
    at, go = folder / "at", folder / "go"
    env = {
        **GIT_ENV,
        "PATH": f"{folder / 'bin'}{os.pathsep}{GIT_ENV['PATH']}",
        "HP_FOLDER": str(folder),
        "HP_MOMENT": moment,
        "HP_SIDE": side,
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*owner.engine, "gh-deploy"],
            cwd=owner.clone,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        for _ in range(2400):  # two minutes
            if at.exists() or process.poll() is not None:
                break
            time.sleep(0.05)
        assert at.exists(), (folder / "log").read_text()
        yield process
        go.touch()
        process.wait(60)
    finally:
        go.touch()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)
        with suppress(ProcessLookupError):  # git is a moment later
            for _ in range(100):
                os.killpg(process.pid, 0)
                time.sleep(0.05)
        at.unlink(missing_ok=True)
        go.unlink()


MOMENTS = [
    (" --is-shallow-repository ", "before"),  # while the site is built
    (" fetch ", "after"),
    (" fast-import ", "halfway"),
    (" push ", "before"),
    ("pre-receive", ""),  # everything was sent, nothing was changed
    ("post-receive", ""),  # changed, but gh-deploy does not know
]


def whole(owner: Owner) -> None:
    """Nothing is broken in what git keeps, here and there."""
    owner.git("fsck", "--full", "--strict")
    owner.git("fsck", "--full", "--strict", cwd=owner.remote)


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
@pytest.mark.parametrize(("moment", "side"), MOMENTS)
def test_killed_at_any_moment_the_published_site_is_whole(live: Owner, moment: str, side: str) -> None:
    old = live.tree()
    write(live.clone, CHANGE)
    with paused(live, moment, side) as process:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(60)
    left = live.tree()
    whole(live)
    assert "Traceback" not in (live.clone.parent / "log").read_text()
    live.publish()
    new = live.tree()
    assert new != old
    assert left == (new if moment == "post-receive" else old)
    assert "new/index.html" in live.published_files()
    whole(live)


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
def test_a_first_publication_may_be_killed_and_git_left_alone(owner: Owner) -> None:
    owner.site()
    with paused(owner, " fast-import ", "halfway") as process:
        process.kill()  # git is not: it keeps what it got, in the clone
        process.wait(60)
    assert owner.git("branch", "--list", "gh-pages", cwd=owner.remote) == ""
    owner.publish()
    assert {"index.html", "404.html", "publications/index.html"} <= owner.published_files()
    whole(owner)


def test_locks_that_a_killed_git_left_are_no_obstacle(live: Owner) -> None:
    locks = [live.clone / f".git/refs/{ref}/gh-pages.lock" for ref in ("heads", "remotes/origin")]
    write(live.clone, CHANGE)
    for lock in locks:
        lock.touch()
        assert "another git is at work" in live.refused()
        assert lock.exists()
        an_hour_ago = time.time() - 3600
        os.utime(lock, (an_hour_ago, an_hour_ago))
    live.publish()
    assert "A new sentence." in live.published("index.html")
    assert not [lock for lock in locks if lock.exists()]
