"""Looking up an identifier: which services are asked, and what their answer is."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple, NoReturn

import click

from homepage.model import Refusal
from homepage.publications import Source

from . import planning, sources
from .planning import Offered, Site, Twin


def stop(reason: Refusal) -> NoReturn:
    """End the command with the reason."""
    click.echo(str(reason), err=True)
    sys.exit(1)


def already_there(twin: Twin) -> str:
    """A sentence that says where a work is in the bibliography already."""
    where = twin.publication.entry
    return (
        f"It is there already: '{where.key}' ({where.path}:{where.line}) has {twin.why}. "
        "Say --again to add it all the same."
    )


class Known(NamedTuple):
    """Where an identifier is looked for before a service is asked."""

    file: Source
    site: Site


def look_up(given: str, known: Known | None) -> Offered:
    """The entry that the service has; what is known already is not asked for."""
    text = _bibtex(given, known)
    if isinstance(text, Refusal):
        stop(text)
    offer = planning.offered(text, given)
    if not offer.entries:
        stop(Refusal(f"The answer for {given} holds no BibTeX: {sources.PASTE}."))
    return offer._replace(entries=offer.entries[:1])


def _bibtex(given: str, known: Known | None) -> str | Refusal:
    request = sources.find(given)
    for _ in range(3):  # an address leads to a DOI, a DOI to BibTeX
        if isinstance(request, Refusal):
            return request
        doi, eprint = sources.identifiers_of(request)
        if known and (doi or eprint) and (twin := planning.there(doi, eprint, *known)):
            return Refusal(already_there(twin))
        answer = _answer(request)
        if isinstance(answer, Refusal) or request.reader == "bibtex":
            return answer
        request = sources.follow(request, answer)
    return Refusal(f"Nothing that {given} leads to has BibTeX: {sources.PASTE}.")


def _answer(request: sources.Request) -> str | Refusal:
    """What a service says, or else the one that has the same."""
    from . import fetching

    click.echo(f"Asking {request.service} for {request.work} …", err=True)
    answer = fetching.fetch(request, key_headers(request.service))
    if isinstance(answer, Refusal) and request.otherwise:
        second = _answer(request.otherwise)
        return answer if isinstance(second, Refusal) else second
    return answer


def key_headers(service: str) -> dict[str, str]:
    """The owner's key of OpenAlex, if there is one: without, a few requests a day are free."""
    key = os.environ.get("OPENALEX_API_KEY", "") if service == sources.OPENALEX else ""
    return {"api_key": key} if key else {}
