"""How long a key press takes above a thousand publications: `make bench` runs it.

A frame is 16 ms. Measured is what the page does for a key: the script, style and layout.
"""

import statistics
import tempfile
from pathlib import Path

from support import browser, mkdocs, serving, small_site
from support.generate import bibliography

SIZES = (100, 1_000)
KEYS = "attention memory systemszz"
# From the event to the end of the layout that it asks for, as a frame has to do it.
KEY = """async ([text, open]) => {
  const field = document.querySelector(".hp-find input[type=search]")
  document.querySelector(".hp-find__filter").open = open
  field.focus()
  await new Promise((done) => setTimeout(done, 500))
  const times = []
  for (let end = 0; end <= text.length; end++) {
    await new Promise(requestAnimationFrame)
    const start = performance.now()
    field.value = text.slice(0, end % text.length)
    field.dispatchEvent(new InputEvent("input", { bubbles: true }))
    document.body.getBoundingClientRect()
    times.push(performance.now() - start)
  }
  return times
}"""


def site(folder: Path, size: int) -> Path:
    """A site with one long list by year."""
    page = "# Publications\n\n<!-- publications {group: year} -->\n"
    docs = {"publications.md": page, "publications.bib": bibliography(size)}
    small_site(folder, docs, {"extra": {"homepage": {"paper_pages": False}}})
    returncode, log = mkdocs("build", cwd=folder)
    assert returncode == 0, log
    return folder / "site"


def main() -> None:
    """Print a table in Markdown: one key in the search field, the filters closed and open."""
    print("| entries | filters | key: median | key: longest |")
    print("| ---: | --- | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name, browser.started() as chromium:
        for size in SIZES:
            with serving(site(Path(name, str(size)), size)) as url:
                for opened in (False, True):
                    page = chromium.new_page(viewport={"width": 1280, "height": 800})
                    page.goto(f"{url}/publications/")
                    times = page.evaluate(KEY, [KEYS, opened])
                    middle, longest = statistics.median(times), max(times)
                    how = "open" if opened else "closed"
                    print(f"| {size} | {how} | {middle:.1f} ms | {longest:.1f} ms |")
                    page.close()


if __name__ == "__main__":
    main()
