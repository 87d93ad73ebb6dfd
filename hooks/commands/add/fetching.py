"""Fetches the answer of a service as text, within limits.

Only this and `doctor/external_links.py` ask other hosts, when a command is called for it.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from commands.shared.site import Refusal
from homepage.common import encoding

from .sources import ADD, OPENALEX, PASTE, Request

if TYPE_CHECKING:
    import requests

# Says what asks, as services want it, and nothing of who asks.
USER_AGENT = "academic-homepage (MkDocs; hooks/cli.py add)"


class Limits(NamedTuple):
    """What one request may take: seconds, bytes, redirects, and attempts after the first."""

    connect: float = 8
    read: float = 15
    whole: float = 45
    size: int = 2_000_000
    redirects: int = 6
    retries: int = 2
    backoff: float = 1
    longest_wait: float = 20  # that a service may ask for


LIMITS = Limits()


def fetch(request: Request, limits: Limits | None = None) -> str:
    """Return the text of a service's answer; raises Refusal, and nothing else, if there is none."""
    limits = limits or LIMITS
    found: list[str | Refusal] = []

    def ask() -> None:
        try:
            found.append(_ask(request, limits))
        except Refusal as refusal:
            found.append(refusal)

    # A thread, as no time-out of requests counts the whole: an answer may come a byte at a time.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(limits.whole)
    answer = found[0] if found else _slow(request, limits.whole)
    if isinstance(answer, Refusal):
        raise answer
    return answer


def _ask(request: Request, limits: Limits) -> str:
    import requests
    from urllib3.exceptions import HTTPError, ReadTimeoutError

    service = request.service
    # Without the owner's key, OpenAlex answers a few requests a day for free.
    key = os.environ.get("OPENALEX_API_KEY") if service == OPENALEX else None
    try:
        with (
            _session(limits) as session,
            session.get(
                request.url,
                params={"api_key": key} if key else None,
                headers={"Accept": request.accept},
                timeout=(limits.connect, limits.read),
                stream=True,
            ) as answer,
        ):
            return _text(request, answer, limits.size)
    except requests.exceptions.SSLError:
        raise Refusal(
            f"The certificate of {service} is not valid here, so nothing was taken from it: try another "
            "network, or set REQUESTS_CA_BUNDLE to the certificates of yours."
        ) from None
    except requests.exceptions.TooManyRedirects:
        raise Refusal(f"{service} redirects without end: {PASTE}.") from None
    except requests.exceptions.Timeout:
        raise _slow(request, limits.read) from None
    except (requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL):
        raise Refusal(f"{service} redirects to an address that is not on the web: {PASTE}.") from None
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
        raise Refusal(f"The answer of {service} broke off: try again.") from None
    except (requests.exceptions.RequestException, HTTPError, ValueError, OSError) as error:
        if isinstance(next(iter(error.args), None), ReadTimeoutError):  # within the answer
            raise _slow(request, limits.read) from None
        raise Refusal(
            f"{service} cannot be reached: check your connection to the internet, or paste "
            f"the BibTeX into {ADD}."
        ) from None


def _session(limits: Limits) -> requests.Session:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    class Patience(Retry):
        """Waits as long as a service asks for, but gives up where that is longer than people wait."""

        def increment(  # type: ignore[override]
            self, method: Any = None, url: Any = None, response: Any = None, *rest: Any, **more: Any
        ) -> Retry:
            wait = self.get_retry_after(response) if response else None
            this = self.new(total=0) if wait and wait > limits.longest_wait else self
            return super(Patience, this).increment(method, url, response, *rest, **more)

    session = requests.Session()
    session.max_redirects = limits.redirects
    session.headers["User-Agent"] = USER_AGENT
    retry = Patience(
        total=limits.retries,
        read=False,  # who was slow once will be again
        backoff_factor=limits.backoff,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods=("GET",),
        raise_on_status=False,
    )
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def _text(request: Request, answer: requests.Response, size: int) -> str:
    service, work, status = request.service, request.work, answer.status_code
    if status in (404, 410):
        raise Refusal(f"{service} does not know {work}: check it.")
    if status == 429:
        wait = answer.headers.get("Retry-After", "")
        when = f"in {int(wait) // 60 + 1} minutes" if wait.isdecimal() and len(wait) < 6 else "later"
        raise Refusal(f"{service} has too many requests at the moment: try again {when}.")
    if status >= 500:
        raise Refusal(f"{service} has a problem (HTTP {status}): try again later.")
    if status == 406:
        raise Refusal(f"{service} has no BibTeX of {work}: {PASTE}.")
    if not answer.ok:
        raise Refusal(f"{service} blocks programs (HTTP {status}): {PASTE}.")
    data = bytearray()
    for chunk in answer.iter_content(65_536):
        data += chunk
        if len(data) > size:
            raise Refusal(f"{service} sends more than {size:,} bytes, which is no entry: {PASTE}.")
    text, _ = encoding.decode(bytes(data), request.url)
    if not text.strip():
        raise Refusal(f"{service} sent nothing for {work}: try again, or {PASTE}.")
    kind = answer.headers.get("Content-Type", "").lower()
    page = "html" in kind or text.lstrip("\ufeff \n\t")[:15].lower().startswith(("<!doctype", "<html"))
    if page and request.reader == "bibtex":
        raise Refusal(f"{service} sent a page instead of BibTeX for {work}: {PASTE}.")
    return text


def _slow(request: Request, seconds: float) -> Refusal:
    return Refusal(f"{request.service} did not answer within {seconds:g} seconds: try again later.")
