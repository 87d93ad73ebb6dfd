"""Shows the result of an import: what matters most on the screen, all of it in import-report.md."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from commands.shared.findings import Finding
from homepage.messages import one_line
from homepage.model import Problem

from .left_behind import NOTHING_TO_DO

REPORT = "import-report.md"
_LOSS = re.compile(r"not imported|removed|is not in the old site|not valid (?:YAML|TOML|JSON)")
_SEVERITIES = ("error", "warning", "advice", "note")
_WIDTH = 200  # characters of a line on the screen
_MOST_LOSSES, _MOST_CHANGES, _MOST_STOPS = 5, 2, 4  # lines on the screen


def screen(problems: Sequence[Problem], stops: Sequence[Finding]) -> Iterator[str]:
    """Yield lines: losses of content, what to look at, the template, what stops publishing."""
    losses, changes, template = _sorted(problems)
    for heading, found, most in (
        ("Not imported (paths are those of the old site):", losses, _MOST_LOSSES),
        ("Changed, or to be looked at:", changes, _MOST_CHANGES),
    ):
        if found:
            yield heading
            yield from _first(found, most)
    for each in template:
        what = each.message.partition(":")[0]
        yield f"{what[:1].upper()}{what[1:]}."
    if stops:
        things = "1 thing stops" if len(stops) == 1 else f"{len(stops)} things stop"
        yield f"{things} make publish:"
        shown = stops if len(stops) <= _MOST_STOPS else stops[: _MOST_STOPS - 1]
        yield from (_short(f"  {_line(stop)}") for stop in shown)
        if len(shown) < len(stops):
            yield f"  … and {len(stops) - len(shown)} more"
    else:
        yield "Nothing stops make publish."


def write(folder: Path, system: str, problems: Sequence[Problem], stops: Sequence[Finding]) -> None:
    """Write the whole report beside mkdocs.yml; it is for the owner, so git ignores it."""
    losses, changes, template = _sorted(problems)
    parts = {
        "What stops `make publish`": map(_line, stops),
        "Not imported": (p.line_for_people() for p in losses),
        "Changed, or to be looked at": (p.line_for_people() for p in changes),
        "Of the template and its theme": (p.line_for_people() for p in template),
    }
    text = (
        f"# Import from {system}\n\nPaths are those of the old site, except of what stops publishing.\n"
    )
    for title, lines in parts.items():
        listed = "\n".join(f"- {line}" for line in lines)
        text += f"\n## {title}\n\n{listed or 'Nothing.'}\n"
    (folder / REPORT).write_text(text, encoding="utf-8")


def _sorted(problems: Iterable[Problem]) -> tuple[list[Problem], list[Problem], list[Problem]]:
    """Return losses of content, what to look at, and files of the template; grave ones first."""
    ordered = sorted(set(problems), key=lambda p: (_SEVERITIES.index(p.severity), p))
    template = [p for p in ordered if p.hint == NOTHING_TO_DO]
    others = [p for p in ordered if p.hint != NOTHING_TO_DO]
    losses = [p for p in others if _LOSS.search(p.message)]
    return losses, [p for p in others if not _LOSS.search(p.message)], template


def _first(problems: Iterable[Problem], most: int) -> Iterator[str]:
    """Yield the first of each kind, with how many there are."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(re.sub(r"'[^']*'|:.*|\d+", "", problem.message), []).append(problem)
    for several in [*kinds.values()][:most]:
        more = f" (and {len(several) - 1} more like this)" if several[1:] else ""
        yield _short(f"  {several[0].line_for_people()}", more)
    if left := sum(map(len, [*kinds.values()][most:])):
        yield f"  … and {left} more"


def _short(line: str, more: str = "") -> str:
    room = _WIDTH - len(more)
    return (line if len(line) <= room else f"{line[: room - 2]} …") + more


def _line(stop: Finding) -> str:
    return one_line(f"{stop.place}: {stop.message} ({stop.remedy})".removeprefix(": "))
