"""Citations in prose: `[@key]` and `\\bibliography`, through mkdocs-bibtex and safe from its traps."""

import inspect
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from mkdocs_bibtex.registry import ReferenceRegistry

from homepage.citing.in_text import Registry
from support import ENV, Built, mkdocs, pages, small_site

BIB = r"""
@article{smith2024, title = {Alpha}, author = {Smith, Ann and Huang, Yuxiang}, journal = {J},
  year = {2024}, url = {https://example.org/alpha}}
@article{Jones_2023, title = {Beta}, author = {Jones, Bo and Lee, Cy and Huang, Yuxiang},
  journal = {J}, year = {2023}, url = {https://example.org/beta}}
@article{DBLP:conf/x/y+1.5, title = {Gamma}, author = {Huang, Yuxiang}, journal = {J}, year = {2022}}
@article{same1, title = {Zeta}, author = {Huang, Yuxiang}, journal = {J}, year = {2020}}
@article{same2, title = {Eta}, author = {Huang, Yuxiang}, journal = {J}, year = {2020}}
@article{unlisted, title = {Theta}, author = {Huang, Yuxiang}, journal = {J}, year = {2019},
  url = {https://example.org/theta}}
@article{nowhere, title = {Iota}, author = {Huang, Yuxiang}, journal = {J}, year = {2018}}
@article{amp, title = {Kappa}, author = {{AT\&T Labs} and Huang, Yuxiang}, journal = {J},
  year = {2017}}
"""
LIST = "# List\n\n<!-- publications {limit: 5} -->\n"
CASES = {  # Markdown of a paragraph, and what is read there
    "[@smith2024]": "(Smith & Huang, 2024)",
    "Text [@smith2024].": "Text (Smith & Huang, 2024).",
    "[@smith2024; @Jones_2023]": "(Smith & Huang, 2024; Jones et al., 2023)",
    "[see @smith2024, p. 3]": "(see Smith & Huang, 2024, p. 3)",
    "[see @smith2024, p. 3; also @Jones_2023, ch. 2]": "(see Smith & Huang, 2024, p. 3; "
    "also Jones et al., 2023, ch. 2)",
    "[@DBLP:conf/x/y+1.5]": "(Huang, 2022)",
    "[@{DBLP:conf/x/y+1.5}]": "(Huang, 2022)",
    "[@DBLP:conf/x/y+1.5, p. 4; @smith2024]": "(Huang, 2022, p. 4; Smith & Huang, 2024)",
    "[@SMITH2024]": "(Smith & Huang, 2024)",
    "**[@smith2024]**": "(Smith & Huang, 2024)",
    "[@smith2024;\n@Jones_2023]": "(Smith & Huang, 2024; Jones et al., 2023)",
    "[@amp]": "(AT&T Labs & Huang, 2017)",
    "Mail me@example.org or [me@smith2024.org].": "Mail me@example.org or [me@smith2024.org].",
    "Write to <me@example.org>.": "Write to me@example.org.",
    "[-@smith2024]": "(2024)",
    "Smith [see -@smith2024, p. 3; @Jones_2023] says": "Smith (see 2024, p. 3; Jones et al., 2023) says",
    "Smith [-@{DBLP:conf/x/y+1.5}; -@smith2024] says": "Smith (2022; 2024) says",
    "[a-b @smith2024]": "(a-b Smith & Huang, 2024)",
    "@smith2024 says": "Smith and Huang (2024) says",
    "@smith2024.": "Smith and Huang (2024).",
    "(@Jones_2023, @SMITH2024)": "(Jones et al. (2023), Smith and Huang (2024))",
    "As @Jones_2023 [p. 3] say, but @amp [see the end].": "As Jones et al. (2023, p. 3) say, but "
    "AT&T Labs and Huang (2017, see the end).",
    "@DBLP:conf/x/y+1.5: yes, and @{DBLP:conf/x/y+1.5}s": "Huang (2022): yes, and Huang (2022)s",
    "@smith2024's and @smith2024-like": "Smith and Huang (2024)'s and Smith and Huang (2024)-like",
    "如@smith2024所示": "如Smith and Huang (2024)所示",
    "**@smith2024**, “@smith2024”": "Smith and Huang (2024), “Smith and Huang (2024)”",
    "@smith2024\nsays": "Smith and Huang (2024) says",
    "@nobody of me@smith2024 at https://x.example/@smith2024": "@nobody of me@smith2024 at "
    "https://x.example/@smith2024",
    "[see @smith2024](https://x.example/)": "see @smith2024",
    '<span title="@smith2024">x</span> `@smith2024` \\@smith2024': "x @smith2024 @smith2024",
    "[ordinary] brackets [x] [1]": "[ordinary] brackets [x] [1]",
    "[a link](https://example.org/@smith2024)": "a link",
    "[@smith2024](https://example.org/)": "@smith2024",
    r"\[@smith2024]": "[@smith2024]",
    "`[@smith2024]` and `\\bibliography`": "[@smith2024] and \\bibliography",
    "``a ` [@smith2024]``": "a ` [@smith2024]",
}
CODE = """# Code

```
[@smith2024] \\bibliography \\full_bibliography
```

~~~python
x[@smith2024]
~~~

    [@smith2024] \\bibliography

- An item

    ```
    [@smith2024] \\bibliography
    ```

!!! note

    ```
    [@smith2024] \\bibliography
    ```

    And [@smith2024].
"""
REFERENCES = """# References

First [@smith2024], then [@same1; @same2] and [@DBLP:conf/x/y+1.5; @unlisted; @nowhere].

## Cited

\\bibliography

The end.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    files = {f"case{n}.md": f"# Case\n\n{text}\n" for n, text in enumerate(CASES)}
    folder = tmp_path_factory.mktemp("prose")
    files |= {
        "code.md": CODE,
        "deep/references.md": REFERENCES,
        "all.md": "# All\n\n\\full_bibliography\n",
        "uncited.md": "# Nothing is cited\n\n\\bibliography\n\nThe end.\n",
        "list.md": LIST,
        "publications.bib": BIB,
    }
    return pages.build(folder, files)


def page(site: Built, name: str) -> Element:
    """The author's part of a page."""
    return pages.article(site.read(f"{name}/index.html"))


@pytest.mark.parametrize(("number", "source"), list(enumerate(CASES)))
def test_text_is_read_as(site: Built, number: int, source: str) -> None:
    (paragraph,) = page(site, f"case{number}").iter("p")
    assert pages.text(paragraph) == CASES[source]


def test_citation_leads_to_the_page_of_the_work(site: Built) -> None:
    number = list(CASES).index("[@smith2024; @Jones_2023]")
    links = pages.hrefs(page(site, f"case{number}"))
    assert links == ["../publications/smith2024/", "../publications/jones-2023/"]
    for link, title in zip(links, ("Alpha", "Beta"), strict=True):
        assert title in pages.text(page(site, link.removeprefix("../").removesuffix("/")))


def test_nothing_in_code_is_a_citation(site: Built) -> None:
    code = page(site, "code")
    commands = "[@smith2024] \\bibliography"
    assert [pages.text(e) for e in code.iter("pre")] == [
        commands + " \\full_bibliography",
        "x[@smith2024]",
        *[commands] * 3,
    ]
    assert [pages.text(e) for e in pages.classed(code, "hp-cite")] == ["Smith & Huang, 2024"]


def test_bibliography_lists_what_the_page_cites_by_author(site: Built) -> None:
    content = page(site, "deep/references")
    (listed,) = pages.classed(content, "hp-references")
    sentences = [pages.text(e).partition(" J.")[0] for e in listed.iter("li")]
    assert sentences == [
        "Huang, Y. (2018). Iota.",
        "Huang, Y. (2019). Theta.",
        "Huang, Y. (2020a). Eta.",
        "Huang, Y. (2020b). Zeta.",
        "Huang, Y. (2022). Gamma.",
        "Smith, A., & Huang, Y. (2024). Alpha.",
    ]
    text = pages.text(content)
    assert text.index("Cited") < text.index("Iota.") < text.index("The end.")
    assert "hpcite" not in text


def test_works_that_look_alike_have_letters_in_text_and_list(site: Built) -> None:
    links = [pages.text(e) for e in pages.classed(page(site, "deep/references"), "hp-cite")]
    assert links == [
        *("Smith & Huang, 2024", "Huang, 2020b", "Huang, 2020a"),
        *("Huang, 2022", "Huang, 2019", "Huang, 2018"),
    ]


def test_no_citation_is_a_link_to_nowhere(site: Built) -> None:
    cited = pages.classed(page(site, "deep/references"), "hp-cite")
    assert len(cited) == 6
    for link in cited:
        target = (link.get("href") or "").removeprefix("../../")
        assert (site.site_dir / target / "index.html").is_file(), pages.text(link)


def test_full_bibliography_lists_everything(site: Built) -> None:
    (listed,) = pages.classed(page(site, "all"), "hp-references")
    text = pages.text(listed)
    titles = ("Alpha", "Beta", "Gamma", "Zeta", "Eta", "Theta", "Iota", "Kappa")
    assert len(list(listed.iter("li"))) == len(titles)
    for title in titles:
        assert f" {title}." in text


def test_bibliography_of_a_page_that_cites_nothing_is_empty(site: Built) -> None:
    assert pages.text(page(site, "uncited")) == "Nothing is cited The end."


def test_unknown_key_is_reported_and_the_text_is_left_alone(make_site: Callable[..., Built]) -> None:
    text = "---\ntitle: T\n---\n# T\n\nKnown [@smith2024].\n\nNot [see @smith204; @smith2024] known.\n"
    built = make_site({"index.md": text, "list.md": LIST, "publications.bib": BIB}, strict=False)
    assert pages.warnings(built.log) == [
        "docs/index.md:8: the citation [@smith204] names no entry of the bibliography "
        "(write the key of an entry)"
    ]
    content = pages.text(pages.article(built.read("index.html")))
    assert "Known (Smith & Huang, 2024)." in content
    assert "Not [see @smith204; @smith2024] known." in content


def test_duplicate_key_does_not_end_the_build(make_site: Callable[..., Built]) -> None:
    twice = BIB + "@article{smith2024, title = {Other}, author = {Huang, Yuxiang}, year = {2021}}\n"
    files = {"index.md": "# T\n\n[@smith2024]\n", "list.md": LIST, "publications.bib": twice}
    built = make_site(files, strict=False)
    told = pages.warnings(built.log)
    line = BIB.count("\n") + 1
    assert [one.partition(": ")[0] for one in told] == [f"docs/publications.bib:{line}"]
    assert "smith2024" in told[0]
    assert "(Smith & Huang, 2024)" in pages.text(pages.article(built.read("index.html")))


def test_citations_need_no_pandoc(tmp_path: Path) -> None:
    files = {"index.md": "# T\n\n[@smith2024]\n", "list.md": LIST, "publications.bib": BIB}
    small_site(tmp_path, files)
    empty = tmp_path / "empty"
    empty.mkdir()
    env = {**ENV, "PATH": str(empty), "HOME": str(empty)}
    code, log = mkdocs("build", "--strict", cwd=tmp_path, env=env)
    assert code == 0, log
    built = Built(tmp_path, code, log)
    assert "(Smith & Huang, 2024)" in pages.text(pages.article(built.read("index.html")))


def test_our_registry_has_everything_that_mkdocs_bibtex_asks_of_one() -> None:
    names = ReferenceRegistry.__abstractmethods__
    assert names
    for name in names:
        theirs = inspect.signature(getattr(ReferenceRegistry, name))
        ours = inspect.signature(getattr(Registry, name))
        assert list(ours.parameters) == list(theirs.parameters), name
    assert {"bib_data", "footnote_format"} <= set(dir(Registry))
