"""`new`: a homepage of one's own, in a fresh copy of the repository or in a new folder."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import click

from commands import working_copy
from commands.working_copy import ROOT
from homepage.starting import owner as owners
from homepage.starting import site_settings, starter, yaml_edits
from homepage.starting.owner import Owner

_INTRO = """\
A homepage of your own, in a few questions. Enter leaves an answer out; everything can be changed
later, in mkdocs.yml and docs/.
"""


@click.command()
@click.argument("folder", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--name", help="Your name, as on your papers.")
@click.option("--native", help="Your name in its own script.")
@click.option("--also", multiple=True, help="Another spelling of your name (may be repeated).")
@click.option("--job-title", help="What you are, such as Professor.")
@click.option("--affiliation", multiple=True, help="Where you work or study (may be repeated).")
@click.option("--interest", multiple=True, help="What you work on (may be repeated).")
@click.option("--email", help="Your address of mail; programs that collect addresses do not see it.")
@click.option("--link", multiple=True, help="The address of a profile elsewhere (may be repeated).")
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
        _stop(f"{folder} can be no folder: {getattr(error, 'strerror', None) or 'a loop of links'}.")
    here = working_copy.is_copy(target)
    source = target if here else ROOT
    settings = settings_of(source)
    others = author_other_than_first(source, settings)
    if here:
        _stop_unless_replaceable(target, others, replacing)
    else:
        _stop_unless_free(target)
    owner, proposed = _owner(told, asking=not yes)
    content = starter.docs(owner, datetime.now(UTC).date())
    if problems := starter.problems(owner, content):
        _stop("\n".join(map(str, problems)))
    staying, going = sorted_out(source, settings, content)
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
            _renew(target, staying, pictures, written)
        else:
            names = [name for name in working_copy.files(ROOT) if not name.startswith("docs/")]
            without = {*written, *pictures}
            _lay_out(target, [*(n for n in names if n not in without), *staying], written)
    except OSError as error:
        _stop(f"Nothing was changed: {error.filename or target}: {error.strerror or error}.")
    hindered = "" if here else working_copy.start(target, "Start my homepage")
    notes = [
        f"Its address is to be {owner.site_url}, as your profile says; if it is another, change "
        "site_url in mkdocs.yml."
    ] * proposed
    if others:
        notes.append(f"Its other settings are those of {others}: look through mkdocs.yml.")
    if hindered:
        notes.append(f"It has no first commit: {hindered}. Later: git add --all, git commit.")
    _tell(target, owner.name, notes, here)


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def settings_of(folder: Path) -> str:
    """The text of mkdocs.yml, if it is one that can be changed."""
    try:
        text = (folder / "mkdocs.yml").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        _stop(f"{folder / 'mkdocs.yml'} cannot be read (take the repository's anew)")
    if problem := yaml_edits.fault(text, str(folder / "mkdocs.yml")):
        _stop(str(problem))
    return text.replace("\r\n", "\n")


def rewritten(
    settings: str,
    owner: Owner,
    nav: Sequence[tuple[str, str]] = starter.MENU,
    more: Mapping[str, object] | None = None,
) -> bytes:
    """mkdocs.yml of this owner, with this menu and more settings below extra.homepage."""
    from ruamel.yaml.error import YAMLError as Unwritable
    from yaml import YAMLError

    try:
        return site_settings.rewrite(settings, owner, nav, more).encode()
    except (YAMLError, Unwritable) as error:  # an anchor in the lines that go, an alias of it in others
        _stop(f"mkdocs.yml: its first lines cannot be changed: {error} (write them yourself)")


def author_other_than_first(folder: Path, settings: str) -> str:
    """Whose site this is by now, or '' if it is as the repository came."""
    author = yaml_edits.get(settings, ("site_author",)) or yaml_edits.get(settings, ("site_name",))
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""
    return "" if author in starter.first_owner(text)[:1] else str(author or "somebody")


def _stop_unless_replaceable(folder: Path, others: str, replacing: bool) -> None:
    """A site is replaced only if it is the first owner's, and only what git can bring back."""
    if others and not replacing:
        _stop(
            f"This is the site of {others} already, and stays as it is. (For another one, name a new "
            "folder: new ../my-site; to have this one replaced, say --replace.)"
        )
    unsaved = working_copy.unsaved(folder, ["docs", "mkdocs.yml", "README.md", ".github/images"])
    if unsaved is None:
        _stop(
            f"git does not keep {folder}, so nothing of it could be brought back. (Name a new folder: "
            "new ../my-site; or first call git init, git add --all and git commit.)"
        )
    if unsaved:
        some = ", ".join(unsaved[:5]) + (f" and {len(unsaved) - 5} more" if unsaved[5:] else "")
        _stop(
            f"There are changes that git does not have, and that would be lost: {some}. (Commit them, "
            "or name a new folder: new ../my-site)"
        )


def _stop_unless_free(folder: Path) -> None:
    if folder.is_file() or not working_copy.is_empty(folder):
        _stop(f"{folder} is not empty, and no copy of this repository. (Name a new folder.)")
    if folder.is_relative_to(ROOT):
        _stop(f"{folder} is inside this repository. (Name a folder outside, such as ../my-site.)")


def sorted_out(folder: Path, settings: str, content: Container[str]) -> tuple[list[str], list[str]]:
    """The paths of what is in docs/: of examples that stay, and of everything that goes."""
    docs = folder / "docs"
    paths = sorted(path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file())
    pages = {
        p: (docs / p).read_text(encoding="utf-8", errors="replace") for p in paths if p[-3:] == ".md"
    }
    staying = starter.examples(pages, paths, yaml_edits.get(settings, ("nav",)))
    staying = {path for path in staying if path not in content}
    sides = [[f"docs/{p}" for p in paths if (p in staying) is side] for side in (True, False)]
    return sides[0], sides[1]


def readme_of(folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """README.md without the first owner, and the pictures of his site."""
    try:
        text = (folder / "README.md").read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}, []
    text, pictures = starter.without_first_owner(text)
    return {"README.md": text.encode()}, [name for name in pictures if (folder / name).is_file()]


def _ask_before_removing(names: list[str], yes: bool) -> None:
    click.echo(f"These {len(names)} files go, or are written anew: {', '.join(names)}.")
    click.echo("git keeps them; examples take their place.")
    if not yes and not click.confirm("Go on?", default=True):
        _stop("Nothing was changed.")


def _renew(folder: Path, staying: list[str], pictures: list[str], written: dict[str, bytes]) -> None:
    with working_copy.beside(folder) as stage:
        working_copy.copy(folder, staying, stage / "new")
        working_copy.write(stage / "new", written)
        names = ["docs", *(name for name in written if not name.startswith("docs/")), *pictures]
        working_copy.exchange(folder, stage / "new", stage / "old", names, kept_by_git=True)
    for path in {(folder / name).parent for name in pictures}:
        if not any(path.iterdir()):
            path.rmdir()


def _lay_out(folder: Path, names: list[str], written: dict[str, bytes]) -> None:
    with working_copy.beside(folder.parent) as stage:
        working_copy.copy(ROOT, names, stage / "new")
        working_copy.write(stage / "new", written)
        if folder.exists():
            entries = sorted(path.name for path in (stage / "new").iterdir())
            working_copy.exchange(folder, stage / "new", stage / "old", entries)
        else:
            (stage / "new").rename(folder)


def _tell(folder: Path, name: str, notes: list[str], here: bool) -> None:
    """What there is now, and what to do next."""
    try:
        way = os.path.relpath(folder)
    except ValueError:  # on another disk of Windows
        way = str(folder)
    click.echo(f"\nThe homepage of {name} is in {'this folder' if way == '.' else way}.")
    for note in notes:
        click.echo(note)
    steps = [] if way == "." else [f"cd {shlex.quote(way)}"]
    steps += ["make serve     # see it at http://127.0.0.1:8000, renewed whenever you save"]
    if here:
        steps += ['git add --all && git commit -m "Start my homepage"']
    steps += ["make publish   # once it is on GitHub; see Publish in README.md"]
    click.echo("Next, write over the examples in docs/ (README.md, Edit, says how):\n")
    click.echo("".join(f"  {step}\n" for step in steps), nl=False)


# -- questions -----------------------------------------------------------------------


def _owner(told: dict[str, Any], *, asking: bool) -> tuple[Owner, bool]:
    """Who it is, from options and, for what they leave open, answers; is the address only proposed?"""
    try:
        return _asked(told) if asking else _given(told)
    except click.UsageError as error:
        _stop(error.message)
    except click.Abort:
        _stop("\nNothing was written. (--name NAME --yes asks nothing; new --help lists all options.)")


def _given(told: dict[str, Any]) -> tuple[Owner, bool]:
    if not told["name"]:
        raise click.UsageError('Say whose site it is: --name "Jane Doe"')
    links = tuple(map(_link, told["link"])) + ((_mail(told["email"]),) if told["email"] else ())
    owner = owners.clean(
        Owner(
            name=_name(told["name"]),
            native=told["native"] or "",
            also=told["also"],
            job_title=told["job_title"] or "",
            affiliation=told["affiliation"],
            description=told["description"] or "",
            interests=told["interest"],
            links=links,
            site_url=_site(told["site_url"] or ""),
        )
    )
    proposal = owners.proposed_site(owner.links) if told["site_url"] is None else ""
    return replace(owner, site_url=owner.site_url or proposal), bool(proposal)


def _asked(told: dict[str, Any]) -> tuple[Owner, bool]:
    click.echo(_INTRO)

    def ask(field: str, question: str, check: Callable[[str], str] = str, default: str = "") -> str:
        if told[field] is not None:
            return check(told[field])
        return str(click.prompt(question, default, show_default=bool(default), value_proc=check))

    def several(field: str, question: str, separators: str) -> tuple[str, ...]:
        if told[field]:
            return tuple(told[field])
        answer = str(click.prompt(question, "", show_default=False))
        for separator in separators:
            answer = answer.replace(separator, "\n")
        return tuple(answer.split("\n"))

    answers = {**told, "name": ask("name", "Your name, as on your papers", _name)}
    answers["native"] = ask("native", "The same in its own script, such as 山田太郎, if it has another")
    answers["job_title"] = ask("job_title", "What you are, such as Professor or PhD student")
    answers["affiliation"] = several("affiliation", "Where (a semicolon between several)", ";；")
    answers["interest"] = several("interest", "What you work on (commas between several)", ",，、;；")
    answers["email"] = ask("email", "Your address of mail", lambda text: _mail(text) if text else "")
    links = list(told["link"])
    while not told["link"]:
        question = f"{'Another profile' if links else 'A profile elsewhere: Scholar, ORCID, GitHub …'}"
        link = click.prompt(question, "", show_default=False, value_proc=lambda t: _link(t) if t else "")
        if not link:
            break
        links.append(link)
    answers["link"] = tuple(links)
    proposal = owners.proposed_site(tuple(map(_link, links)))
    question = f"Address of the site, once it is published{' (- for none)' if proposal else ''}"
    address = ask("site_url", question, lambda text: "" if text == "-" else _site(text), proposal)
    return _given({**answers, "site_url": address})[0], False


def _name(text: str) -> str:
    name = starter.given_name_first(owners.clean(Owner(text)).name)
    if fault := owners.name_fault(name):
        raise click.UsageError(f"'{text}' is no name: {fault}.")
    return name


def _mail(text: str) -> str:
    if not (mail := owners.mail_address(text)):
        raise click.UsageError(f"'{text}' is no address of mail; it looks like jane@example.org.")
    return mail


def _link(text: str) -> str:
    if not (link := owners.profile_address(text)):
        raise click.UsageError(
            f"'{text}' is no address of a profile; it looks like https://github.com/jane."
        )
    return link


def _site(text: str) -> str:
    address = owners.site_address(text)
    if text and not address:
        raise click.UsageError(
            f"'{text}' is no address of a site; it looks like https://jane.github.io/ or "
            "https://www.example.org/jane/."
        )
    return address
