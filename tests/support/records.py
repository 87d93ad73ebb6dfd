"""Publications from BibTeX in a line, as the tests of the core want them."""

from collections.abc import Sequence
from io import BytesIO

from homepage.formats import exports
from homepage.model.publication import Publication
from homepage.publications.collection import Collection, Source, read


def collect(bibtex: str, owner: str = "", people: str = "", *, merge: bool = False) -> Collection:
    """What the core makes of a text; every file that an entry names is there."""
    known = Source("people.yml", people.encode())
    source = Source("publications.bib", bibtex.encode())
    return read([source], known, owner, lambda name: name, merge_versions=merge)


def publication(fields: str, kind: str = "article", key: str = "key", owner: str = "") -> Publication:
    """The publication of one entry, given its fields."""
    found = collect(f"@{kind}{{{key},\n{fields}\n}}", owner).every
    assert len(found) == 1
    return found[0]


def written(kind: str, publications: Sequence[Publication]) -> str:
    """The text of a whole file in a format of others."""
    file = BytesIO()
    exports.write(kind, publications, file)
    return file.getvalue().decode()


def messages(collection: Collection) -> list[str]:
    """The lines of `check`."""
    return [problem.line_for_check() for problem in collection.problems]
