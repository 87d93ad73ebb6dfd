"""Finds the template that a site was copied from, its versions, and the one that a copy has."""

from collections.abc import Iterable

from .ownership import Similarity, is_content
from .repository import MACHINERY, Repository

_REMOTE = "template"
_REFS = f"refs/{_REMOTE}"  # its branches and tags, apart from the owner's
_FETCHED = ("HEAD", "refs/tags/*")  # other branches are nobody's: one is a whole built site
_HEX = set("0123456789abcdef")


def address(repository: Repository) -> str:
    """Return the address of the remote `template`, or of the one that forks on GitHub have."""
    names = (_REMOTE, "upstream")
    return next(filter(None, (repository.line("config", f"remote.{name}.url") for name in names)), "")


def remember(repository: Repository, place: str) -> None:
    """Save the address of the template as a remote."""
    known = repository.line("config", f"remote.{_REMOTE}.url")
    if not known:
        repository.git("remote", "add", "--no-tags", _REMOTE, place)
    elif known != place:
        repository.git("remote", "set-url", _REMOTE, place)


def fetch(repository: Repository, place: str, names: Iterable[str]) -> None:
    """Fetch all versions, and the branches that have one of these names."""
    heads = [f"refs/heads/{name}" for name in names if name]
    there = repository.text("ls-remote", "--", place, *heads).split() if heads else []
    wanted = (*_FETCHED, *(head for head in heads if head in there))
    refs = [f"+{name}:{_REFS}/{name.removeprefix('refs/')}" for name in wanted]
    options = ("--quiet", "--no-tags", "--prune", "--no-write-fetch-head", "--no-recurse-submodules")
    repository.git("fetch", *options, "--", place, *refs)


def tags(repository: Repository) -> list[str]:
    """Return the names of the versions."""
    return repository.line("for-each-ref", "--format=%(refname:lstrip=3)", f"{_REFS}/tags").split()


def commit_of(repository: Repository, name: str) -> str:
    """Return the commit of a tag, version, branch or commit name, or ''; without a name the newest."""
    refs = [f"{_REFS}/tags/{name}", f"{_REFS}/tags/v{name}", f"{_REFS}/heads/{name}"]
    refs += [name] * (len(name) >= 7 and set(name) <= _HEX)
    asked = refs if name else [f"{_REFS}/HEAD"]
    found = (repository.line("rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}") for ref in asked)
    return next(filter(None, found), "")


def is_older(repository: Repository, commit: str, other: str) -> bool:
    """Does another commit come after this one?"""
    return commit != other and repository.line("merge-base", commit, other) == commit


def similarities(repository: Repository, target: str) -> list[Similarity]:
    """Compare each version with the machinery of HEAD, the newest first."""
    ours = repository.line("rev-parse", "HEAD^{tree}")
    starts = (target, f"{_REFS}/HEAD", f"--glob={_REFS}/tags")
    log = repository.line("log", "--topo-order", "--first-parent", "--format=%T %H", *starts, "--")
    commits = dict(line.split() for line in log.splitlines())  # of one tree, the oldest
    count = sum(not is_content(path) for path in repository.tree("HEAD"))
    found = {}
    for tree, lines in _compared(repository, ours, commits, "--name-status").items():
        kinds = [line[:1] for line in lines]
        changed = kinds.count("M") + kinds.count("T")
        found[tree] = Similarity(commits[tree], count - changed - kinds.count("D"), changed)
    most = max(one.same for one in found.values())
    best = [tree for tree, one in found.items() if one.same == most]
    for tree, lines in _compared(repository, ours, best, "--numstat", "--diff-filter=M").items():
        counts = [part for line in lines for part in line.split("\t")[:2] if part.isdecimal()]
        found[tree] = found[tree]._replace(lines=sum(map(int, counts)))
    return list(found.values())


def _compared(
    repository: Repository, ours: str, trees: Iterable[str], *how: str
) -> dict[str, list[str]]:
    """Compare the machinery of each tree with ours; returns git's lines for each."""
    found: dict[str, list[str]] = {tree: [] for tree in trees}
    pairs = "".join(f"{ours} {tree}\n" for tree in found)
    said = repository.text("diff-tree", "--stdin", "-r", "--no-renames", *how, *MACHINERY, text=pairs)
    lines: list[str] = []
    for line in said.splitlines():
        if line.startswith(f"{ours} "):
            lines = found[line.removeprefix(f"{ours} ")]
        else:
            lines.append(line)
    return found
