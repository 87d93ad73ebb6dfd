"""Files that a build adds to the site, excludes from it, or edits after they are written."""

from pathlib import Path

from markupsafe import escape
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url

from homepage.pages import outputs, redirects
from homepage.pictures import icon_files, icons, metadata_removal
from homepage.web import Metadata

from . import objects as adapter
from . import page_texts as texts
from . import source_files
from .build import Build, PaperPage


def leave_out(build: Build) -> None:
    """Exclude files that only the build needs, and files of entries that are not published."""
    wanted, local_file = build.settings, source_files.local_file(build.files)
    private = outputs.private_files(build.content, build.files.src_uris, local_file)
    owners = (f.src_uri for f in build.files if source_files.is_from_docs(f, preview=build.preview))
    copies = outputs.copies(build.content, owners)
    build.report(copies.values())
    private |= copies.keys()
    for path in (wanted.people, wanted.venues, *wanted.csl_styles, *private):
        if file := build.files.get_file_from_path(path):
            file.inclusion = InclusionLevel.EXCLUDED


def add_exports(build: Build) -> None:
    """Add the bibliography in other formats, small pictures and style sheets."""
    build.exports, written = outputs.write_exports(build.content, Path(build.config.site_dir))
    for path, file in written.items():
        build.add(path, file)
    for path, data in outputs.assets(build.content, build.config.theme.dirs):
        build.add(path, data)


def add_icons(build: Build) -> None:
    """Add icons that the owner does not provide, and set Material's favicon and logo."""
    own = adapter.favicon(build.files, build.config)
    build.icons = icon_files(build.content.avatar, build.options.avatar(), favicon=not own)
    for path, data in build.icons.items():
        if not build.files.get_file_from_path(path):
            build.add(path, data)
    build.config.theme["favicon"] = own or icons.FAVICON
    if not build.config.theme.get("logo") and not (build.config.theme.get("icon") or {}).get("logo"):
        build.config.theme["logo"] = build.config.theme["favicon"]


def add_papers(build: Build) -> None:
    """Add a page for each publication; a page that the owner wrote replaces it."""
    pages = [file.src_uri for file in build.files.documentation_pages()]
    build.report(outputs.stray_pages(build.content, pages))
    taken = {file.dest_uri for file in build.files}
    for path in build.content.papers:
        file = File.generated(build.config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        if file.dest_uri not in taken:
            build.files.append(file)
            PaperPage(None, file, build.config)
            continue
        own = build.files.get_file_from_path(path)
        if own and own.inclusion is InclusionLevel.INCLUDED:
            own.inclusion = InclusionLevel.NOT_IN_NAV


def show_copies(build: Build) -> None:
    """Add the small copies that pages show, and exclude their originals."""
    for path, data in build.pictures.items():
        build.add(path, data)
    originals = {build.content.avatar.original, *build.unused.paths}
    found = [file for path in originals if (file := build.files.get_file_from_path(path))]
    build.unused.paths = {
        f.src_uri for f in found if source_files.is_published(f, preview=build.preview)
    }
    for file in found:
        file.inclusion = InclusionLevel.EXCLUDED


def add_feeds(build: Build) -> None:
    """Add the feeds."""
    if build.news_file:
        info = adapter.feed_info(build.config, build.news_file.url)
        for path, text in outputs.feed_files(build.content, build.site.news, info).items():
            build.add(path, text)


def add_domain(build: Build) -> None:
    """Add the CNAME file that GitHub Pages reads; with an empty domain, exclude docs/CNAME."""
    if build.settings.domain:
        build.add("CNAME", build.settings.domain + "\n")
    elif build.settings.domain == "" and (file := build.files.get_file_from_path("CNAME")):
        file.inclusion = InclusionLevel.EXCLUDED


def add_metadata(build: Build) -> None:
    """Date the pages, draw their cards, and add robots.txt and llms.txt unless the owner has them."""
    facts = adapter.facts(build.config, build.settings)
    absolute = adapter.absolute_url(build.files, build.config)
    build.metadata = metadata = Metadata(build.site, facts, absolute)
    pages = [file.page for file in build.files.documentation_pages() if file.page]
    plain = [adapter.plain_page(page, build.config) for page in pages]
    for page, info in zip(pages, plain, strict=True):
        texts.escape_contents(page)
        page.update_date = metadata.changed(info)
        page.meta["description"] = escape(info.description)  # Material prints it as it is
        if picture := metadata.card(info):
            build.add(metadata.card_path(info), picture)
    metadata.tidy()
    for path, text in metadata.files(plain).items():
        if not build.files.get_file_from_path(path):
            build.add(path, text)


def add_redirects(build: Build) -> None:
    """Add redirects from old addresses, unless another file is there."""

    def built(path: str) -> str:
        return File.generated(build.config, path, content="").dest_uri

    shown_as = build.options.shown_as
    aliases = [*outputs.old_paper_pages(build.content), *source_files.aliases(build.files, shown_as)]
    taken = {f.dest_uri: f.dest_uri if f.generated_by else shown_as(f.src_uri) for f in build.files}
    late = ("sitemap.xml.gz", "search/search_index.json")  # MkDocs and its plugins write these later
    taken |= {name: name for name in (*build.config.theme.static_templates, *late)}
    found, problems = redirects.find(aliases, taken, built)
    build.report(problems)
    for place, path in found.items():
        file = build.files.get_file_from_path(path)
        if file and file.page:
            address = get_relative_url(file.url, File.generated(build.config, place, content="").url)
            title = adapter.plain_page(file.page, build.config).title
            canonical = file.page.canonical_url or address
            html = build.content.fragments.redirect(title, address, canonical)
            build.add(place, html)


def add_search_for_disk(build: Build) -> None:
    """Write the search index as a script, too: pages opened from disk can read nothing else.

    Material's plugin `offline` does the same, but its pages also load a file from another host.
    """
    index = Path(build.config.site_dir, "search/search_index.json")
    if not build.config.use_directory_urls and index.is_file():
        script = f"var __index = {index.read_text(encoding='utf-8')}"
        index.with_suffix(".js").write_text(script, encoding="utf-8")


def clean_pictures(build: Build) -> None:
    """Remove metadata, such as place and author, from all published pictures."""
    docs, shown_as = build.config.docs_dir, build.options.shown_as
    own = (file for file in build.files if file.src_dir == docs)
    sources = {file.dest_uri: shown_as(file.src_uri) for file in own}
    pages = {file.dest_uri for file in build.files.documentation_pages()}
    build.report(metadata_removal.clean(Path(build.config.site_dir), pages, sources))


def put_policies(build: Build) -> None:
    """Add a Content-Security-Policy to all pages, except to HTML files that the owner keeps in docs/.

    Raises PluginError if a theme or plugin has added another policy.
    """
    own = {f.dest_uri for f in build.files if not (f.generated_by or f.is_documentation_page())}
    if wrong := build.policies.finish(Path(build.config.site_dir), own):
        message = "these pages have a Content-Security-Policy that is not of this build"
        hint = "take its <meta> out of the theme in overrides/, or of the plugin that writes it"
        raise PluginError(f"{', '.join(wrong)}: {message} ({hint})")
