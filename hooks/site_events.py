"""MkDocs' events, one short function each, in the order in which MkDocs calls them.

No logic lives here: the package `homepage` does the work and knows nothing of MkDocs.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from urllib.parse import urljoin

from jinja2 import Environment
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

from homepage import csl, feeds, settings
from homepage.collection import matching
from homepage.errors import Problem
from homepage.links import find_local, scholar_user
from homepage.machines import Machines
from homepage.machines import Page as PlainPage
from homepage.markdown_ext import HomepageExtension
from homepage.site import Options, Site

FIRST, LAST = 100, -100  # before and after all plugins
EMPTY = Path(__file__).parent / "homepage"  # a folder without .bib files

log = get_plugin_logger("homepage")  # a fixed name under `mkdocs`: --strict counts its warnings


class PaperPage(Page):
    """The page of a single publication, which has no Markdown to be converted."""

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
    build.site = Site(options(config, files), reader(files), local_file(files), config.theme.dirs)
    tell_new()
    if plugin := config.plugins.get("bibtex"):
        plugin.registry = build.site.registry
    wanted = build.settings
    private = build.site.private_files(files.src_uris)
    for path in (wanted.people, wanted.venues, *wanted.csl_styles, *private):
        if file := files.get_file_from_path(path):
            file.inclusion = InclusionLevel.EXCLUDED
    for path, content in chain(build.site.export_files(), build.site.asset_files()):
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
    return build.site.take_news(html, relative_url(files, page)) if is_news else None


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """All pages are known now: link the news, give them to templates, add the feeds."""
    build.files = files
    news = files.get_file_from_path(build.settings.news)
    if news and news.page:
        build.site.link_news(relative_url(files, news.page))
    tell(build.site.addresses.unlisted())
    env.bytecode_cache = build.site.templates
    env.globals["homepage"] = build.site.for_templates(news.url if news else "")
    if news:
        for path, content in build.site.feed_files(feed_info(config, news.url)).items():
            add(path, content, files, config)
    if build.settings.domain:
        add("CNAME", build.settings.domain + "\n", files, config)
    tell_machines(files, config)


@event_priority(FIRST)
def _index(_context: TemplateContext, /, page: Page, **_: object) -> None:
    url = relative_url(build.files, page)
    page.content = build.site.searchable(page.content or "", page.file.src_uri, url)


@event_priority(LAST)
def _fill(context: TemplateContext, /, page: Page, config: MkDocsConfig, **_: object) -> None:
    context["head"] = build.machines.head(plain_page(page, config))  # type: ignore[typeddict-unknown-key]
    path, url, title = page.file.src_uri, relative_url(build.files, page), title_of(page)
    page.content = build.site.fill(page.content or "", path, url, page.is_homepage, title)


# The search plugin reads the page in between: lists and links are filled in behind its back.
on_page_context = CombinedEvent(_index, _fill)


def on_post_page(_output: str, /, page: Page, **_: object) -> None:
    """Forget what is written: the pages of some thousand publications are many megabytes."""
    if isinstance(page, PaperPage):
        page.content = ""


# -- between MkDocs' objects and plain ones -----------------------------------


def options(config: MkDocsConfig, files: Files) -> Options:
    """The settings, with what mkdocs.yml says elsewhere."""
    root = Path(config.config_file_path).parent
    social = config.extra.get("social") or ()
    wanted = {k: v for k, v in build.settings.items() if k in Options._fields}
    lines = {s: settings.line_of_item(build.source, "csl_styles", s) for s in wanted["csl_styles"]}
    wanted["csl_styles"] = [csl.Wanted(*style) for style in lines.items()]
    wanted["bibliography"] = matching(wanted["bibliography"], files.src_uris)
    return Options(
        **wanted,
        owner=config.site_author or "",
        language=language(config),
        docs=Path(os.path.relpath(config.docs_dir, root)).as_posix(),
        scholar=scholar_user(str(item.get("link")) for item in social if isinstance(item, dict)),
        cache=str(root / ".cache"),
    )


def language(config: MkDocsConfig) -> str:
    """The language of the theme, which is that of the site."""
    return str(config.theme.get("language") or "en")


def reader(files: Files) -> Callable[[str], bytes | None]:
    """Reads a file of docs/, or of a plugin that made it, by its path there."""

    def read(path: str) -> bytes | None:
        file = files.get_file_from_path(path)
        return file.content_bytes if file else None

    return read


def local_file(files: Files) -> Callable[[str], str | None]:
    """Finds a file that an entry names among those of the site."""

    def find(path: str) -> str | None:
        return find_local(path, lambda name: files.get_file_from_path(name) is not None)

    return find


def relative_url(files: Files, page: Page) -> Callable[[str], str]:
    """Makes the address of a source path relative to a page."""

    def relative(path: str) -> str:
        file = files.get_file_from_path(path)
        return get_relative_url(file.url if file else path, page.url)

    return relative


def title_of(page: Page) -> str:
    """The title in the page's front matter, which may be ours."""
    return str(page.meta.get("title", ""))


def feed_info(config: MkDocsConfig, news_url: str) -> feeds.FeedInfo:
    """What the feeds say of the site."""
    return feeds.FeedInfo(
        title=config.site_name,
        description=config.site_description or "",
        author=config.site_author or config.site_name,
        language=language(config),
        site_url=config.site_url or "",
        news_url=news_url,
    )


def tell_machines(files: Files, config: MkDocsConfig) -> None:
    """Date the pages, draw their cards, and add the files for programs that the owner has not."""
    facts = settings.facts(config, build.settings)
    build.machines = machines = Machines(build.site, facts, absolute_url(files, config))
    pages = [file.page for file in files.documentation_pages() if file.page]
    plain = [plain_page(page, config) for page in pages]
    for page, info in zip(pages, plain, strict=True):
        page.update_date = machines.changed(info.path)
        page.meta["description"] = str(escape(info.description))  # Material prints it as it is
        if picture := machines.card(info):
            files.append(File.generated(config, machines.card_path(info), abs_src_path=str(picture)))
    machines.tidy()
    for path, content in machines.files(plain).items():
        if not files.get_file_from_path(path):
            add(path, content, files, config)


def plain_page(page: Page, config: MkDocsConfig) -> PlainPage:
    """What a page says of itself. Titles are HTML, and descriptions may have its entities."""
    title = str(page.title or "")  # of `title: 1984` in front matter YAML makes a number
    description = page.meta.get("description") or config.site_description or ""
    return PlainPage(
        page.file.src_uri,
        page.file.dest_uri,
        Markup(title).striptags() if "<" in title or "&" in title else title,
        " ".join(Markup(description).unescape().split()),
        page.is_homepage,
        page.file.inclusion is InclusionLevel.INCLUDED,
    )


def absolute_url(files: Files, config: MkDocsConfig) -> Callable[[str], str]:
    """Makes the whole address of a source path, or '' where the site has none."""

    def absolute(path: str) -> str:
        file = files.get_file_from_path(path)
        return config.site_url + file.url.removeprefix("./") if config.site_url and file else ""

    return absolute


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
            content = build.site.papers.redirect(path, address, canonical, language(config))
            add(here.dest_uri, content, files, config)


def add(path: str, content: str | bytes, files: Files, config: MkDocsConfig) -> None:
    """Put a generated file into the site, in the place of one with its path."""
    if old := files.get_file_from_path(path):
        files.remove(old)
    files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV))


def tell(problems: list[Problem]) -> None:
    """Log problems; any of them but advice and notes makes `--strict` fail."""
    for problem in problems:
        level = logging.INFO if problem.severity in ("advice", "note") else logging.WARNING
        log.log(level, "%s", problem)


def tell_new() -> None:
    """Log the site's problems that were not logged yet."""
    tell(build.site.problems[build.told :])
    build.told = len(build.site.problems)
