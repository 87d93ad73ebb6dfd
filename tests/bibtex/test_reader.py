"""Every entry comes through, whatever was mended is told, and healthy files cause no word."""

import pytest

from homepage.bibtex.reader import read

# What people's files hold, what comes of it, and which words tell of it with which line.
Found = tuple[str, str, dict[str, str]]
HEALTHY: dict[str, tuple[str, list[Found]]] = {
    "braces, quotes and numbers": (
        '@article{a, title = {One {Two}}, journal = "The "# jan, year = 2020}',
        [("article", "a", {"title": "One {Two}", "journal": "The jan", "year": "2020"})],
    ),
    "parentheses around an entry": (
        "@article(a, title = {x (y)}, year = 2020)",
        [("article", "a", {"title": "x (y)", "year": "2020"})],
    ),
    "macros in either bracket": (
        '@string{p = "Press"}\n@String(q = {Quay})\n@book{a, publisher = p # " and " # Q}',
        [("book", "a", {"publisher": "Press and Quay"})],
    ),
    "months, written out too, and yes or no without braces": (
        "@misc{a, month = sep, selected = true}\n@misc{b, month = june}",
        [("misc", "a", {"month": "sep", "selected": "true"}), ("misc", "b", {"month": "june"})],
    ),
    "month and day": ('@misc{a, month = "10~" # jan}', [("misc", "a", {"month": "10~jan"})]),
    "any case, spaces and commas": (
        "@ARTICLE {a , TITLE = {x},, Year={1},,}",
        [("article", "a", {"title": "x", "year": "1"})],
    ),
    "keys of every kind": (
        "@misc{1+1>2, title={x}}@misc{DBLP:conf/x/y, title={y}}@misc{a.b_c-d, title={z}}",
        [
            ("misc", "1+1>2", {"title": "x"}),
            ("misc", "DBLP:conf/x/y", {"title": "y"}),
            ("misc", "a.b_c-d", {"title": "z"}),
        ],
    ),
    "front matter before and after": (
        "---\nlayout: page\n---\n@misc{a, title={x}}\n---\nmail: me@example.org\n---\n",
        [("misc", "a", {"title": "x"})],
    ),
    "a % in a value is text": (
        "@misc{a, title = {5% more}, year = 1}",
        [("misc", "a", {"title": "5% more", "year": "1"})],
    ),
    "entries on one line": (
        "@misc{a, title = {5% more}} @misc{b, title = {x}}",
        [("misc", "a", {"title": "5% more"}), ("misc", "b", {"title": "x"})],
    ),
    "empty values": ("@misc{a, title = {}, note = }", [("misc", "a", {"title": "", "note": ""})]),
    "a record inside a value": (
        "@misc{a, bibtex = {\n@misc{a,\n  title={x}\n}\n}, year = 1}\n@misc{b, title={y}}",
        [
            ("misc", "a", {"bibtex": "@misc{a,\n  title={x}\n}", "year": "1"}),
            ("misc", "b", {"title": "y"}),
        ],
    ),
    "a quote inside braces inside quotes": (
        '@misc{a, author = "G{"}odel", title = {x}}',
        [("misc", "a", {"author": 'G{"}odel', "title": "x"})],
    ),
    "biblatex's annotations": (
        "@misc{a, author+an = {1=equal}, date = {2020-05/2020-07}}",
        [("misc", "a", {"author+an": "1=equal", "date": "2020-05/2020-07"})],
    ),
    "text between entries, with an address": (
        "write to me@home.example or @me\n@misc{a, title={x}}",
        [("misc", "a", {"title": "x"})],
    ),
    "comments of a program": (
        "@comment{jabref-meta: databaseType:bibtex;}\n@misc{a, title={x}}",
        [("misc", "a", {"title": "x"})],
    ),
    "a preamble": (
        '@preamble{"\\newcommand{\\x}{y}"}\n@misc{a, title={x}}',
        [("misc", "a", {"title": "x"})],
    ),
    "types that nobody defined": ("@posterbold{a, title={x}}", [("posterbold", "a", {"title": "x"})]),
    "a page range without braces": (
        "@misc{a, pages = 1--2, year = 1}",
        [("misc", "a", {"pages": "1--2", "year": "1"})],
    ),
    "the last brace twice": ("@misc{a, title={x}}}\n", [("misc", "a", {"title": "x"})]),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), HEALTHY.values(), ids=HEALTHY)
def test_what_bibtex_accepts_is_read_without_a_word(text: str, expected: list[Found]) -> None:
    library = read(text, "x.bib")
    assert [str(p) for p in library.problems] == []
    assert [(e.type, e.key, {n: f.value for n, f in e.fields.items()}) for e in library.entries] == (
        expected
    )


X = ("misc", "a", {"title": "x"})
Y = ("book", "b", {"title": "y"})
MENDED: dict[str, tuple[str, list[Found], list[str]]] = {
    "an entry without its last brace": (
        "@misc{a, title={x}\n\n@book{b, title={y}}",
        [X, Y],
        ["1: the entry 'a' is not closed"],
    ),
    "a value without its brace, over lines": (
        "@misc{a,\n  title={x,\n  year={1}\n}\n@book{b, title={y}}",
        [("misc", "a", {"title": "x", "year": "1"}), Y],
        ["2: the value of 'title' is not closed"],
    ),
    "a value without its brace, on a line": (
        "@misc{a, title={x, year={1}}\n@book{b, title={y}}",
        [("misc", "a", {"title": "x", "year": "1"}), Y],
        ["1: the value of 'title' is not closed"],
    ),
    "a value without its quote": (
        '@misc{a,\n  title="x,\n  year={1}\n}',
        [("misc", "a", {"title": "x", "year": "1"})],
        ["2: the value of 'title' is not closed"],
    ),
    "a field without its comma": (
        "@misc{a, title={x}\n year={1}}",
        [("misc", "a", {"title": "x", "year": "1"})],
        ["1: there is no comma after the field 'title'"],
    ),
    "a key without its comma": (
        "@misc{a\n  title={x}}",
        [X],
        ["1: there is no comma after the key 'a'"],
    ),
    "a key without its comma, on a line": (
        "@misc{a title={x}}",
        [X],
        ["1: there is no comma after the key 'a'"],
    ),
    "an entry without a key": (
        "\n@misc{title={x}}",
        [("misc", "entry-2", {"title": "x"})],
        ["2: the entry has no citation key"],
    ),
    "an entry without its @": (
        "misc{a,\n title={x}}\n@book{b, title={y}}",
        [X, Y],
        ["1: the entry starts with 'misc' and no @"],
    ),
    "an entry without its first brace": (
        "@misc a, title={x}}\n@book{b, title={y}}",
        [X, Y],
        ["1: the entry starts with '@misc', not with '@misc{'"],
    ),
    "an entry without its type": (
        "@{a, title={x}}\n",
        [X],
        ["1: the entry starts with '@{', not with '@misc{'"],
    ),
    "a brace too many in the middle": (
        "@misc{a, title={x}},\n year={1}}\n@book{b, title={y}}",
        [("misc", "a", {"title": "x", "year": "1"}), Y],
        ["1: a brace closes the entry 'a' before its last field"],
    ),
    "a key twice": (
        "@misc{a, title={x}}\n@book{A, title={y}}",
        [X, ("book", "A", {"title": "y"})],
        ["2: the key 'A' is used again (first in line 1); both are kept"],
    ),
    "a field twice": (
        "@misc{a, title={x},\n title={z}}",
        [X],
        ["2: 'a' has the field 'title' twice; the first is used"],
    ),
    "a comment inside an entry": (
        "@misc{a, % mine\n title={x},\n % year = {1},\n}",
        [X],
        ["1: a % comment inside an entry was left out", "3: a % comment inside an entry was left out"],
    ),
    "an entry that is commented out": (
        "%@misc{c, title={z}}\n@book{b, title={y}}",
        [Y],
        ["1: the entry 'c' is commented out and was left out"],
    ),
    "an entry that is commented out, line by line": (
        "% @misc{c,\n%  title={z},\n% }\n@book{b, title={y}}",
        [Y],
        ["1: the entry 'c' is commented out and was left out"],
    ),
    "an entry inside a comment": (
        "@comment{@misc{c, title={z}}}\n@book{b, title={y}}",
        [Y],
        ["1: an entry inside @comment was left out"],
    ),
    "an entry behind a comment's name": (
        "@comment @misc{c, title={z}}\n@book{b, title={y}}",
        [Y],
        ["1: the entry 'c' is commented out and was left out"],
    ),
    "a macro that nobody defined, told once": (
        "@misc{a, title=x}\n@misc{b, title=x}",
        [X, ("misc", "b", {"title": "x"})],
        ["1: 'x' in the field 'title' is not defined by any @string; it is kept as text"],
    ),
    "a macro without its brace": (
        '@string{p = "x"\n@misc{a, title=p}',
        [X],
        ["1: @string 'p' has no closing brace"],
    ),
    "text behind a value": (
        "@misc{a, title={x} y, year={1}}",
        [("misc", "a", {"title": "x y", "year": "1"})],
        ["1: text after the value of 'title' was taken into it: 'y'"],
    ),
    "something that is no field": (
        "@misc{a, see below, title={x}, # z={1},\n}",
        [X],
        [
            "1: '# z={1}' in the entry 'a' is not a field and was left out",
            "1: 'see below' in the entry 'a' is not a field and was left out",
        ],
    ),
    "a letter before the @": ("x@misc{a, title={x}}", [X], []),
}


@pytest.mark.parametrize(("text", "expected", "told"), MENDED.values(), ids=MENDED)
def test_what_is_mended_is_reported_with_its_line_and_a_remedy(
    text: str, expected: list[Found], told: list[str]
) -> None:
    library = read(text, "x.bib")
    assert [(e.type, e.key, {n: f.value for n, f in e.fields.items()}) for e in library.entries] == (
        expected
    )
    assert [f"{p.line}: {p.message}" for p in library.problems] == told
    assert all(p.path == "x.bib" and p.hint for p in library.problems)


def test_the_second_value_of_a_field_stays_in_the_record() -> None:
    (entry,) = read("@misc{a, pdf={x}, pdf={y}, PDF={z}}", "x.bib").entries
    assert entry.get("pdf") == "x"
    assert [(f.name, f.value) for f in entry.repeated] == [("pdf", "y"), ("pdf", "z")]


def test_fields_and_entries_know_their_lines() -> None:
    entry = read("\n\n@misc{a,\n  title = {x},\n  year = 1}", "x.bib").entries[0]
    assert (entry.line, entry.line_of("title"), entry.line_of("year")) == (3, 4, 5)
    assert entry.line_of("abstract") == 3


@pytest.mark.parametrize("space", ["", "\u3000"])
def test_entries_know_where_they_stand(space: str) -> None:
    first, other = "@misc{a, title = {T}}", "misc{b,\n title = {{U} V}, year = 2024\n}"
    text = f"words {first} @string{{s = {{x}}}}\n{other}\n% {space}"
    spans = [entry.span for entry in read(text, "x").entries]
    assert [text[slice(*span)] for span in spans] == [first, other]


def test_the_first_field_that_is_not_empty_is_given() -> None:
    entry = read("@misc{a, title={ }, booktitle={y}}", "x.bib").entries[0]
    assert (entry.get("title", "booktitle"), entry.get("note")) == ("y", "")


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ('@"article"{k', "the entry starts with"),
        ('@article"{k', "the entry starts with"),
        ("@-article{k", "the entry starts with"),
        ("@dataset[k", "the entry starts with"),
        ("dataset{k", "the entry starts with"),
        ("software{k", "the entry starts with"),
        ("@\nmyown{k", "the entry starts with"),
        ("＠article｛k", ""),
        ("@\xa0article{k", ""),
        ("@\xadarticle{k", ""),
        ("x@mytype{lost", "text between entries looks like part of an entry"),
        ("@mytype[lost", "text between entries looks like part of an entry"),
        ('@preamble{"x" @article{lost', "an entry inside @preamble was left out"),
        ("@comment{ @string{s = {t}} @article{lost", "an entry inside @comment was left out"),
    ],
)
def test_no_entry_goes_without_a_word(start: str, told: str) -> None:
    end = "}" * (1 + ("@pre" in start or "@com" in start))
    library = read(f"{start}, title = {{x}}{end}\n@misc{{b, title = {{y}}}}\n% note = {{z}}\n", "x")
    keys = [entry.key for entry in library.entries]
    assert keys == (["b"] if "lost" in start else ["k", "b"])
    assert all(entry.fields for entry in library.entries)
    assert [p.message.startswith(told) for p in library.problems] == ([True] if told else [])
