"""Whatever the bytes: never a traceback, never an entry lost, and the same again when read again."""

import re

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from homepage.bibtex import reader
from homepage.common import encoding, identifiers, slugs
from homepage.model.publication import Person
from homepage.people import initials, names, people_file
from homepage.publications import dates, written_dates
from homepage.tex import decoder
from homepage.tex.maths import mathml
from homepage.tex.maths_text import maths_plain

# Texts made of what has a meaning in BibTeX and TeX break more than random letters do.
PIECES = st.sampled_from(
    [
        "@article{", "@misc(", "@string{", "@comment{", "@preamble{", "@", "{", "}", "(", ")", '"',
        "#", "=", ",", "\n", " ", "%", "\\", "$", "~", "--", "``", "''", "`", "'", "&", "&amp;",
        "<i>", "</i>", "<sup>", "a", "key", "title = {", "author = {", "year = 2020", "month = jan",
        " and ", "others", "et al.", "*", "†", "\\textsuperscript{", "\\emph{", "\\'", '\\"', "\\i",
        "\\c", "\\href{", "\\url{", "\\textbf{", "\\bf ", "$^", "_{", "\\frac", "von ", "Jr.",
        "Ünal", "张伟", "山田 太郎", ";", "10.1000/x", "2402.13720", "https://x.example", "article{a,\n",
        "\ufeff", "\0", "Ã¶", "\u2028",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
PLAIN_WORDS = st.from_regex(r"[A-Za-zäöé0-9 .:;!?'-]{0,30}", fullmatch=True)
KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9:_./+-]{0,15}", fullmatch=True)
ENTRY = st.builds(
    "@{}{{{},\n  title = {{{}}},\n  year = {{{}}}\n}}\n".format,
    st.sampled_from(["article", "misc", "Book", "posterbold"]),
    KEYS,
    PLAIN_WORDS,
    st.integers(1900, 2100),
)
# What may stand between entries: nothing that starts one, and no end of a line that a % has begun.
BETWEEN = st.sampled_from(
    ["", "\n", "text\n", "---\nlayout: x\n---\n", "% remark\n", "}\n", ")\n", '"\n']
)


@given(st.binary(max_size=300) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read(data: bytes) -> None:
    text, problems = encoding.decode(data, "x")
    library = reader.read(text, "x")
    lines = text.count("\n") + 1
    assert all(0 < entry.line <= lines for entry in library.entries)
    assert all(0 < field.line <= lines for entry in library.entries for field in entry.fields.values())
    assert all(0 < p.line <= lines and p.message and p.hint for p in (*problems, *library.problems))
    assert all(entry.key and entry.type == entry.type.lower() for entry in library.entries)
    for problem in library.problems:
        assert "\n" not in problem.line_for_check()


@given(st.lists(st.tuples(BETWEEN, ENTRY), max_size=8), BETWEEN)
def test_no_well_formed_entry_is_lost(parts: list[tuple[str, str]], last: str) -> None:
    text = "".join(between + entry for between, entry in parts) + last
    entries = reader.read(text, "x").entries
    expected = [re.match(r"@(\w+)\{([^,]+),\n  title = \{(.*)\},\n", e) for _, e in parts]
    assert [(e.type, e.key, e.fields["title"].value) for e in entries] == [
        (m[1].lower(), m[2], m[3].strip()) for m in expected if m
    ]


@given(ENTRY, TEXTS.filter(lambda text: "@" not in text), ENTRY)
def test_what_is_broken_never_takes_the_next_entry_along(first: str, broken: str, last: str) -> None:
    library = reader.read(f"{first}\n@misc{{broken, note = {{{broken}\n\n{last}", "x")
    found = [(e.type, e.fields["title"].value) for e in library.entries if "title" in e.fields]
    for entry in (first, last):
        match = re.match(r"@(\w+)\{[^,]+,\n  title = \{(.*)\},\n", entry)
        assert match
        assert (match[1].lower(), match[2].strip()) in found


@given(st.lists(ENTRY, min_size=1, max_size=6), st.integers(0, 200), st.sampled_from('{}",=#%@\\'))
def test_one_wrong_character_loses_no_other_entry(entries: list[str], place: int, char: str) -> None:
    text = "".join(entries)
    place %= len(text)
    found = reader.read(text[:place] + char + text[place:], "x").entries
    starts = [0]
    for entry in entries:
        starts.append(starts[-1] + len(entry))
    hit = next(i for i in range(len(entries)) if starts[i] <= place < starts[i + 1])
    titles = [e.get("title") for e in found]
    for number, entry in enumerate(entries):
        title = re.search(r"title = \{(.*)\},\n", entry)
        assert title
        assert number in (hit - 1, hit) or title[1].strip() in titles


@given(TEXTS)
@example("von \x00")
def test_any_value_becomes_text_and_balanced_html(value: str) -> None:
    text, unknown = decoder.decode(value, links=True)
    assert text.plain == text.plain.strip(" ")
    assert "\n" not in text.plain
    assert all(name.isalpha() for name in unknown)
    opened: list[str] = []
    for slash, tag in re.findall(r"<(/?)([a-z]+)[^<>]*>", str(text.html)):
        if not slash:
            opened.append(tag)
        else:
            assert opened
            assert opened.pop() == tag
    assert not opened
    assert "<" not in re.sub(r"</?[a-z]+(?: [^<>]*)?>", "", str(text.html))


@given(
    st.text(
        st.characters(codec="utf-8", exclude_characters="\\{}$~<&`'\n-\"", exclude_categories=["Z", "C"])
    )
)
def test_a_value_without_markup_is_itself(value: str) -> None:
    assert decoder.plain(value) == value


@given(TEXTS)
def test_any_maths_is_shown(source: str) -> None:
    assert "\n" not in maths_plain(source)
    written = mathml(source)
    assert not written or written.startswith("<math")


@given(TEXTS)
@example("~")
@example("~, ~")
@example("{~} and {, }")
def test_any_names_are_read(value: str) -> None:
    found = names.parse(value)
    assert all(str(name).strip() for name in found.names)
    directory = people_file.Directory([], "Yuxiang Huang", found.names)
    for name in found.names:
        assert initials(name.given) == initials(name.given).strip()
        assert directory.identify(name) in (None, directory.owner)


# Words of names that have another meaning in them.
MEANING = (
    "and others phd mph mba esq inc ltd llc gmbh corp plc iii junior senior team group network project "
    "initiative society institute ministry committee"
).split()
WORD = st.from_regex(r"[A-Z][a-z]{2,8}", fullmatch=True).filter(lambda w: w.lower() not in MEANING)
PERSON = st.tuples(st.lists(WORD, min_size=1, max_size=3), WORD)


@given(st.lists(PERSON, min_size=1, max_size=6), st.booleans())
def test_people_come_back_as_they_were_written(
    written: list[tuple[list[str], str]], family_first: bool
) -> None:
    forms = [f"{f}, {' '.join(g)}" if family_first else f"{' '.join(g)} {f}" for g, f in written]
    found = names.parse(" and ".join(forms))
    plain = [n for n in found.names if not n.literal]
    assert len(found.names) == len(written)
    assert [(n.given, n.family) for n in plain] == [
        (" ".join(g), f) for n, (g, f) in zip(found.names, written, strict=True) if not n.literal
    ]


@given(PERSON, st.lists(WORD, min_size=1, max_size=3), st.booleans())
def test_nobody_is_taken_for_somebody_with_other_given_names(
    one: tuple[list[str], str], given_names: list[str], family_first: bool
) -> None:
    given_one, family = one
    assume(not {w.lower() for w in given_names} & {w.lower() for w in (*given_one, family)})
    assume("".join(given_names).lower() != "".join(given_one).lower())
    person = Person(f"{' '.join(given_one)} {family}")
    other = " ".join(given_names)
    name = names.parse_one(f"{family}, {other}" if family_first else f"{other} {family}")
    directory = people_file.Directory([person], "", [name])
    assert directory.identify(name) is None
    assert directory.identify(names.parse_one(person.name)) is person


@given(TEXTS)
def test_any_identifier_date_and_address_is_normalised(value: str) -> None:
    for normal in (identifiers.doi, identifiers.arxiv, identifiers.isbn, identifiers.pmid):
        assert normal(normal(value)) == normal(value)
    url = identifiers.safe_url(value)
    assert identifiers.safe_url(url) == url
    assert not set('"<> `') & set(url)
    assert dates.parse(value) is None or dates.parse(value)
    for found in (written_dates.read(value), written_dates.in_year("2024", value, value)):
        assert found is None or dates.make(*found.parts)
    assert 0 <= written_dates.month(value) <= 12
    assert dates.year(value) == 0 or 1400 <= dates.year(value) < 2200


@given(st.lists(st.text(max_size=8), max_size=12))
def test_slugs_are_unique_and_safe(keys: list[str]) -> None:
    found = slugs.unique(keys)
    assert len(set(found)) == len(keys)
    assert all(slug and re.fullmatch(r"[\w-]+", slug) for slug in found)


@given(TEXTS)
@settings(max_examples=50)
def test_any_file_of_people_is_read(text: str) -> None:
    _, problems = people_file.load(text, "people.yml")
    assert all(p.message and p.hint for p in problems)
