"""MkDocs' events, one short function each, in the order in which MkDocs calls them.

There is no logic here. The package `homepage` does the work without knowing MkDocs; `adapter/`
translates between the two.
"""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from adapter import objects as adapter
from adapter import page_texts as texts
from adapter import site_files, source_files
from adapter.build import Build, PaperPage
from adapter.deployment import Deployment
from commands.shared import starter
from homepage.common import TEMPLATE_CACHE, html_without_comments
from homepage.news import feeds
from homepage.pages import HomepageExtension, menu
from homepage.pictures import improve, metadata_removal
from homepage.web import blocked, content_policy

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer  # takes a moment to import

FIRST, LAST = 100, -100  # before and after all plugins
EMPTY = Path(__file__).parent / "homepage"  # a folder without .bib files

build: Build
preview = False
deployment = Deployment(starter.is_example)


def on_startup(command: str, *, dirty: bool) -> None:
    """Remember which command runs."""
    global preview  # noqa: PLW0603
    preview = command == "serve"
    deployment.start(command, dirty=dirty)


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> None:
    """Read the settings, add our Markdown extensions, and stop mkdocs-bibtex from parsing."""
    global build  # noqa: PLW0603 - MkDocs keeps the module, a build must not
    build = Build(config, preview=preview)
    adapter.align_engines(config)
    build.read_settings()
    deployment.place(config)
    config.markdown_extensions += [HomepageExtension()]  # type: ignore[list-item]  # instances work too
    if plugin := config.plugins.get("bibtex"):
        # Strict pybtex would end the build at the first duplicate key.
        plugin.config.update(bib_file=None, bib_dir=str(EMPTY), csl_file=None)
        # The plugin uses this name with either engine.
        logging.getLogger("mkdocs.plugins.mkdocs-bibtex").setLevel(logging.WARNING)


@event_priority(LAST)
def on_pre_build(**_: object) -> None:
    """Find symbolic links that lead out of docs/ before MkDocs follows them."""
    build.find_outside_links()


@event_priority(FIRST)
def _add_real_files(files: Files, /, **_: object) -> None:
    build.add_real_files(files)


def _read(files: Files, /, config: MkDocsConfig) -> None:
    build.report(source_files.remove_yaml_bombs(files, config))
    texts = source_files.remove_not_in_nav(files, config.nav)
    adapter.disable_unused_plugins(config, files, texts, build.real.faults)
    build.files = files
    build.read_content()
    if plugin := config.plugins.get("bibtex"):
        plugin.registry = build.citations
    site_files.leave_out(build)


@event_priority(LAST)
def _add(files: Files, /, **_: object) -> None:
    build.files = files
    site_files.add_exports(build)
    site_files.add_icons(build)
    site_files.add_papers(build)


# Generated files have no source on disk, which other plugins expect: they are added last.
on_files = CombinedEvent(_add_real_files, _read, _add)


@event_priority(LAST)
def on_nav(nav: Navigation, config: MkDocsConfig, **_: object) -> None:
    """Put the blog into the menu: its plugin has created the blog's page outside of `nav`."""
    titles = menu.titles(config.nav)
    for page in nav.pages:
        if page.file.inclusion is InclusionLevel.NOT_IN_NAV:
            page.file.inclusion = InclusionLevel.INCLUDED
        if title := titles.get(page.file.src_uri):
            page.title = title
    texts.escape_sections(nav, config)


@event_priority(FIRST)
def _preprocess(markdown: str, /, page: Page, **_: object) -> str:
    return build.preprocess(markdown, page)


@event_priority(LAST)
def _postprocess(markdown: str, /, page: Page, **_: object) -> str:
    return build.postprocess(markdown, page.file.src_uri)


on_page_markdown = CombinedEvent(_preprocess, _postprocess)


@event_priority(FIRST)
def _restrict(html: str, /, page: Page, **_: object) -> str:
    """Block scripts and policies in the page's own text; what plugins add later is kept."""
    scripts, shown = texts.allows_scripts(page), build.options.shown_as(page.file.src_uri)
    build.report(blocked.left_out(html, page.file.content_string, shown, scripts=scripts))
    return content_policy.restricted(html, scripts=scripts)


@event_priority(LAST)
def _improve(html: str, /, page: Page, files: Files, config: MkDocsConfig) -> str:
    """Add picture sizes, collect the news, and report what browsers will block."""
    if isinstance(page, PaperPage):
        return html  # only a placeholder so far
    url, options = adapter.relative_url(files, page), build.options
    visible = source_files.reader(files, partial(source_files.is_published, preview=preview))
    place = adapter.picture_place(page, config, options.shown_as(page.file.src_uri))
    shown = metadata_removal.in_text(html_without_comments(html))
    found = improve(shown, place, visible, url, options.cache_folder("pictures"))
    build.report(found.problems)
    build.report(blocked.refused(html, place.source, place.shown, build.settings.trusted_hosts))
    build.pictures |= found.files
    build.unused.paths |= found.originals
    is_news = page.file.src_uri == build.settings.news
    return build.collect_news(found.html, page) if is_news else found.html


on_page_content = CombinedEvent(_restrict, _improve)


@event_priority(FIRST + 1)  # before tags are listed
def _escape(_env: Environment, /, **_: object) -> None:
    build.escape_texts()


@event_priority(0)
def _complete(env: Environment, /, files: Files, **_: object) -> None:
    """Link the news and add feeds, metadata and redirects, now that all pages are known."""
    build.files = files
    build.assemble_site()
    site_files.show_copies(build)
    env.bytecode_cache = TEMPLATE_CACHE
    env.globals["homepage"] = build.for_templates()
    site_files.add_feeds(build)
    site_files.add_domain(build)
    site_files.add_metadata(build)
    site_files.add_redirects(build)


on_env = CombinedEvent(_escape, _complete)


@event_priority(FIRST)
def _index(_context: TemplateContext, /, page: Page, **_: object) -> None:
    page.content = build.html_for_search(page)


@event_priority(LAST)
def _fill(context: TemplateContext, /, page: Page, config: MkDocsConfig, **_: object) -> None:
    context["head"] = build.metadata.head(adapter.plain_page(page, config))  # type: ignore[typeddict-unknown-key]
    build.html_for_visitors(page, context.get("posts", ()))  # type: ignore[arg-type]  # on a page of the blog
    texts.escape_tags(context, config)


# The search plugin reads the page in between, before lists and links are filled in.
on_page_context = CombinedEvent(_index, _fill)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Finish the page, and free its content: thousands of publications take many megabytes."""
    is_paper = isinstance(page, PaperPage)
    if is_paper:
        page.content = ""
    build.policies.rendered[page.file.dest_uri] = page.url.count("/") if is_paper else 0
    return finished(output)


def on_post_template(output_content: str, template_name: str, **_: object) -> str:
    """Finish 404.html like a page."""
    build.policies.rendered[template_name] = 0
    return finished(output_content)


@event_priority(LAST)
def on_post_build(**_: object) -> None:
    """Publish originals that are used after all, clean pictures, and add policies to pages."""
    for text in source_files.texts(build.files, preview=preview) if build.unused.paths else ():
        build.unused.look(text)
    for path in build.unused.named:
        if file := build.files.get_file_from_path(path):
            file.copy_file()
    site_files.add_search_for_disk(build)
    site_files.clean_pictures(build)
    site_files.put_policies(build)  # last: they hash the scripts as written
    deployment.check(build)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, **_: object) -> None:
    """Watch docs/ without following symbolic links that lead out of it."""
    if folders := build.watched():
        server.unwatch(config.docs_dir)
    for folder in folders:
        server.watch(folder, recursive=False)


def finished(output: str) -> str:
    """Return a page without comments, and with email addresses hidden from harvesters."""
    output = html_without_comments(output)
    build.unused.look(output)
    return feeds.obfuscate_emails(metadata_removal.in_text(output))
