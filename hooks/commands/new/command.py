"""`new`: make a copy of the repository, or a new folder, somebody's homepage."""

import os
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from commands.shared import origin, starter, working_copy
from commands.shared.owner import Owner
from commands.shared.site_files import (
    author_other_than_first,
    create_site,
    readme_of,
    replace_content,
    rewritten,
    settings_of,
    split_docs,
    stop,
)
from commands.shared.working_copy import ROOT
from homepage.messages import first_few, printable

from .questions import owner_of


@click.command(short_help="Start a homepage of your own.")
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--name", help="Your name, as on your papers.")
@click.option("--native", help="Your name in its own script.")
@click.option("--also", multiple=True, help="Another spelling of your name (may be repeated).")
@click.option("--job-title", help="What you are, such as Professor.")
@click.option("--affiliation", multiple=True, help="Where you work or study (may be repeated).")
@click.option("--interest", "interests", multiple=True, help="What you work on (may be repeated).")
@click.option("--email", help="Your e-mail address; programs that collect addresses do not see it.")
@click.option("--link", "links", multiple=True, help="Address of a profile elsewhere (may be repeated).")
@click.option("--site-url", help="Where the site is published.")
@click.option("--description", help="The site in a sentence; made from the rest if it is not given.")
@click.option("--replace", "replacing", is_flag=True, help="Also if the site is somebody's already.")
@click.option("--yes", is_flag=True, help="Ask nothing; what is not given is left out.")
def new(folder: Path | None, replacing: bool, yes: bool, **told: Any) -> None:
    """Make this copy of the repository your homepage, or DIR, a new or an empty folder.

    It gets your name, your links, and short examples to write over. What the pages in docs/ said
    before goes, if git has it; you are asked before.
    """
    try:
        target = (folder or ROOT).resolve()
        target.exists()
    except (OSError, RuntimeError) as error:  # links that mean each other, a name of 300 letters
        stop(f"{folder} can be no folder: {getattr(error, 'strerror', None) or 'a loop of links'}.")
    here = working_copy.is_copy(target)
    source = target if here else ROOT
    settings = settings_of(source)
    others = author_other_than_first(source, settings)
    if here:
        _stop_unless_replaceable(target, others, replacing)
    else:
        _stop_unless_free(target)
    remote = working_copy.remote(target)
    owner, proposed = owner_of(told, _published_at(remote, source), asking=not yes)
    content = starter.docs(owner, datetime.now(UTC).date())
    if problems := starter.problems(owner, content):
        stop("\n".join(map(str, problems)))
    staying, going = split_docs(source, settings, content)
    readme, pictures = readme_of(source)
    written = {
        **{f"docs/{name}": text.encode() for name, text in content.items()},
        "mkdocs.yml": rewritten(settings, owner),
        **readme,
    }
    if here:
        _ask_before_removing([*going, *pictures], yes)
    try:
        if here:
            replace_content(target, staying, pictures, written)
        else:
            names = [name for name in working_copy.files(ROOT) if not name.startswith("docs/")]
            without = {*written, *pictures}
            create_site(target, [*(n for n in names if n not in without), *staying], written)
    except OSError as error:
        stop(f"Nothing was changed: {error.filename or target}: {error.strerror or error}.")
    hindered = "" if here else working_copy.start(target, "Start my homepage")
    notes = {
        f"The site will be published at {owner.site_url}; if that is wrong, change site_url in "
        "mkdocs.yml.": proposed,
        "It has no address yet: set site_url in mkdocs.yml as soon as you know it, such "
        "as https://NAME.github.io/.": not owner.site_url,
        f"Its other settings are those of {others}: look through mkdocs.yml.": others,
        f"It has no first commit: {hindered}. Later: git add --all, git commit.": hindered,
    }
    _print_next_steps(target, owner, [note for note, holds in notes.items() if holds], here, remote)


def _stop_unless_replaceable(folder: Path, others: str, replacing: bool) -> None:
    """Refuse to replace a site of somebody else, and files that git could not restore."""
    if others and not replacing:
        stop(
            f"This is the site of {others} already, and stays as it is. (For another one, name a new "
            "folder: new ../my-site; to have this one replaced, say --replace.)"
        )
    unsaved = working_copy.uncommitted(
        folder, ["docs", "mkdocs.yml", "README.md", ".github/images", *starter.TEMPLATES_OWN]
    )
    if unsaved is None:
        stop(
            f"git does not keep {folder}, so nothing of it could be brought back. (Name a new folder: "
            "new ../my-site; or first call git init, git add --all and git commit.)"
        )
    if unsaved:
        stop(
            f"There are changes that are not committed and would be lost: {first_few(unsaved)}. "
            "(Commit them, or name a new folder: new ../my-site)"
        )


def _stop_unless_free(folder: Path) -> None:
    if folder.is_file() or not working_copy.is_empty(folder):
        stop(f"{folder} is not empty, and no copy of this repository. (Name a new folder.)")
    if folder.is_relative_to(ROOT):
        stop(f"{folder} is inside this repository. (Name a folder outside, such as ../my-site.)")


def _published_at(remote: str, source: Path) -> str:
    """Return where GitHub publishes what is pushed to this remote, unless that is the first owner's."""
    address = origin.github_address(remote)
    signs = starter.first_owner_of(source)[1:]
    return "" if any(sign.lower() in address.lower() for sign in signs) else address


def _ask_before_removing(names: list[str], yes: bool) -> None:
    click.echo(printable(f"These {len(names)} files are removed or replaced: {', '.join(names)}."))
    click.echo("git keeps them; they are replaced by examples.")
    if not yes and not click.confirm("Go on?", default=True):
        stop("Nothing was changed.")


def _print_next_steps(folder: Path, owner: Owner, notes: list[str], here: bool, remote: str) -> None:
    """Say where the site is, and what to do next."""
    try:
        way = os.path.relpath(folder)
    except ValueError:  # on another disk of Windows
        way = str(folder)
    click.echo(f"\nThe homepage of {owner.name} is in {'this folder' if way == '.' else way}.")
    click.echo(
        f"In citations: {starter.cited(owner.name)} (if that is wrong, change site_author in mkdocs.yml)"
    )
    for note in notes:
        click.echo(note)
    steps = [] if way == "." else [f"cd {shlex.quote(way)}"]
    steps += ["make serve     # see it at http://127.0.0.1:8000, renewed whenever you save"]
    if here:
        steps += ['git add --all && git commit -m "Start my homepage"']
    if not remote:
        steps += [*_to_github(owner.site_url), f"git push -u origin {'HEAD' if here else 'main'}"]
    else:
        steps += ["git push -u origin HEAD"]
    steps += ["make publish   # and choose gh-pages on GitHub once; see Publish in README.md"]
    click.echo("Next, write over the examples in docs/ (README.md, Edit, says how):\n")
    click.echo("".join(f"  {step}\n" for step in steps), nl=False)


def _to_github(address: str) -> list[str]:
    """Return the steps to a new repository on GitHub."""
    match = re.fullmatch(r"https://([\w-]+)\.github\.io/(?:([\w.-]+)/)?", address)
    name = match[1] if match else "NAME"
    repository = (match and match[2]) or f"{name}.github.io"
    return [
        f"# then create an empty repository on GitHub, {name}/{repository}, at https://github.com/new",
        f"git remote add origin https://github.com/{name}/{repository}.git",
    ]
