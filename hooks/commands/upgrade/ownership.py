"""Which files are the owner's and which the template's, when a newer version comes in.

Trees are mappings from paths to what git has there. Git (`repository.py`) merges what changed between
two versions of the template into the owner's tree, except for what is the owner's alone.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

SETTINGS = "mkdocs.yml"
VERSION, CHANGES = "hooks/homepage/__init__.py", "CHANGELOG.md"
CONTENT = "docs"
LINK, SUBMODULE = "120000", "160000"  # modes that git gives to what is no file
README = "README.md"
_OWN_ONCE_CHANGED = ("LICENSE",)
# Above this line mkdocs.yml says who somebody is, below it what the machinery needs.
MARKER = b"# The machinery; nothing below needs a change."
_KEY = re.compile(rb"(?:^#.*\n)*^([\w-]+)[ \t]*:", re.M)  # with the comments above it
_NAME = re.compile(rb"^site_(?:name|author)[ \t]*:.*(?:\n[ \t]+\S.*)*", re.M)  # with what continues it
_UPWARDS = re.compile(r"(?:\.\./)*")
_TAG = re.compile(r"v(\d+)\.(\d+)\.(\d+)")


class Blob(NamedTuple):
    """What git has at a path: the file's mode, and the name of its content."""

    mode: str
    id: str


Tree = Mapping[str, Blob]


class Sides(NamedTuple):
    """The three trees of a merge: they differ only where the machinery does."""

    base: dict[str, Blob]
    ours: dict[str, Blob]
    theirs: dict[str, Blob]


def sides(
    base: Tree, ours: Tree, theirs: Tree, keep: Collection[str] = (), take: Collection[str] = ()
) -> Sides:
    """Return what git is to merge, so that the owner's own stays as it is.

    That is the content, a licence of the owner's, the files to `keep`, and folders of ours
    that the owner has deleted. Files to `take` are as the template has them.
    """
    gone = _folders(base) - _folders(ours)

    def is_owners(path: str) -> bool:
        changed = path in _OWN_ONCE_CHANGED and ours.get(path) != base.get(path)
        return changed or path in keep or is_content(path) or not gone.isdisjoint(_folders([path]))

    own = {path: blob for path, blob in ours.items() if is_owners(path)}
    old, new = (
        {path: blob for path, blob in tree.items() if not is_owners(path)} | own
        for tree in (base, theirs)
    )
    kept = {path: blob for path, blob in ours.items() if path not in take}
    taken = {path: theirs[path] for path in take if path in theirs}
    return Sides(old, kept | taken, new)


def is_content(path: str) -> bool:
    """Is the file in docs/, which no upgrade touches?"""
    return path.partition("/")[0].casefold() == CONTENT  # Docs/ is the same folder on some systems


def _folders(paths: Iterable[str]) -> set[str]:
    return {str(folder) for path in paths for folder in PurePosixPath(path).parents}


def with_owners_settings(base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, bytes] | None:
    """Return the template's two mkdocs.yml with the owner's part above the machinery's.

    None if one of the three cannot be split into the two parts: then they must not be merged, as they
    also name the template's owner.
    """
    parts = [text.partition(MARKER) for text in (base, ours, theirs)]
    keys = {key for _, _, machinery in parts for key in _KEY.findall(machinery)} or {b"hooks"}
    found = [_split(text, keys) for text in (base, ours, theirs)]
    if not all(_NAME.search(own) and below and not _NAME.search(below) for own, below in found):
        return None
    (_, old), (above, _), (_, new) = found
    return above + old, above + new


def _split(text: bytes, keys: Collection[bytes]) -> tuple[bytes, bytes]:
    """Split at the comment above the machinery, else at the first of its keys."""
    start = text.find(MARKER)
    if start < 0:
        starts = [match.start() for match in _KEY.finditer(text) if match[1] in keys]
        start = min(starts, default=len(text))
    return text[:start], text[start:]


def identity(settings: bytes) -> list[bytes]:
    """Return the lines of mkdocs.yml that name the site and its owner."""
    return _NAME.findall(settings.replace(b"\r\n", b"\n"))


class Similarity(NamedTuple):
    """How much a version of the template is like the owner's machinery, in files and in lines."""

    commit: str
    same: int  # files that are the same
    changed: int  # files that both have, and are not the same
    lines: int = 0  # that are not the same in those


def nearest(found: Sequence[Similarity]) -> Similarity:
    """Return the version that the owner's machinery was copied from; `found` starts with the newest.

    Files that the owner has changed or added are like no version. Of versions that are equally like
    it, the oldest is safe: what then seems to be changed on both sides is the same on both.
    """
    return min(reversed(found), key=lambda one: (-one.same, one.lines))


def newest(tags: Iterable[str]) -> str:
    """Return the highest version among tags such as v1.10.0, or ''."""
    found = [(tuple(map(int, match.groups())), tag) for tag in tags if (match := _TAG.fullmatch(tag))]
    return max(found)[1] if found else ""


def version_in(source: bytes) -> str:
    """Return the version that a `homepage/__init__.py` says, or ''."""
    match = re.search(rb'^__version__ = "([\w.]+)"', source, re.M)
    return match[1].decode() if match else ""


def new_changes(before: bytes, after: bytes) -> list[str]:
    """Return the lines that were added to a list of changes, below their headings."""
    known = set(before.decode("utf-8", "replace").splitlines())
    found: list[str] = []
    heading = ""
    for line in after.decode("utf-8", "replace").splitlines():
        if line.startswith("#"):
            heading = line
        elif line.strip() and line not in known:
            found += filter(None, (heading, line))
            heading = ""
    return found


def changes(sides: Sides, ours: Tree, result: Tree) -> dict[str, str]:
    """Return what happens to the owner's files after `sides` were merged to `result`.

    A file is added, changed, removed, or merged with the owner's.
    """
    found = {}
    for path in sorted(ours.keys() | result.keys()):
        old, new = ours.get(path), result.get(path)
        if not old or not new:
            found[path] = "removed" if old else "added"
        elif old != new:
            is_merged = old != sides.base.get(path) and new != sides.theirs.get(path)
            found[path] = "merged" if is_merged else "changed"
    return found


def leads_out(path: str, target: str) -> bool:
    """Does a symbolic link lead out of the repository, or into what git keeps there?

    What goes up after a name counts, too: the name may be that of another link.
    """
    up = _UPWARDS.match(f"{target}/")
    depth = up[0].count("..") if up else 0
    below = [part.casefold() for part in re.split(r"[/\\]", target)[depth:]]
    folders = path.split("/")[:-1]
    strange = target.startswith("/") or "\\" in target or ":" in target or ".." in below
    return strange or depth > len(folders) or ".git" in below


def kept(sides: Sides, base: Tree, theirs: Tree) -> list[str]:
    """Return files of the owner that stay although the template has changed them."""
    return [
        path
        for path in sorted(base.keys() | theirs.keys())
        if not is_content(path)
        and base.get(path) != theirs.get(path)
        and sides.base.get(path) == sides.theirs.get(path)
    ]


def conflict_reason(stages: Collection[int]) -> str:
    """Return why git could not merge a file that base (1), owner (2) or template (3) have."""
    if 2 in stages and 3 in stages:
        return "you and the new version changed the same place"
    if 2 in stages:
        return "you changed it, and the new version no longer has it"
    return "you and the new version moved it to different places"
