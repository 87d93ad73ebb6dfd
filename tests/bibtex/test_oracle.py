"""On well-formed BibTeX our reader agrees with two libraries that read nothing else."""

from bibtexparser.entrypoint import parse_string as other_library
from bibtexparser.middlewares import RemoveEnclosingMiddleware
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.database.input.bibtex import month_names

from homepage.bibtex import reader
from homepage.people import names

NAMES = st.from_regex(r"[a-z]{3,9}", fullmatch=True).filter(
    lambda n: n not in ("and", "key", "crossref")
)
KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9:_.-]{0,12}", fullmatch=True)
WORDS = st.from_regex(r"[A-Za-z0-9.:;?!-]+(?: [A-Za-z0-9.:;?!-]+){0,6}", fullmatch=True)
VALUES = st.recursive(
    WORDS | st.sampled_from([r"\'e", r"{\"u}ber", "5\\% of $x^2$", "Ünal 张伟"]),
    lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda v: "{" + " ".join(v) + "} end"),
    max_leaves=4,
)
QUOTED = WORDS.map('"{}"'.format)
FIELDS = st.dictionaries(
    NAMES, VALUES.map("{{{}}}".format) | QUOTED | st.integers(1, 3000).map(str), max_size=5
)


def written(kind: str, key: str, fields: dict[str, str]) -> str:
    body = "".join(f"  {name} = {value},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{body}}}\n\n"


ENTRIES = st.lists(
    st.tuples(st.sampled_from(["article", "misc", "inproceedings", "book"]), KEYS, FIELDS),
    min_size=1,
    max_size=5,
    unique_by=lambda entry: entry[1].lower(),
)


def ours(text: str) -> list[tuple[str, str, dict[str, str]]]:
    library = reader.read(text, "x")
    assert [str(p) for p in library.problems] == []
    return [(e.type, e.key, {n: f.value for n, f in e.fields.items()}) for e in library.entries]


@given(ENTRIES)
@settings(deadline=None)
def test_bibtexparser_reads_the_same(entries: list[tuple[str, str, dict[str, str]]]) -> None:
    text = "".join(written(*entry) for entry in entries)
    library = other_library(text, parse_stack=[
        RemoveEnclosingMiddleware(),
    ])  # fmt: skip
    assert not library.failed_blocks
    assert ours(text) == [
        (e.entry_type, e.key, {f.key: str(f.value) for f in e.fields}) for e in library.entries
    ]


@given(ENTRIES)
@settings(deadline=None)
def test_pybtex_reads_the_same(entries: list[tuple[str, str, dict[str, str]]]) -> None:
    clean = [(kind, key, {n: v for n, v in fields.items() if n not in ("author", "editor")})
             for kind, key, fields in entries]  # fmt: skip
    text = "".join(written(*entry) for entry in clean)
    library = parse_string(text, "bibtex")
    normal = [(t, k, {n: " ".join(v.split()) for n, v in f.items()}) for t, k, f in ours(text)]
    assert normal == [(e.type, k, dict(e.fields)) for k, e in library.entries.items()]


def test_pybtex_knows_the_same_months() -> None:
    assert (
        set(reader.read("".join(f"@misc{{{m}, month = {m}}}" for m in month_names), "x").problems)
        == set()
    )


# B, D and F: no word of another meaning in names, such as Junior or Team.
FIRST = st.from_regex(r"[BDF][a-z]{3,8}", fullmatch=True)
PARTICLE = st.sampled_from(["", "von", "de la", "van der"])
LAST = st.from_regex(r"[BDF][a-z]{3,8}(?: [BDF][a-z]{3,8})?", fullmatch=True)


@given(st.lists(st.tuples(FIRST, PARTICLE, LAST, st.booleans()), min_size=1, max_size=4))
@settings(deadline=None)
def test_pybtex_takes_names_apart_in_the_same_way(people: list[tuple[str, str, str, bool]]) -> None:
    written_names = [
        " ".join(f"{von} {last}, {first}".split())
        if family_first or " " in last
        else " ".join(f"{first} {von} {last}".split())
        for first, von, last, family_first in people
    ]
    field = " and ".join(written_names)
    entry = parse_string(f"@misc{{a, author = {{{field}}}}}", "bibtex").entries["a"]
    expected = [
        (" ".join(p.first_names + p.middle_names), " ".join(p.prelast_names), " ".join(p.last_names))
        for p in entry.persons["author"]
    ]
    assert len(expected) == len(people)
    found = names.parse(field)
    assert [(n.given, n.von, n.family) for n in found.names] == expected
    assert not found.comma_list
