"""What each page of the site shows: its Markdown before MkDocs sees it, its HTML after."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from ..common import FOR_PROGRAMS, comment_problems, without_comments
from ..lists import NewsOptions, ProfileOptions, directives, facets, group
from ..model import Date, NewsItem, Problem, Publication
from ..news import feeds, items
from . import search_text as segments
from . import slow_markdown
from .addresses import Url
from .site import Site
from .slots import Parts, Slot, Slots, ids, marks, unique

# Longer lists leave abstracts and BibTeX to the pages of their works, from which a script takes them
# when they are opened: of 100 works they are half of what the list weighs.
_MOST_IN_FULL = 50
_MOST_WITH_PARTS = 2_000  # longer lists would weigh 10 MB and more
_IDS_OF_TEXT = re.compile(r'(<(?:h[1-6]|sup)\b[^<>]*?) id="[^"]*"')


class Pages:
    """Everything that pages take from the site of a build; problems gather there."""

    def __init__(self, site: Site):
        self.site = site
        self._news_items: tuple[NewsItem, ...] = ()
        self._slots = site.slots

    def prepare(self, markdown: str, path: str, first_line: int) -> str:
        """A page's Markdown before plugins see it: news marked, citations shielded, lists placed."""
        shown = self.site.options.shown_as(path)
        self.site.problems += comment_problems(markdown, shown, first_line)
        if slow := slow_markdown.first(markdown):
            line = first_line + markdown.count("\n", 0, slow.start)
            message = f"the page is shown as it is written, as it could not be converted: {slow.what}"
            hint = "close them, or put blank lines between them"
            self.site.problems.append(Problem(shown, line, message, hint, "error"))
            markdown = slow_markdown.plain(markdown)
        if path == self.site.options.news:
            page, found = items.parse(markdown, shown, first_line)
            self.site.problems += found
            self._news_items = page.items
            time = {i.date.iso(): self._time(i.date) for i in page.items if i.date}
            markdown = items.markdown(page, time)
        markdown, found = self.site.registry.shield(markdown, shown, first_line)
        self.site.problems += found
        slots = self._slots[path] = Slots()
        markdown, found = directives.replace(
            markdown, shown, first_line, lambda directive: self._place(directive, slots)
        )
        self.site.problems += found
        if paper := self.site.addresses.papers.get(path):
            markdown = f"{slots.place(Slot('paper.html', [paper]))}\n{markdown}"
        return markdown

    def finish(self, markdown: str, path: str) -> str:
        """The page's Markdown after plugins: comments go, what was shielded comes back.

        References get a place.
        """
        markdown = without_comments(markdown, FOR_PROGRAMS)
        slots = self._slots[path]
        for text, works in self.site.registry.references(markdown):
            suffixes = self.site.registry.suffixes(works)
            place = slots.place(Slot("references.html", works, marks(works), suffixes=suffixes))
            markdown = markdown.replace(text, place, 1)
        return self.site.registry.unshield(markdown)

    def take_news(self, html: str, url: Url) -> str:
        """The HTML of the news page, each item an article; the items are kept for everything else."""
        segments, self.site.news = items.rendered(html, self._news_items)
        before, after = segments[0], segments[len(self.site.news) + 1 :]
        articles = zip(self.site.news, segments[1 : len(self.site.news) + 1], strict=True)
        middle = self.site.fragments.render(
            "news_page.html",
            articles=[(n.item, Markup(html)) for n, html in articles],
            url=url,
        )
        return "".join((before, str(middle), *after))

    def searchable(self, html: str, path: str, url: Url) -> str:
        """The page's HTML as a search should read it: each work once, without its buttons.

        `url` makes paths relative to the page.
        """
        html = segments.parted(self._linked(html, url))  # before the slots, whose text is untrusted
        return self._slots[path].indexed(html, self._indexed) if path in self._slots else html

    def _indexed(self, slot: Slot) -> str:
        if slot.fragment == "profile.html":
            return segments.parted(self.site.fragments.render("profile.html", with_links=False))
        listed = slot.fragment == "publications.html" and not self.site.options.paper_pages
        if not listed and slot.fragment != "paper.html":
            return ""
        text = self.site.fragments.render("search.html", publications=slot.publications, listed=listed)
        # Of all works in one page it is megabytes: no character takes two bytes.
        return segments.parted(text).encode("latin-1", "xmlcharrefreplace").decode("latin-1")

    def bare(self, html: str, path: str) -> str:
        """What `searchable` gave, without what only a search is to know."""
        html = segments.joined(html)
        return self._slots[path].bare(html) if path in self._slots else html

    def fill(
        self,
        html: str,
        path: str,
        url: Url,
        is_home: bool = False,
        title: str = "",
        used: set[str] | None = None,
    ) -> str:
        """What `bare` gave, with everything in its place; `used` are ids that are taken."""
        used = set() if used is None else used
        used |= ids(html)

        def render(slot: Slot) -> str:
            if slot.fragment == "paper.html":
                return ""  # it is around the whole text, and this the place where search reads it
            return self._render(slot, used, url, is_home=is_home)

        # Heard after every heading, reached by every Tab: Material's permalinks are for the mouse.
        html = html.replace('class="headerlink"', 'class="headerlink" aria-hidden="true" tabindex="-1"')
        html = self._slots[path].fill(html, render) if path in self._slots else html
        work = self.site.addresses.papers.get(path)
        return self.site.papers.page(work, html, url, used, title) if work else html

    def excerpt(self, html: str, path: str, url: Url, used: set[str]) -> str:
        """The beginning of a post, with everything in its place, for a page with these ids.

        Headings and notes lead to the post; their own ids could be there twice.
        """
        html = _IDS_OF_TEXT.sub(r"\1", self._linked(html, url))
        return self.fill(html, path, url, used=used)

    def redirect(self, title: str, address: str, canonical: str) -> str:
        """A page that leads to the page of this title, and is nothing else."""
        return self.site.fragments.render(
            "redirect.html",
            title=title,
            address=address,
            canonical=canonical,
            language=self.site.options.language,
        )

    def _linked(self, html: str, url: Url) -> str:
        """HTML with citations as links."""

        def link(slug: str, text: str) -> str:
            address = self.site.addresses.find(slug, url)
            shown = escape(text)
            return f'<a class="hp-cite" href="{escape(address)}">{shown}</a>' if address else shown

        return self.site.registry.resolve(html, link)

    def link_news(self, url: Url) -> None:
        """Make the citations in news links, relative to the news page, once all pages are known."""

        def bare(text: str) -> str:
            return self.site.registry.resolve(text, lambda _, cited: cited)

        self.site.news = [
            n._replace(title=bare(n.title), excerpt=bare(n.excerpt), body=self._linked(n.body, url))
            for n in self.site.news
        ]

    def _place(self, directive: directives.Directive, slots: Slots) -> str:
        options = directive.options
        if isinstance(options, NewsOptions):
            return slots.place(Slot("news.html", limit=options.limit))
        if isinstance(options, ProfileOptions):
            return slots.place(Slot("profile.html"))
        self.site.miss_bibliography()
        chosen, found = self.site.selection.choose(options, directive.path, directive.line)
        self.site.problems += found
        parts = [slots.place(Slot("totals.html", chosen))] if chosen and options.statistics else []
        listed: list[Publication] = []
        parts_are = self._where_parts_are(len(chosen))
        if parts_are == "nowhere" and not self.site.options.paper_pages:
            message = (
                f"a list of {len(chosen)} works shows neither abstracts nor BibTeX: it would be huge"
            )
            hint = "set paper_pages: true, or make several lists"
            self.site.problems.append(Problem(directive.path, directive.line, message, hint, "advice"))
        for heading, members in group(chosen, options, self.site.label):
            if heading:
                parts.append(f"{'#' * directive.heading_level} {directives.literal(heading)}\n")
            parts.append(slots.place(Slot("publications.html", members, parts=parts_are)))
            listed += members
        if facets.wanted(len(listed), options.find):
            parts.insert(0, slots.place(Slot("find.html", listed)))
        parts.append(slots.place(Slot("marks.html", marks=marks(chosen))))
        return "\n".join(parts)

    def _where_parts_are(self, works: int) -> Parts:
        if works > _MOST_WITH_PARTS:
            return "nowhere"
        return "elsewhere" if works > _MOST_IN_FULL and self.site.options.paper_pages else "here"

    def _render(self, slot: Slot, used: set[str], url: Url, *, is_home: bool) -> str:
        limit = slot.limit or len(self.site.news)
        return self.site.fragments.render(
            slot.fragment,
            publications=slot.publications,
            unique_id=lambda slug: unique(slug, used),
            old_slugs=self.site.papers.old_slugs,
            suffixes=slot.suffixes,
            parts=slot.parts,
            notes=self.site.fragments.notes(slot.marks),
            news=self.site.news[:limit],
            is_home=is_home,
            url=url,
            address=lambda slug: self.site.addresses.find(slug, url),
            page_of=lambda slug: self.site.addresses.own_page(slug, url),
            news_url=self.site.options.news,
            with_links=True,
            portrait=self.site.likeness.portrait,
            absolute=feeds.absolute,
        )

    def _time(self, date: Date) -> str:
        return f'<time datetime="{date.iso()}">{self.site.fragments.format_date(date)}</time>'
