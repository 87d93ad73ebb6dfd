"""README, guide and the other Markdown of the repository: links lead somewhere, snippets work."""

import os
import re
import shlex
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from mkdocs.__main__ import cli as mkdocs_cli
from mkdocs.utils.yaml import yaml_load

from cli import main as cli
from commands.shared import working_copy
from homepage.pages import settings
from homepage.people import people_file
from homepage.publications import venues
from support import FIRST_OWNER, ROOT, mkdocs, run, small_site, write
from support.pictures import picture
from support.repositories import GIT_ENV, commit, git

GUIDE = sorted((ROOT / "guide").glob("*.md"))
DOCS = [*sorted(ROOT.glob("*.md")), *GUIDE, *sorted((ROOT / ".github").glob("**/*.md"))]
NOW = [path for path in DOCS if path.name != "CHANGELOG.md"]  # which names what was there once
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.M | re.S)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
TASKS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
VARIABLES = {"ADDR", "ARGS", "ENGINE", "PORT", "PYTHON", "UPGRADE"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, language: str) -> list[str]:
    """The blocks of code in a language, without their indentation."""
    found = BLOCK.findall(path.read_text(encoding="utf-8"))
    return [re.sub(f"^{indent}", "", text, flags=re.M) for indent, of, text in found if of == language]


def every(language: str) -> list[tuple[Path, str]]:
    return [(path, text) for path in NOW for text in blocks(path, language)]


# -- links -------------------------------------------------------------------------


@cache
def anchors(path: Path) -> frozenset[str]:
    """The anchors that GitHub gives to the headings of a file."""
    text = BLOCK.sub("", path.read_text(encoding="utf-8"))
    found: list[str] = []
    for heading in re.findall(r"^#+ (.+)$", text, re.M):
        slug = re.sub(r"[^\w\- ]", "", LINK.sub("]", heading).lower()).replace(" ", "-")
        found.append(f"{slug}-{found.count(slug)}" if slug in found else slug)
    return frozenset(found)


def broken(path: Path) -> Iterator[str]:
    """Links to files or headings that do not exist."""
    for link in LINK.findall(CODE.sub("", BLOCK.sub("", path.read_text(encoding="utf-8")))):
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if "://" in link:
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield link


@pytest.mark.parametrize("path", DOCS, ids=name)
def test_links_lead_to_files_and_headings(path: Path) -> None:
    assert list(broken(path)) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.md": "[x](b.md#one-two) [x](b.md#no) [x](c.md) `[x](d.md)`\n\n```\n[x](e.md)\n```\n",
            "b.md": "# One, *two*\n",
        },
    )
    assert list(broken(tmp_path / "a.md")) == ["b.md#no", "c.md"]


def test_every_page_of_the_guide_is_in_its_index() -> None:
    index = (ROOT / "guide/README.md").read_text(encoding="utf-8")
    linked = re.findall(r"^\| \[.+?\]\((\S+)\)", index, re.M)
    assert sorted(linked) == [path.name for path in GUIDE if path.name != "README.md"]
    assert len(linked) > 10


def test_files_that_are_named_exist() -> None:
    named = {
        (name(path), found)
        for path in NOW
        for found in re.findall(
            r"`((?:hooks|tests|overrides|guide|\.github)/[\w./-]*)`", path.read_text()
        )
    }
    assert len(named) > 20
    assert [pair for pair in sorted(named) if not (ROOT / pair[1]).exists()] == []


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 150


def test_the_table_of_rooms_is_short_and_has_all() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = re.findall(r"^\|.*\|$", text.partition("\n## How to work")[0], re.M)
    rooms = [path for path in (ROOT / "hooks/homepage").iterdir() if (path / "__init__.py").is_file()]
    assert len(rooms) > 10
    assert len(table) <= 25
    assert {path.name for path in rooms} <= set(re.findall(r"`homepage/(\w+)/`", "\n".join(table)))


# -- commands ----------------------------------------------------------------------


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command of ours in the documentation: where, and its words."""
    for path in NOW:
        text = path.read_text(encoding="utf-8")
        lines = [line for block in blocks(path, "sh") for line in block.splitlines()]
        lines += CODE.findall(BLOCK.sub("", text))
        for line in lines:
            if re.match(r"\s*(?:\S*python3? |py )?(?:hooks/)?cli\.py |\s*(?:make|mkdocs) ", line):
                yield name(path), shlex.split(re.sub(r"\s[#…].*", "", line))


def parse(command: click.Command, words: list[str]) -> None:
    """Read words as options and arguments of a command, without calling it."""
    context = command.make_context(command.name, list(words), resilient_parsing=True)
    if isinstance(command, click.Group):
        called, below, rest = command.resolve_command(context, [*context._protected_args, *context.args])
        assert below, called
        parse(below, rest)
        return
    options = [[*parameter.opts, *parameter.secondary_opts] for parameter in command.params]
    known = {"--help"}.union(*options)
    assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, words


def test_commands_exist_with_their_options() -> None:
    found = list(commands())
    assert {words[0] for _, words in found} >= {"make", "mkdocs", ".venv/bin/python", "python3"}
    for _, words in found:
        if words[0] == "make":
            given = [word.partition("=") for word in words[1:] if word.isascii()]
            assert {word for word, equals, _ in given if equals} <= VARIABLES, words
            assert {word for word, equals, _ in given if not equals} <= TASKS, words
        elif words[0] == "mkdocs":
            parse(mkdocs_cli, words[1:])
        else:
            start = next(n for n, word in enumerate(words) if word.endswith("cli.py")) + 1
            parse(cli, words[start:])


@FIRST_OWNER
def test_the_quick_start_works_in_its_order(tmp_path: Path) -> None:
    """The packages are here already: a stand-in for make links them, and notes what it is called for."""
    text = next(block for block in blocks(ROOT / "README.md", "sh") if block.startswith("git clone"))
    assert len(text.splitlines()) <= 10
    copy, remote = tmp_path / "copy", tmp_path / "remote.git"
    working_copy.copy(ROOT, working_copy.files(ROOT), copy)
    git(copy, "init", "--quiet", "--initial-branch=main")
    commit(copy)
    git(tmp_path, "clone", "--quiet", "--bare", copy, remote)
    python = f"printf '#!/bin/sh\\nexec {sys.executable} \"$@\"\\n' > .venv/bin/python"
    make = (
        '#!/bin/sh\necho "make $1"\n[ "$1" = build ] || exit 0\n'
        f"mkdir -p .venv/bin\n{python}\nchmod +x .venv/bin/python\n"
    )
    write(tmp_path / "bin", {"make": make, "answers": "Ann Other\n" + "\n" * 9})
    (tmp_path / "bin/make").chmod(0o755)
    script = text.replace("https://github.com/NAME/REPOSITORY", shlex.quote(str(remote)))
    script = re.sub(r"(cli\.py new).*", rf"\1 < {shlex.quote(str(tmp_path / 'bin/answers'))}", script)
    env = {**GIT_ENV, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{GIT_ENV['PATH']}"}
    code, output = run("sh", "-ec", script, cwd=tmp_path, env=env)
    assert code == 0, output
    assert re.findall(r"^make .*", output, re.M) == ["make build", "make serve", "make publish"]
    assert git(remote, "log", "-1", "--format=%s").strip() == "Start my homepage"
    assert "site_author: Ann Other" in git(remote, "show", "main:mkdocs.yml")


# -- snippets ----------------------------------------------------------------------


def test_yaml_is_as_it_is_read() -> None:
    found = [(path, yaml_load(text.strip("-\n")), text) for path, text in every("yaml")]
    assert len(found) > 10
    for path, values, text in found:
        assert isinstance(values, dict), text
        homepage = values.get("extra", {}).get("homepage")
        assert settings.load(homepage, text, name(path))[1] == []
        for entry in values.get("nav", []):
            (page,) = entry.values()
            assert (ROOT / "docs" / page).is_file(), page


def test_snippets_make_a_site_without_a_warning(tmp_path: Path) -> None:
    guide = ROOT / "guide"
    people, colm = blocks(guide / "publications.md", "yaml")[:2]
    assert people_file.load(people, "people.yml")[0][0].also == ("J. M. Doe", "Jane Miller")
    assert list(venues.load(colm, "venues.yml")[0]) == ["colm", "colm 2024"]
    (entry,) = blocks(guide / "publications.md", "bibtex")
    caption, news = blocks(guide / "pages.md", "markdown")
    written = [caption] + [
        text for page in ("lists", "pictures") for text in blocks(guide / f"{page}.md", "markdown")
    ]
    files: dict[str, str | bytes] = {
        "index.md": "# Home\n\n" + "\n".join(written),
        "news.md": f"# News\n\n{news}",
        "people.yml": people + "Yuxiang Huang: https://example.org/\n",
        "venues.yml": colm,
        "publications.bib": entry,
        **{name: picture(9, 9) for name in ("robots.png", "cover.jpg", "map.png", "img/group.jpg")},
    }
    small_site(tmp_path, files)
    code, output = mkdocs("build", "--strict", cwd=tmp_path)
    assert code == 0, output
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert (tmp_path / "site/publications/doe-2024a/index.html").is_file()
    for part in ("A paper is accepted", "Three robots", "hp-timeline", "hp-profile", "<figcaption>"):
        assert part in home
