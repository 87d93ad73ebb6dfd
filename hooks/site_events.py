"""MkDocs' events, one short function each, in the order in which MkDocs calls them.

No logic lives here: the package `homepage` does the work and knows nothing of MkDocs, whose objects
`mkdocs_adapter.py` translates.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url
from mkdocs.utils.templates import TemplateContext

import mkdocs_adapter as adapter
from homepage import icons, mail, menu, policy, redirects, settings
from homepage.errors import Problem
from homepage.machines import Machines
from homepage.markdown_ext import HomepageExtension
from homepage.page_images import Unused, improve
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
    policies: policy.Policies
    told = 0

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}  # copies that pages show, by path
        self.unused = Unused()  # originals that nothing shows


build = Build()
preview = False  # `mkdocs serve` puts a script of its own into pages


def on_startup(command: str, **_: object) -> None:
    """Remember what the process is for."""
    global preview  # noqa: PLW0603
    preview = command == "serve"


@event_priority(FIRST)
def on_config(config: MkDocsConfig) -> None:
    """Read the settings, add our Markdown extensions, keep mkdocs-bibtex from parsing."""
    global build  # noqa: PLW0603 - MkDocs keeps the module, a build must not
    build = Build()
    adapter.make_alike(config)
    path = Path(config.config_file_path)
    build.source = path.read_text(encoding="utf-8")
    # Taken out: Material's logo would lead to whatever extra.homepage is (partials/header.html).
    wanted = config.extra.pop("homepage", None)
    build.settings, problems = settings.load(wanted, build.source, path.name)
    swaps = "navigation.instant" in (config.theme.get("features") or ())
    build.policies = policy.Policies(build.settings.trusted_hosts, preview=preview, swaps=swaps)
    tell(problems)
    tell(adapter.complete_social(config, build.source))
    tell(adapter.refused_files(config, build.settings, build.source))
    config.markdown_extensions += [HomepageExtension()]  # type: ignore[list-item]  # instances work too
    if plugin := config.plugins.get("bibtex"):
        # It would read the file with strict pybtex, where one duplicate key ends the build.
        plugin.config.update(bib_file=None, bib_dir=str(EMPTY), csl_file=None)
        logging.getLogger("mkdocs.plugins.mkdocs-bibtex").setLevel(logging.WARNING)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Read the bibliography and the people, and put our version of it into the site."""
    texts = adapter.leave_out_unnamed(files, config.nav)
    adapter.switch_plugins(config, files, texts)
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
    add_icons(files, config)
    add_papers(files, config)


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
    first_line = source.count("\n") - markdown.count("\n") + 1  # behind the front matter
    result = build.site.prepare(markdown, page.file.src_uri, first_line)
    tell_new()
    return result


@event_priority(LAST)
def _finish(markdown: str, /, page: Page, **_: object) -> str:
    return build.site.finish(markdown, page.file.src_uri)


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
    tell(found.problems)
    tell(policy.refused(html, place.source, place.shown, build.settings.trusted_hosts))
    build.pictures |= found.files
    build.unused.paths |= found.originals
    is_news = page.file.src_uri == build.settings.news
    return build.site.take_news(found.html, url) if is_news else found.html


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """All pages are known now: link the news, give them to templates, add the feeds."""
    build.files = files
    news = files.get_file_from_path(build.settings.news)
    if news and news.page:
        build.site.link_news(adapter.relative_url(files, news.page))
    tell(build.site.addresses.unlisted())
    show_copies(files, config)
    env.bytecode_cache = build.site.templates
    env.globals["homepage"] = build.site.for_templates(news.url if news else "")
    if news:
        for path, content in build.site.feed_files(adapter.feed_info(config, news.url)).items():
            add(path, content, files, config)
    if build.settings.domain:
        add("CNAME", build.settings.domain + "\n", files, config)
    tell_machines(files, config)
    add_redirects(files, config)


@event_priority(FIRST)
def _index(_context: TemplateContext, /, page: Page, **_: object) -> None:
    url = adapter.relative_url(build.files, page)
    page.content = build.site.searchable(page.content or "", page.file.src_uri, url)


@event_priority(LAST)
def _fill(context: TemplateContext, /, page: Page, config: MkDocsConfig, **_: object) -> None:
    context["head"] = build.machines.head(adapter.plain_page(page, config))  # type: ignore[typeddict-unknown-key]
    path, url, title = page.file.src_uri, adapter.relative_url(build.files, page), adapter.title_of(page)
    used: set[str] = set()
    page.content = build.site.bare(page.content or "", path)  # megabytes go before others come
    page.content = build.site.fill(page.content, path, url, page.is_homepage, title, used)
    for post in context.get("posts", ()):  # type: ignore[attr-defined]  # on a page of the blog
        post.content = build.site.excerpt(post.content, post.file.src_uri, url, used)


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


# -- files of the site, and what is told ---------------------------------------


def finished(output: str, depth: int = 0) -> str:
    """A page with its Content-Security-Policy, and without addresses of mail for harvesters."""
    build.unused.look(output)
    return build.policies.put(mail.shielded(output), depth)


def leave_out(files: Files) -> None:
    """Keep back what is for the build only, and what belongs to entries that stay out."""
    wanted, private = build.settings, build.site.private_files(files.src_uris)
    for path in (wanted.people, wanted.venues, *wanted.csl_styles, *private):
        if file := files.get_file_from_path(path):
            file.inclusion = InclusionLevel.EXCLUDED


def add_icons(files: Files, config: MkDocsConfig) -> None:
    """Draw the icons that the owner has not, and give Material one for tabs and header."""
    own = adapter.favicon(files, config)
    build.site.likeness.draw_icons(favicon=not own)
    for path, content in build.site.likeness.icons.items():
        if not files.get_file_from_path(path):
            add(path, content, files, config)
    config.theme["favicon"] = own or icons.FAVICON
    if not config.theme.get("logo") and not (config.theme.get("icon") or {}).get("logo"):
        config.theme["logo"] = config.theme["favicon"]


def show_copies(files: Files, config: MkDocsConfig) -> None:
    """Put in the small copies that pages show, and hold back what they are copies of."""
    for path, content in build.pictures.items():
        add(path, content, files, config)
    originals = {build.site.likeness.original, *build.unused.paths}
    found = [file for path in originals if (file := files.get_file_from_path(path))]
    build.unused.paths = {f.src_uri for f in found if adapter.is_published(f, preview=preview)}
    for file in found:
        file.inclusion = InclusionLevel.EXCLUDED


def tell_machines(files: Files, config: MkDocsConfig) -> None:
    """Date the pages, draw their cards, and add the files for programs that the owner has not."""
    facts = settings.facts(config, build.settings)
    build.machines = machines = Machines(build.site, facts, adapter.absolute_url(files, config))
    pages = [file.page for file in files.documentation_pages() if file.page]
    plain = [adapter.plain_page(page, config) for page in pages]
    for page, info in zip(pages, plain, strict=True):
        page.update_date = machines.changed(info)
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
    """Lead from old addresses to the pages that had them, where there is nothing else."""

    def built(path: str) -> str:
        return File.generated(config, path, content="").dest_uri

    shown_as = build.site.options.shown_as
    aliases = [*build.site.papers.redirects(), *adapter.aliases(files, shown_as)]
    taken = {f.dest_uri: f.dest_uri if f.generated_by else shown_as(f.src_uri) for f in files}
    late = ("sitemap.xml.gz", "search/search_index.json")  # are written by others, and no files yet
    taken |= {name: name for name in (*config.theme.static_templates, *late)}
    found, problems = redirects.find(aliases, taken, built)
    tell(problems)
    for place, path in found.items():
        file = files.get_file_from_path(path)
        if file and file.page:
            address = get_relative_url(file.url, File.generated(config, place, content="").url)
            title = adapter.plain_page(file.page, config).title
            canonical = file.page.canonical_url or address
            add(place, build.site.redirect(title, address, canonical), files, config)


def add(path: str, content: str | bytes | Path, files: Files, config: MkDocsConfig) -> None:
    """Put a generated file into the site, in the place of one with its path.

    A file on disk may be where the site has it: MkDocs lets plugins write there.
    """
    if old := files.get_file_from_path(path):
        files.remove(old)
    make = partial(File.generated, config, path, inclusion=InclusionLevel.NOT_IN_NAV)
    on_disk = isinstance(content, Path)
    files.append(make(abs_src_path=str(content)) if on_disk else make(content=content))


def tell(problems: Iterable[Problem]) -> None:
    """Log problems; any of them but advice and notes makes `--strict` fail."""
    for problem in problems:
        level = logging.INFO if problem.severity in ("advice", "note") else logging.WARNING
        log.log(level, "%s", problem)


def tell_new() -> None:
    """Log the site's problems that were not logged yet."""
    tell(build.site.problems[build.told :])
    build.told = len(build.site.problems)
