"""Turns old pages, posts and collections into pages of the new site."""

import posixpath
import re
from bisect import bisect_left
from collections.abc import Container, Iterable
from datetime import date

from homepage.common import safe_url, slugify
from homepage.publications import parse

from . import cv, front_matter
from .front_matter import Page, capitalized, get_texts, tags
from .links import LinkRewriter
from .markdown import close_comments, disable_directives, normalize, outside_code, plain
from .migration import Draft, Migration
from .sanitizing import sanitize

_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-?(.*)")
_VISIBLE = re.compile(r"\{%-?\s*(?:cite|bibliography|include figure)\b|<(?:img|video|iframe|object)\b")
_INVISIBLE = re.compile(r"<!--(?:(?!-->|<!--).)*+-->|<[^<>]*>|\{[%{][^{}]*\}\}?|[\s#*_>|:.-]+", re.S)
_GAP = re.compile(r"\n(?:[ \t]*\n){2,}")
_MORE = re.compile(r"^<!-- more -->$", re.M)
_NATIVE = re.compile(
    r"[(（]?\s*([\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
    r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3 ·]*)\s*[)）]?"
)
_LINKS = "url_slides slidesurl slides url_video url_pdf url_code paperurl event_url".split()

# -- Markdown of pages ----------------------------------------------------------


def page_text(migration: Migration, draft: Draft) -> str:
    """Return the Markdown of a page."""
    body = _body(migration, draft)
    for mark, inserted in draft.inserted.items():
        body = body.replace(mark, inserted)
    title = plain(draft.title)
    first = re.match(r"\s*##?[ \t]+(.+)\n?", body)
    if first and plain(first[1]).lower() == title.lower():
        body = body[first.end() :].lstrip("\n")
    if "date" in draft.meta and not _MORE.search(body):
        head, gap, rest = body.partition("\n\n")
        if gap and not head.startswith(("```", "!!!", "<")):
            body = f"{head}\n\n<!-- more -->\n\n{rest}"
    links = LinkRewriter(migration, draft, lambda _, *what: migration.report(draft.origin, 0, *what))
    parts = f"# {title}" if title else "", draft.top, body, links.rewrite(draft.end)
    text = _with_lists(migration, draft, _sanitized(migration, draft, _joined(parts)))
    return front_matter.dump(draft.meta) + text + "\n"


def _with_lists(migration: Migration, draft: Draft, text: str) -> str:
    """Return the text with lists of collections where the old page had them, or with links to them."""
    for name, (path, listed) in migration.lists.items():
        mark = list_mark(name)
        if path == draft.path:
            text = text if mark in text else f"{text}\n\n{mark}"
            text = text.replace(mark, listed, 1)
        link = posixpath.relpath(path, posixpath.dirname(draft.path) or ".")
        text = text.replace(mark, f"[{name.capitalize()}]({link})")
    return text


def news_text(migration: Migration, items: Iterable[Draft], title: str) -> str:
    """Return the Markdown of news.md."""
    parts = [f"# {title}"]
    for item in sorted(items, key=lambda item: str(item.meta["when"]), reverse=True):
        heading = " ".join(filter(None, ("##", item.meta["when"], plain(item.title))))
        parts += [_sanitized(migration, item, part) for part in (heading, _body(migration, item, 3))]
    return _joined(parts) + "\n"


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(filter(None, parts))


def _body(migration: Migration, draft: Draft, highest_heading: int = 2) -> str:
    body = draft.page.body
    seen: dict[str, int] = {}
    lines = [match.start() for match in re.finditer("\n", body)]

    def report(part: str, message: str, hint: str) -> None:
        at = body.find(part, seen[part] + 1 if part in seen else 0)
        at = at if at >= 0 else seen.get(part, -1)
        seen[part] = at if at >= 0 else len(body)  # do not search for it again
        line = draft.page.line + (bisect_left(lines, at) if 0 <= at < len(body) else 0)
        migration.report(draft.origin, line, message, hint)

    text = body
    if not draft.converted:
        text = migration.to_markdown(draft.page, disable_directives(body), report)
    text = close_comments(normalize(text, highest_heading))
    text = LinkRewriter(migration, draft, report).rewrite(text)
    return outside_code(text, lambda part: _GAP.sub("\n\n", part), indented=True).strip("\n")


def _sanitized(migration: Migration, draft: Draft, text: str) -> str:
    safe = sanitize(text)
    if safe != text:
        message = "what could run, load or send something in this page is plain text now"
        migration.report(draft.origin, draft.page.line, message, "look at it and delete it")
    return safe


def is_empty(text: str) -> bool:
    """Return whether a body has nothing to read: only tags, comments and Liquid."""
    return not _INVISIBLE.sub("", _VISIBLE.sub("shown ", text))


def list_mark(name: str) -> str:
    """Return what stands in a page for the list of a collection."""
    return f"<!-- list {name} -->"


# -- facts about pages ------------------------------------------------------------


def date_of(page: Page) -> str:
    """Return the date of a page from its front matter or file name, or ''."""
    name = _DATED.match(posixpath.basename(page.path))
    keys = "time_start", "event_start", "date", "publishDate"
    dates = [*get_texts(page.meta, *keys), name[1] if name else ""]
    return next((found.iso() for text in dates if (found := parse(text))), "")


def slug_of(path: str) -> str:
    """Return the name of a page's file or folder as part of an address, without a date or number."""
    name = posixpath.basename(re.sub(r"/_?index(?:\.[a-z]{2})?\.\w+$", "", path))
    name = re.sub(r"\.(?:md|markdown|html)$", "", name)
    dated = _DATED.match(name)
    name = dated[2] if dated and dated[2] else name
    return slugify(re.sub(r"^\d{1,3}[_-](?=[^\W\d])", "", name))


def split_name(written: str) -> tuple[str, str]:
    """Return a name, and the same in another script if it follows: `Wei Li (李伟)`."""
    match = _NATIVE.search(written)
    rest = " ".join(_NATIVE.sub(" ", written).split()).strip(" ,/|-")
    return (rest, match[1].strip()) if match and re.search(r"[^\W\d_]", rest) else (written, "")


# -- kinds of pages ---------------------------------------------------------------


def add_post(migration: Migration, page: Page, *addresses: str) -> Draft | None:
    """Add a blog post; None if it has no date, which posts need here."""
    when = date_of(page)
    if not when:
        message = "a post without a date was not imported"
        migration.report(page.path, 1, message, "add a date and import again")
        return None
    year, month, day = map(int, f"{when}-01-01".split("-")[:3])
    draft = _with_summary(page, f"blog/posts/{slug_of(page.path)}.md")
    draft.meta = {"date": date(year, month, day), **draft.meta}
    if page.text("draft") == "true" or page.text("published") == "false":
        draft.meta["draft"] = True
    return migration.add(draft, *addresses)


def _with_summary(page: Page, path: str) -> Draft:
    meta = {"description": _summary(page)[:300], "tags": tags(page.meta)}
    return Draft(path, page.title or slug_of(page.path), page, meta)


def _summary(page: Page) -> str:
    return page.plain("description", "summary", "excerpt", "abstract")


def add_cv_pages(migration: Migration, sections: Iterable[cv.Section], origin: str) -> None:
    """Add the pages of a CV, at the end of pages that exist already."""
    drafts = {draft.path: draft for draft in migration.drafts}
    for path, (title, text) in cv.pages(sections).items():
        if draft := drafts.get(path):
            draft.end = _joined((draft.end, text))
        else:
            migration.add(Draft(path, title, Page({}, text, 1, origin), converted=True))


def add_collection(
    migration: Migration,
    title: str,
    folder: str,
    pages: Iterable[Page],
    *,
    timeline: bool = False,
    on: tuple[str, Draft | None] = ("", None),
) -> str:
    """Add a list of works, courses or talks, and a page for each that has a text.

    `on` has the name of the collection, and a page that lists it already. Returns the path of the list,
    '' if it is empty.
    """
    items = []
    for page in pages:
        link = safe_url(page.text("redirect", "external_link"))
        link = link if "://" in link else ""
        if is_empty(page.body):
            migration.handled.add(page.path)
        else:
            draft = _with_summary(page, f"{folder}/{slug_of(page.path)}.md")
            migration.add(draft, migration.address_of(page))
            link = link or draft.path
        items.append(
            (
                _sort_key(page),
                "" if timeline else page.plain("category"),
                _item(page, link, migration.copies),
            )
        )
    if not items:
        return ""
    items.sort(key=lambda item: item[0], reverse=timeline)
    lines, group = [], ""
    for _, category, item in sorted(items, key=lambda item: item[1]):
        if category != group:
            lines.append(f"\n## {capitalized(category)}\n")
            group = category
        lines.append(cv.line(item))
    text = "<!-- timeline -->\n\n" * timeline + "\n".join(lines).strip("\n")
    name, listing = on
    if listing:
        migration.lists[name] = (listing.path, text)
        return listing.path
    return migration.add(Draft(f"{folder}.md", title, top=text)).path


def _sort_key(page: Page) -> str:
    order = page.text("importance", "weight")
    unordered = f"9{page.title or slug_of(page.path)}"
    return _when(page) or (order.zfill(6) if order.isdigit() else unordered)


def _when(page: Page) -> str:
    return date_of(page) or page.text("year")


def _item(page: Page, link: str, files: Container[str]) -> cv.Item:
    """Return the line of a page in the list of its collection; `files` are in docs/."""
    keys = ("type", "event", "venue", "location", "instructor", "term")
    where = ", ".join(dict.fromkeys(text for key in keys if (text := page.plain(key))))
    details = [text] if (text := _summary(page)) else []
    for key in dict.fromkeys((*_LINKS, *filter(lambda key: key.startswith("url_"), page.meta))):
        address = page.text(key)
        if address in files or "://" in safe_url(address):
            shown = key.removeprefix("url_").removesuffix("url").removesuffix("_").capitalize()
            details.append(f"[{shown}]({address})")
    when = _when(page).replace("-", ".")
    if not when and not where and details:
        where = details.pop(0)
    return cv.Item(when, page.title or slug_of(page.path), where, tuple(details), link)
