"""The published branch, as git has it here and on the remote, before `mkdocs gh-deploy` replaces it.

Reading it changes nothing but git's copy of the remote (refs/remotes/…), on which gh-deploy builds: so
it continues what is published, whoever published it last.
"""

import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from homepage.common import MISSING, git, other_owner, without_password

_PATIENCE = 300  # seconds: somebody may look for a password, or the site may be large
_LONG, _OLD = 2, 60  # seconds, where git needs milliseconds


class Place(NamedTuple):
    """What is published where: `repository` is pushed from, `folder` has the sources.

    `sources` are paths in that folder; `address` is the site's, if it is known.
    """

    repository: Path
    remote: str
    branch: str
    folder: Path
    sources: tuple[str, ...]
    address: str = ""


class Branch(NamedTuple):
    """A branch: its last commit, and its files, each with the hash of its content."""

    commit: str
    subject: str
    author: str
    day: str
    files: dict[str, str]
    domain: str


class NotPublishable(Exception):
    """Why nothing can be published from here, with a hint."""


def remote_address(place: Place) -> str:
    """The address that is pushed to."""
    inside = git(place.repository, "rev-parse", "--git-dir")
    if inside.code == MISSING:
        raise NotPublishable("git is not installed: get it at https://git-scm.com/downloads")
    if remedy := other_owner(inside):
        raise NotPublishable(
            "this folder belongs to another user of this computer, so that git does not read it. If you "
            f"trust what is in it, run: {remedy}"
        )
    if inside.code:
        raise NotPublishable(
            "this folder belongs to no git repository: clone yours from GitHub, and publish from there"
        )
    _check_names(place)
    address = git(place.repository, "remote", "get-url", "--push", place.remote)
    if address.code:
        raise NotPublishable(
            f"git knows no remote '{place.remote}' to publish to: `git remote add {place.remote} "
            "https://github.com/NAME/REPOSITORY.git` adds it, `remote_name` in mkdocs.yml names another"
        )
    return without_password(address.text)


def _check_names(place: Place) -> None:
    """Refuse names that git would take for an option, or that no branch can have."""
    if place.remote.startswith("-"):
        raise NotPublishable(
            f"'{place.remote}' is no name of a remote: set another as `remote_name` in mkdocs.yml"
        )
    called = git(place.repository, "check-ref-format", "--branch", place.branch)
    if called.code or called.text != place.branch:  # it puts another for such as @{-1}
        raise NotPublishable(
            f"'{place.branch}' is no name of a branch: set another as `remote_branch` in mkdocs.yml, "
            "for instance gh-pages"
        )


def fetch(place: Place, where: str) -> bool:
    """Update git's copy of the published branch; False if there is no such branch yet."""
    ref = f"+refs/heads/{place.branch}:refs/remotes/{place.remote}/{place.branch}"
    options = ("--quiet", "--no-tags", "--no-recurse-submodules")
    said = git(place.repository, "fetch", *options, place.remote, ref, seconds=_PATIENCE)
    if said.code and "couldn't find remote ref" in said.error:
        return False
    if said.code:
        reason = without_password(" ".join(said.error.split()))
        raise NotPublishable(
            f"what is published on {place.remote}, {where}, cannot be looked at, so nothing was pushed. "
            f"Are you online, and may you read it? Git says: {reason}"
        )
    return True


def remove_old_locks(place: Place) -> None:
    """Remove the locks that a killed git left on the branch: nobody could publish again.

    A new lock may belong to a git that is running.
    """
    for ref in (f"refs/heads/{place.branch}", f"refs/remotes/{place.remote}/{place.branch}"):
        path = git(place.repository, "rev-parse", "--git-path", f"{ref}.lock").text
        lock = place.repository / path
        if not lock.exists():
            continue
        time.sleep(_LONG)
        with suppress(FileNotFoundError):
            if 0 <= time.time() - lock.stat().st_mtime < _OLD:
                raise NotPublishable(
                    f"another git is at work in your repository, or was stopped just now ({path}): "
                    "wait a minute, and publish again"
                )
            lock.unlink()


def read(repository: Path, ref: str) -> Branch | None:
    """A branch of a repository, if it is there."""
    said = git(repository, "log", "-1", "--no-show-signature", "--format=%H%n%cs%n%an%n%s", ref, "--")
    if said.code:
        return None
    lines = said.out.decode("utf-8", "replace").split("\n")  # of which any may be empty
    commit, day, author, subject = lines[:4]
    listed = git(repository, "ls-tree", "-r", "-z", "--full-tree", commit).out.decode("utf-8", "replace")
    entries = (entry.partition("\t") for entry in listed.split("\0") if entry)
    files = {path: about.split()[2] for about, _, path in entries}
    cname = git(repository, "show", f"{commit}:CNAME").out if "CNAME" in files else b""
    return Branch(commit, subject, author, day, files, domain_in(cname))


def check_readable(place: Place) -> None:
    """Refuse to publish from a local branch that is broken: gh-deploy would stop with a traceback."""
    if remedy := remedy_if_broken(place.repository, f"refs/heads/{place.branch}"):
        raise NotPublishable(
            f"git cannot read your branch {place.branch}, which gh-deploy makes again from what is "
            f"published: {remedy}"
        )


def remedy_if_broken(repository: Path, ref: str) -> str:
    """What removes a branch that git cannot read, as after a crash or on a full disk, else ''."""
    said = git(repository, "ls-tree", ref)
    if not said.code:
        return ""
    if "ignoring broken ref" in said.error:
        return f"delete the file {git(repository, 'rev-parse', '--git-path', ref).text}"
    there = git(repository, "rev-parse", "--verify", "--quiet", ref).code == 0
    return f"run: git update-ref -d {ref}" if there else ""


def domain_in(cname: bytes) -> str:
    """The domain that a file CNAME names, or ''."""
    return next(iter(cname.decode("utf-8", "replace").lower().split()), "")


def is_before(place: Place, older: Branch, newer: Branch) -> bool:
    """Does one state of a branch build on the other?"""
    return not git(place.repository, "merge-base", "--is-ancestor", older.commit, newer.commit).code
