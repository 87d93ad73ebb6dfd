"""What `mkdocs gh-deploy` is about to change on the published branch, and whether it may."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from homepage.common import git
from homepage.messages import first_few, one_line

from . import published_branch
from .published_branch import Branch, NotPublishable, Place, domain_in

_SOURCES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.toml", "_config.yml", "hugo.toml")
_BESIDES = re.compile(r"CNAME|\.nojekyll|\.git\w*|(README|LICEN[CS]E)(\.\w+)?", re.I)  # of no meaning
_BY_US = re.compile(r"\b(MkDocs|ProperDocs) version\b")  # in the message of gh-deploy
_SHOWN = 3  # names of files in a message


class Plan(NamedTuple):
    """What publishing would do, in lines, and why it must not, or ''."""

    lines: list[str]
    refusal: str = ""


def plan(place: Place, site: Path, *, no_domain: bool) -> Plan:
    """Look at what is published, and at the site that is to take its place.

    `no_domain` says that the owner wants none, where there may be one.
    """
    try:
        where = published_branch.remote_address(place)
        published_branch.remove_old_locks(place)
        published_branch.check_readable(place)
        there = published_branch.fetch(place, where)
    except NotPublishable as reason:
        return Plan([], str(reason))
    ref = f"refs/remotes/{place.remote}/{place.branch}"
    published = published_branch.read(place.repository, ref) if there else None
    local = published_branch.read(place.repository, f"refs/heads/{place.branch}")
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


def _domain(site: Path) -> str:
    path = site / "CNAME"
    return domain_in(path.read_bytes()) if path.is_file() else ""


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
    unpublished = local and not (published and published_branch.is_before(place, local, published))
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
