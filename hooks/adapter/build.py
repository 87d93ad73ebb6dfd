"""The state of one build between MkDocs' events, and the steps of its pages."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from homepage.citing import Registry
from homepage.common import real_files
from homepage.formats import File as Export
from homepage.model import Problem
from homepage.news import RenderedNews
from homepage.pages import (
    Content,
    Draft,
    Options,
    Settings,
    Site,
    content,
    escaped,
    for_templates,
    front_matter,
    menu,
    mistakes,
    paper_page,
    settings,
    steps,
)
from homepage.pictures import (
    Unused,
    cache,
    svg_scripts,
)
from homepage.web import Metadata, content_policy

from . import objects as adapter
from . import page_texts as texts
from . import source_files

log = get_plugin_logger("homepage")  # below the logger `mkdocs`, whose warnings --strict counts


class PaperPage(Page):
    """The page of a publication, which has no Markdown to convert."""

    is_paper = True  # for templates

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Keep the placeholder of the publication as it is."""
        self.content = self.markdown
        self.present_anchor_ids = set()


class Build:
    """The state of one build, created in its first event."""

    settings: Settings
    source: str  # the text of mkdocs.yml
    files: Files
    docs: str  # the path of docs/
    real: real_files.DocsFiles  # the files there that are no links to elsewhere
    content: Content
    citations: Registry
    exports: dict[str, Export]
    site: Site
    metadata: Metadata
    policies: content_policy.Policies

    def __init__(self, config: MkDocsConfig, *, preview: bool) -> None:
        self.config = config
        self.preview = preview  # for `mkdocs serve`, which adds a script of its own to pages
        self.drafts: dict[str, Draft] = {}  # by the path of a page's source
        self.news: list[RenderedNews] = []
        self.icons: dict[str, bytes] = {}
        self.pictures: dict[str, bytes] = {}  # copies that pages show, by path
        self.unused = Unused()  # originals that nothing shows
        self._reported: set[Problem] = set()

    def read_settings(self) -> None:
        """Read the settings in mkdocs.yml, and report problems with them."""
        path = Path(self.config.config_file_path)
        self.source = path.read_text(encoding="utf-8")
        extra, ours = self.config.extra, self.config.extra.get("homepage")
        self.report(front_matter.cleaned(ours, self.source, path.name) if isinstance(ours, dict) else ())
        self.report(front_matter.cleaned(extra, self.source, path.name))
        self.report(mistakes(self.source, path.name, set(MkDocsConfig())))
        # Removed: Material's logo would link to extra.homepage (partials/header.html).
        wanted = extra.pop("homepage", None)
        self.settings, problems = settings.load(wanted, self.source, path.name)
        swaps = "navigation.instant" in (self.config.theme.get("features") or ())
        hosts = self.settings.trusted_hosts
        scripted = bool(self.config.extra_javascript)
        self.policies = content_policy.Policies(
            hosts, preview=self.preview, swaps=swaps, scripted=scripted
        )
        self.report(problems)
        self.report(adapter.complete_social(self.config, self.source))
        self.report(adapter.refused_files(self.config, self.settings, self.source))
        self.report(adapter.disable_outside_authors(self.config))

    def find_outside_links(self) -> None:
        """Find symbolic links that lead out of docs/, and keep MkDocs from following them."""
        self.docs = self.config.docs_dir
        self.real = real_files.scan(self.docs, source_files.left_out(self.config))
        self.report(self.real.problems(source_files.docs_shown(self.config)))
        if self.real.faults:
            self.config.docs_dir = ""  # add_real_files() adds the files instead

    def add_real_files(self, files: Files) -> None:
        """Add the files of docs/, if find_outside_links() has kept MkDocs from doing so."""
        if self.real.faults:
            self.config.docs_dir = self.docs
            source_files.add(files, self.real.files, self.config)

    def watched(self) -> list[str]:
        """Return the folders to watch one by one, if watching docs/ would follow links out of it."""
        return [str(Path(self.docs, name)) for name in self.real.folders if self.real.faults]

    def read_content(self) -> None:
        """Read the bibliography, the people and all else that pages need."""
        options = adapter.options(self.config, self.files, self.settings, self.source)
        if problem := cache.fault(Path(options.cache)):
            self.report([problem])
            options = replace(options, cache="")
        reader, local_file = source_files.reader(self.files), source_files.local_file(self.files)
        self.content, problems = content.read(options, reader, local_file, self.config.theme.dirs)
        found = self.content
        self.citations = Registry(found.works, found.label, found.hidden_keys)
        self.report(problems)
        for path, data in source_files.drawings(self.files, self.config):
            self.report(svg_scripts.advice(data, options.shown_as(path)))

    @property
    def options(self) -> Options:
        """The settings as plain values."""
        return self.content.options

    # -- the steps of a page (homepage/pages/steps.py) ---------------------------

    def preprocess(self, markdown: str, page: Page) -> str:
        """Step 1: read the front matter, and protect the Markdown from plugins."""
        path, source = page.file.src_uri, page.file.content_string
        if work := self.content.papers.get(path):
            for name, value in paper_page.meta(work, self.content.label).items():
                page.meta.setdefault(name, value)
        markdown = texts.category_as_text(page, markdown)
        self.report(front_matter.cleaned(page.meta, source, self.options.shown_as(path)))
        first_line = source.count("\n") - markdown.count("\n") + 1  # after the front matter
        text, self.drafts[path], problems = steps.preprocess(
            self.content, self.citations, markdown, path, first_line
        )
        self.report(problems)
        return text

    def postprocess(self, markdown: str, path: str) -> str:
        """Step 2: add what the Markdown of plugins needs."""
        text, self.drafts[path] = steps.postprocess(self.citations, markdown, self.drafts[path])
        return text

    def collect_news(self, html: str, page: Page) -> str:
        """Step 3: take the news from their page."""
        url, draft = adapter.relative_url(self.files, page), self.drafts[page.file.src_uri]
        html, self.news = steps.collect_news(self.content, html, draft, url)
        return html

    def assemble_site(self) -> None:
        """Step 4: make the site, now that all pages are known."""
        page = self.news_file.page if self.news_file else None
        url = adapter.relative_url(self.files, page) if page else str
        self.site, problems = steps.assemble_site(
            self.content, self.citations, self.drafts, self.news, self.exports, url
        )
        self.report(problems)

    def html_for_search(self, page: Page) -> str:
        """Step 5: return the page's HTML for the search."""
        url = adapter.relative_url(self.files, page)
        return steps.html_for_search(self.site, page.content or "", page.file.src_uri, url)

    def html_for_visitors(self, page: Page, posts: Iterable[Page]) -> None:
        """Step 6: replace all placeholders, also in the excerpts of posts on a page of the blog."""
        url, used = adapter.relative_url(self.files, page), set[str]()
        html, title = page.content or "", adapter.title_of(page)
        page.content = None  # frees megabytes before the new content is made
        page.content = steps.html_for_visitors(
            self.site, html, page.file.src_uri, url, used, is_home=page.is_homepage, title=title
        )
        for post in posts:
            html = content_policy.restricted(post.content or "", scripts=texts.allows_scripts(post))
            post.content = steps.excerpt_for_visitors(self.site, html, post.file.src_uri, url, used)

    # -- files -------------------------------------------------------------------

    @property
    def news_file(self) -> File | None:
        """The news page, if there is one."""
        return self.files.get_file_from_path(self.settings.news)

    def for_templates(self) -> object:
        """Return the variables of templates."""
        return for_templates(self.site, self.icons, self.news_file.url if self.news_file else "")

    def escape_texts(self) -> None:
        """Escape titles and front matter before any template prints them."""
        self.config.site_name = escaped.html(self.config.site_name)
        named = menu.titles(self.config.nav)
        for page in filter(None, (file.page for file in self.files.documentation_pages())):
            texts.escape_texts(page, self.config, named)

    def add(self, path: str, content: str | bytes | Path) -> None:
        """Add a generated file to the site, replacing one of the same path.

        `content` is its text or bytes, or a file on disk, which may already be in the site's folder.
        """
        if old := self.files.get_file_from_path(path):
            self.files.remove(old)
        make = partial(File.generated, self.config, path, inclusion=InclusionLevel.NOT_IN_NAV)
        on_disk = isinstance(content, Path)
        self.files.append(make(abs_src_path=str(content)) if on_disk else make(content=content))

    def report(self, problems: Iterable[Problem]) -> None:
        """Log problems, each once; all but advice and notes make `--strict` fail."""
        for problem in problems:
            if problem not in self._reported:
                self._reported.add(problem)
                level = logging.INFO if problem.severity in ("advice", "note") else logging.WARNING
                log.log(level, "%s", problem)
