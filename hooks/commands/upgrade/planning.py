"""Plans an upgrade: find both versions of the template, merge, and list what would change.

Nothing that the owner sees is changed here. What makes an upgrade impossible is refused with a hint.
"""

import os
from collections.abc import Iterable
from typing import NamedTuple, NoReturn

import click

from commands.shared import starter
from homepage.messages import printable

from . import ownership, template
from .ownership import README, SETTINGS, Blob, Tree
from .repository import Merge, Repository


class Plan(NamedTuple):
    """From which version to which, and what would change."""

    start: str
    end: str
    commits: tuple[str, str]  # the same, as git names them
    news: list[str]
    changes: dict[str, str]  # the kind of change by path
    links: dict[str, str]  # the targets of the symbolic links among the changes
    kept: list[str]
    merge: Merge


def refuse(message: str) -> NoReturn:
    """End the command with a message."""
    raise click.ClickException(printable(message))


def plan_upgrade(
    repository: Repository, wanted: str, copied: str, keep: Iterable[str], take: Iterable[str]
) -> Plan | None:
    """Return what an upgrade would change; None, after a message, if there is nothing to do."""
    target = _version(repository, wanted or ownership.newest(template.tags(repository)))
    start = _version(repository, copied) if copied else _nearest(repository, target)
    base, ours, theirs = (repository.tree(commit) for commit in (start, "HEAD", target))
    for path in (path for path in (*keep, *take) if path not in ours and path not in theirs):
        refuse(f"There is no file {path}. Paths start at the top folder, as in overrides/main.html.")
    names = [_name(repository, *version) for version in ((start, base), (target, theirs))]
    if template.is_older(repository, target, start):
        click.echo(f"Your machinery, {names[0]}, is newer than {names[1]}: nothing to do.")
        return None
    settings = [repository.content(tree, SETTINGS) for tree in (base, ours, theirs)]
    both = ownership.with_owners_settings(*settings)
    if both:
        base = repository.with_content(base, SETTINGS, both[0])
        theirs = repository.with_content(theirs, SETTINGS, both[1])
    if not starter.first_owner(_readme(repository, ours)):
        base, theirs = _without_first_owner(repository, base, theirs)
    own = {*keep, *(() if both else (SETTINGS,))}
    sides = ownership.sides(base, ours, theirs, own, set(take))
    merge = repository.merge(*sides, names[1])
    if README in merge.conflicts:  # it is another by now
        sides = ownership.sides(base, ours, theirs, {*own, README}, set(take))
        merge = repository.merge(*sides, names[1])
    result = repository.tree(merge.tree)
    if ownership.identity(repository.content(result, SETTINGS)) != ownership.identity(settings[1]):
        refuse(
            f"{SETTINGS} would name somebody else as the site's owner, so nothing was changed. "
            f"Leave it as you have it: --keep {SETTINGS}"
        )
    if result == ours and not merge.conflicts:
        click.echo(f"Your machinery is that of {names[1]} already: nothing to do.")
        return None
    changes = ownership.changes(sides, ours, result)
    return Plan(
        names[0],
        names[1],
        (start[:7], target[:7]),
        ownership.new_changes(*(repository.content(tree, ownership.CHANGES) for tree in (base, theirs))),
        changes,
        _links(repository, changes, result, merge),
        [*ownership.kept(sides, base, theirs), *merge.deleted],
        merge,
    )


def _links(repository: Repository, changes: Iterable[str], result: Tree, merge: Merge) -> dict[str, str]:
    """The symbolic links among the changes, with their targets; one that leads out is refused."""
    theirs = {path: stages[3] for path, stages in merge.conflicts.items() if 3 in stages}
    new = {path: result[path] for path in changes if path in result} | theirs
    found = {}
    for path, blob in new.items():
        if blob.mode == ownership.SUBMODULE:
            refuse(
                f"The new version has another repository at {path}, which no upgrade brings along. "
                f"Ask who made the template, or do without: --keep {path}"
            )
        if blob.mode == ownership.LINK:
            found[path] = os.fsdecode(repository.content(new, path))
            if ownership.leads_out(path, found[path]):
                refuse(
                    f"The new version has a link at {path} that leads out of your site's repository, to "
                    f"{found[path]}. Ask who made the template, or do without: --keep {path}"
                )
    return found


def _version(repository: Repository, name: str) -> str:
    if found := template.commit_of(repository, name):
        return found
    known = ", ".join(template.tags(repository)) or "none with a name"
    refuse(f"The template has no version {name}; there are {known}.")


def _nearest(repository: Repository, target: str) -> str:
    best = ownership.nearest(template.similarities(repository, target))
    if best.same > best.changed:  # else it may be any version
        return best.commit
    name = _name(repository, best.commit, repository.tree(best.commit))
    refuse(
        "It is not clear which version of the template your copy was made from. The most similar is "
        f"{name}: {best.same} files are the same, {best.changed} are not. If that is it, or you know "
        f"better, say so: --base {best.commit[:7]}"
    )


def _readme(repository: Repository, tree: Tree) -> str:
    return repository.content(tree, README).decode("utf-8", "surrogateescape")


def _without_first_owner(repository: Repository, *versions: Tree) -> list[dict[str, Blob]]:
    """Versions of the template without the first owner's parts, which `new` removes."""
    found = [starter.without_first_owner(_readme(repository, tree)) for tree in versions]
    pictures = {path for _, several in found for path in several}
    return [
        repository.with_content(
            {path: blob for path, blob in tree.items() if path not in pictures},
            README,
            text.encode("utf-8", "surrogateescape"),
        )
        for tree, (text, _) in zip(versions, found, strict=True)
    ]


def _name(repository: Repository, commit: str, tree: Tree) -> str:
    version = ownership.version_in(repository.content(tree, ownership.VERSION))
    return f"{version} ({commit[:7]})" if version else commit[:7]
