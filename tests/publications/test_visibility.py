"""Hidden entries and embargoes: nothing of them is in any output, until their day."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from homepage.model.publication import Date
from homepage.publications import dates, visibility
from homepage.publications.collection import Collection, Source, read
from support import ENV, ROOT, Built, mkdocs, pages, run, small_site

TODAY = Date(2026, 6, 15)
SHOWN = "@article{k, title = {Shown}, author = {Doe, Jane}, journal = {J}, year = 2024}\n"


def collected(fields: str, today: Date = TODAY, more: str = "") -> Collection:
    entry = (
        f"@article{{s, title = {{T}}, author = {{Doe, Jane}}, journal = {{J}}, year = 2024, {fields}}}\n"
    )
    return read([Source("b.bib", (SHOWN + entry + more).encode())], None, "", str, True, today=today)


@pytest.mark.parametrize(
    ("fields", "shown", "told"),
    [
        ("hidden = {true}", False, ["note: 's' is hidden (delete hidden = {true} to show it)"]),
        ("hidden = yes", False, ["note: 's' is hidden (delete hidden = {true} to show it)"]),
        ("hidden = {false}", True, []),
        ("hidden = {}", True, []),
        ("hidden = {perhaps}", False, ["warning: hidden = {perhaps} of 's' is neither true nor false; "
         "it is hidden (write hidden = {true}, or delete the line)"]),
        ("embargo = {2026-06-16}", False, ["note: 's' is hidden by its embargo until 2026-06-16 "
         "(the first build from that day on shows it)"]),
        ("embargo = {2026-06-15}", True, []),
        ("embargo = {2026-06}", True, []),
        ("embargo = {2026-07}", False, ["note: 's' is hidden by its embargo until 2026-07 "
         "(the first build from that day on shows it)"]),
        ("embargo = 2026", True, []),
        ("embargo = {}", True, []),
        *(
            (f"embargo = {{{wrong}}}", False, [f"warning: the embargo '{wrong}' of 's' is not a date; "
             "the entry is hidden (write embargo = {2027-01-01})"])
            for wrong in ("01.01.2020", "2020-13-01", "2020-02-30", "2020/01/01", "soon", "2020-1-1")
        ),
        ("embargo = {2020-01-01}, hidden = {true}", False,
         ["note: 's' is hidden (delete hidden = {true} to show it)"]),
    ],
)  # fmt: skip
def test_entry_stays_out_until_its_day(fields: str, shown: bool, told: list[str]) -> None:
    found = collected(fields)
    assert {p.key for p in found.every} == ({"k", "s"} if shown else {"k"})
    assert found.shown == found.every
    assert [p.line_for_check() for p in found.problems] == [f"b.bib:2: {line}" for line in told]


def test_embargo_ends_while_the_site_is_served() -> None:
    text = "embargo = {2026-06-16}"
    before = collected(text)
    assert collected(text) is before
    assert [p.key for p in before.every] == ["k"]
    after = collected(text, Date(2026, 6, 16))
    assert {p.key for p in after.every} == {"k", "s"}
    assert [p.key for p in collected(text).every] == ["k"]


def test_day_alone_does_not_make_us_read_again() -> None:
    for text in ("", "hidden = {true}", "embargo = {2026-01-01}", "embargo = {2027-01-01}"):
        assert collected(text) is collected(text, Date(2026, 7, 1))


@pytest.mark.parametrize(
    ("epoch", "today"),
    [("0", Date(1970, 1, 1)), ("1767225599", Date(2025, 12, 31)), ("1767225600", Date(2026, 1, 1))],
)
def test_reproducible_builds_say_what_day_it_is(
    monkeypatch: pytest.MonkeyPatch, epoch: str, today: Date
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert dates.today() == today
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert dates.today().year >= 2024


def test_child_keeps_what_a_hidden_parent_gives() -> None:
    child = "@inproceedings{c, title = {Child}, author = {Doe, Jane}, crossref = {s}}\n"
    found = collected("hidden = {true}, booktitle = {The Volume}", more=child)
    (paper,) = [p for p in found.every if p.key == "c"]
    assert (paper.venue.plain, paper.year) == ("The Volume", "2024")
    assert {p.key for p in found.every} == {"k", "c"}


def test_what_is_shared_by_xdata_may_be_an_embargo() -> None:
    shared = "@xdata{x, embargo = {2030}}\n@misc{c, title = {C}, author = {Doe, Jane}, xdata = {x}}\n"
    assert {p.key for p in collected("", more=shared).every} == {"k", "s"}


def test_no_shown_entry_names_what_is_hidden_in_capitals_or_by_an_old_key() -> None:
    more = "@misc{m, title = {M}, year = 2023, related = {S, k, was}, xref = {Was}}"
    shown = collected("hidden = {true}, ids = {was}", more=more).shown
    entry = next(work.entry for work in shown if work.key == "m")
    assert (entry.get("related"), entry.get("xref")) == ("k", "")


def test_files_of_what_is_hidden_are_known_however_they_are_written() -> None:
    pdf = "pdf = {papers/a%20b.pdf}, supp = {https://x.example/c%20d.zip}, "
    pdf += r"note = {See \href{talks/e.pdf}{my slides} (and f.zip, k.md)}, "
    pdf += r"abstract = {In 2.5 g\_h.csv, i.pdf\#page=2.}"
    found_hidden = collected(f"hidden = {{true}}, ids = {{Old_Key}}, {pdf}").hidden
    paths = [
        "publications/S.md",
        "publications/Old_Key/fig.csv",
        "publications/sand.md",
        "publications/k.md",
    ]
    found = visibility.private_files(found_hidden, (), lambda path: path, paths)
    files = {"papers/a b.pdf", "c d.zip", "talks/e.pdf", "f.zip", "g_h.csv", "i.pdf"}
    assert {*paths[:2], *files} <= found
    assert found.isdisjoint({*paths[2:], "k.md"})
    shown = collected(r"note = {\url{talks/e.pdf}}").shown
    assert "talks/e.pdf" not in visibility.private_files(found_hidden, shown, lambda path: path, paths)


def test_copies_of_bibliographies_are_known_by_any_name() -> None:
    copies = ("x.bib", "x.BIB.txt", "x.bib.2024-01-01", "x.bib_old", "x.bib.zip", "x.bib-save-failed",
              "x (copy).bib", "a/news.md.save.1", "x.bib.bak.2", "x.bib.bak2", "a.enl",
              "a/news.sync-conflict-20260101-120000-ABC.md", "cv (Ann's conflicted copy 2026-01-01).md",
              "pictures/Thumbs.db")  # fmt: skip
    others = ("x.biblatex.html", "bib.md", "x_bib.html", "old.md", "save.1.png", "sync-conflict.md")
    assert set(visibility.unsafe_copies((*copies, *others), "docs/")) == set(copies)


@pytest.mark.parametrize(
    "fields", ["hidden = {false}, hidden = {true}", "embargo = {2020}, embargo = {2999-01-01}"]
)
def test_of_two_that_say_otherwise_the_safe_one_counts(fields: str) -> None:
    assert [w.publication.key for w in collected(fields).hidden] == ["s"]


def test_misspelt_embargo_is_reported() -> None:
    assert "has an unknown field 'hiden'" in str(collected("hiden = {true}").problems)


def test_hidden_version_is_not_merged_in() -> None:
    preprint = "@misc{p, title = {Shown}, author = {Doe, Jane}, eprint = {2401.00001}, hidden = {true},"
    preprint += " abstract = {Secret}, code = {https://example.org/secret}, archiveprefix = {arXiv}}\n"
    (paper,) = [p for p in collected("", more=preprint).shown if p.key == "k"]
    assert (paper.versions, paper.links, paper.abstract.plain) == ((), (), "")


# -- whole sites --------------------------------------------------------------

SECRET = r"""
@article{zqxwSecretKey, title = {Zqxwunseen Title}, author = {Zqxwhidden, Zoe and Huang, Yuxiang},
  journal = {Zqxwjournal}, year = {2024},
  month = may, abstract = {Zqxwabstract}, keywords = {zqxwtopic, open},
  pdf = {papers/zqxwfile.pdf}, selected = {true}, note = {zqxwnote}, eprint = {2401.77777},
  doi = {10.1000/zqxwdoi}, abbr = {ZQXWV}, aliases = {zqxwold},
  preview = {zqxwpicture.png}, embargo = {2099-01-01}}
@misc{zqxwHidden2, title = {Zqxwother}, author = {Huang, Yuxiang}, year = {2023}, hidden = {true},
  slides = {both.pdf}, file = {:papers/zqxwjabref.pdf:PDF;Other:zqxwother.pdf:PDF},
  pdf = {https://example.org/papers/zqxwaddress.pdf}}
"""
OPEN = r"""
@article{open1, title = {An open paper}, author = {Huang, Yuxiang}, journal = {Journal}, year = {2024},
  keywords = {open}, related = {zqxwSecretKey, else}, slides = {both.pdf}}
@article{open2, title = {Another one}, author = {Huang, Yuxiang}, journal = {Journal}, year = {2023},
  related = {zqxwSecretKey}}
"""
FILES: dict[str, str | bytes] = {
    "publications.bib": OPEN,
    "bib/more.bib": SECRET,
    "papers/zqxwfile.pdf": b"%PDF-1.4 zqxwpdf",
    "papers/zqxwjabref.pdf": b"%PDF-1.4",
    "papers/zqxwaddress.pdf": b"%PDF-1.4",
    "zqxwother.pdf": b"%PDF-1.4",
    "zqxwpicture.png": b"zqxwpixels",
    "both.pdf": b"%PDF-1.4",
    "publications/zqxwsecretkey.md": "# Zqxwpage\n\nZqxwprose.\n",
    "publications/zqxwhidden2/index.md": "Zqxwprose.\n\n![Zqxw](zqxw.png)\n",
    "publications/zqxwhidden2/zqxw.png": b"zqxwpixels",
    "publications/zqxwold.md": "Zqxwprose.\n",
    "index.md": "# Home\n\n<!-- publications {selected: true} -->\n\n<!-- news -->\n",
    "list.md": "# List\n\n<!-- publications {group: topic, statistics: true} -->\n",
    "all.md": "# All\n\n<!-- publications {type: all, group: year} -->\n",
    "keys.md": "# Keys\n\n<!-- publications {keys: [open1, zqxwHidden2]} -->\n",
    "cite.md": "# Cite\n\nAs shown [@zqxwSecretKey]. And [see @open1; @ZQXWSECRETKEY, p. 3].\n\n"
    "Nothing [@unknown; @zqxwHidden2], not [@zqxwold].\n\n\\bibliography\n",
    "full.md": "# Full\n\n\\full_bibliography\n",
    "news.md": "# News\n\n## 2024-05-01 A paper\n\nIt is out [@zqxwSecretKey].\n",
}
SETTINGS = {
    "site_url": "https://example.org/",
    "extra": {"homepage": {"bibliography": ["publications.bib", "bib/*.bib"]}},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return pages.build(tmp_path_factory.mktemp("withheld"), FILES, SETTINGS, strict=False)


def test_no_file_of_the_site_has_anything_of_what_is_hidden(site: Built) -> None:
    def files() -> Iterator[Path]:
        yield from (path for path in site.site_dir.rglob("*") if path.is_file())

    names = {path.relative_to(site.site_dir).as_posix() for path in files()}
    assert names >= {
        "search/search_index.json", "feed.xml", "feed.json", "sitemap.xml", "publications.json",
        "publications.ris", "publications.bib", "bib/more.bib", "publications/open1/index.html",
    }  # fmt: skip
    assert [name for name in names if "zqxw" in name.lower()] == []
    found = [p for p in files() if b"zqxw" in p.read_bytes().lower() or b"2401.77777" in p.read_bytes()]
    assert [path.name for path in found] == []


def test_what_is_not_hidden_is_there(site: Built) -> None:
    listed = pages.article(site.read("list/index.html"))
    assert len(pages.citations(listed)) == 2
    assert pages.text(pages.classed(listed, "hp-totals")[0]) == "2 journal articles"
    assert [item["id"] for item in json.loads(site.read("publications.json"))] == ["open1", "open2"]
    assert (site.site_dir / "both.pdf").is_file(), "another entry has it, too"
    assert "related = {else}" in site.read("publications.bib")
    assert "related" not in site.read("publications.bib").partition("open2,")[2]


def test_citation_of_what_is_hidden_is_left_out_and_reported(site: Built) -> None:
    text = pages.text(pages.article(site.read("cite/index.html")))
    assert "As shown. And (see Huang, 2024)." in text
    assert "Nothing [@unknown], not." in text
    told = pages.warnings(site.log)
    hidden = "names an entry that is hidden, and is left out (take it out, or show the entry)"
    assert told == [
        f"docs/cite.md:3: the citation [@zqxwSecretKey] {hidden}",
        f"docs/cite.md:3: the citation [@ZQXWSECRETKEY] {hidden}",
        f"docs/cite.md:5: the citation [@zqxwHidden2] {hidden}",
        "docs/cite.md:5: the citation [@unknown] names no entry of the bibliography "
        "(write the key of an entry)",
        f"docs/cite.md:5: the citation [@zqxwold] {hidden}",
        f"docs/news.md:7: the citation [@zqxwSecretKey] {hidden}",
    ]


def test_build_says_what_it_hides(site: Built) -> None:
    notes = [line for line in site.log.splitlines() if " is hidden" in line and line.startswith("INFO")]
    assert len(notes) == 3
    assert "docs/bib/more.bib:7: 'zqxwSecretKey' is hidden by its embargo until 2099-01-01" in notes[0]
    assert "docs/bib/more.bib:8: 'zqxwHidden2' is hidden" in notes[1]
    assert "docs/keys.md:3: the entry 'zqxwHidden2' is hidden" in notes[2]


def test_embargo_that_is_over_shows_everything(tmp_path: Path) -> None:
    late = {**FILES, "cite.md": "# Cite\n\n[@zqxwSecretKey]\n", "zqxwpicture.png": PNG}
    small_site(tmp_path, late, SETTINGS)
    env = {**ENV, "SOURCE_DATE_EPOCH": "4102444800"}  # 2100-01-01
    code, log = mkdocs("build", cwd=tmp_path, env=env)
    assert code == 0
    built = Built(tmp_path, code, log)
    assert "Zqxwunseen Title" in built.read("list/index.html")
    assert "Zqxwprose" in built.read("publications/zqxwsecretkey/index.html")
    assert (built.site_dir / "papers/zqxwfile.pdf").is_file()
    assert not [line for line in pages.warnings(log) if "cite.md" in line]


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fcff9f"
    "a11e000782027f3dc848ef0000000049454e44ae426082"
)


def test_commands_leave_out_what_is_hidden(tmp_path: Path) -> None:
    cli = (sys.executable, str(ROOT / "hooks/cli.py"))
    (tmp_path / "a.bib").write_text(
        OPEN.replace("zqxwSecretKey", "zqxwHidden2") + SECRET, encoding="utf-8"
    )
    for kind in ("bibtex", "ris", "csl-json"):
        command = f"'{cli[0]}' '{cli[1]}' export --format {kind} a.bib"
        assert run("sh", "-c", f"{command} 2>/dev/null", cwd=tmp_path)[0] == 0
        output = run("sh", "-c", f"{command} 2>/dev/null", cwd=tmp_path)[1]
        assert "open1" in output
        assert "zqxw" not in output.lower()
        said = run("sh", "-c", f"{command} 2>&1 >/dev/null", cwd=tmp_path)[1]
        assert "a.bib:12: note: 'zqxwSecretKey' is hidden by its embargo until 2099-01-01" in said
        assert "'zqxwHidden2' is hidden" in said


def test_check_notes_what_is_hidden_and_does_not_count_it(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(
        SHOWN + SHOWN.replace("{k", "{s").replace("}\n", ", hidden={true}}\n")
    )
    command = f"'{sys.executable}' '{ROOT / 'hooks/cli.py'}' check a.bib"
    code, said = run("sh", "-c", f"{command} 2>&1 >/dev/null", cwd=tmp_path)
    assert (code, said) == (0, "a.bib:2: note: 's' is hidden (delete hidden = {true} to show it)\n")
    assert run("sh", "-c", f"{command} 2>/dev/null", cwd=tmp_path) == (0, "")
