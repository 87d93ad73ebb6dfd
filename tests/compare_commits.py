"""Do two commits build the same sites? `python tests/compare_commits.py OLD NEW [wake.js=lazy.js …]`.

Both build this site, what `import` makes of each site in tests/sites/, and a generated one of 200
works; every file is compared byte by byte. Files that were renamed in between are given as pairs.
The exit code is 0 if all are the same.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from support import write  # noqa: E402
from support.generate import bibliography  # noqa: E402
from support.old_sites import ACADEMICPAGES, AL_FOLIO, HUGOBLOX  # noqa: E402

OLD_SITES = {"al-folio": AL_FOLIO, "hugoblox": HUGOBLOX, "academicpages": ACADEMICPAGES}
ENV = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1764000000"}


def call(*command: str | Path, cwd: Path) -> None:
    """Run a command, which must succeed."""
    done = subprocess.run(command, cwd=cwd, env=ENV, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")


def built(commit: str, content: Path, work: Path) -> Path:
    """Build all sites by the code of a commit; gives the folder with a folder for each."""
    code, out = work / "code", work / "out"
    code.mkdir(parents=True)
    archive = work / "code.tar"
    call("git", "archive", "--output", archive, commit, cwd=ROOT)
    call("tar", "-xf", archive, "-C", code, cwd=work)
    for name in ("docs", "mkdocs.yml"):  # the content is that of HEAD for both
        call("rm", "-rf", code / name, cwd=work)
        call("cp", "-r", content / name, code / name, cwd=work)
    build = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir")
    call(*build, out / "own", cwd=code)

    cli = (sys.executable, code / "hooks/cli.py")
    made = work / "new"
    call(*cli, "new", made, "--name", "Jane Doe", "--yes", cwd=code)
    for system, files in OLD_SITES.items():
        old, site = work / system, work / f"site-{system}"
        write(old, files)
        call("cp", "-r", made, site, cwd=work)
        call(*cli, "import", system, old, "--to", site, "--name", "Jane Doe", "--yes", cwd=code)
        call(*build, out / system / "site", cwd=site)
        call("cp", "-r", site / "docs", out / system / "docs", cwd=work)

    call("rm", "-rf", made / "docs", cwd=work)
    lists = "# Home\n\n<!-- publications {group: year, statistics: true} -->\n\n<!-- news -->\n"
    write(made / "docs", {"index.md": lists, "publications.bib": bibliography(200),
                          "news.md": "# News\n\n## 2024-05-01 One\n\nSee [@key1].\n"})  # fmt: skip
    settings = (made / "mkdocs.yml").read_text(encoding="utf-8")
    nav = settings.index("nav:")
    write(made, {"mkdocs.yml": settings[:nav] + settings[settings.index("\n\n", nav) :]})
    call(*build, out / "generated", cwd=made)
    return out


def files(folder: Path, renamed: dict[str, str]) -> dict[str, bytes]:
    """All files below a folder, with these names replaced in their paths and texts."""

    def replaced(text: bytes) -> bytes:
        for old, new in renamed.items():
            text = text.replace(old.encode(), new.encode())
        return text

    paths = (path for path in folder.rglob("*") if path.is_file())
    named = {replaced(bytes(path.relative_to(folder))).decode(): path for path in paths}
    return {name: replaced(path.read_bytes()) for name, path in named.items()}


def main() -> None:
    """Compare, and say what differs."""
    old, new, *pairs = sys.argv[1:]
    renamed = dict(pair.split("=") for pair in pairs)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        one, other = (files(built(c, ROOT, work / c.replace("/", "-")), renamed) for c in (old, new))
        assert len(one) > 500, "there is something to compare"
        differ = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    sys.stdout.write("\n".join([*differ, f"{len(one)} files, {len(differ)} of them differ"]) + "\n")
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
