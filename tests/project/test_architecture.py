"""Imports go down between rooms and through their faces; nothing in `homepage/` knows MkDocs."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from support import ROOT

HOOKS = ROOT / "hooks"
MODULES = sorted(HOOKS.rglob("*.py"))
# Lowest first: a room imports from those before it only. What is in none needs no packages.
ROOMS = (
    "model common bibtex tex people publications formats citing lists news pictures pages web"
).split()
COMMON = {"homepage.messages", "homepage.invisible_characters"}
ENGINES = {"mkdocs", "properdocs", "material", "mkdocs_bibtex", "pybtex"}
LONGEST = 250  # lines


def name(path: Path) -> str:
    """`homepage.tex.maths` for a file of it."""
    return ".".join(path.relative_to(HOOKS).with_suffix("").parts).removesuffix(".__init__")


NAMES = {name(path) for path in MODULES}


def room(module: str) -> str:
    """`homepage.tex`, `commands.add`, `adapter`: what a module is in, or itself where it is in none."""
    parts = module.split(".")
    if parts[0] == "homepage" and len(parts) > 1 and parts[1] in ROOMS:
        return f"homepage.{parts[1]}"
    if parts[0] == "commands" and len(parts) > 1 and (HOOKS / "commands" / parts[1]).is_dir():
        return f"commands.{parts[1]}"
    return "adapter" if parts[0] == "adapter" else module


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """What a file imports anywhere: the module that is named, and what is taken from it."""
    package = name(path).split(".")[: None if path.stem == "__init__" else -1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *filter(None, [node.module])])
            yield from ((module, alias.name) for alias in node.names)


def targets(path: Path) -> set[str]:
    """The modules of ours that a file imports."""
    found = {f"{module}.{taken}" if f"{module}.{taken}" in NAMES else module
             for module, taken in imports(path)}  # fmt: skip
    return found & NAMES


def rank(module: str) -> int:
    """Higher is further from the core."""
    parts = module.split(".")
    if parts[0] == "homepage":
        return (
            ROOMS.index(parts[1]) if parts[1:2] and parts[1] in ROOMS else -1 - (parts[-1] != "messages")
        )
    if parts[0] == "commands":
        shared = parts[1:2] == ["shared"]
        return 101 if shared else 102
    return {"adapter": 100}.get(parts[0], 103)


def test_there_are_rooms_to_look_at() -> None:
    assert len(MODULES) > 150
    assert sum(len(targets(path)) for path in MODULES) > 400
    folders = {path.name for path in (HOOKS / "homepage").iterdir() if path.is_dir()} - {"__pycache__"}
    assert folders == set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_go_down_and_through_faces(path: Path) -> None:
    here = room(name(path))
    for module, taken in imports(path):
        if module not in NAMES:
            assert module.split(".")[0] not in {"homepage", "adapter", "commands"}, f"no module {module}"
            continue
        there = room(module)
        if there == here:
            continue
        assert rank(there) < rank(here), f"{module} is above"
        if there.startswith("homepage.") and there not in COMMON:
            assert module == there, f"take it from the face of {there}"
            face = (HOOKS / there.replace(".", "/") / "__init__.py").read_text(encoding="utf-8")
            assert f'"{taken}"' in face, f"the face of {there} does not hand on {taken}"


def test_imports_make_no_circle() -> None:
    graph = {name(path): targets(path) - {name(path)} for path in MODULES if path.stem != "__init__"}
    assert set(TopologicalSorter(graph).static_order()) >= graph.keys()


@pytest.mark.parametrize("path", [p for p in MODULES if "homepage" in p.parts], ids=name)
def test_the_core_knows_no_mkdocs(path: Path) -> None:
    assert not {module.split(".")[0] for module, _ in imports(path)} & ENGINES


def test_faces_say_what_a_room_is_for_and_hand_on_what_others_use() -> None:
    used = {(module, taken) for path in MODULES for module, taken in imports(path) if module in NAMES}
    for each in ROOMS:
        path = HOOKS / "homepage" / each / "__init__.py"
        tree = ast.parse(path.read_text(encoding="utf-8"))
        told = ast.get_docstring(tree) or ""
        assert "come" in told, each
        (names,) = [ast.literal_eval(n.value) for n in tree.body if isinstance(n, ast.Assign)]
        assert [n for n in names if (f"homepage.{each}", n) not in used] == [], (
            f"nobody uses these of {each}"
        )


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_can_be_read_at_once(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
