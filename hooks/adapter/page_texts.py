"""Escapes texts of MkDocs and its plugins that themes print as HTML."""

import copy
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import escape
from material.plugins.blog.structure import Category, Post
from material.plugins.tags.structure.tag import Tag
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from homepage.lists import escape_markdown
from homepage.pages import escaped


def escape_sections(nav: Navigation, config: MkDocsConfig) -> None:
    """Escape section titles made from folder names; titles in mkdocs.yml are HTML already."""
    for section in _walk(nav.items) if config.nav is None else ():
        if isinstance(section, Section):
            section.title = escape(section.title)


def category_as_text(page: Page, markdown: str) -> str:
    """Return a page's Markdown; the blog prints the name of a category, which is text, as Markdown."""
    if isinstance(page, Category) and markdown.strip() == f"# {page.name}":
        return f"# {escape_markdown(str(page.name))}"
    return markdown


def escape_texts(page: Page, config: MkDocsConfig, named: Mapping[str, str]) -> None:
    """Escape a page's front matter, title and links; titles `named` in the menu are HTML already."""
    escaped.escape_meta(page.meta, config.plugins)
    if author := page.meta.get("author") or config.site_author:
        page.meta["author"] = escaped.html(author)
    if page.title and "title" not in page.meta and not named.get(page.file.src_uri):
        is_name = escaped.from_file_name(page.title, page.file.name)
        page.title = escape(page.title) if is_name else escaped.html(page.title)
    if page.edit_url:
        page.edit_url = escape(page.edit_url)
    for link in _walk(page.config.links or ()) if isinstance(page, Post) else ():
        if link.title:
            link.title = escaped.html(link.title)


def escape_tags(context: TemplateContext, config: MkDocsConfig) -> None:
    """Escape the tags that a page shows, also as keys of their icons."""
    if shown_tags := context.get("tags"):
        of_tags = config.extra.get("tags")
        tags: list[Tag] = list(map(copy.copy, shown_tags))  # type: ignore[call-overload]
        for tag in tags:
            name, tag.name = tag.name, escape(tag.name)
            if isinstance(of_tags, dict) and name in of_tags:
                of_tags[tag.name] = of_tags[name]
        context["tags"] = tags  # type: ignore[typeddict-unknown-key]


def escape_contents(page: Page) -> None:
    """Escape tag names in a table of contents: titles made from headings have no `<`."""
    unseen = list(page.toc)
    while unseen:
        item = unseen.pop()
        unseen += item.children
        if "<" in item.title:
            item.title = escape(item.title)


def allows_scripts(page: Page) -> bool:
    """Does the page's front matter allow inline scripts?"""
    return page.meta.get("scripts") is True


def _walk(items: Iterable[StructureItem]) -> Iterator[StructureItem]:
    for item in items:
        yield item
        yield from _walk(getattr(item, "children", None) or ())  # only some kinds have any
