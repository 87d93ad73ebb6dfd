"""What `mkdocs gh-deploy` is about to replace, and whether it may: the published branch, looked at.

Nothing of the owner's changes by it but what git remembers of the remote (refs/remotes/…), which is
what gh-deploy builds on: so it goes on from what is published, whoever published it last.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from homepage.common import MISSING, GitResult, git, without_password
from homepage.messages import first_few, one_line

_PATIENCE = 300  # seconds: somebody may look for a password, or the site may be large
_SOURCES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.toml", "_config.yml", "hugo.toml")
_BESIDES = re.compile(r"CNAME|\.nojekyll|\.git\w*|(README|LICEN[CS]E)(\.\w+)?", re.I)  # of no meaning
_BY_US = re.compile(r"\b(MkDocs|ProperDocs) version\b")  # in the message of gh-deploy
_SHOWN = 3  # names of files in a message
_LONG, _OLD = 2, 60  # seconds, where git needs milliseconds


class Place(NamedTuple):
    """What is published where: the repository that is pushed from, and the folder of the sources.

    `sources` are paths of the latter, `address` is that of the site, if it is known.
    """

    repository: Path
    remote: str
    branch: str
    folder: Path
    sources: tuple[str, ...]
    address: str = ""


class Branch(NamedTuple):
    """A branch as it is: its last commit, and its files, each with the hash of its content."""

    commit: str
    subject: str
    author: str
    day: str
    files: dict[str, str]
    domain: str


class Plan(NamedTuple):
    """What publishing would do, a line for each thing, and why it must not, or ''."""

    lines: list[str]
    refusal: str = ""


def plan(place: Place, site: Path, *, no_domain: bool) -> Plan:
    """Look at what is published, and at the site that is to take its place.

    `no_domain` says that the owner wants none, where there may be one.
    """
    where, trouble = _remote(place)
    if not trouble:
        trouble = _free_locks(place)
    if not trouble:
        there, trouble = _fetch(place, where)
    if trouble:
        return Plan([], trouble)
    published = _look(place.repository, f"refs/remotes/{place.remote}/{place.branch}") if there else None
    local = _look(place.repository, f"refs/heads/{place.branch}")
    domain = _domain(site)
    address = f"https://{domain}/" if domain else place.address
    lines = [
        f"to be published: the branch {place.branch} of {place.remote}, {where}",
        f"its address: {address or 'not known, site_url in mkdocs.yml would say it'}",
        _compared(published.files if published else {}, site),
        *_not_there_yet(place),
    ]
    if published and not _BY_US.search(published.subject):
        lines.append(
            f"the last commit there is not of gh-deploy: {published.commit[:7]}, "
            f"'{published.subject}', by {published.author} on {published.day}"
        )
    refusal = _refusal(place, published, local, domain, no_domain=no_domain)
    refusal = refusal or _other_host(place.address, domain)
    # Names of files and commits may be anybody's.
    return Plan([one_line(line) for line in lines], one_line(refusal))


def _remote(place: Place) -> tuple[str, str]:
    """The address that is pushed to, or what is wrong."""
    inside = git(place.repository, "rev-parse", "--git-dir")
    if inside.code == MISSING:
        return "", "git is not installed: get it at https://git-scm.com/downloads"
    if inside.code:
        return "", (
            "this folder belongs to no git repository: clone yours from GitHub, and publish from there"
        )
    if misnamed := _misnamed(place):
        return "", misnamed
    address = git(place.repository, "remote", "get-url", "--push", place.remote)
    if address.code:
        return "", (
            f"git knows no remote '{place.remote}' to publish to: `git remote add {place.remote} "
            "https://github.com/NAME/REPOSITORY.git` adds it, `remote_name` in mkdocs.yml names another"
        )
    return without_password(address.text), ""


def _misnamed(place: Place) -> str:
    """Which name git would take for an option, or for no branch's; or ''."""
    if place.remote.startswith("-"):
        return f"'{place.remote}' is no name of a remote: set another as `remote_name` in mkdocs.yml"
    called = git(place.repository, "check-ref-format", "--branch", place.branch)
    if called.code or called.text != place.branch:  # it puts another for such as @{-1}
        return (
            f"'{place.branch}' is no name of a branch: set another as `remote_branch` in mkdocs.yml, "
            "for instance gh-pages"
        )
    return ""


def _fetch(place: Place, where: str) -> tuple[bool, str]:
    """Let git know what is published now: is there a branch? Or what went wrong."""
    ref = f"+refs/heads/{place.branch}:refs/remotes/{place.remote}/{place.branch}"
    options = ("--quiet", "--no-tags", "--no-recurse-submodules")
    said = git(place.repository, "fetch", *options, place.remote, ref, seconds=_PATIENCE)
    if said.code and "couldn't find remote ref" in said.error:
        return False, ""
    if said.code:
        return False, (
            f"what is published on {place.remote}, {where}, cannot be looked at, so nothing was pushed. "
            f"Are you online, and may you read it? Git says: {_reason(said)}"
        )
    return True, ""


def _reason(said: GitResult) -> str:
    return without_password(" ".join(said.error.split()))


def _free_locks(place: Place) -> str:
    """Take away what a git that was killed left behind: it would let nobody publish again.

    One that is new may be of a git at work: gives the reason to wait for it, or ''.
    """
    for ref in (f"refs/heads/{place.branch}", f"refs/remotes/{place.remote}/{place.branch}"):
        path = git(place.repository, "rev-parse", "--git-path", f"{ref}.lock").text
        lock = place.repository / path
        if not lock.exists():
            continue
        time.sleep(_LONG)
        with suppress(FileNotFoundError):
            if 0 <= time.time() - lock.stat().st_mtime < _OLD:
                return (
                    f"another git is at work in your repository, or was stopped just now ({path}): "
                    "wait a minute, and publish again"
                )
            lock.unlink()
    return ""


def _look(repository: Path, ref: str) -> Branch | None:
    """A branch as it is, if there is one."""
    said = git(repository, "log", "-1", "--no-show-signature", "--format=%H%n%cs%n%an%n%s", ref, "--")
    if said.code:
        return None
    lines = said.out.decode("utf-8", "replace").split("\n")  # of which any may be empty
    commit, day, author, subject = lines[:4]
    listed = git(repository, "ls-tree", "-r", "-z", "--full-tree", commit).out.decode("utf-8", "replace")
    entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
    files = {path: about.split()[2] for about, _, path in entries}
    cname = git(repository, "show", f"{commit}:CNAME").out if "CNAME" in files else b""
    return Branch(commit, subject, author, day, files, _first_word(cname))


def _domain(site: Path) -> str:
    path = site / "CNAME"
    return _first_word(path.read_bytes()) if path.is_file() else ""


def _first_word(data: bytes) -> str:
    return next(iter(data.decode("utf-8", "replace").lower().split()), "")


def _compared(before: dict[str, str], site: Path) -> str:
    """How the files of the site differ from those before."""
    sha = "sha256" if any(len(known) == 64 for known in before.values()) else "sha1"
    after = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_file()}
    hashes = {name: _hash(path.read_bytes(), sha) for name, path in after.items()}
    hashes[".nojekyll"] = _hash(b"", sha)  # gh-deploy adds it
    new = hashes.keys() - before.keys()
    same = [name for name, known in hashes.items() if before.get(name) == known]
    removed = sorted(before.keys() - hashes.keys())
    changed = len(hashes) - len(new) - len(same)
    return (
        f"files: {len(new)} new, {changed} changed, {len(removed)} removed"
        f"{_named(removed)}, {len(same)} as before"
    )


def _hash(data: bytes, sha: str) -> str:
    """The name that git gives to a content."""
    return hashlib.new(sha, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _named(names: list[str]) -> str:
    return f" ({first_few(names, _SHOWN)})" if names else ""


def _not_there_yet(place: Place) -> Iterator[str]:
    """What the repository of the sources does not have yet, though it is published now."""
    said = git(place.folder, "status", "--porcelain", "-z", "--no-renames", "--", *place.sources)
    if names := [entry[3:] for entry in said.out.decode("utf-8", "replace").split("\0") if entry]:
        yield f"not committed yet, but published: {len(names)}{_named(sorted(names))}"
    unpushed = ("rev-list", "--count", "HEAD", "--not", "--remotes", "--", *place.sources)
    if (count := git(place.folder, *unpushed).text) not in ("", "0"):
        yield f"commits not pushed yet, but published: {count} (git push keeps them safe)"


def _refusal(
    place: Place, published: Branch | None, local: Branch | None, domain: str, *, no_domain: bool
) -> str:
    """Why the branch must not be replaced, or ''."""
    if published and (found := _own_work(published)):
        return f"the branch {place.branch} of {place.remote} {found}, {_instead(place)}"
    unpublished = local and not (published and _is_before(place, local, published))
    if local and unpublished and (found := _own_work(local)):
        return f"your branch {place.branch} {found}, {_instead(place)}"
    if not published or not published.domain or published.domain == domain:
        return ""
    keep = f"`domain: {published.domain}` under extra.homepage in mkdocs.yml keeps it"
    if domain:
        return (
            f"the published site has the domain {published.domain}, this one would make it {domain}: "
            f'{keep}; if you mean the change, publish once with `domain: ""` before'
        )
    if no_domain:
        return ""
    return (
        f"the published site has the domain {published.domain}, this one would lose it: {keep}, "
        'and `domain: ""` gives it up'
    )


def _other_host(address: str, domain: str) -> str:
    """What is wrong where the site's address is not at its domain, or ''."""
    host = (urlsplit(address).hostname or "").lower()
    if not domain or not host or host == domain:
        return ""
    return (
        f"site_url in mkdocs.yml is at {host}, the domain is {domain}: links, feeds and the sitemap "
        "would lead to the other, so make both the same"
    )


def _own_work(branch: Branch) -> str:
    """What shows that a branch is no built site, or ''."""
    names = {path.partition("/")[0] for path in branch.files}
    if _BY_US.search(branch.subject) or not (own := [n for n in names if not _BESIDES.fullmatch(n)]):
        return ""
    if sources := sorted(names.intersection(_SOURCES)):
        return f"has {sources[0]}"
    return "" if "index.html" in names else f"has {min(own)} and no index.html"


def _instead(place: Place) -> str:
    other = "gh-pages" if place.branch != "gh-pages" else "site"
    return (
        "so it is no published site, and would be replaced by one: choose another branch, "
        f"`remote_branch: {other}` in mkdocs.yml"
    )


def _is_before(place: Place, older: Branch, newer: Branch) -> bool:
    return not git(place.repository, "merge-base", "--is-ancestor", older.commit, newer.commit).code
