"""Benchmarks of reading and building: `make bench`. Times are of this machine, ratios travel.

Every number is of the best of several runs in fresh processes, in seconds of processor time, so that
a busy machine disturbs little. Builds are timed with all imports, reading without.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from support import ENV, ROOT, small_site
from support.generate import bibliography
from support.pictures import picture

SIZES = (5, 100, 1_000, 5_000, 10_000)
BUILT_SIZES = (5, 1_000, 5_000)
PHOTO_SIZES = (5, 400)
CHILD = """
import resource, sys, time
start = time.process_time()
{work}
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
OURS = f"""
sys.path.insert(0, {str(ROOT / "hooks")!r})
import latex2mathml.converter  # else imported with the first formula
from homepage.publications.collection import Source, read
start = time.process_time()
data = open({{path!r}}, "rb").read()
found = read([Source("b.bib", data)], None, "Yuxiang Huang", lambda name: name, True)
assert len(found.every) == {{size}}, len(found.every)
"""
PYBTEX = """
from pybtex.backends.markdown import Backend
from pybtex.database import parse_file
from pybtex.style.formatting.plain import Style
start = time.process_time()
entries = parse_file({path!r}).entries
style, backend = Style(), Backend()
assert len([style.format_entry("", e).text.render(backend) for e in entries.values()]) == {size}
"""
BUILD = """
from mkdocs.commands.build import build
from mkdocs.config import load_config
build(load_config({path!r}))
"""
REBUILD = """
from mkdocs.commands.build import build
from mkdocs.config import load_config
build(load_config({path!r}))
start = time.process_time()
build(load_config({path!r}))
"""


def best(work: str, runs: int = 3) -> tuple[float, float]:
    """Seconds and megabytes at the peak: the least of some runs in fresh processes."""
    results = []
    for _ in range(runs):
        done = subprocess.run(
            [sys.executable, "-c", CHILD.format(work=work)],
            env=ENV,
            capture_output=True,
            text=True,
            check=True,
        )
        results.append([float(part) for part in done.stdout.split()[-2:]])
    return min(r[0] for r in results), min(r[1] for r in results)


def ours(folder: Path, size: int, *, paper_pages: bool = True, photos: int = 0) -> str:
    """The configuration of a site of ours with one list of everything, and a page of photos."""
    folder.mkdir()
    page = "# Publications\n\n<!-- publications {group: year} -->\n"
    docs: dict[str, str | bytes] = {"publications.md": page, "publications.bib": bibliography(size)}
    docs |= {f"{number}.jpg": picture(1200, 800, "JPEG") for number in range(photos)}
    docs["photos.md"] = "# Photos\n" + "".join(f"\n![Photo {n}]({n}.jpg)\n" for n in range(photos))
    small_site(folder, docs, {"extra": {"homepage": {"paper_pages": paper_pages}}})
    return str(folder / "mkdocs.yml")


def theirs(folder: Path, size: int) -> str:
    """The configuration of a bare Material site whose list mkdocs-bibtex makes."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Publications\n\n\\full_bibliography\n")
    (docs / "b.bib").write_text(bibliography(size))
    plugin = {"bibtex": {"bib_file": "docs/b.bib", "bib_by_default": False}}
    config = {
        "site_name": "Bare",
        "theme": {"name": "material", "font": False},
        "plugins": ["search", plugin],
        "markdown_extensions": ["footnotes"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config))
    return str(folder / "mkdocs.yml")


def main() -> None:
    """Print three tables in Markdown."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("| entries | read and model | pybtex: parse and format | ratio | peak memory |")
        print("| ---: | ---: | ---: | ---: | ---: |")
        for size in SIZES:
            path = folder / f"{size}.bib"
            path.write_text(bibliography(size))
            mine, memory = best(OURS.format(path=str(path), size=size))
            pybtex = best(PYBTEX.format(path=str(path), size=size), runs=1)[0]
            print(f"| {size} | {mine:.2f} s | {pybtex:.2f} s | {pybtex / mine:.1f} | {memory:.0f} MB |")
        print("\n| entries | build | memory | without pages | again | mkdocs-bibtex: list | ratio |")
        print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for size in BUILT_SIZES:
            config = ours(folder / f"ours{size}", size)
            mine, memory = best(BUILD.format(path=config))
            again = best(REBUILD.format(path=config), runs=1)[0]
            bare = best(BUILD.format(path=ours(folder / f"bare{size}", size, paper_pages=False)))[0]
            other = best(BUILD.format(path=theirs(folder / f"theirs{size}", size)), runs=1)[0]
            print(
                f"| {size} | {mine:.2f} s | {memory:.0f} MB | {bare:.2f} s | {again:.2f} s "
                f"| {other:.2f} s | {other / mine:.1f} |"
            )
        print("\n| entries | build again | with 60 photos | ratio |")
        print("| ---: | ---: | ---: | ---: |")
        for size in PHOTO_SIZES:
            plain, photos = (
                best(REBUILD.format(path=ours(folder / f"photos{size}-{n}", size, photos=n)), runs=2)[0]
                for n in (0, 60)
            )
            print(f"| {size} | {plain:.2f} s | {photos:.2f} s | {photos / plain:.1f} |")


if __name__ == "__main__":
    main()
