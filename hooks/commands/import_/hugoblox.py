"""Imports sites of HugoBlox (formerly Wowchemy and Academic)."""

import posixpath
from collections.abc import Iterable

from homepage.common import slugify

from .front_matter import Page, get_text, get_texts, texts_of
from .hugo_home import Block, add_home_page, blocks_of, blocks_of_home, text_of, widgets
from .hugo_menu import read_menu
from .hugo_people import add_owner_cv, owner_of, read_people
from .hugo_publications import add_publications, links
from .hugo_site import POSTS, PUBLICATIONS, TEMPLATE, TRANSLATED, HugoSite
from .left_behind import PICTURES
from .markdown import plain
from .migration import Draft
from .new_site import Imported, assemble
from .old_site import Source
from .pages import add_collection, add_post, date_of, is_empty, slug_of, split_name

_COLLECTIONS = {  # path without .md: title, is it a timeline, and folders
    "talks": ("Talks", True, ("event", "events", "talk", "talks")),
    "projects": ("Projects", False, ("project", "projects")),
    "teaching": ("Teaching", False, ("teaching",)),
    "courses": ("Courses", False, ("course", "courses")),
}
_OTHER_FOLDERS = {"authors", "author", "home", "admin", *PUBLICATIONS}
_MARK = "[[list 1]]"


def read(source: Source, name: str = "") -> Imported:
    """Return what is imported; `name` is the owner's if the site does not have it."""
    site = HugoSite(source)
    read_people(site)
    site.new.old_name, native = split_name(_name(site))
    name, native = split_name(name) if name else (site.new.old_name, native)
    site.names |= {"admin": name, "me": name, site.owner_slug or "me": name}
    site.owner_family = name.split()[-1] if name else ""
    blocks = blocks_of_home(site)
    works = site.works_elsewhere()
    add_folders(site, blocks)
    add_publications(site, works)
    add_home_page(site, blocks)
    site.new.owner = owner_of(site, name, native)
    add_owner_cv(site)
    read_menu(site, blocks)
    site.new.people.pop(name, None)
    for path in site.below("static/uploads", "static/files", "static/pdf", "static/media"):
        if not path.lower().endswith(PICTURES) and "demo_resume" not in path:
            site.import_unlinked(path, path.removeprefix("static/"))
    site.import_domain("static/CNAME", "CNAME")
    if get_text(site.params, "marketing.analytics.google_analytics"):
        message = "the settings of Google Analytics were not imported"
        site.note("config/_default/params.yaml", 0, message, "see guide/privacy.md")
    for draft in site.drafts:  # pages of the CV and other lists may have shortcodes, too
        draft.end = site.shortcodes.convert(draft.end, _ignore)
        if draft.converted:
            draft.page = draft.page._replace(body=site.shortcodes.convert(draft.page.body, _ignore))
    return assemble(site)


def _ignore(*_: str) -> None:
    """Report nothing: these texts are not in the old pages as they are here."""


def _name(site: HugoSite) -> str:
    parts = " ".join(get_texts(site.author.meta, "name.given", "name.family"))
    written = [*get_texts(site.author.meta, "title", "name", "name.display"), parts]
    written += get_texts(site.params, "name", "hugoblox.identity.name")
    title = plain(get_text(site.config, "title"))
    written += [] if TEMPLATE.search(title) else [title]
    return next(filter(None, map(plain, written)), "")


def add_folders(site: HugoSite, blocks: Iterable[Block]) -> None:
    """Add the pages in content/, depending on their folder; one that a block lists becomes a list."""
    paths = [p for p in site.source.paths if p.startswith("content/") and p.count("/") > 1]
    there = dict.fromkeys(path.split("/")[1] for path in paths)
    collections = {folder: path for path, (_, _, folders) in _COLLECTIONS.items() for folder in folders}
    done = set(_OTHER_FOLDERS)
    listed = {f: (slugify(f), b.title or _words(f), Page({}, "")) for b in blocks for f in b.folders}
    listed |= _list_pages(site)
    for folder in there:
        if folder in done:
            continue
        done.add(folder)
        if folder in collections:
            path = collections[folder]
            title, timeline, names = _COLLECTIONS[path]
            alike = [folder, *(name for name in names if name in there and name not in done)]
            done.update(alike)
            own = next((listed[f] for f in alike if f in listed and listed[f][2].path), None)
            path, title, front = own or (path, title, Page({}, ""))
            _add_collection(site, alike, path, title, front, timeline=timeline)
            continue
        if folder in listed and folder not in (*POSTS, "news", "slides"):
            path, title, front = listed[folder]
            _add_collection(site, [folder], path, title, front)
            continue
        if (
            site.first(index := f"content/{folder}/index.md")
            and site.page(index).meta.get("type") == "widget_page"
        ):
            _add_page(site, site.page(index), widgets(site, f"content/{folder}"))
            continue
        for page in site.documents(folder):
            if folder in POSTS:
                if page.path.endswith("/_index.md"):
                    site.handled.add(page.path)
                else:
                    add_post(site, page, site.address_of(page))
            elif folder == "news":
                if not page.path.endswith("_index.md"):
                    site.new.news.append(Draft("news.md", page.title, page, {"when": date_of(page)}))
                    site.addresses.setdefault(site.address_of(page), "news.md")
            elif folder == "slides":
                message = "slides in Markdown were not imported"
                site.note(page.path, 1, message, "save them as a PDF")
            else:
                _add_page(site, page)
    for path in site.below("content", ends=".md"):
        single = path.count("/") == 1 and path not in ("content/_index.md", "content/index.md")
        if single and not TRANSLATED.search(path):
            page = site.page(path)
            if not site.is_draft(page) and path not in site.list_pages:
                _add_page(site, page)


def _list_pages(site: HugoSite) -> dict[str, tuple[str, str, Page]]:
    """Return paths, titles and texts of pages that do nothing but list a folder, by this folder."""
    found: dict[str, tuple[str, str, Page]] = {}
    for path in site.below("content", ends=".md"):
        if path.count("/") != 1 or TRANSLATED.search(path) or path.endswith("index.md"):
            continue
        page = site.page(path)
        blocks = blocks_of(page)
        folders = [folder for block in blocks for folder in block.folders]
        theirs = {*PUBLICATIONS, *POSTS, "news"}
        if (
            len(folders) == len(blocks) == 1
            and folders[0] not in theirs
            and site.below(f"content/{folders[0]}")
        ):
            front = page._replace(body=_texts(page))
            found[folders[0]] = slugify(slug_of(path)), page.title or blocks[0].title, front
            site.list_pages.add(path)
    return found


def _texts(page: Page) -> str:
    """Return the text of a page and of its blocks."""
    return "\n\n".join(
        filter(None, (page.body.strip(), *(get_text(b.content, "text") for b in blocks_of(page))))
    )


def _add_collection(
    site: HugoSite,
    folders: list[str],
    path: str,
    title: str,
    front: Page,
    *,
    timeline: bool = False,
) -> None:
    """Add a list of the pages in some folders; the text of `front` is above it."""
    works = []
    for page in site.documents(*folders):
        if page.path.endswith("/_index.md"):
            if not front.path:
                title, front = page.title or title, page._replace(body=_texts(page))
            continue
        folder = posixpath.dirname(page.path) if page.path.endswith("/index.md") else ""
        image = site.featured_image(folder) if folder else ""
        body = "" if is_empty(page.body) else _with_links(site, page, folder)
        if image and body:
            body = f"![{page.title}]({posixpath.basename(image)})\n\n{body}"
            page = page._replace(line=page.line - 2)
        files = {
            key: site.resolve(value, folder) or value
            for key, value in page.meta.items()
            if key.startswith("url_") and isinstance(value, str) and value
        }
        if not body:
            for kind, label, address in links(page.meta):
                files.setdefault(f"url_{label or kind}", site.resolve(address, folder) or address)
        if not body and folder and (pdf := next(iter(site.below(folder, ends=".pdf")), "")):
            files.setdefault("url_pdf", site.resolve(posixpath.basename(pdf), folder) or "")
        works.append(page._replace(body=body, meta={**page.meta, **files}))
    index = add_collection(site, title, path, works, timeline=timeline)
    if index:
        site.folder_pages |= dict.fromkeys(folders, index)
        if front.path and not front.path.endswith("_index.md"):
            site.addresses.setdefault(site.address_of(front), index)
        for folder in folders:
            site.addresses.setdefault(folder, index)
        draft = next(draft for draft in site.drafts if draft.path == index)
        if not is_empty(front.body):  # it comes before the list
            draft.inserted, draft.top = {_MARK: draft.top}, ""
            draft.page = front._replace(body=f"{front.body}\n\n{_MARK}")


def _with_links(site: HugoSite, page: Page, folder: str) -> str:
    """Return the body of a page with the links and the PDF files that the old theme showed on it."""
    found = {
        address: label or kind for kind, label, address in links(page.meta) if address[:1] not in "#"
    }
    for file in site.below(folder, ends=".pdf") if folder else ():
        name = posixpath.basename(file)
        if not any(name in address for address in found) and name not in page.body:
            found[name] = name
    shown = " · ".join(f"[{_words(label)}](<{address}>)" for address, label in found.items())
    return f"{page.body}\n\n{shown}" if shown else page.body


def _words(label: str) -> str:
    return plain(label.replace("_", " ")).capitalize() if label.islower() else plain(label) or "Link"


def _add_page(site: HugoSite, page: Page, more: Iterable[Block] = ()) -> None:
    """Add a page, with the texts of the blocks it may consist of."""
    draft = Draft("", "")
    blocks = [*blocks_of(page), *more]
    texts = [text_of(site, block, draft) for block in blocks]
    folder = posixpath.dirname(page.path) if page.path.endswith("/index.md") else ""
    body = "\n\n".join(filter(None, [_with_links(site, page, folder), *texts]))
    address = site.address_of(page).removesuffix("_index").rstrip("/")
    if is_empty(body.replace("[[", "x")):
        if blocks:  # their items are on the pages of the CV
            site.handled.add(page.path)
            return
        site.theme_pages.add(address.partition("/")[0])
        message = "the page has no text of its own: the old theme generated it"
        site.note(page.path, 1, message, "write it again if you need it")
        return
    path = "/".join(slugify(part) for part in address.split("/") if part) or "page"
    title = page.title or slug_of(page.path).replace("-", " ").capitalize()
    meta = {"description": page.plain("summary", "description")[:300]}
    aliases = [alias for alias in texts_of(page.meta.get("aliases")) if alias.startswith("/")]
    new = Draft(f"{path}.md", title, page._replace(body=body), meta, inserted=draft.inserted)
    if made := next((d for d in site.drafts if d.path == new.path and d.converted), None):
        new.end = made.page.body  # a page of the CV, from blocks
        site.drafts.remove(made)
    site.add(new, address, *aliases)
