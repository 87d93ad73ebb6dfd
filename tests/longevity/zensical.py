"""This site by Zensical, with our core around it and neither MkDocs nor a fork, compared with site/.

    python3 -m venv /tmp/zensical && /tmp/zensical/bin/pip install zensical==0.0.73
    make build && PYTHONPATH=hooks:tests .venv/bin/python tests/longevity/zensical.py /tmp/zensical

Run by hand. It is no command for owners: guide/other-engines.md says what it leaves out.
"""

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from posixpath import relpath

import yaml

from homepage.citing import Registry
from homepage.news import RenderedNews, feeds
from homepage.pages import Draft, Options, Site, content, menu, outputs, paper_page, settings, steps
from homepage.publications.links import find_local

ROOT = Path(__file__).resolve().parents[2]
DOCS, BUILT = ROOT / "docs", ROOT / "site"
EXPORTS = ("publications.bib", "publications.json", "publications.ris", "feed.xml", "feed.json")


def address(path: str) -> str:
    """Where a page is, from the root of the site; other files are where they are."""
    return path if path[-3:] != ".md" else f"{path[:-3]}/" if path != "index.md" else ""


def relative(page: str, path: str) -> str:
    """The same from another page."""
    target = address(path)
    return relpath(target or ".", address(page) or ".") + "/" * (target == "" or target[-1] == "/")


def in_article(file: Path, change: Callable[[str], str]) -> None:
    """Change what Zensical made of a page's Markdown."""
    before, tag, rest = file.read_text("utf-8").partition("<article")
    start, bracket, rest = rest.partition(">")
    inner, end, after = rest.partition("</article>")
    file.write_text("".join((before, tag, start, bracket, change(inner), end, after)), "utf-8")


def filled(site: Site, name: str, html: str) -> str:
    """What Zensical made of a page's Markdown, with lists, citations and papers in their places."""
    url, work = partial(relative, name), site.content.papers.get(name)
    title = paper_page.meta(work, site.content.label)["title"] if work else ""
    if title:
        html = re.sub("<h1.*?</h1>", "", html, count=1, flags=re.S)  # the theme's, from the title
    html = steps.html_for_search(site, html, name, url)
    return steps.html_for_visitors(site, html, name, url, set(), is_home=name == "index.md", title=title)


def main(zensical: Path) -> None:
    """Prepare the pages, let Zensical build them, fill them, and compare."""
    work = Path(tempfile.mkdtemp(prefix="zensical-"))
    docs, out = work / "docs", work / "site"
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    wanted, _ = settings.load(config["extra"].pop("homepage"), "", "mkdocs.yml")
    identity = {"owner": config["site_author"], "site_name": config["site_name"], "language": "en"}
    options = Options(**vars(wanted) | identity, docs="docs", has_dark=True)
    files = {p.relative_to(DOCS).as_posix(): p.read_bytes() for p in DOCS.rglob("*") if p.is_file()}
    theme = [ROOT / "overrides", *zensical.glob("lib/*/site-packages/zensical/templates")]
    local_file = partial(find_local, is_file=files.__contains__)
    read, _ = content.read(options, files.get, local_file, [str(folder) for folder in theme])
    registry, drafts = Registry(read.works, read.label, read.hidden_keys), dict[str, Draft]()

    marked = [name for name, data in files.items() if b"only_in_nav: true" in data]
    off = menu.left_out(files, marked, menu.titles(config["nav"]))
    off |= {options.people, options.venues, *options.bibliography}
    title = '---\ntitle: "{title}"\n---\n'
    own = {p: title.format(**paper_page.meta(w, read.label)).encode() for p, w in read.papers.items()}
    pages = []
    for name, data in {n: data for n, data in (own | files).items() if n not in off}.items():
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_bytes(data)
        if name.endswith(".md"):
            pages.append(name)
            text = data.decode()
            start = text.find("\n---\n", 3) + 5 if text.startswith("---\n") else 0
            line = text.count("\n", 0, start) + 1
            markdown, draft, _ = steps.preprocess(read, registry, text[start:], name, line)
            markdown, drafts[name] = steps.postprocess(registry, markdown, draft)
            (docs / name).write_text(text[:start] + markdown, "utf-8")

    del config["hooks"], config["plugins"], config["theme"]["custom_dir"]
    for profile in config["extra"]["social"]:
        profile["icon"] = "fontawesome/solid/link"  # which the hook finds
    config["markdown_extensions"].append("homepage.pages.markdown_ext:HomepageExtension")
    (work / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'hooks'}{os.pathsep}{sysconfig.get_path('purelib')}"}
    subprocess.run([zensical / "bin/zensical", "build", "--strict"], cwd=work, env=env, check=True)

    built = {name: out / address(name) / "index.html" for name in pages}
    exports, _ = outputs.write_exports(read, out)  # pages of papers show what is written there
    news, url = list[RenderedNews](), partial(relative, options.news)

    def take(html: str) -> str:
        html, found = steps.collect_news(read, html, drafts[options.news], url)
        news.extend(found)
        return html

    in_article(built[options.news], take)
    site, _ = steps.assemble_site(read, registry, drafts, news, exports, url)
    for name, file in built.items():
        in_article(file, partial(filled, site, name))
    info = feeds.FeedInfo(
        title=config["site_name"],
        description=config["site_description"],
        author=config["site_author"],
        language="en",
        site_url=config["site_url"],
        news_url=address(options.news),
    )
    feed_files = outputs.feed_files(read, site.news, info)
    made = dict(outputs.assets(read, list(map(str, theme))))
    made |= {name: text.encode() for name, text in feed_files.items()}
    for name, data in made.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    assert not {"mkdocs", "properdocs", "material"} & sys.modules.keys()

    from support.pages import citations, classed, parse  # which need MkDocs
    from support.pages import text as text_of

    for name in EXPORTS:
        same = (out / name).read_bytes() == (BUILT / name).read_bytes()
        print(name, "is the same bytes" if same else "DIFFERS")
    for name, file in built.items():
        both = [parse(path.read_text("utf-8")) for path in (file, BUILT / address(name) / "index.html")]
        mine, its = ([*citations(p), *map(text_of, classed(p, "hp-paper"))] for p in both)
        if its:
            print(name, f"has {len(its)} citations,", "the same" if mine == its else "DIFFERENT ones")
    print(f"The site is in {out}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
