"""One answer of a service as text, within limits, or why there is none.

Only this and `doctor/external_links.py` ask other hosts, when a command is called for it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from homepage.common import encoding
from homepage.model import Refusal

from .sources import ADD, PASTE, Request

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


def fetch(
    request: Request, parameters: Mapping[str, str] | None = None, limits: Limits | None = None
) -> str | Refusal:
    """The text of a service's answer, or one sentence why there is none. Never raises."""
    limits = limits or LIMITS
    found: list[str | Refusal] = []

    def ask() -> None:
        found.append(_ask(request, parameters or {}, limits))

    # A thread, as no time-out of requests counts the whole: an answer may come a byte at a time.
    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(limits.whole)
    return found[0] if found else _slow(request, limits.whole)


def _ask(request: Request, parameters: Mapping[str, str], limits: Limits) -> str | Refusal:
    import requests
    from urllib3.exceptions import HTTPError, ReadTimeoutError

    service = request.service
    try:
        with (
            _session(limits) as session,
            session.get(
                request.url,
                params=parameters,
                headers={"Accept": request.accept},
                timeout=(limits.connect, limits.read),
                stream=True,
            ) as answer,
        ):
            if not answer.ok:
                return _unwilling(request, answer)
            return _text(request, answer, limits.size)
    except requests.exceptions.SSLError:
        return Refusal(
            f"The certificate of {service} is not valid here, so nothing was taken from it: try another "
            "network, or set REQUESTS_CA_BUNDLE to the certificates of yours."
        )
    except requests.exceptions.TooManyRedirects:
        return Refusal(f"{service} leads from one address to the next without end: {PASTE}.")
    except requests.exceptions.Timeout:
        return _slow(request, limits.read)
    except requests.exceptions.ConnectionError as error:
        if isinstance(next(iter(error.args), None), ReadTimeoutError):  # within the answer
            return _slow(request, limits.read)
        return _unreachable(request)
    except (requests.exceptions.InvalidSchema, requests.exceptions.InvalidURL):
        return Refusal(f"{service} leads to an address that is not of the web: {PASTE}.")
    except (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError):
        return Refusal(f"The answer of {service} broke off: try again.")
    except (requests.exceptions.RequestException, HTTPError, ValueError, OSError):  # odd addresses, too
        return _unreachable(request)


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
    session.mount("https://", HTTPAdapter(max_retries=retry))
    session.mount("http://", HTTPAdapter(max_retries=retry))
    return session


def _text(request: Request, answer: requests.Response, size: int) -> str | Refusal:
    data = bytearray()
    for chunk in answer.iter_content(65_536):
        data += chunk
        if len(data) > size:
            return Refusal(
                f"{request.service} sends more than {size:,} bytes, which is no entry: {PASTE}."
            )
    text, _ = encoding.decode(bytes(data), request.url)
    if not text.strip():
        return Refusal(f"{request.service} sent nothing for {request.work}: try again, or {PASTE}.")
    kind = answer.headers.get("Content-Type", "").lower()
    page = "html" in kind or text.lstrip("\ufeff \n\t")[:15].lower().startswith(("<!doctype", "<html"))
    if page and request.reader == "bibtex":
        return Refusal(f"{request.service} sent a page instead of BibTeX for {request.work}: {PASTE}.")
    return text


def _unreachable(request: Request) -> Refusal:
    return Refusal(
        f"{request.service} cannot be reached: check your connection to the internet, or paste "
        f"the BibTeX into {ADD}."
    )


def _slow(request: Request, seconds: float) -> Refusal:
    return Refusal(f"{request.service} did not answer within {seconds:g} seconds: try again later.")


def _unwilling(request: Request, answer: requests.Response) -> Refusal:
    service, work, status = request.service, request.work, answer.status_code
    if status in (404, 410):
        return Refusal(f"{service} does not know {work}: check it.")
    if status == 429:
        wait = answer.headers.get("Retry-After", "")
        when = f"in {int(wait) // 60 + 1} minutes" if wait.isdecimal() and len(wait) < 6 else "later"
        return Refusal(f"{service} has too many requests at the moment: try again {when}.")
    if status >= 500:
        return Refusal(f"{service} has a problem of its own (HTTP {status}): try again later.")
    if status == 406:
        return Refusal(f"{service} has no BibTeX of {work}: {PASTE}.")
    return Refusal(f"{service} lets no program in (HTTP {status}): {PASTE}.")
