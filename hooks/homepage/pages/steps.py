"""The steps that turn a page's Markdown into its HTML, in the order in which they happen.

    1. preprocess          Markdown as written: protect news, citations and lists from plugins
       …                   (plugins, among them mkdocs-bibtex)
    2. postprocess         Markdown after plugins: add placeholders for references, remove comments
       …                   (Python-Markdown makes HTML)
    3. collect_news        HTML of the news page: wrap each item in an article, collect the items
    4. assemble_site       all pages are known: find the address of each publication, link the news
    5. html_for_search     HTML for the search, with each publication once
    6. html_for_visitors   HTML for visitors, with all placeholders replaced

A `Draft` is what is known of a page between the steps. Each step takes values and returns new ones,
and its problems.
"""

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from ..citing import Registry
from ..common import PLUGIN_COMMENTS, comment_problems, without_comments
from ..formats import File
from ..lists import Directive, directives
from ..model import Date, NewsItem, Problem
from ..news import RenderedNews, feeds, items
from . import paper_page, placeholders, search_text, slow_markdown
from .content import Content
from .placeholders import Placeholder, marks, unique
from .site import Addresses, Draft, Site, Url, addresses

_IDS_OF_TEXT = re.compile(r'(<(?:h[1-6]|sup)\b[^<>]*?) id="[^"]*"')


# -- 1. preprocess -------------------------------------------------------------


def preprocess(
    content: Content, citations: Registry, markdown: str, path: str, first_line: int
) -> tuple[str, Draft, list[Problem]]:
    """Mark news, protect citations and replace directives by placeholders, before plugins run.

    `first_line` is the first line of the Markdown in the file, after the front matter.
    """
    shown, news = content.options.shown_as(path), tuple[NewsItem, ...]()
    problems = comment_problems(markdown, shown, first_line)
    if slow := slow_markdown.first(markdown):
        line = first_line + markdown.count("\n", 0, slow.start)
        message = f"the page is shown as it is written, as it could not be converted: {slow.what}"
        hint = "close them, or put blank lines between them"
        problems.append(Problem(shown, line, message, hint, "error"))
        markdown = slow_markdown.plain(markdown)
    if path == content.options.news:
        page, found = items.parse(markdown, shown, first_line)
        problems += found
        news = page.items
        times = {i.date.iso(): _time(content, i.date) for i in news if i.date}
        markdown = items.markdown(page, times)
    markdown, found = citations.shield(markdown, shown, first_line)
    problems += found
    places: list[Placeholder] = []

    def place(directive: Directive) -> str:
        text, found = placeholders.markdown_of(content, directive, places)
        problems.extend(found)
        return text

    markdown, found = directives.replace(markdown, shown, first_line, place)
    problems += found
    if work := content.papers.get(path):
        markdown = f"{placeholders.add(places, Placeholder('paper.html', [work]))}\n{markdown}"
    return markdown, Draft(tuple(places), news), problems


def _time(content: Content, date: Date) -> str:
    return f'<time datetime="{date.iso()}">{content.fragments.format_date(date)}</time>'


# -- 2. postprocess ------------------------------------------------------------


def postprocess(citations: Registry, markdown: str, draft: Draft) -> tuple[str, Draft]:
    """Remove comments and add placeholders for lists of references, after plugins have run."""
    markdown = without_comments(markdown, PLUGIN_COMMENTS)
    places = list(draft.places)
    for text, works in citations.references(markdown):
        suffixes = citations.suffixes(works)
        new = Placeholder("references.html", works, marks(works), suffixes=suffixes)
        markdown = markdown.replace(text, placeholders.add(places, new), 1)
    return citations.unshield(markdown), draft._replace(places=tuple(places))


# -- 3. collect_news -----------------------------------------------------------


def collect_news(content: Content, html: str, draft: Draft, url: Url) -> tuple[str, list[RenderedNews]]:
    """Return the HTML of the news page, each item in an article, and the items."""
    segments, news = items.rendered(html, draft.news)
    before, after = segments[0], segments[len(news) + 1 :]
    articles = zip(news, segments[1 : len(news) + 1], strict=True)
    middle = content.fragments.render(
        "news_page.html", articles=[(n.item, Markup(html)) for n, html in articles], url=url
    )
    return "".join((before, str(middle), *after)), news


# -- 4. assemble_site ----------------------------------------------------------


def assemble_site(
    content: Content,
    citations: Registry,
    drafts: Mapping[str, Draft],
    news: Iterable[RenderedNews],
    exports: Mapping[str, File],
    news_url: Url,
) -> tuple[Site, list[Problem]]:
    """Find the address of each publication, and add links to the news, relative to the news page."""
    slugs = {path: placeholders.listed(draft.places) for path, draft in drafts.items()}
    listed = {path: found for path, found in slugs.items() if found}
    where, problems = addresses(content.works, content.papers, listed)

    def bare(text: str) -> str:
        return citations.resolve(text, lambda _, cited: cited)

    linked = [
        n._replace(
            title=bare(n.title),
            excerpt=bare(n.excerpt),
            body=_linked(n.body, citations, where, news_url),
        )
        for n in news
    ]
    around = paper_page.neighbours(content.works) if content.papers else {}
    return Site(content, citations, drafts, linked, where, exports, around), problems


def _linked(html: str, citations: Registry, found: Addresses, url: Url) -> str:
    """Return HTML with citations as links."""

    def link(slug: str, text: str) -> str:
        address = found.find(slug, url)
        shown = escape(text)
        return f'<a class="hp-cite" href="{escape(address)}">{shown}</a>' if address else shown

    return citations.resolve(html, link)


# -- 5. html_for_search --------------------------------------------------------


def html_for_search(site: Site, html: str, path: str, url: Url) -> str:
    """Return HTML for the search: each work once, without its buttons."""
    html = _linked(html, site.citations, site.addresses, url)
    html = search_text.segmented(html)  # before placeholders add untrusted text
    places = site.drafts.get(path, Draft()).places
    return placeholders.with_text(html, places, lambda place: _indexed(site.content, place))


def _indexed(content: Content, place: Placeholder) -> str:
    if place.template == "profile.html":
        return search_text.segmented(content.fragments.render("profile.html", with_links=False))
    is_list = place.template == "publications.html" and not content.options.paper_pages
    if not is_list and place.template != "paper.html":
        return ""
    text = content.fragments.render("search_index.html", publications=place.publications, listed=is_list)
    # Latin-1 only, so that Python stores a character in one byte: a page may have megabytes.
    return search_text.segmented(text).encode("latin-1", "xmlcharrefreplace").decode("latin-1")


# -- 6. html_for_visitors ------------------------------------------------------


def html_for_visitors(
    site: Site,
    html: str,
    path: str,
    url: Url,
    used: set[str],
    *,
    is_home: bool = False,
    title: str = "",
) -> str:
    """Return HTML for visitors, given that of `html_for_search`: all placeholders replaced.

    `used` are ids that are taken; those of the page are added. `title` is that of the front matter.
    """
    places = site.drafts.get(path, Draft()).places
    html = placeholders.without_text(search_text.unsegmented(html), places)
    used |= placeholders.ids(html)

    def render(place: Placeholder) -> str:
        if place.template == "paper.html":
            return ""  # paper_page.page() adds it around the text; the search needed the placeholder
        return _render(site, place, used, url, is_home=is_home)

    # Screen readers and the Tab key should skip Material's permalinks, which are for the mouse.
    html = html.replace('class="headerlink"', 'class="headerlink" aria-hidden="true" tabindex="-1"')
    html = placeholders.filled(html, places, render)
    work = site.content.papers.get(path)
    if work is None:
        return html
    return paper_page.page(
        work,
        html,
        url,
        used,
        title,
        fragments=site.content.fragments,
        addresses=site.addresses,
        around=site.neighbours[work.slug],
        exports=site.exports,
        styles=site.content.styles,
    )


def excerpt_for_visitors(site: Site, html: str, path: str, url: Url, used: set[str]) -> str:
    """Return the filled excerpt of a post for a page on which these ids are `used`.

    Ids of headings and footnotes are removed: they link to the post, and could be there twice.
    """
    html = _IDS_OF_TEXT.sub(r"\1", _linked(html, site.citations, site.addresses, url))
    return html_for_visitors(site, html, path, url, used)


def _render(site: Site, place: Placeholder, used: set[str], url: Url, *, is_home: bool) -> str:
    content = site.content
    return content.fragments.render(
        place.template,
        publications=place.publications,
        unique_id=lambda slug: unique(slug, used),
        old_slugs=content.aliases,
        suffixes=place.suffixes,
        parts=place.parts,
        notes=content.fragments.notes(place.marks),
        news=site.news[: place.limit or len(site.news)],
        is_home=is_home,
        url=url,
        address=lambda slug: site.addresses.find(slug, url),
        page_of=lambda slug: site.addresses.own_page(slug, url),
        news_url=content.options.news,
        with_links=True,
        portrait=content.avatar.portrait,
        absolute=feeds.absolute,
    )
