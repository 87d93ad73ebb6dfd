"""Make slugs: short names that are safe in URLs, HTML ids and file names."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import filterfalse

_LONGEST_SLUG = 100  # bytes
# "Naming Files, Paths, and Namespaces" in Microsoft's documentation of Windows.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:[.:].*)?", re.I)


def unique(keys: Iterable[str]) -> list[str]:
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


def is_device(name: str) -> bool:
    """Does Windows reserve this file name for a device? `nul.html` is reserved, too."""
    return bool(_DEVICE.fullmatch(name))


def slugify(text: str) -> str:
    """Lower-case letters and digits of any script, everything else as single hyphens.

    Accents are removed. The slug is never empty and starts with a letter.
    """
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
