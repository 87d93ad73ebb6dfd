"""Sites of academicpages, read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from commands.shared.owner import Owner
from homepage.bibtex import read as read_bibtex
from homepage.common import safe_url, slugify

from . import accounts, vita_formats, work_entries
from .front_matter import Page, dicts_of, inside, text_of
from .jekyll import Jekyll
from .moved import Draft, Moved, Source, normal
from .new_home import Home, bibliography_of, finished
from .old_markdown import plain
from .page_drafts import collection, day, is_empty, names_of, vita_pages

_TEMPLATE = re.compile(
    r"^(?:Your Name|Your Sidebar Name|Your Name / Site Title|personal description|Red Brick University"
    r"|Earth|Short biography for the left-hand sidebar|none@example\.org)$",
    re.I,
)
_JOURNAL = re.compile(r"journal|transactions|letters|review|annals|bulletin|magazine|\bvol\b", re.I)
_MEETING = re.compile(
    r"proceedings|\bproc\b|conference|workshop|symposium|meeting|congress|advances in neural", re.I
)
_KINDS = {
    "manuscripts": "article", "conferences": "inproceedings", "books": "book",
    "chapters": "incollection", "theses": "phdthesis", "thesis": "phdthesis",
    "preprints": "misc", "patents": "patent",
}  # fmt: skip
_NOTHING = ("true", "false")
_PLACEHOLDER = re.compile(r"your(?:profile|orcid|name|user|url|own)|^#|bsky\.app$", re.I)


def read(source: Source, name: str = "") -> Moved:
    """What of such a site comes here; `name` is the owner's, where the site does not say it."""
    jekyll = Jekyll(source)
    move = jekyll.move
    author = jekyll.config.get("author")
    author = author if isinstance(author, dict) else {}
    title = next((t for key in ("name", "title") if (t := _own(jekyll.config.get(key)))), "")
    name = name or _own(author.get("name")) or title or text_of(jekyll.config.get("author"))
    name, native = names_of(name)
    home = Home(Owner(name, native), language=text_of(jekyll.config.get("locale")))
    front = jekyll.pages(home, ("_pages/about.md", "_pages/about.html", "index.md"))
    _menu(jekyll, home)
    home.owner = replace(_owner(jekyll, author, name), native=native)
    _publications(jekyll, home, name)
    for folder, (title, here, dated) in {
        "_talks": ("Talks", "talks", True),
        "_teaching": ("Teaching", "teaching", True),
        "_portfolio": ("Portfolio", "portfolio", False),
        **{f: (f[1:].capitalize(), f[1:], False) for f in jekyll.others(_COLLECTIONS)},
    }.items():
        index = collection(move, title, here, jekyll.documents(folder), jekyll.address, timeline=dated)
        if index:
            jekyll.folders[folder[1:]] = here
            move.addresses.setdefault(here, index.path)
    jekyll.posts()
    _vita(jekyll)
    for path in move.below("files"):
        if re.fullmatch(r"files/(?:paper|slides|bibtex)\d\.\w+", path) and path not in move.settled:
            move.examples.append(path)
            move.settled.add(path)
        elif not path.lower().endswith(".bib"):
            move.published(path)
    if domain := move.domain("CNAME"):
        home.settings["domain"] = domain
    jekyll.nothing_private()
    assert front is None or isinstance(front, Page)
    return finished(move, home, jekyll.convert)


_COLLECTIONS = ("_publications", "_talks", "_teaching", "_portfolio")


def _own(value: object) -> str:
    text = plain(text_of(value))
    return "" if _TEMPLATE.match(text) else text


def _owner(jekyll: Jekyll, author: dict[str, Any], name: str) -> Owner:
    move = jekyll.move
    links = [accounts.mail(_own(author.get("email")))]
    for key, value in author.items():
        if key not in ("name", "avatar", "bio", "location", "employer", "email", "pronouns"):
            account = text_of(value)
            if account and not _PLACEHOLDER.search(account):
                links.append(accounts.profile(key, account))
    if text_of(author.get("uri")):
        links.append(accounts.profile("work", text_of(author.get("uri"))))
    image = text_of(author.get("avatar")).lstrip("/")
    portrait = move.first(f"images/{image}", image)
    if _own(author.get("location")):
        move.tell(
            "_config.yml",
            0,
            f"the place '{_own(author.get('location'))}' did not come along",
            "write it on the home page if you want it there",
            "note",
        )
    return Owner(
        name,
        job_title=_own(author.get("bio")),
        affiliation=tuple(filter(None, (_own(author.get("employer")),))),
        description=_own(jekyll.config.get("description")),
        links=tuple(filter(None, links)),
        site_url=jekyll.site_url if "academicpages.github.io" not in jekyll.site_url else "",
        portrait=move.bring(portrait, portrait.rpartition("/")[2]) if portrait else "",
    )


def _menu(jekyll: Jekyll, home: Home) -> None:
    found = jekyll.move.data("_data/navigation.yml")
    for place, item in enumerate(dicts_of(inside(found, "main"))):
        address = normal(text_of(item.get("url")))
        path = jekyll.move.addresses.get(address, f"{address}.md")
        path = {"year-archive.md": "blog/index.md"}.get(path, path)
        home.order[path] = 2.0 + place


def _vita(jekyll: Jekyll) -> None:
    path = "_data/cv.json"
    if path not in jekyll.move.paths or jekyll.move.is_example(path, jekyll.move.text(path)):
        return
    found = vita_formats.read(jekyll.move.data(path))
    if found and not any(draft.path == "cv.md" for draft in jekyll.move.drafts):
        vita_pages(jekyll.move, found.sections, "")


def _publications(jekyll: Jekyll, home: Home, owner: str) -> None:
    """Entries of the pages of publications, in one file, before those of .bib files."""
    move = jekyll.move
    taken: set[str] = set()
    texts = []
    for path, page in jekyll.documents("_publications"):
        key, text = _entry(jekyll, path, page, owner, taken)
        texts.append(text)
        where = f"publications/{slugify(key)}.md"
        if not is_empty(page.body):
            move.add(
                Draft(where, "", page.body, path, page.line, old=page.meta), jekyll.address(path, page)
            )
        else:
            move.addresses.setdefault(normal(jekyll.address(path, page)), where)
    used = [p for p in move.source.paths if p.endswith(".bib") and p in move.settled]
    files = [p for p in jekyll.bibliographies("_bibliography") if p not in used]
    if texts:
        for path in files:
            move.tell(
                path,
                0,
                "this .bib file did not come along: publications came from their pages",
                "copy it into docs/ if you want its entries instead",
                "note",
            )
        home.bibliographies["publications.bib"] = "\n".join(texts)
    else:
        home.bibliographies = bibliography_of(files, move)


def _entry(jekyll: Jekyll, path: str, page: Page, owner: str, taken: set[str]) -> tuple[str, str]:
    """The key and the text of one entry: its .bib file completed, or made of its front matter."""
    meta, move = page.meta, jekyll.move
    title = plain(text_of(meta.get("title"))) or path.rpartition("/")[2]
    fields = dict[str, str]()
    for name in ("paperurl", "link", "arxiv", "doi", "code", "slidesurl", "codeurl", "video"):
        address = text_of(meta.get(name))
        if address and address not in _NOTHING:
            fields = {**_linked(jekyll, name, address), **fields}
    excerpt = plain(text_of(meta.get("abstract")) or text_of(meta.get("excerpt")))
    fields["abstract"] = excerpt
    citation = text_of(meta.get("citation"))
    bib = text_of(meta.get("bibtexurl")).split("://", 1)[-1]
    file = next(
        (
            p
            for p in move.source.paths
            if p.endswith(".bib") and bib.endswith(f"/{p.rpartition('/')[2]}")
        ),
        "",
    )
    file = file or move.first(bib.lstrip("/"))
    if bib and file:
        text = move.text(file)
        found = read_bibtex(text, file).entries
        if found and found[0].key.lower() not in taken:
            taken.add(found[0].key.lower())
            return found[0].key, work_entries.completed(text.strip() + "\n", file, fields)
    authors = work_entries.authors_of(citation, title)
    if not authors:
        authors = [owner, "others"]
        move.tell(
            path,
            1,
            f"the authors of '{title[:60]}' are not to be read from its citation",
            "write them into its entry in publications.bib",
        )
    venue = plain(text_of(meta.get("venue")))
    kind = _KINDS.get(text_of(meta.get("category")).lower(), "")
    if not kind:
        kind = (
            "article"
            if _JOURNAL.search(venue)
            else "inproceedings"
            if _MEETING.search(venue)
            else "article"
        )
    if "arxiv" in venue.lower() or kind == "misc":
        kind = "misc"
    place = {
        "article": "journal",
        "inproceedings": "booktitle",
        "incollection": "booktitle",
        "book": "publisher",
        "phdthesis": "school",
    }.get(kind, "howpublished")
    when = work_entries.dated(day(page, path) or text_of(meta.get("date")))
    key = work_entries.new_key([a for a in authors if a != "others"], when.get("year", ""), title, taken)
    text = work_entries.written(
        kind,
        key,
        {
            "title": title,
            "author": " and ".join(authors),
            place: venue,
            **when,
            **fields,
        },
    )
    comment = f"% {' '.join(plain(citation).split())}\n" if citation else ""
    return key, comment.replace("@", "(at)") + text


def _linked(jekyll: Jekyll, name: str, address: str) -> dict[str, str]:
    draft = Draft("publications.md", "")
    local = jekyll.move.resolve(address, draft)
    field = {
        "slidesurl": "slides",
        "code": "code",
        "codeurl": "code",
        "video": "video",
        "doi": "doi",
    }.get(name)
    if local:
        return {field or ("pdf" if local.endswith(".pdf") else "url"): local}
    if not safe_url(address) or local is None:
        return {}
    return {field: address} if field else work_entries.linked(safe_url(address))
