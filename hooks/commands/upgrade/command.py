"""`upgrade`: bring the newest machinery of the template in, and keep the owner's content and changes."""

from collections.abc import Iterable
from pathlib import Path

import click

from adapter import engine
from commands.shared import command_names
from homepage.common import without_password
from homepage.messages import first_few, printable

from . import ownership, template, working_tree
from .ownership import SETTINGS
from .planning import Plan, plan_upgrade, refuse
from .repository import GitFailed, Repository

COMMAND = command_names.command_line("upgrade")


@click.command(short_help="Bring the machinery to its newest version.")
@click.option("--from", "address", metavar="ADDRESS", help="The template's address; needed only once.")
@click.option("--to", "wanted", metavar="VERSION", default="", help="Another version than its newest.")
@click.option("--base", "copied", metavar="VERSION", default="", help="What your copy was made from.")
@click.option("--preview", is_flag=True, help="Only show what would change.")
@click.option("--keep", metavar="FILE", multiple=True, help="Leave this file as it is.")
@click.option("--take", metavar="FILE", multiple=True, help="Use the new version's file.")
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
    repository = _repository()
    if abort:
        return _abort(repository)
    _fetch(repository, address, (wanted, copied))
    if not preview:
        _refuse_unready(repository)
    plan = plan_upgrade(repository, wanted, copied, keep, take)
    if plan is None:
        return None  # and said why
    _print_plan(plan)
    undecided = bool(plan.merge.conflicts) and not with_conflicts
    if undecided:
        first = printable(next(iter(plan.merge.conflicts)))
        click.echo("\nThese files do not fit together with your changes:")
        _print_conflicts(plan)
        click.echo(
            "\nNothing was changed. For each of them choose, and call upgrade again with\n"
            f"  --keep FILE        to leave yours as it is, for instance --keep {first}\n"
            "  --take FILE        to have the new version's; yours stays in git's history\n"
            "  --with-conflicts   to have both in the file, and to edit it"
        )
    if preview:
        return click.echo("\nThis was a preview: nothing was changed.")
    if undecided:
        raise SystemExit(1)
    return _apply(repository, plan)


def _repository() -> Repository:
    here = Repository(Path.cwd())
    top = here.line("rev-parse", "--show-toplevel")
    if not top:
        refuse(
            "This folder is in no git repository, so nothing could be taken back. "
            "Make it one: git init, git add ., git commit -m 'My site'."
        )
    if not here.line("rev-parse", "--verify", "--quiet", "HEAD"):
        refuse("Nothing is committed yet: git add ., git commit -m 'My site'.")
    if not Path(top, SETTINGS).is_file():
        refuse(f"{top} has no {SETTINGS}: call this in the top folder of your site's repository.")
    return Repository(Path(top))


def _abort(repository: Repository) -> None:
    if not working_tree.unfinished(repository):
        refuse("No upgrade is unfinished.")
    working_tree.unlock(repository)
    if kept := working_tree.put_back(repository):
        refuse(
            "The files are as they were before the upgrade, but for those that you have changed since: "
            f"{first_few(kept)}. See git diff; git restore FILE takes your changes away."
        )
    click.echo("The files are as they were before the upgrade.")


def _fetch(repository: Repository, given: str | None, names: Iterable[str]) -> None:
    address = given or template.address(repository)
    if not address:
        refuse(
            "Where is the template? Say it once, with the address of the repository that yours was "
            f"copied from: {COMMAND} --from https://github.com/OWNER/REPOSITORY"
        )
    if Path(address).exists():
        address = str(Path(address).resolve())
    try:
        template.fetch(repository, address, names)
    except GitFailed as failed:
        refuse(
            f"The template cannot be read at {without_password(address)}: {failed}. "
            "Check your connection, and the address (--from gives another)."
        )
    if given:
        template.remember(repository, address)


def _refuse_unready(repository: Repository) -> None:
    changed = working_tree.uncommitted(repository)
    begun = working_tree.unfinished(repository)
    if changed and begun:
        refuse(
            "An upgrade is unfinished. Finish it: edit the files that `git status` names, git add them, "
            f"git commit. Or give it up: {COMMAND} --abort"
        )
    if changed:
        refuse(
            f"These files have changes that are not committed: {first_few(changed)}. "
            "Commit them first, or put them aside (git stash)."
        )
    if hidden := working_tree.hidden(repository):
        path, flag = next(iter(hidden.items()))
        refuse(
            f"These files have changes that git was told not to look at: {first_few(hidden)}. "
            f"Let it look, and commit them first: git update-index --no-{flag} {path}"
        )
    if begun:
        working_tree.finish(repository)
    if not repository.line("var", "GIT_COMMITTER_IDENT"):
        refuse(
            "Git does not know who you are yet: "
            'git config --global user.name "Your Name", git config --global user.email you@example.org'
        )


def _print_plan(plan: Plan) -> None:
    click.echo(f"The machinery: from {plan.start} to {plan.end}")
    if plan.news:
        click.echo("\nWhat is new:\n")
        click.echo("\n".join(map(printable, plan.news)))
    click.echo("\nFiles:")
    for path, kind in plan.changes.items():
        to = f" (a link to {plan.links[path]})" if path in plan.links else ""
        click.echo(printable(f"  {kind:8} {path}{to}"))
    if plan.kept:
        left = f"Left as you have it, though the new version has another: {first_few(plan.kept)}"
        click.echo(f"\n{printable(left)}")
        click.echo(
            f"What is new in one of them: git diff {' '.join(plan.commits)} -- {printable(plan.kept[0])}"
        )


def _print_conflicts(plan: Plan) -> None:
    for path, stages in plan.merge.conflicts.items():
        click.echo(printable(f"  {path}: {ownership.conflict_reason(stages)}"))


def _apply(repository: Repository, plan: Plan) -> None:
    added, removed = (
        [path for path, kind in plan.changes.items() if kind == wanted]
        for wanted in ("added", "removed")
    )
    if there := working_tree.in_the_way(repository, added, removed):
        refuse(f"Files of yours are where new ones belong: {first_few(there)}. Rename them.")
    conflicts = plan.merge.conflicts
    message = f"Upgrade the machinery to {plan.end}"
    commit = repository.commit(plan.merge.tree, f"{message}\n\nIt was {plan.start}.")
    if conflicts:
        working_tree.show(repository, commit, conflicts)
        click.echo("\nIn these files both stand between <<<<<<< and >>>>>>>, or yours alone:")
        _print_conflicts(plan)
        click.echo(
            "\nEdit them, then: git add FILE for each, git commit -m "
            f"'{message}'. To give it up: {COMMAND} --abort"
        )
        raise SystemExit(1)
    working_tree.move_to(repository, commit)
    lock = (engine.THIS or engine.ENGINES[0]).lock
    click.echo(
        "\nUpgraded, in one commit. Look at your site (make serve) and check it (make test).\n"
        + f"Without make, first: pip install --no-deps -r {lock}\n" * (lock in plan.changes)
        + "To go back: git revert HEAD"
    )
