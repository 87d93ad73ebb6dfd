"""MkDocs' events, one short function each, in the order in which MkDocs calls them.

No logic lives here: the package `homepage` does the work and knows nothing of MkDocs, whose objects
`mkdocs_adapter.py` translates.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

import mkdocs_adapter as adapter
from homepage import settings
from homepage.errors import Problem
from homepage.machines import Machines
from homepage.markdown_ext import HomepageExtension
from homepage.site import Site

FIRST, LAST = 100, -100  # before and after all plugins
EMPTY = Path(__file__).parent / "homepage"  # a folder without .bib files

log = get_plugin_logger("homepage")  # a fixed name under `mkdocs`: --strict counts its warnings


class PaperPage(Page):
    """The page of a single publication, which has no Markdown to be converted."""

    is_paper = True  # for templates

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Keep the place that the publication is filled into."""
        self.content = self.markdown
        self.present_anchor_ids = set()


class Build:
    """What one build keeps between its events; made anew in the first of them."""

    settings: settings.HomepageConfig
    source: str  # of mkdocs.yml
    site: Site
    files: Files
    machines: Machines
    told = 0


build = Build()


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> None:
    """Read the settings, add our Markdown extensions, keep mkdocs-bibtex from parsing."""
    global build  # noqa: PLW0603 - MkDocs keeps the module, a build must not
    build = Build()
    path = Path(config.config_file_path)
    build.source = path.read_text(encoding="utf-8")
    # Taken out: Material's logo would lead to whatever extra.homepage is (partials/header.html).
    wanted = config.extra.pop("homepage", None)
    build.settings, problems = settings.load(wanted, build.source, path.name)
    tell(problems)
    config.markdown_extensions += [HomepageExtension()]  # type: ignore[list-item]  # instances work too
    if plugin := config.plugins.get("bibtex"):
        # It would read the file with strict pybtex, where one duplicate key ends the build.
        plugin.config.update(bib_file=None, bib_dir=str(EMPTY), csl_file=None)
        logging.getLogger("mkdocs.plugins.mkdocs-bibtex").setLevel(logging.WARNING)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Read the bibliography and the people, and put our version of it into the site."""
    known = adapter.options(config, files, build.settings, build.source)
    reader, local_file = adapter.reader(files), adapter.local_file(files)
    build.site = Site(known, reader, local_file, config.theme.dirs)
    tell_new()
    if plugin := config.plugins.get("bibtex"):
        plugin.registry = build.site.registry
    leave_out(files)
    for path, file in build.site.export_files(Path(config.site_dir)):
        add(path, file, files, config)
    for path, content in build.site.asset_files():
        add(path, content, files, config)
    add_papers(files, config)
    add_redirects(files, config)


@event_priority(FIRST)
def _prepare(markdown: str, /, page: Page, **_: object) -> str:
    for name, value in build.site.papers.meta(page.file.src_uri).items():
        page.meta.setdefault(name, value)
    source = page.file.content_string
    first_line = source.count("\n") - markdown.count("\n") + 1  # behind the front matter
    result = build.site.prepare(markdown, page.file.src_uri, first_line)
    tell_new()
    return result


@event_priority(LAST)
def _finish(markdown: str, /, page: Page, **_: object) -> str:
    return build.site.finish(markdown, page.file.src_uri)


on_page_markdown = CombinedEvent(_prepare, _finish)


def on_page_content(html: str, page: Page, files: Files, **_: object) -> str | None:
    """Keep the HTML of the news for the sidebar, lists and feeds."""
    is_news = page.file.src_uri == build.settings.news
    return build.site.take_news(html, adapter.relative_url(files, page)) if is_news else None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """All pages are known now: link the news, give them to templates, add the feeds."""
    build.files = files
    news = files.get_file_from_path(build.settings.news)
    if news and news.page:
        build.site.link_news(adapter.relative_url(files, news.page))
    tell(build.site.addresses.unlisted())
    env.bytecode_cache = build.site.templates
    env.globals["homepage"] = build.site.for_templates(news.url if news else "")
    if news:
        for path, content in build.site.feed_files(adapter.feed_info(config, news.url)).items():
            add(path, content, files, config)
    if build.settings.domain:
        add("CNAME", build.settings.domain + "\n", files, config)
    tell_machines(files, config)


@event_priority(FIRST)
def _index(_context: TemplateContext, /, page: Page, **_: object) -> None:
    url = adapter.relative_url(build.files, page)
    page.content = build.site.searchable(page.content or "", page.file.src_uri, url)


@event_priority(LAST)
def _fill(context: TemplateContext, /, page: Page, config: MkDocsConfig, **_: object) -> None:
    context["head"] = build.machines.head(adapter.plain_page(page, config))  # type: ignore[typeddict-unknown-key]
    path, url, title = page.file.src_uri, adapter.relative_url(build.files, page), adapter.title_of(page)
    page.content = build.site.bare(page.content or "", path)  # megabytes go before others come
    page.content = build.site.fill(page.content, path, url, page.is_homepage, title)


# The search plugin reads the page in between: lists and links are filled in behind its back.
on_page_context = CombinedEvent(_index, _fill)


def on_post_page(_output: str, /, page: Page, **_: object) -> None:
    """Forget what is written: the pages of some thousand publications are many megabytes."""
    if isinstance(page, PaperPage):
        page.content = ""


# -- files of the site, and what is told ---------------------------------------


def leave_out(files: Files) -> None:
    """Keep back what is for the build only, and what belongs to entries that stay out."""
    wanted, private = build.settings, build.site.private_files(files.src_uris)
    for path in (wanted.people, wanted.venues, *wanted.csl_styles, *private):
        if file := files.get_file_from_path(path):
            file.inclusion = InclusionLevel.EXCLUDED


def tell_machines(files: Files, config: MkDocsConfig) -> None:
    """Date the pages, draw their cards, and add the files for programs that the owner has not."""
    facts = settings.facts(config, build.settings)
    build.machines = machines = Machines(build.site, facts, adapter.absolute_url(files, config))
    pages = [file.page for file in files.documentation_pages() if file.page]
    plain = [adapter.plain_page(page, config) for page in pages]
    for page, info in zip(pages, plain, strict=True):
        page.update_date = machines.changed(info.path)
        page.meta["description"] = str(escape(info.description))  # Material prints it as it is
        if picture := machines.card(info):
            files.append(File.generated(config, machines.card_path(info), abs_src_path=str(picture)))
    machines.tidy()
    for path, content in machines.files(plain).items():
        if not files.get_file_from_path(path):
            add(path, content, files, config)


def add_papers(files: Files, config: MkDocsConfig) -> None:
    """Put in the pages of single publications; a page of the owner's keeps its place."""
    build.site.check_papers([file.src_uri for file in files.documentation_pages()])
    tell_new()
    taken = {file.dest_uri for file in files}
    for path in build.site.papers.paths():
        file = File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        if file.dest_uri not in taken:
            files.append(file)
            PaperPage(None, file, config)
        elif (own := files.get_file_from_path(path)) and own.inclusion is InclusionLevel.INCLUDED:
            own.inclusion = InclusionLevel.NOT_IN_NAV


def add_redirects(files: Files, config: MkDocsConfig) -> None:
    """Lead from old addresses of publications to their pages, where there is nothing else."""
    taken = {file.dest_uri for file in files}
    for old, path in build.site.papers.redirects().items():
        here, page = File.generated(config, old, content=""), files.get_file_from_path(path)
        if page and here.dest_uri not in taken:
            address = get_relative_url(page.url, here.url)
            canonical = urljoin(config.site_url, page.url) if config.site_url else address
            content = build.site.papers.redirect(path, address, canonical, adapter.language(config))
            add(here.dest_uri, content, files, config)


def add(path: str, content: str | bytes | Path, files: Files, config: MkDocsConfig) -> None:
    """Put a generated file into the site, in the place of one with its path.

    A file on disk may be where the site has it: MkDocs lets plugins write there.
    """
    if old := files.get_file_from_path(path):
        files.remove(old)
    make = partial(File.generated, config, path, inclusion=InclusionLevel.NOT_IN_NAV)
    on_disk = isinstance(content, Path)
    files.append(make(abs_src_path=str(content)) if on_disk else make(content=content))


def tell(problems: list[Problem]) -> None:
    """Log problems; any of them but advice and notes makes `--strict` fail."""
    for problem in problems:
        level = logging.INFO if problem.severity in ("advice", "note") else logging.WARNING
        log.log(level, "%s", problem)


def tell_new() -> None:
    """Log the site's problems that were not logged yet."""
    tell(build.site.problems[build.told :])
    build.told = len(build.site.problems)
