"""What a page costs a visitor: bytes over the wire, requests, layout that moves, time blocked.

The bytes are those that the server sent, so that nothing is missed: neither what workers fetch, nor
an icon that the browser asks for on its own account. `test_weight.py` compares with the browser.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request

from support import Sent, mkdocs, serving, small_site
from support.generate import bibliography

PHONE, DESKTOP = 360, 1280
HEIGHT = {PHONE: 740, DESKTOP: 800}
# How long a visitor does nothing, in ms: enough for what a page does when it is idle.
IDLE = 2_000
KINDS = {"text/html": "HTML", "text/css": "CSS", "text/javascript": "scripts"}
# Every kind of page that the site below has, and where.
PAGES = {
    "home": "/",
    "list of 100": "/publications/",
    "publication": "/publications/key0/",
    "news": "/news/",
    "timeline": "/research/",
    "not found": "/404.html",
}
TEXT = (
    "I work on efficient language models and the systems below them, in [a group](https://example.org) "
    "that meets for [its seminar](https://example.com/seminar) on Tuesdays; guests are welcome there. "
)
DOCS = {
    "index.md": f"# Yuxiang Huang\n\n{TEXT * 3}\n\n<!-- news {{limit: 5}} -->\n\n"
    "## Selected publications\n\n<!-- publications {limit: 3} -->\n",
    "publications.md": "# Publications\n\n<!-- publications {group: year} -->\n",
    "publications.bib": bibliography(100),
    "news.md": "# News\n\n"
    + "".join(f"## 2024-{month:02}-03 A paper is accepted\n\n{TEXT}\n\n" for month in range(1, 11)),
    "research.md": "# Research\n\n<!-- timeline -->\n\n"
    + "".join(f"- {year}.07-now: {TEXT}\n" for year in range(2015, 2025)),
}
OBSERVE = """
window.hpShift = 0
window.hpBlocked = 0
const sum = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each))
  .observe({ type, buffered: true })
sum("layout-shift", (entry) => { if (!entry.hadRecentInput) hpShift += entry.value })
sum("longtask", (entry) => { hpBlocked += Math.max(0, entry.duration - 50) })
"""


def build_site(folder: Path) -> Path:
    """A site with every kind of page, its list one of 100 publications with abstracts."""
    small_site(folder, DOCS)
    returncode, log = mkdocs("build", "--strict", cwd=folder)
    assert returncode == 0, log
    return folder / "site"


@dataclass(frozen=True)
class Cost:
    """What a page has cost until now."""

    bytes: Counter[str]  # by kind
    requests: int
    foreign: list[str]  # addresses beyond the site
    shift: float  # cumulative layout shift
    blocked: float  # milliseconds that long tasks took beyond their first 50


@dataclass(frozen=True)
class Site:
    """A folder that is being served, and what was sent of it."""

    url: str
    sent: list[Sent]


@dataclass(frozen=True)
class Visit:
    """A page as one visitor sees it for the first time."""

    page: Page
    asked: list[Request]
    sent: list[Sent]
    before: int

    def cost(self) -> Cost:
        """Wait until nothing more is asked for, and tell what the page has cost."""
        answers = -1
        while answers < len(self.sent):
            answers = len(self.sent)
            self.page.wait_for_timeout(IDLE)
        sizes: Counter[str] = Counter()
        sent = self.sent[self.before :]
        for answer in sent:
            picture = answer.kind.startswith("image/")
            sizes["pictures" if picture else KINDS.get(answer.kind, "other")] += answer.size
        host = urlsplit(self.page.url).netloc
        urls = [request.url for request in self.asked]
        foreign = [url for url in urls if urlsplit(url).netloc not in ("", host)]
        shift, blocked = self.page.evaluate("[hpShift, hpBlocked]")
        return Cost(sizes, len(sent), foreign, shift, blocked)

    def scroll(self) -> None:
        """Scroll to the end of the page, as with a wheel or a finger."""
        for _ in range(10):
            self.page.mouse.wheel(0, 1_000)
            self.page.wait_for_timeout(50)

    def open_search(self) -> None:
        """Open the search, as visitors do."""
        self.page.locator(
            ".md-header__button[for=__search]:visible, .md-search__input:visible"
        ).first.click()


@contextmanager
def compressed(folder: Path) -> Iterator[Site]:
    """Serve a folder as hosts do, and note what is sent."""
    sent: list[Sent] = []
    with serving(folder, sent=sent) as url:
        yield Site(url, sent)


@contextmanager
def visit(
    browser: Browser, site: Site, path: str, width: int = PHONE, slowdown: int = 1
) -> Iterator[Visit]:
    """Open a page in a fresh profile; `slowdown` makes the processor so many times slower."""
    with browser.new_context(
        viewport={"width": width, "height": HEIGHT[width]},
        device_scale_factor=2,
        is_mobile=width == PHONE,
        has_touch=width == PHONE,
    ) as context:
        context.set_default_timeout(60_000)
        context.add_init_script(OBSERVE)
        page = context.new_page()
        asked: list[Request] = []

        def note(request: Request) -> None:
            asked.append(request)

        context.on("request", note)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
        before = len(site.sent)
        page.goto(site.url + path)
        yield Visit(page, asked, site.sent, before)
