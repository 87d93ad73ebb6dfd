"""Checks links to other sites, for `doctor --online`."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from commands.shared.findings import Finding, advice, ok, problem
from homepage.common import tags

_GONE = (404, 410)
_AT_ONCE, _SECONDS = 4, 15
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; homepage-doctor; looks whether links still work)"}


def gather(site: Path, own: str) -> dict[str, str]:
    """Return all addresses on other sites in built pages, with the first page that links to each.

    `own` is the address of the site itself.
    """
    found: dict[str, str] = {}
    for page in sorted(site.rglob("*.html")):
        for tag in tags(page.read_text(encoding="utf-8", errors="replace")):
            address = tag.attributes.get("href", "").strip() if tag.name == "a" else ""
            if address.startswith(("http://", "https://")) and not (own and address.startswith(own)):
                found.setdefault(address.partition("#")[0], page.relative_to(site).as_posix())
    return found


def check_links(addresses: Iterable[str], place: Callable[[str], str]) -> list[Finding]:
    """Request each address, a few at a time; `place` returns where it is written."""
    every = list(addresses)
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        answers = dict(zip(every, pool.map(_ask, every), strict=True))
    if every and all(isinstance(answer, str) for answer in answers.values()):
        message = f"none of {len(every)} addresses answers: {next(iter(answers.values()))}"
        return [advice(message, "go online, and run this again")]
    found = []
    for address, answer in answers.items():
        if answer in _GONE:
            hint = "correct the link, or take it out; https://web.archive.org may have a copy"
            found.append(problem(f"{address} is gone ({answer})", hint, place(address)))
        elif isinstance(answer, str) or answer >= 400:
            message = f"{address} could not be checked ({answer})"
            found.append(advice(message, "look at it in a browser", place(address)))
    return found or [ok(f"all {len(every)} addresses elsewhere answer")]


def _ask(address: str) -> int | str:
    """Return the HTTP status of an address after redirects, or why there is none."""
    import requests

    try:
        if not urlsplit(address).hostname:
            return "no host"
        for method in ("HEAD", "GET"):  # some hosts support GET only
            with requests.request(
                method, address, headers=_HEADERS, timeout=_SECONDS, allow_redirects=True, stream=True
            ) as answer:
                if answer.status_code < 400 or method == "GET":
                    return answer.status_code
    except (requests.RequestException, ValueError) as error:  # urllib3 raises some of its own kind
        return type(error).__name__
    return "no answer"
