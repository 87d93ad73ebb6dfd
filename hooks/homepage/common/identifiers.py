"""Find DOIs, ISBNs and other identifiers, clean up addresses, and create slugs."""

import hashlib
import html
import re
from collections import Counter
from itertools import filterfalse
from urllib.parse import quote, urlsplit

from ..invisible_characters import remove_invisible

_SAFE_SCHEMES = frozenset({"http", "https", "ftp", "mailto"})
_USUAL_URL = re.compile(r"https?://[A-Za-z0-9.-]++(?:/[A-Za-z0-9/._~?&=#+-]*+)?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff]")
_HOST = re.compile(r"(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:[:/?#]|$)")
_FILE = (".pdf", ".html", ".md")
_LONGEST_DOI = 2_000  # characters of the value that contains it
# A DOI ends where another one starts: some fields hold two.
_DOI_START = re.compile(r"10\.\d{4,9}(?:\.\d{1,9}){0,5}/")
_DOI = re.compile(
    rf"{_DOI_START.pattern}\S+?(?=[;,]?(?:https?://|doi:|{_DOI_START.pattern})|\s|$)", re.I
)
# arXiv's two schemes of identifiers: https://info.arxiv.org/help/arxiv_identifier.html
_ARXIV = re.compile(
    r"(?:(?<=arxiv\.)|(?<![\d.]))(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}"
    r"|(?<![a-z-])(?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nlin|nucl-(?:ex|th)|physics"
    r"|quant-ph|math|cs|q-bio|q-fin|stat|q-alg|alg-geom|chao-dyn|cmp-lg|dg-ga|funct-an|patt-sol"
    r"|solv-int|(?:acc|atom|chem|plasm)-ph(?:ys)?|adap-org|comp-gas|supr-con|mtrl-th)(?:\.[A-Z]{2})?"
    r"/\d{7})(v\d+)?(?!\d)",
    re.I,
)


def safe_url(url: str) -> str:
    """Encode characters that a URL cannot contain; '' if the scheme could run a script.

    Addresses without a scheme stay relative, unless they start with a host name.
    """
    if _USUAL_URL.fullmatch(url):
        return url
    url = _CONTROL.sub("", url.strip()) if " " not in url.strip() else url.strip().split()[0]
    url = _CONTROL.sub("", url)
    if not url:
        return ""
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in _SAFE_SCHEMES:
        return ""
    if not scheme and _HOST.match(url):
        host = url.partition("/")[0].lower()
        if host.startswith("www.") or not url.lower().endswith(_FILE):
            url = "https://" + url
    if url.startswith(("//", "\\")):
        return ""
    try:
        urlsplit(url)
    except ValueError:  # for instance a bracket without its partner in the host
        return ""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]-._", errors="replace")


# A tilde in an address as TeX writes it (https://texfaq.org/FAQ-tilde), and what stands around it.
_TILDE = re.compile(
    r"\\(?:(?:textasciitilde|texttildelow|tildealt|tilde|sim|thicksim)(?![A-Za-z])|(?:string\s*)?~"
    r"|symbol\s*\{\s*126\s*\}|char\s*(?:126|\"7E|'176|`\\?~))(?:\s*\{\s*\}|[ ]+(?=\w))?"
    "|[\u223c\u02dc\uff5e]"
)
_AROUND_TILDE = re.compile(
    r"\{\s*~\s*\}|\$\s*+_?+\s*+~\s*\$"
    r"|\\(?:[hm]box|texttt|scriptstyle|small|(?:raise|lower)[\s\d.-]*[a-z]{2}|raisebox\s*\{[^{}]*\})\s*~"
)


def untex_url(value: str) -> str:
    """The address in a BibTeX value, without `\\url{…}` and TeX's escapes."""
    value = value.strip()
    if "\\" not in value and "{" not in value and value.isascii():
        return value.strip("}<> \n\t")
    value, count = _TILDE.subn("~", value)
    for _ in range(6 if count else 0):
        value = _AROUND_TILDE.sub("~", value)
    match = re.match(r"\\(?:url|href|path)\s*\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", value)
    if match:
        value = match[1]
    return re.sub(
        r"\\([_%&#~{}$])", r"\1", re.sub(r"\{\\?([_~%&#])\}|\\textunderscore\s*", r"\1", value)
    ).strip("{}<> \n\t")


def doi(value: str) -> str:
    """The bare DOI (`10.1000/xyz`) in a value such as a URL or `doi: 10.1000/xyz`, else ''."""
    if len(value) > _LONGEST_DOI:
        return ""
    value = remove_invisible(html.unescape(untex_url(value.replace("{\\_}", "_"))))
    if len(_DOI_START.findall(value)) == 1:
        value = re.sub(r"\s+", "", value)
    match = _DOI.search(value)
    return match[0].rstrip(".,;{}<>") if match else ""


def arxiv(value: str) -> str:
    """The arXiv identifier, with its version if given, anywhere in a value, else ''."""
    match = _ARXIV.search(untex_url(value))
    return match[1] + (match[2] or "") if match else ""


_LONGEST_SLUG = 100  # bytes


def slugs(keys: list[str]) -> list[str]:
    """A unique slug for each citation key, in order: lower case, safe in URLs and HTML ids.

    A slug does not depend on the other keys, unless two clash: then the later one gets a number.
    """
    seen: set[str] = set()
    times: Counter[str] = Counter()
    result = []
    for key in keys:
        slug = base = slugify(key)
        while slug in seen:
            times[base] += 1
            slug = f"{base}-{times[base] + 1}"
        seen.add(slug)
        result.append(slug)
    return result


# "Naming Files, Paths, and Namespaces" in Microsoft's documentation of Windows.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:[.:].*)?", re.I)


def is_device(name: str) -> bool:
    """Does Windows reserve this file name for a device? `nul.html` is reserved, too."""
    return bool(_DEVICE.fullmatch(name))


def slugify(text: str) -> str:
    """Lower-case letters and digits of any script, everything else as single hyphens.

    Accents are removed. The slug is never empty and starts with a letter.
    """
    import unicodedata

    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(filterfalse(unicodedata.combining, folded))
    folded = unicodedata.normalize("NFC", folded)
    slug = re.sub(r"[\W_]+", "-", folded).strip("-")
    if not slug:
        slug = "-".join(f"{ord(c):x}" for c in text) or "entry"
    # MkDocs uses index and readme as the page of a folder.
    if not slug[0].isalpha() or slug in ("index", "readme") or is_device(slug):
        slug = f"p-{slug}"
    if len(slug.encode()) > _LONGEST_SLUG:  # file names have at most 255 bytes
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
        slug = f"{slug.encode()[:_LONGEST_SLUG].decode('utf-8', 'ignore').strip('-')}-{digest}"
    return slug


_ORCID = re.compile(r"(?<!\d)(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])(?![\dXx])")


def orcid(value: str) -> str:
    """The ORCID iD in a value such as its address, `0000-0002-1825-0097`, else ''.

    Its last character is the check digit of ISO 7064, MOD 11-2 (ORCID, "Structure of the ORCID
    Identifier").
    """
    match = _ORCID.search(value[:200])
    if not match:
        return ""
    digits = "".join(match.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "-".join(match.groups()).upper() if digits[-1] == "0123456789X"[check] else ""


_ISBN = re.compile(r"(?<!\d)(?:97[89](?:[ -]?\d){10}|\d(?:[ -]?\d){8}[ -]?[\dXx])(?![\dXx])")
_DASH = re.compile(r"\\text(?:en|em)dash\s*(?:\{\})?|--+|[‐‑‒–—−]")
_ISSN = re.compile(r"(?<!\d)\d{4}-\d{3}[\dXx](?!\d)")
_PMID = re.compile(r"(?<!\d)\d{1,8}(?!\d)")
_PMCID = re.compile(r"PMC\d+", re.I)


def isbn(value: str) -> str:
    """The first ISBN in a value with a correct check digit, without hyphens, else ''.

    Check digits are defined in the ISBN Users' Manual, sections 5.4 and 5.5.
    """
    for match in _ISBN.finditer(_DASH.sub("-", value[:500])):
        digits = re.sub(r"[ -]", "", match[0]).upper()
        is_long = len(digits) == 13  # else ten digits
        weights, modulus = ([1, 3] * 6 + [1], 10) if is_long else (range(10, 0, -1), 11)
        values = [10 if digit == "X" else int(digit) for digit in digits]
        if sum(v * w for v, w in zip(values, weights, strict=True)) % modulus == 0:
            return digits
    return ""


def pmid(value: str) -> str:
    """The PubMed identifier in a value such as `PMID: 12345678` or an address, else ''."""
    return _first(_PMID, value)


def pmcid(value: str) -> str:
    """The PubMed Central identifier in a value, `PMC1234567`, else ''."""
    return _first(_PMCID, value)


def issn(value: str) -> str:
    """The first ISSN in a value, else ''."""
    return _first(_ISSN, value[:200])


def _first(pattern: re.Pattern[str], value: str) -> str:
    match = pattern.search(value)
    return match[0].upper() if match else ""
