"""Checks the git repository that a site is published from: its remote, branch and domain."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from adapter import engine, published_branch
from homepage.common import NO_PROMPTS, git, other_owner, without_password

from .findings import Finding, advice, ok, problem

_GITHUB = re.compile(
    r"(?:https://(?:[^@/]*@)?|ssh://git@|git@)(?:www\.)?github\.com[:/]([^/]+)/(.+?)(?:\.git)?/?$"
)
_DEPLOYED = re.compile(r"Deployed ([0-9a-f]{7,64})")
_SECONDS = 30


def remote_address(root: Path, name: str) -> str:
    """Return the address of a remote of the repository at a folder, or ''."""
    return _git(root, "remote", "get-url", name) or ""


def check_repository(root: Path, name: str, branch: str, *, online: bool) -> list[Finding]:
    """Can the site be published from a folder to a branch of this remote, and is it up to date?

    The remote itself is asked only if `online`.
    """
    if _git(root, "--version") is None:
        return [advice("git is not installed", "install it from https://git-scm.com to publish")]
    inside = git(root, "rev-parse", "--is-inside-work-tree")
    if remedy := other_owner(inside):
        message = "this folder belongs to another user of this computer, so that git does not read it"
        return [problem(message, f"if you trust what is in it, run: {remedy}")]
    if inside.text != "true":
        return [advice("this folder is not a git repository", "run: git init, or clone your copy again")]
    remote = remote_address(root, name)
    if not remote:
        hint = f"run: git remote add {name} ADDRESS, with that of your repository"
        return [advice(f"there is no remote '{name}' to publish to", hint)]
    findings = []
    if remedy := published_branch.remedy_if_broken(root, f"refs/heads/{branch}"):
        message = f"git cannot read your branch {branch}; publishing makes it again"
        findings.append(problem(message, remedy))
    if _git(root, "rev-parse", "--is-shallow-repository") == "true":
        message = "the clone does not have the whole history, so that the sitemap has no dates"
        findings.append(advice(message, "run: git fetch --unshallow"))
    if changed := len((_git(root, "status", "--porcelain", "--", ".") or "").splitlines()):
        findings.append(advice(f"files that are not committed: {changed}", "git status lists them"))
    if unpushed := _count(root, "@{upstream}..HEAD"):
        findings.append(advice(f"commits that are not pushed: {unpushed}", "run: git push"))
    subject = _git(root, "log", "-1", "--format=%s", f"refs/remotes/{name}/{branch}") or ""
    published = _DEPLOYED.match(subject)
    if published and (behind := _count(root, f"{published[1]}..HEAD")):
        message = f"commits since the site was published: {behind}"
        findings.append(advice(message, "publish again when you are content"))
    heads = _git(root, "ls-remote", "--heads", name, f"refs/heads/{branch}") if online else None
    if heads == "":
        message = f"the remote has no branch {branch} yet, so that nothing is published"
        findings.append(advice(message, f"run: make publish, or {engine.NAME} gh-deploy"))
    more = f", with the branch {branch}" if heads else ""
    return findings or [ok(f"the remote '{name}' is {without_password(remote)}{more}")]


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


def _count(root: Path, commits: str) -> int:
    return int(_git(root, "rev-list", "--count", commits) or 0)


def _git(root: Path, *args: str) -> str | None:
    """Return git's output, or None if it fails, is missing or is slow; it asks for no password."""
    said = git(root, *args, seconds=_SECONDS, env=NO_PROMPTS)
    return None if said.code else said.text
