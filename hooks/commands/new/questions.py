"""Questions about the owner, and the answers that options give."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from commands.shared import owner as owners
from commands.shared import starter
from commands.shared.owner import Owner
from commands.shared.site_files import stop

_INTRO = """\
A homepage of your own, in a few questions. Enter leaves an answer out; everything can be changed
later, in mkdocs.yml and docs/.
"""


def owner_of(told: dict[str, Any], published: str, *, asking: bool) -> tuple[Owner, bool]:
    """Return the owner, from options and answers to questions; is the address only proposed?"""
    try:
        return _asked(told, published) if asking else _given(told, published)
    except click.UsageError as error:
        stop(error.message)
    except click.Abort:
        stop("\nNothing was written. (--name NAME --yes asks nothing; new --help lists all options.)")


def _given(told: dict[str, Any], published: str) -> tuple[Owner, bool]:
    if not told["name"]:
        raise click.UsageError('Say whose site it is: --name "Jane Doe"')
    given = {field: value for field, value in told.items() if value}
    mail = given.pop("email", "")
    given["links"] = (*map(_link, told["links"]), *([_mail(mail)] if mail else []))
    given |= {"name": _name(told["name"]), "site_url": _site(told["site_url"] or "")}
    owner = owners.clean(Owner(**given))
    proposal = ""
    if told["site_url"] is None:
        proposal = published or owners.proposed_site(owner.links)
    return replace(owner, site_url=owner.site_url or proposal), bool(proposal)


def _asked(told: dict[str, Any], published: str) -> tuple[Owner, bool]:
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
    answers["interests"] = several("interests", "What you work on (commas between several)", ",，、;；")
    answers["email"] = ask("email", "Your e-mail address", lambda text: _mail(text) if text else "")
    links = list(told["links"])
    while not told["links"]:
        question = "Another profile" if links else "A profile elsewhere: Scholar, ORCID, GitHub …"
        link = click.prompt(question, "", show_default=False, value_proc=lambda t: _link(t) if t else "")
        if not link:
            break
        links.append(link)
    answers["links"] = tuple(links)
    proposal = published or owners.proposed_site(tuple(map(_link, links)))
    question = f"Address of the site, once it is published{' (- for none)' if proposal else ''}"
    address = ask("site_url", question, lambda text: "" if text == "-" else _site(text), proposal)
    return _given({**answers, "site_url": address}, "")[0], False


def _name(text: str) -> str:
    name, titles = owners.without_titles(owners.clean(Owner(text)).name)
    name, more = owners.without_titles(starter.given_name_first(name))  # of `Doe, Dr. Jane`
    if titles := " ".join(filter(None, (titles, more))):
        click.echo(f"Left out, as citations have no titles: {titles}")
    if fault := owners.name_fault(name):
        raise click.UsageError(f"'{text}' is not a name: {fault}.")
    return name


def _mail(text: str) -> str:
    if not (mail := owners.mail_address(text)):
        raise click.UsageError(f"'{text}' is not an e-mail address; it looks like jane@example.org.")
    return mail


def _link(text: str) -> str:
    if not (link := owners.profile_address(text)):
        raise click.UsageError(
            f"'{text}' is not the address of a profile; it looks like https://github.com/jane."
        )
    return link


def _site(text: str) -> str:
    address = owners.site_address(text)
    if text and not address:
        raise click.UsageError(
            f"'{text}' is not the address of a site; it looks like https://jane.github.io/ or "
            "https://www.example.org/jane/."
        )
    return address
