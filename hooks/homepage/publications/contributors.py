"""The authors and editors of an entry: who each person is, and the marks at their names."""

import re
from collections.abc import Collection

from ..model import Author, Entry
from ..people import Directory, names

_EQUAL = ("equal", "eq", "cofirst", "co-first", "contrib")
_CORRESPONDING = ("corresponding", "corr", "correspondence")
_OWNER = frozenset(("me", "self", "highlight", "owner"))
_ANNOTATION = re.compile(r"(?<![0-9])([0-9]{1,6})\s*+(?::[\w-]++)?\s*+=\s*+\"?([^;\"]*)\"?")


def contributors(
    entry: Entry, field: str, found: names.Names, directory: Directory
) -> tuple[Author, ...]:
    """The people of a field: who they are, with marks from their names and annotations."""
    annotated = _annotations(entry, field)
    result = []
    for number, name in enumerate(found.names, 1):
        marks = list(name.marks)
        words = annotated.get(number, [])
        for word in words:
            mark = "*" if word.startswith(_EQUAL) else "†" if word.startswith(_CORRESPONDING) else ""
            if mark and mark not in marks:
                marks.append(mark)
        person = directory.identify(name)
        annotated_owner = not _OWNER.isdisjoint(words)
        is_owner = directory.owner is not None and (annotated_owner or person is directory.owner)
        result.append(Author(name, tuple(marks), person, is_owner))
    return tuple(result)


def explained_marks(entry: Entry, authors: Collection[Author]) -> frozenset[str]:
    """The marks that a note under the list explains: equal contribution, corresponding author."""
    marks = {"*"} if any("*" in author.marks for author in authors) else set()
    annotated = _annotations(entry, "author").values()
    if any(word.startswith(_CORRESPONDING) for words in annotated for word in words):
        marks.add("†")
    return frozenset(marks)


def _annotations(entry: Entry, field: str) -> dict[int, list[str]]:
    """Biblatex's data annotations, `author+an = {1=equal; 2=equal,corresponding}`."""
    found: dict[int, list[str]] = {}
    for name in entry.fields:
        if name == f"{field}+an" or name.startswith(f"{field}+an:"):
            for number, words in _ANNOTATION.findall(entry.get(name)):
                wanted = [w.strip().lower() for w in words.split(",")]
                found.setdefault(int(number), []).extend(wanted)
    return found
