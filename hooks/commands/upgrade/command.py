"""`upgrade`: a newer machinery from the template, beneath the owner's content and changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, NoReturn

import click

from adapter import engine
from commands.shared import command_names, starter
from homepage.common import without_password
from homepage.messages import printable, some

from . import ownership, template
from .ownership import README, SETTINGS, Blob, Change, Tree
from .repository import GitFailed, Merge, Repository

COMMAND = command_names.command_line("upgrade")


@click.command(short_help="Bring the machinery to its newest version.")
@click.option("--from", "address", metavar="ADDRESS", help="Where the template is; say it once.")
@click.option("--to", "wanted", metavar="VERSION", default="", help="Another version than its newest.")
@click.option("--base", "copied", metavar="VERSION", default="", help="What your copy was made from.")
@click.option("--preview", is_flag=True, help="Only tell what would change.")
@click.option("--keep", metavar="FILE", multiple=True, help="Leave this file as it is.")
@click.option("--take", metavar="FILE", multiple=True, help="Have this file as the new version has it.")
@click.option("--with-conflicts", is_flag=True, help="Write what does not fit together into the files.")
@click.option("--abort", is_flag=True, help="Put back what an upgrade has left unfinished.")
def upgrade(
    address: str | None,
    wanted: str,
    copied: str,
    preview: bool,
    keep: tuple[str, ...],
    take: tuple[str, ...],
    with_conflicts: bool,
    abort: bool,
) -> None:
    """Bring the machinery of your site to the newest version of the template.

    Your content in docs/, your settings, and your own changes to other files stay. What is new comes
    as one commit, or not at all.
    """
    try:
        repository = _repository()
        if abort:
            return _abort(repository)
        _fetch(repository, address, (wanted, copied))
        if not preview:
            _refuse_unready(repository)
        plan = _plan(repository, wanted, copied, keep, take)
        if plan is None:
            return None  # and said why
        _tell(plan)
        undecided = bool(plan.merge.conflicts) and not with_conflicts
        if undecided:
            _tell_conflicts(plan.merge.conflicts)
        if preview:
            return click.echo("\nThis was a preview: nothing was changed.")
        if undecided:
            raise SystemExit(1)
        return _apply(repository, plan)
    except GitFailed as failed:
        _refuse(f"Git says: {failed}")


class _Plan(NamedTuple):
    """From which version to which, and what comes of it."""

    start: str
    end: str
    commits: tuple[str, str]  # the same, as git names them
    news: list[str]
    changes: list[Change]
    links: dict[str, str]  # where to, of those changes that are no files
    kept: list[str]
    merge: Merge


def _refuse(message: str) -> NoReturn:
    raise click.ClickException(printable(message))


def _repository() -> Repository:
    here = Repository(Path.cwd())
    top = here.line("rev-parse", "--show-toplevel")
    if not top:
        _refuse(
            "This folder is in no git repository, so nothing could be taken back. "
            "Make it one: git init, git add ., git commit -m 'My site'."
        )
    if not here.line("rev-parse", "--verify", "--quiet", "HEAD"):
        _refuse("Nothing is committed yet: git add ., git commit -m 'My site'.")
    if not Path(top, SETTINGS).is_file():
        _refuse(f"{top} has no {SETTINGS}: call this in the top folder of your site's repository.")
    return Repository(Path(top))


def _abort(repository: Repository) -> None:
    if not repository.begun():
        _refuse("No upgrade is unfinished.")
    repository.unlock()
    if kept := repository.put_back():
        _refuse(
            "The files are as they were before the upgrade, but for those that you have changed since: "
            f"{_some(kept)}. See git diff; git restore FILE takes your changes away."
        )
    click.echo("The files are as they were before the upgrade.")


def _fetch(repository: Repository, given: str | None, names: Iterable[str]) -> None:
    address = given or template.address(repository)
    if not address:
        _refuse(
            "Where is the template? Say it once, with the address of the repository that yours was "
            f"copied from: {COMMAND} --from https://github.com/OWNER/REPOSITORY"
        )
    if Path(address).exists():
        address = str(Path(address).resolve())
    try:
        template.fetch(repository, address, names)
    except GitFailed as failed:
        _refuse(
            f"The template cannot be read at {without_password(address)}: {failed}. "
            "Check your connection, and the address (--from gives another)."
        )
    if given:
        template.remember(repository, address)


def _refuse_unready(repository: Repository) -> None:
    changed = repository.uncommitted()
    begun = repository.begun()
    if changed and begun:
        _refuse(
            "An upgrade is unfinished. Finish it: edit the files that `git status` names, git add them, "
            f"git commit. Or give it up: {COMMAND} --abort"
        )
    if changed:
        _refuse(
            f"These files have changes that are not committed: {some(changed)}. "
            "Commit them first, or put them aside (git stash)."
        )
    if hidden := repository.hidden():
        path, flag = next(iter(hidden.items()))
        _refuse(
            f"These files have changes that git was told not to look at: {_some([*hidden])}. "
            f"Let it look, and commit them first: git update-index --no-{flag} {path}"
        )
    if begun:
        repository.finish()
    if not repository.line("var", "GIT_COMMITTER_IDENT"):
        _refuse(
            "Git does not know who you are yet: "
            'git config --global user.name "Your Name", git config --global user.email you@example.org'
        )


def _plan(
    repository: Repository, wanted: str, copied: str, keep: Iterable[str], take: Iterable[str]
) -> _Plan | None:
    target = _version(repository, wanted or ownership.newest(template.tags(repository)))
    start = _version(repository, copied) if copied else _nearest(repository, target)
    base, ours, theirs = (repository.tree(commit) for commit in (start, "HEAD", target))
    for path in (path for path in (*keep, *take) if path not in ours and path not in theirs):
        _refuse(f"There is no file {path}. Paths start at the top folder, as in overrides/main.html.")
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
    if ownership.is_other_owners(repository.content(result, SETTINGS), settings[1]):
        _refuse(
            f"{SETTINGS} would name somebody else as the site's owner, so nothing was changed. "
            f"Leave it as you have it: --keep {SETTINGS}"
        )
    if result == ours and not merge.conflicts:
        click.echo(f"Your machinery is that of {names[1]} already: nothing to do.")
        return None
    changes = ownership.changes(sides, ours, result)
    return _Plan(
        names[0],
        names[1],
        (start[:7], target[:7]),
        ownership.news(*(repository.content(tree, ownership.CHANGES) for tree in (base, theirs))),
        changes,
        _links(repository, changes, result, merge),
        [*ownership.kept(sides, base, theirs), *merge.deleted],
        merge,
    )


def _links(
    repository: Repository, changes: Iterable[Change], result: Tree, merge: Merge
) -> dict[str, str]:
    """The symbolic links among changes: the template may lay none to anywhere else."""
    theirs = {path: stages[3] for path, stages in merge.conflicts.items() if 3 in stages}
    new = {change.path: result[change.path] for change in changes if change.path in result} | theirs
    found = {}
    for path, blob in new.items():
        if blob.mode == ownership.SUBMODULE:
            _refuse(
                f"The new version has another repository at {path}, which no upgrade brings along. "
                f"Ask who made the template, or do without: --keep {path}"
            )
        if blob.mode == ownership.LINK:
            found[path] = os.fsdecode(repository.content(new, path))
            if ownership.leads_out(path, found[path]):
                _refuse(
                    f"The new version has a link at {path} that leads out of your site's repository, to "
                    f"{found[path]}. Ask who made the template, or do without: --keep {path}"
                )
    return found


def _version(repository: Repository, name: str) -> str:
    if found := template.commit_of(repository, name):
        return found
    known = ", ".join(template.tags(repository)) or "none with a name"
    _refuse(f"The template has no version {name}; there are {known}.")


def _nearest(repository: Repository, target: str) -> str:
    best = ownership.nearest(template.likenesses(repository, target))
    if ownership.is_sure(best):
        return best.commit
    name = _name(repository, best.commit, repository.tree(best.commit))
    _refuse(
        "Which version of the template your copy was made from cannot be told. The likest is "
        f"{name}: {best.same} files are the same, {best.changed} are not. If that is it, or you know "
        f"better, say so: --base {best.commit[:7]}"
    )


def _readme(repository: Repository, tree: Tree) -> str:
    return repository.content(tree, README).decode("utf-8", "surrogateescape")


def _without_first_owner(repository: Repository, *versions: Tree) -> list[dict[str, Blob]]:
    """Versions of the template without what `new` takes away."""
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


def _tell(plan: _Plan) -> None:
    click.echo(f"The machinery: from {plan.start} to {plan.end}")
    if plan.news:
        click.echo("\nWhat is new:\n")
        click.echo("\n".join(map(printable, plan.news)))
    click.echo("\nFiles:")
    for change in plan.changes:
        to = f" (a link to {plan.links[change.path]})" if change.path in plan.links else ""
        click.echo(printable(f"  {change.kind:8} {change.path}{to}"))
    if plan.kept:
        click.echo(f"\nLeft as you have it, though the new version has another: {_some(plan.kept)}")
        click.echo(
            f"What is new in one of them: git diff {' '.join(plan.commits)} -- {printable(plan.kept[0])}"
        )


def _tell_conflicts(conflicts: Mapping[str, Mapping[int, Blob]]) -> None:
    click.echo("\nThese files do not fit together with your changes:")
    for path, stages in conflicts.items():
        click.echo(printable(f"  {path}: {ownership.why(stages)}"))
    first = printable(next(iter(conflicts)))
    click.echo(
        "\nNothing was changed. For each of them choose, and call upgrade again with\n"
        f"  --keep FILE        to leave yours as it is, for instance --keep {first}\n"
        "  --take FILE        to have the new version's; yours stays in git's history\n"
        "  --with-conflicts   to have both in the file, and to edit it"
    )


def _apply(repository: Repository, plan: _Plan) -> None:
    added, removed = (
        [change.path for change in plan.changes if change.kind == kind] for kind in ("added", "removed")
    )
    if there := repository.in_the_way(added, removed):
        _refuse(f"Files of yours are where new ones belong: {_some(there)}. Rename them.")
    conflicts = plan.merge.conflicts
    message = f"Upgrade the machinery to {plan.end}"
    commit = repository.commit(plan.merge.tree, f"{message}\n\nIt was {plan.start}.")
    if conflicts:
        repository.show(commit, conflicts)
        click.echo("\nIn these files both stand between <<<<<<< and >>>>>>>, or yours alone:")
        for path, stages in conflicts.items():
            click.echo(printable(f"  {path}: {ownership.why(stages)}"))
        click.echo(
            "\nEdit them, then: git add FILE for each, git commit -m "
            f"'{message}'. To give it up: {COMMAND} --abort"
        )
        raise SystemExit(1)
    repository.move_to(commit)
    lock = (engine.THIS or engine.ENGINES[0]).lock
    install = any(change.path == lock for change in plan.changes)
    click.echo(
        "\nUpgraded, in one commit. Look at your site (make serve) and check it (make test).\n"
        + f"Without make, first: pip install --no-deps -r {lock}\n" * install
        + "To go back: git revert HEAD"
    )


def _some(paths: Iterable[str]) -> str:
    return some(map(printable, paths))
