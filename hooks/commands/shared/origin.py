"""Checks the git repository that a site is published from: its remote, branch and domain."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from adapter import engine
from homepage.common import NO_PROMPTS, git, without_password

from .findings import Finding, advice, ok, problem

_GITHUB = re.compile(
    r"(?:https://(?:[^@/]*@)?|ssh://git@|git@)(?:www\.)?github\.com[:/]([^/]+)/(.+?)(?:\.git)?/?$"
)
_DEPLOYED = re.compile(r"Deployed ([0-9a-f]{7,64})")
_SECONDS = 30


class Repository(NamedTuple):
    """What git says about a folder; `published` is the commit that the published site was built from."""

    has_git: bool = True
    is_there: bool = False
    name: str = "origin"  # of the remote
    branch: str = "gh-pages"
    remote: str = ""  # the address of the remote
    is_shallow: bool = False
    changed: int = 0  # files since the last commit
    unpushed: int = 0  # commits since the last push
    published: str = ""
    behind: int = 0  # commits since `published`
    on_remote: bool | None = None  # does the remote have the branch? None if not known


def look(root: Path, name: str, branch: str, *, online: bool) -> Repository:
    """Ask git about a folder, and if `online` also its remote; `branch` is the published one."""
    version = _git(root, "--version")
    if version is None:
        return Repository(has_git=False)
    if _git(root, "rev-parse", "--is-inside-work-tree") != "true":
        return Repository()
    remote = _git(root, "remote", "get-url", name) or ""
    subject = _git(root, "log", "-1", "--format=%s", f"refs/remotes/{name}/{branch}") or ""
    made = _DEPLOYED.match(subject)
    on_remote = None
    if online and remote:
        heads = _git(root, "ls-remote", "--heads", name, f"refs/heads/{branch}")
        on_remote = None if heads is None else bool(heads)
    return Repository(
        is_there=True,
        name=name,
        branch=branch,
        remote=remote,
        is_shallow=_git(root, "rev-parse", "--is-shallow-repository") == "true",
        changed=len((_git(root, "status", "--porcelain", "--", ".") or "").splitlines()),
        unpushed=int(_git(root, "rev-list", "--count", "@{upstream}..HEAD") or 0),
        published=made[1] if made else "",
        behind=int(_git(root, "rev-list", "--count", f"{made[1]}..HEAD") or 0) if made else 0,
        on_remote=on_remote,
    )


def check_repository(found: Repository) -> list[Finding]:
    """Can the site be published from here, and is it up to date?"""
    if not found.has_git:
        return [advice("git is not installed", "install it from https://git-scm.com to publish")]
    if not found.is_there:
        return [advice("this folder is not a git repository", "run: git init, or clone your copy again")]
    if not found.remote:
        hint = f"run: git remote add {found.name} ADDRESS, with that of your repository"
        return [advice(f"there is no remote '{found.name}' to publish to", hint)]
    findings = []
    if found.is_shallow:
        message = "the clone does not have the whole history, so that the sitemap has no dates"
        findings.append(advice(message, "run: git fetch --unshallow"))
    if found.changed:
        message = f"files that are not committed: {found.changed}"
        findings.append(advice(message, "git status lists them"))
    if found.unpushed:
        findings.append(advice(f"commits that are not pushed: {found.unpushed}", "run: git push"))
    if found.behind:
        message = f"commits since the site was published: {found.behind}"
        findings.append(advice(message, "publish again when you are content"))
    if found.on_remote is False:
        message = f"the remote has no branch {found.branch} yet, so that nothing is published"
        findings.append(advice(message, f"run: make publish, or {engine.NAME} gh-deploy"))
    branch = f", with the branch {found.branch}" if found.on_remote else ""
    return findings or [ok(f"the remote '{found.name}' is {without_password(found.remote)}{branch}")]


def github_address(remote: str) -> str:
    """Return where GitHub publishes the repository at this address, or '' if it is not on GitHub."""
    match = _GITHUB.match(remote)
    if not match:
        return ""
    owner = match[1].lower()
    is_user = match[2].lower() == f"{owner}.github.io"
    return f"https://{owner}.github.io/" + ("" if is_user else f"{match[2]}/")


def check_domain(remote: str, url: str, domain: str, cname: str) -> list[Finding]:
    """Do the site's address, the setting `domain`, a CNAME file in docs/ and the remote agree?"""
    host = (urlsplit(url).hostname or "").lower()
    hint = "make site_url, extra.homepage.domain and docs/CNAME say the same"
    if cname and domain and cname.lower() != domain.lower():
        message = f"docs/CNAME says {cname}, extra.homepage.domain {domain}"
        return [problem(message, "delete docs/CNAME: the setting makes one")]
    own = (domain or cname).lower()
    if own and host != own:
        return [problem(f"site_url is at {host or 'no host'}, the domain is {own}", hint, "mkdocs.yml")]
    match = _GITHUB.match(remote)
    if own or not match or not url:
        return [ok(f"the site is at {url or 'no address yet'}")]
    expected = github_address(remote)
    if host.endswith(".github.io"):
        if url.rstrip("/").lower() == expected.rstrip("/").lower():
            return [ok(f"site_url is where GitHub publishes {match[1]}/{match[2]}")]
        message = f"site_url is {url}, but GitHub publishes {match[1]}/{match[2]} at {expected}"
        return [problem(message, f"write site_url: {expected}", "mkdocs.yml")]
    message = f"GitHub would publish {match[1]}/{match[2]} at {expected}, not at {url}"
    return [advice(message, f"if it does, set domain: {host} under extra.homepage", "mkdocs.yml")]


def _git(root: Path, *args: str) -> str | None:
    """Return git's output, or None if it fails, is missing or is slow; it asks for no password."""
    said = git(root, *args, seconds=_SECONDS, env=NO_PROMPTS)
    return None if said.code else said.text
