"""What visitors pay: how much a first view weighs, and that nothing moves while a page comes."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from support import FIRST_OWNER, ROOT, weight, write
from support.weight import DESKTOP, PAGES, PHONE, Site, compressed, visit

# Bytes over the wire (gzip, headers too) of a first view, with all that the page fetches when idle.
HOME, LIST_OF_100 = 60_000, 90_000
# Cumulative layout shift: so little is below what anybody sees.
SHIFT = 0.01
# A slow processor shows a page while the rest of it is still being read: what moves then is seen.
SLOWDOWN = 8


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with every kind of page and a list of 100 publications."""
    with compressed(weight.build_site(tmp_path_factory.mktemp("weight"))) as served:
        yield served


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("page", PAGES)
def test_first_view_moves_nothing_and_asks_nobody_else(
    browser: Browser, site: Site, page: str, width: int
) -> None:
    with visit(browser, site, PAGES[page], width, SLOWDOWN) as seen:
        cost = seen.cost()
    assert cost.shift < SHIFT
    assert cost.foreign == []
    assert cost.requests >= 3
    assert cost.bytes["HTML"] > 2_000
    assert cost.bytes["CSS"] > 5_000


@pytest.mark.parametrize(("page", "limit"), [("home", HOME), ("list of 100", LIST_OF_100)])
def test_first_view_is_light(browser: Browser, site: Site, page: str, limit: int) -> None:
    with visit(browser, site, PAGES[page]) as seen:
        cost = seen.cost()
        expected = 100 if page == "list of 100" else 3
        assert seen.page.locator(".hp-pub").count() == expected
    assert cost.bytes["HTML"] > 2_000
    assert cost.bytes["CSS"] > 5_000
    assert cost.bytes.total() <= limit, cost.bytes


@FIRST_OWNER
def test_own_home_is_light(browser: Browser, built_site: Path) -> None:
    with compressed(built_site) as own, visit(browser, own, "/") as seen:
        cost = seen.cost()
    assert cost.bytes["HTML"] > 2_000
    assert cost.bytes["CSS"] > 5_000
    assert cost.bytes.total() <= HOME, cost.bytes


# -- the measuring itself ------------------------------------------------------


def test_browser_and_server_count_the_same(browser: Browser, site: Site) -> None:
    before = len(site.sent)
    with visit(browser, site, PAGES["home"]) as seen:
        seen.open_search()
        seen.cost()
        asked = [(urlsplit(request.url).path, request.sizes()) for request in seen.asked]
    sent = {(answer.path, answer.size) for answer in site.sent[before:]}
    assert {path for path, _ in asked} == {path for path, _ in sent}
    # The browser counts nothing for the script of a worker, and for what its cache has.
    counted = {
        (path, sizes["responseHeadersSize"] + sizes["responseBodySize"])
        for path, sizes in asked
        if sizes["responseBodySize"] > 0
    }
    assert len(counted) >= 5
    assert counted <= sent


LOREM = "<p>Some text that stands below.</p>" * 5
MOVING = f"""<!doctype html><title>Moves</title><meta name=viewport content=width=device-width>
<link rel=icon href=data:,>
<div id=top></div>{LOREM}
<script>
setTimeout(() => {{ document.getElementById("top").style.height = "200px" }}, 1_000)
setTimeout(() => {{ for (const end = Date.now() + 200; Date.now() < end;); }}, 1_500)
fetch("data.json"), fetch("http://127.0.0.1:1/").catch(() => {{}})
new Worker("worker.js")
</script>"""


def test_everything_is_seen(browser: Browser, tmp_path: Path) -> None:
    files = {
        "index.html": MOVING,
        "worker.js": 'fetch("late.json")',
        "data.json": "[1]",
        "late.json": "[" + "1, " * 1_000 + "2]",
    }
    write(tmp_path, files)
    with compressed(tmp_path) as moving, visit(browser, moving, "/") as seen:
        cost = seen.cost()
        assert [answer.path for answer in moving.sent if answer.path == "/late.json"]
    assert cost.foreign == ["http://127.0.0.1:1/"]
    assert cost.requests == len(files)
    assert cost.bytes.keys() == {"HTML", "scripts", "other"}
    assert 0 < cost.bytes["other"] < 1_000, "it is compressed"
    assert cost.shift > 0.05
    assert cost.blocked > 100


def test_lock_of_lighthouse_pins_by_hash_and_names_no_host() -> None:
    lock = json.loads((ROOT / "tests/lighthouse/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 100
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
