"""Finds files that are too large for GitHub or for visitors."""

from contextlib import suppress
from pathlib import Path

from commands.shared.findings import Finding, advice, ok, problem

MB = 1_000_000
# https://docs.github.com/en/repositories/working-with-files/managing-large-files, and for Pages
# https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
_REFUSED, _WARNED, _WHOLE = 100 * MB, 50 * MB, 1000 * MB
_PDF, _PICTURE = 20 * MB, 3 * MB
_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".tif", ".tiff", ".bmp")


def check_sizes(docs: Path, shown: str, site: Path | None) -> list[Finding]:
    """Check the files in docs/, called `shown` in messages, and the built `site`, if there is one."""
    sources = _sizes(docs)
    published = _sizes(site) if site else sources
    found = []
    for path, size in sorted(sources.items()):
        place, suffix = f"{shown}/{path}", Path(path).suffix.lower()
        if size >= _REFUSED:
            hint = "publish it elsewhere, such as on Zenodo, and link to it"
            found.append(problem(f"{_mb(size)}: GitHub refuses files of 100 MB", hint, place))
        elif size >= _WARNED:
            hint = "make it smaller, or link to it elsewhere"
            found.append(advice(f"{_mb(size)}: GitHub warns of files of 50 MB", hint, place))
        elif suffix == ".pdf" and size >= _PDF:
            hint = "save it again for the web: its pictures have more pixels than screens"
            found.append(advice(f"{_mb(size)} are slow to load for a PDF", hint, place))
        elif suffix in _PICTURES and size >= _PICTURE and path in published:
            hint = "show it with ![…](…), which makes a small copy, or save it with fewer pixels"
            found.append(advice(f"{_mb(size)} are published as they are", hint, place))
    total = sum(published.values())
    if total >= _WHOLE:
        hint = "keep large files elsewhere, and link to them"
        found.append(problem(f"the site has {_mb(total)}, GitHub Pages allows 1000 MB", hint))
    largest = max(sources.values(), default=0)
    return found or [ok(f"the site has {_mb(total)}, the largest file in {shown}/ {_mb(largest)}")]


def _sizes(folder: Path) -> dict[str, int]:
    """Return the sizes of all files in a folder by path, except hidden ones, which MkDocs ignores."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        if not any(part.startswith(".") for part in name.parts):
            with suppress(OSError):  # a broken link, or a file that was just deleted
                found[name.as_posix()] = path.stat().st_size if path.is_file() else 0
    return found


def _mb(size: int) -> str:
    return f"{size / MB:.1f} MB"
