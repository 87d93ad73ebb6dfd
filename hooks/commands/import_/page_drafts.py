"""Old pages, posts, news and collections to texts of ours, and all of it to one value."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from homepage.common import safe_url, slugify
from homepage.publications import parse

from . import front_matter, vita
from .front_matter import Page, inside, tags, text_of, titled
from .harmless import harmless
from .moved import Draft, Move
from .old_addresses import Addresses
from .old_markdown import Tell, headings, lists, outside_code, plain, without_directives, without_layout

Convert = Callable[[str, Draft, Tell], str]

_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-?(.*)")
_SHOWN = re.compile(r"\{%-?\s*(?:cite|bibliography|include figure)\b|<(?:img|video|iframe)\b")
_GAP = re.compile(r"\n(?:[ \t]*\n){2,}")
_MORE = re.compile(r"^<!-- more -->$", re.M)
_NOTHING = re.compile(r"<!--(?:(?!-->|<!--).)*+-->|<[^<>]*>|\{[%{][^{}]*\}\}?|[\s#*_>|:.-]+", re.S)


def body_of(move: Move, draft: Draft, convert: Convert, deepest: int = 2) -> str:
    """The body of a page in our Markdown, with headings from a level on."""
    seen: dict[str, int] = {}
    lines = [match.start() for match in re.finditer("\n", draft.body)]

    def tell(piece: str, message: str, hint: str) -> None:
        at = draft.body.find(piece, seen[piece] + 1 if piece in seen else 0)
        at = at if at >= 0 else seen.get(piece, -1)
        seen[piece] = at if at >= 0 else len(draft.body)  # so that it is not looked for again
        line = draft.line + bisect_left(lines, at) if 0 <= at < len(draft.body) else draft.line
        move.tell(draft.origin or draft.path, line, message, hint)

    text = draft.body if draft.ours else convert(without_directives(draft.body), draft, tell)
    text = headings(lists(without_layout(text)), deepest)
    text = Addresses(move, draft, tell).convert(text)
    return outside_code(text, lambda piece, _: _GAP.sub("\n\n", piece), indented=True).strip("\n")


def is_empty(text: str) -> bool:
    """Is there nothing to read in a body: nothing but tags, comments and Liquid?"""
    return not _NOTHING.sub("", _SHOWN.sub("shown ", text))


def page_of(move: Move, draft: Draft, convert: Convert) -> str:
    """The text of a page."""
    body = body_of(move, draft, convert)
    title = plain(draft.title)
    first = re.match(r"\s*##?[ \t]+(.+)\n?", body)
    if first and plain(first[1]).lower() == title.lower():
        body = body[first.end() :].lstrip("\n")
    if "date" in draft.meta and not _MORE.search(body):
        head, blank, rest = body.partition("\n\n")
        body = (
            f"{head}\n\n<!-- more -->\n\n{rest}"
            if blank and not head.startswith(("```", "!!!", "<"))
            else body
        )

    def tell(_: str, message: str, hint: str) -> None:
        move.tell(draft.origin or draft.path, 0, message, hint)

    end = Addresses(move, draft, tell).convert(draft.end)
    text = "\n\n".join(filter(None, (f"# {title}" if title else "", draft.top, body, end)))
    return front_matter.written(draft.meta) + _safe(move, draft, text) + "\n"


def _safe(move: Move, draft: Draft, text: str) -> str:
    """The text of a page as it can be published; what of it could do more is told."""
    safe = harmless(text)
    if safe != text:
        message = "what could run, load or send something in this page is only text now"
        move.tell(draft.origin or draft.path, draft.line, message, "look at it, and delete it")
    return safe


def day(page: Page, path: str) -> str:
    """The date of a page, from its front matter or the name of its file, or ''."""
    name = _DATED.match(path.rpartition("/")[2])
    for text in (
        text_of(page.meta.get("date")),
        text_of(page.meta.get("publishDate")),
        name[1] if name else "",
    ):
        if found := parse(text):
            return found.iso()
    return ""


def stem(path: str) -> str:
    """What a page's address is made of: its file's name, or its folder's, without a date."""
    name = re.sub(r"/_?index(?:\.[a-z]{2})?\.\w+$", "", path).rpartition("/")[2]
    name = re.sub(r"\.(?:md|markdown|html)$", "", name)
    dated = _DATED.match(name)
    name = dated[2] if dated and dated[2] else name
    return slugify(re.sub(r"^\d{1,3}[_-](?=[^\W\d])", "", name))


def collection(
    move: Move,
    title: str,
    folder: str,
    pages: Sequence[tuple[str, Page]],
    old_address: Callable[[str, Page], str],
    *,
    timeline: bool = False,
) -> Draft | None:
    """A list of works, courses or talks, with a page for each of which there is more to read."""
    items: list[tuple[str, str, vita.Item]] = []
    for path, page in pages:
        name = plain(text_of(page.meta.get("title"))) or stem(path)
        target = text_of(page.meta.get("redirect") or page.meta.get("external_link"))
        address = old_address(path, page)
        if not is_empty(page.body):
            draft = Draft(f"{folder}/{stem(path)}.md", name, page.body, path, page.line, old=page.meta)
            draft.meta = {"description": plain(_said(page)[:300]), "tags": tags(page.meta)}
            draft.pictures = path.rpartition("/")[0]
            move.add(draft, address)
            link = draft.path if "://" not in target else target
        else:
            link = target if "://" in target else ""
            move.settled.add(path)
        if link and not safe_url(link):
            link = ""
        items.append(_listed(name, link, path, page))
    if not items:
        return None
    items.sort(key=lambda i: i[0], reverse=timeline)
    parts, group = [], None
    for _, category, item in items if timeline else sorted(items, key=lambda i: i[1]):
        if category != group and not timeline and category:
            parts.append(f"\n## {titled(category)}\n")
        group = category
        parts.append(vita.line(item))
    mark = "<!-- timeline -->\n\n" if timeline else ""
    return move.add(Draft(f"{folder}.md", title, top=mark + "\n".join(parts).strip("\n")))


def _said(page: Page) -> str:
    meta = page.meta
    return next(
        (t for k in ("description", "summary", "excerpt", "abstract") if (t := text_of(meta.get(k)))), ""
    )


def _listed(name: str, link: str, path: str, page: Page) -> tuple[str, str, vita.Item]:
    meta = page.meta
    when = day(page, path) or text_of(meta.get("year"))
    keys = ("type", "event", "venue", "location", "instructor", "term")
    where = ", ".join(dict.fromkeys(filter(None, (plain(text_of(meta.get(key))) for key in keys))))
    details = [plain(_said(page))]
    for key in ("url_slides", "slidesurl", "slides", "url_video", "url_pdf", "url_code", "paperurl"):
        address = text_of(meta.get(key))
        if "://" in address and safe_url(address):
            shown = key.removeprefix("url_").removesuffix("url").capitalize()
            details.append(f"[{shown}]({safe_url(address)})")
    if safe_url(text_of(meta.get("event_url"))) and "://" in text_of(meta.get("event_url")):
        details.append(f"[Event]({safe_url(text_of(meta.get('event_url')))})")
    order = text_of(meta.get("importance")) or text_of(meta.get("weight"))
    key = when or (order.zfill(6) if order.isdigit() else f"9{name}")
    details = [detail for detail in details if detail]
    if not when and not where and details:
        where = details.pop(0)
    item = vita.Item(when.replace("-", "."), name, where, tuple(details), link)
    return key, plain(text_of(meta.get("category"))), item


def post(move: Move, path: str, page: Page, *addresses: str) -> Draft | None:
    """A post of the blog; None if it has no date, which posts here need."""
    when = day(page, path)
    title = plain(text_of(page.meta.get("title"))) or stem(path)
    if not when:
        move.tell(path, 1, "a post without a date did not come along", "give it one, and import again")
        return None
    draft = Draft(f"blog/posts/{stem(path)}.md", title, page.body, path, page.line, old=page.meta)
    draft.meta = {"date": _whole(when), "description": plain(_said(page)[:300]), "tags": tags(page.meta)}
    if text_of(page.meta.get("draft")) == "true" or text_of(page.meta.get("published")) == "false":
        draft.meta["draft"] = True
    draft.pictures = path.rpartition("/")[0]
    return move.add(draft, *addresses)


def _whole(when: str) -> Any:
    """The date as YAML has it, with a month and a day."""
    from datetime import date

    year, month, number = (f"{when}-01-01".split("-"))[:3]
    return date(int(year), int(month), int(number))


def news_page(move: Move, items: Iterable[Draft], convert: Convert, title: str) -> str:
    """The text of news.md."""
    parts = [f"# {title}"]
    for item in sorted(items, key=lambda d: str(d.meta.get("when", "")), reverse=True):
        heading = " ".join(filter(None, ("##", str(item.meta.get("when", "")), plain(item.title))))
        parts += [_safe(move, item, part) for part in (heading, body_of(move, item, convert, 3))]
    return "\n\n".join(filter(None, parts)) + "\n"


_SCRIPT = re.compile(
    r"[(（]?\s*([\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
    r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3 ·]*)\s*[)）]?"
)


def names_of(written: str) -> tuple[str, str]:
    """A name, and what stands behind it in another script: `Wei Li (李伟)`."""
    match = _SCRIPT.search(written)
    rest = " ".join(_SCRIPT.sub(" ", written).split()).strip(" ,/|-")
    return (rest, match[1].strip()) if match and re.search(r"[^\W\d_]", rest) else (written, "")


def vita_pages(move: Move, sections: Iterable[vita.Section], origin: str) -> None:
    """Add the pages that a vita makes, behind what there is under their names already."""
    there = {draft.path: draft for draft in move.drafts}
    for path, (title, text) in vita.pages(sections).items():
        if draft := there.get(path):
            draft.end = "\n\n".join(filter(None, (draft.end, text)))
        else:
            move.add(Draft(path, title, text, origin, ours=True))


def named(values: Mapping[str, Any], *keys: str) -> str:
    """The text of the first of some settings that says something."""
    return next((t for key in keys if (t := text_of(inside(values, *key.split("."))))), "")
