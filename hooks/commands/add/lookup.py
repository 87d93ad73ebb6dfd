"""Looks up an identifier: which services are asked, and what their answer is."""

from contextlib import suppress

import click

from commands.shared.site import Refusal, SiteAround
from homepage.publications import Source

from . import fetching, planning, sources
from .planning import Match, Offered


def already_there(match: Match) -> str:
    """Return a sentence that says where a work is in the bibliography already."""
    where = match.publication.entry
    return (
        f"It is there already: '{where.key}' ({where.path}:{where.line}) has {match.why}. "
        "Say --again to add it all the same."
    )


def look_up(given: str, file: Source, site: SiteAround, *, again: bool) -> Offered:
    """Return the entry that a service has; refuses a work that the site has, unless `again`."""
    offer = planning.offered(_bibtex(given, file, site, again=again), given)
    if not offer.entries:
        raise Refusal(f"The answer for {given} holds no BibTeX: {sources.PASTE}.")
    return offer._replace(entries=offer.entries[:1])


def _bibtex(given: str, file: Source, site: SiteAround, *, again: bool) -> str:
    request = sources.find(given)
    for _ in range(3):  # an address leads to a DOI, a DOI to BibTeX
        doi, eprint = sources.identifiers_of(request)
        if (doi or eprint) and not again and (match := planning.find_exact(doi, eprint, file, site)):
            raise Refusal(already_there(match))
        answer = _answer(request)
        if request.reader == "bibtex":
            return answer
        request = sources.follow(request, answer)
    raise Refusal(f"Nothing that {given} leads to has BibTeX: {sources.PASTE}.")


def _answer(request: sources.Request) -> str:
    """Return what a service says, or else the one that has the same."""
    click.echo(f"Asking {request.service} for {request.work} …", err=True)
    try:
        return fetching.fetch(request)
    except Refusal:
        if request.otherwise:
            with suppress(Refusal):
                return _answer(request.otherwise)
        raise
