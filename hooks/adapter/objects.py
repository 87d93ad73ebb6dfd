"""Translates between MkDocs' objects and the plain values and functions that the core takes."""

from collections.abc import Callable, Container, Iterator
from pathlib import Path
from posixpath import normpath
from urllib.parse import urlsplit

from markupsafe import Markup
from material.plugins.blog.structure import Post, View
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, get_theme_dir

from homepage.citing import csl
from homepage.common import real_files
from homepage.model import Problem
from homepage.news import feeds
from homepage.pages import Options, Settings, plain, profile, search_text, settings
from homepage.pictures import icons, page_images
from homepage.publications import matching, scholar_user
from homepage.web import Facts, accent, blocked
from homepage.web import Page as PlainPage

from . import engine, source_files

_MATERIALS_ICON = "assets/images/favicon.png"  # the default of the theme's setting `favicon`


def options(config: MkDocsConfig, files: Files, wanted: Settings, source: str) -> Options:
    """Return our settings with those that MkDocs has; `source` is the text of mkdocs.yml."""
    social, named = config.extra["social"], wanted.csl_styles
    schemes = _palettes(config)
    ours = vars(wanted) | {
        "bibliography": tuple(matching(wanted.bibliography, files.src_uris)),
        "accent": wanted.accent or accent(config.theme.dirs, str(schemes[0].get("accent", ""))),
        "public_fields": tuple(name.lower() for name in wanted.public_fields),
    }
    return Options(
        **ours,
        styles=tuple(csl.StyleSetting(s, settings.line_of_item(source, "csl_styles", s)) for s in named),
        portrait_line=settings.line_of_item(source, "portrait", wanted.portrait or ""),
        site_name=config.site_name,
        dark=schemes[0].get("scheme") == "slate",
        owner=config.site_author or "",
        language=language(config),
        docs=source_files.docs_shown(config),
        scholar=scholar_user(str(item["link"]) for item in social),
        cache=str(Path(config.config_file_path).parent / ".cache"),
        has_dark=any(palette.get("scheme") == "slate" for palette in schemes[1:]),
        profiles=profile.links(social, config.theme.dirs),
    )


def _palettes(config: MkDocsConfig) -> list[dict[str, object]]:
    """Return the colour schemes of the theme; an empty one if there is none."""
    found = config.theme.get("palette")
    return [p for p in (found if isinstance(found, list) else [found]) if isinstance(p, dict)] or [{}]


def facts(config: MkDocsConfig, wanted: Settings) -> Facts:
    """Return what the settings say about the site and its owner."""
    return Facts(
        name=plain(config.site_name),
        description=plain(config.site_description or ""),
        url=config.site_url or "",
        root=Path(config.config_file_path).parent,
        social=tuple(item["link"] for item in config.extra["social"]),
        job_title=wanted.job_title or "",
        affiliation=wanted.affiliation or (),
        alumni_of=wanted.alumni_of or (),
        cards=wanted.social_cards,
    )


def align_engines(config: MkDocsConfig) -> None:
    """Make both engines report mkdocs.yml as the settings file, and search with lunr."""
    config.config_file_path = str(engine.settings_file(Path(config.config_file_path)))
    if search := config.plugins.get(f"{config.theme.name}/search"):
        wanted = search.config
        if "provider" in wanted:  # the Content-Security-Policy blocks MaterialX's other one
            wanted["provider"], wanted = "lunr", wanted["lunr"]
        wanted["separator"] = wanted["separator"] or search_text.SEPARATOR


def complete_social(config: MkDocsConfig, source: str) -> list[Problem]:
    """Complete `extra.social` with names and icons; returns problems with wrong items."""
    path, line = Path(config.config_file_path).name, settings.line_of_item(source, "social", "social")
    given = config.extra.get("social")
    config.extra["social"], problems = profile.completed(given, config.theme.dirs, path, line)
    return problems


def refused_files(config: MkDocsConfig, wanted: Settings, source: str) -> Iterator[Problem]:
    """Yield a problem for each file on a blocked host in mkdocs.yml, whose text is `source`."""
    analytics = config.extra.get("analytics")
    google = isinstance(analytics, dict) and analytics.get("provider") == "google"
    named = [*map(str, config.extra_javascript), *config.extra_css]
    named += ["https://www.googletagmanager.com/"] * google
    named += ["https://fonts.googleapis.com/", "https://fonts.gstatic.com/"] * bool(
        config.theme.get("font")
    )
    named += ["https://api.github.com/"] * ("github.com" in (config.repo_url or ""))
    path = Path(config.config_file_path).name
    return blocked.refused_files(named, source, path, wanted.trusted_hosts)


def language(config: MkDocsConfig) -> str:
    """Return the language of the theme, which is that of the site."""
    return str(config.theme.get("language") or "en")


def disable_outside_authors(config: MkDocsConfig) -> Iterator[Problem]:
    """Turn off the blog's authors if a symbolic link leads their file out of docs/."""
    if blog := config.plugins.get(f"{config.theme.name}/blog"):
        named = str(blog.config["authors_file"]).replace("{blog}", str(blog.config["blog_dir"]))
        path, docs = Path(config.docs_dir, named), Path(config.docs_dir)
        if path.is_file() and (problem := real_files.outside_docs(path, docs)):
            blog.config["authors"] = False
            yield problem


def disable_unused_plugins(
    config: MkDocsConfig, files: Files, texts: list[str], faults: Container[str]
) -> None:
    """Turn off the plugins blog and tags if no page of `texts` shows what they make.

    The blog is also off if its folder of posts is among the `faults`: the plugin would create it there.
    """
    if blog := config.plugins.get(f"{config.theme.name}/blog"):
        posts = str(blog.config["post_dir"]).replace("{blog}", str(blog.config["blog_dir"]))
        there = normpath(f"{blog.config['blog_dir']}/index.md") in files.src_uris
        there = there and normpath(posts) not in faults
        blog.config["enabled"] = blog.config["enabled"] and there
    if tags := config.plugins.get(f"{config.theme.name}/tags"):
        there = any(f"<!-- {tags.config['listings_directive']}" in text for text in texts)
        tags.config["enabled"] = tags.config["enabled"] and there
        layouts = (Path(folder, "fragments/tags/escaped") for folder in config.theme.dirs)
        if tags.config["listings_layout"] == "default" and any(path.is_dir() for path in layouts):
            tags.config["listings_layout"] = "escaped"


def relative_url(files: Files, page: Page) -> Callable[[str], str]:
    """Return a function that makes the address of a source path relative to a page."""

    def relative(path: str) -> str:
        file = files.get_file_from_path(path)
        return get_relative_url(file.url if file else path, page.url)

    return relative


def picture_place(page: Page, config: MkDocsConfig, shown: str) -> page_images.Place:
    """Return where a page's pictures are; `shown` is the path of its source for messages."""
    base = urlsplit(config.site_url or "/").path or "/"
    file = page.file
    return page_images.Place(file.src_uri, file.dest_uri, base, shown, file.content_string)


def favicon(files: Files, config: MkDocsConfig) -> str:
    """Return the path of the owner's favicon, or '', and remove Material's own from the site.

    It is named by the theme's setting, or is a file in docs/ or in the theme's folder.
    """
    named = str(config.theme.get("favicon") or "")
    default = files.get_file_from_path(_MATERIALS_ICON)
    if default and default.src_dir == get_theme_dir(config.theme.name or "material"):
        files.remove(default)
    if named != _MATERIALS_ICON or files.get_file_from_path(named):
        return named
    return next((path for path in icons.OWN if files.get_file_from_path(path)), "")


def title_of(page: Page) -> str:
    """Return the title in the page's front matter, as HTML; we set that of publications."""
    return str(page.meta.get("title", ""))


def feed_info(config: MkDocsConfig, news_url: str) -> feeds.FeedInfo:
    """Return what the feeds say about the site."""
    return feeds.FeedInfo(
        title=plain(config.site_name),
        description=plain(config.site_description or ""),
        author=config.site_author or plain(config.site_name),
        language=language(config),
        site_url=config.site_url or "",
        news_url=news_url,
    )


def plain_page(page: Page, config: MkDocsConfig) -> PlainPage:
    """Return a page as plain text; MkDocs has its title as HTML."""
    title = str(page.title or "")  # YAML reads `title: 1984` as a number
    description = page.meta.get("description") or config.site_description or ""
    return PlainPage(
        page.file.src_uri,
        page.file.dest_uri,
        Markup(title).striptags() if "<" in title or "&" in title else title,
        plain(description),
        page.is_homepage,
        page.file.inclusion is InclusionLevel.INCLUDED,
        page.config.date.created.date().isoformat() if isinstance(page, Post) else "",
        tuple(p.file.src_uri for p in page.posts) if isinstance(page, View) else (),
    )


def absolute_url(files: Files, config: MkDocsConfig) -> Callable[[str], str]:
    """Return a function that makes the absolute address of a source path, or '' if it has none."""

    def absolute(path: str) -> str:
        file = files.get_file_from_path(path)
        return config.site_url + file.url.removeprefix("./") if config.site_url and file else ""

    return absolute
