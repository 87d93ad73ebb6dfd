"""MkDocs' events, one short function each, in the order in which MkDocs calls them.

No logic lives here: the package `homepage` does the work and knows nothing of MkDocs, whose objects
`mkdocs_adapter.py` translates; `mkdocs_build.py` puts files into the site.
"""

from __future__ import annotations

import logging
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

import mkdocs_adapter as adapter
from homepage import mail, menu, page_meta, policy
from homepage.markdown_ext import HomepageExtension
from homepage.page_images import improve
from mkdocs_build import Build, PaperPage
from mkdocs_publish import Deployment

FIRST, LAST = 100, -100  # before and after all plugins
EMPTY = Path(__file__).parent / "homepage"  # a folder without .bib files

build: Build
preview = False
deployment = Deployment()


def on_startup(command: str, *, dirty: bool) -> None:
    """Remember what the process is for."""
    global preview  # noqa: PLW0603
    preview = command == "serve"
    deployment.start(command, dirty=dirty)


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> None:
    """Read the settings, add our Markdown extensions, keep mkdocs-bibtex from parsing."""
    global build  # noqa: PLW0603 - MkDocs keeps the module, a build must not
    build = Build(config, preview=preview)
    adapter.make_alike(config)
    build.read_settings()
    deployment.place(config)
    config.markdown_extensions += [HomepageExtension()]  # type: ignore[list-item]  # instances work too
    if plugin := config.plugins.get("bibtex"):
        # It would read the file with strict pybtex, where one duplicate key ends the build.
        plugin.config.update(bib_file=None, bib_dir=str(EMPTY), csl_file=None)
        # The plugin's own name for it, whichever engine there is.
        logging.getLogger("mkdocs.plugins.mkdocs-bibtex").setLevel(logging.WARNING)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Read the bibliography and the people, and put our version of it into the site."""
    build.tell(adapter.leave_out_endless(files, config))
    texts = adapter.leave_out_unnamed(files, config.nav)
    adapter.switch_plugins(config, files, texts)
    build.files = files
    build.read_site()
    if plugin := config.plugins.get("bibtex"):
        plugin.registry = build.site.registry
    build.leave_out()
    build.add_exports()
    build.add_icons()
    build.add_papers()


@event_priority(LAST)
def on_nav(nav: Navigation, config: MkDocsConfig, **_: object) -> None:
    """Treat the blog as any page of the menu: its plugin makes its page before, for a place outside."""
    titles = menu.titles(config.nav)
    for page in nav.pages:
        if page.file.inclusion is InclusionLevel.NOT_IN_NAV:
            page.file.inclusion = InclusionLevel.INCLUDED
        if title := titles.get(page.file.src_uri):
            page.title = title


@event_priority(FIRST)
def _prepare(markdown: str, /, page: Page, **_: object) -> str:
    for name, value in build.site.papers.meta(page.file.src_uri).items():
        page.meta.setdefault(name, value)
    source = page.file.content_string
    build.tell(page_meta.cleaned(page.meta, source, build.site.options.shown_as(page.file.src_uri)))
    first_line = source.count("\n") - markdown.count("\n") + 1  # behind the front matter
    result = build.pages.prepare(markdown, page.file.src_uri, first_line)
    build.tell_new()
    return result


@event_priority(LAST)
def _finish(markdown: str, /, page: Page, **_: object) -> str:
    return build.pages.finish(markdown, page.file.src_uri)


on_page_markdown = CombinedEvent(_prepare, _finish)


@event_priority(LAST)
def on_page_content(html: str, page: Page, files: Files, config: MkDocsConfig) -> str:
    """Give pictures their sizes, keep the HTML of the news, tell what browsers will refuse."""
    if isinstance(page, PaperPage):
        return html  # nothing but a place yet
    url, options = adapter.relative_url(files, page), build.site.options
    visible = adapter.published(files, preview=preview)
    place = adapter.picture_place(page, config, options.shown_as(page.file.src_uri))
    found = improve(html, place, visible, url, Path(options.cache, "pictures"))
    build.tell(found.problems)
    build.tell(policy.refused(html, place.source, place.shown, build.settings.trusted_hosts))
    build.pictures |= found.files
    build.unused.paths |= found.originals
    is_news = page.file.src_uri == build.settings.news
    return build.pages.take_news(found.html, url) if is_news else found.html


def on_env(env: Environment, files: Files, **_: object) -> None:
    """All pages are known now: link the news, give them to templates, add what follows from them."""
    build.files = files
    build.link_news()
    build.tell(build.site.addresses.unlisted())
    build.show_copies()
    env.bytecode_cache = build.site.templates
    env.globals["homepage"] = build.for_templates()
    build.add_feeds()
    build.add_domain()
    build.add_machines()
    build.add_redirects()


@event_priority(FIRST)
def _index(_context: TemplateContext, /, page: Page, **_: object) -> None:
    url = adapter.relative_url(build.files, page)
    page.content = build.pages.searchable(page.content or "", page.file.src_uri, url)


@event_priority(LAST)
def _fill(context: TemplateContext, /, page: Page, config: MkDocsConfig, **_: object) -> None:
    context["head"] = build.machines.head(adapter.plain_page(page, config))  # type: ignore[typeddict-unknown-key]
    path, url, title = page.file.src_uri, adapter.relative_url(build.files, page), adapter.title_of(page)
    used: set[str] = set()
    page.content = build.pages.bare(page.content or "", path)  # megabytes go before others come
    page.content = build.pages.fill(page.content, path, url, page.is_homepage, title, used)
    for post in context.get("posts", ()):  # type: ignore[attr-defined]  # on a page of the blog
        post.content = build.pages.excerpt(post.content, post.file.src_uri, url, used)


# The search plugin reads the page in between: lists and links are filled in behind its back.
on_page_context = CombinedEvent(_index, _fill)


def on_post_page(output: str, page: Page, **_: object) -> str:
    """Finish the page, and forget what is written: some thousand publications are many megabytes."""
    if isinstance(page, PaperPage):
        page.content = ""
    return finished(output, page.url.count("/") if isinstance(page, PaperPage) else 0)


def on_post_template(output_content: str, **_: object) -> str:
    """Finish 404.html as a page."""
    return finished(output_content)


@event_priority(LAST)
def on_post_build(config: MkDocsConfig) -> None:
    """Publish files that were held back and are named all the same; fill in the policy of the site."""
    for written in Path(config.site_dir).rglob("*.html") if build.policies.swaps else ():
        page = written.read_text(encoding="utf-8")
        written.write_text(build.policies.put_last(page), encoding="utf-8")
    for text in adapter.texts(build.files, preview=preview) if build.unused.paths else ():
        build.unused.look(text)
    for path in build.unused.named:
        if file := build.files.get_file_from_path(path):
            file.copy_file()
    build.add_search_for_disk()
    deployment.check(build)


def finished(output: str, depth: int = 0) -> str:
    """A page with its Content-Security-Policy, and without addresses of mail for harvesters."""
    build.unused.look(output)
    return build.policies.put(mail.shielded(output), depth)
