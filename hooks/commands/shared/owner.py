"""The owner of a new or imported site, and the checks of what people type about themselves."""

import re
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlsplit

from homepage import invisible_characters
from homepage.common import identifiers, safe_url

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?|localhost(?::\d+)?")
_MAIL = re.compile(r"(?:mailto:)?([^\s<>\"@:,;()]+@[\w-]+(?:\.[\w-]+)+)", re.I)
# Before a name; `h. c.` is a title in small letters only: in capitals these are initials.
_TITLE = re.compile(
    r"""
    (?:(?:assoc(?:iate|\.) | assistant | asst\.? | adjunct | apl\. | univ\. | em\.)[ -]*)?
    (?:prof(?:essor\b | \. | (?=\ )) | p?dr(?:\. | (?=\ )) | priv\.-doz\. | pd(?=\ dr)
        | (?:dipl|mag|ing)\.)
    (?:[ -]*(?:(?:ing|habil|mult|rer|nat|phil|med|dent|vet|jur|iur|sc|techn|theol|oec|pol|math)
            | (?-i:h\.\ ?c))\.)*
    [ ,]*
    """,
    re.I | re.X,
)
# After a name; two letters count only after a full name, as `Ying, MA` is a name.
_DEGREE = re.compile(
    r"(?:,| (?=ph))\s*(?:ph\.? ?d|d\.? ?phil|[mb]\.? ?sc|mph|mba|esq)\.?$"
    r"|(?<=\w )(?:[^\s,]+)(?-i:(,\s*(?:M\.? ?D|[MB]\.? ?A)\.?))$",
    re.I,
)


@dataclass(frozen=True)
class Owner:
    """The person that the site is about; see `clean` for values that people have typed."""

    name: str
    native: str = ""  # the name in its own script
    also: tuple[str, ...] = ()  # other spellings of the name
    job_title: str = ""
    affiliation: tuple[str, ...] = ()
    description: str = ""  # of the site; if empty, it is made from the other values
    interests: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # addresses of profiles, `mailto:` among them
    site_url: str = ""
    portrait: str = ""  # a path in docs/

    def described(self) -> str:
        """Return the description of the site."""
        if self.description:
            return self.description
        native = f" ({self.native})" if self.native and self.native != self.name else ""
        place = " at ".join(filter(None, (self.job_title, " and ".join(self.affiliation))))
        if not (place or self.interests):
            return f"The homepage of {self.name}{native}: publications, news and research."
        *first, last = self.interests or ("",)
        listed = f"{', '.join(first)} and {last}" if first else last
        works = f"works on {listed}" if self.interests else ""
        who = f"{self.name}{native}{f', {place}' if place else ''}"
        return f"{who}{', ' if place and works else ' ' if works else ''}{works}."


def clean(owner: Owner) -> Owner:
    """Return the owner without extra spaces, control characters, empty values and duplicates."""

    def one(text: str) -> str:
        return " ".join(_CONTROL.sub(" ", invisible_characters.remove_invisible_html(text)).split())

    def several(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, map(one, texts))))

    typed = {field.name: getattr(owner, field.name) for field in fields(owner)}
    values: dict[str, Any] = {n: one(v) if isinstance(v, str) else several(v) for n, v in typed.items()}
    cleaned = Owner(**values)
    return replace(cleaned, native="") if cleaned.native == cleaned.name else cleaned


def name_fault(name: str) -> str:
    """Return why this cannot be a name, or ''."""
    if not any(char.isalpha() for char in name):
        return "it has no letters"
    return "it has one of < > { } \\" if set(name) & set("<>{}\\") else ""


def without_titles(name: str) -> tuple[str, str]:
    """Split academic titles and degrees from a name; returns `Jane Doe`, `Prof. Dr. … PhD`."""
    rest = name
    before: list[str] = []
    behind: list[str] = []
    while (match := _TITLE.match(rest)) and match.end() < len(rest):
        before.append(match[0].strip(" ,"))
        rest = rest[match.end() :]
    while match := _DEGREE.search(rest):
        end = match.start(match.lastindex or 0)
        behind.insert(0, rest[end:].strip(" ,"))
        rest = rest[:end]
    return rest, " ".join((*before, *behind))


def site_address(written: str) -> str:
    """Return the full address of a site, with `https://` and a final `/`, or '' if it is not valid."""
    address = written.strip()
    if address and "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    good = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc)
    if not good or parts.query or parts.fragment or re.search(r"[\s<>\"{}|\\^`]", address):
        return ""
    return address.rstrip("/") + "/"


def profile_address(written: str) -> str:
    """Return the full address for an address with or without scheme, an email or an ORCID iD, or ''."""
    written = written.strip()
    if mail := mail_address(written):
        return mail
    orcid = identifiers.orcid(written)
    if orcid and len(written) <= len("0000-0000-0000-0000"):
        return f"https://orcid.org/{orcid}"
    address = safe_url(written if "://" in written else f"https://{written}") if written else ""
    try:
        host = urlsplit(address).netloc
    except ValueError:
        return ""
    return address if _HOST.fullmatch(host) and not set(address) & set("<>\"' ") else ""


def mail_address(written: str) -> str:
    """Return `mailto:` and the email address, or '' if it is not valid."""
    found = _MAIL.fullmatch(written.strip())
    return f"mailto:{found[1]}" if found else ""


def proposed_site(links: tuple[str, ...]) -> str:
    """Return where GitHub or GitLab publishes the site of the user in these links, or ''."""
    for link in links:
        parts = urlsplit(link)
        user = parts.path.strip("/")
        host = (parts.hostname or "").removeprefix("www.")
        if host in ("github.com", "gitlab.com") and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", user):
            return f"https://{user.lower()}.{host.removesuffix('.com')}.io/"
    return ""
