"""Find DOIs, ISBNs and other identifiers, and clean up addresses."""

import html
import re
from urllib.parse import quote, unquote, urlsplit

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
# What stands for a sign in a DOI, in TeX.
_SIGNS = [
    (re.compile(rf"\{{?(?:\$\s*)?(?:\\ensuremath\s*)?\{{?(?:{written})\s*(?:\{{\}})?\s*\$?\}}*"), sign)
    for written, sign in (
        (r"\\textless(?![a-z])|\\langle(?![a-z])|\\lt(?![a-z])|(?<=\$)<|(?<=\{)<", "<"),
        (r"\\textgreater(?![a-z])|\\rangle(?![a-z])|\\gt(?![a-z])|(?<=\$)>|(?<=\{)>", ">"),
        (r"\\textunderscore(?![a-z])", "_"),
        (r"\\slash(?![a-z])", "/"),
        (r"\\(?:allowbreak|linebreak|penalty0)(?![a-z])|\\[-/]", ""),
    )
]  # fmt: skip
_SHORT_DOI = re.compile(
    r"(?:doi:?\s*|(?:https?://)?(?:dx\.)?doi\.org/)?10/((?=\d*[a-z])[a-z0-9]{3,10})"
    r"|(?:https?://)?(?:dx\.)?doi\.org/([a-z0-9]{3,10})",
    re.I,
)
_BEHIND_DOI = re.compile(
    r"(?:/(?:full|abstract|e?pdf|meta|html?|summary|fulltext|references|tables)(?:/.*)?|\.(?:pdf|html?|full))+$"
)
_AFTER_DOI = ".,;{}<\"'“”’»*"
_OPENING, _CLOSING = re.compile(r"[(\[]"), re.compile(r"[)\]]")
_PLAIN_IN_DOI = "/:;()!$&'*+,=@~._-"
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
    """The bare DOI (`10.1000/xyz`) in a value such as a URL or `doi: 10.1000/xyz`, else ''.

    Addresses have it percent-encoded (DOI Handbook, 2.5.2); publishers add `/full` or `.pdf` to it.
    Short DOIs are `10/abcde` or `doi.org/abcde` (shortdoi.org). In what is not an address, TeX stands
    for `<` and `>`, and words may follow.
    """
    if len(value) > _LONGEST_DOI:
        return ""
    value = value.replace("{\\_}", "_")
    for pattern, sign in _SIGNS:
        value = pattern.sub(sign, value)
    value = remove_invisible(html.unescape(untex_url(value)))
    while (decoded := remove_invisible(unquote(value))) != value:  # some are encoded twice
        value = decoded
    if match := _SHORT_DOI.fullmatch(value.strip()):
        return f"10/{(match[1] or match[2]).lower()}"
    match = _DOI.search(_joined(value))
    if not match:
        return ""
    found, before = _CONTROL.split(match[0])[0], value[: match.start()]
    if re.search(r"doi\.org/$", before, re.I):
        found = re.sub(r"\?[\w.-]+=.*|#[\w-]{3,}$", "", found)
    elif "://" in before:
        found = _BEHIND_DOI.sub("", re.sub(r"[?#].*", "", found))
    found = found.rstrip(_AFTER_DOI)
    while found.endswith((")", "]")) and len(_OPENING.findall(found)) < len(_CLOSING.findall(found)):
        found = found[:-1].rstrip(_AFTER_DOI)
    return found


def doi_url(doi: str) -> str:
    """The address of a DOI, or '' if there is none."""
    return f"https://doi.org/{quote(doi, safe=_PLAIN_IN_DOI)}" if doi else ""


def _joined(value: str) -> str:
    """The value without the spaces inside its DOI: those where punctuation says that it goes on."""
    start = _DOI_START.search(value)
    pieces = value[start.start() :].split() if start else []
    if len(pieces) < 2:
        return value
    whole = value[: start.start()] + pieces[0] if start else ""
    for piece in pieces[1:]:
        if _DOI_START.search(piece) or not (
            (len(piece) == 1 and piece.isalnum())
            or re.search(r"[-/_(<]$", whole)
            or (whole[-1] in ".:" and piece[0].isdigit())
            or re.match(r"[-/_.<>:][\w(]", piece)
        ):
            break
        whole += piece
    return whole


def arxiv(value: str) -> str:
    """The arXiv identifier, with its version if given, anywhere in a value, else ''."""
    match = _ARXIV.search(untex_url(value))
    return match[1] + (match[2] or "") if match else ""


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
