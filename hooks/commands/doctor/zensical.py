"""Zensical, Material's successor: is it installed, or does something build the site with it?

It reads mkdocs.yml but ignores `hooks:` without a message (guide/other-engines.md), so a site built by
it has no publication list, news, feeds or profile. What builds the published site is a problem. A
package that is only installed or required is advice: nothing is lost until somebody calls it.
"""

from __future__ import annotations

import re
from pathlib import Path

from commands.shared.findings import Finding, advice, ok, problem

# Files of services that build or publish a site, and of tools that they call.
_BUILDERS = (
    ".github/workflows/*.y*ml", ".github/actions/**/*.y*ml", ".forgejo/workflows/*.y*ml",
    ".gitea/workflows/*.y*ml", ".gitlab-ci.y*ml", ".gitlab/**/*.y*ml", ".circleci/*.y*ml",
    ".woodpecker*.y*ml", ".woodpecker/*.y*ml", ".travis.yml", ".builds/*.yml", ".cirrus.yml",
    "azure-pipelines.y*ml", "bitbucket-pipelines.yml", "netlify.toml", "vercel.json", "render.yaml",
    "wrangler.toml", "wrangler.json*", ".readthedocs.y*ml", ".ci/*", "Makefile", "Dockerfile",
    "Containerfile", "package.json", "justfile", "Taskfile.y*ml", "tox.ini", "noxfile.py",
    "zensical.toml",
)  # fmt: skip
_PACKAGES = (
    "*requirements*.in", "*requirements*.txt", "requirements/*", "pyproject.toml", "setup.cfg",
    "Pipfile", "Pipfile.lock", "poetry.lock", "uv.lock", "environment.y*ml",
)  # fmt: skip
# A word of its own: not `tests/longevity/zensical.py`, which compares the two.
_NAMED = re.compile(r"(?<![\w-])zensical(?![\w}]|\.py\b)", re.I)
_COMMENT = re.compile(r"(?:^|\s)#.*")
_LOSS = "it ignores hooks: without a message, so the site would lose its publication list"


def check(root: Path, version: str | None, engine: str) -> list[Finding]:
    """Report where Zensical is installed (`version`) or named in a folder; comments do not count."""
    hint = f"build with {engine}, and see guide/other-engines.md"
    found = [
        grade(f"Zensical is {what} here: {_LOSS}", f"remove it; {hint}", place)
        for grade, what, patterns in ((problem, "used", _BUILDERS), (advice, "required", _PACKAGES))
        for place in _places(root, patterns)
    ]
    if version:
        found.append(advice(f"Zensical {version} is installed: {_LOSS}", f"uninstall it; {hint}"))
    return found or [ok("nothing builds the site with Zensical")]


def _places(root: Path, patterns: tuple[str, ...]) -> list[str]:
    """Return the first line of each file that names Zensical, as `path:line`, and its own settings."""
    found = []
    for path in sorted({path for pattern in patterns for path in root.glob(pattern) if path.is_file()}):
        name = path.relative_to(root).as_posix()
        lines = [_COMMENT.sub("", line) for line in path.read_text("utf-8", "replace").splitlines()]
        if name == "zensical.toml":
            found.append(name)
        elif numbers := [number for number, line in enumerate(lines, 1) if _NAMED.search(line)]:
            found.append(f"{name}:{numbers[0]}")
    return found
