"""What visitors pay for a page, on a phone and for the first time: `make bench` runs it.

Sizes are in kB (1,000 bytes) as sent, compressed by gzip and with headers. Blocked is the time that
scripts keep the page from answering, on a processor made four times slower than this one.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml
from playwright.sync_api import Browser

from support import ROOT, browser, mkdocs, weight
from support.weight import Cost, Site

SLOWDOWN = 4
OWN = ("/", "/publications/", "/news/")  # as far as the owner has them
COLUMNS = ("HTML", "CSS", "scripts", "pictures", "other")


@contextmanager
def served(folder: Path) -> Iterator[dict[str, tuple[Site, str]]]:
    """Serve this repository's site and a made one: the site and path of each page to look at."""
    returncode, log = mkdocs("build", "--site-dir", folder / "own", cwd=ROOT)
    assert returncode == 0, log
    made = weight.build_site(folder / "made")
    there = [path for path in OWN if (folder / "own" / path[1:]).is_dir()]
    with weight.compressed(folder / "own") as own, weight.compressed(made) as site:
        pages = {f"this site: {path}": (own, path) for path in there}
        yield pages | {page: (site, path) for page, path in weight.PAGES.items()}


def bare(folder: Path, site: Path) -> Path:
    """The site with the same content that Material makes without us."""
    for path in weight.PAGES.values():
        source = site / path[1:] / "index.html"
        if source.is_file():
            html = source.read_text(encoding="utf-8")
            content = re.search(r"<article[^>]*>(.*)</article>", html, re.S)
            assert content
            page = folder / "docs" / f"{path.strip('/') or 'index'}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"<div>\n{content[1]}\n</div>\n", encoding="utf-8")
    theme = {"name": "material", "font": False}
    config = {"site_name": "Bare", "site_url": "https://example.org/", "theme": theme}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    returncode, log = mkdocs("build", cwd=folder)
    assert returncode == 0, log
    return folder / "site"


def steps(chromium: Browser, site: Site, path: str) -> tuple[Cost, Cost, Cost]:
    """What a page costs when it is there, when it was scrolled, and with the search open."""
    with weight.visit(chromium, site, path, slowdown=SLOWDOWN) as visit:
        first = visit.cost()
        visit.scroll()
        scrolled = visit.cost()
        visit.open_search()
        return first, scrolled, visit.cost()


def table(title: str, costs: dict[str, Cost]) -> None:
    """Print a table in Markdown."""
    print(f"\n{title}\n")
    print(f"| page | {' | '.join(COLUMNS)} | total | requests | layout shift | blocked |")
    print("| --- |" + " ---: |" * (len(COLUMNS) + 4))
    for name, cost in costs.items():
        sizes = [*(cost.bytes[column] for column in COLUMNS), cost.bytes.total()]
        print(
            f"| {name} | {' | '.join(f'{size / 1_000:.1f}' for size in sizes)} "
            f"| {cost.requests} | {cost.shift:.3f} | {cost.blocked:.0f} ms |"
        )


def main() -> None:
    """Print four tables in Markdown."""
    with tempfile.TemporaryDirectory() as name, browser.started() as chromium:
        folder = Path(name)
        with served(folder) as pages:
            found = {page: steps(chromium, *where) for page, where in pages.items()}
        for place, title in enumerate(("First view", "After the first scroll", "With the search open")):
            table(title, {page: costs[place] for page, costs in found.items()})
        with weight.compressed(bare(folder / "bare", folder / "made/site")) as site:
            alone = {page: steps(chromium, site, path)[0] for page, path in weight.PAGES.items()}
        table("First view of the same content with Material alone", alone)


if __name__ == "__main__":
    main()
