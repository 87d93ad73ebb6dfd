"""The home page of a HugoBlox site: blocks, which are `sections` of a page or files in content/home/."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from . import accounts, cv, hugo_samples
from .front_matter import Page, get, get_dicts, get_text, is_true, texts_of
from .hugo_people import cv_item
from .hugo_publications import TYPES
from .hugo_site import POSTS, PUBLICATIONS, TRANSLATED, HugoSite
from .markdown import plain, shift_headings
from .migration import Draft
from .pages import add_cv_pages, is_empty

_CV = {"experience": "Experience", "accomplishments": "Awards", "awards": "Awards", "skills": "Skills",
       "featurette": "Skills", "features": "Skills", "languages": "Languages"}  # fmt: skip
_FOLDERS = {  # of the blocks that are made for one folder
    "publications": "publication", "publications_selected": "publication", "featured": "publication",
    "posts": "post", "projects": "project", "talks": "talk",
}  # fmt: skip
_NOTHING = frozenset(("about", "tag_cloud", "search", "people", "slider"))  # without a text of their own
_SAMPLE_ADDRESS = re.compile(
    r"450 Serra Mall|888 888 88 88|test@example\.|Building 1 and take the stairs"
)
_MOST = 5  # items of another list on the home page


class Block(NamedTuple):
    """A block: its kind, its values, and the file that it is from."""

    kind: str
    content: dict[str, Any]
    path: str
    anchor: str = ""  # on the old home page
    weight: float = -1.0

    @property
    def title(self) -> str:
        """The heading."""
        return plain(get_text(self.content, "title"))

    @property
    def folders(self) -> list[str]:
        """The folders in content/ that the block lists."""
        paths = (
            "filters.folders",
            "content.filters.folders",
            "page_type",
            "content.page_type",
            "folder",
        )
        found = [folder for path in paths for folder in texts_of(get(self.content, path))]
        if not found and self.kind in _FOLDERS:
            found = [_FOLDERS[self.kind]]
        return [folder.strip("/") for folder in found]


def blocks_of_home(site: HugoSite) -> list[Block]:
    """Return the blocks of the home page in their order."""
    found: list[tuple[float, Block]] = []
    for path in ("content/_index.md", "content/index.md", "content/home/index.md"):
        if path in site.paths:
            page = site.page(path)
            found += ((-1.0, block) for block in blocks_of(page))
            if not is_empty(page.body):
                found.append((-2.0, Block("text", {"text": page.body}, path)))
    found += ((block.weight, block) for block in widgets(site, "content/home"))
    return [block for _, block in sorted(found, key=lambda pair: pair[0])]


def widgets(site: HugoSite, folder: str) -> list[Block]:
    """Return the blocks in the files of a folder in their order."""
    found: list[Block] = []
    for path in site.below(folder, ends=".md"):
        if TRANSLATED.search(path) or path.endswith("index.md"):
            continue
        page = site.page(path)
        if page.text("active") == "false":
            site.read_pages.pop(path, None)
            if not is_empty(page.body) and not hugo_samples.is_sample_block(page.title, page.body):
                message = "a block of the home page that was switched off was not imported"
                site.note(path, 1, message, "copy its text if you want it")
            continue
        weight, kind = page.text("weight"), page.text("widget") or "blank"
        anchor = path.removeprefix(f"{folder}/").removesuffix(".md")
        number = float(weight) if weight.isdigit() else 0.0
        found.append(Block(_kind(kind), {**page.meta, "text": page.body}, path, anchor, number))
    return sorted(found, key=lambda block: block.weight)


def blocks_of(page: Page) -> list[Block]:
    """Return the blocks of a page, without those that only the template's own site shows."""
    sections = [s for s in get_dicts(page.meta, "sections", "blocks") if not is_true(s.get("demo"))]
    return [
        Block(
            _kind(get_text(section, "block")),
            content if isinstance(content := get(section, "content"), dict) else {},
            page.path,
            get_text(section, "id"),
        )
        for section in sections
    ]


def _kind(written: str) -> str:
    kind = re.sub(r"^(?:resume-|v\d/)|_nolink$", "", written)
    return "about" if kind.startswith(("about", "biography")) else kind


def add_home_page(site: HugoSite, blocks: list[Block]) -> None:
    """Add the biography, and below it what the blocks of the old home page showed."""
    draft = Draft("index.md", "", site.author)
    texts = [text for block in blocks if (text := text_of(site, block, draft))]
    if not any(block.kind == "about" for block in blocks) or not site.author.path.startswith(
        "content/home/"
    ):
        texts.insert(0, shift_headings(site.author.body, 2))
    draft.page = site.author._replace(body="\n\n".join(filter(None, texts)))
    old = [f"{folder}/{site.owner_slug}" for folder in ("authors", "author") if site.owner_slug]
    site.add(draft, *old)


def text_of(site: HugoSite, block: Block, draft: Draft) -> str:
    """Return the text of a block, or add its items to the CV."""
    kind, title, content = block.kind, block.title, block.content
    text = "\n\n".join(filter(None, (get_text(content, "subtitle"), get_text(content, "text"))))
    text = shift_headings(text, 3 if title and kind != "about" else 2)
    if hugo_samples.is_sample_block(title, text):
        return ""
    items = [
        i for i in get_dicts(content, "items", "item", "experience", "feature") if not _is_sample(i)
    ]
    if kind in _CV and items:
        section = cv.Section(_CV[kind], [cv_item(item) for item in items])
        add_cv_pages(site, [section], block.path)
        return text
    if site.is_example(block.path, text):
        return ""
    parts = [text, *_button(content)]
    if kind == "contact":
        parts.append(_contact(site, content))
    elif block.folders or kind in ("portfolio", "pages", "collection"):
        parts.append(_list(site, block, draft))
    elif items and kind not in _CV:
        parts.append("\n".join(cv.line(cv_item(item)) for item in items))
    body = "\n\n".join(filter(None, parts))
    if is_empty(body.replace("[[", "x")):
        if kind not in _NOTHING and kind not in _CV and not block.folders:
            message = f"the block '{title or kind}' of the home page was not imported"
            site.note(block.path, 0, message, "write it again if you need it")
        return ""
    own = title.lower() in (name.lower() for name in site.names.values())
    return f"## {title}\n\n{body}" if title and not own and kind != "about" else body


def _is_sample(item: dict[str, Any]) -> bool:
    return any(hugo_samples.ITEMS.search(value) for value in item.values() if isinstance(value, str))


def _button(content: dict[str, Any]) -> Iterator[str]:
    for name in ("button", "cta", "cta_alt"):
        address = get_text(content, f"{name}.url")
        words = plain(get_text(content, f"{name}.text", f"{name}.label")) or "More"
        if address and not re.search(r"hugoblox|wowchemy|sourcethemes", address):
            yield f"[{words}]({address})"


def _contact(site: HugoSite, content: dict[str, Any]) -> str:
    """Return addresses as the block shows them: its own, or those of the settings."""
    place = content.get("address") or site.params.get("address")
    address = ", ".join(texts_of(list(place.values()) if isinstance(place, dict) else place)[:6])
    lines = [plain(address)]
    for name in ("email", "phone", "directions", "office_hours"):
        for value in texts_of(content.get(name) or site.params.get(name)):
            mail = accounts.mail(value) if name == "email" else ""
            shown = f"[{mail.removeprefix('mailto:')}]({mail})" if mail else value
            lines.append(f"{name.replace('_', ' ').capitalize()}: {shown}")
    for link in get_dicts(content, "contact_links"):
        words, target = get_text(link, "name"), get_text(link, "link")
        lines += [f"[{words}]({target})"] if words and target else []
    return "\n".join(f"- {line}" for line in lines if line and not _SAMPLE_ADDRESS.search(line))


def _list(site: HugoSite, block: Block, draft: Draft) -> str:
    """Return the mark of a list; what it stands for is inserted in the end."""
    found = []
    for folder in dict.fromkeys(block.folders):
        written = get_text(block.content, "count", "content.count")
        count = int(written) if written.isdigit() else 0
        if folder in PUBLICATIONS:
            found.append(_publications(block, count) if site.new.bibliographies else "")
        elif folder == "news":
            found.append(f"<!-- news {{limit: {count or _MOST}}} -->" if site.new.news else "")
        elif folder in POSTS:
            found.append(_posts(site, count or _MOST))
        elif path := site.folder_pages.get(folder, ""):
            listed = next((d for d in site.drafts if d.path == path), None)
            lines = [
                line for line in (listed.top if listed else "").split("\n") if line.startswith("- ")
            ]
            more = (
                f"\n\n[All of {listed.title}]({path})"
                if listed and len(lines) > (count or _MOST)
                else ""
            )
            found.append("\n".join(lines[: count or _MOST]) + more)
    text = "\n\n".join(filter(None, found))
    if not text:
        return ""
    mark = f"[[list {len(draft.inserted) + 1}]]"
    draft.inserted[mark] = text
    return mark


def _publications(block: Block, count: int) -> str:
    get_all = (f"{start}{name}" for name in ("featured_only", "publication_type") for start in
               ("filters.", "content.filters.", ""))  # fmt: skip
    values = {
        path.rpartition(".")[2]: value for path in get_all if (value := get_text(block.content, path))
    }
    featured = block.kind in ("featured", "publications_selected") or is_true(
        values.get("featured_only")
    )
    kind = TYPES.get(values.get("publication_type", ""), "")
    options = ["selected: true"] if featured else []
    options += [f"type: {kind}"] if kind not in ("", "misc") else []
    options += [f"limit: {count}"] if count else []
    return f"<!-- publications {{{', '.join([*options, 'group: none'])}}} -->"


def _posts(site: HugoSite, count: int) -> str:
    posts = [d for d in site.drafts if d.path.startswith("blog/posts/") and not d.meta.get("draft")]
    posts.sort(key=lambda d: str(d.meta["date"]), reverse=True)
    lines = [cv.line(cv.Item(f"{d.meta['date']:%Y.%m.%d}", plain(d.title), url=d.path)) for d in posts]
    return "\n".join([*lines[:count], *(["\n[All posts](blog/index.md)"] if lines[count:] else [])])
