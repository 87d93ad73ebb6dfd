"""Decides which files of an old site are imported: those that no browser and no server runs.

A file that is opened by its address has the rights of the site's own pages, so only kinds that are
known to be harmless are allowed. Names are read as servers do: Apache's mod_mime uses each ending.
So is content where browsers sniff it (WHATWG, MIME Sniffing, 7.1): an image must be one, and a file
whose type some servers do not know must not begin like a page.
"""

import re
from typing import NamedTuple

from homepage.pictures import svg_scripts

_PICTURES = frozenset("png jpg jpeg jfif gif webp avif bmp tif tiff ico heic".split())
_KINDS = _PICTURES | frozenset(
    "svg pdf ps eps djvu bib ris enw txt text tex sty cls bst rst org log ics vcf"
    " csv tsv json jsonl geojson yml yaml toml dat data npy npz mat h5 hdf5 parquet feather pkl rda rds"
    " sav dta nc fits sqlite db zip tar gz tgz bz2 xz 7z rar zst ppt pptx pps ppsx key doc docx xls xlsx"
    " odt odp ods pages numbers rtf epub ipynb r rmd jl m c h cc cpp hpp java f90 sql"
    " mp4 m4v webm mov ogv avi mp3 m4a ogg oga opus wav flac vtt srt obj stl ply glb".split()
)
# Servers use these endings anywhere in a name: page.html.gz is a page.
_ANYWHERE = re.compile(
    r"\.(?:[sx]?html?|s?htm|shtml?|stm|xht|ph(?:p\d?|tml?|ar|ps)|svgz?|xml|xslt?)(?=\.)", re.I
)
_MAGIC = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|BM|II\*\0|MM\0\*|\0\0[\1\2]\0|.{4}ftyp(?:avi|hei|mif|msf)",
    re.S,
)
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*<(?:!--|\?xml|!doctype|/?[a-z][\w:-]*[\s>/])", re.I
)
_UNKNOWN = "files of its kind are not known to be harmless"


class Fault(NamedTuple):
    """Why a file is not imported, and the line that is the reason; 0 is the whole file."""

    line: int
    what: str


def is_allowed_name(path: str) -> bool:
    """Return whether files with this name may be imported, if their content is allowed too."""
    stem, dot, ending = path.rpartition("/")[2].rpartition(".")
    return bool(stem and dot) and ending.lower() in _KINDS and not _ANYWHERE.search(f"{stem}.")


def fault(path: str, data: bytes) -> Fault | None:
    """Return why a file must not be imported, or None."""
    if not is_allowed_name(path):
        return Fault(0, _UNKNOWN)
    ending = path.rpartition(".")[2].lower()
    if ending == "svg":
        found = svg_scripts.faults(data)
        return Fault(found[0].line, f"it can run code: {found[0].what}") if found else None
    if ending in _PICTURES and not _MAGIC.match(data):
        return Fault(0, "it is not an image")
    if ending not in _PICTURES and _MARKUP.match(data[:1500]):
        return Fault(1, f"its content is HTML or other markup, not .{ending}")
    return None
