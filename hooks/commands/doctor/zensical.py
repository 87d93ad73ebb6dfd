"""Zensical, Material's successor: is it installed, or does something build the site with it?

It reads mkdocs.yml but ignores `hooks:` without a message (guide/other-engines.md), so a site built by
it has no publication list, news, feeds or profile. What builds the published site is a problem. A
package that is only installed or required is advice: nothing is lost until somebody calls it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from commands.shared.findings import Finding, advice, ok, problem

# Files of services that build or publish a site, and of tools that they call.
BUILDERS = (
    ".github/workflows/*.y*ml", ".github/actions/**/*.y*ml", ".forgejo/workflows/*.y*ml",
    ".gitea/workflows/*.y*ml", ".gitlab-ci.y*ml", ".gitlab/**/*.y*ml", ".circleci/*.y*ml",
    ".woodpecker*.y*ml", ".woodpecker/*.y*ml", ".travis.yml", ".builds/*.yml", ".cirrus.yml",
    "azure-pipelines.y*ml", "bitbucket-pipelines.yml", "netlify.toml", "vercel.json", "render.yaml",
    "wrangler.toml", "wrangler.json*", ".readthedocs.y*ml", ".ci/*", "Makefile", "Dockerfile",
    "Containerfile", "package.json", "justfile", "Taskfile.y*ml", "tox.ini", "noxfile.py",
    "zensical.toml",
)  # fmt: skip
PACKAGES = (
    "*requirements*.in", "*requirements*.txt", "requirements/*", "pyproject.toml", "setup.cfg",
    "Pipfile", "Pipfile.lock", "poetry.lock", "uv.lock", "environment.y*ml",
)  # fmt: skip
# A word of its own: not `tests/longevity/zensical.py`, which compares the two.
_NAMED = re.compile(r"(?<![\w-])zensical(?![\w}]|\.py\b)", re.I)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_LOSS = "it ignores hooks: without a message, so the site would lose its publication list"


def read(root: Path, patterns: tuple[str, ...]) -> dict[str, str]:
    """The text of the files in a folder that patterns name, by path."""
    found = sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()})
    return {path.relative_to(root).as_posix(): path.read_text("utf-8", "replace") for path in found}


def check(
    version: str | None, builders: Mapping[str, str], packages: Mapping[str, str], engine: str
) -> list[Finding]:
    """Where Zensical is installed (`version`) or named; comments in files do not count."""
    hint = f"build with {engine}, and see guide/other-engines.md"
    found = [
        problem(f"Zensical is used here: {_LOSS}", f"remove it; {hint}", place)
        for place in _places(builders)
    ]
    found += [
        advice(f"Zensical is required here: {_LOSS}", f"remove it; {hint}", place)
        for place in _places(packages)
    ]
    if version:
        found.append(advice(f"Zensical {version} is installed: {_LOSS}", f"uninstall it; {hint}"))
    return found or [ok("nothing builds the site with Zensical")]


def _places(files: Mapping[str, str]) -> list[str]:
    """The first line of each file that names Zensical, as `path:line`, and its own settings."""
    found = []
    for path, text in files.items():
        if path == "zensical.toml":
            found.append(path)
            continue
        lines = (_COMMENT.sub("", line) for line in text.splitlines())
        numbers = [number for number, line in enumerate(lines, 1) if _NAMED.search(line)]
        found += [f"{path}:{number}" for number in numbers[:1]]
    return found
