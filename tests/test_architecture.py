"""Imports point one way, and the core knows nothing of MkDocs."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from support import ROOT

HOOKS = ROOT / "hooks"
MODULES = sorted(path for path in HOOKS.rglob("*.py") if path.stem != "__init__")
EDGE = {"site_events", "mkdocs_publish", "mkdocs_build", "mkdocs_adapter", "mkdocs_texts", "settings"}
EDGE |= {"surroundings"}
PACKAGES = {path.parent.name for path in HOOKS.rglob("__init__.py")}
# From the top: a module imports from its own line and from those below. Others have no fixed place.
LAYERS = [
    ["site_events", "cli"],
    ["doctor", "add", "moving_in"],
    ["check", "export", "new", "upgrade", "first_aid", "mkdocs_publish"],
    ["surroundings", "template", "site_files", "working_copy", "mkdocs_build"],
    ["alfolio", "academicpages", "hugoblox"],
    ["jekyll", "hugo_works", "hugo_pages"],
    ["new_home"],
    ["page_drafts"],
    ["old_addresses", "liquid", "shortcodes"],
    ["old_markdown", "harmless", "telltales"],
    ["moved"],
    ["staying", "allowed"],
    ["mkdocs_adapter", "repository"],
    ["settings", "ownership"],
    ["machines", "pages"],
    ["site", "markdown_ext", "cards", "discovery"],
    ["head"],
    ["fragments", "likeness"],
    ["planning"],
    ["site_options", "jsonld", "history", "publishing", "selection", "groups"],
    ["starter"],
    ["collection", "prose", "feeds", "papers", "totals", "directives", "icons", "portrait"],
    ["paper", "withheld", "page_meta", "slow_markdown"],
    [
        "publications",
        "versions",
        "news",
        "render",
        "csl",
        "aliases",
        "redirects",
        "page_meta",
        "related",
        "options",
    ],
    ["keys", "layout", "insertion", "tidying"],
    ["record", "citation", "formats"],
    ["people", "identity", "dates", "monogram"],
    ["names"],
    ["latex", "marks"],
    ["tex_writer"],
    ["model"],
    ["bibtex"],
    ["site_settings"],
    ["owner", "yaml_edits"],
    ["kinds"],
    ["entries"],
    ["fetching", "csl_cost", "svg"],
    ["bibtex_values", "encoding", "maths", "sources"],
    ["engine", "errors", "git", "identifiers", "name_lists", "tex_tokens", "tex_tables", "findings"],
]
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}


def imported(path: Path) -> set[str]:
    """What a module imports anywhere: `.names` of our packages, `mkdocs` of others."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if not node.level and module.split(".")[0] not in PACKAGES:
                found.add(module)
            elif (last := module.rpartition(".")[2]) and last not in PACKAGES:
                found.add(f".{last}")
            else:
                found |= {f".{alias.name}" for alias in node.names}
    return found


GRAPH = {path.stem: {n[1:] for n in imported(path) if n[0] == "."} for path in MODULES}


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 20
    assert len(GRAPH) == len(MODULES), "two modules of one name"
    assert sum(map(len, GRAPH.values())) > 40
    assert RANK.keys() | EDGE <= GRAPH.keys(), "a module was renamed: give it its place here"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_the_edge_imports_mkdocs(path: Path) -> None:
    packages = {name.split(".")[0] for name in imported(path) if name[0] != "."}
    edge = {"mkdocs", "properdocs", "material", "mkdocs_bibtex", "pybtex"}
    assert path.stem in EDGE or not packages & edge


def test_imports_make_no_circle() -> None:
    assert set(TopologicalSorter(GRAPH).static_order()) >= GRAPH.keys()


@pytest.mark.parametrize("name", RANK)
def test_no_module_imports_from_above(name: str) -> None:
    assert [other for other in GRAPH[name] if RANK.get(other, 99) < RANK[name]] == []
