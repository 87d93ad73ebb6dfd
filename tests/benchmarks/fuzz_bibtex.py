"""Coverage-guided fuzzing of everything that reads an owner's bytes; run by hand.

It wants atheris, which has no wheel for every Python and is therefore not in the lock:

    pip install atheris
    PYTHONPATH=hooks python tests/benchmarks/fuzz_bibtex.py -max_len=4096 -max_total_time=600 FOLDER

A traceback, a hang or an input that takes too much memory stops it and is written to a file.
"""

import sys


def read_everything(data: bytes) -> None:
    """What a build does with the bytes of a .bib file, as far as the core goes."""
    from homepage.bibtex import reader
    from homepage.common import encoding, identifiers
    from homepage.people import names
    from homepage.publications import dates, written_dates
    from homepage.tex import decoder

    text, problems = encoding.decode(data, "x.bib")
    library = reader.read(text, "x.bib")
    lines = text.count("\n") + 1
    for problem in (*problems, *library.problems):
        assert 0 < problem.line <= lines, problem
    for entry in library.entries:
        assert 0 < entry.line <= lines, entry
        for field in entry.fields.values():
            decoder.decode(field.value, links=True)
            for normal in (identifiers.doi, identifiers.arxiv, identifiers.isbn, identifiers.safe_url):
                normal(field.value)
            dates.parse(field.value)
            written_dates.in_year(field.value, field.value)
        names.parse(entry.get("author"))


def main() -> None:
    """Fuzz until told to stop."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["homepage"]):
        from homepage.bibtex import reader  # noqa: F401
    atheris.Setup(sys.argv, read_everything)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
